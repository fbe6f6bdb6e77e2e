"""The command as people and scripts use it: statuses, streams, formats, odd surroundings."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.cli import main
from conftest import ROOT

TEXT = "Từ năm 2013 đến năm 2015, công đoàn tỉnh Lào Cai đã giới thiệu 120 đoàn viên ưu tú cho Đảng.\n"
BROKEN_SUM = (
    "Hiện nay, tổng số CNVCLĐ trong các đơn vị có tổ chức công đoàn tại tỉnh Lào Cai là 52.089 người, trong đó khối hành "
    "chính sự nghiệp 34.183 người, khối sản xuất kinh doanh các thành phần kinh tế 17.000 người.\n"
)


def figures(*arguments, cwd=ROOT, **environment):
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "analysis", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=os.environ | environment, capture_output=True, encoding="utf-8")


@pytest.fixture
def inside(project, capsys, monkeypatch):
    """Run the command in this process, in the project; gives its status and what it printed."""
    monkeypatch.chdir(project)

    def call(*arguments) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return ended.value.code, told.out, told.err

    return call


@pytest.fixture
def article(tmp_path) -> Path:
    path = tmp_path / "bài viết.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def project(tmp_path) -> Path:
    root = tmp_path / "project"
    (root / "data/raw/articles").mkdir(parents=True)
    (root / "deep/down").mkdir(parents=True)
    shutil.copytree(ROOT / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".*"))
    (root / "pyproject.toml").touch()
    (root / "data/raw/articles/one.txt").write_text(TEXT, encoding="utf-8")
    return root


@pytest.mark.parametrize("command", ["", "run", "build", "extract", "check", "trace", "review", "params"])
def test_help_comes_at_once_and_names_statuses(command):
    result = figures(*([command] if command else []), "--help")
    assert result.returncode == 0 and "Usage: figures" in result.stdout
    assert command or "3 a data check stops publication" in result.stdout


def test_help_imports_nothing_heavy():
    code = "import sys, analysis.cli; print([m for m in ('pandas', 'papermill', 'matplotlib', 'rich') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_the_installed_command_is_the_same():
    command = Path(sys.executable).with_name("figures")
    result = subprocess.run([command, "--help"], capture_output=True, text=True)
    assert result.stdout == figures("--help").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "No such command"),
        (["run", "--jobs", "0"], "--jobs"),
        (["run", "--timeout", "0"], "--timeout"),
        (["run", "--lang", "fr"], "--lang"),
        (["run", "-p", "place"], "expected key=value"),
        (["run", "-p", "place=A", "--place", "B"], "already given"),
        (["run", "-p", "plce=A"], "did you mean place?"),
        (["run", "--notebook", "03_trend"], "did you mean 03_trends"),
        (["run", "-p", "since=2019-02-30"], "no date of the calendar"),
        (["run", "-p", "indicators=party_refered"], "did you mean party_referred"),
        (["extract"], "ARTICLE"),
        (["extract", "--format", "xml", "x"], "--format"),
        (["params", "nothing"], "There is: 00_start_here"),
        (["trace"], "ID"),
        (["review", "approve"], "No such command"),
        (["review", "accept", "f0"], "--why"),
        (["review", "--limit", "0"], "--limit"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_right(arguments, said, capsys, monkeypatch):
    monkeypatch.chdir(ROOT / "notebooks")
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    told = capsys.readouterr()
    assert ended.value.code == 2 and said in told.err and told.out == ""


def test_errors_are_json_where_asked_for():
    result = figures("params", "nothing", "--log", "json")
    (event,) = map(json.loads, result.stderr.splitlines())
    assert (event["event"], event["status"]) == ("error", 2) and "nothing" in event["message"]


def test_outside_of_a_project(tmp_path, article):
    assert "is not inside a project" in figures("build", cwd=tmp_path).stderr
    assert figures("build", cwd=tmp_path).returncode == 7
    assert figures("extract", article, cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    "locale", [{"LANG": "C", "LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
)
def test_output_is_utf8_whatever_the_locale(article, locale):
    result = figures("extract", article, "--format", "jsonl", **locale)
    (row,) = map(json.loads, result.stdout.splitlines())
    assert (row["article"], row["place"]) == ("bài viết", "Lào Cai") and "giới thiệu" in row["quote"]
    wrong = figures("run", "-p", "plàce=Lào Cai", **locale)
    assert wrong.returncode == 2 and "'plàce'" in wrong.stderr


def test_extract_formats_agree(article):
    lines = [json.loads(line) for line in figures("extract", article, "--all", "--format", "jsonl").stdout.splitlines()]
    table = list(csv.DictReader(io.StringIO(figures("extract", article, "--all", "--format", "csv").stdout)))
    assert [row["text"] for row in lines] == [row["text"] for row in table] == ["2013", "2015", "120"]
    assert [row["class"] for row in lines] == ["date", "date", "figure"]
    for row in lines:
        assert TEXT[row["start"] : row["end"]] == row["text"] and row["reason"]
    head, only = figures("extract", article).stdout.splitlines()
    assert head.split()[:3] == ["article", "text", "class"] and "120" in only and "party_referred" in only
    assert list(lines[0]) == list(table[0])
    assert (
        figures("extract", article, "--log", "json").stdout == figures("extract", article, "--format", "jsonl").stdout
    )


def test_extract_says_how_sure_a_figure_is_and_why_not_surer(tmp_path):
    """Doubts are a list in JSON and one cell of CSV; the table shows both; other numerals have neither."""
    path = tmp_path / "a.txt"
    path.write_text("Năm 2019, công đoàn có 12 đoàn viên. Công đoàn còn tặng 9,216 suất quà.\n", encoding="utf-8")
    lines = [json.loads(line) for line in figures("extract", path, "--all", "--format", "jsonl").stdout.splitlines()]
    cells = list(csv.DictReader(io.StringIO(figures("extract", path, "--all", "--format", "csv").stdout)))
    assert (
        [row["doubts"] is None for row in lines] == [row["class"] != "figure" for row in lines] == [True, False, False]
    )
    for row, record in zip(lines, cells, strict=True):
        assert record["doubts"] == "; ".join(row["doubts"] or ())
        assert record["confidence"] == ("" if row["confidence"] is None else str(row["confidence"]))
    assert "two_readings" in lines[2]["doubts"] and len(lines[2]["doubts"]) > 1
    head, *printed = figures("extract", path).stdout.splitlines()
    assert head.split()[-2:] == ["confidence", "doubts"] and f"{lines[2]['confidence']:.0%}" in printed[1]
    assert "two_readings" in "".join(printed)


def test_a_bad_article_is_named_and_the_rest_goes_on(tmp_path, article):
    bad = {
        "empty.txt": b"",
        "binary.txt": b"\x00\x01\x02" * 99,
        "latin.txt": "giới thiệu".encode("utf-16-le")[1:],
        "page.xyz": b"12",
    }
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
    result = figures("extract", "missing.txt", *bad, article, tmp_path, "--format", "jsonl", cwd=tmp_path)
    assert result.returncode == 7
    for name in ("missing.txt", *bad):
        assert f"skipped: {name}" in result.stderr
    (row,) = map(json.loads, result.stdout.splitlines())
    assert row["value"] == 120


def test_a_reader_that_stops_early_is_no_failure(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text(TEXT * 500, encoding="utf-8")
    command = f"{sys.executable} -m analysis extract {path} --format jsonl | head -n 1"
    result = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, encoding="utf-8")
    assert result.stdout.count("\n") == 1 and result.stderr == ""
    assert result.returncode == 0


def test_build_writes_tables_from_any_folder_inside(project):
    result = figures("build", cwd=project / "deep/down")
    assert result.returncode == 0 and "1 articles, 3 numerals, 1 figures" in result.stdout
    assert (project / "data/processed/figures.csv").exists() and not (project / "reports").exists()


def test_build_tells_events(project):
    events = [json.loads(line) for line in figures("build", "--log", "json", cwd=project).stdout.splitlines()]
    assert [event["event"] for event in events if event["event"] != "table"] == ["article", "built"]
    assert events[-1]["figures"] == 1


def test_check_prints_findings_and_ends_with_3_on_an_error(project, inside):
    status, told, _ = inside("check")
    assert status == 0 and "source_not_recorded" in told and "errors: 0" in told
    (project / "data/raw/articles/one.txt").write_text(BROKEN_SUM, encoding="utf-8")
    status, told, error = inside("check")
    assert status == 3 and told.startswith("error") and "52,089" in told and "severity error: 1" in error
    status, told, _ = inside("check", "--log", "json")
    events = list(map(json.loads, told.splitlines()))
    found = [event for event in events if event["event"] == "finding"]
    assert found[0]["severity"] == "error" and "52.089" in found[0]["message_vi"]
    assert status == 3 and events[-1]["event"] == "findings" and events[-1]["error"] == 1


def test_trace_leads_back_to_the_words(project, inside):
    inside("build")
    with open(project / "data/processed/observations.csv", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    for ident in (row["id"], row["figures"]):
        for lang, word in (("vi", "giới thiệu"), ("en", "referred")):
            status, told, _ = inside("trace", ident, "--lang", lang)
            assert status == 0 and TEXT.strip() in told and word in told
    status, told, error = inside("trace", "f00000000")
    assert (status, told) == (2, "") and "f00000000" in error


def test_trace_builds_where_nothing_is_built(project, inside):
    assert inside("trace", "f00000000")[0] == 2
    assert (project / "data/processed/figures.csv").exists()


@pytest.mark.parametrize(("lang", "said"), [("vi", "ngôn ngữ của báo cáo"), ("en", "the language of the report")])
def test_params_tells_types_defaults_and_meanings(lang, said):
    result = figures("params", "04_conversion.ipynb", "--lang", lang)
    assert result.returncode == 0 and "lang (text: vi|en) = 'vi'" in result.stdout and said in result.stdout
    events = [json.loads(line) for line in figures("params", "04_conversion", "--log", "json").stdout.splitlines()]
    rows = {event["name"]: event for event in events if event["event"] == "parameter"}
    assert rows["place"]["default"] == "Lào Cai" and rows["indicators"]["type"] == "list of text"
    assert rows["charts"]["set_by_run"] and not rows["since"]["set_by_run"]
