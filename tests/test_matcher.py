"""Phrases as whole words, in one pass, at the places where they stand."""

import gc
import re
import weakref

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


@given(PHRASES, PHRASES, TEXTS)
def test_matchers_that_share_a_pass_do_not_see_each_other(ours, theirs, text):
    first, folded = Matcher(dict.fromkeys(ours, 1)), fold(text)
    alone = first.find(fold(text))
    loose = Matcher(dict.fromkeys(theirs, 2), loose=True)
    assert first.find(folded) == alone
    assert {meaning for _, _, meaning in loose.find(folded)} <= {2}
    late = Matcher(dict.fromkeys(ours, 1))  # made after the text was searched
    assert late.find(folded) == alone


def test_a_comma_in_one_matchers_phrase_does_not_hide_it_from_another():
    strict, loose = Matcher({"một, hai": "strict"}), Matcher({"một hai": "loose"}, loose=True)
    folded = fold("Một, hai")
    assert (strict.find(folded), loose.find(folded)) == ([(0, 8, "strict")], [(0, 8, "loose")])


def test_a_matcher_that_nobody_holds_goes():
    gone = weakref.ref(Matcher({"chỉ ở đây": 1}))
    Matcher({"chỗ khác": 1}).find(fold("chỉ ở đây"))
    gc.collect()
    assert gone() is None
