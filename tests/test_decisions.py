"""decisions.csv: what is appended stays, whatever happens beside it; what cannot be read is named, and the rest goes on."""

import multiprocessing
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import FileError
from analysis.reconcile import appending
from analysis.reconcile.decisions import BOM, COLUMNS, Change, Decision, append_decision, read_decisions

HEADER = ",".join(COLUMNS)
SHA = "a" * 64


def decision(n: int = 1, action: str = "accept", **fields) -> Decision:
    known = Decision(
        id=f"d{n:010x}",
        who="Lan",
        when="2026-11-22T09:30:00+07:00",
        figure="f01234567",
        article="bài một",
        action=action,
        why="đã đối chiếu, “đúng”",
        sentence_sha256=SHA,
        text="12.512",
        changes=(Change("", "value=12512", ""),),
    )
    return replace(known, **fields)


def correction(n: int = 1) -> Decision:
    changes = (Change("value", "12512", "12513"), Change("place", "Lào Cai", "Bảo Yên"))
    return decision(n, "correct", changes=changes)


def line_of(tmp_path, made: Decision) -> bytes:
    """The line (or lines) of a decision as the file holds it."""
    path = tmp_path / "lines.csv"
    path.unlink(missing_ok=True)
    append_decision(path, made)
    return path.read_bytes().split(b"\n", 1)[1]


def placed(made: Decision, *lines: int) -> Decision:
    changes = tuple(replace(change, line=line) for change, line in zip(made.changes, lines, strict=True))
    return replace(made, changes=changes)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "raw/decisions.csv"


def test_no_file_is_no_decision(path):
    assert read_decisions(path) == ([], [])
    path.parent.mkdir()
    for content in (b"", BOM, BOM + b"\n", HEADER.encode()):
        path.write_bytes(content)
        assert read_decisions(path) == ([], [])


def test_what_is_appended_is_read_back_in_order(path):
    undo = decision(3, "undo", undoes="d" + "0" * 9 + "1", changes=(Change("", "", ""),))
    for made in (decision(1), correction(2), undo):
        append_decision(path, made)
    found, findings = read_decisions(path)
    assert found == [placed(decision(1), 2), placed(correction(2), 3, 4), placed(undo, 5)]
    assert findings == []
    assert path.read_bytes().startswith(BOM + b"id,who,when,")


def test_earlier_bytes_never_change(path, tmp_path):
    append_decision(path, decision(1))
    before = path.read_bytes()
    append_decision(path, correction(2))
    assert path.read_bytes() == before + line_of(tmp_path, correction(2))


@pytest.mark.parametrize("bom", [b"", BOM])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_as_spreadsheets_save_it(path, bom, newline, delimiter):
    columns = [*reversed(COLUMNS), "ghi chú"]
    path.parent.mkdir()
    path.write_bytes(bom + (delimiter.join(columns) + newline).encode())
    append_decision(path, correction(1))
    append_decision(path, decision(2))
    found, findings = read_decisions(path)
    assert ([one.id for one in found], findings) == (["d0000000001", "d0000000002"], [])
    assert found[0].changes[1] == Change("place", "Lào Cai", "Bảo Yên", 3)
    assert path.read_bytes().count(newline.encode()) == 4
    emptied = delimiter * (len(columns) - 1) + newline  # a row that was cleared in the spreadsheet
    path.write_bytes(path.read_bytes() + emptied.encode() + newline.encode())
    assert read_decisions(path) == (found, [])


@pytest.mark.parametrize("cut", range(1, 120, 7))
def test_a_torn_last_line_is_named_and_kept_and_the_next_decision_stands_alone(path, tmp_path, cut):
    append_decision(path, decision(1))
    torn = line_of(tmp_path, decision(2))[:cut]
    path.write_bytes(path.read_bytes() + torn)
    found, findings = read_decisions(path)
    assert [one.id for one in found] == ["d0000000001"]
    assert [(one.check, one.severity) for one in findings] == [("decision_row", "warning")]
    assert "line 3" in findings[0].message and "cut off" in findings[0].message and "dòng 3" in findings[0].message_vi
    append_decision(path, decision(3))
    found, findings = read_decisions(path)
    assert [one.id for one in found] == ["d0000000001", "d0000000003"]
    assert len(findings) == 1 and "line 3" in findings[0].message
    assert torn in path.read_bytes()


def test_a_line_torn_inside_quotes_or_inside_a_letter_takes_no_other_with_it(path, tmp_path):
    quoted = line_of(tmp_path, decision(2)).partition("“đúng".encode())[0]
    letter = line_of(tmp_path, decision(3)).partition("ối".encode())[0] + "ố".encode()[:1]
    for torn in (quoted, letter):
        append_decision(path, decision(1))
        path.write_bytes(path.read_bytes() + torn)
        append_decision(path, correction(4))
        found, findings = read_decisions(path)
        assert [one.id for one in found] == ["d0000000001", "d0000000004"]
        assert len(findings) == 1
        path.unlink()


def test_a_correction_of_which_a_row_is_missing_is_not_half_applied(path, tmp_path):
    append_decision(path, decision(1))
    first = line_of(tmp_path, correction(2)).split(b"\n")[0] + b"\n"
    path.write_bytes(path.read_bytes() + first)
    found, findings = read_decisions(path)
    assert [one.id for one in found] == ["d0000000001"]
    assert "must have 2 rows" in findings[0].message and "found 1" in findings[0].message


BAD = [
    ("action", "approve", "accept, correct, reject, undo"),
    ("id", "d1", "d0123456789"),
    ("figure", "o0123456789", "f01234567"),
    ("when", "22/11/2026", "2026-11-22T09:30:00+07:00"),
    ("when", "2026-11-22T09:30:00", "+07:00"),
    ("why", "", "why"),
    ("who", " ", "who"),
    ("article", "", "article"),
    ("rows", "0", "1–9"),
    ("sentence_sha256", "abc", "64"),
]
BAD_CORRECTIONS = [
    ("field", "id", "value_high"),
    ("field", "", "value_high"),
    ("after", "12,513", "12345.6"),
    ("after", "nan", "12345.6"),
    ("after", "1" * 400, "12345.6"),
    ("after", "", "…"),
    ("before", "mười", "12345.6"),
]


@pytest.mark.parametrize(
    ("action", "column", "found", "allowed"),
    [
        *(("accept", *row) for row in BAD),
        *(("correct", *row) for row in BAD_CORRECTIONS),
        ("undo", "undoes", "", "d01"),
    ],
)
def test_a_row_edited_by_hand_is_named_and_the_rest_goes_on(path, tmp_path, action, column, found, allowed):
    changes = (Change("value", "12512", "12513"),) if action == "correct" else (Change("", "", ""),)
    made = decision(2, action, changes=changes, why="đúng", undoes="d0000000001" if action == "undo" else "")
    cells = line_of(tmp_path, made).decode().strip().split(",")
    cells[COLUMNS.index(column)] = f'"{found}"'
    append_decision(path, decision(1))
    path.write_bytes(path.read_bytes() + (",".join(cells) + "\n").encode())
    append_decision(path, decision(3))
    kept, findings = read_decisions(path)
    assert [one.id for one in kept] == ["d0000000001", "d0000000003"]
    assert len(findings) == 1
    for message in (findings[0].message, findings[0].message_vi):
        assert "3" in message and column in message and allowed in message


def test_a_window_of_no_calendar_is_a_bad_row(path, tmp_path):
    for date in ("2019-02-30", "2019", "0001-01-01", "30/6/2019"):
        append_decision(path, decision(1, "correct", changes=(Change("period_end", "", date),)))
        assert read_decisions(path)[0] == []
        path.unlink()


def test_an_id_used_twice_applies_neither(path):
    append_decision(path, decision(1))
    append_decision(path, decision(1, "reject"))
    append_decision(path, decision(2))
    found, findings = read_decisions(path)
    assert [one.id for one in found] == ["d0000000002"] and len(findings) == 1


@pytest.mark.parametrize(
    "header", ["id,who", "a line of somebody's", HEADER.replace("rows", "row"), "\ufeff\ufeff" + HEADER]
)
def test_a_file_without_its_header_stops_before_anything_is_lost(path, header):
    path.parent.mkdir()
    path.write_text(header + "\n", encoding="utf-8")
    before = path.read_bytes()
    for use in (lambda: read_decisions(path), lambda: append_decision(path, decision(1))):
        with pytest.raises(FileError, match=r"decisions\.csv, line 1.*allowed the columns"):
            use()
    assert path.read_bytes() == before


def test_a_folder_in_the_files_place_is_a_file_error(path):
    path.mkdir(parents=True)
    with pytest.raises(FileError, match="cannot be read"):
        read_decisions(path)


def test_a_disk_that_fills_leaves_the_file_as_it_was(path, monkeypatch):
    append_decision(path, decision(1))
    before, write = path.read_bytes(), appending.os.write

    def full(handle, content):
        if bytes(content).startswith(b"d"):
            write(handle, content[:20])
            raise OSError(28, "No space left on device")
        return write(handle, content)

    monkeypatch.setattr(appending.os, "write", full)
    with pytest.raises(FileError, match="No space left"):
        append_decision(path, decision(2))
    assert path.read_bytes() == before


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(lambda text: text.strip())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=4))
def test_any_words_make_one_line_each_and_are_read_back(tmp_path_factory, told):
    path = tmp_path_factory.mktemp("any") / "decisions.csv"
    made = [decision(n, who=who, why=why, article=article) for n, (who, why, article) in enumerate(told)]
    for one in made:
        append_decision(path, one)
    found, findings = read_decisions(path)
    assert findings == []
    assert path.read_bytes().count(b"\n") == len(made) + 1
    for one, back in zip(made, found, strict=True):
        assert [back.who, back.why, back.article] == [" ".join(t.split()) for t in (one.who, one.why, one.article)]


def _append_many(path, first: int) -> None:
    for n in range(first, first + 50):
        append_decision(path, correction(n) if n % 2 else decision(n))


def test_two_processes_append_at_once_and_nothing_is_torn_or_lost(path):
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_append_many, args=(path, first)) for first in (1000, 2000)]
    for worker in workers:
        worker.start()
    seen = 0
    while any(worker.is_alive() for worker in workers):
        found, findings = read_decisions(path)  # a reader beside them sees whole decisions only
        assert findings == [] and len(found) >= seen
        seen = len(found)
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    found, findings = read_decisions(path)
    assert findings == []
    assert sorted(one.id for one in found) == [f"d{n:010x}" for n in (*range(1000, 1050), *range(2000, 2050))]
