"""Which articles a chart rests on: its source line, and its receipts."""

import pandas as pd

from analysis.publish.labels import say
from analysis.publish.windows import partial_label
from analysis.reconcile.receipts import receipt

NAMED = 4  # articles named in a source line before "and N more"


def articles_of(facts, observation_ids) -> pd.DataFrame:
    """Rows of facts.articles behind some observations, oldest first (undated last)."""
    chosen = facts.observations[facts.observations["id"].isin(list(observation_ids))]
    figures = {figure for cell in chosen["figures"].dropna() for figure in str(cell).split(";")}
    names = set(facts.figures.loc[facts.figures["id"].isin(figures), "article"])
    found = facts.articles[facts.articles["id"].isin(names)]
    return found.assign(_when=found["published"].fillna("").replace("", "9999")).sort_values(["_when", "id"])


def source_line(facts, observation_ids, lang: str, derived: bool = False) -> str:
    """ "Nguồn: Báo Lào Cai (8/2023); …", one entry per release; says so where numbers are computed.

    A release is named by its fullest article; its copies stand in the receipts.
    """
    behind = articles_of(facts, observation_ids)
    fullest = behind.sort_values("n_figures", ascending=False, kind="stable").drop_duplicates("release")
    named = behind[behind["id"].isin(fullest["id"])]
    entries = list(dict.fromkeys(_entry(row, lang) for _, row in named.iterrows()))
    names = "; ".join(entries[:NAMED])
    if len(entries) > NAMED:
        names = say("word.source_more", lang, articles=names, n=len(entries) - NAMED)
    line = say("word.source", lang, articles=names)
    return f"{line} {say('word.derived_note', lang)}" if derived else line


def _entry(row, lang: str) -> str:
    publisher = row["publisher"] if isinstance(row["publisher"], str) and row["publisher"] else ""
    when = row["published"] if isinstance(row["published"], str) and row["published"] else ""
    name = publisher or say("word.article_unnamed", lang, id=row["id"])
    return f"{name} ({partial_label(when, lang) if when else say('word.article_undated', lang)})"


def receipts_of(facts, ids, lang: str) -> tuple[str, ...]:
    """The receipt of each observation or measure, as text, in the order given."""
    return tuple(receipt(facts, item).as_text(lang) for item in dict.fromkeys(ids))
