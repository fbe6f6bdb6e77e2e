"""Days of the calendar as Vietnamese articles write them, and what an article's own date is."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

YEAR = r"(?:19|20)[0-9]{2}"
DAY = r"[0-9]{1,2}\s?[/.-]\s?[0-9]{1,2}\s?[/.-]\s?(?:19|20)[0-9]{2}"
_PARTS = re.compile(r"([0-9]{1,2})\s?[/.-]\s?([0-9]{1,2})\s?[/.-]\s?((?:19|20)[0-9]{2})")
# A year of two digits is of this century up to here ("12/3/19"), of the last one above ("30/4/75").
_CENTURY = 49


def day(text: str) -> date | None:
    """The date of "30/5/2019", "28-8-2018"; None where there is no such day."""
    match = _PARTS.fullmatch(text.strip())
    return make(*(int(part) for part in reversed(match.groups()))) if match else None


def make(year: int, month: int, number: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, 29 if month == 2 and calendar.isleap(year) else calendar.mdays[month])


def full_year(digits: str, near: int | None = None) -> int:
    """The year of four or two digits; two digits after another year go on with its century: "2017-20" ends in 2020."""
    if len(digits) == 4:
        return int(digits)
    if near is not None:
        return near - near % 100 + int(digits)
    return int(digits) + (2000 if int(digits) <= _CENTURY else 1900)


# An undated article may be younger than the latest year it names, but hardly by more than a decade.
_UNSEEN = 10
# A month named without a year that lies so many months after the article's own is one of the year before.
_LAST_YEAR = 6
# Up to this month "the past year" is the calendar year before.
_NEW_YEAR = 3


@dataclass(frozen=True)
class Anchor:
    """What an article's relative windows hang on.

    `year`: the year it was published in, from its source row or its date line (None: unknown); `month` and `day` likewise;
    `latest`: the latest year that its text names as past; `since`: years that it counts from ("Từ năm 2013 đến nay");
    `term`: the term of office that it names, as two years.
    """

    year: int | None
    month: int | None
    latest: int | None
    since: tuple[int, ...]
    term: tuple[int, int] | None
    day: int | None = None

    @property
    def iso(self) -> str:
        """The article's own date as far as it is known: "2019-10-17", "2019-10", "2019", or ""."""
        if self.year is None:
            return ""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    def start_of(self, years: int) -> int | None:
        """The first year of "trong N năm qua": a year the article counts from where N fits, else counted back."""
        # Counting back needs the year of publication: the latest year named is a floor, not the date.
        return self.since_of(years) or (self.year - years if self.year is not None else None)

    def since_of(self, years: int) -> int | None:
        """A year that the article counts from, and from which about `years` years had gone by; None where none fits."""
        early = self.month is not None and self.month <= _NEW_YEAR
        floor = self.latest
        for since in self.since:
            if self.year is not None:
                fits = self.year - since in (years, years + early)
            else:
                fits = (floor or since) - since <= years <= (floor or since) - since + _UNSEEN
            if fits:
                return since
        return None

    def year_of(self, month: int) -> int | None:
        """The year of a month that is named without one: the article's own, or the one before for a month far ahead."""
        if self.year is None:
            return None
        return self.year - (self.month is not None and month - self.month >= _LAST_YEAR)

    def past_year(self) -> int | None:
        """The year of "năm qua": the article's own, in its first quarter the one before."""
        return None if self.year is None else self.year - ((self.month or 12) <= _NEW_YEAR)
