"""The house style: sizes, colours and words of every chart, and the refusal to draw without them.

Colours are Okabe and Ito's set for colour-blind readers (jfly.uni-koeln.de/color). The font is DejaVu Sans, which comes
with matplotlib and carries every Vietnamese letter, so charts look the same on every machine.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields

import matplotlib as mpl
import seaborn
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from analysis.errors import FiguresError

WIDTH, HEIGHT, DPI = 12.8, 7.2, 150  # inches and dots per inch: 1920 × 1080 pixels
INK, SOFT, FAINT, PAPER = "#1a1a1a", "#555555", "#d9d9d9", "#ffffff"
BLUE, ORANGE, GREEN, VERMILLION, PURPLE, SKY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9"
SERIES = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY)
STATUSES = ("reported", "derived", "estimated")
MARGIN = 0.55  # inches left free on each side

RC = {
    **seaborn.axes_style("white"),
    "font.family": ["DejaVu Sans"],
    "font.size": 11,
    "text.color": INK,
    "axes.labelcolor": SOFT,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "hatch.linewidth": 1.4,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "text.parse_math": False,  # a "$" in an article is a dollar
    "svg.fonttype": "path",  # letters as outlines: the same picture on a machine without the font
    "svg.hashsalt": "reported-figures",
}


class IncompleteChartError(FiguresError):
    """A chart lacks one of its texts, so it is not drawn."""


class NothingToDraw(FiguresError):
    """No fact fits the chart. `key` and `values` word the reason: `texts.say(error.key, lang, **error.values)`."""

    def __init__(self, key: str, **values):
        super().__init__(f"nothing to draw: {key} {values}")
        self.key, self.values = key, values


@dataclass(frozen=True)
class ChartWords:
    """All that a chart says. The first five must not be blank; `receipts` lead each number back to its article.

    `caveats` are keys of texts.csv that the deck's closing slide and the report say in full.
    """

    name: str
    title: str
    subtitle: str
    source: str
    alt: str
    lang: str
    receipts: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()

    def __post_init__(self):
        blank = [item.name for item in fields(self)[:6] if not str(getattr(self, item.name)).strip()]
        if blank:
            raise IncompleteChartError(
                f"chart {self.name or '(no name)'}: {', '.join(blank)} is blank. A chart needs a title that states the "
                "finding, a subtitle with measure, unit and window, a source line and an alternative text."
            )


@contextmanager
def house_style() -> Iterator[None]:
    """Draw and save inside this, whatever rcParams the notebook has set."""
    with mpl.rc_context(RC):
        yield


@dataclass(frozen=True)
class Box:
    """A rectangle in inches from the figure's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def fractions(self) -> tuple[float, float, float, float]:
        """(left, bottom, width, height) as parts of the figure, as `add_axes` takes them."""
        return self.left / WIDTH, self.bottom / HEIGHT, self.width / WIDTH, self.height / HEIGHT


class BriefingFigure(Figure):
    """A 16:9 chart with its words. `body` is the box left free for the plot; `data` the table drawn, for native charts.

    `floor` is how far down (inches) the plot with its key really goes: below it the body stays empty.

    `data` is {"chart": kind, "columns": [...], "rows": [[...], ...]} of plain JSON values.
    """

    def __init__(self, words: ChartWords, data: dict):
        super().__init__(figsize=(WIDTH, HEIGHT), dpi=DPI)
        FigureCanvasAgg(self)
        self.words, self.data = words, data
        with house_style():
            self.set_facecolor(PAPER)
            self.body = Box(MARGIN, self._foot(), WIDTH - MARGIN, self._head())
        self.floor = self.body.bottom

    def _head(self) -> float:
        """Write title and subtitle; returns the height in inches below which the plot may begin."""
        top = HEIGHT - 0.42
        for text, size, weight, colour, most in (
            (self.words.title, 19, "bold", INK, 2),
            (self.words.subtitle, 12, "normal", SOFT, 2),
        ):
            lines, size = self.fit(text, WIDTH - 2 * MARGIN, size, most, weight)
            lines = self._at_pauses(lines, WIDTH - 2 * MARGIN, size, weight)
            self.words_at(MARGIN, top, "\n".join(lines), size, weight=weight, color=colour, va="top")
            top -= len(lines) * size * 1.36 / 72 + 0.06
        return top - 0.12

    def _at_pauses(self, lines: list[str], width: float, size: float, weight: str) -> list[str]:
        """Two lines broken after a semicolon, full stop, colon or comma where both halves still fit; else as they are."""
        if len(lines) != 2 or lines[-1].endswith("…"):
            return lines
        words = " ".join(lines).split(" ")
        for pauses in (";", ".", ":", ","):
            for cut in range(len(words) - 1, 0, -1):
                halves = [" ".join(words[:cut]), " ".join(words[cut:])]
                if words[cut - 1][-1:] in pauses and all(self.width_of(half, size, weight) <= width for half in halves):
                    return halves
        return lines

    def _foot(self) -> float:
        lines, size = self.fit(self.words.source, WIDTH - 2 * MARGIN, 9, 2)
        self.words_at(MARGIN, 0.24, "\n".join(lines), size, color=SOFT, va="bottom")
        return 0.24 + len(lines) * size * 1.36 / 72 + 0.14

    def words_at(self, x: float, y: float, text: str, size: float, **style):
        """Text at inches from the lower left corner."""
        return self.text(x / WIDTH, y / HEIGHT, text, fontsize=size, linespacing=1.3, family=RC["font.family"], **style)

    def width_of(self, text: str, size: float, weight: str = "normal") -> float:
        """Width in inches of the widest line."""
        font = FontProperties(family=RC["font.family"], size=size, weight=weight)
        measure = self.canvas.get_renderer().get_text_width_height_descent
        return max((measure(line, font, False)[0] for line in text.split("\n") if line), default=0.0) / DPI

    def wrap(self, text: str, width: float, size: float, weight: str = "normal") -> list[str]:
        """`text` in lines no wider than `width` inches, broken at spaces (a word wider than that stands alone)."""
        if self.width_of(text, size, weight) <= width:
            return [text]
        lines: list[str] = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width_of(longer, size, weight) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def fit(self, text: str, width: float, size: float, most: int, weight: str = "normal") -> tuple[list[str], float]:
        """(lines, font size): at most `most` lines, by smaller letters down to 70 %, then by an ellipsis."""
        for shrink in (1, 0.92, 0.85, 0.78, 0.7):
            lines = self.wrap(text, width, size * shrink, weight)
            if len(lines) <= most:
                return lines, size * shrink
        kept = lines[:most]
        while self.width_of(kept[-1] + "…", size * shrink, weight) > width and " " in kept[-1]:
            kept[-1] = kept[-1].rsplit(" ", 1)[0]
        return [*kept[:-1], kept[-1] + "…"], size * shrink

    def plot_box(self) -> dict[str, float]:
        """The plot and its key without margins, title and source, as parts of the picture from its upper left.

        Slides show the picture cropped to it.
        """
        return {
            "left": round((self.body.left - 0.05) / WIDTH, 4),
            "right": round((self.body.right + 0.05) / WIDTH, 4),
            "top": round(1 - (self.body.top + 0.1) / HEIGHT, 4),
            "bottom": round(1 - (self.floor - 0.08) / HEIGHT, 4),
        }


def mark(status: str, colour: str) -> dict:
    """How a bar of a status looks: reported filled, derived hatched, estimated an empty dashed outline."""
    if status == "reported":
        return {"facecolor": colour, "edgecolor": colour, "linewidth": 1.0}
    if status == "derived":
        return {"facecolor": PAPER, "edgecolor": colour, "hatch": "////", "linewidth": 1.2}
    if status == "estimated":
        return {"facecolor": PAPER, "edgecolor": colour, "linestyle": (0, (3, 2)), "linewidth": 1.4}
    raise ValueError(f"status {status!r} is not one of {', '.join(STATUSES)}")
