"""A sentence's numerals: which are figures, of what unit, in which clause."""

import re
from dataclasses import dataclass, field

from analysis.extract import classes, sentences
from analysis.extract.ellipsis import AGAIN, COORDINATED, IMPLIED, LISTED, Gaps, counts_something
from analysis.extract.number_words import find_worded
from analysis.extract.numerals import Notation, Shape, Token, tokens
from analysis.extract.parts import cue
from analysis.extract.qualifiers import read_qualifier
from analysis.extract.quantities import Quantity, read_fraction, read_quantity
from analysis.extract.units import BEHIND, COUNTED, NEAR, Nouns, Unit

_LONGEST_LIST = 80  # Characters between two counts of one list that share a unit.
BARE = 1000  # From here on a number without a noun is taken for a count: "tổng số 13.126".
# An amount in tỷ or tr that names nothing is a sum of money, in speech and in the press.
_SUM = re.compile(r"tỷ|tỉ|[0-9]tr[0-9]?$|tr ?\.?đ$")
_EACH = re.compile(r"\s?/\s?[^\W\d_]")  # "20 triệu/hộ" is money for each

Span = tuple[int, int]


@dataclass(slots=True)
class Item:
    """One numeral of an article at a folded span: its class and reason, and for a figure what it states.

    `doubts` name why the reading is not surer (reference/doubts.csv). `sentence` and `clause` are folded spans.
    """

    start: int
    end: int
    kind: str
    reason: str
    sentence: Span
    quantity: Quantity | None = None
    unit: str | None = None
    noun: Span | None = None
    qualifier: str | None = None
    clause: Span = (0, 0)
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading a numeral needs of its article. `openings`: where numbers in words may start."""

    lower: str
    nouns: Nouns
    notation: Notation
    gaps: Gaps
    openings: list[int]

    def sentence(self, line: Span, sentence: Span, digits: list[Token], before: list[Item]) -> list[Item]:
        """The numerals of one sentence, in order, with the clause of each figure.

        `digits` are the tokens of the sentence, `before` the numerals of the sentence before in its line.
        """
        items: list[Item] = []
        if not digits and not self.openings:
            return items
        reached = before[-1].end if before else 0  # a range may go on into the sentence behind it
        for one in self._worded(sentence, digits):
            while one := _rest(one, reached):
                items.append(one if isinstance(one, Item) else self._read(one, line, sentence, items))
                reached = items[-1].end
        self._fill(items, sentence, [item for item in before if item.kind == "figure"])
        self._set_clauses([item for item in items if item.kind == "figure"], sentence)
        return items

    def _worded(self, sentence: Span, digits: list[Token]) -> list[Token | Item]:
        """The tokens, and the counts in words between them ("hai mươi lăm người") with a noun right behind."""
        found: list[Token | Item] = list(digits)
        for quantity in find_worded(self.lower, *sentence, self.openings):
            unit = self.nouns.behind(quantity.end, sentence[1], quantity.value, quantity.scaled)
            touched = any(t.start < quantity.end and quantity.start < t.end for t in digits)
            if unit and unit.rule == BEHIND and not touched:
                found.append(self._figure(quantity, unit, sentence, ["worded_number"]))
        return sorted(found, key=lambda one: one.start) if len(found) > len(digits) else found

    def _read(self, token: Token, line: Span, sentence: Span, items: list[Item]) -> Item:
        start, end = token.start, token.end
        ahead = self.lower[max(line[0], start - classes.SIDE) : start]
        behind = self.lower[end : min(line[1], end + classes.SIDE)]
        if items and items[-1].reason == classes.PHONE and not self.lower[items[-1].end : start].strip(" .-"):
            return Item(start, end, "other", classes.PHONE, sentence)
        counts = self.nouns.right_behind(end)
        if found := classes.not_a_figure(classes.Look(token, ahead, behind), counts):
            return Item(start, end, *found, sentence)
        quantity, unit = self._quantity_and_unit(token, sentence)
        if quantity is None:
            return Item(start, end, "other", "digits that are no number", sentence)
        return self._figure(quantity, unit, sentence, self._two_readings(token, unit))

    def _figure(self, quantity: Quantity, unit: Unit | None, sentence: Span, doubts: list[str]) -> Item:
        """The figure of a number; without a unit of its own it is left open for _fill."""
        end = unit.end if unit and unit.start == quantity.end else quantity.end  # "45m2 trở lên"
        qualifier, words = read_qualifier(self.lower, quantity.start, end, sentence)
        unit = unit or self._before(quantity, words, sentence)
        hedge = f"; qualifier: {words}" if words else ""
        item = Item(
            quantity.start, quantity.end, "figure", hedge, sentence, quantity, qualifier=qualifier, doubts=doubts
        )
        if unit:
            _set_unit(item, unit.unit, unit.rule)
            item.noun = (unit.start, unit.end) if unit.end > quantity.start else None
        return item

    def _quantity_and_unit(self, token: Token, sentence: Span) -> tuple[Quantity | None, Unit | None]:
        if token.shape is Shape.SLASHED:
            return self._fraction(token, sentence[1])
        quantity = read_quantity(self.lower, token.start, self.notation, False)
        if quantity is None:
            return None, None
        if quantity.scaled and _EACH.match(self.lower, quantity.end, sentence[1]):
            return quantity, Unit("VND", quantity.start, quantity.start, MONEY_SCALE)
        unit = self.nouns.behind(quantity.end, sentence[1], quantity.value, quantity.scaled)
        if unit and unit.unit in COUNTED and not quantity.scaled and "," in self.lower[quantity.start : quantity.end]:
            quantity = read_quantity(self.lower, token.start, self.notation, True) or quantity
        return quantity, unit

    def _fraction(self, token: Token, limit: int) -> tuple[Quantity | None, Unit | None]:
        """ "78/78 tổ": so many out of so many; the count is the first."""
        quantity = read_fraction(self.lower, token.start)
        if quantity is None:
            return None, None
        unit = self.nouns.behind(token.end, limit, quantity.value, False)
        if quantity.value > quantity.whole:  # "150/140 đảng viên": more than the plan asked for
            return (quantity, unit) if unit and unit.rule == BEHIND else (None, None)
        return (quantity, unit) if unit or counts_something(self.lower, token.end, limit) else (None, None)

    def _two_readings(self, token: Token, unit: Unit | None) -> list[str]:
        """A number like "9,216" that no counting noun settles."""
        comma = token.text.count(",") == 1 and len(token.text.rpartition(",")[2]) == 3 and "." not in token.text
        return ["two_readings"] if comma and not (unit and unit.unit in COUNTED) else []

    def _before(self, quantity: Quantity, hedge: str, sentence: Span) -> Unit | None:
        """The unit from what stands right before: a currency or a noun; or that of a sum of money."""
        if currency := self.nouns.currency_before(quantity.start, sentence[0]):
            return currency
        if quantity.scaled and _SUM.search(self.lower, quantity.start, quantity.end):
            return Unit("VND", quantity.start, quantity.start, MONEY_SCALE)
        unit = self.nouns.before(self._before_hedge(quantity.start, hedge), sentence[0])
        whole = quantity.value == quantity.value.to_integral_value()
        fits = unit and (whole if unit.unit in COUNTED else not (quantity.scaled and unit.unit == "other"))
        return unit if fits else None

    def _before_hedge(self, start: int, words: str) -> int:
        """Where the text before a number's hedge ends."""
        if not words or not self.lower[max(0, start - len(words) - 2) : start].rstrip().endswith(words):
            return start
        return start - len(words) - 1

    def _fill(self, items: list[Item], sentence: Span, before: list[Item]) -> None:
        """Units of the numbers that have no noun of their own, and the class of those that then count nothing."""
        if all(item.unit for item in items if item.quantity):
            return
        for at, unit, rule in self.gaps.fill(items, sentence, before):
            _set_unit(items[at], unit, rule)
        for at, item in enumerate(items):
            if item.quantity is None or item.unit:
                continue
            if item.quantity.scaled and any(one.unit == "VND" for one in items[:at]):
                _set_unit(item, "VND", LISTED)  # "(Trung ương 1,5 tỷ, tỉnh 900 triệu)"
            elif unit := self._carried(item, items[:at]):
                _set_unit(item, unit, LISTED)
            elif noun := counts_something(self.lower, item.end, sentence[1]):
                _set_unit(item, "other", UNKNOWN)
                item.noun = noun
            elif item.qualifier != "exact" or item.quantity.scaled or _can_only_count(item.quantity):
                _set_unit(item, "other", NO_NOUN)
            else:
                item.kind, item.reason = "other", "a bare number: no noun says what it counts"

    def _carried(self, item: Item, ahead: list[Item]) -> str | None:
        """The unit of the figure before, where this one goes on with its list: "(39 chăn nuôi, 5 trồng trọt)"."""
        previous = next((one for one in reversed(ahead) if one.kind == "figure"), None)
        if previous is None or previous.unit not in COUNTED | {"other"} or previous.quantity.scaled:
            return None
        between = self.lower[previous.end : item.start]
        if len(between) > _LONGEST_LIST or ";" in between:
            return None
        listed = "(" in between or LISTED in previous.reason or cue().search(between)
        bare = not counts_something(self.lower, item.end, item.sentence[1])
        return previous.unit if listed or bare else None

    def _set_clauses(self, figures: list[Item], sentence: Span) -> None:
        if not figures:
            return
        spans = [(item.start, max(item.end, item.noun[1] if item.noun else 0)) for item in figures]
        for item, clause in zip(figures, sentences.clauses(self.lower, sentence, spans), strict=True):
            item.clause = clause


NO_NOUN, UNKNOWN = "no noun found", "a noun that nouns.csv lacks"
MONEY_SCALE = "a sum in tỷ or tr without a noun"
# Why a unit is not sure, by the rule that found it; the names are those of reference/doubts.csv.
_DOUBTS = {
    NO_NOUN: "no_unit",
    UNKNOWN: "no_unit",
    NEAR: "far_unit",
    MONEY_SCALE: "far_unit",
    IMPLIED: "far_unit",
    **dict.fromkeys((LISTED, COORDINATED, AGAIN), "carried_unit"),
}


def _rest(one: Token | Item, reached: int) -> Token | Item | None:
    """A numeral that no row before it holds, or what such a row left of it: "500.000-2" is no range, so 2 stands alone."""
    if one.start >= reached:
        return one
    if one.end <= reached or isinstance(one, Item):
        return None
    left = tokens(one.text[reached - one.start :])
    return left[0]._replace(start=reached + left[0].start, end=one.end) if left else None


def _can_only_count(quantity: Quantity) -> bool:
    """A large number or one with decimals: no date, rank or name has such."""
    return quantity.value >= BARE or quantity.value != quantity.value.to_integral_value()


def _set_unit(item: Item, unit: str, rule: str) -> None:
    item.unit, item.reason = unit, f"unit: {rule}{item.reason}"
    if rule in _DOUBTS:
        item.doubts.append(_DOUBTS[rule])
