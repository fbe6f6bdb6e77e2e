"""The grammar that most charts share: one row per fact, with what it is, when it holds, and how much it is.

A row has three columns: its name; its window at true width on a time axis; its value. Windows can overlap freely, because
each has a row of its own, and no line ever joins totals of different windows.
"""

from dataclasses import dataclass, field

import seaborn
from matplotlib.axes import Axes

from analysis.publish.style import BLUE, INK, PAPER, SOFT, Box, BriefingFigure, house_style, mark
from analysis.publish.windows import Window

MOST_ROWS = 12
TALLEST = {1: 2.4, 2: 1.75}  # inches: a chart of two rows does not fill the page with two slabs
TALL = 1.4  # the tallest of three rows and more; rows above it are written in larger letters
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

    @property
    def zoom(self) -> float:
        """How much larger than usual bars and letters are: more than 1 where there are only one or two rows."""
        return 1.25 if self.unit > TALL else 1.0


def lay_out(fig: BriefingFigure, rows: list[Row], names: float = 3.3, times: float | None = 3.9) -> Panels:
    """Divide the figure's body into columns of `names` and `times` inches and the rest for values, and place the rows.

    A few rows stand at the top, and the figure's `floor` (where the key goes) follows them.
    """
    body = fig.body
    floor = body.bottom + KEY_HEIGHT + AXIS_HEIGHT
    heights = [HEADING if kind == "heading" else 1.0 for kind, _ in _slots(rows)]
    unit = min(TALLEST.get(len(rows), TALL), (body.top - floor) / sum(heights))
    area = Box(body.left, body.top - unit * sum(heights), body.right, body.top)
    fig.floor = area.bottom - AXIS_HEIGHT - KEY_HEIGHT
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
            _write_name(panels, row, middle, height * panels.unit)
        top += height


def _write_name(panels: Panels, row: Row, middle: float, height: float) -> None:
    fig, box, zoom = panels.fig, panels.names, panels.zoom
    most = max(1, int((height * 72 - (14 if row.note else 0)) / (14.5 * zoom)))
    lines, size = fig.fit(row.name, box.width, (12.5 if height > 0.8 else 11) * zoom, min(most, 3))
    if not row.note:
        fig.words_at(box.left, middle, "\n".join(lines), size, va="center")
        return
    note, note_size = fig.fit(row.note, box.width, (10.5 if height > 0.8 else 9.5) * zoom, 1)
    block = (len(lines) * size * 1.36 + note_size * 1.36) / 72
    fig.words_at(box.left, middle + block / 2, "\n".join(lines), size, va="top")
    fig.words_at(box.left, middle - block / 2, note[0], note_size, va="bottom", color=SOFT)


# --- the value column


def axis_title(panels: Panels, axes: Axes, text: str) -> None:
    """One line below a column that says what its axis is."""
    box = axes.get_position()
    lines, size = panels.fig.fit(text, box.width * 12.8, 9.5, 1)
    panels.fig.words_at(box.x0 * 12.8, box.y0 * 7.2 - 0.42, lines[0], size, color=SOFT, va="center")


def draw_bars(panels: Panels, rows: list[Row], title: str = "", size: float = 12.5) -> None:
    """A bar per row, from zero or from extra["left"], with its value printed at the end; a bound gets an
    open arrow. `title` names value and unit below the column."""
    axes, size = panels.values, size * panels.zoom
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
    """Height of a bar in rows: three fifths of a row, at most half an inch (more where there are few rows)."""
    return min(0.6, 0.5 * panels.zoom**2 / panels.unit)


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
