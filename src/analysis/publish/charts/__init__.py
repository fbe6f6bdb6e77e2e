"""The charts of the briefing. Each takes facts, a place and a language, and returns a BriefingFigure.

All raise NothingToDraw where no fact fits; missing is never drawn as zero.
"""

from analysis.publish.charts.attainment import attainment
from analysis.publish.charts.conversion import conversion
from analysis.publish.charts.levels import levels
from analysis.publish.charts.overview import measures_overview
from analysis.publish.charts.parts import parts_of_total
from analysis.publish.charts.rates import rates_by_window
from analysis.publish.charts.totals import totals_by_window

__all__ = [
    "attainment",
    "conversion",
    "levels",
    "measures_overview",
    "parts_of_total",
    "rates_by_window",
    "totals_by_window",
]
