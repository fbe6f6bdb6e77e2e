"""Where a figure applies: the narrowest place that its clause, its sentence, its paragraph or its article gives."""

import re
from bisect import bisect_left
from operator import attrgetter
from typing import NamedTuple

from analysis.extract.bodies import BodyWords, body_words, figure_body, subject_body
from analysis.extract.communes import figure_commune, has_two_tiers
from analysis.extract.folding import Folded
from analysis.extract.home import home_of, is_dateline, province_in
from analysis.extract.mentions import ORGANISATIONS, OWN, SCOPE, WHOLE, Mention, find_mentions
from analysis.extract.venues import is_local, is_meeting, is_met_with, is_received, is_venue, refers_back
from analysis.reference.places import named

__all__ = ["ArticlePlaces", "BodyWords", "Scope", "body_words", "figure_body", "figure_commune", "figure_place", "read_places",
           "sentence_scope", "subject_body"]  # fmt: skip

Span = tuple[int, int]
_EDGE = r"(?<![^\W_])"
# Between a place and the number that is its own: "Ninh Sơn 45,16%", "Bảo Yên: 120", "Bát Xát (95", "Văn Bàn với 12".
_ADJOINS = re.compile(
    r"[\s:,(|-]*(?:(?:là|có|đạt|được|với|cũng|trên|hơn|gần|khoảng|chiếm|kết nạp|tăng|giảm|còn|hiện|đã|ước|chỉ|thêm|mới|tổng số|"
    r"toàn huyện|dẫn đầu|nhiều nhất)[\s,:]*){0,4}"
)
_JOINT = re.compile(r"\s*(?:,|và|với|cùng|-|,\s*và)\s*(?:(?:các|của|lđlđ|công đoàn)\s+)*")
_QUALIFIES = re.compile(r"\s*(?:,|\(|-|thuộc|của)?\s*")
_BETWEEN = 40  # Characters between a district and the province that it lies in: a mark, a word, some blanks.
_STEPS = 40  # Characters between a figure's noun and a place without "in" or "of"; beyond it they say something else.
_REACH = 80
_START = attrgetter("start")
_WHERE = re.compile(
    rf"{_EDGE}(?:ở|tại|thuộc|trên địa bàn|trên|trong|của|cho|về)(?: [^\W\d_]+){{0,4}}\s*$|{_EDGE}(?:{'|'.join(ORGANISATIONS)})\s+$"
)
_STRICTLY = re.compile(rf"{_EDGE}(?:ở|tại|thuộc|trên địa bàn|trên|trong)(?: [^\W\d_]+){{0,2}}\s*$")
_STOPS = re.compile(r"[,;:.!?|]|\bso với\b")
_LEVELS = r"huyện|quận|thị xã|thành phố|tp|tỉnh|địa bàn|đơn vị|các|cấp|khối|toàn|thể|trong|trên"
_TIME = r"(?:(?:năm|trong|tính|từ|giai đoạn|đến|tới|quý|tháng|sau|hết|cuối|đầu|nhiệm kỳ|qua|\d)[^.;:]{0,70}?,\s*)?"
_OPENS = re.compile(
    rf"[\s\"*+•-]*(?:{_TIME}(?:(?:riêng|tại|ở|đối với|theo|còn|tiêu biểu|điển hình|như|là|in|at)\s+){{0,3}}"
    rf"|[^.;:]{{0,70}}?,\s*)(?:(?:{'|'.join(ORGANISATIONS)}|{_LEVELS})\s+)*"
)
_LAST_WORDS = frozenset(re.findall(r"[^\W\d_]+", _OPENS.pattern))  # A set tells faster than a pattern that fails.
_DAYS = re.compile(rf"{_EDGE}(?:ngày|sáng|chiều|tối|hôm|vừa qua|mới đây)(?![^\W_])")
_VENUE = re.compile(rf"{_EDGE}(?:tại|ở)(?![^\W_])")
_EXAMPLE = re.compile(
    rf"{_EDGE}(?:riêng|tiêu biểu|điển hình|như|theo|so với|dẫn đầu|đứng đầu|(?:cao|nhiều|thấp|tốt) nhất)(?![^\W_])"
)
_RESUMES = re.compile(
    r"[\s\"-]*(?:các cấp công đoàn|tính chung|nhìn chung|tổng cộng|tổng số|đến nay, toàn|công đoàn các cấp)(?![^\W_])"
)


class ArticlePlaces(NamedTuple):
    """The places of an article: its own (`home`), that one's province, and in order all that a figure can be of.

    `communes`: those inside districts, which are no places of their own in the tables.
    """

    lower: str
    home: str | None
    province: str | None
    mentions: list[Mention]
    starts: list[int]
    communes: list[Mention]


class Scope(NamedTuple):
    """The places that a sentence names, and the place of its figures that have none of their own, with the rule's name.

    `carried`: the place that the next sentence of the paragraph goes on with, None for the article's.
    """

    mentions: list[Mention]
    place: str | None
    rule: str
    carried: str | None


_HOME = "the article's own"
_VENUES = "where it took place"


def read_places(
    folded: Folded, opening: list[Span], rest: list[Span], publisher: str = "", published: str = ""
) -> ArticlePlaces:
    """The places of an article. `opening`: folded spans of its title and lead; `rest`: of its other lines.

    `published`: an ISO date, month or year, or "".
    """
    communes = has_two_tiers(folded.lower, published)
    found = find_mentions(folded, province_in(publisher), communes)
    home = home_of(folded.lower, found, opening, rest, publisher)
    province = _province(home, found)
    usable = _usable(folded.lower, found, home, province)
    inside = [mention for mention in found if mention.level == "commune" and mention.role == SCOPE]
    return ArticlePlaces(folded.lower, home, province, usable, [mention.start for mention in usable], inside)


def _province(home: str | None, mentions: list[Mention]) -> str | None:
    """The province of the article's own place: itself, or the one that its district lies in."""
    if home is None:
        return None
    rows = named(home)
    if any(place.level == "province" for place in rows):
        return home
    parents = [mention.parent for mention in mentions if mention.name == home and mention.parent]
    return parents[0] if parents else (rows[0].parent if len(rows) == 1 else None)


def _usable(lower: str, mentions: list[Mention], home: str | None, province: str | None) -> list[Mention]:
    """The mentions that a figure can be of, each with its name; a district with the province behind it is one."""
    found: list[Mention] = []
    for mention in mentions:
        if mention.role not in (SCOPE, WHOLE, OWN) or mention.level == "commune":
            continue
        name = mention.name or _unnamed(mention, home, province)
        if name is None:
            continue
        if found and _qualifies(lower, found[-1], mention):
            closed = mention.end + (lower[mention.end : mention.end + 1] == ")")
            found[-1] = found[-1]._replace(end=closed)
        else:
            found.append(mention if mention.name else mention._replace(name=name))
    return found


def _unnamed(mention: Mention, home: str | None, province: str | None) -> str | None:
    """What "toàn tỉnh" or "huyện" stands for; an article on a district speaks of its province only by "toàn tỉnh"."""
    if mention.level == "province":
        return province if home == province or mention.role == WHOLE else None
    if home == province and not (mention.level == "city" and home and named(home)[0].kind == "thành phố"):
        return None
    return home


def _qualifies(lower: str, before: Mention, mention: Mention) -> bool:
    """ "huyện Bảo Yên, tỉnh Lào Cai", "Hiệp Hòa (Bắc Giang)": the province only says where the district lies."""
    return (
        before.level == "district"
        and mention.level in ("province", "country")
        and mention.name is not None
        and before.parent in (None, mention.name)
        and mention.head - before.end <= _BETWEEN
        and bool(_QUALIFIES.fullmatch(lower, before.end, mention.head))
    )


def sentence_scope(places: ArticlePlaces, sentence: Span, before: Scope | None) -> Scope:
    """The places that a sentence names, and where its figures apply. `before`: the scope of the paragraph's last sentence."""
    first = bisect_left(places.starts, sentence[0])
    last = bisect_left(places.starts, sentence[1], first)
    mentions = places.mentions[first:last]
    carried = before.carried if before else None
    if not mentions and carried is None:
        back = _referred(places, sentence, first)
        return Scope([], back or places.home, _VENUES if back else _HOME, back)
    if carried and _RESUMES.match(places.lower, *sentence):
        carried = None
    if not mentions:
        rule = "carried over from a sentence before" if carried else _HOME
        return Scope([], carried or places.home, rule, carried)
    subject = _subject(places, sentence[0], mentions)
    if subject is None and (venue := _venue(places, sentence[0], mentions)):
        return Scope(mentions, venue, _VENUES, venue)
    if subject is None:
        gone = any(mention.name != carried for mention in mentions)
        kept = None if gone else carried
        return Scope(mentions, kept or places.home, "carried over" if kept else _HOME, kept)
    opening = places.lower[sentence[0] : min(subject.end + _STEPS, sentence[1])]
    alone = all(mention.name == subject.name for mention in mentions)
    goes_on = alone and subject.level != "country" and subject.name != places.home and not _EXAMPLE.search(opening)
    return Scope(mentions, subject.name, "the sentence's subject", subject.name if goes_on else None)


def _venue(places: ArticlePlaces, start: int, mentions: list[Mention]) -> str | None:
    """The single venue that a sentence opens with, of what those who belong there do or what is handed out there."""
    mention, lower = mentions[0], places.lower
    several = mentions[1:2] and mentions[1].level == mention.level and _joined(lower, mentions, 0)
    if several or not is_venue(lower, start, mention):
        return None
    return mention.name if is_local(lower, mention) or is_received(lower, mention) else None


def _referred(places: ArticlePlaces, sentence: Span, first: int) -> str | None:
    """The venue of the last sentence that names a place, where a later paragraph goes on about the same school or cell."""
    if not first or not refers_back(places.lower, *sentence):
        return None
    mention, lower = places.mentions[first - 1], places.lower
    start = max(lower.rfind("\n", 0, mention.head), lower.rfind(". ", 0, mention.head)) + 1
    return mention.name if is_venue(lower, start, mention) and is_local(lower, mention) else None


def _subject(places: ArticlePlaces, start: int, mentions: list[Mention]) -> Mention | None:
    """The place that a sentence is about: the first, where only words such as "at" or "the union of" stand before it."""
    for index, mention in enumerate(mentions[:2]):
        opening = places.lower[start : mention.head]
        if len(opening) > 2 * _REACH:
            return None
        if _opens(opening) and _may_rule(places, mention) and not is_dateline(places.lower, start, mention):
            met = is_venue(places.lower, start, mention) and is_meeting(places.lower, mention)
            return None if met or _joined(places.lower, mentions, index) else mention
    return None


def _opens(opening: str) -> bool:
    """Whether nothing but a time, an event or words such as "at" and "the union of" stand in a sentence's opening."""
    last = opening.rstrip().rpartition(" ")[2]
    match = None if last.isalpha() and last not in _LAST_WORDS else _OPENS.fullmatch(opening)
    if match is None:
        return False
    event = _DAYS.search(opening)
    return not (event and _VENUE.search(opening, event.end()))


def _may_rule(places: ArticlePlaces, mention: Mention) -> bool:
    """An article on a district speaks of its province, and any article of the country, only in so many words."""
    if mention.level == "country":
        return mention.role == WHOLE or places.lower[mention.start : mention.end] in ("cả nước", "toàn quốc")
    return mention.role == WHOLE or mention.name != places.province or places.home == places.province


def _joined(lower: str, mentions: list[Mention], index: int) -> bool:
    """Whether a place is one of several that share what is said: "Bảo Yên, Bát Xát và Văn Bàn"."""
    mention = mentions[index]
    ahead, behind = mentions[index - 1] if index else None, mentions[index + 1 : index + 2]
    return bool(ahead and ahead.name != mention.name and _JOINT.fullmatch(lower, ahead.end, mention.head)) or bool(
        behind and behind[0].name != mention.name and _JOINT.fullmatch(lower, mention.end, behind[0].head)
    )


def figure_place(places: ArticlePlaces, scope: Scope, item) -> tuple[str | None, str]:
    """The place of a figure and the rule that gave it. `item`: an extract.figures.Item with `start`, `end`,
    `clause` and `sentence`."""
    mentions = scope.mentions
    if not mentions:
        return scope.place, scope.rule
    after = bisect_left(mentions, item.start, key=_START)
    lower = places.lower
    if after:
        before = mentions[after - 1]
        if (
            item.start - before.end <= _REACH
            and not _is_venue(lower, item.sentence[0], before)
            and _ADJOINS.fullmatch(lower, before.end, item.start)
            and not _joined(lower, mentions, after - 1)
        ):
            return before.name, "named right before the figure"
    if after < len(mentions) and _behind(places, mentions, after, item):
        return mentions[after].name, "named behind the figure in its clause"
    if after and _leads(places, mentions, after - 1, item):
        return mentions[after - 1].name, "named before the figure in its clause"
    if after and (name := _part(places, mentions[:after], item)):
        return name, "what its part of the sentence is about"
    return scope.place, scope.rule


def _is_venue(lower: str, start: int, mention: Mention) -> bool:
    """ "Ngày 5/6, tại TP Trà Vinh, 165 đại biểu …": where they met on a day, not where the figure applies."""
    return (
        lower[mention.end : mention.end + 1] == ","
        and _DAYS.search(lower, start, mention.head) is not None
        and lower[start : mention.head].endswith(("tại ", "ở "))
    )


def _part(places: ArticlePlaces, mentions: list[Mention], item) -> str | None:
    """The place that the part of a sentence since its last semicolon is about: "…; công đoàn xã Bình Lư giới thiệu 36, …"."""
    border = places.lower.rfind(";", item.sentence[0], item.start)
    inner = [mention for mention in mentions if mention.start > border] if border >= 0 else []
    subject = _subject(places, border + 1, inner) if inner else None
    return subject.name if subject else None


def _behind(places: ArticlePlaces, mentions: list[Mention], index: int, item) -> bool:
    """ "200 đoàn viên ở huyện Bảo Yên", "15 sáng kiến của LĐLĐ huyện Bát Xát"."""
    mention, lower = mentions[index], places.lower
    if mention.end > item.clause[1] or mention.head - item.end > _REACH:
        return False
    gap = lower[item.end : mention.head]
    if "(" in gap and not (gap.rstrip().endswith("(") and lower[mention.end : mention.end + 1] == ")"):
        return False
    if _STOPS.search(gap) or not _may_rule(places, mention) or _joined(lower, mentions, index):
        return False
    if mention.level == "district":
        if is_met_with(lower, item.sentence[0], item.start, mentions[:index]):
            return False
        return bool(_WHERE.search(gap)) or (mention.sure and len(gap) <= _STEPS) or gap.endswith("(")
    return bool(_STRICTLY.search(gap)) or mention.name == places.home


def _leads(places: ArticlePlaces, mentions: list[Mention], index: int, item) -> bool:
    """ "huyện Bảo Yên vận động đoàn viên ủng hộ 120 triệu đồng": nothing but its own words up to the figure."""
    mention, lower = mentions[index], places.lower
    if mention.start < item.clause[0] or item.start - mention.end > _REACH:
        return False
    gap = lower[mention.end : item.start]
    narrow = mention.level == "district" or mention.role == WHOLE
    return narrow and not _STOPS.search(gap) and _may_rule(places, mention) and not _joined(lower, mentions, index)
