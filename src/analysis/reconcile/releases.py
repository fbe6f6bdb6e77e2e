"""Releases: articles that repeat the same figures from one source, so that a release counts once.

Two articles are one release when they are the same file, or when nearly all figures of the one with fewer (assumption
`release_overlap`) stand in the other and enough are shared (`release_min_shared`) that it is no coincidence. In the very
same sentences fewer are enough (`release_min_same_sentences`), so that a short article's copy is known too. A figure
is compared as indicator, place, body, unit, value and window, each as often as it stands; the window by its words or by
its dates, for "Trong 10 năm qua" in a copy that is dated a year later gives other dates.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from analysis.reconcile.windows import date_order, earliest
from analysis.reference.codebook import CodeBook

STATED = ("indicator", "place", "body", "unit", "value")
WINDOW = ("period_start", "period_end", "period_text")
Key = Callable[[tuple], tuple]


@dataclass(frozen=True)
class ArticleFigures:
    """What releases are judged by: an article's hash, its date as far as known, and the multiset of its figures.

    A figure is the tuple of its STATED, its WINDOW and its sentence.
    """

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
    """`ids` is article → release, `dates` release → the date of its first article as far as it is sure, or None.

    `members` is release → its articles, the first published first.
    """

    ids: dict[str, str]
    dates: dict[str, str | None]
    members: dict[str, tuple[str, ...]]
    pairs: list[Pair]


def figure_counts(extracted: Iterable[Mapping]) -> dict[str, Counter]:
    """The multiset of figures of every article in `extract_article`'s dicts."""
    counts: dict[str, Counter] = defaultdict(Counter)
    for row in extracted:
        if row["class"] == "figure":
            counts[row["article"]][tuple(row[name] for name in (*STATED, *WINDOW, "quote"))] += 1
    return counts


def find_releases(articles: Iterable[ArticleFigures], book: CodeBook) -> Releases:
    """Group articles into releases; the order of the articles does not matter."""
    members = sorted(articles, key=lambda article: article.id)
    pairs = [pair for one, other in _candidates(members) if (pair := _pair(one, other, book))]
    groups = _joined([article.id for article in members], [(pair.smaller, pair.larger) for pair in pairs])
    by_id = {article.id: article for article in members}
    ids: dict[str, str] = {}
    dates: dict[str, str | None] = {}
    ordered: dict[str, tuple[str, ...]] = {}
    for group in groups:
        copies = sorted((by_id[name] for name in group), key=_first_published)
        release = _release_id(copies)
        ids |= dict.fromkeys(group, release)
        dates[release] = earliest(copy.published for copy in copies)
        ordered[release] = tuple(copy.id for copy in copies)
    return Releases(ids, dates, ordered, pairs)


def _first_published(article: ArticleFigures) -> tuple:
    return date_order(article.published), -article.count, article.sha256, article.id


def _candidates(articles: list[ArticleFigures]) -> list[tuple[ArticleFigures, ArticleFigures]]:
    """Pairs that share a file or a figure at all: most articles share none, so not every pair is looked at."""
    together = defaultdict(list)
    for place, article in enumerate(articles):
        for key in {("sha256", article.sha256), *map(_stated, article.figures)}:
            together[key].append(place)
    pairs = {pair for places in together.values() for pair in combinations(places, 2)}
    return [(articles[one], articles[other]) for one, other in sorted(pairs)]


def _pair(one: ArticleFigures, other: ArticleFigures, book: CodeBook) -> Pair | None:
    smaller, larger = sorted((one, other), key=lambda article: (article.count, article.id))
    shared = _shared(smaller.figures, larger.figures)
    same_file = smaller.sha256 == larger.sha256
    worded = (_counted(smaller.figures, _in_sentence) & _counted(larger.figures, _in_sentence)).total()
    overlap = book.assumed("release_overlap") * smaller.count
    enough = shared >= max(overlap, book.assumed("release_min_shared"))
    enough = enough or worded >= max(overlap, book.assumed("release_min_same_sentences"))
    return Pair(smaller.id, larger.id, shared, smaller.count, same_file) if same_file or enough else None


def _shared(one: Counter, other: Counter) -> int:
    """How many figures stand in both: first those equal in all, then in the window's words, then in its dates."""
    shared = 0
    for key in (tuple, _in_words, _in_dates):
        common = _counted(one, key) & _counted(other, key)
        shared += common.total()
        one, other = _without(one, common, key), _without(other, common, key)
    return shared


def _counted(figures: Counter, key: Key) -> Counter:
    counted: Counter = Counter()
    for figure, times in figures.items():
        counted[key(figure)] += times
    return counted


def _without(figures: Counter, common: Counter, key: Key) -> Counter:
    """`figures` less as many of each key as `common` holds."""
    left, rest = Counter(common), Counter()
    for figure in sorted(figures, key=str):
        taken = min(figures[figure], left[key(figure)])
        left[key(figure)] -= taken
        if figures[figure] > taken:
            rest[figure] = figures[figure] - taken
    return rest


def _stated(figure: tuple) -> tuple:
    return figure[: len(STATED)]


def _in_words(figure: tuple) -> tuple:
    return (*_stated(figure), figure[-2])


def _in_dates(figure: tuple) -> tuple:
    return figure[:-2]


def _in_sentence(figure: tuple) -> tuple:
    return (*_stated(figure), figure[-1])


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
