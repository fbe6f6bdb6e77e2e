"""Stocks: how many there were on the date of an article. Each is a dot at its date; none are joined."""

from datetime import date

import pandas as pd

from analysis.publish import labels
from analysis.publish.charts.key import BOUNDS, draw_key
from analysis.publish.charts.pick import (
    bar_row,
    capped,
    common_caveats,
    make_words,
    observed,
    printed,
    row_data,
    rows_text,
    units_text,
)  # fmt: skip
from analysis.publish.charts.rows import Row, draw_bars, lay_out
from analysis.publish.charts.times import draw_times
from analysis.publish.labels import say
from analysis.publish.sources import receipts_of, source_line
from analysis.publish.style import BriefingFigure
from analysis.publish.windows import Window

NAME = "levels"


def levels(facts, place: str, lang: str, indicators=None) -> BriefingFigure:
    """Stock indicators of the place (all, or those asked for), one unit per chart: the unit most of them have.

    Raises NothingToDraw where the place has none.
    """
    table = observed(facts, place, indicators, "stock")
    unit = table["unit"].mode().iloc[0]
    table = _oldest_first(table[table["unit"] == unit])
    rows, total = capped([bar_row(row, lang, {}) for _, row in table.iterrows()])
    fig = BriefingFigure(_words(facts, table, rows, place, lang, total), row_data(NAME, rows))
    panels = lay_out(fig, rows, names=4.0, times=3.0)
    draw_times(panels, rows, lang, "axis.moments")
    draw_bars(panels, rows, say("axis.stock", lang, unit=units_text(table["unit"], lang)))
    draw_key(fig, rows, lang, marks=("key.moment_year", *BOUNDS))
    return fig


def _oldest_first(table: pd.DataFrame) -> pd.DataFrame:
    """Bodies stay below, and indicators in their order; the dates of one indicator run forward, as in the title."""
    order = list(dict.fromkeys(table["indicator"]))
    keys = [
        (pd.notna(row["body"]), order.index(row["indicator"]), Window.of(row).ends() or (date.max,))
        for _, row in table.iterrows()
    ]
    return table.iloc[sorted(range(len(keys)), key=keys.__getitem__)]


def _words(facts, table, rows: list[Row], place: str, lang: str, total: int):
    dates = list(dict.fromkeys(row.window.label(lang) for row in sorted(rows, key=lambda row: row.window.as_of)))
    subtitle = say("levels.subtitle", lang, unit=units_text(table["unit"], lang), windows=", ".join(dates))
    return make_words(
        NAME, lang, _title(table, place, lang), subtitle, source_line(facts, table["id"], lang),
        say("levels.alt", lang, rows=rows_text(rows)), receipts_of(facts, table["id"], lang),
        ["caveat.stock_scope", *common_caveats(rows)], (len(rows), total),
    )  # fmt: skip


def _title(table, place: str, lang: str) -> str:
    """The indicator seen at the most dates, with each of its values; never called growth or decline."""
    counts = table["indicator"].value_counts(sort=False)
    slug = max(counts.index, key=lambda name: counts[name])
    own = [row for _, row in table[table["indicator"] == slug].iterrows()]
    values = [
        say("levels.title_value", lang, value=printed(row, lang), date=Window.of(row).label(lang)) for row in own[-3:]
    ]
    return say(
        "levels.title", lang, place=place, label=labels.inner(labels.indicator(slug, lang)), values="; ".join(values)
    )
