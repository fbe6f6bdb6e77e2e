"""What an expression of time is, and the wording table that the reading of windows hangs on."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from analysis.extract.calendar import make, month_end
from analysis.extract.folding import fold
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

KINDS = ("since", "after", "until", "before", "within", "through", "about", "compared", "event", "name", "result", "now", "to_now",
         "vague", "turn", "turn of the year", "flow", "stock")  # fmt: skip
LAST = 31  # The day that stands for a month's last.
_PARTS_OF_MONTH = (("đầu", 1), ("giữa", 15))

Partial = tuple[int | None, int, int]  # year (None: not said), month, day


@dataclass(slots=True)
class Timex:
    """An expression at a folded span. `low` and `high` are its bounds (None: no dates).

    `grain` says what it is: day, month, quarter, months, year, years, term, half, now, vague, point (one bound only),
    length ("5 năm"), this (the year spoken of), last (the year before it), same and era (the dates spoken of), shift (those
    in another year). `weak`: a window only with a word before it or another date beside it.
    """

    start: int
    end: int
    grain: str
    rule: str
    low: Partial | None = None
    high: Partial | None = None
    weak: bool = False
    number: int = 0

    def bounds(self, year: int | None) -> tuple[date | None, date | None] | None:
        """First and last day, with `year` where the words say none; None where the calendar has no such days."""
        days = []
        for part in (self.low, self.high):
            said = (part[0] or year) if part else None
            if part and said is None:
                return None
            days.append(_date(said, *part[1:]) if part else None)
            if part and days[-1] is None:
                return None
        return days[0], days[1]

    @property
    def year(self) -> int | None:
        """The year that it names, if one."""
        part = self.high or self.low
        return part[0] if part else None

    @property
    def month(self) -> int:
        part = self.high or self.low
        return part[1] if part else 0


def _date(year: int, month: int, number: int) -> date | None:
    if not 1 <= month <= 12:
        return None
    return month_end(year, month) if number == LAST else make(year, month, number)


def first_day(timex: Timex, passed: bool, first: date | None, last: date | None) -> date | None:
    """Where a window begins that runs from an expression: on its last day if it names an end ("cuối năm"), behind it if `passed`."""
    if passed and last and last < date.max:
        return last + timedelta(days=1)
    return first or (last if timex.grain == "point" else None)


def part_end(lower: str, timex: Timex, last: date | None) -> date | None:
    """The last day up to "đầu tháng 6" (its first), "giữa tháng 6" (its middle), else `last`."""
    if timex.grain != "month" or last is None:
        return last
    return last.replace(
        day=next((day for word, day in _PARTS_OF_MONTH if lower.startswith(word, timex.start)), last.day)
    )


@cache
def wording() -> dict[str, tuple[str, ...]]:
    """The phrases of wording/windows.csv by kind, folded, the longest first."""
    path = FOLDER / "windows.csv"
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for line, row in read_rows(path, ("kind", "phrase"), required=("kind", "phrase"), unique=("kind", "phrase")):
        found[one_of(path, line, "kind", row["kind"], KINDS)].append(fold(row["phrase"]).lower)
    return {kind: tuple(sorted(phrases, key=len, reverse=True)) for kind, phrases in found.items()}
