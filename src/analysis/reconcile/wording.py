"""Sentences about facts in Vietnamese and English: numbers with their hedges, windows and areas, put into messages.csv.

The values put into a sentence may be numbers, code book rows (their label is shown), or the small classes here, which
know how to say themselves in a language.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol, Union

from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

from analysis.findings import Finding
from analysis.reconcile.bounds import Interval
from analysis.reconcile.windows import Window, partial_bounds
from analysis.reference.codebook import Indicator
from analysis.reference.tables import FOLDER
from analysis.reference.texts import Texts


class Labelled(Protocol):
    """What can say itself in a language: the rows of the code book and the classes below."""

    def label(self, lang: str) -> str: ...


_SAID = """
    span_years span_year span_dates since_year since_date half_since half_since_undated half_until until level unstated
    undated as_of_year as_of_month at_least at_most between percent money_VND money_USD area area_body
    computed computed_bounded computed_unstated computed_progress computed_progress_half dispute disputed_value
    refused_place refused_body refused_window refused_unknown_window refused_undated refused_units refused_contested
    refused_zero refused_negative refused_unbounded refused_target_start refused_target_end
    no_indicator no_place end_not_stated backwards unit published undated_windows unworded extraction_failed receipt
    release_same_file release contradiction differs parts_add_up parts_consistent parts_do_not_add_up parts_exceed
    subset_fits subset_exceeds part_over_whole over_100 percent_range assumption
    decision_row decision_torn decision_incomplete decision_gone decision_moved decision_sentence decision_before
    decision_after decision_undoes
    receipt_stated receipt_refused receipt_no_indicator receipt_numerator receipt_denominator receipt_nearest
    receipt_stated_in receipt_source receipt_file receipt_printed receipt_period receipt_no_period receipt_no_publisher
    receipt_rules receipt_sure receipt_doubts receipt_part_of receipt_accept receipt_reject receipt_correct receipt_undo
    receipt_holds receipt_undone receipt_stale receipt_since
    review_id review_figure review_why review_sentence review_sure review_left review_all
"""
KEYS = tuple(_SAID.split())  # every sentence that is said somewhere, so that a row taken out is named before any work
Value = Union[str, float, date, Labelled, Sequence["Value"]]  # noqa: UP007 - a forward reference needs Union


@cache
def messages() -> Texts:
    """The table of sentences, read once. Raises ReferenceTableError for a bad row, and for one of KEYS without a row."""
    return Texts(FOLDER / "messages.csv", needed=KEYS)


@dataclass(frozen=True)
class Amount:
    """A value with the interval that its words allow, in its unit: "ít nhất 70.000", "at least 70,000"."""

    value: float
    interval: Interval
    unit: str = ""
    decimals: int = 3

    def label(self, lang: str) -> str:
        lo, hi = (self._one(bound, lang) for bound in self.interval)
        if self.interval.exact:
            return lo
        if self.interval.lo == float("-inf"):
            return messages().say("at_most", lang, hi=hi)
        if self.interval.hi == float("inf"):
            return messages().say("at_least", lang, lo=lo)
        return messages().say("between", lang, lo=lo, hi=hi)

    def _one(self, value: float, lang: str) -> str:
        key = {"percent": "percent", "VND": "money_VND", "USD": "money_USD"}.get(self.unit)
        number = decimal(value, lang, self.decimals)
        return messages().say(key, lang, value=number) if key else number


@dataclass(frozen=True)
class Sum:
    """Amounts added up: "34,183 + 17,906"."""

    amounts: tuple[Amount, ...]

    def label(self, lang: str) -> str:
        return " + ".join(amount.label(lang) for amount in self.amounts)


@dataclass(frozen=True)
class Dispute:
    """Values that contradict each other, with the ids of their observations: "“Dialogues”: 83 (o…), 84 (o…)"."""

    name: Labelled
    values: tuple[tuple[Amount, str], ...]

    def label(self, lang: str) -> str:
        values = [sentence("disputed_value", lang, value=amount, id=id) for amount, id in self.values]
        return sentence("dispute", lang, name=self.name, values=values)


@dataclass(frozen=True)
class Listed:
    """Several things with a separator of their own between them."""

    items: tuple[Labelled, ...]
    between: str

    def label(self, lang: str) -> str:
        return self.between.join(item.label(lang) for item in self.items)


@dataclass(frozen=True)
class AsOf:
    """A partial ISO date, said as "năm 2023" or "August 2023"; says so where it is not known."""

    date: str | None

    def label(self, lang: str) -> str:
        known = partial_bounds(self.date)
        if known is None:
            return messages().say("undated", lang)
        first, last = known
        if first == last:
            return day(first, lang)
        if first.month == last.month:
            return messages().say("as_of_month", lang, year=first.year, month=get_month_names(locale=lang)[first.month])
        return messages().say("as_of_year", lang, year=first.year)


@dataclass(frozen=True)
class When:
    """A window of an indicator of `kind`: "từ năm 2013 đến nay (năm 2023)", "2013 to date (2023)".

    Half of a term is never "to date": "nửa nhiệm kỳ từ 2017 (bài năm 2021)", "half of the term from 2017 (article of 2021)".
    """

    window: Window
    kind: str = "flow"

    def label(self, lang: str) -> str:
        start, end = self.window.start, self.window.end
        if start and end:
            return _span(start, end, lang)
        if self.window.half:
            return self._half(lang)
        if end:
            return messages().say("until", lang, end=day(end, lang))
        as_of = AsOf(self.window.as_of).label(lang)
        if start:
            key, words = ("since_year", str(start.year)) if _new_year(start) else ("since_date", day(start, lang))
            return messages().say(key, lang, start=words, as_of=as_of)
        return messages().say("unstated" if self.kind == "flow" else "level", lang, as_of=as_of)

    def _half(self, lang: str) -> str:
        start, end, as_of = self.window.start, self.window.end, self.window.as_of
        if end:
            return messages().say("half_until", lang, end=day(end, lang))
        words = str(start.year) if _new_year(start) else day(start, lang)
        if as_of is None:
            return messages().say("half_since_undated", lang, start=words)
        return messages().say("half_since", lang, start=words, as_of=AsOf(as_of).label(lang))


@dataclass(frozen=True)
class Area:
    """A place, or a body of it: "Lào Cai", "Đảng ủy Khối (Lào Cai)"."""

    place: str
    body: str | None

    def label(self, lang: str) -> str:
        return messages().say("area_body" if self.body else "area", lang, place=self.place, body=self.body)


def decimal(value: float, lang: str, decimals: int = 3) -> str:
    """A number as the language writes it, with at most `decimals` decimals: 55.294,5 or 55,294.5."""
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    return format_decimal(value, format=pattern, locale=lang)


def day(value: date, lang: str) -> str:
    """A date as the language writes it: 17/10/2019, 17 October 2019."""
    return format_date(value, format="d/M/y" if lang == "vi" else "d MMMM y", locale=lang)


def sentence(key: str, lang: str, **values: Value) -> str:
    """The sentence `key` of messages.csv in `lang`."""
    return messages().say(key, lang, **{name: _say(value, lang) for name, value in values.items()})


def both(key: str, **values: Value) -> tuple[str, str]:
    """The sentence `key` in English and in Vietnamese."""
    return sentence(key, "en", **values), sentence(key, "vi", **values)


def finding(
    check: str,
    severity: str,
    key: str | None = None,
    *,
    of: Indicator | None = None,
    place: str | None = None,
    about: str | None = None,
    figures: Iterable[str] = (),
    **values: Value,
) -> Finding:
    """A finding of `check` with the sentence `key` (default: the check's name); `about` is the article it is about."""
    english, vietnamese = both(key or check, **values)
    slug = of.slug if of else None
    return Finding(check, severity, english, vietnamese, slug, place, about, tuple(sorted(set(figures))))


def _say(value: Value, lang: str) -> str:
    if isinstance(value, date):
        return day(value, lang)
    if isinstance(value, int | float):
        return decimal(value, lang)
    if isinstance(value, list | tuple):
        return ", ".join(_say(part, lang) for part in value)
    return value if isinstance(value, str) else value.label(lang)  # type: ignore[union-attr]


def _span(start: date, end: date, lang: str) -> str:
    if not (_new_year(start) and (end.month, end.day) == (12, 31)):
        return messages().say("span_dates", lang, start=day(start, lang), end=day(end, lang))
    return messages().say(
        "span_year" if start.year == end.year else "span_years", lang, first=start.year, last=end.year
    )


def _new_year(value: date) -> bool:
    return (value.month, value.day) == (1, 1)
