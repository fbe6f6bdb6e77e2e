"""Looks at the evidence for notebooks: articles beside their figures, receipts, and every numeral counted by class."""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd
from IPython.display import display

from analysis.publish import formats, tables
from analysis.publish.briefing import Briefing
from analysis.publish.review import sureness
from analysis.reconcile.receipts import receipt


@dataclass
class Sentence:
    """A sentence of an article with the figures in it. `offset` is where it starts in the article, in characters."""

    quote: str
    offset: int
    figures: list[pd.Series] = field(default_factory=list)

    def holds(self, row) -> bool:
        """Whether a numeral (text, start, quote) stands in this very sentence, not in another of the same words."""
        begin = row.start - self.offset
        return row.quote == self.quote and begin >= 0 and self.quote[begin : begin + len(row.text)] == row.text


def sentences(numerals: pd.DataFrame, figures: pd.DataFrame) -> list[Sentence]:
    """The sentences of one article that hold `figures`, in text order.

    `numerals` (start, text, quote; all of the article) settle where each sentence begins: one numeral may stand twice in
    a sentence, but all of them together fit at one place only.
    """
    found: list[Sentence] = []
    for _, group in numerals.sort_values("start").groupby("quote", sort=False):
        rows = list(group.itertuples())
        while rows:
            sentence = Sentence(rows[0].quote, _offset(rows))
            here = [row for row in rows if sentence.holds(row)] or rows[:1]
            wanted = figures[figures["start"].isin([row.start for row in here])].sort_values("start")
            sentence.figures = [row for _, row in wanted.iterrows()]
            found += [sentence] if sentence.figures else []
            rows = [row for row in rows if row.Index not in {other.Index for other in here}]
    return sorted(found, key=lambda sentence: sentence.figures[0]["start"])


def _offset(rows: list) -> int:
    """Where the sentence of the first numeral starts: the place at which most of the numerals fit."""
    first = rows[0]
    at = [i for i in range(len(first.quote)) if first.quote.startswith(first.text, i)] or [0]
    fits = {first.start - i: sum(Sentence(first.quote, first.start - i).holds(row) for row in rows) for i in at}
    return max(fits, key=lambda offset: (fits[offset], offset))


def marked(sentence: Sentence) -> str:
    """The sentence as HTML with its figures marked."""
    parts, end = [], 0
    for row in sentence.figures:
        begin = row["start"] - sentence.offset
        if begin < end:
            continue
        parts.append(html.escape(sentence.quote[end:begin]))
        parts.append(f'<mark title="{html.escape(row["id"])}">{html.escape(row["text"])}</mark>')
        end = begin + len(row["text"])
    return "".join([*parts, html.escape(sentence.quote[end:])])


def show_articles(b: Briefing) -> None:
    """Each article's sentences with its figures marked, and beside them what was read from them."""
    for _, article in b.facts.articles.iterrows():
        figures = b.facts.figures[b.facts.figures["article"] == article["id"]]
        if figures.empty:
            continue
        numerals = b.everything.numerals[b.everything.numerals["article"] == article["id"]]
        found = sentences(numerals, figures)
        b.markdown(f"### {article['title'] if pd.notna(article['title']) else article['id']}")
        told = "\n\n".join(
            f"{s.quote}\n" + "\n".join(f"  {read} – {sure}" for read, sure in _read(s, b)) for s in found
        )
        display({"text/html": _html(found, b), "text/plain": told}, raw=True)


def _html(found: list[Sentence], b: Briefing) -> str:
    head = "".join(f'<th scope="col">{tables.head(name, b.lang)}</th>' for name in ("quote", "figures"))
    rows = [f"<tr><td>{marked(sentence)}</td><td>{_items(sentence, b)}</td></tr>" for sentence in found]
    widths = '<colgroup><col style="width: 58%"><col style="width: 42%"></colgroup>'
    body = [f"<thead><tr>{head}</tr></thead>", "<tbody>", *rows, "</tbody></table>"]
    return "\n".join(['<table class="facts evidence" style="width: 100%">', widths, *body])


def _items(sentence: Sentence, b: Briefing) -> str:
    lines = "".join(
        f"<li>{html.escape(read)}<br><small>{html.escape(sure)}</small></li>" for read, sure in _read(sentence, b)
    )
    return f'<ul style="margin: 0; padding-left: 1.1em">{lines}</ul>'


def _read(sentence: Sentence, b: Briefing) -> Iterator[tuple[str, str]]:
    """What was read from a sentence, for each figure: name, value, scope, window or the words that give one; how sure it is."""
    for row in sentence.figures:
        scope = row["place"] if pd.isna(row["body"]) else f"{row['body']}, {row['place']}"
        dated = pd.notna(row["period_start"]) or pd.notna(row["period_end"]) or pd.isna(row["period_text"])
        window = tables.cell(row, "window", b.lang) if dated else f"“{row['period_text']}”"
        name, value = (tables.cell(row, column, b.lang) for column in ("indicator", "value"))
        yield f"{name}: {value} ({'–' if pd.isna(scope) else scope}; {window})", sureness(row, b)


def show_receipts(b: Briefing, rows: pd.DataFrame) -> None:
    """The receipts of figures, observations or measures (column id), each folded under its first line."""
    if rows.empty:
        b.say("evidence.no_receipts")
        return
    texts = [receipt(b.everything, ident).as_text(b.lang) for ident in rows["id"]]
    folded = [
        f"<details><summary>{html.escape(text.splitlines()[0])}</summary><pre>{html.escape(text)}</pre></details>"
        for text in texts
    ]
    display({"text/html": "\n".join(folded), "text/plain": "\n\n".join(texts)}, raw=True)


def show_classes(b: Briefing) -> None:
    """Every numeral of every article by class and reason, with how many there are; figures in one line."""
    numerals = b.facts.numerals
    reasons = numerals["reason"].where(numerals["class"] != "figure", "")
    counts = numerals.assign(reason=reasons).groupby(["class", "reason"]).size().reset_index(name="n_numerals")
    counts = counts.sort_values(["n_numerals", "class", "reason"], ascending=[False, True, True])
    worded = counts.assign(
        **{"class": [_worded(b, "class", value) for value in counts["class"]]},
        reason=[_worded(b, "reason", value) if value else "" for value in counts["reason"]],
    )
    b.table(worded, ["class", "reason", "n_numerals"])


def _worded(b: Briefing, kind: str, value: str) -> str:
    """A class or reason in the reader's language; one that has no sentence yet stays as it is."""
    try:
        return b.sentence(f"{kind}.{value}")
    except KeyError:
        return value


def show_severities(b: Briefing) -> None:
    """How many findings of each severity there are, in one sentence."""
    found = b.facts.findings["severity"]
    b.say("checks.counts", **{f"{name}s": _number(b, (found == name).sum()) for name in ("error", "warning", "note")})


def counts(b: Briefing) -> dict[str, str]:
    """Sizes of the tables in the reader's notation: articles, releases, numerals, figures, observations, …"""
    measures = b.facts.measures["status"]
    sizes = {
        "all_articles": len(b.everything.articles),
        "all_releases": b.everything.articles["release"].nunique(),
        "all_numerals": len(b.everything.numerals),
        "all_figures": len(b.everything.figures),
        "articles": len(b.facts.articles),
        "releases": b.facts.articles["release"].nunique(),
        "numerals": len(b.facts.numerals),
        "figures": len(b.facts.figures),
        "unnamed": int(b.facts.figures["indicator"].isna().sum()),
        "observations": len(b.facts.observations),
        "derived": int((measures == "derived").sum()),
        "refused": int((measures == "refused").sum()),
    }
    return {name: _number(b, size) for name, size in sizes.items()} | {"place": b.place}


def _number(b: Briefing, value: int) -> str:
    return formats.number(int(value), b.lang)
