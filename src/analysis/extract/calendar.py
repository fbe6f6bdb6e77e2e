"""Days of the calendar as Vietnamese articles write them, and what an article's own date is."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

YEAR = r"(?:19|20)[0-9]{2}"
DAY = r"[0-9]{1,2}\s?[/.-]\s?[0-9]{1,2}\s?[/.-]\s?(?:19|20)[0-9]{2}"
_PARTS = re.compile(r"([0-9]{1,2})\s?[/.-]\s?([0-9]{1,2})\s?[/.-]\s?((?:19|20)[0-9]{2})")


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
    return date(year, month, calendar.monthrange(year, month)[1])


# An undated article may be younger than the latest year it names, but hardly by more than a decade.
_UNSEEN = 10


@dataclass(frozen=True)
class Anchor:
    """What an article's relative windows hang on.

    `year`: the year it was published in, from its source row or its date line (None: unknown); `month` likewise;
    `latest`: the latest year that its text names as past; `since`: years that it counts from ("Từ năm 2013 đến nay");
    `term`: the term of office that it names, as two years.
    """

    year: int | None
    month: int | None
    latest: int | None
    since: tuple[int, ...]
    term: tuple[int, int] | None

    def start_of(self, years: int) -> int | None:
        """The first year of "trong N năm qua": a year the article counts from where N fits, else counted back."""
        for since in self.since:
            if self.year is not None and self.year - since in (
                years,
                years + (self.month is not None and self.month <= 3),
            ):
                return since
            if (
                self.year is None
                and (self.latest or since) - since <= years <= (self.latest or since) - since + _UNSEEN
            ):
                return since
        # Counting back needs the year of publication: the latest year named is a floor, not the date.
        return self.year - years if self.year is not None else None
