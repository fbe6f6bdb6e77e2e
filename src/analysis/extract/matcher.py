"""Many phrases at once, as whole words in folded text.

An automaton (Aho and Corasick, 1975; the library ahocorasick_rs) passes once over the words of a text, each between blanks,
so that a phrase between blanks is a phrase of whole words. Every hit is then compared with the text itself, for signs
between words are not words: "cơ sở. Đảng" is no "cơ sở đảng".
"""

from collections.abc import Mapping
from itertools import chain
from typing import Generic, TypeVar

import ahocorasick_rs
import numpy as np

from analysis.extract.folding import Folded, fold, spread

T = TypeVar("T")


class Matcher(Generic[T]):
    """Finds phrases and gives what each stands for. Phrases are folded; where two fold alike the first one counts.

    `loose`: a comma may stand between two words ("đề tài, sáng kiến" is "đề tài sáng kiến").
    Raises ValueError for a phrase without any letter or digit.
    """

    def __init__(self, phrases: Mapping[str, T], loose: bool = False) -> None:
        self._loose = loose
        by_words: dict[str, dict[str, T]] = {}
        for phrase, meaning in phrases.items():
            words = spread(lower := fold(phrase).lower).text
            if not words.strip():
                raise ValueError(f"the phrase {phrase!r} has no letter or digit")
            by_words.setdefault(words, {}).setdefault(lower.strip(), meaning)
        self._meanings = list(by_words.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(by_words)) if by_words else None

    def find(self, folded: Folded) -> list[tuple[int, int, T]]:
        """(start, end, meaning) of every phrase in folded.text, overlapping ones too: by start, the longest first."""
        if self._automaton is None:
            return []
        words = folded.words
        found = self._automaton.find_matches_as_indexes(words.text, overlapping=True)
        if not found:
            return []
        table = np.fromiter(chain.from_iterable(found), np.intp, 3 * len(found)).reshape(-1, 3)
        starts = words.offsets[table[:, 1]].tolist()
        ends = (words.offsets[table[:, 2] - 3] + 1).tolist()
        lower, hits = folded.lower, []
        for (which, _, _), start, end in zip(found, starts, ends, strict=True):
            hits += self._verified(lower, which, start, end)
        hits.sort(key=_by_place)
        return hits

    def _verified(self, lower: str, which: int, start: int, end: int) -> list[tuple[int, int, T]]:
        """The hit, where the text between its ends is the phrase itself."""
        meanings, text = self._meanings[which], lower[start:end]
        if text in meanings:
            return [(start, end, meanings[text])]
        if "\n" in text or "\r" in text:
            return []
        if self._loose:
            text = text.replace(",", " ")
        text = " ".join(text.split())
        return [(start, end, meanings[text])] if text in meanings else []


def _by_place(hit: tuple) -> tuple[int, int]:
    return hit[0], -hit[1]
