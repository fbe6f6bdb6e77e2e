"""Adding lines to a file that several processes add to: one at a time, synced, and whole or not at all."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.errors import FileError, LockedError

PATIENCE = 30  # seconds: an append takes milliseconds, so whoever holds the lock for this long hangs


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock of `path`, a hidden file beside it; the operating system ends it with the process, however that ends.

    Raises LockedError after PATIENCE, FileError where the folder cannot be written.
    """
    lock = FileLock(path.with_name(f".{path.stem}.lock"), timeout=PATIENCE)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise LockedError(
            f"{path} is being written by another process. Wait until it is done, then try again."
        ) from error
    except OSError as error:
        raise FileError(f"{path.parent}: cannot be written ({error.strerror}). Mend the folder's rights.") from error
    try:
        yield
    finally:
        lock.release()


def add_lines(path: Path, content: bytes) -> None:
    """Add `content` to the end of `path` (made where it is missing) and sync it. Call it while the lock is held.

    Raises FileError where it cannot be written whole: the file is then as it was.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    except OSError as error:
        raise FileError(f"{path}: cannot be written ({error.strerror}). Mend its rights, then try again.") from error
    size = os.fstat(handle).st_size
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.ftruncate(handle, size)
        raise FileError(f"{path}: cannot be written ({error.strerror}). Free space, then try again.") from error
    finally:
        os.close(handle)
