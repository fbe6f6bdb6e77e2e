"""The key below a plot: only the marks that the chart really uses."""

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from analysis.publish.charts.rows import Row
from analysis.publish.labels import say
from analysis.publish.style import HEIGHT, SOFT, STATUSES, VERMILLION, WIDTH, BriefingFigure, house_style, mark
from analysis.publish.windows import Window

SWATCH = 0.26  # inches
SIZE = 9.5
BOUNDS = ("key.at_least", "key.at_most")
MARKS = ("key.open", "key.open_year", *BOUNDS)


def draw_key(
    fig: BriefingFigure, rows: list[Row], lang: str, more: tuple[str, ...] = (), marks: tuple[str, ...] = MARKS
) -> None:
    """Explain statuses, open ends and bounds in one line at the foot of the body.

    `more` adds entries by name; `marks` are those that the chart can draw.
    """
    keys = [f"key.{status}" for status in STATUSES if status in _statuses(rows)]
    keys += [key for key in marks if _used(key, rows)]
    texts = [say(key, lang) for key in (*keys, *more)]
    size = _size(fig, texts)
    x, y = fig.body.left, fig.body.bottom + 0.1
    with house_style():
        for key, text in zip((*keys, *more), texts, strict=True):
            _swatch(fig, key, x, y)
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
    if key == "key.open_year":
        ends = window.ends()
        return bool(ends) and ends[0] != ends[1] and window.known
    if key == "key.at_least":
        return row.hi == float("inf")
    return row.lo == float("-inf")


def _swatch(fig: BriefingFigure, key: str, x: float, y: float) -> None:
    left, middle = x / WIDTH, y / HEIGHT
    name = key.removeprefix("key.")
    if name in STATUSES:
        size = {"width": SWATCH / WIDTH, "height": 0.13 / HEIGHT}
        fig.add_artist(Rectangle((left, middle - 0.065 / HEIGHT), **size, **mark(name, SOFT)))
        return
    if name == "open_year":
        fig.add_artist(
            Rectangle((left, middle - 0.05 / HEIGHT), SWATCH / WIDTH, 0.1 / HEIGHT, facecolor=SOFT, alpha=0.35)
        )
        return
    shape = {
        "open": (9, SOFT),
        "at_least": (9, "white"),
        "at_most": (8, "white"),
        "target": ("|", SOFT),
        "narrow": ("D", "white"),
    }
    marker, face = shape[name]
    colour = VERMILLION if name == "target" else SOFT
    at = left + (SWATCH / 2 - (0.05 if marker == 9 else 0)) / WIDTH
    width = 2.4 if marker == "|" else 1.0
    fig.add_artist(
        Line2D(
            [at],
            [middle],
            marker=marker,
            markersize=10,
            color=colour,
            markerfacecolor=face,
            linestyle="none",
            markeredgewidth=width,
        )
    )
