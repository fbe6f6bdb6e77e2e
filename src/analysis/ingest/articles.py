"""Reading articles and the table that says where each came from."""

import csv
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import FileError
from analysis.findings import Finding
from analysis.ingest.decoding import decode
from analysis.project import as_utf8

SUFFIXES = (".txt", ".md")
_PUBLISHED = re.compile(r"(?:[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?)?")
SOURCE_COLUMNS = ("id", "publisher", "title", "published", "sha256", "kind")


@dataclass(frozen=True)
class Article:
    """One text with its source. `published` is an ISO date, month or year, or "" where it is not known."""

    id: str
    path: Path
    text: str
    sha256: str
    publisher: str = ""
    title: str = ""
    published: str = ""
    kind: str = ""
    source_known: bool = False


def read_article(path: Path | str, source: dict[str, str] | None = None) -> Article:
    """Read one .txt or .md file. Raises FileError that names the file, what was found, and what to do."""
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        raise FileError(
            f"{path}: {path.suffix or 'no suffix'} is not read; allowed are {', '.join(SUFFIXES)}. Save it as UTF-8 text."
        )
    if path.exists() and not path.is_file():
        raise FileError(f"{path}: is no file but a folder or a device. Put the article's text into a file of its own.")
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise FileError(f"{path}: there is no such file. Check its name and folder.") from error
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror}). Check its permissions.") from error
    text = decode(raw, path)
    row = source or {}
    return Article(
        id=name_of(path),
        path=path,
        text=text,
        sha256=hashlib.sha256(raw).hexdigest(),
        publisher=row.get("publisher", ""),
        title=row.get("title", "") or _first_line(text),
        published=row.get("published", ""),
        kind=row.get("kind", ""),
        source_known=bool(source),
    )


def _may_be_article(path: Path) -> bool:
    """Files but hidden ones and the tables beside them; and whatever calls itself an article, so that it is named."""
    tables = ("sources.csv", "decisions.csv")
    return not path.name.startswith(".") and path.name not in tables and (path.is_file() or path.suffix in SUFFIXES)


def name_of(path: Path) -> str:
    """An article's id: its file's name without suffix, as UTF-8 whatever the locale; other bytes become \\x…"""
    return as_utf8(path.stem)


def read_articles(raw: Path) -> tuple[list[Article], list[Finding]]:
    """Every article below `raw` in order of its name, and a finding for each that could not be read or has no source.

    Articles stand in raw/articles, or in `raw` itself where there is no such folder. Raises FileError only where there
    is no folder, or sources.csv itself cannot be read.
    """
    if not raw.is_dir():
        raise FileError(f"{raw}: there is no such folder. Make it and put the articles in, or name another with --raw.")
    folder = raw / "articles" if (raw / "articles").is_dir() else raw
    sources = read_sources(raw / "sources.csv")
    articles, findings, seen = [], [], set()
    for path in sorted(filter(_may_be_article, folder.iterdir())):
        seen.add(name_of(path))
        try:
            article = read_article(path, sources.get(name_of(path)))
        except FileError as error:
            findings.append(_unreadable(path, str(error).replace(str(path), path.name)))
            continue
        if any(article.id == other.id for other in articles):
            findings.append(
                _unreadable(
                    path, f"{path.name}: another article is already called {article.id!r}. Rename one of the two."
                )
            )
            continue
        articles.append(article)
        findings += _source_findings(article, sources.get(name_of(path)))
    findings += [_missing(name, folder) for name in sources if name not in seen]
    return articles, findings


def read_sources(path: Path) -> dict[str, dict[str, str]]:
    """The rows of sources.csv by article id; empty where there is no such file. Raises FileError naming the bad line."""
    if not path.exists():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if missing := [name for name in SOURCE_COLUMNS if name not in (reader.fieldnames or ())]:
                raise FileError(
                    f"{path}, line 1: no column {', '.join(missing)}. The columns needed are {', '.join(SOURCE_COLUMNS)}."
                )
            return _by_id(path, reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FileError(f"{path}: cannot be read ({error}). It must be a UTF-8 CSV table.") from error


def source_of(path: Path | str) -> dict[str, str] | None:
    """The row of an article in the sources.csv beside it or one folder up; None where there is none.

    With it an article is read alone as it is read with the others.
    """
    path = Path(path).absolute()
    tables = (folder / "sources.csv" for folder in (path.parent, path.parent.parent))
    return next((rows[name_of(path)] for rows in map(read_sources, tables) if name_of(path) in rows), None)


def _by_id(path: Path, reader: csv.DictReader) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for row in reader:
        name = (row.get("id") or "").strip()
        if not name or None in row or None in row.values():
            raise FileError(
                f"{path}, line {reader.line_num}: expected {len(reader.fieldnames)} cells and an id. Correct that line."
            )
        if name in rows:
            raise FileError(
                f"{path}, line {reader.line_num}: the id {name!r} stands there twice. Keep one row for each article."
            )
        rows[name] = {key: value.strip() for key, value in row.items()}
        if not _PUBLISHED.fullmatch(rows[name]["published"]):
            raise FileError(
                f"{path}, line {reader.line_num}: published is {rows[name]['published']!r}; allowed are an ISO date "
                "(2019-10-17), month (2019-10), year (2019), or nothing. Correct that line."
            )
    return rows


def _source_findings(article: Article, source: dict[str, str] | None) -> list[Finding]:
    if source is None:
        return [
            Finding(
                "source_not_recorded",
                "warning",
                f"{as_utf8(article.path.name)}: its source is not recorded. Add a row with its publisher, title and date to sources.csv.",
                f"{as_utf8(article.path.name)}: chưa ghi nguồn. Hãy thêm một dòng vào sources.csv với nơi đăng, tiêu đề và ngày đăng.",
                article=article.id,
            )
        ]
    if source["sha256"] and source["sha256"] != article.sha256:
        return [
            Finding(
                "source_changed",
                "warning",
                f"{as_utf8(article.path.name)}: sha256 is {article.sha256}, sources.csv says {source['sha256']}. The text was changed after "
                "it was recorded; check it and renew the row.",
                f"{as_utf8(article.path.name)}: sha256 là {article.sha256}, sources.csv ghi {source['sha256']}. Văn bản đã bị sửa sau khi ghi "
                "nguồn; hãy kiểm tra và ghi lại.",
                article=article.id,
            )
        ]
    return []


def _unreadable(path: Path, why: str) -> Finding:
    why = as_utf8(why)
    message = f"Bài {as_utf8(path.name)} không đọc được nên bị bỏ qua. Chi tiết: {why}"
    return Finding("article_not_read", "warning", why, message, article=name_of(path))


def _missing(name: str, folder: Path) -> Finding:
    return Finding(
        "article_missing",
        "warning",
        f"{name}: sources.csv has a row for it, but {folder.name} holds no such article. Restore the file or remove the row.",
        f"{name}: sources.csv có dòng này nhưng thư mục {folder.name} không có bài. Hãy khôi phục tệp hoặc xóa dòng.",
        article=name,
    )


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:200]
