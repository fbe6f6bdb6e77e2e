"""Reading articles and the table that says where each came from."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis.errors import FileError
from analysis.findings import Finding
from analysis.ingest.decoding import Decoded, damage, decode
from analysis.ingest.formats import SUFFIXES, TEXT, check_content, format_of, read_bytes
from analysis.ingest.parsing import parse
from analysis.ingest.sources import name_of, read_sources, source_of
from analysis.project import as_utf8

__all__ = ["Article", "name_of", "read_article", "read_articles", "read_sources", "source_of"]


@dataclass(frozen=True)
class Article:
    """One text with its source. `published` is an ISO date, month or year, or "" where it is not known.

    `text` is what is read; `sha256` is of the file's bytes. Where the text of a .txt or .md differs from the file, because
    its encoding was repaired, `offsets` leads from each character of the text (and its end) to the file's, decoded by
    `encoding`. `doubts` tell what is uncertain about the text itself.
    """

    id: str
    path: Path
    text: str
    sha256: str
    publisher: str = ""
    title: str = ""
    published: str = ""
    kind: str = ""
    source_known: bool = False
    encoding: str = "utf-8"
    offsets: Sequence[int] | None = field(default=None, repr=False, hash=False)
    doubts: tuple[Finding, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters start to end of the text stand: in the file for text, in the text itself for other formats."""
        return (start, end) if self.offsets is None else (self.offsets[start], self.offsets[end])


def read_article(path: Path | str, source: dict[str, str] | None = None) -> Article:
    """Read one article of any format. Raises FileError that names the file, what was found, and what to do.

    What sources.csv says of title and date wins over what the file says of itself.
    """
    path = Path(path)
    kind = format_of(path)
    raw = read_bytes(path, kind)
    check_content(raw, path, kind)
    row = source or {}
    common = {
        "id": name_of(path),
        "path": path,
        "sha256": hashlib.sha256(raw).hexdigest(),
        "publisher": row.get("publisher", ""),
        "kind": row.get("kind", ""),
        "source_known": bool(source),
    }
    if kind is TEXT:
        return _read_text(raw, path, row, common)
    parsed = parse(raw, path, kind)
    return Article(
        text=parsed.text,
        title=row.get("title", "") or parsed.title or _first_line(parsed.text),
        published=row.get("published", "") or parsed.published,
        doubts=tuple(_doubtful(path, english, vietnamese) for english, vietnamese in parsed.doubts),
        **common,
    )


def _read_text(raw: bytes, path: Path, row: dict[str, str], common: dict) -> Article:
    decoded = decode(raw, path)
    return Article(
        text=decoded.text,
        title=row.get("title", "") or _first_line(decoded.text),
        published=row.get("published", ""),
        encoding=decoded.encoding,
        offsets=decoded.offsets,
        doubts=tuple(_decoding_doubts(path, decoded)),
        **common,
    )


def _decoding_doubts(path: Path, decoded: Decoded) -> Iterator[Finding]:
    if decoded.encoding != "utf-8" or decoded.repaired:
        how = "its wrongly decoded letters were repaired" if decoded.repaired else f"it was read as {decoded.encoding}"
        how_vi = "các chữ bị lỗi mã đã được sửa" if decoded.repaired else f"được đọc theo bảng mã {decoded.encoding}"
        yield _doubtful(
            path,
            f"{path.name}: is not clean UTF-8; {how}. Look whether the text reads well, and save it as UTF-8.",
            f"{path.name}: không phải UTF-8 chuẩn; {how_vi}. Hãy xem lại văn bản và lưu theo UTF-8.",
        )
    yield from (_doubtful(path, *told) for told in damage(path, decoded.damaged))


def _doubtful(path: Path, english: str, vietnamese: str) -> Finding:
    return Finding("article_doubtful", "warning", as_utf8(english), as_utf8(vietnamese), article=name_of(path))


def _may_be_article(path: Path) -> bool:
    """Files but hidden ones and the tables beside them; and whatever calls itself an article, so that it is named."""
    tables = ("sources.csv", "decisions.csv")
    return (
        not path.name.startswith(".")
        and path.name not in tables
        and (path.is_file() or path.suffix.lower() in SUFFIXES)
    )


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
        findings += [*_source_findings(article, sources.get(name_of(path))), *article.doubts]
    findings += [_missing(name, folder) for name in sources if name not in seen]
    return articles, findings


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
