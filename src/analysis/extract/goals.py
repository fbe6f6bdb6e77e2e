"""Lists under a heading of goals: "CHỈ TIÊU NHIỆM KỲ 2023 - 2028", then "1. …", "2. …".

Every point of such a list is a target, though its own words do not say so. A heading that tells results ("Kết quả thực hiện
chỉ tiêu") is none.
"""

import re
from functools import cache

from analysis.extract.phrases import key, pattern
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

_KINDS = ("goals", "results", "ahead")
_LONGEST = 160  # Characters of a heading, or of the sentence with a colon that opens a list.
_MOST = 40  # Lines of one list.
_POINTS = tuple(
    re.compile(sign)
    for sign in (r"\s*[-–—•*+●▪]", r"\s*(?=[ivx])[ivx]+\s*[./)\-]", r"\s*\d{1,2}\s*[./)](?!\d)", r"\s*[a-zđ]\s*[./)]")
)


def lists_goals(lower: str, at: int) -> bool:
    """The line at a place of folded text is a point of a list whose heading names goals."""
    start = lower.rfind("\n", 0, at) + 1
    kind = _kind(lower, start)
    return kind >= 0 and _names_goals(_heading(lower, start, kind))


def _heading(lower: str, start: int, kind: int) -> str:
    """The nearest line before that is no point of the same list, "" for none."""
    for _ in range(_MOST):
        if start == 0:
            break
        end = start - 1
        start = lower.rfind("\n", 0, end) + 1
        if lower[start:end].strip() and _kind(lower, start) != kind:
            return lower[start:end]
    return ""


def _names_goals(heading: str) -> bool:
    """A short line, or one with a colon, that opens with goals and tells no results."""
    text = heading.strip()
    if not text or len(text) > _LONGEST or (text[-1] in ".;!?" and ":" not in text):
        return False
    goals, results, ahead = (words.search(text) is not None for words in _headings())
    return goals and (ahead or not results)


def _kind(lower: str, start: int) -> int:
    """Which sign of a list a line opens with, -1 for none."""
    return next((number for number, sign in enumerate(_POINTS) if sign.match(lower, start)), -1)


@cache
def _headings() -> tuple[re.Pattern, ...]:
    """The words of wording/headings.csv."""
    path = FOLDER / "headings.csv"
    found: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    for line, row in read_rows(path, ("kind", "phrase"), required=("kind", "phrase"), unique=("kind", "phrase")):
        found[one_of(path, line, "kind", row["kind"], _KINDS)].append(key(row["phrase"]))
    return tuple(re.compile(pattern(found[kind])) for kind in _KINDS)
