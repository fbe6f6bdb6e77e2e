"""What `extract`, `check`, `trace` and `params` print."""

import csv
import io
import json
from contextlib import AbstractContextManager

from analysis.errors import FileError, UsageError
from analysis.log import Log, Writer
from analysis.project import Project

TABLE_COLUMNS = (
    *("article", "text", "class", "value", "qualifier", "unit", "indicator", "place", "body", "window"),
    *("confidence", "doubts"),
)
TABLE_WIDTH = 180
BETWEEN = "; "  # what stands between the items of a list in one cell, as in the figures table


class JsonLines(AbstractContextManager):
    """One JSON object per row."""

    def __init__(self, writer: Writer):
        self.writer = writer

    def rows(self, rows: list[dict]) -> None:
        for row in rows:
            self.writer.line(json.dumps(row, ensure_ascii=False))

    def __exit__(self, *exc_info) -> None:
        return None


class Csv(JsonLines):
    """A header, then one record per row; empty cells where nothing is known, a list in one cell."""

    _header = True

    def rows(self, rows: list[dict]) -> None:
        if not rows:
            return
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        if self._header:
            writer.writeheader()
            self._header = False
        writer.writerows({name: _in_one_cell(value) for name, value in row.items()} for row in rows)
        self.writer.line(text.getvalue().removesuffix("\n"))


class Table(JsonLines):
    """Aligned columns for people, printed when all articles are read."""

    def __init__(self, writer: Writer):
        super().__init__(writer)
        self._rows: list[dict] = []

    def rows(self, rows: list[dict]) -> None:
        self._rows += rows

    def __exit__(self, *exc_info) -> None:
        if exc_info[0] is None:
            print_table(self.writer, TABLE_COLUMNS, [_table_row(row) for row in self._rows])


PRINTERS = {"jsonl": JsonLines, "csv": Csv, "table": Table}


def open_printer(shape: str, writer: Writer) -> JsonLines:
    """The printer for `--format table`, `csv` or `jsonl`."""
    return PRINTERS[shape](writer)


def skipped(path: str, error: Exception) -> str:
    """The sentence about an article that was skipped; a fault of ours is told by its kind, so that it can be mended."""
    if isinstance(error, FileError):
        return f"skipped: {error}"
    return (
        f"skipped: {path}: {type(error).__name__} while extracting ({error}). The fault is in the program: report it."
    )


def _table_row(row: dict) -> tuple[str, ...]:
    high = "" if row["value_high"] is None else f" – {row['value_high']:g}"
    value = "" if row["value"] is None else f"{row['value']:,.15g}{high}"
    window = (
        f"{row['period_start'] or ''} – {row['period_end'] or ''}" if row["period_start"] or row["period_end"] else ""
    )
    cells = row | {"value": value, "window": window or row["period_text"] or "", "text": " ".join(row["text"].split())}
    cells["confidence"] = "" if row["confidence"] is None else f"{row['confidence']:.0%}"
    cells["doubts"] = _in_one_cell(row["doubts"])
    return tuple(str(cells[name] if cells[name] is not None else "") for name in TABLE_COLUMNS)


def _in_one_cell(value):
    return BETWEEN.join(value) if isinstance(value, list | tuple) else value


def print_table(writer: Writer, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Print aligned columns, as wide as the terminal or TABLE_WIDTH, wrapping inside cells."""
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    text = io.StringIO()
    width = None if writer.stream.isatty() else TABLE_WIDTH
    console = Console(file=text, width=width or Console().width, no_color=True)
    table = RichTable(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
    writer.line("\n".join(line.rstrip() for line in text.getvalue().splitlines()))


def tell_findings(findings, log: Log) -> int:
    """Tell every finding, the gravest first; gives the number of errors."""
    order = {"error": 0, "warning": 1, "note": 2}
    for row in sorted(findings.itertuples(), key=lambda row: order[row.severity]):
        fields = {
            name: _plain(getattr(row, name))
            for name in ("check", "severity", "indicator", "place", "message", "message_vi", "figures", "article")
        }
        about = ", ".join(str(value) for value in (fields["place"], fields["indicator"], fields["article"]) if value)
        which = f" [{fields['figures']}]" if fields["figures"] else ""
        log.event(
            "finding",
            f"{row.severity:8}{row.check}{': ' + about if about else ''}\n        {row.message}{which}",
            **fields,
        )
    counts = {name: int((findings["severity"] == name).sum()) for name in order}
    log.event("findings", ", ".join(f"{name}s: {count}" for name, count in counts.items()), **counts)
    return counts["error"]


def _plain(value):
    """A table cell as JSON has it: missing is None."""
    import pandas as pd

    return None if pd.api.types.is_scalar(value) and pd.isna(value) else value


def receipt_of(project: Project, ident: str, lang: str) -> str:
    """The receipt's text; builds the tables first where there are none. UsageError for an id that they do not have."""
    from analysis.reconcile.build import load_facts
    from analysis.reconcile.receipts import receipt
    from analysis.run.tables import build_tables

    built = (project.processed / "datapackage.json").exists()
    facts = load_facts(project.processed) if built else build_tables(project, Log.silent())
    known = {*facts.figures["id"], *facts.observations["id"], *facts.measures["id"]}
    if ident not in known:
        raise UsageError(
            f"no figure, observation or measure has the id {ident!r} in {project.processed}. "
            "Ids stand in the tables' column id and in the notes of the slides; `figures build` renews the tables."
        )
    found = receipt(facts, ident)
    return "\n".join([found.as_text(lang), *_decided_since(project, facts, found.figures, lang)])


def _decided_since(project: Project, facts, figures: tuple[str, ...], lang: str) -> list[str]:
    """A line for each decision on some figures that was made after the tables were built."""
    from analysis.reconcile.decisions import NAME, read_decisions
    from analysis.reconcile.receipts import step_of

    known = set(facts.decisions["id"])
    decisions, _ = read_decisions(project.raw / NAME)
    later = [one for one in decisions if one.figure in figures and one.id not in known]
    return [step_of(one).told("receipt_since", lang) for one in later]


def tell_parameters(notebook: str, parameters: dict, lang: str, log: Log) -> None:
    """Tell each parameter's name, type, what is allowed, default and meaning."""
    from analysis.run.parameters import type_name

    log.event("notebook", notebook if parameters else f"{notebook} has no parameters", notebook=notebook)
    for parameter in parameters.values():
        meaning = getattr(parameter, lang)
        by = {"en": " (set by the run itself)", "vi": " (do lần chạy tự đặt)"}[lang] if parameter.runner else ""
        text = f"  {parameter.name} ({type_name(parameter.type)}: {parameter.shown}) = {parameter.default!r}\n      {meaning}{by}"
        fields = {"name": parameter.name, "type": type_name(parameter.type), "allowed": parameter.shown}
        both = {"default": parameter.default, "en": parameter.en, "vi": parameter.vi, "set_by_run": parameter.runner}
        log.event("parameter", text, **fields, **both)
