"""Sentences of a line, and the clause of a figure inside its sentence."""

import re
from collections.abc import Iterator
from itertools import pairwise

from analysis.extract.phrases import CAPITALS

# A stop ends a sentence where a space, a quote or a capital follows, but not inside a number or after an abbreviation.
_END = re.compile(rf"[.!?…][.!?…]*[\")\]]*(?=\s|$|[{CAPITALS}])")
LONGEST = (
    2000  # Characters; what never ends is cut here between two words, so that no quote and no search grows without end.
)
_CUT = re.compile(r"[^0-9.,/-]")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:tp|tx|tt|q|p|ths|ts|pgs|gs|bs|tr|st|đ/c|v\.v|[a-zđ])$", re.IGNORECASE)
# Where one figure's clause ends and the next one's begins. A strong joint opens a new statement; a weak one joins counts.
# A bracketed abbreviation ("(LĐLĐ)") is no joint.
_STRONG = re.compile(r";|(?<![^\W_])(?:trong đó|riêng|còn)(?![^\W_])")
_WEAK = re.compile(
    r"\([^()0-9]{1,14}\)|(?P<joint>[:()]|,(?![0-9])|(?<![^\W_])(?:và|với|cùng|trong khi|nhưng)(?![^\W_]))"
)


def split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of text[start:end] as spans without the blanks around them."""
    spans, begin = [], start
    for match in _END.finditer(text, start, end):
        if match.group() == "." and _ABBREVIATION.search(text[max(begin, match.start() - 8) : match.start()]):
            continue
        spans.append((begin, match.end()))
        begin = match.end()
    spans.append((begin, end))
    pieces = (piece for span in spans for piece in _cut(text, *span))
    return [trimmed for piece in pieces if (trimmed := _trim(text, *piece))[0] < trimmed[1]]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span in pieces of about LONGEST characters; no number is cut."""
    while end - start > LONGEST and (at := _CUT.search(text, start + LONGEST, end)):
        yield start, at.end()
        start = at.end()
    yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def clauses(lower: str, sentence: tuple[int, int], spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The clause of each figure: what of its sentence speaks of it alone.

    `spans` are the figures with their nouns, in order. Between two figures the clause changes at the last strong joint
    (semicolon, "trong đó", "riêng"), which also ends the last clause, else at the last weak one (comma, bracket, "và", "với"). Where there is none, the
    words between belong to both.
    """
    starts, ends = [sentence[0]], []
    for (_, left), (right, _) in pairwise(spans):
        border = _border(lower, left, right)
        ends.append(right if border is None else border)
        starts.append(left if border is None else border)
    after = _STRONG.search(lower, spans[-1][1], sentence[1])
    return list(zip(starts, [*ends, after.start() if after else sentence[1]], strict=True))


def _border(lower: str, left: int, right: int) -> int | None:
    strong = [match.start() for match in _STRONG.finditer(lower, left, right)]
    weak = [match.start() for match in _WEAK.finditer(lower, left, right) if match["joint"]]
    return (strong or weak or [None])[-1]
