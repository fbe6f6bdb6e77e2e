"""Numbers spelled out: what counts, what only looks so, and every number there and back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.extract.folding import fold
from analysis.extract.number_words import find_worded, value_of, vocabulary

DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def _hundreds(number: int, whole: bool) -> list[str]:
    """A number below a thousand in words; `whole` leaves no place out ("không trăm linh hai")."""
    hundreds, rest = divmod(number, 100)
    said = [DIGITS[hundreds], "trăm"] if hundreds or whole else []
    tens, unit = divmod(rest, 10)
    if tens == 0:
        return [*said, *(["linh"] if said else []), DIGITS[unit]] if unit else said
    said += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    if unit == 5:
        return [*said, "lăm"]
    return [*said, "mốt" if unit == 1 and tens > 1 else DIGITS[unit]] if unit else said


def spell(number: int) -> str:
    """A whole number below a million million in words."""
    said: list[str] = []
    for word, power in (("tỷ", 9), ("triệu", 6), ("nghìn", 3), ("", 0)):
        part = number // 10**power % 1000
        if part:
            said += [*_hundreds(part, bool(said)), word]
    return " ".join(said).strip() or "không"


@given(st.integers(1, 10**12 - 1))
def test_words_read_back(number):
    run = spell(number).split()
    assert value_of(run, colloquial=False) == (number, len(run))
    assert value_of(run, colloquial=True) == (number, len(run))


@given(st.integers(10, 10**12 - 1))
def test_words_are_found_in_a_sentence(number):
    words = spell(number)
    if len(words.split()) < 2:
        return
    text = f"Toàn ngành có {words} hộ tham gia."
    (found,) = find_worded(text.lower(), 0, len(text))
    assert (found.value, text[found.start : found.end]) == (number, words)


COUNTS = [
    ("Có hai mươi lăm người và mười hai chi bộ", [25, 12]),
    ("mười lăm nghìn ba trăm cây", [15300]),
    ("hơn hai tỷ rưỡi đồng", [2_500_000_000]),
    ("ủng hộ nửa triệu đồng", [500_000]),
    ("một trăm rưỡi triệu đồng", [150_000_000]),
    ("hai nghìn ba trăm tỷ đồng", [2_300_000_000_000]),
    ("một trăm phần trăm", [100]),
    ("chín mươi chín phẩy năm phần trăm", ["99.5"]),
    ("từ hai mươi đến ba mươi người", [20]),
    ("năm trăm hộ", [500]),
    ("ba chục suất quà", [30]),
]


@pytest.mark.parametrize(("text", "values"), COUNTS)
def test_counts(text, values):
    lower = fold(text).lower
    assert [found.value for found in find_worded(lower, 0, len(lower))] == [Decimal(value) for value in values]


NOT_COUNTED = [
    "hàng trăm người", "vài chục hộ", "mấy nghìn hộ", "hai ba trăm hộ", "hai, ba trăm hộ", "hai mươi mấy người",
    "tháng mười hai", "năm hai nghìn", "ngày hai mươi tháng chín", "thứ hai mươi", "lần thứ mười hai", "tuổi hai mươi",
    "thế kỷ hai mươi", "ba mươi năm qua", "hai mươi ngày", "mười hai tháng", "trăm năm", "mười mươi", "năm tỷ lệ",
    "mỗi năm mười lăm hộ", "ba người", "hai bên", "mười người", "2 tỷ đồng", "15 triệu hai trăm nghìn đồng", "khóa mười hai",
    "ba trăm hai hộ", "hai nghìn ba nghìn hộ", "năm",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_COUNTED)
def test_what_only_looks_like_a_count(text):
    lower = fold(text).lower
    assert find_worded(lower, 0, len(lower)) == []


def test_a_range_is_one_quantity():
    text = "từ năm mươi nghìn đồng đến một trăm nghìn đồng"
    (found,) = find_worded(text, 0, len(text))
    assert (found.value, found.value_high, text[found.end :]) == (50_000, 100_000, " đồng")


def test_only_between_start_and_end():
    text = "hai mươi hộ. ba mươi hộ. bốn mươi hộ"
    assert [found.value for found in find_worded(text, 12, 25)] == [30]


@given(
    st.lists(st.sampled_from([*sorted(vocabulary()), "hộ", "5", "tháng", "đến", "đồng", ","]), max_size=25).map(
        " ".join
    )
)
def test_no_words_raise_and_spans_are_in_order(text):
    last = 0
    for found in find_worded(text, 0, len(text)):
        assert last <= found.start < found.end <= len(text)
        assert found.value_high is None or found.value < found.value_high
        last = found.end
