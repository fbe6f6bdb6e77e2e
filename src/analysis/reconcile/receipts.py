"""Receipts: the chain from a published number back to the words in the article.

A figure's receipt holds its article, span and sentence, the rules that read it, how sure they are, and what analysts
decided; an observation's holds a figure's for each that states it; a measure's holds its numerator and its denominator.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.errors import UsageError
from analysis.extract.confidence import worded
from analysis.reconcile.bounds import Interval
from analysis.reconcile.decisions import Decision
from analysis.reconcile.facts import Facts
from analysis.reconcile.figures import BETWEEN
from analysis.reconcile.observations import half_term
from analysis.reconcile.windows import Window
from analysis.reconcile.wording import Amount, Area, AsOf, Labelled, When, messages, sentence
from analysis.reference.codebook import load_codebook

INDENT = "  "


@dataclass(frozen=True)
class Origin:
    """Where a figure stands: the article with its source and hash, the characters, the sentence, the window's words."""

    article: str
    title: str
    publisher: str
    published: str | None
    file: str
    sha256: str
    release: str
    start: int
    end: int
    text: str
    quote: str
    period_text: str | None


@dataclass(frozen=True)
class Step:
    """One decision on a figure. `changes` holds (field, before, after) as cells, "" where nothing is known."""

    decision: str
    who: str
    when: str
    action: str
    state: str
    why: str
    undoes: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()

    def told(self, key: str, lang: str) -> str:
        """The decision in words: `key` is the sentence of messages.csv that it is put into."""
        changes = ", ".join(f"{field} {before or '–'} → {after or '–'}" for field, before, after in self.changes)
        what = messages().say(f"receipt_{self.action}", lang, changes=changes, decision=self.undoes)
        said = {"decision": self.decision, "who": self.who, "when": self.when, "what": what, "why": self.why}
        return messages().say(key, lang, **said)


@dataclass(frozen=True)
class Evidence:
    """Why a figure is what it is: the rules that read it, how sure they are (0 to 1) and why not surer, its decisions."""

    rules: str
    confidence: float
    doubts: tuple[str, ...]
    part_of: str | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Receipt:
    """One link of the chain. `what` is figure, observation or measure; `parts` holds (role, receipt) of what it rests on.

    `role` is stated_in for a figure of an observation, numerator, denominator or nearest for the parts of a measure;
    `amount` is None for a refused measure, whose reason is in `note` (Vietnamese in `note_vi`).
    """

    id: str
    what: str
    named: Labelled | None
    amount: Amount | None
    place: str | None
    body: str | None
    window: Window
    kind: str
    status: str
    note: str = ""
    note_vi: str = ""
    origin: Origin | None = None
    evidence: Evidence | None = None
    parts: tuple[tuple[str, "Receipt"], ...] = ()

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Every place in an article that the number rests on, each once."""
        own = (self.origin,) if self.origin else ()
        return tuple(dict.fromkeys([*own, *(origin for _, part in self.parts for origin in part.origins)]))

    @property
    def figures(self) -> tuple[str, ...]:
        """The ids of the figures that the number rests on, each once."""
        own = (self.id,) if self.what == "figure" else ()
        return tuple(dict.fromkeys([*own, *(name for _, part in self.parts for name in part.figures)]))

    def as_text(self, lang: str) -> str:
        """The receipt as lines for people in `lang`, its parts indented."""
        return "\n".join(self._lines(lang))

    def _lines(self, lang: str) -> Iterator[str]:
        yield f"{self.id}  {self._headline(lang)}"
        if note := self.note_vi if lang == "vi" else self.note:
            yield INDENT + note
        if self.origin:
            yield from (INDENT + line for line in _origin_lines(self.origin, lang))
        if self.evidence:
            yield from (INDENT + line for line in _evidence_lines(self.evidence, lang))
        for role, part in self.parts:
            yield f"{INDENT}{messages().say(f'receipt_{role}', lang)}:"
            yield from (INDENT * 2 + line for line in part._lines(lang))

    def _headline(self, lang: str) -> str:
        name = self.named.label(lang) if self.named else messages().say("receipt_no_indicator", lang)
        where = [Area(self.place, self.body)] if self.place else []
        key = "receipt_refused" if self.amount is None else "receipt_stated"
        about: list[Labelled] = [*where, When(self.window, self.kind)]
        return sentence(
            key, lang, name=name, value=self.amount or "", about="; ".join(part.label(lang) for part in about)
        )


def receipt(facts: Facts, id: str) -> Receipt:
    """The receipt of a figure (f…), observation (o…) or measure (m…). Raises UsageError for an id that is in no table."""
    makers = {"figures": _figure, "observations": _observation, "measures": _measure}
    for table, make in makers.items():
        rows = facts.tables()[table]
        found = rows[rows["id"] == id]
        if len(found):
            return make(facts, next(found.itertuples(index=False)))
    raise UsageError(
        f"{id}: no figure, observation or measure has this id. Ids start with f, o or m and stand in the id columns of "
        f"figures.csv, observations.csv and measures.csv; after `figures build` look there."
    )


def _figure(facts: Facts, row) -> Receipt:
    article = next(facts.articles[facts.articles["id"] == row.article].itertuples(index=False))
    origin = Origin(
        article=row.article,
        title=_text(article.title) or row.article,
        publisher=_text(article.publisher) or "",
        published=_text(article.published),
        file=article.file,
        sha256=article.sha256,
        release=row.release,
        start=row.start,
        end=row.end,
        text=row.text,
        quote=row.quote,
        period_text=_text(row.period_text),
    )
    return Receipt(
        id=row.id,
        what="figure",
        named=load_codebook().indicators.get(_text(row.indicator) or ""),
        amount=Amount(row.value, Interval(row.lo, row.hi), row.unit),
        place=_text(row.place),
        body=_text(row.body),
        window=_figure_window(row, _text(article.published)),
        kind=_text(row.kind) or "flow",
        status=row.status,
        origin=origin,
        evidence=_evidence(facts, row),
    )


def _evidence(facts: Facts, row) -> Evidence | None:
    """None for a table of figures that does not say how sure they are."""
    if not hasattr(row, "confidence"):
        return None
    decided = facts.decisions[facts.decisions["figure"] == row.id]
    return Evidence(
        rules=row.reason,
        confidence=row.confidence,
        doubts=tuple((_text(row.doubts) or "").split(BETWEEN)) if _text(row.doubts) else (),
        part_of=_text(row.part_of),
        steps=tuple(_step(rows) for _, rows in decided.groupby("id", sort=False)),
    )


def step_of(decision: Decision) -> Step:
    """A decision that no table holds yet."""
    about = {name: getattr(decision, name) for name in ("who", "when", "action", "why", "undoes")}
    changes = tuple((change.field, change.before, change.after) for change in decision.changes)
    return Step(decision=decision.id, state="holds", changes=changes, **about)


def _step(rows: pd.DataFrame) -> Step:
    first = next(rows.itertuples(index=False))
    return Step(
        decision=first.id,
        who=first.who,
        when=first.when,
        action=first.action,
        state=first.state,
        why=first.why,
        undoes=_text(first.undoes) or "",
        changes=_changes(rows.itertuples(index=False)),
    )


def _changes(rows: Iterable) -> tuple[tuple[str, str, str], ...]:
    return tuple((row.field, _text(row.before) or "", _text(row.after) or "") for row in rows if _text(row.field))


def _observation(facts: Facts, row) -> Receipt:
    return Receipt(
        id=row.id,
        what="observation",
        named=load_codebook().indicators[row.indicator],
        amount=Amount(row.value, Interval(row.lo, row.hi), row.unit),
        place=row.place,
        body=_text(row.body),
        window=_window(row),
        kind=row.kind,
        status=row.status,
        parts=tuple(("stated_in", receipt(facts, name)) for name in row.figures.split(";")),
    )


def _measure(facts: Facts, row) -> Receipt:
    measure = load_codebook().measure(row.measure)
    above, below = receipt(facts, row.numerator), receipt(facts, row.denominator)
    refused = row.status == "refused"
    unit = "" if measure.result == "ratio" else measure.result
    return Receipt(
        id=row.id,
        what="measure",
        named=measure,
        amount=None if refused else Amount(row.value, Interval(row.lo, row.hi), unit, measure.decimals),
        place=row.place,
        body=_text(row.body),
        window=_window(row),
        kind=above.kind,
        status=row.status,
        note=_text(row.note) or "",
        note_vi=_text(row.note_vi) or "",
        parts=(("numerator", above), ("nearest" if refused else "denominator", below)),
    )


def _origin_lines(origin: Origin, lang: str) -> Iterator[str]:
    publisher = origin.publisher or messages().say("receipt_no_publisher", lang)
    published = AsOf(origin.published).label(lang)
    yield sentence("receipt_source", lang, title=origin.title, publisher=publisher, published=published)
    span = {"start": str(origin.start), "end": str(origin.end)}
    yield sentence("receipt_file", lang, file=origin.file, sha256=origin.sha256, **span)
    yield sentence("receipt_printed", lang, text=origin.text)
    yield INDENT + " ".join(origin.quote.split())
    yield sentence(
        "receipt_period" if origin.period_text else "receipt_no_period", lang, words=origin.period_text or ""
    )


def _evidence_lines(evidence: Evidence, lang: str) -> Iterator[str]:
    yield sentence("receipt_rules", lang, rules=evidence.rules)
    doubts = "; ".join(worded(evidence.doubts, lang))
    key, percent = "receipt_doubts" if doubts else "receipt_sure", float(100 * evidence.confidence)
    yield sentence(key, lang, sure=Amount(percent, Interval(percent, percent), decimals=0), doubts=doubts)
    if evidence.part_of:
        yield sentence("receipt_part_of", lang, whole=evidence.part_of)
    for step in evidence.steps:
        if step.action != "undo":
            yield step.told(f"receipt_{step.state}", lang)


def _window(row) -> Window:
    return Window(_date(row.period_start), _date(row.period_end), _text(row.as_of), row.window_kind == "half")


def _figure_window(row, published: str | None) -> Window:
    half = _text(row.kind) in (None, "flow") and half_term(row)
    return Window.of(_date(row.period_start), _date(row.period_end), published, half)


def _text(value) -> str | None:
    return None if pd.isna(value) else str(value)


def _date(value) -> date | None:
    return None if pd.isna(value) else value.date()
