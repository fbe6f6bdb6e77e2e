"""The folders of a project, found from any folder inside it."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.errors import FileError

MARKERS = ("pyproject.toml", "notebooks")


def as_utf8(text: str) -> str:
    """A name or argument that Python decoded by a locale without UTF-8, decoded again; other bytes become \\x…"""
    return os.fsencode(text).decode("utf-8", "backslashreplace")


@dataclass(frozen=True)
class Project:
    """Where a project keeps things. Each folder can be given; the rest follow the layout below `root`."""

    root: Path
    raw: Path
    processed: Path
    reports: Path

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @classmethod
    def find(cls, start: Path | str | None = None) -> "Project":
        """The project around `start` (default: the working folder). Raises FileError outside of one."""
        here = Path(start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if all((folder / marker).exists() for marker in MARKERS):
                return cls(folder, folder / "data/raw", folder / "data/processed", folder / "reports")
        raise FileError(
            f"{here} is not inside a project: no folder above it holds {' and '.join(MARKERS)}. Change to one."
        )

    def with_folders(self, raw=None, processed=None, reports=None) -> "Project":
        """The same project with other folders, as `--raw`, `--processed` and `--reports` ask; None keeps a folder."""
        given = {"raw": raw, "processed": processed, "reports": reports}
        return replace(self, **{name: Path(path).resolve() for name, path in given.items() if path})
