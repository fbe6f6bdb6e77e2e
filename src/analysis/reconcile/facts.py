"""The facts: seven tables that belong together, read from data/processed."""

import hashlib
import json
from dataclasses import dataclass, field, fields
from pathlib import Path

import pandas as pd

from analysis.errors import FileError
from analysis.reconcile.figures import FIGURE
from analysis.reconcile.verdicts import COLUMNS as DECISION
from analysis.reference.codebook import load_codebook

DESCRIPTOR = "datapackage.json"


def _undecided() -> pd.DataFrame:
    return pd.DataFrame(columns=list(DECISION), dtype=object)


@dataclass(frozen=True)
class Facts:
    """What the articles say, as tables; `analysis.reconcile.schemas` and datapackage.json describe every column."""

    numerals: pd.DataFrame
    figures: pd.DataFrame
    observations: pd.DataFrame
    measures: pd.DataFrame
    findings: pd.DataFrame
    articles: pd.DataFrame
    decisions: pd.DataFrame = field(default_factory=_undecided)

    def tables(self) -> dict[str, pd.DataFrame]:
        return {name: getattr(self, name) for name in TABLES}


TABLES = tuple(table.name for table in fields(Facts))


def load_facts(processed: Path | str) -> Facts:
    """The facts in a folder that `figures build` wrote, exactly as they were checked then.

    Raises FileError where a table is missing, was changed since, belongs to another build, or was built by another
    code book than today's.
    """
    processed = Path(processed)
    hashes = _hashes(processed / DESCRIPTOR)
    facts = Facts(**{name: _read(processed / f"{name}.parquet", hashes) for name in TABLES})
    if tuple(facts.figures.columns) != FIGURE:
        raise FileError(f"{processed}: these tables were built by another version. Run `figures build`.")
    return facts


def _hashes(path: Path) -> dict[str, str]:
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        codebook, hashes = (
            package["codebook"],
            {resource["path"]: resource["hash"] for resource in package["resources"]},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FileError(f"{path}: cannot be read ({error}). Run `figures build`.") from error
    if codebook != f"sha256:{load_codebook().sha256}":
        raise FileError(f"{path}: the code book was changed since these tables were built. Run `figures build`.")
    return hashes


def _read(path: Path, hashes: dict[str, str]) -> pd.DataFrame:
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror}). Run `figures build`.") from error
    if hashes.get(path.name) != f"sha256:{found}":
        told = f"is not the file that {DESCRIPTOR} describes, so the tables do not belong together"
        raise FileError(f"{path}: {told}. Run `figures build`.")
    return pd.read_parquet(path)
