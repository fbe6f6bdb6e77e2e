"""`build`: articles to tables, end to end, with bad articles named and the good ones kept."""

import hashlib
from dataclasses import replace

import pandas as pd
import pytest

from analysis.errors import FileError, ReferenceTableError
from analysis.extract import extract_article
from analysis.ingest.articles import Article, read_articles
from analysis.project import Project
from analysis.reconcile import build as building
from analysis.reconcile.build import build, load_facts, make_facts
from analysis.reconcile.facts import Facts

PROVINCE = (
    "Tính từ năm 2013 đến nay, công đoàn ở tỉnh Lào Cai giới thiệu được 19.320 đoàn viên ưu tú để bồi dưỡng kết nạp; "
    "13.126 người trong số đó được kết nạp vào Đảng.\n"
)


@pytest.fixture
def project(tmp_path) -> Project:
    articles = tmp_path / "raw/articles"
    articles.mkdir(parents=True)
    (articles / "good.txt").write_text(PROVINCE, encoding="utf-8")
    return Project(tmp_path, tmp_path / "raw", tmp_path / "processed", tmp_path / "reports")


def test_the_projects_own_articles_give_the_ratios_an_analyst_expects(tmp_path):
    facts = build(Project.find(__file__).with_folders(processed=tmp_path))
    derived = facts.measures[facts.measures["status"] == "derived"]
    conversion = derived[derived["measure"] == "conversion"]
    found = {(row.place, row.as_of if row.as_of == row.as_of else None): row.value for row in conversion.itertuples()}
    assert {key: round(value, 2) for key, value in found.items()} == {
        ("Bảo Yên", "2021"): 90.56,
        ("Lào Cai", "2019"): 64.80,
        ("Lào Cai", "2023"): 67.94,
        ("Lào Cai", None): 63.64,
    }
    attained = derived[derived["measure"] == "target_attainment"]
    assert attained["value"].tolist() == [105.5]
    assert "error" not in set(facts.findings["severity"])


def test_the_bloc_committee_is_a_body_of_its_own_and_no_contradiction(tmp_path):
    facts = build(Project.find(__file__).with_folders(processed=tmp_path))
    admitted = facts.observations.query("indicator == 'party_admitted' and value in (202, 4884)")
    assert dict(zip(admitted["value"], admitted["body"].notna(), strict=True)) == {202: True, 4884: False}
    assert admitted["period_start"].nunique() == 1
    assert "contradiction" not in set(facts.findings["check"])


def test_the_projects_sums_are_checked(tmp_path):
    messages = " ".join(build(Project.find(__file__).with_folders(processed=tmp_path)).findings["message"])
    assert "34,183 + 17,906 = 52,089, adds up" in messages
    assert "1 + 2 + 2 + 5 + 5 = 15, adds up" in messages


def test_bad_articles_are_named_and_the_good_one_goes_on(project):
    folder = project.raw / "articles"
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(b"\x00\x01\x02PK\x03\x04" * 50)
    (folder / "bytes.txt").write_bytes(b"\xff\xfe\xfa\x80\x81 12.345 ng\xe0i")
    facts = build(project)
    assert facts.articles["id"].tolist() == ["good"]
    assert sorted(facts.observations["value"]) == [13126, 19320]
    unread = facts.findings[facts.findings["check"] == "article_not_read"]
    assert sorted(unread["article"]) == ["binary", "bytes", "empty"]


def test_an_article_that_breaks_extraction_stops_publication_but_no_other_article(project, monkeypatch):
    (project.raw / "articles/worse.txt").write_text("Có 5 người.", encoding="utf-8")
    extract = building.extract_article

    def breaking(article):
        if article.id == "worse":
            raise RuntimeError("a rule fell over")
        return extract(article)

    monkeypatch.setattr(building, "extract_article", breaking)
    facts = build(project)
    row = facts.findings.set_index("check").loc["extraction_failed"]
    assert (row["severity"], row["article"]) == ("error", "worse")
    assert "a rule fell over" in row["message"]
    assert sorted(facts.observations["value"]) == [13126, 19320]


def test_progress_is_told(project):
    heard = []
    build(project, lambda event, **fields: heard.append((event, fields)))
    assert heard[0] == ("article", {"name": "good", "n": 1, "of": 1})
    assert {fields["name"] for event, fields in heard if event == "table"} == {
        *("numerals", "figures", "observations", "measures", "findings", "articles", "decisions")
    }


def test_building_twice_gives_the_same_bytes(project):
    build(project)
    first = {path.name: path.read_bytes() for path in project.processed.iterdir()}
    build(project)
    assert {path.name: path.read_bytes() for path in project.processed.iterdir()} == first
    assert len(load_facts(project.processed).observations) == 2


def test_no_folder_of_articles_is_a_file_error(project):
    with pytest.raises(FileError, match="nowhere"):
        build(project.with_folders(raw=project.root / "nowhere"))


def test_originals_and_gold_agree_on_the_facts(shared, tmp_path):
    """The gold's figures, taken as extraction's, give the observations that the originals give."""
    facts = build(Project.find(__file__).with_folders(raw=shared / "articles", processed=tmp_path))
    core = [
        "party_referred",
        "party_admitted",
        "dialogues",
        "dialogue_opinions",
        "workers_in_unionised_units",
        "initiatives",
    ]
    found = facts.observations[facts.observations["indicator"].isin(core)]
    assert set(found["value"]) >= {
        19320,
        13126,
        12512,
        8108,
        7675,
        4884,
        466,
        422,
        202,
        83,
        19,
        1353,
        342,
        52089,
        45580,
        5934,
        12681,
    }


def test_an_end_that_the_words_leave_open_is_named(tmp_path):
    """ "trong nửa nhiệm kỳ" says where the term starts, but not where its half ends."""
    facts = build(Project.find(__file__).with_folders(processed=tmp_path))
    [row] = facts.findings[facts.findings["check"] == "end_not_stated"].itertuples()
    assert (row.severity, row.article, len(row.figures.split(";"))) == ("note", "baoyen-2021-nua-nhiem-ky", 2)
    half = facts.observations[facts.observations["window_kind"] == "half"]
    assert sorted(half["value"]) == [422, 466]
    assert set(half["as_of"]) == {"2021"}
    assert set(facts.measures.loc[facts.measures["window_kind"] == "half", "status"]) == {"derived"}


OWN = Project.find(__file__)
COPIES = [("2023-09",), ("2024",), ("2024", "2025-01-15", "2033-12"), ("2023",)]


def built(*copies: Article) -> Facts:
    articles = [*read_articles(OWN.raw)[0], *copies]
    return make_facts(articles, [row for one in articles for row in extract_article(one)], [], OWN.raw)


@pytest.fixture(scope="module")
def own() -> Facts:
    return built()


@pytest.fixture(scope="module")
def digests() -> dict[str, Article]:
    return {article.id: article for article in read_articles(OWN.raw)[0]}


def copied(article: Article, name: str, published: str, text: str | None = None) -> Article:
    """The article, perhaps with another text, recorded under another name and date."""
    text = article.text if text is None else text
    sha256 = hashlib.sha256(text.encode()).hexdigest() if text != article.text else article.sha256
    return replace(
        article, id=name, path=article.path.with_name(f"{name}.txt"), published=published, text=text, sha256=sha256
    )


@pytest.mark.parametrize("dates", COPIES)
@pytest.mark.parametrize("change", [lambda text: text, lambda text: text + "\nĐăng lại.\n"])
def test_copies_of_the_projects_articles_change_no_fact_whatever_their_later_dates(own, digests, dates, change):
    copies = [
        copied(digests[name], f"{prefix}{n}-{name}", date, change(digests[name].text))
        for name in digests
        for n, (prefix, date) in enumerate(zip("0z1", dates, strict=False))
    ]
    facts = built(*copies)
    kept = facts.observations.drop(columns=["figures", "n_articles"])
    pd.testing.assert_frame_equal(kept, own.observations.drop(columns=["figures", "n_articles"]))
    pd.testing.assert_frame_equal(facts.measures, own.measures)
    found = facts.findings[facts.findings["check"] == "release"]
    assert len(found) == own.articles["release"].nunique()


@pytest.mark.parametrize("published", ["2023", "2024"])
def test_a_figure_contradicted_in_a_copy_gives_no_measure(digests, published):
    text = digests["laocai-2023-dai-doan-ket"].text
    assert "13.126" in text
    facts = built(copied(digests["laocai-2023-dai-doan-ket"], "copy", published, text.replace("13.126", "14.126")))
    assert facts.articles.set_index("id")["release"].loc[["copy", "laocai-2023-dai-doan-ket"]].nunique() == 1
    contested = facts.observations[facts.observations["status"] == "contested"]
    assert sorted(contested["value"]) == [13126, 14126]
    used = facts.measures[
        facts.measures["numerator"].isin(contested["id"]) | facts.measures["denominator"].isin(contested["id"])
    ]
    assert len(used)
    assert set(used["status"]) == {"refused"}
    for note in used.loc[used["measure"] == "conversion", "note_vi"]:
        assert "13.126 (o" in note
        assert "14.126 (o" in note
    assert "contradiction" in set(facts.findings["check"]) or "differs" in set(facts.findings["check"])


def test_a_bad_row_of_a_reference_table_is_no_fault_of_an_article(project, monkeypatch):
    def reading(article):
        raise ReferenceTableError("nouns.csv", 7, "person", "a unit")

    monkeypatch.setattr(building, "extract_article", reading)
    with pytest.raises(ReferenceTableError, match=r"nouns\.csv, line 7"):
        build(project)
