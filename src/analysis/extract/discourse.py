"""What an article has spoken of so far, which later words of time hang on: "trong năm", "giai đoạn này", "cùng kỳ"."""

import re
from dataclasses import dataclass, field
from datetime import date

from analysis.extract.calendar import Anchor, make, month_end

_STOP = re.compile(r"[.!?…]\s|\n")
_LONG = 366  # Days; what is longer is an era ("giai đoạn"), not a part of a year.

Dates = tuple[date, date | None]


@dataclass(slots=True)
class Discourse:
    """The years of the sentence and of the line at hand, and the last dates that were named, each a first and last day."""

    anchor: Anchor
    sentence: int | None = None
    line: int | None = None
    year: int | None = None
    main: Dates | None = None
    span: Dates | None = None
    era: Dates | None = None
    months: dict[int, Dates] = field(default_factory=dict)
    years: list[int] = field(default_factory=list)

    def pass_over(self, gap: str) -> None:
        """Forget what ends with a sentence or a line, both of which the text between two expressions may end."""
        if _STOP.search(gap):
            self.sentence = None
        if "\n" in gap:
            self.line = None
            self.years.clear()

    def says_year(self, year: int) -> None:
        self.sentence = self.line = year

    def says(self, first: date | None, last: date | None, grain: str) -> None:
        """Remember the dates of a window that no other year or comparison limits."""
        if first is None or grain in ("day", "days"):
            return
        self.main = first, last
        if grain == "year":
            self.year = first.year
            self.years.append(first.year)
            return
        self.span = first, last
        if last is None or (last - first).days > _LONG:
            self.era = first, last
        elif first.month == first.day == 1:
            self.months[last.month] = first, last

    def year_of(self, month: int) -> int | None:
        """The year of a month that is named without one."""
        return self.sentence or self.anchor.year_of(month)

    def year_spoken_of(self) -> int | None:
        return self.line or self.year or self.anchor.past_year()

    def year_before(self) -> int | None:
        """ "Năm trước": before the year that the line speaks of, else before the article's own."""
        year = self.line or self.anchor.year
        return year and year - 1

    def named_years(self, count: int) -> Dates | None:
        """ "3 năm qua" behind three years in a row that its line names: those."""
        named = sorted(set(self.years[-count:]))
        if count < 2 or named[-1:] == [] or named != list(range(named[-1] - count + 1, named[-1] + 1)):
            return None
        return date(named[0], 1, 1), date(named[-1], 12, 31)

    def same_period(self, year: int | None) -> Dates | None:
        """The last period named, in another year (None: the year before)."""
        if self.main is None:
            return (date(year, 1, 1), date(year, 12, 31)) if year and year >= 1 else None
        first, last = self.main
        own = (last or first).year
        back = own - (year or own - 1)
        moved = _years_back(first, back), last and _years_back(last, back)
        return moved if moved[0] and (last is None or moved[1]) else None


def _years_back(day: date, years: int) -> date | None:
    year = day.year - years
    if not date.min.year <= year <= date.max.year:
        return None
    return month_end(year, day.month) if day == month_end(day.year, day.month) else make(year, day.month, day.day)
