"""The indicator of each figure in turn: by its own words, by the figures before it, or by the list that it stands in.

Vietnamese reports name what is counted once and leave it out from there: "kết nạp 96 đoàn viên, Mỏ Cày Nam 71, Ba Tri 65".
A figure whose own words say nothing takes over the indicator of the figure before it. The guards then say whether it is
the count at all.
"""

import re
from dataclasses import dataclass
from functools import cache

from analysis.extract.goals import lists_goals
from analysis.extract.guards import AVERAGE, DIFFERENCE, PART, TARGET, becomes
from analysis.extract.indicators import Rule, Wording, load_rules
from analysis.extract.lists import list_words
from analysis.extract.phrases import CAPITALS
from analysis.extract.units import COUNTED
from analysis.reference.codebook import load_codebook

LISTED = "as the figure before in the list"
RESPECTIVE = "in the order of the counts before"
GOAL = "as the goal of the count before"
ANTECEDENT = "as the count that the sentences before tell"
_FAR = 1500  # Characters back to the count that a sentence without one of its own may go on with.
# A name; an abbreviation in capitals ("CNVCLĐ") is a word like others.
_LONG_NAME = re.compile(rf"(?<![^\W_])[{CAPITALS}][^\W_{CAPITALS}][^\W_]*")
_NAME = re.compile(rf"{_LONG_NAME.pattern}|(?<![^\W_])[{CAPITALS}](?![^\W_])")
_FIRST_WORD = re.compile(rf"[^\w]*([{CAPITALS}][^\W_]*)(?![^\W_])(?!\s+[{CAPITALS}])")
_PERSON = re.compile(rf"(?<![^\W_])(?:[Aa]nh|[Cc]hị|[Ôô]ng|[Bb]à)\s+[{CAPITALS}]")
# What one person can have as well as a province has.
_PERSONAL = frozenset({"initiatives", "initiative_savings"})
_ONE_PIECE = 5_000_000  # đồng; a sum below it is one gift's or one person's, never what unions gave in all.
_JOINED = re.compile(r"\s*(?:,|và(?![^\W_]))[^,;.:()0-9]*")
_SHARED = re.compile(r"(?:\s*(?:,|và(?![^\W_]))\s*(?:(?:hơn|gần|trên|khoảng)\s+)?\d[\d.,]*\d?)+[^,;.:()0-9]*")
_NO_SUBJECT = re.compile(r"[\s,/]*(?:(?:với|và|có|gồm|cùng|hơn|gần|trên|khoảng)\s+)*")
_IN_A_NAME = re.compile(r"(?<![^\W_])(?:chương trình|phong trào|cuộc vận động|chiến dịch)\s*[\"“”']\s*")
_NAME_LENGTH = 24  # Characters of the longest words before a name with a number ("1 triệu sáng kiến").
_EVENTS = frozenset({"session", "meeting", "class"})

Span = tuple[int, int]


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
    part: bool = False  # A narrower population than the article's.


class Coding:
    """Codes an article's figures in text order."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._done: list[Earlier] = []
        self._last: dict[str, int] = {}  # By indicator, which of the figures was the last to get it.
        self._last_blank = -1  # The last event that the code book does not count.

    def code(self, item, clause: Span, topic: int) -> tuple[str | None, str]:
        """(slug, rule) of a figure (figures.Item); (None, reason) where it is nothing that the code book counts.

        `topic` is where the sentences before it that may tell its topic start.
        """
        found = self._code(item, clause, topic)
        noun = self._wording.lower[slice(*item.noun)] if item.noun else ""
        end = max(item.end, item.noun[1] if item.noun else 0)
        part = self._follows_part(item) or self._wording.speaks_of_part(*clause)
        self._remember(Earlier(item.unit, noun, item.start, end, item.sentence, *found, part))
        return found

    def _code(self, item, clause: Span, topic: int) -> tuple[str | None, str]:
        if self._in_a_name(item):
            return None, ""
        if goal := self._goal_in_brackets(item):
            return goal
        if listed := self._listed(item, clause):
            slug, name, despite = *listed, frozenset()
        elif rule := self._rule(item, clause, topic):
            slug, name, despite = rule.indicator, rule.name, rule.despite
        elif found := self._antecedent(item, clause):
            slug, name, despite = *found, frozenset()
        else:
            return None, ""
        return self._guarded(item, slug, name, despite)

    def _rule(self, item, clause: Span, topic: int) -> Rule | None:
        """The wording rule of a figure; the words of an event may reach beyond its clause, on either side."""

        def led(rule: Rule) -> bool:
            return self._led(rule, topic)

        if item.noun is None and (shared := _SHARED.match(self._wording.lower, item.end, item.sentence[1])):
            clause = (clause[0], max(clause[1], shared.end()))
        if item.unit in _EVENTS:
            clause = (clause[0], self._joined(clause[1], item.sentence[1]))
        rule = self._wording.rule(item.unit, clause, topic, led)
        if rule or item.unit != "participation":
            return rule
        previous = self._previous(item)
        start = previous.end if previous else item.sentence[0]
        return self._wording.rule(item.unit, (start, clause[1]), topic, led)

    def _joined(self, end: int, limit: int) -> int:
        """Where the words end that a comma or "và" joins to a clause: "20 buổi tuyên truyền, phổ biến pháp luật cho …"."""
        joined = _JOINED.match(self._wording.lower, end, limit)
        return joined.end() if joined else end

    def _guarded(self, item, slug: str | None, name: str, despite: frozenset[str]) -> tuple[str | None, str]:
        """What the guards leave of an indicator. A target is a target, whatever it is per ("mỗi chi bộ 2 người")."""
        guards = (self._guards(item, slug) if slug else frozenset()) - despite
        for guard in (TARGET, DIFFERENCE, AVERAGE, PART):
            if guard in guards and not (guard == PART and _is_a_part(slug)):
                return becomes().get((guard, slug)), f"{name}, as a {guard}"
        return slug, name

    def _guards(self, item, slug: str) -> frozenset[str]:
        previous = self._previous(item)
        ahead = previous.end if previous else item.sentence[0]
        span = (item.start, max(item.end, item.noun[1] if item.noun else 0))
        found = load_rules().guards.of(
            self._wording.lower, self._wording.within(*item.sentence), span, ahead, item.sentence[0]
        )
        apart = slug in load_rules().parted and self._wording.opens_apart(*item.sentence, item.start)
        apart = apart or (slug in load_rules().parted and self._follows_part(item))
        if apart or self._of_those(previous, item) or (slug in _PERSONAL and self._one_persons(item)):
            found |= {PART}
        if TARGET not in found and lists_goals(self._wording.lower, item.start):
            found |= {TARGET}
        return found | {AVERAGE} if item.unit == "VND" and item.quantity.value < _ONE_PIECE else found

    def _in_a_name(self, item) -> bool:
        start = max(item.sentence[0], item.start - _NAME_LENGTH)
        return any(found.end() == item.start for found in _IN_A_NAME.finditer(self._wording.lower, start, item.start))

    def _follows_part(self, item) -> bool:
        """ "khu vực tư nhân có 61 CĐCS với 9.870 đoàn viên": the members are that part's too."""
        previous = self._previous(item)
        if previous is None or not previous.part or previous.unit == item.unit:
            return False
        return _NO_SUBJECT.fullmatch(self._wording.lower, previous.end, item.start) is not None

    def _goal_in_brackets(self, item) -> tuple[str | None, str] | None:
        """ "kết nạp 97 đảng viên, đạt 53,89% chỉ tiêu tỉnh giao (180 đảng viên)": the goal of that count."""
        rate = self._previous(item)
        if rate is None or rate.unit != "percent" or not (opens := self._open_bracket(rate.end, item.start)):
            return None
        if not load_rules().guards.has("goal", self._wording.within(rate.end, opens)):
            return None
        for one in reversed(self._done):
            if one.sentence != item.sentence:
                break
            if one.indicator and one.unit == item.unit:
                return becomes().get((TARGET, one.indicator)), f"{GOAL}, as a {TARGET}"
        return None

    def _open_bracket(self, start: int, end: int) -> int | None:
        """Where the bracket stands that opens right before `end`, but for words such as "trên"."""
        opens = self._wording.lower.find("(", start, end)
        return opens if opens >= 0 and self._empty(opens, end, False) else None

    def _one_persons(self, item) -> bool:
        """ "Anh Trần Văn A có 5 sáng kiến"; not "Ông A cho biết, tỉnh có 500 sáng kiến"."""
        named = _PERSON.search(self._wording.text, item.sentence[0], item.start)
        return named is not None and not list_words().reports.search(self._wording.lower, named.end(), item.start)

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
        stop = self._wording.lower.rfind(";", previous.end, item.start)
        if stop >= 0 and previous.indicator is None:
            return None
        start = max(previous.end, stop + 1)
        if previous.indicator and self._wording.lower[clause[0] - 2 : clause[0]].strip() == ",":
            start = max(start, clause[0])  # What stands before belongs to the figure before: "198 người vào Đảng, …".
        if not self._says_nothing(start, item, clause):
            return None
        if self._in_turn(previous.end, item) or previous.rule.startswith(RESPECTIVE):
            return self._respective(item)
        return previous.indicator, LISTED if previous.indicator else ""

    def _stands_for(self, item, previous: Earlier) -> bool:
        """A figure without a noun of its own, with one that names nothing new, or that gives its noun to both ("41 và 52 người")."""
        noun = self._wording.lower[slice(*item.noun)] if item.noun else ""
        both = not previous.noun and _SHARED.fullmatch(self._wording.lower, previous.end, item.end) is not None
        return not noun or both or previous.noun.startswith(noun) or noun in list_words().nouns

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
        if item.unit not in COUNTED:
            return None
        lower, previous = self._wording.lower, self._previous(item)
        start = previous.end if previous else item.sentence[0]
        start = max(start, lower.rfind(";", start, item.start) + 1)
        if item.unit in _EVENTS | {"award"}:
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
            elsewhere = one.sentence != item.sentence or one.unit in _EVENTS
            if one.unit == item.unit and _is_whole(one.indicator) and elsewhere and self._stands_for(item, one):
                nearest = one
        return (nearest.indicator, ANTECEDENT) if nearest else None

    def _says_nothing(self, start: int, item, clause: Span) -> bool:
        """Only names, years and words of a list stand around the figure."""
        end = max(item.end, item.noun[1] if item.noun else 0)
        first = start == item.sentence[0]
        return self._empty(start, item.start, first) and self._empty(end, clause[1], False, letters=False)

    def _empty(self, start: int, end: int, first: bool, letters: bool = True) -> bool:
        """Nothing but names and words of a list stands in a span. `first`: it opens a sentence.

        Without `letters` a single capital is no name ("02 giải B").
        """
        text = list(self._wording.text[start:end])
        for found in list_words().nothing.finditer(self._wording.lower, start, end):
            text[found.start() - start : found.end() - start] = " " * (found.end() - found.start())
        rest = "".join(text)
        if first and (word := _FIRST_WORD.match(rest)):
            rest = rest[: word.start(1)] + word[1].lower() + rest[word.end(1) :]
        return not any(sign.isalpha() for sign in (_NAME if letters else _LONG_NAME).sub("", rest))

    def _led(self, rule: Rule, topic: int) -> bool:
        """The nearest figure before that could lead to this rule has one of its indicators.

        A rule that goes on with its own indicator ("kết nạp" means what it meant before) looks at the whole article, one
        that follows another's ("cho 500 lượt người" behind sessions) at the sentences that tell its topic.
        """
        last = max((self._last[slug] for slug in _rivals(rule.here) if slug in self._last), default=-1)
        if last < 0 or self._done[last].indicator not in rule.after:
            return False
        if rule.indicator in rule.after:
            return True
        return self._done[last].start >= topic and last > self._last_blank

    def _remember(self, one: Earlier) -> None:
        if one.indicator:
            self._last[one.indicator] = len(self._done)
        elif one.unit in _EVENTS:
            self._last_blank = len(self._done)
        self._done.append(one)


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


def _is_a_part(slug: str) -> bool:
    """An indicator that is a part itself, and that no rule keeps from narrower populations."""
    return load_codebook().indicators[slug].parent != "" and slug not in load_rules().parted
