"""`figures`, the one command. Only click is imported before a command runs, so that help comes at once.

Standard output carries what was asked for and, for `run`, `build` and `check`, the events; standard error carries what
went wrong. With --log json every line of either is one JSON object.
"""

import json
import os
import sys
from itertools import pairwise
from pathlib import Path

import click

from analysis.errors import FiguresError, FileError
from analysis.log import Log, Writer, open_log, use_utf8
from analysis.options import lang_choice, log_option, processed_option, raw_option, reports_option
from analysis.project import Project, as_utf8
from analysis.reviewing import review

EXTRACT_FORMATS = ("table", "csv", "jsonl")
HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=HELP)
def cli() -> None:
    """Articles that report figures, turned into a briefing in which every number can be defended.

    \b
    Exit status: 0 done or nothing new, 2 wrong usage or parameter, 3 a data check stops publication,
    4 a notebook's code failed, 5 time ran out, 6 a kernel died, 7 a file could not be read or written,
    8 another run holds the lock; 130 and 143 where a signal ended it.
    """


@cli.command()
@click.option("--notebook", "notebooks", multiple=True, metavar="NAME", help="Run only this notebook; repeatable.")
@click.option(
    "-p",
    "assignments",
    multiple=True,
    metavar="KEY=VALUE",
    help="A notebook parameter; repeatable. `figures params NOTEBOOK` lists them.",
)
@click.option("--place", help="The place that the briefing is about; the same as -p place=…")
@click.option("--lang", type=lang_choice, help="Language of the report; the same as -p lang=…")
@click.option(
    "--jobs", type=click.IntRange(1), help="Notebooks at once, each in its own process [default: one per processor]."
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=600,
    show_default=True,
    metavar="SECONDS",
    help="Time for each notebook.",
)
@click.option("--force", is_flag=True, help="Run although nothing is new.")
@raw_option
@processed_option
@reports_option
@log_option
def run(notebooks, assignments, place, lang, jobs, timeout, force, raw, processed, reports, log_kind) -> None:
    """Build the tables, run the notebooks with papermill, publish report, slides and workbook.

    Everything goes to a folder of its own below reports/, and `latest` points to the last good one.
    """
    from analysis.run import pipeline
    from analysis.run.parameters import add_assignment, parse_assignments

    given = parse_assignments(tuple(as_utf8(assignment) for assignment in assignments))
    for key, value in (("place", place), ("lang", lang)):
        if value is not None:
            add_assignment(given, key, as_utf8(value), f"--{key} {value}")
    options = pipeline.Options(notebooks, given, jobs or _processors(), timeout, force)
    project = Project.find().with_folders(raw, processed, reports)
    with open_log(log_kind) as log:
        pipeline.run(project, options, log)


@cli.command()
@raw_option
@processed_option
@log_option
def build(raw, processed, log_kind) -> None:
    """Turn the articles into tables, and nothing else."""
    from analysis.run.tables import build_tables

    project = Project.find().with_folders(raw, processed)
    with open_log(log_kind) as log:
        facts = build_tables(project, log)
        sizes = {
            name: len(getattr(facts, name))
            for name in ("articles", "numerals", "figures", "observations", "measures", "findings", "decisions")
        }
        told = ", ".join(f"{size} {name}" for name, size in sizes.items())
        log.event("built", f"{project.processed}: {told}", folder=str(project.processed), **sizes)


@cli.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@click.option("--format", "shape", type=click.Choice(EXTRACT_FORMATS), help="[default: table; jsonl with --log json]")
@click.option("--all", "every", is_flag=True, help="Every numeral with its class, not only the figures.")
@click.option(
    "--text",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Also write the text that each article was read as, to DIR/NAME.txt.",
)
@log_option
def extract(articles, shape, every, folder, log_kind) -> None:
    """Print what is found in any article (.txt, .md, .html, .docx, .pdf), inside the project or not.

    Offsets count characters of a text file, or of what --text writes for a page or document. An article that cannot be
    read is named on standard error and skipped; the status is then 7.
    """
    from analysis.extract import extract_article, load_wording
    from analysis.ingest.articles import read_article, source_of
    from analysis.ingest.texts import TextFolder
    from analysis.printing import open_printer, skipped

    load_wording()
    out = Writer()
    texts = TextFolder(folder, articles) if folder else None
    errors = Log(Writer(sys.stderr)) if log_kind == "text" else open_json_errors()
    status = 0
    with open_printer(shape or ("table" if log_kind == "text" else "jsonl"), out) as printer:
        for path in articles:
            try:
                article = read_article(path, source_of(path))
                rows = extract_article(article)
                if texts:
                    texts.write(article)
            except Exception as error:  # one article's fault must not take the others with it
                status = FileError.status
                errors.event("skipped", f"figures: {skipped(path, error)}", article=as_utf8(path), status=status)
                continue
            for doubt in article.doubts:
                errors.event("doubt", f"figures: {doubt.message}", article=article.id)
            printer.rows([row for row in rows if every or row["class"] == "figure"])
            if not out.open:
                break
    sys.exit(status)


@cli.command()
@raw_option
@processed_option
@log_option
def check(raw, processed, log_kind) -> None:
    """Build the tables and print what the checks found; status 3 where one is an error."""
    from analysis.errors import DataCheckError
    from analysis.printing import tell_findings
    from analysis.run.tables import build_tables

    project = Project.find().with_folders(raw, processed)
    with open_log(log_kind) as log:
        facts = build_tables(project, log if log_kind == "json" else Log.silent())
        errors = tell_findings(facts.findings, log)
    if errors:
        raise DataCheckError(
            f"findings of severity error: {errors}. Nothing can be published until they are corrected."
        )


@cli.command()
@click.argument("ident", metavar="ID")
@click.option("--lang", type=lang_choice, default="vi", show_default=True)
@raw_option
@processed_option
@log_option
def trace(ident, lang, raw, processed, log_kind) -> None:
    """Print the receipt of a figure, observation or measure: the chain back to the words in the articles."""
    from analysis.printing import receipt_of

    project = Project.find().with_folders(raw, processed)
    text = receipt_of(project, ident, lang)
    line = (
        text if log_kind == "text" else json.dumps({"event": "receipt", "id": ident, "text": text}, ensure_ascii=False)
    )
    Writer().line(line)


cli.add_command(review)


@cli.command()
@click.argument("notebook")
@click.option("--lang", type=lang_choice, default="en", show_default=True, help="Language of the meanings.")
@log_option
def params(notebook, lang, log_kind) -> None:
    """Print a notebook's parameters with types, defaults and meanings."""
    from analysis.printing import tell_parameters
    from analysis.run.notebooks import find_notebook
    from analysis.run.parameters import read_parameters

    path = find_notebook(Project.find(), as_utf8(notebook))
    with open_log(log_kind) as log:
        tell_parameters(path.stem, read_parameters(path), lang, log)


def open_json_errors() -> Log:
    """JSON events on standard error, for a command whose standard output is data."""
    from analysis.log import JsonLog

    return JsonLog(Writer(sys.stderr))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _wants_json(arguments: list[str]) -> bool:
    return "--log=json" in arguments or ("--log", "json") in pairwise(arguments)


def _report(message: str, status: int, arguments: list[str]) -> int:
    """Say on standard error what ended the command, as JSON where that was asked for; gives the status back."""
    log = open_json_errors() if _wants_json(arguments) else Log(Writer(sys.stderr))
    log.event("error", message if _wants_json(arguments) else f"figures: {message}", status=status)
    return status


def main(arguments: list[str] | None = None) -> None:
    """Run `figures` and end the process with its exit status."""
    use_utf8()
    arguments = sys.argv[1:] if arguments is None else arguments
    sys.exit(_status(arguments))


def _status(arguments: list[str]) -> int:
    try:
        return cli.main(args=arguments, prog_name="figures", standalone_mode=False) or 0
    except FiguresError as error:
        return _report(str(error), error.status, arguments)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        hint = f"\nSee `{error.ctx.command_path} --help`." if getattr(error, "ctx", None) else ""
        return _report(f"{error.format_message()}{hint}", error.exit_code, arguments)
    except click.Abort as error:  # what click makes of KeyboardInterrupt
        name = str(error.__cause__ or "") or "SIGINT"
        return _report(f"interrupted ({name})", getattr(error.__cause__, "status", 130), arguments)
