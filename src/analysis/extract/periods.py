"""Which of an article's windows a figure covers: one in its own sentence, or one handed on by what stands before."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Protocol

from analysis.extract.phrases import pattern
from analysis.extract.timex import wording
from analysis.extract.windows import Window

_DAYS = ("on a day", "day")  # Rules of a lone day: as often a document's date as a figure's.
_BOUNDED = ("closed", "open", "half", "asof")
_OPENING = 160  # Characters that a title and the first words of a lead take.
_HEADING = 140  # Characters; a longer line is a paragraph.
_BULLET = re.compile(r"\s*(?:[-+*•·–]|[0-9]{1,2}[.)]\s|[a-zđ][.)]\s)")
_OWN_BRACKET = re.compile(r"[^\d().;:\n]{0,40}\((?:trong |vào |của )?$")
_CLOSES = re.compile(r"\s*\)")
_NEAR = re.compile(r"[^,;:.()\d\n]{0,60}$")


class Spans(Protocol):
    """A figure's place in the folded text: its own span, its clause and its sentence."""

    start: int
    end: int
    clause: tuple[int, int]
    sentence: tuple[int, int]


def choose(lower: str, item: Spans, windows: list[Window], carried: Window | None) -> tuple[Window | None, str]:
    """The window of a figure and how it was found. `windows` are those of its sentence.

    First one in brackets right behind the figure ("12 (năm 2019)"), then one behind it in a clause that begins after all
    windows before ("…; 15 người trong quý II"), the nearest before it, one behind it in its clause, the carried one.
    """
    usable = [w for w in windows if w.rule not in _DAYS or not lower[item.sentence[0] : w.start].strip(' "-(')]
    behind = [w for w in usable if item.end <= w.start < item.clause[1] and w.kind in _BOUNDED]
    if behind and _bracketed(lower, item, behind[0]):
        return behind[0], f"{behind[0].rule}, in brackets behind the figure"
    behind = [w for w in behind if lower.count("(", item.end, w.start) <= lower.count(")", item.end, w.start)]
    if before := _before(lower, item, usable):
        if behind and before.end <= item.clause[0] and _NEAR.fullmatch(lower[item.end : behind[0].start]):
            return behind[0], f"{behind[0].rule}, behind the figure"
        return before, before.rule
    if behind:
        return behind[0], f"{behind[0].rule}, behind the figure"
    if carried:
        return carried, f"{carried.rule}, carried over from a sentence before"
    return None, "none stated"


def _bracketed(lower: str, item: Spans, window: Window) -> bool:
    return bool(_OWN_BRACKET.fullmatch(lower, item.end, window.start) and _CLOSES.match(lower, window.end))


def _before(lower: str, item: Spans, windows: list[Window]) -> Window | None:
    """The nearest window before a figure; one inside brackets that have closed since speaks of what stood there."""
    before = [w for w in windows if w.end <= item.start]
    outside = [w for w in before if not _shut(lower, item, w)]
    return (outside or before or [None])[-1]


def _shut(lower: str, item: Spans, window: Window) -> bool:
    opened = lower.rfind("(", item.sentence[0], window.start) > lower.rfind(")", item.sentence[0], window.start)
    return opened and lower.find(")", window.end, item.start) >= 0


def as_kind(kind: str | None, window: Window | None) -> Window | None:
    """A stock (`kind` of its indicator) is counted at a time: a window gives it no start, and an end only if it names one."""
    if window is None or kind != "stock" or window.kind in ("now", "vague"):
        return window
    return replace(window, first=None, last=window.last if window.kind in ("asof", "until") else None)


@cache
def _turn() -> re.Pattern:
    return re.compile(r"[\s\"+*•-]*" + pattern(wording()["turn"]))


def resume(lower: str, sentence: tuple[int, int], carried: Window | None) -> Window | None:
    """The carried window, unless the sentence turns to another subject ("Ngoài ra, …")."""
    return None if carried is None or _turn().match(lower, *sentence) else carried


def carry(lower: str, used: Sequence[Window | None], windows: list[Window], carried: Window | None) -> Window | None:
    """The window that the next sentence of the paragraph may go on with.

    A sentence hands on the window of its last figure, or else its own; one that has neither breaks the chain. `used` are
    the windows chosen for its figures, `windows` those that it states.
    """
    handed = [window for window in used if window is not None and (window == carried or window in windows)]
    if handed:
        return handed[-1]
    own = [w for w in windows if (w.rule not in (*_DAYS, "year") and w.kind in _BOUNDED) or w.kind == "now"]
    return own[-1] if own else None


def heading(lower: str, line: tuple[int, int], windows: list[Window], below: Window | None) -> Window | None:
    """The window that a line sets for the lines below it, or the one that still holds.

    A heading is a short line without any number but its window's. One with a colon speaks of the list below, another of
    all lines up to the next heading.
    """
    dated = [w for w in windows if w.kind in _BOUNDED and w.rule not in _DAYS]
    text = lower[slice(*line)].rstrip()
    if _is_heading(text, line[0], dated):
        return dated[0] if len(dated) == 1 else None
    if below is None:
        return None
    end = lower.find("\n", below.end)
    opens_list = lower[below.end : end if end >= 0 else None].rstrip().endswith(":")
    return below if not opens_list or _BULLET.match(text) else None


def _is_heading(text: str, start: int, windows: list[Window]) -> bool:
    if (
        len(text) > _HEADING
        or (_BULLET.match(text) and not text.endswith(":"))
        or text.endswith((".", ";", ",", "!", "?"))
    ):
        return False
    rest = list(text)
    for window in windows:
        rest[window.start - start : window.end - start] = " " * (window.end - window.start)
    return not any(char.isdigit() for char in rest)


def default(windows: list[Window], opening: tuple[int, int]) -> Window | None:
    """The only window that an article states, if its title or the first words of its lead (`opening`) do; else None.

    It is what a reader takes for the figures whose lines and headings state none. Days and target dates are no such window,
    but a state at a named date is another one.
    """
    dated = [w for w in windows if w.kind in _BOUNDED and w.rule not in _DAYS]
    if len({(w.first, w.last, w.kind) for w in dated}) != 1 or dated[0].kind == "asof":
        return None
    first = dated[0]
    return (
        first
        if 0 <= first.start - opening[0] < _OPENING and first.start < opening[1] and not _is_event(first)
        else None
    )


def fallback(window: Window | None, line: tuple[int, int]) -> Window | None:
    """The article's default for the figures of a line; in the line that states it, sentences hand it on or they do not."""
    return None if window is None or line[0] <= window.start < line[1] else window


def _is_event(window: Window) -> bool:
    """A span of single days is when something happened, not what the article reports on."""
    return (
        window.kind == "closed"
        and (window.first.day, window.last.month) != (1, 12)
        and (window.last - window.first).days < 27
    )
