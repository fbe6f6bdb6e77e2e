"""`build`: articles to tables, end to end, with bad articles named and the good ones kept."""

import pytest

from analysis.errors import FileError
from analysis.project import Project
from analysis.reconcile import build as building
from analysis.reconcile.build import build, load_facts

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
        *("numerals", "figures", "observations", "measures", "findings", "articles")
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
