"""The columns of the workbook's sheets: what a reader looks for at the left, slugs and ids at the right."""

import pandas as pd

from analysis.publish import formats, labels
from analysis.publish.tables import WORDED, cell, worded

NAMED = {"indicator": labels.indicator, "measure": labels.measure, "unit": labels.unit}
TIMES = ["window", "period_start", "period_end", "as_of", "window_kind"]
VALUES = ["value", "hedge", "lo", "hi", "unit_label"]
ORDER = {  # sheet → its first columns, then its last; all others stand between them as they are in the table
    "observations": (
        ["indicator_label", "place", "body", *TIMES, *VALUES],
        ["indicator_slug", "unit_slug", "figures", "id"],
    ),
    "measures": (
        ["measure_label", "place", "body", *TIMES, *VALUES, "numerator_value", "denominator_value"],
        ["measure_slug", "id", "numerator_id", "denominator_id"],
    ),
}


def readable(facts, name: str, lang: str) -> pd.DataFrame:
    """Table `name` of facts for people who read `lang`.

    Each column of slugs (indicator, measure, unit) has its labels in NAME_label and the slugs in NAME_slug; words of a
    fixed list (status, kind, …) are worded, messages and notes are in `lang` only. Observations and measures also get
    window and hedge ("at least", empty for a number as printed); measures unit_label, numerator_value, denominator_value.
    """
    frame = getattr(facts, name).copy()
    if name in ORDER:
        frame = _with_window_and_hedge(facts, frame, lang)
    if name == "measures":
        frame = _with_parts(facts, frame, lang)
    frame = _in_language(frame, lang)
    if name not in ORDER:
        return frame
    first, last = ORDER[name]
    between = [column for column in frame.columns if column not in (*first, *last)]
    return frame[[*first, *between, *last]]


def _in_language(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    for column in ("message", "note"):
        if f"{column}_vi" in frame:
            if lang == "vi":
                frame[column] = frame[f"{column}_vi"].fillna(frame[column])
            frame = frame.drop(columns=f"{column}_vi")
    for column in set(WORDED) & set(frame.columns):
        frame[column] = _column(frame, [None if pd.isna(value) else worded(value, lang) for value in frame[column]])
    if "doubts" in frame:
        frame["doubts"] = _column(frame, [_doubts(row, lang) for _, row in frame[["doubts"]].iterrows()])
    for column, label in NAMED.items():
        if column in frame:
            names = [None if pd.isna(slug) else label(slug, lang) for slug in frame[column]]
            frame.insert(frame.columns.get_loc(column), f"{column}_label", _column(frame, names))
            frame = frame.rename(columns={column: f"{column}_slug"})
    return frame


def _doubts(row: pd.Series, lang: str) -> str | None:
    return None if pd.isna(row["doubts"]) else cell(row, "doubts", lang)


def _column(frame: pd.DataFrame, values: list) -> pd.Series:
    return pd.Series(values, index=frame.index, dtype="object")


def _with_window_and_hedge(facts, frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    observed = _observed(facts)
    rows = [row for _, row in frame.iterrows()]
    windows = [cell(row, "window", lang, observed) for row in rows]
    return frame.assign(window=_column(frame, windows), hedge=_column(frame, [_hedge(row, lang) for row in rows]))


def _hedge(row: pd.Series, lang: str) -> str | None:
    """What a value's bounds say of it, None for a number as it is printed or none at all.

    Progress towards a target has none, as in print: the target itself is a threshold.
    """
    if pd.isna(row["value"]) or row["lo"] == row["hi"]:
        return None
    book = labels.measure_row(row["measure"]) if "measure" in row else None
    return (
        None
        if book and book.window == "target"
        else worded(formats.qualifier(row["value"], row["lo"], row["hi"]), lang)
    )


def _with_parts(facts, frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The two numbers that a measure divides, and its unit."""
    observed = _observed(facts)
    sides = {side: [observed.get(name) for name in frame[side]] for side in ("numerator", "denominator")}
    for side, rows in sides.items():
        values = [None if row is None else float(row["value"]) for row in rows]
        frame[f"{side}_value"] = pd.Series(values, index=frame.index, dtype="float64")
    parts = zip(frame["measure"], sides["numerator"], sides["denominator"], strict=True)
    frame["unit_label"] = _column(frame, [_unit(*part, lang) for part in parts])
    return frame.rename(columns={side: f"{side}_id" for side in sides})


def _unit(measure: str, numerator, denominator, lang: str) -> str | None:
    """ "%", or the unit of the numerator by that of the denominator: "ý kiến/cuộc"."""
    book = labels.measure_row(measure)
    if book and book.result == "percent":
        return labels.unit("percent", lang)
    if numerator is None or denominator is None:
        return None
    return f"{labels.unit(numerator['unit'], lang)}/{labels.unit(denominator['unit'], lang)}"


def _observed(facts) -> dict[str, pd.Series]:
    return {row["id"]: row for _, row in facts.observations.iterrows()}
