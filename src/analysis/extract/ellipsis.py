"""Numbers whose noun is left out: "kết nạp 71", "Ba Tri 65", "lần lượt là 301 và 139", "2.057 và 1.893 người"."""

import re
from dataclasses import dataclass
from functools import cache

from analysis.extract.phrases import key, pattern
from analysis.extract.units import COUNTED, UNITS, Nouns
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

IMPLIED, LISTED, COORDINATED, AGAIN = (
    "a verb or noun before the number, in its clause",
    "the unit of the figure before it in the list",
    "the noun behind the next number",
    "the unit of the figures that the words point back to",
)
REACH = 120  # Characters between two counts of one list.
_LEAD = 60  # Characters before a number that may hold its noun.
_COORDINATE = re.compile(r"\s*(?:,|và|hoặc|hay|/|-)\s*")
_NUMBER_OF = re.compile(r"(?<![^\W_])số\s+(?=[^\W\d_])")
_SUBJECT_OPENS = re.compile(r".*(?:[,;:(]|(?<![^\W_])(?:và|còn|riêng|số|các|những|toàn bộ|tổng số))\s+$", re.DOTALL)
_CUES = ("implied", "link", "again", "function")
_NEXT_WORD = re.compile(r"\s*\"?([^\W\d_]+)")

Span = tuple[int, int]


@dataclass(frozen=True)
class Words:
    """wording/ellipsis.csv ready to use: `link` ends a stretch before a number, `again` points back."""

    implied: dict[str, str]
    link: re.Pattern
    again: re.Pattern
    function: frozenset[str]


@cache
def words() -> Words:
    path = FOLDER / "ellipsis.csv"
    found: dict[str, dict[str, str]] = {cue: {} for cue in _CUES}
    for line, row in read_rows(path, ("cue", "word", "unit"), required=("cue", "word"), unique=("cue", "word")):
        cue = one_of(path, line, "cue", row["cue"], _CUES)
        unit = one_of(path, line, "unit", row["unit"], UNITS) if cue == "implied" else ""
        found[cue][key(row["word"])] = unit
    link = re.compile(rf"(?:\s*(?:[:(]|{pattern(found['link'])}))*\s*$")
    return Words(found["implied"], link, re.compile(pattern(found["again"])), frozenset(found["function"]))


def counts_something(lower: str, end: int, limit: int) -> Span | None:
    """The word right behind a number where it can be a noun: no word of grammar. Its span, or None."""
    match = _NEXT_WORD.match(lower, end, limit)
    return match.span(1) if match and match[1] not in words().function else None


@dataclass(frozen=True)
class Gaps:
    """Fills in the units of one article's sentences. `places` are the ends of its places' names."""

    lower: str
    nouns: Nouns
    places: frozenset[int]

    def fill(self, items: list, sentence: Span, before: list) -> list[tuple[int, str, str]]:
        """(index, unit, rule) of the items (figures.Item) of a sentence that have a number but no unit of their own.

        `before` are the figures of the sentence before in its line.
        """
        found: list[tuple[int, str, str]] = []
        units: dict[int, str] = {at: item.unit for at, item in enumerate(items) if item.kind == "figure" and item.unit}
        for at in reversed(range(len(items))):  # "2.057 và 1.893 và 5 người": the noun is the last one's
            if _open(items[at], units.get(at)) and (unit := self._coordinated(items, at, units)):
                units[at] = unit
                found.append((at, unit, COORDINATED))
        for at, item in enumerate(items):
            if _open(item, units.get(at)) and (told := self._told(items, at, units, sentence, before)):
                units[at] = told[0]
                found.append((at, *told))
        return found

    def _coordinated(self, items: list, at: int, units: dict[int, str]) -> str | None:
        if at + 1 >= len(items) or units.get(at + 1) not in COUNTED or not _may_count(items[at], units[at + 1]):
            return None
        between = self.lower[items[at].end : items[at + 1].start]
        return units[at + 1] if _COORDINATE.fullmatch(between) else None

    def _told(
        self, items: list, at: int, units: dict[int, str], sentence: Span, before: list
    ) -> tuple[str, str] | None:
        item = items[at]
        ahead = max(items[at - 1].end, items[at - 1].noun[1] if items[at - 1].noun else 0) if at else sentence[0]
        start = max(min(ahead, item.start), item.start - _LEAD)
        subject = start + words().link.search(self.lower[start : item.start]).start()
        if words().again.search(self.lower, start, item.start):
            unit = self._latest(units, at) or _last_of(before)
            return (unit, AGAIN) if unit and _may_count(item, unit) else None
        if (unit := self._implied(start, subject, item.start)) and _may_count(item, unit):
            return unit, IMPLIED
        if at and _COORDINATE.fullmatch(self.lower, items[at - 1].end, item.start) and units.get(at - 1) in COUNTED:
            return (units[at - 1], LISTED) if _may_count(item, units[at - 1]) else None
        if subject in self.places and (unit := self._listed(items, at, units, before)) and _may_count(item, unit):
            return unit, LISTED
        return None

    def _implied(self, start: int, subject: int, number: int) -> str | None:
        """The unit of the verb or noun that ends where the number's linking words begin."""
        lead = self.lower[start:subject]
        for verb, unit in words().implied.items():
            if lead.endswith(verb) or self.lower[start:number].rstrip().endswith(verb):
                return unit
        if head := self.nouns.head(start, subject, _SUBJECT_OPENS):  # "người … ở tổ chức đoàn là 262"
            return head if head in COUNTED else None
        noun = self.nouns.ending.get(subject) if subject < number - 1 else None
        if noun is None and (told := _NUMBER_OF.search(lead)):  # "số lượt người nghe tăng 3,2 ngàn"
            noun = self.nouns.at.get(start + told.end())
        return noun[1] if noun and noun[1] in COUNTED else None

    def _listed(self, items: list, at: int, units: dict[int, str], before: list) -> str | None:
        """The unit of the nearest count of the list that a place with its number stands in."""
        near = [*range(at - 1, -1, -1), *range(at + 1, len(items))]
        for other in near:
            if units.get(other) in COUNTED and abs(items[other].start - items[at].start) <= REACH * (
                1 + abs(other - at)
            ):
                return units[other]
        return _last_of(before) or self.nouns.heading(items[at].start, items[at].sentence[0])

    def _latest(self, units: dict[int, str], at: int) -> str | None:
        return next((units[other] for other in range(at - 1, -1, -1) if units.get(other) in COUNTED), None)


def _last_of(before: list) -> str | None:
    return next((one.unit for one in reversed(before) if one.unit in COUNTED), None)


def _open(item, unit: str | None) -> bool:
    """A number without a noun of its own."""
    return item.quantity is not None and item.noun is None and unit in (None, "other")


def _may_count(item, unit: str) -> bool:
    return unit not in COUNTED or item.quantity.value == item.quantity.value.to_integral_value()
