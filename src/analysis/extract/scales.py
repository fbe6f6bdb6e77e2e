"""Scale words: what "nghìn", "triệu" or "tỷ rưỡi" behind a number multiply it by."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from analysis.errors import ReferenceTableError
from analysis.extract.phrases import key
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

PLACES = ("any", "digits", "glued", "currency", "split")
MOST_SCALES = 3  # "2 trăm nghìn tỷ": no article writes more of them behind one number.
CURRENCY = r"(?:vnđ|vnd|vn\$|us\$|usd|đô(?![^\W_])|đồng|đ(?![^\W_])|[$€£₫])"


@dataclass(frozen=True)
class Scale:
    """One row of wording/scales.csv."""

    word: str
    factor: Decimal
    place: str
    not_before: tuple[str, ...]

    @property
    def expression(self) -> str:
        others = "|".join(re.escape(word) for word in self.not_before)
        return re.escape(self.word) + (rf"(?! +(?:{others})(?![^\W_]))" if others else "")


@cache
def rows() -> tuple[Scale, ...]:
    """The rows of wording/scales.csv. Raises ReferenceTableError for a factor or place that cannot be."""
    path, found = FOLDER / "scales.csv", []
    columns = ("word", "factor", "place", "not_before")
    for line, row in read_rows(path, columns, required=columns[:3], unique=("word",)):
        if not row["factor"].isdecimal() or int(row["factor"]) < 1:
            raise ReferenceTableError(path, line, row["factor"], "a whole number of 1 or more")
        place = one_of(path, line, "place", row["place"], PLACES)
        found.append(Scale(key(row["word"]), Decimal(row["factor"]), place, tuple(key(row["not_before"]).split())))
    return tuple(found)


@cache
def scales() -> dict[str, Decimal]:
    """Scale words and their factors."""
    return {row.word: row.factor for row in rows()}


def _of(*places: str) -> str:
    """The words of some places as a regular expression, the longest first."""
    chosen = sorted((row for row in rows() if row.place in places), key=lambda row: (-len(row.word), row.word))
    return "(?:" + "|".join(row.expression for row in chosen) + ")"


@cache
def scale_pattern() -> str:
    """A scale word behind digits or behind another word, as a regular expression with nothing before it."""
    return (
        rf"(?:{_of('any', 'digits')}(?![^\W_])|(?<=[0-9]){_of('glued')}(?![^\W_])"
        rf"|(?<=[0-9]){_of('currency')}(?= ?{CURRENCY}))"
    )


@cache
def split_pattern() -> str:
    """A scale word between digits: "1tr5", "2t3"."""
    return rf"(?P<scale>{_of('any', 'digits', 'glued', 'split')})(?P<digits>[0-9]{{1,3}})(?![\w]|[.,/-][0-9])"


@lru_cache(maxsize=256)
def factor(words: str) -> tuple[Decimal, Decimal]:
    """What the scale words together multiply by, and what a "rưỡi" (and a half) behind them adds."""
    product = Decimal(1)
    for word in words.split():
        product *= scales().get(word, Decimal(1))
    return product, product / 2 if words.endswith("rưỡi") else Decimal(0)
