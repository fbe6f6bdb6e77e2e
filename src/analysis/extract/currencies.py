"""Currency signs and words around an amount: "$10", "VN$1000", "2 đô la và 50 xu"."""

import re
from functools import cache
from typing import NamedTuple

from analysis.extract.phrases import key, pattern, spaced
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

_PLACES = ("before", "after", "both", "minor")


class Currency(NamedTuple):
    """An ISO 4217 code and the folded span of its sign; `minor` for hundredths (xu)."""

    code: str
    start: int
    end: int
    minor: bool = False


class _Signs(NamedTuple):
    codes: dict[str, str]
    minor: frozenset[str]
    before: re.Pattern
    after: re.Pattern


@cache
def signs() -> _Signs:
    """The rows of wording/currencies.csv, ready to match."""
    path, places, codes = FOLDER / "currencies.csv", {}, {}
    columns = ("sign", "code", "place")
    for line, row in read_rows(path, columns, required=columns, unique=("sign",)):
        sign = key(row["sign"])
        places[sign] = one_of(path, line, "place", row["place"], _PLACES)
        codes[sign] = row["code"]
    before = pattern(sign for sign, place in places.items() if place in ("before", "both"))
    after = pattern(sign for sign, place in places.items() if place != "before")
    # "05 đồng chí" are people, and "xen ti mét" a measure.
    return _Signs(
        codes,
        frozenset(sign for sign, place in places.items() if place == "minor"),
        re.compile(rf"(?:{_glued(before)})\s?$"),
        re.compile(rf"\s{{0,2}}({after})(?!\s(?:chí|tác giả|chủ tịch|ti|phẩy)(?![^\W_]))"),
    )


def _glued(before: str) -> str:
    """A sign may be glued to the digits behind it: "USD1,23"."""
    return before.replace(r"(?![^\W_])", "")


def currency_before(lower: str, start: int) -> Currency | None:
    """The currency whose sign stands right before an amount at `start` of folded lower-case text."""
    match = signs().before.search(lower, max(0, start - 5), start)
    return match and Currency(signs().codes[match.group().strip()], match.start(), match.end())


def currency_behind(lower: str, end: int) -> Currency | None:
    """The currency whose sign or word stands right behind an amount that ends at `end`."""
    match = signs().after.match(lower, end)
    if not match:
        return None
    sign = spaced(match[1])
    return Currency(signs().codes[sign], match.start(1), match.end(1), sign in signs().minor)
