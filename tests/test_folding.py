"""One spelling for matching, and the way back to the article's own characters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.extract.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("hoá, hòa, thuý, khoẻ, uỷ", "hóa, hòa, thúy, khỏe, ủy"),
        ("HOÁ, Thuỷ", "HÓA, Thủy"),
        ("toán, hoàn, quý, quỹ, khoảng", "toán, hoàn, quý, quỹ, khoảng"),
        ("19.320\u00a0đoàn\u202fviên", "19.320 đoàn viên"),
        ("2017 – 2020 — “từ”", '2017 - 2020 - "từ"'),
        (unicodedata.normalize("NFD", "kết nạp Đảng hoá"), "kết nạp Đảng hóa"),
    ],
)
def test_folded(written, folded):
    assert fold(written).text == folded


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_offsets_lead_back(text):
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1 == len(folded.lower) + 1
    assert folded.slice(0, len(folded.text)) == text
    assert list(folded.offsets) == sorted(folded.offsets)


@given(st.text(alphabet="aăâoôơuưeê hqyÀÁẢÃẠóòỏõọ0123456789.,", max_size=60))
def test_composed_and_decomposed_fold_alike(text):
    composed, decomposed = (fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD"))
    assert composed.text == decomposed.text


@given(st.text(alphabet="e05ị\u0301\u0323\u0344\u0302 ", max_size=30))
def test_every_digit_has_its_own_place_whatever_marks_follow(text):
    folded = fold(text)
    digits = [folded.slice(at, at + 1)[:1] for at, char in enumerate(folded.text) if char in "05"]
    assert digits == [char for char in text if char in "05"]
