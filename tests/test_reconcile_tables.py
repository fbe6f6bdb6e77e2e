"""Tables on disk: checked, whole or not at all, the same bytes, described, and the same when read again."""

import csv
import hashlib
import json
import math
import os
from dataclasses import replace

import pandas as pd
import pytest

from analysis.errors import DataCheckError, FileError
from analysis.reconcile.facts import TABLES, load_facts
from analysis.reconcile.schemas import checked
from analysis.reconcile.store import checked_facts, write_facts
from analysis.reconcile.tables import read_csv, to_csv, write_atomically
from analysis.reference.codebook import load_codebook
from figure_rows import facts_of, figure, since, story, years

BOOK = load_codebook()


@pytest.fixture(scope="module")
def facts():
    told = story(
        "a",
        figure("party_referred", 466, **since(2017, place="Bảo Yên")),
        figure("party_admitted", 422, **since(2017, place="Bảo Yên")),
        figure("workers_total", 70000, qualifier="at_least"),
        figure("dialogue_participations", 120, qualifier="at_most", **years(2016, 2019)),
        figure("training_rate", 66.11, **years(2013, 2018)),
        figure(None, 3),
    )
    return facts_of(told)


@pytest.fixture
def written(facts, tmp_path):
    write_facts(facts, tmp_path)
    return tmp_path


def test_written_facts_are_read_back_as_they_were(facts, written):
    for name, table in load_facts(written).tables().items():
        pd.testing.assert_frame_equal(table, facts.tables()[name])


@pytest.mark.parametrize("name", TABLES)
def test_csv_holds_what_parquet_holds(facts, written, name):
    pd.testing.assert_frame_equal(checked(name, read_csv(written / f"{name}.csv"), BOOK), facts.tables()[name])


def test_csv_writes_dates_bounds_and_unknowns_plainly(written):
    with (written / "observations.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["indicator"]: row for row in csv.DictReader(file)}
    assert (rows["workers_total"]["lo"], rows["workers_total"]["hi"]) == ("70000", "INF")
    assert (rows["dialogue_participations"]["lo"], rows["dialogue_participations"]["hi"]) == ("-INF", "120")
    assert rows["training_rate"]["value"] == "66.11"
    assert (rows["party_referred"]["period_start"], rows["party_referred"]["period_end"]) == ("2017-01-01", "")
    assert rows["party_referred"]["body"] == ""


def test_the_same_facts_are_the_same_bytes(facts, written, tmp_path):
    again = tmp_path / "again"
    write_facts(load_facts(written), again)
    names = sorted(path.name for path in again.iterdir())
    assert len(names) == 2 * len(TABLES) + 1
    for name in names:
        assert (again / name).read_bytes() == (written / name).read_bytes(), name


def test_datapackage_describes_every_file_and_column(facts, written):
    package = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    described = {resource["path"]: resource for resource in package["resources"]}
    assert set(described) == {path.name for path in written.iterdir()} - {"datapackage.json"}
    for path, resource in described.items():
        content = (written / path).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        table = facts.tables()[path.split(".")[0]]
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == list(table.columns)
        assert all(
            field["description"] and field["type"] in ("string", "number", "integer", "date") for field in fields
        )


def test_datapackage_says_what_is_allowed(written):
    package = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    fields = {field["name"]: field for field in package["resources"][2]["schema"]["fields"]}
    assert package["resources"][2]["name"] == "figures"
    assert fields["qualifier"]["constraints"]["enum"] == ["about", "at_least", "at_most", "exact"]
    assert fields["id"]["constraints"]["pattern"].startswith("^f")
    assert "constraints" not in fields["body"]
    assert package["resources"][2]["schema"]["primaryKey"] == ["id"]


@pytest.mark.parametrize("name", ["observations.parquet", "datapackage.json"])
def test_a_missing_table_says_what_to_do(written, name):
    (written / name).unlink()
    with pytest.raises(FileError, match=rf"{name}.*figures build"):
        load_facts(written)


def test_a_table_of_another_build_is_refused(facts, written, tmp_path):
    other = replace(facts, measures=facts.measures.head(0))
    write_facts(other, tmp_path / "other")
    os.replace(tmp_path / "other/measures.parquet", written / "measures.parquet")
    with pytest.raises(FileError, match=r"measures.parquet.*do not belong together"):
        load_facts(written)


def test_tables_of_another_code_book_are_refused(written):
    path = written / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace(BOOK.sha256, "0" * 64), encoding="utf-8")
    with pytest.raises(FileError, match=r"code book was changed.*figures build"):
        load_facts(written)


BAD_CELLS = [
    ("figures", "qualifier", "maybe", "one of about, at_least, at_most, exact"),
    ("figures", "indicator", "party_admited", "party_admitted"),
    ("figures", "unit", "persons", "one of"),
    ("figures", "value", None, "something (it is empty)"),
    ("figures", "start", -4, "0 or more"),
    ("figures", "start", "four", "a whole number"),
    ("figures", "id", "x1", "text like"),
    ("figures", "hi", -1.0, "lo <= value <= hi"),
    ("numerals", "class", "number", "boilerplate"),
    ("observations", "period_start", "soon", "a date as YYYY-MM-DD"),
    ("observations", "as_of", "12/8/2023", "text like"),
    ("observations", "place", None, "something (it is empty)"),
    ("observations", "n_releases", 0, "1 or more"),
    ("observations", "status", "estimated", "contested, reported"),
    ("observations", "window_kind", "half-open", "asof, closed, half, open, unstated"),
    ("measures", "status", "guessed", "derived, refused"),
    ("findings", "severity", "fatal", "error, note, warning"),
    ("articles", "sha256", "abc", "text like"),
]


@pytest.mark.parametrize(("name", "column", "value", "allowed"), BAD_CELLS)
def test_a_bad_cell_is_named_with_table_row_column_and_what_was_allowed(facts, name, column, value, allowed):
    table = facts.tables()[name].astype(object)
    table.loc[0, column] = value
    with pytest.raises(DataCheckError) as caught:
        checked(name, table, BOOK)
    told = str(caught.value)
    assert f"table {name}: row 1" in told
    assert column in told
    assert repr(value) in told
    assert allowed in told


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda table: table.drop(columns="as_of"), "column as_of is missing"),
        (lambda table: table.assign(extra=1), "column extra is not expected"),
        (lambda table: pd.concat([table, table], ignore_index=True), "what stands in one row only"),
        (lambda table: table[table.columns[::-1]], "not at this place"),
    ],
)
def test_a_table_of_another_shape_is_refused(facts, change, words):
    with pytest.raises(DataCheckError, match=words):
        checked("observations", change(facts.observations), BOOK)


def test_an_id_that_leads_nowhere_is_refused(facts):
    measures = facts.measures.assign(numerator="o0123456789")
    with pytest.raises(DataCheckError, match=r"measures, row 1, column numerator: found o0123456789"):
        checked_facts(facts.tables() | {"measures": measures}, BOOK)


def test_no_articles_make_empty_tables_that_can_be_read(tmp_path):
    write_facts(facts_of(), tmp_path)
    assert all(table.empty for table in load_facts(tmp_path).tables().values())


def test_writing_replaces_whole_and_leaves_nothing_else(tmp_path):
    path = tmp_path / "deep/table.csv"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_is_a_file_is_named_and_stays(tmp_path):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(FileError, match="taken"):
        write_atomically(tmp_path / "taken/table.csv", b"one")
    assert (tmp_path / "taken").read_text() == "mine"


def test_large_and_tiny_numbers_survive_csv():
    values = [1e21, 0.1 + 0.2, 5e-324, -0.0, 2**53 + 2.0, math.inf, -math.inf, 55294000000.0]
    lines = to_csv(pd.DataFrame({"value": values})).decode().splitlines()[1:]
    assert [float(line.replace("INF", "inf")) for line in lines] == values
    assert lines[-1] == "55294000000"
