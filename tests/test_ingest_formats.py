"""Every format that is read, and every bad file that must cost nothing but a message."""

import io
import multiprocessing
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import FileError
from analysis.ingest import parsing
from analysis.ingest.articles import read_article, read_articles
from analysis.ingest.formats import DOCX, HTML, PDF, SUFFIXES, TEXT
from analysis.ingest.texts import TextFolder
from page_builders import make_docx, make_pdf, page, with_part

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
BOMB_ENTITIES = '<!DOCTYPE html [<!ENTITY a "{0}">{1}]><html><body><p>Có 5 người &z;</p></body></html>'
LAUGHS = BOMB_ENTITIES.format("ha" * 100, "".join(f'<!ENTITY {b} "{f"&{a};" * 50}">' for a, b in zip("abcdefghijklmnopqrstuvwxy", "bcdefghijklmnopqrstuvwxyz", strict=True)))  # fmt: skip
DTD = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>'


def write(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(**parts: bytes) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return raw.getvalue()


BAD = [
    ("a.docx", lambda: zipped(**{"word__document.xml": bytes(80_000_000)}), "zip bomb"),
    ("a.docx", lambda: zipped(**{"xl__workbook.xml": b"<a/>"}), "an Excel workbook"),
    ("a.docx", lambda: make_docx(["Có 5 người."])[:900], "a damaged zip archive"),
    ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Word"),
    ("a.docx", lambda: b"{\\rtf1 C\\'f3 5}", "a Rich Text document"),
    ("a.docx", lambda: with_part(make_docx(["Có 5 người."]), "word/settings.xml", DTD), "declares a DTD"),
    ("a.docx", lambda: make_docx([]), "holds no text"),
    ("a.docx", lambda: zipped(**{"word__document.xml": b"<broken"}), "cannot be parsed"),
    ("a.pdf", lambda: b"<!doctype html><p>5", "an HTML page. Rename it to .html"),
    ("a.pdf", lambda: make_pdf(["Co 5 nguoi."])[:200], "damaged PDF"),
    ("a.pdf", lambda: make_pdf([]), "a scan, or pictures of text"),
    ("a.pdf", lambda: make_pdf(["x"] * (301), lines_per_page=1), "at most 300"),
    ("a.pdf", lambda: make_pdf(["x"], encrypted=True), "is encrypted"),
    ("a.html", lambda: make_pdf(["x"]), "a PDF document. Rename it to .pdf"),
    ("a.html", lambda: PNG, "a PNG picture"),
    ("a.html", lambda: b"<html><head><title>x</title></head><frameset><frame src='b.html'></frameset></html>", "holds no article"),
    ("a.html", lambda: b"<div>" * 100_000 + "<p>Có 5 người.</p>".encode(), "nested too deep"),
    ("a.html", lambda: b"<p>" + b"x" * HTML.max_bytes, "too many for an article"),
    ("a.html", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x", "a web archive"),
    ("a.txt", lambda: PNG, "a PNG picture"),
    ("a.txt", lambda: b"<!DOCTYPE html><html><p>5</p></html>", "an HTML page. Rename it to .html"),
    ("a.txt", lambda: make_docx(["Có 5 người."]), "a Word document .*Rename it to .docx"),
    ("a.txt", lambda: "C«ng ®oµn c¸c cÊp ®· giíi thiÖu 5 ®oµn viªn ®ñ ®iÒu kiÖn ®­îc ®Ò nghÞ".encode("latin-1"), "TCVN3"),
    ("a.txt", lambda: "Coâng ñoaøn caùc caáp ñaõ giôùi thieäu 5 ñoaøn vieân ñuû ñieàu kieän ñöôïc ñeà nghò", "VNI"),
    *((f"a{suffix}", lambda: b"", "is empty") for suffix in SUFFIXES),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "said"), BAD, ids=[f"{name}-{said[:20]}" for name, _, said in BAD])
def test_a_bad_file_is_named_and_the_next_is_read(tmp_path, name, content, said):
    path = write(tmp_path, name, content())
    good = write(tmp_path, "good.html", page("Có 5 người dự."))
    with pytest.raises(FileError, match=said) as error:
        read_article(path)
    assert str(error.value).startswith(str(path))
    assert "Có 5 người dự." in read_article(good).text


def test_a_text_of_200_megabytes_is_refused_unread(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(FileError, match=f"at most {TEXT.max_bytes:,}"):
        read_article(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_no_file_never_blocks(tmp_path, suffix):
    os.mkfifo(tmp_path / f"pipe{suffix}")
    (tmp_path / f"loop{suffix}").symlink_to(f"loop{suffix}")
    (tmp_path / f"folder{suffix}").mkdir()
    (tmp_path / f"null{suffix}").symlink_to("/dev/zero")
    articles, findings = read_articles(tmp_path)
    assert articles == []
    assert [(f.check, f.article) for f in findings] == [
        ("article_not_read", n) for n in ("folder", "loop", "null", "pipe")
    ]


def test_entities_of_a_page_are_neither_expanded_nor_fetched(tmp_path):
    external = (
        '<!DOCTYPE html [<!ENTITY z SYSTEM "file:///etc/hostname">]><html><body><p>Có 5 người &z;</p></body></html>'
    )
    for source in (LAUGHS, external):
        text = read_article(write(tmp_path, "a.html", source)).text
        assert "Có 5 người &z;" in text
        assert len(text) < 200


def test_word_keeps_all_that_a_reader_sees_and_nothing_else(tmp_path):
    rows = [["TT", "Huyện", "Đoàn viên (người)", "Tỷ lệ (%)"], ["1", "Suối Trong", "1.187", "45,5"]]
    raw = make_docx(["Tiêu đề bài", "Có 5 người.", rows, "Hết\nbài."], deleted="Có 77 người bị xóa.", inserted="Thêm 6 người.", hidden="Ẩn 88.", raised="2", title="Tiêu đề bài")  # fmt: skip
    article = read_article(write(tmp_path, "a.docx", raw))
    assert article.text.splitlines() == [
        "Tiêu đề bài", "Có 5 người.", "TT; Huyện; Đoàn viên (người); Tỷ lệ (%)", "1. Suối Trong; Đoàn viên: 1.187 người; Tỷ lệ: 45,5%",
        "Hết", "bài.", "Thêm 6 người. 12 km²",
    ]  # fmt: skip
    assert (article.title, article.published, article.offsets) == ("Tiêu đề bài", "", None)


def test_pdf_lines_are_joined_and_running_heads_dropped(tmp_path):
    body = ["Cong doan tinh da ket nap tong cong mot nghin doan vien trong nam va gioi", "thieu 214 doan vien uu tu cho Dang. Ket thuc doan van nay.", "Muc hai", "Co 5 nguoi."]  # fmt: skip
    text = read_article(write(tmp_path, "a.pdf", make_pdf(body * 3, lines_per_page=4, head="Ban tin 2019"))).text
    assert "trong nam va gioi thieu 214 doan vien" in text
    assert text.count("Ban tin 2019") == 1
    assert not any(line.strip() in ("1", "2", "3") for line in text.splitlines())
    assert "Muc hai\nCo 5 nguoi.\n" in text


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=400), head=st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"<html>", b"\xff\xfe"]))
def test_no_bytes_raise_anything_but_file_error(tmp_path, suffix, raw, head):
    path = write(tmp_path, f"a{suffix}", head + raw)
    try:
        article = read_article(path)
    except FileError as error:
        assert str(error).startswith(str(path))
    else:
        assert article.text.encode("utf-8").strip()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.text(st.characters(blacklist_categories=("Cs",)), max_size=30), min_size=1, max_size=5))
def test_the_text_written_is_read_again_as_it_is(tmp_path, words):
    from html import escape

    source = page(*(escape(word) for word in words), "Có 5 người dự.")
    article = read_article(write(tmp_path, "a.html", source))
    again = read_article(TextFolder(tmp_path / "texts", []).write(article))
    assert (again.text, again.offsets) == (article.text, None)


def test_a_folder_of_texts_never_replaces_an_article(tmp_path):
    one, other = write(tmp_path, "a.txt", "Có 5 người."), write(tmp_path, "b/a.html", page("Có 6 người."))
    with pytest.raises(FileError, match="is itself an article"):
        TextFolder(tmp_path, [one, other]).write(read_article(other))
    folder = TextFolder(tmp_path / "new/texts", [one, other])
    folder.write(read_article(one))
    with pytest.raises(FileError, match="already holds the text of"):
        folder.write(read_article(other))
    assert one.read_text(encoding="utf-8") == "Có 5 người."


class Slow:
    """A format with so little time that its worker is ended."""

    name, seconds = "html", -parsing.START_SECONDS + 0.01


def test_a_parser_that_hangs_costs_its_time_alone(tmp_path):
    parsing.close()
    with pytest.raises(FileError, match="its reading was ended"):
        parsing.parse(page("Có 5 người.").encode(), tmp_path / "a.html", Slow)
    assert "Có 6 người." in parsing.parse(page("Có 6 người.").encode(), tmp_path / "b.html", HTML).text


def test_a_worker_that_was_killed_is_replaced(tmp_path):
    path = write(tmp_path, "a.html", page("Có 5 người."))
    read_article(path)
    parsing._worker._child.kill()
    parsing._worker._child.wait()
    assert "Có 5 người." in read_article(path).text


def _read_in_child(path: str, answers) -> None:
    answers.put(read_article(path).text)


def test_a_forked_process_gets_a_worker_of_its_own(tmp_path):
    path = write(tmp_path, "a.html", page("Có 5 người."))
    mine = read_article(path).text
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    children = [context.Process(target=_read_in_child, args=(str(path), answers)) for _ in range(2)]
    for child in children:
        child.start()
    assert [answers.get(timeout=60), answers.get(timeout=60)] == [mine, mine]
    for child in children:
        child.join(60)
    assert read_article(path).text == mine


def test_the_worker_ends_with_its_parent_however_that_ends(tmp_path):
    path = write(tmp_path, "a.html", page("Có 5 người."))
    code = (
        "import os, sys, signal; from analysis.ingest import parsing; from analysis.ingest.articles import read_article\n"
        "read_article(sys.argv[1]); print(parsing._worker._child.pid, flush=True)\n"
        "if os.fork() == 0: import time; time.sleep(60)\n"  # a copy that holds the pipes open
        "else: os.kill(os.getpid(), signal.SIGKILL)"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    worker = int(run.stdout.readline())
    run.wait(60)
    try:
        until = time.monotonic() + 30
        while _lives(worker) and time.monotonic() < until:
            time.sleep(0.1)
        assert not _lives(worker)
    finally:
        os.killpg(run.pid, 9)
        run.stdout.close()


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def test_a_plain_text_pays_for_no_parser(tmp_path):
    path = write(tmp_path, "a.txt", "Có 5 người.")
    code = (
        "import sys; from analysis.ingest import parsing; from analysis.ingest.articles import read_article\n"
        "read_article(sys.argv[1]); print(parsing._worker, [m for m in ('trafilatura', 'lxml', 'ftfy', 'docx', 'pypdfium2') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "None []"


def test_every_parser_has_limits():
    assert all(kind.max_bytes <= 50_000_000 for kind in (TEXT, HTML, DOCX, PDF))
    assert all(kind.seconds <= 60 for kind in (HTML, DOCX, PDF))
