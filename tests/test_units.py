"""The noun that a number counts, where nothing but the text around it is odd."""

from decimal import Decimal

import pytest

from analysis.extract.folding import fold
from analysis.extract.units import Nouns


def behind(text, end, limit=None):
    folded = fold(text)
    unit = Nouns(folded).behind(end, len(folded.text) if limit is None else limit, Decimal(250), False)
    return unit and (unit.unit, folded.slice(unit.start, unit.end))


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        ("250m2 nhà", 3, ("m2", "m2")),
        ("250km²", 3, ("km2", "km²")),
        ("250người", 3, ("person", "người")),
        ("250" + "²" * 5000, 3, None),  # letters without end are no noun, and are given up at once
        ("250" + "m" * 5000 + "2x", 3, None),
        ("250 đoàn viên, người lao động", 3, ("person", "đoàn viên, người lao động")),
        ("250\u00a0\u00a0 đoàn viên", 3, ("person", "đoàn viên")),
    ],
)
def test_the_noun_behind(text, end, expected):
    assert behind(text, end) == expected


@pytest.mark.parametrize("limit", [0, 5, 9, 10])
def test_a_number_that_goes_on_past_its_sentence_has_no_noun_in_it(limit):
    assert behind("250 - 300 đoàn viên", 10, limit) is None
