"""The parent's side of the worker: starts it when first needed, ends it at the deadline or when it goes wrong."""

import atexit
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import analysis
from analysis.errors import FileError
from analysis.ingest.formats import Format
from analysis.ingest.parsed import Parsed
from analysis.ingest.worker import read_frame, write_frame
from analysis.project import as_utf8

START_SECONDS = 30  # Added to the first request's time: a cold start imports the parsers from a slow disk.


class Worker:
    """One child process. Not for several threads at once: `parse` takes turns."""

    def __init__(self):
        source = str(Path(analysis.__file__).resolve().parents[1])
        paths = [source, *filter(None, [os.environ.get("PYTHONPATH")])]
        # -P: a file in the working folder must not stand in for a module of the standard library.
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", "analysis.ingest.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"},
        )
        self.owner = os.getpid()
        self._fresh = True

    @property
    def alive(self) -> bool:
        """Whether the child runs and is this process's own: after a fork it belongs to the parent alone."""
        return self.owner == os.getpid() and self._child.poll() is None

    def ask(self, request: dict, raw: bytes) -> dict | None:
        """The answer to a request; None where the child died or was ended at its deadline (`request["seconds"]`)."""
        seconds = request["seconds"] + (START_SECONDS if self._fresh else 0)
        timer = threading.Timer(seconds, self._child.kill)
        timer.daemon = True
        timer.start()
        try:
            write_frame(self._child.stdin, json.dumps(request).encode())
            write_frame(self._child.stdin, raw)
            told = read_frame(self._child.stdout)
        except OSError:  # it died while we wrote
            told = None
        except BaseException:  # an interrupt leaves half an answer in the pipe
            self.end()
            raise
        finally:
            timer.cancel()
        self._fresh = False
        if told is None:
            self.end()
        return json.loads(told) if told is not None else None

    def end(self) -> None:
        """End the child and forget its pipes."""
        self._child.kill()
        self._child.wait()
        for stream in (self._child.stdin, self._child.stdout):
            try:
                stream.close()
            except OSError:  # what was not yet written has no reader any more
                continue


_turn = threading.Lock()
_worker: Worker | None = None


def parse(raw: bytes, path: Path, kind: Format) -> Parsed:
    """Parse a page or document in the worker. Raises FileError for a bad one, also where it cost the worker its life."""
    global _worker
    name = as_utf8(str(path))
    request = {"kind": kind.name, "name": name, "seconds": kind.seconds}
    with _turn:
        if _worker is None or not _worker.alive:
            _worker = Worker()
        told = _worker.ask(request, raw)
    if told is None:
        raise FileError(
            f"{path}: could not be read within {kind.seconds:g} s and the memory allowed, so its reading was ended. "
            "Save the article's text as UTF-8 text."
        )
    if "error" in told:
        raise FileError(told["error"].replace(name, str(path), 1))
    return Parsed(told["text"], told["title"], told["published"], [tuple(doubt) for doubt in told["doubts"]])


def close() -> None:
    """End the worker of this process, if there is one; the next page starts another."""
    global _worker
    if _worker is not None and _worker.owner == os.getpid():
        _worker.end()
    _worker = None


def _after_fork() -> None:
    """A forked process shares neither the lock nor the worker with its parent."""
    global _turn, _worker
    _turn = threading.Lock()
    _forgotten.append(_worker)  # kept, because a Popen that is collected would wait for a child that is not ours
    _worker = None


_forgotten: list[Worker | None] = []
atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
