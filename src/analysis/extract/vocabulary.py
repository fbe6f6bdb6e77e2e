"""Which words an article uses, to tell its own lines from other stories on the page."""

import re
from itertools import pairwise

_WORD = re.compile(r"\w+")
_LOOKED_AT = 600  # Characters of a line that are looked at; what comes behind is of the same story.
_KEPT = 12_000  # Characters; an article's first two thousand syllables tell its subject.


class Vocabulary:
    """The syllables of a text, and its pairs of neighbouring syllables: most Vietnamese words are two syllables."""

    def __init__(self, lower: str = "") -> None:
        self._pairs: set[tuple[str, str]] = set()
        self._syllables: set[str] = set()
        self._read = 0
        self._unread: list[str] = []
        self._unpaired: list[list[str]] = []
        self.add(lower)

    def add(self, lower: str) -> None:
        """Take a text in; it is cut into words when the first question comes, for on most pages none does."""
        if self._read < _KEPT:
            self._read += min(len(lower), _LOOKED_AT)
            self._unread.append(lower)

    def _take_in(self) -> None:
        for lower in self._unread:
            words = _words(lower)
            self._syllables.update(words)
            self._unpaired.append(words)
        self._unread.clear()

    def share(self, lower: str) -> float:
        """The share (0 to 1) of a line's pairs of syllables that the text has too."""
        self._take_in()
        for words in self._unpaired:
            self._pairs.update(pairwise(words))
        self._unpaired.clear()
        pairs = set(pairwise(_words(lower)))
        return len(pairs & self._pairs) / len(pairs) if pairs else 0.0

    def syllables(self, lower: str) -> float:
        """The share (0 to 1) of a line's syllables, numbers left out, that the text has too."""
        return self.recurring(lower)[0]

    def recurring(self, lower: str) -> tuple[float, set[str]]:
        """The share as `syllables` gives it, and the line's syllables and numbers that the text has too."""
        self._take_in()
        words = set(_words(lower))
        shared = words & self._syllables
        spoken = sum(not word[0].isdigit() for word in words)
        recur = sum(not word[0].isdigit() for word in shared)
        return (recur / spoken if spoken else 0.0), shared


def _words(lower: str) -> list[str]:
    return _WORD.findall(lower[:_LOOKED_AT])
