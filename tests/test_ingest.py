"""Reading articles: what is good is read, what is bad is named and skipped."""

import os

import pytest

from analysis.errors import FileError
from analysis.ingest.articles import read_article, read_articles, source_of

HEADER = "id,publisher,title,published,published_note,original_file,original_sha256,file,sha256,kind,address\n"


def write(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", "\ufeff \n\u00a0", "is empty"),
        ("a.txt", b"So lieu \x00\x01 5", "binary"),
        ("a.txt", b"\xff\xfeS\x00\xd1", "its first bytes say UTF-16"),
        ("a.txt", "Số liệu".encode() + b"\xe7\xf1\xf8\xfb\xef", "not UTF-8"),
        ("a.xyz", "Có 5 người.", "allowed are .txt, .md"),
    ],
)
def test_a_bad_article_is_named(tmp_path, name, content, said):
    path = write(tmp_path, name, content)
    with pytest.raises(FileError, match=said) as error:
        read_article(path)
    assert str(path) in str(error.value)


def test_a_missing_article_is_named(tmp_path):
    with pytest.raises(FileError, match="there is no such file"):
        read_article(tmp_path / "a.txt")


def test_good_articles_are_read_beside_bad_ones(tmp_path):
    write(tmp_path, "articles/a.txt", "Có 5 người.")
    write(tmp_path, "articles/b.txt", b"\x00\x01")
    write(tmp_path, "articles/c.md", "\ufeffCó 6 người.")
    write(tmp_path, "articles/d.txt", "")
    write(
        tmp_path,
        "sources.csv",
        HEADER + "a,Báo A,Bài A,2019-05,,,,articles/a.txt,,digest,\ne,Báo E,,2020,,,,articles/e.txt,,digest,\n",
    )
    articles, findings = read_articles(tmp_path)
    assert [(a.id, a.publisher, a.published, a.source_known) for a in articles] == [
        ("a", "Báo A", "2019-05", True),
        ("c", "", "", False),
    ]
    assert [(f.check, f.article) for f in findings] == [
        ("article_not_read", "b"), ("source_not_recorded", "c"), ("article_not_read", "d"), ("article_missing", "e"),
    ]  # fmt: skip


def test_a_folder_without_sources(tmp_path):
    write(tmp_path, "a.txt", "Có 5 người.")
    articles, findings = read_articles(tmp_path)
    assert [a.title for a in articles] == ["Có 5 người."]
    assert [f.check for f in findings] == ["source_not_recorded"]


def test_a_changed_text_is_noticed(tmp_path):
    write(tmp_path, "a.txt", "Có 5 người.")
    write(tmp_path, "sources.csv", HEADER + f"a,,,2019,,,,a.txt,{'0' * 64},digest,\n")
    assert [f.check for f in read_articles(tmp_path)[1]] == ["source_changed"]


def test_two_articles_of_one_name(tmp_path):
    write(tmp_path, "a.txt", "Có 5 người.")
    write(tmp_path, "a.md", "Có 6 người.")
    articles, findings = read_articles(tmp_path)
    assert len(articles) == 1
    assert "article_not_read" in [f.check for f in findings]


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ("id,title\na,b\n", "line 1: no column publisher"),
        (HEADER + "a,,,2019,,,,,,digest,\na,,,2020,,,,,,digest,\n", "line 3: the id 'a' stands there twice"),
        (HEADER + "a,b\n", "line 2: expected 11 cells"),
        (HEADER + "a,,,17/10/2019,,,,,,digest,\n", "line 2: published is '17/10/2019'"),
    ],
)
def test_a_bad_sources_table_is_named_by_line(tmp_path, sources, said):
    write(tmp_path, "a.txt", "Có 5 người.")
    write(tmp_path, "sources.csv", sources)
    with pytest.raises(FileError, match=said):
        read_articles(tmp_path)


def test_no_folder(tmp_path):
    with pytest.raises(FileError, match="there is no such folder"):
        read_articles(tmp_path / "none")


def test_an_article_alone_has_the_source_it_has_among_the_others(tmp_path):
    path = write(tmp_path, "articles/a.txt", "Có 5 người.")
    assert source_of(path) is None
    write(tmp_path, "sources.csv", HEADER + "a,Báo A,Bài A,2019-05,,,,articles/a.txt,,digest,\n")
    [among], _ = read_articles(tmp_path)
    assert read_article(path, source_of(path)) == among


def test_a_file_name_that_is_not_utf8(tmp_path):
    for name, content in ((b"a\xff.txt", "Có 5 người.".encode()), (b"b\xff.txt", b"")):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as file:
            file.write(content)
    [article], findings = read_articles(tmp_path)
    assert article.id == "a\\xff"
    assert [f.article for f in findings] == ["a\\xff", "b\\xff"]
    for finding in findings:
        (finding.message + finding.message_vi).encode()
        assert str(tmp_path) not in finding.message


def test_what_calls_itself_an_article_and_is_none_is_named(tmp_path):
    write(tmp_path, "articles/a.txt", "Có 5 người.")
    (tmp_path / "articles/folder.txt").mkdir()
    (tmp_path / "articles/gone.txt").symlink_to("nowhere.txt")
    os.mkfifo(tmp_path / "articles/pipe.txt")
    articles, findings = read_articles(tmp_path)
    assert [a.id for a in articles] == ["a"]
    assert [f.article for f in findings if f.check == "article_not_read"] == ["folder", "gone", "pipe"]
