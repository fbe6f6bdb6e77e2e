"""What a notebook sees of the facts: the scope that its parameters ask for, and outputs in its language."""

import re
from datetime import date
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from analysis.errors import FileError, UsageError
from analysis.publish import labels
from analysis.publish.briefing import Briefing, open_briefing, scoped, within
from analysis.publish.charts import conversion, levels
from analysis.publish.tables import to_html
from publish_factory import make_facts

ALL = {"place": "", "indicators": (), "since": None, "until": None, "as_of": None}


@pytest.fixture(scope="module")
def facts():
    return make_facts()


@pytest.fixture(scope="module", autouse=True)
def shell(tmp_path_factory):
    """The shell that display() publishes to, as in a kernel, without a history file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        config = Config({"HistoryManager": {"enabled": False}})
        yield InteractiveShell.instance(config=config)
        InteractiveShell.clear_instance()


@pytest.fixture
def briefing(facts, tmp_path):
    return Briefing(facts, facts, "Lào Cai", "vi", tmp_path)


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ({"place": "Lào Cai"}, {19320, 13126, 12512, 8108, 7675, 4884, 202, 466, 422}),
        ({"place": "Bảo Yên"}, {466, 422}),
        ({"place": "Hà Nội"}, set()),
        ({"since": date(2021, 1, 1)}, {19320, 13126, 466, 422}),
        ({"until": date(2016, 12, 31)}, {19320, 13126, 12512, 8108}),
        ({"as_of": date(2019, 12, 31)}, {12512, 8108}),
        ({"as_of": date(2019, 6, 30)}, set()),  # an article of 2019 may be younger than that
        ({"as_of": date(2021, 5, 31)}, {12512, 8108, 466, 422}),
        ({"indicators": ("party_admitted",)}, {13126, 8108, 4884, 202, 422}),
    ],
)
def test_scope(facts, asked, values):
    kept = scoped(facts, **(ALL | asked))
    party = kept.observations[kept.observations["indicator"].isin(["party_referred", "party_admitted"])]
    assert set(party["value"]) == values
    ids = set(kept.observations["id"])
    assert set(kept.measures["numerator"]) | set(kept.measures["denominator"]) <= ids
    assert {figure for cell in kept.observations["figures"] for figure in cell.split(";")} <= set(kept.figures["id"])


def test_a_measure_needs_both_its_observations(facts):
    kept = scoped(facts, **(ALL | {"indicators": ("party_admitted",)}))
    assert kept.measures.empty


def test_a_province_holds_its_districts():
    assert "Bảo Yên" in within("Lào Cai")
    assert "Lào Cai" in within("Việt Nam") and "Bảo Yên" in within("Việt Nam")
    assert within("Bảo Yên") == {"Bảo Yên"}


@pytest.mark.parametrize(
    ("asked", "named"), [({"lang": "fr"}, "fr"), ({"since": "12/8/2023"}, "since"), ({"as_of": "now"}, "as_of")]
)
def test_a_parameter_that_does_not_parse_is_named(asked, named):
    with pytest.raises(UsageError, match=named):
        open_briefing(**asked)


def test_missing_tables_are_named(tmp_path):
    with pytest.raises(FileError, match="figures build"):
        open_briefing(processed=str(tmp_path))


def _outputs(show, *args, **options) -> list:
    with capture_output() as captured:
        show(*args, **options)
    return captured.outputs


def test_a_chart_is_shown_with_alt_and_written(briefing, tmp_path):
    [output] = _outputs(briefing.chart, conversion)
    assert "67,9%" in output.metadata["image/png"]["alt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["conversion.json", "conversion.png", "conversion.svg"]
    assert [figure.words.name for figure in briefing.shown] == ["conversion"]


def test_a_chart_without_facts_becomes_a_sentence(briefing, tmp_path):
    [output] = _outputs(briefing.chart, levels, indicators=["exemplary_union_chairs"])
    assert output.data["text/markdown"].startswith("*Không có số liệu nào của Lào Cai")
    assert not list(tmp_path.iterdir())


def test_measures_are_said_with_both_numbers(briefing):
    [output] = _outputs(briefing.say_measures, ["conversion"])
    assert "**67,9%** (13.126 / 19.320)" in output.data["text/markdown"]
    assert "Bảo Yên, 2017 – nay (5/2021)" in output.data["text/markdown"]


def test_caveats_are_those_of_the_charts_shown(briefing):
    _outputs(briefing.chart, conversion)
    [output] = _outputs(briefing.say_caveats)
    assert "cùng giai đoạn" in output.data["text/markdown"]


def test_a_sentence_that_is_in_no_table_is_an_error(briefing):
    with pytest.raises(KeyError, match=r"no\.such"):
        briefing.say("no.such")


def test_tables_speak_the_readers_language(briefing, facts):
    columns = ["measure", "window", "value", "numerator", "status"]
    [output] = _outputs(briefing.table, facts.measures.head(1), columns)
    page = output.data["text/html"]
    assert (
        "Tỷ lệ kết nạp trên giới thiệu" in page
        and "2013 – nay (8/2023)" in page
        and "<em>67,9%</em>" in page
        and ">13.126<" in page
    )
    assert "Admitted per referred" in to_html(facts.measures.head(1), "en", columns)


def test_table_text_is_escaped(facts):
    hostile = facts.articles.head(1).assign(title="<script>alert(1)</script>")
    assert "<script>" not in to_html(hostile, "vi")


def test_tables_keep_bounds_and_missing_apart(facts):
    stock = facts.observations[facts.observations["indicator"] == "workers_total"].assign(note=None)
    page = to_html(stock, "vi", ["value", "hi", "note"])
    assert ">ít nhất 70.000<" in page and ">∞<" in page and ">–<" in page


def test_every_check_has_a_name_for_people():
    """The checks that the floors below can report, read from their code."""
    folder = Path(labels.__file__).parents[1]
    sources = [
        path.read_text(encoding="utf-8") for floor in ("ingest", "reconcile") for path in (folder / floor).glob("*.py")
    ]
    named = {name for text in sources for name in re.findall(r'\b(?:[Ff]inding|_counted)\(\s*"([a-z_0-9]+)"', text)}
    assert len(named) > 10
    assert {name for name in named if f"value.{name}" not in labels.sentences()} == set()
