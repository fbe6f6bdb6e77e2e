"""Parameters: types are kept, mistakes are named before a kernel starts."""

import re
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import FileError, UsageError
from analysis.run.parameters import (
    Parameters,
    add_assignment,
    check_place,
    first_day,
    last_day,
    parse_assignments,
    read_parameters,
    resolve,
    type_name,
)
from run_helpers import write_notebook

FULL = """place = "Lào Cai"
indicators = []
since = ""
until = ""
lang = "vi"
as_of = ""
processed = ""
charts = ""
"""


@pytest.fixture
def full(tmp_path):
    return read_parameters(write_notebook(tmp_path / "04_x.ipynb", parameters=FULL))


@pytest.fixture
def own(tmp_path):
    cell = 'code = "A"  # a code as printed\nlimit: int = 5\nshare = 0.5\nstrict = True\nnames = ["a"]'
    return read_parameters(write_notebook(tmp_path / "90_own.ipynb", parameters=cell))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("place=Bảo Yên", {"place": "Bảo Yên"}),
        ("place=  Bảo   Yên ", {"place": "Bảo Yên"}),
        (normalize("NFD", "place=Bảo Yên"), {"place": "Bảo Yên"}),
        ("since=2019", {"since": "2019"}),
        ("since=2019-05", {"since": "2019-05"}),
        ("since=2020-02-29", {"since": "2020-02-29"}),
        ("as_of=", {"as_of": ""}),
        ("lang=en", {"lang": "en"}),
        ("indicators=party_referred, party_admitted", {"indicators": ["party_referred", "party_admitted"]}),
        ("indicators=", {"indicators": []}),
    ],
)
def test_values_get_their_type(full, text, expected):
    assert resolve("04_x", full, parse_assignments((text,))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("code=007", "007"),
        ("code=no", "no"),
        ("code=2019-10-17", "2019-10-17"),
        ("code=1e5", "1e5"),
        ("code=null", "null"),
        ("code=a=b", "a=b"),
        ("limit=007", 7),
        ("share=1e-3", 0.001),
        ("strict=no", False),
        ("names=x, y", ["x", "y"]),
    ],
)
def test_types_are_not_mangled(own, text, expected):
    (value,) = resolve("90_own", own, parse_assignments((text,))).values()
    assert value == expected and type(value) is type(expected)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plce=Bảo Yên", r"no parameter 'plce' in 04_x; did you mean place\?\nThere is: place, indicators, since"),
        ("lang=fr", r"lang = 'fr'.*'vi' or 'en'"),
        ("since=2019-13", r"since = '2019-13'.*no date of the calendar"),
        ("since=2021-02-29", "no date of the calendar"),
        ("since=17/10/2019", r"is not a year \(2019\), a month"),
        ("since=२०१९", "is not a year"),
        ("place=", "place = '': it is empty"),
        ("indicators=party_refered", r"'party_refered' is not in the code book; did you mean party_referred"),
        ("processed=elsewhere", "set by the run itself; use --processed"),
    ],
)
def test_mistakes_are_named_with_what_exists(full, text, said):
    with pytest.raises(UsageError, match=said):
        resolve("04_x", full, parse_assignments((text,)))


def test_all_mistakes_are_named_at_once(full):
    with pytest.raises(UsageError, match=r"(?s)since.*lang"):
        resolve("04_x", full, {"lang": "fr", "since": "soon"})


def test_since_after_until_is_refused(full):
    with pytest.raises(UsageError, match="since lies after until"):
        resolve("04_x", full, {"since": "2020-06", "until": "2020-05"})
    assert resolve("04_x", full, {"since": "2020-06", "until": "2020"})


@pytest.mark.parametrize("text", ["place", "=Bảo Yên", "a b=c", "1a=c"])
def test_an_assignment_needs_key_and_value(text):
    with pytest.raises(UsageError, match=re.escape(f"-p {text}: expected key=value")):
        parse_assignments((text,))


def test_a_key_has_one_value():
    with pytest.raises(UsageError, match="place was already given as 'A'"):
        parse_assignments(("place=A", "place=B"))
    given_once = parse_assignments(("place=A", "place=A"))
    add_assignment(given_once, "place", "A", "--place A")
    assert given_once == {"place": "A"}


def test_place_must_be_in_the_tables():
    check_place("Bảo Yên", {"Lào Cai", "Bảo Yên"})
    with pytest.raises(UsageError, match=r"(?s)did you mean Bảo Yên\?.*Places in the tables: Bảo Yên, Lào Cai"):
        check_place("Bao Yên", {"Lào Cai", "Bảo Yên"})


@pytest.mark.parametrize(
    "cell", ["place = f()", "x = 1 + y", "import os", "x = {'a': 1}", "a, b = 1, 2", "x: int", "place = ("]
)
def test_a_parameters_cell_holds_only_literals(tmp_path, cell):
    path = write_notebook(tmp_path / "x.ipynb", parameters=cell)
    with pytest.raises(FileError, match=r"x\.ipynb: the cell tagged 'parameters' does not parse"):
        read_parameters(path)


def test_own_parameters_take_type_and_meaning_from_their_line(own):
    assert own["code"].en == "a code as printed"
    assert [type_name(p.type) for p in own.values()] == ["text", "int", "float", "bool", "list of text"]


def test_a_notebook_without_parameters_has_none(tmp_path):
    assert read_parameters(write_notebook(tmp_path / "x.ipynb", "1", parameters=None)) == {}


@pytest.mark.parametrize("text", ["", "{", '{"a": 1}', "\x00"])
def test_a_broken_notebook_is_named(tmp_path, text):
    path = tmp_path / "x.ipynb"
    path.write_text(text)
    with pytest.raises(FileError, match=r"x\.ipynb: not a readable notebook"):
        read_parameters(path)


def test_every_parameter_has_a_meaning_in_both_languages():
    for name, field in Parameters.model_fields.items():
        assert field.description and field.json_schema_extra["vi"], name


@given(st.dates())
def test_a_day_covers_itself(day):
    assert first_day(day.isoformat()) == last_day(day.isoformat()) == day


@given(st.dates())
def test_a_month_and_a_year_hold_their_days(day):
    for text in (f"{day:%Y}".zfill(4), f"{day:%Y}".zfill(4) + f"{day:-%m}"):
        assert first_day(text) <= day <= last_day(text)


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc"))))
def test_text_stays_as_it_is_but_for_spaces_around(text):
    from analysis.run.parameters import Parameter

    code = {"code": Parameter("code", str, "text", "", "", "")}
    assert resolve("x", code, parse_assignments((f"code={text}",))) == {"code": text.strip()}
