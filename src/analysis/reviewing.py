"""`figures review`: the queue of doubtful figures on the terminal, and the decisions made there.

Only click is imported before a command runs, so that help comes at once.
"""

import getpass
import sys
from datetime import datetime
from pathlib import Path

import click

from analysis.errors import FileError, UsageError
from analysis.log import JsonLog, Log, Writer, open_log
from analysis.options import lang_choice, log_option, processed_option, raw_option
from analysis.project import Project, as_utf8

FORMATS = ("table", "jsonl")
MARKS = ("⟦", "⟧")  # around the number in its sentence
PRINTED = (
    *("id", "confidence", "doubts", "why", "value", "value_high", "qualifier", "unit", "unit_text", "indicator"),
    *("place", "body", "period_start", "period_end", "period_text", "part_of", "status", "decision"),
    *("article", "start", "end", "text", "quote", "marked"),
)
why_option = click.option("--why", required=True, help="The reason: whoever reads the receipt will see it.")
who_option = click.option("--who", help="Who decides [default: the login name].")
figure_argument = click.argument("ident", metavar="ID")


def decision_options(command):
    """The options of every command that decides, in the order of its help."""
    for option in (log_option, processed_option, raw_option, who_option, why_option):
        command = option(command)
    return command


@click.group(invoke_without_command=True)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="So many figures at most.")
@click.option("--article", metavar="ID", help="Only the figures of this article.")
@click.option("--all", "everything", is_flag=True, help="Also those that somebody decided on.")
@click.option("--lang", type=lang_choice, default="vi", show_default=True)
@click.option("--format", "shape", type=click.Choice(FORMATS), help="[default: table; jsonl with --log json]")
@raw_option
@processed_option
@log_option
@click.pass_context
def review(context, limit, article, everything, lang, shape, raw, processed, log_kind) -> None:
    """List the figures that extraction is least sure of, or decide on one.

    A decision is appended to decisions.csv beside the articles, with its reason, and is applied by every later build. Any
    start of an ID that only one figure has will do. The number in question stands between ⟦ and ⟧ in its sentence.
    Decisions that do not hold any more are named on standard error.
    """
    if context.invoked_subcommand:
        return
    project = Project.find().with_folders(raw, processed)
    facts, found, unread = _load(project)
    rows = found.queue(as_utf8(article) if article else None, everything)
    shape = shape or ("table" if log_kind == "text" else "jsonl")
    tell_queue(facts, rows[:limit], len(rows), lang, shape, everything)
    for finding in [*unread, *found.judged.findings]:
        message = finding.message_vi if lang == "vi" else finding.message
        errors = Log(Writer(sys.stderr)) if log_kind == "text" else JsonLog(Writer(sys.stderr))
        errors.event("finding", message, check=finding.check, severity=finding.severity, figures=finding.figures)


@review.command()
@figure_argument
@decision_options
def accept(ident, why, who, raw, processed, log_kind) -> None:
    """Say that figure ID was read right."""
    _decide("accept", ident, (), why, who, Project.find().with_folders(raw, processed), log_kind)


@review.command()
@figure_argument
@decision_options
def reject(ident, why, who, raw, processed, log_kind) -> None:
    """Say that figure ID is none: it makes no observation any more."""
    _decide("reject", ident, (), why, who, Project.find().with_folders(raw, processed), log_kind)


@review.command()
@figure_argument
@click.argument("assignments", nargs=-1, required=True, metavar="FIELD=VALUE…")
@decision_options
def correct(ident, assignments, why, who, raw, processed, log_kind) -> None:
    """Say what figure ID should have been read as.

    \b
    FIELD is one of value, value_high, qualifier, unit, indicator, place, body, period_start, period_end.
    An empty VALUE means that nothing is known. A figure that is none at all is rejected instead.
    """
    _decide("correct", ident, assignments, why, who, Project.find().with_folders(raw, processed), log_kind)


@review.command()
@click.argument("ident", metavar="DECISION_ID")
@decision_options
def undo(ident, why, who, raw, processed, log_kind) -> None:
    """Take decision DECISION_ID back; all others stay as they are."""
    _decide("undo", ident, (), why, who, Project.find().with_folders(raw, processed), log_kind)


def _decide(action: str, ident: str, assignments, why: str, who: str | None, project: Project, log_kind: str) -> None:
    from analysis.reconcile.decisions import NAME, append_decision

    _, found, _ = _load(project)
    ident, why, who, now = as_utf8(ident), as_utf8(why), as_utf8(who or _login()), datetime.now().astimezone()
    if action == "undo":
        decision = found.undo(ident, why, who, now)
    else:
        decision = found.decide(action, ident, map(as_utf8, assignments), why, who, now)
    append_decision(project.raw / NAME, decision)
    with open_log(log_kind) as log:
        _tell_decision(decision, [row["id"] for row in found.repeated(decision.figure)], log)


def _tell_decision(decision, copies: list[str], log: Log) -> None:
    changes = [f"{change.field} {change.before or '–'} → {change.after or '–'}" for change in decision.changes]
    told = {"accept": "accepted", "reject": "rejected", "undo": f"took back {decision.undoes}, on"}
    what = told.get(decision.action, f"corrected {', '.join(changes)} of")
    more = f" The same figure stands in copies, each to be decided on by itself: {', '.join(copies)}." if copies else ""
    later = f" `figures review undo {decision.id} --why …` takes it back." if decision.action != "undo" else ""
    text = (
        f"{decision.id}: {what} {decision.figure} (“{decision.text}”). The next build or run applies it.{later}{more}"
    )
    fields = {name: getattr(decision, name) for name in ("id", "action", "figure", "article", "who", "why", "undoes")}
    log.event("decided", text, **fields, when=decision.when, copies=copies)


def _load(project: Project):
    """The tables, built anew where the articles are not those they were built from; the review of this moment; what of
    decisions.csv could not be read."""
    from analysis.reconcile.decisions import NAME, read_decisions
    from analysis.reconcile.review import Review
    from analysis.reference.codebook import load_codebook

    facts = current_facts(project)
    decisions, unread = read_decisions(project.raw / NAME)
    return facts, Review.of(facts, decisions, load_codebook()), unread


def current_facts(project: Project):
    """The facts of project.processed; built first where there are none, or where they are not of today's articles."""
    from analysis.reconcile.build import load_facts
    from analysis.run.tables import WAIT_SECONDS, build_tables

    try:
        facts = load_facts(project.processed)
        if is_current(facts, project):
            return facts
    except FileError:  # missing, of another version or code book, or not of one build: all are mended by a build
        pass
    return build_tables(project, Log.silent(), WAIT_SECONDS)


def is_current(facts, project: Project) -> bool:
    """Whether the articles in project.raw are those that the facts were built from, by hash, and their sources no newer."""
    from analysis.reconcile.facts import DESCRIPTOR
    from analysis.run.files import sha256

    left_out = facts.findings["check"].isin(["article_not_read", "extraction_failed"])
    names = set(facts.findings.loc[left_out, "article"].dropna())
    known = dict(zip(facts.articles["file"], facts.articles["sha256"], strict=True))
    files = _article_files(project.raw)
    found = {name: sha256(path) for name, path in files if name in known or as_utf8(path.stem) not in names}
    sources = project.raw / "sources.csv"
    built = (project.processed / DESCRIPTOR).stat().st_mtime_ns
    return found == known and not (sources.exists() and sources.stat().st_mtime_ns > built)


def _article_files(raw: Path):
    """(path below raw, path) of what may be an article: all files but hidden ones and the tables beside them."""
    folder = raw / "articles" if (raw / "articles").is_dir() else raw
    if not folder.is_dir():
        raise FileError(f"{raw}: there is no such folder. Make it and put the articles in, or name another with --raw.")
    for path in folder.iterdir():
        if path.is_file() and not path.name.startswith(".") and path.name not in ("sources.csv", "decisions.csv"):
            yield path.relative_to(raw).as_posix(), path


def tell_queue(facts, rows: list[dict], count: int, lang: str, shape: str, everything: bool) -> None:
    """Print the figures of the queue, the first of `count`, as a table for people or one JSON object each."""
    from analysis.extract.confidence import worded
    from analysis.printing import JsonLines, print_table
    from analysis.reconcile.review import doubts_of, spans_in_quotes
    from analysis.reconcile.wording import sentence

    numerals = facts.numerals[facts.numerals["article"].isin({row["article"] for row in rows})]
    spans = spans_in_quotes(rows, numerals)
    told = []
    for row in rows:
        start, end = spans[row["id"]]
        marked = f"{row['quote'][:start]}{MARKS[0]}{row['quote'][start:end]}{MARKS[1]}{row['quote'][end:]}"
        doubts = doubts_of(row)
        told.append(row | {"doubts": doubts, "why": worded(doubts, lang), "marked": " ".join(marked.split())})
    writer = Writer()
    if shape == "jsonl":
        JsonLines(writer).rows([{name: row[name] for name in PRINTED} for row in told])
        return
    heads = tuple(sentence(f"review_{name}", lang) for name in ("id", "figure", "why", "sentence"))
    if told:
        print_table(writer, heads, [_cells(row, lang) for row in told])
    left = "review_all" if everything else "review_left"
    writer.line(sentence(left, lang, shown=len(told), count=count))


def _cells(row: dict, lang: str) -> tuple[str, ...]:
    """id with status, what was read, why it is not surer, and the sentence, as cells of several lines."""
    from analysis.reconcile.wording import sentence

    status = "" if row["status"] == "extracted" else f"\n{row['status']}\n{row['decision']}"
    sure = sentence("review_sure", lang, sure=round(100 * row["confidence"]))
    return f"{row['id']}{status}", _reading(row, lang), "\n".join([sure, *row["why"]]), row["marked"]


def _reading(row: dict, lang: str) -> str:
    from analysis.reconcile.bounds import bounds
    from analysis.reconcile.wording import Amount, Area, sentence
    from analysis.reference.codebook import load_codebook

    book = load_codebook()
    indicator = book.indicators.get(row["indicator"])
    amount = Amount(
        float(row["value"]), bounds(float(row["value"]), row["value_high"], row["qualifier"], book), row["unit"]
    )
    unit = "" if row["unit"] in ("percent", "VND", "USD") else f" {book.units[row['unit']].label(lang)}"
    window = (
        f"{row['period_start'] or '…'} – {row['period_end'] or '…'}" if row["period_start"] or row["period_end"] else ""
    )
    lines = [
        f"{amount.label(lang)}{unit}",
        indicator.label(lang) if indicator else sentence("receipt_no_indicator", lang),
        Area(row["place"], row["body"]).label(lang) if row["place"] else "",
        window,
        f"“{row['period_text']}”" if row["period_text"] else "",
    ]
    return "\n".join(line for line in lines if line)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise UsageError("the login name is not known here. Give a name with --who.") from error
