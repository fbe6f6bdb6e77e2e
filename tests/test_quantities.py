"""Quantities in running text: the hard cases first, then properties."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.extract.folding import fold
from analysis.extract.numerals import Notation, tokens
from analysis.extract.quantities import read_fraction, read_quantity

# text, low, high, the words of the quantity
QUANTITIES = [
    ("13.126 đồng chí", 13126, None, "13.126"),
    ("6.383,9 km2", "6383.9", None, "6.383,9"),
    ("55,294 tỷ đồng", 55_294_000_000, None, "55,294 tỷ"),
    ("05 chi bộ", 5, None, "05"),
    ("2 tỷ 300 triệu đồng", 2_300_000_000, None, "2 tỷ 300 triệu"),
    ("2 tỷ 300 triệu 5 nghìn đồng", 2_300_005_000, None, "2 tỷ 300 triệu 5 nghìn"),
    ("1 nghìn 300 tỷ đồng", 1_300_000_000_000, None, "1 nghìn 300 tỷ"),
    ("5 nghìn 2 triệu", 5000, None, "5 nghìn"),
    ("1 tỷ 1 tỷ", 10**9, None, "1 tỷ"),
    ("3 nghìn 250 người", 3250, None, "3 nghìn 250"),
    ("3 nghìn 250 - 300 người", 3000, None, "3 nghìn"),
    ("2 tỷ 3 đồng", 2_300_000_000, None, "2 tỷ 3"),
    ("2 tỷ 3 công trình", 2_000_000_000, None, "2 tỷ"),
    ("2 tỷ, 3 công trình", 2_000_000_000, None, "2 tỷ"),
    ("1tr5 đồng", 1_500_000, None, "1tr5"),
    ("10 tỷ phú", 10, None, "10"),
    ("2 tỷ lệ", 2, None, "2"),
    ("40 vạn người", 400_000, None, "40 vạn"),
    ("10M USD", 10_000_000, None, "10m"),
    ("10m vải", 10, None, "10"),
    ("100km đường", 100, None, "100"),
    # Ranges.
    ("90 - 100 đảng viên", 90, 100, "90 - 100"),
    ("60-70%", 60, 70, "60-70"),
    ("10.000đ-15.000đ", 10_000, 15_000, "10.000đ-15.000"),
    ("300 - 500 nghìn đồng/suất", 300_000, 500_000, "300 - 500 nghìn"),
    ("3% đến 5%", 3, 5, "3% đến 5"),
    ("từ 1.000 đến 2.000 đồng", 1000, 2000, "1.000 đến 2.000"),
    ("từ 5 hội viên đến 10 hội viên", 5, 10, "5 hội viên đến 10"),
    ("từ 5 hội viên đến 10 xã", 5, None, "5"),
    ("5 hội viên đến 10 hội viên", 5, None, "5"),
    ("giữa 1000 và 2000 đồng", 1000, 2000, "1000 và 2000"),
    ("giữa 5 công ty và 7 đơn vị", 5, None, "5"),
    ("5 và 7 đơn vị", 5, None, "5"),
    ("10-15.000 đồng", 10_000, 15_000, "10-15.000"),
    ("1-10.000 người", 1, 10_000, "1-10.000"),
    ("từ âm 5 đến âm 2 độ", -5, -2, "âm 5 đến âm 2"),
    ("Từ năm 2017 đến năm 2020", 2017, None, "2017"),
    ("5 đơn vị đến 10/6", 5, None, "5"),
    ("5 đến 10/6", 5, None, "5"),
    ("100 đến 2020", 100, None, "100"),
    ("19 - 7 chi bộ", 19, None, "19"),
    # Thousands after a space, and rows of tables.
    ("3 000 người", 3000, None, "3 000"),
    ("12 345 678 đồng", 12_345_678, None, "12 345 678"),
    ("15 20 người", 15, None, "15"),
    ("100 1000 người", 100, None, "100"),
    ("100 200 300 400 500 600 người", 100, None, "100"),
    # Signs.
    ("đạt -1,2%", "-1.2", None, "-1,2"),
    ("còn -3 độ C", -3, None, "-3"),
    ("âm 3%", -3, None, "âm 3"),
    ("- 5 người", 5, None, "5"),
    ("-5 người", 5, None, "5"),
    ("Hà Nội -12 người", 12, None, "12"),
    ("2016 -70%", 2016, None, "2016"),
]


@pytest.mark.parametrize(("text", "low", "high", "words"), QUANTITIES, ids=lambda value: str(value))
def test_quantity(text, low, high, words):
    lower = fold(text).lower
    found = read_quantity(lower, tokens(lower)[0].start, Notation.DOT, counted=False)
    assert (found.value, found.value_high) == (Decimal(low), None if high is None else Decimal(high))
    assert lower[found.start : found.end] == words


@pytest.mark.parametrize("text", ["1-2-3 người", "0650.3500.111", "9" * 31 + " người"])
def test_digits_that_are_no_number(text):
    assert read_quantity(text, 0, Notation.DOT, counted=False) is None


@pytest.mark.parametrize(
    ("text", "value", "whole"), [("78/78 tổ", 78, 78), ("630 / 847 hộ", 630, 847), ("12/10/2020", None, None)]
)
def test_fraction(text, value, whole):
    found = read_fraction(text, 0)
    assert (found and (found.value, found.whole)) == (value and (value, whole))


@pytest.mark.parametrize(
    "text",
    ["1." * 100_000, "1" * 200_000, "1 " + "000 " * 50_000, "100 " * 50_000, "1-" * 100_000, "1 tỷ " * 40_000,
     "1 đến " * 40_000, "từ 1 a b c " * 20_000, "1" + " " * 200_000, "1 " + "triệu " * 40_000],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_long_lines_end(text):
    for token in tokens(text):
        read_quantity(text, token.start, Notation.DOT, counted=False)


ALPHABET = st.sampled_from(
    [*"0123456789.,-/% \n$đ", " tỷ", " triệu ", "tr", " đến ", " và ", "từ ", "âm ", " rưỡi", " m2", "k"]
)


@given(st.lists(ALPHABET, max_size=30).map("".join), st.sampled_from(Notation), st.booleans())
def test_no_text_raises_and_spans_hold_the_digit(text, notation, counted):
    for token in tokens(text):
        found = read_quantity(text, token.start, notation, counted)
        if found:
            assert found.start <= token.start < found.end <= len(text)
            assert found.value_high is None or found.value < found.value_high


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from([("tỷ", 9), ("triệu", 6)]))
def test_compounds_add_up(large, small, scale):
    word, power = scale
    below = {9: "triệu", 6: "nghìn"}[power]
    found = read_quantity(f"{large} {word} {small} {below} đồng", 0, Notation.DOT, counted=False)
    assert found.value == large * 10**power + small * 10 ** (power - 3)
