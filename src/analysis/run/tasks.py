"""What is asked of a notebook's run and what came of it. Imports nothing heavy: a run with nothing new needs no papermill."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Task:
    """A notebook to run: `source` with `parameters` injected, in the working folder `cwd`, written to `target`.

    `kept` is where `target` will be found once the run is over, as messages name it.
    """

    name: str
    source: Path
    target: Path
    cwd: Path
    parameters: dict[str, Any]
    timeout: float | None = None
    kept: str = ""


@dataclass(frozen=True)
class Result:
    """How a notebook went. `outcome` is done or failed; `status` the exit status that goes with it."""

    name: str
    outcome: str
    status: int = 0
    reason: str = ""
    seconds: float = 0.0
    cells_run: int = 0
    cells: int = 0
