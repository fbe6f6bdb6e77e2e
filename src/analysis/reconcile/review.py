"""The queue of doubtful figures, the least sure first, and the decisions that analysts make on them.

A figure leaves the queue only by a decision that holds: nothing that was merely suggested, shown or built counts as reviewed.
"""

import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

import pandas as pd

from analysis.errors import UsageError
from analysis.reconcile.corrections import FIELDS, Allowed, check_together, read_assignments, reading, typed
from analysis.reconcile.decisions import Change, Decision
from analysis.reconcile.facts import Facts
from analysis.reconcile.figures import BETWEEN
from analysis.reconcile.tables import cell
from analysis.reconcile.verdicts import Judged, judge, sentence_hash
from analysis.reference.codebook import CodeBook

_NAMED = 5  # so many ids stand in a message about a prefix


@dataclass(frozen=True)
class Review:
    """Figures as extracted, the decisions made on them until now, and which of these hold.

    A figure is a dict with the columns of the figures table, its FIELDS as extraction gave them.
    """

    figures: list[dict]
    decisions: list[Decision]
    judged: Judged
    book: CodeBook

    @classmethod
    def of(cls, facts: Facts, decisions: Iterable[Decision], book: CodeBook) -> "Review":
        """From built tables and the decisions of this moment, which may be later than the tables."""
        figures, decisions = extracted_figures(facts), list(decisions)
        return cls(figures, decisions, judge(decisions, figures, book), book)

    def queue(self, article: str | None = None, everything: bool = False) -> list[dict]:
        """The figures nobody decided on, or all of them, as decided: the least sure first, then in text order.

        Raises UsageError for an article that has no figures.
        """
        if article is not None and article not in (known := {row["article"] for row in self.figures}):
            near = get_close_matches(article, known, n=3)
            meant = (
                f"did you mean {' or '.join(near)}?" if near else f"it has one of {', '.join(sorted(known)[:_NAMED])}"
            )
            raise UsageError(f"no figures of an article {article!r} ({meant}). `figures build` reads new articles.")
        rows = [row for row in self.figures if article in (None, row["article"])]
        wanted = [self.judged.applied(row) for row in rows if everything or row["id"] not in self.judged.verdicts]
        return sorted(wanted, key=lambda row: (row["confidence"], row["article"], row["start"]))

    def figure(self, prefix: str) -> dict:
        """The figure whose id starts with `prefix`, as extracted. Raises UsageError where none or several do."""
        found = [row for row in self.figures if prefix and row["id"].startswith(prefix)]
        return _only(prefix, found, "figure", "`figures review --all` lists them; `figures build` renews the tables.")

    def decide(
        self, action: str, prefix: str, assignments: Iterable[str], why: str, who: str, now: datetime
    ) -> Decision:
        """An acceptance, correction or rejection of the figure, for `decisions.append_decision`; nothing is written here.

        Raises UsageError where the figure, a field, its value or the reason is not as it must be.
        """
        row = self.figure(prefix)
        changes = (Change("", reading(row), ""),)
        if action == "correct":
            changes = self._changes(row, read_assignments(assignments, Allowed.of(self.book, self.figures)))
        about = {name: row[name] for name in ("article", "text")}
        return _decision(action, row["id"], why, who, now, sentence_hash(row["quote"]), changes=changes, **about)

    def undo(self, prefix: str, why: str, who: str, now: datetime) -> Decision:
        """The decision that takes another back. Raises UsageError for one that is not there, or taken back already."""
        found = [decision for decision in self.decisions if prefix and decision.id.startswith(prefix)]
        rows = [{"id": decision.id, "decision": decision} for decision in found]
        target = _only(prefix, rows, "decision", "`figures review --all` shows the decisions that hold.")["decision"]
        if target.action == "undo":
            raise UsageError(
                f"{target.id} is itself an undo, of {target.undoes}. Decide on {target.figure} anew instead."
            )
        if self.judged.states[target.id] == "undone":
            raise UsageError(f"{target.id} is taken back already. Decide on {target.figure} anew instead.")
        about = {name: getattr(target, name) for name in ("article", "text", "sentence_sha256")}
        return _decision("undo", target.figure, why, who, now, about.pop("sentence_sha256"), undoes=target.id, **about)

    def repeated(self, id: str) -> list[dict]:
        """The same figure in the copies of its article: same release, sentence and characters. They need decisions of their own."""
        row = next((row for row in self.figures if row["id"] == id), None)
        return [other for other in self.figures if row and other["id"] != id and _place(other) == _place(row)]

    def _changes(self, row: Mapping, given: Mapping[str, str]) -> tuple[Change, ...]:
        verdict = self.judged.verdicts.get(row["id"])
        earlier = verdict.after if verdict else {}
        for field, after in given.items():
            if after == cell(row[field]):
                advice = f"Undo {verdict.decision}" if field in earlier else "Accept the figure if it is right"
                raise UsageError(f"{field} of {row['id']} was read as {after or 'not known'} already. {advice}.")
        check_together({**row, **earlier, **given})
        return tuple(Change(field, cell(row[field]), after) for field, after in given.items())


def extracted_figures(facts: Facts) -> list[dict]:
    """The figures of built tables as dicts, with what the build corrected taken back: each field as it was extracted."""
    columns = {name: [None if pd.isna(value) else value for value in facts.figures[name]] for name in facts.figures}
    for field in FIELDS:
        columns[field] = [typed(field, cell(value)) for value in columns[field]]
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    known = {row["id"]: row for row in rows}
    applied = facts.decisions[(facts.decisions["state"] == "holds") & (facts.decisions["action"] == "correct")]
    for change in applied.itertuples(index=False):
        known[change.figure][change.field] = typed(change.field, cell(change.before))
    return rows


def doubts_of(row: Mapping) -> list[str]:
    """The names of a figure's doubts."""
    return row["doubts"].split(BETWEEN) if row["doubts"] else []


def spans_in_quotes(rows: Iterable[Mapping], numerals: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """Figure → where its characters stand in its sentence, as (start, end).

    The same characters may stand there twice; all numerals of the sentence (table numerals) fit at one place only.
    """
    together = defaultdict(list)
    for numeral in numerals.itertuples(index=False):
        together[numeral.article, numeral.quote].append((numeral.start, numeral.text))
    return {row["id"]: _span(row, together[row["article"], row["quote"]]) for row in rows}


def _span(row: Mapping, around: list[tuple[int, str]]) -> tuple[int, int]:
    quote, text = row["quote"], row["text"]
    places = [match.start() for match in re.finditer(f"(?={re.escape(text)})", quote)] or [0]

    def fits(at: int) -> int:
        offsets = ((start - row["start"] + at, other) for start, other in around)
        return sum(offset >= 0 and quote.startswith(other, offset) for offset, other in offsets)

    start = max(places, key=fits)
    return start, start + len(text)


def _place(row: Mapping) -> tuple[str, str, str]:
    return row["release"], row["text"], " ".join(row["quote"].split())


def _only(prefix: str, found: list[dict], what: str, advice: str) -> dict:
    if not found:
        raise UsageError(f"no {what} has an id that starts with {prefix!r}. {advice}")
    exact = [row for row in found if row["id"] == prefix]
    if len(found) > 1 and not exact:
        ids = [row["id"] for row in found]
        shown = ", ".join(ids[:_NAMED]) + (", …" if len(ids) > _NAMED else "")
        raise UsageError(f"{len(ids)} {what}s have ids that start with {prefix!r}: {shown}. Give more of the id.")
    return (exact or found)[0]


def _decision(action: str, figure: str, why: str, who: str, now: datetime, sentence_sha256: str, **more) -> Decision:
    why, who = " ".join(why.split()), " ".join(who.split())
    if not why:
        raise UsageError("a decision needs a reason. Give it with --why.")
    if not who:
        raise UsageError("nobody is named who decides. Give a name with --who.")
    when = now.isoformat(timespec="seconds")
    known = {"figure": figure, "action": action, "why": why, "who": who, "when": when}
    return Decision(id=f"d{secrets.token_hex(5)}", sentence_sha256=sentence_sha256, **known, **more)
