"""run.json: what a run says of itself, true at every moment, whatever ends it.

It is written when the run starts, after every stage, and at the end. A record that still says "running" after its
process is gone is corrected by the next run, which holds the lock and so knows that nobody else runs.
"""

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from analysis.errors import FiguresError, FileError, UsageError
from analysis.run.files import write_json
from analysis.run.interrupts import Interrupted
from analysis.run.tasks import Result

NAME = "run.json"
LATEST = "latest"
PUBLISHED = ("report.html", "briefing.pptx", "briefing.xlsx")


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def read_record(folder: Path) -> dict | None:
    """The record of a run folder, or None where there is none that can be read."""
    try:
        record = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None


class Run:
    """A run under way: a hidden folder in `reports` that gets its own name when the run ends.

    `record` is what run.json holds: run, outcome (running, done, failed, interrupted), reason, status, started, ended,
    seconds, pid, fingerprint, parameters, notebooks, stages, inputs, versions, findings, outputs.
    """

    def __init__(self, reports: Path, details: dict):
        self.reports = reports
        self.id, self.folder = _new_folder(reports)
        self._started = time.monotonic()
        head = {"run": self.id, "outcome": "running", "reason": "", "status": None, "started": now(), "ended": None}
        self.record = head | {"seconds": None, "pid": os.getpid()} | details | {"notebooks": [], "stages": []}
        self.save()

    def save(self) -> None:
        write_json(self.folder / NAME, self.record)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage; one that ends in an exception is recorded too."""
        started = time.monotonic()
        stage = {"name": name, "outcome": "running", "seconds": None}
        self.record["stages"].append(stage)
        try:
            yield
            stage["outcome"] = "done"
        except BaseException as error:
            stage["outcome"] = "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"
            raise
        finally:
            stage["seconds"] = round(time.monotonic() - started, 3)
            self.save()

    def plan(self, names: list[str]) -> None:
        """Name the notebooks that are to run; each is pending until its Result comes."""
        self.record["notebooks"] = [{"name": name, "outcome": "pending"} for name in names]
        self.save()

    def notebook(self, result: Result) -> None:
        rows = {row["name"]: row for row in self.record["notebooks"]} | {result.name: asdict(result)}
        self.record["notebooks"] = list(rows.values())
        self.save()

    def finish(self, whole: bool = True, **fields) -> None:
        """The run is done: write the record, give the folder its name, and let `latest` point to it.

        A run of some notebooks only (not `whole`) keeps to its own folder: `latest` is a complete briefing.
        """
        self._end("done", 0, "", **fields)
        self._rename()
        if whole:
            point_latest(self.reports, self.id)

    def fail(self, error: BaseException) -> None:
        """The run failed or was interrupted: record why and keep the folder; `latest` stays as it is.

        Nothing ran where a parameter was wrong, so such a run leaves nothing behind.
        """
        if isinstance(error, UsageError):
            shutil.rmtree(self.folder, ignore_errors=True)
            return
        if isinstance(error, KeyboardInterrupt):
            status = error.status if isinstance(error, Interrupted) else 130
            self._end("interrupted", status, f"ended by {error or 'Ctrl-C'}")
        else:
            status = error.status if isinstance(error, FiguresError) else 1
            name = "" if isinstance(error, FiguresError) else f"{type(error).__name__}: "
            self._end("failed", status, f"{name}{error}")
        self._rename()

    def _end(self, outcome: str, status: int, reason: str, **fields) -> None:
        seconds = round(time.monotonic() - self._started, 3)
        end = {"outcome": outcome, "status": status, "reason": reason, "ended": now(), "seconds": seconds}
        self.record |= end | fields
        for row in self.record["notebooks"]:
            row["outcome"] = "not finished" if row["outcome"] == "pending" else row["outcome"]
        self.save()

    def _rename(self) -> None:
        if self.folder.name.startswith("."):
            self.folder = _reveal(self.folder)


def _new_folder(reports: Path) -> tuple[str, Path]:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    for number in range(1, 1000):
        name = stamp if number == 1 else f"{stamp}-{number}"
        if (reports / name).exists():
            continue
        try:
            (reports / f".{name}").mkdir()
            return name, reports / f".{name}"
        except FileExistsError:
            continue
        except OSError as error:
            raise FileError(f"{reports}: cannot be written ({error}). Choose another with --reports.") from error
    raise FileError(f"{reports}: holds a thousand runs of {stamp}. Clear it, then run again.")


def _reveal(folder: Path) -> Path:
    """Give a hidden run folder its own name."""
    target = folder.with_name(folder.name.removeprefix("."))
    try:
        folder.rename(target)
    except OSError as error:
        raise FileError(f"{folder}: cannot be renamed to {target.name} ({error}). Mend the folder's rights.") from error
    return target


def point_latest(reports: Path, run_id: str) -> None:
    """Let `latest` point to a run, in one step: a reader finds the last report or this one, never nothing."""
    temporary = reports / f".{LATEST}-{os.getpid()}"
    try:
        temporary.unlink(missing_ok=True)
        temporary.symlink_to(run_id, target_is_directory=True)
        os.replace(temporary, reports / LATEST)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise FileError(
            f"{reports / LATEST}: cannot point to {run_id} ({error}). "
            f"The report is complete in {reports / run_id}; if {LATEST} is a folder, move it away and run again."
        ) from error


def close_stale(reports: Path) -> list[str]:
    """Mark runs that still say "running" as interrupted; call it with the lock held. Returns their ids."""
    closed = []
    for path in sorted(reports.glob(f"*/{NAME}")):  # hidden folders too
        record = read_record(path.parent)
        if path.parent.is_symlink() or not record or record.get("outcome") != "running":
            continue
        reason = f"process {record.get('pid')} ended without a word; seen by the next run at {now()}"
        write_json(path, record | {"outcome": "interrupted", "reason": reason})
        if path.parent.name.startswith("."):
            _reveal(path.parent)
        closed.append(str(record.get("run")))
    return closed
