"""The digests in data/raw, their sources and their gold; and, where the originals are, what the two have in common."""

import csv
import hashlib
import re
import runpy
import shutil
import subprocess
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "data" / "raw"
GOLD = Path(__file__).parent / "data" / "digests"
LONGEST_RUN = 11  # words in a row that a digest may share with an original: names of documents and figure phrases
CLASSES = {"figure", "date", "duration", "doc_ref", "ordinal", "boilerplate", "other"}
SAME = (
    *("token", "value", "value_high", "qualifier", "unit", "unit_also", "indicator"),
    *("place", "body", "period_start", "period_end", "period_scored"),
)


def rows_of(path: Path, **dialect) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True, **dialect))


def gold_of(path: Path) -> list[dict[str, str]]:
    return rows_of(path, delimiter="\t", quoting=csv.QUOTE_NONE)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def text_of(source: dict[str, str]) -> str:
    return (RAW / source["file"]).read_bytes().decode("utf-8")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of one word more than may be shared."""
    found = words(text)
    return {tuple(found[i : i + LONGEST_RUN + 1]) for i in range(len(found) - LONGEST_RUN)}


def tracked_texts() -> dict[str, str]:
    """The text files of data/ and tests/ that are the project's own, by their path; all of them where git knows none."""
    names: list[str] = []
    if shutil.which("git"):
        listed = subprocess.run(["git", "ls-files", "-z", "data", "tests"], cwd=ROOT, capture_output=True, check=False)
        names = [name for name in listed.stdout.decode().split("\0") if name]
    if not names:
        own = [RAW / source["file"] for source in SOURCES] + [p for p in (ROOT / "tests").rglob("*") if p.is_file()]
        names = [str(path.relative_to(ROOT)) for path in own]
    texts = {}
    for name in names:
        if (ROOT / name).is_file() and name != "data/raw/sources.csv":
            texts[name] = (ROOT / name).read_bytes().decode("utf-8", errors="ignore")
    return texts


SOURCES = [source for source in rows_of(RAW / "sources.csv") if source["kind"] == "digest"]
each_digest = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source["id"])


def test_there_is_one_digest_for_each_original_and_gold_for_each_digest():
    assert len(SOURCES) == len({source["id"] for source in SOURCES}) == 5
    assert len({source["original_sha256"] for source in SOURCES}) == 5
    assert {path.stem for path in GOLD.glob("*.tsv")} == {source["id"] for source in SOURCES}


@each_digest
def test_the_row_in_sources_matches_the_file(source):
    assert source["file"] == f"articles/{source['id']}.txt"
    assert source["sha256"] == sha256(RAW / source["file"]), f"{source['file']} was changed: renew its row and its gold"
    assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", source["published"])
    assert source["publisher"] and source["title"] and source["published_note"]
    text = text_of(source)
    assert text == unicodedata.normalize("NFC", text)


@each_digest
def test_every_digit_of_a_digest_is_inside_a_row_of_its_gold(source):
    text, rows = text_of(source), gold_of(GOLD / f"{source['id']}.tsv")
    spans = [(int(row["start"]), int(row["end"])) for row in rows]
    assert [text[start:end] for start, end in spans] == [row["token"] for row in rows]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert [row["n"] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    bare = [m.group() for m in re.finditer(r"\d+", text) if not any(s <= m.start() and m.end() <= e for s, e in spans)]
    assert bare == []


@each_digest
def test_the_gold_of_a_digest_is_whole(source):
    text = text_of(source).replace("\xa0", " ").lower()
    for row in gold_of(GOLD / f"{source['id']}.tsv"):
        assert row["class"] in CLASSES, row
        if row["class"] == "figure":
            assert row["value"] and row["qualifier"] and row["unit"] and row["indicator"] and row["place"], row
            assert row["period_text"].lower() in text, row
            near = text[max(0, int(row["start"]) - 60) : int(row["end"]) + 60]
            assert row["unit_text"].lower() in near, row
        else:
            assert not row["value"] and not row["indicator"], row


@each_digest
def test_a_digest_carries_every_figure_of_its_original_once(source, shared):
    def figures(path: Path) -> Counter:
        return Counter(tuple(row[name] for name in SAME) for row in gold_of(path) if row["class"] == "figure")

    original = figures(shared / "gold" / source["original_file"].replace(".txt", ".tsv"))
    assert figures(GOLD / f"{source['id']}.tsv") == original and original.total() >= 3


@each_digest
def test_the_original_is_the_one_that_was_recorded(source, shared):
    original = shared / "articles" / source["original_file"]
    assert sha256(original) == source["original_sha256"]
    assert source["title"] in original.read_text(encoding="utf-8")


def test_the_scorer_reads_the_gold_of_the_digests(shared):
    gold = runpy.run_path(str(shared / "score.py"))["read_gold"](GOLD)
    assert {name: len(rows) for name, rows in gold.items()} == {
        source["id"]: len(gold_of(GOLD / f"{source['id']}.tsv")) for source in SOURCES
    }


def test_no_sentence_of_an_original_stands_in_the_project(shared):
    originals = {path.name: runs(path.read_text(encoding="utf-8")) for path in (shared / "articles").glob("*.txt")}
    assert len(originals) == 5 and all(len(found) > 500 for found in originals.values())
    texts = tracked_texts()
    assert all(any(name.endswith(source["file"]) for name in texts) for source in SOURCES)
    copied = {
        (name, original, " ".join(run))
        for name, text in texts.items()
        for original, found in originals.items()
        for run in found & runs(text)
    }
    assert copied == set()
