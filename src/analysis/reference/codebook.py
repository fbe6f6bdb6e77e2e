"""The code book: what can be counted, computed and added up, and what is assumed. Its tables are data; this reads them.

`load_codebook()` reads indicators.csv, measures.csv, parts.csv, units.csv and assumptions.csv, and checks that they fit
together: a row that does not parse, or names something that no other row defines, stops with file, line and what was
expected, so that a slip in the code book never becomes a number.
"""

import hashlib
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from analysis.errors import ReferenceTableError
from analysis.reference.tables import FOLDER, one_of, read_rows

TABLES = ("indicators", "measures", "parts", "units", "assumptions")
KINDS = ("flow", "stock", "share", "target")
RESULTS = ("percent", "ratio", "VND")
WINDOWS = ("same", "target")
UNIT_RULES = ("same", "any")
COVERAGES = ("complete", "subset")
T = TypeVar("T")
SLUG = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Unit:
    """A unit that figures are counted in, with its name for people."""

    slug: str
    label_vi: str
    label_en: str

    def label(self, lang: str) -> str:
        return self.label_vi if lang == "vi" else self.label_en


@dataclass(frozen=True)
class Indicator:
    """What is counted. `parent` is the slug that this is a part of, or ""; `units` are all units it is printed in."""

    slug: str
    label_vi: str
    label_en: str
    unit: str
    kind: str
    counts_vi: str
    counts_en: str
    parent: str
    units: frozenset[str]
    note: str

    def label(self, lang: str) -> str:
        return self.label_vi if lang == "vi" else self.label_en

    def counts(self, lang: str) -> str:
        return self.counts_vi if lang == "vi" else self.counts_en


@dataclass(frozen=True)
class Measure:
    """numerator / denominator, as percent (times 100), ratio or VND, printed with `decimals`.

    `window` is same (both of one window) or target (the denominator is a level to reach by the end of its window);
    `units` is same (both in one unit, or refused) or any.
    """

    slug: str
    label_vi: str
    label_en: str
    numerator: str
    denominator: str
    result: str
    window: str
    units: str
    decimals: int
    note_vi: str
    note_en: str

    def label(self, lang: str) -> str:
        return self.label_vi if lang == "vi" else self.label_en

    def note(self, lang: str) -> str:
        return self.note_vi if lang == "vi" else self.note_en

    @property
    def scale(self) -> int:
        """What numerator / denominator is multiplied by: 100 for a percent."""
        return 100 if self.result == "percent" else 1


@dataclass(frozen=True)
class PartSum:
    """Parts of a total: together they make it up (complete), or the one part never exceeds it (subset)."""

    total: str
    parts: tuple[str, ...]
    coverage: str
    split: str


@dataclass(frozen=True)
class Assumption:
    """A number that no article states, named wherever it is used."""

    name: str
    value: float
    label_vi: str
    label_en: str
    used_for: str

    def label(self, lang: str) -> str:
        return self.label_vi if lang == "vi" else self.label_en


@dataclass(frozen=True)
class CodeBook:
    """All tables of the code book, in the order of their rows; `sha256` is of the tables' bytes."""

    indicators: dict[str, Indicator]
    measures: list[Measure]
    parts: list[PartSum]
    assumptions: dict[str, Assumption]
    units: dict[str, Unit]
    sha256: str

    def measure(self, slug: str) -> Measure:
        """The measure of that slug; KeyError where there is none."""
        return {measure.slug: measure for measure in self.measures}[slug]

    def assumed(self, name: str) -> float:
        """The value of an assumption; KeyError where there is none."""
        return self.assumptions[name].value


@cache
def load_codebook(folder: Path = FOLDER) -> CodeBook:
    """The code book in `folder` (default: the project's own), read once per folder.

    Raises FileError where a table is missing, ReferenceTableError (file, line, found, expected) for a bad row.
    """
    units = _keyed(folder / "units.csv", "unit", ("unit", "label_vi", "label_en"), _unit)
    indicators = _indicators(folder / "indicators.csv", units)
    return CodeBook(
        indicators=indicators,
        measures=_measures(folder / "measures.csv", indicators),
        parts=_parts(folder / "parts.csv", folder / "indicators.csv", indicators),
        assumptions=_keyed(folder / "assumptions.csv", "name", ("name", "value", *_LABELS, "used_for"), _assumption),
        units=units,
        sha256=hashlib.sha256(b"".join((folder / f"{name}.csv").read_bytes() for name in TABLES)).hexdigest(),
    )


_LABELS = ("label_vi", "label_en")
_INDICATOR = ("slug", *_LABELS, "unit", "kind", "counts_vi", "counts_en", "parent", "unit_also", "note")
_MEASURE = ("slug", *_LABELS, "numerator", "denominator", "result", "window", "units", "decimals", "note_vi", "note_en")


@dataclass(frozen=True)
class _Row:
    """One row with its place, so that every complaint about a cell names file and line."""

    path: Path
    line: int
    cells: dict[str, str]

    def wrong(self, column: str, expected: str) -> ReferenceTableError:
        return ReferenceTableError(self.path, self.line, f"{column}={self.cells[column]}", expected)

    def text(self, column: str) -> str:
        if not self.cells[column]:
            raise self.wrong(column, "some text")
        return self.cells[column]

    def slug(self, column: str) -> str:
        if not SLUG.fullmatch(self.cells[column]):
            raise self.wrong(column, "lower-case English words joined by _ (party_admitted)")
        return self.cells[column]

    def one_of(self, column: str, allowed) -> str:
        return one_of(self.path, self.line, column, self.cells[column], allowed)

    def number(self, column: str) -> float:
        try:
            value = float(self.cells[column])
        except ValueError as error:
            raise self.wrong(column, "a number with a point for decimals (0.1)") from error
        if not math.isfinite(value) or value < 0:
            raise self.wrong(column, "a number of 0 or more")
        return value


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[_Row]:
    for line, cells in read_rows(path, columns):
        yield _Row(path, line, cells)


def _keyed(path: Path, key: str, columns: tuple[str, ...], parse: Callable[[_Row], T]) -> dict[str, T]:
    """The table as key → row; a key that stands twice is an error at its second line."""
    table: dict[str, T] = {}
    for row in _rows(path, columns):
        name = row.text(key)
        if name in table:
            raise row.wrong(key, f"a {key} that stands in one row only")
        table[name] = parse(row)
    return table


def _unit(row: _Row) -> Unit:
    return Unit(row.text("unit"), row.text("label_vi"), row.text("label_en"))


def _assumption(row: _Row) -> Assumption:
    texts = (row.text(column) for column in (*_LABELS, "used_for"))
    return Assumption(row.slug("name"), row.number("value"), *texts)


def _indicators(path: Path, units: dict[str, Unit]) -> dict[str, Indicator]:
    table = _keyed(path, "slug", _INDICATOR, lambda row: _indicator(row, units))
    for row in _rows(path, _INDICATOR):
        if row.cells["parent"] and row.cells["parent"] not in table.keys() - {row.cells["slug"]}:
            raise row.wrong("parent", "the slug of another indicator, or nothing")
    return table


def _indicator(row: _Row, units: dict[str, Unit]) -> Indicator:
    also = [unit for unit in row.cells["unit_also"].split("|") if unit]
    if unknown := [unit for unit in also if unit not in units]:
        raise row.wrong("unit_also", f"units of units.csv joined by | (unknown: {', '.join(unknown)})")
    unit = row.one_of("unit", units)
    return Indicator(
        slug=row.slug("slug"),
        label_vi=row.text("label_vi"),
        label_en=row.text("label_en"),
        unit=unit,
        kind=row.one_of("kind", KINDS),
        counts_vi=row.text("counts_vi"),
        counts_en=row.text("counts_en"),
        parent=row.cells["parent"],
        units=frozenset((unit, *also)),
        note=row.cells["note"],
    )


def _measures(path: Path, indicators: dict[str, Indicator]) -> list[Measure]:
    return list(_keyed(path, "slug", _MEASURE, lambda row: _measure(row, indicators)).values())


def _measure(row: _Row, indicators: dict[str, Indicator]) -> Measure:
    decimals = row.cells["decimals"]
    if not re.fullmatch(r"[0-6]", decimals):
        raise row.wrong("decimals", "a whole number from 0 to 6")
    measure = Measure(
        slug=row.slug("slug"),
        label_vi=row.text("label_vi"),
        label_en=row.text("label_en"),
        numerator=row.one_of("numerator", indicators),
        denominator=row.one_of("denominator", indicators),
        result=row.one_of("result", RESULTS),
        window=row.one_of("window", WINDOWS),
        units=row.one_of("units", UNIT_RULES),
        decimals=int(decimals),
        note_vi=row.cells["note_vi"],
        note_en=row.cells["note_en"],
    )
    _can_be_computed(row, indicators[measure.numerator], indicators[measure.denominator], measure)
    return measure


def _can_be_computed(row: _Row, numerator: Indicator, denominator: Indicator, measure: Measure) -> None:
    """A measure whose parts could never fit together is a slip in its row."""
    if numerator.slug == denominator.slug:
        raise row.wrong("denominator", "an indicator other than the numerator")
    if measure.units == "same" and not numerator.units & denominator.units:
        raise row.wrong("units", f"any, for {numerator.unit} and {denominator.unit} are never one unit")
    if (measure.window == "target") != (denominator.kind == "target"):
        raise row.wrong("window", "target where the denominator's kind is target, and only there")
    if measure.result == "VND" and numerator.unit != "VND":
        raise row.wrong("result", "VND only where the numerator is in VND")


def _parts(path: Path, indicators_path: Path, indicators: dict[str, Indicator]) -> list[PartSum]:
    splits: dict[tuple[str, str, str], list[str]] = {}
    for row in _rows(path, ("total", "part", "coverage", "split")):
        total, part = row.one_of("total", indicators), row.one_of("part", indicators)
        if total == part:
            raise row.wrong("part", "an indicator other than the total")
        coverage = row.one_of("coverage", COVERAGES)
        split = row.slug("split") if coverage == "complete" else part
        if part in (parts := splits.setdefault((total, coverage, split), [])):
            raise row.wrong("part", "a part that stands once in its split")
        parts.append(part)
    _parents_have_parts(indicators_path, {(total, part) for (total, _, _), parts in splits.items() for part in parts})
    return [PartSum(total, tuple(parts), coverage, split) for (total, coverage, split), parts in splits.items()]


def _parents_have_parts(path: Path, pairs: set[tuple[str, str]]) -> None:
    """A parent says that an indicator is a part; parts.csv must say how, or the check on it would silently not exist."""
    for row in _rows(path, _INDICATOR):
        parent = row.cells["parent"]
        if parent and (parent, row.cells["slug"]) not in pairs:
            raise row.wrong("parent", f"a row {parent},{row.cells['slug']} in parts.csv, which says how it is a part")
