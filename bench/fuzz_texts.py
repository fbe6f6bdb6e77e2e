"""Texts that nobody would write: articles cut, joined and spoilt, and one phrase over and over."""

import csv
import random
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from analysis.reference.wording import FOLDER

# Blanks, marks and digits of other scripts, signs that join or end numerals, and words that scale or hedge them.
SPICE = [
    *"\u00a0\u2009\u200b\u200d\u202e\ufeff\u0000\u0301\u0323٣५²½₫%‰–—-/.,:;()\"'+°\t\n\r\u2028",
    *(
        " tỷ ",
        " triệu ",
        " từ ",
        " đến ",
        " trên ",
        " năm ",
        " tháng ",
        " ngày ",
        " số ",
        "0" * 40,
        "1.",
        "1/",
        "9," * 50,
        "12/13/2099",
    ),
]
LONGEST = 20_000  # characters of one spoilt text

# What a reader that looks back or ahead too far would read again and again: (characters at most, text to repeat). What
# makes many numerals is shorter: it is read as slowly as a good article of so many, and no slower.
MANY, FEW = 20_000, 1_000_000
REPEATED = {
    **dict.fromkeys(("1", ".", "1.", "-", "(", '"', " ", "\n", "ă", "\u0301", "12/", "2019-", "1,", "một trăm ", "Đảng Bộ "), FEW),
    **dict.fromkeys(
        ("1 ", "5\t", "1\n", "5%", "(5", "-5", "5:", "5 x ", "XII ", "http://a.vn/5 ", "năm 2019 ", "100 triệu ", "Lào Cai ", "quý I/2019 ",
         "từ 5 đến ", "5 và ", "trong đó 5 người, ", "giới thiệu 5 đoàn viên; ", "Có 5 người. ", "1. Có 5 người\n", "huyện Bảo Yên 5 người, "),
        MANY,
    ),
    "Có 5 người dự\n": 10_000 * 14,
}  # fmt: skip


def repeated(piece: str, size: int) -> str:
    """The piece over and over, `size` characters of it."""
    return (piece * (size // len(piece) + 1))[:size]


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """Every phrase of the wording tables, by the table's name."""
    return {path.stem: tuple(dict.fromkeys(_cells(path))) for path in sorted(FOLDER.glob("*.csv"))}


def _cells(path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            yield from (phrase for cell in row.values() for phrase in (cell or "").split("|") if phrase)


def table_texts() -> dict[str, str]:
    """Texts to repeat of each wording table: its phrases alone, with a number between them, and each on a line with one."""
    joints = {"alone": " ", "with numbers": " 5 ", "in lines": " 5\n"}
    return {
        f"{table}, {how}": joint.join(found) + joint
        for table, found in phrases().items()
        for how, joint in joints.items()
    }


def spoilt(rng: random.Random, texts: list[str]) -> str:
    """A text of pieces of others, with a few changes."""
    text = "\n".join(_piece(rng, rng.choice(texts)) for _ in range(rng.randint(1, 4)))
    for _ in range(rng.randint(0, 30)):
        text = rng.choice(CHANGES)(rng, text)
    return text[:LONGEST]


def shrunk(text: str, fails: Callable[[str], bool]) -> str:
    """A shorter text that still fails: pieces are left out, ever smaller ones, as long as it does."""
    size = len(text) // 2
    while size:
        at = 0
        while at < len(text):
            shorter = text[:at] + text[at + size :]
            if fails(shorter):
                text = shorter
            else:
                at += size
        size //= 2
    return text


def _piece(rng: random.Random, text: str) -> str:
    start, end = sorted(rng.choices(range(len(text) + 1), k=2))
    return text[start:end]


def _insert(rng: random.Random, text: str) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + rng.choice(SPICE) * rng.choice((1, 1, 1, 3, 200)) + text[at:]


def _phrase(rng: random.Random, text: str) -> str:
    """Words that the rules look for, where they are not expected: cut into a word, or glued to a number."""
    at, joint = rng.randint(0, len(text)), rng.choice((" ", " ", "", " 5 ", "5"))
    words = rng.choices([phrase for found in phrases().values() for phrase in found], k=rng.randint(1, 6))
    return text[:at] + joint + joint.join(words) + joint + text[at:]


def _delete(rng: random.Random, text: str) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + text[at + rng.randint(1, 30) :]


def _repeat(rng: random.Random, text: str) -> str:
    piece = _piece(rng, text)[:50]
    at = rng.randint(0, len(text))
    return text[:at] + piece * rng.randint(2, 40) + text[at:]


def _decompose(rng: random.Random, text: str) -> str:
    return unicodedata.normalize(rng.choice(("NFD", "NFC", "NFKC")), text)


def _flatten(rng: random.Random, text: str) -> str:
    return text.replace("\n", rng.choice((" ", "", "\r\n")))


def _recase(rng: random.Random, text: str) -> str:
    return rng.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def _glue(rng: random.Random, text: str) -> str:
    """One sign for another all through the text: dots for commas, words without the blanks between them."""
    return text.replace(
        *rng.choice(((".", ","), (",", "."), (" ", ""), (" ", "  "), ("-", "–"), (";", ","), (" ", "\n")))
    )


def _swap(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    rng.shuffle(lines)
    return "\n".join(lines)


CHANGES: tuple[Callable[[random.Random, str], str], ...] = (
    *(_insert, _insert, _insert, _phrase, _phrase, _phrase, _delete, _delete, _repeat, _repeat),
    *(_decompose, _flatten, _recase, _glue, _swap),
)
