"""The texts that articles were read as, written out so that the offsets of figures can be looked up."""

import os
from collections.abc import Iterable
from pathlib import Path

from analysis.errors import FileError
from analysis.ingest.articles import Article
from analysis.project import as_utf8


class TextFolder:
    """A folder that gets one NAME.txt for each article, in UTF-8. Made where there is none.

    `articles` are the files that are being read: none of them is ever overwritten. Raises FileError where the folder
    cannot be made.
    """

    def __init__(self, folder: Path, articles: Iterable[Path | str]):
        self._folder = folder
        self._articles = tuple(map(Path, articles))
        self._written: dict[Path, Path] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileError(f"{folder}: cannot be made ({error.strerror}). Name another folder with --text.") from error

    def write(self, article: Article) -> Path:
        """Write the text of an article in one step; gives its path. FileError where it would replace another one."""
        target = self._folder / f"{article.path.stem}.txt"
        if (first := self._written.setdefault(target, article.path)) != article.path:
            raise FileError(
                f"{target}: already holds the text of {as_utf8(str(first))}. Rename one of the two articles."
            )
        if any(_is_same(target, path) for path in self._articles):
            raise FileError(f"{target}: is itself an article that is read. Name another folder with --text.")
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            part.write_bytes(article.text.encode("utf-8"))
            part.replace(target)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise FileError(
                f"{target}: cannot be written ({error.strerror}). Free space or rights, then run again."
            ) from error
        return target


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
