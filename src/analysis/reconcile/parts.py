"""Parts against their totals: 34,183 + 17,906 = 52,089 workers, 1 + 2 + 2 + 5 + 5 = 15 prizes, a subset in its whole.

parts.csv says what the parts of a total are. Only observations of one place, body and window are set against each other.
A sum that does not add up is an error where every number is exact; where words hedge one, the sum of the intervals must
meet the total's interval, and a miss is a warning. So it is with a figure that its own sentence makes a part of another
("…, trong đó 422 …").
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import add

import pandas as pd

from analysis.findings import Finding
from analysis.reconcile.bounds import Interval
from analysis.reconcile.comparable import difference
from analysis.reconcile.observations import Observation
from analysis.reconcile.wording import Amount, Area, Sum, When, finding
from analysis.reference.codebook import CodeBook, PartSum

Found = dict[str, list[Observation]]


def check_parts(observations: Iterable[Observation], book: CodeBook) -> Iterator[Finding]:
    """One finding for every total that a part or a full set of parts can be set against: note where it holds."""
    by_indicator: Found = defaultdict(list)
    for observation in observations:
        by_indicator[observation.indicator].append(observation)
    for rule in book.parts:
        for whole in by_indicator[rule.total]:
            parts = _parts_of(whole, rule, by_indicator)
            if rule.coverage == "subset":
                yield from (_subset(whole, part, book) for group in parts.values() for part in group)
            else:
                yield from _complete(whole, rule, parts, book)


def check_wholes(figures: Iterable) -> Iterator[Finding]:
    """One finding for every figure (a row of the figures table) that is more than the one it is a part of.

    Only what counts the same is compared: figures in one unit of one place and body, neither of them rejected.
    """
    rows = {row.id: row for row in figures if row.status != "rejected"}
    for part in rows.values():
        whole = None if pd.isna(part.part_of) else rows.get(part.part_of)
        if whole is not None and _scope(part) == _scope(whole) and part.lo > whole.hi:
            exact = part.lo == part.hi and whole.lo == whole.hi
            yield finding(
                "part_over_whole",
                "error" if exact else "warning",
                place=None if pd.isna(part.place) else part.place,
                about=part.article,
                figures=(part.id, whole.id),
                article=part.article,
                part=Amount(part.value, Interval(part.lo, part.hi), part.unit),
                whole=Amount(whole.value, Interval(whole.lo, whole.hi), whole.unit),
            )


def _scope(row) -> tuple[str, str, str]:
    """A different indicator may still be a part (422 admitted of 466 referred); a percentage is a part of no percentage."""
    return row.unit if row.unit != "percent" else row.id, str(row.place), str(row.body)


def _parts_of(whole: Observation, rule: PartSum, found: Found) -> Found:
    return {slug: [part for part in found[slug] if difference(part, whole) is None] for slug in rule.parts}


def _complete(whole: Observation, rule: PartSum, found: Found, book: CodeBook) -> Iterator[Finding]:
    if any(len(parts) > 1 for parts in found.values()):
        return  # two values for one part: the check on contradictions names them
    parts = [part for group in found.values() for part in group]
    if not parts:
        return
    missing = [book.indicators[slug] for slug, group in found.items() if not group]
    if missing:
        yield from _incomplete(whole, parts, missing, book)
    else:
        yield _summed(whole, parts, book)


def _summed(whole: Observation, parts: list[Observation], book: CodeBook) -> Finding:
    interval = _sum(parts)
    if not interval.overlaps(whole.interval):
        severity = "error" if _all_exact([whole, *parts]) else "warning"
        found = Amount(sum(part.value for part in parts), interval)
        gap = abs(sum(part.value for part in parts) - whole.value)
        return _told("parts_do_not_add_up", severity, whole, parts, book, found=found, gap=gap)
    holds = "parts_add_up" if _all_exact([whole, *parts]) else "parts_consistent"
    return _told(holds, "note", whole, parts, book)


def _incomplete(whole: Observation, parts: list[Observation], missing: list, book: CodeBook) -> Iterator[Finding]:
    """Some parts are not reported, which is not zero: those that are may still be more than the total."""
    if _sum(parts).lo > whole.interval.hi:
        severity = "error" if _all_exact([whole, *parts]) else "warning"
        yield _told("parts_exceed", severity, whole, parts, book, missing=missing)


def _subset(whole: Observation, part: Observation, book: CodeBook) -> Finding:
    fits = part.interval.lo <= whole.interval.hi
    severity = "note" if fits else "error" if _all_exact([whole, part]) else "warning"
    return finding(
        "subset",
        severity,
        "subset_fits" if fits else "subset_exceeds",
        of=book.indicators[part.indicator],
        place=whole.place,
        figures=(*whole.figures, *part.figures),
        total=book.indicators[whole.indicator],
        part=book.indicators[part.indicator],
        value=_amount(part),
        whole=_amount(whole),
        area=Area(whole.place, whole.body),
        window=When(whole.window, whole.kind),
    )


def _told(key: str, severity: str, whole: Observation, parts: list[Observation], book: CodeBook, **values) -> Finding:
    return finding(
        "parts",
        severity,
        key,
        of=book.indicators[whole.indicator],
        place=whole.place,
        figures=(name for observation in (whole, *parts) for name in observation.figures),
        total=book.indicators[whole.indicator],
        area=Area(whole.place, whole.body),
        window=When(whole.window, whole.kind),
        sum=Sum(tuple(_amount(part) for part in parts)),
        whole=_amount(whole),
        **values,
    )


def _sum(parts: list[Observation]) -> Interval:
    return reduce(add, (part.interval for part in parts))


def _all_exact(observations: list[Observation]) -> bool:
    return all(observation.interval.exact for observation in observations)


def _amount(observation: Observation) -> Amount:
    return Amount(observation.value, observation.interval, observation.unit)
