"""Hedges around a number: exact, at least, at most, about."""

import re
from functools import cache
from typing import NamedTuple

from analysis.extract.phrases import key, pattern, spaced
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

QUALIFIERS = ("exact", "at_least", "at_most", "about")
_SIDE = 40  # Characters before a number that can hold a hedge, and behind it between the number and "trở lên".
_LONGEST = 4  # Words of the longest hedge.
_OPENING = "(\"'["
# Behind these "trên 5 xã" counts ("có trên 5 xã"), elsewhere it is the place ("triển khai trên 5 xã").
_COUNTS = frozenset(("có", "với", "đạt", "được", "gồm", "là", "cả", "của", "tại", "ở", "trong", "và", "cho", "lập"))
_BOUND_TO = re.compile(r"\s(?:-|đến|tới)\s|[0-9]\s?-\s?[0-9]")
_COMPARED = re.compile(r"(?<![^\W_])(?:so với|cùng kỳ|năm trước|năm ngoái|lần trước)(?![^\W_])")
_STATES = frozenset(("có", "với", "phải", "cần", "đạt", "hút", "trả", "chi"))


class Phrases(NamedTuple):
    """The rows of wording/qualifiers.csv by position; `last` and `first` are the words that decide whether to look."""

    before: dict[str, str]
    compared: dict[str, str]
    last: frozenset[str]
    after: dict[str, str]
    first: tuple[str, ...]
    behind: re.Pattern
    places: re.Pattern


@cache
def phrases() -> Phrases:
    """The hedges from wording/qualifiers.csv. Raises ReferenceTableError for a row that cannot be."""
    path = FOLDER / "qualifiers.csv"
    sides: dict[str, dict[str, str]] = {"before": {}, "after": {}, "compared": {}, "noun": {}}
    columns = ("phrase", "qualifier", "position")
    for line, row in read_rows(path, columns, required=columns, unique=("phrase", "position")):
        side = sides[one_of(path, line, "position", row["position"], sides)]
        side[key(row["phrase"])] = one_of(path, line, "qualifier", row["qualifier"], (*QUALIFIERS, *_MORE))
    after = sides["after"]
    return Phrases(
        before=sides["before"],
        compared=sides["compared"],
        last=frozenset(phrase.split()[-1] for phrase in (*sides["before"], *sides["compared"])),
        after=after,
        first=tuple(sorted({f"{phrase.split()[0]} " for phrase in after})),
        behind=re.compile(rf"[^.,;0-9]{{0,{_SIDE}}}?({pattern(after)})"),
        places=re.compile(rf"\s({pattern(sides['noun'])})"),
    )


# "from": a lower bound only with a word behind ("từ 5 người trở lên"); "from_at_least": one unless a range follows; "on": a
# place or kind, no bound.
_MORE = ("from", "from_at_least", "on")


def read_qualifier(lower: str, start: int, end: int, sentence: tuple[int, int]) -> tuple[str, str]:
    """The qualifier of the number at start:end and the words that say so ("" for exact).

    "từ" alone says nothing: with "trở lên" behind the number it is a lower bound, else the start of a range or a count.
    A hedge behind the number with its noun ("20 người hơn") is not Vietnamese and is not looked for, but for "hoặc hơn".
    """
    table = phrases()
    limit = min(sentence[1], end + _SIDE + 20)
    for first in table.first:
        if lower.find(first, end, limit) >= 0 and (behind := table.behind.match(lower, end, limit)):
            return table.after[spaced(behind[1])], behind[1]
    ahead = lower[max(sentence[0], start - _SIDE) : start].split()
    if not ahead or ahead[-1].lstrip(_OPENING) not in table.last:
        return "exact", ""
    return _ahead(ahead, lower, (start, end), sentence)


def _ahead(ahead: list[str], lower: str, span: tuple[int, int], sentence: tuple[int, int]) -> tuple[str, str]:
    table = phrases()
    for count in range(min(_LONGEST, len(ahead)), 0, -1):
        phrase = " ".join(ahead[-count:]).lstrip(_OPENING)
        if phrase in table.compared:
            return _compared(phrase, ahead[:-count], lower, span, sentence)
        if (found := table.before.get(phrase)) is None:
            continue
        if found == "from" and ahead[:-count]:
            hedge, words = _ahead(ahead[:-count], lower, span, sentence)
            return (hedge, f"{words} {phrase}") if words else ("exact", "")
        if found == "from_at_least":
            found = "exact" if _BOUND_TO.search(lower, *span) else "at_least"
        if found in ("exact", "from") or _on(phrase, ahead[:-count], lower, span):
            return "exact", ""
        return found, phrase
    return "exact", ""


def _on(phrase: str, ahead: list[str], lower: str, span: tuple[int, int]) -> bool:
    """ "trên 5 lĩnh vực", "trên 10/12 huyện": on or in them, no bound; a bound is a round number of ten or more."""
    if phrase not in ("trên", "dưới"):
        return False
    part, slash, whole = lower[span[0] : span[1] + 6].partition("/")
    if slash and part.strip().isdecimal() and (whole := re.match(r"[0-9]*", whole).group()):
        return int(whole) >= 10
    number = lower[span[0] : span[1]]
    if len(number) > 2 or not number.isdecimal() or (int(number) >= 10 and int(number) % 5 == 0):
        return False
    counts = bool(ahead) and ahead[-1] in _COUNTS
    return not counts and phrases().places.match(lower, span[1]) is not None


def _compared(
    phrase: str, ahead: list[str], lower: str, span: tuple[int, int], sentence: tuple[int, int]
) -> tuple[str, str]:
    """ "nhiều hơn 5%": a difference, and exact, unless nothing is there to compare with ("có nhiều hơn 20 người")."""
    alone = not ahead or ahead[-1] in _STATES
    if not alone or _COMPARED.search(lower, *sentence):
        return "exact", ""
    return phrases().compared[phrase], phrase
