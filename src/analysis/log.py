"""What a command tells while it works: a bar on a terminal, plain lines elsewhere, one JSON object per line on request.

Events go to standard output. A reader that stops early (`figures run | head`) stops the telling, never the work.
"""

import io
import json
import os
import sys
from contextlib import AbstractContextManager
from datetime import UTC, datetime

FORMATS = ("text", "json")


def use_utf8() -> None:
    """Make standard output and error speak UTF-8 whatever the locale says, and never fail on a character."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


class Writer:
    """Writes lines to a stream until its reader leaves; `open` tells whether anyone still reads."""

    def __init__(self, stream=None):
        self._stream = stream
        self.open = True

    @property
    def stream(self):
        return self._stream or sys.stdout

    def line(self, text: str = "") -> None:
        if not self.open:
            return
        try:
            self.stream.write(text + "\n")
            self.stream.flush()
        except BrokenPipeError:
            self.open = False
            _point_at_nothing(self.stream)


def _point_at_nothing(stream) -> None:
    """Send what is still buffered nowhere, or Python would complain about the pipe once more at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


class Log(AbstractContextManager):
    """Plain lines. `event` tells what happened, `step` how far a stage has come."""

    def __init__(self, writer: Writer | None = None):
        self.writer = writer or Writer()

    @staticmethod
    def silent() -> "Log":
        """A log that nobody reads."""
        return Log(Writer(io.StringIO()))

    def event(self, name: str, text: str = "", /, **fields) -> None:
        """Tell one event: its name and fields for programs, `text` for people (nothing to say where it is empty)."""
        if text:
            self.writer.line(text)

    def say(self, text: str) -> None:
        """A remark without fields."""
        self.event("remark", text)

    def step(self, label: str, done: int, total: int) -> None:
        """How far the stage `label` is. Plain lines and JSON leave it out: only a bar can show it without noise."""

    def __exit__(self, *exc_info) -> None:
        return None


class JsonLog(Log):
    """One JSON object per line: `event`, `time` (UTC), `message` where there is text, and the event's own fields."""

    def event(self, name: str, text: str = "", /, **fields) -> None:
        row = {"event": name, "time": datetime.now(UTC).isoformat(timespec="milliseconds")}
        if text:
            row["message"] = text
        self.writer.line(json.dumps(row | fields, ensure_ascii=False, default=str))


class TerminalLog(Log):
    """Lines above a progress bar that goes away when the work is done."""

    def __init__(self, writer: Writer | None = None):
        super().__init__(writer)
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=Console(file=self.writer.stream), transient=True)
        self._tasks: dict[str, object] = {}

    def event(self, name: str, text: str = "", /, **fields) -> None:
        if text:
            self._progress.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def step(self, label: str, done: int, total: int) -> None:
        if label not in self._tasks:
            self._tasks[label] = self._progress.add_task(label, total=total)
            self._progress.start()
        self._progress.update(self._tasks[label], completed=done, total=total, visible=done < total)

    def __exit__(self, *exc_info) -> None:
        self._progress.stop()


def open_log(kind: str) -> Log:
    """The log for `--log text` or `--log json`; text on a terminal gets the progress bar."""
    if kind == "json":
        return JsonLog()
    return TerminalLog() if sys.stdout.isatty() else Log()
