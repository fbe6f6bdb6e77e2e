"""Windows of time: how long, where they stand on a time axis, and how they read.

A window that runs "đến nay" ends at the date of the article that says so. Where only the year of that article is known,
the end is known to the year only, and everything computed from it is a range.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from analysis.reconcile import windows as dates

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WORDS = {
    "vi": {"open": "{start} – nay ({now})", "open_undated": "{start} – nay", "half": "nửa nhiệm kỳ từ {start} (bài {now})", "half_undated": "nửa nhiệm kỳ từ {start}", "stock": "{now}", "until": "đến {end}", "none": "không rõ thời gian", "unstated": "không rõ thời gian (bài {now})"},
    "en": {"open": "{start} to date ({now})", "open_undated": "{start} to date", "half": "half of the term from {start} (article of {now})", "half_undated": "half of the term from {start}", "stock": "{now}", "until": "to {end}", "none": "window not stated", "unstated": "window not stated (article of {now})"},
}  # fmt: skip
DAYS_A_YEAR = 365.2425


def partial_bounds(text: str) -> tuple[date, date]:
    """First and last day that a partial ISO date ("2019", "2021-05", "2019-10-17") can mean; ValueError for others."""
    bounds = dates.partial_bounds(text)
    if bounds is None:
        raise ValueError(f"{text!r} is not a date like 2019, 2021-05 or 2019-10-17")
    return bounds


def partial_label(text: str, lang: str) -> str:
    """A partial ISO date as people write it: 8/2023 or 12/8/2023 (vi), Aug 2023 or 12 Aug 2023 (en)."""
    partial_bounds(text)
    year, *rest = text.split("-")
    if not rest:
        return year
    if lang == "vi":
        return "/".join([str(int(part)) for part in reversed(rest)] + [year])
    words = [str(int(rest[1]))] if len(rest) == 2 else []
    return " ".join([*words, MONTHS[int(rest[0]) - 1], year])


@dataclass(frozen=True)
class Window:
    """`start` and `end` are inclusive days or None; `as_of` is the partial ISO date of the article, "" if unknown.

    `moment` is True for a stock, which holds at the article's date; a flow without a start has a window that is not stated.
    `half` is True for "half of the term": its end is not stated, and is some day up to the article's date.
    """

    start: date | None
    end: date | None
    as_of: str = ""
    moment: bool = True
    half: bool = False

    @classmethod
    def of(cls, row, kind: str | None = None) -> "Window":
        """The window of a row with period_start, period_end, as_of, and kind and window_kind if it has them."""
        as_of = row["as_of"] if "as_of" in row and not pd.isna(row["as_of"]) else ""
        kind = kind or (row["kind"] if "kind" in row and not pd.isna(row["kind"]) else "stock")
        half = "window_kind" in row and row["window_kind"] == "half"
        return cls(_day(row["period_start"]), _day(row["period_end"]), str(as_of), kind == "stock", half)

    @property
    def known(self) -> bool:
        """Whether there is anything to draw on a time axis."""
        return self.start is not None or self.end is not None or (self.moment and bool(self.as_of))

    @property
    def is_open(self) -> bool:
        return self.start is not None and self.end is None and not self.half

    def ends(self) -> tuple[date, date] | None:
        """Earliest and latest day on which the window can end; None where nothing is known."""
        if self.end:
            return self.end, self.end
        latest = partial_bounds(self.as_of) if self.as_of else None
        return (self.start, latest[1]) if self.half and self.start and latest else latest

    def years(self) -> tuple[float, float] | None:
        """Shortest and longest length in years; equal for a closed window; None where an end is not known."""
        ends = self.ends()
        if self.half or self.start is None or ends is None or ends[0] < self.start:
            return None
        return _length(self.start, ends[0]), _length(self.start, ends[1])

    def label(self, lang: str) -> str:
        """The window in a few words: "2017–2020", "2013 – nay (8/2023)", "30/5/2019 – 10/7/2019"."""
        words = WORDS[lang]
        if self.start and self.end:
            return _closed(self.start, self.end, lang)
        if self.start:
            key = ("half" if self.half else "open") + ("" if self.as_of else "_undated")
            return words[key].format(
                start=_start(self.start, lang), now=partial_label(self.as_of, lang) if self.as_of else ""
            )
        if self.end:
            return words["until"].format(end=_end(self.end, lang))
        key = "none" if not self.as_of else "stock" if self.moment else "unstated"
        return words[key].format(now=partial_label(self.as_of, lang) if self.as_of else "")

    def sort_key(self) -> tuple:
        """Longest first among equal starts, earlier starts first, unknown last."""
        ends = self.ends()
        return (self.start or date.max, -(ends[1].toordinal() if ends else 0))


def _day(value) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _length(start: date, end: date) -> float:
    """Years from the first day to the last, both counted. Whole calendar years count as whole numbers."""
    after = end + timedelta(days=1)
    if (after.month, after.day) == (start.month, start.day):
        return float(after.year - start.year)
    return (after - start).days / DAYS_A_YEAR


def _start(day: date, lang: str) -> str:
    return str(day.year) if (day.month, day.day) == (1, 1) else partial_label(day.isoformat(), lang)


def _end(day: date, lang: str) -> str:
    return str(day.year) if (day.month, day.day) == (12, 31) else partial_label(day.isoformat(), lang)


def _closed(start: date, end: date, lang: str) -> str:
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if start.day == 1 and (end + timedelta(days=1)).day == 1:
        first, last = (partial_label(f"{day:%Y-%m}", lang) for day in (start, end))
        return first if first == last else f"{first} – {last}"
    return f"{partial_label(start.isoformat(), lang)} – {partial_label(end.isoformat(), lang)}"
