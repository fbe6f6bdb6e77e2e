"""The README is true: its numbers are the tables', its commands exist, its files are there."""

import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest

from analysis.project import Project
from conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = [
    line.split("#")[0].strip() for fence in re.findall(r"```sh\n(.*?)```", README, re.S) for line in fence.splitlines()
]


CONSOLE = re.findall(r"```console\n(.*?)```", README, re.S)
CHOSEN = re.compile(r"\bd[0-9a-f]{10}\b")  # a decision's id is drawn by lot
FITTED = re.compile(r"\d+% sure")  # the weights are measured anew when annotated articles are added


def tool():
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import readme
    finally:
        sys.path.pop(0)
    return readme


def test_the_chart_and_its_words_are_the_newest():
    """`make readme` renews them. Words are compared, not pixels, which differ with every font library."""
    readme = tool()
    assert readme.block(readme.newest_chart(Project.find(ROOT))) in README
    assert (ROOT / readme.PICTURE).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("command", [line for line in SHELL if line.startswith("figures ")])
def test_a_shown_command_and_its_options_exist(command):
    _, name, *words = command.split()
    shown = subprocess.run([sys.executable, "-m", "analysis", name, "--help"], cwd=ROOT, capture_output=True, text=True)
    assert shown.returncode == 0
    assert [word for word in words if word.startswith("-") and word not in shown.stdout] == []
    assert [word for word in words if word.startswith("data/") and not (ROOT / word).exists()] == []


@pytest.mark.parametrize("command", [line for line in SHELL if line.startswith("make ")])
def test_a_shown_target_exists(command):
    assert subprocess.run(["make", "--dry-run", command.split()[1]], cwd=ROOT, capture_output=True).returncode == 0


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:data|src|tests|bench|tools|docs)/[\w./-]+)`", README))))
def test_a_named_file_exists(path):
    assert (ROOT / path).exists()


def test_the_shown_receipt_is_of_a_number_that_exists(tmp_path):
    """The id in the README's example is one of the tables made from data/raw."""
    from analysis.reconcile.build import build

    [shown] = re.findall(r"figures trace (o\w+)", README)
    facts = build(Project.find(ROOT).with_folders(processed=tmp_path))
    assert shown in set(facts.observations["id"])


def test_the_shown_review_is_what_the_command_prints(tmp_path):
    """The console example, typed in a copy of the project, prints what it shows but for ids drawn by lot and percentages."""
    [shown] = CONSOLE
    shutil.copytree(ROOT / "data/raw", tmp_path / "data/raw", ignore=shutil.ignore_patterns("decisions.csv"))
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pyproject.toml").touch()
    drawn: dict[str, str] = {}
    for step in re.split(r"^\$ ", shown, flags=re.M)[1:]:
        typed, *printed = step.splitlines()
        _, *words = shlex.split(typed)
        words = [drawn.get(word, word) for word in words]
        told = subprocess.run(
            [sys.executable, "-m", "analysis", *words],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            env=os.environ | {"COLUMNS": "100"},
        )
        assert (told.returncode, told.stderr) == (0, "")
        drawn |= dict(zip(CHOSEN.findall(step), CHOSEN.findall(told.stdout), strict=False))
        assert plain(told.stdout) == plain("\n".join(printed))
    assert len(drawn) >= 3


def plain(text: str) -> list[list[str]]:
    """The words of each line, whatever the widths of columns."""
    return [FITTED.sub("% sure", CHOSEN.sub("d…", line)).split() for line in text.splitlines()]


def test_the_stated_limits_are_those_that_are_kept():
    from analysis.ingest.formats import FORMATS
    from analysis.ingest.pdf import MAX_PAGES
    from analysis.ingest.word import MAX_UNPACKED

    rows = {row.split("|")[1].strip(): row.split("|")[2] for row in README.splitlines() if row.startswith("| `.")}
    assert len(rows) == len(FORMATS)
    for kind in FORMATS:
        cell = rows[", ".join(f"`{suffix}`" for suffix in kind.suffixes)]
        assert f"{kind.max_bytes // 10**6} MB" in cell
        assert (f"{kind.seconds} seconds" in cell) if kind.seconds else "seconds" not in cell
    assert f"{MAX_PAGES} pages" in rows["`.pdf`"] and f"{MAX_UNPACKED // 10**6} MB unpacked" in rows["`.docx`"]


def test_every_command_is_in_the_table():
    from analysis.cli import cli

    told = set(re.findall(r"^\| `figures (\w+)", README, re.M))
    assert told == set(cli.commands)
