"""What a line of a page is by itself, before its neighbours are looked at: a paragraph, a counter, a menu, a date line."""

import re
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from analysis.extract.phrases import CAPITALS
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

LONG_LINE = 140  # Characters; a paragraph. A menu entry, a caption or a heading is shorter.
LONGEST_FOOT = 600  # Characters; a publisher's details may be longer than a paragraph, but no longer than this.

KINDS = ("counter", "panel", "foot", "notice", "section", "box", "header", "masthead", "byline")
PROSE = frozenset({"paragraph", "sentence", "item", "lead"})
FURNITURE = frozenset({"counter", "number", "menu", "trail", "section", "box", "header"})  # What is never an article's.

_LETTER = r"[^\W\d_]"
_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|t[2-7]|cn)"
_MONTH_AND_YEAR = r" ?[/.-] ?\d{1,2} ?[/.-] ?(?:\d{4}|\d{2})(?!\d)"
_DATE = rf"\d{{1,2}}{_MONTH_AND_YEAR}"
_CLOCK = r"\d{1,2} ?(?::|h|g|giờ) ?\d{0,2}(?::\d{2})?(?: ?phút)?"
_WRITTEN_DATE = r"ngày \d{1,2} tháng \d{1,2},? năm \d{4}"
# The pieces of a date line are taken once and for all (atomic groups), for "11:11:11:11" can be cut into clocks in more
# ways than there is time for. So what begins a date or another clock behind "7h" is no minutes.
_CLOCK_OF_LINE = (
    rf"\d{{1,2}} ?(?::(?: ?(?!{_DATE}(?![/.-]\d))\d{{1,2}}(?::\d{{2}})?)?"
    rf"|(?:h|giờ|g)(?: ?(?!{_DATE}(?![/.-]\d)|\d{{1,2}} ?(?::|(?:h|giờ|g)(?![^\W\d])))\d{{1,2}})?)(?: ?phút)?"
)
# A line that only says when the page was made: date, time, weekday and zone, and perhaps a view counter behind.
_STAMP = re.compile(
    rf"\W*(?>{_WRITTEN_DATE}|ngày đăng|ngày đưa tin|ngày viết|ngày tạo|ngày gửi|đăng ngày|đăng lúc|cập nhật(?: lần cuối)?|đã đăng"
    rf"|xuất bản|thời gian|hôm nay|{_WEEKDAY}|ngày|lúc|gmt\s*\+?\s*7|[ap]m\b|{_DATE}|{_CLOCK_OF_LINE}"
    r"|(?:số )?lượt (?:xem|đọc)\s*:?\s*[\d.,]+|(?:đã )?xem\s*:?\s*[\d.,]+(?: lần| lượt)?|[\s,.()|:;+\[\]•*-])++\W*"
)
# The digit stands first, for a search leaps from digit to digit then.
_DATE_OR_TIME = re.compile(rf"\d(?<!\d\d)\d?(?:{_MONTH_AND_YEAR}|:\d{{2}}(?!\d))")
_DATE_IN_WORDS = re.compile(_WRITTEN_DATE)
_STAMP_WORDS = re.compile(
    rf"{_WRITTEN_DATE}|(?<!\d){_DATE}|(?<![\d.,]){_CLOCK}|(?<!\w){_WEEKDAY}(?!\w)|gmt ?\+? ?7|(?<!\w)[ap]m(?!\w)"
    r"|(?:số )?lượt (?:xem|đọc)\W*[\d.,]*|(?:đã )?xem\W*[\d.,]+(?: lần| lượt)?"
    r"|(?:ngày|thời gian|người)? ?(?:đăng|đưa tin|cập nhật|viết|gửi|tạo)(?: bài viết| bài| tin| ngày| lúc| lần cuối)?\W*|ngày|lúc|tác giả|bởi|theo"
)
_NAME = re.compile(rf"[{CAPITALS}][\w.'’-]*+(?:[ ,&/-]+[{CAPITALS}][\w.'’-]*+){{0,5}}")
_ONLY_NUMBER = re.compile(r"[^\w%]*\d(?:[^\w%]++|\d++)*+")
_CAPTION = re.compile(
    r"\bảnh [0-9]{1,2}$|^\W*\(?ảnh(?: minh họa| tư liệu| chụp)?\W*[:.(-]|\bảnh\s?:[^:]{2,50}$|ảnh minh họa\W*$"
)
_STOPS = (".", "!", "?", "…")
_CLOSING = "\"')]»"
_TEASER_DATE = re.compile(
    rf"[(\[]\s*(?:{_WEEKDAY},? ?)?(?:{_CLOCK}\W+)?(?:ngày )?(?:{_DATE}|\d{{1,2}}/\d{{1,2}})(?:\W+{_CLOCK})?\s*[)\]]$"
)
_POINTER = re.compile(r"^(?:>>+|»|›|►|▶|=>|\+\+)")
_BULLET = re.compile(r"^(?:[-+*•●▪◦–·o✓]\s|[-+•●▪]|\(?\d{1,2}[.)/]\s|[a-zđ][.)]\s)")
_WORD = re.compile(rf"\d|{_LETTER}{{2}}")
_DETAIL = re.compile(r"(?<=:)|[^.:]{0,30}(?::| số )|\W*\d")
_DETAILS = (
    "giấy phép",
    "điện thoại:",
    "đt:",
    "fax",
    "email:",
    "bản quyền",
    "©",
    "cơ quan chủ quản",
    "tổng biên tập",
    "ghi rõ nguồn",
    "địa chỉ:",
    "tòa soạn:",
)
_TRIM = " \t\u00a0:.…»>›*•·|-–+►▶=[]()"
_COUNTED = re.compile(r"\s*[(\[]?\d{0,6}[)\]]?$")
_BYLINE = re.compile(
    rf"[{CAPITALS}][\w.'’-]*+(?: ?[-–,&] ?| )?(?:(?:[{CAPITALS}][\w.'’&-]*+|và)(?: ?[-–,&] ?| )?){{0,6}}"
    r"(?:\([^()]{2,40}\))?\.?"
)
_TAGS = re.compile(r"(?:#\w+[\s,]*)+")
_INITIALS = re.compile(rf"\(?(?:[{CAPITALS}][a-zđ]?\. ?){{1,3}}[{CAPITALS}][a-zđ]*\.?\)?")
_OTHER_STORIES = re.compile(
    r"(?:các |những )?(?:tin|bài)(?: tức| bài| viết)?(?: khác| mới| cũ| cùng| đọc| xem| nổi bật| đã| tiếp| trước| sau| trong ngày| hot| nóng)\b[^\d]{0,30}"
)


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """The wording of page chrome by kind. Raises ReferenceTableError for a bad row of chrome.csv."""
    path = FOLDER / "chrome.csv"
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for line, row in read_rows(path, ("kind", "phrase"), required=("kind", "phrase"), unique=("kind", "phrase")):
        found[one_of(path, line, "kind", row["kind"], found)].append(row["phrase"])
    return {kind: tuple(phrases) for kind, phrases in found.items()}


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[str]]:
    table = [(phrase, kind) for kind in ("counter", "panel", "foot", "notice") for phrase in phrases()[kind]]
    return ahocorasick_rs.AhoCorasick([phrase for phrase, _ in table]), [kind for _, kind in table]


def _said(lower: str) -> set[str]:
    """The kinds of wording that stand anywhere in a line; an automaton looks for all phrases at once."""
    automaton, kinds = _automaton()
    return {kinds[which] for which, _, _ in automaton.find_matches_as_indexes(lower, overlapping=True)}


@cache
def _headings() -> dict[str, str]:
    """What a whole line may be that heads a part of the page, with its kind."""
    table = phrases()
    return {phrase: kind for kind in ("header", "section", "box") for phrase in table[kind]}


class _Openings(NamedTuple):
    """Lines that begin with a phrase of these kinds."""

    counter: re.Pattern[str]
    header: re.Pattern[str]
    box: re.Pattern[str]
    panel_or_foot: re.Pattern[str]
    masthead: re.Pattern[str]
    notice: re.Pattern[str]
    foot: re.Pattern[str]


@cache
def _openings() -> _Openings:
    kinds = (("counter",), ("header",), ("box",), ("panel", "foot"), ("masthead",), ("notice",), ("foot",))
    return _Openings(*map(_opening, kinds))


def _opening(kinds: tuple[str, ...]) -> re.Pattern[str]:
    found = sorted({phrase for kind in kinds for phrase in phrases()[kind]}, key=len, reverse=True)
    return re.compile(rf"[^\w©]*(?:{'|'.join(re.escape(phrase) for phrase in found)})(?:(?<!\w)|(?!\w))")


@cache
def _signature() -> re.Pattern[str]:
    """A line that opens as one that names the author or the source: the word and a colon, or the word alone."""
    found = sorted(phrases()["byline"], key=len, reverse=True)
    return re.compile(rf"\W*(?:{'|'.join(re.escape(phrase) for phrase in found)})\s*:|\W*\(theo\b")


def line_kind(text: str, lower: str) -> str:
    """The kind of a line without blanks around it, as printed and in lower case.

    paragraph, sentence, item (of a list), lead (ends with a colon), table, short, caption, byline, teaser; stamp; or one of FURNITURE.
    """
    if len(lower) > LONG_LINE:
        return _long_kind(lower)
    return _heading(lower) or _date_or_number(text, lower) or _worded(lower) or _shape(text, lower)


def _long_kind(lower: str) -> str:
    if _bars(lower[:LONGEST_FOOT]):
        return "table" if is_row(lower[:LONGEST_FOOT]) else "menu"
    return "paragraph"


def _heading(lower: str) -> str:
    name = lower.strip(_TRIM)
    if len(name) > 45:
        return ""
    kind = _headings().get(name)
    if not kind and name[-1:].isdigit():
        kind = _headings().get(_COUNTED.sub("", name).strip(_TRIM))
    if lower[0] == "#" and _TAGS.fullmatch(lower):
        return "header"
    return kind or ("section" if _OTHER_STORIES.fullmatch(name) else "")


def _ends_with_stop(lower: str) -> bool:
    return lower.rstrip(_CLOSING).endswith(_STOPS)


def _has_date(lower: str) -> bool:
    return (_DATE_OR_TIME.search(lower) or _DATE_IN_WORDS.search(lower)) is not None


def _ends_with_date(lower: str) -> bool:
    return lower.endswith((")", "]")) and _TEASER_DATE.search(lower) is not None


def _date_or_number(text: str, lower: str) -> str:
    if "\t" in text and is_row(lower):
        return "table"
    if _ONLY_NUMBER.fullmatch(lower):
        return "stamp" if _has_date(lower) and _STAMP.fullmatch(lower) else "number"
    if not _has_date(lower):
        return ""
    return "stamp" if _STAMP.fullmatch(lower) or _is_signed_stamp(text, lower) else ""


def _is_signed_stamp(text: str, lower: str) -> bool:
    """A date line with its author: only a name is left when date, time and their words are taken out."""
    if len(lower) != len(text) or _ends_with_stop(lower) or _ends_with_date(lower):
        return False
    if not (rest := "".join(text[a:b] for a, b in _left_over(lower)).strip(" \t,.()|:;+[]•*-–/")):
        return True
    return (
        len(rest) <= 50
        and (_NAME.fullmatch(rest) is not None)
        and len(rest.split()) <= 6
        and not any(c.isdigit() for c in rest)
    )


def _left_over(lower: str) -> list[tuple[int, int]]:
    spans, done = [], 0
    for match in _STAMP_WORDS.finditer(lower):
        spans.append((done, match.start()))
        done = match.end()
    return [*spans, (done, len(lower))]


def _worded(lower: str) -> str:
    """A counter says so anywhere; where the line is a sentence with its stop, only at its head."""
    if " " in lower and _ends_with_stop(lower):
        return "counter" if _openings().counter.match(lower) else ""
    if "counter" in _said(lower):
        return "counter"
    if is_row(lower):
        return "table"
    if "|" in lower and (lower.count("|") > 1 or (len(lower) < 60 and not any(c.isdigit() for c in lower))):
        return "menu"
    return "trail" if _is_trail(lower) else ""


def _is_trail(lower: str) -> bool:
    """The way from the home page to the article: "Trang chủ » Tin tức » …"."""
    if "»" in lower[1:] or "›" in lower[1:]:
        return True
    return any(sign in lower for sign in (" > ", " / ", "→")) and _openings().header.match(lower) is not None


def _shape(text: str, lower: str) -> str:
    if _ends_with_date(lower) or is_pointer(lower):
        return "teaser"
    if _signature().match(lower):
        return "byline"
    if "ảnh" in lower and _CAPTION.search(lower):
        return "caption"
    if ("." in text and _INITIALS.fullmatch(text)) or (
        len(text) <= 60 and _BYLINE.fullmatch(text) and 1 < len(text.split()) <= 9 and not text.isupper()
    ):
        return "byline"
    if _ends_with_stop(lower) and (lower.count(" ") > 2 or _BULLET.match(lower)):
        return "sentence"
    if lower[-1] in ";," and len(lower) > 8:
        return "item"
    return "lead" if lower[-1] == ":" and lower.count(" ") > 1 else "short"


def is_pointer(lower: str) -> bool:
    """Whether a line points to another story: arrows before it, or "see also:"."""
    if _POINTER.match(lower):
        return True
    found = _openings().box.match(lower)
    return found is not None and lower[found.end() :].lstrip().startswith(":")


def is_row(lower: str) -> bool:
    """Cells between tabs or bars, half of which (beside the first) begin with a digit: a row of a table of figures."""
    if "|" not in lower and "\t" not in lower:
        return False
    cells = [cell.strip() for cell in re.split(r"[\t|]", lower.strip("| \t"))]
    numbers = sum(cell[:1].isdigit() and len(cell) <= 20 for cell in cells[1:])
    return len(cells) > 2 and 2 * numbers >= len(cells) - 1 and any(c.isalpha() for c in cells[0] + cells[1])


def _bars(lower: str) -> bool:
    """Whether a long line is cut by bars or arrows into pieces of a menu's length."""
    signs = lower.count("|") + lower.count("»") + lower.count("\t")
    return signs > 2 and len(lower) / (signs + 1) < 40


def is_listed(lower: str) -> bool:
    """Whether a line begins with the sign or number of a list."""
    return _BULLET.match(lower) is not None


def is_panel(lower: str) -> bool:
    """Whether a short line has the wording of a page's panels and foot."""
    return len(lower) <= LONG_LINE and not _said(lower).isdisjoint(("panel", "foot", "notice"))


def is_labelled(lower: str) -> bool:
    """Whether a short line is a panel's wording with its number behind a colon."""
    found = _openings().panel_or_foot.match(lower) if len(lower) <= LONG_LINE else None
    return found is not None and _DETAIL.match(lower, found.end()) is not None


def is_masthead(lower: str) -> bool:
    """Whether a line begins as the name of a newspaper or site does."""
    return _openings().masthead.match(lower) is not None


def is_bare(lower: str) -> bool:
    """Whether a line has neither a word nor a number: letter sizes, stars, rules."""
    return _WORD.search(lower) is None


def cells(lower: str) -> int:
    """How many cells tabs or bars make of a line."""
    return 1 + lower.count("\t") + lower.strip("|").count("|")


def is_foot(lower: str) -> bool:
    """Whether a sentence or paragraph opens as the publisher's details or a notice to the reader, or has two words of the details."""
    if len(lower) > LONGEST_FOOT:
        return False
    openings = _openings()
    if openings.notice.match(lower) or ((found := openings.foot.match(lower)) and _DETAIL.match(lower, found.end())):
        return True
    return len(lower) > 40 and sum(phrase in lower for phrase in _DETAILS) > 1
