"""Hedges: what binds a number, and what only holds a hedge's word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.extract.folding import fold
from analysis.extract.numerals import Notation, tokens
from analysis.extract.qualifiers import QUALIFIERS, phrases, read_qualifier
from analysis.extract.quantities import read_quantity

CASES = [
    # "trên" and "dưới" mean on and under before a small number of places or kinds.
    ("triển khai trên 5 lĩnh vực", "exact", ""),
    ("có mặt trên 12 xã", "exact", ""),
    ("thực hiện trên 10/12 huyện", "exact", ""),
    ("trên địa bàn 5 xã", "exact", ""),
    ("dưới 3 hình thức", "exact", ""),
    ("có trên 5 xã", "at_least", "trên"),
    ("với trên 30 xã", "at_least", "trên"),
    ("trên 2/3 số hộ", "at_least", "trên"),
    ("cấp trên 200 con giống", "at_least", "trên"),
    ("dưới 3 ha", "at_most", "dưới"),
    ("như đã nêu trên 25 hộ", "exact", ""),
    # Comparisons.
    ("nhiều hơn 5 hộ so với năm trước", "exact", ""),
    ("vụ này thu nhiều hơn 5 tạ", "exact", ""),
    ("cao hơn 4% so với cùng kỳ", "exact", ""),
    ("có nhiều hơn 20 hộ", "at_least", "nhiều hơn"),
    ("sớm hơn 5 hộ", "exact", ""),
    ("tăng hơn 20% so với năm trước", "at_least", "hơn"),
    # "từ".
    ("từ 25 người trở lên", "at_least", "trở lên"),
    ("từ 25 người", "exact", ""),
    ("đạt từ 70% trong năm", "at_least", "đạt từ"),
    ("đạt từ 70% đến 80%", "exact", ""),
    ("khoảng từ 60-70% hộ", "about", "khoảng từ"),
    ("từ 25 người, 3 người trở lên", "exact", ""),
    # Plain ones.
    ("(khoảng 30 hộ)", "about", "khoảng"),
    ("có tới hơn 500 hộ", "at_least", "hơn"),
    ("lên tới 500 hộ", "exact", ""),
    ("bình quân 12 hộ", "exact", ""),
    ("đạt gần 120 hộ", "at_most", "gần"),
    ("không  quá 40 hộ", "at_most", "không quá"),
    ("chưa đến 40 hộ", "at_most", "chưa đến"),
    ("ước đạt 40 hộ", "about", "ước đạt"),
    ("nhiệt độ 20 độ", "exact", ""),
    ("kích cỡ 20 cm", "exact", ""),
    ("20 người hoặc hơn", "at_least", "hoặc hơn"),
    ("12 hộ trở xuống", "at_most", "trở xuống"),
]


@pytest.mark.parametrize(("text", "qualifier", "words"), CASES)
def test_qualifier(text, qualifier, words):
    lower = fold(text).lower
    found = read_quantity(lower, tokens(lower)[0].start, Notation.DOT, counted=False)
    assert read_qualifier(lower, found.start, found.end, (0, len(lower))) == (qualifier, words)


def test_another_sentence_hedges_nothing():
    lower = "có khoảng 30 hộ"
    assert read_qualifier(lower, 9, 11, (9, len(lower))) == ("exact", "")


@pytest.mark.parametrize("phrase", sorted(p for p, found in phrases().before.items() if found in QUALIFIERS))
def test_every_phrase_before_a_number_is_found(phrase):
    lower = f"cả nước {phrase} 4.200 hộ"
    start = lower.index("4.200")
    assert read_qualifier(lower, start, start + 5, (0, len(lower)))[0] == phrases().before[phrase]


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_raises(before, after):
    lower = fold(f"{before}12{after}").lower
    start = lower.index("12")
    assert read_qualifier(lower, start, start + 2, (0, len(lower)))[0] in QUALIFIERS
