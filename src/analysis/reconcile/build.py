"""`figures build`: articles → numerals → figures → decisions → observations and measures → checked tables in data/processed."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pandas as pd

from analysis.errors import FiguresError
from analysis.extract import extract_article, load_wording
from analysis.extract.confidence import doubts
from analysis.extract.indicators import worded
from analysis.findings import Finding
from analysis.ingest.articles import Article, read_articles
from analysis.project import Project
from analysis.reconcile.checks import (
    check_articles,
    check_facts,
    check_figures,
    check_wording,
    failed,
    in_order,
    published_date,
)
from analysis.reconcile.comparable import rivals
from analysis.reconcile.decisions import NAME as DECISIONS
from analysis.reconcile.decisions import Decision, read_decisions
from analysis.reconcile.facts import Facts, load_facts
from analysis.reconcile.figures import numerals_table, tabulated, told_figures
from analysis.reconcile.measures import measure_all, measures_table
from analysis.reconcile.observations import observations_table, observe
from analysis.reconcile.releases import ArticleFigures, Releases, figure_counts, find_releases
from analysis.reconcile.schemas import checked
from analysis.reconcile.store import checked_facts, write_facts
from analysis.reconcile.verdicts import decisions_table, judge
from analysis.reconcile.wording import messages
from analysis.reference.codebook import CodeBook, load_codebook

__all__ = ["build", "load_facts", "make_facts"]

Say = Callable[..., object]
ARTICLE = ("id", "publisher", "title", "published", "kind", "file", "sha256", "release", "n_numerals", "n_figures")
FINDING = ("check", "severity", "indicator", "place", "message", "message_vi", "figures", "article")


def build(project: Project, say: Say | None = None) -> Facts:
    """Read project.raw, write every table and datapackage.json to project.processed, and return the facts.

    `say(event, **fields)` hears of progress: say("article", name=…, n=…, of=…) before each article is read, and
    say("table", name=…, rows=…) for each table. An article that cannot be read or extracted makes a finding, and the rest
    goes on; so does a line of decisions.csv that is none. Raises FileError where a folder cannot be read or written, ReferenceTableError for a bad code book row,
    DataCheckError where a table does not fit its schema. Findings of severity error do not stop the tables.
    """
    say = say or _silent
    book = load_codebook()  # a bad row of a reference table stops before any work
    load_wording()
    messages()
    doubts()
    articles, findings = read_articles(project.raw)
    read, extracted, broken = _extract(articles, say)
    unworded = check_wording(worded(), book)
    decisions, unread = read_decisions(project.raw / DECISIONS)
    facts = make_facts(read, extracted, [*findings, *broken, *unworded, *unread], project.raw, decisions)
    write_facts(facts, project.processed)
    for name, table in facts.tables().items():
        say("table", name=name, rows=len(table))
    return facts


def make_facts(
    articles: Iterable[Article],
    extracted: list[dict],
    findings: Iterable[Finding],
    raw: Path,
    decisions: Iterable[Decision] = (),
) -> Facts:
    """The checked facts of articles and of the dicts that `extract_article` gave for them; writes nothing.

    `findings` are those of the floors below; `raw` is the folder that the table of articles names its files from;
    `decisions` are what analysts decided on the figures, in the order they did.
    """
    book = load_codebook()
    articles = sorted(articles, key=lambda article: article.id)
    told = [*findings]
    published: dict[str, str | None] = {}
    for article in articles:
        published[article.id], unread = published_date(article.id, article.published)
        told += unread
    releases = _releases(articles, published, extracted, book)
    told_rows, decisions = told_figures(extracted, releases), list(decisions)
    judged = judge(decisions, told_rows, book)
    told += judged.findings
    figures = checked("figures", tabulated(told_rows, releases, book, judged), book)
    observations = observe(figures, releases.dates)
    ratios = measure_all(observations, book)
    article_rows = _articles_table(articles, published, releases, extracted, raw)
    told += check_articles(article_rows, figures, releases)
    told += check_figures(figures, {article.id: article.text for article in articles}, book)
    told += check_facts(observations, ratios, book)
    tables = {
        "numerals": numerals_table(extracted),
        "figures": figures,
        "observations": observations_table(observations, rivals(observations)),
        "measures": measures_table(ratios, book),
        "findings": _findings_table(told),
        "articles": article_rows,
        "decisions": decisions_table(decisions, judged.states),
    }
    return checked_facts(tables, book)


def _extract(articles: list[Article], say: Say) -> tuple[list[Article], list[dict], list[Finding]]:
    read, extracted, findings = [], [], []
    for n, article in enumerate(articles, start=1):
        say("article", name=article.id, n=n, of=len(articles))
        try:
            extracted += extract_article(article)
        except FiguresError:
            raise  # a bad row of a reference table is no fault of the article
        except Exception as error:  # one article must not take the others with it; the finding stops publication
            findings.append(failed(article.id, error))
            continue
        read.append(article)
    return read, extracted, findings


def _releases(articles: list[Article], published: Mapping, extracted: list[dict], book: CodeBook) -> Releases:
    counts = figure_counts(extracted)
    known = [ArticleFigures(a.id, a.sha256, published[a.id], counts.get(a.id, Counter())) for a in articles]
    return find_releases(known, book)


def _articles_table(
    articles: list[Article], published: Mapping, releases: Releases, extracted: list[dict], raw: Path
) -> pd.DataFrame:
    numerals = Counter(row["article"] for row in extracted)
    figures = Counter(row["article"] for row in extracted if row["class"] == "figure")
    rows = [
        (
            *(
                article.id,
                article.publisher or None,
                article.title or None,
                published[article.id],
                article.kind or None,
            ),
            *(_below(article.path, raw), article.sha256, releases.ids[article.id]),
            *(numerals[article.id], figures[article.id]),
        )
        for article in articles
    ]
    return pd.DataFrame(rows, columns=list(ARTICLE))


def _below(path: Path, raw: Path) -> str:
    return path.relative_to(raw).as_posix() if path.is_relative_to(raw) else path.name


def _findings_table(findings: list[Finding]) -> pd.DataFrame:
    rows = [
        (f.check, f.severity, f.indicator, f.place, f.message, f.message_vi, ";".join(f.figures) or None, f.article)
        for f in in_order(findings)
    ]
    return pd.DataFrame(rows, columns=list(FINDING), dtype=object)


def _silent(event: str, **fields) -> None:
    """Progress that nobody listens to."""
