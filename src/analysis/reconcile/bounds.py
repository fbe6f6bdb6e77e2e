"""What the words around a number allow, as an interval, and intervals divided by each other.

"trên 70.000" is [70000, ∞), "gần 120" (-∞, 120], "60 - 70" [60, 70], an exact number a point; "khoảng 500" is as wide as
the code book's assumption `about_tolerance` says.
"""

import math
from typing import NamedTuple

from analysis.reference.codebook import CodeBook

QUALIFIERS = ("exact", "at_least", "at_most", "about")


class Interval(NamedTuple):
    """lo and hi, both inclusive, ±inf where the words leave a side open."""

    lo: float
    hi: float

    @property
    def exact(self) -> bool:
        return self.lo == self.hi

    def overlaps(self, other: "Interval") -> bool:
        return self.lo <= other.hi and other.lo <= self.hi

    def __add__(self, other: "Interval") -> "Interval":  # type: ignore[override]
        return Interval(self.lo + other.lo, self.hi + other.hi)


def bounds(value: float, value_high: float | None, qualifier: str, book: CodeBook) -> Interval:
    """The interval that a figure's words allow; `value_high` is the upper end of a printed range, or None.

    Raises ValueError for a qualifier other than exact, at_least, at_most, about.
    """
    low, high = sorted((value, value if value_high is None else value_high))
    if qualifier == "exact":
        return Interval(low, high)
    if qualifier == "at_least":
        return Interval(low, math.inf)
    if qualifier == "at_most":
        return Interval(-math.inf, high)
    if qualifier == "about":
        tolerance = book.assumed("about_tolerance")
        return Interval(low - tolerance * abs(low), high + tolerance * abs(high))
    raise ValueError(f"qualifier {qualifier!r} is not one of {', '.join(QUALIFIERS)}")


def floored(interval: Interval, floor: float) -> Interval:
    """The interval without what lies below `floor` (assumption `count_floor`), where the words left that side open."""
    return Interval(max(interval.lo, floor), interval.hi) if interval.hi >= floor else interval


def ratio(numerator: Interval, denominator: Interval, scale: float = 1) -> Interval:
    """Every value of scale × n / d for n and d inside their intervals: lo = n.lo / d.hi, hi = n.hi / d.lo.

    Both must not be negative, and the denominator not all zero (ValueError); a denominator that may be zero leaves hi open.
    """
    if numerator.lo < 0 or denominator.lo < 0 or denominator.hi <= 0:
        raise ValueError(f"{numerator} / {denominator}: parts must not be negative, nor the denominator zero")
    lo = 0.0 if math.isinf(denominator.hi) else scale * numerator.lo / denominator.hi
    hi = math.inf if denominator.lo == 0 or math.isinf(numerator.hi) else scale * numerator.hi / denominator.lo
    return Interval(lo, hi)
