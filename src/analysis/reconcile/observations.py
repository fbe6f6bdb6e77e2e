"""Observations: one row per fact as reported, indicator × place × body × window, with every figure that states it.

Figures that state the same value for the same key are one observation; copies of one release give it one vote. Nothing
else is reconciled here: two values for one key stay two observations, and a check names them.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from analysis.reconcile.bounds import Interval
from analysis.reconcile.windows import Window

COLUMNS = (
    *("id", "indicator", "place", "body", "period_start", "period_end", "as_of", "window_kind"),
    *("value", "lo", "hi", "unit", "kind"),
    *("n_articles", "n_releases", "figures", "status"),
)
HALF_TERM = "window: half of a term"  # How extraction names the rule in a figure's reason.
HALF_WORDS = re.compile(r"nửa (?:đầu |cuối )?nhiệm kỳ")


@dataclass(frozen=True)
class Source:
    """Where one figure of an observation stands: enough to say whether two stand under the same words."""

    figure: str
    article: str
    release: str
    period_text: str | None
    quote: str


@dataclass(frozen=True)
class Observation:
    """One fact as reported. `value` is the printed number, `interval` what its words allow."""

    indicator: str
    place: str
    body: str | None
    window: Window
    value: float
    interval: Interval
    unit: str
    kind: str
    sources: tuple[Source, ...]

    @property
    def key(self) -> tuple:
        """What it is about: two observations of one key with different values differ about one fact."""
        return self.indicator, self.place, self.body, self.window

    @cached_property
    def id(self) -> str:
        """From what is stated, not from where, so that a further copy changes no id."""
        start, end, as_of = self.window.sort_key()
        stated = (self.indicator, self.place, self.body or "", start, end, as_of, self.value, *self.interval, self.unit)
        return identity("o", *stated)

    @cached_property
    def figures(self) -> tuple[str, ...]:
        return tuple(source.figure for source in self.sources)

    @cached_property
    def articles(self) -> frozenset[str]:
        return frozenset(source.article for source in self.sources)

    @cached_property
    def releases(self) -> frozenset[str]:
        return frozenset(source.release for source in self.sources)

    @cached_property
    def contexts(self) -> frozenset[tuple[str, str, str]]:
        """Article with its window words, and article with sentence: what an unstated window is known by."""
        words = {(source.article, "words", source.period_text) for source in self.sources if source.period_text}
        return frozenset(words | {(source.article, "sentence", source.quote) for source in self.sources})

    def sort_key(self) -> tuple:
        return self.indicator, self.place, self.body or "", self.window.sort_key(), self.value, self.id


def identity(letter: str, *parts) -> str:
    """A short stable id: `letter` and ten hexadecimal digits of the SHA-256 of the parts."""
    return letter + hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:10]


def observe(figures: pd.DataFrame, release_dates: dict[str, str | None]) -> list[Observation]:
    """The observations of a checked figures table, in a fixed order whatever the order of the articles.

    `release_dates` is release → partial ISO date or None. A figure that is rejected, has no indicator or no place, or
    whose window ends before it starts makes none; `checks` counts those.
    """
    groups: dict[Observation, list[Source]] = defaultdict(list)
    for row in figures.itertuples(index=False):
        if usable(row):
            source = Source(row.id, row.article, row.release, _none(row.period_text), row.quote)
            groups[_stated(row, release_dates)].append(source)
    found = [replace(stated, sources=tuple(sorted(sources, key=_order))) for stated, sources in groups.items()]
    return sorted(found, key=Observation.sort_key)


def usable(row) -> bool:
    """Whether a row of the figures table (a named tuple) says what, where and when well enough to be an observation."""
    return row.status != "rejected" and not pd.isna(row.indicator) and not pd.isna(row.place) and not backwards(row)


def backwards(row) -> bool:
    """Whether a row's window ends before it starts."""
    return bool(pd.notna(row.period_start) and pd.notna(row.period_end) and row.period_end < row.period_start)


def half_term(row) -> bool:
    """Whether the words give a row of the figures table half of a term; a title has its window from the text's words."""
    words = unicodedata.normalize("NFC", _none(row.period_text) or "").lower()
    return HALF_TERM in row.reason or HALF_WORDS.search(words) is not None


def observations_table(observations: list[Observation], contested: Collection[str] = ()) -> pd.DataFrame:
    """Rows for `observations`, ready for the schema; `contested` holds the ids of those that another contradicts."""
    rows = [
        _row(observation, "contested" if observation.id in contested else "reported") for observation in observations
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _row(observation: Observation, status: str) -> tuple:
    window = observation.window
    return (
        *(observation.id, observation.indicator, observation.place, observation.body),
        *(window.start, window.end, window.as_of, window.kind(observation.kind)),
        *(observation.value, *observation.interval),
        *(observation.unit, observation.kind, len(observation.articles), len(observation.releases)),
        *(";".join(observation.figures), status),
    )


def _stated(row, release_dates: dict[str, str | None]) -> Observation:
    """What a figure states, as an observation that does not yet say where it stands."""
    half = row.kind == "flow" and half_term(row)
    window = Window.of(_date(row.period_start), _date(row.period_end), release_dates[row.release], half)
    interval = Interval(row.lo, row.hi)
    return Observation(row.indicator, row.place, _none(row.body), window, row.value, interval, row.unit, row.kind, ())


def _order(source: Source) -> tuple[str, str]:
    return source.article, source.figure


def _none(value) -> str | None:
    return None if pd.isna(value) else str(value)


def _date(value) -> date | None:
    return None if pd.isna(value) else value.date()
