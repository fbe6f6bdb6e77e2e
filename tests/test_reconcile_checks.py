"""Checks: parts against totals, contradictions, and what is wrong with single figures; each names its figures."""

import pandas as pd
import pytest

from analysis.findings import SEVERITIES
from analysis.reconcile.build import make_facts
from figure_rows import RAW, Story, facts_of, figure, since, story, years

NOW = {"period_text": "Hiện nay"}


def found(check: str, *stories) -> pd.DataFrame:
    table = facts_of(*stories).findings
    return table[table["check"] == check]


def only(check: str, *stories):
    rows = found(check, *stories)
    assert len(rows) == 1
    return next(rows.itertuples(index=False))


def sector(total: dict, public: dict, business: dict) -> Story:
    slugs = ("workers_in_unionised_units", "workers_public_sector", "workers_business_sector")
    return story(
        "a", *(figure(slug, **(NOW | given)) for slug, given in zip(slugs, (total, public, business), strict=True))
    )


LEAST, MOST, ABOUT = ({"qualifier": name} for name in ("at_least", "at_most", "about"))
SUMS = [
    ({"value": 52089}, {"value": 34183}, {"value": 17906}, "note", "34,183 + 17,906 = 52,089"),
    ({"value": 52089}, {"value": 34183}, {"value": 17960}, "error", "differ by 54"),
    ({"value": 52089}, {"value": 3183}, {"value": 17906}, "error", "21,089, but"),
    ({"value": 52000} | LEAST, {"value": 34183}, {"value": 17906}, "note", "consistent"),
    ({"value": 53000} | LEAST, {"value": 34183}, {"value": 17906}, "warning", "at least 53,000"),
    ({"value": 52000} | ABOUT, {"value": 34183}, {"value": 17906}, "note", "consistent"),
    ({"value": 60000} | ABOUT, {"value": 34183}, {"value": 17906}, "warning", "54,000 to 66,000"),
    ({"value": 52089}, {"value": 30000} | LEAST, {"value": 17906}, "note", "at least 30,000"),
    ({"value": 52089}, {"value": 40000} | LEAST, {"value": 17906}, "warning", "at least 40,000"),
    ({"value": 52089}, {"value": 35000} | MOST, {"value": 17906}, "note", "at most 35,000"),
]


@pytest.mark.parametrize(("total", "public", "business", "severity", "words"), SUMS)
def test_complete_parts_against_their_total(total, public, business, severity, words):
    told = sector(total, public, business)
    row = only("parts", told)
    assert row.severity == severity
    assert words in row.message
    assert set(row.figures.split(";")) == {figure["id"] for figure in told.rows}


def test_a_sum_is_told_in_vietnamese_as_vietnamese_writes_it():
    row = only("parts", sector({"value": 52089}, {"value": 34183}, {"value": 17906}))
    assert "34.183 + 17.906 = 52.089, khớp" in row.message_vi


def test_prizes_add_up():
    names = ("special", "a", "b", "c", "consolation")
    parts = [
        figure(f"contest_prizes_{name}", n, **years(2019, 2019)) for name, n in zip(names, (1, 2, 2, 5, 5), strict=True)
    ]
    row = only("parts", story("a", figure("contest_photo_winners", 15, **years(2019, 2019)), *parts))
    assert row.severity == "note"
    assert "1 + 2 + 2 + 5 + 5 = 15" in row.message


NOT_COMPARED = [{"place": "Bảo Yên"}, {"body": "Đảng ủy Khối"}, {"period_start": "2019-01-01"}]


@pytest.mark.parametrize("apart", NOT_COMPARED)
def test_parts_of_another_place_body_or_window_are_not_added(apart):
    assert found("parts", sector({"value": 52089}, {"value": 34183}, {"value": 99999} | apart)).empty


def test_a_missing_part_is_not_zero_but_may_already_be_too_much():
    whole = figure("workers_in_unionised_units", 52089, **NOW)
    assert found("parts", story("a", whole, figure("workers_public_sector", 34183, **NOW))).empty
    row = only("parts", story("a", whole, figure("workers_public_sector", 60000, **NOW)))
    assert row.severity == "error"
    assert "Workers in the business sector still missing" in row.message


SUBSETS = [
    ({"value": 24639}, {"value": 52089}, "note"),
    ({"value": 52089}, {"value": 52089}, "note"),
    ({"value": 52090}, {"value": 52089}, "error"),
    ({"value": 80000}, {"value": 70000} | LEAST, "note"),
    ({"value": 80000}, {"value": 70000} | MOST, "warning"),
    ({"value": 80000} | LEAST, {"value": 70000}, "warning"),
    ({"value": 80000} | MOST, {"value": 70000}, "note"),
]


@pytest.mark.parametrize(("part", "whole", "severity"), SUBSETS)
def test_a_subset_is_never_more_than_its_whole(part, whole, severity):
    slugs = ("women_workers", "workers_in_unionised_units")
    row = only(
        "subset", story("a", *(figure(slug, **NOW, **given) for slug, given in zip(slugs, (part, whole), strict=True)))
    )
    assert row.severity == severity
    assert len(row.figures.split(";")) == 2


CONTRADICTIONS = [
    (years(2017, 2020), "2021", {"value": 5}, {"value": 6}, ("contradiction", "warning")),
    (since(2013), "2021-03-04", {"value": 5}, {"value": 6}, ("contradiction", "warning")),
    (since(2013), "2021", {"value": 5}, {"value": 6}, ("differs", "warning")),  # "to date" may be two days of 2021
    (NOW, "2021", {"value": 5}, {"value": 6}, ("differs", "warning")),
    (years(2017, 2020), "2021", {"value": 5} | LEAST, {"value": 6}, None),
    (years(2017, 2020), "2021", {"value": 5} | MOST, {"value": 6}, ("contradiction", "warning")),
    (years(2017, 2020), "2021", {"value": 100} | ABOUT, {"value": 109}, None),
    (years(2017, 2020), "2021", {"value": 5}, {"value": 5}, None),
    (years(2017, 2020), "2021", {"value": 5}, {"value": 6, "body": "Đảng ủy Khối"}, None),
    (years(2017, 2020), "2021", {"value": 5}, {"value": 6, "place": "Bảo Yên"}, None),
]


@pytest.mark.parametrize(("window", "published", "one", "other", "expected"), CONTRADICTIONS)
def test_values_that_cannot_both_hold_are_named(window, published, one, other, expected):
    told = [
        story(name, figure("party_admitted", **window, **given), published=published)
        for name, given in (("a", one), ("b", other))
    ]
    table = facts_of(*told).findings
    rows = table[table["check"].isin(["contradiction", "differs"])]
    assert [tuple(row) for row in rows[["check", "severity"]].itertuples(index=False)] == (
        [expected] if expected else []
    )
    if expected:
        assert set(rows.iloc[0]["figures"].split(";")) == {row["id"] for one in told for row in one.rows}


def test_an_article_that_contradicts_itself_is_an_error():
    row = only("contradiction", story("a", *(figure("party_admitted", n, **years(2017, 2020)) for n in (202, 4884))))
    assert row.severity == "error"
    assert row.place == "Lào Cai"
    assert row.indicator == "party_admitted"


SINGLE = [
    ("no_indicator", "note", figure(None, 5)),
    ("no_place", "warning", figure("party_admitted", 5, place=None, **years(2017, 2020))),
    ("backwards", "warning", figure("party_admitted", 5, **years(2020, 2017))),
    ("unit", "warning", figure("party_admitted", 5, unit="session", **years(2017, 2020))),
    ("percent_range", "warning", figure("training_rate", 6611, **years(2017, 2020))),
    ("assumption", "note", figure("party_admitted", 5, **ABOUT, **years(2017, 2020))),
]


@pytest.mark.parametrize(("check", "severity", "fields"), SINGLE)
def test_what_is_odd_about_a_figure_is_found_and_named(check, severity, fields):
    told = story("a", fields, figure("dialogues", 3, **years(2017, 2020)))
    row = only(check, told)
    assert row.severity == severity
    assert row.figures == told.rows[0]["id"]
    assert row.message != row.message_vi
    assert "{" not in row.message + row.message_vi
    assert len(found(check, story("a", figure("dialogues", 3, **years(2017, 2020))))) == 0


@pytest.mark.parametrize("fields", [SINGLE[0][2], SINGLE[1][2], SINGLE[2][2]])
def test_a_figure_that_says_too_little_makes_no_observation_but_stays_a_figure(fields):
    facts = facts_of(story("a", fields))
    assert len(facts.figures) == 1
    assert facts.observations.empty
    assert facts.measures.empty


def test_a_figure_that_is_not_in_its_article_is_an_error():
    told = story("a", figure("dialogues", 3, **years(2017, 2020)))
    told.rows[0]["text"] = "4"
    assert only("receipt", told).severity == "error"


def test_attainment_over_100_percent_is_no_finding_but_a_part_over_its_whole_is():
    term = years(2017, 2022)
    reached = story("a", figure("party_target", 400, **term), figure("party_admitted", 422, **term))
    assert found("over_100", reached).empty
    row = only("over_100", story("a", figure("party_referred", 400, **term), figure("party_admitted", 422, **term)))
    assert "105.5%" in row.message
    assert "105,5%" in row.message_vi


@pytest.mark.parametrize("published", ["12/8/2023", "2023-13", "tháng 8"])
def test_a_date_that_cannot_be_read_is_named_and_the_article_counts_as_undated(published):
    told = story("a", figure("dialogues", 3, **since(2013)), published=published)
    assert published in only("published", told).message
    assert only("undated_windows", told).article == "a"
    assert facts_of(told).articles["published"].isna().all()


def test_findings_of_the_floors_below_stay_and_errors_come_first():
    told = story("a", *(figure("party_admitted", n, **years(2017, 2020)) for n in (202, 4884)), figure(None, 1))
    from_below = facts_of(story("b", figure(None, 1)))
    facts = make_facts([told.article], told.rows, [], RAW)
    order = [SEVERITIES.index(severity) for severity in facts.findings["severity"]]
    assert order == sorted(order)
    assert set(order) == {0, 2}
    assert set(from_below.findings["check"]) == {"no_indicator"}
