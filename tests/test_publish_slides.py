"""The deck, opened again and read."""

import subprocess

import pytest
from pptx import Presentation
from pptx.util import Emu

from analysis.errors import FileError
from analysis.publish import slides
from analysis.publish.charts import attainment, conversion, measures_overview
from analysis.publish.export import export
from publish_factory import make_facts

INFO = {
    "inputs": "0123456789abcdef",
    "place": "Lào Cai",
    "n_articles": 5,
    "parameters": {"as_of": "2023-08"},
}


@pytest.fixture(scope="module", params=["vi", "en"])
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def drawn(lang, tmp_path_factory):
    folder, facts = tmp_path_factory.mktemp("charts"), make_facts()
    return [export(draw(facts, "Lào Cai", lang), folder)[2] for draw in (conversion, measures_overview, attainment)]


@pytest.fixture(scope="module")
def deck_path(drawn, lang, tmp_path_factory):
    return slides.write_deck(drawn, tmp_path_factory.mktemp("deck") / "briefing.pptx", lang, INFO)


@pytest.fixture(scope="module")
def deck(deck_path):
    return Presentation(deck_path)


def test_title_charts_and_caveats(deck, lang):
    assert len(deck.slides) == 5
    opening = " ".join(shape.text_frame.text for shape in deck.slides[0].placeholders)
    scope = "số liệu đến 8/2023, 5 bài viết" if lang == "vi" else "figures to Aug 2023, 5 articles"
    assert f"Lào Cai · {scope}" in opening
    assert "0123456789abcdef" not in opening, "the fingerprint is for the notes"
    assert "0123456789abcdef" in deck.slides[0].notes_slide.notes_text_frame.text
    caveats = deck.slides[4].placeholders[1].text_frame.text
    assert ("cùng giai đoạn" if lang == "vi" else "same window") in caveats


def test_the_page_is_16_9_and_nothing_stands_outside(deck):
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    for page in [*deck.slides, *deck.slide_layouts, deck.slide_master]:
        for shape in page.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width + Emu(9525)
            assert shape.top + shape.height <= deck.slide_height


def test_shapes_of_a_slide_do_not_overlap(deck):
    for slide in deck.slides:
        shapes = list(slide.shapes)
        for index, one in enumerate(shapes):
            for other in shapes[index + 1 :]:
                apart = (
                    one.left + one.width <= other.left
                    or other.left + other.width <= one.left
                    or one.top + one.height <= other.top + Emu(9525)
                    or other.top + other.height <= one.top + Emu(9525)
                )
                assert apart, f"{one.name} overlaps {other.name}"


def test_chart_slides_have_title_source_picture_with_alt_and_receipts(deck, lang):
    for slide in list(deck.slides)[1:4]:
        assert slide.shapes.title.text_frame.text
        assert slide.placeholders[3].text_frame.text.startswith("Nguồn:" if lang == "vi" else "Source:")
        [picture] = [shape for shape in slide.shapes if shape.shape_type == 13]
        assert slide.shapes.title.text_frame.text in picture._element.nvPicPr.cNvPr.get("descr")
        notes = slide.notes_slide.notes_text_frame.text
        assert "articles/a" in notes and "sha256" in notes.lower()


def test_the_picture_is_not_stretched(deck):
    for slide in list(deck.slides)[1:4]:
        [picture] = [shape for shape in slide.shapes if shape.shape_type == 13]
        seen = 1920 * (1 - picture.crop_left - picture.crop_right), 1080 * (1 - picture.crop_top - picture.crop_bottom)
        assert picture.width / picture.height == pytest.approx(seen[0] / seen[1], rel=0.01)


def test_a_chart_of_few_rows_takes_the_whole_width(deck):
    """The last chart has one row: its picture starts where the title does and ends where the title ends."""
    [picture] = [shape for shape in deck.slides[3].shapes if shape.shape_type == 13]
    title = deck.slides[3].shapes.title
    assert picture.left == title.left and picture.width == pytest.approx(title.width, rel=0.001)


def test_every_run_names_its_font_and_size(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else []:
                for run in paragraph.runs:
                    assert run.font.name == "Arial" and run.font.size, run.text


def test_slides_are_numbered_and_have_a_footer(deck):
    for slide in list(deck.slides)[1:]:
        fields = [
            field.get("type")
            for field in slide.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}fld")
        ]
        assert fields == ["slidenum"]
        assert any(
            "Lào Cai" in shape.text_frame.text for shape in slide.placeholders if shape.placeholder_format.idx == 11
        )


def test_the_same_bytes(drawn, deck_path, lang, tmp_path):
    again = slides.write_deck(drawn, tmp_path / "again.pptx", lang, INFO)
    assert again.read_bytes() == deck_path.read_bytes()


def test_a_placer_takes_the_place_of_the_picture(drawn, lang, tmp_path, monkeypatch):
    """The seam for native charts: chosen by kind, given the sidecar's words and data."""
    seen = []
    monkeypatch.setitem(
        slides.PLACERS, "conversion", lambda slide, sidecar, picture, frame: seen.append(sidecar["data"]["rows"])
    )
    deck = Presentation(slides.write_deck(drawn, tmp_path / "native.pptx", lang, INFO))
    assert len(seen) == 1 and seen[0]
    assert [sum(shape.shape_type == 13 for shape in slide.shapes) for slide in deck.slides] == [0, 0, 1, 1, 0]


def test_no_charts_is_said(lang, tmp_path):
    deck = Presentation(slides.write_deck([], tmp_path / "empty.pptx", lang, {}))
    assert len(deck.slides) == 2
    assert deck.slides[0].placeholders[1].text_frame.text == ("mọi nơi" if lang == "vi" else "all places")


def test_a_chart_that_is_gone_is_named(tmp_path, lang):
    with pytest.raises(FileError, match=r"gone\.json"):
        slides.write_deck([tmp_path / "gone.json"], tmp_path / "x.pptx", lang, {})


@pytest.mark.libreoffice
def test_libreoffice_shows_every_slide(deck_path, soffice, tmp_path):
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [soffice, "--headless", profile, "--convert-to", "pdf", "--outdir", tmp_path, deck_path],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert (tmp_path / "briefing.pdf").read_bytes().count(b"/Type/Page/") + (
        tmp_path / "briefing.pdf"
    ).read_bytes().count(b"/Type/Page\n") == 5
