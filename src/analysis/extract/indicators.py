"""Which indicator of the code book a figure measures: the first wording rule that its clause fits."""

import re
from dataclasses import dataclass
from functools import cache

from analysis.errors import ReferenceTableError
from analysis.extract.phrases import pattern
from analysis.reference.codebook import load_codebook
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

PATH = FOLDER / "indicators.csv"
COLUMNS = ("indicator", "units", "here", "before", "unless")
# Any words of the sentence; a point between digits ends none.
_GAP = r"(?:[^.;\n]|[.](?=[0-9]))*?"


@dataclass(frozen=True)
class Rule:
    """One row of wording/indicators.csv.

    `here` must stand in the figure's own clause, `before` in the title or the few sentences up to the end of the clause, `unless` must
    not stand in the clause. `line` is the row's line, which names the rule.
    """

    indicator: str
    units: frozenset[str]
    here: re.Pattern | None
    before: re.Pattern | None
    unless: re.Pattern | None
    line: int


@cache
def rules() -> tuple[Rule, ...]:
    """The wording rules in the order of the table, which is the order of precedence."""
    return tuple(_rule(line, row) for line, row in read_rows(PATH, COLUMNS))


def _rule(line: int, row: dict[str, str]) -> Rule:
    known = load_codebook().indicators
    indicator = known[one_of(PATH, line, "indicator", row["indicator"], known)]
    units = frozenset(unit.strip() for unit in row["units"].split("|"))
    for unit in units:
        one_of(PATH, line, "units", unit, indicator.units)
    if not row["here"] and not row["before"]:
        raise ReferenceTableError(PATH, line, row["indicator"], "words in `here` or in `before`")
    return Rule(indicator.slug, units, *(_phrases(line, row[name]) for name in ("here", "before", "unless")), line)


def _phrases(line: int, cell: str) -> re.Pattern | None:
    """Phrases separated by |; … stands for any words of the same sentence. "%" and the like match as they are."""
    if not cell:
        return None
    if not all(phrase.strip(" …") for phrase in cell.split("|")):
        raise ReferenceTableError(
            PATH, line, cell, "words on both sides of each |, for an empty phrase fits everything"
        )
    return re.compile(
        "|".join(
            _GAP.join(pattern([part], loose=True) for part in phrase.split("…") if part.strip())
            for phrase in cell.split("|")
        )
    )


def read_indicator(unit: str, clause: str, before: str) -> tuple[str | None, str]:
    """(slug, rule) of a figure with `unit`; `clause` and `before` are folded lower-case text. (None, "") where none fits."""
    for rule in rules():
        if (
            unit in rule.units
            and (rule.here is None or rule.here.search(clause))
            and (rule.before is None or rule.before.search(before))
            and not (rule.unless and rule.unless.search(clause))
        ):
            return rule.indicator, f"{PATH.name} line {rule.line}"
    return None, ""
