"""The class of a numeral that is not a quantity, with the rule that says so."""

import re
from dataclasses import dataclass
from functools import cache

from analysis.extract.calendar import make
from analysis.extract.numerals import Shape, Token
from analysis.extract.phrases import pattern
from analysis.reference.tables import read_rows
from analysis.reference.wording import FOLDER

CLASSES = ("figure", "date", "duration", "doc_ref", "ordinal", "boilerplate", "other")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YEARS = re.compile(r"(?:19|20)[0-9]{2}-(?:(?:19|20)[0-9]{2}|[0-9]{2})")


@dataclass(frozen=True)
class Context:
    """A token with the folded lower-case text on both sides, within its line."""

    token: Token
    ahead: str
    behind: str


@cache
def documents() -> re.Pattern:
    """The kinds of documents, from wording/documents.csv, right before a number."""
    names = pattern(
        row["phrase"] for _, row in read_rows(FOLDER / "documents.csv", ("phrase",), ("phrase",), ("phrase",))
    )
    tail = r"(?:\s+(?:số|trung ương|tw|bch trung ương))*\s*:?\s*$"
    return re.compile(names + tail)


_DOC_CODE = re.compile(
    r"\s?-?\s?(?:[-/]\s?)(?:nq|qđ|ct|ctr|tw|tu|hu|đa|kh|kl|hd|tt|nđ|tb|bc|ttr|cv|gp|qh|tlđ|tlđlđ|ubnd|lđlđ|hđnd|cp|btv|đu)(?![^\W_])"
)
_ORDINAL = re.compile(
    r"(?<![^\W_])(?:lần thứ|thứ|lần|khóa|khoá|kỳ|kỳ họp thứ|hạng|vị trí|xếp thứ|top|số báo|km|đại hội|ảnh|hình|bảng|điều|khoản|mục|chương|câu|"
    r"(?:trường|tổ|khu|khối|thôn|điểm|phường|bản|thpt|thcs|tiểu học|th|mầm non|xí nghiệp|đội|chi nhánh|ấp)(?![^\W_])[^.;,]{0,40} số|quốc lộ|đường số|lớp)\s*$"
)
_DAY_AHEAD = re.compile(
    r"(?:ngày|sáng|chiều|tối|đêm|hôm|từ|đến|tới|rạng sáng|trước|sau|mùng|thứ (?:hai|ba|tư|năm|sáu|bảy),?|chủ nhật,?|\()\s*$"
)
_YEAR_AHEAD = re.compile(
    r"(?:năm|năm học|giai đoạn|nhiệm kỳ|thời kỳ|niên độ|từ|đến|đến hết|tới|trước|sau|tháng [0-9]{1,2}\s?[-/.,]?\s?|quý [ivx0-9]+\s?[-/,]?\s?|mùa|tết|xuân|"
    r"dần|mão|thìn|tỵ|ngọ|mùi|thân|dậu|tuất|hợi|tý|sửu|(?:19|20)[0-9]{2}\s*-|và|,|\()\s*$"
)
_YEAR_ONLY = re.compile(r"(?:năm|năm học|giai đoạn|nhiệm kỳ|thời kỳ|(?:19|20)[0-9]{2}\s*-)\s*$")
_MONTH_AHEAD = re.compile(r"(?<![^\W_])(?:tháng|quý)\s*$")
_DURATION = re.compile(
    r"\s*(?:thập kỷ|thập niên|năm|tháng|tuần|ngày|giờ|phút|giây|quý|nhiệm kỳ|thế kỷ)(?![^\W_])(?! công(?: lao động|[,.;]))"
)
_FREQUENCY = re.compile(
    r"\s*(?:năm|tháng|tuần|ngày|quý|lần|kỳ|số)\s*(?:một lần|/\s*[0-9]*\s*(?:lần|số|kỳ|năm|tháng|tuần)|1 lần|/lần)"
)
_FREQUENCY_AHEAD = re.compile(r"[0-9]\s*(?:tuần|tháng|năm|ngày|quý)\s*/\s*$")
_PER = re.compile(r"\s*/\s*[0-9]")
_LETTER_GLUED = re.compile(r"[^\W\d_](?:-)?$")
_UNIT_DIGIT = re.compile(r"(?<![^\W_])k?m$")
_CLOCK = re.compile(r"\s?(?::|h|giờ|g)\s?[0-9]{2}")
_CLOCK_AHEAD = re.compile(r"[0-9]{1,2}\s?(?::|h|giờ|g)\s?$")
_PHONE = re.compile(r"(?:đt|điện thoại|tel|hotline|fax|số máy|tài khoản|stk)\s*[:.]?\s*$")
_GMT = re.compile(r"gmt\s*\+?\s*$")
_PAGE = re.compile(r"\s*trang(?: báo)?(?![^\W_])")


def not_a_figure(context: Context) -> tuple[str, str] | None:
    """(class, reason) of a numeral that cannot be a quantity, or None. Reasons are short sentences for the analyst."""
    for check in _CHECKS:
        if found := check(context):
            return found
    return None


def _document(c: Context):
    if _DOC_CODE.match(c.behind):
        return "doc_ref", "the number of a document, before its code"
    if documents().search(c.ahead) and not _YEAR.fullmatch(c.token.text) and c.token.shape is not Shape.SLASHED:
        return "doc_ref", "the number of a document, after its kind"
    return None


def _glued(c: Context):
    if _UNIT_DIGIT.search(c.ahead) and c.token.text == "2":
        return "other", "the exponent of an area unit"
    if _LETTER_GLUED.search(c.ahead) and not c.ahead.endswith(("từ", "gần")):
        return "other", "part of a name"
    return None


def _dates(c: Context):
    text = c.token.text
    if c.token.shape in (Shape.SLASHED, Shape.DASHED) or text.count(".") == 2:
        parts = re.split(r"[/.-]", text)
        if (
            len(parts) == 3
            and all(p.isdigit() for p in parts)
            and len(parts[2]) == 4
            and make(int(parts[2]), int(parts[1]), int(parts[0]))
        ):
            return "date", "a day, month and year"
    if _YEARS.fullmatch(text):
        return "date", "two years of a period"
    return _part_dates(c)


def _part_dates(c: Context):
    text = c.token.text
    if re.fullmatch(r"[0-9]{1,2}[/.-](?:19|20)[0-9]{2}", text) and 1 <= int(re.split(r"[/.-]", text)[0]) <= 12 and (
        _MONTH_AHEAD.search(c.ahead) or "/" in text or _DAY_AHEAD.search(c.ahead)
    ):  # fmt: skip
        return "date", "a month and year"
    if re.fullmatch(r"[0-9]{1,2}[/-][0-9]{1,2}", text) and _DAY_AHEAD.search(c.ahead):
        number, month = (int(p) for p in re.split(r"[/-]", text))
        if make(2000, month, number):
            return "date", "a day and month"
    if re.fullmatch(r"[0-9]{1,2}", text) and (
        _MONTH_AHEAD.search(c.ahead) or re.search(r"(?<![^\W_])(?:ngày|mùng)\s*$", c.ahead)
    ):
        return "date", "a day, month or quarter"
    return None


def _years(c: Context):
    if not _YEAR.fullmatch(c.token.text):
        return None
    if _YEAR_ONLY.search(c.ahead) or re.match(r"\s*-\s*(?:19|20)[0-9]{2}(?![0-9.,])", c.behind):
        return "date", "a year"
    if _YEAR_AHEAD.search(c.ahead) and not re.match(r"\s*(?:%|[^\W\d_])", c.behind):
        return "date", "a year"
    if re.match(r"\s*(?:[.,;:)\]!?-]|$)", c.behind) or (
        _YEAR_AHEAD.search(c.ahead) and re.match(r"\s*(?:đến|tới|-|và|,|các|đã|có|toàn)", c.behind)
    ):
        return "date", "a year"
    return None


def _clock(c: Context):
    if re.fullmatch(r"[0-9]{1,2}", c.token.text) and (_CLOCK.match(c.behind) or _CLOCK_AHEAD.search(c.ahead)):
        return "date", "a time of day"
    if _GMT.search(c.ahead):
        return "date", "a time zone"
    return None


def _ordinals(c: Context):
    if _ORDINAL.search(c.ahead) and not re.match(r"\s*(?:%|triệu|tỷ|tỉ|nghìn)", c.behind):
        return "ordinal", "a rank, an edition or a list number"
    if c.token.shape is Shape.SLASHED and re.search(r"(?:hạng|thứ|xếp|vị trí|ranked)[^.;,]{0,20}$", c.ahead):
        return "ordinal", "a rank among so many"
    return None


def _frequencies(c: Context):
    if _FREQUENCY.match(c.behind) or _FREQUENCY_AHEAD.search(c.ahead):
        return "other", "how often something happens"
    if c.token.shape is Shape.SLASHED and (_PAGE.match(c.behind) or re.fullmatch(r"[1-9]/[1-9]", c.token.text)):
        return "other", "a fraction of a thing"
    if _PER.match(c.behind) and _FREQUENCY_AHEAD.search(c.behind[:12]):
        return "other", "how often something happens"
    return None


def _durations(c: Context):
    if c.token.shape in (Shape.NUMBER, Shape.RANGE) and _DURATION.match(c.behind):
        return "duration", "a length of time"
    return None


def _phones(c: Context):
    if _PHONE.search(c.ahead) or (c.token.text.startswith("0") and len(re.sub(r"\D", "", c.token.text)) >= 9):
        return "other", "a telephone or account number"
    return None


_CHECKS = (_clock, _dates, _document, _glued, _years, _frequencies, _ordinals, _durations, _phones)
