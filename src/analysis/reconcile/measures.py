"""Measures: ratios of two observations of one place, body and window; every other pairing is refused, with its reason.

For each observation that could stand above the line of a measure there is at most one row: the ratio, or the refusal of
the nearest observation that could stand below it. Bounds are carried: lo = numerator.lo / denominator.hi, hi =
numerator.hi / denominator.lo. Ratios are of sums, never means of ratios.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.reconcile.bounds import Interval, floored, ratio
from analysis.reconcile.comparable import difference, distance, unstated
from analysis.reconcile.observations import Observation, identity
from analysis.reconcile.wording import Amount, Area, When, as_of_words, both
from analysis.reference.codebook import CodeBook, Measure

COLUMNS = (
    *("id", "measure", "place", "body", "period_start", "period_end", "as_of", "value", "lo", "hi"),
    *("numerator", "denominator", "status", "note", "note_vi"),
)
