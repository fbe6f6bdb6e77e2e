"""The grammar that most charts share: one row per fact, with what it is, when it holds, and how much it is.

A row has three columns: its name; its window at true width on a time axis; its value. Windows can overlap freely, because
each has a row of its own, and no line ever joins totals of different windows.
"""

from dataclasses import dataclass, field
from datetime import date

import seaborn
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.publish.labels import say
from analysis.publish.style import BLUE, FAINT, INK, PAPER, SOFT, Box, BriefingFigure, house_style, mark
from analysis.publish.windows import Window

MOST_ROWS = 12
TALLEST = 1.4  # inches: a chart of two rows does not fill the page with two slabs
GAP = 0.32  # inches between columns
HEADING = 0.55  # height of a group's heading, in rows
KEY_HEIGHT = 0.34
AXIS_HEIGHT = 0.6


@dataclass(frozen=True)
class Row:
    """One fact to draw. `text` is the value as printed, `note` a second, smaller line below the name."""

    name: str
    note: str
    window: Window
    value: float
    text: str
    lo: float
    hi: float
    colour: str = BLUE
    status: str = "reported"
    group: str = ""
    extra: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Panels:
    """The columns of a row chart. `y` is the centre of each row, `unit` the height of one row in inches."""

    fig: BriefingFigure
    names: Box
    times: Axes | None
    values: Axes
    y: list[float]
    unit: float


def lay_out(fig: BriefingFigure, rows: list[Row], names: float = 3.3, times: float | None = 3.9) -> Panels:
    """Divide the figure's body into columns of `names` and `times` inches and the rest for values, and place the rows."""
    body = fig.body
    floor = body.bottom + KEY_HEIGHT + AXIS_HEIGHT
    heights = [HEADING if kind == "heading" else 1.0 for kind, _ in _slots(rows)]
    unit = min(TALLEST, (body.top - floor) / sum(heights))
    top = body.top - max(0.0, (body.top - floor - unit * sum(heights)) * 0.35)
    area = Box(body.left, top - unit * sum(heights), body.right, top)
    name_box = Box(area.left, area.bottom, area.left + names, area.top)
    after_times = name_box.right + GAP + (times + GAP if times else 0)
    with house_style():
        time_axes = None
        if times:
            time_axes = _axes(
                fig, Box(name_box.right + GAP, area.bottom, name_box.right + GAP + times, area.top), heights
            )
        value_axes = _axes(fig, Box(after_times, area.bottom, area.right, area.top), heights)
        value_axes.set_xticks([])
        value_axes.spines["left"].set_visible(True)
        value_axes.spines["left"].set_color(SOFT)
        panels = Panels(fig, name_box, time_axes, value_axes, _centres(rows, heights), unit)
        _write_names(panels, rows, heights)
    return panels


def _slots(rows: list[Row]) -> list[tuple[str, Row]]:
    """Rows with a heading slot before the first row of each named group."""
    slots, group = [], ""
    for row in rows:
        if row.group and row.group != group:
            slots.append(("heading", row))
        group = row.group
        slots.append(("row", row))
    return slots


def _axes(fig: BriefingFigure, box: Box, heights: list[float]) -> Axes:
    axes = fig.add_axes(box.fractions())
    axes.set_ylim(sum(heights), 0)
    axes.set_yticks([])
    seaborn.despine(ax=axes, left=True, bottom=True)
    return axes


def _centres(rows: list[Row], heights: list[float]) -> list[float]:
    centres, top = [], 0.0
    for (kind, _), height in zip(_slots(rows), heights, strict=True):
        if kind == "row":
            centres.append(top + height / 2)
        top += height
    return centres


def _write_names(panels: Panels, rows: list[Row], heights: list[float]) -> None:
    fig, box, top = panels.fig, panels.names, 0.0
    for (kind, row), height in zip(_slots(rows), heights, strict=True):
        middle = box.top - (top + height / 2) * panels.unit
        if kind == "heading":
            lines, size = fig.fit(row.group, fig.body.width, 10.5, 1, "bold")
            clear = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}
            fig.words_at(box.left, middle - 0.04, lines[0], size, weight="bold", color=SOFT, va="center", bbox=clear)
        else:
            _write_name(fig, row, box, middle, height * panels.unit)
        top += height


def _write_name(fig: BriefingFigure, row: Row, box: Box, middle: float, height: float) -> None:
    most = max(1, int((height * 72 - (14 if row.note else 0)) / 14.5))
    lines, size = fig.fit(row.name, box.width, 12.5 if height > 0.8 else 11, min(most, 3))
    if not row.note:
        fig.words_at(box.left, middle, "\n".join(lines), size, va="center")
        return
    note, note_size = fig.fit(row.note, box.width, 10.5 if height > 0.8 else 9.5, 1)
    block = (len(lines) * size * 1.36 + note_size * 1.36) / 72
    fig.words_at(box.left, middle + block / 2, "\n".join(lines), size, va="top")
    fig.words_at(box.left, middle - block / 2, note[0], note_size, va="bottom", color=SOFT)


# --- the time column


def draw_times(panels: Panels, rows: list[Row], lang: str, title: str = "axis.windows") -> None:
    """Every row's window at its true width; open ends as arrows; an end known to the year only drawn fainter."""
    axes = panels.times
    assert axes is not None, "lay_out was asked for no time column"
    first, last = _time_range([row.window for row in rows])
    with house_style():
        axes.set_xlim(first, last)
        _year_grid(axes, first, last, panels)
        for y, row in zip(panels.y, rows, strict=True):
            draw_window(axes, y, row.window, row.colour, lang, _thickness(panels))
        axis_title(panels, axes, say(title, lang))


def _thickness(panels: Panels) -> float:
    """Height of a window's bar, in rows: about 0.14 inch whatever the row's height."""
    return min(0.5, 0.14 / panels.unit)


def _time_range(windows: list[Window]) -> tuple[float, float]:
    windows = [window for window in windows if window.known]
    starts = [window.start or ends[0] for window in windows if (ends := window.ends()) or window.start]
    ends = [pair[1] for window in windows if (pair := window.ends())]
    if not starts:
        return date(2000, 1, 1).toordinal(), date(2001, 1, 1).toordinal()
    first = date(min(starts).year, 1, 1)
    last = max([*ends, *starts])
    return first.toordinal() - 40, date(last.year, 12, 31).toordinal() + max(120, (last - first).days * 0.05)


def _year_grid(axes: Axes, first: float, last: float, panels: Panels) -> None:
    start, end = date.fromordinal(int(first) + 50).year, date.fromordinal(int(last)).year
    every = next(step for step in (1, 2, 5, 10, 20, 50) if (end - start) / step <= 6)
    years = [year for year in range(start, end + 1) if (year - start) % every == 0]
    for year in years:
        axes.axvline(date(year, 1, 1).toordinal(), color=FAINT, linewidth=0.8, zorder=0)
    axes.set_xticks([date(year, 1, 1).toordinal() for year in years], [str(year) for year in years])
    axes.tick_params(axis="x", length=0, labelsize=10, labelcolor=SOFT, pad=4)


def draw_window(axes: Axes, y: float, window: Window, colour: str, lang: str, thick: float) -> None:
    """One window: a bar, or a dot for a stock. Nothing is drawn where nothing is known; a word says so."""
    ends = window.ends()
    if not window.known:
        left, right = axes.get_xlim()
        axes.text(
            (left + right) / 2, y, say("word.unknown_window", lang), ha="center", va="center", fontsize=9.5, color=SOFT
        )
        return
    if window.start is None:
        _draw_moment(axes, y, ends, colour)
        return
    start = window.start.toordinal()
    if ends is None:
        _draw_unknown_end(axes, y, start, colour, lang)
        return
    sure, possible = ends[0].toordinal() + 1, ends[1].toordinal() + 1
    axes.add_patch(Rectangle((start, y - thick / 2), sure - start, thick, facecolor=colour, edgecolor="none"))
    if possible > sure + 1:
        axes.add_patch(
            Rectangle((sure, y - thick / 2), possible - sure, thick, facecolor=colour, alpha=0.3, edgecolor="none")
        )
    if window.is_open:
        axes.plot([possible], [y], marker=9, markersize=9, color=colour, clip_on=False, linestyle="none")


def _draw_moment(axes: Axes, y: float, ends: tuple[date, date], colour: str) -> None:
    low, high = ends[0].toordinal(), ends[1].toordinal() + 1
    if high - low > 1:
        axes.plot([low, high], [y, y], color=colour, linewidth=1.6, alpha=0.45, solid_capstyle="butt")
    axes.plot([(low + high) / 2], [y], marker="o", markersize=8, color=colour, linestyle="none")


def _draw_unknown_end(axes: Axes, y: float, start: float, colour: str, lang: str) -> None:
    left, right = axes.get_xlim()
    axes.plot([start, start + (right - left) * 0.12], [y, y], color=colour, linewidth=2, linestyle=(0, (2, 2)))
    axes.text(start + (right - left) * 0.14, y, say("word.unknown_end", lang), va="center", fontsize=9, color=SOFT)


def axis_title(panels: Panels, axes: Axes, text: str) -> None:
    """One line below a column that says what its axis is."""
    box = axes.get_position()
    lines, size = panels.fig.fit(text, box.width * 12.8, 9.5, 1)
    panels.fig.words_at(box.x0 * 12.8, box.y0 * 7.2 - 0.42, lines[0], size, color=SOFT, va="center")


# --- the value column


def draw_bars(panels: Panels, rows: list[Row], title: str = "", size: float = 12.5) -> None:
    """A bar per row, from zero or from extra["left"], with its value printed at the end; a bound gets an
    open arrow. `title` names value and unit below the column."""
    axes = panels.values
    height = bar_height(panels)
    with house_style():
        axes.set_xlim(0, scale_for(panels, [(_end(row), row.text) for row in rows], size))
        for y, row in zip(panels.y, rows, strict=True):
            axes.barh(y, row.value, left=row.extra.get("left", 0.0), height=height, **mark(row.status, row.colour))
            reach = _draw_hedge(axes, y, row)
            axes.annotate(
                row.text, (_end(row), y), xytext=(8 + reach, 0), textcoords="offset points",
                va="center", fontsize=size, color=INK, annotation_clip=False,
            )  # fmt: skip
        axis_title(panels, axes, title)


def bar_height(panels: Panels) -> float:
    """Height of a bar in rows: three fifths of a row, at most half an inch."""
    return min(0.6, 0.5 / panels.unit)


def _end(row: Row) -> float:
    return row.extra.get("left", 0.0) + row.value


def scale_for(panels: Panels, ends: list[tuple[float, str]], size: float) -> float:
    """The axis' right end in data units, so that every (value, text) fits with its text behind the bar."""
    width = panels.values.get_position().width * 12.8
    most = max(value for value, _ in ends)
    if most <= 0:
        return 1.0
    free = [(value, max(width - panels.fig.width_of(text, size) - 0.45, width * 0.1)) for value, text in ends]
    return max(value * width / room for value, room in free if value > 0)


def _draw_hedge(axes: Axes, y: float, row: Row) -> float:
    """Arrow heads for a bound; returns the room in points that they take before the label."""
    if row.hi == float("inf"):
        axes.plot([_end(row)], [y], marker=9, markersize=11, color=row.colour, markerfacecolor="white", clip_on=False)
        return 9
    if row.lo == float("-inf"):
        axes.plot([_end(row)], [y], marker=8, markersize=11, color="white", markeredgecolor="white", clip_on=False)
        return 0
    if row.lo < row.hi:
        axes.plot([row.lo, row.hi], [y, y], color=INK, linewidth=1.4, marker="|", markersize=9)
    return 0
