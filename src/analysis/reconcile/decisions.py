"""The file of analysts' decisions, data/raw/decisions.csv: rows are only ever added, never edited or reordered.

A decision is one row, or for a correction of several fields one row for each, with one id and their number in `rows`: a
write that was cut off is then known, and none of it is applied. No cell holds a line break, so a torn or hand-edited line
never takes the next one with it.
"""

import contextlib
import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from analysis.errors import FileError, LockedError
from analysis.findings import Finding
from analysis.reconcile.appending import add_lines, held
from analysis.reconcile.corrections import FIELDS, typed
from analysis.reconcile.wording import finding

NAME = "decisions.csv"
ACTIONS = ("accept", "correct", "reject", "undo")
COLUMNS = (
    *("id", "who", "when", "figure", "article", "action", "field", "before", "after", "why", "sentence_sha256"),
    *("text", "rows", "undoes"),
)
DELIMITERS = (",", ";", "\t")  # as spreadsheets of this or that locale save CSV
BOM = b"\xef\xbb\xbf"  # tells spreadsheets that the file is UTF-8
DECISION_ID = re.compile(r"d[0-9a-f]{10}")
FIGURE_ID = re.compile(r"f[0-9a-f]{8,12}")
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Change:
    """One field of a decision, as cells. Of a correction: the field, its value as extracted, and the right one.

    Of an acceptance or rejection `field` is "" and `before` the whole reading that was judged. `line`: where it stands.
    """

    field: str
    before: str
    after: str
    line: int = 0


@dataclass(frozen=True)
class Decision:
    """What an analyst decided on one figure, and why. `when` is an ISO time with its offset.

    `text` are the printed characters, by which a figure is found again whose sentence changed; `undoes` is the decision
    that an undo takes back.
    """

    id: str
    who: str
    when: str
    figure: str
    article: str
    action: str
    why: str
    sentence_sha256: str
    text: str
    undoes: str = ""
    changes: tuple[Change, ...] = (Change("", "", ""),)


@dataclass(frozen=True)
class Layout:
    """How a file of decisions is written: its columns in order, their delimiter and its line ends."""

    columns: tuple[str, ...]
    delimiter: str
    newline: str


@dataclass(frozen=True)
class Contents:
    """What a file of decisions holds. `cut`: its end looks like a write that is under way, or was cut off."""

    decisions: list[Decision]
    findings: list[Finding]
    cut: bool


class _WrongRow(Exception):
    def __init__(self, column: str, found: str, allowed: str):
        super().__init__(column, found, allowed)
        self.column, self.found, self.allowed = column, found, allowed


def read_decisions(path: Path) -> tuple[list[Decision], list[Finding]]:
    """The decisions of a file in the order they were made, and a finding for each line that is none.

    No file, no decisions. UTF-8 with or without a byte order mark, CRLF or LF. Raises FileError where the file cannot be
    read or line 1 does not name the columns: without it no line could be trusted.
    """
    contents = _contents(path)
    if contents.cut:  # somebody may be writing at this moment: look again when nobody is, where that can be waited for
        with contextlib.suppress(LockedError, FileError), held(path):
            contents = _contents(path)
    return contents.decisions, contents.findings


def append_decision(path: Path, decision: Decision) -> None:
    """Add a decision to the file, made with its header where it is missing: whole and synced, or not at all.

    Writers take turns by a lock that ends with its process. Raises LockedError where another holds it for long, FileError
    where the file cannot be read or written or line 1 does not name the columns.
    """
    with held(path):
        content = _bytes(path)
        if not content.strip(BOM).strip():
            content = BOM + (",".join(COLUMNS) + "\n").encode()
            add_lines(path, content)
        layout = _layout(path, content)
        ending = b"" if content.endswith(b"\n") else layout.newline.encode()  # a torn line stays a line of its own
        add_lines(path, ending + _rows_of(decision, layout))


def _rows_of(decision: Decision, layout: Layout) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=layout.delimiter, lineterminator=layout.newline)
    for change in decision.changes:
        cells = {**vars(decision), **vars(change), "rows": len(decision.changes)}
        known = [cells[name] if name in COLUMNS else "" for name in layout.columns]
        writer.writerow([" ".join(str(cell).split()) for cell in known])
    return out.getvalue().encode("utf-8", "backslashreplace")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise FileError(
            f"{path}: cannot be read ({error.strerror}). Mend its rights, or restore it, then run again."
        ) from error


def _layout(path: Path, content: bytes) -> Layout:
    first, _, _ = content.removeprefix(BOM).partition(b"\n")
    line = first.decode("utf-8", "replace")
    newline = "\r\n" if line.endswith("\r") else "\n"
    for delimiter in DELIMITERS:
        columns = tuple(cell.strip() for cell in _cells(line.strip(), delimiter))
        if set(COLUMNS) <= set(columns):
            return Layout(columns, delimiter, newline)
    raise FileError(
        f"{path}, line 1: found {line.strip()[:200]!r}, allowed the columns {', '.join(COLUMNS)}, as UTF-8. Restore that "
        "line, then run again; the decisions below it are kept."
    )


def _contents(path: Path) -> Contents:
    content = _bytes(path)
    if not content.strip(BOM).strip():
        return Contents([], [], cut=False)
    layout = _layout(path, content)
    rows, findings = _rows(content, layout)
    torn = not content.endswith(b"\n")
    if torn and findings and findings[-1][0] == content.count(b"\n") + 1:
        line, _ = findings.pop()
        findings.append((line, finding("decision_row", "warning", "decision_torn", line=str(line))))
    decisions, broken = _gathered(rows)
    told = [found for _, found in sorted([*findings, *broken], key=lambda pair: pair[0])]
    return Contents(decisions, told, cut=torn or bool(broken))


def _rows(content: bytes, layout: Layout) -> tuple[list[tuple[int, dict]], list[tuple[int, Finding]]]:
    """(line, cells) of every row that reads as one, and (line, finding) of the others."""
    rows, findings = [], []
    lines = content.removeprefix(BOM).split(b"\n")
    for number, raw in enumerate(lines[1:], start=2):
        try:
            if cells := _row(raw, layout):
                rows.append((number, cells))
        except _WrongRow as wrong:
            told = {"column": wrong.column, "found": wrong.found[:100], "allowed": wrong.allowed}
            findings.append((number, finding("decision_row", "warning", line=str(number), **told)))
    return rows, findings


def _row(raw: bytes, layout: Layout) -> dict[str, str] | None:
    """The cells of a line by column; None for a line without any. Raises _WrongRow."""
    try:
        cells = _cells(raw.decode("utf-8").removesuffix("\r"), layout.delimiter)
    except UnicodeDecodeError as error:
        raise _WrongRow("*", raw.decode("utf-8", "replace"), "UTF-8") from error
    if not any(cell.strip() for cell in cells):
        return None
    if len(cells) != len(layout.columns):
        raise _WrongRow("*", str(len(cells)), str(len(layout.columns)))
    row = {name: cell.strip() for name, cell in zip(layout.columns, cells, strict=True) if name in COLUMNS}
    _check(row)
    return row


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return [line]  # quotes that never end: one cell, which no row has


def _check(row: dict[str, str]) -> None:
    """Raises _WrongRow for the first cell that no decision of ours would hold."""
    action = row["action"]
    if action not in ACTIONS:
        raise _WrongRow("action", action, ", ".join(ACTIONS))
    likes = {"id": DECISION_ID, "figure": FIGURE_ID, "sentence_sha256": SHA256, "rows": re.compile("[1-9]")}
    shown = {"id": "d0123456789", "figure": "f01234567", "sentence_sha256": "0…f (64)", "rows": "1–9"}
    for column, like in (likes | ({"undoes": DECISION_ID} if action == "undo" else {})).items():
        if not like.fullmatch(row[column]):
            raise _WrongRow(column, row[column], shown.get(column, shown["id"]))
    for column in ("who", "article", "why"):
        if not row[column]:
            raise _WrongRow(column, "", "…")
    _check_time(row["when"])
    _check_change(row)


def _check_time(cell: str) -> None:
    try:
        known = datetime.fromisoformat(cell).tzinfo is not None
    except ValueError:
        known = False
    if not known:
        raise _WrongRow("when", cell, "2026-11-22T09:30:00+07:00")


def _check_change(row: dict[str, str]) -> None:
    if row["action"] != "correct":
        return
    if row["field"] not in FIELDS:
        raise _WrongRow("field", row["field"], ", ".join(FIELDS))
    for column in ("before", "after"):
        try:
            typed(row["field"], row[column])
        except ValueError as error:
            raise _WrongRow(column, row[column], str(error)) from error


def _gathered(rows: Iterable[tuple[int, dict]]) -> tuple[list[Decision], list[tuple[int, Finding]]]:
    """The decisions whose rows are all there and agree, and a finding for each of the others."""
    by_id: dict[str, list[tuple[int, dict]]] = {}
    for line, row in rows:
        by_id.setdefault(row["id"], []).append((line, row))
    decisions, findings = [], []
    for id, group in by_id.items():
        line, first = group[0]
        if _whole(group):
            decisions.append(_decision(group))
        else:
            told = {"line": str(line), "decision": id, "rows": first["rows"], "count": str(len(group))}
            findings.append((line, finding("decision_row", "warning", "decision_incomplete", **told)))
    return decisions, findings


def _whole(group: list[tuple[int, dict]]) -> bool:
    own = ("field", "before", "after")
    shared = {tuple(value for name, value in row.items() if name not in own) for _, row in group}
    fields = {row["field"] for _, row in group}
    return len(shared) == 1 and len(group) == len(fields) == int(group[0][1]["rows"])


def _decision(group: list[tuple[int, dict]]) -> Decision:
    names = ("id", "who", "when", "figure", "article", "action", "why", "sentence_sha256", "text", "undoes")
    changes = tuple(Change(row["field"], row["before"], row["after"], line) for line, row in group)
    return Decision(**{name: group[0][1][name] for name in names}, changes=changes)
