"""Expressions of time, each read where one of its words stands: "năm 2019", "quý II/2023", "6 tháng đầu năm", "12/3".

An expression knows the dates that its own words name; what the words around it make of them (from, until, compared
with) is read in extract.windows. A year that is not said is left open here.
"""

import re
from collections.abc import Iterator
from functools import cache

from analysis.extract.calendar import YEAR, Anchor, full_year
from analysis.extract.date_rules import COUNT, LONGEST_COUNT, RULES, Read, Rule, days, months, number, span_of_years
from analysis.extract.folding import Folded
from analysis.extract.matcher import Matcher
from analysis.extract.numerals import Token
from analysis.extract.timex import Timex, wording

# Digits with the signs that join the parts of a date; only some shapes are dates.
_NUMERAL = re.compile(r"[0-9]+(?: ?[/-] ?[0-9]+|\.[0-9]+)*")
_CENTURIES = ("19", "20")
_JOINTS = ("/ ", " /", "- ", " -")  # A digit right behind the sign would be of the same run of digits.
_LISTED = re.compile(rf"\(({YEAR}(?: ?[,;] ?{YEAR})+(?:,? và {YEAR})?) ?\)")
_YEARS = re.compile(rf"({YEAR}) ?- ?((?:19|20)[0-9]{{2}}|[0-9]{{2}})")
_FULL_DAY = re.compile(r"([0-9]{1,2})(?:-([0-9]{1,2}))? ?([/.-]) ?([0-9]{1,2}) ?\3 ?((?:19|20)?[0-9]{2})")
_SHORT_DAY = re.compile(r"([0-9]{1,2})(?:-([0-9]{1,2}))? ?/ ?([0-9]{1,2})")
_DASHED_DAY = re.compile(r"([0-9]{1,2})-([0-9]{1,2})")
_FULL_MONTH = re.compile(r"([0-9]{1,2}) ?[/-] ?((?:19|20)[0-9]{2})")


@cache
def _cues() -> Matcher[tuple[Rule, ...]]:
    """Every cue word with its rules, in the order of the table; the phrases of the wording table stand for themselves."""
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in RULES:
        for cue in rule.cues:
            found[cue] = (*found.get(cue, ()), rule)
    for kind, name in (("now", "as of now"), ("to_now", "as of now"), ("vague", "no dates stated")):
        for phrase in wording()[kind]:
            words = re.compile(" +".join(map(re.escape, phrase.split())))
            found[phrase] = (*found.get(phrase, ()), Rule(name, (phrase,), words, _fields(kind)))
    return Matcher(found)


def _fields(grain: str) -> Read:
    return lambda match, anchor, count: {"grain": grain}


def find_expressions(folded: Folded, anchor: Anchor, digits: list[Token]) -> list[Timex]:
    """The expressions of an article in order, of several at one place the longest; none overlaps another.

    `digits` are the runs of digits of the text.
    """
    found = [*_at_cues(folded, anchor), *_numerals(folded.lower, digits)]
    found.sort(key=_by_place)
    kept: list[Timex] = []
    for timex in found:
        if not kept or timex.start >= kept[-1].end:
            kept.append(timex)
    return kept


def _by_place(timex: Timex) -> tuple[int, int]:
    return timex.start, -timex.end


def _at_cues(folded: Folded, anchor: Anchor) -> Iterator[Timex]:
    lower, reached = folded.lower, 0
    for start, _, rules in _cues().find(folded):
        if start < reached:
            continue
        for rule in rules:
            if (match := rule.pattern.match(lower, start)) and (timex := _read(rule, match, lower, anchor)):
                yield timex
                reached = timex.end
                break


def _read(rule: Rule, match: re.Match, lower: str, anchor: Anchor) -> Timex | None:
    start, count = match.start(), 0
    if rule.counted is not None:
        before = COUNT.search(lower, max(0, start - LONGEST_COUNT), start)
        if (before is not None) != rule.counted:
            return None
        if before:
            start, count = before.start(), number(before[1])
    fields = rule.read(match, anchor, count)
    return Timex(start, match.end(), rule=rule.name, number=count, **fields) if fields else None


def _years_in_brackets(lower: str, start: int) -> Timex | None:
    """ "(2017, 2018, 2019)": years in a row that nothing else stands between."""
    match = _LISTED.match(lower, start - 1) if start and lower[start - 1] == "(" else None
    years = [int(year) for year in re.findall(YEAR, match[1])] if match else []
    if not years or years != list(range(years[0], years[-1] + 1)):
        return None
    return Timex(start, match.end(1), rule="years listed", **span_of_years(years[0], years[-1]))


def _numerals(lower: str, digits: list[Token]) -> Iterator[Timex]:
    """Dates of digits alone. A lone year or a day without a year is one only beside another date or behind a word."""
    reached = 0
    for start, end, text in digits:
        plain = text.isdigit()
        if start < reached or (plain and text[:2] not in _CENTURIES and lower[end : end + 2] not in _JOINTS):
            continue
        if listed := _years_in_brackets(lower, start):
            reached = listed.end
            yield listed
            continue
        match = _NUMERAL.match(lower, start)
        text, reached = match.group(), match.end()
        if fields := _lone_year(text) if text.isdigit() else _shape(text):
            yield Timex(match.start(), match.end(), **fields)
        elif (cut := text.rfind("-")) > 0 and "/" in text[cut:]:
            yield from _two_days(match.start(), text, cut)


def _two_days(start: int, text: str, cut: int) -> Iterator[Timex]:
    """ "12/3/2019 - 15/4/2019": a date on either side of the dash."""
    for piece in (text[:cut], text[cut + 1 :]):
        at = start + text.index(piece) + len(piece) - len(piece.lstrip(" "))
        if fields := _shape(piece.strip(" ")):
            yield Timex(at, at + len(piece.strip(" ")), **fields)


def _lone_year(text: str) -> dict | None:
    if len(text) != 4 or text[:2] not in ("19", "20"):
        return None
    return span_of_years(int(text), int(text), "year") | {"rule": "year", "weak": True}


def _shape(text: str) -> dict | None:
    if "/" not in text and "-" not in text and text.count(".") != 2:
        return None
    if found := _YEARS.fullmatch(text):
        fields = span_of_years(int(found[1]), full_year(found[2], int(found[1])))
        return fields and fields | {"rule": "years joined", "weak": len(found[2]) == 2}
    if found := _FULL_MONTH.fullmatch(text):
        fields = months(int(found[1]), int(found[1]), int(found[2]), "month")
        return fields and fields | {"rule": "month of a year", "weak": "-" in text}
    return _day_shape(text)


def _day_shape(text: str) -> dict | None:
    if found := _FULL_DAY.fullmatch(text):
        fields = days(int(found[1]), int(found[2] or found[1]), int(found[4]), full_year(found[5]))
        return fields and fields | {"rule": "day", "weak": len(found[5]) == 2}
    if found := _SHORT_DAY.fullmatch(text):
        fields = days(int(found[1]), int(found[2] or found[1]), int(found[3]), None)
    elif found := _DASHED_DAY.fullmatch(text):
        fields = days(int(found[1]), int(found[1]), int(found[2]), None)
    else:
        return None
    return fields and fields | {"rule": "day", "weak": True}
