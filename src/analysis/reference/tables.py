"""Reading reference tables: CSV with a header, every problem named by file and line."""

import csv
from collections.abc import Iterator
from pathlib import Path

from analysis.errors import FileError, ReferenceTableError

FOLDER = Path(__file__).parent


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, row) of a CSV table that must have `columns`; cells are stripped, missing cells are errors.

    Lines starting with # are comments. Raises FileError for an unreadable file, ReferenceTableError for a bad row.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{path}: cannot be read ({error}). It must be a UTF-8 CSV table; restore it.") from error
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    header: list[str] | None = None
    try:
        for cells in reader:
            if not cells or cells[0].startswith("#"):
                continue
            if header is None:
                header = _header(path, reader.line_num, cells, columns)
                continue
            if len(cells) != len(header):
                raise ReferenceTableError(
                    path, reader.line_num, ",".join(cells), f"{len(header)} cells ({', '.join(header)})"
                )
            yield reader.line_num, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    except csv.Error as error:
        raise ReferenceTableError(path, reader.line_num, str(error), "a CSV row with balanced quotes") from error


def _header(path: Path, line: int, cells: list[str], columns: tuple[str, ...]) -> list[str]:
    header = [cell.strip() for cell in cells]
    if missing := [name for name in columns if name not in header]:
        raise ReferenceTableError(
            path, line, ",".join(header), f"the columns {', '.join(columns)} (missing: {', '.join(missing)})"
        )
    return header


def one_of(path: Path, line: int, value: str, allowed) -> str:
    """`value` if it is one of `allowed`, else ReferenceTableError."""
    if value not in allowed:
        raise ReferenceTableError(path, line, value, "one of " + ", ".join(sorted(allowed)))
    return value
