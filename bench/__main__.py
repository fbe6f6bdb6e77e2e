"""`python -m bench`: accuracy, speed beside peers, memory, build time; the README's block is renewed unless --quick or --no-readme."""

import argparse
import os
import platform
import sys
from collections.abc import Iterable
from datetime import date

from analysis.errors import FiguresError
from bench import memory, readme, speed, unseen
from bench.corpus import ROOT, ArticleSet, all_sets, digests, main_set
from bench.peers import PEERS, Peer, found_by
from bench.predict import predictions
from bench.readme import MEGABYTE, Results, Score
from bench.scoring import Found, Values, agreement, value_agreement

SIZE, ROUNDS = 20 * MEGABYTE, 5


def main() -> None:
    """Measure, print what was measured, and renew the README."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").partition(":")[2])
    parser.add_argument("--quick", action="store_true", help="a tenth of the text, and leave the README alone")
    parser.add_argument("--no-readme", action="store_true", help="leave the README alone")
    asked = parser.parse_args()
    results = run(SIZE // 10 if asked.quick else SIZE, 3 if asked.quick else ROUNDS)
    lines = readme.block(results)
    print(lines)
    if not (asked.quick or asked.no_readme):
        path = ROOT / "README.md"
        path.write_text(readme.renewed(path.read_text(encoding="utf-8"), lines), encoding="utf-8")


def run(size: int, rounds: int) -> Results:
    """Everything, over `size` UTF-8 bytes of text in so many rounds."""
    main = main_set()
    articles = main.articles()
    scores, values = accuracy(all_sets()), values_of([main, *unseen.unseen()])
    _say("accuracy is done; speed")
    speeds = speed.compare(articles, size, rounds, PEERS, _say)
    _say("memory")
    grown = memory.growths([size, 2 * size, 4 * size])
    text = (
        f"the five {main.name} over and over, {size / MEGABYTE:.0f} MB ({speeds[0].characters / 1e6:.1f} M characters)"
    )
    return Results(date.today().isoformat(), _machine(), text, scores, speeds, values, grown, _build_time())


def _build_time() -> tuple[float, float] | None:
    """None where the project's articles cannot be built: what was measured before is worth keeping."""
    try:
        return speed.build_time(digests().articles())
    except FiguresError as error:
        _say(f"build not measured: {error}")
        return None


def accuracy(sets: Iterable[ArticleSet]) -> list[Score]:
    """The rows of the accuracy table; an unseen set has one before and one today."""
    before, scores = unseen.read_before(), []
    for articles in sets:
        found = agreement(articles.gold, predictions(articles.members), articles.core)
        size = (len(articles.members), articles.figures)
        if was := before.get(articles.name):
            changed = "" if was.inputs == unseen.inputs_of(articles) else "; its gold was changed since"
            name = f"{articles.name}, before ({was.commit}, {was.date}{changed})"
            scores.append(Score(name, *size, was.measures))
        today = ", today" if articles.name.startswith("unseen") else ""
        scores.append(Score(articles.name + today, *size, found.measures()))
    return scores


def values_of(sets: list[ArticleSet]) -> dict[str, dict[str, Values]]:
    """By program and set how often values are right; for those that can be run and find figures."""
    values = {speed.OURS: {articles.name: value_agreement(articles.gold, our_values(articles)) for articles in sets}}
    for peer in PEERS:
        if peer.finds_figures and not isinstance(peer.reader(), str):
            values[peer.label] = {articles.name: _values(peer, articles) for articles in sets}
    return values


def our_values(articles: ArticleSet) -> dict[str, list[Found]]:
    """Our figures in the peers' form."""
    found: dict[str, list[Found]] = {}
    for row in predictions(articles.members):
        if row["class"] == "figure":
            found.setdefault(row["article"], []).append(Found(row["start"], row["end"], row["value"]))
    return found


def _values(peer: Peer, articles: ArticleSet) -> Values:
    return value_agreement(articles.gold, found_by(peer.reader(), articles.articles()))


def _machine() -> str:
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
