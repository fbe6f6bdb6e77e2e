"""Looks at how sure the figures are and what analysts decided, for notebooks: doubts, parts, decisions, those not applied."""

import pandas as pd

from analysis.extract.confidence import worded
from analysis.publish import formats, labels, tables
from analysis.publish.briefing import Briefing
from analysis.reconcile.wording import messages

STALE = ("decision_stale", "decision_row")  # findings about decisions that are not applied
MOST = 8  # rows that a reader takes in at a glance; `figures review` lists the rest


def sureness(row: pd.Series, b: Briefing) -> str:
    """How sure a figure is, why not surer, what it is a part of and whether somebody decided on it, on one line."""
    told = [tables.cell(row, "confidence", b.lang)]
    told += [tables.cell(row, "doubts", b.lang)] if pd.notna(row["doubts"]) else []
    told += [b.sentence("review.part_of", whole=_whole(row["part_of"], b))] if pd.notna(row["part_of"]) else []
    told += [tables.cell(row, "status", b.lang)] if row["status"] != "extracted" else []
    return " · ".join(told)


def _whole(ident: str, b: Briefing) -> str:
    """The number that a figure is a part of, with its name; its id where the tables do not have it."""
    found = b.everything.figures[b.everything.figures["id"] == ident]
    if found.empty:
        return ident
    row = found.iloc[0]
    name = "" if pd.isna(row["indicator"]) else f" ({labels.inner(labels.indicator(row['indicator'], b.lang))})"
    return tables.cell(row, "value", b.lang) + name


def show_doubts(b: Briefing) -> None:
    """Each reason to be less sure with how many figures have it and how sure these are; a figure may stand in several."""
    figures = b.facts.figures
    named = figures.assign(doubt=figures["doubts"].fillna("none").str.split("; ")).explode("doubt")
    groups = named.groupby("doubt")["confidence"].agg(["size", "min", "max"]).reset_index()
    rows = groups.sort_values(["min", "doubt"])
    table = pd.DataFrame(
        {
            "doubts": [worded([name], b.lang)[0] for name in rows["doubt"]],
            "n_figures": rows["size"],
            "confidence": [_between(row.min, row.max, b.lang) for row in rows.itertuples()],
        }
    )
    b.table(table, ["doubts", "n_figures", "confidence"])


def _between(low: float, high: float, lang: str) -> str:
    ends = dict.fromkeys(formats.percent(100 * value, lang, 0) for value in (low, high))
    return "–".join(ends).replace("%–", "–")


def show_least_sure(b: Briefing) -> None:
    """The figures that nobody decided on and extraction is least sure of, with their sentences."""
    waiting = b.facts.figures[b.facts.figures["status"] == "extracted"]
    rows = waiting.sort_values(["confidence", "article", "start"]).head(MOST)
    b.say("review.waiting", shown=_number(len(rows), b), count=_number(len(waiting), b))
    b.table(rows, ["confidence", "indicator", "value", "window", "doubts", "quote"])


def show_decisions(b: Briefing) -> None:
    """The decisions on figures of these articles: when, by whom, on what, before → after, why, and whether they hold."""
    made = b.facts.decisions
    if made.empty:
        b.say("review.none")
        return
    rows = [_decision(rows, b) for _, rows in made.groupby("id", sort=False)]
    b.table(pd.DataFrame(rows), ["id", "when", "who", "text", "article", "decided", "why", "state"])


def _decision(rows: pd.DataFrame, b: Briefing) -> dict:
    first = rows.iloc[0]
    changes = ", ".join(_change(row, b.lang) for _, row in rows.iterrows() if pd.notna(row["field"]))
    undoes = "" if pd.isna(first["undoes"]) else first["undoes"]
    about = {name: first[name] for name in ("id", "who", "text", "article", "why", "state")}
    decided = messages().say(f"receipt_{first['action']}", b.lang, changes=changes, decision=undoes)
    return {**about, "when": _moment(first["when"], b.lang), "decided": decided}


def _change(row: pd.Series, lang: str) -> str:
    """A corrected field by its name, "before → after" as the tables print it."""
    name = row["field"]
    before, after = (tables.cell(pd.Series({name: _typed(name, row[end])}), name, lang) for end in ("before", "after"))
    return f"{labels.inner(tables.head(name, lang))}: {before} → {after}"


def _typed(field: str, cell):
    """A cell of decisions.csv as the figures table holds it."""
    return float(cell) if field in ("value", "value_high") and pd.notna(cell) else cell


def _moment(when: str, lang: str) -> str:
    """A time with its offset as people write it: day, hour and minute where it was made."""
    day, _, time = when.partition("T")
    return f"{tables.partial_label(day, lang)} {time[:5]}"


def show_stale(b: Briefing) -> None:
    """How many decisions hold, were taken back or are not applied any more, and which these last are."""
    states = b.facts.decisions.drop_duplicates("id")["state"]
    counts = {name: _number((states == name).sum(), b) for name in ("holds", "undone", "stale")}
    b.say("review.states", count=_number(len(states), b), **counts)
    stale = b.facts.findings[b.facts.findings["check"].isin(STALE)]
    if len(stale):
        b.table(stale, ["severity", "check", "message"])


def show_parts(b: Briefing) -> None:
    """The figures that their sentence calls a part of another, each with its whole, and how many are more than it."""
    parts = b.facts.figures[b.facts.figures["part_of"].notna()]
    if parts.empty:
        b.say("review.no_parts")
        return
    over = (b.facts.findings["check"] == "part_over_whole").sum()
    b.say("review.parts", count=_number(len(parts), b), over=_number(over, b))
    wholes = [_whole(ident, b) for ident in parts["part_of"]]
    b.table(parts.assign(part_of=wholes), ["article", "indicator", "value", "part_of"])


def _number(value: int, b: Briefing) -> str:
    return formats.number(int(value), b.lang)
