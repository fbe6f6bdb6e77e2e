"""Matching sets of phrases as whole words in folded lower-case text, the longest first."""

import re
from collections.abc import Iterable

from analysis.extract.folding import fold

# A letter or digit on either side would make it another word ("đồng" in "đồng chí" is handled by the longest match).
_LEFT, _RIGHT = r"(?<![^\W_])", r"(?![^\W_])"


def key(phrase: str) -> str:
    """A phrase as it is matched: folded and in lower case."""
    return fold(phrase).lower


def pattern(phrases: Iterable[str]) -> str:
    """A regular expression that matches any of the phrases as whole words, the longest first."""
    longest_first = sorted({key(p) for p in phrases}, key=lambda p: (-len(p), p))
    return "(?:" + "|".join(_bounded(p) for p in longest_first) + ")"


def _bounded(phrase: str) -> str:
    body = r"\s+".join(re.escape(word) for word in phrase.split())
    return (_LEFT if phrase[0].isalnum() else "") + body + (_RIGHT if phrase[-1].isalnum() else "")
