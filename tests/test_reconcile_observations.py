"""Releases and observations: what is one fact, what stays two, and what copies must not change."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reconcile.measures import measures_table
from analysis.reference.codebook import load_codebook
from figure_rows import facts_of, figure, reconciled, since, story, years

SIX = [figure("party_referred", 10 + n, **years(2010 + n, 2011 + n)) for n in range(6)]


def test_same_value_for_one_key_is_one_observation_with_both_figures():
    one, other = story("a", *SIX), story("b", *SIX[:5], figure("dialogues", 3, **years(2019, 2019)))
    facts = facts_of(one, other)
    shared = facts.observations[facts.observations["value"] == 10].iloc[0]
    assert shared["n_articles"] == 2
    assert shared["n_releases"] == 1
    assert len(shared["figures"].split(";")) == 2
    assert len(facts.observations) == 7


def test_two_sources_that_agree_are_two_releases():
    facts = facts_of(story("a", SIX[0]), story("b", SIX[0], SIX[1]))
    assert facts.observations.set_index("value").loc[10, "n_releases"] == 2


def test_two_values_for_one_key_stay_two_and_are_named():
    facts = facts_of(story("a", SIX[0]), story("b", {**SIX[0], "value": 12}))
    assert sorted(facts.observations["value"]) == [10, 12]
    found = facts.findings.set_index("check").loc["contradiction"]
    assert set(found["figures"].split(";")) == set(facts.figures["id"])
    assert found["severity"] == "warning"
    assert "10 (a)" in found["message"]
    assert "12 (b)" in found["message"]


DIFFERENT = [
    {"place": "Bảo Yên"},
    {"body": "Đảng ủy Khối"},
    {"period_start": "2011-01-01"},
    {"period_end": None},
    {"qualifier": "at_least"},
    {"unit": "participation"},
]


@pytest.mark.parametrize("change", DIFFERENT)
def test_what_differs_in_anything_is_another_observation(change):
    assert len(facts_of(story("a", SIX[0], {**SIX[0], **change})).observations) == 2


AS_OF = [
    (since(2013), "2019", "2019"),
    (since(2013), "2023-08-12", "2023-08-12"),
    (since(2013), "", None),
    ({}, "2019-10", "2019-10"),
    (years(2013, 2018), "2019", None),
    ({"period_end": "2019-06-30"}, "2019", None),
]


@pytest.mark.parametrize(("window", "published", "as_of"), AS_OF)
def test_open_windows_and_levels_carry_the_article_date(window, published, as_of):
    found = (
        facts_of(story("a", figure("union_members", 5, **window), published=published)).observations["as_of"].iloc[0]
    )
    assert (None if pd.isna(found) else found) == as_of


def test_copies_of_one_release_share_the_date_of_the_first_which_is_no_more_precise_than_known():
    repeated = [figure("party_referred", n, **since(2000 + n)) for n in range(1, 7)]
    facts = facts_of(story("a", *repeated, published="2023"), story("b", *repeated, published="2023-08-12"))
    assert set(facts.observations["as_of"]) == {"2023"}
    assert set(facts.observations["n_releases"]) == {1}


def test_values_that_contradict_each_other_are_contested_and_others_reported():
    facts = facts_of(
        story("a", *SIX, figure("dialogues", 83, **years(2013, 2023))),
        story("b", *SIX, figure("dialogues", 84, **years(2013, 2023)), figure("dialogues", 80, **years(2013, 2022))),
    )
    assert facts.articles["release"].nunique() == 1
    status = facts.observations.set_index("value")["status"]
    assert {value for value, told in status.items() if told == "contested"} == {83, 84}
    assert set(status) == {"contested", "reported"}


NOT_CONTESTED = [
    ({"qualifier": "at_least"}, {"value": 84}),
    ({}, {"value": 84, "unit": "session"}),
    ({}, {"value": 84, "body": "Đảng ủy Khối"}),
    (dict.fromkeys(("period_start", "period_end", "period_text")),) * 2,
]


@pytest.mark.parametrize(("one", "other"), NOT_CONTESTED)
def test_what_can_hold_together_is_not_contested(one, other):
    plain = figure("dialogues", 83, **years(2013, 2023))
    told = facts_of(story("a", plain | one), story("b", plain | {"value": 84} | other))
    assert set(told.observations["status"]) == {"reported"}


def past(year: int, **fields) -> dict:
    """Fields of "Trong 10 năm qua" as an article of `year` means it."""
    return {"period_start": f"{year - 10}-01-01", "period_text": "Trong 10 năm qua"} | fields


def telling(name: str, year: int, *changed: dict, **fields):
    figures = [figure("party_referred", 10 + n, **past(year)) for n in range(6)]
    return story(name, *figures, *changed, published=str(year), **fields)


def test_a_later_copy_takes_the_windows_of_the_first_article_and_says_so():
    facts = facts_of(telling("z", 2023), telling("a", 2024))
    assert facts.articles["release"].nunique() == 1
    assert set(facts.figures["period_start"].dt.year) == {2013}
    assert set(facts.observations["as_of"]) == {"2023"}
    assert facts.observations["n_articles"].tolist() == [2] * 6
    reasons = facts.figures.set_index("article")["reason"]
    assert reasons["a"].str.contains("as in z").all()
    assert not reasons["z"].str.contains("as in").any()


def test_a_number_changed_in_a_later_copy_is_of_the_first_articles_window_and_contested():
    one = telling("a", 2023, figure("dialogues", 83, **past(2023)))
    facts = facts_of(one, telling("b", 2024, figure("dialogues", 84, **past(2024))))
    dialogues = facts.observations[facts.observations["indicator"] == "dialogues"]
    assert dialogues["status"].tolist() == ["contested", "contested"]


def test_articles_that_are_no_copies_keep_their_own_windows():
    facts = facts_of(telling("a", 2023), story("b", figure("party_referred", 10, **past(2024)), published="2024"))
    assert sorted(facts.figures["period_start"].dt.year.unique()) == [2013, 2014]


def test_one_finding_names_all_copies_of_a_release():
    facts = facts_of(*(telling(f"a{n}", 2023 + n, figure("dialogues", n, **past(2023))) for n in range(8)))
    [row] = facts.findings[facts.findings["check"] == "release"].itertuples()
    assert all(f"a{n}" in row.message for n in range(8))
    assert "8 articles" in row.message
    assert "85%" in row.message
    assert row.article == "a0"


def extra(count: int) -> list[dict]:
    return [figure("dialogues", 100 + n, **years(1990 + n, 1990 + n)) for n in range(count)]


RELEASES = [
    (SIX, SIX, True),
    (SIX, [*SIX, *extra(20)], True),  # shortened
    ([*SIX[:5], *extra(1)], SIX, True),  # 5 of 6
    ([*SIX[:5], *extra(2)], [*SIX, *[{**f, "value": 999} for f in extra(4)]], False),  # 5 of 7
    (SIX[3::-1], SIX, False),  # 4 shared, each in another sentence: too few to tell
    (SIX[:2], SIX, True),  # 2 shared in the same sentences
    (SIX[:1], SIX, False),
    ([*SIX[:2], *extra(1)], SIX, False),  # 2 of 3
    ([{**f, "place": "Bảo Yên"} for f in SIX], SIX, False),
    ([{**f, "value": f["value"] + 100} for f in SIX], SIX, False),
    ([figure(None, n) for n in range(6)], [figure(None, n) for n in range(6)], True),  # without indicators too
]


@pytest.mark.parametrize(("one", "other", "same"), RELEASES)
def test_releases_are_articles_that_repeat_each_other(one, other, same):
    facts = facts_of(story("a", *one), story("b", *other))
    assert (facts.articles["release"].nunique() == 1) == same
    assert ("release" in set(facts.findings["check"])) == same


def test_the_same_file_is_one_release_however_short():
    short = story("a", SIX[0])
    assert facts_of(short, short.renamed("b")).observations["n_releases"].tolist() == [1]


def test_articles_without_figures_are_releases_of_their_own():
    assert facts_of(story("a"), story("b")).articles["release"].nunique() == 2


def test_releases_join_through_a_third():
    longer = story("b", *SIX, *extra(6))
    facts = facts_of(story("a", *SIX), longer, story("c", *extra(6)))
    assert facts.articles["release"].nunique() == 1


figures = st.builds(
    lambda slug, value, qualifier, window, place: figure(slug, value, qualifier=qualifier, place=place, **window),
    st.sampled_from(["party_referred", "party_admitted", "dialogues", "dialogue_opinions", "union_members"]),
    st.integers(0, 30),
    st.sampled_from(["exact", "at_least", "at_most", "about"]),
    st.sampled_from([since(2013), years(2017, 2020), {}]),
    st.sampled_from(["Lào Cai", "Bảo Yên"]),
)
published = st.sampled_from(["2019", "2019-10-17", "2021", ""])
batches = st.lists(st.tuples(st.lists(figures, max_size=7), published), min_size=1, max_size=4)


def stories_of(batch) -> list:
    return [story(f"a{n}", *found, published=date) for n, (found, date) in enumerate(batch)]


@settings(max_examples=10, deadline=None)
@given(batches, st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_nothing(batch, random):
    stories = stories_of(batch)
    shuffled = random.sample(stories, len(stories))
    before, after = facts_of(*stories), facts_of(*shuffled)
    for name, table in before.tables().items():
        pd.testing.assert_frame_equal(table, after.tables()[name])


def told(observation) -> tuple:
    """All that an observation says, without where it stands."""
    return observation.id, observation.key, observation.value, observation.interval, len(observation.releases)


@settings(max_examples=40, deadline=None)
@given(batches, st.data())
def test_a_copy_of_an_article_changes_no_value(batch, data):
    stories = stories_of(batch)
    copy = data.draw(st.sampled_from(stories)).renamed(data.draw(st.sampled_from(["0-copy", "z-copy"])))
    before, after = reconciled(*stories), reconciled(*stories, copy)
    assert [told(one) for one in before[0]] == [told(one) for one in after[0]]
    assert [(one.id, one.value, one.interval, one.refused) for one in before[1]] == [
        (one.id, one.value, one.interval, one.refused) for one in after[1]
    ]


@settings(max_examples=40, deadline=None)
@given(batches, st.data())
def test_copies_with_any_later_dates_change_nothing(batch, data):
    stories = stories_of([(found, date or "2018") for found, date in batch])
    copies = []
    for n in range(data.draw(st.integers(1, 4))):
        first = data.draw(st.sampled_from(stories))
        later = data.draw(st.sampled_from(["2022", "2022-03", "2023-08-12", "2030"]))
        copies.append(first.renamed(data.draw(st.sampled_from([f"0-{n}", f"z-{n}"])), published=later))
    before, after = reconciled(*stories), reconciled(*stories, *copies)
    assert [told(one) for one in before[0]] == [told(one) for one in after[0]]
    book = load_codebook()
    pd.testing.assert_frame_equal(measures_table(before[1], book), measures_table(after[1], book))


@settings(max_examples=40, deadline=None)
@given(batches)
def test_bounds_hold_the_value_and_every_figure_is_in_one_observation(batch):
    stories = stories_of(batch)
    observations, ratios = reconciled(*stories)
    computed = [ratio for ratio in ratios if ratio.interval is not None]
    for fact in (*observations, *computed):
        assert fact.interval.lo <= fact.value <= fact.interval.hi
    placed = sorted(name for observation in observations for name in observation.figures)
    assert placed == sorted(row["id"] for one in stories for row in one.rows)


@settings(max_examples=40, deadline=None)
@given(batches)
def test_one_row_at_most_for_each_measure_and_numerator(batch):
    _, ratios = reconciled(*stories_of(batch))
    above = [(ratio.measure.slug, ratio.numerator.id) for ratio in ratios]
    assert len(above) == len(set(above))
    assert all((ratio.value is None) == (ratio.refused is not None) for ratio in ratios)
