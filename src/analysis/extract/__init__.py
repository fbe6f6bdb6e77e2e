"""Text to figures: numerals, qualifiers, units, windows, places, classes, indicators."""

from analysis.extract.article import extract_article

__all__ = ["extract_article"]
