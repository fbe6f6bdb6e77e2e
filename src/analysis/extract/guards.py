"""Words that make a figure another thing than the count itself: a difference, an average, a target, one part of it.

Guards look at where a cue stands: "tăng 48 người" is a difference, "tăng lên 612 người" is none. Their phrases, in
wording/guards.csv, are found in the same pass as those of the rules; this room says how far each cue reaches.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from analysis.extract.phrases import key
from analysis.reference.codebook import load_codebook
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

DIFFERENCE, AVERAGE, TARGET, PART = "difference", "average", "target", "part"
GUARDS = (DIFFERENCE, AVERAGE, TARGET, PART)
# The cues: `difference` and `level` (a change that ends at a level: no difference), `average`, `per` (behind a number),
# `aim` (a verb that opens a target, up to the sentence's end), `goal` (a noun that names one, for the number after it),
# `done` (ends an aim), `floor` (makes an average a target: "mỗi chi bộ ít nhất 1 người") and what a `pledge`
# tells ("đăng ký từ 450 sáng kiến trở lên", with `floor_behind`), `part` (opens a part of the
# whole, up to a semicolon).
CUES = ("difference", "level", "average", "per", "aim", "goal", "done", "floor", "floor_behind", "pledge", "part")
_NEAR = 60  # Characters between a cue that speaks of one number and that number.
_PER = re.compile(r"\s*/\s*(?!tổng)[^\W\d_]")
_OTHER_COUNT = re.compile(r"[,;(]|(?<![^\W_])(?:và|với)(?![^\W_])")
# What a goal may not be parted by from its number; its brackets may: "chỉ tiêu được giao (12.000 đoàn viên)".
_OTHER_STATEMENT = re.compile(r"[,;]|(?<![^\W_])(?:và|với)(?![^\W_])")

_NUMBER_OR_STOP = re.compile(r"[\d,;.(]")

Span = tuple[int, int]
Hit = tuple[int, int, int]


@cache
def read_cues() -> tuple[tuple[str, str], ...]:
    """(cue, phrase) of every row of wording/guards.csv."""
    path = FOLDER / "guards.csv"
    rows = read_rows(path, ("cue", "phrase"), required=("cue", "phrase"), unique=("cue", "phrase"))
    return tuple((one_of(path, line, "cue", row["cue"], CUES), key(row["phrase"])) for line, row in rows)


@cache
def becomes() -> dict[tuple[str, str], str]:
    """What an indicator turns into under a guard, from wording/guarded.csv: (guard, slug) → slug."""
    path, known = FOLDER / "guarded.csv", load_codebook().indicators
    columns = ("guard", "indicator", "becomes")
    found = {}
    for line, row in read_rows(path, columns, required=columns, unique=("guard", "indicator")):
        guard = one_of(path, line, "guard", row["guard"], GUARDS)
        slug = one_of(path, line, "indicator", row["indicator"], known)
        found[guard, slug] = one_of(path, line, "becomes", row["becomes"], known)
    return found


@dataclass(frozen=True)
class Guards:
    """The cues by the bit of their phrase."""

    cues: dict[int, frozenset[str]]

    def has(self, cue: str, hits: Iterable[Hit]) -> bool:
        """One of the phrases is this cue."""
        return any(cue in self.cues.get(bit, ()) for _, _, bit in hits)

    def of(self, lower: str, hits: Iterable[Hit], span: Span, previous: int, sentence: int) -> frozenset[str]:
        """The guards of a figure. `hits` are the phrases of its sentence, `span` its number with its noun.

        `previous` is where the figure before it ends, or the sentence starts; `sentence` where that is.
        """
        found: dict[str, list[Span]] = {}
        for start, end, bit in hits:
            for cue in self.cues.get(bit, ()):
                found.setdefault(cue, []).append((start, end))
        # "9.860 lượt/người" is a slip of the pen for "lượt người".
        per = _PER.match(lower, span[1]) is not None and not lower.endswith("lượt", 0, span[1])
        if not found:
            return frozenset({AVERAGE} if per else ())
        cues = _Cues(lower, found, span, previous, sentence)
        checks = ((DIFFERENCE, cues.difference), (AVERAGE, cues.average), (TARGET, cues.target), (PART, cues.part))
        return frozenset(guard for guard, holds in checks if holds() or (per and guard == AVERAGE))


@dataclass(frozen=True)
class _Cues:
    """The cues of one sentence around one figure.

    A goal at `opening`, where the sentence starts, rules all of it ("Mục tiêu năm sau là …").
    """

    lower: str
    found: dict[str, list[Span]]
    span: Span
    previous: int
    opening: int

    def _ahead(self, cue: str, start: int) -> list[Span]:
        return [span for span in self.found.get(cue, ()) if start <= span[0] and span[1] <= self.span[0]]

    def difference(self) -> bool:
        """ "tăng 48", "nhiều hơn năm 2018 là 118"; not "tăng lên 48", nor "tăng nhanh, có 48"."""
        for start, end in self._ahead("difference", self.previous):
            between = self.lower[end : self.span[0]]
            level = any(start <= at for at, _ in self._ahead("level", self.previous))
            if not level and len(between) <= _NEAR and not _OTHER_COUNT.search(between):
                return True
        return False

    def average(self) -> bool:
        """ "bình quân mỗi năm 48", "48 nghìn đồng mỗi suất"."""
        for _, end in self._ahead("average", self.previous):
            if not _OTHER_COUNT.search(self.lower[end : self.span[0]]):
                return True
        behind = [start for start, _ in self.found.get("per", ()) if start >= self.span[1]]
        return any(not self.lower[self.span[1] : start].strip(" (") for start in behind)

    def target(self) -> bool:
        """ "phấn đấu kết nạp 48", "(kế hoạch là 48)"; not "phấn đấu tốt, đã kết nạp 48"."""
        aims = self._ahead("aim", 0) + [span for span in self._ahead("goal", 0) if span[0] <= self.opening]
        if self._floor() and (self.average() or self._ahead("pledge", 0)):
            return True
        if aims and not any(end >= max(aims)[1] for _, end in self._ahead("done", 0)):
            return True
        for _, end in self._ahead("goal", self.previous):
            between = self.lower[end : self.span[0]]
            reached = any(end <= at for at, _ in self._ahead("level", self.previous))
            if not reached and len(between) <= _NEAR and not _OTHER_STATEMENT.search(between):
                return True
        return False

    def _floor(self) -> bool:
        """ "ít nhất 48", "48 người trở lên"."""
        behind = (start for start, _ in self.found.get("floor_behind", ()) if start >= self.span[1])
        near = any(not _NUMBER_OR_STOP.search(self.lower[self.span[1] : start]) for start in behind)
        return near or bool(self._ahead("floor", self.previous))

    def part(self) -> bool:
        """ "riêng ngành Than có 48 sáng kiến, làm lợi 5 tỷ": up to the semicolon."""
        return any(";" not in self.lower[end : self.span[0]] for _, end in self._ahead("part", 0))
