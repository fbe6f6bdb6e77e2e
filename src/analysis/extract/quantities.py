"""Numbers with their scale words, as compounds and ranges: "2 tỷ 300 triệu", "90 - 100", "từ 3% đến 5%"."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from analysis.errors import ReferenceTableError
from analysis.extract.numerals import LONGEST, NUMBER, Notation, parse
from analysis.extract.phrases import key, pattern
from analysis.reference.tables import read_rows
from analysis.reference.wording import FOLDER


@dataclass(frozen=True)
class Quantity:
    """A value or a range in folded text. `end` is past the last digit or scale word, before the unit."""

    start: int
    end: int
    value: Decimal
    value_high: Decimal | None = None
    scaled: bool = False


# "3 000": groups of three after a space, where the first group is no year and nothing else is glued on.
_SPACED_OR_PLAIN = rf"(?:(?<![0-9.,/-])[1-9][0-9]{{0,2}}(?: [0-9]{{3}})+(?![0-9]|[.,/-][0-9])|{NUMBER})"


@cache
def scales() -> dict[str, Decimal]:
    """Scale words and their factors, from wording/scales.csv."""
    path = FOLDER / "scales.csv"
    found = {}
    for line, row in read_rows(path, ("word", "factor"), required=("word",), unique=("word",)):
        if not row["factor"].isdigit() or int(row["factor"]) < 1:
            raise ReferenceTableError(path, line, row["factor"], "a whole number of 1 or more")
        found[key(row["word"])] = Decimal(row["factor"])
    return found


@cache
def _grammar() -> dict[str, re.Pattern]:
    scale = rf"(?:\s*{pattern(scales())}(?:\s+rưỡi)?)"
    number = _SPACED_OR_PLAIN
    glued = r"(?:(?<=[0-9])(?:tr|k)(?![^\W_]))"
    amount = rf"{number}(?:{glued}|{scale}{{0,2}})"
    step = rf"{NUMBER}{scale}"
    return {
        "number": re.compile(number),
        "amount": re.compile(amount),
        "compound": re.compile(rf"{step}(?:\s+{step})+"),
        "range": re.compile(rf"({number})({scale}{{0,2}})\s*(%?)\s*(?:-|đến|tới)\s*({number})({scale}{{0,2}})"),
        "scale": re.compile(rf"\s*({pattern(scales())})"),
        "step": re.compile(rf"({NUMBER})({scale})"),
        "half": re.compile(r"\s+rưỡi"),
    }


def read_quantity(lower: str, start: int, notation: Notation, counted: bool) -> Quantity | None:
    """The quantity that starts with the digit at `start`, or None where its digits are no number.

    `counted` as for numerals.parse.
    """
    grammar = _grammar()
    if (match := grammar["range"].match(lower, start)) and (found := _range(match, notation, counted)):
        return found
    if match := grammar["compound"].match(lower, start):
        return _compound(match, notation)
    match = grammar["amount"].match(lower, start)
    return _amount(match, notation, counted) if match else None


def _amount(match: re.Match, notation: Notation, counted: bool) -> Quantity | None:
    text = match.group()
    number = _grammar()["number"].match(text).group()
    factor, half = _factor(text[len(number) :])
    value = _number(number, notation, counted, factor != 1)
    if value is None:
        return None
    return Quantity(match.start(), match.end(), value * factor + half, scaled=factor != 1)


def _number(text: str, notation: Notation, counted: bool, scaled: bool) -> Decimal | None:
    if " " in text:
        return None if len(text) > LONGEST else Decimal(text.replace(" ", ""))
    return parse(text, notation, counted, scaled)


def _factor(tail: str) -> tuple[Decimal, Decimal]:
    """The factor of the scale words in `tail`, and what "rưỡi" (and a half) adds."""
    if tail in ("tr", "k"):
        return (Decimal(1_000_000) if tail == "tr" else Decimal(1000)), Decimal(0)
    factor, last = Decimal(1), Decimal(1)
    for match in _grammar()["scale"].finditer(tail):
        last = scales()[match.group(1)]
        factor *= last
    return factor, factor / 2 if "rưỡi" in tail else Decimal(0)


def _compound(match: re.Match, notation: Notation) -> Quantity | None:
    total, smallest, end = Decimal(0), None, match.end()
    for step in _grammar()["step"].finditer(match.group()):
        factor, half = _factor(step.group(2))
        value = parse(step.group(1), notation, scaled=True)
        if value is None or (smallest is not None and factor >= smallest):
            end = match.start() + step.start()
            break
        total, smallest = total + value * factor + half, factor
    while end > match.start() and match.string[end - 1].isspace():
        end -= 1
    return Quantity(match.start(), end, total, scaled=True) if smallest else None


def _range(match: re.Match, notation: Notation, counted: bool) -> Quantity | None:
    low_text, low_scale, _, high_text, high_scale = match.groups()
    high_factor, high_half = _factor(high_scale)
    low_factor, low_half = _factor(low_scale) if low_scale.strip() else (high_factor, Decimal(0))
    low = _number(low_text, notation, counted, low_factor != 1)
    high = _number(high_text, notation, counted, high_factor != 1)
    if low is None or high is None:
        return None
    low, high = low * low_factor + low_half, high * high_factor + high_half
    if low >= high:
        return None
    return Quantity(match.start(), match.end(), low, high, scaled=high_factor != 1)
