"""Decisions replayed on every build: what holds, what is stale, and what becomes of observations and measures."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import UsageError
from analysis.reconcile.build import make_facts
from analysis.reconcile.decisions import Change, Decision
from analysis.reconcile.receipts import receipt
from analysis.reconcile.review import Review, extracted_figures, spans_in_quotes
from analysis.reconcile.verdicts import judge
from analysis.reference.codebook import load_codebook
from figure_rows import RAW, Story, figure, story, years

BOOK = load_codebook()
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TERM = years(2017, 2020)


def telling(*, referred: dict | None = None, name: str = "a", **admitted) -> Story:
    """An article that reports members referred to the Party and admitted, each with its doubts."""
    first = {"value": 7675, "doubts": ["far_unit"]} | TERM | (referred or {})
    second = {"value": 4884, "doubts": ["no_unit", "carried_window"]} | TERM | admitted
    return story(name, figure("party_referred", **first), figure("party_admitted", **second), figure(None, 9, **TERM))


def facts_with(decisions=(), *stories: Story):
    told = stories or (telling(),)
    return make_facts([s.article for s in told], [row for s in told for row in s.rows], [], RAW, lined(decisions))


def lined(decisions) -> list[Decision]:
    """Decisions with the lines that they would have in the file."""
    lines = count(2)
    return [
        replace(made, changes=tuple(replace(change, line=next(lines)) for change in made.changes)) for made in decisions
    ]


def review_of(decisions=(), *stories: Story) -> Review:
    return Review.of(facts_with(decisions, *stories), decisions, BOOK)


def id_of(value: float, told: Story | None = None) -> str:
    return next(row["id"] for row in (told or telling()).rows if row["value"] == value)


def decided(*steps: tuple, stories: tuple[Story, ...] = ()) -> list[Decision]:
    """Decisions made one after another: (action, value of the figure, assignments), or ("undo", number of the decision)."""
    made: list[Decision] = []
    for action, what, *assignments in steps:
        found = review_of(made, *stories)
        if action == "undo":
            made.append(found.undo(made[what].id, "thử", "Lan", NOW))
        else:
            made.append(found.decide(action, id_of(what, *stories[:1]), assignments, "thử", "Lan", NOW))
    return made


def row_of(facts, id: str):
    return next(facts.figures[facts.figures["id"] == id].itertuples(index=False))


def values(facts, indicator: str) -> list[float]:
    return facts.observations.loc[facts.observations["indicator"] == indicator, "value"].tolist()


def conversion(facts) -> list[float]:
    table = facts.measures[(facts.measures["measure"] == "conversion") & (facts.measures["status"] == "derived")]
    return [round(value, 1) for value in table["value"]]


def only(facts, check: str):
    [row] = facts.findings[facts.findings["check"] == check].itertuples(index=False)
    return row


def test_without_decisions_every_figure_is_as_extracted():
    facts = facts_with()
    assert set(facts.figures["status"]) == {"extracted"} and facts.figures["decision"].isna().all()
    assert facts.decisions.empty and conversion(facts) == [63.6]


def test_a_corrected_value_flows_into_observations_and_measures():
    made = decided(("correct", 4884, "value=4900", "qualifier=at_least"))
    facts = facts_with(made)
    row = row_of(facts, id_of(4884))
    assert (row.value, row.lo, row.hi, row.status, row.decision) == (4900, 4900, float("inf"), "corrected", made[0].id)
    assert row.text == "4884" and values(facts, "party_admitted") == [4900] and conversion(facts) == [63.8]
    assert facts.decisions[["field", "before", "after", "state"]].values.tolist() == [
        ["value", "4884", "4900", "holds"],
        ["qualifier", "exact", "at_least", "holds"],
    ]


def test_a_corrected_indicator_brings_its_kind_and_an_emptied_one_makes_no_observation():
    facts = facts_with(decided(("correct", 4884, "indicator=workers_total", "value=80000")))
    assert row_of(facts, id_of(4884)).kind == "stock" and values(facts, "workers_total") == [80000]
    facts = facts_with(decided(("correct", 4884, "indicator=")))
    assert pd.isna(row_of(facts, id_of(4884)).indicator) and values(facts, "party_admitted") == []


def test_a_rejected_figure_makes_no_observation_and_stays_in_the_table():
    facts = facts_with(decided(("reject", 4884)))
    assert row_of(facts, id_of(4884)).status == "rejected" and len(facts.figures) == 3
    assert values(facts, "party_admitted") == [] and conversion(facts) == []


@pytest.mark.parametrize(
    ("steps", "status", "value", "place"),
    [
        ([("accept", 4884)], "accepted", 4884, "Lào Cai"),
        ([("correct", 4884, "value=1"), ("accept", 4884)], "corrected", 1, "Lào Cai"),
        ([("reject", 4884), ("accept", 4884)], "accepted", 4884, "Lào Cai"),
        ([("reject", 4884), ("correct", 4884, "value=1")], "corrected", 1, "Lào Cai"),
        ([("correct", 4884, "value=1"), ("reject", 4884)], "rejected", 1, "Lào Cai"),
        ([("correct", 4884, "value=1"), ("correct", 4884, "value=2", "place=Bảo Yên")], "corrected", 2, "Bảo Yên"),
        ([("correct", 4884, "value=1", "place=Bảo Yên"), ("correct", 4884, "value=2")], "corrected", 2, "Bảo Yên"),
        ([("correct", 4884, "value=1"), ("correct", 4884, "value=2"), ("undo", 1)], "corrected", 1, "Lào Cai"),
        ([("correct", 4884, "value=1"), ("correct", 4884, "place=Bảo Yên"), ("undo", 0)], "corrected", 4884, "Bảo Yên"),
        ([("accept", 4884), ("undo", 0)], "extracted", 4884, "Lào Cai"),
        ([("reject", 4884), ("accept", 7675), ("undo", 1)], "rejected", 4884, "Lào Cai"),
        ([("accept", 4884), ("undo", 0), ("reject", 4884)], "rejected", 4884, "Lào Cai"),
    ],
)
def test_the_later_decision_wins_field_by_field_unless_undone(steps, status, value, place):
    row = row_of(facts_with(decided(*steps)), id_of(4884))
    assert (row.status, row.value, row.place) == (status, value, place)


STALE = [
    ({"quote": "Câu khác."}, ("accept", 4884), "sentence changed"),
    ({"value": 4885, "text": "4884"}, ("accept", 4884), "value was read as “4884” then and is “4885” now"),
    ({"value": 4885, "text": "4884"}, ("correct", 4884, "value=4886"), "value was read as “4884”"),
    ({"place": None}, ("reject", 4884), "place was read as “Lào Cai” then and is “–” now"),
    ({"period_end": None}, ("correct", 4884, "period_end=2021"), "period_end was read as “2020-12-31”"),
]


def changed(told: Story, value: float, change: dict) -> Story:
    return Story(told.article, [{**row, **change} if row["value"] == value else row for row in told.rows])


@pytest.mark.parametrize(("change", "step", "words"), STALE)
def test_a_stale_decision_is_named_and_not_applied(change, step, words):
    made = decided(step, ("accept", 7675))
    told = changed(telling(), 4884, change)
    facts = facts_with(made, told)
    row = row_of(facts, id_of(4884))
    assert (row.status, row.decision) == ("extracted", None) or pd.isna(row.decision)
    assert row.value == change.get("value", 4884)
    found = only(facts, "decision_stale")
    assert found.severity == "warning" and made[0].id in found.message and made[0].id in found.message_vi
    assert words in found.message and found.figures == row.id
    assert facts.decisions["state"].tolist() == ["stale", "holds"]
    assert row_of(facts, id_of(7675)).status == "accepted"


def test_a_field_that_was_not_judged_may_change():
    made = decided(("correct", 4884, "value=4886"))
    facts = facts_with(made, changed(telling(), 4884, {"place": "Bảo Yên"}))
    assert (row_of(facts, id_of(4884)).value, row_of(facts, id_of(4884)).place) == (4886, "Bảo Yên")


def test_a_figure_whose_sentence_changed_is_found_by_its_characters():
    made = decided(("reject", 4884))
    facts = facts_with(made, changed(telling(), 4884, {"id": "ffffffff0", "quote": "Đã kết nạp 4884 người."}))
    found = only(facts, "decision_stale")
    assert found.figures == "ffffffff0" and "It may be ffffffff0 now" in found.message
    assert row_of(facts, "ffffffff0").status == "extracted"


@pytest.mark.parametrize("other", [story("b", figure("dialogues", 3)), telling(name="b")])
def test_a_figure_that_is_gone_is_named(other):
    made = decided(("reject", 4884))
    facts = facts_with(made, other)
    found = only(facts, "decision_stale")
    assert pd.isna(found.figures) and id_of(4884) in found.message and "undo" in found.message_vi


def test_an_indicator_that_the_code_book_lost_is_stale_and_stops_nothing():
    [made] = decided(("correct", 4884, "indicator=workers_total"))
    gone = replace(made, changes=(Change("indicator", "party_admitted", "workers_of_old"),))
    facts = facts_with([gone])
    assert "workers_of_old" in only(facts, "decision_stale").message
    assert row_of(facts, id_of(4884)).indicator == "party_admitted"


def test_an_undo_of_nothing_is_named_and_one_of_a_stale_decision_is_silent():
    made = decided(("accept", 4884), ("undo", 0))
    assert "can be undone" in only(facts_with(made[1:]), "decision_stale").message
    facts = facts_with(made, changed(telling(), 4884, {"quote": "Câu khác."}))
    assert "decision_stale" not in set(facts.findings["check"])


def test_a_decision_is_about_its_one_figure_not_about_copies():
    first = telling()
    copy = first.renamed("copy", published="2020")
    made = decided(("correct", 4884, "value=4900"), stories=(first, copy))
    facts = facts_with(made, first, copy)
    assert facts.articles["release"].nunique() == 1
    assert sorted(values(facts, "party_admitted")) == [4884, 4900]
    assert [row["id"] for row in review_of(made, first, copy).repeated(id_of(4884))] == [id_of(4884, copy)]


def test_the_tables_give_back_what_was_extracted_and_take_later_decisions():
    made = decided(("correct", 4884, "value=4900", "period_start=2018-06"), ("correct", 4884, "value=5000"))
    built = facts_with(made[:1])
    plain = [
        {name: row[name] for name in ("id", "value", "period_start", "place")}
        for row in extracted_figures(facts_with())
    ]
    again = [{name: row[name] for name in plain[0]} for row in extracted_figures(built)]
    assert again == plain
    later = Review.of(built, made, BOOK).queue(everything=True)
    assert {row["value"] for row in later} == {7675, 5000, 9}
    assert {row["period_start"] for row in later if row["value"] == 5000} == {"2018-06-01"}


def test_the_queue_holds_the_least_sure_first_and_nothing_that_was_decided():
    ids = [row["id"] for row in review_of().queue()]
    assert ids == [id_of(4884), id_of(7675), id_of(9)]
    made = decided(("accept", 4884))
    assert [row["id"] for row in review_of(made).queue()] == [id_of(7675), id_of(9)]
    assert len(review_of(made).queue(everything=True)) == 3
    undone = decided(("accept", 4884), ("undo", 0))
    assert [row["id"] for row in review_of(undone).queue()] == ids
    stale = Review.of(facts_with(made, changed(telling(), 4884, {"quote": "Câu khác."})), made, BOOK)
    assert stale.queue()[0]["id"] == id_of(4884), "a decision that does not hold reviews nothing"


def test_the_queue_of_an_article():
    assert len(review_of((), telling(), telling(name="b")).queue(article="b")) == 3
    with pytest.raises(UsageError, match=r"'bb'.*did you mean b"):
        review_of((), telling(), telling(name="bbb")).queue(article="bb")


WRONG = [
    (["value=12.512"], "Write 12512 for thousands, or 12.5120 for decimals"),
    (["value=12,512"], "two ways"),
    (["value=mười"], "in base units"),
    (["value=1e5"], "in base units"),
    (["value="], "Reject the figure"),
    (["value=4884"], "Accept the figure if it is right"),
    (["value_high=12"], "value_high would be less than value"),
    (["qualifier=atleast"], "did you mean at_least"),
    (["unit=persons"], "did you mean person"),
    (["unit="], "Reject the figure"),
    (["indicator=party_refered"], "did you mean party_referred"),
    (["place=Bảo Yen"], "Bảo Yên"),
    (["place=Atlantis"], "places.csv"),
    (["body=Đảng uỷ khối"], "bodies.csv"),
    (["period_start=2021-13"], "a date, month or year"),
    (["period_start=30/6/2019"], "a date, month or year"),
    (["period_start=0001"], "from 1700"),
    (["period_start=2021"], "end before it starts"),
    (["class=date"], "with a field of value"),
    (["valu=3"], "did you mean value"),
    (["4900"], "FIELD=VALUE"),
    ([], "nothing to correct"),
    (["value=1", "value=2"], "given twice"),
]


@pytest.mark.parametrize(("assignments", "said"), WRONG)
def test_a_wrong_correction_says_what_is_allowed(assignments, said):
    with pytest.raises(UsageError) as told:
        review_of().decide("correct", id_of(4884), assignments, "vì", "Lan", NOW)
    assert said in str(told.value)


RIGHT = [
    ("value=66,11", Change("value", "4884", "66.11")),
    ("value=12.5120", Change("value", "4884", "12.512")),
    ("value=1000000000000000000", Change("value", "4884", "1000000000000000000")),
    ("value_high=5000", Change("value_high", "", "5000")),
    ("period_start=2018-06", Change("period_start", "2017-01-01", "2018-06-01")),
    ("period_end=2019-02", Change("period_end", "2020-12-31", "2019-02-28")),
    ("period_end=", Change("period_end", "2020-12-31", "")),
    (" place = Bảo Yên", Change("place", "Lào Cai", "Bảo Yên")),
    ("body=Đảng ủy Khối", Change("body", "", "Đảng ủy Khối")),
]


@pytest.mark.parametrize(("assignment", "change"), RIGHT)
def test_a_correction_is_kept_as_a_cell_and_applied_as_a_value(assignment, change):
    made = review_of().decide("correct", id_of(4884), [assignment], "vì", "Lan", NOW)
    assert made.changes == (change,)
    facts = facts_with([made])
    assert facts.decisions["state"].tolist() == ["holds"]
    [row] = [row for row in Review.of(facts, [made], BOOK).queue(everything=True) if row["id"] == id_of(4884)]
    assert str(row[change.field] if row[change.field] is not None else "") == change.after


def test_a_number_too_large_for_a_table_is_still_the_same_number():
    told = changed(telling(), 4884, {"value": 1234567890123456789})
    id = id_of(1234567890123456789, told)
    made = review_of((), told).decide("accept", id, [], "vì", "Lan", NOW)
    assert row_of(facts_with([made], told), id).status == "accepted"


def test_ids_may_be_shortened_as_long_as_they_say_which():
    found = review_of()
    assert found.figure(id_of(4884)[:7])["value"] == 4884
    with pytest.raises(UsageError, match=r"3 figures have ids that start with 'f'.*Give more"):
        found.figure("f")
    for prefix in ("", "fzz", id_of(4884) + "0"):
        with pytest.raises(UsageError, match="figures review --all"):
            found.figure(prefix)


@pytest.mark.parametrize(("why", "who", "said"), [(" \n", "Lan", "--why"), ("vì", "\t", "--who")])
def test_a_decision_needs_a_reason_and_a_name(why, who, said):
    with pytest.raises(UsageError, match=said):
        review_of().decide("accept", id_of(4884), [], why, who, NOW)


def test_what_cannot_be_undone_is_said():
    made = decided(("accept", 4884), ("undo", 0))
    found = review_of(made)
    for target, said in ((made[0].id, "taken back already"), (made[1].id, "itself an undo"), ("d", "2 decisions")):
        with pytest.raises(UsageError, match=said):
            found.undo(target, "vì", "Lan", NOW)
    with pytest.raises(UsageError, match="no decision"):
        found.undo("dffffffff0f", "vì", "Lan", NOW)


def test_the_receipt_shows_rules_doubts_and_decisions():
    made = decided(("reject", 4884), ("undo", 0), ("correct", 4884, "value=4900", "body=Đảng ủy Khối"))
    facts = facts_with(made)
    text = receipt(facts, id_of(4884)).as_text("vi")
    for words in (
        "a number with a unit",
        "%, vì ",
        "không có danh từ nào",
        "value 4884 → 4900",
        "body – → Đảng ủy Khối",
    ):
        assert words in text
    assert (
        f"Quyết định đã hủy {made[0].id}" in text
        and f"Quyết định {made[2].id} (Lan, 2026-11-22T09:30:00+00:00)" in text
    )
    [observation] = facts.observations.loc[facts.observations["value"] == 4900, "id"]
    assert "corrected value 4884 → 4900" in receipt(facts, observation).as_text("en")


def test_a_part_that_is_more_than_its_whole():
    whole = telling()
    part = {"part_of": id_of(7675)}
    row = only(facts_with((), changed(whole, 4884, part | {"value": 8000})), "part_over_whole")
    assert row.severity == "error" and "8,000" in row.message and "7,675" in row.message
    hedged = changed(whole, 4884, part | {"value": 8000, "qualifier": "at_least"})
    assert only(facts_with((), hedged), "part_over_whole").severity == "warning"


@pytest.mark.parametrize(
    "change",
    [
        {"value": 7675},
        {"value": 8000, "qualifier": "at_most"},
        {"value": 8000, "unit": "percent"},
        {"value": 8000, "body": "Đảng ủy Khối"},
        {"value": 8000, "part_of": "f00000000"},
    ],
)
def test_a_part_that_may_be_one_is_no_finding(change):
    facts = facts_with((), changed(telling(), 4884, {"part_of": id_of(7675)} | change))
    assert "part_over_whole" not in set(facts.findings["check"])
    assert facts.figures["part_of"].dropna().isin(facts.figures["id"]).all()


def test_a_rejected_part_is_no_finding():
    told = changed(telling(), 4884, {"part_of": id_of(7675), "value": 8000})
    made = review_of((), told).decide("reject", id_of(8000, told), [], "vì", "Lan", NOW)
    assert "part_over_whole" not in set(facts_with([made], told).findings["check"])


def test_the_number_in_question_is_found_in_its_sentence():
    quote = "Năm nay 12 lớp, năm ngoái 12 lớp và 112 người."
    spans = [(8, "12"), (26, "12"), (36, "112")]
    rows = [
        {"id": f"f{n}", "article": "a", "quote": quote, "start": 50 + at, "text": text}
        for n, (at, text) in enumerate(spans)
    ]
    assert [quote[at : at + len(text)] for at, text in spans] == ["12", "12", "112"]
    found = spans_in_quotes(rows, pd.DataFrame(rows))
    assert [found[row["id"]] for row in rows] == [(at, at + len(text)) for at, text in spans]


# A plain model: for each figure the list of its decisions that were not taken back, read from the first to the last.
FIELD_VALUES = {"value": ["1", "2"], "place": ["Bảo Yên", ""], "unit": ["participation"]}
steps = st.one_of(
    st.tuples(st.sampled_from(["accept", "reject"]), st.integers(0, 2)),
    st.tuples(
        st.just("correct"),
        st.integers(0, 2),
        st.fixed_dictionaries({}, optional={name: st.sampled_from(v) for name, v in FIELD_VALUES.items()}).filter(bool),
    ),
    st.tuples(st.just("undo"), st.integers(0, 30)),
)


def modelled(sequence: list, figures: list[str]) -> dict[str, tuple]:
    kept: list = []
    for step in sequence:
        if step[0] != "undo":
            kept.append([figures[step[1]], step, True])
        elif targets := [one for one in kept if one[2]]:
            targets[step[1] % len(targets)][2] = False
    states = {}
    for name in figures:
        status, fields = "extracted", {}
        for _, step, holds in [one for one in kept if one[0] == name]:
            if holds:
                fields |= step[2] if step[0] == "correct" else {}
                status = "rejected" if step[0] == "reject" else "corrected" if fields else "accepted"
        states[name] = status, fields
    return states


def made_of(sequence: list, rows: list[dict]) -> list[Decision]:
    """The same steps as decisions, made with what the queue offers at that moment."""
    made: list[Decision] = []
    for number, step in enumerate(sequence):
        found = Review(rows, made, judge(made, rows, BOOK), BOOK)
        if step[0] == "undo":
            left = [one for one in made if one.action != "undo" and found.judged.states[one.id] == "holds"]
            new = found.undo(left[step[1] % len(left)].id, "vì", "Lan", NOW) if left else None
        else:
            given = [f"{field}={value}" for field, value in (step[2] if len(step) > 2 else {}).items()]
            new = found.decide(step[0], rows[step[1]]["id"], given, "vì", "Lan", NOW)
        made += [replace(new, id=f"d{number:010x}")] if new else []
    return made


ROWS = extracted_figures(facts_with())


@settings(max_examples=150, deadline=None)
@given(st.lists(steps, max_size=14))
def test_any_sequence_of_decisions_replays_to_the_state_of_a_simple_model(sequence):
    made = made_of(sequence, ROWS)
    judged = judge(made, ROWS, BOOK)
    expected = modelled(sequence, [row["id"] for row in ROWS])
    for row in ROWS:
        status, fields = expected[row["id"]]
        found = judged.applied(row)
        assert found["status"] == status
        wanted = {"value": str(row["value"]), "place": row["place"], "unit": row["unit"]} | fields
        assert {name: str(found[name] or "") for name in wanted} == wanted
    assert judged.findings == [] and "stale" not in judged.states.values()


@settings(max_examples=10, deadline=None)
@given(st.lists(steps, max_size=8), st.permutations([telling(), telling(name="b"), story("c", figure("dialogues", 3))]))
def test_the_order_of_articles_changes_nothing(sequence, stories):
    made = made_of(sequence, ROWS)
    first = facts_with(made, *sorted(stories, key=lambda one: one.article.id))
    for name, table in facts_with(made, *stories).tables().items():
        pd.testing.assert_frame_equal(table, first.tables()[name])
