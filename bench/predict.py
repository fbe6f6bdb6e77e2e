"""What one version of the package finds in articles: JSON jobs on standard input, one JSON object per numeral on standard output.

A job is [path, row of sources.csv]. It is a program of its own, and asks nothing of the package but its two oldest calls, so that it
runs with the package of any commit on PYTHONPATH.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from analysis.extract import extract_article
from analysis.ingest.articles import read_article


def predictions(jobs: Iterable[tuple[Path | str, dict[str, str]]]) -> Iterator[dict]:
    """Every numeral of every article, as `extract_article` gives it."""
    for path, row in jobs:
        yield from extract_article(read_article(Path(path), row))


if __name__ == "__main__":
    for numeral in predictions(json.load(sys.stdin)):
        print(json.dumps(numeral, ensure_ascii=False))
