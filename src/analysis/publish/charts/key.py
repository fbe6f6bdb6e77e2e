"""The key below a plot: only the marks that the chart really uses."""

from collections.abc import Callable
from functools import partial

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from analysis.publish.charts.rows import Row
from analysis.publish.labels import say
from analysis.publish.style import (
    BLUE,
    HEIGHT,
    INK,
    SOFT,
    STATUSES,
    VERMILLION,
    WIDTH,
    BriefingFigure,
    house_style,
    mark,
)
from analysis.publish.windows import Window

SWATCH = 0.26  # inches
SIZE = 9.5
BOUNDS = ("key.at_least", "key.at_most")
MARKS = ("key.open", "key.open_year", *BOUNDS)
BY_THE_YEAR = ("key.open_year", "key.moment_year", "key.possible")  # marks of a date known to the month or year only


def draw_key(
    fig: BriefingFigure, rows: list[Row], lang: str, more: tuple[str, ...] = (), marks: tuple[str, ...] = MARKS
) -> None:
    """Explain statuses, open ends and bounds in one line at the figure's floor.

    `more` adds entries by name; `marks` are those that the chart can draw.
    """
    keys = [f"key.{status}" for status in STATUSES if status in _statuses(rows)]
    keys += [key for key in marks if _used(key, rows)]
    texts = [say(key, lang) for key in (*keys, *more)]
    size = _size(fig, texts)
    x, y = fig.body.left, fig.floor + 0.1
    with house_style():
        for key, text in zip((*keys, *more), texts, strict=True):
            SWATCHES[key](fig, x, y)
            fig.words_at(x + SWATCH + 0.1, y, text, size, color=SOFT, va="center")
            x += SWATCH + 0.1 + fig.width_of(text, size) + 0.32


def _size(fig: BriefingFigure, texts: list[str]) -> float:
    """The letter size at which all entries stand in one line."""
    room = fig.body.width - len(texts) * (SWATCH + 0.42) + 0.32
    wide = sum(fig.width_of(text, SIZE) for text in texts)
    return SIZE if wide <= room else SIZE * room / wide


def _statuses(rows: list[Row]) -> set[str]:
    return {row.status for row in rows} | {row.extra["also"] for row in rows if "also" in row.extra}


def _used(key: str, rows: list[Row]) -> bool:
    return any(
        _applies(key, row, window) for row in rows for window in (row.window, row.extra.get("target_window")) if window
    )


def _applies(key: str, row: Row, window: Window) -> bool:
    if key == "key.open":
        return window.is_open
    if key in BY_THE_YEAR:
        ends = window.ends()
        return bool(ends) and ends[0] != ends[1] and window.known
    if key == "key.at_least":
        return row.hi == float("inf")
    return row.lo == float("-inf")


# --- swatches: (figure, left edge and middle in inches) → one small mark


def _box(fig: BriefingFigure, x: float, y: float, height: float = 0.13, wide: float = SWATCH, **style) -> None:
    """A rectangle of `wide` × `height` inches around the height `y`."""
    corner = x / WIDTH, (y - height / 2) / HEIGHT
    fig.add_artist(Rectangle(corner, wide / WIDTH, height / HEIGHT, **style))


def _point(fig: BriefingFigure, x: float, y: float, marker, aside: float = 0.0, width: float = 1.0, **style) -> None:
    """A marker in the middle of the swatch, `aside` inches to the left of it."""
    at = (x + SWATCH / 2 - aside) / WIDTH
    style = {"color": SOFT, "markersize": 10, "linestyle": "none", "markeredgewidth": width} | style
    fig.add_artist(Line2D([at], [y / HEIGHT], marker=marker, **style))


def _moment(fig: BriefingFigure, x: float, y: float) -> None:
    """A dot on a line, as a date known to the month or year is drawn."""
    ends = [x / WIDTH, (x + SWATCH) / WIDTH]
    fig.add_artist(Line2D(ends, [y / HEIGHT] * 2, color=SOFT, linewidth=1.6, alpha=0.45, solid_capstyle="butt"))
    _point(fig, x, y, "o", markersize=7)


def _possible(fig: BriefingFigure, x: float, y: float) -> None:
    """A small hatched bar with a pale strip above and a pale end at its right."""
    sure, pale = SWATCH - 0.08, {"facecolor": SOFT, "alpha": 0.3, "edgecolor": "none"}
    _box(fig, x, y - 0.02, 0.1, sure, **mark("derived", SOFT))
    _box(fig, x, y + 0.06, 0.05, sure, **pale)
    _box(fig, x + sure, y - 0.02, 0.1, SWATCH - sure, **pale)


SWATCHES: dict[str, Callable[[BriefingFigure, float, float], None]] = {
    **{f"key.{status}": partial(_box, **mark(status, SOFT)) for status in STATUSES},
    "key.total": partial(_box, **mark("reported", INK)),
    "key.part": partial(_box, **mark("reported", BLUE)),
    "key.open": partial(_point, marker=9, aside=0.05),
    "key.open_year": partial(_box, height=0.1, facecolor=SOFT, alpha=0.35),
    "key.moment_year": _moment,
    "key.possible": _possible,
    "key.at_least": partial(_point, marker=9, aside=0.05, markerfacecolor="white"),
    "key.at_most": partial(_point, marker=8, markerfacecolor="white"),
    "key.target": partial(_point, marker="|", width=2.4, color=VERMILLION),
}
