"""What a run starts from, by hash: the same inputs need no second run."""

import hashlib
import json
import platform
import re
from importlib import metadata
from pathlib import Path

import analysis
from analysis.run.files import sha256

PACKAGE = Path(analysis.__file__).parent
DISTRIBUTION = "reported-figures"
IGNORED = ("__pycache__", ".ipynb_checkpoints")


def hash_inputs(raw: Path, notebooks: list[Path]) -> dict[str, dict[str, str]]:
    """SHA-256 of every input by group and file: `raw`, `notebooks`, `reference` (tables) and `package` (source)."""
    own = _hashes(PACKAGE)
    return {
        "raw": _hashes(raw),
        "notebooks": {path.name: sha256(path) for path in notebooks},
        "reference": {name: value for name, value in own.items() if name.endswith(".csv")},
        "package": {name: value for name, value in own.items() if not name.endswith(".csv")},
    }


def _hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each file below `folder` by its path there, without hidden files and what Python and Jupyter cache."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    names = ((path.relative_to(folder), path) for path in paths)
    return {
        name.as_posix(): sha256(path)
        for name, path in names
        if not any(part.startswith(".") or part in IGNORED for part in name.parts)
    }


def versions() -> dict[str, str]:
    """The versions of Python and of the project's direct dependencies, as installed."""
    wanted = [
        re.match(r"[\w.-]+", line).group() for line in metadata.requires(DISTRIBUTION) or [] if "extra ==" not in line
    ]
    found = {"python": platform.python_version(), DISTRIBUTION: metadata.version(DISTRIBUTION)}
    return found | {name: metadata.version(name) for name in sorted(wanted)}


def fingerprint(*parts) -> str:
    """One SHA-256 over JSON values."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def output_hashes(folder: Path, but: tuple[str, ...] = ()) -> dict[str, str]:
    """SHA-256 of every file that a run made in `folder`, without the files named in `but`."""
    return {name: value for name, value in _hashes(folder).items() if name not in but}
