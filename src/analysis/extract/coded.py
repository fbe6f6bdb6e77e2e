"""Reads an article's lines in order and codes its figures: window, indicator, place and body."""

from dataclasses import dataclass

from analysis.extract import periods, sentences
from analysis.extract.choice import Choice, choose_all
from analysis.extract.coding import Coding
from analysis.extract.context import Context
from analysis.extract.figures import Item
from analysis.extract.page import Line
from analysis.extract.places import Scope, figure_body, figure_commune, figure_place, sentence_scope, subject_body
from analysis.extract.windows import Window, within
from analysis.reference.codebook import load_codebook

TOPIC = 3  # How many sentences before its own may tell what a figure is about.
LONGEST_TOPIC = 2000  # Characters; a sentence that never ends is not read again and again.

Span = tuple[int, int]


@dataclass(slots=True)
class Coded:
    """A numeral with what the words around it add. `window` may stand sentences before."""

    item: Item
    zone: str
    window: Window | None = None
    indicator: str | None = None
    place: str | None = None
    body: str | None = None
    part_of: "Coded | None" = None
    quote: str = ""
    id: str = ""


class Lines:
    """Reads an article's lines in order, and keeps what one sentence leaves to the next."""

    def __init__(self, context: Context) -> None:
        self.context = context
        own = [w for line in context.lines if line.is_article for w in within(context.windows, line.start, line.end)]
        self.fallback = periods.default(own, context.opening)
        self.below: Window | None = None
        self.coding = Coding(context.wording)

    def read(self) -> list[Coded]:
        found: list[Coded] = []
        for line in self.context.lines:
            found += self._line(line) if line.is_article else self._page_line(line)
        return found

    def _page_line(self, line: Line) -> list[Coded]:
        return [
            Coded(Item(token.start, token.end, *_page_class(line, token.text), (line.start, line.end)), line.zone)
            for token in self.context.tokens_in(line.start, line.end)
        ]

    def _line(self, line: Line) -> list[Coded]:
        span, lower = (line.start, line.end), self.context.folded.lower
        windows = within(self.context.windows, *span)
        self.below = carried = periods.heading(lower, span, windows, self.below)
        fallback = periods.fallback(self.fallback, span)
        scope: Scope | None = None
        body: str | None = None
        found: list[Coded] = []
        spans = sentences.split(self.context.folded.text, *span)
        items: list[Item] = []
        for number, sentence in enumerate(spans):
            own = within(windows, *sentence)
            carried = periods.resume(lower, sentence, carried)
            scope = sentence_scope(self.context.places, sentence, scope)
            body = subject_body(lower, self.context.bodies, sentence, body)
            items = self.context.reader.sentence(span, sentence, self.context.tokens_in(*sentence), items)
            _settle_years(items, own)
            around = _Around(scope, body, spans[max(0, number - TOPIC)][0], line.zone)
            figures = [item for item in items if item.kind == "figure"]
            choices = choose_all(lower, figures, own, carried or fallback)
            chosen = iter(choices)
            found += [
                self._code(around, item, next(chosen)) if item.kind == "figure" else Coded(item, line.zone)
                for item in items
            ]
            used = [window for window, _ in choices]
            carried = periods.carry(lower, used, own, carried, sentence)
        return found

    def _code(self, around: "_Around", item: Item, choice: Choice) -> Coded:
        lower, start, end = self.context.folded.lower, *item.clause
        chosen, how = choice
        clause = (max(start, end - LONGEST_TOPIC), end)
        indicator, rule = self.coding.code(item, clause, max(around.topic, end - LONGEST_TOPIC))
        place, where = figure_place(self.context.places, around.scope, item)
        # A place named for the figure itself ends the sentence's body.
        subject = None if where.startswith("named") else around.body
        body = figure_body(lower, self.context.bodies, item.clause, subject) or figure_commune(
            self.context.places, item
        )
        known = load_codebook().indicators.get(indicator) if indicator else None
        window = chosen
        if known and known.kind == "stock":
            window = periods.as_kind("stock", chosen, periods.flows(lower, item, chosen))
        item.reason += f"; window: {how}; indicator: {rule or 'no wording rule fits'}; place: {where}"
        item.doubts += _doubts(window, how, indicator, where)
        return Coded(item, around.zone, window, indicator, place, body)


@dataclass(frozen=True, slots=True)
class _Around:
    """What surrounds the figures of one sentence.

    `topic`: where the sentences that tell its topic start; `body`: the body that it is about.
    """

    scope: Scope
    body: str | None
    topic: int
    zone: str


def _settle_years(items: list[Item], windows: list[Window]) -> None:
    """A year inside words of time counts nothing, whatever stands behind it: "quý I/2020 huyện kết nạp …"."""
    for item in items:
        if item.kind != "figure" or item.quantity.scaled or not 1900 <= item.quantity.value < 2100:
            continue
        if item.end - item.start == 4 and any(w.start <= item.start and item.end <= w.end for w in windows):
            item.kind, item.reason, item.doubts = "date", "a year in words of time", []


def _page_class(line: Line, text: str) -> tuple[str, str]:
    full_date = line.zone == "stamp" and len(text) >= 8 and text.count(text[-5]) == 2
    return ("date", "the date on the page") if full_date else ("boilerplate", line.reason)


def _doubts(window: Window | None, how: str, indicator: str | None, where: str) -> list[str]:
    """Why a figure is not surer; the names are those of reference/doubts.csv."""
    found = []
    if window is None:
        found.append("no_window")
    elif "carried" in how:
        found.append("carried_window")
    elif window.kind == "vague":
        found.append("vague_window")
    if indicator is None:
        found.append("no_indicator")
    if "article" in where:
        found.append("default_place")
    return found
