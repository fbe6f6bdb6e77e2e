"""What the names of places in an article mean: which place, and whether a figure can be of it."""

import re
from collections import Counter
from typing import NamedTuple

from analysis.extract.folding import Folded
from analysis.extract.gazetteer import Named, read_names
from analysis.extract.phrases import CAPITALS
from analysis.reference.places import named

# What a name is to its sentence. A figure can be of SCOPE, WHOLE and OWN only.
SCOPE = "scope"
WHOLE = "whole"  # all of a place, in so many words: "toàn tỉnh", "cả nước"
OWN = "own"  # the article's own province or district: "LĐLĐ tỉnh", "huyện"
ASIDE = "aside"  # compared with, partner, origin, way: "so với Hà Nội"
NAMESAKE = "namesake"  # a company, school or street of that name: "đường Hà Nội"
NATIONAL = "national"  # a national organisation: "Tổng LĐLĐ Việt Nam"


class Mention(NamedTuple):
    """A place at a folded span. `head`: where its words of level start. `level`: country, province, district, commune.

    `name` is None for the article's own province or district. `parent`: the province of a district, where known.
    `sure`: words of level or an organisation's stand before it.
    """

    start: int
    end: int
    head: int
    name: str | None
    level: str
    parent: str | None
    role: str
    sure: bool = False


ORGANISATIONS = (
    "lđlđ", "liên đoàn lao động", "công đoàn", "cđ", "ubnd", "ủy ban nhân dân", "hđnd", "hội đồng nhân dân", "đảng bộ", "đảng ủy",
    "đoàn thanh niên", "hội nông dân", "hội phụ nữ", "hội lhpn", "hội liên hiệp phụ nữ", "hội cựu chiến binh", "hội chữ thập đỏ",
    "mttq", "ubmttq", "mặt trận tổ quốc", "bhxh", "bảo hiểm xã hội", "ban chấp hành", "bch", "ban thường vụ", "công an",
)  # fmt: skip
_ORGANISED = "|".join(ORGANISATIONS)
_ORGANISATION = re.compile(rf"(?<![^\W_])(?:{_ORGANISED}) +$")
_TAIL = re.compile(r'[^,;:()".!?\n]*[,;:()".!?\n]?')  # of reversed text, up to the last mark
_REACH = 80  # Characters before a name that may tell what bears it.
_EDGE = r"(?<![^\W_])"
# Heads of names. What stands between such a head and a place is part of the name, unless a word says where or whose.
_BEARERS = re.compile(
    rf"{_EDGE}(?:(?P<school>(?<!môi )(?<!thị )(?<!hội )(?<!hiện )(?<!công )trường|đại học|cao đẳng|học viện|thpt|thcs|"
    r"tiểu học|mầm non|mẫu giáo|ptdt\w*|công ty|tập đoàn|xí nghiệp|dntn|htx|hợp tác xã|nhà máy|kcn|khu công nghiệp|"
    r"cụm công nghiệp|ngân hàng|khách sạn|clb|câu lạc bộ)|đường|đại lộ|(?<!thành )(?<!khu )phố|quốc lộ|cao tốc|tuyến|"
    r"sân bay|cầu|sông|hồ|núi|đèo|vịnh|biển|ga|chợ|cảng|cửa khẩu|siêu thị|thủy điện|nhiệt điện|xi măng|cao su|gang thép|mía đường|xổ số|báo|"
    r"tạp chí|đài|chiến thắng|chiến dịch|cúp|thương hiệu|chè|gạo|bia|trận|quảng trường)"
    r"(?![^\W_])(?P<rest>.*)$"
)
_INSIDE = re.compile(
    rf"{_EDGE}(?:tại|ở|thuộc|trên|của|cho|và|với|đóng|trong|là|có|được|đã|đang|từ|nằm|do|đến|ủng hộ|hỗ trợ)(?![^\W_])"
)
_WAY = re.compile(r" [^\W\d_]+(?: [^\W\d_]+){0,2} ?- ?")  # "tuyến Hà Nội - Lào Cai": the way's far end
_ASIDE = re.compile(
    rf"{_EDGE}(?:so với(?: [^\W\d_]+){{0,3}}|hơn|kém|quê|quê ở|quê quán|sinh (?:ra )?(?:tại|ở)|đến từ|người|từ|về|đi|tới|"
    rf"lên|xuống|rời|ra|ủng hộ|đồng bào|(?:với|cùng|giữa|như)(?: (?:{_ORGANISED}|các|đoàn công tác|của|sở|lãnh đạo)){{0,3}}) +$"
)
_PERSON = re.compile(
    rf"{_EDGE}(?:(?:ông|bà|anh|chị|em|cháu|cô|chú|bác|thầy|liệt sĩ|anh hùng)|nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|"
    r"đặng|bùi|đỗ|ngô|dương|lý|đinh|lương|trịnh|đào|tô|trương|phùng|tạ|văn|thị|hữu) +$"
)
# A word at the start of a sentence is capitalised in any case.
_LONGER = re.compile(rf"[^\W_][,)\"]? (?P<word>[{CAPITALS}][^\W\d_]*) $")
_COUNTRY_SCOPE = re.compile(rf"{_EDGE}(?:tại|ở|khắp|trên|trong)\s+$|(?:^|[.!?:;,\n\"])\s*$")
_GENERAL = re.compile(r"(?:(?:cấp|các|tuyến|ngoài|một số|nhiều|mỗi|liên|hai|ba|phó|ở|[0-9]+|[0-9]+/[0-9]+) +)$")
_BEGINS = re.compile(rf"(?:^[\W_]*|[,;:().!?\n\"]\s*|{_EDGE}(?:là|riêng|và|như|với|gồm|theo|địa bàn)\s+)$")
_LIST_GAP = re.compile(  # A number is taken as a whole: "1,1,1" could be cut in more ways than there is time for.
    r"(?:[\s,;()/%&-]|(?>\d+(?:[.,]\d+)*)|(?:và|với|cùng|là|có|đạt|được|người|đảng viên|đoàn viên|cđcs|nhà|suất)(?![^\W_]))*+"
)


def _words_of(pattern: re.Pattern) -> frozenset[str]:
    """Every word in a pattern: a text that holds none of them cannot match, and a set tells so much faster."""
    return frozenset(re.findall(r"[^\W\d_]+", pattern.pattern))


_BEARER_WORDS, _ASIDE_WORDS = _words_of(_BEARERS), _words_of(_ASIDE)
_PERSON_WORDS, _GENERAL_WORDS, _ORGANISATION_WORDS = _words_of(_PERSON), _words_of(_GENERAL), _words_of(_ORGANISATION)


def _last_word(lower: str, at: int) -> str:
    """The word that ends right before a place in the text."""
    return lower[max(0, at - 14) : at - 1].rpartition(" ")[2] if lower[at - 1 : at] == " " else ""


def find_mentions(folded: Folded, province: str | None, communes: bool = False) -> list[Mention]:
    """The places that an article names, in order. `province`: that of its publisher, where known.

    A bare name of a district counts in an article that names its province, or in a list of districts. `communes`: they
    lie in the province without a district between (since July 2025), so that a figure can be of one.
    """
    names = [name for name in read_names(folded) if not _is_person(folded, name)]
    around = {place.name for name in names for place in name.places}
    sure = [_sure(folded, name, around) for name in names]
    provinces = Counter(place for mention in sure if mention and (place := _province_of(mention)))
    if province:
        provinces[province] += 1
    if not provinces:
        provinces.update(_by_votes([name for name, mention in zip(names, sure, strict=True) if not mention]))
    found: list[Mention] = []
    for name, known in zip(names, sure, strict=True):
        mention = known or _bare(folded, name, provinces, found[-1] if found else None)
        if mention:
            found.append(_within(mention, name, provinces))
    return [_as_district(mention, folded) for mention in found] if communes else found


def _as_district(mention: Mention, folded: Folded) -> Mention:
    """A commune that takes the part of a district where it, its union, committee or council does something: no mere venue.

    One that bears a province's name keeps its kind: "phường Hòa Bình".
    """
    if mention.level != "commune" or not (_organised(folded, mention.head) or _acts(folded.lower, mention.head)):
        return mention
    known = any(place.level == "province" for place in named(mention.name))
    name = f"{' '.join(folded.lower[mention.head : mention.start].split())} {mention.name}" if known else mention.name
    return mention._replace(name=name, level="district")


def _acts(lower: str, head: int) -> bool:
    """Whether a commune begins what is said: "Phường An Xuyên dẫn đầu với 4 chi bộ, kế đến là xã Năm Căn: 2 chi bộ"."""
    return _BEGINS.search(_ahead(lower, head)) is not None


def _province_of(mention: Mention) -> str | None:
    return mention.name if mention.level == "province" else mention.parent


def _by_votes(bare: list[Named]) -> list[str]:
    """The province of an article that names none: that of several of its districts, or of the only one."""
    plain = [name for name in bare if len(name.places) == 1 and not name.kind and not name.needs_level]
    parents = {name.name: name.places[0].parent for name in plain}
    votes = Counter(parents.values()).most_common(2)
    return [votes[0][0]] if len(votes) == 1 or (votes and votes[0][1] > votes[1][1]) else []


def _sure(folded: Folded, name: Named, around: set[str]) -> Mention | None:
    """What a name means by itself. `around`: the names of all places that the article's words may mean."""
    if name.name is None:
        return _unnamed(folded, name)
    if name.kind == "xã":
        return _mention(folded, name, _as_written(name.name), "commune", None)
    if name.kind:
        return _levelled(folded, name, around)
    wide = [place for place in name.places if place.level != "district"]
    if wide and not name.needs_level:
        return _mention(folded, name, wide[0].name, wide[0].level, None)
    return None


def _unnamed(folded: Folded, name: Named) -> Mention | None:
    """ "toàn tỉnh", "LĐLĐ huyện": a place that the words do not name."""
    if name.kind == "xã" or (not name.whole and _is_general(folded.lower, name.start)):
        return None
    level = "province" if name.kind == "tỉnh" else "district" if name.kind != "thành phố" else "city"
    return Mention(name.start, name.end, name.head, None, level, None, WHOLE if name.whole else OWN, True)


def _is_general(lower: str, start: int) -> bool:
    """ "các huyện", "5 huyện": not the article's own."""
    last = _last_word(lower, start)
    if last not in _GENERAL_WORDS and not last[:1].isdigit():
        return False
    return _GENERAL.search(lower[max(0, start - 12) : start]) is not None


def _levelled(folded: Folded, name: Named, around: set[str]) -> Mention | None:
    """ "thành phố Lào Cai" is the city, "tỉnh Lào Cai" the province, "thành phố Cần Thơ" a province that is a city."""
    fit = [place for place in name.places if place.kind == name.kind]
    if name.kind != "tỉnh":
        fit = fit or [place for place in name.places if place.level == "district"]
    if len({place.level for place in fit}) > 1:
        # Huế: a city in Thừa Thiên Huế until 2024, where the article names that province; else a city like a province.
        inner = [place for place in fit if place.level == "district" and place.parent in around]
        fit = inner or [place for place in fit if place.level == "province"]
    if not fit:
        unknown = name.kind == "tỉnh" or not name.name or name.name.isdigit()
        return None if unknown else _mention(folded, name, _as_written(name.name), "district", None)
    parents = {place.parent for place in fit}
    parent = fit[0].parent if fit[0].level == "district" and len(parents) == 1 else None
    return _mention(folded, name, fit[0].name, fit[0].level, parent)


def _as_written(name: str) -> str:
    return name.title() if name.isupper() else name


def _bare(folded: Folded, name: Named, provinces: Counter, before: Mention | None) -> Mention | None:
    """A district without a word of level."""
    own = [place for place in name.places if place.level == "district" and place.parent in provinces]
    if not own or name.kind or name.name is None:
        return None
    organised = _organised(folded, name.head)
    listed = (
        before is not None
        and before.level == "district"
        and _LIST_GAP.fullmatch(folded.lower[before.end : name.start][:60]) is not None
    )
    if not (organised or listed) and (name.needs_level or _part_of_longer(folded, name)):
        return None
    place = max(own, key=lambda known: provinces[known.parent])
    return _mention(folded, name, place.name, "district", place.parent)


def _within(mention: Mention, name: Named, provinces: Counter) -> Mention:
    """A district of several provinces lies in that of the article."""
    if mention.level != "district" or mention.parent or mention.name is None:
        return mention
    own = [place.parent for place in name.places if place.name == mention.name and place.parent in provinces]
    parent = max(own, key=provinces.__getitem__) if own else None
    return mention._replace(parent=parent)


def _mention(folded: Folded, name: Named, shown: str, level: str, parent: str | None) -> Mention:
    sure = bool(name.kind) or _organised(folded, name.head)
    return Mention(name.start, name.end, name.head, shown, level, parent, _role(folded, name, level, sure), sure)


def _organised(folded: Folded, head: int) -> bool:
    if _last_word(folded.lower, head) not in _ORGANISATION_WORDS:
        return False
    return _ORGANISATION.search(folded.lower[max(0, head - 30) : head]) is not None


def _role(folded: Folded, name: Named, level: str, sure: bool) -> str:
    ahead = _ahead(folded.lower, name.head)
    if level == "country":
        scope = _COUNTRY_SCOPE.search(ahead)
        return NATIONAL if not scope else WHOLE if name.whole else SCOPE
    words = ahead.split()
    if (not _BEARER_WORDS.isdisjoint(words) or "ptdt" in ahead) and _bears(ahead, sure):
        return NAMESAKE
    if not _ASIDE_WORDS.isdisjoint(words) and _ASIDE.search(ahead):
        return ASIDE
    return WHOLE if name.whole else SCOPE


def _ahead(lower: str, head: int) -> str:
    """What stands before a place since the last mark: what bears a name or turns it aside is not behind one."""
    return _TAIL.search(lower[max(0, head - _REACH) : head][::-1]).group()[::-1]


def _bears(ahead: str, sure: bool) -> bool:
    """Whether a company, school or street bears the name. Words of level tell a place, except in the name of a school."""
    bearer = _BEARERS.search(ahead)
    if bearer is None or _INSIDE.search(bearer["rest"]):
        return False
    rest = bearer["rest"].strip()
    if bearer["school"]:
        return not sure or len(rest.split()) <= 3
    return not rest or (bool(_WAY.fullmatch(f" {rest}")) and not sure)


def _is_person(folded: Folded, name: Named) -> bool:
    if name.kind or _last_word(folded.lower, name.start) not in _PERSON_WORDS:
        return False
    return _PERSON.search(folded.lower[max(0, name.start - 12) : name.start]) is not None


def _part_of_longer(folded: Folded, name: Named) -> bool:
    """Whether another capitalised word stands directly before or behind it: "Cao su Việt Kim Sơn", "Kim Sơn Group"."""
    before = _LONGER.search(folded.text[max(0, name.start - 20) : name.start])
    if before and not (before["word"].isupper() and len(before["word"]) > 1):
        return True
    after = folded.text[name.end : name.end + 2]
    return len(after) == 2 and after[0] == " " and after[1].isupper() and not _is_in_capitals(folded.text, name)


def _is_in_capitals(text: str, name: Named) -> bool:
    """Whether a name stands in a line of capitals throughout, where those of the word behind it tell nothing."""
    end = text.find("\n", name.end)
    return text[text.rfind("\n", 0, name.start) + 1 : end if end >= 0 else len(text)].isupper()
