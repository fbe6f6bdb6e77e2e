"""Sentences of a line, and the clause of a figure inside its sentence."""

import re

# A full stop ends a sentence where a space, a quote or a capital follows, but not inside a number or after an abbreviation.
_END = re.compile(r"[!?…]+[\")\]]*|(?<![.])\.(?:\.\.+)?[\")\]]*(?=\s|$|[A-ZĐÀ-Ỹ])")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:tp|tx|tt|q|p|ths|ts|pgs|gs|bs|tr|st|đ/c|v\.v|[a-zđ])$", re.IGNORECASE)
# Where one figure's clause ends and the next one's begins: punctuation, or a word that joins two counts.
_CLAUSE = re.compile(r"[;:()]|,(?![0-9])|(?<![^\W_])(?:trong đó|và|với|trong khi|nhưng)(?![^\W_])")


def split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of text[start:end] as spans without the blanks around them."""
    spans, begin = [], start
    for match in _END.finditer(text, start, end):
        if match.group() == "." and _ABBREVIATION.search(text[max(begin, match.start() - 8) : match.start()]):
            continue
        spans.append((begin, match.end()))
        begin = match.end()
    spans.append((begin, end))
    return [trimmed for span in spans if (trimmed := _trim(text, *span))[0] < trimmed[1]]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def clauses(lower: str, sentence: tuple[int, int], spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The clause of each figure: what of its sentence speaks of it alone.

    `spans` are the figures with their nouns, in order. Between two figures the clause changes at the last joint (comma,
    semicolon, bracket, "trong đó", "và", "với") before the second, or right behind the first where there is none.
    """
    starts, ends = [sentence[0]], []
    for (_, left), (right, _) in zip(spans, spans[1:], strict=False):
        joints = list(_CLAUSE.finditer(lower, left, right))
        border = joints[-1].start() if joints else left
        ends.append(border)
        starts.append(border)
    return list(zip(starts, [*ends, sentence[1]], strict=True))
