"""Period words and the dates they mean: the windows that an article's sentences speak of.

Expressions of time (see extract.dates) become windows by the words around them: "từ … đến nay" opens one, "từ … đến
…" closes one, "đến hết …" bounds it, "so với …" makes it none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.extract.calendar import Anchor
from analysis.extract.dates import find_expressions
from analysis.extract.discourse import Discourse
from analysis.extract.folding import Folded
from analysis.extract.leads import Lead, lead_before, ratio_before
from analysis.extract.numerals import Token, tokens
from analysis.extract.reach import compared_count_end, explained, rate_end, target_end
from analysis.extract.surroundings import FREE, STATES, is_in_name, is_supported
from analysis.extract.timex import Timex, first_day, part_end


@dataclass(frozen=True)
class Window:
    """Period words at a folded span, and the dates they mean (inclusive).

    An open or unknown end is None. `reach` is where it ends to hold, if before its sentence does. `kind`: closed, open (runs to the article's date), half (part of a term, end not
    stated), asof (a state or a sum at `last`), now (a state as of the article), until (the end alone), vague (words that
    give no dates).
    """

    start: int
    end: int
    first: date | None
    last: date | None
    kind: str
    rule: str
    reach: int | None = None


def within(windows: list[Window], start: int, end: int) -> list[Window]:
    """Those of an article's windows that begin in [start, end); none crosses the end of a sentence."""
    return windows[bisect_left(windows, start, key=_start) : bisect_left(windows, end, key=_start)]


def _start(window: Window) -> int:
    return window.start


def find_windows(folded: Folded, anchor: Anchor, digits: list[Token] | None = None) -> list[Window]:
    """The windows of an article in order, none overlapping another or crossing the end of a sentence.

    `digits` are the runs of digits of the text, if they have been read before.
    """
    found = find_expressions(folded, anchor, tokens(folded.text) if digits is None else digits)
    return list(explained(folded.lower, list(_Reader(folded.lower, anchor).read(found))))


_TO = re.compile(r" *(?:-|,? *(?:cho |tính )?(?:đến|tới)(?: +(?:hết|ngày|năm|tháng|quý))*) *")
_AND = re.compile(r" *(?:và|,|-) *")
_BESIDE = re.compile(r",? *-? *")
_BRACKET = re.compile(r" *[(,:]? *(?:từ +)?(?:giai đoạn +|năm +)?")
_LONGEST_JOINT = 30
_RECALLED = ("this", "last", "same", "era", "shift")
_YEARLY = ("year", "years", "term")
_DATED = ("compared", "since", "after", "until", "before", "within", "event", "turn of the year")


_PASSED = ("day", "month", "year")  # "Sau 6 tháng", "sau quý I" sum up that time, they do not begin behind it.


class _Reader:
    """Goes once over the expressions of an article; remembers what they have spoken of."""

    def __init__(self, lower: str, anchor: Anchor) -> None:
        self._lower, self._anchor = lower, anchor
        self._spoken = Discourse(anchor)

    def read(self, found: list[Timex]) -> Iterator[Window]:
        at = done = 0
        while at < len(found):
            self._spoken.pass_over(self._lower[done : found[at].start])
            window, used = self._joined(found, at)
            window, used = (window, used) if used else (self._alone(found[at]), 1)
            grain = found[at].grain if used == 1 else "years"
            if window is not None and window.start < done:
                # In "năm trước 2019" one word belongs to the expression before it, not to the lead of the next.
                window = replace(window, start=found[at].start)
            done, at = found[at + used - 1].end, at + used
            if window is not None:
                yield self._heard(window, grain)

    def _heard(self, window: Window, grain: str) -> Window:
        """The window with its reach; one that holds for its sentence is remembered."""
        lower, start, end = self._lower, window.start, window.end
        if window.reach is None:
            reach = rate_end(lower, start, end) if window.kind == "vague" else target_end(lower, start, end)
            window = replace(window, reach=reach) if reach else window
        if window.reach is None and window.kind in ("closed", "open", "asof") and grain not in _RECALLED:
            self._spoken.says(window.first, window.last, grain)
        return window

    def _joined(self, found: list[Timex], at: int) -> tuple[Window | None, int]:
        """The window of two expressions that one joint holds together, and how many of them it took (0: none)."""
        if at + 1 == len(found) or found[at + 1].start - found[at].end > _LONGEST_JOINT:
            return None, 0
        one, two = found[at], found[at + 1]
        gap = self._lower[one.end : two.start]
        if one.grain == "length":
            return (
                (self._alone(two, self._length_start(one)), 2)
                if _is_span(two) and _BRACKET.fullmatch(gap)
                else (None, 0)
            )
        if one.low is None and one.grain != "point":
            return None, 0
        if two.grain == "to_now" and _BESIDE.fullmatch(gap):
            return self._to_now(one, two, "-" in gap), 2
        if two.high is None or not self._joins(one, two, gap):
            return None, 0
        return self._from_to(one, two)

    def _joins(self, one: Timex, two: Timex, gap: str) -> bool:
        if _AND.fullmatch(gap) and one.grain == "year" and two.grain in ("months", "quarter") and two.low[1:] == (1, 1):
            follows = (two.year or self._spoken.year_of(two.month)) == one.year + 1
            return follows and "lần lượt" not in self._lower[two.end : two.end + 60]
        if _AND.fullmatch(gap) and one.grain == two.grain in ("quarter", "month") and one.year in (None, two.year):
            return two.month - one.month in (1, 3) and "lần lượt" not in self._lower[two.end : two.end + 60]
        return bool(_TO.fullmatch(gap)) and one.grain != "half"

    def _length_start(self, length: Timex) -> int:
        lead = lead_before(self._lower, length.start, ("through", "within"))
        return lead.start if lead else length.start

    def _to_now(self, one: Timex, two: Timex, dashed: bool) -> Window | None:
        lead = lead_before(self._lower, one.start, ("since", "after", "within"))
        if one.weak and lead is None and not dashed:
            return None
        bounds = one.bounds(one.year or self._spoken.year_of(one.month))
        start = lead.start if lead else one.start
        first = bounds and first_day(one, bool(lead and lead.kind == "after"), *bounds)
        if first is None or one.grain == "half":
            return Window(start, two.end, None, None, "vague", "no dates stated")
        return Window(start, two.end, first, None, "open", "from a date to now")

    def _from_to(self, one: Timex, two: Timex) -> tuple[Window | None, int]:
        lead = lead_before(self._lower, one.start, ("since", "within", "compared"))
        if one.weak and two.weak and (lead is None or not FREE.match(self._lower, two.end)):
            return None, 0
        year = two.year or one.year or self._spoken.year_of(two.month)
        end, first = self._last_day(two, year), self._first_of(one, one.year or year)
        if first and end and first > end and one.year is None:
            first = self._first_of(one, year - 1)
        if not end or not first or first > end:
            return None, 0
        if (lead and lead.kind == "compared") or (one.grain == two.grain == "day" and one.low[1:] == two.low[1:]):
            return None, 2  # On one day of two years stands an anniversary: "(3/2/1930 - 3/2/2020)".
        self._says(two, end.year)
        return Window(lead.start if lead else one.start, two.end, first, end, "closed", "from date to date"), 2

    def _first_of(self, timex: Timex, year: int | None) -> date | None:
        bounds = timex.bounds(year)
        return bounds and first_day(timex, False, *bounds)

    def _last_day(self, timex: Timex, year: int | None) -> date | None:
        bounds = timex.bounds(year)
        return bounds and part_end(self._lower, timex, bounds[1])

    def _alone(self, timex: Timex, start: int | None = None) -> Window | None:
        if timex.grain in ("now", "to_now", "vague"):
            return self._undated(timex)
        if timex.grain == "length":
            return self._length(timex)
        if timex.grain in ("same", "era", "shift"):
            return self._recalled(timex)
        if timex.rule == "past months" and (named := self._spoken.months.get(timex.number)):
            timex = replace(timex, grain="months", low=_parts(named[0]), high=_parts(named[1]), weak=False)
        lead = lead_before(self._lower, timex.start, _DATED) if start is None else Lead("within", start)
        kind = lead.kind if lead else "compared" if ratio_before(self._lower, timex.start) else ""
        begin = lead.start if lead else timex.start
        if (
            lead is None
            and timex.rule == "past months"
            and (through := lead_before(self._lower, timex.start, ("through",)))
        ):
            begin = through.start
        if kind == "compared":
            return self._compared(timex)
        if kind in ("event", "turn of the year") and not self._states(timex, lead):
            return None
        if timex.weak and not is_supported(self._lower, timex, kind, bool(self._spoken.years)):
            return None
        if timex.grain in _YEARLY and kind not in ("since", "within") and is_in_name(self._lower, timex, begin):
            return None
        return self._dated(timex, kind, timex.start if kind == "event" else begin)

    def _states(self, timex: Timex, lead: Lead) -> bool:
        """Whether a count follows the date of an event ("thành lập năm 2018: 12"), or a sentence turns to a year ("Sang năm 2020, …")."""
        if STATES.match(self._lower, timex.end):
            return True
        return lead.kind != "event" and self._opens(lead.start, None) and self._lower.startswith(",", timex.end)

    def _compared(self, timex: Timex) -> Window | None:
        """A date compared with is no window but for the count in brackets behind it."""
        reach = compared_count_end(self._lower, timex.end)
        dates = timex.bounds(timex.year or self._unsaid_year(timex)) if reach and not timex.weak else None
        return Window(timex.start, timex.end, *dates, "closed", timex.rule, reach) if dates and all(dates) else None

    def _undated(self, timex: Timex) -> Window | None:
        lead = lead_before(self._lower, timex.start, ("within", "through")) if timex.weak else None
        if timex.weak and lead is None:
            return None
        start = lead.start if lead else timex.start
        return Window(start, timex.end, None, None, "vague" if timex.grain == "vague" else "now", timex.rule)

    def _length(self, timex: Timex) -> Window | None:
        about = lead_before(self._lower, timex.start, ("about",))
        through = lead_before(self._lower, about.start if about else timex.start, ("through",))
        if timex.weak and not through:
            return None
        start = (through or about or timex).start
        if not about and (named := self._spoken.named_years(timex.number)):
            return Window(start, timex.end, *named, "closed", timex.rule)
        first = self._anchor.since_of(timex.number) if about else self._anchor.start_of(timex.number)
        if first is None or not 1 <= first <= 9999:
            return Window(start, timex.end, None, None, "vague", timex.rule)
        return Window(start, timex.end, date(first, 1, 1), None, "open", timex.rule)

    def _recalled(self, timex: Timex) -> Window | None:
        """A window that words like "giai đoạn này" and "cùng kỳ năm trước" take from the one named before."""
        spoken, lead = self._spoken, lead_before(self._lower, timex.start, ("within", "compared"))
        if timex.grain == "shift":
            dates = spoken.same_period(timex.year)
            reach = compared_count_end(self._lower, timex.end)
            if dates is None or not (reach or self._opens(timex.start, lead)):
                return None
        else:
            reach, dates = None, (spoken.era if timex.grain == "era" else None) or spoken.span or spoken.main
            if dates is None or (lead and lead.kind == "compared"):
                return None
        start = lead.start if lead and lead.kind == "within" else timex.start
        kind = "closed" if dates[1] else "half" if timex.grain == "shift" else "open"
        return Window(start, timex.end, *dates, kind, timex.rule, reach)

    def _opens(self, start: int, lead: Lead | None) -> bool:
        """Whether a comparison opens a statement of its own: "…; cùng kỳ năm trước có 12", not "tăng so với cùng kỳ"."""
        before = self._lower[max(0, start - 2) : start].rstrip(" ")
        return lead is None and (not before or before[-1] in ".!?…\n(;:,-")

    def _says(self, timex: Timex, year: int) -> None:
        if timex.grain not in ("years", "term", "half"):
            self._spoken.says_year(year)

    def _unsaid_year(self, timex: Timex) -> int | None:
        if timex.grain == "this":
            return self._spoken.year_spoken_of()
        return self._spoken.year_before() if timex.grain == "last" else self._spoken.year_of(timex.month)

    def _dated(self, timex: Timex, kind: str, start: int) -> Window | None:
        bounds = timex.bounds(timex.year or self._unsaid_year(timex))
        if bounds is None:
            return None if timex.grain in ("day", "days") else Window(start, timex.end, None, None, "vague", timex.rule)
        first, last = bounds
        if kind == "":
            self._says(timex, (last or first).year)
        return self._bounded(timex, kind, start, first, last)

    def _bounded(self, timex: Timex, kind: str, start: int, first: date | None, last: date | None) -> Window | None:
        def window(low: date | None, high: date | None, kind: str, rule: str = timex.rule) -> Window:
            closes = "(" in self._lower[start : timex.end] and self._lower.startswith(")", timex.end)
            return Window(start, timex.end + closes, low, high, kind, rule)

        if timex.grain == "half":
            return window(first, last, "half")
        opening = first_day(timex, False, first, last)
        if (
            kind == "since"
            and opening
            and (timex.grain not in ("years", "term", "days") or timex.rule == "school year")
        ):
            return window(opening, None, "open", "since a date")
        if kind == "after" and timex.grain in _PASSED and last and last < date.max:
            return window(last + timedelta(days=1), None, "open", "after a date")
        if kind == "before" and first and first > date.min:
            return window(None, first - timedelta(days=1), "until", "before a date")
        if kind == "until" and last and timex.grain not in ("years", "term"):
            alone, last = timex.grain in ("year", "point"), part_end(self._lower, timex, last)
            return window(None if alone else date(last.year, 1, 1), last, "until" if alone else "asof", "up to a date")
        if timex.grain != "point":
            return window(first, last, "closed")
        if first and last:
            return window(None, None, "vague")
        if last:
            return window(None, last, "asof")
        return window(first, None, "open") if timex.rule == "since an event" else None


def _parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _is_span(timex: Timex) -> bool:
    return timex.grain == "years" and timex.low is not None
