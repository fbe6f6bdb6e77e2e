"""What a number counts: the noun behind it, or before it, or carried on from the figure before."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from analysis.extract.folding import Folded
from analysis.extract.matcher import Matcher
from analysis.extract.phrases import key
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

UNITS = ("person", "participation", "session", "meeting", "opinion", "organisation", "initiative", "class", "entry", "article",
         "award", "document", "percent", "VND", "USD", "km2", "m2", "programme", "times", "other")  # fmt: skip
NO_UNIT = "-"  # of words that hold a noun but count nothing
# Units that never take decimals: "9,216 đoàn viên" are thousands.
COUNTED = frozenset(UNITS) - {"percent", "VND", "USD", "km2", "m2", "other"}
MONEY = ("VND", "USD")
SMALLEST_SUM = 100  # đồng; below it "đồng" begins another word ("05 đồng chủ tịch").
BEHIND, NEAR = "noun behind the number", "noun a word or two behind the number"
FEW_WORDS = 3  # With more words than this between them a noun is not what the number counts.

# Letters right behind the digits, as in "250m2"; "m" and "đ" are nouns only there.
_GLUED = re.compile(r"[^\W\d_]{1,8}2?(?![^\W_])")  # no noun glued to digits is longer
_SPACES = re.compile(r"[^\S\n\r]*")  # a noun on the next line is another thing
_STOP = re.compile(r"[.,;:()0-9\"]|(?<![^\W_])(?:là|có|được|trong|so|thì|và|của|tại|ở|cho)(?![^\W_])")
_JOINT = re.compile(r"\s*(?:,|và|-|/|hoặc)\s*")
_COUNT_FOLLOWS = re.compile(r"\s*(?:là|có|:)?\s*[0-9]")
_BEFORE = re.compile(r"\s*:?\s*$")
_HEAD = 40  # Characters before a colon that may hold what the list behind it counts.
_CURRENCY_BEFORE = {"$": "USD", "us$": "USD", "usd": "USD", "vnd": "VND", "vnđ": "VND", "vn$": "VND"}


@dataclass(slots=True)
class Unit:
    """A unit and the folded span of its noun; `rule` says where the noun was found."""

    unit: str
    start: int
    end: int
    rule: str


@cache
def nouns() -> dict[str, str]:
    """Nouns and their units, from wording/nouns.csv."""
    path = FOLDER / "nouns.csv"
    rows = read_rows(path, ("noun", "unit"), required=("noun", "unit"), unique=("noun",))
    return {key(row["noun"]): one_of(path, line, "unit", row["unit"], (*UNITS, NO_UNIT)) for line, row in rows}


@cache
def _matcher() -> Matcher:
    return Matcher({noun: unit for noun, unit in nouns().items() if noun not in ("đ", "m") and not _is_sign(noun)})


def _is_sign(noun: str) -> bool:
    """A noun that is or holds a sign at its edge ("%", "điểm %"), so that it is no phrase of words."""
    return not (noun[0].isalnum() and noun[-1].isalnum())


@cache
def _signs() -> re.Pattern:
    signs = sorted(filter(_is_sign, nouns()), key=lambda noun: (-len(noun), noun))
    return re.compile(r"\s*(" + "|".join(re.escape(sign).replace(r"\ ", r"\s*") for sign in signs) + ")")


class Nouns:
    """The counting nouns of an article, found in one pass."""

    def __init__(self, folded: Folded) -> None:
        self.lower = folded.lower
        hits = _matcher().find(folded)[::-1]  # the longest noun of a place comes last, and stays
        self.at: dict[int, tuple[int, str]] = {start: (end, unit) for start, end, unit in hits}
        self.ending: dict[int, tuple[int, str]] = {end: (start, unit) for start, end, unit in hits}
        for found in (self.at, self.ending):  # "môi trường" hides "trường" and counts nothing itself
            for place in [place for place, (_, unit) in found.items() if unit == NO_UNIT]:
                del found[place]
        self._starts = [*reversed(self.at)]

    def behind(self, end: int, limit: int, value: Decimal, scaled: bool) -> Unit | None:
        """The unit whose noun follows a number directly, or after at most a few other words of the same clause."""
        if end >= limit:  # the number goes on past its sentence
            return None
        if sign := _signs().match(self.lower, end, limit):
            return Unit(nouns()[" ".join(sign[1].split())], *sign.span(1), BEHIND)
        start = self._past_blanks(end)
        noun = self._glued(end, limit) if start == end else self.at.get(start)
        if noun and noun[0] <= limit and not (noun[1] == "VND" and value < SMALLEST_SUM and not scaled):
            return self._joined(start, *noun, limit)
        return self._near(start, limit)

    def _glued(self, end: int, limit: int) -> tuple[int, str] | None:
        glued = _GLUED.match(self.lower, end, limit)
        unit = nouns().get(glued.group()) if glued else None
        return (glued.end(), unit) if unit else None

    def right_behind(self, end: int) -> str | None:
        """The unit of a noun that stands directly behind a place in the text."""
        noun = self.at.get(self._past_blanks(end))
        return noun[1] if noun else None

    def _past_blanks(self, end: int) -> int:
        """Where the next word of the line starts: mostly behind one blank."""
        start = end + self.lower.startswith(" ", end)
        return _SPACES.match(self.lower, start).end() if self.lower[start : start + 1].isspace() else start

    def _near(self, start: int, limit: int) -> Unit | None:
        first = bisect_left(self._starts, start)
        found = self._starts[first] if first < len(self._starts) else limit
        if found >= limit:
            return None
        stop = _STOP.search(self.lower, start, min(limit, start + 80))
        edge = stop.start() if stop else limit
        if found >= edge:
            return None
        end, unit = self.at[found]
        if unit in MONEY or end > edge or len(self.lower[start:found].split()) > FEW_WORDS:
            return None
        return Unit(unit, found, end, NEAR)

    def _joined(self, start: int, end: int, unit: str, limit: int) -> Unit:
        """The noun with its equals in a list ("đoàn viên, người lao động"); mixed lists keep the first noun's unit."""
        while unit not in MONEY and (joint := _JOINT.match(self.lower, end, limit)) and joint.end() > end:
            more = self.at.get(joint.end())
            # Not where the second noun opens the next count ("52.089 người, nữ 24.639").
            if not more or more[1] != unit or more[0] > limit or _COUNT_FOLLOWS.match(self.lower, more[0]):
                break
            end = more[0]
        return Unit(unit, start, end, BEHIND)

    def before(self, start: int, clause_start: int) -> Unit | None:
        """The unit whose noun stands right before a number: "số CĐCS: 1.289", "nữ 24.639"."""
        text = self.lower[max(clause_start, start - 12) : start]
        noun_end = start - len(text) + _BEFORE.search(text).start()
        noun = self.ending.get(noun_end)
        if not noun or noun[0] < clause_start or noun[1] in ("percent", "VND", "USD", "times"):
            return None
        return Unit(noun[1], noun[0], noun_end, "noun before the number")

    def head(self, start: int, end: int, opens: re.Pattern) -> str | None:
        """The unit of the noun that heads the words start:end: the first one, at their start or where `opens` ends."""
        at = bisect_left(self._starts, start)
        while at < len(self._starts) and (first := self._starts[at]) < end:
            if not self.lower[start:first].strip() or opens.match(self.lower, start, first):
                return self.at[first][1] if self.at[first][0] < end else None
            at += 1
        return None

    def heading(self, number: int, sentence_start: int) -> str | None:
        """The unit of the noun that a list's head counts: "nơi có nhiều đoàn viên mới: Đức Hòa 8.905, …"."""
        colon = self.lower.rfind(":", sentence_start, number)
        at = bisect_left(self._starts, colon) - 1
        while colon > 0 and at >= 0 and self._starts[at] >= max(sentence_start, colon - _HEAD):
            if self.at[self._starts[at]][1] in COUNTED:
                return self.at[self._starts[at]][1]
            at -= 1
        return None

    def currency_before(self, start: int, clause_start: int) -> Unit | None:
        """The currency whose sign or code stands right before an amount: "$10", "USD 1,2 triệu"."""
        words = self.lower[max(clause_start, start - 5) : start].split()
        if not words or words[-1].lstrip("(") not in _CURRENCY_BEFORE:
            return None
        sign = words[-1].lstrip("(")
        at = self.lower.rindex(sign, 0, start)
        return Unit(_CURRENCY_BEFORE[sign], at, at + len(sign), "currency before the amount")
