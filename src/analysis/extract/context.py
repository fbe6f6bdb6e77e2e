"""What the whole of an article says, before its sentences are read one by one."""

import re
from dataclasses import dataclass

from analysis.extract.calendar import DAY, YEAR, Anchor, day
from analysis.extract.folding import Folded, fold
from analysis.extract.numerals import Notation, notation_of
from analysis.extract.page import Line, lines
from analysis.extract.places import BodyWords, article_place, body_words

_SINCE = re.compile(rf"(?<![^\W_])từ (?:đầu )?(?:năm )?({YEAR}),? (?:cho )?(?:đến|tới) (?:nay|hiện nay)")
_TERM = re.compile(rf"nhiệm kỳ (?:từ )?({YEAR})\s*-\s*({YEAR})")
_DAY = re.compile(rf"(?<![0-9/.-]){DAY}(?![0-9/-])")
_PAST_YEAR = re.compile(rf"(?<!đến )(?<!tới )(?<!hết )(?:năm|tháng [0-9]{{1,2}}/) ?({YEAR})(?! *-)")


@dataclass(frozen=True)
class Context:
    """An article made ready: folded text, lines with zones, notation, anchor of relative windows, default place, bodies,
    and the title in folded lower case."""

    folded: Folded
    lines: list[Line]
    notation: Notation
    anchor: Anchor
    place: str | None
    bodies: BodyWords
    title: str


def read_context(text: str, published: str) -> Context:
    """Read what the whole article says. `published` is an ISO date, month or year, or ""."""
    folded = fold(text)
    page = lines(folded)
    body = [line for line in page if line.zone in ("title", "body", "caption")]
    title = [line for line in body if line.zone == "title"]
    rest = [line for line in body if line not in title]
    spans = [(line.start, line.end) for line in [*title, *rest]]
    opening = len(title) + 1
    return Context(
        folded=folded,
        lines=page,
        notation=notation_of("\n".join(folded.text[start:end] for start, end in spans)),
        anchor=_anchor(folded, page, spans, published),
        place=article_place(folded, spans[:opening], spans[opening:]),
        bodies=body_words(folded),
        title=" ".join(folded.lower[line.start : line.end] for line in title),
    )


def _anchor(folded: Folded, page: list[Line], spans: list[tuple[int, int]], published: str) -> Anchor:
    stamps = [
        day(m.group())
        for line in page
        if line.zone == "stamp"
        for m in _DAY.finditer(folded.lower, line.start, line.end)
    ]
    stamp = next((found for found in stamps if found), None)
    year, month = (stamp.year, stamp.month) if stamp else (None, None)
    if published:
        parts = [int(part) for part in published.split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else None
    text = "\n".join(folded.lower[start:end] for start, end in spans)
    days = [found.year for m in _DAY.finditer(text) if (found := day(m.group()))]
    years = days + [int(m.group(1)) for m in _PAST_YEAR.finditer(text)]
    term = _TERM.search(text)
    return Anchor(
        year=year,
        month=month,
        latest=max(years, default=None),
        since=tuple(dict.fromkeys(int(m.group(1)) for m in _SINCE.finditer(text))),
        term=(int(term.group(1)), int(term.group(2))) if term else None,
    )
