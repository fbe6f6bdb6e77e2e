"""What `make bench` relies on: the scorer, the sets, the fair reading of other programs, the memory probe, the README's tables."""

import json
import random
import re
import runpy
import subprocess
import sys
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT

sys.path.insert(0, str(ROOT))
from bench import caches, corpus, fuzz, install, memory, peers, readme, scoring, unseen
from bench.predict import predictions
from bench.scoring import Found, Values

README = (ROOT / "README.md").read_text(encoding="utf-8")
COLUMNS = ("class", "class_also", "value", "value_high", "qualifier", "unit", "unit_also", "indicator", "place")
PERIOD = ("period_start", "period_end", "period_scored")


def gold_row(start: int, end: int, **cells) -> scoring.Row:
    filled = {**dict.fromkeys((*COLUMNS, *PERIOD), ""), "class": "figure", **cells}
    return scoring._row({"start": str(start), "end": str(end), **filled})


def figure(start: int, end: int, **keys) -> dict:
    plain = {"article": "a", "start": start, "end": end, "class": "figure", "value": 1, "value_high": None}
    return {**plain, "qualifier": "exact", "unit": "person", "indicator": None, "place": None, **keys}


PERSON = {"value": "1", "qualifier": "exact", "unit": "person"}
HARD_CASES = {
    "one figure over two numerals": (
        [gold_row(0, 1, **PERSON), gold_row(5, 6, class_also="other", **PERSON)],
        [figure(0, 6)],
        {"paired": 1, "false": 0, "missed": 0},
    ),
    "two figures on one numeral": ([gold_row(0, 4, **PERSON)], [figure(0, 2), figure(2, 4)], {"paired": 1, "false": 1}),
    "a date read as a figure": (
        [gold_row(0, 4, **{"class": "date"})],
        [figure(0, 4)],
        {"false": 1, "class_of_others judged": 1, "class_of_others right": 0, "unaccounted": 0},
    ),
    "a second class that is right too": (
        [gold_row(0, 4, class_also="date", **PERSON)],
        [{**figure(0, 4), "class": "date"}],
        {"paired": 0, "missed": 0, "false": 0},
    ),
    "another numeral read as a figure, which is right too": (
        [gold_row(0, 4, **{"class": "other", "class_also": "figure"})],
        [figure(0, 4)],
        {"paired": 0, "false": 0, "class_of_others judged": 0},
    ),
    "nothing found": (
        [gold_row(0, 4, **PERSON), gold_row(5, 6, **{"class": "date"})],
        [],
        {"missed": 1, "unaccounted": 1},
    ),
    "a period whose end is blank": (
        [gold_row(0, 4, period_start="2013-01-01", **PERSON)],
        [figure(0, 4, period_start="2013-01-01", period_end="2023-12-31")],
        {"period judged": 1, "period right": 1},
    ),
    "a period that is not judged": (
        [gold_row(0, 4, period_scored="no", **PERSON)],
        [figure(0, 4)],
        {"period judged": 0},
    ),
    "a core indicator on a figure that is not it": (
        [gold_row(0, 4, indicator="own_slug", **PERSON)],
        [figure(0, 4, indicator="core_slug")],
        {"indicator judged": 1, "indicator right": 0},
    ),
    "an indicator that is not judged": (
        [gold_row(0, 4, indicator="own_slug", **PERSON)],
        [figure(0, 4)],
        {"indicator judged": 0},
    ),
}


@pytest.mark.parametrize("name", HARD_CASES)
def test_figures_are_paired_and_judged(name):
    rows, found, expected = HARD_CASES[name]
    counts = scoring.agreement({"a": rows}, found, {"core_slug"}).counts
    assert {key: counts[key] for key in expected} == expected


@cache
def today(name: str) -> list[dict]:
    [members] = [articles for articles in corpus.all_sets() if articles.name == name]
    return list(predictions(members.members))


def spoil(rows: list[dict], seed: int) -> list[dict]:
    """Predictions with some dropped, shifted, reclassified and emptied, so that every kind of error occurs."""
    rng = random.Random(seed)
    kept = [dict(row) for row in rows if rng.random() > 0.1]
    for row in kept:
        key = rng.choice(
            ["start", "end", "class", "value", "unit", "place", "indicator", "period_start", "qualifier", "id"]
        )
        if rng.random() < 0.3:
            row[key] = {"start": max(0, row["start"] - 9), "end": row["end"] + 9, "class": "figure", "value": 2}.get(
                key
            )
    return kept


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
@pytest.mark.parametrize("name", [articles.name for articles in corpus.all_sets()])
def test_both_scorers_agree(shared, name, seed):
    """The project's scorer against the one that stands beside the gold, on what is found and on spoilt copies of it."""
    other = runpy.run_path(str(shared / "score.py"))
    [members] = [articles for articles in corpus.all_sets() if articles.name == name]
    found = today(name) if seed is None else spoil(today(name), seed)
    gold = {name: rows for name, rows in other["read_gold"](members.gold_folder).items() if name in members.gold}
    theirs, _ = other["score"](gold, found, members.core)
    ours = scoring.agreement(members.gold, found, members.core)
    names = {"place": "place_accuracy", "period": "period_accuracy", "indicator": "indicator_accuracy"}
    names |= {"class_of_others": "class_accuracy_of_other_numerals", "unaccounted": "unaccounted_numerals"}
    assert ours.measures() == pytest.approx({key: theirs[names.get(key, key)] for key in scoring.MEASURES})
    assert ours.figures == theirs["gold_figures"] and (seed is None or ours.f1() < 1)


VALUES = {
    "right": ([Found(0, 6, 19320.0)], Values(1.0, 0.5)),
    "a part of the span is enough": ([Found(3, 6, 19320.0)], Values(1.0, 0.5)),
    "wrong value": ([Found(0, 6, 19.32)], Values(0.0, 0.0)),
    "no value": ([Found(0, 6, None)], Values(0.0, 0.0)),
    "a date taken for a number": ([Found(0, 6, 19320.0), Found(10, 14, 2013.0)], Values(0.5, 0.5)),
    "a number in words is not judged": ([Found(0, 6, 19320.0), Found(50, 55, 2.0)], Values(1.0, 0.5)),
    "either end of a range, once": ([Found(20, 22, 60.0), Found(23, 25, 70.0)], Values(1.0, 0.5)),
    "a numeral that may be read both ways is not judged": ([Found(30, 31, 3.0)], Values(0.0, 0.0)),
    "all": ([Found(0, 6, 19320), Found(20, 25, 60)], Values(1.0, 1.0)),
}


@pytest.mark.parametrize("name", VALUES)
def test_every_program_is_judged_by_touching_span_and_equal_value(name):
    rows = [gold_row(0, 6, value="19320"), gold_row(10, 14, **{"class": "date"})]
    rows += [
        gold_row(20, 25, value="60", value_high="70"),
        gold_row(30, 31, **{"class": "other", "class_also": "figure"}),
    ]
    found, expected = VALUES[name]
    assert scoring.value_agreement({"a": rows}, {"a": found}) == expected


def test_duckling_is_judged_without_what_it_calls_a_time():
    entities = [
        {"dim": "number", "start": 4, "end": 8, "value": {"value": 2013}},
        {"dim": "time", "start": 0, "end": 8, "value": {}},
        {"dim": "amount-of-money", "start": 9, "end": 20, "value": {"from": {"value": 5e9}, "type": "interval"}},
        {"dim": "quantity", "start": 30, "end": 40, "value": {"to": {"value": 7}, "type": "interval"}},
    ]
    assert peers._outside_times(entities) == [Found(9, 20, 5e9), Found(30, 40, 7)]


@pytest.mark.parametrize(
    "peer", [peers.BABEL, peers.Peer("none", "no-such-package", lambda: __import__("no_such_module"))]
)
def test_a_program_is_read_or_says_why_not(peer):
    reader = peer.reader()
    if peer.name == "none":
        assert reader.startswith("not measured: ModuleNotFoundError") and peer.label == "none"
    else:
        assert reader("có 19.320 người, 55,5% và 1.2") == [Found(3, 9, 19320.0), Found(17, 21, 55.5)]


@given(st.text(alphabet="a1\n\r\u2028 \x0b", max_size=40))
def test_lines_stand_where_they_are_said_to(text):
    article = corpus.replace(ARTICLE, text=text)
    lines = peers.lines_of(article)
    assert all(text[start:].startswith(line) for start, line in lines)
    assert sum(char in "a1" for _, line in lines for char in line) == sum(char in "a1" for char in text)


ARTICLE = corpus.digests().articles()[0]


def test_copies_are_whole_articles_that_differ_by_id_alone():
    articles = corpus.digests().articles()
    parts = corpus.slices(articles, 200_000, 3)
    every = [article for part in parts for article in part]
    assert len(parts) == 3 and all(len(part) % len(articles) == 0 for part in parts)
    assert sum(len(article.text.encode()) for article in every) >= 200_000
    assert len({article.id for article in every}) == len(every)
    assert {article.text for article in every} == {article.text for article in articles}


def test_every_set_has_gold_for_each_article():
    for articles in corpus.all_sets():
        assert articles.members and set(articles.gold) == {path.stem for path, _ in articles.members}, articles.name


def test_the_judged_indicators_are_in_the_code_book():
    from analysis.reference.codebook import load_codebook

    assert corpus.core_slugs() <= set(load_codebook().indicators)


def test_the_judged_indicators_are_those_beside_the_gold(shared):
    assert corpus.core_slugs() == set((shared / "core_indicators.txt").read_text(encoding="utf-8").split())


def test_what_was_scored_before_is_of_the_same_articles_and_gold():
    known = unseen.read_before()
    renew = "python -m bench.unseen --record {} --set '{}'"
    stale = [
        renew.format(known[articles.name].commit if articles.name in known else "COMMIT", articles.name)
        for articles in unseen.unseen()
        if articles.name not in known or known[articles.name].inputs != unseen.inputs_of(articles)
    ]
    assert stale == [], "the articles or their gold changed since they were scored; run these"


def test_the_score_before_is_that_of_its_commit():
    [articles, *_] = unseen.unseen()
    was = unseen.read_before()[articles.name]
    known = subprocess.run(["git", "cat-file", "-e", f"{was.commit}^{{commit}}"], cwd=ROOT, capture_output=True)
    if known.returncode:
        pytest.skip(f"commit {was.commit} is not in this checkout")
    assert unseen.score_at(was.commit, articles).measures() == pytest.approx(was.measures, abs=1e-6)


def test_memory_is_measured_in_a_process_of_its_own():
    size = sum(len(article.text.encode()) for article in corpus.main_set().articles())
    small, large = memory.growths([size, 2 * size])
    assert (small.streamed, large.streamed) == (size, 2 * size)
    assert all(growth.before > 1_000_000 and 0 <= growth.grown < growth.before for growth in (small, large))


def test_the_peak_is_seen():
    """A block that is taken and given back again before the end counts."""
    code = (
        "from bench import memory; b = memory._resident(); x = bytearray(80_000_000); del x; print(memory._peak() - b)"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert 70_000_000 < int(told.stdout) < 200_000_000


def test_a_cache_of_words_is_found_and_one_of_tables_is_not(monkeypatch):
    import analysis.extract as package

    @cache
    def words(text):
        return len(text)

    @cache
    def table():
        return {}

    def extract(article):
        table()
        return [words(article.text)]

    for function in (words, table):
        function.__wrapped__.__module__ = function.__module__ = package.__name__
        monkeypatch.setattr(package, function.__name__, function, raising=False)
    monkeypatch.setattr(caches, "extract_article", extract)
    found = caches.grown_by(corpus.digests().articles())
    assert list(found.values()) == [words] and words.cache_info().currsize == 5
    caches.clear(found)
    assert words.cache_info().currsize == 0 and table.cache_info().currsize == 1


@pytest.mark.parametrize(
    ("text", "rows", "problem"),
    [
        ("12 và 3", [(0, 2)], "a digit that no numeral holds"),
        ("12", [(0, 1), (0, 2)], "numerals out of order or overlapping"),
        ("12", [(0, 2)], None),
    ],
)
def test_the_rules_of_every_text_are_checked(text, rows, problem):
    keys = {"value": 12, "value_high": None, "period_start": None, "period_end": None, "class": "figure", "reason": "x"}
    found = [{**keys, "start": start, "end": end, "text": text[start:end]} for start, end in rows]
    assert fuzz.broken_rules(text, found) == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"text": "1"}, "text is not the text at its span"),
        ({"class": "number"}, "unknown class"),
        ({"class": "date"}, "value without figure"),
        ({"value": float("inf")}, "value is no number"),
        ({"value_high": 3}, "range runs backwards"),
        ({"period_start": "2020-01-01", "period_end": "2019-12-31"}, "period runs backwards"),
    ],
)
def test_a_broken_row_is_named(change, problem):
    row = {"start": 0, "end": 2, "text": "12", "class": "figure", "reason": "x", "value": 12, "value_high": None}
    row |= {"period_start": None, "period_end": None, **change}
    assert any(told.startswith(problem) for told in fuzz.broken_rules("12", [row]))


def test_the_same_seed_spoils_the_same_text():
    texts = [article.text for article in corpus.digests().articles()]
    made = [[fuzz.spoilt(random.Random(seed), texts) for seed in range(20)] for _ in range(2)]
    assert made[0] == made[1] and len(set(made[0])) > 15


def test_a_lock_is_cut_into_its_requirements():
    lock = (ROOT / "requirements-bench.lock").read_text(encoding="utf-8")
    found = install.entries(lock)
    wanted = {"dateparser", "pyduckling-native-phihos", "quantulum3", "recognizers-text-number", "babel"}
    assert wanted <= {name for name, _ in found}
    assert [name for name, entry in found if "--hash=sha256:" not in entry] == []
    assert "\n".join(entry for _, entry in found) == lock.strip() and "://" not in lock


def test_both_locks_name_the_same_versions():
    first, second = (pinned(name) for name in ("requirements.lock", "requirements-bench.lock"))
    assert {name for name in first.keys() & second.keys() if first[name] != second[name]} == set(), "run `make lock`"


def pinned(lock: str) -> dict[str, set[str]]:
    """The versions of each package that a lock names."""
    versions: dict[str, set[str]] = {}
    for name, entry in install.entries((ROOT / lock).read_text(encoding="utf-8")):
        versions.setdefault(name, set()).add(re.search(r"==([^ ]+)", entry)[1])
    return versions


def tables() -> list[list[list[str]]]:
    """The cells of the README's measured tables."""
    block = README.split(readme.BEGIN)[1].split(readme.END)[0]
    found = re.findall(r"(?:^\|.*\|\n)+", block, re.M)
    return [[[cell.strip() for cell in line.strip("|\n").split("|")] for line in table.splitlines()] for table in found]


def test_the_readme_has_the_tables_of_the_sets_that_are_there():
    accuracy, speeds = tables()
    names = {re.sub(r", (before|today).*", "", row[0]) for row in accuracy[2:]}
    assert names >= {"digests", *(articles.name for articles in unseen.unseen())}
    assert names <= {"originals", "other provinces", "digests", *(articles.name for articles in unseen.unseen())}
    assert accuracy[0] == ["set", "articles", "figures", *readme.ACCURACY]
    assert {row[0].split(" 0.")[0] for row in speeds[2:]} and len(speeds) == 2 + 2 + len(peers.PEERS)


def test_the_readme_says_what_the_record_says():
    accuracy = tables()[0]
    for name, was in unseen.read_before().items():
        [row] = [row for row in accuracy if row[0].startswith(f"{name}, before")]
        assert was.commit in row[0]
        assert row[3:] == [readme._measure(key, was.measures[key]) for key in scoring.MEASURES]


def test_the_readme_is_renewed_between_its_markers():
    made = readme.renewed(f"a\n{readme.BEGIN}\nold\n{readme.END}\nb\n", f"{readme.BEGIN}\nnew \\1\n{readme.END}\n")
    assert made == f"a\n{readme.BEGIN}\nnew \\1\n{readme.END}\nb\n"
    with pytest.raises(ValueError, match="Put both markers"):
        readme.renewed("a\n", "b\n")


def test_the_product_imports_no_peer():
    peer_modules = ["duckling", "recognizers_number", "quantulum3", "dateparser", "bench"]
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    assert sources and not any(
        re.search(rf"^\s*(import|from) ({'|'.join(peer_modules)})\b", text, re.M) for text in sources
    )


def test_a_job_is_read_by_the_program_as_by_the_module():
    members = corpus.digests().members[:1]
    jobs = json.dumps([(str(path), row) for path, row in members])
    program = [sys.executable, str(ROOT / "bench" / "predict.py")]
    told = subprocess.run(program, input=jobs, capture_output=True, text=True, check=True, encoding="utf-8")
    assert [json.loads(line) for line in told.stdout.splitlines()] == list(predictions(members))
