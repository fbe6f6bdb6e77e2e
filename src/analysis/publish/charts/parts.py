"""A total and its parts: the total on top, the parts end to end below it, so that a gap or an excess is seen."""

from dataclasses import replace

from analysis.publish import labels
from analysis.publish.charts.key import BOUNDS, draw_key
from analysis.publish.charts.pick import (
    bar_row,
    common_caveats,
    make_words,
    observed,
    printed,
    row_data,
    rows_text,
    units_text,
)
from analysis.publish.charts.rows import Row, draw_bars, lay_out
from analysis.publish.labels import say
from analysis.publish.sources import receipts_of, source_line
from analysis.publish.style import INK, SOFT, BriefingFigure, NothingToDraw, house_style
from analysis.publish.windows import Window
from analysis.reference.codebook import load_codebook

NAME = "parts_of_total"


def parts_of_total(facts, place: str, lang: str, total: str) -> BriefingFigure:
    """The parts of indicator `total` in the newest window that has the total and parts of one scope.

    Parts that make up the total (code book: complete) are drawn if all are known, else those that are a subset of it.
    Raises NothingToDraw where no window has both.
    """
    table, parts, coverage = _choose(facts, place, total, lang)
    rows = _rows(table, parts, total, lang, coverage)
    fig = BriefingFigure(_words(facts, table, rows, place, lang, coverage), row_data(NAME, rows))
    panels = lay_out(fig, rows, names=4.2, times=None)
    draw_bars(panels, rows, say("axis.parts", lang, unit=units_text(table["unit"], lang)))
    _join(panels, rows, coverage)
    draw_key(fig, rows, lang, ("key.total", "key.part"), marks=BOUNDS)
    return fig


def _choose(facts, place: str, total: str, lang: str):
    """(observations of total and parts, slugs of the parts, coverage)."""
    splits = [split for split in load_codebook().parts if split.total == total]
    complete = [split.parts for split in splits if split.coverage == "complete"]
    subset = tuple(part for split in splits if split.coverage == "subset" for part in split.parts)
    for parts, coverage in [*((parts, "complete") for parts in complete), (subset, "subset")]:
        found = _window_with(facts, place, total, parts, coverage) if parts else None
        if found is not None:
            return found, parts, coverage
    raise NothingToDraw("nothing.parts", place=place, what=labels.indicator(total, lang))


def _window_with(facts, place: str, total: str, parts: tuple[str, ...], coverage: str):
    """The newest window and scope that hold the total and its parts (all of them where they make it up)."""
    try:
        table = observed(facts, place, [total, *parts])
    except NothingToDraw:
        return None
    keys = [(Window.of(row), labels.scope(place, row["body"])) for _, row in table.iterrows()]
    fitting = []
    for key in dict.fromkeys(keys):
        rows = table[[other == key for other in keys]].drop_duplicates("indicator")
        seen = set(rows["indicator"])
        if total in seen and (seen >= set(parts) if coverage == "complete" else seen & set(parts)):
            fitting.append((key[0].ends() or (), rows))
    return max(fitting, key=lambda pair: pair[0], default=(None, None))[1]


def _rows(table, parts, total: str, lang: str, coverage: str) -> list[Row]:
    """Total first; each part starts where the one before it ended (complete) or at zero (subset)."""
    by_slug = {row["indicator"]: row for _, row in table.iterrows()}
    rows = [replace(bar_row(by_slug[total], lang, {total: INK}), note="")]
    start = 0.0
    for slug in (slug for slug in parts if slug in by_slug):
        row = replace(bar_row(by_slug[slug], lang, {}), note="")
        row.extra["left"] = start if coverage == "complete" else 0.0
        start += row.value
        rows.append(row)
    return rows


def _join(panels, rows: list[Row], coverage: str) -> None:
    """Thin lines that lead from the end of a part to the start of the next, and to the total."""
    if coverage != "complete":
        return
    with house_style():
        for (y, row), below in zip(zip(panels.y[1:], rows[1:], strict=True), panels.y[2:], strict=False):
            panels.values.plot([row.extra["left"] + row.value] * 2, [y, below], color=SOFT, linewidth=0.8)
        panels.values.plot(
            [rows[0].value] * 2, [panels.y[0], panels.y[-1]], color=SOFT, linewidth=0.8, linestyle=(0, (3, 3)), zorder=0
        )


def _words(facts, table, rows: list[Row], place: str, lang: str, coverage: str):
    window = rows[0].window.label(lang)
    subtitle = say("parts.subtitle", lang, unit=units_text(table["unit"], lang), windows=window)
    ids = [row.extra["id"] for row in rows]
    return make_words(
        f"{NAME}_{rows[0].extra['indicator']}", lang, _title(table, rows, place, lang, coverage), subtitle,
        source_line(facts, ids, lang), say("parts.alt", lang, rows=rows_text(rows)),
        receipts_of(facts, ids, lang), common_caveats(rows),
    )  # fmt: skip


def _title(table, rows: list[Row], place: str, lang: str, coverage: str) -> str:
    total, *parts = rows
    values = {"place": labels.scope(place, total.extra["body"]), "window": total.window.label(lang),
              "label": labels.inner(total.name), "total": total.text}  # fmt: skip
    if coverage == "subset":
        each = [say("parts.part", lang, value=part.text, label=labels.inner(part.name)) for part in parts]
        return say("parts.title_subset", lang, parts="; ".join(each), **values)
    terms = " + ".join(part.text for part in parts)
    if sum(part.value for part in parts) == total.value:
        return say("parts.title_equal", lang, sum=terms, **values)
    first = table[table["indicator"] == total.extra["indicator"]].iloc[0]
    summed = printed(
        first.to_dict() | {bound: sum(part.value for part in parts) for bound in ("value", "lo", "hi")}, lang
    )
    return say("parts.title_differ", lang, sum=f"{terms} = {summed}", **values)
