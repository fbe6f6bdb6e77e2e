"""The family of errors, each with the exit status that `figures` ends with.

Every message names the file, row and value, what was allowed, and what to do next.
"""


class FiguresError(Exception):
    """Base of all errors that a person can mend. `status` is the command's exit status."""

    status = 1


class UsageError(FiguresError):
    """A wrong option, parameter name or parameter value."""

    status = 2


class DataCheckError(FiguresError):
    """A data check found an error, so nothing is published."""

    status = 3


class NotebookError(FiguresError):
    """A cell of a notebook raised."""

    status = 4


class OutOfTimeError(FiguresError):
    """A notebook ran past its time."""

    status = 5


class KernelDiedError(FiguresError):
    """The kernel of a notebook ended before the notebook did."""

    status = 6


class FileError(FiguresError):
    """A file could not be read or written."""

    status = 7


class ReferenceTableError(FileError):
    """A row of a reference table (code book, wording, places, units) does not parse."""

    def __init__(self, path, line: int, found: str, expected: str):
        super().__init__(f"{path}, line {line}: found {found!r}, expected {expected}. Correct that line and run again.")
        self.path, self.line = path, line


class LockedError(FiguresError):
    """Another run holds the lock."""

    status = 8
