"""The README is true: its numbers are the tables', its commands exist, its files are there."""

import re
import subprocess
import sys

import pytest

from analysis.project import Project
from conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = [
    line.split("#")[0].strip() for fence in re.findall(r"```sh\n(.*?)```", README, re.S) for line in fence.splitlines()
]


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

    [shown] = re.findall(r"figures trace (\S+)", README)
    facts = build(Project.find(ROOT).with_folders(processed=tmp_path))
    assert shown in set(facts.observations["id"])
