"""Which indicator of the code book a figure's words name: the first wording rule that its clause fits.

The words of all rules are found in one pass over the article. A figure's clause is then a set of phrases (a bit each), and
a rule is looked at only where the clause holds one of its phrases.
"""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from analysis.errors import ReferenceTableError
from analysis.extract.folding import Folded
from analysis.extract.guards import GUARDS, Guards, becomes, read_cues
from analysis.extract.matcher import Matcher
from analysis.extract.phrases import key
from analysis.reference.codebook import load_codebook
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

PATH, SETS = FOLDER / "indicators.csv", FOLDER / "phrase_sets.csv"
COLUMNS = ("indicator", "units", "here", "before", "unless", "untitled", "after", "despite")
GAP = "…"  # Any words of the same sentence.
_OPENING = 45  # Characters of a sentence that tell what it is about.
_OPENING_LINE = re.compile(r"[^\n.]{60,}")  # The first sentence of the text, past the lines of date and place.
SET = "@"  # Opens the name of a set of phrases.
ALIKE = "alike_"  # Opens the names of the sets whose phrases all name one population ("KCN", "khu công nghiệp").

Span = tuple[int, int]
Hit = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a rule: `single` has the bits of phrases without a gap, `gapped` the parts of the others in order."""

    single: int
    gapped: tuple[tuple[int, ...], ...]

    @property
    def first(self) -> int:
        """The bits of which a text must hold one to fit."""
        bits = self.single
        for parts in self.gapped:
            bits |= 1 << parts[0]
        return bits


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of wording/indicators.csv.

    `here` must stand in the figure's own clause, `before` in the title or the few sentences up to the end of the clause,
    `unless` must not stand in the clause, `untitled` not in the title. `after` are the indicators that the figures before it must have led to,
    `despite` the guards that do not speak against it. `line` is the row's line, which names the rule.
    """

    indicator: str
    units: frozenset[str]
    here: Cell | None
    before: Cell | None
    unless: Cell | None
    untitled: Cell | None
    after: frozenset[str]
    despite: frozenset[str]
    line: int

    @property
    def name(self) -> str:
        return f"{PATH.name} line {self.line}"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in the order of the table, which is the order of precedence; by unit as (bits of `here`, rule).

    `titled` are the bits of the phrases of a narrower population, which mean nothing special where the title holds them
    too, `bodies` those of bodies' names, `firms` those of a single firm, `whole` those of all of an area, each of `alike`
    those of the names of one population; `parted` the indicators that no rule gives to a narrower population.
    """

    all: tuple[Rule, ...]
    by_unit: dict[str, tuple[tuple[int, Rule], ...]]
    guards: Guards
    titled: int
    bodies: int
    firms: int
    whole: int
    parted: frozenset[str]
    alike: tuple[int, ...]
    matcher: Matcher


@cache
def load_rules() -> Rules:
    """The wording rules. Raises ReferenceTableError for a bad row."""
    phrases: dict[str, int] = {}
    sets = _sets()
    rules = tuple(_rule(line, row, phrases, sets) for line, row in read_rows(PATH, COLUMNS))
    units = sorted({unit for rule in rules for unit in rule.units})
    by_unit = {
        unit: tuple((rule.here.first if rule.here else -1, rule) for rule in rules if unit in rule.units)
        for unit in units
    }
    cues: dict[int, set[str]] = {}
    for cue, phrase in read_cues():
        cues.setdefault(phrases.setdefault(phrase, len(phrases)), set()).add(cue)
    named = (_set_bits(sets, name, phrases) for name in ("part", "body", "firm", "whole"))
    guards = Guards({bit: frozenset(names) for bit, names in cues.items()})
    titled, bodies, firms, whole = named
    parted = frozenset(rule.indicator for rule in rules if rule.unless and rule.unless.single & titled)
    alike = tuple(_set_bits(sets, name, phrases) for name in sets if name.startswith(ALIKE))
    return Rules(rules, by_unit, guards, titled, bodies, firms, whole, parted, alike, Matcher(phrases, loose=True))


def _set_bits(sets: dict[str, list[str]], name: str, phrases: dict[str, int]) -> int:
    bits = 0
    for phrase in sets.get(name, ()):
        bits |= 1 << phrases.setdefault(key(phrase), len(phrases))
    return bits


def rules() -> tuple[Rule, ...]:
    """The wording rules in the order of the table."""
    return load_rules().all


@cache
def worded() -> frozenset[str]:
    """The indicators that the wording can name, by a rule or as what a guard makes of one."""
    return frozenset(rule.indicator for rule in rules()) | frozenset(becomes().values())


def _sets() -> dict[str, list[str]]:
    """The named sets of phrases of wording/phrase_sets.csv."""
    found: dict[str, list[str]] = {}
    for _, row in read_rows(SETS, ("set", "phrase"), required=("set", "phrase"), unique=("set", "phrase")):
        found.setdefault(row["set"], []).append(row["phrase"])
    return found


def _rule(line: int, row: dict[str, str], phrases: dict[str, int], sets: dict[str, list[str]]) -> Rule:
    known = load_codebook().indicators
    indicator = known[one_of(PATH, line, "indicator", row["indicator"], known)]
    units = frozenset(unit.strip() for unit in row["units"].split("|"))
    for unit in units:
        one_of(PATH, line, "units", unit, indicator.units)
    if not row["here"] and not row["before"]:
        raise ReferenceTableError(PATH, line, row["indicator"], "words in `here` or in `before`")
    cells = (_cell(line, row[name], phrases, sets) for name in ("here", "before", "unless", "untitled"))
    after, despite = _names(line, row, "after", known), _names(line, row, "despite", GUARDS)
    return Rule(indicator.slug, units, *cells, after, despite, line)


def _names(line: int, row: dict[str, str], column: str, allowed) -> frozenset[str]:
    names = [name.strip() for name in row[column].split("|") if name.strip()]
    return frozenset(one_of(PATH, line, column, name, allowed) for name in names)


def _cell(line: int, text: str, phrases: dict[str, int], sets: dict[str, list[str]]) -> Cell | None:
    """Phrases separated by |; … stands for any words of the same sentence, @name for the phrases of a set."""
    if not text:
        return None
    single, gapped = 0, []
    for phrase in _spelled_out(line, text, sets):
        parts = [key(part.strip()) for part in phrase.split(GAP) if part.strip()]
        if not parts or not all(part[0].isalnum() and part[-1].isalnum() for part in parts):
            told = "words on both sides of each | and …, for an empty phrase fits everything"
            raise ReferenceTableError(PATH, line, text, told)
        bits = tuple(phrases.setdefault(part, len(phrases)) for part in parts)
        if len(bits) == 1:
            single |= 1 << bits[0]
        else:
            gapped.append(bits)
    return Cell(single, tuple(gapped))


def _spelled_out(line: int, text: str, sets: dict[str, list[str]]) -> list[str]:
    found = []
    for phrase in text.split("|"):
        name = phrase.strip().removeprefix(SET)
        named = phrase.strip().startswith(SET)
        found += sets[one_of(SETS, line, "set", name, sets)] if named else [phrase]
    return found


class Wording:
    """The phrases of the rules in one article, and what they make of its figures."""

    def __init__(self, folded: Folded, title: list[Span]) -> None:
        self.lower, self.text = folded.lower, folded.text
        self._hits = load_rules().matcher.find(folded)
        self._starts = [hit[0] for hit in self._hits]
        self._title = [hits for span in title if (hits := self.within(*span))]
        self._title_bits = _bits(hit for hits in self._title for hit in hits)
        self._own = self._titled() | self._firm(title)

    def rule(self, unit: str, clause: Span, topic: int, led: Callable[[Rule], bool]) -> Rule | None:
        """The rule that a figure fits. `topic` is where the sentences before it that may tell its topic start.

        `led` says whether the figures before it have the indicators that a rule wants.
        """
        hits = self.plain(*clause)
        here = _bits(hits)
        apart = here & ~self._own
        before: list | None = None
        for first, rule in load_rules().by_unit.get(unit, ()):
            if not first & here and first != -1:
                continue
            if rule.here and not self._fits(rule.here, here, [hits]):
                continue
            if rule.unless and self._fits(rule.unless, apart, [hits]):
                continue
            if rule.untitled and self._fits(rule.untitled, self._title_bits, self._title):
                continue
            if rule.before:
                before = before or self._topic(topic, clause)
                if not self._fits(rule.before, before[0], before[1]):
                    continue
            if rule.after and not led(rule):
                continue
            return rule
        return None

    def _titled(self) -> int:
        """The populations that the title names, with all their other names."""
        own = self._title_bits & load_rules().titled
        for names in load_rules().alike:
            own |= names if own & names else 0
        return own

    def _firm(self, title: list[Span]) -> int:
        """The words for a firm that the article is about: its opening names one, and neither a federation nor a whole area."""
        start = title[-1][1] if title else 0
        opening = _OPENING_LINE.search(self.lower, start)
        hits = self.within(opening.start(), opening.end()) if opening else []
        bits, rules = self._title_bits | _bits(hits), load_rules()
        return 0 if bits & rules.whole else bits & rules.firms

    def speaks_of_part(self, start: int, end: int) -> bool:
        """A population narrower than the article's stands inside a span."""
        apart = load_rules().titled & ~self._own
        return any(apart >> bit & 1 for _, _, bit in self.plain(start, end))

    def _topic(self, start: int, clause: Span) -> list:
        hits = self.within(start, clause[1])
        return [_bits(hits) | self._title_bits, [*self._title, hits]]

    def within(self, start: int, end: int) -> list[Hit]:
        """The phrases inside a folded span as (start, end, bit)."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [hit for hit in self._hits[first:last] if hit[1] <= end]

    def plain(self, start: int, end: int) -> list[Hit]:
        """The phrases inside a span but for those of a population that belong to a body's name."""
        hits, rules = self.within(start, end), load_rules()
        names = [hit for hit in hits if rules.bodies >> hit[2] & 1]
        if not names:
            return hits
        return [hit for hit in hits if not (rules.titled >> hit[2] & 1 and _inside(hit, names))]

    def opens_apart(self, start: int, end: int, number: int) -> bool:
        """A sentence that opens with a population of its own ("Các khu công nghiệp …: 61.204 đoàn viên") up to a number.

        A semicolon ends what it opened.
        """
        apart = load_rules().titled & ~self._own
        hits = self.plain(start, min(end, start + _OPENING, number))
        return any(apart >> bit & 1 and ";" not in self.lower[start:number] for _, _, bit in hits)

    def _fits(self, cell: Cell, bits: int, texts: list[list]) -> bool:
        if cell.single & bits:
            return True
        return any(
            all(bits >> part & 1 for part in parts) and any(self._in_order(parts, hits) for hits in texts)
            for parts in cell.gapped
        )

    def _in_order(self, parts: tuple[int, ...], hits: list[Hit]) -> bool:
        """The parts stand one behind the other in one sentence."""
        reached: tuple[int, int] | None = None  # (how many parts, where the last of them ends)
        for start, end, bit in hits:
            if reached and self._parted(reached[1], start):
                reached = None
            if bit == parts[reached[0] if reached else 0] and (reached is None or start >= reached[1]):
                reached = ((reached[0] if reached else 0) + 1, end)
                if reached[0] == len(parts):
                    return True
        return False

    def _parted(self, start: int, end: int) -> bool:
        """A full stop, a semicolon or a line's end stands between; a point inside a number ends nothing."""
        between = self.lower[start:end]
        if ";" in between or "\n" in between:
            return True
        return "." in between and any(
            not between[at + 1 : at + 2].isdigit() for at, sign in enumerate(between) if sign == "."
        )


def _inside(hit: Hit, names: list[Hit]) -> bool:
    return any(name[0] <= hit[0] and hit[1] <= name[1] for name in names)


def _bits(hits) -> int:
    bits = 0
    for _, _, bit in hits:
        bits |= 1 << bit
    return bits
