"""The notebooks: their form, and that a run, a hand and JupyterLab in a browser show the same."""

import ast
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest

from analysis.errors import DataCheckError, UsageError
from analysis.log import Log
from analysis.project import Project
from analysis.run.parameters import Parameters, read_parameters, resolve
from analysis.run.pipeline import Options, run
from conftest import ROOT
from run_helpers import injected, outputs

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NAMES = ["00_start_here", "01_evidence", "02_checks", "03_trends", "04_conversion", "05_briefing"]
LOGIC = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.Try, ast.With)
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def copy_project(folder: Path) -> Path:
    """A project of this one's notebooks and articles in which nothing is built yet."""
    for name in ("notebooks", "data/raw"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".*"))
    (folder / "pyproject.toml").touch()
    return folder


def tags(cell) -> list[str]:
    return cell.metadata.get("tags", [])


def test_the_notebooks_are_these():
    assert [path.stem for path in NOTEBOOKS] == NAMES


@each_notebook
def test_it_is_stored_without_outputs_and_with_its_kernel(path):
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert all(not cell.outputs and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


@each_notebook
def test_it_is_prose_calls_and_looks(path):
    cells = nbformat.read(path, as_version=4).cells
    assert 15 <= len(cells) <= 25
    for cell in cells:
        if cell.cell_type == "code":
            assert not any(isinstance(node, LOGIC) for node in ast.walk(ast.parse(cell.source))), cell.source
            assert len(cell.source.splitlines()) <= 16


@each_notebook
def test_prose_stands_in_both_languages_and_holds_no_figures(path):
    prose = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    for vi, en in zip(prose[::2], prose[1::2], strict=True):
        assert "lang-vi" in tags(vi) and "lang-en" in tags(en) and vi.id[:-3] == en.id[:-3]
        assert re.findall(r"^#+", vi.source, re.M) == re.findall(r"^#+", en.source, re.M)
        for cell in (vi, en):
            assert not re.search(r"\d", re.sub(r"\b0\d_\w+", "", cell.source)), "numbers come from tables"


@each_notebook
def test_its_parameters_are_those_of_the_model_with_good_defaults(path):
    parameters = read_parameters(path)
    assert list(parameters) == list(Parameters.model_fields)
    texts = {
        p.name: ",".join(p.default) if isinstance(p.default, list) else p.default
        for p in parameters.values()
        if not p.runner
    }
    assert resolve(path.stem, parameters, texts) == {p.name: p.default for p in parameters.values() if not p.runner}
    assert [p.default for p in parameters.values() if p.runner] == ["", ""]


@pytest.fixture(scope="module")
def by_papermill(tmp_path_factory) -> Path:
    """The executed notebooks of a run of the whole project."""
    project = Project.find(copy_project(tmp_path_factory.mktemp("papermill")))
    return run(project, Options(jobs=2), Log.silent()) / "notebooks"


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory) -> Path:
    """The notebooks after *Run All*, each in a fresh kernel in the notebooks folder, two kernels at a time."""
    folder = copy_project(tmp_path_factory.mktemp("hand")) / "notebooks"
    command = [Path(sys.executable).with_name("jupyter-execute"), "--inplace", "--timeout=120"]
    halves = [subprocess.Popen([*command, *(f"{name}.ipynb" for name in NAMES[n::2])], cwd=folder) for n in (0, 1)]
    assert [half.wait(150) for half in halves] == [0, 0]
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_a_run_and_a_hand_show_the_same(by_papermill, by_hand, name):
    run_shows, hand_shows = (outputs(folder / f"{name}.ipynb") for folder in (by_papermill, by_hand))
    assert run_shows == hand_shows
    assert sum(map(len, run_shows)) >= 4
    shown = json.dumps(run_shows, ensure_ascii=False)
    assert '"stderr"' not in shown and '"error"' not in shown and str(ROOT) not in shown


def test_the_runs_parameters_are_readable(by_papermill):
    assert (
        injected(by_papermill / "05_briefing.ipynb") == "# Parameters\nprocessed = '../tables'\ncharts = '../charts'\n"
    )


def test_charts_carry_their_words_for_those_who_cannot_see(by_papermill):
    pictures = [
        o for group in outputs(by_papermill / "05_briefing.ipynb") for o in group if "image/png" in o.get("data", {})
    ]
    assert len(pictures) >= 4 and all(len(o.metadata["image/png"]["alt"]) > 40 for o in pictures)
    written = {path.stem for path in (by_papermill.parent / "charts").glob("*.png")}
    assert {"conversion", "attainment", "totals_by_window_party_referred"} <= written


def test_the_key_numbers_stand_in_the_briefing(by_papermill):
    shown = json.dumps(outputs(by_papermill / "05_briefing.ipynb"), ensure_ascii=False)
    for ratio in (
        "**67,9%** (13.126 / 19.320)",
        "**64,8%** (8.108 / 12.512)",
        "**63,6%** (4.884 / 7.675)",
        "(422 / 466)",
    ):
        assert ratio in shown


def test_another_place_and_language(tmp_path):
    project = Project.find(copy_project(tmp_path))
    options = Options(
        ("04_conversion",), {"place": "Bảo Yên", "lang": "en", "indicators": "party_referred,party_admitted"}
    )
    notebook = run(project, options, Log.silent()) / "notebooks/04_conversion.ipynb"
    assert "place = 'Bảo Yên'" in injected(
        notebook
    ) and "indicators = ['party_referred', 'party_admitted']" in injected(notebook)
    shown = json.dumps(outputs(notebook), ensure_ascii=False)
    assert "**90.6%** (422 / 466)" in shown and "13,126" not in shown and "Tỷ lệ" not in shown


def test_articles_without_figures_publish_nothing(tmp_path):
    project = Project.find(copy_project(tmp_path))
    shutil.rmtree(project.raw)
    (project.raw / "articles").mkdir(parents=True)
    (project.raw / "articles/quiet.txt").write_text(
        "Công đoàn tỉnh Lào Cai họp bàn công tác cuối năm.\n", encoding="utf-8"
    )
    with pytest.raises(DataCheckError, match="1 articles were read and none of their figures could be coded"):
        run(project, Options(jobs=2), Log.silent())
    assert not (project.reports / "latest").exists()


def test_parameters_that_leave_nothing_publish_nothing(tmp_path):
    project = Project.find(copy_project(tmp_path))
    with pytest.raises(UsageError, match="nothing in the tables fits place=Lào Cai, since=2100"):
        run(project, Options(given={"since": "2100"}), Log.silent())
    assert not (project.reports / "latest").exists()


def test_a_run_of_some_notebooks_keeps_to_its_own_folder(tmp_path):
    project = Project.find(copy_project(tmp_path))
    folder = run(project, Options(("02_checks",)), Log.silent())
    assert (folder / "report.html").exists() and not (project.reports / "latest").exists()


@pytest.fixture
def jupyterlab(tmp_path):
    """JupyterLab on a copy of the project, as `make lab` opens it; gives its address."""
    folder = copy_project(tmp_path / "lab") / "notebooks"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        Path(sys.executable).with_name("jupyter-lab"), ".", "--no-browser", "--ip=127.0.0.1", f"--port={port}", "--allow-root",
        "--ServerApp.port_retries=0", "--IdentityProvider.token=t", "--expose-app-in-browser",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.extension_manager=readonly",
    ]  # fmt: skip
    own = {
        name: str(tmp_path / name)
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    }
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=os.environ | own)
    try:
        wait_for_server(f"http://127.0.0.1:{port}/api/status?token=t", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def wait_for_server(address: str, server) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("JupyterLab did not start")


READY = "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.isReady"
RUN_ALL = "() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }"
CELLS = """() => [...window.jupyterapp.shell.currentWidget.content.model.cells].filter(c => c.type === 'code')
    .map(c => ({count: c.executionCount, outputs: c.outputs.toJSON()}))"""


@pytest.mark.chromium
def test_jupyterlab_in_a_browser_runs_the_briefing(jupyterlab, chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{jupyterlab}/lab/tree/05_briefing.ipynb?token=t")
        page.wait_for_function(READY, timeout=90_000)
        page.evaluate(RUN_ALL)
        deadline = time.monotonic() + 90
        cells = page.evaluate(CELLS)
        while not all(cell["count"] for cell in cells) and time.monotonic() < deadline:
            time.sleep(0.5)
            cells = page.evaluate(CELLS)
        browser.close()
    assert [cell["count"] for cell in cells] == list(range(1, len(cells) + 1))
    shown = [output for cell in cells for output in cell["outputs"]]
    assert not [output for output in shown if output["output_type"] in ("error", "stream")]
    assert len([output for output in shown if "image/png" in output.get("data", {})]) >= 4
