"""Runs of digits, and the values that Vietnamese writers mean by them.

A dot or a space groups thousands and a comma marks decimals; some writers do it the English way round. One token can be
read both ways ("9,216"): `Notation` decides by what the article does elsewhere and by what is counted.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import NamedTuple

import numpy as np

from analysis.extract.scales import scale_pattern

# Digits joined by . , / or - without a space are one token: "19.320", "12/12/2013", "2017-2020", "60-70".
TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:[/-][0-9]+(?:[.,][0-9]+)*)*")
NUMBER = r"[0-9]+(?:[.,][0-9]+)*"

LONGEST = 30  # Characters; a longer run of digits counts nothing that an article could report.
_SEPARATED = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,12}){1,8}")
_NOT_BEFORE = (".", ",", "/")


class Notation(StrEnum):
    """How an article groups thousands."""

    DOT = "dot"
    COMMA = "comma"


_DOT, _COMMA = Notation  # reading a member off its class costs more than the whole test


class Shape(StrEnum):
    """What a token looks like before anything around it is read."""

    NUMBER = "number"
    RANGE = "range"
    SLASHED = "slashed"
    DASHED = "dashed"


class Token(NamedTuple):
    """A run of digits in folded text."""

    start: int
    end: int
    text: str

    @property
    def shape(self) -> Shape:
        if "/" in self.text:
            return Shape.SLASHED
        dashes = self.text.count("-")
        return Shape.DASHED if dashes > 1 else Shape.RANGE if dashes else Shape.NUMBER


def tokens(text: str) -> list[Token]:
    """Every run of digits of a text, in order; together they hold every ASCII digit."""
    found, end, match_at = [], 0, TOKEN.match
    for at in _runs(text):
        if at >= end:
            end = match_at(text, at).end()
            found.append(Token(at, end, text[at:end]))
    return found


def _runs(text: str) -> list[int]:
    """Where runs of digits start; a comparison of all characters at once is four times as fast as a search."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    digit = codes - np.uint32(ord("0")) < 10  # unsigned: a code below that of zero wraps round
    opens = digit.copy()
    opens[1:] &= ~digit[:-1]
    return np.flatnonzero(opens).tolist()


def parse(token: str, notation: Notation = Notation.DOT, counted: bool = False, scaled: bool = False) -> Decimal | None:
    """The value of one number, or None where it is none.

    `counted` says that a countable noun follows (no 9.216 people), `scaled` that a scale word does (55,294 tỷ is decimal).
    """
    if len(token) > LONGEST or not token.isascii():
        return None
    if token.isdecimal():
        return Decimal(token)
    if token[-4:-3] == "." and len(token) < 8 and notation is _DOT and token[0] != "0":  # "19.320", most of them
        digits = token[:-4] + token[-3:]
        if digits.isdecimal() and len(digits) > 3:
            return Decimal(digits)
    dots, commas = token.count("."), token.count(",")
    if not token.replace(".", "").replace(",", "").isdecimal() or (dots and commas and min(dots, commas) > 1):
        return None
    if dots and commas:
        return _mixed(token)
    return _one_sign(token, "." if dots else ",", notation, counted, scaled)


def _mixed(token: str) -> Decimal | None:
    """ "6.383,9" or "6,383.9": the last sign marks the decimals."""
    thousands, mark = (".", ",") if token.rfind(",") > token.rfind(".") else (",", ".")
    whole, _, decimals = token.rpartition(mark)
    if mark in whole or not decimals or not _grouped(whole.split(thousands)):
        return None
    return Decimal(whole.replace(thousands, "") + "." + decimals)


def _one_sign(token: str, sign: str, notation: Notation, counted: bool, scaled: bool) -> Decimal | None:
    parts = token.split(sign)
    if not parts[0] or not parts[-1]:
        return None
    home = notation is (_DOT if sign == "." else _COMMA)
    if _grouped(parts) and (len(parts) > 2 or _thousands(sign, home, counted, scaled)):
        return Decimal("".join(parts))
    return Decimal(".".join(parts)) if len(parts) == 2 else None


def _thousands(sign: str, home: bool, counted: bool, scaled: bool) -> bool:
    """Whether the one sign in "9,216" or "9.216" groups; `home` where it is the article's own sign for that."""
    if sign == ",":
        return not scaled and (counted or home)
    return home or counted or not scaled


def _grouped(parts: list[str]) -> bool:
    return 1 <= len(parts[0]) <= 3 and parts[0][0] != "0" and all(len(part) == 3 for part in parts[1:])


@cache
def _no_thousands() -> re.Pattern:
    """What follows a number whose comma marks decimals, whatever its length: a scale word, a percent sign."""
    return re.compile(rf"\s{{0,2}}(?:%|phần trăm|km2|ha(?![^\W_])|{scale_pattern()})")


def notation_of(text: str, found: Iterable[Token] | None = None) -> Notation:
    """The way an article groups thousands, by the tokens that can be read in one way only; by dots where none tells.

    Two tokens like "9,216" that count no scale word or percent tell as well, unless another token shows a decimal comma.
    `found` are the tokens to go by, those of the whole text where none are given.
    """
    dots = commas = maybe_commas = 0
    for token, end in _separated(text, tokens(text) if found is None else found):
        sign = token[-4:-3] if token[-4:-3] in (".", ",") else ""
        if "." in token and "," in token:
            dots, commas = (dots + 1, commas) if token.rfind(",") > token.rfind(".") else (dots, commas + 1)
        elif sign and _grouped(parts := token.split(sign)):
            dots += sign == "."
            commas += sign == "," and len(parts) > 2
            one_comma = sign == "," and len(parts) == 2 and len(parts[0]) < 3
            maybe_commas += one_comma and not _no_thousands().match(text[end : end + 12].lower())
        elif token.count(",") == 1:
            dots += 1
    return Notation.COMMA if commas > dots or (maybe_commas > 1 and not dots) else Notation.DOT


def _separated(text: str, found: Iterable[Token]) -> Iterator[tuple[str, int]]:
    """The numbers with a dot or comma in the tokens, with their ends; no number of a fraction or behind another sign."""
    for start, end, token in found:
        if "." not in token and "," not in token:
            continue
        before = text[start - 1 : start]
        if "-" not in token:
            if "/" not in token and before not in _NOT_BEFORE and _SEPARATED.fullmatch(token):
                yield token, end
            continue
        for part in token.split("-"):
            if "/" not in part and before not in _NOT_BEFORE and _SEPARATED.fullmatch(part):
                yield part, start + len(part)
            start, before = start + len(part) + 1, "-"
