"""The report page: self-contained, without code, in one language."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.errors import FileError
from analysis.publish import edition
from analysis.publish.charts import conversion
from analysis.publish.export import alt_display
from analysis.publish.report import without_requests, write_report
from analysis.publish.tables import to_html
from publish_factory import make_facts

INFO = {
    "inputs": "0123456789abcdef",
    "place": "Lào Cai",
    "n_articles": 5,
    "parameters": {"lang": "vi", "since": "", "as_of": "2023"},
    "versions": {"pandas": "3"},
}
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


class Page(HTMLParser):
    """All start tags with their attributes."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def _notebook(lang: str, execution: int = 1):
    facts = make_facts()
    data, metadata = alt_display(conversion(facts, "Lào Cai", lang))
    table = {"text/html": to_html(facts.measures, lang, ["measure", "window", "value"]), "text/plain": "table"}
    outputs = [new_output("display_data", data=data, metadata=metadata), new_output("display_data", data=table)]
    chart = new_code_cell("secret_code(1)", outputs=outputs, execution_count=execution)
    chart.metadata["execution"] = {"iopub.execute_input": f"2023-01-01T00:00:0{execution}"}
    cells = [
        new_markdown_cell("# Tỷ lệ\n\nMở đầu. [nguồn](https://example.org/bai)", metadata={"tags": ["lang-vi"]}),
        new_markdown_cell("# Ratios\n\nOpening.", metadata={"tags": ["lang-en"]}),
        new_code_cell(
            "place = 'Lào Cai'",
            metadata={"tags": ["parameters"]},
            outputs=[new_output("stream", text="leaked parameter")],
        ),
        new_code_cell("x", metadata={"tags": ["no-report"]}, outputs=[new_output("stream", text="not for readers")]),
        chart,
        new_markdown_cell(
            "## Chi tiết\n\n![bản đồ](http://example.org/map.png)\n\n<script src='https://example.org/x.js'></script>"
        ),
        new_code_cell("y", outputs=[new_output("display_data", data={"image/png": PIXEL, "text/plain": "<Figure>"})]),
        new_code_cell(
            "z",
            outputs=[
                new_output("display_data", data={"text/markdown": "Kết **luận**"}),
                new_output("stream", name="stderr", text="a warning"),
            ],
        ),
    ]
    return new_notebook(cells=cells, metadata={"papermill": {"duration": execution}})


def _write(folder, lang: str, name: str = "report.html", execution: int = 1):
    folder.mkdir(exist_ok=True)
    paths = [folder / "03_trends.ipynb", folder / "04_conversion.ipynb"]
    for path in paths:
        nbformat.write(_notebook(lang, execution), path)
    return write_report(paths, folder / name, lang, INFO)


@pytest.fixture(scope="module", params=["vi", "en"])
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def path(lang, tmp_path_factory):
    return _write(tmp_path_factory.mktemp("report"), lang)


@pytest.fixture(scope="module")
def text(path):
    return path.read_text(encoding="utf-8")


def test_nothing_is_asked_of_another_host(text):
    for tag, attrs in Page(text).tags:
        assert tag not in ("script", "link", "iframe", "object", "embed")
        for name in ("src", "srcset", "poster", "data"):
            assert (attrs.get(name) or "data:").startswith("data:"), (tag, attrs)
    style = text[text.index("<style>") : text.index("</style>")]
    assert "@import" not in style and "url(" not in style
    assert "default-src 'none'" in text


def test_links_in_prose_stay(text, lang):
    assert ("https://example.org/bai" in text) == (lang == "vi")


def test_every_picture_has_an_alternative_text(text):
    pictures = [attrs for tag, attrs in Page(text).tags if tag == "img"]
    assert len(pictures) == 4 and all(attrs["alt"].strip() for attrs in pictures)
    assert any(("67,9%" in attrs["alt"] or "67.9%" in attrs["alt"]) for attrs in pictures)
    assert "<em>bản đồ</em>" in text, "a picture from elsewhere becomes its words"


def test_code_and_private_cells_are_not_shown(text):
    for hidden in ("secret_code", "leaked parameter", "not for readers", "a warning", "In&nbsp;[", "&lt;Figure&gt;"):
        assert hidden not in text


def test_only_one_language(text, lang):
    assert text.startswith(f'<!DOCTYPE html>\n<html lang="{lang}">')
    assert ("Mở đầu." in text, "Opening." in text) == (lang == "vi", lang == "en")


def test_the_contents_lead_to_headings_that_exist_once(text):
    tags = Page(text).tags
    ids = [attrs["id"] for tag, attrs in tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = [attrs["href"][1:] for tag, attrs in tags if tag == "a" and attrs.get("href", "").startswith("#")]
    assert len(targets) >= 5 and set(targets) <= set(ids)


def test_headings_do_not_skip_a_level(text):
    levels = [int(tag[1]) for tag, _ in Page(text).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 2 and all(after - before <= 1 for before, after in pairwise(levels))


def test_the_inputs_are_named(text, lang):
    named = f"{'Dấu vân tay đầu vào' if lang == 'vi' else 'Fingerprint of the inputs'}: 0123456789abcdef"
    assert named in text[text.index("<footer>") :] and named not in text[: text.index("<footer>")]
    assert "since" not in text[text.index("<footer>") :], "a parameter that was not set says nothing"


def test_the_second_line_says_what_the_page_rests_on(text, lang):
    line = "Số liệu đến 2023, 5 bài viết" if lang == "vi" else "Figures to 2023, 5 articles"
    assert f'<p class="scope">{line}</p>\n</header>' in text


@pytest.mark.parametrize(
    ("run_info", "vi", "en"),
    [
        ({"n_articles": 1, "parameters": {"as_of": "2021-05"}}, "số liệu đến 5/2021, 1 bài viết", "figures to May 2021, 1 article"),
        ({"n_articles": 1200}, "1.200 bài viết", "1,200 articles"),
        ({"n_articles": 0}, "0 bài viết", "0 articles"),
        ({"parameters": {"as_of": "2019"}}, "số liệu đến 2019", "figures to 2019"),
        ({"parameters": {"as_of": ""}}, "", ""),
        ({"parameters": None}, "", ""),
        ({}, "", ""),
    ],
)  # fmt: skip
def test_scope_line_says_only_what_is_known(run_info, vi, en):
    assert (edition.scope_line(run_info, "vi"), edition.scope_line(run_info, "en")) == (vi, en)


def test_the_same_bytes_whenever_the_notebooks_ran(path, lang, tmp_path):
    assert _write(tmp_path / "again", lang, execution=2).read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<p>a</p><script>x()</script>", "<p>a</p>"),
        ("<link rel=stylesheet href=//x.y/z.css>b", "b"),
        ("<style>@import url(http://x.y)</style>c", "c"),
        ('<img alt="d" src="//x.y/z.png">', "<em>d</em>"),
        ("<img src='http://x.y/z.png'>", "<em></em>"),
        ('<img src="data:image/png;base64,AA" alt="e">', '<img src="data:image/png;base64,AA" alt="e">'),
        ("<iframe src='http://x.y'></iframe>f", "f"),
        ("<script>never closed", ""),
        ('<a href="https://x.y">g</a>', '<a href="https://x.y">g</a>'),
    ],
)
def test_without_requests(given, kept):
    assert without_requests(given) == kept


def test_a_broken_notebook_is_named(tmp_path, lang):
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(FileError, match=r"broken\.ipynb"):
        write_report([broken], tmp_path / "report.html", lang, {})


@pytest.mark.chromium
def test_chromium_asks_no_other_host(path, chromium, lang):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page, asked, said = browser.new_page(), [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(path.as_uri())
        loaded = page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        browser.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert loaded and not wide and not said, json.dumps(said)
