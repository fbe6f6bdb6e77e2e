"""The indicator of each figure in turn: by its own words, by the figures before it, or by the list that it stands in.

Vietnamese reports name what is counted once and leave it out from there: "kết nạp 96 đoàn viên, Mỏ Cày Nam 71, Ba Tri 65".
A figure whose own words say nothing takes over the indicator of the figure before it. The guards then say whether it is
the count at all.
"""

import re
from dataclasses import dataclass
from functools import cache

from analysis.extract.guards import AVERAGE, DIFFERENCE, PART, TARGET, becomes
from analysis.extract.indicators import Rule, Wording, load_rules
from analysis.extract.phrases import CAPITALS, key, pattern
from analysis.reference.codebook import load_codebook
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

LISTED = "as the figure before in the list"
RESPECTIVE = "in the order of the counts before"
ANTECEDENT = "as the count that the sentences before tell"
_FAR = 1500  # Characters back to the count that a sentence without one of its own may go on with.
_KINDS = ("nothing", "respective", "noun")
_CAPITALISED = re.compile(rf"(?<![^\W_])[{CAPITALS}][^\W_]*")
_FIRST_WORD = re.compile(rf"[^\w]*([{CAPITALS}][^\W_]*)(?![^\W_])(?!\s+[{CAPITALS}])")
_EVENTS = frozenset({"session", "meeting", "class"})

Span = tuple[int, int]


@dataclass(frozen=True)
class ListWords:
    """wording/lists.csv ready to use."""

    nothing: re.Pattern
    respective: re.Pattern
    nouns: frozenset[str]


@cache
def list_words() -> ListWords:
    path = FOLDER / "lists.csv"
    found: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    for line, row in read_rows(path, ("kind", "phrase"), required=("kind", "phrase"), unique=("kind", "phrase")):
        found[one_of(path, line, "kind", row["kind"], _KINDS)].append(key(row["phrase"]))
    nothing, respective = re.compile(pattern(found["nothing"])), re.compile(pattern(found["respective"]))
    return ListWords(nothing, respective, frozenset(found["noun"]))


@dataclass(frozen=True, slots=True)
class Earlier:
    """A figure that has been coded: its unit and noun, where it stands, and what was made of it."""

    unit: str
    noun: str
    start: int
    end: int
    sentence: Span
    indicator: str | None
    rule: str


class Coding:
    """Codes an article's figures in text order."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._done: list[Earlier] = []

    def code(self, item, clause: Span, topic: int) -> tuple[str | None, str]:
        """(slug, rule) of a figure (figures.Item); (None, reason) where it is nothing that the code book counts.

        `topic` is where the sentences before it that may tell its topic start.
        """
        found = self._code(item, clause, topic)
        noun = self._wording.lower[slice(*item.noun)] if item.noun else ""
        end = max(item.end, item.noun[1] if item.noun else 0)
        self._done.append(Earlier(item.unit, noun, item.start, end, item.sentence, *found))
        return found

    def _code(self, item, clause: Span, topic: int) -> tuple[str | None, str]:
        if listed := self._listed(item, clause):
            slug, name, despite = *listed, frozenset()
        elif rule := self._wording.rule(item.unit, clause, topic, lambda rule: self._led(rule, topic)):
            slug, name, despite = rule.indicator, rule.name, rule.despite
        elif found := self._antecedent(item, clause):
            slug, name, despite = *found, frozenset()
        else:
            return None, ""
        return self._guarded(item, slug, name, despite)

    def _guarded(self, item, slug: str | None, name: str, despite: frozenset[str]) -> tuple[str | None, str]:
        """What the guards leave of an indicator. A target is a target, whatever it is per ("mỗi chi bộ 2 người")."""
        guards = (self._guards(item, slug) if slug else frozenset()) - despite
        for guard in (TARGET, DIFFERENCE, AVERAGE, PART):
            if guard in guards and not (guard == PART and load_codebook().indicators[slug].parent):
                return becomes().get((guard, slug)), f"{name}, as a {guard}"
        return slug, name

    def _guards(self, item, slug: str) -> frozenset[str]:
        previous = self._previous(item)
        ahead = previous.end if previous else item.sentence[0]
        span = (item.start, max(item.end, item.noun[1] if item.noun else 0))
        found = load_rules().guards.of(self._wording.lower, self._wording.within(*item.sentence), span, ahead, item.sentence[0])
        apart = slug in load_rules().parted and self._wording.opens_apart(*item.sentence, item.start)
        return found | {PART} if apart or self._of_those(previous, item) else found

    def _of_those(self, previous: Earlier | None, item) -> bool:
        """ "24 CĐCS/1.318 đoàn viên": the members of those unions, not all new members."""
        founded = previous is not None and _is_flow(previous.indicator) and previous.unit != item.unit
        return founded and self._wording.lower[previous.end : item.start].strip() == "/"

    def _previous(self, item) -> Earlier | None:
        """The figure before it in its sentence."""
        last = self._done[-1] if self._done else None
        return last if last and last.sentence == item.sentence and last.start < item.start else None

    def _listed(self, item, clause: Span) -> tuple[str | None, str] | None:
        """What a figure takes over from the one before it in a list, or from the counts that a sentence refers to."""
        previous = self._previous(item)
        if not previous or previous.unit != item.unit or not self._stands_for(item, previous):
            return None
        if not self._says_nothing(previous.end, item, clause):
            return None
        if self._in_turn(previous.end, item) or previous.rule.startswith(RESPECTIVE):
            return self._respective(item)
        return previous.indicator, LISTED if previous.indicator else ""

    def _stands_for(self, item, previous: Earlier) -> bool:
        """A figure without a noun of its own, or with one that names nothing new."""
        noun = self._wording.lower[slice(*item.noun)] if item.noun else ""
        return not noun or noun == previous.noun or noun in list_words().nouns

    def _in_turn(self, start: int, item) -> bool:
        return list_words().respective.search(self._wording.lower, start, item.start) is not None

    def _respective(self, item) -> tuple[str | None, str] | None:
        """The last count but one: the numbers go with two counts in turn, one by one."""
        same = [one for one in self._done[-6:] if one.unit == item.unit and one.indicator]
        if len(same) < 2 or same[-1].indicator == same[-2].indicator:
            return None
        return same[-2].indicator, RESPECTIVE

    def _antecedent(self, item, clause: Span) -> tuple[str | None, str] | None:
        """The count of a sentence before that a figure without words of its own goes on with."""
        if item.noun and self._wording.lower[slice(*item.noun)] not in list_words().nouns:
            return None
        lower, previous = self._wording.lower, self._previous(item)
        start = previous.end if previous else item.sentence[0]
        start = max(start, lower.rfind(";", start, item.start) + 1)
        bare = item.unit in _EVENTS | {"award"} and not previous
        if bare:
            start = max(start, lower.rfind(",", start, item.start) + 1)
        if not self._says_nothing(start, item, clause):
            return None
        if self._in_turn(start, item) and (found := self._respective(item)):
            return found
        return self._told_before(item)

    def _told_before(self, item) -> tuple[str, str] | None:
        """The first count of the nearest sentence that has one in this unit."""
        nearest: Earlier | None = None
        for one in reversed(self._done):
            if item.start - one.end > _FAR or (nearest and one.sentence != nearest.sentence):
                break
            if one.unit == item.unit and _is_whole(one.indicator) and (one.sentence != item.sentence or one.unit in _EVENTS):
                nearest = one
        return (nearest.indicator, ANTECEDENT) if nearest else None

    def _says_nothing(self, start: int, item, clause: Span) -> bool:
        """Only names, years and words of a list stand around the figure."""
        end = max(item.end, item.noun[1] if item.noun else 0)
        first = start == item.sentence[0]
        return self._empty(start, item.start, first) and self._empty(end, clause[1], False)

    def _empty(self, start: int, end: int, first: bool) -> bool:
        text = list(self._wording.text[start:end])
        for found in list_words().nothing.finditer(self._wording.lower, start, end):
            text[found.start() - start : found.end() - start] = " " * (found.end() - found.start())
        rest = "".join(text)
        if first and (word := _FIRST_WORD.match(rest)):
            rest = rest[: word.start(1)] + word[1].lower() + rest[word.end(1) :]
        return not any(sign.isalpha() for sign in _CAPITALISED.sub("", rest))

    def _led(self, rule: Rule, topic: int) -> bool:
        """The nearest figure before that could lead to this rule has one of its indicators.

        A rule that goes on with its own indicator ("kết nạp" means what it meant before) looks at the whole article, one
        that follows another's ("cho 500 lượt người" behind sessions) at the sentences that tell its topic.
        """
        rivals, events = _rivals(rule.here), rule.indicator not in rule.after
        for one in reversed(self._done):
            if events and one.start < topic:
                return False
            if one.indicator in rivals:
                return one.indicator in rule.after
            if events and one.indicator is None and one.unit in _EVENTS:
                return False
        return False


@cache
def _rivals(here) -> frozenset[str]:
    """The indicators that the rules with the same words choose between."""
    return frozenset().union(*(rule.after for rule in load_rules().all if rule.here == here))


def _is_flow(slug: str | None) -> bool:
    return slug is not None and load_codebook().indicators[slug].kind == "flow"


def _is_whole(slug: str | None) -> bool:
    """An indicator that is no target and no part of another."""
    known = load_codebook().indicators.get(slug)
    return known is not None and known.kind != "target" and not known.parent
