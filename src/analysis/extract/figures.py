"""A sentence's numerals: which are figures, of what unit, in which clause."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from analysis.extract import classes, sentences, units
from analysis.extract.context import Context
from analysis.extract.numerals import Shape, Token, tokens
from analysis.extract.qualifiers import read_qualifier
from analysis.extract.quantities import Quantity, read_quantity
from analysis.extract.units import COUNTED, Unit

_SIDE = 120  # Characters on either side of a token that decide its class.
_FRACTION = re.compile(r"([1-9][0-9]*)/([1-9][0-9]*)")


@dataclass(frozen=True)
class Item:
    """One numeral of an article at a folded span: its class and reason, and for a figure what it states."""

    start: int
    end: int
    kind: str
    reason: str
    quantity: Quantity | None = None
    unit: str | None = None
    noun: tuple[int, int] | None = None
    qualifier: str | None = None
    sentence: tuple[int, int] = (0, 0)
    clause: tuple[int, int] = (0, 0)


def read_sentence(context: Context, line: tuple[int, int], sentence: tuple[int, int]) -> list[Item]:
    """The numerals of one sentence, in order, with clauses set for its figures."""
    lower = context.folded.lower
    items: list[Item] = []
    previous: Item | None = None
    for token in _tokens(context, sentence):
        if items and token.start < items[-1].end:
            continue
        item = _read(context, token, line, sentence, previous)
        items.append(replace(item, sentence=sentence))
        previous = items[-1] if item.kind == "figure" else previous
    figures = [item for item in items if item.kind == "figure"]
    spans = [(item.start, max(item.end, item.noun[1] if item.noun else 0)) for item in figures]
    clause_of = (
        dict(zip((item.start for item in figures), sentences.clauses(lower, sentence, spans), strict=True))
        if figures
        else {}
    )
    return [replace(item, clause=clause_of[item.start]) if item.start in clause_of else item for item in items]


def _tokens(context: Context, sentence: tuple[int, int]) -> list[Token]:
    start, end = sentence
    return [Token(t.start + start, t.end + start, t.text) for t in tokens(context.folded.text[start:end])]


def _read(
    context: Context, token: Token, line: tuple[int, int], sentence: tuple[int, int], previous: Item | None
) -> Item:
    lower = context.folded.lower
    ahead, behind = (
        lower[max(line[0], token.start - _SIDE) : token.start],
        lower[token.end : min(line[1], token.end + _SIDE)],
    )
    if found := classes.not_a_figure(classes.Context(token, ahead, behind)):
        return Item(token.start, token.end, *found)
    quantity, unit = _quantity_and_unit(context, token, sentence[1])
    if quantity is None:
        return Item(token.start, token.end, "other", "digits that are no number")
    qualifier, words = read_qualifier(lower, quantity.start, quantity.end, sentence)
    unit = (
        unit
        or units.unit_before(lower, _before_hedge(lower, quantity.start, words), sentence[0])
        or _carried(lower, quantity, previous)
    )
    if unit is None and not (qualifier != "exact" or quantity.scaled or quantity.value >= 1000):
        return Item(token.start, token.end, "other", "a bare number: no noun says what it counts")
    reason = f"unit: {unit.rule if unit else 'no noun found'}" + (f"; qualifier: {words}" if words else "")
    noun = (unit.start, unit.end) if unit and unit.end > quantity.start else None
    return Item(
        quantity.start, quantity.end, "figure", reason, quantity, unit.unit if unit else "other", noun, qualifier
    )


def _quantity_and_unit(context: Context, token: Token, limit: int) -> tuple[Quantity | None, Unit | None]:
    lower = context.folded.lower
    if token.shape is Shape.SLASHED:
        return _fraction(lower, token, limit)
    quantity = read_quantity(lower, token.start, context.notation, counted=False)
    if quantity is None:
        return None, None
    unit = units.unit_behind(lower, quantity.end, limit, quantity.value, quantity.scaled)
    if unit and unit.unit in COUNTED:
        quantity = read_quantity(lower, token.start, context.notation, counted=True)
    return quantity, unit


def _fraction(lower: str, token: Token, limit: int) -> tuple[Quantity | None, Unit | None]:
    """ "78/78 tổ": so many out of so many; the count is the first."""
    match = _FRACTION.fullmatch(token.text)
    unit = units.unit_behind(lower, token.end, limit, Decimal(token.text.split("/")[0]), False) if match else None
    if not match or unit is None or int(match.group(1)) > int(match.group(2)):
        return None, None
    return Quantity(token.start, token.end, Decimal(match.group(1))), unit


def _before_hedge(lower: str, start: int, words: str) -> int:
    """Where the text before a number's hedge ends."""
    return start - (
        len(words) + 1 if words and lower[max(0, start - len(words) - 2) : start].rstrip().endswith(words) else 0
    )


def _carried(lower: str, quantity: Quantity, previous: Item | None) -> Unit | None:
    """The unit of the figure before, where this one goes on with its list: "(39 chăn nuôi, 5 trồng trọt)"."""
    if previous is None or previous.unit not in COUNTED | {"other"} or previous.quantity.scaled:
        return None
    between = lower[previous.end : quantity.start]
    if len(between) > 80 or ";" in between:
        return None
    return Unit(previous.unit, previous.start, previous.start, "the unit of the figure before it in the list")
