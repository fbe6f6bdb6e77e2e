"""Names of places in a text and the words of level before them, found in one pass: what stands there, not yet what is meant."""

import re
import unicodedata
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from analysis.extract.folding import Folded
from analysis.extract.matcher import Matcher
from analysis.extract.phrases import CAPITALS, key
from analysis.reference.places import Place, all_places, named

# Words before a name, and the kind of place that they make of it. Committees bear it in their own name ("Huyện ủy").
_KINDS = {
    "tỉnh": ("tỉnh", "tỉnh ủy", "tỉnh đoàn", "tỉnh hội"),
    "thành phố": ("thành phố", "tp", "thành ủy", "thành đoàn", "thành hội"),
    "thị xã": ("thị xã", "tx", "thị ủy", "thị đoàn"),
    "quận": ("quận", "quận ủy", "quận đoàn"),
    "huyện": ("huyện", "huyện ủy", "huyện đoàn", "huyện hội", "huyện đảo"),
    "xã": ("xã", "phường", "thị trấn", "đặc khu"),
}
_WHOLE = ("toàn", "cả", "trong", "khắp", "trong toàn", "trên địa bàn", "địa bàn", "trên toàn")
_COUNTRY_WORDS = frozenset(("cả nước", "toàn quốc"))

_CAPITAL = rf"[{CAPITALS}][^\W\d_]*(?:'[^\W\d_]+)?"
_NAME = re.compile(rf"{_CAPITAL}(?: {_CAPITAL}){{1,3}}|[1-9][0-9]?(?![0-9]|[.,/][0-9])")
_GAP = re.compile(r"[ .:]*")


class Named(NamedTuple):
    """A name, or a word of level without one, at a folded span.

    `head`: where the words of level before the name start, else `start`. `kind`: the level that they give ("huyện"), or "".
    `whole`: they say "all of" ("toàn tỉnh"). `places`: what the table knows by the name. `name` is None where none stands.
    `needs_level`: the name has other meanings besides, so that without a word of level it is no place.
    """

    start: int
    end: int
    head: int
    kind: str
    whole: bool
    name: str | None
    places: tuple[Place, ...]
    needs_level: bool = False


class _Level(NamedTuple):
    kind: str
    whole: bool = False


class _Known(NamedTuple):
    places: tuple[Place, ...]


@cache
def _matcher() -> Matcher:
    meanings: dict[str, _Level | _Known] = {}
    for place in all_places():
        bare = place.bare
        for spelling in (bare, *place.spellings[1:]):
            if not bare.isdigit():
                known = meanings.get(key(spelling), _Known(()))
                meanings[key(spelling)] = _Known(tuple(dict.fromkeys((*known.places, place))))
    for kind, words in _KINDS.items():
        meanings |= {word: _Level(kind) for word in words}
        if kind != "xã":
            meanings |= {f"{whole} {words[0]}": _Level(kind, whole=True) for whole in _WHOLE}
    return Matcher(meanings)


def read_names(folded: Folded) -> list[Named]:
    """Every name that the table knows and every word of level, in order; of overlapping names the longest."""
    known: dict[int, tuple[int, tuple[Place, ...]]] = {}
    levels: list[tuple[int, int, _Level]] = []
    name_end = level_end = 0
    for start, end, meaning in _matcher().find(folded):
        if isinstance(meaning, _Level):
            if start >= level_end:
                levels.append((start, end, meaning))
                level_end = end
        elif start >= name_end and _is_name(folded, start, end):
            known[start] = (end, meaning.places)
            name_end = end
    found = _levelled(folded, known, levels)
    found += [
        Named(start, end, start, "", folded.lower[start:end] in _COUNTRY_WORDS, *_shown(folded, start, end, places))
        for start, (end, places) in known.items()
    ]
    return sorted(found, key=itemgetter(0))


def _is_name(folded: Folded, start: int, end: int) -> bool:
    """Capitals throughout ("Thống nhất ý chí" is no district), except in words for the country."""
    words = folded.text[start:end].split()
    return (
        not any(word[0].islower() and word not in ("tp", "tp.") for word in words)
        or " ".join(words).lower() in _COUNTRY_WORDS
    )


def _shown(folded: Folded, start: int, end: int, places: tuple[Place, ...]) -> tuple[str, tuple[Place, ...], bool]:
    return folded.text[start:end], places, folded.lower[start:end] in _ambiguous()


@cache
def _ambiguous() -> frozenset[str]:
    """The names that need a word of level, with and without accents; a province's other aliases ("TP HCM") do not."""
    needing = [place for place in all_places() if place.needs_level]
    return frozenset(
        key(spelling) for place in needing for spelling in place.spellings if _plain(spelling) == _plain(place.name)
    )


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _levelled(folded: Folded, known: dict, levels: list[tuple[int, int, _Level]]) -> list[Named]:
    """The words of level, each with the name behind it; such a name is taken out of `known`."""
    found = []
    text = folded.text
    for head, end, level in levels:
        start = _GAP.match(text, end).end()
        if start in known:
            name_end, places = known.pop(start)
            found.append(
                Named(start, name_end, head, level.kind, level.whole, *_shown(folded, start, name_end, places))
            )
        elif not text[head:end].isupper() and _begins_name(text, start) and (match := _NAME.match(text, start)):
            found.append(_unknown(folded, head, match, level))
        else:
            found.append(Named(head, end, head, level.kind, level.whole, None, ()))
    return found


def _begins_name(text: str, start: int) -> bool:
    """Few words behind "tỉnh" or "huyện" do; a look at one character is ten times faster than a match that fails."""
    first = text[start : start + 1]
    return first.isupper() or first.isdigit()


def _unknown(folded: Folded, head: int, match: re.Match, level: _Level) -> Named:
    """A name that the table does not know: a commune, or a district of another time. Numbers name districts of a city."""
    name, end = match.group(), match.end()
    if name.isdigit():
        if level.kind != "quận":
            return Named(head, match.start(), head, level.kind, level.whole, None, ())
        name = f"Quận {name}"
    known = named(name) if name.startswith("Quận ") else ()
    return Named(match.start(), end, head, level.kind, level.whole, name, known)
