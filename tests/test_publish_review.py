"""What notebooks show of sureness and decisions, made by real reviews of real tables."""

import shutil
from datetime import UTC, datetime

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from analysis.project import Project
from analysis.publish import review
from analysis.publish.briefing import open_briefing
from analysis.reconcile.build import build, load_facts
from analysis.reconcile.decisions import append_decision, read_decisions
from analysis.reconcile.review import Review
from analysis.reference.codebook import load_codebook
from conftest import ROOT

NOW = datetime(2026, 3, 5, 14, 7, tzinfo=UTC)
LANGS = pytest.mark.parametrize("lang", ["vi", "en"])


@pytest.fixture(scope="module", autouse=True)
def shell(tmp_path_factory):
    """The shell that display() publishes to, as in a kernel, without a history file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        yield InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
        InteractiveShell.clear_instance()


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    """The project's articles with four decisions: one accepts, one corrects two fields, one rejects, one takes that back."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "data/raw", root / "data/raw")
    (root / "data/raw/decisions.csv").unlink(missing_ok=True)
    (root / "notebooks").mkdir()
    (root / "pyproject.toml").touch()
    project = Project.find(root)
    found = _review(project)
    first, second, third = (row["id"] for row in found.queue(article="laocai-2019-nghi-quyet-25")[:3])
    _append(project, found.decide("accept", first, (), "đúng như trong bài", "lan", NOW))
    fields = ("value=1234567", "period_start=2015-03-01")
    _append(project, found.decide("correct", second, fields, "đọc nhầm <năm>", "minh", NOW))
    rejected = found.decide("reject", third, (), "để thử", "minh", NOW)
    _append(project, rejected)
    _append(project, _review(project).undo(rejected.id, "lấy lại", "lan", NOW))
    build(project)
    return project


def _review(project: Project) -> Review:
    decisions, _ = read_decisions(project.raw / "decisions.csv")
    return Review.of(build(project), decisions, load_codebook())


def _append(project: Project, decision) -> None:
    append_decision(project.raw / "decisions.csv", decision)


def shown(look, project: Project, lang: str, **scope) -> str:
    """All that a look puts on the page, as text, with the HTML beside it."""
    briefing = open_briefing(lang=lang, processed=str(project.processed), **scope)
    with capture_output() as captured:
        look(briefing)
    return "\n".join(text for out in captured.outputs for text in out.data.values())


@LANGS
def test_decisions_say_who_when_why_before_and_after(project, lang):
    text = shown(review.show_decisions, project, lang)
    said = {
        "vi": ["5/3/2026 14:07", "chấp nhận", "giá trị: ", " → 1.234.567", "→ 1/3/2015", "loại bỏ", "đã hủy", "hủy d"],
        "en": ["5 Mar 2026 14:07", "accepted", "value: ", " → 1,234,567", "→ 1 Mar 2015", "rejected", "taken back"],
    }[lang]
    assert [words for words in (*said, "lan", "minh", "đúng như trong bài") if words not in text] == []
    assert "<năm>" not in text.split("</table>")[0] and "&lt;năm&gt;" in text
    rows = text.split("<tbody>")[1].split("</tbody>")[0].count("<tr")
    assert rows == load_facts(project.processed).decisions["id"].nunique() == 4


@LANGS
def test_where_nobody_decided_it_says_so(project, lang):
    text = shown(review.show_decisions, project, lang, place="Bảo Yên")
    assert text.count("Chưa có quyết định" if lang == "vi" else "Nobody has decided") == 2  # as Markdown and as text
    assert "<table" not in text


@LANGS
def test_the_least_sure_figures_are_those_that_nobody_decided_on(project, lang):
    facts = load_facts(project.processed)
    decided = facts.figures[facts.figures["status"] != "extracted"]
    assert len(decided) == 2
    text = shown(review.show_least_sure, project, lang)
    least = facts.figures[facts.figures["status"] == "extracted"]["confidence"].min()
    assert f"{least:.0%}" in text and str(len(facts.figures) - 2) in text
    assert text.split("<tbody>")[1].split("</tbody>")[0].count("<tr") == review.MOST


@LANGS
def test_each_doubt_is_worded_and_counted(project, lang):
    figures = load_facts(project.processed).figures
    text = shown(review.show_doubts, project, lang)
    assert ("không có gì nghi ngờ" if lang == "vi" else "nothing speaks against it") in text
    assert not [name for name in ("default_place", "carried_window") if name in text]
    alone = figures["doubts"].isna().sum()
    assert f"\t{alone}\t" in text


@LANGS
def test_a_figures_line_names_its_whole_and_its_status(project, lang):
    briefing = open_briefing(lang=lang, processed=str(project.processed))
    figures = briefing.facts.figures
    part = figures[figures["part_of"].notna()].iloc[0]
    whole = figures[figures["id"] == part["part_of"]].iloc[0]
    line = review.sureness(part, briefing)
    assert line.startswith(f"{part['confidence']:.0%}") and f"{whole['value']:g}" in line.replace(".", "")
    corrected = figures[figures["status"] == "corrected"].iloc[0]
    assert review.sureness(corrected, briefing).endswith("đã sửa" if lang == "vi" else "corrected")


@LANGS
def test_every_part_is_listed_with_its_whole(project, lang):
    parts = load_facts(project.processed).figures["part_of"].notna().sum()
    text = shown(review.show_parts, project, lang)
    assert parts and text.split("<tbody>")[1].split("</tbody>")[0].count("<tr") == parts
    assert (f"{parts}; lớn hơn số đó: 0" if lang == "vi" else f"{parts}; larger than it: 0") in text


@LANGS
def test_decisions_that_are_not_applied_are_counted_and_named(project, lang, tmp_path):
    """The article's sentence is another now: the acceptance and the correction of it are named, not applied."""
    shutil.copytree(project.root, tmp_path / "changed")
    changed = Project.find(tmp_path / "changed")
    table = changed.raw / "decisions.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("qualifier=", "qualifier=x"), encoding="utf-8")
    build(changed)
    before, after = (shown(review.show_stale, where, lang) for where in (project, changed))
    sure = {
        "vi": ("đang áp dụng: 3; đã hủy: 1; không áp dụng nữa vì số liệu đã khác: 0", "số liệu đã khác: 1"),
        "en": ("applied: 3; taken back: 1; not applied any more, the figure being another now: 0", "another now: 1"),
    }[lang]
    assert sure[0] in before and "<table" not in before
    assert sure[1] in after and ("quyết định hết hiệu lực" if lang == "vi" else "stale decision") in after
