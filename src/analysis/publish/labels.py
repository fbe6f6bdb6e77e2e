"""Names of indicators, measures, units and places in the reader's language, and the sentences of texts.csv."""

from functools import cache
from pathlib import Path

import pandas as pd

from analysis.reference.codebook import Measure, load_codebook
from analysis.reference.texts import Texts

TEXTS = Path(__file__).with_name("texts.csv")


@cache
def texts() -> Texts:
    return Texts(TEXTS)


@cache
def sentences() -> frozenset[str]:
    """The keys of texts.csv."""
    return frozenset(texts().keys())


def say(key: str, lang: str, **values) -> str:
    """The sentence `key` of texts.csv in `lang`; KeyError names the table where there is none."""
    return texts().say(key, lang, **values)


def indicator(slug: str, lang: str) -> str:
    """Label of an indicator; a slug that the code book lacks is shown as it is, so that nothing vanishes."""
    row = load_codebook().indicators.get(slug)
    return row.label(lang) if row else str(slug)


def measure(slug: str, lang: str) -> str:
    row = measure_row(slug)
    return row.label(lang) if row else str(slug)


def measure_row(slug: str) -> Measure | None:
    """The code book's row of a measure, or None."""
    return next((row for row in load_codebook().measures if row.slug == slug), None)


def unit(slug: str, lang: str) -> str:
    row = load_codebook().units.get(slug)
    return getattr(row, f"label_{lang}") if row else str(slug)


def inner(label: str) -> str:
    """A label inside a sentence: its first letter small, unless its first word is a name or an abbreviation."""
    first, *rest = label.split(" ", 1)
    if first[1:] != first[1:].lower() or first in ("Đảng", "Đảng,", "Party", "Bác", "Uncle", "Internet"):
        return label
    return " ".join([first[:1].lower() + first[1:], *rest])


def scope(place: str, body) -> str:
    """The place, or the body within it, that an observation covers."""
    return place if body is None or pd.isna(body) or not str(body).strip() else f"{body} ({place})"
