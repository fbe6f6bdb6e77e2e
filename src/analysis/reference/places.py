"""The table of places: names, level, what they lie in, other spellings, and when they existed with what extent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from analysis.errors import ReferenceTableError
from analysis.reference.tables import FOLDER, one_of, read_rows

LEVELS = ("country", "province", "district")
_TABLE = FOLDER / "places.csv"
_COLUMNS = ("name", "kind", "level", "parent", "alias", "valid_from", "valid_to", "successor", "needs")


@dataclass(frozen=True)
class Place:
    """One place for as long as it had one extent; `spellings` holds its name and its aliases.

    `kind`: tỉnh, thành phố, thị xã, quận, huyện. `valid_from`, `valid_to`: its first and last day, None where the time is
    open. `successor`: what it became part of. `needs_level`: the bare name has other meanings besides.
    """

    name: str
    level: str
    parent: str
    spellings: tuple[str, ...]
    kind: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successor: tuple[str, ...] = ()
    needs_level: bool = False

    @property
    def bare(self) -> str:
        """The name without its kind: "12" of "Quận 12", "Lào Cai" of "thành phố Lào Cai"."""
        return self.name[len(self.kind) + 1 :] if self.name.lower().startswith(f"{self.kind} ") else self.name

    def existed(self, day: date) -> bool:
        """Whether it had this extent on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@cache
def all_places() -> tuple[Place, ...]:
    """Every row of places.csv: wider places before narrower ones, a name of several provinces once for each.

    Raises ReferenceTableError for a row with a wrong level or day, or an unknown parent.
    """
    found: list[Place] = []
    names: set[str] = set()
    unique = ("name", "parent", "valid_from")
    for line, row in read_rows(_TABLE, _COLUMNS, required=("name", "kind"), unique=unique):
        level = one_of(_TABLE, line, "level", row["level"], LEVELS)
        if row["parent"] and row["parent"] not in names:
            raise ReferenceTableError(_TABLE, line, row["parent"], "the name of a place in a row above")
        names.add(row["name"])
        first, last = (_day(line, row[column]) for column in ("valid_from", "valid_to"))
        found.append(
            Place(row["name"], level, row["parent"], (row["name"], *_listed(row["alias"])), row["kind"], first, last,
                  _listed(row["successor"]), one_of(_TABLE, line, "needs", row["needs"], ("", "level")) == "level")
        )  # fmt: skip
    return tuple(found)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _day(line: int, cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError as error:
        raise ReferenceTableError(_TABLE, line, cell, "an ISO date such as 2025-06-30, or nothing") from error


@cache
def places() -> Mapping[str, Place]:
    """Every place by name, with its newest extent; of districts that share a name the first one: see `named`."""
    found: dict[str, Place] = {}
    for place in all_places():
        known = found.get(place.name)
        if known is None or (place.level, place.parent) == (known.level, known.parent):
            found[place.name] = place
    return MappingProxyType(found)


def named(name: str) -> tuple[Place, ...]:
    """All places of a name: Châu Thành lies in ten provinces, Lào Cai has had two extents."""
    return _by_name().get(name, ())


@cache
def _by_name() -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for place in all_places():
        found.setdefault(place.name, []).append(place)
    return {name: tuple(same) for name, same in found.items()}


@cache
def within(name: str) -> frozenset[str]:
    """The names of a place and of all that lies in it, at any time."""
    inside = {name}
    for place in all_places():  # parents stand above what lies in them
        if place.parent in inside:
            inside.add(place.name)
    return frozenset(inside)


def provinces(day: date) -> tuple[Place, ...]:
    """The provinces as they were on a day: 63 until 30 June 2025, 34 since."""
    return tuple(place for place in all_places() if place.level == "province" and place.existed(day))


def merged(name: str) -> tuple[str, ...]:
    """The provinces of 30 June 2025 that form the province of that name today, itself with them if it was one."""
    old = (place for place in all_places() if place.level == "province" and place.existed(date(2025, 6, 30)))
    return tuple(place.name for place in old if (place.successor or (place.name,)) == (name,))


@dataclass(frozen=True)
class Body:
    """Words that name an organisation or group narrower than a place's unions, and how tables call it."""

    phrase: str
    body: str
    needs: str


@cache
def bodies() -> tuple[Body, ...]:
    """The rows of bodies.csv."""
    return tuple(
        Body(row["phrase"], row["body"], row["needs"])
        for _, row in read_rows(
            FOLDER / "bodies.csv", ("phrase", "body", "needs"), required=("phrase", "body"), unique=("phrase",)
        )
    )
