"""Whole articles: every numeral accounted for, every figure of the digests found right, nothing lost on any input."""

import csv
import json
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.extract import extract_article
from analysis.ingest.articles import Article, read_article, read_articles
from conftest import ROOT

GOLD = Path(__file__).parent / "data/digests"
KEYS = {
    "article", "start", "end", "text", "class", "reason", "value", "value_high", "qualifier", "unit", "unit_text", "indicator",
    "place", "body", "period_start", "period_end", "period_text", "part_of", "confidence", "doubts", "quote", "id",
}  # fmt: skip
DIGESTS = {a.id: a for a in read_articles(ROOT / "data/raw")[0]}


def gold_of(name: str) -> list[dict]:
    with (GOLD / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("name", sorted(DIGESTS))
def test_every_figure_of_a_digest_is_right(name):
    """Against the digest's own gold: span, value, qualifier, unit, indicator, place, body and window of each figure."""
    found = {row["start"]: row for row in extract_article(DIGESTS[name]) if row["class"] == "figure"}
    wrong = []
    for gold in (g for g in gold_of(name) if g["class"] == "figure"):
        row = found.pop(int(gold["start"]), None)
        if row is None:
            wrong.append((gold["token"], "missed"))
            continue
        wanted = {key: gold[key] or None for key in ("qualifier", "indicator", "place", "body")}
        wanted |= {
            "value": float(gold["value"]),
            "value_high": float(gold["value_high"]) if gold["value_high"] else None,
        }
        wrong += [(gold["token"], key, row[key], want) for key, want in wanted.items() if row[key] != want]
        if row["unit"] not in {gold["unit"], *gold["unit_also"].split(",")}:
            wrong.append((gold["token"], "unit", row["unit"], gold["unit"]))
        if gold["period_scored"] == "yes" and (row["period_start"] or "") != gold["period_start"]:
            wrong.append((gold["token"], "period_start", row["period_start"], gold["period_start"]))
        if gold["period_scored"] == "yes" and gold["period_end"] and row["period_end"] != gold["period_end"]:
            wrong.append((gold["token"], "period_end", row["period_end"], gold["period_end"]))
    assert not wrong
    assert not found, "figures that the gold does not have"


@pytest.mark.parametrize("name", sorted(DIGESTS))
def test_every_numeral_of_a_digest_has_its_class(name):
    rows = extract_article(DIGESTS[name])
    wrong = []
    for gold in gold_of(name):
        cover = [r for r in rows if r["start"] < int(gold["end"]) and int(gold["start"]) < r["end"]]
        if not any(r["class"] in {gold["class"], *gold["class_also"].split(",")} for r in cover):
            wrong.append((gold["token"], gold["class"], [r["class"] for r in cover]))
    assert not wrong


def meaning(rows: list[dict]) -> list[tuple]:
    """What rows say, without where they say it: a part names the value of its whole."""
    values = {r["id"]: r["value"] for r in rows}
    said = sorted(KEYS - {"start", "end", "text", "quote", "id", "unit_text", "period_text", "reason", "part_of"})
    return [(values.get(r["part_of"]), *(r[name] for name in said)) for r in rows]


def check(article: Article) -> list[dict]:
    """The invariants of any extraction."""
    rows = extract_article(article)
    covered: set[int] = set()
    for row in rows:
        assert set(row) == KEYS
        assert row["text"] == article.text[row["start"] : row["end"]]
        assert row["class"] and row["reason"]
        assert (row["confidence"] is None) == (row["doubts"] is None) == (row["class"] != "figure")
        span = set(range(row["start"], row["end"]))
        assert not span & covered, "two numerals over one another"
        covered |= span
        json.dumps(row)
    assert [r["start"] for r in rows] == sorted(r["start"] for r in rows)
    assert {i for i, c in enumerate(article.text) if c in "0123456789"} <= covered
    assert len({r["id"] for r in rows}) == len(rows)
    return rows


@pytest.mark.parametrize("name", sorted(DIGESTS))
@pytest.mark.parametrize(
    "rewrite",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: "\ufeff" + text,
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("-", "–"),
        lambda text: text.replace("hóa", "hoá").replace("ủy", "uỷ").replace("òa", "oà"),
    ],
    ids=["NFD", "byte order mark", "no-break spaces", "CRLF", "en dashes", "old tones"],
)
def test_the_same_figures_however_it_is_written(name, rewrite):
    article = DIGESTS[name]
    assert meaning(check(replace(article, text=rewrite(article.text)))) == meaning(check(article))


VIETNAMESE = st.lists(
    st.sampled_from(
        [
            "0",
            "1",
            "7",
            "19.320",
            "55,294",
            "2013",
            "2017-2020",
            "12/12/2013",
            "60-70%",
            "1/2",
            ".",
            ",",
            ";",
            "(",
            ")",
            "\n",
            "năm",
            "từ",
            "đến",
            "nay",
            "trong",
            "qua",
            "giai",
            "đoạn",
            "trên",
            "gần",
            "khoảng",
            "đoàn",
            "viên",
            "tỷ",
            "triệu",
            "đồng",
            "đồng",
            "chí",
            "người",
            "số",
            "thứ",
            "Nghị",
            "quyết",
            "kết",
            "nạp",
            "Đảng",
            "giới",
            "thiệu",
            "huyện",
            "Bảo",
            "Yên",
            "Lào",
            "Cai",
            "Hiện",
            "nay",
            "trở",
            "lên",
            "rưỡi",
            "m2",
            "tháng",
            "quý",
            "I",
            "%",
        ]
    ),
    max_size=40,
).map(" ".join)


@given(st.one_of(VIETNAMESE, st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=120)))
@settings(max_examples=400, deadline=None)
def test_nothing_is_lost_on_any_text(text):
    check(Article(id="a", path=None, text=text, sha256="", published="2019"))


@given(st.integers(1, 10**9), st.sampled_from(["đoàn viên", "chi bộ", "buổi", "ý kiến", "sáng kiến"]))
@settings(max_examples=100, deadline=None)
def test_a_printed_number_is_read_back(value, noun):
    text = f"Kết quả có {value:,} {noun}.".replace(",", ".")
    [row] = extract_article(Article(id="a", path=None, text=text, sha256="", published=""))
    assert (row["class"], row["value"]) == ("figure", value)


@pytest.mark.parametrize(
    "text", ["7" * 300_000, "." * 300_000, "1." * 150_000, "12 người, " * 3_000, "a. " * 50_000 + "5 người"]
)
def test_long_lines_end(text):
    check(Article(id="a", path=None, text=text, sha256="", published=""))


@pytest.mark.parametrize(
    ("folder", "gold", "bars"),
    [
        ("articles", "gold", {"f1_figure": 0.99, "f1_value_qualifier_unit": 0.98, "period_accuracy": 0.97, "place_accuracy": 0.98,
                              "indicator_accuracy": 0.97, "class_accuracy_of_other_numerals": 0.95}),
        ("dev/articles", "dev/gold", {"f1_figure": 0.97, "f1_value_qualifier_unit": 0.93, "period_accuracy": 0.90, "place_accuracy": 0.93,
                                      "indicator_accuracy": 0.90}),
        ("dev/pasted", "dev/pasted_gold", {"f1_figure": 0.95}),
    ],
)  # fmt: skip
def test_score_on_annotated_articles(shared, tmp_path, folder, gold, bars):
    found = tmp_path / "found.jsonl"
    rows = [row for path in sorted((shared / folder).glob("*.txt")) for row in check(read_article(path))]
    found.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    command = [sys.executable, shared / "score.py", shared / gold, found, "--json"]
    if folder.startswith("dev"):
        command += ["--core", shared / "core_indicators.txt"]
    score = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert score["unaccounted_numerals"] == 0
    assert {name: score[name] for name, bar in bars.items() if score[name] < bar} == {}
