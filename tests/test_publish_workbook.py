"""The workbook, opened again and read."""

import pytest
from openpyxl import load_workbook

from analysis.publish.workbook import SHEETS, write_workbook
from publish_factory import INF, make_facts


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


def test_numbers_stay_numbers(book, facts):
    sheet = book.worksheets[1]
    heads = [cell.value for cell in sheet[1]]
    column = heads.index("Giá trị" if "Giá trị" in heads else "Value")
    values = [row[column] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert values == list(facts.observations["value"])


def _rows(sheet) -> list[dict]:
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_an_open_bound_is_empty_and_has_a_hedge(book, facts, lang):
    low, high, hedge = ("Cận dưới", "Cận trên", "Giới hạn") if lang == "vi" else ("Low", "High", "Hedge")
    open_ended = 0
    for row, (_, observed) in zip(_rows(book.worksheets[1]), facts.observations.iterrows(), strict=True):
        assert row[low] == observed["lo"]
        if observed["hi"] == INF:
            open_ended += 1
            assert row[high] is None and row[hedge] == ("ít nhất" if lang == "vi" else "at least")
        else:
            assert row[high] == observed["hi"] and row[hedge] is None
    assert open_ended
    assert all("∞" not in str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)


def test_measures_carry_their_unit_and_their_two_numbers(book, facts, lang):
    names = ("Chỉ số", "Đơn vị", "Tử số", "Mẫu số", "Giá trị") if lang == "vi" else ("Measure", "Unit", "Numerator", "Denominator", "Value")  # fmt: skip
    rows = [tuple(row[name] for name in names) for row in _rows(book.worksheets[2])]
    assert rows[0][1:] == ("%", 13126, 19320, 67.94)
    known = facts.observations.set_index("id")["value"]
    for row, (_, measure) in zip(rows, facts.measures.iterrows(), strict=True):
        assert row[2:4] == (known[measure["numerator"]], known[measure["denominator"]])
    units = {row[1] for row in rows}
    assert (
        {"ý kiến/cuộc", "đồng/sáng kiến"} <= units
        if lang == "vi"
        else {"opinions/meetings", "VND/initiatives"} <= units
    )


def test_a_readable_window_stands_beside_the_dates(book, lang):
    heads = [cell.value for cell in book.worksheets[1][1]]
    at = heads.index("Giai đoạn" if lang == "vi" else "Window")
    assert heads[at + 1 : at + 4] == (["Từ ngày", "Đến ngày", "Thời điểm"] if lang == "vi" else ["From", "To", "As of"])
    for sheet in book.worksheets[1:3]:
        windows = [row["Giai đoạn" if lang == "vi" else "Window"] for row in _rows(sheet)]
        assert windows[0] == ("2013 – nay (8/2023)" if lang == "vi" else "2013 to date (Aug 2023)")
        assert all(windows)


def test_ids_and_slugs_stand_at_the_right(book):
    for sheet in book.worksheets[1:3]:
        heads = [cell.value for cell in sheet[1]]
        assert any(head in ("Mã", "Id") for head in heads[-4:])
        assert "slug" not in "".join(heads[:15]) and "(slug)" in "".join(heads[-4:])


def test_words_of_fixed_lists_are_in_the_readers_language(book, lang):
    status = "Tình trạng" if lang == "vi" else "Status"
    assert {row[status] for row in _rows(book.worksheets[1])} == {"công bố" if lang == "vi" else "reported"}


def test_a_figure_says_how_sure_it_is_and_why_not_surer(book, facts, lang):
    """Shares stay numbers, shown in percent; doubts are worded."""
    sheet = book["Số liệu" if lang == "vi" else "Figures"]
    names = ("Độ chắc chắn", "Điều chưa chắc", "Là phần của") if lang == "vi" else ("Confidence", "Doubts", "Part of")
    rows = [tuple(row[name] for name in names) for row in _rows(sheet)]
    assert [row[0] for row in rows] == list(facts.figures["confidence"])
    at = [cell.value for cell in sheet[1]].index(names[0])
    assert sheet[2][at].number_format == "0%"
    place = (
        "câu không nêu địa bàn nên lấy địa bàn của bài"
        if lang == "vi"
        else "the sentence names no place: it is the article's"
    )
    assert {row[1] for row in rows} == {None, place}


def test_decisions_have_a_sheet_of_their_own(tmp_path, lang, facts):
    from dataclasses import replace

    row = dict.fromkeys(facts.decisions.columns) | {
        "line": 2, "id": "d0000000001", "who": "lan", "when": "2026-03-05T14:07:00+07:00", "figure": "f00000000", "article": "a23",
        "action": "correct", "field": "value", "before": "1", "after": "2", "why": "=1+1", "state": "stale",
    }  # fmt: skip
    decided = replace(facts, decisions=facts.decisions.iloc[:0].reindex(range(1)).assign(**row))
    path, *_ = write_workbook(decided, tmp_path / "x.xlsx", lang)
    (found,) = _rows(load_workbook(path)["Quyết định" if lang == "vi" else "Decisions"])
    vi = {"Việc": "sửa", "Hiệu lực": "không áp dụng nữa", "Vì sao": "=1+1", "Trước": "1", "Sau": "2"}
    en = {"Action": "correct", "State": "not applied any more", "Why": "=1+1", "Before": "1", "After": "2"}
    assert (vi if lang == "vi" else en).items() <= found.items()


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
