"""Text to figures: numerals, qualifiers, units, windows, places, classes, indicators."""

from analysis.extract import classes, indicators, page, qualifiers, quantities, units
from analysis.extract.article import extract_article
from analysis.reference import places

__all__ = ["extract_article", "load_wording"]


def load_wording() -> None:
    """Read every wording table, so that a bad row is named before any article is. Raises ReferenceTableError."""
    for load in (
        quantities.scales,
        units.nouns,
        qualifiers.phrases,
        page.phrases,
        classes.documents,
        indicators.rules,
        places.places,
        places.bodies,
    ):
        load()
