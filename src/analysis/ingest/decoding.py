"""Bytes to text. Offsets of everything found later count characters of the file as it is decoded here."""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import FileError
from analysis.ingest.formats import is_binary
from analysis.ingest.repair import compose, repair, through

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
VIETNAMESE = frozenset(
    letter
    for base in "aăâeêioôơuưyđ"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    for letter in (lambda c: (c, c.upper()))(unicodedata.normalize("NFC", base + tone))
    if len(letter) == 1 and not letter.isascii()
)
# TCVN3 (the ABC fonts) puts letters where others have signs; VNI writes ñ for đ and a tone as a second letter.
_TCVN3 = re.compile(r"(?<=[a-zA-Z])[®µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËªÐÌÎÏÑ×ÝØÜÞ«¬­¦§](?=[a-zA-Z\s,.])|[®§](?=[a-zµ¸¶·¹¨»¾¼½Æ©])")
_VNI = re.compile(r"[aeiouyAEIOUYôöÔÖ][ùøûõïâéèåäãáàëêüúñ](?![^\W\d_a-z])|ñ(?=[aeiouyöô])")
_OLD_FONT_LETTERS = 10  # Fewer may be signs and foreign names of a text in another encoding.
GOOD_SHARE = 0.9  # Of the letters beyond ASCII, those that Vietnamese has, where an 8-bit encoding is the right one.
DAMAGED_PER = 500  # One broken byte in as many may be a slip in a UTF-8 file; more are another encoding.


@dataclass(frozen=True)
class Decoded:
    """`text` for extraction; `offsets[i]` is where its character i stands in the file, decoded by `encoding`.

    None where that is i. `damaged` counts characters that the file holds broken, each U+FFFD in the text.
    """

    text: str
    encoding: str
    offsets: Sequence[int] | None = None
    repaired: bool = False
    damaged: int = 0


def decode(raw: bytes, path: Path, declared: Iterable[str] = ()) -> Decoded:
    """The text of a file by its byte order mark, as UTF-8, or as the 8-bit encoding that makes Vietnamese of it.

    A valid UTF-8 file is UTF-8 whatever it declares; its byte order mark stays as the first character, so that offsets
    are those of the file. `declared` names encodings that the file itself claims, tried before windows-1258. Raises
    FileError for an empty, binary or undecodable file.
    """
    text, encoding = _characters(raw, path, tuple(declared))
    if not text.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise FileError(f"{path}: is empty. Put the article's text in, or remove the file.")
    _refuse_old_fonts(text, path)
    damaged = text.count("\ufffd")
    composed, first = compose(text) if encoding != "utf-8" else (text, None)
    good, second = repair(composed)
    return Decoded(good, encoding, through(first, second), second is not None, damaged)


def damage(path: Path, count: int) -> list[tuple[str, str]]:
    """The doubt about a text with broken characters; none where there are none."""
    if not count:
        return []
    return [
        (
            f"{path.name}: characters that cannot be read: {count}, each shown as \ufffd. Check the figures near them.",
            f"{path.name}: số ký tự không đọc được: {count}, hiện là \ufffd. Hãy kiểm tra số liệu ở gần.",
        )
    ]


def _characters(raw: bytes, path: Path, declared: tuple[str, ...]) -> tuple[str, str]:
    if bom := next((name for mark, name in _BOMS if raw.startswith(mark)), None):
        if bom != "utf-8":
            return _by_mark(raw, path, bom), bom
    elif wide := _wide(raw):
        return _by_mark(raw, path, wide), wide
    if is_binary(raw):
        bad = next(i for i in range(len(raw)) if is_binary(raw[i : i + 1]))
        raise FileError(
            f"{path}: byte {bad} is {raw[bad]:#04x}, so it is not a text but a binary file. Save the article's text as UTF-8."
        )
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _eight_bit(raw, path, declared, error)


def is_wide(raw: bytes) -> bool:
    """Whether the bytes are UTF-16 or UTF-32, with a byte order mark or without."""
    return raw.startswith(tuple(mark for mark, name in _BOMS if name != "utf-8")) or _wide(raw) is not None


def _by_mark(raw: bytes, path: Path, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileError(
            f"{path}: its first bytes say {encoding.upper()}, but byte {error.start} is not. Save it as UTF-8."
        ) from error


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of its ASCII characters is nought."""
    head = raw[:2000]
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        noughts, others = head[first::2].count(0), head[1 - first :: 2].count(0)
        if len(head) > 3 and others == 0 and noughts * 4 > len(head):
            return name
    return None


def _eight_bit(raw: bytes, path: Path, declared: tuple[str, ...], error: UnicodeDecodeError) -> tuple[str, str]:
    damaged = raw.decode("utf-8", "replace")
    broken = damaged.count("\ufffd")
    slips = broken <= max(1, len(damaged) // DAMAGED_PER) and _beyond_ascii(damaged)
    if slips and _share(damaged) >= GOOD_SHARE:
        return damaged, "utf-8"
    for encoding in (*filter(_is_eight_bit, declared), "cp1258", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _share(compose(text)[0]) >= GOOD_SHARE:
            return text, encoding
    _refuse_old_fonts(raw.decode("latin-1"), path)
    raise FileError(
        f"{path}: byte {error.start} is {raw[error.start]:#04x}, which is not UTF-8, and as windows-1258 it makes no "
        "Vietnamese. Find its encoding and save it as UTF-8."
    ) from error


def _is_eight_bit(name: str) -> bool:
    """Whether Python knows the encoding and it reads bytes as text; Latin-1 is left to cp1252, which browsers take for it."""
    try:
        known = codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return known._is_text_encoding and known.name not in ("utf-8", "iso8859-1", "ascii", "utf-16", "utf-32", "utf-7")


def _share(text: str) -> float:
    """The share of Vietnamese letters among all letters and marks beyond ASCII; 1 where there are none."""
    letters = _beyond_ascii(text)
    return sum(c in VIETNAMESE for c in letters) / len(letters) if letters else 1.0


def _beyond_ascii(text: str) -> list[str]:
    return [c for c in text if not c.isascii() and (c.isalpha() or unicodedata.combining(c))]


def _refuse_old_fonts(text: str, path: Path) -> None:
    """TCVN3 and VNI are fonts rather than encodings, and no maintained library reads them: they are named and refused."""
    right = len(re.findall("[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", text))
    for name, pattern in (("TCVN3 (ABC fonts)", _TCVN3), ("VNI", _VNI)):
        found = len(pattern.findall(text))
        if found >= _OLD_FONT_LETTERS and found > 2 * right and (name != "VNI" or ("ñ" in text and "ø" in text)):
            raise FileError(
                f"{path}: is written for {name}, which is not read: {found} letters look so. Convert it to Unicode "
                "(UniKey: Ctrl+Shift+F6) and save it as UTF-8."
            )
