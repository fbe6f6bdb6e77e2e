"""Runs of digits, and the values that Vietnamese writers mean by them.

A dot or a space groups thousands and a comma marks decimals; some writers do it the English way round. One token can be
read both ways ("9,216"): `Notation` decides by what the article does elsewhere and by what is counted.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# Digits joined by . , / or - without a space are one token: "19.320", "12/12/2013", "2017-2020", "60-70".
TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:[/-][0-9]+(?:[.,][0-9]+)*)*")
NUMBER = r"[0-9]+(?:[.,][0-9]+)*"

LONGEST = 30  # Characters; a longer run of digits counts nothing that an article could report.
_DOT_GROUPS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_COMMA_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_ONE_COMMA_GROUP = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_COMMA_DECIMAL = re.compile(r"[0-9]+,[0-9]+")
_DOT_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
_PLAIN = re.compile(r"[0-9]+")


class Notation(StrEnum):
    """How an article groups thousands."""

    DOT = "dot"
    COMMA = "comma"


class Shape(StrEnum):
    """What a token looks like before anything around it is read."""

    NUMBER = "number"
    RANGE = "range"
    SLASHED = "slashed"
    DASHED = "dashed"


@dataclass(frozen=True)
class Token:
    """A run of digits in folded text."""

    start: int
    end: int
    text: str

    @property
    def shape(self) -> Shape:
        if "/" in self.text:
            return Shape.SLASHED
        parts = self.text.split("-")
        if len(parts) == 1:
            return Shape.NUMBER
        return Shape.RANGE if len(parts) == 2 else Shape.DASHED


def tokens(text: str) -> list[Token]:
    """Every run of digits of a text, in order; together they hold every ASCII digit."""
    return [Token(match.start(), match.end(), match.group()) for match in TOKEN.finditer(text)]


def notation_of(text: str) -> Notation:
    """The way an article groups thousands, by the tokens that can be read in one way only; by dots where none tells."""
    dots = commas = 0
    for token in tokens(text):
        if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?", token.text):
            dots += 1
        elif re.fullmatch(
            r"[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[1-9][0-9]?,[0-9]{3}", token.text
        ):
            commas += 1
    return Notation.COMMA if commas > 1 and not dots else Notation.DOT


def parse(token: str, notation: Notation = Notation.DOT, counted: bool = False, scaled: bool = False) -> Decimal | None:
    """The value of one number, or None where it is none.

    `counted` says that a countable noun follows (no 9.216 people), `scaled` that a scale word does (55,294 tỷ is decimal).
    """
    if len(token) > LONGEST:
        return None
    if _PLAIN.fullmatch(token):
        return Decimal(token)
    if _ONE_COMMA_GROUP.fullmatch(token):
        grouped = not scaled and (counted or notation is Notation.COMMA)
        return Decimal(token.replace(",", "" if grouped else "."))
    if _DOT_GROUPS.fullmatch(token) and not token.startswith("0"):
        return Decimal(token.replace(".", "").replace(",", "."))
    if _COMMA_GROUPS.fullmatch(token) and not token.startswith("0") and (token.count(",") > 1 or "." in token):
        return Decimal(token.replace(",", ""))
    if _COMMA_DECIMAL.fullmatch(token):
        return Decimal(token.replace(",", "."))
    if _DOT_DECIMAL.fullmatch(token):
        return Decimal(token)
    return None
