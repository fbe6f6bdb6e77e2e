"""Measure what each doubt costs on annotated articles, and write the weights into reference/doubts.csv.

    python tools/doubts.py [--show] [ARTICLES:GOLD[:SOURCES] …]

ARTICLES is a folder of articles, GOLD one of annotations (ARTICLE.tsv, a row for each numeral), SOURCES a table with the
columns id and published where that is no sources.csv beside the articles. Without any: the project's own digests, and the
unseen articles of the tests where they are. --show prints the table and leaves the file alone.

A figure is right when it is one in the annotation and every judged field is: value, value_high, qualifier, unit, indicator
(none is right too where the code book lacks the annotated one), place where it has one, window where it is judged.

The weights fit all figures together: confidence(doubts) = weight(none) × the weights of the doubts, such that for the
figures without doubts, and for those with each doubt, it expects as many to be right as there were. Counts are smoothed by
the rule of succession: right + 1 of figures + 2, so a doubt that no article shows halves what a figure is worth.
"""

import argparse
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import prod
from pathlib import Path

from analysis.extract import extract_article
from analysis.extract.confidence import COLUMNS, NO_DOUBT, TABLE, Doubt, doubts
from analysis.ingest.articles import read_article, source_of
from analysis.reconcile.tables import write_atomically
from analysis.reference.codebook import load_codebook

ROOT = Path(__file__).resolve().parents[1]
OWN = [
    (ROOT / "data/raw/articles", ROOT / "tests/data/digests", None),
    *((ROOT / "tests/data/unseen/articles", ROOT / "tests/data/unseen/gold", path)
      for path in sorted((ROOT / "tests/data/unseen").glob("sources*.csv"))),
]  # fmt: skip
ROUNDS = 500  # far more than the fit needs
LEAST = 0.01  # a weight is a number over 0


@dataclass(frozen=True)
class Sample:
    """One extracted figure: the doubts that it has, and whether it is right."""

    doubts: frozenset[str]
    right: bool


def samples(articles: Path, gold: Path, sources: Path | None = None) -> Iterator[Sample]:
    """Every figure that extraction finds in the annotated articles of a folder."""
    rows = {row["id"]: row for row in _table(sources)} if sources else {}
    for path in sorted(articles.iterdir()):
        annotated = gold / f"{path.stem}.tsv"
        if annotated.exists() and (not sources or path.stem in rows):
            source = rows[path.stem] if sources else source_of(path)
            yield from judged(extract_article(read_article(path, source)), _table(annotated, "\t"))


def judged(found: Iterable[dict], annotated: Iterable[dict]) -> Iterator[Sample]:
    """Extracted figures held against the annotation of their article: each takes the first annotated figure it touches."""
    left = list(annotated)
    for row in sorted(found, key=lambda row: (row["start"], -row["end"])):
        if row["class"] != "figure":
            continue
        touched = [one for one in left if int(one["start"]) < row["end"] and row["start"] < int(one["end"])]
        left = [one for one in left if one not in touched]
        figure = next((one for one in touched if "figure" in _either(one, "class")), None)
        if figure is None or figure["class"] == "figure":  # a second reading that is allowed is neither right nor wrong
            yield Sample(frozenset(row.get("doubts") or ()), figure is not None and is_right(row, figure))


def is_right(row: dict, gold: dict) -> bool:
    """Whether an extracted figure says what its annotation says, in every field that is judged there."""
    checks = [
        _number(row["value"]) == _number(gold["value"]),
        _number(row["value_high"]) == _number(gold["value_high"]),
        row["qualifier"] == gold["qualifier"],
        (row["unit"] or "") in _either(gold, "unit"),
        _same_indicator(row["indicator"], gold["indicator"]),
        not gold["place"] or row["place"] == gold["place"],
        gold.get("period_scored") == "no" or (row["period_start"] or "") == gold["period_start"],
        gold.get("period_scored") == "no" or gold["period_end"] in ("", row["period_end"] or ""),
    ]
    return all(checks)


def fitted(found: Iterable[Sample], known: Iterable[str]) -> dict[str, tuple[float, int, int]]:
    """Doubt → (weight, figures, right), with NO_DOUBT for the figures that have none.

    Each weight in turn is scaled so that the expected number of right figures among those with its doubt is the smoothed
    one, until nothing moves; none is over 1, for a doubt is never a reason to be surer.
    """
    found = list(found)
    groups = {name: [one for one in found if name in one.doubts] for name in known if name != NO_DOUBT}
    groups = {NO_DOUBT: [one for one in found if not one.doubts]} | groups
    counts = {name: (len(group), sum(one.right for one in group)) for name, group in groups.items()}
    weights = {name: (right + 1) / (count + 2) for name, (count, right) in counts.items()}
    for _ in range(ROUNDS):
        for name in [name for name in groups if name != NO_DOUBT and groups[name]]:
            count, right = counts[name]
            expected = sum(_expected(one, weights) for one in groups[name]) / count
            weights[name] = min(1.0, max(LEAST, weights[name] * (right + 1) / (count + 2) / expected))
    return {name: (weights[name], *counts[name]) for name in groups}


def table(weights: dict[str, tuple[float, int, int]], labels: dict[str, Doubt], comment: str) -> str:
    """doubts.csv with the weights put in; names and labels stay as they are."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for name, row in labels.items():
        weight, count, right = weights[name]
        writer.writerow([name, row.label_vi, row.label_en, f"{weight:.3f}", count, right])
    return comment + out.getvalue()


def _expected(one: Sample, weights: dict[str, float]) -> float:
    return weights[NO_DOUBT] * prod(weights[name] for name in sorted(one.doubts))


def _either(row: dict, column: str) -> set[str]:
    """A cell and the other readings that are right too."""
    return {row[column], *filter(None, (row.get(f"{column}_also") or "").split(","))}


def _same_indicator(found: str | None, annotated: str) -> bool:
    """What the code book lacks may go without an indicator, but may not be taken for another one."""
    unnamed = annotated not in load_codebook().indicators
    return not annotated or found == annotated or (unnamed and found is None)


def _number(cell) -> float | None:
    return None if cell in (None, "") else float(cell)


def _table(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter, quoting=quoting))


def _folders(argument: str) -> tuple[Path, Path, Path | None]:
    articles, gold, *sources = map(Path, argument.split(":"))
    return articles, gold, sources[0] if sources else None


def _comment(found: list[Sample]) -> str:
    told = f"Measured on {len(found)} figures, {sum(one.right for one in found)} of them right in every judged field"
    return (
        "# What makes a figure less sure, and what each reason costs. Names and labels are edited by hand; the numbers are\n"
        "# written by tools/doubts.py from annotated articles, which says what right means and how the weights are fitted.\n"
        f"# {told}; smoothed as (right + 1) / (figures + 2).\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", type=_folders, metavar="ARTICLES:GOLD[:SOURCES]")
    parser.add_argument("--show", action="store_true", help="print the table and leave the file alone")
    given = parser.parse_args()
    found = [one for folders in given.sets or OWN for one in samples(*folders)]
    text = table(fitted(found, doubts()), doubts(), _comment(found))
    print(text, end="")
    if not given.show:
        write_atomically(TABLE, text.encode("utf-8"))


if __name__ == "__main__":
    main()
