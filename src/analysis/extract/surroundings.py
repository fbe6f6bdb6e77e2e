"""Whether the words around an expression of time let it be a window: a weak one that they support, one in a name."""

import re

from analysis.extract.leads import last_word, lead_before, name_words
from analysis.extract.reach import target_end
from analysis.extract.timex import Timex, wording

# Leads that may only stand before a lone year or a day without a year if what follows is no noun: "từ 1950 người".
FREE = re.compile(
    r"(?: *[,.;:)\]\"\n-]| *$| +(?:đã|có|các|toàn|cả|công đoàn|lđlđ|tỉnh|huyện|thành phố|số|tổng|trên địa bàn)(?![^\W_]))"
)
_LONGEST_NAME = 120
_FINITE = re.compile(r"(?<![^\W_])(?:đã|được|mục tiêu|phấn đấu|chỉ tiêu|trong|từ)(?![^\W_])|[\"”)]")
STATES = re.compile(r" *(?::|là(?![^\W_])|đạt(?![^\W_]))")
_COUNTED = re.compile(r"[0-9] +[^\W\d_][^().,;:\n]{1,40}\($")
_PLANNED = re.compile(r"(?<![^\W_])kế hoạch *$")


def is_supported(lower: str, timex: Timex, kind: str, in_a_row: bool) -> bool:
    """Whether the words around a weak expression make it a window.

    `kind` is that of the words before it (see extract.leads); `in_a_row`: its line has named a year before.
    """
    if timex.rule == "past months":
        through = lead_before(lower, timex.start, ("through",))
        opens = lower[max(0, timex.start - 3) : timex.start].rstrip(" ")[-1:] in ("", "\n", ":")
        return bool(through and not lower.startswith("sau", through.start)) or opens
    if timex.grain == "term":
        return kind == "within" or lower[max(0, timex.start - 5) : timex.start].strip() in ("của", "toàn")
    if timex.grain == "year" and _heads(lower, timex, in_a_row):
        return True
    return kind in ("since", "after", "until", "before") and bool(FREE.match(lower, timex.end))


def _heads(lower: str, timex: Timex, in_a_row: bool) -> bool:
    """Whether a bare year stands for its counts: "2018: 15 người", "…, 2018 là 15 người", "15 người (2018)"."""
    mark = lower[max(0, timex.start - 2) : timex.start].rstrip(" ")[-1:]
    behind = lower[timex.end : timex.end + 1]
    if mark == "(" and behind == ")":
        return bool(_COUNTED.search(lower, max(0, timex.start - 60), timex.start))
    if behind == ":":
        return mark in ("(", ";", ",", ":")
    return in_a_row and mark in (",", ";") and bool(STATES.match(lower, timex.end))


def is_in_name(lower: str, timex: Timex, begin: int) -> bool:
    """Whether a year or period stands in the name of a document or an event: "Đề án …, giai đoạn 2016-2020"."""
    before = lower[max(0, begin - _LONGEST_NAME) : begin]
    before = before[max(map(before.rfind, ".;:\n")) + 1 :]
    if name_words().isdisjoint(before.split()):
        return False
    if target_end(lower, begin, timex.end) is not None or (_PLANNED.search(before) and STATES.match(lower, timex.end)):
        return False
    at, end = max((last_word(before, phrase) for phrase in wording()["name"]), default=(-1, 0))
    if at < 0 or _FINITE.search(before, end) or any(last_word(before[:at], p)[0] >= 0 for p in wording()["result"]):
        return False
    if "," in before[end:]:
        return timex.grain != "year" and lower[timex.end : timex.end + 1] in (",", '"', ")", ".")
    return True
