"""Confidence: measured weights, put together; and the tool that measures them."""

import runpy
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import ReferenceTableError
from analysis.extract.confidence import COLUMNS, NO_DOUBT, confidence, doubts, worded
from conftest import ROOT

NAMES = sorted(doubts().keys() - {NO_DOUBT})
TOOL = runpy.run_path(str(ROOT / "tools/doubts.py"), run_name="doubts")
Sample, fitted = TOOL["Sample"], TOOL["fitted"]


def test_every_doubt_that_extraction_may_name_has_a_row():
    assert set(NAMES) >= {
        *("no_unit", "far_unit", "carried_unit", "no_window", "carried_window", "vague_window", "no_indicator"),
        *("two_readings", "default_place", "worded_number", "repaired_text", "title_only"),
    }


@given(st.lists(st.sampled_from(NAMES), max_size=6))
def test_a_further_doubt_never_makes_a_figure_surer(names):
    sure = confidence(tuple(names))
    assert 0 < sure <= confidence(()) <= 1
    assert all(confidence((*names, more)) <= sure for more in NAMES)


def test_neither_order_nor_repetition_counts():
    assert len({confidence(order) for order in permutations(NAMES[:3])} | {confidence((*NAMES[:3], NAMES[0]))}) == 1


def test_an_unknown_doubt_is_refused_by_name():
    for wrong in ("no_untis", NO_DOUBT):
        with pytest.raises(ValueError, match=rf"{wrong}.*no_unit"):
            confidence(("no_unit", wrong))


def test_doubts_are_named_for_people_the_gravest_first():
    for lang, words in (("vi", "tiêu đề"), ("en", "title")):
        assert any(words in label for label in worded(["no_unit", "title_only"], lang))
    order = worded(NAMES, "vi")
    weights = {row.label_vi: row.weight for row in doubts().values()}
    assert [weights[label] for label in order] == sorted(weights[label] for label in order)
    assert worded(["of_old"], "vi") == ["of_old"]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("none,a,b,1.5,0,0", "weight=1.5"),
        ("none,a,b,0,0,0", "weight=0"),
        ("none,a,b,x,0,0", "weight=x"),
        ("none,a,b,nan,0,0", "weight=nan"),
        ("none,a,b,0.5,1,2", "right=2"),
        ("none,a,b,0.5,-1,0", "figures=-1"),
        ("other,a,b,0.5,1,1", "the end of the table"),
    ],
)
def test_a_bad_row_is_named(tmp_path, row, found):
    path = tmp_path / "doubts.csv"
    path.write_text(",".join(COLUMNS) + "\n" + row + "\n", encoding="utf-8")
    with pytest.raises(ReferenceTableError) as told:
        doubts(path)
    assert found in str(told.value)


def many(right: int, wrong: int, *names: str) -> list:
    return [Sample(frozenset(names), n < right) for n in range(right + wrong)]


def test_weights_are_smoothed_shares_of_right_figures():
    weights = fitted([*many(98, 0), *many(6, 2, "far_unit")], ["far_unit", "title_only"])
    assert weights[NO_DOUBT] == (99 / 100, 98, 98)
    assert weights["far_unit"][1:] == (8, 6)
    assert weights[NO_DOUBT][0] * weights["far_unit"][0] == pytest.approx(7 / 10)
    assert weights["title_only"] == (0.5, 0, 0), "what nothing was seen of halves what a figure is worth"


def test_a_doubt_is_not_blamed_for_another_that_stands_beside_it():
    found = [*many(998, 0), *many(200, 0, "far_unit"), *many(50, 50, "far_unit", "no_unit"), *many(50, 50, "no_unit")]
    weights = fitted(found, ["far_unit", "no_unit"])
    assert weights["far_unit"][0] > 0.95
    assert weights["no_unit"][0] == pytest.approx(0.5, abs=0.03)


@given(
    st.lists(st.tuples(st.sets(st.sampled_from(["far_unit", "no_unit", "no_window"])), st.booleans()), max_size=60),
)
def test_weights_are_weights_whatever_was_measured(measured):
    weights = fitted(
        [Sample(frozenset(names), right) for names, right in measured], ["far_unit", "no_unit", "no_window"]
    )
    assert all(0 < weight <= 1 and 0 <= right <= count for weight, count, right in weights.values())


GOLD = {
    **{
        "start": "10",
        "end": "12",
        "class": "figure",
        "class_also": "",
        "value": "12",
        "value_high": "",
        "unit_also": "other",
    },
    **{"qualifier": "exact", "unit": "person", "indicator": "party_admitted", "place": "Lào Cai"},
    **{"period_start": "2017-01-01", "period_end": "", "period_scored": ""},
}
FOUND = {
    **{
        "start": 10,
        "end": 12,
        "class": "figure",
        "value": 12,
        "value_high": None,
        "qualifier": "exact",
        "unit": "person",
    },
    **{"indicator": "party_admitted", "place": "Lào Cai", "period_start": "2017-01-01", "period_end": None},
    "doubts": ["far_unit"],
}


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ({}, {}, [True]),
        ({}, {"value": 13}, [False]),
        ({}, {"value_high": 13}, [False]),
        ({}, {"qualifier": "about"}, [False]),
        ({}, {"unit": "other"}, [True]),
        ({}, {"unit": "session"}, [False]),
        ({}, {"indicator": None}, [False]),
        ({"indicator": "of_another_topic"}, {"indicator": None}, [True]),
        ({"indicator": "of_another_topic"}, {}, [False]),
        ({"indicator": ""}, {}, [True]),
        ({}, {"place": None}, [False]),
        ({"place": ""}, {"place": None}, [True]),
        ({}, {"period_start": None}, [False]),
        ({"period_scored": "no"}, {"period_start": None}, [True]),
        ({}, {"period_end": "2020-12-31"}, [True]),
        ({"period_end": "2020-12-31"}, {}, [False]),
        ({}, {"class": "date"}, []),
        ({"class": "date"}, {}, [False]),
        ({"class": "date", "class_also": "figure"}, {}, []),
        ({}, {"start": 20, "end": 22}, [False]),
    ],
)
def test_what_counts_as_right(gold, found, right):
    judged = list(TOOL["judged"]([FOUND | found], [GOLD | gold]))
    assert [one.right for one in judged] == right
    assert all(one.doubts == {"far_unit"} for one in judged)


def test_the_table_it_writes_reads_back_with_its_labels(tmp_path):
    known = doubts()
    path = tmp_path / "doubts.csv"
    measured = fitted(many(3, 1, "no_unit"), known)
    path.write_text(TOOL["table"](measured, known, "# of some articles\n"), encoding="utf-8")
    written = doubts(path)
    assert list(written) == list(known)
    assert {name: row.label_vi for name, row in written.items()} == {name: row.label_vi for name, row in known.items()}
    assert (written["no_unit"].figures, written["no_unit"].right) == (4, 3)


def test_the_digests_can_be_measured():
    found = list(TOOL["samples"](*TOOL["OWN"][0]))
    assert len(found) > 80 and sum(one.right for one in found) > 0.9 * len(found)
