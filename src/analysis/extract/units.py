"""What a number counts: the noun behind it, or before it, or carried on from the figure before."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from analysis.extract.phrases import key, pattern, spaced
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

UNITS = ("person", "participation", "session", "meeting", "opinion", "organisation", "initiative", "class", "entry", "article",
         "award", "document", "percent", "VND", "USD", "km2", "m2", "programme", "times", "other")  # fmt: skip
# Units that never take decimals: "9,216 đoàn viên" are thousands.
COUNTED = frozenset(UNITS) - {"percent", "VND", "USD", "km2", "m2", "other"}
MONEY = ("VND", "USD")
SMALLEST_SUM = 100  # đồng; below it "đồng" begins another word ("05 đồng chủ tịch").


@dataclass(frozen=True)
class Unit:
    """A unit and the folded span of its noun; `rule` says where the noun was found."""

    unit: str
    start: int
    end: int
    rule: str


@cache
def nouns() -> dict[str, str]:
    """Nouns and their units, from wording/nouns.csv."""
    path = FOLDER / "nouns.csv"
    rows = read_rows(path, ("noun", "unit"), required=("noun", "unit"), unique=("noun",))
    return {key(row["noun"]): one_of(path, line, "unit", row["unit"], UNITS) for line, row in rows}


@cache
def _patterns() -> dict[str, re.Pattern]:
    words = [noun for noun in nouns() if noun not in ("đ", "m", "%")]
    noun = pattern(words)
    attached = r"đ(?![^\W_])|%|m(?![^\W_])"
    behind = rf"\s*(?P<noun>{noun}|{attached})"
    return {
        "behind": re.compile(behind),
        "money": re.compile(
            rf"\s*(?P<noun>{pattern(n for n, u in nouns().items() if u in MONEY and n not in ('đ', '%'))}|đ(?![^\W_]))"
        ),
        # "số CĐCS: 1.289", "nữ 24.639": the noun stands right before.
        "before": re.compile(
            rf"(?P<noun>{pattern(n for n in words if nouns()[n] not in ('percent', 'VND', 'USD', 'times'))})\s*(?::|là|có|đạt|được|gồm)?\s*$"
        ),
        "near": re.compile(rf"(?P<noun>{noun})"),
        # Not where the second noun opens the next count ("52.089 người, nữ 24.639").
        "list": re.compile(rf"\s*(?:,|và|-|/)\s*(?P<noun>{noun})(?!\s*(?:là|có|:)?\s*[0-9])"),
    }


def unit_behind(lower: str, end: int, limit: int, value: Decimal, scaled: bool) -> Unit | None:
    """The unit whose noun follows a number directly, or after at most two other words of the same clause."""
    money = _patterns()["money"].match(lower, end, limit)
    if scaled and money:
        return _unit(money, "noun behind the number")
    match = _patterns()["behind"].match(lower, end, limit)
    if match and not (nouns().get(match["noun"], "VND") == "VND" and value < SMALLEST_SUM and not scaled):
        return _joined(lower, match, limit)
    stop = re.compile(r"[.,;:()0-9\"]|(?<![^\W_])(?:là|có|được|trong|so|thì|và|của|tại|ở|cho)(?![^\W_])").search(
        lower, end, limit
    )
    window = _few_words(lower, end, stop.start() if stop else limit)
    near = _patterns()["near"].search(lower, end, window)
    if near and nouns()[near["noun"]] != "VND":
        return _unit(near, "noun a word or two behind the number")
    return None


def _few_words(lower: str, start: int, limit: int) -> int:
    words = list(re.finditer(r"\S+", lower[start:limit]))
    return start + words[min(len(words), 5) - 1].end() if words else start


def _joined(lower: str, match: re.Match, limit: int) -> Unit:
    """The noun with its equals in a list ("đoàn viên, người lao động"); mixed lists keep the first noun's unit."""
    unit, end = _unit(match, "noun behind the number"), match.end("noun")
    while (
        (more := _patterns()["list"].match(lower, end, limit))
        and nouns()[more["noun"]] == unit.unit
        and unit.unit not in MONEY
    ):
        end = more.end("noun")
    return Unit(unit.unit, unit.start, end, unit.rule)


def _unit(match: re.Match, rule: str) -> Unit:
    noun = spaced(match["noun"])
    return Unit(nouns()[noun], match.start("noun"), match.end("noun"), rule)


def unit_before(lower: str, start: int, clause_start: int) -> Unit | None:
    """The unit whose noun stands right before a number."""
    match = _patterns()["before"].search(lower, clause_start, start)
    return _unit(match, "noun before the number") if match else None
