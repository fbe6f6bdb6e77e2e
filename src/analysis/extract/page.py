"""Which lines of a page are the article, and which are the page around it: counters, menus, teasers, footers."""

import re
from dataclasses import dataclass
from functools import cache

from analysis.extract.folding import Folded
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
# A line that only says when the page was made: date, time, weekday and zone, and perhaps a view counter behind.
_STAMP = re.compile(
    rf"\W?(?:(?:ngày đăng|cập nhật|đăng ngày|xuất bản|{_WEEKDAY}|ngày|lúc|gmt\s*\+?\s*7|\d+\s*(?:giờ|h)\s*\d*|\d{{1,2}}:\d{{2}}(?::\d{{2}})?"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|lượt xem\s*:?\s*[\d.,]+|[\s,.()|:;+-]))+\W?"
)
_ONLY_NUMBER = re.compile(r"[\s•*+\-–|·]*[\d.,]+[\s•*|]*")
_CAPTION = re.compile(r"\bảnh [0-9]{1,2}$")
LONG_LINE = 140  # A paragraph; a menu entry, a caption or a heading is shorter.


@dataclass(frozen=True)
class Line:
    """One line of a page: folded span, and `zone`: body, title, stamp, caption or chrome (with the `reason`)."""

    start: int
    end: int
    zone: str
    reason: str = ""


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    path = FOLDER / "chrome.csv"
    found: dict[str, list[str]] = {"counter": [], "section": [], "header": []}
    for line, row in read_rows(path, ("kind", "phrase"), required=("kind", "phrase"), unique=("kind", "phrase")):
        found[one_of(path, line, "kind", row["kind"], found)].append(row["phrase"])
    return {kind: tuple(phrases) for kind, phrases in found.items()}


def lines(folded: Folded) -> list[Line]:
    """The lines of a page with their zones, in order; blank lines are left out."""
    spans = [
        (m.start(), m.end())
        for m in re.finditer(
            r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]*\S[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]*", folded.text
        )
    ]
    texts = [folded.lower[start:end].strip() for start, end in spans]
    first, last = _body_bounds(texts)
    found = []
    titled = False
    for index, ((start, end), text) in enumerate(zip(spans, texts, strict=True)):
        zone, reason = _zone(text, index, first, last)
        if zone == "body" and not titled and index < first and len(text) > 12:
            zone, titled = "title", True
        found.append(Line(start, end, zone, reason))
    return found


def _body_bounds(texts: list[str]) -> tuple[int, int]:
    """The line of the first paragraph, and the line from which all is chrome."""
    first = next((i for i, text in enumerate(texts) if len(text) > LONG_LINE and not _is_menu(text)), 0)
    sections = phrases()["section"]
    after = (i for i in range(first + 1, len(texts)) if texts[i].rstrip(" :.»>") in sections)
    return first, next(after, len(texts))


def _zone(text: str, index: int, first: int, last: int) -> tuple[str, str]:
    if index >= last:
        return "chrome", "after the article: other stories, comments, site statistics"
    if len(text) <= LONG_LINE and _STAMP.fullmatch(text):
        return "stamp", "the page's date line"
    if _is_menu(text):
        return "chrome", "a menu line"
    if len(text) <= LONG_LINE and _ONLY_NUMBER.fullmatch(text):
        return "chrome", "a line of nothing but a number: a counter"
    if len(text) <= LONG_LINE and any(phrase in text for phrase in phrases()["counter"]):
        return "chrome", "a counter or the publisher's details"
    if index < first and text.rstrip(" :") in phrases()["header"]:
        return "chrome", "a heading of the page above the article"
    if _CAPTION.search(text):
        return "caption", "a numbered picture"
    return "body", ""


def _is_menu(text: str) -> bool:
    return text.count("|") > 1 or text.count("»") > 1
