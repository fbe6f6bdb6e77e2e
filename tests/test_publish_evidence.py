"""Articles beside their figures: each figure is marked where it stands, also where its digits stand twice."""

import re
from html import unescape

import pandas as pd
import pytest

from analysis.extract import extract_article
from analysis.ingest.articles import Article, read_articles
from analysis.publish.evidence import marked, sentences
from conftest import ROOT

TITLE = "Công đoàn tỉnh Lào Cai năm qua\n\n"


def found_in(article: Article):
    rows = pd.DataFrame(extract_article(article))
    return sentences(rows, rows[rows["class"] == "figure"])


def read(text: str):
    return found_in(Article("x", ROOT / "x.txt", TITLE + text, "0" * 64))


CASES = [
    # The same digits as a date and as a figure, in both orders.
    ("Ngày 12/5/2019, công đoàn tỉnh kết nạp 12 đoàn viên.", "Ngày 12/5/2019, công đoàn tỉnh kết nạp <mark>12</mark> đoàn viên."),
    ("Có 20 đoàn viên được thưởng, 20 đoàn viên khác được khen.", "Có <mark>20</mark> đoàn viên được thưởng, <mark>20</mark> đoàn viên khác được khen."),
    ("Công đoàn tỉnh có 5 đoàn viên & 15 tổ.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_figures_are_marked_where_they_stand(text, expected):
    (sentence,) = read(text)
    shown = re.sub(r' title="[^"]*"', "", marked(sentence))
    assert unescape(re.sub(r"</?mark>", "", shown)) == sentence.quote
    assert expected is None or shown == expected


def test_a_sentence_that_stands_twice_is_two_sentences():
    text = "Công đoàn tỉnh có 120 đoàn viên."
    first, second = read(f"{text}\n\n{text}\n")
    assert first.quote == second.quote == text and first.offset < second.offset
    assert marked(first).count("<mark") == marked(second).count("<mark") == 1


@pytest.mark.parametrize("article", read_articles(ROOT / "data/raw")[0], ids=lambda article: article.id)
def test_every_figure_of_the_articles_is_shown_once(article):
    figures = [row for row in extract_article(article) if row["class"] == "figure"]
    shown = found_in(article)
    assert sorted(row["id"] for sentence in shown for row in sentence.figures) == sorted(row["id"] for row in figures)
    for sentence in shown:
        assert article.text[sentence.offset : sentence.offset + len(sentence.quote)] == sentence.quote
        assert unescape(re.sub(r"<[^>]*>", "", marked(sentence))) == sentence.quote
