"""Texts that nobody would write: whatever they are, every digit is in one numeral, and no row contradicts itself.

FIGURES_FUZZ=long tries far more of each, as `make fuzz` does.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from bench.corpus import digests, unseen
from bench.fuzz import BLANK
from bench.fuzz_rules import broken, broken_links
from bench.fuzz_texts import CHANGES, LONGEST, SPICE, phrases, shrunk
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analysis.errors import FileError
from analysis.extract import extract_article
from analysis.ingest.articles import read_article
from analysis.ingest.formats import SUFFIXES
from conftest import ROOT

LONG = os.environ.get("FIGURES_FUZZ") == "long"
ENDS = 120  # seconds, a hundred times what is needed; only what never ends reaches it


def examples(quick: int):
    """So many examples, and forty times as many in a long run. No deadline: the machine may be busy."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    return settings(max_examples=quick * 40 if LONG else quick, deadline=None, suppress_health_check=slow)


def problems(text: str) -> list[str]:
    article = replace(BLANK, text=text)
    return broken(article, extract_article(article))


NUMBERS = (
    "1",
    "05",
    "2019",
    "12.512",
    "1,5",
    "1.5.2",
    "12/2019",
    "31/02/2020",
    "2013-2019",
    "50%",
    "99999999999999999999",
    "-3",
    "3/0",
    "0",
)
PHRASES = sorted({phrase for found in phrases().values() for phrase in found})
MARKS = st.sampled_from(
    [*SPICE, *NUMBERS, " ", "\n", "\u0302", "\u0309", "\u202b", "\u2067", "\U0001f600", "\U0001d7d9", "①", "Ⅻ"]
)
LETTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\0")
TEXTS = [article.text for members in (digests(), *unseen()) for article in members.articles()]


@st.composite
def worded(draw) -> str:
    """Phrases of the wording tables and numbers, with blanks, signs or nothing between them."""
    parts = draw(st.lists(st.sampled_from(PHRASES) | st.sampled_from(NUMBERS), min_size=1, max_size=30))
    joint = draw(st.sampled_from((" ", " ", " ", "", ", ", "\n", " - ", "; ", ". ", " (", "\u00a0")))
    return draw(st.sampled_from((str, str.upper, str.title)))(joint.join(parts))


@st.composite
def mutated(draw) -> str:
    """A piece of an article, with lines cut, swapped and repeated, and signs put in or changed."""
    text = draw(st.sampled_from(TEXTS))
    start = draw(st.integers(0, len(text) - 1))
    text = text[start : start + draw(st.integers(1, 3000))]
    rng = random.Random(draw(st.integers(0, 2**32)))
    for change in draw(st.lists(st.sampled_from(CHANGES), max_size=12)):
        text = change(rng, text)[:LONGEST]
    return text


@examples(80)
@given(st.text(LETTERS, max_size=200) | st.lists(MARKS | st.text(LETTERS, max_size=5), max_size=60).map("".join))
@example("")
@example("\n1\r\n2\u2028" + "3")
def test_any_characters(text):
    assert problems(text) == []


@examples(120)
@given(worded())
def test_the_words_that_rules_look_for_in_any_order(text):
    assert problems(text) == []


@examples(80)
@given(mutated(), st.sampled_from(("NFC", "NFD")))
def test_spoilt_articles(text, form):
    assert problems(unicodedata.normalize(form, text)) == []


@examples(100)
@given(st.binary(max_size=600), st.sampled_from(TEXTS), st.sampled_from(("utf-8", "utf-16", "cp1258")))
def test_any_bytes(raw, text, encoding):
    """Bytes among an article's own, so that some of them are read as repaired or as another encoding."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_bytes(text[:200].encode(encoding, "ignore") + raw)
        try:
            article = read_article(path)
        except FileError as error:
            assert str(error).startswith(str(path))
        else:
            assert broken(article, extract_article(article)) == []


HEADS = (
    b"",
    b"<html><body><p>12 ",
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"\xff\xfe",
    b"\xef\xbb\xbf5 ",
    b"<?xml version='1.0'?><html>",
)


@examples(4)
@given(
    st.lists(
        st.tuples(st.sampled_from(SUFFIXES), st.sampled_from(HEADS), st.binary(max_size=300)), min_size=8, max_size=24
    )
)
def test_the_command_reads_or_names_any_bytes_under_any_suffix(files):
    with tempfile.TemporaryDirectory() as folder:
        names = [f"a{number}{suffix}" for number, (suffix, _, _) in enumerate(files)]
        for name, (_, head, raw) in zip(names, files, strict=True):
            (Path(folder) / name).write_bytes(head + raw)
        command = [sys.executable, "-m", "analysis", "extract", "--all", "--format", "jsonl", *names]
        run = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=ENDS * 4)
    skipped = [name for name in names if f"skipped: {name}: " in run.stderr]
    assert run.returncode == (7 if skipped else 0) and "Traceback" not in run.stderr + run.stdout
    assert {json.loads(line)["article"] for line in run.stdout.splitlines()}.isdisjoint(
        Path(name).stem for name in skipped
    )


def test_a_phrase_over_and_over_is_read_to_the_end():
    """A million digits, dots or blank lines, and whole articles of one phrase; the last name printed is the one that never ended."""
    command = [sys.executable, "-m", "bench.fuzz", "--repeated"]
    try:
        run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=ENDS)
    except subprocess.TimeoutExpired as late:
        pytest.fail(f"not read within {ENDS} s: {(late.stdout or b'').decode()[-200:]}")
    assert run.returncode == 0, run.stdout + run.stderr


LINES = ["9," * 60 + "Đ", "11:" * 40 + "11 x", "N" * 300 + "Ồ!", "Ủy Ban " * 60 + "x", "1/1/19" * 40 + "x", "ngày đăng " * 50 + "1/1/2019 x",
         "#a" * 100 + "!", "|" * 300 + "x", "(" * 300 + "5", "1 -" * 200, "- " * 200 + "x", "a.b." * 100 + "5"]  # fmt: skip


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[:6])
def test_no_short_line_is_read_for_ever(line):
    """A pattern that tries every way to cut a line in pieces needs more than a life for a line of one screen."""
    code = "import sys; from test_fuzz import problems; sys.exit(bool(problems('Có 5 người\\n' + sys.argv[1])))"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "tests"), str(ROOT)))}
    try:
        run = subprocess.run([sys.executable, "-c", code, line], env=environment, capture_output=True, timeout=ENDS / 4)
    except subprocess.TimeoutExpired:
        pytest.fail(f"not read within {ENDS / 4} s")
    assert run.returncode == 0, run.stderr.decode()


@pytest.mark.parametrize(
    "text", ["14-1", "H\n1tỷ\n6\n", "\r3/1", "2 tỷ\n300 triệu đồng", "Có 5 người\r\n3/1"], ids=ascii
)
def test_what_once_broke_a_rule(text):
    """A range that runs backwards, an amount that ran on into the next line, a line that begins with a carriage return."""
    assert problems(text) == []


ROW = {
    "text": "12",
    "quote": "Có 12 người",
    "class": "figure",
    "id": "f1",
    "value": 12,
    "doubts": ["no_unit"],
    "confidence": 0.5,
    "part_of": None,
}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"id": "f1"}, "two numerals of one id"),
        ({"quote": "Có người"}, "quote without the text"),
        ({"doubts": ["odd"]}, "unknown doubt"),
        ({"confidence": 0}, "unknown doubt, or confidence"),
        ({"part_of": "f9"}, "part of no figure before it"),
        ({"part_of": "f1", "value": 13}, "part that is more than its whole"),
    ],
)
def test_a_loose_end_is_named(change, problem):
    assert broken_links([ROW, ROW | {"id": "f2"}]) == []
    assert [told for told in broken_links([ROW, ROW | {"id": "f2"} | change]) if told.startswith(problem)]


@given(st.text("ab5", max_size=40))
def test_a_shrunk_text_still_fails(text):
    def fails(shorter: str) -> bool:
        return shorter.count("5") >= 2

    least = shrunk(text, fails)
    assert least == ("55" if fails(text) else text)
