"""The class of a numeral that is not a quantity, with the rule that says so.

Which rules are looked at is decided by what the token looks like and by the words that touch it, so that most quantities
pass after a few set lookups.
"""

import re
from dataclasses import dataclass
from functools import cache

from analysis.extract.calendar import make
from analysis.extract.numerals import Shape, Token
from analysis.extract.phrases import key
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

CLASSES = ("figure", "date", "duration", "doc_ref", "ordinal", "boilerplate", "other")
SIDE = 48  # Characters on either side of a token that decide its class.

PHONE = "a telephone or account number"

Found = tuple[str, str] | None
_NUMBER, _RANGE, _SLASHED, _ = Shape  # reading a member off its class costs more than the whole test
_CUES = ("ordinal", "numbered", "named", "place", "day", "month", "of_month", "year", "year_only", "duration", "phone")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YEARS = re.compile(r"(?:19|20)[0-9]{2}-(?:(?:19|20)[0-9]{2}|[0-9]{2})")
_PARTS = re.compile(r"[/.-]")
_DOC_CODE = re.compile(
    r"\s?-?\s?(?:[-/]\s?)(?:nq|qđ|ct|ctr|tw|tu|hu|đa|kh|kl|hd|tt|nđ|tb|bc|ttr|cv|gp|qh|tlđ|tlđlđ|ubnd|lđlđ|hđnd|cp|btv|đu|ttg|sl|bct|th|đct|ctrhđ|qc)(?![^\W_])"
)
_DOC_TAIL = re.compile(r"(?:\s+(?:số|trung ương|tw|bch trung ương))*\s*:?\s*$")
_BARE_YEAR_BEHIND = re.compile(r"\s*(?:[.,;:)\]!?\"'-]|$)")
_YEAR_GOES_ON = re.compile(r"\s*(?:đến|tới|-|và|,|các|đã|có|toàn|là|tăng|giảm|cả)(?![^\W_])")
_FREQUENCY = re.compile(
    r"\s*(?:năm|tháng|tuần|ngày|quý|lần|kỳ|số)\s*(?:một lần|/\s*[0-9]*\s*(?:lần|số|kỳ|năm|tháng|tuần|buổi)|1 lần|/lần)"
)
_PER_AHEAD = re.compile(r"[0-9]\s*(?:tuần|tháng|năm|ngày|quý)\s*/\s*$")
_PER = re.compile(r"\s*/\s*[0-9]")
_CLOCK = re.compile(r":[0-9]{2}(?![0-9])|\s?(?:h|giờ|g)\s?[0-9]{2}(?![0-9])|(?:h|g)(?![^\W_])")
_CLOCK_AHEAD = re.compile(r"(?<![0-9])[0-9]{1,2}(?::|\s?(?:h|giờ|g)\s?)$")
_PAGE = re.compile(r"\s*trang(?: báo)?(?![^\W_])")
_LOOSE = ("từ", "đến", "tới", "trước", "sau", "hết", "và", "")
_OF_YEAR = re.compile(r"\s*năm (?:19|20)[0-9]{2}(?![0-9]|\s*-)")
_SPANS = ("năm", "tháng", "quý", "tuần", "ngày")
_TIMES_OF_DAY = ("sáng", "trưa", "chiều", "tối", "đêm")
_SCALED = re.compile(r"\s*(?:%|triệu|tỷ|tỉ|nghìn|ngàn|vạn|đồng)")
_HEDGED = ("trên", "hơn", "gần", "khoảng", "là", "có", "đạt", "được", "số")
_FUNCTION = re.compile(r"\s*(?:ở|tại|về|của|cho|với|trên|trong|do|theo|và|so|đã|được|bằng)(?![^\W_])")
_COUNTED = re.compile(r"\s*(?:%|triệu|tỷ|tỉ|nghìn|ngàn|vạn)")
_RANKED = re.compile(r"(?:hạng|thứ|xếp|vị trí|ranked)[^.;,]{0,20}$")
_NAMED = 40  # Characters before "số" that may name what is numbered.
_AGE = re.compile(r"\s*(?:-\s*[0-9]+\s*)?(?:tuổi(?! đảng)|t\.)(?![^\W_])")
_AREA = re.compile(r"(?:^|[0-9])[kc]?m$")
_LISTED = re.compile(r"[.)]\s")


class Look:
    """A token with the folded lower-case text on both sides, within its line.

    `before` and `rest` are what stands ahead and behind without the blanks between, `last` the word right before the token,
    `following` the word right behind it, with signs stripped off.
    """

    __slots__ = ("ahead", "before", "behind", "following", "last", "rest", "shape", "token")

    def __init__(self, token: Token, ahead: str, behind: str) -> None:
        self.token, self.ahead, self.behind, self.shape = token, ahead, behind, token.shape
        self.before = ahead.rstrip()
        self.last = self.before.rpartition(" ")[2].lstrip("(\"'[")
        self.rest = behind.lstrip()
        self.following = self.rest.partition(" ")[0].rstrip(".,;:)\"'!?")


@dataclass(frozen=True)
class _Words:
    """Phrases of one cue, found by the word that touches the number."""

    phrases: dict[str, tuple[str, ...]]

    def end(self, look: Look) -> bool:
        """One of the phrases stands right before the number."""
        ahead = self.phrases.get(look.last)
        return bool(ahead) and any(_ends(look.before, phrase) for phrase in ahead)


def _ends(text: str, phrase: str) -> bool:
    left = len(text) - len(phrase) - 1
    return text.endswith(phrase) and (left < 0 or not text[left].isalnum())


@cache
def cues() -> dict[str, _Words]:
    """The words of wording/classes.csv by cue."""
    path = FOLDER / "classes.csv"
    found: dict[str, dict[str, list[str]]] = {cue: {} for cue in _CUES}
    for line, row in read_rows(path, ("cue", "word"), required=("cue", "word"), unique=("cue", "word")):
        word = key(row["word"])
        touching = word.split()[0 if row["cue"] == "duration" else -1]
        found[one_of(path, line, "cue", row["cue"], _CUES)].setdefault(touching, []).append(word)
    return {cue: _Words({touch: tuple(words) for touch, words in by.items()}) for cue, by in found.items()}


@cache
def documents() -> dict[str, bool]:
    """The kinds of documents that stand before a document's number, from wording/documents.csv.

    True for a kind whose number needs no "số" even where a noun follows: "Nghị quyết 20 Hội nghị Trung ương".
    """
    path = FOLDER / "documents.csv"
    rows = read_rows(path, ("phrase", "numbered"), ("phrase", "numbered"), ("phrase",))
    return {
        key(row["phrase"]): one_of(path, line, "numbered", row["numbered"], ("always", "often")) == "always"
        for line, row in rows
    }


@cache
def _document_ends() -> frozenset[str]:
    """Words that may stand right before a document's number."""
    return frozenset({phrase.split()[-1] for phrase in documents()} | {"số", "ương", "tw"})


def not_a_figure(look: Look, counts: str | None) -> Found:
    """(class, reason) of a numeral that cannot be a quantity, or None. `counts`: the unit of a noun right behind it.

    Reasons are short sentences for the analyst.
    """
    shape, text = look.shape, look.token.text
    if shape is _NUMBER and look.before and _nothing_touches(look, text):
        return _clock(look) if len(text) <= 2 else None
    if shape is not _NUMBER or "." in text:
        if found := _joined(look, counts):
            return found
    elif len(text) <= 2 and (found := _clock(look) or _day_or_month(look)):
        return found
    if found := _document(look, counts) or _glued(look):
        return found
    if len(text) == 4 and (found := _year(look, counts)):
        return found
    return _in_time(look) or _ordinal(look, counts) or _phone(look)


def _nothing_touches(look: Look, text: str) -> bool:
    """No word and no sign beside the number that any rule looks for: so it is with most counts."""
    (ahead, behind), glued = _touching(), look.ahead[-1:]
    return not (
        look.last in ahead
        or look.following.partition("/")[0] in behind
        or glued.isalpha()
        or glued in ("-", "/")
        or look.rest[:1] in ("-", "/")
        or look.last.endswith(":")
        or (_short_in_time(look) if len(text) <= 2 else _long_in_time(text))
    )


def _short_in_time(look: Look) -> bool:
    """Beside one or two digits: an age, or how often something happens."""
    return look.rest.startswith(("tuổi", "t.")) or look.before.endswith("/")


def _long_in_time(text: str) -> bool:
    """Three digits or more that may be a date, a year or a telephone number; a dot before three digits groups thousands."""
    if text[0] == "0" or (len(text) == 4 and text[:2] in ("19", "20") and text.isdecimal()):
        return True
    return "." in text and len(text) <= 7 and text[-4:-3] != "."


@cache
def _touching() -> tuple[frozenset[str], frozenset[str]]:
    """The words that a rule may look for right before a number, and those right behind it."""
    ahead = {word for cue in _CUES if cue != "duration" for word in cues()[cue].phrases}
    behind = {*cues()["duration"].phrases, "lần", "kỳ", "số", "tuổi", "t", "trang"}
    return frozenset(ahead | _document_ends() | {"gmt"}), frozenset(behind)


def _joined(look: Look, counts: str | None) -> Found:
    """Tokens of several numbers: days, months of a year, years of a period, fractions of a thing."""
    text = look.token.text
    parts = _PARTS.split(text)
    if all(part.isdigit() for part in parts):
        if len(parts) == 3 and _is_day(parts):
            return "date", "a day, month and year"
        if len(parts) == 2 and (found := _two_parts(look, parts, counts)):
            return found
    if _YEARS.fullmatch(text):
        return "date", "two years of a period"
    if look.shape is _SLASHED and (_PAGE.match(look.behind) or re.fullmatch(r"[1-9]/[1-9]", text)):
        return "other", "a fraction of a thing"
    return None


def _is_day(parts: list[str]) -> bool:
    day, month, year = (int(part) if len(part) <= 4 else 0 for part in parts)
    return bool(len(parts[2]) in (2, 4) and make(year + 2000 * (len(parts[2]) == 2), month, day))


def _two_parts(look: Look, parts: list[str], counts: str | None) -> Found:
    """ "6/2016", "tháng 6.2016", "ngày 31.5"; but "7/11 huyện" are so many of so many, and "từ 1.5 đến 2.5" numbers."""
    first, second = (int(part) if len(part) <= 4 else 0 for part in parts)
    separator = look.token.text[len(parts[0])]
    dayish = cues()["day"].end(look) or look.before.endswith("(")
    if separator == "." and first <= 12 and second <= 31:
        dayish = cues()["of_month"].end(look) or look.last in _TIMES_OF_DAY
    if _YEAR.fullmatch(parts[1]) and len(parts[0]) <= 2 and 1 <= first <= 12:
        sure = cues()["month"].end(look) or (not counts and (separator == "/" or dayish))
        return ("date", "a month and year") if sure else None
    # "đến 7/11 huyện" are so many of so many; "ngày 30/4 công đoàn …" and "từ 1/6 công nhân …" are days.
    of_many = counts and counts != "person" and first <= second and look.last in _LOOSE
    if of_many or _COUNTED.match(look.behind):
        return None
    if dayish and max(map(len, parts)) <= 2 and make(2000, second, first):
        return "date", "a day and month"
    return None


def _clock(look: Look) -> Found:
    if look.behind[:1] in (":", "h", "g", " ") and _CLOCK.match(look.behind):
        return "date", "a time of day"
    if look.before[-1:] in (":", "h", "g", "ờ") and _CLOCK_AHEAD.search(look.ahead):
        return "date", "a time of day"
    return ("date", "a time zone") if look.before.rstrip(" +").endswith("gmt") else None


def _day_or_month(look: Look) -> Found:
    if cues()["month"].end(look) or cues()["of_month"].end(look):
        return "date", "a day, month or quarter"
    return None


def _document(look: Look, counts: str | None) -> Found:
    if look.behind[:2].lstrip()[:1] in ("-", "/") and _DOC_CODE.match(look.behind):
        return "doc_ref", "the number of a document, before its code"
    if look.last.rstrip(":") not in _document_ends() or look.shape is _SLASHED:
        return None
    if _YEAR.fullmatch(look.token.text) or _COUNTED.match(look.behind):
        return None
    kind = _DOC_TAIL.sub("", look.ahead)
    counted = counts and look.last.rstrip(":") != "số"
    if any(_ends(kind, phrase) and (always or not counted) for phrase, always in documents().items()):
        return "doc_ref", "the number of a document, after its kind"
    return None


def _glued(look: Look) -> Found:
    if not look.ahead or not (look.ahead[-1].isalpha() or (look.ahead[-1] == "-" and look.ahead[-2:-1].isalpha())):
        return None
    if look.token.text == "2" and _AREA.search(look.last):
        return "other", "the exponent of an area unit"
    if look.last in ("usd", "vnd", "vnđ"):
        return None
    return "other", "part of a name"


def _year(look: Look, counts: str | None) -> Found:
    if not _YEAR.fullmatch(look.token.text):
        return None
    if cues()["year_only"].end(look) or _YEAR_RANGE_AHEAD.search(look.ahead) or _YEAR_RANGE.match(look.behind):
        return "date", "a year"
    after_cue = cues()["year"].end(look) or _OTHER_YEAR_AHEAD.search(look.ahead)
    if after_cue and not _WORD.match(look.behind):
        return "date", "a year"
    if _BARE_YEAR_BEHIND.match(look.behind) or (after_cue and _YEAR_GOES_ON.match(look.behind)):
        return "date", "a year"
    plain = not counts and not _SCALED.match(look.behind) and look.last not in _HEDGED
    return ("date", "a year, for nothing behind it is counted") if plain and _FUNCTION.match(look.behind) else None


_YEAR_RANGE = re.compile(r"\s*-\s*(?:19|20)[0-9]{2}(?![0-9.,])")
_YEAR_RANGE_AHEAD = re.compile(r"(?:19|20)[0-9]{2}\s*-\s*$")
_OTHER_YEAR_AHEAD = re.compile(r"(?:tháng [0-9]{1,2}\s?[-/.,]?|quý [ivx0-9]+\s?[-/,]?|[,(])\s*$")
_WORD = re.compile(r"\s*(?:%|[^\W\d_])")


def _in_time(look: Look) -> Found:
    """Lengths of time, how often something happens, ages."""
    if _AGE.match(look.behind) and "," not in look.token.text and "bình quân" not in look.ahead:
        return "other", "an age"
    if look.behind.startswith(("/", " /")) and _PER.match(look.behind) and _PER_AHEAD.search(look.behind[:12]):
        return "other", "how often something happens"
    if look.following == "lần" and look.last in _SPANS:
        return "other", "how often something happens"
    if look.before.endswith("/") and _PER_AHEAD.search(look.ahead):
        return "other", "how often something happens"
    length = _length_of_time(look)
    if length and _FREQUENCY.match(look.behind):
        return "other", "how often something happens"
    return ("duration", "a length of time") if length == "duration" else None


def _length_of_time(look: Look) -> str:
    """ "duration" or "often" for a word of time behind the number; "" for another."""
    word = look.following.partition("/")[0]
    if word in ("lần", "kỳ", "số"):
        return "often"
    # "từ 1.500 năm 2018 lên 3.000 năm 2023"; but "trong 2 năm 2018, 2019" are two years.
    if word == "năm" and len(look.token.text) > 2 and _OF_YEAR.match(look.behind):
        return ""
    phrases = cues()["duration"].phrases.get(word, ())
    behind = look.rest
    if look.shape in (_NUMBER, _RANGE) and any(_begins(behind, phrase) for phrase in phrases):
        return "" if behind.startswith(("ngày công", "giờ công")) and "ngày công lao" not in behind[:14] else "duration"
    return ""


def _begins(text: str, phrase: str) -> bool:
    return text.startswith(phrase) and not text[len(phrase) : len(phrase) + 1].isalnum()


def _ordinal(look: Look, counts: str | None) -> Found:
    if not look.before and _LISTED.match(look.behind):
        return "ordinal", "the number of a list or a heading"
    if not _COUNTED.match(look.behind) and (
        cues()["ordinal"].end(look) or (not counts and cues()["numbered"].end(look))
    ):
        return "ordinal", "a rank, an edition or a list number"
    if look.last == "số" and _numbered(look):
        return "ordinal", "the number of a school, a quarter or another of many"
    if not counts and cues()["place"].end(look):
        return "ordinal", "the number of a ward, a hamlet or a team"
    if look.shape is _SLASHED and _RANKED.search(look.ahead):
        return "ordinal", "a rank among so many"
    return None


def _numbered(look: Look) -> bool:
    """ "trường mầm non số 2": one of many of a kind stands before "số"."""
    ahead = look.before[: -len("số")].rstrip()
    clause = ahead[max(ahead.rfind("."), ahead.rfind(";"), ahead.rfind(",")) + 1 :][-_NAMED:]
    return any(_holds(clause, word) for words in cues()["named"].phrases.values() for word in words)


def _holds(text: str, phrase: str) -> bool:
    at = text.find(phrase)
    return at >= 0 and not text[at - 1 : at].isalnum() and not text[at + len(phrase) : at + len(phrase) + 1].isalnum()


def _phone(look: Look) -> Found:
    text = look.token.text
    if text[0] == "0" and sum(map(str.isdigit, text)) >= 9:
        return "other", PHONE
    if look.last.rstrip(":.") in cues()["phone"].phrases and cues()["phone"].end(
        Look(look.token, look.before.rstrip(":."), "")
    ):
        return "other", PHONE
    return None
