"""What must hold of the numerals of every text, however odd: checked by `bench.fuzz` and by the tests."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from math import isfinite

from analysis.extract.confidence import NO_DOUBT, doubts
from analysis.ingest.articles import Article

CLASSES = {"figure", "date", "duration", "doc_ref", "ordinal", "boilerplate", "other"}


def broken(article: Article, rows: list[dict]) -> list[str]:
    """What does not hold of an article's rows; empty where all is well.

    Where the file's letters were repaired its spans are not the text's, so only what the rows say of each other is checked.
    """
    spans = broken_rules(article.text, rows) if article.offsets is None else _disorder(rows)
    return [*spans, *broken_links(rows)]


def broken_rules(text: str, rows: list[dict]) -> list[str]:
    """What does not hold of the spans, classes, values and periods of the numerals of a text."""
    found = _disorder(rows)
    covered = bytearray(len(text))
    for row in rows:
        covered[row["start"] : row["end"]] = b"\1" * (row["end"] - row["start"])
    if any(char in "0123456789" and not seen for char, seen in zip(text, covered, strict=True)):
        found.append("a digit that no numeral holds")
    return found + [f"{problem} in {row}" for row in rows for problem in _problems(text, row)]


def _disorder(rows: list[dict]) -> list[str]:
    wrong = any(before["end"] > after["start"] for before, after in pairwise(rows))
    return ["numerals out of order or overlapping"] if wrong else []


def _problems(text: str, row: dict) -> list[str]:
    values = [value for value in (row["value"], row["value_high"]) if value is not None]
    ends = [date.fromisoformat(day) for day in (row["period_start"], row["period_end"]) if day]
    rules = {
        "text is not the text at its span": row["text"] == text[row["start"] : row["end"]] != "",
        "unknown class": row["class"] in CLASSES and bool(row["reason"]),
        "value without figure, or figure without value": (row["value"] is not None) == (row["class"] == "figure"),
        "value is no number": all(isfinite(value) for value in values),
        "range runs backwards": values == sorted(values),
        "period runs backwards": ends == sorted(ends),
    }
    return [problem for problem, holds in rules.items() if not holds]


def broken_links(rows: list[dict]) -> list[str]:
    """What does not hold of ids, quotes, doubts, and of which figure is a part of which."""
    found = [] if len({row["id"] for row in rows}) == len(rows) else ["two numerals of one id"]
    values: dict[str, float] = {}
    for row in rows:
        found += [f"{problem} in {row}" for problem in _loose_ends(row, values)]
        if row["class"] == "figure":
            values[row["id"]] = row["value"]
    return found


def _loose_ends(row: dict, before: dict[str, float]) -> Iterator[str]:
    """Problems of one row; `before` holds the values of the figures before it by their ids."""
    if row["text"] not in row["quote"]:
        yield "quote without the text"
    if row["class"] != "figure":
        return
    if not set(row["doubts"]) <= doubts().keys() - {NO_DOUBT} or not 0 < row["confidence"] <= 1:
        yield "unknown doubt, or confidence that is no share"
    if row["part_of"] is not None and row["part_of"] not in before:
        yield "part of no figure before it"
    elif row["part_of"] is not None and before[row["part_of"]] < row["value"]:
        yield "part that is more than its whole"
