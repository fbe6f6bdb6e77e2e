"""Sentences shown to people, in Vietnamese and English, kept as tables: key, vi, en."""

from pathlib import Path

from analysis.reference.tables import read_rows

LANGUAGES = ("vi", "en")


class Texts:
    """The sentences of one table. `texts.say("key", "vi", name=value)` fills a sentence's {name} places."""

    def __init__(self, path: Path):
        self.path = path
        self._rows = {
            row["key"]: row for _, row in read_rows(path, ("key", *LANGUAGES), required=("key",), unique=("key",))
        }

    def say(self, key: str, lang: str, **values) -> str:
        """The sentence `key` in `lang`; KeyError names the table where there is none."""
        try:
            return self._rows[key][lang].format(**values)
        except KeyError as error:
            raise KeyError(f"{self.path.name}: no sentence {key!r} in {lang!r}, or no value for {error}") from error

    def keys(self) -> list[str]:
        return list(self._rows)
