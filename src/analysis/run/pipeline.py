"""`figures run`: from articles to a published report, or to a record that says why not."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from analysis.errors import DataCheckError, FileError, UsageError
from analysis.findings import SEVERITIES
from analysis.log import Log
from analysis.project import Project
from analysis.run.inputs import fingerprint, hash_inputs, output_hashes, versions
from analysis.run.interrupts import interruptible
from analysis.run.lock import hold
from analysis.run.notebooks import Notebook, failure, make_tasks, run_tasks, select
from analysis.run.parameters import check_place
from analysis.run.record import LATEST, NAME, PUBLISHED, Run, close_stale, read_record
from analysis.run.tasks import Result

TABLE_SUFFIXES = (".csv", ".parquet", ".json")


@dataclass(frozen=True)
class Options:
    """What `figures run` was asked for. `given` holds parameters as typed; `timeout` is seconds for each notebook."""

    notebooks: tuple[str, ...] = ()
    given: dict[str, str] = field(default_factory=dict)
    jobs: int = 1
    timeout: float = 600.0
    force: bool = False


def run(project: Project, options: Options, log: Log) -> Path | None:
    """Build, check, run the notebooks and publish. Returns the run's folder, or None where nothing was new.

    Raises the FiguresError that the command ends with: UsageError before anything starts, DataCheckError, the notebooks'
    errors, FileError, LockedError. Whatever ends it, the run's record says so, and `latest` points to the last good run.
    """
    notebooks = select(project, options.notebooks, options.given)
    with interruptible(), hold(project.reports, "figures run"):
        for name in close_stale(project.reports):
            log.event("stale", f"run {name} had ended without a word; its record now says interrupted", run=name)
        inputs = hash_inputs(project.raw, [notebook.path for notebook in notebooks])
        parameters = {notebook.name: notebook.used() for notebook in notebooks}
        mark = fingerprint(inputs, versions(), parameters)
        if not options.force and _is_current(project, mark):
            latest = (project.reports / LATEST).resolve()
            log.event(
                "nothing-new", f"nothing new since run {latest.name}: {latest}. --force runs anyway.", run=latest.name
            )
            return None
        details = {"fingerprint": mark, "parameters": parameters, "inputs": inputs, "versions": versions()}
        return _run(Run(project.reports, details), project, notebooks, options, log)


def _is_current(project: Project, mark: str) -> bool:
    """Whether the last good run had the same inputs and all that it made is still there, unchanged."""
    latest = project.reports / LATEST
    record = read_record(latest)
    if not record or record.get("outcome") != "done" or record.get("fingerprint") != mark:
        return False
    return record.get("outputs") == output_hashes(latest, but=(NAME,)) and record.get("tables") == _table_hashes(
        project
    )


def _table_hashes(project: Project) -> dict[str, str]:
    hashes = output_hashes(project.processed)
    return {name: value for name, value in hashes.items() if Path(name).suffix in TABLE_SUFFIXES}


def _run(run: Run, project: Project, notebooks: list[Notebook], options: Options, log: Log) -> Path:
    log.event("run-started", f"run {run.id}", run=run.id)
    try:
        _stages(run, project, notebooks, options, log)
        outputs, tables = output_hashes(run.folder, but=(NAME,)), _table_hashes(project)
        run.finish(whole=not options.notebooks, outputs=outputs, tables=tables)
    except BaseException as error:
        _fail(run, error, log)
        raise
    shown = run.folder if options.notebooks else project.reports / LATEST
    for path in (shown / name for name in PUBLISHED):
        log.event("published", str(path), path=str(path))
    log.event("run-ended", f"done in {run.record['seconds']:.1f} s", run=run.id, outcome="done", folder=str(run.folder))
    return run.folder


def _fail(run: Run, error: BaseException, log: Log) -> None:
    try:
        run.fail(error)
    except (FileError, OSError) as unwritten:  # the disk may be full: the next run will close the record
        log.event("record-not-written", f"the run's record could not be written: {unwritten}", run=run.id)
        return
    if run.folder.exists():
        outcome = run.record["outcome"]
        log.event("run-ended", f"{outcome}; what there is stands in {run.folder}", run=run.id, outcome=outcome)


def _stages(run: Run, project: Project, notebooks: list[Notebook], options: Options, log: Log) -> None:
    from analysis.run.publication import publish
    from analysis.run.tables import build_tables

    with run.stage("build"):
        facts = build_tables(project, log)
        _copy_tables(project.processed, run.folder / "tables")
    notebooks = _placed(notebooks, facts, options, log)
    run.record["parameters"] = {notebook.name: notebook.used() for notebook in notebooks}
    with run.stage("checks"):
        _check(run, facts, log)
        _require_facts(facts, notebooks)
    with run.stage("notebooks"):
        _run_notebooks(run, project, notebooks, options, log)
    with run.stage("publish"):
        publish(run, facts, notebooks, log)


def _copy_tables(processed: Path, folder: Path) -> None:
    """The run's own copy of the tables, which its notebooks read: a build that comes later changes nothing in it."""
    try:
        folder.mkdir()
        for path in sorted(processed.iterdir()):
            if path.suffix in TABLE_SUFFIXES and not path.name.startswith("."):
                shutil.copyfile(path, folder / path.name)
    except OSError as error:
        raise FileError(
            f"{folder}: the tables cannot be copied ({error}). Free space or rights, then run again."
        ) from error


def _placed(notebooks: list[Notebook], facts, options: Options, log: Log) -> list[Notebook]:
    """The notebooks with a place that the tables know.

    A place that was asked for must be there. Where only the notebooks' default is missing (other articles), the place
    with most figures takes its turn, and the run says so.
    """
    counts = facts.observations["place"].value_counts()
    if "place" in options.given:
        for notebook in notebooks:
            if "place" in notebook.values:
                check_place(notebook.values["place"], set(counts.index))
        return notebooks
    defaults = {notebook.parameters["place"].default for notebook in notebooks if "place" in notebook.parameters}
    if counts.empty or defaults <= set(counts.index):
        return notebooks
    place = min(counts.index, key=lambda name: (-counts[name], name))
    log.event("place", f"no figure is about {', '.join(sorted(defaults))}; the briefing is about {place}", place=place)
    return [
        Notebook(n.path, n.parameters, n.values | {"place": place}) if "place" in n.parameters else n for n in notebooks
    ]


def _check(run: Run, facts, log: Log) -> None:
    severities = facts.findings["severity"]
    counts = run.record["findings"] = {name: int((severities == name).sum()) for name in SEVERITIES}
    for row in facts.findings[severities == "warning"].itertuples():
        log.event("warning", f"warning: {row.check}: {row.message}", check=row.check)
    told = ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items())
    log.event("checked", f"checks: {told}; `figures check` shows them", **counts)
    errors = facts.findings[severities == "error"]
    if len(errors):
        told = "\n".join(f"  {row.check}: {row.message}" for row in errors.itertuples())
        raise DataCheckError(
            f"errors found by the checks: {len(errors)}, so nothing is published:\n{told}\n"
            "The tables are written; `figures check` shows all findings. Correct the article or the code book, then run again."
        )


SCOPE = ("place", "indicators", "since", "until", "as_of")


def _require_facts(facts, notebooks: list[Notebook]) -> None:
    """An empty briefing never takes the place of a good one: DataCheckError where the articles give nothing at all,
    UsageError where the parameters leave nothing of what they give.
    """
    from analysis.publish.briefing import in_scope

    if facts.observations.empty:
        raise DataCheckError(
            f"{len(facts.articles)} articles were read and none of their figures could be coded, so nothing is published. "
            "`figures check` says why; look at the folder of articles (--raw) and the wording tables."
        )
    for notebook in notebooks:
        used = {name: value for name, value in notebook.used().items() if name in SCOPE and value}
        if used and in_scope(facts, **used).observations.empty:
            told = ", ".join(f"{name}={value}" for name, value in used.items())
            raise UsageError(
                f"{notebook.name}: nothing in the tables fits {told}, so nothing is published. Ask for more."
            )


def _run_notebooks(run: Run, project: Project, notebooks: list[Notebook], options: Options, log: Log) -> list[Result]:
    kept = Path(os.path.relpath(project.reports, project.root)) / run.id
    own = {"processed": "../tables", "charts": "../charts"}
    tasks = make_tasks(notebooks, run.folder, kept, own, options.timeout)
    (run.folder / "charts").mkdir(exist_ok=True)
    run.plan([task.name for task in tasks])
    results = run_tasks(tasks, options.jobs, log, run.notebook)
    if error := failure(results):
        raise error
    return results
