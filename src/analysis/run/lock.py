"""One run at a time in a reports folder, and one build at a time in a folder of tables."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.errors import FileError, LockedError
from analysis.run.files import write_json

LOCK = ".lock"
HOLDER = ".lock-holder.json"


@contextmanager
def hold(folder: Path, purpose: str, wait: float = 0) -> Iterator[None]:
    """Hold the lock of `folder` (made where it is missing) and leave a note of who holds it; try for `wait` seconds.

    The lock is the operating system's and ends with the process, however it ends; the note stands beside it because
    taking the lock empties its file. Raises LockedError naming the holder, FileError for a folder that cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, timeout=wait)
        lock.acquire()
    except Timeout as error:
        raise LockedError(f"{folder} is in use: {_holder(folder)}. Wait until it is done, then run again.") from error
    except OSError as error:
        raise FileError(f"{folder}: cannot be written ({error}). Choose another folder or mend its rights.") from error
    try:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        write_json(folder / HOLDER, {"pid": os.getpid(), "since": now, "purpose": purpose})
        yield
    finally:
        (folder / HOLDER).unlink(missing_ok=True)
        lock.release()


def _holder(folder: Path) -> str:
    try:
        note = json.loads((folder / HOLDER).read_text(encoding="utf-8"))
        return f"{note['purpose']} (process {note['pid']}) holds it since {note['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process holds its lock"
