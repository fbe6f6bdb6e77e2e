"""Numbers as a Vietnamese or an English reader writes them.

Every formatted number parses back with Babel's strict parser in the same language (tests hold that as a property).
"""

import math
from decimal import Decimal

from babel.numbers import format_decimal

LOCALES = {"vi": "vi", "en": "en"}
NO_BREAK = "\u00a0"  # no-break space: a number never leaves its unit at the end of a line
BILLION, MILLION = 10**9, 10**6

HEDGES = {
    ("vi", "at_least"): "ít nhất {0}",
    ("vi", "at_most"): "nhiều nhất {0}",
    ("vi", "about"): "khoảng {0}",
    ("en", "at_least"): "at least {0}",
    ("en", "at_most"): "at most {0}",
    ("en", "about"): "about {0}",
}
MONEY_WORDS = {
    ("vi", "VND"): ("{0} tỷ đồng", "{0} triệu đồng", "{0} đồng"),
    ("en", "VND"): ("VND {0} billion", "VND {0} million", "VND {0}"),
    ("vi", "USD"): ("{0} tỷ USD", "{0} triệu USD", "{0} USD"),
    ("en", "USD"): ("USD {0} billion", "USD {0} million", "USD {0}"),
}


def number(value: float, lang: str, decimals: int | None = None) -> str:
    """`value` with the language's separators: 19.320 and 66,11 (vi), 19,320 and 66.11 (en).

    `decimals` None keeps what was printed, up to three places; else exactly that many. Raises ValueError for NaN and
    infinities, which have no digits and must be worded (`hedged`), and KeyError for another language.
    """
    if not math.isfinite(value):
        raise ValueError(f"{value!r} is not a number that can be printed; word it with `hedged`")
    pattern = "#,##0.###" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(Decimal(repr(float(value))), format=pattern, locale=LOCALES[lang])


def percent(value: float, lang: str, decimals: int | None = None) -> str:
    """`value` in percent (66.11 is 66.11 %) as 66,11% (vi) or 66.11% (en)."""
    return number(value, lang, decimals) + "%"


def money(value: float, lang: str, currency: str = "VND", decimals: int | None = None) -> str:
    """An amount in the largest of billion, million and one that leaves at least 1: 55,294 tỷ đồng, VND 55.294 billion."""
    billion, million, one = MONEY_WORDS[lang, currency]
    if abs(value) >= BILLION:
        words, value = billion, value / BILLION
    elif abs(value) >= MILLION:
        words, value = million, value / MILLION
    else:
        words, decimals = one, 0 if decimals is None else decimals
    return words.format(number(value, lang, decimals)).replace(" ", NO_BREAK)


def amount(value: float, unit: str, lang: str, decimals: int | None = None) -> str:
    """A value of a code book unit: money and percent carry their sign, all else is the bare number."""
    if unit in ("VND", "USD"):
        return money(value, lang, unit, decimals)
    return percent(value, lang, decimals) if unit == "percent" else number(value, lang, decimals)


def qualifier(value: float, lo: float, hi: float) -> str:
    """What an interval says about its value: exact, at_least, at_most, range (the value is its lower end) or about."""
    if lo == hi:
        return "exact"
    if value <= lo and math.isinf(hi):
        return "at_least"
    if value >= hi and (math.isinf(lo) or lo == 0):
        return "at_most"
    return "range" if value == lo else "about"


def hedged(value: float, lo: float, hi: float, unit: str, lang: str, *, decimals: int | None = None) -> str:
    """An observation in words: "ít nhất 70.000" for [70000, ∞), "nhiều nhất 120" for (-∞, 120], "90–100" for a range.

    The bounds are what all the articles' hedges have in common: "trên 70.000" and "từ 70.000 trở lên" are both at least
    70,000. The article's own word stands in the receipt's quote.
    """
    kind = qualifier(value, lo, hi)
    if kind == "range":
        low = amount(lo, unit, lang, decimals)
        return f"{low.removesuffix('%')}{' – ' if ' ' in low or NO_BREAK in low else '–'}{amount(hi, unit, lang, decimals)}"
    printed = amount({"at_least": lo, "at_most": hi}.get(kind, value), unit, lang, decimals)
    if kind == "exact":
        return printed
    return HEDGES[lang, kind].format(printed)


def hedged_ratio(value: float, lo: float, hi: float, unit: str, lang: str, decimals: int | None = None) -> str:
    """A computed value in words: a bound of one of its parts makes it "ít nhất" or "nhiều nhất", of both "khoảng"."""
    kind = {"range": "about"}.get(found := qualifier(value, lo, hi), found)
    printed = amount(value, unit, lang, decimals)
    return printed if kind == "exact" else HEDGES[lang, kind].format(printed)
