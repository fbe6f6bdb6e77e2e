"""The windows of copies: a release speaks from the date of its first article, not from the dates of those that repeat it.

"Trong 10 năm qua" is anchored to the date of the article that says so, so a copy dated a year later would give the same
figures another window. Within a release such a figure takes the window that the first article gives it.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from analysis.reconcile.releases import Releases

Row = Mapping
Told = dict[tuple, list[Row]]  # key → the figures of one article that share it, in text order
SUBJECT = ("indicator", "place", "body", "unit")
WINDOW_RULE = re.compile(r"window: [^;]*")


def as_first_told(figures: Iterable[Row], releases: Releases) -> list[Row]:
    """Figures of `extract_article`, those of copies with the period_start and period_end that the first article gives.

    A figure is looked for in the earlier articles that its own repeats: of the same indicator, place, body, unit and value
    under the same window words, then in the same sentence, then, its value changed, under the same window words where
    these have one window there. `reason` names the article whose window it took; nothing else changes.
    """
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in figures:
        rows[row["article"]].append(row)
    partners = _partners(releases)
    for members in releases.members.values():
        indexes: dict[str, list[Told]] = {}
        for name in members:
            earlier = [indexes[other] for other in indexes if other in partners[name]]
            rows[name] = [_from_earlier(row, earlier) for row in rows[name]]
            indexes[name] = [_index(rows[name], key) for key in KEYS]
    return [row for article in rows.values() for row in article]


def _partners(releases: Releases) -> dict[str, set[str]]:
    partners: dict[str, set[str]] = defaultdict(set)
    for pair in releases.pairs:
        partners[pair.smaller].add(pair.larger)
        partners[pair.larger].add(pair.smaller)
    return partners


def _index(rows: Iterable[Row], key: Callable[[Row], tuple]) -> Told:
    index: Told = defaultdict(list)
    for row in rows:
        index[key(row)].append(row)
    return index


def _from_earlier(row: Row, earlier: list[list[Told]]) -> Row:
    for tier, key in enumerate(KEYS):
        for index in earlier:
            found = index[tier].get(key(row), [])
            windows = {_window(first) for first in found}
            if _window(row) in windows:
                return row
            if len(windows) == 1 or (windows and key is not _changed):
                return _with_window(row, found[0])
    return row


def _with_window(row: Row, first: Row) -> Row:
    rule = WINDOW_RULE.search(first["reason"])
    told = f"{rule.group() if rule else 'window: its own'}, as in {first['article']}, which this repeats"
    known = WINDOW_RULE.search(row["reason"])
    reason = WINDOW_RULE.sub(lambda _: told, row["reason"], count=1) if known else f"{row['reason']}; {told}"
    return {**row, "period_start": first["period_start"], "period_end": first["period_end"], "reason": reason}


def _window(row: Row) -> tuple:
    return row["period_start"], row["period_end"]


def _subject(row: Row) -> tuple:
    return tuple(row[name] for name in SUBJECT)


def _same_words(row: Row) -> tuple:
    return (*_subject(row), row["value"], _words(row["period_text"]))


def _same_sentence(row: Row) -> tuple:
    return (*_subject(row), row["value"], _words(row["quote"]))


def _changed(row: Row) -> tuple:
    return (*_subject(row), _words(row["period_text"]))


def _words(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", text or "").casefold().split())


KEYS = (_same_words, _same_sentence, _changed)
