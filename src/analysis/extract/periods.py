"""Which of an article's windows a figure covers: one in its own sentence, or one handed on by what stands before."""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from analysis.extract.choice import BOUNDED, DAYS, Spans
from analysis.extract.phrases import pattern
from analysis.extract.timex import wording
from analysis.extract.windows import Window

_OPENING = 160  # Characters that a title and the first words of a lead take.
_STATEMENT = 300  # Characters before a figure in which the verb stands that counts it.
_AHEAD = ("tới", "tiếp theo")
_ASIDE = 80  # Characters before a window in which the bracket opens that it stands in.
_HEADING = 140  # Characters; a longer line is a paragraph.
_NUMBERED = re.compile(
    r"\s*(?:(?:[0-9]{1,2}\.){0,3}[0-9]{1,2}[.)]|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}|[ivx]{1,5}[.)]|[a-zđ][.)])\s"
)
_LONGEST_NUMBER = 14  # Characters; a longer sentence is no number of an item.
_SECTION = re.compile(r"\s*[ivx]{1,5}\.\s")  # "II. …": no item of a list, but a heading above all others
_BULLET = re.compile(r"\s*(?:[-+*•·–]|[0-9]{1,2}[.)]\s|[a-zđ][.)]\s)")


def as_kind(kind: str | None, window: Window | None, flows: bool = False) -> Window | None:
    """A stock (`kind` of its indicator) is counted at a time: a window gives it no start, and an end only if it names one.

    `flows`: the sentence counts what came or went ("thành lập 24 cơ sở với 1.318 đoàn viên"), so that it is no stock.
    """
    if window is None or kind != "stock" or flows or window.kind in ("now", "vague"):
        return window
    return replace(window, first=None, last=window.last if window.kind in ("asof", "until") else None)


def flows(lower: str, item: Spans, window: Window | None) -> bool:
    """Whether the last verb of counting before a figure is one of coming and going, not of being there.

    Without any such verb the sentence's own window tells that it counts over time.
    """
    last = deque(_counting().finditer(lower, max(0, item.start - _STATEMENT), item.start), maxlen=1)
    if not last:
        return window is not None and item.sentence[0] <= window.start < item.sentence[1]
    return last[0]["flow"] is not None


@cache
def _counting() -> re.Pattern:
    return re.compile(f"(?P<flow>{pattern(wording()['flow'])})|{pattern(wording()['stock'])}(?! +thêm)")


@cache
def _turn() -> re.Pattern:
    return re.compile(r"[\s\"+*•-]*" + pattern(wording()["turn"]))


def resume(lower: str, sentence: tuple[int, int], carried: Window | None) -> Window | None:
    """The carried window, unless the sentence turns to another subject ("Ngoài ra, …")."""
    return None if carried is None or _turn().match(lower, *sentence) else carried


def carry(
    lower: str,
    used: Sequence[Window | None],
    windows: list[Window],
    carried: Window | None,
    sentence: tuple[int, int] | None = None,
) -> Window | None:
    """The window that the next sentence of the paragraph may go on with.

    A sentence hands on the window of its last figure, or else its own; one that has neither breaks the chain. `used` are
    the windows chosen for its figures, `windows` those that it states. The number of an item ("1.") is no `sentence`.
    """
    if sentence and _NUMBERED.fullmatch(lower[sentence[0] : sentence[1]][:_LONGEST_NUMBER] + " "):
        return carried
    main = [window for window in used if window is not None and not _is_aside(lower, window)]
    handed = [window for window in main if window == carried or window in windows]
    if handed:
        return handed[-1]
    if used and not main and any(used):
        return carried
    own = [w for w in windows if (w.rule not in (*DAYS, "year") and w.kind in BOUNDED) or w.kind == "now"]
    return own[-1] if own else None


def _is_aside(lower: str, window: Window) -> bool:
    """Whether a sentence only looks aside at a window: a comparison, a target, what stands in brackets."""
    near = max(0, window.start - _ASIDE)
    opened = lower.rfind("(", near, window.start) > max(lower.rfind(mark, near, window.start) for mark in ")\n")
    return opened or window.reach is not None or window.rule == "same period"


def heading(lower: str, line: tuple[int, int], windows: list[Window], below: Window | None) -> Window | None:
    """The window that a line sets for the lines below it, or the one that still holds.

    A heading is a short line without any number but its window's. One with a colon speaks of the list below, another of
    all lines up to the next heading.
    """
    dated = [w for w in windows if w.kind in BOUNDED and w.rule not in DAYS] or _to_come(lower, windows)
    text = lower[slice(*line)].rstrip()
    if _is_heading(text, line[0], dated):
        within_section = below is not None and not dated and _in_section(lower, below) and not _SECTION.match(text)
        return below if within_section else dated[0] if len(dated) == 1 else None
    if _opens_list(text, line[0], dated):
        return dated[0]
    if below is None:
        return None
    end = lower.find("\n", below.end)
    opens_list = lower[below.end : end if end >= 0 else None].rstrip().endswith(":")
    return below if not opens_list or _BULLET.match(text) else None


def _to_come(lower: str, windows: list[Window]) -> list[Window]:
    """Words that look ahead without dates ("thời gian tới"): what stands below them is not of the time before."""
    return [w for w in windows if w.kind == "vague" and lower[w.start : w.end].endswith(_AHEAD)]


def _in_section(lower: str, window: Window) -> bool:
    return bool(_SECTION.match(lower, lower.rfind("\n", 0, window.start) + 1))


def _opens_list(text: str, start: int, windows: list[Window]) -> bool:
    """Whether a paragraph states one window, before any count, for the list that it announces."""
    if len(windows) != 1 or not text.endswith(":") or windows[0].reach is not None or _BULLET.match(text):
        return False
    return not any(char.isdigit() for char in text[: windows[0].start - start])


def _is_item(text: str) -> bool:
    return bool(_BULLET.match(text) or _NUMBERED.match(text))


def _is_numbered(text: str, windows: list[Window]) -> bool:
    return bool(_SECTION.match(text) or (windows and _NUMBERED.match(text)))


def _is_heading(text: str, start: int, windows: list[Window]) -> bool:
    if (
        len(text) > _HEADING
        or (_is_item(text) and not text.endswith(":") and not _is_numbered(text, windows))
        or text.endswith((".", ";", ",", "!", "?"))
    ):
        return False
    rest = list(text)
    if numbered := _NUMBERED.match(text):
        rest[: numbered.end()] = " " * numbered.end()
    for window in windows:
        rest[window.start - start : window.end - start] = " " * (window.end - window.start)
    return not any(char.isdigit() for char in rest)


def default(windows: list[Window], opening: tuple[int, int]) -> Window | None:
    """The first window that an article states, if its title or the first words of its lead (`opening`) do; else None.

    It is what a reader takes for the figures whose lines and headings state none. Days and target dates are no such window,
    and an article that opens with a state at a named date has none.
    """
    dated = [w for w in windows if w.kind in BOUNDED and w.rule not in DAYS]
    if not dated or dated[0].kind == "asof":
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
