"""Windows, dates known in part, and when two observations are of one thing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reconcile.windows import Window, earliest, partial_bounds
from analysis.reconcile.wording import When

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
    (["2023", "2023-08-12"], "2023"),  # out by August, but on no day that anyone knows
    (["2023", "2023-09"], "2023"),
    (["2023-08-12", "2023-08"], "2023-08"),
    (["2023-08", "2023-10-01", "2024"], "2023-08"),
    (["2023-01-01", "2023"], "2023"),
    (["2022", "2023-08-12"], "2022"),
    (["2023-12-31", "2023"], "2023"),
    (["", None, "2019"], "2019"),
    (["", None], None),
    ([], None),
]


@pytest.mark.parametrize(("published", "expected"), DATES)
def test_release_is_dated_by_its_first_copy_and_no_more_precisely_than_is_sure(published, expected):
    assert earliest(published) == expected
    assert earliest(reversed(published)) == expected


partial = st.dates(date(2018, 1, 1), date(2020, 12, 31)).flatmap(
    lambda day: st.sampled_from([day.isoformat()[:length] for length in (4, 7, 10)])
)


@given(st.lists(partial, min_size=1, max_size=5), st.data())
def test_the_release_date_holds_the_first_day_whatever_the_partial_dates_mean(published, data):
    days = [data.draw(st.dates(*partial_bounds(text))) for text in published]
    first, last = partial_bounds(earliest(published))
    assert first <= min(days) <= last


KINDS = [
    (Window(date(2013, 1, 1), date(2019, 12, 31), None), "flow", "closed"),
    (Window(date(2013, 1, 1), None, "2019"), "flow", "open"),
    (Window(date(2013, 1, 1), None, None), "flow", "open"),
    (Window(date(2017, 1, 1), None, "2021", half=True), "flow", "half"),
    (Window(None, date(2022, 12, 31), None, half=True), "flow", "half"),
    (Window(None, None, "2019"), "stock", "asof"),
    (Window(None, date(2019, 6, 30), None), "stock", "asof"),
    (Window(None, None, "2019"), "share", "asof"),
    (Window(None, None, "2019"), "flow", "unstated"),
    (Window(None, date(2019, 6, 30), None), "flow", "unstated"),
]


@pytest.mark.parametrize(("window", "counted", "kind"), KINDS)
def test_a_window_has_a_kind(window, counted, kind):
    assert window.kind(counted) == kind


def test_half_of_a_term_is_another_window_and_its_last_day_is_never_known():
    half, whole = (Window.of(date(2017, 1, 1), None, "2021-02-03", half) for half in (True, False))
    assert half != whole
    assert half.sort_key() != whole.sort_key()
    assert whole.exactly_dated
    assert not half.exactly_dated
    assert half.closes == whole.closes
    assert not Window.of(date(2017, 1, 1), date(2019, 12, 31), None, True).half


HALF = [
    (Window(date(2017, 1, 1), None, "2021", half=True), "nửa nhiệm kỳ từ 2017 (bài năm 2021)", "half of the term from 2017 (article of 2021)"),
    (Window(date(2017, 1, 1), None, "2021-05", half=True), "nửa nhiệm kỳ từ 2017 (bài tháng 5/2021)", "half of the term from 2017 (article of May 2021)"),
    (Window(date(2017, 1, 1), None, None, half=True), "nửa nhiệm kỳ từ 2017 (bài chưa rõ ngày đăng)", "half of the term from 2017 (article undated)"),
    (Window(None, date(2022, 12, 31), None, half=True), "nửa cuối nhiệm kỳ, đến 31/12/2022", "second half of the term, up to 31 December 2022"),
]  # fmt: skip


@pytest.mark.parametrize(("window", "vi", "en"), HALF)
def test_half_of_a_term_is_never_said_to_run_to_date(window, vi, en):
    assert (When(window).label("vi"), When(window).label("en")) == (vi, en)


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
