"""Phrases as whole words, in one pass, at the places where they stand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.extract.folding import fold
from analysis.extract.matcher import Matcher


def found(phrases, text, **options):
    folded = fold(text)
    return [folded.slice(start, end) for start, end, _ in Matcher(dict.fromkeys(phrases), **options).find(folded)]


@pytest.mark.parametrize(
    ("phrases", "text", "expected"),
    [
        (["cơ sở đảng"], "ở cơ sở. Đảng", []),  # a full stop parts words
        (["cơ sở đảng"], "CƠ SỞ  ĐẢNG", ["CƠ SỞ  ĐẢNG"]),
        (["cơ sở"], "cơ sởi", []),
        (["an"], "ban an toàn", ["an"]),
        (["cnvc-lđ", "cnvc lđ"], "100 CNVC-LĐ và 5 CNVC LĐ", ["CNVC-LĐ", "CNVC LĐ"]),
        (["đề tài sáng kiến"], "đề tài, sáng kiến", []),
        (["công đoàn", "công đoàn cơ sở", "cơ sở"], "công đoàn cơ sở", ["công đoàn cơ sở", "công đoàn", "cơ sở"]),
        (["hòa bình"], "Hoà\u00a0Bình", ["Hoà\u00a0Bình"]),
        (["hòa bình"], "Hoa\u0300 Bi\u0300nh", ["Hoa\u0300 Bi\u0300nh"]),  # decomposed
        (["tp.hcm"], "(TP.HCM)", ["TP.HCM"]),
        (["một hai"], "một\nhai", []),  # lines part words
        ([], "gì cũng được", []),
    ],
)  # fmt: skip
def test_whole_words(phrases, text, expected):
    assert found(phrases, text) == expected


def test_a_comma_may_part_loose_phrases():
    assert found(["đề tài sáng kiến"], "đề tài , sáng kiến", loose=True) == ["đề tài , sáng kiến"]


def test_a_phrase_without_a_word_is_refused():
    with pytest.raises(ValueError, match="'%'"):
        Matcher({"%": 1})


WORDS = st.sampled_from(["đoàn", "viên", "công", "cơ", "sở", "hoà", "m2"])
PHRASES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6, unique=True)
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", ", ", ". ", "  ", "\n", "-", "x"])), max_size=20).map(
    lambda pairs: "".join(word + sign for word, sign in pairs)
)


@given(PHRASES, TEXTS)
def test_the_hits_are_those_of_a_plain_search(phrases, text):
    folded = fold(text)
    hits = Matcher({phrase: phrase for phrase in phrases}).find(folded)
    for phrase in phrases:
        key = fold(phrase).lower
        pattern = re.compile(r"(?<![^\W_])" + re.escape(key).replace(r"\ ", "[ ]+") + r"(?![^\W_])")
        expected = [m.span() for start in range(len(text)) if (m := pattern.match(folded.lower, start))]
        assert [(start, end) for start, end, meaning in hits if fold(meaning).lower == key] == expected


@given(st.text())
def test_no_text_is_refused_and_hits_stand_in_the_text(text):
    folded = fold(text)
    for start, end, phrase in Matcher({"a": "a", "có": "có", "1": "1"}).find(folded):
        assert folded.lower[start:end] == phrase
