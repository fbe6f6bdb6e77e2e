"""The ways to set up give the same: pyproject.toml, environment.yml, requirements.lock and the Makefile."""

import re
import subprocess
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rattler import MatchSpec

from conftest import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DIRECT = {canonicalize_name(r.name): r for r in map(Requirement, PYPROJECT["project"]["dependencies"])}


def conda_specs() -> dict[str, MatchSpec]:
    entries = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    specs = [MatchSpec(entry, strict=False) for entry in entries if isinstance(entry, str)]
    by_pip = next(entry["pip"] for entry in entries if isinstance(entry, dict))
    specs += [MatchSpec(entry, strict=False) for entry in by_pip if not entry.startswith("--")]
    return {canonicalize_name(spec.name.normalized): spec for spec in specs}


def locked() -> dict[str, str]:
    """The versions that the lock gives to this Python and platform."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lines = (line.rstrip(" \\") for line in text.splitlines() if line[:1].isalnum())
    pinned = [r for r in map(Requirement, lines) if r.marker is None or r.marker.evaluate()]
    return {canonicalize_name(r.name): str(r.specifier).removeprefix("==") for r in pinned}


def test_conda_has_the_same_direct_dependencies():
    assert set(conda_specs()) - {"python", "pip"} == set(DIRECT)


@pytest.mark.parametrize("name", sorted(DIRECT))
def test_conda_asks_for_the_same_versions(name):
    assert str(conda_specs()[name].version) == str(DIRECT[name].specifier)


def test_conda_asks_for_the_same_python():
    assert str(conda_specs()["python"].version) == PYPROJECT["project"]["requires-python"]


def test_the_lock_holds_what_is_asked_for():
    wanted = {
        **DIRECT,
        **{canonicalize_name(r.name): r for r in map(Requirement, PYPROJECT["dependency-groups"]["dev"])},
    }
    found = locked()
    assert {name for name, r in wanted.items() if name not in found or not r.specifier.contains(found[name])} == set()


def test_every_locked_package_has_a_hash():
    entries = re.split(r"\n(?=[a-zA-Z])", (ROOT / "requirements.lock").read_text(encoding="utf-8").strip())
    assert [entry.split("==")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_installed_packages_are_the_locked_ones():
    from importlib.metadata import version

    assert {name: version(name) for name in DIRECT} == {name: locked()[name] for name in DIRECT}


def tracked_files():
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode:
        pytest.skip("not a git checkout: which files are the project's is not known")
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_package_index():
    index = re.compile(r"(index[-_]url|--find-links|registry)\S*\s*[=: ]\s*\S*https?://", re.I)
    named = [
        p.name
        for p in tracked_files()
        if p.suffix not in (".pptx", ".png") and index.search(p.read_text(encoding="utf-8", errors="replace"))
    ]
    assert named == []


def test_no_notebook_has_saved_outputs():
    import nbformat

    notebooks = [p for p in tracked_files() if p.suffix == ".ipynb"]
    for path in notebooks:
        cells = nbformat.read(path, as_version=4).cells
        assert [c.id for c in cells if c.cell_type == "code" and (c.outputs or c.execution_count)] == [], path.name


def test_make_alone_prints_the_targets():
    shown = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert {f"make {t}" for t in ("setup", "report", "test", "lab")} <= {
        line.strip().split("  ")[0].strip() for line in shown.splitlines()
    }


def test_a_second_setup_does_nothing(tmp_path):
    """Where the environment stands, `make setup` has nothing to run."""
    if not (ROOT / ".venv/.installed").exists():
        pytest.skip("the tests do not run in the environment that `make setup` makes")
    assert subprocess.run(["make", "--question", "setup"], cwd=ROOT, capture_output=True).returncode == 0
