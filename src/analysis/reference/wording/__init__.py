"""Wording tables: the words that the extraction rules look for. An analyst may add rows."""

from pathlib import Path

FOLDER = Path(__file__).parent
