"""Words by which one figure of a list leans on those before it."""

import re
from dataclasses import dataclass
from functools import cache

from analysis.extract.phrases import key, pattern
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

_KINDS = ("nothing", "respective", "reports", "noun")


@dataclass(frozen=True)
class ListWords:
    """wording/lists.csv ready to use."""

    nothing: re.Pattern
    respective: re.Pattern
    reports: re.Pattern
    nouns: frozenset[str]


@cache
def list_words() -> ListWords:
    """The words of wording/lists.csv. Raises ReferenceTableError for a bad row."""
    path = FOLDER / "lists.csv"
    found: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    for line, row in read_rows(path, ("kind", "phrase"), required=("kind", "phrase"), unique=("kind", "phrase")):
        found[one_of(path, line, "kind", row["kind"], _KINDS)].append(key(row["phrase"]))
    nothing, respective, reports = (re.compile(pattern(found[kind])) for kind in _KINDS[:3])
    return ListWords(nothing, respective, reports, frozenset(found["noun"]))
