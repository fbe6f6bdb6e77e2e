"""Decisions held against the figures of today: which of them hold, and what they make of each figure.

A decision says what was read of its figure when it was made. Where the articles or the rules now read something else, the
decision is stale: it is named and not applied, for nobody has looked at what stands there now. `before` is always what
was extracted, never what an earlier decision made of it, so undoing one decision leaves the others as they are.

The later of two decisions on a figure wins, field by field; a rejected figure that is accepted or corrected later is
no longer rejected. A decision is about its one figure: the same figure in a copy of the article needs a decision of its own.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.findings import Finding
from analysis.reconcile.corrections import NUMBERS, listed, read_reading, typed
from analysis.reconcile.decisions import Decision
from analysis.reconcile.tables import cell
from analysis.reconcile.wording import finding
from analysis.reference.codebook import CodeBook

STATES = ("holds", "undone", "stale")
STATUS = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}
COLUMNS = (
    *("line", "id", "who", "when", "figure", "article", "text", "action", "field", "before", "after", "why", "undoes"),
    *("sentence_sha256", "state"),
)
_OWN = ("field", "before", "after")


@dataclass(frozen=True)
class Verdict:
    """What the decisions that hold make of one figure. `after`: field → cell; `decision`: the latest of them."""

    status: str
    decision: str
    after: Mapping[str, str]

    def applied(self, row: Mapping) -> dict:
        """The extracted row with its corrected fields, status and decision."""
        corrected = {field: typed(field, text) for field, text in self.after.items()}
        return {**row, **corrected, "status": self.status, "decision": self.decision}


@dataclass(frozen=True)
class Judged:
    """Figure → verdict, for the figures that some decision holds for; decision → one of STATES; what was stale, and why."""

    verdicts: Mapping[str, Verdict]
    states: Mapping[str, str]
    findings: list[Finding]

    def applied(self, row: Mapping) -> dict:
        """A row as decided: one without a verdict is as it was extracted."""
        verdict = self.verdicts.get(row["id"])
        return verdict.applied(row) if verdict else {**row, "status": "extracted", "decision": None}


def judge(decisions: Iterable[Decision], figures: Iterable[Mapping], book: CodeBook) -> Judged:
    """Hold decisions, in the order they were made, against figures as extracted (dicts with `id` and the fields)."""
    decisions = list(decisions)
    if not decisions:
        return Judged({}, {}, [])
    rows = {row["id"]: row for row in figures}
    states, findings = {}, []
    undone = _undone(decisions)
    for decision in decisions:
        stale = None if decision.id in undone else _stale(decision, rows, decisions, book)
        states[decision.id] = "undone" if decision.id in undone else "stale" if stale else "holds"
        findings += [stale] if stale else []
    holding: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if states[decision.id] == "holds" and decision.action != "undo":
            holding[decision.figure].append(decision)
    return Judged({figure: fold(made) for figure, made in holding.items()}, states, findings)


def fold(decisions: Iterable[Decision]) -> Verdict:
    """What decisions that hold, in the order they were made, say together of their figure."""
    after: dict[str, str] = {}
    for decision in decisions:
        last = decision
        if decision.action == "correct":
            after |= {change.field: change.after for change in decision.changes}
    corrected = "correct" if after and last.action != "reject" else last.action
    return Verdict(STATUS[corrected], last.id, after)


def sentence_hash(quote: str) -> str:
    """The SHA-256 of a figure's sentence, by which a decision knows that it is still the same."""
    return hashlib.sha256(quote.encode("utf-8", "surrogatepass")).hexdigest()


def decisions_table(decisions: Iterable[Decision], states: Mapping[str, str]) -> pd.DataFrame:
    """One row per line of decisions.csv that says something, with the state of its decision, ready for the schema."""
    rows = [
        [change.line, *(_cell(decision, change, name) for name in COLUMNS[1:-1]), states[decision.id]]
        for decision in decisions
        for change in decision.changes
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _cell(decision: Decision, change, name: str) -> str | None:
    return getattr(change if name in _OWN else decision, name) or None


def _undone(decisions: list[Decision]) -> set[str]:
    """The decisions that another takes back; an undo itself is final: decide anew instead."""
    taken_back = {decision.undoes for decision in decisions if decision.action == "undo"}
    return {decision.id for decision in decisions if decision.action != "undo" and decision.id in taken_back}


def _stale(
    decision: Decision, rows: Mapping[str, Mapping], decisions: list[Decision], book: CodeBook
) -> Finding | None:
    """Why a decision is not applied, as a finding; None where it holds."""
    if decision.action == "undo":
        known = any(other.id == decision.undoes and other.action != "undo" for other in decisions)
        return None if known else _told(decision, "decision_undoes", (), undoes=decision.undoes)
    row = rows.get(decision.figure)
    if row is None:
        return _gone(decision, rows)
    if sentence_hash(row["quote"]) != decision.sentence_sha256:
        return _told(decision, "decision_sentence", (row["id"],))
    return _read_otherwise(decision, row) or _not_allowed(decision, row, book)


def _gone(decision: Decision, rows: Mapping[str, Mapping]) -> Finding:
    """The figure is not there any more; one of the same characters in that article may be it."""
    near = [id for id, row in rows.items() if (row["article"], row["text"]) == (decision.article, decision.text)]
    if near:
        return _told(decision, "decision_moved", near, figure=decision.figure, near=sorted(near))
    return _told(decision, "decision_gone", (), figure=decision.figure)


def _read_otherwise(decision: Decision, row: Mapping) -> Finding | None:
    if decision.action == "correct":
        then = {change.field: change.before for change in decision.changes}
    else:
        then = read_reading(decision.changes[0].before)
    for field, before in then.items():
        now = cell(row[field])
        if not _same(field, before, now):
            told = {"field": field, "before": before or "–", "found": now or "–"}
            return _told(decision, "decision_before", (row["id"],), **told)
    return None


def _not_allowed(decision: Decision, row: Mapping, book: CodeBook) -> Finding | None:
    for change in decision.changes:
        if (values := listed(change.field, change.after, book)) is not None:
            told = {"field": change.field, "found": change.after, "count": len(values)}
            return _told(decision, "decision_after", (row["id"],), **told)
    return None


def _same(field: str, one: str, other: str) -> bool:
    """Whether two cells say the same; numbers as tables hold them, for extraction may know more digits of a large one."""
    if field not in NUMBERS or not (one and other):
        return one == other
    try:
        return float(one) == float(other)
    except ValueError:  # a reading that was edited by hand
        return False


def _told(decision: Decision, key: str, figures: Iterable[str], **values) -> Finding:
    about = {"decision": decision.id, "who": decision.who, "when": decision.when, "text": decision.text}
    return finding(
        "decision_stale",
        "warning",
        key,
        about=decision.article,
        figures=figures,
        article=decision.article,
        **about,
        **values,
    )
