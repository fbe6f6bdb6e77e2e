"""Communes: since when they lie in their province without a district between, and which figures are of one in a district."""

import re
from bisect import bisect_left
from operator import attrgetter

# Since then communes lie in their province, without districts (Resolution 203/2025/QH15).
_TWO_TIERS = "2025-07"
_GOVERNMENT = "chính quyền "
_TWO_TIERS_NAMED = re.compile(  # The words stand before the look behind them, for a search leaps to words only.
    rf"{_GOVERNMENT}(?<![^\W_]{_GOVERNMENT})(?:địa phương )?(?:hai|2|02) cấp(?![^\W_])"
)
_STOPS = re.compile(r"[,;:.!?|]|\bso với\b")
_REACH = 80  # Characters between a commune and a figure of it.
_START = attrgetter("start")


def has_two_tiers(lower: str, published: str) -> bool:
    """Whether an article is of the time without districts. `published`: an ISO date, month or year, or "" where unknown."""
    return published >= _TWO_TIERS if published else bool(_TWO_TIERS_NAMED.search(lower))


def figure_commune(places, item) -> str | None:
    """The commune that a figure is of, as its body within the district: "xã Giao Thạnh có 10 chi bộ". None for most.

    `places`: an extract.places.ArticlePlaces; `item`: an extract.figures.Item.
    """
    first = bisect_left(places.communes, item.clause[0], key=_START)
    last = bisect_left(places.communes, item.start, first, key=_START)
    for mention in reversed(places.communes[first:last]):
        if mention.end <= item.start <= mention.end + _REACH:
            level = " ".join(places.lower[mention.head : mention.start].split())
            return None if _STOPS.search(places.lower, mention.end, item.start) else f"{level} {mention.name}"
    return None
