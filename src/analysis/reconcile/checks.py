"""The checks: each looks at one thing and makes findings that name the figures. None changes anything.

An error stops publication: a figure that is not in its article, an article that contradicts itself, exact parts that
do not add up. What two sources say differently is a warning, and named; what was checked and holds is a note.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations

import pandas as pd

from analysis.findings import SEVERITIES, Finding
from analysis.reconcile.comparable import difference
from analysis.reconcile.measures import Ratio
from analysis.reconcile.observations import Observation, backwards, half_term
from analysis.reconcile.parts import check_parts, check_wholes
from analysis.reconcile.releases import Releases
from analysis.reconcile.windows import partial_bounds
from analysis.reconcile.wording import Amount, Area, AsOf, When, finding
from analysis.reference.codebook import CodeBook


def check_figures(figures: pd.DataFrame, texts: Mapping[str, str], book: CodeBook) -> Iterator[Finding]:
    """All checks of single figures; `figures` is the checked table, `texts` article → its text."""
    rows = list(figures.itertuples(index=False))
    yield from _spans(rows, texts)
    yield from _uncoded(rows)
    yield from _placeless(rows)
    yield from _half_terms(rows)
    yield from _backwards(rows)
    yield from _units(rows, book)
    yield from _percents(rows, book)
    yield from check_wholes(rows)
    yield from _assumed(rows, book)


def check_facts(observations: list[Observation], ratios: list[Ratio], book: CodeBook) -> Iterator[Finding]:
    """All checks of observations against each other, and of the measures made of them."""
    yield from _contradictions(observations, book)
    yield from check_parts(observations, book)
    yield from _over_100(ratios, book)


def check_articles(articles: pd.DataFrame, figures: pd.DataFrame, releases: Releases) -> Iterator[Finding]:
    """What is known of the articles: their dates, and which repeat each other."""
    yield from _undated(articles, figures)
    yield from _copies(articles, releases)


def check_wording(worded: Collection[str], book: CodeBook) -> Iterator[Finding]:
    """Indicators that no figure can ever be given, for no wording row names them; `worded` holds those that some does."""
    if unworded := [slug for slug in book.indicators if slug not in worded]:
        yield finding("unworded", "note", count=len(unworded), indicators=unworded)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then warnings, then notes; each by check, place, indicator and words."""
    return sorted(
        findings,
        key=lambda f: (SEVERITIES.index(f.severity), f.check, f.place or "", f.indicator or "", f.message, f.figures),
    )


def published_date(article: str, published: str) -> tuple[str | None, list[Finding]]:
    """The article's partial ISO date, or None with a finding where the cell holds something else."""
    if not published or partial_bounds(published):
        return published or None, []
    return None, [finding("published", "warning", about=article, article=article, found=published)]


def failed(article: str, error: Exception) -> Finding:
    """The finding for an article that extraction broke on."""
    told = f"{type(error).__name__}: {error}"
    return finding("extraction_failed", "error", about=article, article=article, error=told)


def _spans(rows: list, texts: Mapping[str, str]) -> Iterator[Finding]:
    for row in rows:
        if texts[row.article][row.start : row.end] != row.text:
            yield finding(
                "receipt",
                "error",
                about=row.article,
                figures=[row.id],
                article=row.article,
                text=row.text,
                start=str(row.start),
                end=str(row.end),
            )


def _uncoded(rows: list) -> Iterator[Finding]:
    yield from _counted("no_indicator", "note", [row for row in rows if pd.isna(row.indicator)])


def _placeless(rows: list) -> Iterator[Finding]:
    yield from _counted("no_place", "warning", [row for row in rows if pd.isna(row.place) and pd.notna(row.indicator)])


def _half_terms(rows: list) -> Iterator[Finding]:
    """ "trong nửa nhiệm kỳ": the article says where the term starts, but not where its half ends."""
    left_open = [
        row
        for row in rows
        if row.kind == "flow" and half_term(row) and pd.notna(row.period_start) and pd.isna(row.period_end)
    ]
    yield from _counted("end_not_stated", "note", left_open)


def _counted(check: str, severity: str, rows: list) -> Iterator[Finding]:
    by_article = defaultdict(list)
    for row in rows:
        by_article[row.article].append(row.id)
    for article, ids in by_article.items():
        yield finding(check, severity, about=article, figures=ids, article=article, count=len(ids))


def _backwards(rows: list) -> Iterator[Finding]:
    for row in rows:
        if backwards(row):
            window = {"start": row.period_start.date(), "end": row.period_end.date()}
            yield finding(
                "backwards",
                "warning",
                about=row.article,
                figures=[row.id],
                article=row.article,
                text=row.text,
                **window,
            )


def _units(rows: list, book: CodeBook) -> Iterator[Finding]:
    for row in rows:
        indicator = book.indicators.get(row.indicator) if pd.notna(row.indicator) else None
        if indicator and row.unit not in indicator.units:
            yield finding(
                "unit",
                "warning",
                of=indicator,
                place=None if pd.isna(row.place) else row.place,
                about=row.article,
                figures=[row.id],
                article=row.article,
                text=row.text,
                indicator=indicator,
                found=book.units[row.unit],
                allowed=[book.units[unit] for unit in sorted(indicator.units)],
            )


def _percents(rows: list, book: CodeBook) -> Iterator[Finding]:
    for row in rows:
        if pd.notna(row.indicator) and row.kind == "share" and row.unit == "percent" and not 0 <= row.value <= 100:
            indicator = book.indicators[row.indicator]
            yield finding(
                "percent_range",
                "warning",
                of=indicator,
                about=row.article,
                figures=[row.id],
                article=row.article,
                text=row.text,
                indicator=indicator,
                value=row.value,
            )


def _assumed(rows: list, book: CodeBook) -> Iterator[Finding]:
    ids = [row.id for row in rows if row.qualifier == "about"]
    if ids:
        yield finding("assumption", "note", figures=ids, count=len(ids), assumption=book.assumptions["about_tolerance"])


def _contradictions(observations: list[Observation], book: CodeBook) -> Iterator[Finding]:
    groups = defaultdict(list)
    for observation in observations:
        groups[observation.key].append(observation)
    for group in groups.values():
        for one, other in combinations(group, 2):
            if one.unit == other.unit and not one.interval.overlaps(other.interval):
                yield _contradiction(one, other, book)


def _contradiction(one: Observation, other: Observation, book: CodeBook) -> Finding:
    surely_one_window = difference(one, other) is None
    same_article = bool(one.articles & other.articles)
    indicator = book.indicators[one.indicator]
    return finding(
        "contradiction" if surely_one_window else "differs",
        "error" if surely_one_window and same_article else "warning",
        of=indicator,
        place=one.place,
        figures=(*one.figures, *other.figures),
        indicator=indicator,
        area=Area(one.place, one.body),
        window=When(one.window, one.kind),
        one=Amount(one.value, one.interval, one.unit),
        other=Amount(other.value, other.interval, other.unit),
        one_articles=sorted(one.articles),
        other_articles=sorted(other.articles),
    )


def _over_100(ratios: list[Ratio], book: CodeBook) -> Iterator[Finding]:
    """A part over its whole; a target may be passed, so attainment over 100 % is no finding."""
    for ratio in ratios:
        percent = ratio.measure.result == "percent" and ratio.measure.window == "same"
        if percent and ratio.interval is not None and ratio.interval.lo > 100:
            above, below = ratio.numerator, ratio.denominator
            yield finding(
                "over_100",
                "warning",
                of=book.indicators[above.indicator],
                place=above.place,
                figures=(*above.figures, *below.figures),
                measure=ratio.measure,
                area=Area(above.place, above.body),
                window=When(above.window, above.kind),
                value=ratio.amount,
            )


def _undated(articles: pd.DataFrame, figures: pd.DataFrame) -> Iterator[Finding]:
    unknown = set(articles.loc[articles["published"].isna(), "id"])
    left_open = figures[figures["article"].isin(unknown) & figures["period_end"].isna() & figures["indicator"].notna()]
    yield from _counted("undated_windows", "warning", list(left_open.itertuples(index=False)))


def _copies(articles: pd.DataFrame, releases: Releases) -> Iterator[Finding]:
    """One finding for each release of several articles, whatever their number."""
    hashes = articles.set_index("id")["sha256"]
    for release, members in releases.members.items():
        if len(members) > 1:
            one_file = hashes.loc[list(members)].nunique() == 1
            yield finding(
                "release",
                "note",
                "release_same_file" if one_file else "release",
                about=members[0],
                articles=sorted(members),
                count=len(members),
                first=members[0],
                published=AsOf(releases.dates[release]),
                share=math.floor(100 * _least_shared(members, releases)),
            )


def _least_shared(members: Collection[str], releases: Releases) -> float:
    """The least share, over the articles of a release, of what each has in common with the one most like it."""
    best = dict.fromkeys(members, 0.0)
    for pair in releases.pairs:
        share = 1.0 if pair.same_file else pair.shared / pair.count
        for name in {pair.smaller, pair.larger} & best.keys():
            best[name] = max(best[name], share)
    return min(best.values())
