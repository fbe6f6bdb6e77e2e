"""One notebook through papermill, judged by what its cells say.

papermill's own record cannot be believed: after a dead kernel or a timeout it marks every cell "completed". So papermill
writes nothing here. This module keeps the notebook that its client fills, judges it by its cells, takes out what is not
true or not repeatable, and writes it in one step.
"""

import logging
import math
import re
import sys
import tempfile
import time
from dataclasses import dataclass, field

import nbformat
import papermill
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError
from papermill.execute import ERROR_MARKER_TAG
from papermill.translators import PythonTranslator, papermill_translators

from analysis.errors import FiguresError, FileError, KernelDiedError, NotebookError, OutOfTimeError
from analysis.run.files import write_text
from analysis.run.parameters import read_notebook
from analysis.run.tasks import Progress, Result, Task

TRACEBACK_LINES = 6
START_SECONDS = 60
INJECTED = "injected-parameters"
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class ReadableTranslator(PythonTranslator):
    """Writes parameters as Python literals, Vietnamese as it is; papermill's own writes it as \\u escapes."""

    @classmethod
    def translate_escaped_str(cls, str_val):
        return repr(str(str_val))


papermill_translators.register("python", ReadableTranslator)
logging.getLogger("papermill").addHandler(logging.NullHandler())
logging.getLogger("papermill").propagate = False


class ThisPython(AsyncKernelManager):
    """A kernel of this very environment, whatever kernels are registered on the machine."""

    @property
    def kernel_spec(self) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=ERROR"]
        return KernelSpec(argv=argv, language="python", display_name="Python 3")


@dataclass
class _Watch:
    """What the client tells while it runs: its notebook, the cell it is at, and how long it may still take."""

    timeout: float | None
    progress: Progress | None
    notebook: nbformat.NotebookNode | None = None
    at: int | None = None
    started: float = field(default_factory=time.monotonic)

    def on_notebook_start(self, notebook) -> None:
        self.notebook = notebook

    def on_cell_start(self, cell, cell_index) -> None:
        self.at = cell_index
        if self.progress:
            self.progress(cell_index, len(self.notebook.cells))

    def seconds_left(self, cell=None) -> float | None:
        """The limit is the notebook's, so each cell gets what is left; nbclient takes 0 for no limit."""
        return None if self.timeout is None else max(0.01, self.timeout - (time.monotonic() - self.started))


def run_notebook(task: Task, progress: Progress | None = None) -> Result:
    """Run one notebook and write what came out to `task.target`, also when it failed or was interrupted.

    Does not raise for a failure of the notebook: the Result says so. KeyboardInterrupt passes through after the partial
    notebook was written.
    """
    watch = _Watch(task.timeout, progress)
    error: BaseException | None = None
    try:
        source = read_notebook(task.source)
        _execute(task, source, watch)
    except (Exception, KeyboardInterrupt) as caught:
        error = caught
    problem = _problem(task, watch, error)
    try:
        if watch.notebook is None and not isinstance(error, FileError):
            watch.notebook = _unrun(source)
        if watch.notebook is not None:
            write_text(task.target, nbformat.writes(_true_notebook(watch, problem)) + "\n")
    except FileError as unwritten:
        problem = problem or unwritten
    if isinstance(error, KeyboardInterrupt):
        raise error
    return _result(task, watch, problem)


def _execute(task: Task, source: nbformat.NotebookNode, watch: _Watch) -> None:
    with tempfile.TemporaryDirectory(prefix="figures-ipython-") as ipython:
        papermill.execute_notebook(
            source,  # a node, because papermill formats {braces} in a path
            None,
            parameters=task.parameters,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
            cwd=task.cwd,
            start_timeout=math.ceil(min(START_SECONDS, task.timeout or START_SECONDS)),
            iopub_timeout=START_SECONDS,
            record_timing=False,
            shutdown_kernel="immediate",
            kernel_manager_class=ThisPython,
            extra_arguments=[f"--ipython-dir={ipython}"],  # the start-up files of whoever runs it change nothing
            timeout_func=watch.seconds_left,
            on_notebook_start=watch.on_notebook_start,
            on_cell_start=watch.on_cell_start,
        )


def _problem(task: Task, watch: _Watch, error: BaseException | None) -> FiguresError | KeyboardInterrupt | None:
    """The one thing that is wrong with the run of a notebook, or None where every cell ran without an error."""
    again = f"Run notebooks/{task.source.name} by hand (make lab) to look closer; what ran is in {task.kept or task.target}."
    where = f"{task.name}, {_place(watch)}" if watch.at is not None else task.name
    match error:
        case None | PapermillExecutionError():
            return _judge(task, watch, again)
        case FiguresError() | KeyboardInterrupt():
            return error
        case CellTimeoutError():
            limit = f"{task.timeout:g} s" if task.timeout and watch.seconds_left() <= 0.01 else "an answer"
            return OutOfTimeError(
                f"{where}: time ran out waiting for {limit}. Allow more with --timeout SECONDS. {again}"
            )
        case RuntimeError() if "didn't respond" in str(error):
            return OutOfTimeError(
                f"{where}: the kernel did not start in time. Allow more with --timeout SECONDS. {again}"
            )
        case DeadKernelError() | RuntimeError():
            return KernelDiedError(f"{where}: the kernel ended ({_first_line(error)}); is there memory enough? {again}")
        case OSError():
            return FileError(f"{where}: {error}. Free space or rights, then run again.")
    return NotebookError(f"{where}: {type(error).__name__}: {_first_line(error)}. {again}")


def _judge(task: Task, watch: _Watch, again: str) -> FiguresError | None:
    for index, cell in enumerate(watch.notebook.cells):
        watch.at = index
        if cell.cell_type != "code" or ERROR_MARKER_TAG in cell.metadata.get("tags", []):
            continue
        for output in cell.outputs:
            if output.output_type == "error":
                told = "\n".join(_last_lines(output))
                return NotebookError(f"{task.name}, {_place(watch)} failed:\n{told}\n{again}")
        if cell.source.strip() and cell.execution_count is None:
            return NotebookError(f"{task.name}, {_place(watch)} never ran. {again}")
    return None


def _last_lines(output) -> list[str]:
    lines = [line.rstrip() for text in output.traceback for line in ANSI.sub("", text).splitlines() if line.strip()]
    lines = lines or [f"{output.ename}: {output.evalue}"]
    return ["    " + line for line in lines[-TRACEBACK_LINES:]]


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def _own_cells(notebook) -> list:
    """The cells that stand in the source too: without the injected one and papermill's markers."""
    return [cell for cell in notebook.cells if not {INJECTED, ERROR_MARKER_TAG} & set(cell.metadata.get("tags", []))]


def _place(watch: _Watch) -> str:
    """'cell 7 of 20', counted as in the source notebook."""
    own = _own_cells(watch.notebook)
    number = len(_own_cells(nbformat.from_dict({"cells": watch.notebook.cells[: watch.at + 1]})))
    return f"cell {number} of {len(own)}"


def _unrun(source: nbformat.NotebookNode) -> nbformat.NotebookNode:
    for cell in source.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return source


def _true_notebook(watch: _Watch, problem: BaseException | None) -> nbformat.NotebookNode:
    """The executed notebook without papermill's record, times and random ids; a failed one says so at its top."""
    notebook = watch.notebook
    stopped = notebook.cells[watch.at] if problem is not None and watch.at is not None else None
    notebook.cells = [cell for cell in notebook.cells if ERROR_MARKER_TAG not in cell.metadata.get("tags", [])]
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        if not cell.metadata.get("tags", True):
            del cell.metadata["tags"]
        if INJECTED in cell.metadata.get("tags", []):
            cell.id = INJECTED
    if (
        stopped is not None
        and stopped.cell_type == "code"
        and not any(o.output_type == "error" for o in stopped.outputs)
    ):
        stopped.execution_count = None  # it was begun and never ended
    if problem is not None:
        notebook.cells.insert(0, _notice(problem))
    return notebook


def _notice(problem: BaseException) -> nbformat.NotebookNode:
    reason = "the run was interrupted" if isinstance(problem, KeyboardInterrupt) else str(problem)
    lines = [
        "**This notebook did not run to its end; nothing below the cell named here can be relied on.**",
        "**Sổ tính này chưa chạy hết; phần sau ô nêu dưới đây không dùng được.**",
        "```text\n" + reason.replace("```", "'''") + "\n```",
    ]
    notice = nbformat.v4.new_markdown_cell("\n\n".join(lines), id="outcome")
    notice.metadata["tags"] = ["outcome"]
    return notice


def _result(task: Task, watch: _Watch, problem: FiguresError | None) -> Result:
    cells = [
        cell for cell in (watch.notebook or {"cells": []})["cells"] if cell.cell_type == "code" and cell.source.strip()
    ]
    return Result(
        name=task.name,
        outcome="failed" if problem else "done",
        status=problem.status if problem else 0,
        reason=str(problem) if problem else "",
        seconds=round(time.monotonic() - watch.started, 3),
        cells_run=sum(cell.execution_count is not None for cell in cells),
        cells=len(cells),
    )
