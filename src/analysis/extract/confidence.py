"""How sure a figure is, and why not surer: the share of annotated figures with the same doubts that were right.

Extraction names a figure's doubts; reference/doubts.csv says what each costs. tools/doubts.py measures the weights on the
annotated articles and writes the table, so nobody edits the numbers in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import prod
from pathlib import Path

from analysis.errors import ReferenceTableError
from analysis.reference.tables import FOLDER, read_rows

TABLE = FOLDER / "doubts.csv"
COLUMNS = ("name", "label_vi", "label_en", "weight", "figures", "right")
NO_DOUBT = "none"  # the row of figures that nothing speaks against
DECIMALS = 3


@dataclass(frozen=True)
class Doubt:
    """One reason to be less sure. `weight` (over 0, at most 1) is how much rarer a figure with it is right: see tools/doubts.py.

    `figures` with it stood in the annotated articles, and `right` of them were right in every judged field.
    """

    name: str
    label_vi: str
    label_en: str
    weight: float
    figures: int
    right: int

    def label(self, lang: str) -> str:
        return self.label_vi if lang == "vi" else self.label_en


@cache
def doubts(path: Path = TABLE) -> dict[str, Doubt]:
    """Every doubt by name, the row of NO_DOUBT among them. Raises ReferenceTableError for a row that does not parse."""
    required = ("name", "label_vi", "label_en")
    rows = read_rows(path, COLUMNS, required=required, unique=("name",))
    found = {row["name"]: _doubt(path, line, row) for line, row in rows}
    if NO_DOUBT not in found:
        raise ReferenceTableError(path, len(found) + 1, "the end of the table", f"a row named {NO_DOUBT}")
    return found


@cache
def confidence(names: tuple[str, ...]) -> float:
    """How sure a figure with these doubts is, over 0 to at most 1: the share of such figures that were right.

    The weights multiply: a figure with two doubts is right as rarely as if each struck by itself. The order does not matter,
    nor how often a doubt is named. Raises ValueError for a name that doubts.csv lacks.
    """
    if unknown := sorted(set(names) - (doubts().keys() - {NO_DOUBT})):
        allowed = ", ".join(sorted(doubts().keys() - {NO_DOUBT}))
        raise ValueError(f"doubts {', '.join(unknown)}: no rows of {TABLE.name}; allowed are {allowed}. Add a row.")
    return round(prod(doubts()[name].weight for name in (NO_DOUBT, *sorted(set(names)))), DECIMALS)


def worded(names: Iterable[str], lang: str) -> list[str]:
    """What the doubts are called in `lang`, the gravest first; one that the table lacks keeps its own name."""
    known = doubts()
    ordered = sorted(names, key=lambda name: (known[name].weight if name in known else 0, name))
    return [known[name].label(lang) if name in known else name for name in ordered]


def _doubt(path: Path, line: int, row: dict[str, str]) -> Doubt:
    figures, right = (_count(path, line, name, row[name]) for name in ("figures", "right"))
    if right > figures:
        raise ReferenceTableError(path, line, f"right={right}", f"at most the {figures} figures; run tools/doubts.py")
    weight = _weight(path, line, row["weight"])
    return Doubt(row["name"], row["label_vi"], row["label_en"], weight, figures, right)


def _count(path: Path, line: int, column: str, cell: str) -> int:
    if not (cell.isascii() and cell.isdigit()):
        raise ReferenceTableError(path, line, f"{column}={cell}", "a whole number; run tools/doubts.py")
    return int(cell)


def _weight(path: Path, line: int, cell: str) -> float:
    try:
        weight = float(cell)
    except ValueError:
        weight = 0.0
    if not 0 < weight <= 1:
        raise ReferenceTableError(path, line, f"weight={cell}", "a number over 0 and at most 1; run tools/doubts.py")
    return weight
