"""Measures: the ratios that may be shown, their bounds, and the refusals with their reasons."""

import pandas as pd
import pytest

from analysis.reconcile.measures import measures_table
from analysis.reference.codebook import load_codebook
from figure_rows import facts_of, figure, reconciled, since, story, years

KHOI = "Đảng ủy Khối"


def measures(slug: str, *stories) -> pd.DataFrame:
    table = measures_table(reconciled(*stories)[1], load_codebook())
    return table[table["measure"] == slug]


def only(slug: str, *stories):
    rows = measures(slug, *stories)
    assert len(rows) == 1
    return next(rows.itertuples(index=False))


def pair(referred: dict, admitted: dict):
    return figure("party_referred", 466, **referred), figure("party_admitted", 422, **admitted)


DERIVED = [
    (years(2017, 2020), years(2017, 2020)),
    (since(2013), since(2013)),
    (years(2017, 2020, body=KHOI), years(2017, 2020, body=KHOI)),
    (since(2013, place="Bảo Yên"), since(2013, place="Bảo Yên")),
    ({"period_text": "5 năm qua"}, {"period_text": "5 năm qua"}),  # unstated, but the same words of one article
]


@pytest.mark.parametrize(("referred", "admitted"), DERIVED)
def test_one_place_body_and_window_make_a_ratio(referred, admitted):
    row = only("conversion", story("a", *pair(referred, admitted)))
    assert row.status == "derived"
    assert row.value == row.lo == row.hi == pytest.approx(90.5579399)
    assert row.note.startswith("422 / 466")
    assert row.note_vi.startswith("422 / 466")


REFUSED = [
    (since(2013), since(2017), "different windows"),
    (since(2017), years(2017, 2020), "different windows"),
    (years(2017, 2020), years(2017, 2020, body=KHOI), "different populations"),
    (years(2017, 2020, place="Bảo Yên"), years(2017, 2020), "different places"),
    ({"period_text": "5 năm qua"}, {"period_text": "6 năm qua"}, "no window is stated"),
    ({}, {}, "no window is stated"),
    (since(2013), {}, "different windows"),
]


@pytest.mark.parametrize(("referred", "admitted", "reason"), REFUSED)
def test_everything_else_is_refused_with_its_reason(referred, admitted, reason):
    row = only("conversion", story("a", *pair(referred, admitted)))
    assert row.status == "refused"
    assert pd.isna(row.value)
    assert pd.isna(row.lo)
    assert reason in row.note
    assert row.note_vi.startswith("Không tính")


def test_one_sentence_is_one_window_even_if_no_words_give_it():
    told = story("a", *pair({}, {}), quote="466 giới thiệu, 422 kết nạp.")
    row = only("conversion", told)
    assert row.status == "derived"
    assert "does not state the window" in row.note


def test_open_windows_of_two_releases_dated_to_the_year_are_not_one():
    referred, admitted = pair(since(2013), since(2013))
    row = only("conversion", story("a", referred, published="2019"), story("b", admitted, published="2019"))
    assert row.status == "refused"
    assert "two releases" in row.note


def test_open_windows_of_two_releases_of_one_day_are_one():
    referred, admitted = pair(since(2013), since(2013))
    row = only("conversion", story("a", referred, published="2019-10-17"), story("b", admitted, published="2019-10-17"))
    assert row.status == "derived"


def test_open_window_ends_where_its_article_does():
    referred, admitted = pair(since(2013), since(2013))
    row = only("conversion", story("a", referred, published="2019"), story("b", admitted, published="2023"))
    assert row.status == "refused"
    assert "different windows" in row.note


def test_other_places_told_elsewhere_make_no_row():
    referred, admitted = pair(years(2017, 2020, place="Đồng Nai"), years(2017, 2020))
    assert measures("conversion", story("a", referred), story("b", admitted)).empty


def test_the_nearest_is_refused_and_only_once_for_each_numerator():
    far = figure("party_referred", 9, **years(2001, 2005))
    near = figure("party_referred", 8, **years(2017, 2019))
    bodies = figure("party_referred", 7, **years(2017, 2020, body=KHOI))
    row = only("conversion", story("a", far, near, bodies, figure("party_admitted", 5, **years(2017, 2020))))
    assert "2017–2019" in row.note


def test_people_against_attendances_are_refused_where_the_row_says_so():
    whole = figure("party_class_learners", 943, unit="participation", **years(2017, 2020))
    part = figure("party_class_learners_enterprises", 685, **years(2017, 2020))
    row = only("enterprise_learner_share", story("a", whole, part))
    assert row.status == "refused"
    assert "attendances" in row.note
    assert "lượt người" in row.note_vi


def test_zero_denominator_is_refused():
    row = only(
        "opinions_per_dialogue",
        story("a", figure("dialogues", 0, **since(2013)), figure("dialogue_opinions", 5, **since(2013))),
    )
    assert row.status == "refused"
    assert "zero" in row.note


def test_zero_numerator_is_a_value():
    row = only(
        "opinions_per_dialogue",
        story("a", figure("dialogues", 5, **since(2013)), figure("dialogue_opinions", 0, **since(2013))),
    )
    assert (row.value, row.lo, row.hi) == (0, 0, 0)


CONTESTED = [
    (years(2017, 2020), "2021", {}),
    (since(2013), "2021-03-04", {}),
    (since(2013), "2021", {}),  # two days of 2021 perhaps, but one window for whoever reads the table
    (years(2017, 2020, body=KHOI), "2021", {}),
    (years(2017, 2020), "2021", {"qualifier": "at_least"}),
]


@pytest.mark.parametrize(("window", "published", "hedge"), CONTESTED)
@pytest.mark.parametrize("told", ["ra/oa/aa", "ra,aa/oa", "ra,aa,oa", "ra/oa,aa"])
def test_a_contested_denominator_is_refused_wherever_its_values_stand(window, published, hedge, told):
    referred, admitted = pair(window, window)
    other = figure("party_referred", 500, **window, **hedge)
    parts = {"ra": referred, "aa": admitted, "oa": other}
    stories = [
        story(f"a{n}", *(parts[name] for name in names.split(",")), published=published)
        for n, names in enumerate(told.split("/"))
    ]
    rows = measures("conversion", *stories)
    assert set(rows["status"]) == {"refused"}
    assert rows["value"].isna().all()
    if "two releases" not in rows["note"].iloc[0]:
        assert "466 (o" in rows["note"].iloc[0]
        assert "500 (o" in rows["note"].iloc[0]
        assert "trái nhau" in rows["note_vi"].iloc[0]


def test_a_contested_numerator_is_refused_for_each_of_its_values():
    referred, admitted = pair(years(2017, 2020), years(2017, 2020))
    rows = measures("conversion", story("a", referred, admitted), story("b", {**admitted, "value": 423}, referred))
    assert rows["status"].tolist() == ["refused", "refused"]
    for note in rows["note"]:
        assert "422 (o" in note
        assert "423 (o" in note


def test_what_is_contested_in_another_window_body_or_unit_refuses_nothing():
    referred, admitted = pair(years(2017, 2020), years(2017, 2020))
    for change in (years(2013, 2020), {"body": KHOI}, {"unit": "participation"}, {"place": "Bảo Yên"}):
        row = measures("conversion", story("a", referred, admitted), story("b", {**referred, "value": 500} | change))
        assert row["status"].tolist() == ["derived"]


def test_of_two_values_that_agree_the_one_that_says_more_is_used_once():
    referred, admitted = pair(years(2017, 2020), years(2017, 2020))
    about = [{**referred, "value": 460, "qualifier": "at_least"}, {**admitted, "value": 430, "qualifier": "at_most"}]
    row = only("conversion", story("a", *about, referred, admitted))
    assert (row.status, row.lo, row.hi) == ("derived", pytest.approx(90.5579399), pytest.approx(90.5579399))


def test_a_ratio_that_nothing_bounds_is_refused_and_names_both_numbers():
    told = [figure("propaganda_participations", 600700, qualifier="at_least", **since(2013))]
    told.append(figure("propaganda_sessions", 20990, qualifier="at_least", **since(2013)))
    row = only("propaganda_attendances_per_session", story("a", *told))
    assert row.status == "refused"
    assert pd.isna(row.value) and pd.isna(row.lo) and pd.isna(row.hi)
    assert "at least 600,700 / at least 20,990" in row.note
    assert "Both numbers are hedged" in row.note
    assert "ít nhất 600.700 / ít nhất 20.990" in row.note_vi


HALF = {"period_start": "2017-01-01", "period_text": "trong nửa nhiệm kỳ"}


def test_half_of_a_term_makes_a_ratio_with_itself_alone():
    assert only("conversion", story("a", *pair(HALF, HALF))).window_kind == "half"
    row = only("conversion", story("a", *pair(HALF, since(2017))))
    assert row.status == "refused"
    assert "2017 to date (2019)" in row.note
    assert "half of the term from 2017 (article of 2019)" in row.note


def test_half_of_a_term_is_progress_to_a_target_but_not_to_date():
    target = figure("party_target", 400, qualifier="at_least", **years(2017, 2022))
    row = only("target_attainment", story("a", target, figure("party_admitted", 422, **HALF), published="2021"))
    assert (row.status, row.value) == ("derived", 105.5)
    assert "to date" not in row.note
    assert "đến nay" not in row.note_vi
    assert "half of the term" in row.note


def test_bounds_are_carried():
    stock = {"period_text": "Hiện nay"}
    told = story(
        "a",
        figure("workers_total", 70000, qualifier="at_least", **stock),
        figure("workers_in_unionised_units", 45580, **stock),
    )
    row = only("unionised_coverage", told)
    assert (row.value, row.lo, row.hi) == (pytest.approx(65.1142857), 0, pytest.approx(65.1142857))
    assert "at most 65.1%" in row.note
    assert "không quá 65,1%" in row.note_vi


def test_savings_are_in_dong():
    told = story(
        "a",
        figure("initiative_savings", 17e9, qualifier="at_least", **years(2017, 2020)),
        figure("initiatives", 5934, **years(2017, 2020)),
    )
    row = only("savings_per_initiative", told)
    assert row.value == row.lo == pytest.approx(17e9 / 5934)
    assert row.hi == float("inf")
    assert "2.864.847 đồng" in row.note_vi


TERM = years(2017, 2022, place="Bảo Yên")
TARGETS = [
    (since(2017, place="Bảo Yên"), "2021", None),
    (since(2017, place="Bảo Yên"), "2022", None),
    (years(2017, 2020, place="Bảo Yên"), "2021", None),
    (TERM, "2023", None),
    (since(2017, place="Bảo Yên"), "2023", "may run past"),
    (since(2017, place="Bảo Yên"), "", "may run past"),
    (since(2015, place="Bảo Yên"), "2021", "does not start with it"),
    ({"place": "Bảo Yên"}, "2021", "does not start with it"),
    (since(2017), "2021", "different places"),
    (since(2017, place="Bảo Yên", body=KHOI), "2021", "different populations"),
]


@pytest.mark.parametrize(("admitted", "published", "reason"), TARGETS)
def test_target_is_a_level_to_reach_by_the_end_of_its_window(admitted, published, reason):
    target = figure("party_target", 400, qualifier="at_least", **TERM)
    row = only("target_attainment", story("a", target, figure("party_admitted", 422, **admitted), published=published))
    if reason is None:
        assert (row.status, row.value, row.lo, row.hi) == ("derived", 105.5, 105.5, 105.5)
        assert "Progress to date" in row.note
    else:
        assert row.status == "refused"
        assert reason in row.note


def test_a_target_below_a_hedge_both_ways_keeps_its_interval():
    target = figure("party_target", 400, qualifier="about", **TERM)
    row = only("target_attainment", story("a", target, figure("party_admitted", 422, **TERM)))
    assert (row.lo, row.hi) == (pytest.approx(100 * 422 / 440), pytest.approx(100 * 422 / 360))


def test_ratios_lead_to_their_observations():
    facts = facts_of(story("a", *pair(since(2013), since(2013))))
    row = next(facts.measures.itertuples(index=False))
    values = facts.observations.set_index("id")["value"]
    assert (values[row.numerator], values[row.denominator]) == (422, 466)
