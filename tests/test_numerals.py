"""Values of Vietnamese numerals: the hard cases first, then properties."""

import csv
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.extract.folding import fold
from analysis.extract.numerals import Notation, notation_of, parse, tokens
from analysis.extract.quantities import read_quantity

QUANTITIES = [
    ("13.126 đồng chí", 13126, None),
    ("6.383,9 km2", "6383.9", None),
    ("55,294 tỷ đồng", 55_294_000_000, None),
    ("66,11%", "66.11", None),
    ("05 chi bộ", 5, None),
    ("2 tỷ 300 triệu đồng", 2_300_000_000, None),
    ("1 triệu 200 nghìn đồng", 1_200_000, None),
    ("90 - 100 đảng viên", 90, 100),
    ("60-70%", 60, 70),
    ("10.000-15.000 đồng", 10_000, 15_000),
    ("300 - 500 nghìn đồng/suất", 300_000, 500_000),
    ("3% đến 5%", 3, 5),
    ("3,5 ngàn người", 3500, None),
    ("2,5 nghìn tỷ đồng", 2_500_000_000_000, None),
    ("1.5 triệu đồng", 1_500_000, None),
    ("1,250 triệu đồng/suất", 1_250_000, None),
    ("2 tỷ rưỡi", 2_500_000_000, None),
    ("20tr đồng", 20_000_000, None),
    ("3 000 người", 3000, None),
    ("12 345 678 đồng", 12_345_678, None),
    ("2.925 tập thể", 2925, None),
    ("0,5% so với năm 2017", "0.5", None),
    ("40 vạn người", 400_000, None),
    # No range where the second number is smaller, no thousands where the second group stands for itself.
    ("19 - 7 chi bộ", 19, None),
    ("15 20 người", 15, None),
    ("100 1000 người", 100, None),
]


@pytest.mark.parametrize(("text", "low", "high"), QUANTITIES)
def test_quantity(text, low, high):
    found = read_quantity(fold(text).lower, 0, Notation.DOT, counted=False)
    assert (found.value, found.value_high) == (Decimal(low), None if high is None else Decimal(high))


@pytest.mark.parametrize(
    ("token", "notation", "counted", "scaled", "value"),
    [
        ("9,216", Notation.COMMA, False, False, 9216),
        ("9,216", Notation.DOT, True, False, 9216),
        ("9,216", Notation.DOT, False, False, "9.216"),
        ("55,294", Notation.COMMA, True, True, "55.294"),
        ("0,300", Notation.COMMA, True, False, "0.3"),
        ("1.2", Notation.DOT, False, False, "1.2"),
        ("0650.3500.111", Notation.DOT, False, False, None),
        ("1.23.456", Notation.DOT, False, False, None),
        ("9" * 31, Notation.DOT, False, False, None),
    ],
)
def test_one_token_read_by_its_company(token, notation, counted, scaled, value):
    assert parse(token, notation, counted, scaled) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("19.320 người, 55,294 tỷ", Notation.DOT),
        ("53,162 đoàn viên, 1,514 người", Notation.COMMA),
        ("255,529", Notation.DOT),
        ("không có số", Notation.DOT),
    ],
)
def test_notation_is_the_articles_own(text, notation):
    assert notation_of(text) is notation


def test_tokens_are_whole():
    assert [t.text for t in tokens("Ngày 12/12/2013, 2017-2020, 19.320; 66,11%, 41/50. Km2")] == [
        "12/12/2013", "2017-2020", "19.320", "66,11", "41/50", "2",
    ]  # fmt: skip


@given(st.text(max_size=200))
def test_every_digit_is_in_a_token(text):
    covered = {i for token in tokens(text) for i in range(token.start, token.end)}
    assert {i for i, character in enumerate(text) if character in "0123456789"} <= covered


@given(st.integers(min_value=0, max_value=10**12))
def test_grouped_thousands_parse_back(value):
    assert parse(f"{value:,}".replace(",", ".")) == value
    assert parse(f"{value:,}", Notation.COMMA, counted=True) == value


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_decimals_parse_back(value):
    assert parse(str(value).replace(".", ",")) == value


def test_cases_of_notation(shared):
    with (shared / "cases/notation.tsv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file, delimiter="\t") if any(c.isdigit() for c in r["text"])]
    wrong = []
    for row in rows:
        lower = fold(row["text"]).lower
        found = read_quantity(lower, tokens(lower)[0].start, Notation.DOT, counted=False)
        want = (Decimal(row["value"]), Decimal(row["high"]) if row["high"] else None)
        if found is None or (found.value, found.value_high) != want:
            wrong.append((row["text"], found, want))
    assert not wrong
