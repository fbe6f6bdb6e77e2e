"""Reads texts that nobody would write and checks what must hold for every text: `python -m bench.fuzz --seconds 60 --seed 1`.

A text is pieces of articles, cut, joined and spoilt. The first that breaks a rule in some way is kept in a file and named, with the
seed that makes it.
"""

import argparse
import random
import signal
import sys
import tempfile
import time
import traceback
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count, pairwise
from math import isfinite
from pathlib import Path

from analysis.extract import extract_article
from analysis.ingest.articles import Article
from bench.corpus import all_sets

CLASSES = {"figure", "date", "duration", "doc_ref", "ordinal", "boilerplate", "other"}
# Blanks, marks and digits of other scripts, signs that join or end numerals, and words that scale or hedge them.
SPICE = [
    *"\u00a0\u2009\u200b\u200d\u202e\ufeff\u0000\u0301\u0323٣５²½₫%‰–—-/.,:;()\"'+°\t\n\r\u2028",
    *(
        " tỷ ",
        " triệu ",
        " từ ",
        " đến ",
        " trên ",
        " năm ",
        " tháng ",
        " ngày ",
        " số ",
        "0" * 40,
        "1.",
        "1/",
        "9," * 50,
        "12/13/2099",
    ),
]
LONGEST = 20_000  # characters of one text
LIMIT = 5  # seconds; a text so long is read in a tenth of one


def broken_rules(text: str, rows: list[dict]) -> list[str]:
    """What does not hold of the numerals of a text; empty where all is well."""
    broken = []
    spans = [(row["start"], row["end"]) for row in rows]
    covered = bytearray(len(text))
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    if any(before[1] > after[0] for before, after in pairwise(spans)):
        broken.append("numerals out of order or overlapping")
    if any(char in "0123456789" and not seen for char, seen in zip(text, covered, strict=True)):
        broken.append("a digit that no numeral holds")
    return broken + [f"{problem} in {row}" for row in rows for problem in _problems(text, row)]


def _problems(text: str, row: dict) -> list[str]:
    values = [value for value in (row["value"], row["value_high"]) if value is not None]
    ends = [date.fromisoformat(day) for day in (row["period_start"], row["period_end"]) if day]
    rules = {
        "text is not the text at its span": row["text"] == text[row["start"] : row["end"]] != "",
        "unknown class": row["class"] in CLASSES and bool(row["reason"]),
        "value without figure, or figure without value": bool(values) == (row["class"] == "figure"),
        "value is no number": all(isfinite(value) for value in values),
        "range runs backwards": values == sorted(values),
        "period runs backwards": ends == sorted(ends),
    }
    return [problem for problem, holds in rules.items() if not holds]


def spoilt(rng: random.Random, texts: list[str]) -> str:
    """A text of pieces of others, with a few changes."""
    text = "\n".join(_piece(rng, rng.choice(texts)) for _ in range(rng.randint(1, 4)))
    for _ in range(rng.randint(0, 30)):
        text = rng.choice(CHANGES)(rng, text)
    return text[:LONGEST]


def _piece(rng: random.Random, text: str) -> str:
    start, end = sorted(rng.choices(range(len(text) + 1), k=2))
    return text[start:end]


def _insert(rng: random.Random, text: str) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + rng.choice(SPICE) * rng.choice((1, 1, 1, 3, 200)) + text[at:]


def _delete(rng: random.Random, text: str) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + text[at + rng.randint(1, 30) :]


def _repeat(rng: random.Random, text: str) -> str:
    piece = _piece(rng, text)[:50]
    at = rng.randint(0, len(text))
    return text[:at] + piece * rng.randint(2, 40) + text[at:]


def _decompose(rng: random.Random, text: str) -> str:
    return unicodedata.normalize(rng.choice(("NFD", "NFC", "NFKC")), text)


def _flatten(rng: random.Random, text: str) -> str:
    return text.replace("\n", rng.choice((" ", "", "\r\n")))


CHANGES: tuple[Callable[[random.Random, str], str], ...] = (_insert, _insert, _delete, _repeat, _decompose, _flatten)


def check(article: Article, text: str) -> list[str]:
    """What breaks when the article has this text. Reading that takes longer than LIMIT is broken too."""
    signal.signal(signal.SIGALRM, _too_long)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        return broken_rules(text, extract_article(replace(article, text=text)))
    except Exception as error:
        where = next(f for f in reversed(traceback.extract_tb(error.__traceback__)) if f.name != _too_long.__name__)
        return [f"{type(error).__name__}: {error} ({Path(where.filename).name}, {where.name})"]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _too_long(*_) -> None:
    raise TimeoutError(f"longer than {LIMIT} s")


def main() -> int:
    """Read spoilt texts for a while. Returns 1 where one broke a rule."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1, help="of the first text; each text has the next one")
    asked = parser.parse_args()
    articles = [article for members in all_sets() for article in members.articles()]
    texts = [article.text for article in articles]
    end, slowest = time.monotonic() + asked.seconds, (0.0, 0, 0)
    told: dict[str, str] = {}
    for seed in count(asked.seed):
        text = spoilt(random.Random(seed), texts)
        start = time.perf_counter()
        for problem in check(articles[0], text):
            told.setdefault(problem.partition(" in {")[0], f"seed {seed}, text in {_keep(seed, text)}: {problem}")
        slowest = max(slowest, (time.perf_counter() - start, len(text), seed))
        if time.monotonic() > end:
            break
    seconds, size, worst = slowest
    print(f"{seed - asked.seed + 1} texts read; the slowest took {seconds:.2f} s for {size} characters (seed {worst})")
    print(*told.values() or ["no rule broken"], sep="\n")
    return 1 if told else 0


def _keep(seed: int, text: str) -> Path:
    path = Path(tempfile.gettempdir()) / f"fuzz-{seed}.txt"
    path.write_bytes(text.encode())
    return path


if __name__ == "__main__":
    sys.exit(main())
