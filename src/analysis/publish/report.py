"""The report page: executed notebooks as one HTML file that asks no other host for anything and shows no code."""

import html
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jinja2 import Environment, FileSystemLoader
from nbconvert import HTMLExporter

from analysis.errors import FileError
from analysis.publish import edition
from analysis.publish.labels import say
from analysis.reconcile.tables import write_atomically
from analysis.reference.texts import LANGUAGES

HERE = Path(__file__).parent
CELLS, PAGE, STYLE = HERE / "report_cells.j2", HERE / "report_page.j2", HERE / "report.css"
DROPPED = ("no-report", "parameters", "injected-parameters")
HEADING = re.compile(r'<h([1-6])( id="([^"]*)")?[^>]*>(.*?)</h\1>', re.S)
ACTIVE = re.compile(r"<(script|iframe|object|embed|style|form)\b.*?(</\1\s*>|$)|<(link|meta|base)\b[^>]*>", re.S | re.I)
OUTSIDE = re.compile(
    r'<(img|video|audio|source|track|input)\b[^>]*?\b(?:src|srcset|poster)\s*=\s*(?!["\']?data:)[^>]*>', re.S | re.I
)
ALT = re.compile(r'\balt\s*=\s*"([^"]*)"')


@dataclass(frozen=True)
class Heading:
    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Section:
    """One notebook of the page."""

    body: str
    headings: tuple[Heading, ...]


def write_report(notebooks, out: Path | str, lang: str, run_info: dict) -> Path:
    """Write the executed notebooks, in their order, as one page in `lang` to `out`.

    Left out: code, cells tagged no-report, and cells tagged lang-xx of the other language. run_info: inputs (a
    fingerprint), place, n_articles, parameters (as_of), versions (all optional); nothing of the run's time, so that pages
    repeat. Raises FileError for a notebook that cannot be read.
    """
    sections = [_section(Path(path), lang, number) for number, path in enumerate(notebooks, start=1)]
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True, keep_trailing_newline=True)
    page = environment.get_template(PAGE.name).render(sections=sections, lang=lang, **_frame(lang, run_info))
    out = Path(out)
    write_atomically(out, page.encode("utf-8"))
    return out


def _frame(lang: str, run_info: dict) -> dict:
    """Title, words and facts of the run for the page around the sections."""
    scope = edition.scope_line(run_info, lang)
    words = {name: say(f"report.{name}", lang) for name in ("skip", "contents", "parameters", "versions")}
    return {
        "title": say("report.title", lang, place=edition.place(run_info, lang)),
        "scope_line": scope[:1].upper() + scope[1:],
        "inputs_line": edition.inputs_line(run_info, lang),
        "words": words,
        "css": STYLE.read_text(encoding="utf-8"),
        "parameters": [
            (name, value)
            for name, value in (run_info.get("parameters") or {}).items()
            if value not in ("", None, [], ())
        ],
        "versions": list((run_info.get("versions") or {}).items()),
    }


def _section(path: Path, lang: str, number: int) -> Section:
    body = without_requests(_exporter(lang).from_notebook_node(_kept(path, lang))[0])
    return _anchored(body, f"s{number}")


def _exporter(lang: str) -> HTMLExporter:
    exporter = HTMLExporter(template_file=str(CELLS), exclude_anchor_links=True, exclude_input=True)
    exporter.register_preprocessor(_PictureName(say("report.picture", lang)), enabled=True)
    return exporter


class _PictureName:
    """Gives the template the words for a picture that came without an alternative text."""

    def __init__(self, words: str):
        self.words = words

    def __call__(self, notebook, resources):
        resources["report_picture"] = self.words
        return notebook, resources


def _kept(path: Path, lang: str):
    """The notebook without what the page does not show, and without what differs from run to run."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises many kinds for a broken file
        raise FileError(f"{path}: not a notebook that can be read ({error}). Run the notebooks again.") from error
    others = {f"lang-{other}" for other in LANGUAGES if other != lang}
    notebook.cells = [cell for cell in notebook.cells if not (set(cell.metadata.get("tags", [])) & {*others, *DROPPED})]
    notebook.metadata = nbformat.NotebookNode(language_info={"name": "python"})
    for cell in notebook.cells:
        cell.metadata = nbformat.NotebookNode()
    return notebook


def without_requests(body: str) -> str:
    """HTML without scripts, frames and style sheets; a picture from elsewhere becomes its alternative text."""
    body = ACTIVE.sub("", body)
    return OUTSIDE.sub(lambda found: f"<em>{html.escape(_alt(found.group()))}</em>", body)


def _alt(tag: str) -> str:
    found = ALT.search(tag)
    return html.unescape(found.group(1)) if found else ""


def _anchored(body: str, prefix: str) -> Section:
    """Headings one level deeper (the page has the first), with ids that no other notebook shares; links follow them."""
    headings: list[Heading] = []

    def place(found: re.Match) -> str:
        level, text = min(int(found.group(1)) + 1, 6), found.group(4).strip()
        headings.append(Heading(level, f"{prefix}-{found.group(3) or len(headings) + 1}", re.sub(r"<[^>]+>", "", text)))
        return f'<h{level} id="{headings[-1].id}">{text}</h{level}>'

    body = HEADING.sub(place, body)
    body = re.sub(r'href="#([^"]+)"', lambda found: f'href="#{prefix}-{found.group(1)}"', body)
    return Section(body, tuple(heading for heading in headings if heading.level <= 3))
