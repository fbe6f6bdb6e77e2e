"""Reading reference tables: CSV with a header, every problem named by file and line."""

import csv
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from analysis.errors import FileError, ReferenceTableError

FOLDER = Path(__file__).parent


def read_rows(
    path: Path, columns: tuple[str, ...], required: tuple[str, ...] = (), unique: tuple[str, ...] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, row) of a CSV table that must have `columns`; cells are stripped, missing cells are errors.

    Cells of `required` columns may not be empty, and no two rows may be the same in all `unique` columns. Lines starting
    with # are comments. Raises FileError for an unreadable file, ReferenceTableError for a bad row.
    """
    seen: dict[tuple[str, ...], int] = {}
    for line, row in _rows(path, columns):
        for name in required:
            if not row[name]:
                raise ReferenceTableError(path, line, ",".join(row.values()), f"something in the column {name}")
        if unique and (first := seen.setdefault(tuple(row[name] for name in unique), line)) != line:
            twice = ", ".join(f"{name}={row[name]}" for name in unique)
            raise ReferenceTableError(path, line, twice, f"each only once, and it stands in line {first} already")
        yield line, row


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
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


def one_of(path: Path, line: int, column: str, value: str, allowed) -> str:
    """`value` if it is one of `allowed`, else ReferenceTableError that names the column and the nearest ones."""
    if value not in allowed:
        near = get_close_matches(value, list(allowed), n=2)
        meant = f" (did you mean {' or '.join(near)}?)" if near else ""
        raise ReferenceTableError(path, line, f"{column}={value}", "one of " + ", ".join(sorted(allowed)) + meant)
    return value
