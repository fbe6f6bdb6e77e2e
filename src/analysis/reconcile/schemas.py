"""What every table must look like: columns in order, types, what may be empty and what is allowed.

One pandera schema per table of data/processed. datapackage.json is written from the same schemas, so what is checked is
what is described. Dates are datetime64[ns] (NaT: unknown), text is pandas' string type (missing where empty: ask with
`isna`), lo and hi may be ±inf.
"""

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from analysis.errors import DataCheckError
from analysis.findings import SEVERITIES
from analysis.reconcile.bounds import QUALIFIERS
from analysis.reconcile.decisions import ACTIONS
from analysis.reconcile.verdicts import STATES
from analysis.reconcile.windows import KINDS as WINDOW_KINDS
from analysis.reference.codebook import KINDS, CodeBook

CLASSES = ("figure", "date", "duration", "doc_ref", "ordinal", "boilerplate", "other")
FIGURE_STATUSES = ("extracted", "corrected", "rejected", "accepted")
OBSERVATION_STATUSES = ("reported", "contested")
MEASURE_STATUSES = ("derived", "refused")
PARTIAL_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
SHA256 = r"^[0-9a-f]{64}$"
BOUNDS = ("lo", "value", "hi")
BOUNDED = "lo <= value <= hi"
ROWS_NAMED = 5  # an error message names so many bad cells and counts the rest

KEYS: dict[str, list[str] | None] = {
    "numerals": ["article", "start"],
    "figures": ["id"],
    "observations": ["id"],
    "measures": ["id"],
    "findings": None,
    "articles": ["id"],
    "decisions": ["line"],
}
DESCRIPTIONS = {
    "numerals": "Every run of digits in every article, with its class and the reason for it: nothing is lost silently",
    "figures": "Numerals that state a quantity: value, unit, indicator, place, window, and the words they stand in",
    "observations": "Facts as reported: indicator, place, body and window, with the figures that state them",
    "measures": "Ratios of two observations of one window, place and body, and those refused with the reason",
    "findings": "What the checks saw",
    "articles": "The articles read, with their sources, hashes and releases",
    "decisions": "What analysts decided on figures, as data/raw/decisions.csv has it, and whether it holds today",
}


def schema(name: str, book: CodeBook) -> pa.DataFrameSchema:
    """The schema of one table; indicators, units and measures must be those of the code book."""
    bounded = pa.Check(_in_bounds, error=BOUNDED)
    columns = _COLUMNS[name](book)
    return pa.DataFrameSchema(
        columns,
        checks=[bounded] if "lo" in columns else [],
        unique=KEYS[name],
        strict=True,
        ordered=True,
        coerce=True,
        description=DESCRIPTIONS[name],
    )


def checked(name: str, table: pd.DataFrame, book: CodeBook) -> pd.DataFrame:
    """The table in its schema's types. Raises DataCheckError naming table, row, column, value and what was allowed."""
    try:
        return schema(name, book).validate(table, lazy=True)
    except SchemaErrors as error:
        raise DataCheckError(_told(name, table, error.failure_cases)) from error


def _told(name: str, table: pd.DataFrame, cases: pd.DataFrame) -> str:
    lines = list(dict.fromkeys(told for case in cases.itertuples(index=False) if (told := _case(table, case))))
    more = f"; and {len(lines) - ROWS_NAMED} more" if len(lines) > ROWS_NAMED else ""
    told = "; ".join(lines[:ROWS_NAMED]) + more
    return f"table {name}: {told}. Mend the article, the code book row or the rule that made this, and build again."


def _case(table: pd.DataFrame, case) -> str:
    """One failure in words; "" for what pandera tells a second time."""
    if case.check == "column_in_dataframe":
        return f"column {case.failure_case} is missing"
    if case.check in ("column_in_schema", "column_ordered"):
        return f"column {case.failure_case} is not expected, or not at this place"
    if case.index is None or pd.isna(case.index) or case.check.startswith("dtype("):
        return ""
    row = table.loc[case.index]
    name = f" ({row['id']})" if "id" in table.columns and pd.notna(row["id"]) else ""
    columns = list(BOUNDS) if case.check == BOUNDED else [case.column]
    found = ", ".join(repr(row[column]) for column in columns)
    return f"row {case.index + 1}{name}, column {', '.join(columns)}: found {found}, allowed {_allowed(case.check)}"


def _allowed(check: str) -> str:
    if check.startswith("coerce_dtype"):
        return {"i": "a whole number", "f": "a number", "d": "a date as YYYY-MM-DD"}.get(
            check[len("coerce_dtype('")], check
        )
    told = {"not_nullable": "something (it is empty)", "multiple_fields_uniqueness": "what stands in one row only"}
    return told.get(check, str(check))


def _in_bounds(table: pd.DataFrame) -> pd.Series:
    known = table["value"].notna() & table["lo"].notna() & table["hi"].notna()
    return ~known | ((table["lo"] <= table["value"]) & (table["value"] <= table["hi"]))


def _text(description: str, nullable: bool = False, allowed=None, like: str | None = None) -> pa.Column:
    checks = [] if allowed is None else [pa.Check.isin(sorted(allowed), error="one of " + ", ".join(sorted(allowed)))]
    checks += [] if like is None else [pa.Check.str_matches(like, error=f"text like {like}")]
    return pa.Column("string", checks, nullable=nullable, description=description)


def _number(description: str, nullable: bool = False) -> pa.Column:
    return pa.Column("float64", nullable=nullable, description=description)


def _count(description: str, least: int = 0) -> pa.Column:
    at_least = pa.Check.ge(least, error=f"{least} or more")
    return pa.Column("int64", at_least, nullable=False, description=description)


def _date(description: str) -> pa.Column:
    return pa.Column("datetime64[ns]", nullable=True, description=description)


def _span() -> dict[str, pa.Column]:
    return {
        "article": _text("Article that it stands in (articles.id)"),
        "start": _count("First character in the article's text, counted from 0"),
        "end": _count("Character after the last one", 1),
        "text": _text("The characters themselves, as printed"),
        "class": _text("What the numeral is", allowed=CLASSES),
        "reason": _text("Why it has this class"),
    }


def _numerals(book: CodeBook) -> dict[str, pa.Column]:
    return {
        "id": _text("Stable id; a figure has the same one in its own table"),
        **_span(),
        "quote": _text("The sentence that it stands in", nullable=True),
    }


def _what(book: CodeBook, nullable: bool = False) -> dict[str, pa.Column]:
    return {
        "indicator": _text("What is counted: a slug of the code book", nullable, book.indicators),
        "place": _text("The area covered", nullable),
        "body": _text("The organisation covered, where it is not all unions of the place", nullable=True),
    }


def _window() -> dict[str, pa.Column]:
    return {
        "period_start": _date("First day covered; empty: unknown, or a level at a date"),
        "period_end": _date("Last day covered; empty: unknown, or open to the article's own date (as_of)"),
    }


def _as_of() -> pa.Column:
    told = "The release's own date, as far as it is known, where the words leave the window's end to it"
    return _text(told, nullable=True, like=PARTIAL_DATE)


def _window_kind() -> pa.Column:
    told = (
        "What is known of the window's two ends. closed: both days; open: from period_start to the article's date (as_of); "
        "half: half of a term whose other end is not stated (a first half ended by as_of, perhaps before), so no rate per "
        "year may be computed of it and it is not to date; asof: a level at period_end or at the article's date; unstated: "
        "no words say when it started"
    )
    return _text(told, allowed=WINDOW_KINDS)


def _bounds(nullable: bool = False) -> dict[str, pa.Column]:
    return {
        "lo": _number("Lowest value that the words allow; -INF where they leave it open", nullable),
        "hi": _number("Highest value that the words allow; INF where they leave it open", nullable),
    }


def _figures(book: CodeBook) -> dict[str, pa.Column]:
    return {
        "id": _text("Stable id: f and 8 to 12 hexadecimal digits", like=r"^f[0-9a-f]{8,12}$"),
        **_span(),
        "value": _number("The number, in base units; money in VND or USD, percent as printed"),
        "value_high": _number("Upper end of a printed range", nullable=True),
        "qualifier": _text("How the words hedge the number", allowed=QUALIFIERS),
        "unit": _text("What the number counts", allowed=book.units),
        "unit_text": _text("The unit's word, as printed", nullable=True),
        **_what(book, nullable=True),
        **_window(),
        "period_text": _text("The words that give the window", nullable=True),
        "quote": _text("The sentence that it stands in"),
        "kind": _text("Kind of its indicator", nullable=True, allowed=KINDS),
        **_bounds(),
        "release": _text("Release of its article"),
        "status": _text("Whether an analyst decided on it", allowed=FIGURE_STATUSES),
        "decision": _text("The latest decision on it that holds (decisions.id)", nullable=True),
        "confidence": pa.Column(
            "float64",
            pa.Check.in_range(0, 1, error="0 to 1"),
            nullable=False,
            description="How sure extraction is: the share of annotated figures with the same doubts that were right",
        ),
        "doubts": _text("Why it is not surer: names of doubts.csv, joined by ; and a space", nullable=True),
        "part_of": _text("The figure of the same sentence that it is a part of (figures.id)", nullable=True),
    }


def _observations(book: CodeBook) -> dict[str, pa.Column]:
    return {
        "id": _text("Stable id: o and ten hexadecimal digits", like=r"^o[0-9a-f]{10}$"),
        **_what(book) | {"place": _text("The area covered")},
        **_window(),
        "as_of": _as_of(),
        "window_kind": _window_kind(),
        "value": _number("The number as printed; the lower end of a printed range"),
        **_bounds(),
        "unit": _text("What the number counts", allowed=book.units),
        "kind": _text("Kind of the indicator", allowed=KINDS),
        "n_articles": _count("Articles that state it", 1),
        "n_releases": _count("Releases that state it: copies count once", 1),
        "figures": _text("Ids of the figures that state it, joined by ;"),
        "status": _text(
            "reported; or contested: another observation has the same indicator, place, body, window and unit and a value "
            "that cannot hold beside this one, so no measure is computed from either",
            allowed=OBSERVATION_STATUSES,
        ),
    }


def _measures(book: CodeBook) -> dict[str, pa.Column]:
    return {
        "id": _text("Stable id: m and ten hexadecimal digits", like=r"^m[0-9a-f]{10}$"),
        "measure": _text("Slug of the measure in the code book", allowed=[measure.slug for measure in book.measures]),
        "place": _text("The area covered"),
        "body": _text("The organisation covered, where it is not all unions of the place", nullable=True),
        **_window(),
        "as_of": _as_of(),
        "window_kind": _window_kind(),
        "value": _number(
            "Numerator over denominator; a percent is given times 100; empty where refused", nullable=True
        ),
        **_bounds(nullable=True),
        "numerator": _text("Observation above the line (observations.id)"),
        "denominator": _text("Observation below the line, or the nearest one where refused (observations.id)"),
        "status": _text("Computed, or refused with the reason in note", allowed=MEASURE_STATUSES),
        "note": _text("The computation, or why it was refused, in English", nullable=True),
        "note_vi": _text("The same in Vietnamese", nullable=True),
    }


def _findings(book: CodeBook) -> dict[str, pa.Column]:
    return {
        "check": _text("Name of the check"),
        "severity": _text("error stops publication", allowed=SEVERITIES),
        "indicator": _text("Indicator concerned", nullable=True),
        "place": _text("Place concerned", nullable=True),
        "message": _text("What it saw, in English"),
        "message_vi": _text("What it saw, in Vietnamese"),
        "figures": _text("Ids of the figures concerned, joined by ;", nullable=True),
        "article": _text("Article concerned as a whole", nullable=True),
    }


def _decisions(book: CodeBook) -> dict[str, pa.Column]:
    return {
        "line": _count("Line of data/raw/decisions.csv", 2),
        "id": _text("The decision; one that corrects several fields has a row for each"),
        "who": _text("Who decided"),
        "when": _text("When, as an ISO time with its offset"),
        "figure": _text("The figure decided on, as it was called then"),
        "article": _text("Its article"),
        "text": _text("Its characters, as printed", nullable=True),
        "action": _text("What was decided", allowed=ACTIONS),
        "field": _text("The field corrected", nullable=True),
        "before": _text(
            "The field as extracted; of an acceptance or rejection all fields that were judged", nullable=True
        ),
        "after": _text("The field as corrected; empty: not known", nullable=True),
        "why": _text("The reason given"),
        "undoes": _text("The decision that an undo takes back", nullable=True),
        "sentence_sha256": _text("SHA-256 of the figure's sentence as it was then", like=SHA256),
        "state": _text(
            "Whether it is applied: undone by a later one, or stale where the figure is another", allowed=STATES
        ),
    }


def _articles(book: CodeBook) -> dict[str, pa.Column]:
    return {
        "id": _text("File name without its suffix"),
        "publisher": _text("Who published it", nullable=True),
        "title": _text("Its title, or its first line", nullable=True),
        "published": _text("Date, month or year of publication", nullable=True, like=PARTIAL_DATE),
        "kind": _text("What the file is: digest, original, …", nullable=True),
        "file": _text("Path below the folder of raw data"),
        "sha256": _text("SHA-256 of the file's bytes", like=SHA256),
        "release": _text("Articles that repeat one release share its id"),
        "n_numerals": _count("Numerals in it"),
        "n_figures": _count("Figures among them"),
    }


_COLUMNS = {
    "numerals": _numerals,
    "figures": _figures,
    "observations": _observations,
    "measures": _measures,
    "findings": _findings,
    "articles": _articles,
    "decisions": _decisions,
}
