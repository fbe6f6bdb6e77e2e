"""Rules for expressions of time: the words at which each is tried, its pattern, and the dates that it names."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from analysis.extract.calendar import YEAR, Anchor, full_year, make
from analysis.extract.timex import LAST

_Y = rf"{YEAR}(?![0-9]|[.,][0-9])"
_YY = rf"(?:{YEAR}|[0-9]{{2}})(?![0-9]|[.,][0-9])"
_DASH = r" ?- ?"
_TO = rf"(?:{_DASH}| (?:đến|tới) (?:hết )?(?:năm )?)"
_WORDS = {"mười hai": 12, "mười một": 11, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7,
          "tám": 8, "chín": 9, "mười": 10, "giêng": 1, "chạp": 12}  # fmt: skip
LONGEST_COUNT = 12  # Characters of the longest number word, with blanks.
_SCHOOL_OPENS = 9  # September, as the Ministry of Education's school-year plans have it.
_REPORTED = 3  # Months from which on "so many months" is how a report names the year so far.
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
COUNT = re.compile(rf"(?<![^\W_])(?<![0-9][.,/-])([0-9]{{1,2}}|{'|'.join(_WORDS)}) +$")
# "Tháng năm" is May, but "tháng năm 2023" is no month; so this word is left out.
_MONTH = r"(?:[0-9]{1,2}(?![0-9])|mười hai|mười một|giêng|một|hai|ba|tư|sáu|bảy|tám|chín|mười|chạp)(?![^\W_])"

Read = Callable[[re.Match, Anchor, int], dict | None]


@dataclass(frozen=True)
class Rule:
    """`pattern` is tried where one of `cues` stands; `read` gives the fields of a Timex, or None where it is none.

    `counted`: True needs a number right before the cue ("9 tháng"), False forbids it, None takes either.
    """

    name: str
    cues: tuple[str, ...]
    pattern: re.Pattern
    read: Read
    counted: bool | None = None


def number(text: str) -> int:
    """The number of digits or of a Vietnamese number word up to twelve."""
    return int(text) if text.isdigit() else _WORDS[" ".join(text.split())]


def span_of_years(first: int, last: int, grain: str = "years") -> dict | None:
    return {"grain": grain, "low": (first, 1, 1), "high": (last, 12, LAST)} if first <= last else None


def months(first: int, last: int, year: int | None, grain: str = "months") -> dict | None:
    return {"grain": grain, "low": (year, first, 1), "high": (year, last, LAST)} if 1 <= first <= last <= 12 else None


def days(first: int, last: int, month: int, year: int | None) -> dict | None:
    if first > last or not (make(year or 2000, month, first) and make(year or 2000, month, last)):
        return None
    return {"grain": "day" if first == last else "days", "low": (year, month, first), "high": (year, month, last)}


def _a_year(match: re.Match, anchor: Anchor, count: int):
    return span_of_years(int(match["y"]), int(match["y"]), "year")


def _two_years(match: re.Match, anchor: Anchor, count: int):
    first = int(match["a"])
    return span_of_years(first, full_year(match["b"], first))


def _listed_years(match: re.Match, anchor: Anchor, count: int):
    years = [int(year) for year in re.findall(YEAR, match.group())]
    return span_of_years(years[0], years[-1]) if years == list(range(years[0], years[0] + len(years))) else None


def _school_year(match: re.Match, anchor: Anchor, count: int):
    first = int(match["a"])
    last = full_year(match["b"], first)
    if last != first + 1:
        return span_of_years(first, last) if match.group().startswith("niên") else None
    # Months of the Ministry of Education's school-year plans: opened in early September, closed by 31 May.
    return {"grain": "years", "low": (first, _SCHOOL_OPENS, 1), "high": (last, 5, 31)}


def _relative_year(match: re.Match, anchor: Anchor, count: int):
    if anchor.year is None:
        return {"grain": "vague"}
    if match["w"] in ("trước", "liền trước"):
        return {"grain": "last", "low": (None, 1, 1), "high": (None, 12, LAST)}
    back = {"nay": anchor.year, "ngoái": anchor.year - 1}
    year = back.get(match["w"]) or anchor.past_year()
    return span_of_years(year, year, "year")


def _same_period(match: re.Match, anchor: Anchor, count: int):
    """ "Cùng kỳ năm 2018": the period spoken of, in another year; without a year, in the one before."""
    return {"grain": "shift", "low": (_year_word(match["y"], anchor), 1, 1)}


def _to_now(match: re.Match, anchor: Anchor, count: int):
    return {"grain": "to_now", "weak": True}


def _same(match: re.Match, anchor: Anchor, count: int):
    return {"grain": "era" if match["era"] else "same"}


def _length(match: re.Match, anchor: Anchor, count: int):
    return {"grain": "length", "weak": not match["tail"]}


def _part_of_year(match: re.Match, anchor: Anchor, count: int):
    year = _year_word(match["y"], anchor)
    if match["side"] == "cuối":
        return {"grain": "point", "high": (year, 12, LAST)}
    if match["side"] == "đầu":
        return {"grain": "point", "low": (year, 1, 1)}
    # The middle is no date, but what runs from there holds the second half, and what runs up to there the first.
    return {"grain": "point", "low": (year, 7, 1), "high": (year, 6, LAST)}


def _year_word(word: str | None, anchor: Anchor) -> int | None:
    """The year of "2019", "nay", "ngoái" behind "năm"; None where nothing is said."""
    if word and word.isdigit():
        return int(word)
    if word in ("trước", "qua", "liền trước"):
        return None
    return anchor.year and anchor.year - (word == "ngoái") if word else None


def _first_months(match: re.Match, anchor: Anchor, count: int):
    year = _year_word(match["y"], anchor)
    return months(13 - count, 12, year) if match["side"] == "cuối" else months(1, count, year)


def _last_months(match: re.Match, anchor: Anchor, count: int):
    return months(13 - count, 12, _year_word(match["y"], anchor))


def _quarters(match: re.Match, anchor: Anchor, count: int):
    last = 3 * count
    return months(1, last, _year_word(match["y"], anchor)) if last <= 12 else None


def _months_of(match: re.Match, anchor: Anchor, count: int):
    return months(1, count, _year_word(match["y"], anchor))


def _months_gone(match: re.Match, anchor: Anchor, count: int):
    """ "9 tháng" in an article of September or October is the year's first nine; elsewhere it is a mere length."""
    weak = not match["tail"]
    if anchor.year and anchor.month and _REPORTED <= count <= 12 and anchor.month - count in (0, 1, -11):
        return months(1, count, anchor.year - (anchor.month - count == -11)) | {"weak": weak}
    return {"grain": "vague", "weak": weak}


def _half_year(match: re.Match, anchor: Anchor, count: int):
    first = 1 if match["side"] == "đầu" else 7
    return months(first, first + 5, _year_word(match["y"], anchor))


def _quarter(match: re.Match, anchor: Anchor, count: int):
    quarter = _ROMAN.get(match["q"]) or number(match["q"])
    return months(3 * quarter - 2, 3 * quarter, int(match["y"]) if match["y"] else None, "quarter")


def _month(match: re.Match, anchor: Anchor, count: int):
    month = number(match["m"])
    return months(month, month, full_year(match["y"]) if match["y"] else None, "month")


def _two_months(match: re.Match, anchor: Anchor, count: int):
    return months(int(match["m"]), int(match["n"]), int(match["y"]))


def _day(match: re.Match, anchor: Anchor, count: int):
    first = int(match["d"])
    return days(first, int(match["e"] or first), int(match["m"]), full_year(match["y"]) if match["y"] else None)


def _half_term(match: re.Match, anchor: Anchor, count: int):
    years = (int(match["a"]), int(match["b"])) if match["a"] else anchor.term
    if not years or years[0] > years[1]:
        return {"grain": "vague"}
    if match.group().startswith("nửa cuối"):
        return {"grain": "half", "high": (years[1], 12, LAST)}
    return {"grain": "half", "low": (years[0], 1, 1)}


def _own_term(match: re.Match, anchor: Anchor, count: int):
    """A term named without its years is the article's own, unless the words look back from one that only begins."""
    begins = anchor.term and anchor.year is not None and anchor.term[0] >= anchor.year
    if anchor.term and match["w"] == "trước":
        first, last = anchor.term
        return span_of_years(2 * first - last, first, "term")
    looks_away = match["w"] in ("qua", "vừa qua") if begins else match["w"] == "tới"
    fields = None if looks_away or not anchor.term else span_of_years(*anchor.term, "term")
    return (fields or {"grain": "vague"}) | {"weak": not match["w"]}


def _term_start(match: re.Match, anchor: Anchor, count: int):
    first = int(match["a"]) if match["a"] else anchor.term and anchor.term[0]
    return {"grain": "point", "low": (first, 1, 1)} if first else {"grain": "vague", "weak": True}


def _school_year_start(match: re.Match, anchor: Anchor, count: int):
    year = anchor.year and anchor.year - ((anchor.month or 12) < _SCHOOL_OPENS)
    return {"grain": "point", "low": (year, _SCHOOL_OPENS, 1)} if year else {"grain": "vague", "weak": True}


def _since_event(match: re.Match, anchor: Anchor, count: int):
    return {"grain": "point", "low": (int(match["y"]), 1, 1)}


def _this_year(match: re.Match, anchor: Anchor, count: int):
    return {"grain": "this", "low": (None, 1, 1), "high": (None, 12, LAST)}


def _state(match: re.Match, anchor: Anchor, count: int):
    return {"grain": "now"}


def _pattern(text: str) -> re.Pattern:
    """Blanks of a pattern stand for any number of blanks."""
    return re.compile(text.replace(" ?", "\0").replace(" ", " +").replace("\0", " *"))


_OPEN_YEAR = rf"(?: (?P<y>{_Y}|nay|ngoái)(?![^\W_]))?"
_TERM_YEARS = rf"(?P<a>{YEAR}) ?(?:-|đến) ?(?P<b>{_Y})"
_TERM_GAP = r"(?:[^.,;:!?…0-9\n]{0,40}?"
_D = r"(?P<d>[0-9]{1,2})(?:(?:-| ?và | ?đến )(?:ngày )?(?P<e>[0-9]{1,2}))?"
_CAL = rf" ?/ ?(?P<m>[0-9]{{1,2}})(?: ?[/-] ?(?P<y>{_YY}))?(?![0-9/]|[.,-][0-9])"
_DOTTED = rf"[.](?P<m>[0-9]{{1,2}})[.](?P<y>{_YY})(?![0-9/]|[.,-][0-9])"
_DAYTIME = r"(?:ngày|sáng|chiều|tối|trưa|đêm|hôm|mùng)(?: ngày| mùng)?"
_DAY_CUES = "ngày|sáng|chiều|tối|trưa|đêm|hôm|mùng"
# What a sentence goes on with behind "trong năm": an organisation or a verb, never something that "năm" (five) counts.
_SUBJECT = ("đã|có|toàn|tỉnh|huyện|thị xã|thành phố|ngành|đơn vị|cơ quan|các cấp|các đơn vị|công đoàn|lđlđ|liên đoàn|đảng bộ|đảng ủy|"
            "hội|đoàn|trường|tổng|số|kết nạp|tổ chức|thành lập|giới thiệu|phát triển|đạt|ước|phấn đấu")  # fmt: skip
_NO_EVENT = r"(?! (?:ngày|thành lập|tuổi|một lần|liên tiếp|liền|tới|trước|sau))"
_NO_STATE = r"(?<!thực\x20)(?<!thể\x20)(?<!phát\x20)(?<!xuất\x20)(?<!biểu\x20)(?<!tái\x20)hiện"
_NO_WORD = r"(?! ?(?:đại|vật|trạng|tượng|thực|hành|diện|hữu|nay|tại)(?![^\W_]))"
RULES = tuple(
    Rule(name, tuple(cues.split("|")), _pattern(text), read, counted)
    for name, cues, text, read, counted in (
        ("school year", "năm|niên khóa", rf"(?:năm học|niên khóa) (?P<a>{YEAR}){_DASH}(?P<b>{_YY})", _school_year, None),
        ("years joined", "năm", rf"năm (?P<a>{YEAR}){_DASH}(?P<b>{_YY})(?![/-])", _two_years, None),
        ("years listed", "năm", rf"năm {_Y}(?: ?, ?(?:năm )?{_Y}){{0,9}} ?,? ?và (?:năm )?{_Y}", _listed_years, None),
        ("years listed", "năm", rf"năm {_Y}(?: ?, ?(?:năm )?{_Y}){{1,9}}", _listed_years, True),
        ("years listed", "năm", rf"năm {_Y}(?: ?, ?(?:năm )?{_Y}){{2,9}}", _listed_years, None),
        ("years listed", "các năm|những năm", rf"(?:các|những) năm {_Y}(?: ?, ?{_Y}){{1,9}}(?: ?,? ?và {_Y})?", _listed_years, None),
        ("year", "năm", rf"năm (?P<y>{_Y})(?! ?[-/] ?[0-9])", _a_year, None),
        ("past years", "năm", rf"năm(?P<tail> (?:vừa )?qua| gần đây| trở lại đây| (?:triển khai )?thực hiện| triển khai|)(?![^\W_]){_NO_EVENT}", _length, True),
        ("this year", "năm", r"năm (?P<w>nay|ngoái|liền trước|trước|vừa qua|vừa rồi|qua)(?![^\W_])", _relative_year, False),
        ("the year spoken of", "trong năm|cả năm|cùng năm", rf"(?:trong|cả|cùng) năm(?= ?(?:[,.;:)\n]|$)| (?:{_SUBJECT})(?![^\W_])| (?!{YEAR}(?![0-9]))[0-9])", _this_year, None),
        ("start of a school year", "đầu năm", r"đầu năm học(?: này| mới)?(?![^\W_]| ?[0-9])", _school_year_start, None),
        ("part of a year", "đầu năm|giữa năm|cuối năm", rf"(?P<side>đầu|giữa|cuối) năm(?! học){_OPEN_YEAR}", _part_of_year, None),
        ("half of a year", "nửa đầu năm|nửa cuối năm", rf"nửa (?P<side>đầu|cuối) năm{_OPEN_YEAR}", _half_year, None),
        ("same period", "cùng kỳ", rf"cùng kỳ(?: của)? năm (?P<y>{_Y}|ngoái|liền trước|trước|qua)(?![^\W_]|[-/])", _same_period, None),
        ("same period", "cùng kỳ", r"cùng kỳ(?P<y>)(?= ?[,:)]| (?:là|chỉ|có|đạt)(?![^\W_])| ?\()", _same_period, None),
        ("period spoken of", "giai đoạn|thời kỳ|khoảng thời gian|thời gian", r"(?:(?P<era>giai đoạn|thời kỳ)|(?:khoảng )?thời gian) (?:này|đó|ấy|(?:nói |kể )?trên)(?![^\W_])", _same, None),
        ("period spoken of", "cùng thời gian|cùng khoảng thời gian|trong kỳ", r"(?P<era>)(?:cùng (?:khoảng )?thời gian|trong kỳ)(?= ?[,.;:)]| (?:đã|có|toàn|các)(?![^\W_]))", _same, None),
        ("as of now", "nay", r"(?:(?<=-)|(?<=-\x20))nay(?![^\W_])", _to_now, None),
        ("first quarters of a year", "quý", rf"quý (?:đầu (?:của )?)?năm{_OPEN_YEAR}", _quarters, True),
        ("last months of a year", "tháng", rf"tháng còn lại(?: (?:của|trong) năm{_OPEN_YEAR})?", _last_months, True),
        ("first months of a year", "tháng", rf"tháng (?P<side>đầu|cuối) (?:của )?năm{_OPEN_YEAR}", _first_months, True),
        ("first months of a year", "tháng", rf"tháng (?:qua |vừa qua )?(?:của |trong )?năm (?P<y>{_Y}|nay|ngoái)(?![^\W_])", _months_of, True),
        ("first months of a year", "tháng", r"tháng qua của năm(?P<y>)(?![^\W_])", _months_of, True),
        ("past months", "tháng", r"tháng(?P<tail> (?:vừa )?qua|)(?![^\W_])(?! (?:tuổi|tới|trước|sau|một lần|liên tục|liền|[0-9]))", _months_gone, True),
        ("months joined", "tháng", rf"tháng (?P<m>[0-9]{{1,2}})(?:{_DASH}(?:tháng )?| và (?:tháng )?)(?P<n>[0-9]{{1,2}})(?: ?[/.] ?|,? ?năm )(?P<y>{_Y})(?![/-])", _two_months, False),
        ("month of a year", "tháng|đầu tháng|giữa tháng|cuối tháng", rf"(?:(?:đầu|giữa|cuối) )?tháng (?P<m>{_MONTH})(?: ?[/-] ?|[.]|,? ?năm )(?P<y>{_Y})", _month, False),
        ("month of a year", "tháng|đầu tháng|giữa tháng|cuối tháng", rf"(?:(?:đầu|giữa|cuối) )?tháng (?P<m>{_MONTH})(?! ?[/-] ?[0-9]|[.,][0-9])(?: (?:vừa qua|vừa rồi|này))?(?P<y>)", _month, False),
        ("month of a year", "tháng", r"tháng (?P<m>năm)(?P<y>) (?:vừa qua|vừa rồi|này)(?![^\W_])", _month, False),
        ("quarter", "quý|đầu quý|cuối quý", rf"(?:(?:đầu|cuối) )?quý (?P<q>iv|iii|ii|i|[1-4]|một|hai|ba|tư)(?![^\W_])(?![.,][0-9]{{1,3}}(?![0-9]))(?:(?: ?[/-] ?|[.]|,? ?năm | )(?P<y>{_Y}))?", _quarter, None),
        ("half of a term", "nửa nhiệm kỳ|nửa đầu nhiệm kỳ|nửa cuối nhiệm kỳ|giữa nhiệm kỳ", rf"(?:nửa (?:đầu |cuối )?|giữa )nhiệm kỳ{_TERM_GAP}{_TERM_YEARS})?", _half_term, None),
        ("start of a term", "đầu nhiệm kỳ", rf"đầu nhiệm kỳ(?: {_TERM_YEARS})?", _term_start, None),
        ("from year to year", "nhiệm kỳ|giai đoạn|thời kỳ", rf"(?:nhiệm kỳ|giai đoạn|thời kỳ) [(]*(?:từ )?(?:năm )?(?P<a>{YEAR}){_TO}(?P<b>{_YY})(?![/-])", _two_years, None),
        ("the article's term", "nhiệm kỳ", r"nhiệm kỳ(?: (?P<w>vừa qua|qua|này|tới|trước))?(?![^\W_])", _own_term, False),
        ("on a day", _DAY_CUES, rf"{_DAYTIME} {_D}{_CAL}", _day, None),
        ("on a day", _DAY_CUES, rf"{_DAYTIME} (?P<d>[0-9]{{1,2}})-(?P<m>[0-9]{{1,2}})(?:-(?P<y>{_YY}))?(?P<e>)(?![0-9/]|[.,-][0-9])", _day, None),
        ("on a day", _DAY_CUES, rf"{_DAYTIME} (?P<d>[0-9]{{1,2}})(?P<e>){_DOTTED}", _day, None),
        ("on a day", "ngày|mùng", rf"(?:ngày|mùng) {_D} tháng (?P<m>[0-9]{{1,2}})(?:(?: năm | ?/ ?)(?P<y>{_Y}))?(?![0-9])", _day, None),
        ("since an event", "từ khi|từ sau khi", rf"từ (?:sau )?khi [^.;:!?…()\n]{{0,90}}[(](?:năm )?(?P<y>{_Y})[)]", _since_event, None),
        ("as of now", "hiện", rf"{_NO_STATE}(?=,? {_NO_WORD}[^.,;:!?\n]{{0,40}}?(?:có|quản lý|là)(?![^\W_]))", _state, None),
        ("as of now", "đang", r"đang(?= (?:có|quản lý)(?![^\W_]))", _state, None),
    )
)  # fmt: skip
