"""Intervals: what the words around a number allow, and what a ratio of two of them can be."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reconcile.bounds import Interval, bounds, floored, ratio
from analysis.reference.codebook import load_codebook

INF = math.inf
BOOK = load_codebook()

WORDS = [
    ((400, None, "at_least"), (400, INF)),  # ít nhất từ 400 trở lên
    ((70000, None, "at_least"), (70000, INF)),  # trên 70.000
    ((120, None, "at_most"), (-INF, 120)),  # gần 120
    ((90, 100, "exact"), (90, 100)),  # 90 - 100 đảng viên
    ((100, 90, "exact"), (90, 100)),  # a range printed the wrong way round
    ((60, 70, "at_least"), (60, INF)),
    ((60, 70, "at_most"), (-INF, 70)),
    ((500, None, "about"), (450, 550)),
    ((500, 600, "about"), (450, 660)),
    ((0, None, "about"), (0, 0)),
    ((-5, None, "about"), (-5.5, -4.5)),
    ((66.11, None, "exact"), (66.11, 66.11)),
]


@pytest.mark.parametrize(("words", "expected"), WORDS)
def test_bounds_say_what_the_words_allow(words, expected):
    assert bounds(*words, BOOK) == pytest.approx(expected)


def test_unknown_qualifier_is_refused():
    with pytest.raises(ValueError, match="roughly"):
        bounds(5, None, "roughly", BOOK)


RATIOS = [
    ((13126, 13126), (19320, 19320), 100, (67.9399585921325, 67.9399585921325)),
    ((45580, 45580), (70000, INF), 100, (0, 65.11428571428571)),  # 45.580 of trên 70.000
    ((600700, INF), (20990, INF), 1, (0, INF)),  # both open the same way: nothing is known
    ((17e9, INF), (5934, 5934), 1, (17e9 / 5934, INF)),
    ((0, 120), (10, 20), 1, (0, 12)),
    ((5, 5), (0, 10), 1, (0.5, INF)),
    ((0, 0), (4, 4), 1, (0, 0)),
]


@pytest.mark.parametrize(("above", "below", "scale", "expected"), RATIOS)
def test_ratio_carries_bounds(above, below, scale, expected):
    assert ratio(Interval(*above), Interval(*below), scale) == pytest.approx(expected)


@pytest.mark.parametrize(("above", "below"), [((1, 1), (0, 0)), ((-1, 1), (1, 1)), ((1, 1), (-1, 1))])
def test_ratio_without_meaning_is_refused(above, below):
    with pytest.raises(ValueError, match="negative"):
        ratio(Interval(*above), Interval(*below))


def test_floor_cuts_only_what_lies_below_it():
    assert floored(Interval(-INF, 120), 0) == (0, 120)
    assert floored(Interval(5, INF), 0) == (5, INF)
    assert floored(Interval(-9, -3), 0) == (-9, -3)


amounts = st.floats(0, 1e12, allow_subnormal=False)
positive = st.floats(1e-3, 1e12)
qualifiers = st.sampled_from(["exact", "at_least", "at_most", "about"])


@given(amounts, st.none() | amounts, qualifiers)
def test_value_lies_in_its_bounds(value, high, qualifier):
    interval = bounds(value, high, qualifier, BOOK)
    assert interval.lo <= value <= interval.hi or high is not None
    assert interval.lo <= min(value, value if high is None else high)


@given(amounts, amounts, positive, positive, st.floats(0, 1), st.floats(0, 1), st.sampled_from([1, 100]))
def test_ratio_bounds_hold_the_ratio_of_any_values_inside(a, b, c, d, share_n, share_d, scale):
    above, below = Interval(*sorted((a, b))), Interval(*sorted((c, d)))
    n = min(above.hi, above.lo + share_n * (above.hi - above.lo))
    d = min(below.hi, below.lo + share_d * (below.hi - below.lo))
    interval = ratio(above, below, scale)
    assert interval.lo <= scale * n / d * (1 + 1e-12)
    assert scale * n / d <= interval.hi * (1 + 1e-12)
