"""Every digit of a sentence in one numeral, also where a number does not end with its token or its sentence."""

import pytest

from analysis.extract.ellipsis import Gaps
from analysis.extract.figures import Reader
from analysis.extract.folding import fold
from analysis.extract.number_words import openings
from analysis.extract.numerals import notation_of, tokens
from analysis.extract.units import Nouns


def read(text, *ends):
    """The numerals of the sentences that end where told, as they stand in the text."""
    folded = fold(text)
    nouns = Nouns(folded)
    digits = tokens(folded.text)
    gaps = Gaps(folded.lower, nouns, frozenset())
    reader = Reader(folded.lower, nouns, notation_of(text, digits), gaps, openings(folded))
    found, items = [], []
    for start, end in zip((0, *ends), (*ends, len(text)), strict=True):
        own = [token for token in digits if start <= token.start < end]
        items = reader.sentence((0, len(text)), (start, end), own, items)
        found += [folded.slice(item.start, item.end) for item in items]
    return found


@pytest.mark.parametrize(
    ("text", "ends", "expected"),
    [
        ("vay 500.000-2 lần", (), ["500.000", "2"]),  # falls, so that it is no range
        ("vay 20-60 triệu đồng", (), ["20-60 triệu"]),
        ("vay 20 - 60 triệu đồng", (8,), ["20 - 60 triệu"]),  # a line cut in the middle of a range
        ("vay 20 - 60 triệu đồng và 5 người", (8,), ["20 - 60 triệu", "5"]),
        ("có hai mươi lăm người và 3 người", (), ["hai mươi lăm", "3"]),
        ("có hai mươi lăm người", (), ["hai mươi lăm"]),
        ("không có ai", (), []),
    ],
)
def test_numerals_of_sentences(text, ends, expected):
    assert read(text, *ends) == expected
