"""Windows, dates known in part, and when two observations are of one thing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reconcile.windows import Window, earliest, partial_bounds

PARTIAL = [
    ("2019", (date(2019, 1, 1), date(2019, 12, 31))),
    ("2020-02", (date(2020, 2, 1), date(2020, 2, 29))),
    ("2019-02", (date(2019, 2, 1), date(2019, 2, 28))),
    ("2019-10-17", (date(2019, 10, 17), date(2019, 10, 17))),
    ("", None),
    (None, None),
    ("2019-13", None),
    ("2019-02-30", None),
    ("17/10/2019", None),
    ("2019-1", None),
    ("0000", None),
]


@pytest.mark.parametrize(("text", "expected"), PARTIAL)
def test_partial_dates(text, expected):
    assert partial_bounds(text) == expected


DATES = [
    (["2023", "2023-08-12"], "2023-08-12"),  # the copy of August says that the first was out by then
    (["2023-08-12", "2023-08"], "2023-08-12"),
    (["2022", "2023-08-12"], "2022"),
    (["2023-12-31", "2023"], "2023-12-31"),
    (["", None, "2019"], "2019"),
    (["", None], None),
    ([], None),
]


@pytest.mark.parametrize(("published", "expected"), DATES)
def test_release_is_dated_by_the_copy_that_was_surely_out_first(published, expected):
    assert earliest(published) == expected
    assert earliest(reversed(published)) == expected


def test_as_of_is_kept_only_where_the_end_is_open():
    assert Window.of(date(2013, 1, 1), None, "2019").as_of == "2019"
    assert Window.of(None, None, "2019").as_of == "2019"
    assert Window.of(date(2017, 1, 1), date(2020, 12, 31), "2021").as_of is None


@given(st.dates(), st.dates(), st.dates(), st.dates())
def test_distance_of_windows_is_symmetric_and_zero_only_for_the_same(a, b, c, d):
    one, other = Window(a, b, None), Window(c, d, None)
    assert one.days_from(other) == other.days_from(one)
    assert (one.days_from(other) == 0) == (one == other)


def test_unknown_bound_is_farther_than_any_known_one():
    known, unknown = Window(date(2013, 1, 1), date(2019, 12, 31), None), Window(None, None, "2019")
    assert known.days_from(unknown) > known.days_from(Window(date(1990, 1, 1), date(2019, 12, 31), None))
