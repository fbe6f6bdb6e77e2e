"""Receipts: every published number leads back to the words of an article."""

import pytest

from analysis.errors import UsageError
from analysis.reconcile.receipts import receipt
from figure_rows import facts_of, figure, since, story, years

TOLD = story(
    "a",
    figure("party_referred", 466, **since(2017, place="Bảo Yên")),
    figure("party_admitted", 422, **since(2017, place="Bảo Yên")),
    figure("party_admitted", 202, **years(2017, 2020, place="Bảo Yên", body="Đảng ủy Khối")),
    figure(None, 7, place=None),
    published="2021-05",
)


@pytest.fixture(scope="module")
def facts():
    return facts_of(TOLD, TOLD.renamed("copy"))


def test_every_figure_observation_and_measure_leads_to_words_that_stand_in_the_article(facts):
    ids = [*facts.figures["id"], *facts.observations["id"], *facts.measures["id"]]
    assert len(ids) == 8 + 3 + 2
    for id in ids:
        origins = receipt(facts, id).origins
        assert origins
        for origin in origins:
            assert TOLD.article.text[origin.start : origin.end] == origin.text
            assert origin.sha256 == TOLD.article.sha256


def test_a_measure_names_numerator_and_denominator_and_every_article_behind_them(facts):
    row = facts.measures[facts.measures["status"] == "derived"].iloc[0]
    chain = receipt(facts, row["id"])
    assert [role for role, _ in chain.parts] == ["numerator", "denominator"]
    assert [part.amount.value for _, part in chain.parts] == [422, 466]
    assert {origin.article for origin in chain.origins} == {"a", "copy"}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "vi",
            [
                "90,6%",
                "từ năm 2017 đến nay (tháng 5/2021)",
                "Tử số",
                "Mẫu số",
                "ký tự",
                "Nguyên văn “422”",
                "tháng 5/2021",
            ],
        ),
        (
            "en",
            ["90.6%", "2017 to date (May 2021)", "Numerator", "Denominator", "characters", "Printed “422”", "May 2021"],
        ),
    ],
)
def test_as_text_tells_the_chain_in_both_languages(facts, lang, words):
    row = facts.measures[facts.measures["status"] == "derived"].iloc[0]
    text = receipt(facts, row["id"]).as_text(lang)
    for word in [*words, TOLD.article.sha256, "articles/a.txt", "Bài a", "Có 422 người"]:
        assert word in text


def test_a_refused_measure_gives_its_reason_and_the_nearest(facts):
    row = facts.measures[facts.measures["status"] == "refused"].iloc[0]
    chain = receipt(facts, row["id"])
    assert chain.amount is None
    assert [role for role, _ in chain.parts] == ["numerator", "nearest"]
    assert "không tính được" in chain.as_text("vi")
    assert "Đảng ủy Khối (Bảo Yên)" in chain.as_text("vi")
    assert "different populations" in chain.as_text("en")


def test_a_figure_without_indicator_or_source_still_has_a_receipt(facts):
    row = facts.figures[facts.figures["indicator"].isna()].iloc[0]
    text = receipt(facts, row["id"]).as_text("vi")
    assert "chưa thuộc mục nào trong bảng mục số liệu" in text
    assert "Bài không nêu giai đoạn" in text


@pytest.mark.parametrize("id", ["", "f00000000", "o0", "nothing", "' or 1==1"])
def test_an_unknown_id_is_a_usage_error_that_says_where_ids_stand(facts, id):
    with pytest.raises(UsageError, match=r"observations\.csv"):
        receipt(facts, id)
