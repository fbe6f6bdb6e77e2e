"""`figures extract` on pages and documents, with the texts that it writes."""

import json
from pathlib import Path

from analysis.cli import _status
from page_builders import make_docx, make_pdf

PAGES = Path(__file__).parent / "data/pages"


def rows_of(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def extract(*arguments) -> int:
    try:
        return _status(["extract", "--all", "--format", "jsonl", *map(str, arguments)])
    except SystemExit as error:
        return error.code


def test_offsets_count_the_text_that_is_written(tmp_path, capsys):
    (tmp_path / "w.docx").write_bytes(make_docx(["Họp ban chấp hành", "Có 45 người dự, đạt 98,5%."]))
    (tmp_path / "p.pdf").write_bytes(make_pdf(["Co 45 doan vien du hop."]))
    given = [PAGES / "amp.html", tmp_path / "w.docx", tmp_path / "p.pdf"]
    assert extract("--text", tmp_path / "a/b", *given) == 0
    rows = rows_of(capsys)
    assert {row["article"] for row in rows} == {"amp", "w", "p"}
    for row in rows:
        text = (tmp_path / f"a/b/{row['article']}.txt").read_bytes().decode("utf-8")
        assert text[row["start"] : row["end"]] == row["text"]
    assert extract(*(tmp_path / f"a/b/{path.stem}.txt" for path in given)) == 0
    assert rows_of(capsys) == rows


def test_a_bad_page_is_named_and_the_others_are_read(tmp_path, capsys):
    (tmp_path / "bad.html").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert extract("--text", tmp_path / "texts", tmp_path / "bad.html", PAGES / "amp.html") == 7
    told = capsys.readouterr()
    assert "a PNG picture" in told.err
    assert '"amp"' in told.out
    assert [path.name for path in (tmp_path / "texts").iterdir()] == ["amp.txt"]


def test_a_doubt_is_told_and_the_figures_are_printed(capsys):
    assert extract(PAGES / "data-only.html") == 0
    told = capsys.readouterr()
    assert "data for search engines" in told.err
    assert "525" in told.out
