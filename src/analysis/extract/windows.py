"""Period words and the dates they mean: the windows that an article's sentences speak of."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from analysis.extract.calendar import DAY, YEAR, Anchor, day, make, month_end

_NOW = r"(?:nay|hiện nay|thời điểm hiện nay|thời điểm này|hết nay)"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DASH = r"\s*(?:-|đến(?: hết)?|tới|–)\s*"
# A year named only to compare with, or to name a law or a plan, is no window.
_COMPARED = re.compile(
    r"(?:so với|so cùng kỳ|cùng kỳ|hơn|kém|bằng|luật[^.;,]{0,40}|hiến pháp|bước sang|sang|thành lập|kỷ niệm|sinh|"
    r"hội thi[^.;,]{0,40}|cuộc thi[^.;,]{0,40}) (?:của )?(?:cả )?$"
)


@dataclass(frozen=True)
class Window:
    """Period words at a folded span, and the dates they mean (inclusive).

    An open or unknown end is None. `kind`: closed, open (runs to the article's date), half (part of a term, end not
    stated), now (a stock as of the article), until (a bound alone), vague (words that give no dates).
    """

    start: int
    end: int
    first: date | None
    last: date | None
    kind: str
    rule: str


_Reader = Callable[[re.Match, Anchor], tuple[date | None, date | None, str] | None]


def find_windows(lower: str, span: tuple[int, int], anchor: Anchor) -> list[Window]:
    """The windows of lower[span], in order; where two overlap, the one found by the earlier (more specific) rule."""
    found: list[Window] = []
    for window in _all(lower, span, anchor):
        if not any(window.start < other.end and other.start < window.end for other in found):
            found.append(window)
    return sorted(found, key=lambda window: window.start)


def _all(lower: str, span: tuple[int, int], anchor: Anchor) -> Iterator[Window]:
    for name, pattern, reader in _RULES:
        for match in pattern.finditer(lower, *span):
            if read := reader(match, anchor):
                yield Window(match.start(), match.end(), *read, name)


def _days(match: re.Match, anchor: Anchor):
    first, last = day(match["a"]), day(match["b"])
    return (first, last, "closed") if first and last and first <= last else None


def _since_day(match: re.Match, anchor: Anchor):
    return (day(match["a"]), None, "open") if day(match["a"]) else None


def _since_year(match: re.Match, anchor: Anchor):
    month = int(match["m"] or 1)
    return (make(int(match["y"]), month, 1), None, "open") if 1 <= month <= 12 else None


def _since_start_of_year(match: re.Match, anchor: Anchor):
    year = int(match["y"]) if match["y"] else anchor.year
    return (date(year, 1, 1), None, "open") if year else None


def _half_term(match: re.Match, anchor: Anchor):
    years = (int(match["a"]), int(match["b"])) if match["a"] else anchor.term
    if not years or years[0] > years[1]:
        return None
    if match["half"].startswith("nửa cuối"):
        return None, date(years[1], 12, 31), "half"
    return date(years[0], 1, 1), None, "half"


def _school_year(match: re.Match, anchor: Anchor):
    first, last = int(match["a"]), int(match["b"])
    # Months of the Ministry of Education's school-year plans: opened in early September, closed by 31 May.
    return (date(first, 9, 1), date(last, 5, 31), "closed") if last == first + 1 else None


def _years(match: re.Match, anchor: Anchor):
    first, last = int(match["a"]), int(match["b"])
    return (date(first, 1, 1), date(last, 12, 31), "closed") if first <= last else None


def _first_months(match: re.Match, anchor: Anchor):
    months = int(match["n"])
    year = int(match["y"]) if match["y"] else anchor.year
    if not 1 <= months <= 12 or year is None:
        return None, None, "vague"
    return (date(year, 13 - months, 1), date(year, 12, 31), "closed") if match["side"] == "cuối" else (
        date(year, 1, 1), month_end(year, months), "closed")  # fmt: skip


def _quarter(match: re.Match, anchor: Anchor):
    number, year = _QUARTERS[match["q"]], int(match["y"]) if match["y"] else anchor.year
    if year is None:
        return None, None, "vague"
    return date(year, 3 * number - 2, 1), month_end(year, 3 * number), "closed"


def _month(match: re.Match, anchor: Anchor):
    month, year = int(match["m"]), int(match["y"]) if match["y"] else anchor.year
    if not 1 <= month <= 12 or year is None:
        return None
    return date(year, month, 1), month_end(year, month), "closed"


def _duration(match: re.Match, anchor: Anchor):
    start = anchor.start_of(int(match["n"] or match["n2"]))
    return (date(start, 1, 1), None, "open") if start else (None, None, "vague")


def _year(match: re.Match, anchor: Anchor):
    if _COMPARED.search(match.string, max(0, match.start() - 60), match.start()):
        return None
    year = int(match["y"])
    if match["until"]:
        return None, date(year, 12, 31), "until"
    return date(year, 1, 1), date(year, 12, 31), "closed"


def _as_of_day(match: re.Match, anchor: Anchor):
    last = day(match["d"]) if match["d"] else None
    if last is None and match["dm"]:
        number, month = (int(part) for part in re.split(r"[/-]", match["dm"]))
        last = make(anchor.year, month, number) if anchor.year else None
    return (date(last.year, 1, 1), last, "asof") if last else (None, None, "vague")


def _on_day(match: re.Match, anchor: Anchor):
    when = day(match["d"]) if match["d"] else None
    if when is None:
        number, month = (int(part) for part in re.split(r"[/-]", match["dm"]))
        when = make(anchor.year, month, number) if anchor.year else None
    return (when, when, "closed") if when else None


def _this_year(match: re.Match, anchor: Anchor):
    if anchor.year is None:
        return None, None, "vague"
    # "năm qua" in the first quarter speaks of the year before.
    year = anchor.year - (match["back"] is not None and (anchor.month or 12) <= 3)
    return date(year, 1, 1), date(year, 12, 31), "closed"


def _nothing(kind: str) -> _Reader:
    return lambda match, anchor: (None, None, kind)


_W = r"(?<![^\W_])"
_Q = r"(?P<q>iv|iii|ii|i|[1-4])"
_RULES: tuple[tuple[str, re.Pattern, _Reader], ...] = tuple(
    (name, re.compile(_W + pattern), reader)
    for name, pattern, reader in (
        ("from day to day", rf"từ (?:ngày )?(?P<a>{DAY})\s*(?:đến|-|tới)\s*(?:hết )?(?:ngày )?(?P<b>{DAY})", _days),
        ("from day to now", rf"(?:kể )?từ (?:ngày )?(?P<a>{DAY}) (?:cho )?đến {_NOW}", _since_day),
        ("from the year's start to now", rf"(?:tính |kể )?từ đầu năm\s*(?P<y>{YEAR})?,? (?:cho )?đến {_NOW}", _since_start_of_year),
        ("from year to now", rf"(?:tính |kể )?từ (?:tháng (?P<m>[0-9]{{1,2}})\s?[/.-]?\s?)?(?:đầu )?(?:năm )?(?P<y>{YEAR}),? (?:cho )?(?:đến|tới) {_NOW}", _since_year),
        ("half of a term", rf"(?P<half>nửa (?:đầu |cuối )?nhiệm kỳ)(?:[^.,;0-9]{{0,40}}?(?P<a>{YEAR})\s*-\s*(?P<b>{YEAR}))?", _half_term),
        ("school year", rf"năm học (?P<a>{YEAR})\s*-\s*(?P<b>{YEAR})", _school_year),
        ("from year to year", rf"(?:trong )?(?:từ )?(?:giai đoạn|nhiệm kỳ|thời kỳ|các năm|từ năm|từ)\s+(?:năm )?(?P<a>{YEAR}){_DASH}(?:hết )?(?:năm )?(?P<b>{YEAR})", _years),
        ("years joined", rf"(?P<a>{YEAR})\s*-\s*(?P<b>{YEAR})", _years),
        ("first months of a year", rf"(?P<n>[0-9]{{1,2}}) tháng (?P<side>đầu|cuối|qua của) năm(?: (?P<y>{YEAR}))?", _first_months),
        ("quarter", rf"quý {_Q}(?![^\W_])(?:\s?[/-]\s?|,? năm |\s)?(?P<y>{YEAR})?", _quarter),
        ("month of a year", rf"tháng (?P<m>[0-9]{{1,2}})(?:\s?[/.-]\s?|,? năm )(?P<y>{YEAR})", _month),
        ("as of a day", rf"(?:tính )?đến (?:hết )?ngày (?:(?P<d>{DAY})|(?P<dm>[0-9]{{1,2}}[/-][0-9]{{1,2}})(?![/-]?[0-9]))", _as_of_day),
        ("past years", r"(?:(?:trong|qua|sau|suốt) (?:hơn |gần )?(?P<n>[0-9]{1,2}) năm(?: qua| thực hiện| vừa qua)?(?! (?:ngày|thành lập))|(?P<n2>[0-9]{1,2}) năm (?:vừa )?qua)", _duration),
        ("as of now", rf"(?:hiện nay|tính đến {_NOW}|đến {_NOW}|cho đến {_NOW}|hiện tại|đến thời điểm (?:này|hiện nay|hiện tại)|hiện(?= (?:có|đang|quản lý))|đang(?= (?:có|quản lý)))", _nothing("now")),
        ("no dates stated", r"(?:hằng năm|hàng năm|mỗi năm|(?:trong )?(?:những|các|mấy|nhiều) năm (?:gần đây|qua|vừa qua)|thời gian qua|sau (?:hơn )?[0-9]{1,2} tháng)", _nothing("vague")),
        ("this year", r"(?:trong )?(?:năm nay|(?P<back>năm qua|năm vừa qua))(?![^\W_])", _this_year),
        ("on a day", rf"(?:sáng|chiều|tối|ngày)(?: ngày)? (?:(?P<d>{DAY})|(?P<dm>[0-9]{{1,2}}[/-][0-9]{{1,2}})(?![/-]?[0-9]))", _on_day),
        ("year", rf"(?:trong )?(?P<until>đến (?:hết )?|trước )?năm (?P<y>{YEAR})(?! *[-/])", _year),
    )
)  # fmt: skip
