"""What was measured, as the block of the README between its two markers."""

import re
from dataclasses import dataclass
from statistics import median

from bench.memory import Growth
from bench.scoring import MEASURES, Values
from bench.speed import Speed

BEGIN, END = "<!-- bench:start -->", "<!-- bench:end -->"
ACCURACY = (
    "figures found",
    "with value, hedge, unit",
    "place",
    "period",
    "indicator",
    "other numerals' class",
    "unaccounted",
)
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Score:
    """A row of the accuracy table: a set, who read it, and its measures."""

    name: str
    articles: int
    figures: int
    measures: dict[str, float]


@dataclass(frozen=True)
class Results:
    """Everything that one run measured. `values`: by program, then by set; missing where a program finds no figures."""

    date: str
    machine: str
    source: str
    scores: list[Score]
    speeds: list[Speed]
    values: dict[str, dict[str, Values]]
    memory: list[Growth]
    build: tuple[float, float] | None


def block(results: Results) -> str:
    """The lines between the markers, markers included."""
    parts = [_head(results), accuracy_table(results.scores), _peers_head(results), peer_table(results), _foot(results)]
    return "\n\n".join([BEGIN, *parts, END]) + "\n"


def renewed(readme: str, lines: str) -> str:
    """The README with its block replaced. Raises ValueError where it has none."""
    if BEGIN not in readme or END not in readme:
        raise ValueError(f"README.md: no {BEGIN} … {END}. Put both markers where the table should stand.")
    return re.sub(f"{re.escape(BEGIN)}.*{re.escape(END)}\n", lambda _: lines, readme, flags=re.S)


def accuracy_table(scores: list[Score]) -> str:
    """Markdown: a row for each set, with F1 of figures, and the shares of the paired ones that are right."""
    rows = [
        (score.name, score.articles, score.figures, *(_measure(name, score.measures[name]) for name in MEASURES))
        for score in scores
    ]
    return _table(("set", "articles", "figures", *ACCURACY), rows)


def _measure(name: str, value: float) -> str:
    return f"{value:.0f}" if name == "unaccounted" else f"{value:.3f}"


def peer_table(results: Results) -> str:
    """Markdown: a row for each program with its speed, how many times as fast ours is, and how often its values are right."""
    sets = list(next(iter(results.values.values())))
    header = (
        "program",
        "characters a second: median (best)",
        "read",
        "ours is",
        *(f"{name}: P / R / F1" for name in sets),
    )
    ours = results.speeds[0]
    return _table(header, [_peer_row(speed, ours, results.values.get(speed.name), sets) for speed in results.speeds])


def _peer_row(speed: Speed, ours: Speed, values: dict[str, Values] | None, sets: list[str]) -> tuple:
    right = [_values(values[name]) if values else "—" for name in sets]
    if speed.missing:
        return (speed.name, speed.missing, "—", "—", *right)
    rate = f"{_rounded(median(speed.rates))} ({_rounded(max(speed.rates))})"
    return (
        speed.name,
        rate,
        f"{speed.characters / 1e6:.2f} M",
        "—" if speed is ours else _ratio(ours.times(speed)),
        *right,
    )


def _values(values: Values) -> str:
    return f"{values.precision:.2f} / {values.recall:.2f} / **{values.f1:.2f}**"


def _rounded(rate: float) -> str:
    return f"{rate / 1e6:.1f} M" if rate >= 1e6 else f"{rate / 1e3:.0f} k"


def _ratio(times: float) -> str:
    """How fast ours is beside another: 3.2× as fast, or 90× slower."""
    return f"{times:.1f}× as fast" if times >= 1 else f"{1 / times:.1f}× as long"


def _table(header: tuple, rows: list[tuple]) -> str:
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in [header, *rows]]
    lines.insert(1, "| --- |" + " ---: |" * (len(header) - 1))
    return "\n".join(lines)


def _head(results: Results) -> str:
    return (
        f"Written by `make bench` on {results.date} ({results.machine}). Against annotated numerals: F1 of figures found, and of those found with "
        "their value, hedge and unit; the share of right places, periods and indicators of the figures found; the share of right classes of "
        "the other numerals, and how many numerals nothing accounts for. *Unseen* articles were written by people who did not know the rules; "
        "*before* is what the rules scored when nobody had looked at them yet."
    )


def _peers_head(results: Results) -> str:
    return (
        f"Programs that one could pick instead, in one process, taking turns on {results.source}, line by line. Slow ones read a smaller "
        "sample of the same lines (*read*). Precision, recall and F1 count a found quantity as right where it touches an annotated figure and has its value, "
        "the same for all; numbers in words are not judged, and what a program itself calls a time, duration or ordinal is left out. "
        "dateparser finds dates only."
    )


def _foot(results: Results) -> str:
    streamed = ", ".join(f"{growth.streamed / MEGABYTE:.0f}" for growth in results.memory)
    grown = ", ".join(f"{growth.grown / MEGABYTE:.1f}" for growth in results.memory)
    told = f"Peak memory grew by {grown} MB while {streamed} MB of articles were streamed."
    if results.build is None:
        return told
    whole, alone = results.build
    return (
        f"{told} A whole `figures build` of the project's articles takes {whole / alone:.1f} times as long as reading them "
        f"({whole:.2f} s and {alone:.3f} s)."
    )
