"""The table of places: both eras of provinces, districts with their parents, and the generator that writes it."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import ReferenceTableError
from analysis.extract.phrases import key
from analysis.reference import places as module
from analysis.reference.places import LEVELS, all_places, merged, named, places, provinces, within
from conftest import ROOT

OLD, NEW = date(2025, 6, 30), date(2025, 7, 1)
LAO_CAI = {
    "Bảo Thắng", "Bảo Yên", "Bát Xát", "Bắc Hà", "Mường Khương", "Sa Pa", "Si Ma Cai", "Văn Bàn", "thành phố Lào Cai",
}  # fmt: skip


def test_there_were_63_provinces_and_there_are_34():
    assert len({place.name for place in provinces(OLD)}) == len(provinces(OLD)) == 63
    assert len({place.name for place in provinces(NEW)}) == len(provinces(NEW)) == 34


def test_every_old_province_is_part_of_one_new_province():
    new = {place.name for place in provinces(NEW)}
    parts = Counter(part for name in new for part in merged(name))
    assert set(parts) == {place.name for place in provinces(OLD)}
    assert set(parts.values()) == {1}
    assert Counter(len(merged(name)) for name in new) == {1: 11, 2: 17, 3: 6}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Lào Cai", {"Lào Cai", "Yên Bái"}),
        ("Hồ Chí Minh", {"Hồ Chí Minh", "Bình Dương", "Bà Rịa - Vũng Tàu"}),
        ("Phú Thọ", {"Phú Thọ", "Vĩnh Phúc", "Hòa Bình"}),
        ("Lâm Đồng", {"Lâm Đồng", "Đắk Nông", "Bình Thuận"}),
        ("Quảng Trị", {"Quảng Trị", "Quảng Bình"}),
        ("Hà Nội", {"Hà Nội"}),
    ],
)
def test_what_a_new_province_is_made_of(name, parts):
    assert set(merged(name)) == parts


def test_a_province_that_kept_its_name_and_grew_has_two_rows():
    before, after = named("Lào Cai")
    assert (before.valid_to, before.successor, after.valid_from) == (OLD, ("Lào Cai",), NEW)
    assert before.existed(OLD) and not before.existed(NEW) and after.existed(NEW) and not after.existed(OLD)
    assert places()["Lào Cai"] == after


def test_every_district_lies_in_a_province_and_ended():
    known = {place.name for place in all_places() if place.level == "province"}
    districts = [place for place in all_places() if place.level == "district"]
    assert all(place.parent in known and place.valid_to and place.valid_to <= OLD for place in districts)
    assert sum(place.existed(OLD) for place in districts) == 696
    assert (
        {place.name for place in districts if place.parent == "Lào Cai"} == LAO_CAI == within("Lào Cai") - {"Lào Cai"}
    )


def test_a_name_stands_for_all_its_rows_and_an_unknown_one_for_none():
    assert all(named(name) == tuple(p for p in all_places() if p.name == name) for name in places())
    assert named("Không Có") == ()


def test_a_name_of_several_provinces_stands_once_for_each():
    assert len({place.parent for place in named("Châu Thành")}) == len(named("Châu Thành")) == 10
    assert all("Châu Thành" in within(place.parent) for place in named("Châu Thành"))


def test_a_place_that_ended_names_its_successor_where_that_is_known():
    names = {place.name for place in all_places()}
    assert all(set(place.successor) <= names for place in all_places())
    early = [place for place in all_places() if place.valid_to and place.valid_to < OLD]
    assert early and all(place.successor for place in early)


def test_no_two_provinces_share_a_spelling():
    owners: dict[str, set[str]] = {}
    for place in all_places():
        for spelling in place.spellings if place.level == "province" else ():
            owners.setdefault(key(spelling), set()).add(place.name)
    assert {spelling: found for spelling, found in owners.items() if len(found) > 1} == {}


@given(st.sampled_from(all_places()))
def test_what_lies_in_a_place_lies_in_what_is_around_it(place):
    assert place.level in LEVELS and place.name in places()
    if place.parent:
        assert within(place.name) <= within(place.parent)
        assert LEVELS.index(places()[place.parent].level) < LEVELS.index(place.level)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("X,huyện,hamlet,,,,,,", "level=hamlet"),
        ("X,huyện,district,Nowhere,,,,,", "Nowhere"),
        ("X,tỉnh,province,,,2025-13-01,,,", "ISO date"),
        ("X,tỉnh,province,,,,,,maybe", "needs=maybe"),
    ],
)
def test_a_wrong_row_is_named(tmp_path, monkeypatch, line, says):
    table = tmp_path / "places.csv"
    table.write_text(f"name,kind,level,parent,alias,valid_from,valid_to,successor,needs\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(module, "_TABLE", table)
    with pytest.raises(ReferenceTableError, match=says):
        all_places.__wrapped__()


def test_the_generator_writes_the_table():
    """PLACES_PYTHON names a Python that has the package; else this one is asked."""
    python = shutil.which(os.environ.get("PLACES_PYTHON", sys.executable))
    probe = "import importlib.util, sys; sys.exit(importlib.util.find_spec('vietnamadminunits') is None)"
    if python is None or subprocess.run([python, "-c", probe], check=False).returncode:
        pytest.skip("the package vietnamadminunits is not installed; tools/places.py says how to get it")
    done = subprocess.run(
        [python, str(ROOT / "tools/places.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
