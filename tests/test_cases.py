"""Expressions of quantities in figures and words: our own table, and the published tables that stand beside the project."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.extract.expressions import read_expression
from analysis.extract.number_words import vocabulary

WORDS = [*sorted(vocabulary()), "phần", "âm", "-", "1", "23", "1/2", "đồng", "đến", "và", "xu", "%", "trở", "hơn", "từ"]
DATA = Path(__file__).parent / "data"
# What the tables write for a currency.
CODES = {"dollar": "USD", "pound": "GBP", "cent": "USD"}


def _rows(path: Path, delimiter: str = "\t") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
        return list(csv.DictReader(file, delimiter=delimiter, quoting=quoting))


OUT_OF_SCOPE = {(row["file"], row["expression"]) for row in _rows(DATA / "cases_out_of_scope.csv", ",")}


@pytest.mark.parametrize("row", _rows(DATA / "expressions.tsv"), ids=lambda row: row["text"])
def test_own_expressions(row):
    found = read_expression(row["text"])
    assert found.ratio == Decimal(row["value"])
    assert found.quantity.value_high == (Decimal(row["high"]) if row["high"] else None)
    assert (found.qualifier, found.currency or "") == (row["qualifier"] or "exact", row["currency"])


@pytest.mark.parametrize("text", ["", "hàng năm", "thứ hai", "đồng chí", "-", "từ đến", "phần trăm", "%", "1-2-3"])
def test_what_states_no_quantity(text):
    assert read_expression(text) is None


@given(st.text(alphabet=st.sampled_from("0123456789.,/-% đ$ktrm")) | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_no_text_raises(text):
    found = read_expression(text)
    assert found is None or found.quantity.end <= len(text)


def test_every_expression_out_of_scope_is_one_of_the_tables(shared):
    names = {"nemo_vi.tsv": "written", "duckling_vi.tsv": "expression"}
    known = {(name, row[column]) for name, column in names.items() for row in _rows(shared / "cases" / name)}
    assert known >= OUT_OF_SCOPE


def test_written_and_spoken_say_the_same(shared):
    rows = [r for r in _rows(shared / "cases/nemo_vi.tsv") if ("nemo_vi.tsv", r["written"]) not in OUT_OF_SCOPE]
    wrong = []
    for row in rows:
        written, spoken = read_expression(row["written"]), read_expression(row["spoken"])
        same = written and spoken and (written.ratio, written.quantity.value_high, written.currency) == (
            spoken.ratio, spoken.quantity.value_high, spoken.currency,
        )  # fmt: skip
        if not same:
            wrong.append((row["written"], row["spoken"], written, spoken))
    assert len(rows) > 200
    assert not wrong


def _expected(text: str) -> tuple:
    """(value, high, qualifier, currency) of a cell like "1000..2000 VND", "<= 7000 VND" or "10 cent"."""
    qualifier = {"<=": "at_most", ">=": "at_least"}.get(text.split()[0])
    amount, _, unit = (text[3:] if qualifier else text).partition(" ")
    low, _, high = amount.partition("..")
    value = Decimal(low) / (100 if unit == "cent" else 1)
    return value, Decimal(high) if high else None, qualifier, CODES.get(unit, unit) or None


def test_numerals_and_amounts_of_money(shared):
    rows = [
        r for r in _rows(shared / "cases/duckling_vi.tsv") if ("duckling_vi.tsv", r["expression"]) not in OUT_OF_SCOPE
    ]
    wrong = []
    for row in rows:
        value, high, qualifier, currency = _expected(row["expected_value"])
        found = read_expression(row["expression"])
        # A hedge before a plain value or a range has no column in the table.
        said = found and (found.quantity.value, found.quantity.value_high, found.currency)
        if said != (value, high, currency) or (qualifier and found.qualifier != qualifier):
            wrong.append((row, found))
    assert len(rows) > 50
    assert not wrong


def test_notation(shared):
    rows = _rows(shared / "cases/notation.tsv")
    wrong = []
    for row in rows:
        found = read_expression(row["text"])
        want = (Decimal(row["value"]), Decimal(row["high"]) if row["high"] else None)
        if found is None or (found.quantity.value, found.quantity.value_high) != want:
            wrong.append((row["text"], found, want))
    assert not wrong
