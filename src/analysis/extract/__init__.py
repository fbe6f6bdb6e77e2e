"""Text to figures: numerals, qualifiers, units, windows, places, classes, indicators."""

from analysis.extract import (
    classes,
    coding,
    confidence,
    currencies,
    ellipsis,
    guards,
    indicators,
    number_words,
    page_kinds,
    parts,
    qualifiers,
    scales,
    timex,
    units,
)
from analysis.extract.article import extract_article
from analysis.reference import places as reference_places

__all__ = ["extract_article", "load_wording"]


def load_wording() -> None:
    """Read every wording table, so that a bad row is named before any article is. Raises ReferenceTableError."""
    for load in (
        scales.scales,
        number_words.words,
        currencies.signs,
        units.nouns,
        ellipsis.words,
        parts.cue,
        qualifiers.phrases,
        page_kinds.phrases,
        classes.cues,
        classes.documents,
        timex.wording,
        indicators.load_rules,
        guards.read_cues,
        guards.becomes,
        coding.list_words,
        confidence.doubts,
        reference_places.places,
        reference_places.bodies,
    ):
        load()
