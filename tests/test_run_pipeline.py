"""`figures run` on small projects: what is published, what is refused, and that the last good report stays."""

import json
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from analysis.errors import (
    DataCheckError,
    FiguresError,
    FileError,
    KernelDiedError,
    LockedError,
    NotebookError,
    OutOfTimeError,
    UsageError,
)
from analysis.log import JsonLog, Log, Writer
from analysis.project import Project
from analysis.run.lock import hold
from analysis.run.pipeline import Options, run
from analysis.run.record import Run, close_stale, point_latest, read_record
from run_helpers import injected, outputs, write_notebook

TEXT = """Công đoàn tỉnh Lào Cai năm qua

Từ năm 2013 đến năm 2015, công đoàn tỉnh Lào Cai đã giới thiệu 120 đoàn viên ưu tú cho Đảng, trong đó 80 đồng chí được kết nạp Đảng.
"""
BROKEN_SUM = """Công đoàn tỉnh Lào Cai năm qua

Hiện nay, tổng số CNVCLĐ trong các đơn vị có tổ chức công đoàn tại tỉnh Lào Cai là 52.089 người, trong đó khối hành chính sự nghiệp 34.183 người, khối sản xuất kinh doanh các thành phần kinh tế 17.000 người.
"""
SOUND = "print(place, len(open(processed + '/figures.csv', encoding='utf-8').readlines()))"


@pytest.fixture
def project(tmp_path) -> Project:
    root = tmp_path / "project"
    (root / "data/raw/articles").mkdir(parents=True)
    (root / "pyproject.toml").touch()
    (root / "data/raw/articles/one.txt").write_text(TEXT, encoding="utf-8")
    write_notebook(root / "notebooks/01_one.ipynb", SOUND)
    return Project.find(root)


def lines(project, options=None, log=Log) -> list[str]:
    """Run, and give back what was told."""
    import io

    stream = io.StringIO()
    run(project, options or Options(), log(Writer(stream)))
    return stream.getvalue().splitlines()


def latest(project) -> Path:
    return (project.reports / "latest").resolve()


def record(folder: Path) -> dict:
    return json.loads((folder / "run.json").read_text(encoding="utf-8"))


def failed_run(project) -> Path:
    """The folder of the newest run, which is not the one that `latest` points to."""
    folders = sorted(p for p in project.reports.iterdir() if p.is_dir() and not p.is_symlink() and p != latest(project))
    assert folders and not folders[-1].name.startswith(".")
    return folders[-1]


def test_a_run_publishes_everything_and_says_what_it_used(project):
    told = lines(project)
    folder = latest(project)
    assert os.readlink(project.reports / "latest") == folder.name, "a relative link survives a move of the folder"
    names = {path.name for path in folder.iterdir()}
    assert names >= {"notebooks", "charts", "tables", "report.html", "briefing.pptx", "briefing.xlsx", "run.json"}
    assert {path.suffix for path in (folder / "tables").iterdir()} == {".csv", ".parquet", ".json"}
    told_record = record(folder)
    assert (told_record["outcome"], told_record["status"], told_record["run"]) == ("done", 0, folder.name)
    assert told_record["pid"] == os.getpid() and told_record["ended"] >= told_record["started"]
    assert [stage["name"] for stage in told_record["stages"]] == ["build", "checks", "notebooks", "publish"]
    assert told_record["inputs"]["raw"].keys() == {"articles/one.txt"}
    assert told_record["inputs"]["notebooks"].keys() == {"01_one.ipynb"}
    assert "indicators.csv" in str(told_record["inputs"]["reference"]) and "papermill" in told_record["versions"]
    assert (
        told_record["notebooks"][0]["outcome"] == "done" and told_record["parameters"]["01_one"]["place"] == "Lào Cai"
    )
    assert any("report.html" in line for line in told)


def test_notebooks_read_the_runs_own_tables_by_paths_that_stay_true(project):
    run(project, Options(given={"place": "Lào Cai"}), Log.silent())
    notebook = latest(project) / "notebooks/01_one.ipynb"
    assert "place = 'Lào Cai'" in injected(notebook) and "processed = '../tables'" in injected(notebook)
    assert re.fullmatch(r"Lào Cai \d+\n", outputs(notebook)[0][0].text)


def test_the_same_inputs_need_no_second_run_unless_forced(project):
    lines(project)
    first = latest(project)
    (told,) = lines(project)
    assert told.startswith(f"nothing new since run {first.name}") and latest(project) == first
    lines(project, Options(force=True))
    assert latest(project) != first
    same = [read_record(folder) for folder in (first, latest(project))]
    assert same[0]["outputs"] == same[1]["outputs"], "the same inputs give the same bytes"


def change_article(project):
    (project.raw / "articles/one.txt").write_text(TEXT.replace("120", "130"), encoding="utf-8")


def change_notebook(project):
    write_notebook(project.notebooks / "01_one.ipynb", SOUND + "  # again")


def lose_report(project):
    (latest(project) / "report.html").unlink()


def lose_table(project):
    (project.processed / "figures.csv").unlink()


@pytest.mark.parametrize("change", [change_article, change_notebook, lose_report, lose_table])
def test_what_changed_or_was_lost_is_made_anew(project, change):
    lines(project)
    first = latest(project)
    change(project)
    lines(project)
    assert latest(project) != first and (latest(project) / "report.html").exists()
    assert (project.processed / "figures.csv").exists()


FAILURES = [
    ("raise ValueError('no such thing')", NotebookError, 4, "no such thing"),
    ("import sys; sys.exit(0)", NotebookError, 4, "SystemExit"),
    ("import os; os._exit(0)", KernelDiedError, 6, "kernel ended"),
    ("import time; time.sleep(60)", OutOfTimeError, 5, "time ran out"),
]


@pytest.mark.parametrize(("source", "error", "status", "said"), FAILURES, ids=["raises", "exits", "dies", "slow"])
def test_a_failing_notebook_stops_neither_the_others_nor_the_last_good_report(project, source, error, status, said):
    lines(project)
    good = latest(project)
    write_notebook(project.notebooks / "00_bad.ipynb", source)
    with pytest.raises(error, match=f"(?s)00_bad, cell 2 of 2.*{said}.*1 of 2 notebooks failed") as caught:
        run(project, Options(timeout=5 if status == 5 else 60), Log.silent())
    assert caught.value.status == status and latest(project) == good
    folder = failed_run(project)
    told = record(folder)
    assert (told["outcome"], told["status"]) == ("failed", status) and said in told["reason"]
    assert {row["name"]: row["outcome"] for row in told["notebooks"]} == {"00_bad": "failed", "01_one": "done"}
    kept = re.search(r"what ran is in (\S+\.ipynb)", told["reason"]).group(1)
    assert said in (project.root / kept).read_text(encoding="utf-8"), "the message names the kept notebook"
    assert not (folder / "report.html").exists()


def test_an_error_of_the_checks_stops_publication_but_not_the_tables(project):
    (project.raw / "articles/one.txt").write_text(BROKEN_SUM, encoding="utf-8")
    with pytest.raises(DataCheckError, match=r"(?s)errors found by the checks: 1.*52,089") as caught:
        run(project, Options(), Log.silent())
    assert caught.value.status == 3 and not (project.reports / "latest").exists()
    assert (project.processed / "figures.csv").exists()
    told = record(failed_run(project))
    assert told["findings"]["error"] == 1 and told["notebooks"] == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            Options(given={"plce": "Lào Cai"}),
            r"no parameter 'plce' in 01_one; did you mean place\?.*There is: place, lang",
        ),
        (Options(given={"lang": "fr"}), "'vi' or 'en'"),
        (Options(given={"place": "Lao Cai"}), "no figure is about it; did you mean Lào Cai"),
        (Options(given={"processed": "x"}), "use --processed"),
        (Options(notebooks=("01_on",)), r"no notebook '01_on'.*did you mean 01_one"),
    ],
)
def test_a_wrong_parameter_is_refused_before_a_kernel_starts_and_leaves_nothing(project, options, said):
    with pytest.raises(UsageError, match=f"(?s){said}"):
        run(project, options, Log.silent())
    left = [path.name for path in project.reports.glob("*")] if project.reports.exists() else []
    assert set(left) <= {".lock"}


def test_other_articles_get_a_place_of_their_own(project):
    (project.raw / "articles/one.txt").write_text(TEXT.replace("Lào Cai", "Nghệ An"), encoding="utf-8")
    told = lines(project)
    assert "no figure is about Lào Cai; the briefing is about Nghệ An" in told
    assert record(latest(project))["parameters"]["01_one"]["place"] == "Nghệ An"


def test_only_numbered_notebooks_run_unless_named(project):
    write_notebook(project.notebooks / "scratch.ipynb", "1")
    run(project, Options(), Log.silent())
    assert [row["name"] for row in record(latest(project))["notebooks"]] == ["01_one"]
    folder = run(project, Options(notebooks=("scratch.ipynb",)), Log.silent())
    assert [row["name"] for row in record(folder)["notebooks"]] == ["scratch"]
    assert [row["name"] for row in record(latest(project))["notebooks"]] == ["01_one"], "latest is a whole briefing"


def test_events_are_json_lines(project):
    events = [json.loads(line) for line in lines(project, log=JsonLog)]
    assert {event["event"] for event in events} >= {
        "run-started",
        "article",
        "table",
        "notebook",
        "published",
        "run-ended",
    }
    assert next(e for e in events if e["event"] == "notebook")["outcome"] == "done"


def test_a_second_run_is_told_who_holds_the_lock(project):
    with (
        hold(project.reports, "figures run"),
        pytest.raises(LockedError, match=rf"figures run \(process {os.getpid()}\) holds it since 20\d\d"),
    ):
        in_thread(run, project, Options(), Log.silent())
    assert not list(project.reports.glob("2*"))
    lines(project)


def in_thread(function, *arguments):
    """Another thread stands for another process: the lock counts by file handle."""
    caught = []

    def call():
        try:
            function(*arguments)
        except FiguresError as error:
            caught.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    if caught:
        raise caught[0]


def test_a_lock_can_be_waited_for(tmp_path):
    with hold(tmp_path, "first"), pytest.raises(LockedError):
        in_thread(lambda: hold(tmp_path, "second", wait=0.2).__enter__())
    with hold(tmp_path, "third", wait=0.2):
        assert json.loads((tmp_path / ".lock-holder.json").read_text())["purpose"] == "third"
    assert not (tmp_path / ".lock-holder.json").exists()


@pytest.mark.parametrize("blocked", ["reports", "latest"])
def test_a_folder_that_cannot_be_written_is_named(project, blocked):
    if blocked == "reports":
        project.reports.write_text("a file where the folder should be")
    else:
        (project.reports / "latest").mkdir(parents=True)
    with pytest.raises(FileError, match=blocked):
        run(project, Options(), Log.silent())
    if blocked == "latest":
        assert record(failed_run(project))["outcome"] == "failed"


def test_a_missing_folder_of_articles_is_a_failed_run(project):
    with pytest.raises(FileError, match="there is no such folder"):
        run(project.with_folders(raw=project.root / "nowhere"), Options(), Log.silent())
    assert record(failed_run(project))["status"] == 7


def test_a_record_that_still_runs_after_its_process_is_closed_by_the_next(project):
    project.reports.mkdir()
    stale = Run(project.reports, {})
    assert record(stale.folder)["outcome"] == "running" and stale.folder.name.startswith(".")
    assert any(f"run {stale.id} had ended" in line for line in lines(project))
    told = record(project.reports / stale.id)
    assert told["outcome"] == "interrupted" and "ended without a word" in told["reason"]
    assert close_stale(project.reports) == []


def test_run_ids_are_unique_and_latest_moves_in_one_step(tmp_path):
    runs = [Run(tmp_path, {}) for _ in range(3)]
    assert len({one.id for one in runs}) == 3
    for one in runs:
        one.finish()
        assert (tmp_path / "latest").resolve().name == one.id
    point_latest(tmp_path, runs[0].id)
    assert [path.name for path in tmp_path.glob(".*")] == []


@pytest.mark.parametrize(("name", "status"), [("TERM", 143), ("INT", 130)])
def test_a_signal_is_recorded(project, name, status):
    write_notebook(
        project.notebooks / "01_one.ipynb", f"open({str(project.root / 'begun')!r}, 'w')", "import time; time.sleep(60)"
    )
    command = [sys.executable, "-m", "analysis", "run", "--jobs", "1"]
    process = subprocess.Popen(command, cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while not (project.root / "begun").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    hidden = next(project.reports.glob(".2*/run.json"))
    assert json.loads(hidden.read_text())["outcome"] == "running"
    process.send_signal(getattr(__import__("signal"), f"SIG{name}"))
    _, errors = process.communicate(timeout=20)
    assert process.returncode == status and "Traceback" not in errors
    told = record(failed_run(project))
    assert (told["outcome"], told["status"]) == ("interrupted", status) and f"SIG{name}" in told["reason"]
    assert told["notebooks"] == [{"name": "01_one", "outcome": "not finished"}]
