"""Where a figure applies: the narrowest place that its words or the article's opening give, and its body if narrower."""

import re
from dataclasses import dataclass
from functools import cache

from analysis.extract.folding import Folded
from analysis.extract.phrases import CAPITALS, key, pattern, spaced
from analysis.reference.places import bodies, places

_RANK = {"country": 0, "province": 1, "district": 2}
_CAPITAL = rf"[{CAPITALS}][^\W\d_]*"
# "huyện X", "Quận đoàn Y": a district that the table does not know is named by its article. Two capitals make a name.
_NAME = rf"{_CAPITAL}(?: {_CAPITAL}){{0,2}}"
_DISTRICT = re.compile(
    rf"(?i:(?<![^\W_])(?:(?:huyện|quận|thị xã|thành phố)(?: ủy)? |tp\.? ?))(?P<name>{_NAME})"
    rf"|(?i:(?<![^\W_])(?:quận|huyện) đoàn )(?P<name2>{_NAME})"
)
_TITLED = re.compile(
    rf"\s*(?i:huyện |quận |thị xã |thành phố )?(?P<name>{_CAPITAL}(?: {_CAPITAL}){{0,3}}) \((?i:tỉnh )?(?P<province>[^()0-9]{{4,30}})\)"
)


@dataclass(frozen=True)
class Mention:
    """A place named at a folded span."""

    start: int
    end: int
    name: str
    level: str


@cache
def _gazetteer() -> tuple[re.Pattern, dict[str, str]]:
    names = {key(spelling): place.name for place in places().values() for spelling in place.spellings}
    return re.compile(pattern(names)), names


def find_places(folded: Folded, start: int, end: int) -> list[Mention]:
    """The places named in a folded span, in order: those of the table, and districts that the words call so."""
    gazetteer, names = _gazetteer()
    found = []
    for match in gazetteer.finditer(folded.lower, start, end):
        shown = folded.text[match.start() : match.end()]
        if shown[0].islower() and not shown.lower().startswith(("thành phố", "toàn quốc", "cả nước", "tp")):
            continue
        name = names[spaced(match.group())]
        found.append(Mention(match.start(), match.end(), name, places()[name].level))
    for match in _DISTRICT.finditer(folded.text, start, end):
        group = "name" if match["name"] else "name2"
        name = match[group].title() if match[group].isupper() else match[group]
        if not any(m.start < match.end(group) and match.start(group) < m.end for m in found) and len(name.split()) > 1:
            found.append(Mention(match.start(group), match.end(group), name, "district"))
    return sorted(found, key=lambda mention: mention.start)


def article_place(folded: Folded, opening: list[tuple[int, int]], rest: list[tuple[int, int]]) -> str | None:
    """The place that an article is about.

    The narrowest place of its title, or else of its lead (`opening`); or else the province named most often in the rest,
    the earliest where two are named as often; or else the country. Several districts of one level tell of an event, and
    give way to the province around them.
    """
    if opening and (name := titled_place(folded, opening[0])):
        return name
    for span in opening:
        mentions = _inner(folded, span)
        if mentions:
            return _narrowest(mentions)
    mentions = [m for span in rest for m in _inner(folded, span)]
    provinces = [name for m in mentions if (name := m.name if m.level == "province" else _parent(m.name))]
    if provinces:
        return max(dict.fromkeys(provinces), key=provinces.count)
    everywhere = (
        m for span in (*opening, *rest) for m in find_places(folded, *span) if not _is_organisation(folded, m)
    )
    return next((m.name for m in everywhere), None)


def _inner(folded: Folded, span: tuple[int, int]) -> list[Mention]:
    return [m for m in find_places(folded, *span) if m.level != "country"]


def _narrowest(mentions: list[Mention]) -> str:
    narrow = max(_RANK[m.level] for m in mentions)
    names = list(dict.fromkeys(m.name for m in mentions if _RANK[m.level] == narrow))
    wider = [m.name for m in mentions if _RANK[m.level] < narrow]
    if len(names) > 1:
        return wider[0] if wider else _parent(names[0]) or names[0]
    return names[0]


def titled_place(folded: Folded, title: tuple[int, int]) -> str | None:
    """The place that a title opens with, in the press's way: "Hiệp Hòa (Bắc Giang): …" is the district in that province."""
    match = _TITLED.match(folded.text, *title)
    within = find_places(folded, match.start("province"), match.end("province")) if match else []
    return match["name"] if within and within[0].level == "province" else None


def _parent(name: str) -> str | None:
    place = places().get(name)
    return place.parent if place and place.level == "district" else None


def _is_organisation(folded: Folded, mention: Mention) -> bool:
    """ "Tổng LĐLĐ Việt Nam", "Đảng Cộng sản Việt Nam" name national organisations, not the place of a figure."""
    ahead = folded.lower[max(0, mention.start - 30) : mention.start]
    return mention.level == "country" and bool(
        re.search(r"(?:lđlđ|liên đoàn lao động|cộng sản|tổ quốc|đoàn thanh niên|hội)\s+$", ahead)
    )


def sentence_places(folded: Folded, sentence: tuple[int, int]) -> list[Mention]:
    """The places that a sentence names, without national organisations."""
    return [m for m in find_places(folded, *sentence) if not _is_organisation(folded, m)]


def figure_place(folded: Folded, named: list[Mention], item, default: str | None) -> str | None:
    """The place of a figure: one that its own clause or the sentence's subject names inside the article's place.

    `named`: the places of its sentence; `item`: an extract.figures.Item.
    """
    start, clause, sentence_start = item.start, item.clause, item.sentence[0]
    mentions = [m for m in named if m.end <= start]
    own = [m for m in mentions if m.start >= clause[0] and m.level == "district"]
    if own and _adjoins(folded.lower, own[-1].end, start) and len({m.name for m in own}) == 1:
        return own[-1].name
    subject = [m for m in mentions if m.level != "country" and _opens(folded.lower, sentence_start, m)]
    if (
        len({m.name for m in subject}) == 1
        and len({m.name for m in mentions}) == 1
        and _may_override(subject[0].name, default)
    ):
        return subject[0].name
    return default


def _adjoins(lower: str, end: int, start: int) -> bool:
    """Nothing but a few joining words stands between a place and the number: "Ninh Sơn 45,16%", "Ninh Sơn là 12"."""
    return bool(re.fullmatch(r"[\s:,]*(?:(?:là|có|đạt|được|với|cũng|trên|hơn|gần)\s*){0,2}", lower[end:start]))


def _opens(lower: str, sentence_start: int, mention: Mention) -> bool:
    return bool(
        re.fullmatch(
            r"(?:riêng|tại|ở|tính riêng|toàn)?\s*(?:huyện|quận|thị xã|thành phố|tp\.?|tỉnh)?\s*",
            lower[sentence_start : mention.start],
        )
    )


def _may_override(name: str, default: str | None) -> bool:
    """A district inside the article's province may; the province of a district's article may not."""
    return default is None or name not in places() or places()[name].parent == default


@dataclass(frozen=True)
class BodyWords:
    """The pattern of an article's bodies, ready to search."""

    pattern: re.Pattern | None
    names: dict[str, str]


def body_words(folded: Folded) -> BodyWords:
    """The bodies whose words an article uses."""
    names = {key(b.phrase): b.body for b in bodies() if not b.needs or key(b.needs) in folded.lower}
    return BodyWords(re.compile(pattern(names)) if names else None, names)


# A sentence whose subject is the unions speaks of the whole place again.
_UNIONS = re.compile(r"(?:lđlđ|liên đoàn lao động|các cấp công đoàn|công đoàn|hai bên)(?![^\W_])")
_OPENING = 90


def subject_body(lower: str, words: BodyWords, sentence: tuple[int, int], carried: str | None) -> str | None:
    """The body that a sentence is about: the subject in its opening, or the one that the sentences before it leave.

    A sentence whose subject is the unions is about the place as a whole again.
    """
    if words.pattern is None:
        return None
    opening = (sentence[0], min(sentence[1], sentence[0] + _OPENING))
    unions = _UNIONS.search(lower, *opening)
    subject = next((m for m in words.pattern.finditer(lower, *opening) if _subject_like(lower, m)), None)
    if unions and (subject is None or unions.start() < subject.start()):
        return None
    return _body_name(words, subject) if subject else carried


def figure_body(lower: str, words: BodyWords, clause: tuple[int, int], subject: str | None) -> str | None:
    """The body that a figure covers: one named in its own clause, or its sentence's `subject`."""
    if words.pattern is None:
        return None
    own = [m for m in words.pattern.finditer(lower, *clause) if _subject_like(lower, m)]
    return _body_name(words, own[-1]) if own else subject


def _body_name(words: BodyWords, match: re.Match) -> str:
    return words.names[spaced(match.group())]


def _subject_like(lower: str, match: re.Match) -> bool:
    """Not "phối hợp với Đảng ủy Khối", where the body only helps."""
    return not re.search(r"(?:với|cùng|cho|giữa|của|trình)\s+$", lower[max(0, match.start() - 10) : match.start()])
