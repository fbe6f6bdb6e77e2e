"""Web pages to text: title, date, lead, body, captions and tables of the one article on a page. Runs in the worker."""

import copy
import logging
import re
from collections import defaultdict
from pathlib import Path

from lxml import etree
from trafilatura import bare_extraction

from analysis.errors import FileError
from analysis.ingest import metadata
from analysis.ingest.clearing import clear, without_sections
from analysis.ingest.decoding import damage, decode, is_wide
from analysis.ingest.markup import PARAGRAPH, TEASER, Block, blocks, key_of, names, parse_markup, strip
from analysis.ingest.parsed import Parsed, clean

LITTLE = 150  # Characters; a page whose main text is shorter was probably misread.
MOST = 0.8  # Of the main text; the smallest element that holds as much is the article's.
SENTENCE = 40  # Characters; shorter lines between title and body are names and places.
LONG_KEY = 25  # Letters from which a block may be looked for inside the main text, not only as a whole line of it.
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
_CONTROLS = bytes(32 if byte < 32 and byte not in (9, 10, 13) else byte for byte in range(256))  # Browsers show none.
_SIGN = re.compile(
    r"\d{1,2}[:h]\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|cỡ chữ|chia sẻ|lượt (?:xem|đọc)|bình luận", re.IGNORECASE
)
_LINES = frozenset(("p", "li", "span", "font", "b", "strong", "blockquote", "tr", "tbody", "ul", "ol", "table"))
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("trafilatura").propagate = False


def parse(raw: bytes, path: Path) -> Parsed:
    """The article of a page. Raises FileError for a page that holds none, or is nested too deep to be read."""
    declared = [name.decode("ascii") for name in _CHARSET.findall(raw[:4096])]
    decoded = decode(raw if is_wide(raw) else raw.translate(_CONTROLS), path, declared)
    root = parse_markup(decoded.text, path)
    stories = list(metadata.stories_of(root))
    strip(root)
    if root.find("body") is None:
        raise FileError(f"{path}: holds no article but frames of other pages. Save the frame with the article.")
    stated = metadata.read(root, stories, [block.text for block in blocks(root.find("body"))])
    headline = clean(stated.title)
    whole = copy.deepcopy(root)
    page, start, chosen, doubt = _read(root, headline, stated, True)
    if doubt:  # a page may have named its article as others name their menus
        page, start, chosen, doubt = _read(whole, headline, stated, False)
    chosen = [told for line in chosen if (told := " ".join(clean(line).split()))]
    if not chosen:
        raise FileError(
            f"{path}: holds no article: no text is left without menus and scripts. Save the article's text as UTF-8 text."
        )
    published = stated.published or metadata.printed_date([b.text for b in page[start + 1 :]] if start >= 0 else chosen)
    lines = _with_head(headline, published, chosen)
    text = "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
    doubts = [*([_doubt(path, doubt)] if doubt else []), *damage(path, decoded.damaged)]
    return Parsed(text + "\n", headline, published, doubts)


def _read(root, headline: str, stated, by_name: bool) -> tuple[list[Block], int, list[str], str]:
    """The page's blocks, which of them is the title, the article's lines, and the doubt about them."""
    clear(root, headline, by_name)
    page = [block for block in blocks(root.find("body")) if block.text.strip()]
    start = _title_index(page, headline)
    return page, start, *_article(root, page, start, stated)


def _article(root, page: list[Block], start: int, stated) -> tuple[list[str], str]:
    """The article's lines, and in what way they were found where it was not the usual one."""
    usual = _main_blocks(root, page, start)
    if sum(len(block.text) for block in usual) >= LITTLE:
        return [block.text for block in usual], ""
    if len(stated.body) >= LITTLE:
        return stated.body.splitlines(), "json"
    rest = [block for block in without_sections(page) if not _is_aside(block)]
    whole = [block.text for block in rest]
    if usual and sum(map(len, whole)) < 2 * LITTLE:  # a short page with little else on it
        return whole, ""
    return whole, "whole" if whole else ""


def _main_blocks(root, page: list[Block], start: int) -> list[Block]:
    """The blocks of the article's element, with the lead between the title and it."""
    marked = _marked_body(root, page)
    known = (
        [b for b in page if marked in (b.element, *b.element.iterancestors())]
        if marked is not None
        else _kept(root, page)
    )
    if not known:
        return []
    box = marked if marked is not None else _whole(_smallest(known), page, start)
    inside = [i for i, block in enumerate(page) if box in (block.element, *block.element.iterancestors())]
    first, last = _range(page, inside, known, start, box)
    lead = range(start + 1, first) if 0 <= start < first else ()
    chosen = [i for i in lead if _may_be_lead(page[i])] + [i for i in inside if first <= i <= last and i != start]
    return [block for block in without_sections(page[i] for i in chosen) if not _is_aside(block)]


def _marked_body(root, page: list[Block]) -> etree._Element | None:
    """The element that says of itself that it holds the article's body, where one does and has text enough."""
    by_name = names("body")
    for element in root.iter(etree.Element):
        squeezed = {
            re.sub(r"[^a-z]", "", one.lower()) for name in ("class", "id") for one in (element.get(name) or "").split()
        }
        if "articleBody" not in (element.get("itemprop") or "").split() and not squeezed & by_name:
            continue
        held = [block for block in blocks(element) if block.linked < TEASER]
        if sum(len(block.text) for block in held) >= LITTLE and any(len(block.text) >= PARAGRAPH for block in held):
            return element
    return None


def _kept(root, page: list[Block]) -> list[Block]:
    """The blocks that trafilatura takes for the main text."""
    document = bare_extraction(copy.deepcopy(root), include_comments=False, include_tables=True, with_metadata=False)
    if document is None or not document.text:
        return []
    lines = {key_of(line) for line in document.text.splitlines()}
    whole = "".join(key_of(line) for line in document.text.splitlines())
    return [b for b in page if b.key and (b.key in lines or (len(b.key) >= LONG_KEY and b.key in whole))]


def _smallest(known: list[Block]) -> etree._Element:
    """The smallest element that holds most of the main text."""
    weights: dict[etree._Element, int] = defaultdict(int)
    for block in known:
        for above in (block.element, *block.element.iterancestors()):
            weights[above] += len(block.text)
    whole = sum(len(block.text) for block in known)
    holding = [element for element, weight in weights.items() if weight >= MOST * whole]
    return max(holding, key=lambda element: sum(1 for _ in element.iterancestors()))


def _whole(box: etree._Element, page: list[Block], start: int) -> etree._Element:
    """The element around `box` that holds all of the article: as far out as neither the title nor a list of links joins."""
    title = set(page[start].element.iterancestors()) if start >= 0 else set()
    around = [(block, {block.element, *block.element.iterancestors()}) for block in page]
    while (above := box.getparent()) is not None and above.tag not in ("html", "body") and above not in title:
        joining = [block for block, held_by in around if above in held_by and box not in held_by]
        if box.tag not in _LINES and any(block.linked > TEASER or _SIGN.search(block.text) for block in joining):
            break
        box = above
    return box


def _range(page: list[Block], inside: list[int], known: list[Block], start: int, box) -> tuple[int, int]:
    """The first and last block of the article within its element.

    An element that holds the title holds more than the article: there it runs from the title to the last block of the
    main text, and what stands in the same element as that block.
    """
    indices = {id(block): i for i, block in enumerate(page)}
    of_main = [i for i in (indices[id(block)] for block in known) if i in set(inside)]
    wide = start in inside or box.tag in ("html", "body")
    if not wide:
        return inside[0], inside[-1]
    end = page[of_main[-1]].element.getparent()
    same = [i for i in inside if end is not None and end is not box and end in page[i].element.iterancestors()]
    after_title = [i for i in of_main if i > start] or of_main
    return after_title[0], max([of_main[-1], *same])


def _is_aside(block: Block) -> bool:
    """Whether a block inside the article points elsewhere: a link to another story, an advertisement."""
    low = block.text.casefold()
    return block.linked > TEASER or low.startswith(tuple(names("lead")))


def _may_be_lead(block: Block) -> bool:
    """Whether a block between title and body is the lead: a sentence, and no line of author, time and counters."""
    signed = len(block.text) < PARAGRAPH and _SIGN.search(block.text)
    return len(block.text) >= SENTENCE and block.linked < TEASER and not signed


def _title_index(page: list[Block], title: str) -> int:
    """The block that is the article's title; -1 where the page prints none. A heading wins over a menu's copy of it."""
    key = key_of(title)
    same = [i for i, block in enumerate(page) if key and block.key == key]
    return next((i for i in same if page[i].linked < TEASER or page[i].element.tag == "h1"), same[0] if same else -1)


def _with_head(title: str, published: str, lines: list[str]) -> list[str]:
    """Title and date of publication, as a printed page has them, above the lines; no date twice."""
    body = lines[1:] if title and key_of(lines[0]) == key_of(title) else lines
    day = "" if metadata.printed_date(body) == published else "/".join(reversed(published.split("-")))
    return [title, day, *body]


def _doubt(path: Path, how: str) -> tuple[str, str]:
    if how == "json":
        return (
            f"{path.name}: the article was read from the page's data for search engines, because its text shows none. Check it.",
            f"{path.name}: nội dung lấy từ dữ liệu dành cho máy tìm kiếm vì phần hiển thị không có bài. Hãy kiểm tra.",
        )
    return (
        f"{path.name}: no article stands out on the page, so all its text is read but links. Check for figures of other stories.",
        f"{path.name}: không nhận ra phần bài viết nên đọc toàn bộ chữ của trang, trừ liên kết. Hãy kiểm tra số liệu của bài khác.",
    )
