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
    Raises ValueError for a phrase that does not begin and end with a letter or digit.
    """

    def __init__(self, phrases: Mapping[str, T], loose: bool = False) -> None:
        self._loose = loose
        by_words: dict[str, dict[str, T]] = {}
        for phrase, meaning in phrases.items():
            lower = fold(phrase).lower.strip()
            if not lower or not (lower[0].isalnum() and lower[-1].isalnum()):
                raise ValueError(f"the phrase {phrase!r} does not begin and end with a letter or digit")
            by_words.setdefault(spread(lower).text, {}).setdefault(" ".join(lower.split()), meaning)
        self._meanings = list(by_words.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(by_words)) if by_words else None

    def find(self, folded: Folded) -> list[tuple[int, int, T]]:
        """(start, end, meaning) of every phrase in folded.text, overlapping ones too: by start, the longest first."""
        if self._automaton is None:
            return []
        words, lower = folded.words, folded.lower
        found = self._automaton.find_matches_as_indexes(words.text, overlapping=True)
        if not found:
            return []
        table = np.fromiter(chain.from_iterable(found), np.intp, 3 * len(found)).reshape(-1, 3)
        starts, ends = words.offsets[table[:, 1]], words.offsets[table[:, 2] - 3] + 1
        order = np.lexsort((-ends, starts))
        rows = zip(table[order, 0].tolist(), starts[order].tolist(), ends[order].tolist(), strict=True)
        hits, meanings = [], self._meanings
        for which, start, end in rows:
            text = lower[start:end]
            if text in meanings[which] or (text := self._plain(text)) in meanings[which]:
                hits.append((start, end, meanings[which][text]))
        return hits

    def _plain(self, text: str) -> str:
        """The words between a hit's ends with single blanks; "" where a line's end parts them."""
        if "\n" in text or "\r" in text:
            return ""
        return " ".join((text.replace(",", " ") if self._loose else text).split())
