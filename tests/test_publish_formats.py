"""Numbers and windows as readers write them: hard cases first, then properties."""

from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import parse_decimal
from hypothesis import given
from hypothesis import strategies as st

from analysis.publish import formats
from analysis.publish.formats import NO_BREAK, hedged, hedged_ratio, money, number, percent, qualifier
from analysis.publish.windows import Window, partial_bounds, partial_label

INF = float("inf")


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (19320, None, "19.320", "19,320"),
        (66.11, None, "66,11", "66.11"),
        (0, None, "0", "0"),
        (1234567.5, None, "1.234.567,5", "1,234,567.5"),
        (999, None, "999", "999"),
        (0.6794, 2, "0,68", "0.68"),
        (28.6, 0, "29", "29"),
        (67.94, 1, "67,9", "67.9"),
        (-5, None, "-5", "-5"),
    ],
)
def test_number(value, decimals, vi, en):
    assert (number(value, "vi", decimals), number(value, "en", decimals)) == (vi, en)


@pytest.mark.parametrize("value", [INF, -INF, float("nan")])
def test_number_refuses_what_has_no_digits(value):
    with pytest.raises(ValueError, match="hedged"):
        number(value, "vi")


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (55_294_000_000, "55,294 tỷ đồng", "VND 55.294 billion"),
        (175_000_000_000, "175 tỷ đồng", "VND 175 billion"),
        (2_300_000_000, "2,3 tỷ đồng", "VND 2.3 billion"),
        (4_360_000, "4,36 triệu đồng", "VND 4.36 million"),
        (999_999, "999.999 đồng", "VND 999,999"),
        (1_200_000_000_000, "1.200 tỷ đồng", "VND 1,200 billion"),
    ],
)
def test_money(value, vi, en):
    assert money(value, "vi").replace(NO_BREAK, " ") == vi
    assert money(value, "en").replace(NO_BREAK, " ") == en


@pytest.mark.parametrize(
    ("value", "lo", "hi", "unit", "vi", "en"),
    [
        (70000, 70000, INF, "person", "ít nhất 70.000", "at least 70,000"),
        (120, -INF, 120, "person", "nhiều nhất 120", "at most 120"),
        (120, 0, 120, "person", "nhiều nhất 120", "at most 120"),
        (400, 400, INF, "person", "ít nhất 400", "at least 400"),
        (90, 90, 100, "person", "90–100", "90–100"),
        (60, 60, 70, "percent", "60–70%", "60–70%"),
        (500, 450, 550, "person", "khoảng 500", "about 500"),
        (202, 202, 202, "person", "202", "202"),
        (28, 28, INF, "percent", "ít nhất 28%", "at least 28%"),
        (2e9, 2e9, 3e9, "VND", "2 tỷ đồng – 3 tỷ đồng", "VND 2 billion – VND 3 billion"),
    ],
)
def test_hedged(value, lo, hi, unit, vi, en):
    assert hedged(value, lo, hi, unit, "vi").replace(NO_BREAK, " ") == vi
    assert hedged(value, lo, hi, unit, "en").replace(NO_BREAK, " ") == en


@pytest.mark.parametrize(
    ("value", "lo", "hi", "vi"),
    [
        (28.6, 0, INF, "khoảng 28,6"),  # both parts are bounds: nothing is known but the quotient printed
        (65.1, 0, 65.1, "nhiều nhất 65,1"),
        (2.86, 2.86, INF, "ít nhất 2,9"),
        (67.94, 67.94, 67.94, "67,9"),
    ],
)
def test_hedged_ratio(value, lo, hi, vi):
    assert hedged_ratio(value, lo, hi, "number", "vi", 1) == vi


@given(st.floats(-1e12, 1e12), st.integers(0, 6), st.sampled_from(["vi", "en"]))
def test_a_formatted_number_parses_back(value, decimals, lang):
    parsed = parse_decimal(number(value, lang, decimals), locale=formats.LOCALES[lang], strict=True)
    assert abs(parsed - Decimal(repr(value))) <= Decimal(1).scaleb(-decimals) / 2


@given(st.integers(-(10**15), 10**15), st.sampled_from(["vi", "en"]))
def test_a_whole_number_parses_back_exactly(value, lang):
    assert int(parse_decimal(number(value, lang), locale=formats.LOCALES[lang], strict=True)) == value


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6))
def test_every_interval_has_a_qualifier_that_can_be_worded(a, b, c):
    lo, value, hi = sorted((a, b, c))
    assert qualifier(value, lo, hi) in ("exact", "at_least", "at_most", "range", "about")
    assert hedged(value, lo, hi, "person", "vi")


def test_percent_carries_its_sign():
    assert (percent(66.11, "vi"), percent(66.11, "en")) == ("66,11%", "66.11%")


@pytest.mark.parametrize(
    ("start", "end", "as_of", "vi", "en"),
    [
        ("2013-01-01", None, "2023-08-12", "2013 – nay (12/8/2023)", "2013 to date (12 Aug 2023)"),
        ("2013-01-01", None, "2019", "2013 – nay (2019)", "2013 to date (2019)"),
        ("2013-01-01", None, "", "2013 – nay", "2013 to date"),
        ("2017-01-01", "2020-12-31", "", "2017–2020", "2017–2020"),
        ("2018-01-01", "2018-12-31", "", "2018", "2018"),
        ("2019-05-30", "2019-07-10", "", "30/5/2019 – 10/7/2019", "30 May 2019 – 10 Jul 2019"),
        ("2019-05-01", "2019-07-31", "", "5/2019 – 7/2019", "May 2019 – Jul 2019"),
        ("2019-02-01", "2019-02-28", "", "2/2019", "Feb 2019"),
        (None, "2018-12-31", "", "đến 2018", "to 2018"),
        (None, None, "2023-08", "8/2023", "Aug 2023"),
        (None, None, "", "không rõ thời gian", "window not stated"),
    ],
)
def test_window_label(start, end, as_of, vi, en):
    window = Window(start and date.fromisoformat(start), end and date.fromisoformat(end), as_of)
    assert (window.label("vi"), window.label("en")) == (vi, en)


def test_a_flow_without_start_is_not_a_moment():
    window = Window(None, None, "2019", moment=False)
    assert not window.known
    assert window.label("en") == "window not stated (article of 2019)"


@pytest.mark.parametrize(
    ("start", "end", "as_of", "years"),
    [
        ("2017-01-01", "2020-12-31", "", (4, 4)),
        ("2013-01-01", None, "2019", (6 + 1 / 365.2425, 7)),
        ("2013-01-01", None, "", None),
        (None, "2020-12-31", "", None),
        ("2020-01-01", None, "2019", None),  # an article cannot report what begins after it
    ],
)
def test_window_years(start, end, as_of, years):
    window = Window(start and date.fromisoformat(start), end and date.fromisoformat(end), as_of)
    assert window.years() == (None if years is None else pytest.approx(years, abs=0.01))


@pytest.mark.parametrize("text", ["", "12/8/2023", "2023-13", "2023-02-30", "23"])
def test_a_date_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match="not a date"):
        partial_bounds(text)
    with pytest.raises(ValueError, match="not a date"):
        partial_label(text, "vi")
