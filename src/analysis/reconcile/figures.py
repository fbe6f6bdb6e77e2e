"""What extraction found, as the tables of numerals and figures: each figure with its kind and the interval its words allow."""

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.errors import DataCheckError
from analysis.reconcile.bounds import bounds
from analysis.reconcile.copies import as_first_told
from analysis.reconcile.releases import Releases
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
FIGURE = (*EXTRACTED, "kind", "lo", "hi", "release", "status", "decision")


def numerals_table(extracted: Iterable[Mapping]) -> pd.DataFrame:
    """One row per numeral of `extract_article`'s dicts: id, article, start, end, text, class, reason, quote."""
    return _table(extracted, NUMERAL)


def figures_table(extracted: Iterable[Mapping], releases: Releases, book: CodeBook) -> pd.DataFrame:
    """The numerals of class figure, with kind, lo, hi, the release of their article, status.

    A copy's figures have the windows of the first article of their release that tells them (`copies`).
    Raises DataCheckError for a figure without a value, or with a qualifier that is none.
    """
    told = as_first_told([row for row in extracted if row["class"] == "figure"], releases)
    return _table([_figure(row, releases, book) for row in told], FIGURE)


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
        "status": "extracted",
        "decision": None,
    }


def _table(rows: Iterable[Mapping], columns: tuple[str, ...]) -> pd.DataFrame:
    """Rows by article, then in text order. Empty text is no text: None."""
    cells = [[None if row.get(name) == "" else row.get(name) for name in columns] for row in rows]
    table = pd.DataFrame(cells, columns=list(columns), dtype=object)
    return table.sort_values(["article", "start"], kind="stable", ignore_index=True)
