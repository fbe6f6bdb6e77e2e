"""Organisations and groups that are narrower than the unions of a place: whose figures they are, and whose not."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from analysis.extract.folding import Folded
from analysis.extract.matcher import Matcher
from analysis.extract.phrases import key
from analysis.reference.places import bodies

Span = tuple[int, int]
# A sentence whose subject is the unions speaks of the whole place again.
_UNIONS = re.compile(r"(?<![^\W_])(?:lđlđ|liên đoàn lao động|các cấp công đoàn|công đoàn|hai bên)(?![^\W_])")
_LABOUR = re.compile(r"(?<![^\W_])(?:lđlđ|liên đoàn lao động)(?![^\W_])")
_HELPER = re.compile(r"(?:với|cùng|cho|giữa|của|trình)\s+$")
_OPENING = 90


@dataclass(frozen=True)
class BodyWords:
    """Where an article names bodies, in order: start, end, and how tables call the body. `own`: the one it is about."""

    hits: list[tuple[int, int, str]]
    starts: list[int]
    own: str | None = None


@cache
def _matcher() -> Matcher[tuple[str, str]]:
    """The phrases with their body, and the phrase that must stand somewhere in the article besides."""
    return Matcher({body.phrase: (body.body, key(body.needs)) for body in bodies()})


def body_words(folded: Folded, titles: Iterable[Span] = ()) -> BodyWords:
    """The bodies that an article names, the longest phrase where several overlap.

    The first body in its title is the one that the article is about, unless the unions of the place stand before it.
    """
    hits: list[tuple[int, int, str]] = []
    end = 0
    met = {"": True}
    for start, last, (body, needs) in _matcher().find(folded):
        if needs not in met:
            met[needs] = needs in folded.lower
        if start >= end and met[needs]:
            hits.append((start, last, body))
            end = last
    words = BodyWords(hits, [hit[0] for hit in hits])
    named = [(title, hit) for title in titles for hit in _subjects(folded.lower, words, title)][:1]
    own = [hit[2] for title, hit in named if not _LABOUR.search(folded.lower, title[0], hit[0])]
    return replace(words, own=own[0]) if own else words


def subject_body(lower: str, words: BodyWords, sentence: Span, carried: str | None) -> str | None:
    """The body that a sentence is about: the subject in its opening, or the one that the sentences before it leave.

    A sentence whose subject is the unions is about the place as a whole again.
    """
    if not words.hits:
        return None
    opening = (sentence[0], min(sentence[1], sentence[0] + _OPENING))
    subject = next(iter(_subjects(lower, words, opening)), None)
    unions = (_LABOUR if words.own else _UNIONS).search(
        lower, *opening
    )  # in its own article a body's union is "the union"
    if unions and (subject is None or unions.start() < subject[0]):
        return None
    return subject[2] if subject else carried or words.own


def figure_body(lower: str, words: BodyWords, clause: Span, subject: str | None) -> str | None:
    """The body that a figure covers: one named in its own clause, or its sentence's `subject`."""
    if not words.hits:
        return None
    own = _subjects(lower, words, clause)
    return own[-1][2] if own else subject


def _subjects(lower: str, words: BodyWords, span: Span) -> list[tuple[int, int, str]]:
    """The bodies of a span, without one that only helps ("phối hợp với Đảng ủy Khối")."""
    first = bisect_left(words.starts, span[0])
    last = bisect_left(words.starts, span[1], first)
    hits = (hit for hit in words.hits[first:last] if hit[1] <= span[1])
    return [hit for hit in hits if not _HELPER.search(lower[max(0, hit[0] - 10) : hit[0]])]
