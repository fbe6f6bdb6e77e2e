"""One measure over all its windows, places and bodies: what came of what, each with its numerator and denominator."""

from matplotlib.patches import Rectangle

from analysis.publish import formats, labels
from analysis.publish.charts.key import draw_key
from analysis.publish.charts.pick import (
    capped,
    common_caveats,
    computed,
    make_words,
    measure_text,
    measure_window,
    observation,
    printed,
    row_data,
    windows_text,
)  # fmt: skip
from analysis.publish.charts.rows import Panels, Row, bar_height, lay_out
from analysis.publish.charts.times import draw_times
from analysis.publish.labels import say
from analysis.publish.sources import receipts_of, source_line
from analysis.publish.style import (
    BLUE,
    FAINT,
    INK,
    SOFT,
    VERMILLION,
    WIDTH,
    BriefingFigure,
    NothingToDraw,
    house_style,
    mark,
)

NAME = "conversion"


def conversion(facts, place: str, lang: str, measure: str = "conversion") -> BriefingFigure:
    """A percent measure (default: admitted per referred) per place, body and window; the asked place first.

    Numerator and denominator are of one window and population, or the measure does not exist. Raises NothingToDraw
    where the facts hold no such measure.
    """
    rows, total = capped(_rows(facts, place, lang, measure), 9)
    table = facts.measures[facts.measures["id"].isin([row.extra["id"] for row in rows])]
    fig = BriefingFigure(_words(facts, table, rows, place, lang, total, measure), _data(rows))
    panels = lay_out(fig, rows, names=2.9, times=3.4)
    draw_times(panels, rows, lang)
    _draw_shares(panels, rows)
    draw_key(fig, rows, lang)
    return fig


def _rows(facts, place: str, lang: str, measure: str) -> list[Row]:
    try:
        table = computed(facts, [measure])
    except NothingToDraw:
        raise NothingToDraw("nothing.measures", what=labels.measure(measure, lang), place=place) from None
    rows = [_row(facts, row, place, lang) for _, row in table.iterrows()]
    return sorted(
        rows,
        key=lambda row: (
            row.extra["place"] != place,
            bool(row.extra["body"]),
            row.extra["place"],
            row.window.sort_key(),
        ),
    )


def _row(facts, row, place: str, lang: str) -> Row:
    numerator, denominator = (observation(facts, row[side]) for side in ("numerator", "denominator"))
    ratio = say("word.out_of", lang, numerator=printed(numerator, lang), denominator=printed(denominator, lang))
    scope, window = labels.scope(row["place"], row["body"]), measure_window(facts, row)
    return Row(
        scope, window.label(lang), window, float(row["value"]), measure_text(row, lang),
        float(row["lo"]), float(row["hi"]), BLUE if scope == place else VERMILLION, "derived", "",
        {"id": row["id"], "ratio": ratio, "place": row["place"], "body": None if scope == row["place"] else row["body"],
         "numerator": float(numerator["value"]), "denominator": float(denominator["value"])},
    )  # fmt: skip


def _draw_shares(panels: Panels, rows: list[Row]) -> None:
    """A track of 100 % per row with the share hatched; the ratio in large letters, its two counts below."""
    axes, most = panels.values, max(100.0, max(row.value for row in rows))
    width = axes.get_position().width * WIDTH
    room = max(panels.fig.width_of(row.extra["ratio"], 10.5 * panels.zoom) for row in rows) + 0.3
    height = bar_height(panels)
    with house_style():
        axes.set_xlim(0, most * width / max(width - room, width * 0.3))
        for y, row in zip(panels.y, rows, strict=True):
            axes.add_patch(Rectangle((0, y - height / 2), 100, height, facecolor="#f0f0f0", edgecolor=FAINT))
            axes.barh(y, row.value, height=height, **mark("derived", row.colour))
            _write_share(axes, y, row, most, panels.zoom)
        axes.set_xticks([0, 50, 100], [formats.percent(tick, panels.fig.words.lang) for tick in (0, 50, 100)])
        axes.tick_params(axis="x", length=0, labelsize=10, labelcolor=SOFT, pad=4)


def _write_share(axes, y: float, row: Row, most: float, zoom: float) -> None:
    place = {"textcoords": "offset points", "annotation_clip": False}
    big, small = 13.5 * zoom, 10.5 * zoom
    axes.annotate(row.text, (most, y), xytext=(10, 1), va="bottom", fontsize=big, weight="bold", color=INK, **place)
    axes.annotate(row.extra["ratio"], (most, y), xytext=(10, -2), va="top", fontsize=small, color=SOFT, **place)


def _words(facts, table, rows: list[Row], place: str, lang: str, total: int, measure: str):
    book = labels.measure_row(measure)
    names = [labels.indicator(slug, lang) for slug in (book.numerator, book.denominator)] if book else [measure, ""]
    subtitle = say(
        "conversion.subtitle", lang, numerator=names[0], denominator=labels.inner(names[1]),
        windows=windows_text([row.window for row in rows], lang),
    )  # fmt: skip
    ids = [*table["numerator"], *table["denominator"]]
    alt_rows = [f"{row.name} ({row.note}): {row.text} = {row.extra['ratio']}" for row in rows]
    return make_words(
        f"{NAME}_{measure}" if measure != NAME else NAME, lang, _title(rows, place, lang, measure), subtitle,
        source_line(facts, ids, lang, derived=True), say("conversion.alt", lang, rows="; ".join(alt_rows) + "."),
        receipts_of(facts, [row.extra["id"] for row in rows], lang), ["caveat.not_cohort", *common_caveats(rows)], (len(rows), total),
    )  # fmt: skip


def _title(rows: list[Row], place: str, lang: str, measure: str) -> str:
    """The longest window of the first row's scope, and the spread over that scope's windows."""
    own = [row for row in rows if row.name == rows[0].name]
    first = max(own, key=lambda row: (row.window.years() or (0, 0))[1])
    name = labels.inner(labels.measure(measure, lang))
    title = say(
        "conversion.title", lang, place=first.name, window=first.window.label(lang), measure=name, value=first.text
    )
    ranked = sorted(own, key=lambda row: row.value)
    if ranked[0].text != ranked[-1].text:
        title += say("conversion.title_range", lang, low=ranked[0].text, high=ranked[-1].text)
    return title


def _data(rows: list[Row]) -> dict:
    data = row_data(NAME, rows)
    data["columns"] += ["numerator", "denominator"]
    for cells, row in zip(data["rows"], rows, strict=True):
        cells += [row.extra["numerator"], row.extra["denominator"]]
    return data
