"""The tables as a workbook for spreadsheet users, with receipts, and the same tables as CSV."""

import io
import math
from pathlib import Path

import pandas as pd
import xlsxwriter

from analysis.publish.archives import DATED, normalised
from analysis.publish.labels import say
from analysis.publish.sheets import readable
from analysis.publish.tables import head
from analysis.reconcile.receipts import receipt
from analysis.reconcile.tables import to_csv, write_atomically

SHEETS = ("observations", "measures", "figures", "findings", "articles", "numerals", "decisions")
WIDEST, LONGEST = 70, 32767  # characters: of a column, and what a cell can hold
SHARES = ("confidence",)  # columns of shares from 0 to 1, shown in percent
BLUE = "#0072B2"


def write_workbook(facts, out: Path | str, lang: str) -> list[Path]:
    """Write facts to the workbook `out` and each table as CSV beside it; returns all paths, the workbook first.

    The first sheet says what each holds. Numbers stay numbers, dates dates; an open bound is an empty cell. Text is never
    read as a formula. Raises FileError where the folder cannot be written.
    """
    out = Path(out)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": say("book.about_title", lang), "author": "Reported Figures", "created": DATED})
    styles = _styles(book)
    about = book.add_worksheet(say("book.about", lang))
    frames = {name: readable(facts, name, lang) for name in SHEETS} | {"receipts": _receipts(facts, lang)}
    for name, frame in frames.items():
        _write_sheet(book.add_worksheet(say(f"book.{name}", lang)), frame, styles, lang)
    _write_about(about, frames, styles, lang)
    book.close()
    contents = {out: normalised(buffer.getvalue())} | {
        out.parent / f"{name}.csv": to_csv(getattr(facts, name)) for name in SHEETS
    }
    for path, content in contents.items():
        write_atomically(path, content)
    return list(contents)


def _styles(book) -> dict:
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "head": book.add_format(
            {"bold": True, "bg_color": BLUE, "font_color": "#ffffff", "text_wrap": True, "valign": "top", "border": 1}
        ),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "whole": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "decimal": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
        "share": book.add_format({"num_format": "0%", "valign": "top"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"}),
    }


def _receipts(facts, lang: str) -> pd.DataFrame:
    """One row per observation and measure: id, and the receipt as text."""
    ids = [*facts.observations["id"], *facts.measures["id"]]
    return pd.DataFrame(
        {"id": ids, "receipt": [receipt(facts, item).as_text(lang) for item in ids]}, columns=["id", "receipt"]
    )


def _write_sheet(sheet, frame: pd.DataFrame, styles: dict, lang: str) -> None:
    for number, column in enumerate(frame.columns):
        title = _title(column, lang)
        sheet.write_string(0, number, title, styles["head"])
        cells = list(frame[column])
        for row, value in enumerate(cells, start=1):
            _write_cell(sheet, row, number, value, styles, column in SHARES)
        sheet.set_column(number, number, _width(title, cells))
    sheet.freeze_panes(1, 1)
    if len(frame.columns):
        sheet.autofilter(0, 0, max(1, len(frame)), len(frame.columns) - 1)


def _title(column: str, lang: str) -> str:
    """The head of a column: a label stands under its subject's name, the slug it stands for says so."""
    subject = column.removesuffix("_label").removesuffix("_slug")
    return f"{head(subject, lang)} (slug)" if column.endswith("_slug") else head(subject, lang)


def _write_cell(sheet, row: int, column: int, value, styles: dict, share: bool = False) -> None:
    if value is None or pd.isna(value) or value in (math.inf, -math.inf):
        sheet.write_blank(row, column, None, styles["text"])
    elif isinstance(value, pd.Timestamp):
        sheet.write_datetime(row, column, value.to_pydatetime(), styles["day"])
    elif isinstance(value, int | float) and not isinstance(value, bool):
        style = "share" if share else "whole" if float(value).is_integer() else "decimal"
        sheet.write_number(row, column, value, styles[style])
    else:
        sheet.write_string(row, column, str(value)[:LONGEST], styles["text"])


def _width(title: str, cells: list) -> float:
    longest = max((len(line) for cell in cells[:500] if isinstance(cell, str) for line in cell.split("\n")), default=10)
    return min(WIDEST, max(10, len(title) + 3, longest + 1))


def _write_about(sheet, frames: dict[str, pd.DataFrame], styles: dict, lang: str) -> None:
    sheet.write_string(0, 0, say("book.about_title", lang), styles["title"])
    sheet.write_string(1, 0, say("book.about_lead", lang))
    sheet.write_string(2, 0, say("book.about_bounds", lang))
    for number, key in enumerate(("book.column_sheet", "book.column_rows", "book.column_meaning")):
        sheet.write_string(3, number, say(key, lang), styles["head"])
    for row, (name, frame) in enumerate(frames.items(), start=4):
        title = say(f"book.{name}", lang)
        sheet.write_url(row, 0, f"internal:'{title}'!A1", string=title)
        sheet.write_number(row, 1, len(frame), styles["whole"])
        sheet.write_string(row, 2, say(f"book.{name}_meaning", lang), styles["text"])
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 90)
