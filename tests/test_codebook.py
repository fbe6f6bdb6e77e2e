"""The code book: complete, fitting together, and stopping at a bad row with file, line and what was expected."""

import csv
import shutil

import pytest

from analysis.errors import FileError, ReferenceTableError
from analysis.extract.indicators import worded
from analysis.reconcile.checks import check_wording
from analysis.reconcile.wording import KEYS, messages
from analysis.reference.codebook import KINDS, TABLES, load_codebook
from analysis.reference.tables import FOLDER, read_rows
from analysis.reference.texts import Texts

DESIGNED_UNITS = {
    *("person", "participation", "session", "meeting", "opinion", "organisation", "initiative", "class", "entry"),
    *("article", "award", "document", "percent", "VND", "USD", "km2", "m2", "programme", "times", "other"),
}


@pytest.fixture
def copied(tmp_path):
    for name in TABLES:
        shutil.copy(FOLDER / f"{name}.csv", tmp_path)
    return tmp_path


def append(folder, table: str, row: str) -> int:
    """Add a line to a table of the copy; its line number."""
    path = folder / f"{table}.csv"
    path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    return len(path.read_text(encoding="utf-8").splitlines())


INDICATOR = "{slug},Nhãn,Label,{unit},{kind},Đếm gì,What,{parent},{also},"
MEASURE = "{slug},Nhãn,Label,{num},{den},{result},{window},{units},{decimals},,"


def indicator(slug="new_thing", unit="person", kind="flow", parent="", also="") -> str:
    return INDICATOR.format(slug=slug, unit=unit, kind=kind, parent=parent, also=also)


def measure(
    slug="new_rate",
    num="party_admitted",
    den="party_referred",
    result="percent",
    window="same",
    units="same",
    decimals="1",
):
    return MEASURE.format(slug=slug, num=num, den=den, result=result, window=window, units=units, decimals=decimals)


BAD_ROWS = [
    ("indicators", indicator(unit="persons"), "persons", "one of"),
    ("indicators", indicator(kind="level"), "level", "flow"),
    ("indicators", indicator(slug="New Thing"), "New Thing", "lower-case"),
    ("indicators", indicator(slug="party_admitted"), "party_admitted", "one row only"),
    ("indicators", indicator(parent="nobody"), "nobody", "another indicator"),
    ("indicators", indicator(parent="new_thing"), "new_thing", "another indicator"),
    ("indicators", indicator(parent="party_admitted"), "party_admitted", "parts.csv"),
    ("indicators", indicator(also="award|prize"), "prize", "units.csv"),
    ("indicators", "new_thing,,Label,person,flow,Đếm,What,,,", "label_vi", "some text"),
    ("indicators", "new_thing,Nhãn", "new_thing,Nhãn", "10 cells"),
    ("indicators", 'new_thing,"Nhãn', "", "quotes"),
    ("measures", measure(num="party_admited"), "party_admited", "party_admitted"),
    ("measures", measure(den="party_admitted"), "party_admitted", "other than the numerator"),
    ("measures", measure(result="share"), "share", "percent"),
    ("measures", measure(window="nested"), "nested", "same"),
    ("measures", measure(window="target"), "target", "kind is target"),
    ("measures", measure(den="party_target"), "same", "kind is target"),
    ("measures", measure(den="dialogues"), "units", "never one unit"),
    ("measures", measure(result="VND"), "VND", "numerator is in VND"),
    ("measures", measure(decimals="-1"), "-1", "0 to 6"),
    ("measures", measure(slug="conversion"), "conversion", "one row only"),
    ("parts", "party_admitted,party_admitted,subset,", "party_admitted", "other than the total"),
    ("parts", "party_admitted,party_referred,half,", "half", "complete"),
    ("parts", "party_admitted,nobody,subset,", "nobody", "one of"),
    ("parts", "party_admitted,party_referred,complete,", "split", "lower-case"),
    ("parts", "workers_total,workers_in_unionised_units,subset,", "workers_in_unionised_units", "once"),
    ("units", "person,người,people", "person", "one row only"),
    ("assumptions", "a_guess,ten,Nhãn,Label,nothing", "ten", "a number"),
    ("assumptions", "a_guess,nan,Nhãn,Label,nothing", "nan", "0 or more"),
    ("assumptions", "a_guess,-1,Nhãn,Label,nothing", "-1", "0 or more"),
    ("assumptions", "a_guess,1,Nhãn,Label,", "used_for", "some text"),
]


@pytest.mark.parametrize(("table", "row", "found", "expected"), BAD_ROWS)
def test_bad_row_stops_with_file_line_and_what_was_expected(copied, table, row, found, expected):
    line = append(copied, table, row)
    with pytest.raises(ReferenceTableError) as caught:
        load_codebook(copied)
    told = str(caught.value)
    assert caught.value.path == copied / f"{table}.csv"
    assert f"{table}.csv, line {line}" in told
    assert found in told
    assert expected in told


@pytest.mark.parametrize("table", TABLES)
def test_missing_table_or_column_is_named(copied, table):
    path = copied / f"{table}.csv"
    header = next(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    gone = header.split(",")[1]
    path.write_text(header.replace(f",{gone}", "", 1) + "\n", encoding="utf-8")
    with pytest.raises(ReferenceTableError, match=gone):
        load_codebook(copied)
    path.unlink()
    load_codebook.cache_clear()
    with pytest.raises(FileError, match=table):
        load_codebook(copied)


def test_adding_rows_adds_an_indicator_and_a_measure(copied):
    append(copied, "indicators", indicator("books_read", "document"))
    append(copied, "measures", measure("books_per_dialogue", "books_read", "dialogues", "ratio", units="any"))
    book = load_codebook(copied)
    assert book.indicators["books_read"].label("vi") == "Nhãn"
    assert book.measure("books_per_dialogue").scale == 1


def test_every_table_is_complete_and_units_are_the_designed_ones():
    book = load_codebook()
    assert set(book.units) == DESIGNED_UNITS
    assert {indicator.kind for indicator in book.indicators.values()} == set(KINDS)
    used = {book.indicators[slug].unit for slug in book.indicators}
    assert used <= DESIGNED_UNITS


def test_every_indicator_has_wording_and_every_wording_an_indicator():
    assert worded() == set(load_codebook().indicators)


def test_an_indicator_that_no_wording_row_names_is_found(copied):
    append(copied, "indicators", indicator("books_read", "document"))
    worded = set(load_codebook().indicators)
    assert list(check_wording(worded, load_codebook())) == []
    [found] = check_wording(worded, load_codebook(copied))
    assert (found.check, found.severity) == ("unworded", "note")
    assert "books_read" in found.message
    assert "books_read" in found.message_vi


SENTENCES = 'key,vi,en\nsum,"{one} và {other}","{one} and {other}"\n'
BAD_SENTENCES = [
    ("twice,{value} đồng,VND {valeu}", "{valeu}, {value}", "the same {names}"),
    ("twice,{value} đồng,VND", "{value}", "the same {names}"),
    ("twice,{value đồng,VND {value}", "{value đồng", "braces in pairs"),
    ("twice,{} đồng,VND {}", "{}", "a name alone"),
    ("twice,{value.real} đồng,VND {value.real}", "{value.real}", "a name alone"),
    ("sum,{one},{one}", "key=sum", "only once"),
]


@pytest.mark.parametrize(("row", "found", "expected"), BAD_SENTENCES)
def test_a_bad_sentence_stops_with_file_line_and_what_was_expected(tmp_path, row, found, expected):
    path = tmp_path / "messages.csv"
    path.write_text(SENTENCES + row + "\n", encoding="utf-8")
    with pytest.raises(ReferenceTableError) as caught:
        Texts(path)
    assert "messages.csv, line 3" in str(caught.value)
    assert found in str(caught.value)
    assert expected in str(caught.value)


def test_a_missing_sentence_and_a_missing_value_are_named(tmp_path):
    path = tmp_path / "messages.csv"
    path.write_text(SENTENCES, encoding="utf-8")
    with pytest.raises(ReferenceTableError, match=r"messages\.csv, line 2.*a row for each of gone"):
        Texts(path, needed=("sum", "gone"))
    with pytest.raises(ReferenceTableError, match=r"messages\.csv, line 2: found '\{other\} in sum'.*\{one\}"):
        Texts(path).say("sum", "vi", one=1)
    assert Texts(path).say("sum", "vi", one=1, other=2) == "1 và 2"


def test_every_sentence_of_the_checks_is_in_the_table_and_the_other_way_round():
    assert sorted(messages().keys()) == sorted(KEYS)


def test_in_vietnamese_chi_tieu_means_a_target():
    rows = read_rows(FOLDER / "messages.csv", ("key", "vi", "en"))
    assert {row["key"] for _, row in rows if "chỉ tiêu" in row["vi"].lower()} == {
        *("refused_target_start", "refused_target_end")
    }


def test_parts_say_what_adds_up():
    splits = {(rule.total, rule.split): rule for rule in load_codebook().parts if rule.coverage == "complete"}
    assert splits["workers_in_unionised_units", "sector"].parts == ("workers_public_sector", "workers_business_sector")
    assert len(splits["contest_photo_winners", "prize"].parts) == 5


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_labels_are_distinct_and_short_enough_for_a_chart_title(lang):
    book = load_codebook()
    for rows in (book.indicators.values(), book.measures):
        labels = [row.label(lang) for row in rows]
        assert len(set(labels)) == len(labels)
        assert max(map(len, labels)) <= 48


def test_every_slug_of_the_gold_has_its_row_unit_and_label(shared):
    book = load_codebook()
    core = (shared / "core_indicators.txt").read_text(encoding="utf-8").split()
    assert set(core) <= set(book.indicators)
    for path in sorted((shared / "gold").glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["indicator"]]
        assert rows
        for row in rows:
            assert row["unit"] in book.indicators[row["indicator"]].units, (path.stem, row["n"])
