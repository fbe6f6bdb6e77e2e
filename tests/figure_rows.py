"""Articles and their figures for tests of what comes after extraction: a text made of the figures, with true spans."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.ingest.articles import Article
from analysis.reconcile.build import make_facts
from analysis.reconcile.facts import Facts
from analysis.reconcile.figures import figures_table
from analysis.reconcile.measures import Ratio, measure_all
from analysis.reconcile.observations import Observation, observe
from analysis.reconcile.releases import ArticleFigures, figure_counts, find_releases
from analysis.reference.codebook import load_codebook

RAW = Path("raw")


def figure(indicator: str | None, value: float | None, **fields) -> dict:
    """A figure as extraction gives it, without its span: of Lào Cai, exact, in the code book's unit, window unknown."""
    known = load_codebook().indicators.get(indicator)
    plain = {
        "indicator": indicator,
        "value": value,
        "value_high": None,
        "qualifier": "exact",
        "unit": known.unit if known else "person",
        "unit_text": "người",
        "place": "Lào Cai",
        "body": None,
        "period_start": None,
        "period_end": None,
        "period_text": None,
    }
    return plain | fields


def since(year: int, **fields) -> dict:
    """Fields of a window from a year "đến nay"."""
    return {"period_start": f"{year}-01-01", "period_text": f"Từ năm {year} đến nay"} | fields


def years(first: int, last: int, **fields) -> dict:
    """Fields of a closed window of whole years."""
    return {"period_start": f"{first}-01-01", "period_end": f"{last}-12-31", "period_text": f"{first}-{last}"} | fields


@dataclass(frozen=True)
class Story:
    """An article and what extraction found in it."""

    article: Article
    rows: list[dict]

    def renamed(self, name: str, published: str | None = None) -> "Story":
        """The same file under another name and perhaps with another date, as a copy of it would be read."""
        published = self.article.published if published is None else published
        path = self.article.path.with_name(f"{name}.txt")
        rows = [{**row, "article": name, "id": _id(name, row["start"])} for row in self.rows]
        return Story(replace(self.article, id=name, path=path, published=published), rows)


def story(name: str, *figures: dict, published: str = "2019", quote: str | None = None) -> Story:
    """An article that states `figures`, each in its own sentence, or all in the sentence `quote`."""
    text, rows = f"{name}. ", []
    for fields in figures:
        printed = str(fields["value"])
        span = {"article": name, "start": len(text), "end": len(text) + len(printed), "text": printed}
        rows.append(
            {
                **span,
                "class": "figure",
                "reason": "a number with a unit",
                **fields,
                "quote": quote or f"Có {printed} {fields['unit_text']} ({len(rows)}).",
                "id": _id(name, span["start"]),
            }
        )
        text += f"{printed} {fields['unit_text']}. "
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    article = Article(name, RAW / f"articles/{name}.txt", text, sha256, "Báo", f"Bài {name}", published, "digest", True)
    return Story(article, rows)


def facts_of(*stories: Story) -> Facts:
    """The facts that `figures build` makes of the stories."""
    return make_facts([s.article for s in stories], [row for s in stories for row in s.rows], [], RAW)


def reconciled(*stories: Story) -> tuple[list[Observation], list[Ratio]]:
    """Observations and measures of the stories without the tables around them, for properties tried many times."""
    book, rows = load_codebook(), [row for s in stories for row in s.rows]
    counts = figure_counts(rows)
    known = [ArticleFigures(s.article.id, s.article.sha256, s.article.published, counts[s.article.id]) for s in stories]
    releases = find_releases(known, book)
    dates = dict.fromkeys(("period_start", "period_end"), "datetime64[ns]")
    figures = figures_table(rows, releases, book).astype(dates)
    observations = observe(figures, releases.dates)
    return observations, measure_all(observations, book)


def _id(name: str, start: int) -> str:
    return "f" + hashlib.sha256(f"{name} {start}".encode()).hexdigest()[:8]
