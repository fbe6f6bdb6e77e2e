"""Hedges around a number: exact, at least, at most, about."""

import re
from functools import cache

from analysis.extract.phrases import pattern, spaced
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

QUALIFIERS = ("exact", "at_least", "at_most", "about")


@cache
def phrases() -> tuple[dict[str, str], re.Pattern, dict[str, str], re.Pattern]:
    path = FOLDER / "qualifiers.csv"
    sides: dict[str, dict[str, str]] = {"before": {}, "after": {}}
    columns = ("phrase", "qualifier", "position")
    for line, row in read_rows(path, columns, required=columns, unique=("phrase", "position")):
        side = one_of(path, line, "position", row["position"], sides)
        sides[side][row["phrase"]] = one_of(path, line, "qualifier", row["qualifier"], (*QUALIFIERS, "from"))
    before, after = sides["before"], sides["after"]
    return before, re.compile(rf"({pattern(before)})\s*$"), after, re.compile(rf"[^.,;]{{0,40}}?({pattern(after)})")


def read_qualifier(lower: str, start: int, end: int, sentence: tuple[int, int]) -> tuple[str, str]:
    """The qualifier of the number at start:end and the words that say so ("" for exact).

    "từ" alone says nothing: with "trở lên" behind the number it is a lower bound, else the start of a range or a count.
    """
    before, before_pattern, after, after_pattern = phrases()
    behind = after_pattern.match(lower, end, min(sentence[1], end + 60))
    ahead = before_pattern.search(lower, max(sentence[0], start - 40), start)
    if behind and re.search(r"[0-9]", behind.group()):
        behind = None
    if behind:
        return after[spaced(behind.group(1))], behind.group(1)
    if ahead and (found := before[spaced(ahead.group(1))]) != "from":
        return found, ahead.group(1)
    return "exact", ""
