"""The file formats that an article may have, their limits, and what a file really is by its first bytes."""

import os
import stat
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from analysis.errors import FileError


@dataclass(frozen=True)
class Format:
    """One format: its suffixes, the size that is read at most (bytes), and the time that its parser gets (seconds).

    A text is decoded within the process, in time that grows with its size alone, so its size is its time limit.
    """

    name: str
    suffixes: tuple[str, ...]
    max_bytes: int
    seconds: float | None
    content: frozenset[str]


TEXT = Format("text", (".txt", ".md"), 50_000_000, None, frozenset({"text"}))
HTML = Format("html", (".html", ".htm"), 10_000_000, 30, frozenset({"text", "an HTML page", "UTF-16 text"}))
DOCX = Format("docx", (".docx",), 30_000_000, 30, frozenset({"a Word document (.docx)"}))
PDF = Format("pdf", (".pdf",), 50_000_000, 60, frozenset({"a PDF document"}))
FORMATS = (TEXT, HTML, DOCX, PDF)
SUFFIXES = tuple(suffix for kind in FORMATS for suffix in kind.suffixes)

_MAGIC = (
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or encrypted Office file (.doc)"),
    (b"{\\rtf", "a Rich Text document (.rtf)"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a WebP picture or a sound"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
)
_IN_ZIP = (
    ("word/document.xml", "a Word document (.docx)"),
    ("xl/workbook.xml", "an Excel workbook (.xlsx)"),
    ("ppt/presentation.xml", "a PowerPoint file (.pptx)"),
    ("content.xml", "an OpenDocument file (.odt)"),
    ("META-INF/container.xml", "an EPUB book"),
)
_SAVE_AS = {"text": "UTF-8 text", "html": "an HTML page", "docx": "a Word document (.docx)", "pdf": "a PDF with text"}


def format_of(path: Path) -> Format:
    """The format that a file's suffix names. Raises FileError for a suffix that is not read."""
    found = next((kind for kind in FORMATS if path.suffix.lower() in kind.suffixes), None)
    if found is None:
        suffix = path.suffix or "no suffix"
        raise FileError(f"{path}: {suffix} is not read; allowed are {', '.join(SUFFIXES)}. Save it as one of these.")
    return found


def read_bytes(path: Path, kind: Format) -> bytes:
    """The bytes of a file, read without ever waiting on a pipe or device. Raises FileError naming what is wrong."""
    try:
        # A named pipe blocks whoever opens it, and may take a file's place after any look at its kind.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        raise FileError(f"{path}: there is no such file. Check its name and folder.") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise FileError(f"{path}: cannot be read ({why}). Check its permissions and links.") from error
    state = os.fstat(handle)
    if not stat.S_ISREG(state.st_mode):
        os.close(handle)
        raise FileError(f"{path}: is no file but a folder or a device. Put the article's text into a file of its own.")
    with os.fdopen(handle, "rb") as file:
        try:
            raw = b"" if state.st_size > kind.max_bytes else file.read(kind.max_bytes + 1)
        except OSError as error:
            raise FileError(f"{path}: cannot be read ({error.strerror}). Check the disk it is on.") from error
    size = max(state.st_size, len(raw))
    if size > kind.max_bytes:
        raise FileError(
            f"{path}: {size:,} bytes are too many for an article; at most {kind.max_bytes:,} are read of "
            f"{kind.suffixes[0]}. Split it."
        )
    return raw


def check_content(raw: bytes, path: Path, kind: Format) -> None:
    """Raise FileError where a file is empty, or its first bytes say that it is something else than its suffix."""
    if not raw:
        raise FileError(f"{path}: is empty. Put the article's text in, or remove the file.")
    found = content_of(raw)
    if found not in kind.content and not (kind is TEXT and found == "UTF-16 text"):
        right = next((one for one in FORMATS if found in one.content and found != "text"), None)
        what = f"Rename it to {right.suffixes[0]}" if right else f"Save the article as {_SAVE_AS[kind.name]}"
        raise FileError(f"{path}: is not what its suffix {path.suffix} says but {found}. {what}.")


def content_of(raw: bytes) -> str:
    """What the bytes are: "text", "UTF-16 text", "an HTML page", "a PDF document", or any other kind by its name."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16 text"
    if b"%PDF-" in raw[:1024]:
        return "a PDF document"
    for magic, name in _MAGIC:
        if raw.startswith(magic):
            return _in_zip(raw) if name == "a zip archive" else name
    head = raw[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"\nmime-version:" in b"\n" + head and b"content-type: multipart/related" in head:
        return "a web archive (.mhtml)"
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "an HTML page"
    if head.startswith(b"<?xml"):
        return "an HTML page" if b"<html" in head or b"xhtml" in head else "an XML document"
    return "a binary file" if is_binary(raw) else "text"


def is_binary(raw: bytes) -> bool:
    """Whether bytes that are no UTF-16 hold control characters that no text holds."""
    return any(byte in _BINARY for byte in set(raw[:8192]))


# A text holds none of these control characters; a picture or an archive does. Escape stands in texts of old printers.
_BINARY = frozenset(range(32)) - {9, 10, 12, 13, 27}


def _in_zip(raw: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            names = frozenset(archive.namelist())
    except Exception:  # zipfile raises nearly anything for a damaged archive
        return "a damaged zip archive"
    return next((name for part, name in _IN_ZIP if part in names), "a zip archive")
