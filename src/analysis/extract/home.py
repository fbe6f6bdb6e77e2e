"""The place that an article is about: of its title, else its lead, else its publisher, else the one named most often."""

import re
from bisect import bisect_left
from functools import lru_cache
from operator import attrgetter

from analysis.extract.folding import fold
from analysis.extract.gazetteer import read_names
from analysis.extract.mentions import ASIDE, NAMESAKE, NATIONAL, OWN, SCOPE, WHOLE, Mention, find_mentions

_RANK = {"country": 0, "province": 1, "district": 2}
_EDGE = r"(?<![^\W_])"
_DASH = re.compile(r"\s*(?:\([^()]{1,30}\)\s*)?-\s")
_VENUE = re.compile(rf"{_EDGE}(?:tại|ở)\s+$")
CAPITAL = "Hà Nội"
_MORE = 2  # Lines behind the lead that may still tell: pages carry names of sites and sections above their titles.
_OWNERS = re.compile(
    r"(?:báo|đài|cổng|trang|hội|liên đoàn|công đoàn|đoàn|tỉnh đoàn|ban|sở|ubnd|ủy ban|lđlđ|đảng bộ|tỉnh ủy|huyện ủy)(?![^\W_])"
    r"[^:;,.!?0-9]{0,60}"
)
_TAILS = ("", "điện tử", "online", "newspaper")
_PUBLISHERS = 256  # Names kept with their place; an archive has fewer, and what nobody asks for again is dropped.
_START = attrgetter("start")

Span = tuple[int, int]


@lru_cache(maxsize=_PUBLISHERS)
def province_in(publisher: str) -> str | None:
    """The province that a publisher's name bears: "Báo Đồng Nai", "Cổng TTĐT huyện Hiệp Hòa"."""
    places = [place for name in read_names(fold(publisher)) for place in name.places]
    found = {place.name if place.level == "province" else place.parent for place in places if place.level != "country"}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=_PUBLISHERS)
def _publishers_place(publisher: str) -> str | None:
    mentions = [
        m for m in find_mentions(fold(publisher), province_in(publisher)) if m.level in ("province", "district")
    ]
    return _narrowest(mentions)


def home_of(lower: str, mentions: list[Mention], opening: list[Span], rest: list[Span], publisher: str) -> str | None:
    """The article's own place. `opening`: spans of title and lead, in order; `rest`: of its other lines."""
    scopes = [m for m in mentions if m.role in (SCOPE, WHOLE) and m.name and m.level in ("province", "district")]
    lines = [span for span in (*opening, *rest[:_MORE]) if not _is_of_page(lower, span)]
    heads = [span for span in lines if _is_masthead(lower, span, _inside(mentions, span))]
    title, *leads = [span for span in lines if span not in heads] or [(0, 0)]
    if name := _narrowest(_inside(scopes, title)):
        return name
    national = any(m.role == NATIONAL for m in _inside(mentions, title))
    wide = _speaks_of_province(_inside(mentions, title))
    for span in [span for span in leads if span in opening] if national else leads:
        inside = _inside(scopes, span)
        if any(m.role == NATIONAL for m in _inside(mentions, span)) and _meets(lower, inside, national):
            national = True
        elif name := _of_lead(lower, span, inside, wide):
            return name
    if national:
        return _country(mentions)
    return (
        (province_in(publisher) if wide else _publishers_place(publisher))
        or _narrowest([m for span in heads for m in _inside(scopes, span)])
        or _most_named([m for span in (*opening, *rest) for m in _inside(scopes, span)])
        or _fallback(mentions)
    )


def _is_of_page(lower: str, span: Span) -> bool:
    """Weather and menus, whose places are not the article's."""
    return lower.find("|", *span) >= 0 or lower.find("°c", *span) >= 0


def _is_masthead(lower: str, span: Span, mentions: list[Mention]) -> bool:
    """A line that only names the publisher."""
    last = mentions[-1] if mentions else None
    tail = lower[last.end : span[1]].strip(" .") if last else None
    return last is not None and tail in _TAILS and bool(_OWNERS.fullmatch(lower[span[0] : mentions[0].start].strip()))


def _inside(mentions: list[Mention], span: Span) -> list[Mention]:
    first = bisect_left(mentions, span[0], key=_START)
    return mentions[first : bisect_left(mentions, span[1], first, key=_START)]


def _narrowest(mentions: list[Mention]) -> str | None:
    """The narrowest place; several districts tell of an event and give way to the province around them.

    None for several provinces: what they share is the country, but one of them may still be the article's.
    """
    if not mentions:
        return None
    narrow = max(_RANK[m.level] for m in mentions)
    names = list(dict.fromkeys(m.name for m in mentions if _RANK[m.level] == narrow))
    if len(names) == 1:
        return names[0]
    wider = {m.name for m in mentions if m.level == "province"} | {m.parent for m in mentions if m.parent}
    return wider.pop() if narrow == 2 and len(wider) == 1 else None


def _speaks_of_province(title: list[Mention]) -> bool:
    """ "Toàn tỉnh …" in the title: the article is about the province, though its lead may name a district."""
    return any(m.name is None and m.level == "province" for m in title)


def _of_lead(lower: str, span: Span, mentions: list[Mention], wide: bool) -> str | None:
    """The place of a lead: of the organisation that it tells of, else the narrowest that is not merely where they met."""
    there = [m for m in mentions if _VENUE.search(lower[max(0, m.head - 8) : m.head]) or is_dateline(lower, span[0], m)]
    chosen = [m for m in mentions if m not in there] or mentions
    if wide:
        chosen = [m for m in chosen if m.level == "province"]
    return _narrowest(chosen)


def is_dateline(lower: str, start: int, mention: Mention) -> bool:
    """ "TÂN AN - Chín tháng đầu năm …": where the report was written."""
    return mention.level == "district" and mention.head == start and bool(_DASH.match(lower, mention.end))


def _meets(lower: str, mentions: list[Mention], national: bool) -> bool:
    """ "Tại Hà Nội, Tổng LĐLĐ Việt Nam …": where a national organisation met; in the capital, or anywhere if it has the title."""
    return bool(mentions) and all(
        (national or m.name == CAPITAL) and _VENUE.search(lower[max(0, m.head - 8) : m.head]) for m in mentions
    )


def _most_named(mentions: list[Mention]) -> str | None:
    provinces = [name for m in mentions if (name := m.name if m.level == "province" else m.parent)]
    return max(dict.fromkeys(provinces), key=provinces.count) if provinces else None


def _fallback(mentions: list[Mention]) -> str | None:
    """A single district without a known province, else the country, else the province in the name of a company."""
    districts = {m.name for m in mentions if m.level == "district" and m.role in (SCOPE, WHOLE, OWN) and m.name}
    if len(districts) == 1:
        return districts.pop()
    named = [m for m in mentions if m.role in (NAMESAKE, ASIDE)]
    return _country(mentions) or _most_named(named)


def _country(mentions: list[Mention]) -> str | None:
    return next((m.name for m in mentions if m.level == "country"), None)
