"""The windows that figures cover, and the dates, known only in part, that close the open ones.

A window is (start, end, as_of, half): start and end are dates or None, as_of is the partial ISO date ("2019", "2023-08",
"2023-08-12") of the release, kept only where the end is not known. Two windows are comparable when all four are equal
and the equality means something: an article dated only to its year does not say which day "to date" is. `half` marks
"half of the term": its other end is not stated, and not the article's date either.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

KINDS = ("closed", "open", "half", "asof", "unstated")
PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def partial_bounds(text: str | None) -> tuple[date, date] | None:
    """First and last day that a partial ISO date may mean; None for nothing, or for what is no such date."""
    match = PARTIAL.fullmatch(text or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        last_day = day or calendar.monthrange(year, month or 12)[1]
        return date(year, month or 1, day or 1), date(year, month or 12, last_day)
    except ValueError:
        return None


def earliest(published: Iterable[str | None]) -> str | None:
    """The date of the first of several copies, no more precise than is sure: "2023" of that and "2023-08-12".

    Partial dates are nested or apart, so the widest of those that start first holds the day of the first copy whatever
    the others mean. A copy without a date tells nothing; None where none has one.
    """
    return min((text for text in published if text and partial_bounds(text)), key=date_order, default=None)


def date_order(published: str | None) -> tuple:
    """Sorts partial ISO dates: what may be earlier first, of those that start on one day the least precise, None last."""
    bounds = partial_bounds(published)
    return (0, bounds[0].toordinal(), -bounds[1].toordinal()) if bounds else (1, 0, 0)


@dataclass(frozen=True)
class Window:
    """The dates that a figure covers. `as_of` is None where `end` is known, or where the release has no date.

    `half`: half of a term, of which one end is not stated; a first half ended by `as_of`, and may have ended before.
    """

    start: date | None
    end: date | None
    as_of: str | None
    half: bool = False

    @classmethod
    def of(cls, start: date | None, end: date | None, release_date: str | None, half: bool = False) -> "Window":
        """The window of a figure of a release: its end, where the words leave it open, is the release's own date."""
        return cls(start, end, None if end else release_date, half and (start is None) != (end is None))

    def kind(self, counted: str) -> str:
        """One of KINDS, for an indicator of kind `counted`: what may be said of the window's two ends."""
        if self.half:
            return "half"
        if self.start:
            return "closed" if self.end else "open"
        return "unstated" if counted == "flow" else "asof"

    @property
    def closes(self) -> tuple[date, date] | None:
        """First and last day on which the window may end; None where nothing says."""
        return (self.end, self.end) if self.end else partial_bounds(self.as_of)

    @property
    def exactly_dated(self) -> bool:
        """Whether the last day is known to the day."""
        if self.half and self.end is None:
            return False
        return self.closes is not None and self.closes[0] == self.closes[1]

    def sort_key(self) -> tuple[str, str, str]:
        return str(self.start or ""), str(self.end or ""), (self.as_of or "") + (" half" if self.half else "")

    def days_from(self, other: "Window") -> int:
        """How far apart two windows are, in days of start and end; an unknown bound against a known one counts as a century."""
        return _days(self.start, other.start) + _days(_last(self), _last(other))


def _last(window: Window) -> date | None:
    return window.closes[1] if window.closes else None


def _days(one: date | None, other: date | None) -> int:
    if one is None or other is None:
        return 0 if one is other else 36525
    return abs((one - other).days)
