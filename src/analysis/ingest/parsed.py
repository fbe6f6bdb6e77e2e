"""What a parser gives back for a page or document."""

import re
import unicodedata
from dataclasses import dataclass, field

from analysis.ingest.repair import repair

_UNSAID = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u2060\ufeff\u00ad\ud800-\udfff\ufffe\uffff\u2028\u2029]"
)

SUPERSCRIPT = str.maketrans(
    "0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"
)  # A raised digit is a note or a power, never part of the number.


@dataclass
class Parsed:
    """`text` with one paragraph a line; `title` and `published` (ISO date) or "" where the file does not state them.

    `doubts` are pairs of an English and a Vietnamese sentence about what is uncertain in the text.
    """

    text: str
    title: str = ""
    published: str = ""
    doubts: list[tuple[str, str]] = field(default_factory=list)


def clean(text: str) -> str:
    """Text of a page in the form that a .txt of it is read in unchanged: NFC, no mojibake, no invisible characters."""
    composed = unicodedata.normalize("NFC", _UNSAID.sub(_in_place, text))
    return repair(composed)[0]


def _in_place(match: re.Match) -> str:
    """Breaks become line ends, what has no width goes, and what stands for nothing becomes U+FFFD."""
    c = match.group()
    if c in "\u2028\u2029\u000b\u000c\r\x85":
        return "\n"
    return "\ufffd" if "\ud800" <= c <= "\udfff" else "\t" if c in "\x1c\x1d\x1e\x1f" else ""
