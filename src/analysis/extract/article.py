"""An article's numerals with their class, and its figures with unit, indicator, place, body and window."""

import hashlib
from datetime import date
from itertools import groupby

from analysis.extract.coded import Coded, Lines
from analysis.extract.confidence import confidence
from analysis.extract.context import Context, read_context
from analysis.extract.parts import link_parts
from analysis.ingest.articles import Article

FIGURE_KEYS = ("value", "value_high", "qualifier", "unit", "unit_text", "indicator", "place", "body",
               "period_start", "period_end", "period_text", "part_of", "confidence", "doubts")  # fmt: skip

_NO_FIGURE = dict.fromkeys(FIGURE_KEYS)
_CODES = 12  # Hexadecimal digits of a figure's id: with a million figures two are alike once in 500 archives.


def extract_article(article: Article) -> list[dict]:
    """One dict per numeral in text order, with the keys of `figures extract --all --format jsonl`.

    `start` and `end` count characters of the article's file, or of its text where it is no text file (Article.span).
    Values are int or float in base units, dates ISO strings; what is unknown is None.
    """
    context = read_context(article)
    coded = Lines(context).read()
    if article.offsets is not None:
        for entry in coded:
            entry.item.doubts.append("repaired_text")
    link_parts(context.folded.lower, coded)
    _settle_titles(coded)
    _identify(article, context, coded)
    return [_as_dict(article, context, entry) for entry in coded]


def _settle_titles(coded: list[Coded]) -> None:
    """A title repeats a figure of the text: it takes over what the text says of the same value and unit."""
    body: dict[tuple, Coded] = {}
    titled = [entry for entry in coded if entry.zone == "title" and entry.item.kind == "figure"]
    if not titled:
        return
    for entry in coded:
        if entry.item.kind == "figure" and entry.zone != "title":
            body.setdefault((entry.item.quantity.value, entry.item.unit), entry)
    for entry in titled:
        twin = body.get((entry.item.quantity.value, entry.item.unit))
        if twin is None:
            entry.item.doubts.append("title_only")
            continue
        entry.window = entry.window if entry.window and entry.window.first else twin.window
        entry.indicator = entry.indicator or twin.indicator
        entry.body, entry.place = twin.body, twin.place


def _identify(article: Article, context: Context, coded: list[Coded]) -> None:
    """Ids that stay while the sentence stays: of the article, the sentence, the figure's text and which of those it is."""
    seen: dict[tuple[str, str], int] = {}
    for sentence, entries in groupby(coded, key=lambda entry: entry.item.sentence):
        quote = context.folded.slice(*sentence)
        begun = hashlib.sha256(f"{article.id}\x1f{quote}\x1f".encode("utf-8", "surrogatepass"))
        for entry in entries:
            text = context.folded.slice(entry.item.start, entry.item.end)
            seen[quote, text] = nth = seen.get((quote, text), 0) + 1
            code = begun.copy()
            code.update(f"{text}\x1f{nth}".encode("utf-8", "surrogatepass"))
            entry.quote, entry.id = quote, "f" + code.hexdigest()[:_CODES]


def _as_dict(article: Article, context: Context, entry: Coded) -> dict:
    item, folded = entry.item, context.folded
    first, last = folded.span(item.start, item.end)
    start, end = article.span(first, last)
    row = {
        "article": article.id,
        "start": start,
        "end": end,
        "text": article.text[first:last],
        "class": item.kind,
        "reason": item.reason,
    }
    row |= _figure_fields(folded, entry) if item.kind == "figure" else _NO_FIGURE
    row["quote"], row["id"] = entry.quote, entry.id
    return row


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
        "part_of": entry.part_of.id if entry.part_of else None,
        "confidence": confidence(tuple(item.doubts)),
        "doubts": list(item.doubts),
    }


def _plain(value) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
