"""All measures in one picture: what was divided by what, in which window, and what came out."""

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from analysis.publish import labels
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
from analysis.publish.charts.rows import Row
from analysis.publish.labels import say
from analysis.publish.sources import receipts_of, source_line
from analysis.publish.style import (
    BLUE,
    FAINT,
    HEIGHT,
    INK,
    SOFT,
    VERMILLION,
    WIDTH,
    BriefingFigure,
    NothingToDraw,
    house_style,
    mark,
)
from analysis.reference.codebook import load_codebook

NAME = "measures_overview"
MOST = 14
COLUMNS = {
    "overview.head_measure": 0.0,
    "overview.head_window": 3.4,
    "overview.head_parts": 6.2,
    "overview.head_value": 8.45,
}
BAR = 1.3  # inches that 100 % take


def measures_overview(facts, place: str, lang: str, measures=None) -> BriefingFigure:
    """Every measure computed (or those of the slugs `measures`) in the facts' places, in the code book's order, the asked
    place first; percents with a bar. As many as fit; the subtitle says how many there are.

    Raises NothingToDraw where none could be computed.
    """
    table = _computed(facts, place, lang, measures)
    order = [book.slug for book in load_codebook().measures]
    rows = [_row(facts, row, place, lang) for _, row in table.iterrows()]
    rows.sort(
        key=lambda row: (
            order.index(row.extra["measure"]),
            row.extra["place"] != place,
            row.extra["scope"],
            row.window.sort_key(),
        )
    )
    rows, total = capped(rows, MOST)
    fig = BriefingFigure(
        _words(facts, rows, place, lang, total, f"{NAME}_{measures[0]}" if measures else NAME), row_data(NAME, rows)
    )
    _draw(fig, rows, lang)
    draw_key(fig, rows, lang, marks=())
    return fig


def _computed(facts, place: str, lang: str, measures):
    try:
        return computed(facts, measures)
    except NothingToDraw:
        what = ", ".join(labels.measure(slug, lang) for slug in measures or ())
        raise NothingToDraw("nothing.measures", place=place, what=what or say("overview.head_measure", lang)) from None


def _row(facts, row, place: str, lang: str) -> Row:
    numerator, denominator = (observation(facts, row[side]) for side in ("numerator", "denominator"))
    scope, window = labels.scope(row["place"], row["body"]), measure_window(facts, row)
    book = labels.measure_row(row["measure"])
    return Row(
        labels.measure(row["measure"], lang), f"{scope}, {window.label(lang)}", window, float(row["value"]), measure_text(row, lang),
        float(row["lo"]), float(row["hi"]), BLUE if scope == place else VERMILLION, "derived", "",
        {"id": row["id"], "measure": row["measure"], "place": row["place"], "scope": scope,
         "body": None if scope == row["place"] else row["body"], "percent": bool(book and book.result == "percent"),
         "ratio": say("word.out_of", lang, numerator=printed(numerator, lang), denominator=printed(denominator, lang)),
         "parts": [row["numerator"], row["denominator"]]},
    )  # fmt: skip


def _draw(fig: BriefingFigure, rows: list[Row], lang: str) -> None:
    """A table drawn by hand: heads, a thin rule per row, a bar where the measure is a percent."""
    left, top = fig.body.left, fig.body.top - 0.05
    for head, at in COLUMNS.items():
        fig.words_at(left + at, top, say(head, lang), 10, weight="bold", color=SOFT, va="top")
    unit = min(0.42, (top - 0.3 - fig.body.bottom - 0.35) / len(rows))
    fig.floor = top - 0.3 - unit * len(rows) - 0.35
    size = min(11.0, unit * 72 / 2.1)
    with house_style():
        for index, row in enumerate(rows):
            middle = top - 0.3 - unit * (index + 0.5)
            repeated = index > 0 and row.name == rows[index - 1].name
            _rule(fig, middle + unit / 2, left + (COLUMNS["overview.head_window"] if repeated else 0))
            _draw_row(fig, row, middle, size, lang, repeated)


def _rule(fig: BriefingFigure, y: float, left: float) -> None:
    fig.add_artist(Line2D([left / WIDTH, fig.body.right / WIDTH], [y / HEIGHT] * 2, color=FAINT, linewidth=0.9))


def _draw_row(fig: BriefingFigure, row: Row, middle: float, size: float, lang: str, repeated: bool) -> None:
    starts = list(COLUMNS.values())
    widths = [end - start - 0.15 for start, end in zip(starts, [*starts[1:], fig.body.width], strict=True)]
    texts = ["" if repeated else row.name, row.note, row.extra["ratio"]]
    for text, start, width in zip(texts, starts, widths, strict=False):
        lines, fitted = fig.fit(text, width, size, 1)
        fig.words_at(fig.body.left + start, middle, lines[0], fitted, color=INK, va="center")
    x = fig.body.left + starts[3]
    if row.extra["percent"]:
        size_of = {"width": BAR * min(row.value, 110) / 100 / WIDTH, "height": 0.16 / HEIGHT}
        fig.add_artist(
            Rectangle(
                (x / WIDTH, (middle - 0.08) / HEIGHT), BAR / WIDTH, 0.16 / HEIGHT, facecolor="#f0f0f0", edgecolor=FAINT
            )
        )
        fig.add_artist(Rectangle((x / WIDTH, (middle - 0.08) / HEIGHT), **size_of, **mark("derived", row.colour)))
    at = x + (BAR * 1.1 + 0.12 if row.extra["percent"] else 0)
    lines, fitted = fig.fit(row.text, fig.body.right - at, size * 1.1, 1, "bold")
    fig.words_at(at, middle, lines[0], fitted, weight="bold", va="center")


def _words(facts, rows: list[Row], place: str, lang: str, total: int, name: str):
    first = rows[0]
    key = "overview.title" if total > 1 else "overview.title_one"
    title = say(
        key,
        lang,
        place=place,
        n=total,
        measure=labels.inner(first.name),
        value=first.text,
        window=first.window.label(lang),
    )
    alt = [f"{row.name}, {row.note}: {row.text} = {row.extra['ratio']}" for row in rows]
    return make_words(
        name, lang, title, say("overview.subtitle", lang, windows=windows_text([row.window for row in rows], lang)),
        source_line(facts, [part for row in rows for part in row.extra["parts"]], lang, derived=True),
        say("overview.alt", lang, rows="; ".join(alt) + "."), receipts_of(facts, [row.extra["id"] for row in rows], lang),
        ["caveat.not_cohort", *common_caveats(rows)], (len(rows), total),
    )  # fmt: skip
