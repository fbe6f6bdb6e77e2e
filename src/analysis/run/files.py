"""Files written whole or not at all."""

import hashlib
import json
import os
import tempfile
from pathlib import Path

from analysis.errors import FileError


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text through a temporary file in the same folder: a reader sees the old file or the new one.

    Raises FileError where the folder cannot be written or the disk is full; the old file is then still there.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise FileError(f"{path}: cannot be written ({error}). Free space or rights, then run again.") from error


def write_json(path: Path, value) -> None:
    """Write `value` as readable JSON, whole or not at all."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes. Raises FileError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error}). Restore it or mend its rights, then run again.") from error
