"""Reading and writing tables: CSV and Parquet, whole or not at all, the same bytes for the same rows.

In CSV a date is YYYY-MM-DD, an unknown cell is empty, an open bound is INF or -INF, a whole number carries no ".0".
"""

import contextlib
import csv
import io
import math
import os
from pathlib import Path

import pandas as pd

from analysis.errors import FileError


def to_csv(table: pd.DataFrame) -> bytes:
    """The table as UTF-8 CSV with a header line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    columns = [[cell(value) for value in table[name]] for name in table.columns]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue().encode("utf-8")


def to_parquet(table: pd.DataFrame) -> bytes:
    """The table as Parquet."""
    out = io.BytesIO()
    table.to_parquet(out, index=False)
    return out.getvalue()


def read_csv(path: Path) -> pd.DataFrame:
    """A table written by `to_csv`, every cell as text (None where empty), for a schema to give it its types."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    cells = [[_uncell(cell) for cell in row] for row in rows]
    return pd.DataFrame(cells, columns=header, dtype=object)


def write_atomically(path: Path, content: bytes) -> None:
    """Put `content` at `path` whole: a temporary file in the same folder, synced, then moved over the old one.

    Raises FileError where the folder cannot be written; the old file then stands as it was.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise FileError(
            f"{path}: cannot be written ({error.strerror}). Check the folder's permissions and free space."
        ) from error


def cell(value) -> str:
    """A value as its cell of CSV: "" for what is unknown, a date as YYYY-MM-DD, a whole number without ".0"."""
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return str(value)


def _float(value: float) -> str:
    if math.isnan(value):
        return ""
    if math.isinf(value):
        return "INF" if value > 0 else "-INF"
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(float(value))


def _uncell(cell: str) -> str | float | None:
    return {"": None, "INF": math.inf, "-INF": -math.inf}.get(cell, cell)
