"""Choosing the facts of a chart, and the words that every chart says about them."""

import pandas as pd

from analysis.publish import formats, labels
from analysis.publish.charts.rows import MOST_ROWS, Row
from analysis.publish.labels import say
from analysis.publish.style import BLUE, SERIES, ChartWords, NothingToDraw
from analysis.publish.windows import Window
from analysis.reference.codebook import load_codebook


def observed(facts, place: str, indicators=None, kind: str | None = None) -> pd.DataFrame:
    """Observations of one place, in the order of `indicators`, then the place as a whole before its bodies, then by window.

    Raises NothingToDraw where there is none; a missing value is no observation, and a contested one is never drawn as a
    fact: `Briefing.chart` names it beside the chart.
    """
    table = facts.observations
    table = table[(table["place"] == place) & table["value"].notna() & (table["status"] != "contested")]
    if indicators:
        table = table[table["indicator"].isin(list(indicators))]
    if kind:
        table = table[table["kind"] == kind]
    if table.empty:
        what = ", ".join(indicators) if indicators else (kind or "")
        raise NothingToDraw("nothing.observations", place=place, what=what)
    return _ordered(table, list(indicators or load_codebook().indicators))


def _ordered(table: pd.DataFrame, indicators: list[str]) -> pd.DataFrame:
    keys = [
        (not _blank(row["body"]), indicators.index(row["indicator"]), Window.of(row).sort_key(), str(row["id"]))
        for _, row in table.iterrows()
    ]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return table.iloc[order]


def _blank(body) -> bool:
    return body is None or pd.isna(body) or not str(body).strip()


def whole(table: pd.DataFrame) -> pd.DataFrame:
    """Only the observations that cover the place as a whole, no body within it."""
    return table[[_blank(body) for body in table["body"]]]


def computed(facts, measures=None) -> pd.DataFrame:
    """Measures that could be computed (status derived), optionally of some slugs.

    Raises NothingToDraw where there is none.
    """
    table = facts.measures
    table = table[(table["status"] == "derived") & table["value"].notna()]
    if measures:
        table = table[table["measure"].isin(list(measures))]
    if table.empty:
        raise NothingToDraw("nothing.measures", place="", what=", ".join(measures or ()))
    return table


def observation(facts, observation_id: str) -> pd.Series:
    """One observation by its id; KeyError where facts have none such."""
    rows = facts.observations[facts.observations["id"] == observation_id]
    if rows.empty:
        raise KeyError(f"no observation {observation_id!r} in the facts")
    return rows.iloc[0]


def measure_window(facts, row) -> Window:
    """The window of a measure: a moment where its numerator is a stock."""
    return Window.of(row, observation(facts, row["numerator"])["kind"])


def printed(row, lang: str) -> str:
    """An observation's value as printed, with its hedge."""
    return formats.hedged(row["value"], row["lo"], row["hi"], row["unit"], lang)


def measure_text(row, lang: str) -> str:
    """A measure as printed, with its decimals from the code book: 67,9%, 4,4 triệu đồng, ít nhất 28,6.

    Progress towards a target ("ít nhất 400") is printed plainly, because the target itself is a threshold.
    """
    book = labels.measure_row(row["measure"])
    unit = book.result if book and book.result != "ratio" else "number"
    decimals = 2 if unit == "VND" or not book else book.decimals
    if book and book.window == "target":
        return formats.amount(row["value"], unit, lang, decimals)
    return formats.hedged_ratio(row["value"], row["lo"], row["hi"], unit, lang, decimals)


def bar_row(row, lang: str, colours: dict[str, str], group: str = "") -> Row:
    """The row of one observation; its name is the indicator, its note the window; a body stands in the group."""
    window = Window.of(row)
    narrow = not _blank(row["body"])
    return Row(
        labels.indicator(row["indicator"], lang), window.label(lang), window, float(row["value"]), printed(row, lang),
        float(row["lo"]), float(row["hi"]), colours.get(row["indicator"], BLUE), "reported", group,
        {"id": row["id"], "indicator": row["indicator"], "unit": row["unit"], "body": None if not narrow else row["body"]},
    )  # fmt: skip


def counted(label: str, value: str, unit: str, lang: str) -> str:
    """Value and label as a sentence has them: "19.320 đoàn viên …", but "giá trị làm lợi … 17 tỷ đồng"."""
    key = "word.amount" if unit in ("VND", "USD", "percent") else "word.count"
    return say(key, lang, label=labels.inner(label), value=value)


def series_colours(indicators) -> dict[str, str]:
    """A colour per indicator, in order; after six they repeat, and the name beside the row still tells them apart."""
    return {slug: SERIES[i % len(SERIES)] for i, slug in enumerate(dict.fromkeys(indicators))}


def capped(rows: list[Row], most: int = MOST_ROWS) -> tuple[list[Row], int]:
    """The first rows that fit on a page, and how many there are in all."""
    return rows[:most], len(rows)


def windows_text(windows: list[Window], lang: str) -> str:
    """The windows shown, each once, as a list."""
    names = list(dict.fromkeys(window.label(lang) for window in sorted(windows, key=Window.sort_key)))
    return ", ".join(name.replace(" ", formats.NO_BREAK) for name in names[:4]) + ("…" if len(names) > 4 else "")


def units_text(rows, lang: str) -> str:
    return ", ".join(dict.fromkeys(labels.unit(unit, lang) for unit in rows))


def overlapping(windows: list[Window]) -> bool:
    """True where two different windows share a day, so that their totals must not be added."""
    spans = [(window.start, window.ends()[1]) for window in set(windows) if window.start and window.ends()]
    return any(a != b and a[0] <= b[1] and b[0] <= a[1] for i, a in enumerate(spans) for b in spans[i + 1 :])


def rows_text(rows: list[Row], most: int = 8) -> str:
    """The rows as sentences, for the alternative text."""
    said = []
    for row in rows[:most]:
        about = "; ".join(part for part in (row.note, row.extra.get("body") or row.group) if part)
        said.append(f"{row.name} ({about}): {row.text}" if about else f"{row.name}: {row.text}")
    return "; ".join(said) + ("; …" if len(rows) > most else ".")


def make_words(
    name: str,
    lang: str,
    title: str,
    subtitle: str,
    source: str,
    alt: str,
    receipts=(),
    caveats=(),
    shown: tuple[int, int] | None = None,
) -> ChartWords:
    """ChartWords; where rows were left out the subtitle says how many."""
    if shown and shown[0] < shown[1]:
        subtitle = f"{subtitle} {say('word.and_more', lang, shown=shown[0], total=shown[1])}"
    alt = f"{title}. {alt}"
    return ChartWords(name, title, subtitle, source, alt, lang, tuple(receipts), tuple(dict.fromkeys(caveats)))


def row_data(chart: str, rows: list[Row]) -> dict:
    """The table of a row chart as plain JSON values, for native charts and for readers of the sidecar file."""
    columns = ["id", "name", "note", "start", "end", "as_of", "value", "lo", "hi", "text", "status", "group"]
    return {"chart": chart, "columns": columns, "rows": [_cells(row) for row in rows]}


def _cells(row: Row) -> list:
    window = row.window
    days = [day.isoformat() if day else None for day in (window.start, window.end)]
    bounds = [None if abs(bound) == float("inf") else bound for bound in (row.lo, row.hi)]
    return [
        row.extra.get("id"),
        row.name,
        row.note,
        *days,
        window.as_of or None,
        row.value,
        *bounds,
        row.text,
        row.status,
        row.group or None,
    ]


def common_caveats(rows: list[Row]) -> list[str]:
    """Caveats that follow from what is drawn."""
    found = ["caveat.missing"]
    if overlapping([row.window for row in rows]):
        found.append("caveat.overlap")
    if any(row.window.is_open for row in rows):
        found.append("caveat.open_end")
    if any(abs(bound) == float("inf") for row in rows for bound in (row.lo, row.hi)):
        found.append("caveat.hedged")
    if any(row.extra.get("body") for row in rows):
        found.append("caveat.narrow")
    return found
