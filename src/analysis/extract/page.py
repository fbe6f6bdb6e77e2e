"""Which lines of a page are the article, and which are the page around it: counters, menus, teasers, footers."""

from dataclasses import dataclass
from typing import NamedTuple

from analysis.extract.folding import Folded
from analysis.extract.page_kinds import (
    FURNITURE,
    PROSE,
    cells,
    is_bare,
    is_foot,
    is_panel,
    is_pointer,
    line_kind,
    phrases,
)
from analysis.extract.page_prose import LONGEST_LIST, Prose
from analysis.extract.page_title import Opening, find_opening

__all__ = ["Line", "lines", "phrases"]

_WIDTH = 40  # Characters; the narrowest column into which an article is cut.
_REASONS = {
    "counter": "a counter or the publisher's details",
    "number": "a line of nothing but numbers: a counter or the numbers of pages",
    "menu": "a menu line",
    "trail": "the way to the article through the site's menu",
    "section": "the heading of a part of the page beside the article",
    "box": "the heading of a box of other stories",
    "header": "the heading of a panel of the page",
}
_AFTER = "after the article: other stories, comments, site statistics"
_ABOVE = "above the title: the site's name, menus, panels, other stories"
_STAMP = "the page's date line"


class Line(NamedTuple):
    """One line of a page: folded span, and `zone`: body, title, stamp, caption or chrome (with the `reason`)."""

    start: int
    end: int
    zone: str
    reason: str = ""

    @property
    def is_article(self) -> bool:
        """Whether it is the article's own, and not the page around it."""
        return self.zone not in ("chrome", "stamp")


@dataclass(frozen=True)
class _Page:
    """A page's lines that are not blank: folded spans, their text in lower case, and what each is by itself."""

    spans: list[tuple[int, int]]
    texts: list[str]
    kinds: list[str]


def lines(folded: Folded, title: str = "") -> list[Line]:
    """The lines of a page with their zones, in order; blank lines are left out.

    `title` is the article's title where it is known; it need not be on the page in the same words.
    """
    page = _read(folded)
    if len(page.spans) == 1:
        return [Line(*page.spans[0], "body", "the only line")]
    opening = find_opening(page.texts, page.kinds, title)
    zones = _Zones(page, opening, title).read()
    return [Line(start, end, *zone) for (start, end), zone in zip(page.spans, zones, strict=True)]


def _read(folded: Folded) -> _Page:
    spans, texts, kinds = [], [], []
    start = 0
    text, whole = folded.text, folded.lower
    for line in whole.splitlines():
        end = start + len(line)
        if lower := line.strip():
            spans.append((start, end))
            texts.append(lower)
            kinds.append(line_kind(text[start:end].strip(), lower))
        start = end + (2 if whole.startswith("\r\n", end) else 1)
    _join(text, spans, texts, kinds)
    return _Page(spans, texts, kinds)


def _join(text: str, spans: list[tuple[int, int]], texts: list[str], kinds: list[str]) -> None:
    """Mend kinds that only the next line tells: lines cut at a fixed width are sentences, a table's head is of its rows."""
    for index in range(len(kinds) - 2, -1, -1):
        below = texts[index + 1]
        if (
            kinds[index] in ("short", "menu", "lead")
            and kinds[index + 1] == "table"
            and cells(texts[index]) == cells(below) > 1
        ):
            kinds[index] = "table"
        if kinds[index] not in ("short", "byline") or len(texts[index]) < _WIDTH:
            continue
        head = text[spans[index + 1][0]]
        goes_on = head.islower() or (head.isdigit() and kinds[index + 1] == "sentence")
        if (
            goes_on
            and spans[index + 1][0] - spans[index][1] <= 2
            and kinds[index + 1] in ("short", "byline", "sentence", "item")
        ):
            kinds[index] = kinds[index + 1] = "sentence"


class _Zones:
    """Gives every line of a page its zone: first the article's prose, then what stands above, between and below it."""

    def __init__(self, page: _Page, opening: Opening, title: str) -> None:
        self.texts, self.kinds, self.opening = page.texts, page.kinds, opening
        self.prose = Prose(page.texts, page.kinds, opening, title)
        self.zones: list[tuple[str, str]] = [("body", "")] * len(page.texts)

    def read(self) -> list[tuple[str, str]]:
        self._above()
        found = self.prose.lines
        # On a page of short lines all that is no furniture may be the article.
        below = found[-1] + 1 if found else self.prose.stop
        for index in range(self.opening.top, below):
            self.zones[index] = self._inside(index)
        self._below(below)
        if self.opening.title is not None:
            self.zones[self.opening.title] = ("title", self.opening.reason)
        return self.zones

    def _above(self) -> None:
        """Above the title stands the page; a date line there is the article's only if no other stands by the article."""
        dated = "stamp" in self.kinds[self.opening.top : self.opening.first + 1]
        stamps = [i for i in range(self.opening.top) if self.kinds[i] == "stamp"]
        for index in range(self.opening.top):
            self.zones[index] = ("chrome", _ABOVE)
        if stamps and not dated:
            self.zones[stamps[-1]] = ("stamp", _STAMP)

    def _inside(self, index: int) -> tuple[str, str]:
        """A line between the title and the last paragraph."""
        kind, text = self.kinds[index], self.texts[index]
        if index in self.prose.boxed:
            return "chrome", "in a box of other stories"
        if kind == "stamp":
            return "stamp", _STAMP
        if self.prose.is_cell(index):
            return "body", "a cell of a table"
        if kind in FURNITURE:
            return "chrome", _REASONS[kind]
        if index < self.opening.first and (is_bare(text) or self.prose.is_panel(text) or self._is_gauge(index)):
            return "chrome", "a panel of the page between title and text"
        if kind == "teaser" and self._is_teaser(index):
            return "chrome", "another story: it ends with its own date, or points elsewhere"
        return ("caption", "a picture's caption") if kind == "caption" else ("body", "")

    def _is_gauge(self, index: int) -> bool:
        """A short line with a number but without the article's words: minutes to read, stars, the number of pictures."""
        text = self.texts[index]
        if self.kinds[index] != "short" or len(text) > 60 or not any(c.isdigit() for c in text):
            return False
        return sum(word[0].isalpha() for word in text.split()) < 3 or self.prose.known.syllables(text) < 0.5

    def _is_teaser(self, index: int) -> bool:
        return is_pointer(self.texts[index]) or "teaser" in (self.kinds[index - 1], *self.kinds[index + 1 : index + 2])

    def _below(self, first: int) -> None:
        """Below the last paragraph: captions, a table, the author; from the first line of the page on all is the page."""
        ended = False
        for index in range(first, len(self.kinds)):
            zone = ("chrome", _AFTER) if ended or index >= self.prose.stop else self._last_lines(index, first)
            ended = ended or zone[0] == "chrome" or self.kinds[index] == "byline"
            self.zones[index] = zone

    def _last_lines(self, index: int, first: int) -> tuple[str, str]:
        kind, text = self.kinds[index], self.texts[index]
        if kind == "stamp":
            return "stamp", _STAMP
        if kind in FURNITURE:
            return "chrome", _REASONS[kind]
        if kind == "table" and index - first < LONGEST_LIST and not is_panel(text):
            return "body", "a row of a table"
        if kind == "teaser" or self.prose.is_panel(text) or is_foot(text):
            return "chrome", _AFTER
        if kind == "byline":
            return ("chrome", "who wrote it") if any(c.isdigit() for c in text) else ("body", "who wrote it")
        return self._last_short(index)

    def _last_short(self, index: int) -> tuple[str, str]:
        """One or two lines with the article's words are captions or what is left of it; a run of short lines is not."""
        if self.kinds[index] in PROSE:
            return "chrome", _AFTER
        near = range(index, min(index + 3, self.prose.stop))
        run = sum(self.kinds[i] in ("short", "caption", "teaser") for i in near)
        if run > 2 or (run and self.prose.known.syllables(self.texts[index]) < 0.5):
            return "chrome", _AFTER
        return ("caption", "a picture's caption") if self.kinds[index] == "caption" else ("body", "")
