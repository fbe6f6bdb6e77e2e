"""Matching sets of phrases as whole words in folded lower-case text, the longest first."""

import re
from collections.abc import Iterable

from analysis.extract.folding import fold

# A letter on either side would make it another word; a digit may be glued on before it ("250m2").
_LEFT, _RIGHT = r"(?<![^\W\d_])", r"(?![^\W_])"

# The capitals of Vietnamese, for a character class; a range of code points would take in small letters.
CAPITALS = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"


def key(phrase: str) -> str:
    """A phrase as it is matched: folded and in lower case."""
    return fold(phrase).lower


def spaced(words: str) -> str:
    """Matched words with one blank between them, as the tables hold them."""
    return re.sub(r"\s+", " ", words)


def pattern(phrases: Iterable[str]) -> str:
    """A regular expression that matches any of the phrases as whole words, the longest first."""
    by_edges: dict[tuple[str, str], list[str]] = {}
    for phrase in sorted({key(p) for p in phrases}, key=lambda p: (-len(p), p)):
        edges = (_LEFT if phrase[0].isalnum() else "", _RIGHT if phrase[-1].isalnum() else "")
        by_edges.setdefault(edges, []).append(_words(phrase))
    # The edges stand outside of the alternatives, so that each is looked at once for a place and not once for a phrase.
    return "(?:" + "|".join(f"{left}(?:{'|'.join(words)}){right}" for (left, right), words in by_edges.items()) + ")"


def _words(phrase: str) -> str:
    return r"\s+".join(re.escape(word) for word in phrase.split())
