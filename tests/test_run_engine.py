"""One notebook through papermill: outcomes, and that what is written is true."""

import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import time

import nbformat
import pytest

from analysis.run.engine import run_notebook
from analysis.run.tasks import Task
from analysis.run.workers import run_all
from run_helpers import injected, outputs, write_notebook


def make(tmp_path, name, *sources, timeout=60.0, parameters=None):
    source = write_notebook(tmp_path / f"{name}.ipynb", *sources)
    target = tmp_path / "out" / source.name
    target.parent.mkdir(exist_ok=True)
    return Task(name, source, target, target.parent, parameters or {"place": "Bảo Yên"}, timeout, f"reports/R/{name}")


def texts(path):
    return ["".join(o.get("text", "") for o in group) for group in outputs(path)]


def test_a_good_notebook_runs_in_its_folder_with_its_parameters(tmp_path):
    value = "Nghĩa Đô \"là\" 'xã' \\n, đường 🚆"
    task = make(tmp_path, "{good}", "import os; print(os.getcwd())", "print(place)", parameters={"place": value})
    result = run_notebook(task)
    assert (result.outcome, result.status, result.cells_run, result.cells) == ("done", 0, 4, 4)
    assert texts(task.target) == [f"{task.cwd}\n", value + "\n"]
    assert "Nghĩa Đô" in injected(task.target) and "đường 🚆" in injected(task.target)
    assert "Nghĩa Đô" in task.target.read_text(encoding="utf-8")


def test_an_executed_notebook_has_no_times_and_repeats(tmp_path):
    task = make(tmp_path, "same", "print(1)", "2")
    run_notebook(task)
    first = task.target.read_bytes()
    run_notebook(task)
    assert task.target.read_bytes() == first
    assert b"papermill" not in first and b"iopub" not in first
    nbformat.validate(json.loads(first))


FAILURES = [
    (
        "raises",
        "def half(x):\n    return x / 0\nhalf(1)",
        4,
        "cell 3 of 4 failed:.*ZeroDivisionError: division by zero",
    ),
    ("exits_3", "import sys; sys.exit(3)", 4, "cell 3 of 4 failed:.*SystemExit: 3"),
    ("exits_0", "import sys; sys.exit(0)", 4, "cell 3 of 4 failed:.*SystemExit: 0"),
    ("syntax", "print(", 4, "cell 3 of 4 failed:.*SyntaxError"),
    ("os_exit", "import os; os._exit(0)", 6, "cell 3 of 4: the kernel ended"),
    ("killed", "import os; os.kill(os.getpid(), 9)", 6, "cell 3 of 4: the kernel ended"),
    (
        "slow",
        "import time; print('begun', flush=True); time.sleep(60)",
        5,
        r"cell 3 of 4: time ran out waiting for 3 s",
    ),
]


@pytest.mark.parametrize(("name", "source", "status", "said"), FAILURES, ids=[row[0] for row in FAILURES])
def test_a_failure_has_its_status_and_a_true_notebook(tmp_path, name, source, status, said):
    task = make(tmp_path, name, "print('before')", source, "print('after')", timeout=3.0 if status == 5 else 60.0)
    result = run_notebook(task)
    assert (result.outcome, result.status) == ("failed", status)
    assert re.search(f"{name}, {said}", result.reason, re.DOTALL) and f"reports/R/{name}" in result.reason
    notebook = nbformat.read(task.target, as_version=4)
    notice, *cells = notebook.cells
    assert notice.metadata.tags == ["outcome"] and result.reason in notice.source
    before, failing, after = [cell for cell in cells if "tags" not in cell.metadata]
    assert before.execution_count == 3 and before.outputs
    assert (failing.execution_count is not None) == (status == 4), "a cell counts as run only where it ended"
    assert after.execution_count is None and after.outputs == []
    assert "completed" not in task.target.read_text(encoding="utf-8")


def test_the_limit_is_the_notebooks_not_each_cells(tmp_path):
    task = make(tmp_path, "slow", *["import time; time.sleep(1.2)"] * 4, timeout=2.5)
    assert run_notebook(task).status == 5


def test_a_kernel_that_dies_in_the_last_cell_is_seen(tmp_path):
    assert run_notebook(make(tmp_path, "last", "import os; os._exit(0)")).status == 6


def test_blank_code_cells_need_not_run(tmp_path):
    assert run_notebook(make(tmp_path, "blank", "  \n", "1")).outcome == "done"


def test_an_old_output_is_replaced_whole_and_kept_where_writing_fails(tmp_path):
    task = make(tmp_path, "kept", "1")
    run_notebook(task)
    good = task.target.read_bytes()
    blocked = Task("kept", task.source, task.target / "below-a-file.ipynb", task.cwd, task.parameters)
    result = run_notebook(blocked)
    assert (result.outcome, result.status) == ("failed", 7) and "cannot be written" in result.reason
    assert task.target.read_bytes() == good
    assert sorted(path.name for path in task.target.parent.iterdir()) == ["kept.ipynb"]


def test_a_file_that_is_no_notebook(tmp_path):
    task = make(tmp_path, "broken", "1")
    task.source.write_text("{")
    result = run_notebook(task)
    assert (result.outcome, result.status) == ("failed", 7) and not task.target.exists()


def test_start_up_files_of_the_user_change_nothing(tmp_path, monkeypatch):
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("leaked = 1")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    task = make(tmp_path, "clean", "print('leaked' in globals())")
    run_notebook(task)
    assert texts(task.target) == ["False\n"]


def test_two_at_once_in_their_own_processes_and_folders(tmp_path):
    wait = "import os, time; from pathlib import Path"
    meet = "\n".join(
        [
            "Path(f'../{mine}').touch()",
            "for _ in range(300):",
            "    time.sleep(0.1 * (not Path(f'../{other}').exists()))",
            "print(Path(f'../{other}').exists(), os.getcwd())",
        ]
    )
    tasks = []
    for mine, other in (("a", "b"), ("b", "a")):
        task = make(tmp_path, mine, wait, f"mine, other = {mine!r}, {other!r}", meet)
        folder = tmp_path / f"work-{mine}"
        folder.mkdir()
        tasks.append(Task(task.name, task.source, task.target, folder, task.parameters, 60.0))
    results = list(run_all(tasks, 2, lambda *_: None))
    assert sorted((r.name, r.outcome) for r in results) == [("a", "done"), ("b", "done")]
    for task in tasks:
        assert texts(task.target)[-1] == f"True {task.cwd}\n"


def test_a_worker_that_is_killed_costs_only_its_notebook(tmp_path):
    shoot = "import os, signal, time; os.kill(os.getppid(), signal.SIGKILL); time.sleep(30)"
    tasks = [make(tmp_path, "a", shoot), make(tmp_path, "b", "1"), make(tmp_path, "c", "1")]
    results = {r.name: r for r in run_all(tasks, 2, lambda *_: None)}
    assert {name: r.outcome for name, r in results.items()} == {"a": "failed", "b": "done", "c": "done"}
    assert results["a"].status == 6 and "its process ended" in results["a"].reason


SCRIPT = """
    import sys
    from pathlib import Path
    from analysis.run.interrupts import Interrupted, interruptible
    from analysis.run.tasks import Task
    from analysis.run.workers import run_all

    if __name__ == "__main__":
        folder, jobs = Path(sys.argv[1]), int(sys.argv[2])
        names = ["a", "b"]
        tasks = [Task(n, folder / f"{n}.ipynb", folder / "out" / f"{n}.ipynb", folder, {}, 60.0) for n in names]
        try:
            with interruptible():
                list(run_all(tasks, jobs, lambda *_: None))
        except Interrupted as stop:
            sys.exit(stop.status)
"""


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="needs /proc to see whether a process lives")
@pytest.mark.parametrize(
    ("jobs", "number"), [(1, signal.SIGTERM), (1, signal.SIGINT), (2, signal.SIGTERM), (2, signal.SIGKILL)]
)
def test_a_signal_ends_kernels_and_leaves_a_true_notebook(tmp_path, jobs, number):
    for name in ("a", "b"):
        tell = f"import os, time\nopen({str(tmp_path / name)!r} + '.pid', 'w').write(str(os.getpid()) + ' ')"
        write_notebook(tmp_path / f"{name}.ipynb", tell, "time.sleep(60)")
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(SCRIPT))
    runner = subprocess.Popen([sys.executable, script, tmp_path, str(jobs)])
    pids = wait_for_pids([tmp_path / f"{name}.pid" for name in ("a", "b")[:jobs]])
    runner.send_signal(number)
    status = runner.wait(20)
    assert status == (128 + number if number != signal.SIGKILL else -9)
    deadline = time.monotonic() + 15
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(alive, pids)), "a kernel outlived its runner"
    notebook = wait_for_notebook(tmp_path / "out" / "a.ipynb")
    assert "interrupted" in notebook.cells[0].source
    assert notebook.cells[-1].execution_count is None


def wait_for_pids(paths) -> list[int]:
    deadline = time.monotonic() + 30
    while not all(path.exists() and path.read_text().endswith(" ") for path in paths):
        assert time.monotonic() < deadline, "the notebooks did not start"
        time.sleep(0.05)
    time.sleep(0.3)
    return [int(path.read_text()) for path in paths]


def wait_for_notebook(path):
    deadline = time.monotonic() + 15
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    return nbformat.read(path, as_version=4)
