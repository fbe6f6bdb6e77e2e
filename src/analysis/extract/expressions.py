"""A bare expression of a quantity, in figures or in words: "từ $1,42 trở lên", "hai tỷ rưỡi đồng", "một phần hai".

The same readers as for running text; only what stands alone is taken more freely: a dash before it is a minus, speech's
short forms are read ("hai lăm"), and a range needs no "từ".
"""

import re
from decimal import Decimal
from typing import NamedTuple

from analysis.extract.currencies import Currency, currency_before, currency_behind
from analysis.extract.folding import fold
from analysis.extract.number_words import value_of, vocabulary, words
from analysis.extract.numerals import Notation
from analysis.extract.qualifiers import read_qualifier
from analysis.extract.quantities import Quantity, read_fraction, read_quantity

_DIGIT = re.compile(r"[0-9]")
_ATOM = re.compile(r"[0-9]+(?=\s|$)|[^\W\d_]+")
_JOINT = re.compile(r"(?P<unit>(?:\s(?!đến|tới|và)[^\W\d_]+){0,4}?)\s(?P<by>đến|tới|và|-)\s")
_POINT_BEHIND = re.compile(r"[0-9]+\s+(?:chấm|phẩy|phảy)\s")


class Expression(NamedTuple):
    """What an expression states. `currency` is an ISO 4217 code; `unit_text` what stands behind the number."""

    quantity: Quantity
    qualifier: str
    currency: str | None
    unit_text: str

    @property
    def ratio(self) -> Decimal:
        """The value, as a share of the whole where one is stated ("3/4" is 0.75)."""
        return self.quantity.value / (self.quantity.whole or 1)


def read_expression(text: str) -> Expression | None:
    """The quantity that a short text states, with its currency and hedge; None where it states none.

    Values are in base units and, for money, in the currency's own: "mười xu" is 0.1 USD.
    """
    lower = fold(text).lower.strip()
    start = _first(lower)
    found = None if start is None else _read(lower, start)
    if found is None:
        return None
    found = _ranged(lower, _fraction(lower, found))
    before, behind = currency_before(lower, found.start), currency_behind(lower, found.end)
    edge = before.start if before else found.start
    quantity = _with_minor(lower, found, behind) if behind else found
    if quantity.start == start and _minus(lower, edge):
        quantity = quantity._replace(value=-quantity.value)
    qualifier, _ = read_qualifier(lower, edge, quantity.end, (0, len(lower)))
    currency = before or behind
    return Expression(quantity, qualifier, currency and currency.code, lower[found.end :].strip())


def _first(lower: str) -> int | None:
    """Where the number starts: at its first digit or the first word that can open a number here."""
    roles = words()
    opening = set(roles["unit"]) | set(roles["ten"]) | set(roles["half_of"])
    digit = _DIGIT.search(lower)
    late, before = None, ""
    for atom in _ATOM.finditer(lower, 0, digit.start() if digit else len(lower)):
        word = atom.group()
        following = _ATOM.match(lower, atom.end() + 1)
        if word in opening and before not in roles["not_after"]:
            if word not in roles["not_first"] or (following and following.group() in vocabulary()):
                return atom.start()
            late = atom.start() if late is None else late
        before = word
    return digit.start() if digit else late


def _read(lower: str, start: int) -> Quantity | None:
    if lower[start].isdigit() and not _POINT_BEHIND.match(lower, start):
        return read_quantity(lower, start, Notation.DOT, False, bounded=True)
    run, ends, at = [], [], start
    while (atom := _ATOM.match(lower, at)) and (atom.group().isdecimal() or atom.group() in vocabulary()):
        run.append(atom.group())
        ends.append(atom.end())
        at = atom.end() + 1
    read = value_of(run, colloquial=True) if run else None
    return Quantity(start, ends[read[1] - 1], read[0]) if read else None


def _fraction(lower: str, part: Quantity) -> Quantity:
    """A share in words or figures, "ba phần tư", "630/847", or a whole number with one, "hai mươi ba và một phần năm"."""
    if (figures := read_fraction(lower, part.start)) or (figures := _over(lower, part)):
        return figures
    mixed = re.compile(r"\s(?:và\s)?").match(lower, part.end)
    if not mixed or mixed.end() >= len(lower):
        return part
    rest = read_fraction(lower, mixed.end())
    if rest is None and "và" in mixed.group() and (numerator := _read(lower, mixed.end())):
        rest = _over(lower, numerator)
    return part._replace(end=rest.end, value=part.value + rest.value / rest.whole) if rest else part


def _over(lower: str, part: Quantity) -> Quantity | None:
    between = re.compile(rf"\s(?:{'|'.join(words()['fraction'])})\s(?!trăm)").match(lower, part.end)
    whole = _read(lower, between.end()) if between else None
    return part._replace(end=whole.end, whole=whole.value) if whole and whole.value > 0 else None


def _ranged(lower: str, low: Quantity) -> Quantity:
    """The range that opens with `low`, where the same unit or none stands between the two numbers."""
    joint = _JOINT.match(lower, low.end) if low.value_high is None and low.whole is None else None
    high = _read(lower, joint.end()) if joint and joint["by"] != "và" else None
    if high is None or high.value <= low.value or not lower[high.end :].startswith(joint["unit"]):
        return low
    return low._replace(end=high.end, value_high=high.value)


def _with_minor(lower: str, amount: Quantity, currency: Currency) -> Quantity:
    """Adds what stands behind the currency: "hai đô rưỡi", "hai đô la và 23 xen", "hai đô 23"."""
    if currency.minor:
        return amount._replace(value=amount.value / 100)
    if re.compile(r"\srưỡi(?![^\W_])").match(lower, currency.end):
        return amount._replace(value=amount.value + Decimal("0.5"))
    gap = re.compile(r"\s(?:và\s)?").match(lower, currency.end)
    rest = _read(lower, gap.end()) if gap and gap.end() < len(lower) else None
    if rest is None or not 0 < rest.value < 100:
        return amount
    minor = currency_behind(lower, rest.end)
    closes = rest.end == len(lower) and amount.value == int(amount.value)
    return amount._replace(value=amount.value + rest.value / 100) if closes or (minor and minor.minor) else amount


def _minus(lower: str, start: int) -> bool:
    before = lower[:start].rstrip()
    return before.endswith("-") or (before.split() or [""])[-1] in words()["minus"]
