"""Which of the windows of its sentence each figure covers, and which window goes to which of several figures in a row."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate, islice
from typing import Protocol

from analysis.extract.windows import Window

DAYS = ("on a day", "day")  # Rules of a lone day: as often a document's date as a figure's.
BOUNDED = ("closed", "open", "half", "asof")
_FAR = 60  # Characters between a figure and a window behind it that is its own.
_BRACKET = re.compile(r"[^\d().;:\n]{0,40}\((?:trong |vào |của )?$")
_CLOSES = re.compile(r"\s*\)")
_NEAR = re.compile(r"[^,;:.()\d\n]{0,60}$")
_ADJACENT = re.compile(r"\s*(?:(?:trong|vào|của|ở) )?(?:(?:cả|riêng) )?$")
# Words before a figure that tie it to the date right behind it: "từ 38% năm 2019 lên 44% năm 2022".
_TIED = re.compile(
    r"(?<![^\W_])(?:từ|lên|lên đến|lên tới|lên mức|xuống|xuống còn|còn|so với|so với mức|so với con số)(?: \w+)? *$"
)
_RESPECTIVELY = re.compile(r"(?<![^\W_])(?:lần lượt|tương ứng)(?![^\W_])")
_PAREN = re.compile(r"[()]")
_MOST_CUES = 8  # No reader follows a sentence that goes in step more often.
_PIECE = re.compile(r";|\n|$")

Choice = tuple[Window | None, str]


class Spans(Protocol):
    """A figure's place in the folded text: its own span, its noun's, its clause's and its sentence's."""

    start: int
    end: int
    noun: tuple[int, int] | None
    clause: tuple[int, int]
    sentence: tuple[int, int]


def choose_all(lower: str, figures: Sequence[Spans], windows: list[Window], carried: Window | None) -> list[Choice]:
    """The window of each figure of a sentence and how it was found; `windows` are those of the sentence, both in order.

    First one in brackets right behind the figure ("12 (năm 2019)") or tied to it ("lên 44% năm 2022"), then one behind it
    in a clause that begins after all windows before ("…; 15 người trong quý II"), the nearest before it, one behind it in
    its clause, the carried one. Where figures and windows go in step ("lần lượt") the first one has the first, and so on.
    """
    if not figures:
        return []
    chooser = _Chooser(lower, figures[0].sentence, windows, carried)
    chosen = [chooser.choose(figure) for figure in figures]
    for at, window in _in_step(lower, figures, chooser.usable):
        chosen[at] = window, f"{window.rule}, in step with the figures"
    return chosen


class _Chooser:
    """Goes once over the figures of a sentence; a window that has ceased to hold is never looked at again."""

    def __init__(self, lower: str, sentence: tuple[int, int], windows: list[Window], carried: Window | None) -> None:
        self._lower, self._carried, self._paired = lower, carried, False
        self._opening, self._closing = sentence
        self.usable = [w for w in windows if w.rule not in DAYS or not lower[sentence[0] : w.start].strip(' "-(')]
        marks = list(_PAREN.finditer(lower, *sentence))
        self._marks = [mark.start() for mark in marks]
        self._depths = list(accumulate((1 if mark.group() == "(" else -1 for mark in marks), initial=0))
        self._ends = [self._end(window) for window in self.usable]
        targets = (w for w in self.usable if w.reach is not None and w.kind == "closed")
        self._target = next((w for w in targets if "(" not in lower[w.end : w.reach]), None)
        self._live: list[int] = []
        self._spent: Window | None = None
        self._next = 0

    def choose(self, figure: Spans) -> Choice:
        before = self._before(figure.start)
        behind = self._behind(figure)
        if behind and self._own(figure, behind, before):
            self._paired = True
            return behind, f"{behind.rule}, behind the figure"
        self._paired = False
        if before:
            return before, before.rule
        if behind:
            return behind, f"{behind.rule}, behind the figure"
        if self._carried:
            return self._carried, f"{self._carried.rule}, carried over from a sentence before"
        if self._target:
            return self._target, f"{self._target.rule}, of the target that it is measured by"
        return None, "none stated"

    def _before(self, start: int) -> Window | None:
        """The nearest window before a figure; one inside brackets that have closed since speaks of what stood there."""
        while self._next < len(self.usable) and self.usable[self._next].end <= start:
            self._live.append(self._next)
            self._next += 1
        while self._live and self._ends[self._live[-1]] <= start:
            spent = self.usable[self._live.pop()]
            self._spent = spent if spent.reach is None else self._spent
        return self.usable[self._live[-1]] if self._live else self._spent

    def _behind(self, figure: Spans) -> Window | None:
        """The first window behind a figure in its clause; one in brackets only if the bracket holds nothing else."""
        for at in range(bisect_left(self.usable, figure.end, key=_start), len(self.usable)):
            window = self.usable[at]
            if window.start >= figure.clause[1]:
                return None
            if window.kind not in BOUNDED or window.reach is not None:
                continue
            if self._deep(window.start) <= self._deep(figure.end) or self._bracketed(figure, window):
                return window
        return None

    def _own(self, figure: Spans, behind: Window, before: Window | None) -> bool:
        if self._bracketed(figure, behind):
            return True
        if behind.start - figure.end > _FAR or not before:
            return not before and self._adjacent(figure, behind)
        if before.end <= figure.clause[0] and _NEAR.fullmatch(self._lower, figure.end, behind.start):
            return True
        tied = self._paired or _TIED.search(self._lower, max(self._opening, figure.start - 30), figure.start)
        return bool(tied) and self._adjacent(figure, behind)

    def _adjacent(self, figure: Spans, window: Window) -> bool:
        end = max(figure.end, figure.noun[1]) if figure.noun else figure.end
        return end <= window.start and bool(_ADJACENT.fullmatch(self._lower, end, window.start))

    def _bracketed(self, figure: Spans, window: Window) -> bool:
        start = figure.end
        return (
            window.start - start <= _FAR
            and bool(_BRACKET.fullmatch(self._lower, start, window.start))
            and bool(self._lower[window.end - 1] == ")" or _CLOSES.match(self._lower, window.end))
        )

    def _end(self, window: Window) -> int:
        """Where a window ceases to hold: at its reach, or where the bracket closes that it stands in."""
        end = len(self._lower) if window.reach is None else window.reach
        if self._deep(window.start) <= 0:
            return end
        close = self._lower.find(")", window.end - 1, self._closing)
        return min(end, close) if close >= 0 else end

    def _deep(self, at: int) -> int:
        """How many brackets are open before `at`."""
        return self._depths[bisect_left(self._marks, at)]


def _in_step(lower: str, figures: Sequence[Spans], windows: list[Window]) -> list[tuple[int, Window]]:
    """Which figure goes with which window behind "lần lượt" and "tương ứng", as (index of the figure, window)."""
    if len(figures) < 2 or not windows:
        return []
    found: list[tuple[int, Window]] = []
    cues = [match.start() for match in islice(_RESPECTIVELY.finditer(lower, *figures[0].sentence), _MOST_CUES)]
    for cue in cues:
        end = _PIECE.search(lower, cue, figures[0].sentence[1]).start()
        first = bisect_left(figures, cue, key=_start)
        row = range(first, bisect_left(figures, end, key=_start)) or range(first)
        stated = _stated(figures, windows, cue, row)
        if len(stated) > 1:
            # Figures behind the cue are counted from there; those before it up to there.
            found += list(zip(row if row.stop > first else row[-len(stated) :], stated, strict=False))
    return found


def _stated(figures: Sequence[Spans], windows: list[Window], cue: int, row: range) -> list[Window]:
    """The windows that a row of figures goes in step with: a list of them without a figure between, or one for each."""
    if len(row) < 2:
        return []
    dated = [w for w in windows if w.kind in BOUNDED and w.reach is None]
    for window in dated:
        if 1 < len(years := _years(window)) <= len(row):
            return years
    starts = [figure.start for figure in figures]
    ahead = [w for w in dated if w.end <= cue]
    counts = [bisect_left(starts, right) - bisect_left(starts, left.end) for left, right in _gaps(ahead, cue)]
    run = 1 if counts and counts[-1] == 0 else 0
    while run and run < len(counts) and counts[-run - 1] == 0:
        run += 1
    if run > 1:
        return ahead[-run:]
    if len(counts) > 1 and counts[-len(row) :] == [1] * len(row):
        return ahead[-len(row) :]
    behind = [w for w in dated if w.start > max(cue, figures[row[-1]].end)]
    return behind if len(behind) <= len(row) else []


def _gaps(windows: list[Window], end: int) -> list[tuple[Window, int]]:
    return list(zip(windows, [*(w.start for w in windows[1:]), end], strict=True)) if windows else []


def _years(window: Window) -> list[Window]:
    """The single years of a window that lists them ("các năm 2017, 2018 và 2019")."""
    if window.rule != "years listed":
        return []
    years = range(window.first.year, window.last.year + 1)
    return [replace(window, first=date(year, 1, 1), last=date(year, 12, 31), rule="year") for year in years]


def _start(one: Window | Spans) -> int:
    return one.start
