"""The parameters of notebooks: names and defaults from the cell tagged `parameters`, types and meanings from here.

Everything is checked before a kernel starts. papermill alone only warns of a misspelt name, and changes values on the
way (`007` to 7, `no` to False); here a value keeps the type that its field has.
"""

import ast
import calendar
import difflib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import nbformat
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model

from analysis.errors import FileError, UsageError

TAG = "parameters"


def _split(value: Any) -> Any:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _known_slugs(values: list[str]) -> list[str]:
    from analysis.reference.codebook import load_codebook

    known = load_codebook().indicators
    for value in values:
        if value not in known:
            raise ValueError(f"{value!r} is not in the code book{closest(value, known)}")
    return values


def _one_line(value: str) -> str:
    value = " ".join(unicodedata.normalize("NFC", value).split())
    if not value:
        raise ValueError("it is empty")
    return value


def _partial_date(value: str) -> str:
    if value:
        first_day(value)
    return value


def _span(value: str) -> tuple[date, date]:
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", value):
        raise ValueError(f"{value!r} is not a year (2019), a month (2019-05) or a day (2019-05-30)")
    year, month, day = ([int(part) for part in value.split("-")] + [None, None])[:3]
    try:
        first = date(year, month or 1, day or 1)
    except ValueError as error:
        raise ValueError(f"{value!r} is no date of the calendar ({error})") from error
    last = day or calendar.monthrange(year, month or 12)[1]
    return first, date(year, month or 12, last)


def first_day(value: str) -> date:
    """The first day that a year, month or day (ISO) covers; ValueError says what was expected."""
    return _span(value)[0]


def last_day(value: str) -> date:
    """The last day that a year, month or day (ISO) covers; ValueError says what was expected."""
    return _span(value)[1]


Place = Annotated[str, AfterValidator(_one_line)]
Slugs = Annotated[list[str], BeforeValidator(_split), AfterValidator(_known_slugs)]
PartialDate = Annotated[str, AfterValidator(_partial_date)]


def _field(en: str, vi: str, shown: str, runner: bool = False) -> Any:
    return Field(description=en, json_schema_extra={"vi": vi, "shown": shown, "runner": runner})


class Parameters(BaseModel):
    """Type and meaning of every parameter that the notebooks of this project share; defaults stand in the notebooks."""

    place: Place = _field(
        "the place that the briefing is about, as the tables name it",
        "địa bàn của báo cáo, viết như trong các bảng số liệu",
        "place",
    )
    indicators: Slugs = _field(
        "the indicators to show, by their code book slugs; none means all",
        "các mục số liệu cần trình bày, theo mã trong bảng mã; để trống là tất cả",
        "slug,slug,…",
    )
    since: PartialDate = _field(
        "only windows that end on or after this day, month or year; empty means no limit",
        "chỉ lấy các giai đoạn kết thúc từ ngày, tháng hoặc năm này trở đi; để trống là không giới hạn",
        "YYYY[-MM[-DD]]",
    )
    until: PartialDate = _field(
        "only windows that start on or before this day, month or year; empty means no limit",
        "chỉ lấy các giai đoạn bắt đầu không muộn hơn ngày, tháng hoặc năm này; để trống là không giới hạn",
        "YYYY[-MM[-DD]]",
    )
    lang: Literal["vi", "en"] = _field("the language of the report", "ngôn ngữ của báo cáo", "vi|en")
    as_of: PartialDate = _field(
        "as known on this day, month or year: later articles are left out; empty means all",
        "theo những gì đã biết đến ngày, tháng hoặc năm này: bỏ qua các bài sau đó; để trống là lấy tất cả",
        "YYYY[-MM[-DD]]",
    )
    processed: str = _field(
        "the folder with the tables; empty means the project's own",
        "thư mục chứa các bảng số liệu; để trống là thư mục của dự án",
        "folder",
        runner=True,
    )
    charts: str = _field(
        "the folder that charts are written to; empty means the project's own",
        "thư mục ghi biểu đồ; để trống là thư mục của dự án",
        "folder",
        runner=True,
    )


@dataclass(frozen=True)
class Parameter:
    """One parameter of one notebook. `runner` marks those that a run sets by itself."""

    name: str
    type: Any
    shown: str
    default: Any
    en: str
    vi: str
    runner: bool = False


MOST_NAMED = 100  # More names than a code book of indicators has do not help in a message.


def closest(name: str, known) -> str:
    """The end of a sentence that names the likeliest of `known`, or all of them where none is like it."""
    known = list(known)
    if matches := difflib.get_close_matches(name, known, n=3, cutoff=0.6):
        return f"; did you mean {' or '.join(matches)}?"
    return f"; there is {', '.join(known)}" if 0 < len(known) <= MOST_NAMED else ""


def read_notebook(path: Path) -> nbformat.NotebookNode:
    """The notebook at `path` in nbformat 4. Raises FileError naming the file and what is wrong with it."""
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except (OSError, ValueError, nbformat.ValidationError, nbformat.reader.NotJSONError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise FileError(f"{path}: not a readable notebook ({reason}). Restore it from version control.") from error
    return notebook


def read_parameters(path: Path) -> dict[str, Parameter]:
    """The parameters of the notebook at `path`, in the order of its parameters cell (none without such a cell).

    A name that `Parameters` does not know gets its type from the default's, and its meaning from the line's comment.
    Raises FileError where the cell holds more than names with literal values.
    """
    cells = [cell for cell in read_notebook(path).cells if TAG in cell.metadata.get("tags", [])]
    if not cells:
        return {}
    source = cells[0].source
    try:
        return {p.name: p for p in (_parameter(node, source) for node in ast.parse(source).body)}
    except (SyntaxError, ValueError) as error:
        expected = 'lines like `place = "Lào Cai"` or `limit: int = 5`'
        raise FileError(
            f"{path}: the cell tagged {TAG!r} does not parse ({error}); it may hold only {expected}."
        ) from error


def _parameter(node: ast.stmt, source: str) -> Parameter:
    match node:
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(target=ast.Name(id=name), value=value)
        ):
            default = ast.literal_eval(value)
        case _:
            raise ValueError(f"line {node.lineno} is not an assignment to a name")
    if field := Parameters.model_fields.get(name):
        extra = field.json_schema_extra
        kind = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
        return Parameter(name, kind, extra["shown"], default, field.description, extra["vi"], extra["runner"])
    kind, shown = _infer(name, default)
    comment = source.splitlines()[node.end_lineno - 1].partition("#")[2].strip()
    return Parameter(name, kind, shown, default, comment, comment)


def _infer(name: str, default: Any) -> tuple[Any, str]:
    match default:
        case bool():
            return bool, "true|false"
        case int():
            return int, "whole number"
        case float():
            return float, "number"
        case str():
            return str, "text"
        case list() if all(isinstance(item, str) for item in default):
            return Annotated[list[str], BeforeValidator(_split)], "text,text,…"
    raise ValueError(f"{name} = {default!r}: a default must be text, a number, True, False or a list of texts")


def parse_assignments(assignments: tuple[str, ...]) -> dict[str, str]:
    """`-p key=value` options as a dict of texts. Raises UsageError for one without a key, and for a key given twice."""
    given: dict[str, str] = {}
    for assignment in assignments:
        key, equals, value = assignment.partition("=")
        if not equals or not key.strip().isidentifier():
            raise UsageError(f"-p {assignment}: expected key=value, for example -p place='Bảo Yên'.")
        add_assignment(given, key.strip(), value.strip(), f"-p {assignment}")
    return given


def add_assignment(given: dict[str, str], key: str, value: str, said: str) -> None:
    """Add one value to `given`; UsageError where the key already has another."""
    if given.setdefault(key, value) != value:
        raise UsageError(f"{said}: {key} was already given as {given[key]!r}. Give it once.")


def resolve(name: str, parameters: dict[str, Parameter], given: dict[str, str]) -> dict[str, Any]:
    """Typed values for those of `given` that the notebook `name` has. UsageError names what is wrong and what exists."""
    fields = {p.name: (p.type, p.default) for p in parameters.values() if not p.runner}
    model = create_model("Given", __config__=ConfigDict(extra="forbid"), **fields)
    try:
        values = model.model_validate(given)
    except ValidationError as error:
        raise UsageError("\n".join(_explain(name, parameters, problem) for problem in error.errors())) from error
    values = values.model_dump(include=set(given))
    _check_order({key: p.default for key, p in parameters.items()} | values)
    return {key: values[key] for key in parameters if key in values}


def _explain(name: str, parameters: dict[str, Parameter], problem: Any) -> str:
    key = str(problem["loc"][0])
    if problem["type"] == "extra_forbidden":
        return unknown(key, {name: parameters})
    reason = str(problem["ctx"]["error"]) if problem["type"] == "value_error" else problem["msg"]
    return f"parameter {key} = {problem['input']!r}: {reason}. Expected {parameters[key].shown}."


def unknown(key: str, notebooks: dict[str, dict[str, Parameter]]) -> str:
    """The sentence about a parameter that none of `notebooks` has; it names those that exist."""
    if any(key in parameters for parameters in notebooks.values()):
        return f"parameter {key} is set by the run itself; use --processed or --reports."
    settable = list(
        dict.fromkeys(p.name for parameters in notebooks.values() for p in parameters.values() if not p.runner)
    )
    who = ", ".join(notebooks)
    there = ", ".join(settable) or "none"
    return f"no parameter {key!r} in {who}{closest(key, settable)}\nThere is: {there}. `figures params NOTEBOOK` says what each means."


def _check_order(values: dict[str, Any]) -> None:
    since, until = values.get("since"), values.get("until")
    if since and until and first_day(since) > last_day(until):
        raise UsageError(f"parameters since = {since!r} and until = {until!r}: since lies after until. Swap them.")


def check_place(value: str, known) -> None:
    """UsageError where the tables have nothing about the place `value`; names the places that they have."""
    if value not in known:
        there = ", ".join(sorted(known)) or "none yet"
        raise UsageError(
            f"parameter place = {value!r}: no figure is about it{closest(value, known)}\nPlaces in the tables: {there}."
        )


def type_name(kind: Any) -> str:
    """A type as people read it."""
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) is Literal:
        return "text"
    return {str: "text", int: "int", float: "float", bool: "bool"}.get(kind, "list of text")
