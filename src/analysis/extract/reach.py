"""How far a window holds: that of a target or of a yearly rate only for its own words, that of a duration as its bracket says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

W = TypeVar("W")

# "Đạt 93% chỉ tiêu của cả nhiệm kỳ": the term is the target's, not that of what has been reached.
_TARGET = re.compile(
    r"(?:%|(?<![^\W_])(?:đạt|vượt|hoàn thành|cán đích|bằng|so với|với))[^,;.:\n]{0,40}"
    r"(?<![^\W_])(?:chỉ tiêu|kế hoạch|mục tiêu)(?: +(?:của|cho|trong|giao|đề ra|toàn))*(?: +[^\W_]+){0,2} *$"
    r"|(?<![^\W_])(?:triển khai|bàn|đề ra|và)(?: [^,;.:\n]{0,30})? (?:nhiệm vụ|phương hướng|kế hoạch)(?: công tác| trọng tâm)* *$"
)
_TARGET_NOUNS = ("chỉ tiêu", "kế hoạch", "mục tiêu", "nhiệm vụ", "phương hướng")
_TARGET_END = re.compile(r"[,;)](?![0-9])|[.!?…](?=\s|$)|\n|$")
_RATE_END = re.compile(r"[;)]|[.!?…](?=\s|$)|\n|$")
_LONGEST = 400  # Characters that the words about a target or a rate take.
_BEHIND = 80  # Characters before a window that tell what it belongs to.
# "So với cùng kỳ năm 2018 (564 người)": what stands in the bracket is the count compared with.
_COMPARED_COUNT = re.compile(r" *\((?:là |có |đạt |chỉ )?[0-9][^()\n]{0,60}\)")
_RATES = re.compile(r"(?:trong )?(?:mỗi|hằng|hàng) (?:năm|tháng|quý)$")
_DURATIONS = ("past years", "half of a term", "the article's term", "no dates stated", "past months")
_SPANS = ("years joined", "from year to year", "from date to date", "years listed")
_BRACKET = re.compile(r"[^()\n.;]{0,120}\( *$")
_OWN_BRACKET = re.compile(r"(?: (?:vừa )?qua)? *\( *$")


def target_end(lower: str, start: int, end: int) -> int | None:
    """Where the words about a target end whose period stands at start; None if the period is no target's."""
    before = lower[max(0, start - _BEHIND) : start]
    if not any(noun in before for noun in _TARGET_NOUNS) or not _TARGET.search(before):
        return None
    return _first(_TARGET_END, lower, end)


def rate_end(lower: str, start: int, end: int) -> int | None:
    """Where a yearly rate ends ("bình quân mỗi năm 12 người; …"); None if a sentence opens with it."""
    if not _RATES.match(lower[start:end]) or lower[max(0, start - 2) : start].strip(' "-')[-1:] in ("", "\n", ".", ":"):
        return None
    return _first(_RATE_END, lower, end)


def _first(mark: re.Pattern, lower: str, start: int) -> int:
    """Where a mark first stands behind start; what has none for long ends there."""
    return mark.search(lower, start, start + _LONGEST).start()


def compared_count_end(lower: str, end: int) -> int | None:
    """Where a bracket ends that tells the count compared with; None if none stands at `end`."""
    match = _COMPARED_COUNT.match(lower, end)
    return match and match.end()


def explained(lower: str, windows: Sequence[W]) -> Iterator[W]:
    """The windows, durations with the dates of the bracket behind them: "nửa nhiệm kỳ (7/2018 - 11/2020)"."""
    for at, window in enumerate(windows):
        behind = windows[at + 1] if at + 1 < len(windows) else None
        yield _dated(lower, window, behind) if behind and window.rule in _DURATIONS else window


def _dated(lower: str, window: W, behind: W) -> W:
    gap = lower[window.end : behind.start] if behind.start - window.end < 2 * _BEHIND else "\n"
    closed = lower[behind.end - 1] == ")" or lower.startswith(")", behind.end)
    own = _OWN_BRACKET.match(gap) and behind.first
    named = window.rule == "past years" and behind.rule in _SPANS and _BRACKET.match(gap)
    return (
        replace(window, first=behind.first, last=behind.last, kind=behind.kind) if closed and (own or named) else window
    )
