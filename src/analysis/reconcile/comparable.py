"""Whether two observations are of one place, body and window: only then does a ratio or a sum of them mean something, and
only then can they contradict each other.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from analysis.reconcile.observations import Observation


def difference(one: Observation, other: Observation) -> str | None:
    """What sets the two apart: place, body, window, unknown_window or undated; None where nothing does.

    Two windows nobody stated are one only where both figures stand under the same words or in one sentence; two open
    ends are one day only in one release, or where the releases are dated to the day.
    """
    if one.place != other.place:
        return "place"
    if one.body != other.body:
        return "body"
    if one.window != other.window:
        return "window"
    if one.window.end is not None:
        return None
    if unstated(one) and unstated(other):
        return None if one.contexts & other.contexts else "unknown_window"
    if one.releases & other.releases or (one.window.exactly_dated):
        return None
    return "undated"


def rivals(observations: Iterable[Observation]) -> dict[str, tuple[Observation, ...]]:
    """Observation id → the others that cannot hold beside it, in a fixed order; only those that have any.

    They share indicator, place, body, window and unit, in one release or several, and their intervals do not meet. Two
    windows that nobody stated are no one window, except under the same words or in one sentence.
    """
    groups = defaultdict(list)
    for observation in observations:
        groups[observation.key, observation.unit].append(observation)
    found = defaultdict(list)
    for group in groups.values():
        for one, other in combinations(group, 2):
            if not one.interval.overlaps(other.interval) and difference(one, other) in (None, "undated"):
                found[one.id].append(other)
                found[other.id].append(one)
    return {id: tuple(sorted(others, key=Observation.sort_key)) for id, others in found.items()}


def unstated(observation: Observation) -> bool:
    """Whether it happened in a window that no words give: neither start nor end, and no level at the article's date."""
    return observation.kind == "flow" and observation.window.start is None and observation.window.end is None


def distance(one: Observation, other: Observation) -> tuple[bool, bool, int]:
    """How far apart two observations are, for finding the nearest one: place, then body, then days of their windows."""
    return one.place != other.place, one.body != other.body, one.window.days_from(other.window)
