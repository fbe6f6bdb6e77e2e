"""Mojibake made readable again, with the way back to the file's own characters."""

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

# A UTF-8 sequence of two or three bytes, each read as a character of Latin-1 or Windows-1252. Good Vietnamese has no such run.
_LATER = "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
_MOJIBAKE = re.compile(rf"[\u00c2-\u00df][{_LATER}]|[\u00e0-\u00ef][{_LATER}][{_LATER} ]")
_LINE = re.compile(r"[^\n]*\n?")
_KEPT = re.compile(r"[!-~]")


def repair(text: str) -> tuple[str, Sequence[int] | None]:
    """A text with its mojibake undone, and for each of its characters (and its end) the place in `text`; None where all is good.

    ftfy undoes wrong decodings only: quotes, ligatures, widths, entities and line ends stay as they are. A line is
    repaired only where every printed ASCII character stays, so no digit can change.
    """
    if not _MOJIBAKE.search(text):
        return text, None
    pieces = [(line, _repaired(line)) for line in _LINE.findall(text)]
    if all(line == new for line, new in pieces):
        return text, None
    offsets, start = array("L"), 0
    for line, new in pieces:
        offsets.extend(start + place for place in _places(line, new))
        start += len(line)
    offsets.append(start)
    return "".join(new for _, new in pieces), offsets


def compose(text: str) -> tuple[str, Sequence[int] | None]:
    """A text in NFC with its places in `text`, as `repair` gives them; windows-1258 writes tones as combining marks."""
    if unicodedata.is_normalized("NFC", text):
        return text, None
    starts = [*(m.start() for m in re.finditer(r"[\s\S][\u0300-\u036f]*", text)), len(text)]
    pieces, offsets = [], array("L")
    for start, end in pairwise(starts):
        pieces.append(unicodedata.normalize("NFC", text[start:end]))
        offsets.extend([start] * len(pieces[-1]))
    offsets.append(len(text))
    return "".join(pieces), offsets


def through(first: Sequence[int] | None, second: Sequence[int] | None) -> Sequence[int] | None:
    """The map of two changes, one after the other, back to the text before both."""
    if first is None or second is None:
        return first if second is None else second
    return array("L", (first[place] for place in second))


def _repaired(line: str) -> str:
    if not _MOJIBAKE.search(line):
        return line
    from ftfy import fix_encoding  # only a garbled text pays for it

    new = unicodedata.normalize("NFC", fix_encoding(line))
    return new if _KEPT.findall(new) == _KEPT.findall(line) else line


def _places(line: str, new: str) -> Iterator[int]:
    """Where each character of `new` stands in `line`: ASCII characters stand in both in the same order, the rest between.

    Characters between two of them share their gap in proportion, and never fall behind one another.
    """
    if line == new:
        yield from range(len(line))
        return
    gaps = zip(_KEPT.split(line), _KEPT.split(new), strict=True)
    sizes = [(len(old), len(made)) for old, made in gaps]
    starts = [0, *accumulate(old + 1 for old, _ in sizes)]
    for (old, made), start in zip(sizes, starts, strict=False):
        yield from (start + (index * old) // made for index in range(made))
        if start + old < len(line):
            yield start + old
