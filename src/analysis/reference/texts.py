"""Sentences shown to people, in Vietnamese and English, kept as tables: key, vi, en."""

from collections.abc import Iterable
from pathlib import Path
from string import Formatter

from analysis.errors import ReferenceTableError
from analysis.reference.tables import read_rows

LANGUAGES = ("vi", "en")


class Texts:
    """The sentences of one table. `texts.say("key", "vi", name=value)` fills a sentence's {name} places.

    Raises ReferenceTableError where a sentence has a place that is no {name}, where the two languages do not have the same
    ones, and where a key of `needed` has no row; FileError where the file cannot be read.
    """

    def __init__(self, path: Path, needed: Iterable[str] = ()):
        self.path = path
        self._rows: dict[str, dict[str, str]] = {}
        self._lines: dict[str, int] = {}
        line = 1
        for line, row in read_rows(path, ("key", *LANGUAGES), required=("key",), unique=("key",)):
            _check_places(path, line, row)
            self._rows[row["key"]], self._lines[row["key"]] = row, line
        if missing := [key for key in needed if key not in self._rows]:
            raise ReferenceTableError(path, line, "the end of the table", f"a row for each of {', '.join(missing)}")

    def say(self, key: str, lang: str, **values) -> str:
        """The sentence `key` in `lang`; KeyError names the table where there is none.

        Raises ReferenceTableError where the sentence has a {name} that `values` has not.
        """
        if key not in self._rows:
            raise KeyError(f"{self.path.name}: no sentence {key!r}")
        try:
            return self._rows[key][lang].format(**values)
        except KeyError as error:
            known = ", ".join(f"{{{name}}}" for name in values) or "no places"
            raise ReferenceTableError(self.path, self._lines[key], f"{{{error.args[0]}}} in {key}", known) from error

    def keys(self) -> list[str]:
        return list(self._rows)


def _check_places(path: Path, line: int, row: dict[str, str]) -> None:
    vi, en = (_places(path, line, row[lang]) for lang in LANGUAGES)
    if vi != en:
        apart = ", ".join(f"{{{name}}}" for name in sorted(vi ^ en))
        told = f"the same {{names}} in {' and '.join(LANGUAGES)}, or names that both have"
        raise ReferenceTableError(path, line, f"{apart} in one language of {row['key']} only", told)


def _places(path: Path, line: int, text: str) -> set[str]:
    """The names of a sentence's {name} places."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise ReferenceTableError(path, line, text, f"braces in pairs, as in {{name}} ({error})") from error
    if wrong := [name for name in names if not name.isidentifier()]:
        raise ReferenceTableError(path, line, f"{{{wrong[0]}}}", "a name alone between braces, as in {name}")
    return set(names)
