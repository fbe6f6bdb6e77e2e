"""Which figure is a part of which: "13.126 người, trong đó có 541 công nhân"."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from analysis.extract.phrases import pattern
from analysis.reference.tables import read_rows
from analysis.reference.wording import FOLDER

_OPENING = 4  # Characters: a sentence that opens with the cue goes on with the sentence before ("Trong đó, …").
_REACH = 8  # Figures before the cue that may be the whole.


@cache
def cue() -> re.Pattern:
    """The words that open a list of parts, from wording/parts.csv."""
    rows = read_rows(FOLDER / "parts.csv", ("phrase",), required=("phrase",), unique=("phrase",))
    return re.compile(pattern(row["phrase"] for _, row in rows))


def link_parts(lower: str, coded: Iterable) -> None:
    """Set `part_of` of every figure (an article.Coded) that is a part of another, and take the whole's indicator from it.

    A part has its whole's unit and is not larger. It keeps the whole's indicator only where it covers less than the whole
    by its own window, place or body ("trong đó năm 2019 …"): then it measures the same thing.
    """
    figures = [entry for entry in coded if entry.item.kind == "figure"]
    before: list = []
    for sentence, entries in groupby(figures, key=lambda entry: entry.item.sentence):
        own = list(entries)
        for entry, wholes in _after_cues(lower, sentence, own, before):
            _link(entry, wholes)
        before = own


def _after_cues(lower: str, sentence: tuple[int, int], own: list, before: list) -> Iterator[tuple]:
    """The figures of a sentence that follow a cue, each with the figures before that cue."""
    wholes, reached = None, sentence[0]
    for at, entry in enumerate(own):
        start = entry.item.start
        if ";" in lower[reached:start]:
            wholes = None
        if found := cue().search(lower, reached, start):
            wholes = own[max(0, at - _REACH) : at] or (
                before[-_REACH:] if found.start() - sentence[0] < _OPENING else None
            )
        if wholes:
            yield entry, wholes
            # What one cue lists are parts of one whole, not of each other.
            wholes = [*wholes, entry.part_of] if entry.part_of else wholes
        reached = entry.item.end


def _link(entry, wholes: list) -> None:
    item = entry.item
    for whole in reversed(wholes):
        if whole.item.unit == item.unit != "percent" and whole.item.quantity.value >= item.quantity.value:
            entry.part_of = whole
            item.reason += f"; part of: the {whole.item.quantity.value:f} before it"
            if entry.indicator and _covers(entry) == _covers(whole):
                entry.indicator = None
                item.reason += ", whose indicator is not its own"
            return


def _covers(entry) -> tuple:
    window = entry.window
    return entry.indicator, (window.first, window.last) if window else None, entry.place, entry.body
