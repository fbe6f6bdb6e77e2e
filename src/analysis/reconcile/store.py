"""Facts on their way to data/processed: checked against their schemas and each other, then written with a description."""

from pathlib import Path

import pandas as pd

from analysis.errors import DataCheckError
from analysis.reconcile.datapackage import describe
from analysis.reconcile.facts import DESCRIPTOR, TABLES, Facts
from analysis.reconcile.schemas import checked
from analysis.reconcile.tables import to_csv, to_parquet, write_atomically
from analysis.reference.codebook import CodeBook, load_codebook

WRITERS = {"csv": to_csv, "parquet": to_parquet}
LINKS = (
    ("numerals", "article", "articles"),
    ("figures", "article", "articles"),
    ("figures", "part_of", "figures"),
    ("figures", "decision", "decisions"),
    ("observations", "figures", "figures"),
    ("measures", "numerator", "observations"),
    ("measures", "denominator", "observations"),
    ("findings", "figures", "figures"),
)


def checked_facts(tables: dict[str, pd.DataFrame], book: CodeBook) -> Facts:
    """Facts whose every table fits its schema and whose ids all lead somewhere. Raises DataCheckError otherwise."""
    facts = Facts(**{name: checked(name, tables[name], book) for name in TABLES})
    for table, column, target in LINKS:
        _all_lead_somewhere(facts, table, column, target)
    return facts


def write_facts(facts: Facts, folder: Path) -> None:
    """Write every table as CSV and Parquet, and datapackage.json last: it names the bytes of all the others.

    Each file is whole or not there; the same facts give the same bytes. Raises FileError where `folder` is not writable.
    """
    files = {
        f"{name}.{kind}": write(table) for name, table in facts.tables().items() for kind, write in WRITERS.items()
    }
    for name, content in files.items():
        write_atomically(folder / name, content)
    write_atomically(folder / DESCRIPTOR, describe(files, load_codebook()))


def _all_lead_somewhere(facts: Facts, table: str, column: str, target: str) -> None:
    known = set(facts.tables()[target]["id"])
    for row, cell in enumerate(facts.tables()[table][column], start=1):
        names = [] if pd.isna(cell) else cell.split(";")
        if lost := [name for name in names if name not in known]:
            told = f"table {table}, row {row}, column {column}: found {', '.join(lost)}, allowed ids of table {target}"
            raise DataCheckError(f"{told}. Build again; if it stays, report it.")
