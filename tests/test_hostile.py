"""A folder that holds one good article among files made to break a reader: the good one's figures are there, each bad one is named."""

import io
import json
import os
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from page_builders import make_docx, make_pdf, with_part

GOOD = "Từ năm 2013 đến năm 2015, công đoàn tỉnh Lào Cai đã giới thiệu 120 đoàn viên ưu tú cho Đảng.\n"
HUGE = 200_000_000  # bytes
# Resident memory, of the command or of the process that parses for it: a third of what the 200 MB text alone would fill as
# text, and less than a tenth of what the bombs unpack to.
MOST_MEMORY = 700_000  # kilobytes
HEAD = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "{}">{}]>'
LAUGHS = HEAD.format("ha" * 500, "".join(f'<!ENTITY {b} "{f"&{a};" * 100}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)))  # fmt: skip


def zip_bomb() -> bytes:
    """A Word document of some hundred kilobytes whose text unpacks to a gigabyte of blanks."""
    raw = io.BytesIO(make_docx(["Có 5 người."]))
    changed = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for part in old.namelist():
            with new.open(part, "w", force_zip64=True) as stream:
                stream.write(old.read(part))
                for _ in range(100 if part == "word/document.xml" else 0):
                    stream.write(b" " * 10_000_000)
    return changed.getvalue()


def lying_bomb() -> bytes:
    """A Word document one of whose parts is 90 MB of blanks, and seven bytes if one believes the archive's directory."""
    raw = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(make_docx(["Có 5 người."]))) as old,
        zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, b" " * 90_000_000 if part == "word/settings.xml" else old.read(part))
    return raw.getvalue().replace((90_000_000).to_bytes(4, "little"), (7).to_bytes(4, "little"))


def laughing_docx() -> bytes:
    return with_part(make_docx(["Có 5 người."]), "word/document.xml", (LAUGHS + "<d>&i;</d>").encode())


# What stands in the file, and what the finding says of it.
BAD = {
    "bomb.docx": (zip_bomb, "zip bomb"),
    "lies.docx": (lying_bomb, "lies.docx"),
    "laughs.docx": (laughing_docx, "DTD"),
    "deep.html": (lambda: b"<div>" * 300_000 + b"5", "nested too deep"),
    "locked.pdf": (lambda: make_pdf(["Co 5 nguoi."], encrypted=True), "encrypted"),
    "loop.pdf": (lambda: make_pdf(["x"]).replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]"), "loop.pdf"),
    "picture.txt": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(64), "a PNG picture"),
    "empty.txt": (bytes, "is empty"),
    "noise.txt": (lambda: bytes(range(256)) * 40, "noise.txt"),
    "noise.pdf": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "noise.pdf"),
}


def make_folder(folder: Path) -> None:
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content())
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    # A page may declare entities; they stay as they are written, and its own words are read.
    page = f"{LAUGHS}<html><body><p>Công đoàn tỉnh Lào Cai có 7 cán bộ. &i;</p></body></html>"
    (folder / "laughs.html").write_text(page, encoding="utf-8")
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(HUGE)
    os.mkfifo(folder / "pipe.txt")
    (folder / "nowhere.txt").symlink_to(folder / "gone.txt")
    (folder / "folder.html").mkdir()
    closed = folder / "closed.txt"
    closed.write_text(GOOD, encoding="utf-8")
    closed.chmod(0)


NAMED = {**{name: said for name, (_, said) in BAD.items()}, "huge.txt": "too many", "pipe.txt": "is no file",
         "nowhere.txt": "no such file", "folder.html": "is no file"}  # fmt: skip
MEASURED = (
    "import json, resource, subprocess, sys\n"
    "told = subprocess.run([sys.executable, '-m', 'analysis', 'build', '--log', 'json'], capture_output=True, text=True)\n"
    "used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss\n"
    "print(json.dumps([told.returncode, told.stdout, told.stderr, used]))"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, int, str, str, int]:
    """The project after `figures build`: its folder, the status, both streams, and the memory (kilobytes) that it took.

    The command is run by a small process of its own, because a process's maximum counts all children that it ever had.
    """
    root = tmp_path_factory.mktemp("hostile")
    articles = root / "data/raw/articles"
    articles.mkdir(parents=True)
    (root / "notebooks").mkdir()
    (root / "pyproject.toml").touch()
    make_folder(articles)
    run = subprocess.run(
        [sys.executable, "-c", MEASURED], cwd=root, capture_output=True, text=True, check=True, timeout=300
    )
    yield root, *json.loads(run.stdout)
    (articles / "huge.txt").unlink()


def test_the_build_is_done_and_no_traceback_is_shown(built):
    _, status, told, errors, _ = built
    assert status == 0 and "Traceback" not in told + errors
    assert json.loads(told.splitlines()[-1])["event"] == "built"


def test_the_good_articles_figures_are_there(built):
    figures = pd.read_parquet(built[0] / "data/processed/figures.parquet")
    good = figures[figures.article == "good"]
    assert good.value.tolist() == [120] and good.indicator.tolist() == ["party_referred"]
    assert figures[figures.article == "laughs"].value.tolist() == [7]


@pytest.mark.parametrize(("name", "said"), NAMED.items())
def test_each_bad_file_has_a_finding_that_names_it(built, name, said):
    findings = pd.read_parquet(built[0] / "data/processed/findings.parquet")
    about = findings[findings.message.str.startswith(f"{name}: ")]
    assert about.check.tolist()[:1] == ["article_not_read"] and said in about.message.iloc[0]
    assert name in about.message_vi.iloc[0]


def test_a_closed_file_is_named_or_read_where_the_user_may_read_all(built):
    tables = built[0] / "data/processed"
    findings, figures = (pd.read_parquet(tables / f"{table}.parquet") for table in ("findings", "figures"))
    if os.access(built[0] / "data/raw/articles/closed.txt", os.R_OK):  # root reads everything
        assert "closed" in set(figures.article)
    else:
        assert findings.message.str.startswith("closed.txt: cannot be read").any()


def test_memory_stays_bounded(built):
    assert built[4] < MOST_MEMORY, (
        f"{built[4]:,} kilobytes; {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss:,} here"
    )
