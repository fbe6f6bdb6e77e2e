"""How fast the parts are, as ratios within one run: other work on the machine then weighs on all sides alike.

Nothing here is asserted: tests never depend on time.
"""

import re
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from analysis.extract import extract_article, load_wording
from analysis.ingest.articles import Article
from bench.caches import clear, grown_by
from bench.corpus import ROOT, slices
from bench.peers import Peer, lines_of

OURS, BARE = "Reported Figures, whole articles", "bare `re` scan for digit runs"
REPEATS = 3


@dataclass
class Speed:
    """Characters a second of one program in each round, over `characters` in all; or `missing`: why there are none."""

    name: str
    characters: int = 0
    rates: list[float] = field(default_factory=list)
    missing: str = ""

    def add(self, texts: Iterable[str], read: Callable[[], object]) -> None:
        """Time one round."""
        characters = sum(map(len, texts))
        start = time.perf_counter()
        read()
        self.rates.append(characters / (time.perf_counter() - start))
        self.characters += characters

    def times(self, other: "Speed") -> float:
        """How many times as fast as the other: the median over the rounds."""
        return median(mine / theirs for mine, theirs in zip(self.rates, other.rates, strict=True))


def compare(articles: list[Article], size: int, rounds: int, peers: Iterable[Peer], say: Callable) -> list[Speed]:
    """Ours, the bare scan and every peer, in turns, over `size` UTF-8 bytes of the articles repeated, cut into rounds.

    Ours and the fast ones read the whole of it; the slow ones a few copies of the same lines in each round. A cache of ours
    that remembers words of a text is emptied before each article, so that no copy is read faster than the first.
    """
    memories = grown_by(articles)
    load_wording()
    say(f"caches emptied before each article: {', '.join(memories) or 'none remembers words of a text'}")
    ours, bare = Speed(OURS), Speed(BARE)
    programs = [(peer, Speed(peer.label), peer.reader()) for peer in peers]
    for part in slices(articles, size, rounds):
        ours.add((article.text for article in part), lambda part=part: _extract(part, memories))
        lines = _lines(part)
        bare.add(lines, lambda lines=lines: _exhaust(map(re.compile(r"[0-9]+").findall, lines)))
        say(f"{ours.rates[-1]:12,.0f} characters a second; a bare scan {bare.rates[-1]:,.0f}")
        for peer, speed, reader in programs:
            if isinstance(reader, str):
                speed.missing = reader
                continue
            some = _lines(part[: peer.copies * len(articles)]) if peer.copies else lines
            speed.add(some, lambda read=reader, some=some: _exhaust(map(read, some)))
    return [ours, bare, *(speed for _, speed, _ in programs)]


def _extract(articles: list[Article], memories: dict) -> None:
    for article in articles:
        clear(memories)
        extract_article(article)


def _lines(articles: list[Article]) -> list[str]:
    return [line for article in articles for _, line in lines_of(article)]


def _exhaust(results: Iterable) -> None:
    deque(results, maxlen=0)


def build_time(articles: list[Article]) -> tuple[float, float]:
    """The shortest time of a few whole builds of data/raw, and of extraction alone of the same articles; seconds.

    Raises FiguresError where data/raw cannot be built.
    """
    from analysis.project import Project
    from analysis.reconcile.build import build

    with tempfile.TemporaryDirectory() as folder:
        project = Project.find(ROOT).with_folders(processed=Path(folder))
        whole = _best(lambda: build(project))
    return whole, _best(lambda: [extract_article(article) for article in articles])


def _best(function: Callable) -> float:
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)
