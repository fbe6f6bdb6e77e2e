"""The deck's own template, built in code: a true 16:9 page with three layouts whose placeholders fit it.

python-pptx starts from a 4:3 page, and its placeholders do not move when the page is widened, so each is placed here.
"""

import copy
from dataclasses import dataclass

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

FONT = "Arial"  # on every Windows and Mac, with all Vietnamese letters; LibreOffice puts Liberation Sans in its place
PAGE = (13.333, 7.5)  # inches
INK, SOFT = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x55, 0x55, 0x55)


@dataclass(frozen=True)
class Frame:
    """A place on a page, in inches."""

    left: float
    top: float
    width: float
    height: float

    def put(self, shape) -> None:
        shape.left, shape.top = Inches(self.left), Inches(self.top)
        shape.width, shape.height = Inches(self.width), Inches(self.height)


TITLE = Frame(0.55, 0.32, 12.23, 0.95)
SUBTITLE = Frame(0.55, 1.27, 12.23, 0.58)
PLOT = Frame(0.55, 1.92, 12.23, 4.6)
SOURCE = Frame(0.55, 6.56, 12.23, 0.5)
FOOTER = Frame(0.55, 7.08, 9.0, 0.3)
NUMBER = Frame(11.78, 7.08, 1.0, 0.3)
POINTS = Frame(0.55, 1.45, 12.23, 5.4)
OPENING = Frame(0.9, 2.0, 11.5, 1.9)
OPENING_LINE = Frame(0.9, 4.05, 11.5, 1.2)
# name → (layout of python-pptx's default template, {placeholder idx: frame}); placeholders not named are dropped
LAYOUTS = {
    "Briefing title": (0, {0: OPENING, 1: OPENING_LINE, 11: FOOTER, 12: NUMBER}),
    "Briefing chart": (4, {0: TITLE, 1: SUBTITLE, 3: SOURCE, 11: FOOTER, 12: NUMBER}),
    "Briefing points": (1, {0: TITLE, 1: POINTS, 11: FOOTER, 12: NUMBER}),
}


def new_deck():
    """An empty presentation, 16:9, with the layouts "Briefing title", "Briefing chart" and "Briefing points"."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(PAGE[0]), Inches(PAGE[1])
    originals = list(deck.slide_layouts)
    for name, (index, frames) in LAYOUTS.items():
        _fit_layout(originals[index], name, frames)
    for layout in originals:
        if layout.name not in LAYOUTS:
            deck.slide_layouts.remove(layout)
    _fit_master(deck.slide_master)
    _set_theme_font(deck.slide_master)
    _drop_thumbnail(deck)
    return deck


def layout(deck, name: str):
    """One of the deck's layouts by its name."""
    return next(item for item in deck.slide_layouts if item.name == name)


def _fit_layout(item, name: str, frames: dict[int, Frame]) -> None:
    item.name = name
    for shape in list(item.placeholders):
        frame = frames.get(shape.placeholder_format.idx)
        if frame is None:
            shape._element.getparent().remove(shape._element)
        else:
            frame.put(shape)
            shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP


def _fit_master(master) -> None:
    frames = {
        PP_PLACEHOLDER.TITLE: TITLE,
        PP_PLACEHOLDER.BODY: POINTS,
        PP_PLACEHOLDER.DATE: Frame(9.6, 7.08, 2.0, 0.3),
        PP_PLACEHOLDER.FOOTER: FOOTER,
        PP_PLACEHOLDER.SLIDE_NUMBER: NUMBER,
    }
    for shape in master.placeholders:
        frames[shape.placeholder_format.type].put(shape)


def _set_theme_font(master) -> None:
    """Titles and bodies typed by hand later get the same font as ours."""
    theme = master.part.part_related_by(RT.THEME)
    theme._blob = theme.blob.replace(b'<a:latin typeface="Calibri"/>', f'<a:latin typeface="{FONT}"/>'.encode())


def _drop_thumbnail(deck) -> None:
    """The default template's preview shows an empty 4:3 page."""
    package = deck.part.package
    for key, relation in list(package._rels.items()):
        if relation.reltype == RT.THUMBNAIL:
            package._rels.pop(key)


def write(
    frame, paragraphs, size: float, *, bold: bool = False, colour: RGBColor = INK, bullet: bool = False, gap: float = 0
) -> None:
    """Fill a text frame; every run gets its font, size and colour, so that no program falls back to another."""
    frame.word_wrap = True
    for index, text in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(gap)
        _set_bullet(paragraph, bullet)
        run = paragraph.add_run()
        run.text = text
        run.font.name, run.font.size, run.font.bold = FONT, Pt(size), bold
        run.font.color.rgb = colour


def _set_bullet(paragraph, bullet: bool) -> None:
    properties = paragraph._p.get_or_add_pPr()
    for child in [child for child in properties if child.tag in (qn("a:buNone"), qn("a:buChar"))]:
        properties.remove(child)
    properties.set("algn", "l")
    if not bullet:
        properties.set("marL", "0")
        properties.set("indent", "0")
    mark = (
        properties.makeelement(qn("a:buChar"), {"char": "•"}) if bullet else properties.makeelement(qn("a:buNone"), {})
    )
    properties.append(mark)


def add_foot(slide, text: str) -> None:
    """Footer and slide number: python-pptx does not copy them from the layout, so they are cloned here."""
    for shape in slide.slide_layout.placeholders:
        kind = shape.placeholder_format.type
        if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            continue
        clone = copy.deepcopy(shape._element)
        slide.shapes._spTree.append(clone)
        paragraphs = clone.txBody.findall(qn("a:p"))
        for extra in paragraphs[1:]:
            clone.txBody.remove(extra)
        _fill_foot(slide, clone, text if kind == PP_PLACEHOLDER.FOOTER else None)


def _fill_foot(slide, element, text: str | None) -> None:
    """The footer's text, or a field that counts the slides."""
    shape = next(item for item in slide.placeholders if item._element is element)
    paragraph = shape.text_frame.paragraphs[0]
    if text is not None:
        paragraph.clear()
        write(shape.text_frame, [text], 10, colour=SOFT)
        return
    paragraph.font.size = Pt(10)
    for field in element.iter(qn("a:fld")):
        properties = field.find(qn("a:rPr"))
        latin = properties.makeelement(qn("a:latin"), {"typeface": FONT})
        properties.set("sz", "1000")
        properties.append(latin)
