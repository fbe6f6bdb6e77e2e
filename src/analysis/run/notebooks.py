"""Which notebooks a run takes, with which parameters, and what their results mean for it."""

import re
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import FiguresError, KernelDiedError, NotebookError, OutOfTimeError, UsageError
from analysis.log import Log
from analysis.project import Project
from analysis.run.parameters import Parameter, closest, read_parameters, resolve, unknown
from analysis.run.tasks import Result, Task
from analysis.run.workers import run_all

NUMBERED = re.compile(r"\d\d_")
ERRORS = {error.status: error for error in (NotebookError, OutOfTimeError, KernelDiedError)}


@dataclass(frozen=True)
class Notebook:
    """One notebook of a run: what it takes (`parameters`) and what it was given (`values`, typed)."""

    path: Path
    parameters: dict[str, Parameter]
    values: dict[str, Any]

    @property
    def name(self) -> str:
        return self.path.stem

    def used(self) -> dict[str, Any]:
        """Every parameter with the value that the notebook works with, but for those that a run sets by itself."""
        defaults = {p.name: p.default for p in self.parameters.values() if not p.runner}
        return defaults | {name: value for name, value in self.values.items() if name in defaults}


def find_notebook(project: Project, name: str) -> Path:
    """The notebook called `name` (with or without .ipynb or a folder before it). UsageError names those that exist."""
    there = {path.stem: path for path in sorted(project.notebooks.glob("*.ipynb"))}
    stem = Path(name).name.removesuffix(".ipynb")
    if stem not in there:
        raise UsageError(
            f"no notebook {stem!r} in {project.notebooks}{closest(stem, there)}\nThere is: {', '.join(there)}."
        )
    return there[stem]


def select(project: Project, names: tuple[str, ...], given: dict[str, str]) -> list[Notebook]:
    """The notebooks of a run in order of their names, with `given` parameters typed for each.

    Without `names`, those whose name starts with a number; others in the folder are an analyst's own and run when named.
    A parameter goes to the notebooks that have it; UsageError where none does.
    """
    paths = {find_notebook(project, name) for name in names}
    paths = paths or {path for path in project.notebooks.glob("*.ipynb") if NUMBERED.match(path.name)}
    if not paths:
        raise UsageError(f"{project.notebooks} holds no numbered notebook (like 05_briefing.ipynb). Restore one.")
    taken = {path: read_parameters(path) for path in sorted(paths)}
    for key in given:
        if not any(key in own and not own[key].runner for own in taken.values()):
            raise UsageError(unknown(key, {path.stem: own for path, own in taken.items()}))
    return [_notebook(path, own, given) for path, own in taken.items()]


def _notebook(path: Path, own: dict[str, Parameter], given: dict[str, str]) -> Notebook:
    values = resolve(path.stem, own, {key: value for key, value in given.items() if key in own})
    return Notebook(path, own, values)


def make_tasks(notebooks: list[Notebook], folder: Path, kept: Path, own: dict[str, Any], timeout: float) -> list[Task]:
    """The tasks of a run in its folder. `own` holds what the run itself sets, for the notebooks that take it.

    Notebooks work in the folder that they end up in, so that paths in their parameters stay true when it is renamed.
    """
    place = folder / "notebooks"
    place.mkdir(parents=True, exist_ok=True)
    return [
        Task(
            name=notebook.name,
            source=notebook.path,
            target=place / notebook.path.name,
            cwd=place,
            parameters=notebook.values | {key: value for key, value in own.items() if key in notebook.parameters},
            timeout=timeout,
            kept=str(kept / "notebooks" / notebook.path.name),
        )
        for notebook in notebooks
    ]


def run_tasks(tasks: list[Task], jobs: int, log: Log, keep) -> list[Result]:
    """Run all tasks, tell of each, and hand each Result to `keep`; a failing notebook does not stop the others."""
    results: list[Result] = []
    log.step("notebooks", 0, len(tasks))
    with closing(run_all(tasks, jobs, lambda name, cell, cells: log.step(name, cell, cells))) as coming:
        for result in coming:
            results.append(result)
            keep(result)
            log.step(result.name, 1, 1)
            log.step("notebooks", len(results), len(tasks))
            _tell(result, log)
    return results


def _tell(result: Result, log: Log) -> None:
    cells = f"{result.cells_run} of {result.cells} cells" if result.outcome != "done" else f"{result.cells} cells"
    text = f"{result.name}: {result.outcome}, {cells} in {result.seconds:.1f} s"
    fields = {"status": result.status, "seconds": result.seconds, "cells": result.cells, "cells_run": result.cells_run}
    log.event("notebook", text, notebook=result.name, outcome=result.outcome, **fields)


def failure(results: list[Result]) -> FiguresError | None:
    """The error that a run ends with where notebooks failed: all their reasons, and the status of the first by name."""
    failed = sorted((result for result in results if result.outcome != "done"), key=lambda result: result.name)
    if not failed:
        return None
    message = "\n".join(result.reason for result in failed)
    ended = f"\n{len(failed)} of {len(results)} notebooks failed, so nothing was published; the last good report stays."
    return ERRORS.get(failed[0].status, NotebookError)(message + ended)
