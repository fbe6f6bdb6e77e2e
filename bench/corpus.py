"""The sets of articles that are measured, each with its annotated numerals.

The five original articles and those of other provinces stand beside the project where somebody has them; the digests and the
unseen articles are part of it.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from analysis.ingest.articles import Article, read_article
from bench.scoring import Gold, read_gold

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ROOT.parent / "shared"
UNSEEN = ROOT / "tests" / "data" / "unseen"
CORE = ROOT / "bench" / "core_indicators.txt"


@dataclass(frozen=True)
class ArticleSet:
    """A named set of articles: (file, row of sources.csv) pairs, the folder of its gold, and the slugs that are judged.

    `core` is None where every slug of the gold is one that the code book should know.
    """

    name: str
    members: tuple[tuple[Path, dict[str, str]], ...]
    gold_folder: Path
    core: frozenset[str] | None

    @property
    def gold(self) -> Gold:
        """The annotated numerals of the set's own articles, by article id."""
        names = {path.stem for path, _ in self.members}
        return {name: rows for name, rows in read_gold(self.gold_folder).items() if name in names}

    @property
    def figures(self) -> int:
        """How many annotated numerals are figures."""
        return sum(row.is_figure for rows in self.gold.values() for row in rows)

    def articles(self) -> list[Article]:
        """The articles as `figures build` reads them, each with its source row."""
        return [read_article(path, row) for path, row in self.members]


def originals() -> ArticleSet | None:
    """The five originals, or None where nobody put them beside the project."""
    folder = BESIDE / "articles"
    rows = {row["original_file"]: row for row in _rows(ROOT / "data/raw/sources.csv")}
    members = tuple((path, rows.get(path.name, {})) for path in sorted(folder.glob("*.txt")))
    return ArticleSet("originals", members, BESIDE / "gold", None) if members else None


def digests() -> ArticleSet:
    """The project's own digests of the originals."""
    raw = ROOT / "data" / "raw"
    members = tuple((raw / row["file"], row) for row in _rows(raw / "sources.csv") if row["kind"] == "digest")
    return ArticleSet("digests", members, ROOT / "tests" / "data" / "digests", None)


def other_provinces() -> ArticleSet | None:
    """Articles of other provinces that the rules were developed on, or None where they are not beside the project."""
    folder = BESIDE / "dev"
    rows = {row["NNN"]: {"published": row["date"]} for row in _rows(folder / "sources.tsv", delimiter="\t")}
    members = tuple((path, rows.get(path.stem, {})) for path in sorted((folder / "articles").glob("*.txt")))
    return ArticleSet("other provinces", members, folder / "gold", core_slugs()) if members else None


def unseen() -> list[ArticleSet]:
    """Every set of articles that no rule was written for: one for each tests/data/unseen/sources_NAME.csv."""
    tables = sorted(UNSEEN.glob("sources_*.csv"))
    return [_unseen(table) for table in tables]


def _unseen(table: Path) -> ArticleSet:
    members = tuple((UNSEEN / "articles" / f"{row['id']}.txt", row) for row in _rows(table))
    return ArticleSet(f"unseen {table.stem.removeprefix('sources_')}", members, UNSEEN / "gold", core_slugs())


def all_sets() -> list[ArticleSet]:
    """The sets that are there, those that the rules were made with first."""
    return [*filter(None, (originals(), digests(), other_provinces())), *unseen()]


def main_set() -> ArticleSet:
    """The originals, or their digests where the originals are not."""
    return originals() or digests()


def core_slugs() -> frozenset[str]:
    """The indicators that are judged in articles of any province."""
    return frozenset(CORE.read_text(encoding="utf-8").split())


def copies(articles: list[Article], size: int) -> Iterator[Article]:
    """The articles over and over, one at a time, until `size` UTF-8 bytes have been given; only the ids differ."""
    given = n = 0
    while given < size:
        for article in articles:
            yield replace(article, id=f"{article.id}-{n}")
        given += sum(len(article.text.encode()) for article in articles)
        n += 1


def slices(articles: list[Article], size: int, count: int) -> list[list[Article]]:
    """`copies` cut into `count` lists of whole articles, as even as that goes."""
    every = list(copies(articles, size))
    step = -(-len(every) // (count * len(articles))) * len(articles)
    stream = iter(every)
    return [part for part in (list(islice(stream, step)) for _ in range(count)) if part]


def _rows(path: Path, **dialect) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, **dialect))
