"""A web page's markup, parsed and cut into blocks of text. Runs in the worker."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import lxml.html
from lxml import etree

from analysis.errors import FileError
from analysis.ingest.grids import row_lines, span_rows
from analysis.reference.tables import one_of, read_rows
from analysis.reference.wording import FOLDER

# Elements that never hold an article's words.
_DROPPED = frozenset((
    "script", "style", "noscript", "template", "svg", "canvas", "iframe", "frame", "object", "embed", "audio",
    "video", "select", "option", "button", "input", "textarea", "label", "nav", "footer", "dialog", "map",
    "applet", "marquee", "amp-sidebar", "amp-ad", "amp-embed", "amp-analytics", "amp-consent", "amp-list",
    "amp-sticky-ad",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_BREAK = "\v"  # Stands for <br> until the text is cut at it: the source's own line ends are blanks.
_HAND_WRAPPED = re.compile(rf"(?<=[^\s.!?:;…\"”]){_BREAK}\s*(?=[a-zà-ỹđ])")
TEASER = 0.6  # The share of a block's letters that are links, from which it points to other stories.
PARAGRAPH = 140  # Characters; a headline or an entry of a list is shorter.
SHORT = 200  # Characters of a table's cell; in a longer one stands a paragraph, so the table lays out the page.


@dataclass(frozen=True)
class Block:
    """One line of the page: its text, the share of it that is links, and the element that it stands in."""

    text: str
    linked: float
    element: etree._Element

    @property
    def key(self) -> str:
        """Its letters and digits alone, for comparison."""
        return key_of(self.text)


def key_of(text: str) -> str:
    """A text's letters and digits in lower case."""
    return "".join(c for c in text.casefold() if c.isalnum())


@cache
def names(kind: str) -> frozenset[str]:
    """The names of one kind in page_parts.csv (word, part, sure, heading, remarks, lead, body)."""
    path, kinds = FOLDER / "page_parts.csv", ("word", "part", "sure", "heading", "remarks", "lead", "body")
    rows = list(read_rows(path, ("kind", "name"), required=("kind", "name"), unique=("kind", "name")))
    return frozenset(row["name"] for line, row in rows if one_of(path, line, "kind", row["kind"], kinds) == kind)


def parse_markup(source: str, path: Path) -> lxml.html.HtmlElement:
    """The page's tree. Nothing is fetched and no entity of its own resolved. Raises FileError for a page too deep or empty."""
    source = re.sub(r"[\x00-\x08\x0b\x0e-\x1f]", " ", source)
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = lxml.html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise FileError(f"{path}: holds no page ({error}). Save the page anew, or its text as UTF-8 text.") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise FileError(f"{path}: its elements are nested too deep to be read. Save the article's text as UTF-8 text.")
    return root


def strip(root: etree._Element) -> None:
    """Take out of a page the elements that never hold an article's words: scripts, forms' fields, navigation, footers."""
    etree.strip_elements(root, *_DROPPED, with_tail=False)


def text_length(element: etree._Element) -> int:
    """The characters of an element's text."""
    return len("".join(element.itertext()).strip())


def linked(element: etree._Element) -> float:
    """The share of an element's text that is links."""
    whole = text_length(element)
    links = [element] if element.tag == "a" else list(element.iter("a"))
    return sum(map(text_length, links)) / whole if whole else 0.0


def blocks(root: etree._Element) -> Iterator[Block]:
    """The page's text, one block for each paragraph, heading, list item, caption, line of <br> or row of a table."""
    buffer: list[tuple[str, bool]] = []
    links = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        starts = event == "start"
        if element.tag in _BLOCKS:
            yield from _flush(buffer, element.getparent() if starts and element is not root else element)
        if starts and element.tag == "table" and _is_data(element):
            share = linked(element)
            yield from (Block(line, share, element) for line in _table_lines(element))
            walk.skip_subtree()
        elif starts:
            links += element.tag == "a"
            buffer.append((_BREAK if element.tag == "br" else element.text or "", links > 0))
        else:
            links -= element.tag == "a"
            if element is not root:
                buffer.append((element.tail or "", links > 0))
    yield from _flush(buffer, root)


def _flush(buffer: list[tuple[str, bool]], element: etree._Element) -> Iterator[Block]:
    """What has gathered since the last block, as a block for each of its lines."""
    sizes = [(len(text.strip()), link) for text, link in buffer]
    if whole := sum(size for size, _ in sizes):
        share = sum(size for size, link in sizes if link) / whole
        text = _HAND_WRAPPED.sub(" ", "".join(text for text, _ in buffer))
        yield from (Block(" ".join(line.split()), share, element) for line in text.split(_BREAK) if line.strip())
    buffer.clear()


def _is_data(table: etree._Element) -> bool:
    """Whether a table holds data: no table, heading or paragraph inside, and rows of several cells, or a picture's caption."""
    if (
        next(table.iter("h1", "h2", "h3", "ul", "ol"), None) is not None
        or next(table.iterdescendants("table"), None) is not None
    ):
        return False
    cells = list(table.iter("td", "th"))
    return len(cells) > 1 and all(text_length(cell) <= SHORT for cell in cells)


def _table_lines(table: etree._Element) -> list[str]:
    captions = [" ".join(" ".join(caption.itertext()).split()) for caption in table.iter("caption")]
    rows = [
        [(_cell_text(cell), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in row.iter("td", "th")]
        for row in table.iter("tr")
    ]
    return [*filter(None, captions), *row_lines(*span_rows(rows))]


def _cell_text(cell: etree._Element) -> str:
    return " ".join(block.text for block in blocks(cell))


def _span(cell: etree._Element, name: str) -> int:
    told = (cell.get(name) or "1").strip()
    return min(int(told), 100) if told.isascii() and told.isdigit() and int(told[:4]) > 0 else 1
