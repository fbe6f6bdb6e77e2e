"""Word documents (.docx) to text: paragraphs, tables, text boxes and notes, in reading order. Runs in the worker."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
from docx.oxml.ns import qn
from lxml import etree

from analysis.errors import FileError
from analysis.ingest.grids import row_lines
from analysis.ingest.parsed import SUPERSCRIPT, Parsed, clean

MAX_UNPACKED = 100_000_000  # Bytes of all parts together; an article with pictures unpacks to a tenth.
MAX_RATIO = 200  # Unpacked to packed bytes of an XML part; real documents reach 30.
# Numbers in deleted text, in the older copy of a drawing, and in field codes are not what a reader sees.
_UNSEEN = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:instrText"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_NOTES = ("footnotes", "endnotes")


def parse(raw: bytes, path: Path) -> Parsed:
    """The text of a Word document. Raises FileError for an archive that is damaged, too large, encrypted or has a DTD."""
    _check_archive(raw, path)
    document = docx.Document(BytesIO(raw))
    lines = list(_blocks(document.element.body))
    for part in document.part.package.iter_parts():
        if part.partname.rpartition("/")[2].removesuffix(".xml") in _NOTES:
            lines += _blocks(etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True)))
    text = clean("\n".join(line for line in lines if line.strip()))
    if not text.strip():
        raise FileError(f"{path}: holds no text, perhaps only pictures of it. Save the article's text as UTF-8 text.")
    title = " ".join(clean(document.core_properties.title or "").split())
    # Templates leave their own title behind; only one that the text bears out is the article's. Dates of saving are not publication.
    return Parsed(text + "\n", title if title and title.casefold() in text.casefold() else "")


def _check_archive(raw: bytes, path: Path) -> None:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            swollen = [
                p.filename for p in parts if p.file_size > 1_000_000 and p.file_size > MAX_RATIO * p.compress_size
            ]
            if unpacked > MAX_UNPACKED or swollen:
                raise FileError(
                    f"{path}: its parts unpack to {unpacked:,} bytes, which looks like a zip bomb; at most {MAX_UNPACKED:,} bytes "
                    f"and {MAX_RATIO} times the packed size are read. Save the article's text as UTF-8 text."
                )
            if any(part.flag_bits & 1 for part in parts):
                raise FileError(f"{path}: is encrypted. Save it without a password.")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(part)[:4096]:
                    raise FileError(
                        f"{path}: its part {part.filename} declares a DTD, which no Word document does. Save it anew with Word."
                    )
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise FileError(f"{path}: is a damaged zip archive ({error}). Save the document anew.") from error


def _blocks(root) -> Iterator[str]:
    """The lines of a body or cell: one a paragraph, one a table row."""
    for element in root:
        if element.tag == qn("w:p"):
            yield _text(element)
            yield from _boxes(element)
        elif element.tag == qn("w:tbl"):
            yield from row_lines([_cells(row) for row in element.iter(qn("w:tr")) if _table_of(row) is element])
        elif isinstance(element.tag, str) and element.tag not in _UNSEEN:
            yield from _blocks(element)  # content controls, notes, accepted insertions


def _table_of(row):
    return next(row.iterancestors(qn("w:tbl")), None)


def _cells(row) -> list[str]:
    cells = [cell for cell in row.iter(qn("w:tc")) if next(cell.iterancestors(qn("w:tr"))) is row]
    return [" ".join(" ".join(_blocks(cell)).split()) for cell in cells]


def _boxes(paragraph) -> Iterator[str]:
    for box in paragraph.iter(qn("w:txbxContent")):
        if not any(above.tag in _UNSEEN for above in box.iterancestors()):
            yield from _blocks(box)


def _text(paragraph) -> str:
    """The text that a paragraph shows, without its text boxes."""
    pieces: list[str] = []
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        if isinstance(element, str):
            pieces.append(element)
        elif element.tag == qn("w:t"):
            raised = (
                element.getparent().find(f"{qn('w:rPr')}/{qn('w:vertAlign')}[@{qn('w:val')}='superscript']") is not None
            )
            pieces.append((element.text or "").translate(SUPERSCRIPT) if raised else element.text or "")
        elif element.tag in (qn("w:tab"), qn("w:br"), qn("w:cr")):
            pieces.append("\n" if element.tag != qn("w:tab") else "\t")
        elif element.tag == qn("w:noBreakHyphen"):
            pieces.append("-")
        elif isinstance(element.tag, str) and not _hidden(element):
            waiting += reversed(element)
    return "".join(pieces)


def _hidden(element) -> bool:
    if element.tag in _UNSEEN or element.tag == qn("w:txbxContent"):
        return True
    return element.tag == qn("w:pPr") or (
        element.tag == qn("w:r") and element.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None
    )
