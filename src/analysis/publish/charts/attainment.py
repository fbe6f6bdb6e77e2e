"""Results against their targets: a bar for the result, a line for the target."""

from analysis.publish import labels
from analysis.publish.charts.key import draw_key
from analysis.publish.charts.pick import (
    capped,
    common_caveats,
    computed,
    counted,
    make_words,
    measure_text,
    observation,
    printed,
    row_data,
    rows_text,
    units_text,
)  # fmt: skip
from analysis.publish.charts.rows import Panels, Row, bar_height, lay_out, scale_for
from analysis.publish.charts.times import draw_times, draw_window
from analysis.publish.labels import say
from analysis.publish.sources import receipts_of, source_line
from analysis.publish.style import BLUE, INK, SOFT, VERMILLION, WIDTH, BriefingFigure, NothingToDraw, house_style, mark
from analysis.publish.windows import Window

NAME = "attainment"


def attainment(facts, place: str, lang: str, measure: str = "target_attainment") -> BriefingFigure:
    """Every result that has a target, in the facts' places. Raises NothingToDraw where there is none."""
    try:
        table = computed(facts, [measure])
    except NothingToDraw:
        raise NothingToDraw("nothing.measures", what=labels.measure(measure, lang), place=place) from None
    rows = sorted(
        (_row(facts, row, lang) for _, row in table.iterrows()), key=lambda row: (row.extra["place"] != place, row.name)
    )
    rows, total = capped(rows, 8)
    fig = BriefingFigure(_words(facts, rows, lang, total), _data(rows))
    panels = lay_out(fig, rows, names=2.6, times=3.6)
    draw_times(panels, rows, lang)
    _draw_results(panels, rows, lang)
    draw_key(fig, rows, lang, ("key.target",))
    return fig


def _row(facts, row, lang: str) -> Row:
    result, target = (observation(facts, row[side]) for side in ("numerator", "denominator"))
    windows = Window.of(result), Window.of(target)
    note = windows[0].label(lang)
    text = f"{measure_text(row, lang)} ({say('word.out_of', lang, numerator=printed(result, lang), denominator=printed(target, lang))})"
    scope = labels.scope(row["place"], row["body"])
    return Row(
        scope, note, windows[0], float(result["value"]), text, float(result["lo"]), float(result["hi"]), BLUE, "reported", "",
        {"id": row["id"], "place": row["place"], "result": result, "target": target, "target_window": windows[1], "value": measure_text(row, lang),
         "body": None if scope == row["place"] else row["body"]},
    )  # fmt: skip


def _draw_results(panels: Panels, rows: list[Row], lang: str) -> None:
    axes, height = panels.values, bar_height(panels)
    _draw_target_windows(panels, rows, lang)
    ends = [(max(row.value, float(row.extra["target"]["value"])), row.text) for row in rows]
    with house_style():
        axes.set_xlim(0, scale_for(panels, ends, 12 * panels.zoom))
        for y, row, (end, _) in zip(panels.y, rows, ends, strict=True):
            axes.barh(y, row.value, height=height, **mark("reported", row.colour))
            _draw_target(panels, y, row, height, _target_text(row, lang))
            axes.annotate(
                row.text, (end, y), xytext=(10, 0), textcoords="offset points", va="center", fontsize=12 * panels.zoom, color=INK,
            )  # fmt: skip


def _draw_target(panels: Panels, y: float, row: Row, height: float, text: str) -> None:
    """The target as a line across the bar, its words above it, within the column."""
    axes, target, size = panels.values, float(row.extra["target"]["value"]), 9.5 * panels.zoom
    top = y - height * 0.85
    axes.plot([target, target], [top, y + height * 0.85], color=VERMILLION, linewidth=3, solid_capstyle="butt")
    column, wide = axes.get_position().width * WIDTH, panels.fig.width_of(text, size)
    inches = axes.get_xlim()[1] / column  # data units of one inch
    left = max(0.0, min(target / inches - wide / 2, column - wide))
    axes.annotate(
        text, (left * inches, top), xytext=(2, 3), textcoords="offset points", ha="left", va="bottom", fontsize=size, color=SOFT,
        annotation_clip=False,
    )  # fmt: skip


def _target_text(row: Row, lang: str) -> str:
    target = printed(row.extra["target"], lang)
    return say("attainment.target", lang, value=target, window=row.extra["target_window"].label(lang))


def _windows_text(row: Row, lang: str) -> str:
    names = {"window": row.window.label(lang), "target_window": row.extra["target_window"].label(lang)}
    return say("attainment.windows", lang, **names)


def _draw_target_windows(panels: Panels, rows: list[Row], lang: str) -> None:
    """Below each result's window, thinner, the window by whose end the target is due."""
    below, thick = 0.16 * panels.zoom / panels.unit, 0.06 * panels.zoom / panels.unit
    with house_style():
        for y, row in zip(panels.y, rows, strict=True):
            draw_window(panels.times, y + below, row.extra["target_window"], VERMILLION, lang, thick)


def _words(facts, rows: list[Row], lang: str, total: int):
    first = rows[0]
    result, target = first.extra["result"], first.extra["target"]
    title = say(
        "attainment.title", lang, place=first.name, window=first.window.label(lang), value=first.extra["value"],
        fact=counted(labels.indicator(result["indicator"], lang), printed(result, lang), result["unit"], lang), target=printed(target, lang),
    )  # fmt: skip
    subtitle = say(
        "attainment.subtitle", lang, unit=units_text([result["unit"]], lang), windows=_windows_text(first, lang)
    )
    ids = [observed["id"] for row in rows for observed in (row.extra["result"], row.extra["target"])]
    return make_words(
        NAME, lang, title, subtitle, source_line(facts, ids, lang, derived=True), say("attainment.alt", lang, rows=rows_text(rows)),
        receipts_of(facts, [row.extra["id"] for row in rows], lang), ["caveat.target", *common_caveats(rows)], (len(rows), total),
    )  # fmt: skip


def _data(rows: list[Row]) -> dict:
    data = row_data(NAME, rows)
    data["columns"].append("target")
    for cells, row in zip(data["rows"], rows, strict=True):
        cells.append(float(row.extra["target"]["value"]))
    return data
