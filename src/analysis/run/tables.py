"""Articles to tables, one build at a time in a folder; for the command and for notebooks that are run by hand."""

from analysis.log import Log
from analysis.project import Project
from analysis.reconcile.build import build
from analysis.reconcile.facts import Facts
from analysis.run.lock import hold

WAIT_SECONDS = 60


def build_tables(project: Project, log: Log, wait: float = 0) -> Facts:
    """Articles to tables in the project's processed folder. LockedError where another build works there after `wait` s."""
    with hold(project.processed, "figures build", wait):
        return build(project, lambda event, **fields: _tell(log, event, fields))


def _tell(log: Log, event: str, fields: dict) -> None:
    if event == "article":
        log.step("articles", fields["n"], fields["of"])
        log.event(event, f"article {fields['n']} of {fields['of']}: {fields['name']}", **fields)
    else:
        log.event(event, f"{event} {fields.get('name', '')}: {fields.get('rows', '')} rows", **fields)


def tables_folder(processed: str = "") -> str:
    """The folder that a notebook reads its tables from: `processed`, which a run gives, or the project's own.

    By hand nothing is given. The tables are then built anew from the articles, so that a notebook opened in JupyterLab
    shows what a run of this moment would show.
    """
    if processed:
        return processed
    project = Project.find()
    build_tables(project, Log.silent(), WAIT_SECONDS)
    return str(project.processed)
