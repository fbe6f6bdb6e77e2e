"""What extraction found, as the tables of numerals and figures: each figure with its kind and the interval its words allow,
as analysts decided on it."""

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.errors import DataCheckError
from analysis.extract.confidence import confidence
from analysis.reconcile.bounds import bounds
from analysis.reconcile.copies import as_first_told
from analysis.reconcile.releases import Releases
from analysis.reconcile.verdicts import Judged
from analysis.reference.codebook import CodeBook

NUMERAL = ("id", "article", "start", "end", "text", "class", "reason", "quote")
EXTRACTED = (
    *(
        "id",
        "article",
        "start",
        "end",
        "text",
        "class",
        "reason",
        "value",
        "value_high",
        "qualifier",
        "unit",
        "unit_text",
    ),
    *("indicator", "place", "body", "period_start", "period_end", "period_text", "quote"),
)
FIGURE = (*EXTRACTED, "kind", "lo", "hi", "release", "status", "decision", "confidence", "doubts", "part_of")
BETWEEN = "; "  # joins the doubts of a figure
UNDECIDED = Judged({}, {}, [])


def numerals_table(extracted: Iterable[Mapping]) -> pd.DataFrame:
    """One row per numeral of `extract_article`'s dicts: id, article, start, end, text, class, reason, quote."""
    return _table(extracted, NUMERAL)


def told_figures(extracted: Iterable[Mapping], releases: Releases) -> list[dict]:
    """The numerals of class figure, which decisions are held against.

    A copy's figures have the windows of the first article of their release that tells them (`copies`). A part whose whole
    is no figure stands alone.
    """
    told = as_first_told([row for row in extracted if row["class"] == "figure"], releases)
    known = {row["id"] for row in told}
    return [{**row, "part_of": row.get("part_of") if row.get("part_of") in known else None} for row in told]


def figures_table(
    extracted: Iterable[Mapping], releases: Releases, book: CodeBook, judged: Judged = UNDECIDED
) -> pd.DataFrame:
    """The figures as `judged` decides on them, with kind, lo, hi, the release of their article, and how sure they are.

    Raises DataCheckError for a figure without a value, or with a qualifier that is none.
    """
    return tabulated(told_figures(extracted, releases), releases, book, judged)


def tabulated(told: Iterable[Mapping], releases: Releases, book: CodeBook, judged: Judged) -> pd.DataFrame:
    """`figures_table` of figures that `told_figures` gave."""
    return _table([_figure(judged.applied(row), releases, book) for row in told], FIGURE)


def _figure(row: Mapping, releases: Releases, book: CodeBook) -> dict:
    indicator = book.indicators.get(row["indicator"])
    try:
        interval = bounds(float(row["value"]), row["value_high"], row["qualifier"], book)
    except (TypeError, ValueError) as error:
        told = f"table figures, figure {row['id']} of {row['article']}: found value {row['value']!r}, qualifier {row['qualifier']!r}"
        raise DataCheckError(f"{told}: {error}. Mend the rule that read it, and build again.") from error
    return {
        **row,
        "kind": indicator.kind if indicator else None,
        "lo": interval.lo,
        "hi": interval.hi,
        "release": releases.ids[row["article"]],
        **_sure(row),
    }


def _sure(row: Mapping) -> dict:
    """How sure extraction was, whatever was decided since; a row that names no doubts has none."""
    doubts = tuple(row.get("doubts") or ())
    sure = row.get("confidence")
    return {"confidence": confidence(doubts) if sure is None else sure, "doubts": BETWEEN.join(doubts)}


def _table(rows: Iterable[Mapping], columns: tuple[str, ...]) -> pd.DataFrame:
    """Rows by article, then in text order. Empty text is no text: None."""
    cells = [[None if row.get(name) == "" else row.get(name) for name in columns] for row in rows]
    table = pd.DataFrame(cells, columns=list(columns), dtype=object)
    return table.sort_values(["article", "start"], kind="stable", ignore_index=True)
