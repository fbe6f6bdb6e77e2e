"""Values of Vietnamese numerals: the hard cases first, then properties."""

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from analysis.extract.numerals import TOKEN, Notation, notation_of, parse, tokens
from analysis.extract.quantities import read_quantity


@pytest.mark.parametrize(
    ("token", "notation", "counted", "scaled", "value"),
    [
        ("9,216", Notation.COMMA, False, False, 9216),
        ("9,216", Notation.DOT, True, False, 9216),
        ("9,216", Notation.DOT, False, False, "9.216"),
        ("55,294", Notation.COMMA, True, True, "55.294"),
        ("0,300", Notation.COMMA, True, False, "0.3"),
        ("1.2", Notation.DOT, False, False, "1.2"),
        ("1.250", Notation.COMMA, False, True, "1.25"),
        ("1.250", Notation.COMMA, True, False, 1250),
        ("1,234.5", Notation.DOT, False, False, "1234.5"),
        ("1.234.567,8", Notation.COMMA, False, False, "1234567.8"),
        ("1.23,4", Notation.DOT, False, False, None),
        ("1.234,5.6", Notation.DOT, False, False, None),
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
        # Decimals before a scale word or a percent sign tell nothing of thousands; a short decimal comma does.
        ("17,250 tỷ đồng và 12,125%", Notation.DOT),
        ("9,216 và 3,100; tăng 0,3 lần", Notation.DOT),
        ("1,234,567 đồng", Notation.COMMA),
        ("ngày 12.10.2023, 1,250 hộ, 2,300 người", Notation.COMMA),
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


@given(st.integers(min_value=0, max_value=10**15) | st.decimals(min_value=0, max_value=10**9, places=2))
def test_what_babel_formats_reads_back(value):
    printed = format_decimal(value, locale="vi", format="#,##0.##")
    assert parse(printed) == value
    assert read_quantity(f"có {printed} hộ", 3, Notation.DOT, counted=False).value == value


@given(st.text(alphabet="0123456789.,", max_size=40), st.sampled_from(Notation), st.booleans(), st.booleans())
def test_parse_never_raises(token, notation, counted, scaled):
    value = parse(token, notation, counted, scaled)
    assert value is None or value >= 0


@given(st.text(alphabet="0123456789.,-/ %", max_size=60))
def test_notation_of_any_text(text):
    assert notation_of(text) in Notation


@given(st.text(alphabet="0123456789., /-a²٣\n", max_size=60))
def test_the_tokens_are_those_of_a_plain_search(text):
    assert [tuple(token) for token in tokens(text)] == [(*m.span(), m.group()) for m in TOKEN.finditer(text)]


def test_notation_goes_by_the_tokens_given():
    text = "1,234 người; 12.345.678 người; 1,234,567 người; 7,654,321 người"
    found = tokens(text)
    assert (notation_of(text, found[:2]), notation_of(text, found[2:])) == (Notation.DOT, Notation.COMMA)
