"""Tables for people: columns named and values written in the reader's language, as HTML with the same bytes every time."""

import html
import math

import pandas as pd

from analysis.extract.confidence import worded as doubts_worded
from analysis.publish import formats, labels
from analysis.publish.charts.pick import measure_text, printed
from analysis.publish.labels import say, sentences
from analysis.publish.windows import Window, partial_label

WORDED = ("status", "kind", "window_kind", "severity", "qualifier", "check", "action", "state")
DATES = ("period_start", "period_end", "as_of", "published")
RIGHT = (
    "value",
    "lo",
    "hi",
    "value_high",
    "start",
    "end",
    "n_articles",
    "n_releases",
    "n_figures",
    "n_numerals",
    "numerator",
    "denominator",
    "confidence",
)
BETWEEN_DOUBTS = "; "  # in one cell of the figures table, and between their words


def head(column: str, lang: str) -> str:
    """The column's name for people; a column that texts.csv lacks keeps its own name."""
    return say(f"column.{column}", lang) if f"column.{column}" in sentences() else column


def cell(row: pd.Series, column: str, lang: str, observations: dict | None = None) -> str:
    """One value in words. "window" and "value" are put together from the columns that they rest on.

    `observations` (id → row) lets numerator and denominator show their numbers instead of their ids.
    """
    if column == "window":
        above = (observations or {}).get(row.get("numerator"))
        return Window.of(row, None if above is None else above["kind"]).label(lang)
    if column in ("message", "note") and lang == "vi" and not _missing(row.get(f"{column}_vi")):
        return str(row[f"{column}_vi"])
    value = row.get(column)
    if _missing(value):
        return say("value.missing", lang)
    if column in ("numerator", "denominator") and observations and value in observations:
        return printed(observations[value], lang)
    if column == "value":
        return _value(row, lang)
    return _plain(column, value, lang)


def _plain(column: str, value, lang: str) -> str:
    if column == "indicator":
        return labels.indicator(value, lang)
    if column == "measure":
        return labels.measure(value, lang)
    if column == "unit":
        return labels.unit(value, lang)
    if column in WORDED:
        return worded(value, lang)
    if column == "doubts":
        return BETWEEN_DOUBTS.join(doubts_worded(str(value).split(BETWEEN_DOUBTS), lang))
    if column == "confidence" and not isinstance(value, str):
        return formats.percent(100 * value, lang, 0)
    if column in DATES:
        return partial_label(value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value), lang)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return formats.number(value, lang) if math.isfinite(value) else ("∞" if value > 0 else "−∞")
    return str(value)


def worded(value, lang: str) -> str:
    """A value of a fixed list (status, kind, hedge, …) in words; one that texts.csv lacks stays as it is."""
    return say(f"value.{value}", lang) if f"value.{value}" in sentences() else str(value)


def _value(row: pd.Series, lang: str) -> str:
    if not _missing(row.get("measure")):
        return measure_text(row, lang)
    if any(name not in row or _missing(row[name]) for name in ("lo", "hi", "unit")):
        return formats.number(row["value"], lang)
    return formats.hedged(row["value"], row["lo"], row["hi"], row["unit"], lang)


def _missing(value) -> bool:
    return value is None or (not isinstance(value, list | tuple | dict) and bool(pd.isna(value))) or value == ""


def to_html(frame: pd.DataFrame, lang: str, columns=None, caption: str = "", observations: dict | None = None) -> str:
    """The frame as an HTML table of class "facts"; numbers stand right, derived and estimated values in italics.

    Text is escaped; each row has its status as its class.
    """
    columns = list(columns or frame.columns)
    heads = "".join(f'<th scope="col"{_class(name)}>{html.escape(head(name, lang))}</th>' for name in columns)
    lines = ['<table class="facts">', f"<thead><tr>{heads}</tr></thead>", "<tbody>"]
    if caption:
        lines.insert(1, f"<caption>{html.escape(caption)}</caption>")
    for _, row in frame.iterrows():
        cells = "".join(f"<td{_class(name)}>{_html_cell(row, name, lang, observations)}</td>" for name in columns)
        lines.append(f"<tr{_row_class(row)}>{cells}</tr>")
    return "\n".join([*lines, "</tbody>", "</table>"])


def _html_cell(row: pd.Series, column: str, lang: str, observations: dict | None) -> str:
    text = html.escape(cell(row, column, lang, observations))
    return f"<em>{text}</em>" if column == "value" and _status(row) in ("derived", "estimated") else text


def _row_class(row: pd.Series) -> str:
    return f' class="{html.escape(_status(row), quote=True)}"' if _status(row) else ""


def _status(row: pd.Series) -> str:
    status = row.get("status")
    return "" if _missing(status) else str(status)


def to_text(frame: pd.DataFrame, lang: str, columns=None, observations: dict | None = None) -> str:
    """The same table as plain text, for readers without HTML."""
    columns = list(columns or frame.columns)
    lines = ["\t".join(head(name, lang) for name in columns)]
    lines += ["\t".join(cell(row, name, lang, observations) for name in columns) for _, row in frame.iterrows()]
    return "\n".join(lines)


def _class(column: str) -> str:
    if column in RIGHT:
        return ' class="number"'
    return ' class="word"' if column in WORDED else ' class="doubts"' if column == "doubts" else ""
