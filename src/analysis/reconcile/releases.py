"""Releases: articles that repeat the same figures from one source, so that a release counts once.

Two articles are one release when they are the same file, or when nearly all figures of the one with fewer (assumption
`release_overlap`) stand in the other and enough are shared (`release_min_shared`) that it is no coincidence. A figure
is compared as indicator, place, body, window, unit and value, each as often as it stands.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from analysis.reconcile.windows import earliest
from analysis.reference.codebook import CodeBook

KEY = ("indicator", "place", "body", "period_start", "period_end", "unit", "value")


@dataclass(frozen=True)
class ArticleFigures:
    """What releases are judged by: an article's hash, its date as far as known, and the multiset of its figures."""

    id: str
    sha256: str
    published: str | None
    figures: Counter

    @property
    def count(self) -> int:
        return self.figures.total()


@dataclass(frozen=True)
class Pair:
    """Two articles of one release and why: `shared` of the `smaller` one's `count` figures stand in the `larger` one."""

    smaller: str
    larger: str
    shared: int
    count: int
    same_file: bool


@dataclass(frozen=True)
class Releases:
    """`ids` is article → release, `dates` release → the date by which its first copy was surely out, or None."""

    ids: dict[str, str]
    dates: dict[str, str | None]
    pairs: list[Pair]


def figure_counts(extracted: Iterable[Mapping]) -> dict[str, Counter]:
    """The multiset of figures of every article in `extract_article`'s dicts."""
    counts: dict[str, Counter] = defaultdict(Counter)
    for row in extracted:
        if row["class"] == "figure":
            counts[row["article"]][tuple(row[name] for name in KEY)] += 1
    return counts


def find_releases(articles: Iterable[ArticleFigures], book: CodeBook) -> Releases:
    """Group articles into releases; the order of the articles does not matter."""
    members = sorted(articles, key=lambda article: article.id)
    pairs = [pair for one, other in _candidates(members) if (pair := _pair(one, other, book))]
    groups = _joined([article.id for article in members], [(pair.smaller, pair.larger) for pair in pairs])
    by_id = {article.id: article for article in members}
    ids: dict[str, str] = {}
    dates: dict[str, str | None] = {}
    for group in groups:
        copies = [by_id[name] for name in group]
        release = _release_id(copies)
        ids |= dict.fromkeys(group, release)
        dates[release] = earliest(copy.published for copy in copies)
    return Releases(ids, dates, pairs)


def _candidates(articles: list[ArticleFigures]) -> list[tuple[ArticleFigures, ArticleFigures]]:
    """Pairs that share a file or a figure at all: most articles share none, so not every pair is looked at."""
    together = defaultdict(list)
    for place, article in enumerate(articles):
        for key in {("sha256", article.sha256), *article.figures}:
            together[key].append(place)
    pairs = {pair for places in together.values() for pair in combinations(places, 2)}
    return [(articles[one], articles[other]) for one, other in sorted(pairs)]


def _pair(one: ArticleFigures, other: ArticleFigures, book: CodeBook) -> Pair | None:
    smaller, larger = sorted((one, other), key=lambda article: (article.count, article.id))
    shared = (smaller.figures & larger.figures).total()
    same_file = smaller.sha256 == larger.sha256
    enough = shared >= book.assumed("release_min_shared") and shared >= book.assumed("release_overlap") * smaller.count
    return Pair(smaller.id, larger.id, shared, smaller.count, same_file) if same_file or enough else None


def _joined(names: list[str], pairs: list[tuple[str, str]]) -> list[list[str]]:
    """Names connected by pairs, also through others: union-find."""
    parent = {name: name for name in names}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for one, other in pairs:
        parent[max(root(one), root(other))] = min(root(one), root(other))
    groups = defaultdict(list)
    for name in names:
        groups[root(name)].append(name)
    return list(groups.values())


def _release_id(copies: list[ArticleFigures]) -> str:
    """From the fullest copy's hash, so that a further copy, whatever its name, changes no id."""
    fullest = min(copies, key=lambda copy: (-copy.count, copy.sha256))
    return "r" + fullest.sha256[:8]
