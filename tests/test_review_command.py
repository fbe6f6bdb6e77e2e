"""`figures review` as people and scripts use it."""

import csv
import json
import os
import subprocess
import sys

import pytest

from analysis.cli import main
from conftest import ROOT

TEXT = (
    "Từ năm 2013 đến năm 2015, công đoàn tỉnh Lào Cai đã giới thiệu 120 đoàn viên ưu tú cho Đảng, trong đó 80 đồng chí "
    "được kết nạp Đảng.\n"
)


@pytest.fixture
def project(tmp_path):
    root = tmp_path / "project"
    (root / "data/raw/articles").mkdir(parents=True)
    (root / "notebooks").mkdir()
    (root / "pyproject.toml").touch()
    (root / "data/raw/articles/one.txt").write_text(TEXT, encoding="utf-8")
    return root


@pytest.fixture
def figures(project, capsys, monkeypatch):
    """Run the command in this process, in the project; gives its status and what it printed."""
    monkeypatch.chdir(project)
    monkeypatch.setenv("LOGNAME", "minh")

    def call(*arguments) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return ended.value.code, told.out, told.err

    return call


def queue(figures, *arguments) -> list[dict]:
    status, told, _ = figures("review", "--format", "jsonl", *arguments)
    assert status == 0
    return [json.loads(line) for line in told.splitlines()]


def decisions(project) -> list[dict]:
    with (project / "data/raw/decisions.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def table(project, name: str) -> list[dict]:
    with (project / f"data/processed/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def id_of(figures, value: float) -> str:
    return next(row["id"] for row in queue(figures, "--all") if row["value"] == value)


def test_the_queue_builds_what_is_missing_and_marks_the_number(project, figures):
    rows = queue(figures)
    assert sorted(row["value"] for row in rows) == [80, 120]
    assert [row["confidence"] for row in rows] == sorted(row["confidence"] for row in rows)
    for row in rows:
        assert f"⟦{row['text']}⟧" in row["marked"] and row["marked"].replace("⟦", "").replace("⟧", "") == TEXT.strip()
        assert TEXT[row["start"] : row["end"]] == row["text"] and row["status"] == "extracted"
        assert len(row["why"]) == len(row["doubts"])
    assert [json.loads(line) for line in figures("review", "--log", "json")[1].splitlines()] == rows
    assert len(queue(figures, "--limit", "1")) == 1 and not (project / "data/raw/decisions.csv").exists()


@pytest.mark.parametrize(
    ("lang", "words"),
    [("vi", ["Câu trong bài", "Lào Cai", "⟦120⟧", "2 trong số 2"]), ("en", ["Sentence", "people", "2 of 2"])],
)
def test_the_queue_for_people(figures, lang, words):
    status, told, error = figures("review", "--lang", lang)
    assert status == 0 and error == ""
    for word in words:
        assert word in told


def test_a_decision_leaves_the_queue_and_enters_every_later_build(project, figures):
    id = id_of(figures, 120)
    status, told, _ = figures("review", "correct", id[:6], "value=1200", "--why", "thiếu một số 0", "--who", "Lan")
    [row] = decisions(project)
    assert status == 0 and row["id"] in told and "120 → 1200" in told
    assert (row["who"], row["figure"], row["action"], row["why"]) == ("Lan", id, "correct", "thiếu một số 0")
    assert [row["value"] for row in queue(figures)] == [80]
    assert {row["value"] for row in queue(figures, "--all")} == {80, 1200}
    assert "trước quyết định" in figures("trace", id)[1], (
        "the tables are older than the decision, and the receipt says so"
    )
    figures("build")
    assert [(row["value"], row["status"]) for row in table(project, "figures") if row["id"] == id] == [
        ("1200", "corrected")
    ]
    assert {row["value"] for row in table(project, "observations")} == {"1200", "80"}
    receipt = figures("trace", id, "--lang", "en")[1]
    assert "corrected value 120 → 1200. Reason: thiếu một số 0" in receipt and "before decision" not in receipt
    assert [row["value"] for row in queue(figures)] == [80]
    figures("review", "undo", row["id"], "--why", "bản in đúng")
    assert {row["value"] for row in queue(figures)} == {80, 120}
    figures("build")
    assert {row["status"] for row in table(project, "figures")} == {"extracted"}
    assert [row["state"] for row in table(project, "decisions")] == ["undone", "holds"]


def test_the_login_name_decides_where_nobody_is_named(project, figures):
    status, told, _ = figures("review", "accept", id_of(figures, 80), "--why", "đúng", "--log", "json")
    [row] = decisions(project)
    event = json.loads(told)
    assert status == 0 and row["who"] == "minh" == event["who"] and event["id"] == row["id"]
    assert row["when"] == event["when"] and row["when"][-6] in "+-"


def test_an_article_that_changed_is_read_anew_before_anybody_decides(project, figures):
    id = id_of(figures, 120)
    figures("review", "reject", id, "--why", "thử")
    (project / "data/raw/articles/one.txt").write_text(
        TEXT.replace("công đoàn tỉnh", "các cấp công đoàn tỉnh"), encoding="utf-8"
    )
    status, told, error = figures("review", "--lang", "en")
    assert status == 0 and "⟦120⟧" in told and "sentence of figure" in error and id in error
    status, _, error = figures("review", "accept", id, "--why", "thử")
    assert status == 2 and "figures review --all" in error
    status, told, _ = figures("check")
    assert status == 0 and "decision_stale" in told
    (project / "data/raw/articles/two.txt").write_text(TEXT.replace("120", "130"), encoding="utf-8")
    assert 130 in {row["value"] for row in queue(figures)}
    (project / "data/raw/articles/two.txt").unlink()
    assert 130 not in {row["value"] for row in queue(figures)}


def test_tables_of_another_version_are_built_anew(project, figures):
    queue(figures)
    (project / "data/processed/figures.parquet").write_bytes(b"old")
    assert len(queue(figures)) == 2


def test_an_article_that_cannot_be_read_does_not_make_every_review_a_build(project, figures):
    (project / "data/raw/articles/bad.txt").write_bytes(b"\x00\x01PK" * 50)
    for name in ("two.md", "two.txt"):  # of one id: only the first is read
        (project / "data/raw/articles" / name).write_text("Lào Cai có 5 công đoàn cơ sở.", encoding="utf-8")
    assert len(queue(figures)) == 3
    built = (project / "data/processed/datapackage.json").stat().st_mtime_ns
    assert len(queue(figures)) == 3
    assert (project / "data/processed/datapackage.json").stat().st_mtime_ns == built


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["accept", "f00", "--why", "x"], "figures review --all"),
        (["accept", "f", "--why", "x"], "Give more of the id"),
        (["accept", "ID"], "--why"),
        (["accept", "ID", "--why", "  "], "--why"),
        (["correct", "ID", "--why", "x"], "FIELD=VALUE"),
        (["correct", "ID", "unit=persons", "--why", "x"], "did you mean person"),
        (["correct", "ID", "value=120", "--why", "x"], "Accept the figure"),
        (["undo", "d00", "--why", "x"], "no decision"),
        (["approve", "ID"], "No such command"),
        (["--article", "two"], "no figures of an article"),
        (["--limit", "0"], "--limit"),
        (["--format", "csv"], "--format"),
    ],
)
def test_wrong_usage_ends_with_2_and_decides_nothing(project, figures, arguments, said):
    arguments = [id_of(figures, 120) if argument == "ID" else argument for argument in arguments]
    status, told, error = figures("review", *arguments)
    assert (status, told) == (2, "") and said in error
    assert not (project / "data/raw/decisions.csv").exists()


def test_a_bad_row_is_named_and_a_bad_header_stops(project, figures):
    figures("review", "accept", id_of(figures, 80), "--why", "đúng")
    path = project / "data/raw/decisions.csv"
    with path.open("a", encoding="utf-8") as file:
        file.write("một dòng chen vào\n")
    status, told, error = figures("review", "--lang", "en")
    assert status == 0 and "⟦120⟧" in told and "line 3" in error
    assert "decision_row" in figures("check")[1]
    path.write_text("không có tiêu đề\n", encoding="utf-8")
    status, _, error = figures("build")
    assert status == 7 and "decisions.csv, line 1" in error


def test_two_people_decide_at_the_same_moment(project, figures):
    ids = [row["id"] for row in queue(figures)]
    command = [sys.executable, "-m", "analysis", "review", "accept"]
    started = [
        subprocess.Popen([*command, id, "--why", f"đúng {n}", "--who", who], cwd=project, stdout=subprocess.DEVNULL)
        for n, (id, who) in enumerate((id, who) for id in ids for who in ("Lan", "Minh"))
    ]
    assert [process.wait() for process in started] == [0, 0, 0, 0]
    assert sorted((row["figure"], row["who"]) for row in decisions(project)) == sorted(
        (id, who) for id in ids for who in ("Lan", "Minh")
    )
    assert queue(figures) == []


def test_help_names_the_fields_and_the_actions():
    environment = os.environ | {"COLUMNS": "100"}
    command = [sys.executable, "-m", "analysis", "review"]
    told = subprocess.run([*command, "--help"], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")
    assert told.returncode == 0 and all(name in told.stdout for name in ("accept", "correct", "reject", "undo"))
    told = subprocess.run(
        [*command, "correct", "--help"], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8"
    )
    assert told.returncode == 0 and "period_end" in told.stdout


def test_a_decision_makes_a_new_run(project, figures):
    from analysis.run.inputs import hash_inputs

    before = hash_inputs(project / "data/raw", [])
    figures("review", "accept", id_of(figures, 80), "--why", "đúng")
    after = hash_inputs(project / "data/raw", [])
    assert before["raw"].keys() ^ after["raw"].keys() == {"decisions.csv"}
