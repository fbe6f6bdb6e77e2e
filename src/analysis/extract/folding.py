"""One spelling for matching, with the way back to the article's own characters.

Vietnamese text comes composed (NFC) or decomposed (NFD), with the tone on either vowel of oa, oe and uy ("hoá", "hóa"),
with no-break spaces and several dashes and quotes. Rules match the folded text; offsets lead back to the file.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np

# Same length on both sides, so that these need no offset map.
_SAME_LENGTH = {
    **dict.fromkeys(
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "
    ),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
    **dict.fromkeys("\u2018\u2019", "'"),
    "\u00d0": "Đ",
}
_TONED = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe",
          "oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}  # fmt: skip
# In a character class the second letters cost one look at each place; the first letter decides then.
_NEW_TONE = re.compile(rf"[{''.join({pair[1] + pair[1].upper() for pair in _TONED})}](?![^\W\d_])")
_CODES = 0x110000
_ALPHABETS = 0x3000  # Letters and signs that an article in Vietnamese or its neighbours' scripts may hold stand below.


@dataclass(frozen=True)
class Words:
    """The words of a text, each between blanks; `offsets[i]` is where character i + 1 stands in the folded text."""

    text: str
    offsets: np.ndarray


@dataclass(frozen=True)
class Folded:
    """`text` to match on; `offsets[i]` is where its character i starts in the article, with one entry past the end."""

    original: str
    text: str
    offsets: range | list[int]
    # What each matcher found in it (see extract.matcher), so that all of them take one pass.
    hits: dict = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def lower(self) -> str:
        """`text` in lower case, character for character."""
        lowered = self.text.lower()
        return (
            lowered
            if len(lowered) == len(self.text)
            else "".join(c if len(c.lower()) != 1 else c.lower() for c in self.text)
        )

    @cached_property
    def words(self) -> Words:
        """The words of `lower` without any sign between them, for whole-word matching (see extract.matcher)."""
        return spread(self.lower)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the article of the folded characters start to end."""
        return self.offsets[start], self.offsets[end]

    def slice(self, start: int, end: int) -> str:
        """The article's own characters of a folded span."""
        first, last = self.span(start, end)
        return self.original[first:last]


def fold(original: str) -> Folded:
    """Fold an article's text for matching."""
    if unicodedata.is_normalized("NFC", original):
        text, offsets = original, range(len(original) + 1)
    else:
        text, offsets = _compose(original)
    return Folded(original, _new_tones(_translate(text, _same_length())), offsets)


def spread(lower: str) -> Words:
    """Lower-case text with one blank for every run of signs and blanks, and blanks around the whole."""
    codes = _is_word()[np.frombuffer(lower.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)]
    blank = codes == ord(" ")
    again = np.zeros_like(blank)
    np.logical_and(blank[1:], blank[:-1], out=again[1:])
    kept = np.flatnonzero(~again)
    text = codes[kept].tobytes().decode("utf-32-le", "surrogatepass")
    return Words(f" {text} ", kept)


def _translate(text: str, table: np.ndarray) -> str:
    """Characters through a table of code points; str.translate with a dict is ten times slower on Vietnamese."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return table[codes].tobytes().decode("utf-32-le", "surrogatepass")


@cache
def _same_length() -> np.ndarray:
    table = np.arange(_CODES, dtype=np.uint32)
    for found, folded in _SAME_LENGTH.items():
        table[ord(found)] = ord(folded)
    return table


@cache
def _is_word() -> np.ndarray:
    """Letters and digits as they are, all else a blank."""
    table = np.arange(_CODES, dtype=np.uint32)
    table[[code for code in range(_ALPHABETS) if not chr(code).isalnum()]] = ord(" ")
    table[0x3000:0x3040] = table[0xFF00:0xFF10] = ord(" ")
    return table


def _compose(original: str) -> tuple[str, list[int]]:
    pieces: list[str] = []
    offsets: list[int] = []
    start = 0
    for match in re.finditer(r"[\s\S](?:[\u0300-\u036f]|[\u1100-\u11ff])*", original):
        start, end = match.span()
        composed = unicodedata.normalize("NFC", match.group())
        pieces.append(composed)
        offsets.append(start)
        # A mark that nothing takes in (one on a digit) stands for itself, so that the digit has its own place.
        offsets += [min(max(start + 1, end - left), end) for left in range(len(composed) - 1, 0, -1)]
    return "".join(pieces), [*offsets, len(original)]


def _new_tones(text: str) -> str:
    pieces, done = [], 0
    for match in _NEW_TONE.finditer(text, 1):
        start = match.start() - 1
        pair = text[start : start + 2]
        moved = _TONED.get(pair.lower())
        if moved and text[start - 1 : start] not in ("q", "Q"):
            pieces += text[done:start], moved if pair.islower() else _as_case(moved, pair)
            done = start + 2
    return "".join([*pieces, text[done:]]) if pieces else text


def _as_case(moved: str, pair: str) -> str:
    return "".join(new.upper() if old.isupper() else new for new, old in zip(moved, pair, strict=True))
