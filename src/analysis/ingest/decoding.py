"""Bytes to text. Offsets of everything found later count characters of this text."""

import codecs
from pathlib import Path

from analysis.errors import FileError

MAX_BYTES = 50_000_000
# A text holds none of these control characters; a picture or an archive named .txt does.
_BINARY = frozenset(range(32)) - {9, 10, 12, 13, 27}


def decode(raw: bytes, path: Path) -> str:
    """The text of a UTF-8 file. A byte order mark stays as its first character, so that offsets are those of the file.

    Raises FileError for an empty, oversized, binary or undecodable file.
    """
    if len(raw) > MAX_BYTES:
        raise FileError(
            f"{path}: {len(raw):,} bytes are too many for an article; at most {MAX_BYTES:,} are read. Split it."
        )
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FileError(f"{path}: is UTF-16; UTF-8 is expected. Save it as UTF-8.")
    if (bad := next((i for i, byte in enumerate(raw[:8192]) if byte in _BINARY), None)) is not None:
        raise FileError(
            f"{path}: byte {bad} is {raw[bad]:#04x}, so it is not a text but a binary file. Save the article's text as UTF-8."
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileError(
            f"{path}: byte {error.start} is {raw[error.start]:#04x}, which is not UTF-8. Find its encoding and save it as UTF-8."
        ) from error
    if not text.strip("\ufeff \t\r\n\f\u00a0"):
        raise FileError(f"{path}: is empty. Put the article's text in, or remove the file.")
    return text
