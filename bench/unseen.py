"""How far the rules carry: articles that no rule was written for, scored before anyone looked at them and today.

`python -m bench.unseen` prints both. `python -m bench.unseen --record COMMIT [--set unseen a]` runs the package of a commit on the
sets and writes what it scored into tests/data/unseen/before.csv.
"""

import argparse
import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import ROOT, UNSEEN, ArticleSet, unseen
from bench.scoring import MEASURES, Agreement, agreement

BEFORE = UNSEEN / "before.csv"
COLUMNS = ("set", "commit", "commit_date", "inputs", "articles", "figures", *MEASURES)


@dataclass(frozen=True)
class Before:
    """What the package of one commit scored on a set. `inputs` tells whether the set is still the same."""

    commit: str
    date: str
    inputs: str
    measures: dict[str, float]


def inputs_of(articles: ArticleSet) -> str:
    """A fingerprint of a set's texts, gold and dates: 12 hexadecimal digits of a sha256."""
    digest = hashlib.sha256()
    for path, row in articles.members:
        digest.update(f"{path.name}\0{row.get('published', '')}\0".encode())
        digest.update(path.read_bytes() + (articles.gold_folder / f"{path.stem}.tsv").read_bytes())
    return digest.hexdigest()[:12]


def score_today(articles: ArticleSet) -> Agreement:
    """The package as it is now on a set."""
    from bench.predict import predictions  # a commit can be recorded while the package at hand does not import

    return agreement(articles.gold, predictions(articles.members), articles.core)


def score_at(commit: str, articles: ArticleSet) -> Agreement:
    """The package of `commit` on a set, run in a folder of its own. Raises CalledProcessError with git's or Python's words."""
    archive = _run(["git", "archive", commit, "src"])
    jobs = json.dumps([(str(path), row) for path, row in articles.members])
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
        env = {**os.environ, "PYTHONPATH": str(Path(folder) / "src"), "PYTHONUTF8": "1"}
        program = [sys.executable, str(ROOT / "bench" / "predict.py")]
        lines = _run(program, env=env, input=jobs.encode(), cwd=folder).decode().splitlines()
    return agreement(articles.gold, map(json.loads, lines), articles.core)


def _run(command: list[str], **options) -> bytes:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, **{"cwd": ROOT, **options}).stdout


def read_before() -> dict[str, Before]:
    """What was recorded, by set."""
    if not BEFORE.exists():
        return {}
    with BEFORE.open(encoding="utf-8", newline="") as file:
        return {
            row["set"]: Before(
                row["commit"], row["commit_date"], row["inputs"], {name: float(row[name]) for name in MEASURES}
            )
            for row in csv.DictReader(file)
        }


def record(commit: str, names: list[str]) -> None:
    """Score `commit` on the named sets, or on all that have no record yet, and write before.csv anew."""
    known = {}
    if BEFORE.exists():
        with BEFORE.open(encoding="utf-8", newline="") as file:
            known = {row["set"]: row for row in csv.DictReader(file)}
    for articles in unseen():
        if articles.name in names or (not names and articles.name not in known):
            known[articles.name] = _recorded(commit, articles)
    with BEFORE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(known[name] for name in sorted(known))


def _recorded(commit: str, articles: ArticleSet) -> dict:
    short, date = _run(["git", "show", "--no-patch", "--format=%h %cs", "--abbrev=7", commit]).decode().split()
    found = score_at(commit, articles)
    measures = {name: round(value, 6) for name, value in found.measures().items()}
    row = {"set": articles.name, "commit": short, "commit_date": date, "inputs": inputs_of(articles)}
    return {**row, "articles": len(articles.members), "figures": articles.figures, **measures}


def main() -> None:
    """Record, if asked to, and print both scores."""
    parser = argparse.ArgumentParser(prog="python -m bench.unseen", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--record", metavar="COMMIT", help="score the package of this commit, and keep it as 'before'")
    parser.add_argument(
        "--set", action="append", default=[], dest="sets", metavar="NAME", help="'unseen a'; repeatable"
    )
    asked = parser.parse_args()
    if unknown := set(asked.sets) - {articles.name for articles in unseen()}:
        parser.error(f"no set {', '.join(sorted(unknown))}; there are {', '.join(a.name for a in unseen())}")
    if asked.record:
        record(asked.record, asked.sets)
    before = read_before()
    for articles in unseen():
        if was := before.get(articles.name):
            print(f"{articles.name:10} {was.commit} {was.date}", _words(was.measures))
        print(f"{articles.name:10} today             ", _words(score_today(articles).measures()))


def _words(measures: dict[str, float]) -> str:
    return "  ".join(f"{name} {value:.4g}" for name, value in measures.items())


if __name__ == "__main__":
    main()
