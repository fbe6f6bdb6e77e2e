"""One spelling for matching, with the way back to the article's own characters.

Vietnamese text comes composed (NFC) or decomposed (NFD), with the tone on either vowel of oa, oe and uy ("hoá", "hóa"),
with no-break spaces and several dashes and quotes. Rules match the folded text; offsets lead back to the file.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

# Same length on both sides, so that these need no offset map.
_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys(
            "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "
        ),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
        **dict.fromkeys("\u2018\u2019", "'"),
        "\u00d0": "Đ",
    }
)
_TONED = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe",
          "oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}  # fmt: skip
_NEW_TONE = re.compile(rf"(?<![qQ])({'|'.join(_TONED)})(?![^\W\d_])", re.IGNORECASE)


@dataclass(frozen=True)
class Folded:
    """`text` to match on; `offsets[i]` is where its character i starts in the article, with one entry past the end."""

    original: str
    text: str
    offsets: range | list[int]

    @cached_property
    def lower(self) -> str:
        """`text` in lower case, character for character."""
        lowered = self.text.lower()
        return (
            lowered
            if len(lowered) == len(self.text)
            else "".join(c if len(c.lower()) != 1 else c.lower() for c in self.text)
        )

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
    return Folded(original, _NEW_TONE.sub(_move_tone, text.translate(_SAME_LENGTH)), offsets)


def _compose(original: str) -> tuple[str, list[int]]:
    pieces: list[str] = []
    offsets: list[int] = []
    start = 0
    for match in re.finditer(r"[\s\S](?:[\u0300-\u036f]|[\u1100-\u11ff])*", original):
        start = match.start()
        composed = unicodedata.normalize("NFC", match.group())
        pieces.append(composed)
        offsets += [start] * len(composed)
    return "".join(pieces), [*offsets, len(original)]


def _move_tone(match: re.Match) -> str:
    found = match.group()
    moved = _TONED[found.lower()]
    if found.isupper():
        return moved.upper()
    return moved.capitalize() if found[0].isupper() else moved
