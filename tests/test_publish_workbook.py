"""The workbook, opened again and read."""

import pytest
from openpyxl import load_workbook

from analysis.publish.workbook import SHEETS, write_workbook
from publish_factory import make_facts


@pytest.fixture(scope="module")
def facts():
    return make_facts()


@pytest.fixture(scope="module", params=["vi", "en"])
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def paths(facts, lang, tmp_path_factory):
    return write_workbook(facts, tmp_path_factory.mktemp("book") / "figures.xlsx", lang)


@pytest.fixture(scope="module")
def book(paths):
    return load_workbook(paths[0])


def test_every_table_has_a_sheet_and_a_csv(book, paths, facts):
    assert len(book.sheetnames) == len(SHEETS) + 2
    assert [path.name for path in paths[1:]] == [f"{name}.csv" for name in SHEETS]
    for path, name in zip(paths[1:], SHEETS, strict=True):
        assert len(path.read_text(encoding="utf-8").splitlines()) == len(getattr(facts, name)) + 1


def test_the_first_sheet_counts_the_others(book):
    about = book.worksheets[0]
    rows = list(about.iter_rows(min_row=5, values_only=True))
    assert [row[1] for row in rows] == [sheet.max_row - 1 for sheet in book.worksheets[1:]]
    assert all(row[2] for row in rows)


def test_numbers_stay_numbers_and_bounds_words(book, facts):
    sheet = book.worksheets[1]
    heads = [cell.value for cell in sheet[1]]
    column = heads.index("Giá trị" if "Giá trị" in heads else "Value")
    values = [row[column] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert values == list(facts.observations["value"])
    high = heads.index("Cận trên" if "Cận trên" in heads else "High")
    assert "∞" in [row[high] for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_sheets_are_frozen_and_filtered(book):
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref


def test_every_observation_and_measure_has_a_receipt(book, facts):
    rows = list(book.worksheets[-1].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [*facts.observations["id"], *facts.measures["id"]]
    assert all("articles/a" in row[1] for row in rows)


def test_text_is_never_a_formula(tmp_path, lang, facts):
    hostile = facts.articles.assign(title="=1+1", publisher="=HYPERLINK(1)")
    from dataclasses import replace

    [path, *_] = write_workbook(replace(facts, articles=hostile), tmp_path / "x.xlsx", lang)
    cells = [cell for sheet in load_workbook(path).worksheets for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)


def test_the_same_bytes(facts, paths, lang, tmp_path):
    again = write_workbook(facts, tmp_path / "figures.xlsx", lang)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in paths]
