"""The briefing deck: a title, one chart a slide with its receipts in the notes, and how to read the figures.

A chart slide is built from the chart's sidecar file (words, plot box, data) and its picture. `PLACERS` is the seam for
native charts: a function that puts a chart of one kind on a slide, from the same sidecar.
"""

import io
import json
from collections.abc import Callable
from pathlib import Path

from pptx.util import Inches

from analysis.errors import FileError
from analysis.publish import deck_template as template
from analysis.publish import edition
from analysis.publish.archives import DATED, normalised
from analysis.publish.labels import say
from analysis.reconcile.tables import write_atomically

PLACERS: dict[str, Callable] = {}  # kind of chart (data["chart"]) → function(slide, sidecar, picture, frame)
LONG_TITLE = 118  # characters that two lines hold at full size


def write_deck(charts, out: Path | str, lang: str, run_info: dict) -> Path:
    """Write the deck of the charts (paths of their .json sidecars; the .png stands beside) to `out`.

    run_info: inputs (a fingerprint), place, n_articles, parameters (as_of), all optional. Raises FileError for a chart that cannot be read.
    """
    deck = template.new_deck()
    sidecars = [_read(Path(path)) for path in charts]
    _add_opening(deck, lang, run_info)
    for sidecar, picture in sidecars:
        _add_chart(deck, sidecar, picture, lang, run_info)
    _add_caveats(deck, [sidecar for sidecar, _ in sidecars], lang, run_info)
    _set_properties(deck, lang, run_info)
    buffer = io.BytesIO()
    deck.save(buffer)
    out = Path(out)
    write_atomically(out, normalised(buffer.getvalue()))
    return out


def _read(path: Path) -> tuple[dict, bytes]:
    sidecar, picture = path.with_suffix(".json"), path.with_suffix(".png")
    try:
        return json.loads(sidecar.read_text(encoding="utf-8")), picture.read_bytes()
    except (OSError, ValueError) as error:
        raise FileError(f"{sidecar}: chart cannot be read ({error}). Draw the charts again, then the deck.") from error


def _add_opening(deck, lang: str, run_info: dict) -> None:
    slide = deck.slides.add_slide(template.layout(deck, "Briefing title"))
    title, line = slide.placeholders[0], slide.placeholders[1]
    template.write(title.text_frame, [say("deck.question", lang)], 34, bold=True)
    place, scope = edition.place(run_info, lang), edition.scope_line(run_info, lang)
    below = say("deck.title_line", lang, place=place, scope=scope) if scope else place
    template.write(line.text_frame, [below], 18, colour=template.SOFT)
    if inputs := edition.inputs_line(run_info, lang):
        _add_notes(slide, [inputs])


def _add_chart(deck, sidecar: dict, picture: bytes, lang: str, run_info: dict) -> None:
    words = sidecar["words"]
    slide = deck.slides.add_slide(template.layout(deck, "Briefing chart"))
    title, subtitle, source = (slide.placeholders[index] for index in (0, 1, 3))
    template.write(title.text_frame, [words["title"]], 24 if len(words["title"]) <= LONG_TITLE else 20, bold=True)
    template.write(
        subtitle.text_frame, [words["subtitle"]], 14 if len(words["subtitle"]) <= 150 else 12, colour=template.SOFT
    )
    template.write(source.text_frame, [words["source"]], 11, colour=template.SOFT)
    PLACERS.get(sidecar["data"]["chart"], place_picture)(slide, sidecar, picture, template.PLOT)
    template.add_foot(slide, say("deck.footer", lang, place=edition.place(run_info, lang)))
    _add_notes(slide, [words["alt"], "", say("deck.receipts", lang), *"\n\n".join(words["receipts"]).split("\n")])


def place_picture(slide, sidecar: dict, picture: bytes, frame: template.Frame) -> None:
    """The chart's picture without its title and source, which the slide has as text; as large as the frame allows.

    It stands at the frame's top: a chart of a few rows takes the full width and leaves room below.
    """
    plot = sidecar["plot"]
    shape = slide.shapes.add_picture(io.BytesIO(picture), 0, 0)
    ratio = shape.width * (plot["right"] - plot["left"]) / (shape.height * (plot["bottom"] - plot["top"]))
    shape.crop_left, shape.crop_right = plot["left"], 1 - plot["right"]
    shape.crop_top, shape.crop_bottom = plot["top"], 1 - plot["bottom"]
    width = min(frame.width, frame.height * ratio)
    shape.width, shape.height = Inches(width), Inches(width / ratio)
    shape.left = Inches(frame.left + (frame.width - width) / 2)
    shape.top = Inches(frame.top)
    properties = shape._element.nvPicPr.cNvPr
    properties.set("descr", sidecar["words"]["alt"])
    properties.set("name", sidecar["words"]["name"])


def _add_caveats(deck, sidecars: list[dict], lang: str, run_info: dict) -> None:
    slide = deck.slides.add_slide(template.layout(deck, "Briefing points"))
    keys = dict.fromkeys(key for sidecar in sidecars for key in sidecar["words"]["caveats"])
    points = [say(key, lang) for key in keys] or [say("deck.none", lang)]
    template.write(slide.placeholders[0].text_frame, [say("deck.caveats", lang)], 28, bold=True)
    template.write(slide.placeholders[1].text_frame, points, 18 if len(points) <= 6 else 15.5, bullet=True, gap=9)
    template.add_foot(slide, say("deck.footer", lang, place=edition.place(run_info, lang)))
    _add_notes(slide, [say("deck.caveats_notes", lang)])


def _add_notes(slide, lines: list[str]) -> None:
    template.write(slide.notes_slide.notes_text_frame, lines, 12)


def _set_properties(deck, lang: str, run_info: dict) -> None:
    properties = deck.core_properties
    properties.title = say("report.title", lang, place=edition.place(run_info, lang))
    properties.author = properties.last_modified_by = "Reported Figures"
    properties.language = lang
    properties.created = properties.modified = DATED
    properties.revision = 1
