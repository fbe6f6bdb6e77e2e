"""How extracted figures agree with annotated ones.

A predicted figure is paired with the first annotated figure that its span touches; the other numerals inside the span belong
to it ("2 tỷ 300 triệu đồng" is one figure). `class_also` and `unit_also` hold readings that are right too; a period marked "no"
is not judged, nor is the end of one whose end is blank.
"""

import csv
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

MEASURES = ("f1_figure", "f1_value_qualifier_unit", "place", "period", "indicator", "class_of_others", "unaccounted")


class Row(NamedTuple):
    """One annotated numeral. `classes` and `units` are every reading that is right; `cells` is the row as it was read."""

    start: int
    end: int
    classes: frozenset[str]
    units: frozenset[str]
    cells: dict[str, str]

    @property
    def is_figure(self) -> bool:
        return self.cells["class"] == "figure"


Gold = dict[str, list[Row]]  # by article id, in text order


class Found(NamedTuple):
    """A quantity that some program found: characters start to end, and its value (the lower end of a range)."""

    start: int
    end: int
    value: float | None


@dataclass(frozen=True)
class Agreement:
    """Counts of hits and chances; the measures are computed from them."""

    counts: Counter

    def f1(self, hits: str = "paired") -> float:
        """Twice the hits over predicted and annotated figures; 0 where there is neither."""
        both = 2 * self.counts["paired"] + self.counts["false"] + self.counts["missed"]
        return 2 * self.counts[hits] / both if both else 0.0

    def share(self, name: str) -> float:
        """Right ones of those judged; 1 where none was judged."""
        judged = self.counts[f"{name} judged"]
        return self.counts[f"{name} right"] / judged if judged else 1.0

    @property
    def figures(self) -> int:
        """Annotated figures that were paired or missed."""
        return self.counts["paired"] + self.counts["missed"]

    def measures(self) -> dict[str, float]:
        """The measures of `MEASURES`: shares from 0 to 1, and the count of numerals that nothing accounts for."""
        shares = {name: self.share(name) for name in ("place", "period", "indicator", "class_of_others")}
        fit = {"f1_figure": self.f1(), "f1_value_qualifier_unit": self.f1("core right")}
        return {**fit, **shares, "unaccounted": self.counts["unaccounted"]}


def read_gold(folder: Path) -> Gold:
    """The annotated numerals of every TSV of a folder, by its name without suffix."""
    return {path.stem: _read_table(path) for path in sorted(folder.glob("*.tsv"))}


def _read_table(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return [_row(cells) for cells in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _row(cells: dict[str, str]) -> Row:
    also = (cells.get("class_also") or "").split(",")
    units = (cells.get("unit_also") or "").split(",")
    return Row(
        int(cells["start"]),
        int(cells["end"]),
        frozenset({cells["class"], *filter(None, also)}),
        frozenset({cells["unit"] or "", *filter(None, units)}),
        cells,
    )


def agreement(gold: Gold, predictions: Iterable[dict], core: Collection[str] | None = None) -> Agreement:
    """How the dicts that `extract_article` gives agree with the gold. `core`: the slugs that are judged, None for all."""
    by_article: dict[str, list[dict]] = {name: [] for name in gold}
    for prediction in predictions:
        by_article.get(str(prediction["article"]), []).append(prediction)
    counts: Counter = Counter()
    for name, rows in gold.items():
        found = sorted(by_article[name], key=lambda p: (p["start"], -p["end"]))
        paired, used = _pair(rows, found, counts)
        for k, row in enumerate(rows):
            if not row.is_figure:
                _judge_other(row, found, k in paired, counts)
            elif k in paired:
                _judge_figure(row, paired[k], core, counts)
            elif k not in used and not _read_otherwise(row, found):
                counts["missed"] += 1
    return Agreement(counts)


def _pair(rows: list[Row], found: list[dict], counts: Counter) -> tuple[dict[int, dict], set[int]]:
    """The prediction of each annotated numeral, and every numeral that some predicted figure spans."""
    paired: dict[int, dict] = {}
    used: set[int] = set()
    for prediction in found:
        if prediction["class"] != "figure":
            continue
        touched = [k for k, row in enumerate(rows) if _touch(row, prediction) and k not in used]
        used.update(touched)
        hit = next((k for k in touched if "figure" in rows[k].classes), None)
        if hit is None:
            counts["false"] += 1
        else:
            paired[hit] = prediction
    return paired, used


def _touch(row: Row, prediction: dict) -> bool:
    return row.start < prediction["end"] and prediction["start"] < row.end


def _read_otherwise(row: Row, found: list[dict]) -> bool:
    """Whether a figure was given another class that is right too."""
    return any(p["class"] in row.classes and p["class"] != "figure" and _touch(row, p) for p in found)


def _judge_other(row: Row, found: list[dict], read_as_figure: bool, counts: Counter) -> None:
    if read_as_figure:  # a second reading that is right too
        return
    given = {p["class"] for p in found if _touch(row, p)}
    counts["class_of_others judged"] += 1
    counts["class_of_others right"] += bool(given & row.classes)
    counts["unaccounted"] += not given


def _judge_figure(row: Row, prediction: dict, core: Collection[str] | None, counts: Counter) -> None:
    counts["paired"] += 1
    checks = _checks(row, prediction, core)
    counts["core right"] += checks["value"] and checks["qualifier"] and checks["unit"]
    for name, right in checks.items():
        counts[f"{name} judged"] += 1
        counts[f"{name} right"] += right


def _checks(row: Row, prediction: dict, core: Collection[str] | None) -> dict[str, bool]:
    cells, given = row.cells, prediction.get
    checks = {
        "value": equal(given("value"), cells["value"]) and equal(given("value_high"), cells["value_high"]),
        "qualifier": given("qualifier") == cells["qualifier"],
        "unit": (given("unit") or "") in row.units,
    }
    if cells["place"]:
        checks["place"] = given("place") == cells["place"]
    if cells.get("period_scored") != "no":
        checks["period"] = (given("period_start") or "") == cells["period_start"] and (
            cells["period_end"] in ("", given("period_end") or "")
        )
    judged = core is None or cells["indicator"] in core or given("indicator") in core
    if cells["indicator"] and judged:  # a core slug on a figure that is not it, a subset say, is wrong
        checks["indicator"] = given("indicator") == cells["indicator"]
    return checks


def equal(given, annotated) -> bool:
    """Whether two values, of which either may be None or "", are the same to nine digits."""
    a, b = (None if value in (None, "") else float(value) for value in (given, annotated))
    if a is None or b is None:
        return a is b
    return abs(a - b) <= 1e-9 * max(1.0, abs(a), abs(b))


class Values(NamedTuple):
    """How often found values are right. Shares from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def value_agreement(gold: Gold, found: dict[str, list[Found]]) -> Values:
    """Precision and recall of (touching span, equal value), the same for every program.

    Right is what touches an annotated figure and has its value; either end of a range counts. What touches no annotated numeral at all
    (a number in words) and what touches only numerals that may be read both ways is not judged.
    """
    right = judged = hit = wanted = 0
    for name, rows in gold.items():
        hits: set[int] = set()
        for item in found.get(name, ()):
            touched = [k for k, row in enumerate(rows) if row.start < item.end and item.start < row.end]
            figures = [k for k in touched if rows[k].is_figure]
            if not touched or (not figures and any("figure" in rows[k].classes for k in touched)):
                continue
            good = [k for k in figures if _states(rows[k], item.value)]
            judged, right = judged + 1, right + bool(good)
            hits.update(good)
        hit += len(hits)
        wanted += sum(row.classes == {"figure"} or k in hits for k, row in enumerate(rows) if row.is_figure)
    return Values(right / judged if judged else 0.0, hit / wanted if wanted else 0.0)


def _states(row: Row, value: float | None) -> bool:
    ends = filter(None, (row.cells["value"], row.cells["value_high"]))
    return value is not None and any(equal(value, end) for end in ends)
