"""What an article's relative windows hang on: its own date, and the years that its text names."""

import re

from analysis.extract.calendar import DAY, YEAR, Anchor, day
from analysis.extract.numerals import Token
from analysis.extract.page import Line

_SINCE = re.compile(rf"từ (?:đầu )?(?:năm )?({YEAR}),? (?:cho )?(?:đến|tới) (?:nay|hiện nay)")
_TERM = re.compile(rf"nhiệm kỳ (?:từ )?({YEAR})\s*-\s*({YEAR})")
_DAY = re.compile(rf"(?<![0-9/.-]){DAY}(?![0-9/-])")
_YEAR = re.compile(YEAR)
_AHEAD = ("đến ", "tới ", "hết ")  # "đến năm 2025" is a year to come
_BEFORE = 24  # Characters before a year that tell whether it is past.


def read_anchor(lower: str, lines: list[Line], tokens: list[Token], published: str) -> Anchor:
    """The anchor of an article; `tokens` are the runs of digits of its own lines, `published` an ISO date, month, year or ""."""
    year, month, number = _published(lower, lines, published)
    own = [(line.start, line.end) for line in lines if line.is_article]
    term = next((m for span in own if (m := _TERM.search(lower, *span))), None)
    since = [int(m[1]) for span in own for m in _SINCE.finditer(lower, *span)]
    return Anchor(
        year=year,
        month=month,
        day=number,
        latest=max((found for token in tokens if (found := _past_year(lower, token))), default=None),
        since=tuple(dict.fromkeys(since)),
        term=(int(term[1]), int(term[2])) if term else None,
    )


def _past_year(lower: str, token: Token) -> int | None:
    """The year of a full date, of "năm 2019" and of "tháng 6/2019", where it is not one to come."""
    if len(token.text) > 4:
        found = day(token.text) or _month_of_year(token.text)
        return getattr(found, "year", found)
    before = lower[max(0, token.start - _BEFORE) : token.start]
    if len(token.text) < 4 or not _YEAR.fullmatch(token.text) or not before.endswith("năm "):
        return None
    spans_years = lower[token.end : token.end + 3].lstrip().startswith("-")
    return None if before[:-4].endswith(_AHEAD) or spans_years else int(token.text)


def _month_of_year(text: str) -> int | None:
    month, _, year = text.partition("/")
    return int(year) if len(month) <= 2 and _YEAR.fullmatch(year) else None


def _published(lower: str, lines: list[Line], published: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of the article: from its source row, else from its date line; None for what neither tells."""
    if published:
        parts = [int(part) for part in published.split("-")]
        return (*parts, None, None)[:3]
    stamps = (
        day(match.group())
        for line in lines
        if line.zone == "stamp"
        for match in _DAY.finditer(lower, line.start, line.end)
    )
    stamp = next((found for found in stamps if found), None)
    return (stamp.year, stamp.month, stamp.day) if stamp else (None, None, None)
