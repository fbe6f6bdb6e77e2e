"""The table of places: names, level, what they lie in, other spellings."""

from dataclasses import dataclass
from functools import cache

from analysis.errors import ReferenceTableError
from analysis.reference.tables import FOLDER, one_of, read_rows

LEVELS = ("country", "province", "district")


@dataclass(frozen=True)
class Place:
    """One place; `spellings` holds its name and its aliases."""

    name: str
    level: str
    parent: str
    spellings: tuple[str, ...]


@cache
def places() -> dict[str, Place]:
    """Every place by name. Raises ReferenceTableError for a row with a wrong level or an unknown parent."""
    path = FOLDER / "places.csv"
    found: dict[str, Place] = {}
    for line, row in read_rows(path, ("name", "level", "parent", "alias"), required=("name",), unique=("name",)):
        level = one_of(path, line, "level", row["level"], LEVELS)
        if row["parent"] and row["parent"] not in found:
            raise ReferenceTableError(path, line, row["parent"], "the name of a place in a row above")
        aliases = tuple(alias.strip() for alias in row["alias"].split("|") if alias.strip())
        found[row["name"]] = Place(row["name"], level, row["parent"], (row["name"], *aliases))
    return found


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
