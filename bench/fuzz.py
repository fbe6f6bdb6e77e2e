"""Reads texts that nobody would write and checks what must hold for every text: `python -m bench.fuzz --seconds 60 --seed 1`.

A text is pieces of articles, cut, joined and spoilt. The first that breaks a rule in some way is kept in a file and named, with the
seed that makes it. `--repeated` reads one phrase over and over instead, `--growth` measures how the time for such a text
grows with its length, and `--atheris` looks for texts and files that reach new parts of the program.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import replace
from itertools import count
from pathlib import Path

from analysis.extract import extract_article
from analysis.ingest.articles import Article
from bench.corpus import all_sets
from bench.fuzz_rules import broken, broken_rules
from bench.fuzz_texts import REPEATED, repeated, shrunk, spoilt, table_texts

__all__ = ["broken_rules", "check", "main", "spoilt"]

LIMIT = 5  # seconds; the longest of these texts is read in a tenth of it
BLANK = Article("fuzz", Path("fuzz.txt"), "", "0" * 64)
# Four times the text in up to eight times the time: what grows with the square takes sixteen, what grows with the length four.
GROWTH = 8
FLOOR = 0.1  # seconds; what takes less is not measured well enough to call it slow


def check(article: Article, text: str) -> list[str]:
    """What breaks when the article has this text. Reading that takes longer than LIMIT is broken too."""
    signal.signal(signal.SIGALRM, _too_long)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        spoiled = replace(article, text=text)
        return broken(spoiled, extract_article(spoiled))
    except Exception as error:
        return [told(error)]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def kind_of(problem: str) -> str:
    """The problem without the row it was seen in."""
    return problem.partition(" in {")[0]


def told(error: Exception) -> str:
    """An error with the file and function that raised it."""
    where = next(f for f in reversed(traceback.extract_tb(error.__traceback__)) if f.name != _too_long.__name__)
    return f"{type(error).__name__}: {error} ({Path(where.filename).name}, {where.name})"


def _too_long(*_) -> None:
    raise TimeoutError(f"longer than {LIMIT} s")


def main() -> int:
    """Read odd texts for a while. Returns 1 where one broke a rule."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1, help="of the first text; each text has the next one")
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--repeated", action="store_true", help="read one phrase over and over instead")
    modes.add_argument("--growth", action="store_true", help="measure how time grows with the length of such a text")
    modes.add_argument("--atheris", metavar="READER", nargs="?", const="extract", help="extract, text or html")
    parser.add_argument("--characters", type=int, default=50_000, help="of the shorter text of --growth")
    asked = parser.parse_args()
    if asked.atheris:
        # A process of its own, which has imported nothing that atheris should see.
        os.execv(sys.executable, [sys.executable, "-m", "bench.fuzz_coverage", asked.atheris, str(asked.seconds)])
    if asked.growth:
        return _growth(asked.characters)
    return _repeated() if asked.repeated else _spoilt(asked.seconds, asked.seed)


def _spoilt(seconds: float, first: int) -> int:
    articles = [article for members in all_sets() for article in members.articles()]
    texts = [article.text for article in articles]
    end, slowest = time.monotonic() + seconds, (0.0, 0, 0)
    problems: dict[str, str] = {}
    for seed in count(first):
        text = spoilt(random.Random(seed), texts)
        start = time.perf_counter()
        found = check(articles[0], text)
        slowest = max(slowest, (time.perf_counter() - start, len(text), seed))
        for problem in {kind_of(problem) for problem in found} - problems.keys():
            least = shrunk(text, lambda shorter, problem=problem: problem in map(kind_of, check(articles[0], shorter)))
            problems[problem] = f"seed {seed}, text in {_keep(seed, least)}: {problem}"
        if time.monotonic() > end:
            break
    longest, size, worst = slowest
    print(f"{seed - first + 1} texts read; the slowest took {longest:.2f} s for {size} characters (seed {worst})")
    print(*problems.values() or ["no rule broken"], sep="\n")
    return 1 if problems else 0


def _keep(seed: int, text: str) -> Path:
    path = Path(tempfile.gettempdir()) / f"fuzz-{seed}.txt"
    path.write_bytes(text.encode())
    return path


def _repeated() -> int:
    """Read each repeated phrase at its full length; the name is printed before, so that one that never ends is known."""
    failed = 0
    for piece, size in REPEATED.items():
        print(repr(piece), end=" ", flush=True)
        article = replace(BLANK, text=repeated(piece, size))
        problems = broken(article, extract_article(article))
        failed += bool(problems)
        print(*(problem[:300] for problem in problems or ["read"]), sep="; ", flush=True)
    return 1 if failed else 0


def _growth(size: int) -> int:
    """Measure the processor's time for each repeated phrase at two lengths; what grows too fast is marked."""
    slow = 0
    print(f"{'growth':>6} {size:>9,} {4 * size:>9,} characters of (seconds)")
    _seconds("Có 5 người ở Lào Cai năm 2019.")  # so that no table is read within the first measurement
    for name, piece in ({repr(piece): piece for piece in REPEATED} | table_texts()).items():
        short, long = (_seconds(repeated(piece, length)) for length in (size, 4 * size))
        fast = long < FLOOR or long < GROWTH * short
        slow += not fast
        print(
            f"{long / max(short, 0.001):6.1f} {short:9.2f} {long:9.2f} {name}{'' if fast else '  GROWS TOO FAST'}",
            flush=True,
        )
    return 1 if slow else 0


def _seconds(text: str) -> float:
    start = time.process_time()
    extract_article(replace(BLANK, text=text))
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
