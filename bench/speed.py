"""How fast the parts are, as ratios within one run: other work on the machine then weighs on both sides alike.

Run by `make bench`. Nothing here is asserted: tests never depend on time.
"""

import re
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from analysis.extract import extract_article
from analysis.ingest.articles import read_articles
from analysis.project import Project
from analysis.reconcile.build import build

CHARACTERS = 1_000_000
REPEATS = 3


def best(function) -> float:
    """The shortest of a few runs, in seconds."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


def extraction(project: Project) -> None:
    """Extraction line by line against a bare scan for digit runs of the same text."""
    articles, _ = read_articles(project.raw)
    size = sum(len(article.text) for article in articles)
    copies = max(1, CHARACTERS // size)
    many = [replace(article, id=f"{article.id}-{n}") for n in range(copies) for article in articles]
    text = "\n".join(article.text for article in many)
    ours = best(lambda: [extract_article(article) for article in many])
    bare = best(lambda: [match.span() for match in re.finditer(r"\d+", text)])
    print(f"extraction     {len(text) / ours:12,.0f} characters a second over {len(text):,} characters")
    print(
        f"bare re scan   {len(text) / bare:12,.0f} characters a second; extraction takes {ours / bare:,.0f} times as long"
    )


def tables(project: Project) -> None:
    """The whole build against extraction alone."""
    articles, _ = read_articles(project.raw)
    alone = best(lambda: [extract_article(article) for article in articles])
    with tempfile.TemporaryDirectory() as folder:
        whole = best(lambda: build(project.with_folders(processed=Path(folder))))
    print(f"build          {whole:12.2f} s; {whole / alone:,.1f} times extraction alone ({alone:.3f} s)")


if __name__ == "__main__":
    here = Project.find(Path(__file__).parent)
    extraction(here)
    tables(here)
