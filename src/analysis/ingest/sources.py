"""sources.csv, the table that says where each article came from."""

import csv
import re
from pathlib import Path

from analysis.errors import FileError
from analysis.project import as_utf8

SOURCE_COLUMNS = ("id", "publisher", "title", "published", "sha256", "kind")
_PUBLISHED = re.compile(r"(?:[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?)?")


def name_of(path: Path) -> str:
    """An article's id: its file's name without suffix, as UTF-8 whatever the locale; other bytes become \\x…"""
    return as_utf8(path.stem)


def read_sources(path: Path) -> dict[str, dict[str, str]]:
    """The rows of sources.csv by article id; empty where there is no such file. Raises FileError naming the bad line."""
    if not path.exists():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if missing := [name for name in SOURCE_COLUMNS if name not in (reader.fieldnames or ())]:
                raise FileError(
                    f"{path}, line 1: no column {', '.join(missing)}. The columns needed are {', '.join(SOURCE_COLUMNS)}."
                )
            return _by_id(path, reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FileError(f"{path}: cannot be read ({error}). It must be a UTF-8 CSV table.") from error


def source_of(path: Path | str) -> dict[str, str] | None:
    """The row of an article in the sources.csv beside it or one folder up; None where there is none.

    With it an article is read alone as it is read with the others.
    """
    path = Path(path).absolute()
    tables = (folder / "sources.csv" for folder in (path.parent, path.parent.parent))
    return next((rows[name_of(path)] for rows in map(read_sources, tables) if name_of(path) in rows), None)


def _by_id(path: Path, reader: csv.DictReader) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for row in reader:
        name = (row.get("id") or "").strip()
        if not name or None in row or None in row.values():
            raise FileError(
                f"{path}, line {reader.line_num}: expected {len(reader.fieldnames)} cells and an id. Correct that line."
            )
        if name in rows:
            raise FileError(
                f"{path}, line {reader.line_num}: the id {name!r} stands there twice. Keep one row for each article."
            )
        rows[name] = {key: value.strip() for key, value in row.items()}
        if not _PUBLISHED.fullmatch(rows[name]["published"]):
            raise FileError(
                f"{path}, line {reader.line_num}: published is {rows[name]['published']!r}; allowed are an ISO date "
                "(2019-10-17), month (2019-10), year (2019), or nothing. Correct that line."
            )
    return rows
