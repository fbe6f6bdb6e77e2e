"""What is no article taken out of a page: menus, advertisements, other stories, remarks, statistics. Runs in the worker."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from lxml import etree

from analysis.ingest.markup import PARAGRAPH, TEASER, Block, blocks, key_of, linked, names, text_length
from analysis.ingest.parsed import SUPERSCRIPT

LARGE = 8  # Elements; a heading holds fewer.
BULK = 0.6  # Of a page's paragraphs; an element with as much holds the article, unless its name is sure to deny it.
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_COUNT = re.compile(r"\d+ (?:bình luận|ý kiến|phản hồi)")


def clear(root: etree._Element, title: str, by_name: bool = True) -> None:
    """Take out of a page what is no article. `by_name`: also elements for what their class or id says."""
    for sup in root.iter("sup"):
        if (sup.text or "").strip().isdigit() and not len(sup):  # 5.500<sup>1</sup> is a note, never 5.5001
            sup.text = sup.text.strip().translate(SUPERSCRIPT)
    kept = _kept(root, title)
    bulky = _bulky(root)
    for element in list(root.iter(etree.Element)):
        if element not in kept and element is not root and _is_chrome(element, element in bulky, by_name):
            remove(element)
    told = False  # whether a paragraph stands above: a count of remarks below the title opens no list of them
    for block in list(blocks(root)):
        _drop_section(block, kept, told)
        told = told or (len(block.text) >= PARAGRAPH and block.linked < TEASER)


def without_sections(page: Iterable[Block]) -> Iterator[Block]:
    """The blocks of an article without the lists of other stories that stand between its lines, where no element holds them."""
    section, told = "", False
    for block in page:
        long = len(block.text) >= PARAGRAPH
        if kind := _section(block.text):
            section = kind if kind == "heading" or told else section
        elif section == "remarks" or (section and not long):
            continue
        else:
            section, told = "", told or long
            yield block


def _section(text: str) -> str:
    """ "heading" or "remarks" where a line is nothing but the head of a list of other stories or of readers' remarks."""
    told = re.sub(r"[\W\d_]+$", "", text.casefold().strip()).lstrip(" »>•-*|")
    if told in names("remarks") or _COUNT.fullmatch(told):
        return "remarks"
    return "heading" if told in names("heading") else ""


def _kept(root: etree._Element, title: str) -> set:
    """The elements around the title and around the marked body: whatever their names say, the article is inside."""
    key = key_of(title)
    small = (e for e in root.iter(etree.Element) if sum(1 for _ in islice(e.iter(), LARGE)) < LARGE)
    marks = [e for e in small if key and e.tag != "title" and key_of("".join(e.itertext())) == key]
    marks = marks or list(root.iter("h1"))
    marks += [e for e in root.iter(etree.Element) if "articleBody" in (e.get("itemprop") or "").split()]
    return {above for mark in marks for above in (mark, *mark.iterancestors())}


def _bulky(root: etree._Element) -> set:
    """The elements that hold most of the page's paragraphs."""
    weights: dict[etree._Element, int] = defaultdict(int)
    for block in blocks(root):
        if len(block.text) >= PARAGRAPH and block.linked < TEASER:
            for above in (block.element, *block.element.iterancestors()):
                weights[above] += len(block.text)
    most = max(weights.values(), default=0)
    return {element for element, weight in weights.items() if weight >= BULK * most}


def _is_chrome(element: etree._Element, bulky: bool, by_name: bool) -> bool:
    if element.tag == "header":
        return next(element.iterancestors("article"), None) is None
    if element.tag == "aside" and linked(element) > 0.3:
        return True
    if "hidden" in element.attrib or element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style") or ""):
        return True
    if element.tag in ("html", "body", "main", "article"):
        return False
    said = [element.get(name) or "" for name in ("class", "id", "role", "itemtype")]
    return by_name and any(_is_sure(one) or (not bulky and _names_chrome(one)) for one in said)


@cache
def _names_chrome(value: str) -> bool:
    words = {word.lower() for word in _WORDS.findall(value)}
    return bool(words & names("word")) or _holds(value, names("part"))


@cache
def _is_sure(value: str) -> bool:
    return _holds(value, names("sure"))


def _holds(value: str, parts: frozenset[str]) -> bool:
    squeezed = [re.sub(r"[^a-z]", "", one.lower()) for one in value.split()]
    return any(part in one for one in squeezed for part in parts)


def remove(element: etree._Element) -> None:
    """Take an element out of its tree and leave the text behind it."""
    if element.getparent() is not None:
        element.drop_tree()


def _drop_section(block: Block, kept: set, told: bool) -> None:
    """Drop the list that a heading such as "Tin liên quan" opens: its box, or what follows up to the next paragraph."""
    kind = _section(block.text)
    if not kind or (kind == "remarks" and not told):
        return
    remarks = kind == "remarks"
    head = block.element
    if text_length(head) > len(block.text) + 20 and not _is_box(head, block, remarks):
        return  # the list stands between lines of the article: without_sections drops it
    while (above := head.getparent()) is not None and above not in kept and _opens(above, head, remarks):
        head = above
    after = [] if text_length(head) > len(block.text) + 20 else list(head.itersiblings())
    for sibling in after:
        if sibling in kept or not (remarks or _may_be_listed(sibling)):
            break
        remove(sibling)
    if head not in kept:
        remove(head)


def _is_box(head: etree._Element, block: Block, remarks: bool) -> bool:
    """Whether an element that holds more than the heading begins with it and holds no paragraph of the article."""
    own = list(blocks(head))
    return bool(own) and own[0].text == block.text and (remarks or not _has_paragraph(own))


def _has_paragraph(page: Iterable[Block]) -> bool:
    return any(len(block.text) >= PARAGRAPH and block.linked < TEASER for block in page)


def _opens(above: etree._Element, head: etree._Element, remarks: bool) -> bool:
    """Whether `head` is the first thing in a box that holds no paragraph of the article."""
    first = next((child for child in above.iterchildren(etree.Element) if text_length(child)), None)
    if first is not head or (above.text or "").strip() or above.tag in ("body", "main", "article", "td"):
        return False
    return remarks or not _has_paragraph(blocks(above))


def _may_be_listed(element: etree._Element) -> bool:
    return element.tag in ("ul", "ol", "dl") or linked(element) > TEASER or text_length(element) < PARAGRAPH
