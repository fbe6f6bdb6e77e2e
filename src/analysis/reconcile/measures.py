"""Measures: ratios of two observations of one place, body and window; every other pairing is refused, with its reason.

For each observation that could stand above the line of a measure there is at most one row: the ratio, or the refusal of
the nearest observation that could stand below it. Where either is contradicted by another value of the same place, body
and window, the ratio is refused, for nothing says which value holds. Of two values that agree, the one whose words say
more ("13.126" beside "gần 13.200") is used. Bounds are carried: lo = numerator.lo / denominator.hi, hi =
numerator.hi / denominator.lo. Ratios are of sums, never means of ratios.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from analysis.reconcile.bounds import Interval, floored, ratio
from analysis.reconcile.comparable import difference, distance, rivals, unstated
from analysis.reconcile.observations import Observation, identity
from analysis.reconcile.wording import Amount, Area, AsOf, Dispute, Listed, When, both
from analysis.reference.codebook import CodeBook, Measure

COLUMNS = (
    *("id", "measure", "place", "body", "period_start", "period_end", "as_of", "window_kind", "value", "lo", "hi"),
    *("numerator", "denominator", "status", "note", "note_vi"),
)


@dataclass(frozen=True)
class Ratio:
    """One row of the measures table: computed, or refused because of `refused` (value and interval are then None).

    `contested` holds, for numerator and denominator, the values that contradict each other.
    """

    measure: Measure
    numerator: Observation
    denominator: Observation
    value: float | None = None
    interval: Interval | None = None
    refused: str | None = None
    contested: tuple[tuple[Observation, ...], ...] = ()

    @cached_property
    def id(self) -> str:
        return identity("m", self.measure.slug, self.numerator.id, self.denominator.id)

    @property
    def amount(self) -> Amount:
        """The value with its bounds in the measure's own unit. Raises ValueError where refused."""
        if self.value is None or self.interval is None:
            raise ValueError(f"{self.measure.slug} was refused ({self.refused}), so it has no value")
        unit = "" if self.measure.result == "ratio" else self.measure.result
        return Amount(self.value, self.interval, unit, self.measure.decimals)

    def notes(self, book: CodeBook) -> tuple[str, str]:
        """How it was computed, or why not, in English and Vietnamese."""
        told = [self._refusal(book)] if self.refused else list(self._computation())
        english, vietnamese = zip(*told, strict=True)
        return " ".join(english), " ".join(vietnamese)

    def _computation(self) -> Iterator[tuple[str, str]]:
        above, below = self.numerator, self.denominator
        yield both("computed", numerator=_amount(above), denominator=_amount(below), window=_when(above))
        if self.interval and not self.interval.exact:
            yield self._bounds(self.interval)
        if unstated(above):
            yield both("computed_unstated")
        if self.measure.window == "target":
            key = "computed_progress_half" if above.window.half else "computed_progress"
            yield both(key, target=below.value, end=below.window.end or "")

    def _bounds(self, interval: Interval) -> tuple[str, str]:
        """The bounds in words; a lower end of 0 says nothing that a ratio of counts does not say by itself."""
        said = Interval(float("-inf"), interval.hi) if interval.lo == 0 else interval
        return both("computed_bounded", bounds=replace(self.amount, interval=said))

    def _refusal(self, book: CodeBook) -> tuple[str, str]:
        above, below = self.numerator, self.denominator
        return both(
            f"refused_{self.refused}",
            denominator=book.indicators[below.indicator],
            numerator_area=Area(above.place, above.body),
            denominator_area=Area(below.place, below.body),
            numerator_window=_when(above),
            denominator_window=_when(below),
            numerator_unit=book.units[above.unit],
            denominator_unit=book.units[below.unit],
            as_of=AsOf(above.window.as_of),
            numerator_value=_amount(above),
            denominator_value=_amount(below),
            disputes=Listed(tuple(_dispute(values, book) for values in self.contested), "; "),
        )


def measure_all(observations: Iterable[Observation], book: CodeBook) -> list[Ratio]:
    """Every measure of the code book that the observations allow, and the refusals, in the code book's order."""
    shelf = _Shelf(observations)
    rows = (_ratio(measure, above, shelf, book) for measure in book.measures for above in shelf.of(measure.numerator))
    return _said_most([row for row in rows if row is not None])


def measures_table(ratios: Iterable[Ratio], book: CodeBook) -> pd.DataFrame:
    """Rows for `ratios`, ready for the schema; place, body and window are the numerator's."""
    return pd.DataFrame([_row(ratio, book) for ratio in ratios], columns=list(COLUMNS), dtype=object)


def _row(row: Ratio, book: CodeBook) -> tuple:
    above = row.numerator
    window = above.window
    english, vietnamese = row.notes(book)
    lo, hi = row.interval or (None, None)
    return (
        *(row.id, row.measure.slug, above.place, above.body),
        *(window.start, window.end, window.as_of, window.kind(above.kind)),
        *(
            row.value,
            lo,
            hi,
            above.id,
            row.denominator.id,
            "refused" if row.refused else "derived",
            english,
            vietnamese,
        ),
    )


class _Shelf:
    """Observations where a measure finds them: by indicator and place, or in the releases that the numerator stands in."""

    def __init__(self, observations: Iterable[Observation]):
        observations = list(observations)
        self._rivals = rivals(observations)
        self._by_indicator: dict[str, list[Observation]] = defaultdict(list)
        self._by_place: dict[tuple[str, str], list[Observation]] = defaultdict(list)
        self._by_release: dict[tuple[str, str], list[Observation]] = defaultdict(list)
        for observation in observations:
            self._by_indicator[observation.indicator].append(observation)
            self._by_place[observation.indicator, observation.place].append(observation)
            for release in observation.releases:
                self._by_release[observation.indicator, release].append(observation)

    def of(self, indicator: str) -> list[Observation]:
        return self._by_indicator[indicator]

    def contested(self, observation: Observation) -> tuple[Observation, ...]:
        """The observation with those that contradict it; () where none does."""
        others = self._rivals.get(observation.id, ())
        return tuple(sorted((observation, *others), key=Observation.sort_key)) if others else ()

    def near(self, above: Observation, indicator: str) -> list[Observation]:
        """What might stand below `above`: of its place, or told in the same release."""
        found = {below.id: below for below in self._by_place[indicator, above.place]}
        for release in above.releases:
            found |= {below.id: below for below in self._by_release[indicator, release]}
        return sorted(found.values(), key=lambda below: (distance(above, below), below.sort_key()))


def _ratio(measure: Measure, above: Observation, shelf: _Shelf, book: CodeBook) -> Ratio | None:
    candidates = shelf.near(above, measure.denominator)
    if not candidates:
        return None
    fitting = [below for below in candidates if _obstacle(measure, above, below) is None]
    if not fitting:
        nearest = candidates[0]
        return Ratio(measure, above, nearest, refused=_obstacle(measure, above, nearest))
    nearest = fitting[0]
    alike = [below for below in fitting if (below.key, below.unit) == (nearest.key, nearest.unit)]
    disputed = next((below for below in alike if shelf.contested(below)), nearest)
    if contested := tuple(values for part in (above, disputed) if (values := shelf.contested(part))):
        return Ratio(measure, above, disputed, refused="contested", contested=contested)
    return _computed(measure, above, min(alike, key=_says_most), book)


def _says_most(observation: Observation) -> tuple:
    """Sorts by how wide the words leave the value, the narrowest first."""
    return observation.interval.hi - observation.interval.lo, observation.sort_key()


def _said_most(rows: list[Ratio]) -> list[Ratio]:
    """Without the ratios of a numerator that another numerator of the same key and window says more precisely."""
    groups: dict[tuple, list[Ratio]] = defaultdict(list)
    for row in rows:
        if row.refused is None:
            groups[row.measure.slug, row.numerator.key, row.numerator.unit].append(row)
    return [row for row in rows if row.refused or not _outdone(row, groups)]


def _outdone(row: Ratio, groups: dict[tuple, list[Ratio]]) -> bool:
    above = row.numerator
    return any(
        _says_most(other.numerator) < _says_most(above) and difference(other.numerator, above) is None
        for other in groups[row.measure.slug, above.key, above.unit]
    )


def _obstacle(measure: Measure, above: Observation, below: Observation) -> str | None:
    """Why the two do not make this measure, or None."""
    apart = _target_difference(above, below) if measure.window == "target" else difference(above, below)
    if apart is None and measure.units == "same" and above.unit != below.unit:
        return "units"
    return apart


def _target_difference(above: Observation, target: Observation) -> str | None:
    """A target is a level to reach by the end of its window: progress starts with that window and stays inside it."""
    if above.place != target.place:
        return "place"
    if above.body != target.body:
        return "body"
    if above.window.start is None or above.window.start != target.window.start:
        return "target_start"
    ends, due = above.window.closes, target.window.end
    return "target_end" if ends is None or due is None or ends[1] > due else None


def _computed(measure: Measure, above: Observation, below: Observation, book: CodeBook) -> Ratio:
    if below.value == 0:
        return Ratio(measure, above, below, refused="zero")
    if above.value < 0 or below.value < 0:
        return Ratio(measure, above, below, refused="negative")
    floor = book.assumed("count_floor")
    under = _threshold(below) if measure.window == "target" else floored(below.interval, floor)
    interval = ratio(floored(above.interval, floor), under, measure.scale)
    if interval == (0, float("inf")):
        return Ratio(measure, above, below, refused="unbounded")
    return Ratio(measure, above, below, measure.scale * above.value / below.value, interval)


def _threshold(target: Observation) -> Interval:
    """What a target asks for: "at least 400" is met at 400, so a side left open is the number itself."""
    one_sided = float("inf") in (target.interval.hi, -target.interval.lo)
    return Interval(target.value, target.value) if one_sided else target.interval


def _dispute(values: tuple[Observation, ...], book: CodeBook) -> Dispute:
    said = tuple((_amount(observation), observation.id) for observation in values)
    return Dispute(book.indicators[values[0].indicator], said)


def _amount(observation: Observation) -> Amount:
    return Amount(observation.value, observation.interval, observation.unit)


def _when(observation: Observation) -> When:
    return When(observation.window, observation.kind)
