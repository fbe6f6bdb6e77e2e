"""Averages a year: a rectangle per window, as wide as the window and as high as its average, so its area is its total."""

from dataclasses import replace

from matplotlib.patches import Rectangle

from analysis.publish import formats, labels
from analysis.publish.charts.key import draw_key
from analysis.publish.charts.pick import (
    bar_row,
    capped,
    common_caveats,
    counted,
    make_words,
    observed,
    printed,
    row_data,
    rows_text,
    series_colours,
    units_text,
    whole,
    windows_text,
)  # fmt: skip
from analysis.publish.charts.rows import GAP, Panels, Row, lay_out
from analysis.publish.charts.times import draw_times
from analysis.publish.labels import say
from analysis.publish.sources import receipts_of, source_line
from analysis.publish.style import INK, SOFT, WIDTH, BriefingFigure, NothingToDraw, house_style, mark

NAME = "rates_by_window"


def rates_by_window(facts, place: str, lang: str, indicators) -> BriefingFigure:
    """Average a year of flow indicators of one unit, for the place as a whole; a range where the end is known to the year.

    An average is total / years (windows.Window.years). Raises NothingToDraw where no window has both ends.
    """
    table = whole(observed(facts, place, indicators, "flow"))
    if table["unit"].nunique() > 1:
        raise NothingToDraw("nothing.units", what=", ".join(indicators))
    colours = series_colours(indicators)
    rows = [rate for _, row in table.iterrows() if (rate := _rate_row(row, lang, colours))]
    if not rows:
        raise NothingToDraw(
            "nothing.rates", what=", ".join(labels.indicator(slug, lang) for slug in indicators), place=place
        )
    rows, total = capped(rows, 8)
    table = table[table["id"].isin([row.extra["id"] for row in rows])]
    fig = BriefingFigure(_words(facts, table, rows, place, lang, total), row_data(NAME, rows))
    panels = lay_out(fig, rows, names=3.3, times=4.6)
    draw_times(panels, rows, lang, "axis.rate")
    _draw_rates(panels, rows)
    draw_key(fig, rows, lang, marks=("key.open", "key.possible"))
    return fig


def _rate_row(row, lang: str, colours: dict[str, str]) -> Row | None:
    """The average as an interval: longest window gives the least, shortest the most; None without both ends."""
    plain = bar_row(row, lang, colours)
    years = plain.window.years()
    if years is None or row["value"] <= 0:
        return None
    low, high = row["value"] / years[1], row["value"] / years[0]
    text = say("word.per_year", lang, value=_interval(low, high, row, lang))
    extra = plain.extra | {"low": low, "high": high, "total": printed(row, lang), "years": _years_text(years, lang)}
    return replace(plain, value=(low + high) / 2, text=text, status="derived", extra=extra)


def _interval(low: float, high: float, row, lang: str) -> str:
    """ "1.221", "1.193–1.313", "trên 40": rounded to whole units, below 10 to one decimal."""
    decimals = 1 if high < 10 else 0
    first, last = (formats.amount(value, row["unit"], lang, decimals) for value in (low, high))
    if row["hi"] == float("inf"):
        return formats.HEDGES[lang, "at_least"].format(first)
    if row["lo"] == float("-inf"):
        return formats.HEDGES[lang, "at_most"].format(last)
    return first if first == last else f"{first}–{last}"


def _years_text(years: tuple[float, float], lang: str) -> str:
    low, high = (formats.number(round(value, 1), lang) for value in years)
    return say("word.years", lang, n=low if low == high else f"{low}–{high}")


def _draw_rates(panels: Panels, rows: list[Row]) -> None:
    axes = panels.times
    tallest = max(row.extra["high"] for row in rows)
    with house_style():
        for y, row in zip(panels.y, rows, strict=True):
            _clear_bar(axes, y)
            _draw_rate(axes, y + 0.4 * row.extra["high"] / tallest, row, 0.8 / tallest)
        _hide_value_axis(panels)
        for y, row in zip(panels.y, rows, strict=True):
            _write_rate(panels, y, row)


def _clear_bar(axes, y: float) -> None:
    """The rectangle takes the place of the thin window bar that other charts draw."""
    for patch in list(axes.patches):
        if abs(patch.get_y() + patch.get_height() / 2 - y) < 1e-6:
            patch.remove()
    for line in list(axes.lines):
        if len(line.get_ydata()) == 1 and abs(line.get_ydata()[0] - y) < 1e-6:
            line.remove()


def _draw_rate(axes, base: float, row: Row, scale: float) -> None:
    """From `base` up: hatched, the least average over the sure part of the window; pale, what is not sure of either.

    `scale` is rows per unit of the average, one for all rows, so that areas compare.
    """
    sure, possible = row.window.ends()
    left, right, end = row.window.start.toordinal(), sure.toordinal() + 1, possible.toordinal() + 1
    low, high = row.extra["low"] * scale, row.extra["high"] * scale
    axes.add_patch(Rectangle((left, base - low), right - left, low, **mark("derived", row.colour)))
    if high > low * 1.001:
        axes.add_patch(
            Rectangle((left, base - high), right - left, high - low, facecolor=row.colour, alpha=0.22, edgecolor="none")
        )
        axes.add_patch(
            Rectangle((right, base - low), end - right, low, facecolor=row.colour, alpha=0.22, edgecolor="none")
        )
    axes.plot([left, end], [base, base], color=SOFT, linewidth=0.8)
    if row.window.is_open:
        axes.plot([end], [base - low / 2], marker=9, markersize=9, color=row.colour, clip_on=False, linestyle="none")


def _hide_value_axis(panels: Panels) -> None:
    panels.values.set_xlim(0, 1)
    panels.values.spines["left"].set_visible(False)


def _write_rate(panels: Panels, y: float, row: Row) -> None:
    """The average in large letters beside its rectangle, how it was computed below."""
    fig = panels.fig
    box = panels.values.get_position()
    x, middle = box.x0 * WIDTH, (box.y1 * fig.get_figheight()) - y * panels.unit
    room = fig.body.right - x - GAP / 2
    lines, size = fig.fit(row.text, room, 13 * panels.zoom, 1, "bold")
    fig.words_at(x, middle + 0.03, lines[0], size, weight="bold", color=INK, va="bottom")
    below = f"= {row.extra['total']} / {row.extra['years']}"
    lines, size = fig.fit(below, room, 10 * panels.zoom, 1)
    fig.words_at(x, middle - 0.03, lines[0], size, color=SOFT, va="top")


def _words(facts, table, rows: list[Row], place: str, lang: str, total: int):
    subtitle = say(
        "rates.subtitle",
        lang,
        unit=units_text(table["unit"], lang),
        windows=windows_text([row.window for row in rows], lang),
    )
    made = [f"{row.name} ({row.note}): {row.text} = {row.extra['total']} / {row.extra['years']}." for row in rows]
    return make_words(
        f"{NAME}_{table['indicator'].iloc[0]}", lang, _title(rows, place, lang), subtitle,
        source_line(facts, table["id"], lang, derived=True), say("rates.alt", lang, rows=rows_text(rows)),
        (*made, *receipts_of(facts, table["id"], lang)), [*common_caveats(rows), "caveat.open_end"], (len(rows), total),
    )  # fmt: skip


def _title(rows: list[Row], place: str, lang: str) -> str:
    """The longest window of the last indicator (the outcome, where several are asked for), then its shortest."""
    outcome = [row for row in rows if row.name == rows[-1].name]
    ranked = sorted(outcome, key=lambda row: -row.window.years()[1])
    first, last = ranked[0], ranked[-1]
    unit_free = [row.text.removesuffix(say("word.per_year", lang, value="")) for row in (first, last)]
    fact = counted(first.name, unit_free[0], first.extra["unit"], lang)
    title = say("rates.title", lang, place=place, window=first.window.label(lang), fact=fact)
    if len(ranked) > 1:
        title += say("rates.title_other", lang, window=last.window.label(lang), value=unit_free[1])
    return title
