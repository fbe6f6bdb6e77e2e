"""The fields of a figure that an analyst may correct, what each may hold, and how it stands in a cell.

A cell holds a number with a point for decimals, a date as YYYY-MM-DD, text as it is, and nothing where nothing is known.
"""

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from analysis.errors import UsageError
from analysis.reconcile.bounds import QUALIFIERS
from analysis.reconcile.tables import cell
from analysis.reconcile.windows import partial_bounds
from analysis.reference.codebook import CodeBook
from analysis.reference.places import bodies, places

NUMBERS, DATES = ("value", "value_high"), ("period_start", "period_end")
LISTED = ("qualifier", "unit", "indicator")
FIELDS = ("value", "value_high", *LISTED, "place", "body", *DATES)
NEEDED = ("value", "qualifier", "unit")  # a figure without one is no figure: reject it instead
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}[.,][0-9]{3}")
YEARS = (1700, 2200)  # what the tables' dates can hold, with room at both ends
_SHOWN = 12  # so many allowed values stand in a message, and the nearest ones first


@dataclass(frozen=True)
class Allowed:
    """What the listed fields may hold: field → the spellings that are understood, each with the name that tables use."""

    names: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, book: CodeBook, figures: Iterable[Mapping] = ()) -> "Allowed":
        """From the code book, the tables of places and bodies, and the places and bodies that articles already name."""
        own = {name: {str(row[name]) for row in figures if cell(row[name])} for name in ("place", "body")}
        listed = {"qualifier": QUALIFIERS, "unit": book.units, "indicator": book.indicators}
        spelled = {spelling: place.name for place in places().values() for spelling in place.spellings}
        return cls(
            {name: {value: value for value in values} for name, values in listed.items()}
            | {"place": spelled | {name: name for name in own["place"]}}
            | {"body": {name: name for name in {*(body.body for body in bodies()), *own["body"]}}}
        )


def reading(row: Mapping) -> str:
    """What was read of a figure, in one cell: "value=466; value_high=; qualifier=exact; …"."""
    return "; ".join(f"{name}={cell(row[name])}" for name in FIELDS)


def read_reading(text: str) -> dict[str, str]:
    """The fields of `reading` as cells; what is no field is left out."""
    parts = (part.partition("=") for part in text.split("; "))
    return {name: value for name, _, value in parts if name in FIELDS}


def typed(field: str, text: str) -> int | float | str | None:
    """A cell as extraction would give it: a number, an ISO date, text, or None. ValueError (what is allowed) for no such cell."""
    if not text:
        if field in NEEDED:
            raise ValueError("…")
        return None
    if field in NUMBERS:
        return _number(text)
    if field in DATES and not (re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and _days(text)):
        raise ValueError("2019-10-17")
    return text


def listed(field: str, text: str, book: CodeBook) -> Collection[str] | None:
    """The values that a code book field may hold where `text` is none of them, else None."""
    values = {"qualifier": QUALIFIERS, "unit": book.units, "indicator": book.indicators}.get(field)
    return values if values and text and text not in values else None


def read_assignments(assignments: Iterable[str], allowed: Allowed) -> dict[str, str]:
    """field → cell of "FIELD=VALUE" as typed by a person; an empty VALUE means that nothing is known.

    A year or a month given for a date is its first day for period_start and its last for period_end. Raises UsageError
    that names what was found, what is allowed and what to do next.
    """
    given: dict[str, str] = {}
    for assignment in assignments:
        field, equals, value = assignment.partition("=")
        field, value = field.strip(), unicodedata.normalize("NFC", value.strip())
        if not equals or field not in FIELDS:
            near = _near(field, FIELDS)
            raise UsageError(f"found {assignment!r}, allowed FIELD=VALUE with a field of {', '.join(FIELDS)}{near}.")
        if field in given:
            raise UsageError(f"{field} is given twice. Give each field once.")
        given[field] = _cell_of(field, value, allowed)
    if not given:
        raise UsageError(f"nothing to correct. Give FIELD=VALUE, with a field of {', '.join(FIELDS)}.")
    return given


def check_together(row: Mapping) -> None:
    """Raises UsageError where a corrected figure contradicts itself: a window or a range that ends before it starts."""
    start, end = cell(row["period_start"]), cell(row["period_end"])
    if start and end and end < start:
        raise UsageError(f"the window would end before it starts ({start} to {end}). Correct period_start too.")
    low, high = cell(row["value"]), cell(row["value_high"])
    if high and float(high) < float(low):
        raise UsageError(f"value_high would be less than value ({high} < {low}). Correct both, or empty value_high=.")


def _cell_of(field: str, value: str, allowed: Allowed) -> str:
    if not value:
        if field in NEEDED:
            raise UsageError(f"{field} cannot be empty: a figure has one. Reject the figure if it is none.")
        return ""
    if field in NUMBERS:
        return _number_cell(field, value)
    if field in DATES:
        return _date_cell(field, value)
    names = allowed.names[field]
    if value in names:
        return names[value]
    where = {"place": " Add a row to places.csv for a new one.", "body": " Add a row to bodies.csv for a new one."}
    shown = f"{', '.join(list(names)[:_SHOWN])}{', …' if len(names) > _SHOWN else ''}"
    raise UsageError(f"{field}={value}: allowed are {shown}{_near(value, names)}.{where.get(field, '')}")


def _number_cell(field: str, value: str) -> str:
    if _THOUSANDS.fullmatch(value):
        digits = re.sub("[.,]", "", value)
        raise UsageError(
            f"{field}={value} can be read in two ways. Write {digits} for thousands, or {value.replace(',', '.')}0 for decimals."
        )
    if not _NUMBER.fullmatch(value) or not math.isfinite(float(value.replace(",", "."))):
        raise UsageError(
            f"{field}={value}: allowed is a number in base units, without thousands signs (55294000000, 66.11)."
        )
    return cell(_number(value.replace(",", ".")))


def _date_cell(field: str, value: str) -> str:
    known = _days(value)
    if known is None:
        raise UsageError(
            f"{field}={value}: allowed is a date, month or year from {YEARS[0]} to {YEARS[1]} (2019-10-17, 2019-10, 2019)."
        )
    return known[0 if field == "period_start" else 1].isoformat()


def _days(text: str) -> tuple[date, date] | None:
    """First and last day of a date, month or year that the tables can hold; None for any other text."""
    known = partial_bounds(text)
    return known if known and YEARS[0] <= known[0].year <= YEARS[1] else None


def _number(text: str) -> int | float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError("12345.6")
    return int(text) if re.fullmatch(r"-?[0-9]+", text) else number


def _near(found: str, allowed: Iterable[str]) -> str:
    close = get_close_matches(found, list(allowed), n=3, cutoff=0.5)
    return f" (did you mean {' or '.join(close)}?)" if close else ""
