"""Write the table of places from the package vietnamadminunits, with the rows and spellings kept by hand.

The package (MIT) holds Vietnam's provinces with their districts up to 30 June 2025, the provinces since 1 July 2025, and
what merged into what. It brings a geometry library along, so it is no dependency of the project. To write the table anew:

    python -m venv units-venv && units-venv/bin/pip install vietnamadminunits==1.0.4
    units-venv/bin/python tools/places.py            # writes src/analysis/reference/places.csv
    units-venv/bin/python tools/places.py --check    # exit 1 where the table differs from what would be written

tools/places_by_hand.csv is merged in: a row with the name and parent of a place adds its spellings and its `needs` to it, any
other row is a place that the package does not know (the country; districts and provinces that ended before 2025).
"""

import argparse
import csv
import importlib.util
import io
import json
import sqlite3
import sys
import unicodedata
from collections import Counter
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src/analysis/reference/places.csv"
BY_HAND = Path(__file__).with_name("places_by_hand.csv")
COLUMNS = ("name", "kind", "level", "parent", "alias", "valid_from", "valid_to", "successor", "needs")
COUNTRY = "Việt Nam"
LAST_OLD, FIRST_NEW = "2025-06-30", "2025-07-01"  # Resolution 202/2025/QH15: 34 provinces, and no districts.
RENAMED = {
    "Mù Căng Chải": "Mù Cang Chải",
    "Phú Quí": "Phú Quý",
    "Đắk Glei": "Đăk Glei",
    "Đắk Tô": "Đăk Tô",
}  # The package's names that decrees and the press do not use.
HEAD = """\
# Written by tools/places.py from the package vietnamadminunits (MIT) and tools/places_by_hand.csv: change that file, not this one.
# A place is one row for each time in which it had one extent: Lào Cai until 2025-06-30, and with Yên Bái since 2025-07-01.
# `alias`: other spellings, separated by |. `valid_from`, `valid_to`: blank where the time is open. `successor`: what it became part of.
# `needs` level: the bare name is also an ordinary word, a person or a street, so the words must say district, town or city.
"""


def data_folder() -> Path:
    """Where the package keeps its data; found without importing it. Exits with how to get it if it is absent."""
    found = importlib.util.find_spec("vietnamadminunits")
    if found is None:
        sys.exit("The package vietnamadminunits is not installed here: see the first lines of tools/places.py.")
    return Path(found.origin).parent / "data"


def read_units(folder: Path) -> tuple[list[tuple], list[tuple], dict[str, str]]:
    """Old districts (province, kind, name), new provinces (kind, name), and old province → new province, by name."""
    with closing(sqlite3.connect(f"file:{folder / 'dataset.db'}?mode=ro", uri=True)) as database:
        old = database.execute("SELECT DISTINCT province, provinceShort, provinceKey, district FROM admin_units_legacy")
        legacy = [(kind_of(province), short, key, district) for province, short, key, district in old]
        new = database.execute("SELECT DISTINCT province, provinceShort, provinceKey FROM admin_units").fetchall()
    names = {key: short for _, short, key in new}
    merged = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))["DICT_PROVINCE"]
    successor_of_key = {old_key: names[key] for key, olds in merged.items() for old_key in olds}
    successors = {short: successor_of_key[key] for _, short, key, _ in legacy}
    return legacy, [(kind_of(province), short) for province, short, _ in new], successors


def kind_of(full: str) -> str:
    """ "Thành Phố Đồng Hới" → "thành phố"."""
    words = full.lower()
    return next(kind for kind in ("thành phố", "thị xã", "huyện", "quận", "tỉnh") if words.startswith(kind))


def province_rows(legacy: list[tuple], new: list[tuple], successors: dict[str, str]) -> list[dict]:
    """A row for each province and each extent that it had: one for those that nothing joined."""
    joined = Counter(successors.values())
    rows = []
    for kind, name in sorted({(kind, short) for kind, short, _, _ in legacy}, key=lambda pair: pair[1]):
        unchanged = successors[name] == name and joined[name] == 1
        ends = {} if unchanged else {"valid_to": LAST_OLD, "successor": successors[name]}
        rows.append(row(name, kind, "province", COUNTRY, **ends))
    rows += [
        row(name, kind, "province", COUNTRY, valid_from=FIRST_NEW)
        for kind, name in sorted(new, key=lambda pair: pair[1])
        if joined[name] > 1
    ]
    return rows


def district_rows(legacy: list[tuple]) -> list[dict]:
    """A row for each district. One that bears a province's name, or that of a county beside it, keeps its kind in its name."""
    provinces = {short for _, short, _, _ in legacy}
    full = sorted({(short, district) for _, short, _, district in legacy if district})
    split = [(province, kind_of(words), words[len(kind_of(words)) :].strip()) for province, words in full]
    parts = [(province, kind, RENAMED.get(name, name)) for province, kind, name in split]
    twins = Counter((province, name) for province, _, name in parts)
    rows = []
    for province, kind, name in parts:
        shared = name in provinces or name.isdigit() or (twins[province, name] > 1 and kind != "huyện")
        own = f"{kind.capitalize() if name.isdigit() else kind} {name}" if shared else name  # "Quận 12" is a name
        rows.append(row(own, kind, "district", province, valid_to=LAST_OLD))
    return rows


def row(name: str, kind: str, level: str, parent: str, **more: str) -> dict[str, str]:
    return dict.fromkeys(COLUMNS, "") | {"name": name, "kind": kind, "level": level, "parent": parent} | more


def spellings(name: str) -> list[str]:
    """Other spellings that a rule gives: no blanks about a hyphen, no accents, and the press's ways to write the M'Nông word for water."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    found = [] if name.isdigit() else [plain.replace("Đ", "D").replace("đ", "d")]  # English editions
    if " - " in name:
        found += [name.replace(" - ", "-"), name.replace(" - ", " ")]
    if name.startswith("Đắk "):
        found += [other + name[3:] for other in ("Đăk", "Đắc", "Đak", "Dak")]
    if name.startswith("Đăk "):
        found += [other + name[3:] for other in ("Đắk", "Đắc", "Đak", "Dak")]
    return found


def merge(rows: list[dict], by_hand: list[dict]) -> list[dict]:
    """The rows with what was written by hand: countries first, then provinces, then districts by province."""
    known = {(found["name"], found["parent"]) for found in rows}
    extra: dict[tuple[str, str], dict] = {}
    for found in by_hand:
        if (found["name"], found["parent"]) in known and not found["valid_to"]:
            extra[found["name"], found["parent"]] = found
        elif found["level"] == "country" or found["valid_to"]:
            rows = [*rows, found]
        else:
            sys.exit(
                f"{BY_HAND}: {found['name']} in {found['parent']} is no place of the package. Mend the name or the parent; "
                "for a place that has ended give valid_to."
            )
    for found in rows:
        more = extra.get((found["name"], found["parent"]), {})
        given = [
            *found["alias"].split("|"),
            *more.get("alias", "").split("|"),
            *spellings(found["name"].removeprefix(found["kind"] + " ").removeprefix(found["kind"].capitalize() + " ")),
        ]
        found["alias"] = "|".join(dict.fromkeys(name for name in given if name not in ("", found["name"])))
        for column in ("needs", "valid_from"):
            found[column] = found[column] or more.get(column, "")
    order = ("country", "province", "district")
    return sorted(
        rows, key=lambda found: (order.index(found["level"]), found["parent"], found["name"], found["valid_from"])
    )


def read_by_hand() -> list[dict]:
    """The rows of places_by_hand.csv, without its comments. Exits with the line's number for a row of the wrong length."""
    lines = BY_HAND.read_text(encoding="utf-8").splitlines()
    found = []
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        cells = next(csv.reader([line]))
        if len(cells) != len(COLUMNS):
            sys.exit(f"{BY_HAND}, line {number}: {len(cells)} cells, where {len(COLUMNS)} are needed: {line}")
        if tuple(cells) != COLUMNS:
            found.append(dict(zip(COLUMNS, cells, strict=True)))
    return found


def table() -> str:
    """The whole table as it is written."""
    legacy, new, successors = read_units(data_folder())
    rows = merge([*province_rows(legacy, new, successors), *district_rows(legacy)], read_by_hand())
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    out.write(HEAD)
    writer.writerows(rows)
    return out.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing, exit 1 where they differ")
    written = table()
    if parser.parse_args().check:
        sys.exit(0 if written == TABLE.read_text(encoding="utf-8") else f"{TABLE} differs: run tools/places.py.")
    TABLE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
