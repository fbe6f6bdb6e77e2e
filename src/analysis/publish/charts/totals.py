"""Totals of flows, each beside the window that it covers, drawn at true width."""

from analysis.publish import labels
from analysis.publish.charts.key import draw_key
from analysis.publish.charts.pick import (
    bar_row,
    capped,
    common_caveats,
    counted,
    make_words,
    observed,
    overlapping,
    printed,
    row_data,
    rows_text,
    series_colours,
    units_text,
    whole,
    windows_text,
)  # fmt: skip
from analysis.publish.charts.rows import Row, draw_bars, lay_out
from analysis.publish.charts.times import draw_times
from analysis.publish.labels import say
from analysis.publish.sources import receipts_of, source_line
from analysis.publish.style import BriefingFigure, NothingToDraw
from analysis.publish.windows import Window

NAME = "totals_by_window"


def totals_by_window(facts, place: str, lang: str, indicators) -> BriefingFigure:
    """Totals of one or more flow indicators of one unit, a row per window; a body within the place stands apart below.

    Raises NothingToDraw where the place has no such observation, or the units differ.
    """
    table = observed(facts, place, indicators, "flow")
    if table["unit"].nunique() > 1:
        raise NothingToDraw("nothing.units", what=", ".join(indicators))
    colours = series_colours(indicators)
    rows = [bar_row(row, lang, colours, _group(row, place, lang)) for _, row in table.iterrows()]
    rows, total = capped(rows)
    fig = BriefingFigure(_words(facts, table, rows, place, lang, total), row_data(NAME, rows))
    panels = lay_out(fig, rows)
    draw_times(panels, rows, lang)
    draw_bars(panels, rows, say("axis.total", lang, unit=units_text(table["unit"], lang)))
    draw_key(fig, rows, lang)
    return fig


def _group(row, place: str, lang: str) -> str:
    """Bodies stand under a heading of their own, so that nobody adds them to the place's figures."""
    scope = labels.scope(place, row["body"])
    return "" if scope == place else f"{scope}: {labels.inner(say('key.narrow', lang))}"


def _words(facts, table, rows: list[Row], place: str, lang: str, total: int):
    windows = [row.window for row in rows]
    key = "totals.subtitle" if overlapping(windows) else "totals.subtitle_apart"
    subtitle = say(key, lang, unit=units_text(table["unit"], lang), windows=windows_text(windows, lang))
    return make_words(
        f"{NAME}_{table['indicator'].iloc[0]}", lang, headline(table, place, lang), subtitle,
        source_line(facts, table["id"], lang), say("totals.alt", lang, rows=rows_text(rows)),
        receipts_of(facts, table["id"], lang), common_caveats(rows), (len(rows), total),
    )  # fmt: skip


def headline(table, place: str, lang: str) -> str:
    """The longest window's totals of the place as a whole (of a body, where only a body is known)."""
    chosen = whole(table) if len(whole(table)) else table
    first = min((row for _, row in chosen.iterrows()), key=lambda row: -_length(Window.of(row)))
    window = Window.of(first)
    scope = labels.scope(place, first["body"])
    same = [
        row for _, row in chosen.iterrows() if Window.of(row) == window and labels.scope(place, row["body"]) == scope
    ]
    facts = "; ".join(
        counted(labels.indicator(row["indicator"], lang), printed(row, lang), row["unit"], lang) for row in same
    )
    return say("totals.title", lang, place=scope, window=window.label(lang), facts=facts)


def _length(window: Window) -> float:
    years = window.years()
    return years[1] if years else 0.0
