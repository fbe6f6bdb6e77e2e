"""Numbers with their scale words, as compounds and ranges: "2 tỷ 300 triệu", "90 - 100", "từ 3% đến 5%"."""

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from analysis.extract.numerals import LONGEST, NUMBER, Notation, parse
from analysis.extract.scales import CURRENCY, MOST_SCALES, factor, scale_pattern, scales, split_pattern

__all__ = ["Quantity", "read_fraction", "read_quantity", "scales"]


class Quantity(NamedTuple):
    """A value or a range in folded text.

    `start` is at a minus sign where there is one, `end` past the last digit or scale word, before the unit; `whole` is what
    the value is out of ("78/78 tổ").
    """

    start: int
    end: int
    value: Decimal
    value_high: Decimal | None = None
    scaled: bool = False
    whole: Decimal | None = None


class Amount(NamedTuple):
    """One end of a range, or a number alone: `digits` as printed, `factor` of its own scale words."""

    end: int
    value: Decimal
    factor: Decimal
    digits: str


class _Company(NamedTuple):
    """How an ambiguous token is read: as in numerals.parse."""

    notation: Notation
    counted: bool


_HEAD = re.compile(NUMBER)
# Blanks are spaces here, never a line's end: a number does not go on in the next line.
# "3 000": one to four groups of three after a space; more are a row of a table.
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3}){1,4}(?:,[0-9]{1,6})?(?! ?[0-9]|[.,/-][0-9])")
_ONE = Decimal(1)
_CHAIN = re.compile(rf"{NUMBER}(?:-{NUMBER}){{2}}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_PART = r"([1-9][0-9]{0,2}(?:\.[0-9]{3}){1,2}|[1-9][0-9]{0,5})"
_FRACTION = re.compile(rf"{_PART} ?/ ?{_PART}(?![0-9]|[.,/-][0-9])")
_MINUS_BEHIND = re.compile(r" ?(?:%|°|độ(?![^\W_])|điểm (?:%|phần trăm))")
_MINUS_AHEAD = re.compile(r"(?<![^\W_])(?:là|đạt|mức|còn|xuống|giảm|bằng|:|=)$")


class _Grammar(NamedTuple):
    opening: frozenset[str]
    goes_on: re.Pattern
    scaled: re.Pattern
    split: re.Pattern
    step: re.Pattern
    tenth: re.Pattern
    hundreds: re.Pattern
    join: re.Pattern
    noun_join: re.Pattern


@cache
def _grammar() -> _Grammar:
    scale = scale_pattern()
    mark = r"(?P<by>-|(?:đến|tới|và)(?= ))"
    opens = rf" {{0,3}}(?:(?P<minus>-|âm ) ?)?(?:{CURRENCY} ?)?(?=[0-9])"
    return _Grammar(
        opening=frozenset({word[0] for word in scales()} | set("0123456789-%$€£₫đrv \n")),
        # Nothing of this behind the digits: the number stands alone. Most do, so that this one look decides.
        goes_on=re.compile(
            rf" {{0,3}}(?:-|[0-9]{{3}}|(?:đến|tới|và) |{scale}|{split_pattern()}|rưỡi|[%$€£₫] ?(?:-|đến|tới)|[^\W\d_]{{1,5}}[23²³]? ?(?:-|(?:đến|tới) ))"
        ),
        scaled=re.compile(rf"(?: {{0,3}}{scale}){{1,{MOST_SCALES}}}(?: +rưỡi(?![^\W_]))?| +rưỡi(?![^\W_])"),
        split=re.compile(split_pattern()),
        step=re.compile(rf" {{1,3}}({NUMBER})(?= {{0,3}}{scale})"),
        tenth=re.compile(rf" ([1-9])(?= ?{CURRENCY}(?! chí)| ?(?:[.,;:)!?](?![0-9])|\n|\Z))"),
        hundreds=re.compile(r" ([1-9][0-9]{2})(?![\w%]|[.,/-][0-9]| ?-)"),
        join=re.compile(rf"(?P<unit> ?[%$€£₫]|[^\W\d_]{{1,5}}[23²³]?|) {{0,3}}{mark}{opens}"),
        noun_join=re.compile(rf" (?P<unit>(?:[^\W\d_]+ ){{1,4}}?){mark}{opens}"),
    )


def read_quantity(lower: str, start: int, notation: Notation, counted: bool, bounded: bool = False) -> Quantity | None:
    """The quantity that starts with the digit at `start` of folded lower-case text, or None where its digits are no number.

    `counted` as for numerals.parse; `bounded` takes "10 người đến 20 người" for a range without a "từ" before it.
    """
    head = _HEAD.match(lower, start)
    if head is None:
        return None
    end, sign = head.end(), start
    before = lower[max(0, start - 2) : start]
    if before and before[-1] in " -" and before[0] in "ừam (\n-":
        bounded = bounded or lower.endswith(("từ ", "giữa "), 0, start)
        sign = _sign(lower, start, end)
    if not bounded and _stands_alone(lower, end):
        value = parse(head.group(), notation, counted)
        return None if value is None else Quantity(sign, end, value if sign == start else -value)
    return _long(lower, start, sign, _Company(notation, counted), bounded)


def _stands_alone(lower: str, end: int) -> bool:
    """Whether nothing behind the digits goes on with the number. The first character decides mostly."""
    following, grammar = lower[end : end + 2], _grammar()
    opens = following[1:] if following[:1] == " " else following[:1]
    if opens not in grammar.opening and (following[:1] == " " or not opens.isalpha()):
        return True
    return grammar.goes_on.match(lower, end) is None


def _sign(lower: str, start: int, end: int) -> int:
    """Where the sign of a negative number stands, else `start`: a dash that opens an item or joins words is no minus."""
    if lower[start - 1] == " ":
        return (
            start - 3
            if lower.endswith("âm ", 0, start) and not lower[max(0, start - 4) : start - 3].isalnum()
            else start
        )
    before = lower[max(0, start - 20) : start - 1]
    words = before.rstrip(" (").rpartition("\n")[2]
    if not before.endswith((" ", "(")) or not words.strip() or words[-1] in "-%.;" or words[-1].isdigit():
        return start
    decimals = "," in lower[start:end] and "." not in lower[start:end]
    return start - 1 if decimals or _MINUS_BEHIND.match(lower, end) or _MINUS_AHEAD.search(words) else start


def _long(lower: str, start: int, sign: int, company: _Company, bounded: bool) -> Quantity | None:
    low = None if _CHAIN.match(lower, start) else read_amount(lower, start, company)
    if low is None:
        return None
    if sign != start:
        low = low._replace(value=-low.value)
    found = _range(lower, sign, low, company, bounded)
    return found or Quantity(sign, low.end, low.value, scaled=low.factor != _ONE)


def read_amount(lower: str, start: int, company: tuple[Notation, bool]) -> Amount | None:
    """One number in digits with its scale words, compounds taken together."""
    head = _HEAD.match(lower, start)
    if lower[head.end() + 1 : head.end() + 2].isdigit() and not _in_row(lower, start):
        head = _SPACED.match(lower, start) or head
    digits, end = head.group(), head.end()
    if lower[end : end + 1].isalpha() and (split := _grammar().split.match(lower, end)):
        return _split(digits, split)
    tail = _grammar().scaled.match(lower, end)
    if tail is None:
        value = _number(digits, company, False)
        return None if value is None else Amount(end, value, _ONE, digits)
    product, half = factor(tail.group())
    value = _number(digits, company, product != _ONE)
    if value is None:
        return None
    return _compound(lower, tail.end(), value * product + half, product, digits)


def _in_row(lower: str, start: int) -> bool:
    """Whether other digits stand before a space before these: a row of a table, no thousands."""
    return start > 1 and lower[start - 1] == " " and lower[start - 2].isdigit()


def _number(digits: str, company: tuple[Notation, bool], scaled: bool) -> Decimal | None:
    if " " in digits:
        return None if len(digits) > LONGEST else Decimal(digits.replace(" ", "").replace(",", "."))
    return parse(digits, *company, scaled)


def _split(digits: str, match: re.Match) -> Amount | None:
    """ "1tr5": what stands behind the scale word are its decimals."""
    value, product = parse(digits, scaled=True), scales()[match["scale"]]
    if value is None:
        return None
    return Amount(match.end(), value * product + Decimal(f"0.{match['digits']}") * product, product, digits)


def _compound(lower: str, end: int, total: Decimal, smallest: Decimal, digits: str) -> Amount:
    """Adds the steps behind a scale word: "2 tỷ 300 triệu", "1 nghìn 300 tỷ" (1300 billion), "2 tỷ 3", "3 nghìn 250"."""
    if not lower[end : end + 4].lstrip()[:1].isdigit():
        return Amount(end, total, smallest, digits)
    grammar, first = _grammar(), True
    while smallest > 1 and (step := grammar.step.match(lower, end)):
        tail = grammar.scaled.match(lower, step.end())
        value = parse(step[1], scaled=True)
        if value is None or tail is None:
            break
        product, half = factor(tail.group())
        if value * product < smallest:
            total += value * product + half
        elif first and value < smallest <= 1000 and value * 10 >= smallest and product >= 1_000_000:
            total = (total + value) * product + half
        else:
            break
        first, smallest, end = False, product, tail.end()
    if smallest >= 1000 and (tenth := grammar.tenth.match(lower, end)):
        return Amount(tenth.end(), total + int(tenth[1]) * smallest / 10, smallest, digits)
    if smallest == 1000 and total % 1000 == 0 and (rest := grammar.hundreds.match(lower, end)):
        return Amount(rest.end(), total + int(rest[1]), smallest, digits)
    return Amount(end, total, smallest, digits)


def _range(lower: str, start: int, low: Amount, company: _Company, bounded: bool) -> Quantity | None:
    joint = _grammar().join.match(lower, low.end)
    if joint is None and bounded:
        joint = _grammar().noun_join.match(lower, low.end)
    if joint is None or (joint["by"] == "và" and not lower[max(0, start - 5) : start].endswith("giữa ")):
        return None
    high = read_amount(lower, joint.end(), company)
    if high is None or not _one_unit(lower, joint["unit"].strip(), high.end) or _no_bound(lower, low, high, bounded):
        return None
    if joint["minus"]:
        high = high._replace(value=-high.value)
    bottom = _lifted(low, high, joint)
    if bottom >= high.value:
        return None
    return Quantity(start, high.end, bottom, high.value, scaled=high.factor != _ONE)


def _one_unit(lower: str, unit: str, end: int) -> bool:
    """Whether a unit behind the lower bound is money or percent, or stands behind the upper bound again."""
    return (
        not unit or re.fullmatch(rf"%|{CURRENCY}", unit) is not None or lower[end : end + 40].lstrip().startswith(unit)
    )


def _no_bound(lower: str, low: Amount, high: Amount, bounded: bool) -> bool:
    """Whether the second number is a date, a third item of a chain or a year, and no upper bound."""
    if re.compile(r"\s?[/-][0-9]").match(lower, high.end):
        return True
    return (
        not bounded
        and low.value < 1000
        and low.factor == 1
        and _YEAR.fullmatch(high.digits) is not None
        and high.factor == 1
    )


def _lifted(low: Amount, high: Amount, joint: re.Match) -> Decimal:
    """The lower bound, with what it leaves to the upper one: "2-3 triệu", "500 - 1 triệu", "5-6.000"."""
    if low.factor != 1 or joint["unit"].strip() not in ("", "%"):
        return low.value
    if high.factor != 1:
        lifted = low.value * high.factor
        thousandth = lifted >= high.value and low.value >= 100 and high.factor in (1000, 1_000_000, 1_000_000_000)
        return lifted / 1000 if thousandth else lifted
    thousands = joint["by"] == "-" and high.digits.endswith((".000", " 000")) and low.digits.isdecimal()
    if thousands and len(low.digits) <= 3 and low.value * 1000 < high.value <= low.value * 5000:
        return low.value * 1000
    return low.value


def read_fraction(lower: str, start: int) -> Quantity | None:
    """So many out of so many, "78/78", whose value is the first and whose `whole` the second; None where it is none."""
    match = _FRACTION.match(lower, start)
    return match and Quantity(start, match.end(), _whole(match[1]), whole=_whole(match[2]))


def _whole(digits: str) -> Decimal:
    return Decimal(digits.replace(".", ""))
