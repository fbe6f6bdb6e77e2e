"""Pages and documents that tests of reading are made of."""

import io
import unicodedata
import zipfile

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

TONES = "\u0300\u0301\u0303\u0309\u0323"


def page(*paragraphs: str) -> str:
    """A small page with menus around its paragraphs, whose text is markup."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f'<html><head><meta charset="utf-8"></head><body><div class="content">{body}</div></body></html>'


def cp1258(text: str) -> bytes:
    """Vietnamese in windows-1258, whose tones are combining marks behind the letter."""
    pieces = []
    for letter in unicodedata.normalize("NFC", text):
        try:
            pieces.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = next(part for part in parts if part in TONES)
            pieces.append((unicodedata.normalize("NFC", parts.replace(tone, "")) + tone).encode("cp1258"))
    return b"".join(pieces)


def make_docx(parts: list, deleted="", inserted="", hidden="", raised="", title="") -> bytes:
    """A Word document of paragraphs and tables (lists of rows), with changes and hidden text in a last paragraph."""
    document = docx.Document()
    document.core_properties.title = title
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), len(part[0]))
        for cells, row in zip(table.rows, part, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text
    if inserted:
        last = document.add_paragraph()
        _wrapped(last, "w:del", "w:delText", deleted)
        _wrapped(last, "w:ins", "w:t", inserted)
        last.add_run(hidden).font.hidden = True
        last.add_run(" 12 km")
        last.add_run(raised).font.superscript = True
    raw = io.BytesIO()
    document.save(raw)
    return raw.getvalue()


def _wrapped(paragraph, change: str, holder: str, text: str) -> None:
    outer, run, words = OxmlElement(change), OxmlElement("w:r"), OxmlElement(holder)
    outer.set(qn("w:id"), "1")
    words.text = text
    run.append(words)
    outer.append(run)
    paragraph._p.append(outer)


def with_part(raw: bytes, name: str, content: bytes) -> bytes:
    """The same archive with another content of one part."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return changed.getvalue()


def make_pdf(lines: list[str], lines_per_page: int = 40, head: str = "", encrypted=False) -> bytes:
    """A PDF of ASCII lines in Helvetica, with a head and a page number on each page if `head` is given.

    `encrypted`: it asks for a password that nobody has.
    """
    pages = [lines[i : i + lines_per_page] for i in range(0, len(lines), lines_per_page)] or [[]]
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for number, shown in enumerate(pages, 1):
        shown = [head, *shown, str(number)] if head else shown
        text = "BT /F1 10 Tf 14 TL 50 800 Td " + " ".join(f"({line}) Tj T*" for line in shown) + " ET"
        kids.append(len(objects) + 1)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {len(objects) + 2} 0 R>>"
        )
        objects.append(f"<</Length {len(text)}>>stream\n{text}\nendstream")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>"
    raw, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(raw))
        raw += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    junk = "00" * 32
    lock = f"/ID[<{junk}><{junk}>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{junk}>/U<{junk}>>>" if encrypted else ""
    return f"{raw}xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R{lock}>>\nstartxref\n{len(raw)}\n%%EOF\n".encode()
