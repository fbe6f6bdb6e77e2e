"""PDF documents to text: lines joined to paragraphs, running heads and page numbers dropped. Runs in the worker."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from analysis.errors import FileError
from analysis.ingest.parsed import Parsed, clean

MAX_PAGES = 300
FULL_LINE = 0.7  # Of a long line of the document: a shorter line ends its paragraph.
REPEATED = 3  # A first or last line of as many pages is a running head.
_ENDS = re.compile(r"[.!?:;…][\"”’)\]]*$")
_DIGITS = re.compile(r"\d+")


def parse(raw: bytes, path: Path) -> Parsed:
    """The text of a PDF. Raises FileError for one that is encrypted, damaged, too long, or holds pictures of text only."""
    document = _open(raw, path)
    if len(document) > MAX_PAGES:
        raise FileError(f"{path}: has {len(document)} pages; at most {MAX_PAGES} are read as one article. Split it.")
    pages = [_lines(document[index]) for index in range(len(document))]
    empty = [number for number, lines in enumerate(pages, 1) if not lines]
    if len(empty) == len(pages):
        raise FileError(
            f"{path}: none of its {len(pages)} pages holds text: a scan, or pictures of text. Run text recognition on it, check the "
            "result, and save that as UTF-8 text."
        )
    text = clean("\n".join(_paragraphs([line for page in _without_heads(pages) for line in page])))
    if not text.strip():
        raise FileError(f"{path}: holds no text that can be read. Save the article's text as UTF-8 text.")
    return Parsed(text + "\n", doubts=_doubts(path, empty))


def _open(raw: bytes, path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise FileError(f"{path}: is encrypted. Save it without a password.") from error
        raise FileError(f"{path}: is a damaged PDF ({error}). Save it anew, or save its text as UTF-8 text.") from error


def _lines(page) -> list[str]:
    text = page.get_textpage().get_text_range()
    joined = re.sub("[\u0002\ufffe]\r?\n?", "", text)  # pdfium's mark of a word that is divided at a line's end
    return [" ".join(line.split()) for line in joined.splitlines() if line.strip()]


def _without_heads(pages: list[list[str]]) -> Iterator[list[str]]:
    """Pages without their numbers and the lines that stand at the edge of page after page, but for the first time."""
    edges = Counter(_DIGITS.sub("#", edge) for page in pages for edge in {*page[:1], *page[-1:]})
    seen: set[str] = set()
    for number, page in enumerate(pages, 1):
        kept = []
        for index, line in enumerate(page):
            shape = _DIGITS.sub("#", line)
            at_edge = index in (0, len(page) - 1)
            if at_edge and (line.strip(" -–") == str(number) or (edges[shape] >= REPEATED and shape in seen)):
                continue
            if at_edge:
                seen.add(shape)
            kept.append(line)
        yield kept


def _paragraphs(lines: list[str]) -> Iterator[str]:
    lengths = sorted(len(line) for line in lines)
    full = FULL_LINE * lengths[len(lengths) * 9 // 10] if lengths else 0
    whole: list[str] = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        whole.append(line)
        runs_on = after[:1].islower() or (len(line) >= full and after[:1] not in "-•+*")
        if not after or _ENDS.search(line) or not runs_on:
            yield " ".join(whole)
            whole = []


def _doubts(path: Path, empty: list[int]) -> list[tuple[str, str]]:
    if not empty:
        return []
    pages = ", ".join(map(str, empty))
    return [
        (
            f"{path.name}: pages without text, perhaps scanned: {pages}. Check whether they hold figures.",
            f"{path.name}: các trang không có chữ, có thể là ảnh quét: {pages}. Hãy kiểm tra xem có số liệu không.",
        )
    ]
