"""The last stage of a run: executed notebooks, charts and tables into report, slides and workbook."""

import os
from pathlib import Path

from analysis.log import Log
from analysis.publish.report import write_report
from analysis.publish.slides import write_deck
from analysis.publish.workbook import write_workbook
from analysis.reference.codebook import load_codebook
from analysis.run.notebooks import Notebook
from analysis.run.record import PUBLISHED, Run

REPORT, DECK, WORKBOOK = PUBLISHED
CHART_ORDER = (
    "conversion",
    "totals_by_window",
    "rates_by_window",
    "attainment",
    "levels",
    "parts_of_total",
    "measures_overview",
)


def publish(run: Run, facts, notebooks: list[Notebook], log: Log) -> None:
    """Write report, slides and workbook into the run's folder. Raises FileError where it cannot be written."""
    info = run_info(run, facts, notebooks)
    lang = info["parameters"].get("lang", "vi")
    folder = run.folder
    log.step("publish", 0, 3)
    write_report(reading_order(folder / "notebooks", notebooks), folder / REPORT, lang, info)
    log.step("publish", 1, 3)
    write_deck(slide_order(folder / "charts"), folder / DECK, lang, info)
    log.step("publish", 2, 3)
    write_workbook(facts, folder / "tables" / WORKBOOK, lang)  # it puts CSV tables beside itself
    os.replace(folder / "tables" / WORKBOOK, folder / WORKBOOK)
    log.step("publish", 3, 3)


def run_info(run: Run, facts, notebooks: list[Notebook]) -> dict:
    """What report and slides say of their run: place, parameters and versions.

    The run is named by the fingerprint of its inputs and not by its time, so that the same inputs give the same bytes;
    run.json holds both. `as_of` is the newest article's date where none was asked for.
    """
    parameters: dict = {}
    for notebook in notebooks:
        parameters = notebook.used() | parameters
    dates = [str(value) for value in facts.articles["published"].dropna() if value]
    parameters["as_of"] = parameters.get("as_of") or max(dates, default="")
    shown = {name: ", ".join(value) if isinstance(value, list) else value for name, value in parameters.items()}
    return {
        "inputs": run.record["fingerprint"][:16],
        "n_articles": len(facts.articles),
        "place": parameters.get("place", ""),
        "parameters": shown,
        "versions": run.record["versions"],
    }


def reading_order(folder: Path, notebooks: list[Notebook]) -> list[Path]:
    """The executed notebooks as the report shows them: the briefing first, then the others by number."""
    names = sorted(notebooks, key=lambda notebook: (not notebook.name.endswith("_briefing"), notebook.name))
    return [folder / notebook.path.name for notebook in names]


def slide_order(folder: Path) -> list[Path]:
    """The charts' sidecars as the slides show them: by kind, then in the code book's order of what they show."""
    order = list(load_codebook().indicators)
    return sorted(folder.glob("*.json"), key=lambda path: (*_kind(path.stem, order), path.stem))


def _kind(name: str, order: list[str]) -> tuple[int, int]:
    number, kind = next(((n, k) for n, k in enumerate(CHART_ORDER) if name.startswith(k)), (len(CHART_ORDER), ""))
    subject = name.removeprefix(f"{kind}_")
    return number, order.index(subject) if subject in order else len(order)
