"""An article's numerals with their class, and its figures with unit, indicator, place, body and window."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date

from analysis.extract import sentences
from analysis.extract.context import Context, read_context
from analysis.extract.figures import Item, read_sentence
from analysis.extract.indicators import read_indicator
from analysis.extract.numerals import tokens
from analysis.extract.places import Mention, figure_body, figure_place, sentence_places, subject_body
from analysis.extract.windows import Window, find_windows
from analysis.ingest.articles import Article
from analysis.reference.codebook import load_codebook

FIGURE_KEYS = ("value", "value_high", "qualifier", "unit", "unit_text", "indicator", "place", "body",
               "period_start", "period_end", "period_text")  # fmt: skip

TOPIC = 3  # How many sentences before its own may tell what a figure is about.


LONGEST_TOPIC = 2000  # Characters; a sentence that never ends is not read again and again.


@dataclass(frozen=True)
class Around:
    """What surrounds the figures of one sentence.

    `topic`: where the sentences that tell its topic start; `carried`: the window that the sentences before leave;
    `body`: the body that it is about.
    """

    topic: int
    windows: list[Window]
    carried: Window | None
    places: list[Mention]
    body: str | None
    zone: str


@dataclass(frozen=True)
class Coded:
    """A numeral with what the words around it add. `window` may stand sentences before."""

    item: Item
    zone: str
    window: Window | None = None
    indicator: str | None = None
    place: str | None = None
    body: str | None = None
    reason: str = ""


def extract_article(article: Article) -> list[dict]:
    """One dict per numeral in text order, with the keys of `figures extract --all --format jsonl`.

    `start` and `end` count characters of `article.text`, and `text == article.text[start:end]`. Values are int or float in
    base units, dates ISO strings; what is unknown is None.
    """
    context = read_context(article.text, article.published)
    coded = [entry for line in context.lines for entry in _read_line(context, line)]
    coded = _settle_titles(coded)
    seen: dict[tuple[str, str], int] = {}
    return [_as_dict(article, context, entry, seen) for entry in coded]


def _read_line(context: Context, line) -> list[Coded]:
    span = (line.start, line.end)
    if line.zone in ("chrome", "stamp"):
        return [Coded(item, line.zone) for item in _page_items(context, span, line)]
    found: list[Coded] = []
    carried: Window | None = None
    body: str | None = None
    spans = sentences.split(context.folded.text, *span)
    for number, sentence in enumerate(spans):
        windows = find_windows(context.folded.lower, sentence, context.anchor)
        carried = None if _TURN.match(context.folded.lower, *sentence) else carried
        items = read_sentence(context, span, sentence)
        body = subject_body(context.folded.lower, context.bodies, sentence, body)
        places = sentence_places(context.folded, sentence)
        around = Around(spans[max(0, number - TOPIC)][0], windows, carried, places, body, line.zone)
        entries = [_code(context, around, item) for item in items]
        found += entries
        carried = _carry(context, entries, windows, carried)
    return found


def _page_items(context: Context, span: tuple[int, int], line) -> list[Item]:
    text = context.folded.text[slice(*span)]
    items = []
    for token in tokens(text):
        full_date = line.zone == "stamp" and len(token.text) >= 8 and token.text.count(token.text[-5]) == 2
        kind, reason = ("date", "the date on the page") if full_date else ("boilerplate", line.reason)
        start, end = token.start + span[0], token.end + span[0]
        items.append(Item(start, end, kind, reason, sentence=span))
    return items


def _code(context: Context, around: Around, item: Item) -> Coded:
    if item.kind != "figure":
        return Coded(item, around.zone, reason=item.reason)
    lower = context.folded.lower
    window, how = _choose(lower, item, around.windows, around.carried)
    topic = lower[max(around.topic, item.clause[1] - LONGEST_TOPIC) : item.clause[1]]
    indicator, rule = read_indicator(
        item.unit, lower[slice(*item.clause)][-LONGEST_TOPIC:], f"{context.title}\n{topic}"
    )
    place = figure_place(context.folded, around.places, item, context.place)
    body = figure_body(lower, context.bodies, item.clause, around.body)
    reason = "; ".join([item.reason, f"window: {how}", f"indicator: {rule or 'no wording rule fits'}"])
    return Coded(item, around.zone, _as_kind(indicator, window), indicator, place, body, reason)


def _choose(lower: str, item: Item, windows: list[Window], carried: Window | None) -> tuple[Window | None, str]:
    """The window of a figure: the nearest before it in its sentence, one behind it in its clause, or one carried over."""
    usable = [w for w in windows if w.rule != "on a day" or not lower[item.sentence[0] : w.start].strip(' "')]
    if before := [w for w in usable if w.end <= item.start]:
        return before[-1], before[-1].rule
    if behind := [
        w for w in usable if item.end <= w.start < item.clause[1] and w.kind in ("closed", "open", "half", "asof")
    ]:
        return behind[0], f"{behind[0].rule}, behind the figure"
    if carried:
        return carried, f"{carried.rule}, carried over from a sentence before"
    return None, "none stated"


def _as_kind(indicator: str | None, window: Window | None) -> Window | None:
    """A stock is counted at a time: a window that runs over years gives it no bounds."""
    known = load_codebook().indicators.get(indicator) if indicator else None
    if window is None or known is None or known.kind != "stock" or window.kind in ("now", "vague"):
        return window
    return replace(window, first=None, last=window.last if window.kind == "asof" else None)


_SCHEMES = ("chương trình", "đề án", "kế hoạch", "nghị quyết", "chỉ thị", "dự án", "quyết định")
# Words that turn to another subject: the window of the sentence before says nothing about what follows.
_TURN = re.compile(
    r"[\s\"-]*(?:song song|bên cạnh|ngoài ra|mặt khác|cùng với (?:đó|việc)|đối với|riêng về|phong trào)(?![^\W_])"
)


def _carry(context: Context, entries: list[Coded], windows: list[Window], carried: Window | None) -> Window | None:
    """The window that the next sentence of the paragraph may go on with.

    A sentence hands on the window of its last figure, or else its own; one that has neither breaks the chain.
    """
    used = [entry.window for entry in entries if entry.item.kind == "figure" and entry.window in (*windows, carried)]
    if used:
        return used[-1]
    own = [w for w in windows if w.rule not in ("on a day", "year") and not _names_scheme(context.folded.lower, w)]
    return own[-1] if own else None


def _names_scheme(lower: str, window: Window) -> bool:
    """The period in the name of a programme or plan ("Đề án …, giai đoạn 2016-2020")."""
    return any(word in lower[max(0, window.start - 60) : window.start] for word in _SCHEMES)


def _settle_titles(coded: list[Coded]) -> list[Coded]:
    """A title repeats a figure of the text: it takes over what the text says of the same value and unit."""
    body = {}
    for entry in coded:
        if entry.item.kind == "figure" and entry.zone != "title":
            body.setdefault((entry.item.quantity.value, entry.item.unit), entry)
    return [
        _settled(entry, body) if entry.zone == "title" and entry.item.kind == "figure" else entry for entry in coded
    ]


def _settled(entry: Coded, body: dict) -> Coded:
    twin = body.get((entry.item.quantity.value, entry.item.unit))
    if twin is None:
        return entry
    window = entry.window if entry.window and entry.window.first else twin.window
    return replace(entry, window=window, indicator=entry.indicator or twin.indicator, body=twin.body, place=twin.place)


def _as_dict(article: Article, context: Context, entry: Coded, seen: dict) -> dict:
    item, folded = entry.item, context.folded
    start, end = folded.span(item.start, item.end)
    quote = folded.slice(*item.sentence)
    text = article.text[start:end]
    seen[(quote, text)] = nth = seen.get((quote, text), 0) + 1
    row = {
        "article": article.id,
        "start": start,
        "end": end,
        "text": text,
        "class": item.kind,
        "reason": entry.reason or item.reason,
    }
    row |= _figure_fields(folded, entry) if item.kind == "figure" else dict.fromkeys(FIGURE_KEYS)
    key = "\x1f".join((article.id, quote, text, str(nth)))
    return row | {"quote": quote, "id": "f" + hashlib.sha256(key.encode()).hexdigest()[:8]}


def _figure_fields(folded, entry: Coded) -> dict:
    item, window = entry.item, entry.window
    return {
        "value": _plain(item.quantity.value),
        "value_high": _plain(item.quantity.value_high),
        "qualifier": item.qualifier,
        "unit": item.unit,
        "unit_text": folded.slice(*item.noun) if item.noun else "",
        "indicator": entry.indicator,
        "place": entry.place,
        "body": entry.body,
        "period_start": _iso(window.first) if window else None,
        "period_end": _iso(window.last) if window else None,
        "period_text": folded.slice(window.start, window.end) if window else None,
    }


def _plain(value) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
