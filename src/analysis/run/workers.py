"""Several notebooks at once, each in a process of its own: papermill changes the working folder, so threads would mix.

Workers are spawned, not forked, and live for the whole run. A worker that is killed costs its notebook, not the run.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait

from analysis.run.interrupts import Interrupted, interruptible
from analysis.run.tasks import Result, Task

STOP_SECONDS = 15

Watch = Callable[[str, int, int], None]


def run_all(tasks: list[Task], jobs: int, watch: Watch) -> Iterator[Result]:
    """Yield the Result of each task as it comes, with up to `jobs` running at once; one job runs in this process.

    `watch(name, cell, cells)` hears how far each notebook is.
    """
    if min(jobs, len(tasks)) <= 1:
        from analysis.run.engine import run_notebook

        for task in tasks:
            yield run_notebook(task, lambda cell, cells, name=task.name: watch(name, cell, cells))
        return
    with contextlib.closing(_Crew(min(jobs, len(tasks)))) as crew:
        yield from crew.run(list(tasks), watch)


class _Worker:
    """A spawned process that runs one task after the other."""

    def __init__(self):
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs,), daemon=False)
        self.process.start()
        theirs.close()
        self.task: Task | None = None

    def give(self, task: Task) -> None:
        self.task = task
        with contextlib.suppress(OSError):  # a worker that is gone shows when it is heard
            self.pipe.send(task)


class _Crew:
    def __init__(self, size: int):
        self.workers = [_Worker() for _ in range(size)]

    def run(self, waiting: list[Task], watch: Watch) -> Iterator[Result]:
        for worker in self.workers:
            worker.give(waiting.pop(0))
        while busy := {worker.pipe: worker for worker in self.workers if worker.task}:
            for pipe in wait(list(busy)):
                if result := self._hear(busy[pipe], watch):
                    if waiting:
                        self._ready(busy[pipe]).give(waiting.pop(0))
                    yield result

    def _hear(self, worker: _Worker, watch: Watch) -> Result | None:
        """The Result that a worker sent, or the one that its death means; None for a mere step."""
        try:
            message = worker.pipe.recv()
        except (EOFError, ConnectionError):
            worker.process.join()
            reason = f"{worker.task.name}: its process ended (exit {worker.process.exitcode}); is there memory enough?"
            message = Result(worker.task.name, "failed", status=6, reason=reason)
        if not isinstance(message, Result):
            watch(worker.task.name, *message)
            return None
        worker.task = None
        return message

    def _ready(self, worker: _Worker) -> _Worker:
        if worker.process.is_alive():
            return worker
        fresh = self.workers[self.workers.index(worker)] = _Worker()
        return fresh

    def close(self) -> None:
        """End all workers; those at work get SIGTERM, which ends their kernels too."""
        for worker in self.workers:
            worker.pipe.close()
            if worker.task and worker.process.is_alive():
                worker.process.terminate()
        for worker in self.workers:
            worker.process.join(STOP_SECONDS)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


def _work(pipe: Connection) -> None:
    """The worker's loop; it ends when the pipe closes or a signal comes, and with its parent."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from analysis.run.engine import run_notebook

    with contextlib.suppress(EOFError, Interrupted, OSError), interruptible():
        while True:
            task = pipe.recv()
            pipe.send(run_notebook(task, lambda cell, cells: pipe.send((cell, cells))))


def _end_with_parent() -> None:
    """A runner killed by SIGKILL cannot end its workers, so they watch it."""
    multiprocessing.parent_process().join()
    os.kill(os.getpid(), signal.SIGTERM)
