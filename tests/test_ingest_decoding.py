"""Encodings declared, undeclared and wrong: what is read, and where each character stands in the file."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.errors import FileError
from analysis.ingest.articles import read_article
from analysis.ingest.decoding import VIETNAMESE, decode
from analysis.ingest.repair import repair
from page_builders import cp1258

TOLD = "Công đoàn tỉnh đã kết nạp 13.838 người – đạt “98,7%” kế hoạch; trong đó 5.551 nữ, ở Ỷ La."
LATIN = TOLD.encode().decode("latin-1")


def garble(text: str, encoding: str) -> str:
    """UTF-8 read as an 8-bit encoding, with the control characters that Windows leaves in its gaps."""
    return "".join(
        bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in unicodedata.normalize("NFC", text).encode()
    )


@pytest.mark.parametrize(
    ("raw", "encoding", "repaired"),
    [
        (TOLD.encode(), "utf-8", False),
        (unicodedata.normalize("NFD", TOLD).encode(), "utf-8", False),
        (cp1258(TOLD), "cp1258", False),
        (TOLD.encode("utf-16"), "utf-16", False),
        ("\ufeff".encode("utf-16-be") + TOLD.encode("utf-16-be"), "utf-16", False),
        (TOLD.encode("utf-16-le"), "utf-16-le", False),
        (TOLD.encode("utf-32"), "utf-32", False),
        (LATIN.encode(), "utf-8", True),
        (garble(TOLD, "cp1252").encode(), "utf-8", True),
        (garble(garble(TOLD, "latin-1"), "latin-1").encode(), "utf-8", True),
    ],
    ids=["utf-8", "nfd", "cp1258", "utf-16", "utf-16-be", "no mark", "utf-32", "latin-1", "cp1252", "twice"],
)
def test_what_was_written_is_read(raw, encoding, repaired):
    got = decode(raw, Path("a.txt"))
    assert unicodedata.normalize("NFC", got.text) == TOLD
    assert (got.encoding, got.repaired, got.damaged) == (encoding, repaired, 0)
    file = raw.decode(encoding)
    for number in ("13.838", "98,7", "5.551"):
        start = got.text.index(number)
        places = (
            (start, start + len(number))
            if got.offsets is None
            else (got.offsets[start], got.offsets[start + len(number)])
        )
        assert file[slice(*places)] == number


def test_a_file_is_itself_where_nothing_is_wrong():
    for text in (
        TOLD,
        "\ufeff" + TOLD,
        unicodedata.normalize("NFD", TOLD),
        "à“Ồ” là Ã và Â",
        "5 ﬁ &amp; ‘x’ …\r\n\r\nÀ”",
    ):
        got = decode(text.encode(), Path("a.txt"))
        assert (got.text, got.offsets) == (text, None)


def test_a_slip_in_utf8_is_shown_and_told(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes((TOLD * 3).encode() + b" \xe1\xba v\xc3\xa0 7 ng\xc6\xb0\xe1\xbb\x9di.")
    article = read_article(path)
    assert article.text.endswith(" \ufffd và 7 người.")
    assert [(f.check, f.severity) for f in article.doubts] == [("article_doubtful", "warning")]


def test_windows_1258_is_read_and_told(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(cp1258(TOLD))
    article = read_article(path)
    assert article.text == TOLD
    assert [f.check for f in article.doubts] == ["article_doubtful"]
    start = article.text.index("5.551")
    first, last = article.span(start, start + 5)
    assert path.read_bytes()[first:last] == b"5.551"
    assert first > start  # tones are characters of their own in the file


def test_english_quotes_of_windows_are_text():
    assert decode("The “union” has 5 members.".encode("cp1252"), Path("a.txt")).text == "The “union” has 5 members."


def test_a_declared_encoding_is_tried_only_where_utf8_fails():
    assert decode(TOLD.encode(), Path("a.html"), ["iso-8859-1"]).text == TOLD
    assert decode(cp1258(TOLD), Path("a.html"), ["iso-8859-1", "no-such", "utf-8", "rot13"]).text == TOLD


letters = st.sampled_from(sorted(VIETNAMESE) + list("aeiouybcdghklmnpqrstvx"))
phrases = st.lists(
    st.one_of(st.text(letters, min_size=1, max_size=7), st.integers(0, 10**6).map(str), st.sampled_from(["12,5%", "–", "“5”", "\n", "(3)"])),
    min_size=1,
    max_size=20,
).map(" ".join)  # fmt: skip


@given(phrases)
def test_windows_1258_comes_back(text):
    try:
        got = decode(cp1258(text), Path("a.txt"))
    except FileError as error:
        assert "is empty" in str(error)
    else:
        assert got.text == text or got.text == unicodedata.normalize("NFC", cp1258(text).decode("utf-8", "replace"))


@given(phrases, st.sampled_from(["latin-1", "cp1252"]))
@example("Ã 5", "latin-1")
@example("đo à n 5", "latin-1")
def test_a_repair_moves_no_figure(text, encoding):
    check_map(garble(text, encoding))


@given(st.text(max_size=200))
@example(LATIN + "\r\n" + TOLD + "\n\n" + LATIN.replace("\xa0", " "))
def test_no_text_is_lost_or_shifted(text):
    check_map(text)


def check_map(text: str) -> None:
    """The map never falls, ends at the end, keeps lines, and leads each printed ASCII character to itself."""
    good, offsets = repair(text)
    if offsets is None:
        assert good == text
        return
    assert len(offsets) == len(good) + 1
    assert list(offsets) == sorted(offsets)
    assert offsets[len(good)] == len(text)
    assert good.count("\n") == text.count("\n")
    kept = [(i, c) for i, c in enumerate(good) if "!" <= c <= "~"]
    assert [text[offsets[i]] for i, _ in kept] == [c for _, c in kept] == [c for c in text if "!" <= c <= "~"]
    assert repair(good)[0] == good
