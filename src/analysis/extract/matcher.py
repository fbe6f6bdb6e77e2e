"""Many phrases at once, as whole words in folded text.

An automaton (Aho and Corasick, 1975; the library ahocorasick_rs) passes once over the words of a text, each between blanks,
so that a phrase between blanks is a phrase of whole words. Every hit is then compared with the text itself, for signs
between words are not words: "cơ sở. Đảng" is no "cơ sở đảng".

All matchers share one automaton and one pass: the text keeps the hits of each until it is asked for.
"""

from collections.abc import Mapping
from itertools import chain
from typing import Any, Generic, TypeVar
from weakref import ref

import ahocorasick_rs
import numpy as np

from analysis.extract.folding import Folded, fold, spread

T = TypeVar("T")


class Matcher(Generic[T]):
    """Finds phrases and gives what each stands for. Phrases are folded; where two fold alike the first one counts.

    `loose`: a comma may stand between two words ("đề tài, sáng kiến" is "đề tài sáng kiến").
    Raises ValueError for a phrase that does not begin and end with a letter or digit.
    """

    def __init__(self, phrases: Mapping[str, T], loose: bool = False) -> None:
        self._loose = loose
        self.meanings: dict[str, T] = {}
        for phrase, meaning in phrases.items():
            lower = fold(phrase).lower.strip()
            if not lower or not (lower[0].isalnum() and lower[-1].isalnum()):
                raise ValueError(f"the phrase {phrase!r} does not begin and end with a letter or digit")
            self.meanings.setdefault(" ".join(lower.split()), meaning)
        # What the automaton looks for; a dict, for its order.
        self.words = dict.fromkeys(spread(phrase).text for phrase in self.meanings)
        _POOL.join(self)

    def find(self, folded: Folded) -> list[tuple[int, int, T]]:
        """(start, end, meaning) of every phrase in folded.text, overlapping ones too: by start, the longest first.

        The list is the text's own: do not change it.
        """
        hits = folded.hits.get(self)
        if hits is None:  # the text's first matcher, or one made since
            _POOL.search(folded)
            hits = folded.hits[self]
        return hits

    def phrase_of(self, text: str) -> str:
        """The phrase that a hit's text is, single blanks between its words; "" for none, as where a line's end parts them."""
        if text in self.meanings:
            return text
        if "\n" in text or "\r" in text:
            return ""
        plain = " ".join((text.replace(",", " ") if self._loose else text).split())
        return plain if plain in self.meanings else ""


class _Automaton:
    """The phrases of all matchers; `_known` gives the matchers (by place in `members`) that know a text, with its meaning."""

    def __init__(self, members: list[ref[Matcher]]) -> None:
        self.members = members  # not kept alive: a matcher that nobody holds is left out of the next automaton
        self._known: dict[str, list[tuple[int, Any]]] = {}
        words: dict[str, None] = {}
        for at, member in enumerate(members):
            if matcher := member():
                words |= matcher.words
                for text, meaning in matcher.meanings.items():
                    self._known.setdefault(text, []).append((at, meaning))
        for text in [text for text in self._known if "," in text]:  # a loose matcher may know it without the comma
            self._known[text] = self._meanings(text)
        self._search = (
            ahocorasick_rs.AhoCorasick(list(words), store_patterns=False).find_matches_as_indexes if words else None
        )

    def _meanings(self, text: str) -> list[tuple[int, Any]]:
        found = []
        for at, member in enumerate(self.members):
            matcher = member()
            if matcher and (phrase := matcher.phrase_of(text)):
                found.append((at, matcher.meanings[phrase]))
        return found

    def hits(self, folded: Folded) -> dict[Matcher, list[tuple[int, int, Any]]]:
        """Every matcher's hits, in the order of Matcher.find."""
        found: list[list[tuple[int, int, Any]]] = [[] for _ in self.members]
        add = [hits.append for hits in found]
        lower, known = folded.lower, self._known
        for start, end in zip(*self._places(folded), strict=True):
            text = lower[start:end]
            for at, meaning in known[text] if text in known else self._meanings(text):
                add[at]((start, end, meaning))
        return {
            matcher: hits for member, hits in zip(self.members, found, strict=True) if (matcher := member()) is not None
        }

    def _places(self, folded: Folded) -> tuple[list[int], list[int]]:
        """Starts and ends of the folded spans where the words of a phrase stand, by start, the longest first."""
        words = folded.words
        found = self._search(words.text, overlapping=True) if self._search else ()
        table = np.fromiter(chain.from_iterable(found), np.intp, 3 * len(found))
        starts, ends = table[1::3], table[2::3]
        # One key to sort by, which is faster than two: no phrase is as long as all the words.
        order = np.argsort((starts + 1) * len(words.text) - ends, kind="stable")
        offsets = words.offsets
        return offsets[starts[order]].tolist(), (offsets[ends[order] - 3] + 1).tolist()


class _Pool:
    """Every matcher that somebody holds. A matcher that joins makes a new automaton necessary, at the next search."""

    def __init__(self) -> None:
        self._members: list[ref[Matcher]] = []
        self._automaton: _Automaton | None = None

    def join(self, matcher: Matcher) -> None:
        self._members = [*(member for member in self._members if member() is not None), ref(matcher)]

    def search(self, folded: Folded) -> None:
        automaton, members = self._automaton, self._members
        if automaton is None or automaton.members is not members:  # two threads may each make one; either will do
            automaton = self._automaton = _Automaton(members)
        folded.hits.update(automaton.hits(folded))


_POOL = _Pool()
