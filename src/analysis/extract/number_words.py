"""Numbers spelled out: "hai mươi lăm người", "mười lăm nghìn ba trăm cây", "nửa triệu đồng".

A single word (hai, ba, năm) is left unread in running text: it is more often another word than a count ("năm" is a year,
"hai bên" both sides, "ba lô" a rucksack, "không" not), and the noun behind does not tell ("năm người" and "năm học").
"""

import re
from bisect import bisect_left
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from analysis.extract.folding import Folded, fold
from analysis.extract.matcher import Matcher
from analysis.extract.phrases import key
from analysis.extract.quantities import Quantity
from analysis.extract.scales import CURRENCY, rows, scales
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

ROLES = ("unit", "ten", "tens", "link", "half", "half_of", "point", "minus", "fraction", "not_after", "not_before", "not_first")  # fmt: skip
HUNDRED = Decimal(100)
LONGEST_RUN = 60  # Words; no number that an article spells out has more.
_WORD = re.compile(r"[^\W\d_]+")
_BLANK = re.compile(r"\s{1,3}")
_JOINT = re.compile(rf"(?P<unit>(?:\s(?:%|phần trăm|{CURRENCY}))?)\s(?:đến|tới|-)\s")


class Group(NamedTuple):
    """Words below a thousand: their value, how many words, and whether they are one bare digit."""

    value: Decimal
    end: int
    bare: bool = False


@cache
def words() -> dict[str, dict[str, int]]:
    """Number words by role, with the value of those that have one, from wording/number_words.csv."""
    path = FOLDER / "number_words.csv"
    found: dict[str, dict[str, int]] = {role: {} for role in ROLES}
    columns = ("word", "role", "value")
    for line, row in read_rows(path, columns, required=columns[:2], unique=("word", "role")):
        role = one_of(path, line, "role", row["role"], ROLES)
        if role == "unit":
            one_of(path, line, "value", row["value"], [str(digit) for digit in range(10)])
        found[role][key(row["word"])] = int(row["value"] or 0)
    return found


@cache
def _large() -> dict[str, Decimal]:
    """The scale words of a thousand and more."""
    return {row.word: row.factor for row in rows() if row.place == "any" and row.factor >= 1000}


@cache
def vocabulary() -> frozenset[str]:
    """Every word that a spelled number may hold."""
    roles = words()
    below = {word for role in ("unit", "ten", "tens", "link", "half", "half_of", "point") for word in roles[role]}
    return frozenset(below | {"trăm"} | set(_large()))


def value_of(run: list[str], colloquial: bool) -> tuple[Decimal, int] | None:
    """The value that a list of number words starts with and how many words it takes, or None.

    `colloquial` also takes what only speech leaves out: "hai lăm" (25), "ba triệu mốt" (3.1 million), "một trăm mốt" (110).
    A digit written in figures may stand for a word.
    """
    steps: list[tuple[Decimal, Decimal]] = []  # (value, factor), the factors falling
    at = 0
    while at < len(run) and (group := _group(run, at, colloquial, bool(steps))):
        value, after = _decimals(run, group)
        if run[after : after + 1] and run[after] in _large():
            at = _scaled(run, after, value, steps)
            if at == 0:
                return None
            continue
        linked = run[at] in words()["link"]
        if steps and group.bare and not linked:
            if not colloquial or run[at] == "năm" or value == 0:
                break
            value *= steps[-1][1] / 10
        if steps and value >= steps[-1][1]:
            break
        steps.append((value, Decimal(1)))
        at = after
        break
    return (sum(value for value, _ in steps), at) if steps else None


def _scaled(run: list[str], at: int, value: Decimal, steps: list[tuple[Decimal, Decimal]]) -> int:
    """Multiplies by the scale words at `at`, with the smaller steps before them; returns where they end, 0 if not well formed."""
    while at < len(run) and (factor := _large().get(run[at])):
        while steps and steps[-1][0] < factor:
            value += steps.pop()[0]
        if value == 0 and steps and run[at - 1] in _large():
            value = steps.pop()[0]
        value *= factor
        if steps and value >= steps[-1][1]:
            return 0
        at += 1
        if at < len(run) and run[at] in words()["half"]:
            value, at = value + factor / 2, at + 1
        steps.append((value, factor))
        value = Decimal(0)
    return at


def _group(run: list[str], at: int, colloquial: bool, inside: bool) -> Group | None:
    """Words below a thousand; `inside` a larger number they may open with "không trăm" or "linh"."""
    roles = words()
    word, following = run[at], run[at + 1 : at + 2]
    if word in roles["half_of"]:
        return Group(Decimal("0.5"), at + 1) if following and following[0] in _large() else None
    if word in roles["link"]:
        digit = roles["unit"].get(following[0]) if inside and following else None
        return Group(Decimal(digit), at + 2) if digit else None
    if word.isdecimal():
        return Group(Decimal(word), at + 1)
    if word in roles["point"] and inside:  # "một nghìn phẩy không năm"
        return Group(Decimal(0), at)
    if word in roles["unit"] and following == ["trăm"] and (inside or roles["unit"][word]):
        return _hundreds(run, at + 2, roles["unit"][word] * HUNDRED, colloquial)
    return _below_hundred(run, at, colloquial)


def _hundreds(run: list[str], at: int, hundreds: Decimal, colloquial: bool) -> Group:
    roles, word = words(), run[at] if at < len(run) else ""
    if word in roles["half"]:
        return Group(hundreds + 50, at + 1)
    if word in roles["link"] and (digit := roles["unit"].get(run[at + 1] if at + 1 < len(run) else "")):
        return Group(hundreds + digit, at + 2)
    rest = _below_hundred(run, at, colloquial) if word else None
    if rest is None or rest.value == 0:
        return Group(hundreds, at)
    if not rest.bare:
        return Group(hundreds + rest.value, rest.end)
    # "bốn trăm sáu triệu": the lone digit counts tens; but "ba trăm năm" are years.
    alone = not colloquial or (word == "năm" and run[rest.end : rest.end + 1] == [])
    return Group(hundreds, at) if alone else Group(hundreds + rest.value * 10, rest.end)


def _below_hundred(run: list[str], at: int, colloquial: bool) -> Group | None:
    roles, word = words(), run[at]
    if word in roles["ten"]:
        return _with_unit(run, at + 1, Decimal(10))
    digit = roles["unit"].get(word)
    following = run[at + 1] if at + 1 < len(run) else ""
    if digit is None:
        return None
    if digit and following in roles["tens"]:
        tens = Decimal(digit * 10)
        return Group(tens, at + 2) if following == "chục" else _with_unit(run, at + 2, tens)
    if digit and colloquial and following != "năm" and roles["unit"].get(following):
        return (
            _with_unit(run, at + 1, Decimal(digit * 10)) if _ends(run, at + 2) else Group(Decimal(digit), at + 1, True)
        )
    return Group(Decimal(digit), at + 1, True)


def _with_unit(run: list[str], at: int, tens: Decimal) -> Group:
    """The unit behind tens; "năm" is none there (25 is "hai mươi lăm", "hai mươi năm" are years)."""
    digit = words()["unit"].get(run[at]) if at < len(run) else None
    if not digit or run[at] == "năm" or not _ends(run, at + 1):
        return Group(tens, at)
    return Group(tens + digit, at + 1)


def _ends(run: list[str], at: int) -> bool:
    """Whether no "mươi" or "trăm" takes the digit before `at` for itself."""
    return at >= len(run) or (run[at] != "trăm" and run[at] not in words()["tens"])


def _decimals(run: list[str], group: Group) -> tuple[Decimal, int]:
    """The digits behind "phẩy", or the half behind "rưỡi"."""
    roles, at = words(), group.end
    if run[at : at + 1] and run[at] in roles["half"]:
        return group.value + Decimal("0.5"), at + 1
    if at + 1 >= len(run) or run[at] not in roles["point"]:
        return group.value, at
    rest = _below_hundred(run, at + 1, False)
    if rest and not rest.bare:
        return group.value + Decimal(f"0.{rest.value}"), rest.end
    digits, at = "", at + 1
    while at < len(run) and (run[at] in roles["unit"] or run[at].isdecimal()):
        digits += run[at] if run[at].isdecimal() else str(roles["unit"][run[at]])
        at += 1
    return (group.value + Decimal(f"0.{digits}"), at) if digits else (group.value, group.end)


@cache
def _openings() -> Matcher[bool]:
    """Two words that only a number starts with: "hai mươi", "mười lăm", "một trăm", "nửa triệu"; True for a ten's own."""
    roles = words()
    openers = (*roles["unit"], *roles["ten"], *roles["half_of"])
    pairs = {f"{word} {second}": False for word in openers for second in (*roles["tens"], "trăm", *_large())}
    return Matcher(pairs | {f"{ten} {unit}": True for ten in roles["ten"] for unit in roles["unit"]})


def openings(folded: Folded) -> list[int]:
    """Where numbers of two or more words may start in an article, in order."""
    lower, hits = folded.lower, _openings().find(folded)
    # Behind a bracket only a ten and its unit are surely a number.
    return list(
        dict.fromkeys(start for start, _, ten in hits if ten or lower[max(0, start - 1) : start] in ("", " ", "\n"))
    )


def find_worded(lower: str, start: int, end: int, seeds: list[int] | None = None) -> list[Quantity]:
    """The numbers of two or more words in folded lower-case text between `start` and `end`, in order, without their units.

    Left out: what names a date, a length of time, a rank or an edition, what is said roughly ("hai ba trăm", "vài chục"),
    and what is not well formed. Whether something countable follows is for the caller to see. `seeds` are the text's
    `openings`, where the caller has them.
    """
    seeds = openings(fold(lower)) if seeds is None else seeds
    first = bisect_left(seeds, start)
    found: list[Quantity] = []
    at = start
    while first < len(seeds) and seeds[first] < end:
        if seeds[first] >= at:
            run, spans = _run(lower, seeds[first], end)
            at = spans[-1][1] if spans else at
            if len(run) > 1 and (quantity := _counted(lower, run, spans, start, end)):
                found.append(quantity)
        first += 1
    return _joined(lower, found) if len(found) > 1 else found


def _run(lower: str, start: int, end: int) -> tuple[list[str], list[tuple[int, int]]]:
    """The number words from `start` on, one blank apart, with their spans."""
    run: list[str] = []
    spans: list[tuple[int, int]] = []
    known = vocabulary()
    at = start
    while len(run) < LONGEST_RUN and (word := _WORD.match(lower, at, end)) and word.group() in known:
        if word.group() in _large() and not _scale_words().match(lower, at):
            break
        run.append(word.group())
        spans.append(word.span())
        blank = _BLANK.match(lower, word.end(), end)
        if not blank:
            break
        at = blank.end()
    while run and (run[-1] in words()["link"] or run[-1] in words()["point"]):
        run.pop()
        spans.pop()
    return run, spans


@cache
def _scale_words() -> re.Pattern:
    """The scale words where they are no syllable of another word ("tỷ lệ", "triệu chứng")."""
    return re.compile("|".join(row.expression for row in rows() if row.word in _large()))


def _counted(lower: str, run: list[str], spans: list[tuple[int, int]], start: int, end: int) -> Quantity | None:
    read = value_of(run, colloquial=False)
    before = lower[max(start, spans[0][0] - 12) : spans[0][0]].split()
    if read is None or read[1] != len(run) or _uncounted(before, lower, spans[-1][1], end):
        return None
    return Quantity(spans[0][0], spans[-1][1], read[0], scaled=any(word in scales() for word in run))


def _uncounted(before: list[str], lower: str, after: int, end: int) -> bool:
    """Whether the words around say that the number counts nothing, or that more number words stand before it."""
    word = before[-1].rstrip(",") if before else ""
    following = _WORD.match(lower, after + 1, end)
    return (
        word in words()["not_after"]
        or word in vocabulary()
        or word[-1:].isdigit()
        or (following is not None and following.group() in words()["not_before"])
    )


def _joined(lower: str, found: list[Quantity]) -> list[Quantity]:
    """Two numbers with "đến" between them as one range."""
    joined: list[Quantity] = []
    for quantity in found:
        low = joined[-1] if joined else None
        if (
            low
            and low.value_high is None
            and low.value < quantity.value
            and _JOINT.fullmatch(lower, low.end, quantity.start)
        ):
            joined[-1] = low._replace(end=quantity.end, value_high=quantity.value, scaled=quantity.scaled)
        else:
            joined.append(quantity)
    return joined
