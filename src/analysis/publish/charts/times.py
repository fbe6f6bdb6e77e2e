"""The time column of row charts: every window at its true width, each year named in its middle, between its borders."""

from datetime import date

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.publish.charts.rows import Panels, Row, axis_title
from analysis.publish.labels import say
from analysis.publish.style import FAINT, SOFT, house_style
from analysis.publish.windows import Window

YEARS_NAMED = 7  # at most, in one column


def draw_times(panels: Panels, rows: list[Row], lang: str, title: str = "axis.windows") -> None:
    """Every row's window at its true width; open ends as arrows; an end known to the year only drawn fainter."""
    axes = panels.times
    assert axes is not None, "lay_out was asked for no time column"
    first, last = _years([window for row in rows for window in (row.window, row.extra.get("target_window")) if window])
    with house_style():
        after = date(last + 1, 1, 1).toordinal()
        days = after - date(first, 1, 1).toordinal()
        axes.set_xlim(date(first, 1, 1).toordinal() - 0.01 * days, after + max(120, 0.05 * days))  # room for an arrow
        _year_grid(axes, first, last)
        for y, row in zip(panels.y, rows, strict=True):
            draw_window(axes, y, row.window, row.colour, lang, _thickness(panels))
        axis_title(panels, axes, say(title, lang))


def _thickness(panels: Panels) -> float:
    """Height of a window's bar, in rows: about 0.14 inch whatever the row's height (more where there are few rows)."""
    return min(0.5, 0.14 * panels.zoom / panels.unit)


def _years(windows: list[Window]) -> tuple[int, int]:
    """The first and the last year in which a window lies, surely or possibly; 2000 where no window is known."""
    ends = [(window.start, *(window.ends() or ())) for window in windows if window.known]
    days = [day for known in ends for day in known if day]
    return (min(days).year, max(days).year) if days else (2000, 2000)


def _year_grid(axes: Axes, first: int, last: int) -> None:
    """A line at each border of a year; names centred between them, counted back from the last year, which is always named."""
    every = next(step for step in (1, 2, 5, 10, 20, 50) if (last - first + 1) / step <= YEARS_NAMED)
    named = [year for year in range(first, last + 1) if (last - year) % every == 0]
    bordered = range(first, last + 2) if every <= 2 else sorted({year + side for year in named for side in (0, 1)})
    for year in bordered:
        axes.axvline(date(year, 1, 1).toordinal(), color=FAINT, linewidth=0.8, zorder=0)
    middles = [date(year, 7, 2).toordinal() for year in named]
    axes.set_xticks(middles, [str(year) for year in named])
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
