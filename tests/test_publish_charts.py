"""Charts: complete words, numbers that are the table's, the same bytes, and nothing clipped or overlapping."""

import dataclasses
import json
import re
import struct
from datetime import date

import pytest
from babel.numbers import parse_decimal

from analysis.publish import charts, style
from analysis.publish.charts import rows as row_grammar
from analysis.publish.charts.key import BY_THE_YEAR, SWATCHES
from analysis.publish.export import alt_display, export
from analysis.publish.style import ChartWords, IncompleteChartError, NothingToDraw
from publish_factory import INF, MEASURES, OBSERVATIONS, make_facts

PARTY = ["party_referred", "party_admitted"]
DRAWN = [
    (charts.totals_by_window, {"indicators": PARTY}),
    (charts.totals_by_window, {"indicators": ["initiative_savings"]}),
    (charts.rates_by_window, {"indicators": PARTY}),
    (charts.conversion, {}),
    (charts.levels, {}),
    (charts.measures_overview, {}),
    (charts.parts_of_total, {"total": "workers_in_unionised_units"}),
    (charts.parts_of_total, {"total": "contest_photo_winners"}),
    (charts.attainment, {}),
]
IDS = [f"{draw.__name__}-{'-'.join(map(str, options.values()))}" for draw, options in DRAWN]
NUMBER = re.compile(r"\d[\d.,]*\d|\d")


@pytest.fixture(scope="module")
def facts():
    return make_facts()


@pytest.fixture(scope="module", params=["vi", "en"])
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def figures(facts, lang):
    return [draw(facts, "Lào Cai", lang, **options) for draw, options in DRAWN]


def test_every_chart_has_all_its_words(figures):
    for figure in figures:
        words = figure.words
        assert all([words.name, words.title, words.subtitle, words.source, words.alt, words.receipts, words.caveats])
        assert words.title in words.alt
    assert len({figure.words.name for figure in figures}) == len(figures)


@pytest.mark.parametrize("blank", ["name", "title", "subtitle", "source", "alt"])
def test_a_chart_without_one_of_its_words_is_refused(blank):
    words = dict.fromkeys(("name", "title", "subtitle", "source", "alt", "lang"), "x") | {blank: "  "}
    with pytest.raises(IncompleteChartError, match=blank):
        ChartWords(**words)


def test_every_number_of_a_title_is_the_tables(figures, lang):
    for figure in figures:
        title = figure.words.title
        for row in figure.data["rows"]:
            cells = dict(zip(figure.data["columns"], row, strict=True))
            title = title.replace(cells["note"], "") if cells["note"] else title
        known = [number for row in figure.data["rows"] for cell in row for number in _numbers(cell, lang)]
        known += [len(MEASURES)] if figure.data["chart"] == "measures_overview" else []
        found = _numbers(re.sub(r"\b(201[3-9]|202\d)\b|\d+/\d+/\d+|\d+ (May|Jul) ", "", title), lang)
        assert found, title
        assert set(found) <= set(known), title


def _numbers(cell, lang) -> list[float]:
    if isinstance(cell, int | float):
        return [float(cell)]
    return [float(parse_decimal(text, locale=lang, strict=True)) for text in NUMBER.findall(str(cell or ""))]


def test_a_title_follows_the_table(lang):
    changed = [(*row[:6], 13127, *row[7:]) if row[6] == 13126 else row for row in OBSERVATIONS]
    figure = charts.totals_by_window(make_facts(changed), "Lào Cai", lang, PARTY)
    assert "13127" in figure.words.title.replace(".", "").replace(",", "")


def test_texts_stand_inside_the_picture_and_apart(figures):
    for figure in figures:
        figure.draw_without_rendering()
        boxes = [
            (text.get_text(), text.get_window_extent())
            for text in _texts(figure)
            if text.get_text().strip() and text.get_visible()
        ]
        for text, box in boxes:
            assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= 1920 and box.y1 <= 1080, (
                f"{figure.words.name}: {text!r} is clipped"
            )
        for index, (text, box) in enumerate(boxes):
            for other, box2 in boxes[index + 1 :]:
                # a line's box holds room for accents above and below its letters
                apart = box.x1 <= box2.x0 + 1 or box2.x1 <= box.x0 + 1 or box.y1 <= box2.y0 + 5 or box2.y1 <= box.y0 + 5
                assert apart, f"{figure.words.name}: {text!r} overlaps {other!r}"


def _texts(figure):
    yield from figure.texts
    for axes in figure.axes:
        yield from axes.texts
        yield from axes.get_xticklabels()


def test_windows_are_drawn_at_true_width_and_open_ones_with_an_arrow(facts):
    figure = charts.totals_by_window(facts, "Lào Cai", "vi", ["party_admitted"])
    times = figure.axes[0]
    spans = {(patch.get_x(), patch.get_x() + patch.get_width()) for patch in times.patches}
    assert (date(2017, 1, 1).toordinal(), date(2021, 1, 1).toordinal()) in spans
    assert (date(2013, 1, 1).toordinal(), date(2019, 1, 2).toordinal()) in spans, (
        "the sure part of a window to an article of 2019"
    )
    assert (date(2019, 1, 2).toordinal(), date(2020, 1, 1).toordinal()) in spans, (
        "the part that the year 2019 leaves open"
    )
    arrows = [line for line in times.lines if line.get_marker() == 9]
    assert len(arrows) == 2, "two of the four windows are open"


def test_no_line_joins_totals_of_different_windows(facts):
    for draw in (charts.totals_by_window, charts.rates_by_window):
        figure = draw(facts, "Lào Cai", "vi", PARTY)
        for axes in figure.axes:
            for line in axes.lines:
                assert len(set(line.get_ydata())) == 1 or len(set(line.get_xdata())) == 1


def test_missing_is_not_zero():
    """An indicator without an observation gets no row, and a value that is missing none either."""
    rows = [row for row in OBSERVATIONS if row[0] != "party_referred"]
    kept = make_facts(rows, [("conversion", 0, 1, 50.0, None, None)])
    figure = charts.totals_by_window(kept, "Lào Cai", "vi", PARTY)
    assert len(figure.data["rows"]) == 4
    blank = make_facts([(*row[:6], float("nan"), *row[7:]) if row[6] == 202 else row for row in OBSERVATIONS])
    assert len(charts.totals_by_window(blank, "Lào Cai", "vi", PARTY).data["rows"]) == 6


def test_a_body_stands_apart_and_in_no_title(facts):
    figure = charts.totals_by_window(facts, "Lào Cai", "vi", PARTY)
    groups = [row[figure.data["columns"].index("group")] for row in figure.data["rows"]]
    assert groups[:-1] == [None] * 6 and groups[-1].startswith("Đảng ủy Khối (Lào Cai)")
    assert not re.search(r"\b202\b", figure.words.title)
    assert "caveat.narrow" in figure.words.caveats
    assert len(charts.rates_by_window(facts, "Lào Cai", "vi", PARTY).data["rows"]) == 6


def test_a_bound_says_so(facts):
    figure = charts.levels(facts, "Lào Cai", "vi", ["workers_total"])
    assert "ít nhất 70.000" in figure.words.title
    assert "caveat.hedged" in figure.words.caveats
    assert figure.data["rows"][0][figure.data["columns"].index("hi")] is None


def test_a_rate_is_a_range_where_only_the_year_is_known(facts):
    figure = charts.rates_by_window(facts, "Lào Cai", "vi", ["party_admitted"])
    texts = [row[figure.data["columns"].index("text")] for row in figure.data["rows"]]
    assert texts == ["1.231–1.240/năm", "1.158–1.351/năm", "1.221/năm"]


def test_parts_that_do_not_add_up_are_said_not_hidden():
    wrong = make_facts([(*row[:6], 17900, *row[7:]) if row[6] == 17906 else row for row in OBSERVATIONS])
    title = charts.parts_of_total(wrong, "Lào Cai", "vi", "workers_in_unionised_units").words.title
    assert "52.083" in title and "khác" in title and "52.089" in title


def test_statuses_look_different():
    looks = [json.dumps(style.mark(status, style.BLUE), sort_keys=True) for status in style.STATUSES]
    assert len(set(looks)) == 3
    with pytest.raises(ValueError, match="guessed"):
        style.mark("guessed", style.BLUE)


@pytest.mark.parametrize(
    ("draw", "options", "key"),
    [
        (charts.totals_by_window, {"indicators": ["media_items"]}, "nothing.observations"),
        (charts.totals_by_window, {"indicators": ["dialogues", "dialogue_opinions"]}, "nothing.units"),
        (charts.rates_by_window, {"indicators": ["media_items"]}, "nothing.observations"),
        (charts.conversion, {"measure": "photos_per_participant"}, "nothing.measures"),
        (charts.parts_of_total, {"total": "party_referred"}, "nothing.parts"),
        (charts.levels, {"indicators": ["exemplary_union_chairs"]}, "nothing.observations"),
    ],
)
def test_nothing_to_draw_is_said_in_a_sentence(facts, lang, draw, options, key):
    with pytest.raises(NothingToDraw) as reason:
        draw(facts, "Lào Cai", lang, **options)
    assert reason.value.key == key
    assert charts.pick.say(key, lang, **reason.value.values)


def test_many_rows_are_cut_with_a_count():
    many = [
        (
            "party_admitted",
            "Lào Cai",
            None,
            f"{year}-01-01",
            f"{year}-12-31",
            None,
            year,
            None,
            None,
            "person",
            "flow",
            "a23",
        )
        for year in range(2000, 2020)
    ]
    figure = charts.totals_by_window(
        make_facts(many, [("conversion", 0, 1, 50.0, None, None)]), "Lào Cai", "en", ["party_admitted"]
    )
    assert len(figure.data["rows"]) == row_grammar.MOST_ROWS
    assert "Showing 12 of 20" in figure.words.subtitle


def test_files_are_the_same_bytes_each_time(facts, tmp_path):
    first, second = (export(charts.conversion(facts, "Lào Cai", "vi"), tmp_path / name) for name in "ab")
    assert [path.name for path in first] == ["conversion.png", "conversion.svg", "conversion.json"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_the_picture_is_16_9_and_the_drawing_carries_its_words(facts, tmp_path):
    png, svg, sidecar = export(charts.attainment(facts, "Bảo Yên", "vi"), tmp_path)
    assert struct.unpack(">II", png.read_bytes()[16:24]) == (1920, 1080)
    drawing = svg.read_text(encoding="utf-8")
    content = json.loads(sidecar.read_text(encoding="utf-8"))
    assert f"<title>{content['words']['title']}</title>" in drawing
    assert "<text" not in drawing and "font-family" not in drawing, "letters are outlines"
    assert not re.search(r"20\d\d-\d\d-\d\dT", drawing), "no moment of writing"
    assert set(content) == {"words", "plot", "data"}


def test_the_notebook_output_carries_the_alternative_text(facts):
    figure = charts.conversion(facts, "Lào Cai", "vi")
    data, metadata = alt_display(figure)
    assert metadata["image/png"]["alt"] == data["text/plain"] == figure.words.alt


def test_notebook_settings_do_not_change_the_house_style(facts, tmp_path):
    import matplotlib as mpl

    before = export(charts.conversion(facts, "Lào Cai", "vi"), tmp_path / "a")[0].read_bytes()
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red", "font.family": "serif"}):
        after = export(charts.conversion(facts, "Lào Cai", "vi"), tmp_path / "b")[0].read_bytes()
    assert before == after


def test_receipts_lead_to_the_articles(facts):
    words = charts.conversion(facts, "Lào Cai", "vi").words
    assert len(words.receipts) == 4
    assert all("articles/a" in text for text in words.receipts)


def test_an_open_end_without_an_article_date_is_drawn_as_unknown(facts):
    undated = dataclasses.replace(facts, observations=facts.observations.assign(as_of=None))
    figure = charts.totals_by_window(undated, "Lào Cai", "en", ["party_admitted"])
    assert "article undated" in [text.get_text() for text in figure.axes[0].texts]
    assert INF not in [cell for row in figure.data["rows"] for cell in row]


TIMED = [
    (charts.totals_by_window, {"indicators": PARTY}),
    (charts.rates_by_window, {"indicators": PARTY}),
    (charts.conversion, {}),
    (charts.levels, {}),
    (charts.attainment, {}),
]


@pytest.mark.parametrize(("draw", "options"), TIMED, ids=[draw.__name__ for draw, _ in TIMED])
def test_a_years_name_stands_within_its_year_and_the_last_year_is_named(facts, draw, options):
    times = draw(facts, "Lào Cai", "vi", **options).axes[0]
    borders = {
        line.get_xdata()[0] for line in times.lines if len(set(line.get_xdata())) == 1 and len(line.get_xdata()) == 2
    }
    named = [int(label.get_text()) for label in times.get_xticklabels()]
    for at, year in zip(times.get_xticks(), named, strict=True):
        start, after = (date(y, 1, 1).toordinal() for y in (year, year + 1))
        assert abs(at - (start + after) / 2) <= 1 and {start, after} <= borders
    ends = [patch.get_x() + patch.get_width() for patch in times.patches] or [max(borders)]
    assert date(named[-1], 1, 1).toordinal() < max(ends) <= date(named[-1] + 1, 1, 1).toordinal() <= times.get_xlim()[1]


def test_the_axis_covers_the_targets_last_year(facts):
    """The result of Bảo Yên runs to May 2021, its target to the end of 2022."""
    times = charts.attainment(facts, "Bảo Yên", "vi").axes[0]
    assert times.get_xticklabels()[-1].get_text() == "2022"


@pytest.mark.parametrize("years", [1, 2, 7, 8, 14, 15, 33, 60])
def test_any_span_of_years_names_few_and_always_the_last(years):
    first = 2020 - years + 1
    row = (
        "party_admitted",
        "Lào Cai",
        None,
        f"{first}-01-01",
        "2020-12-31",
        None,
        10,
        None,
        None,
        "person",
        "flow",
        "a23",
    )
    facts = make_facts([row, OBSERVATIONS[7], OBSERVATIONS[8]], [("conversion", 2, 1, 50.0, None, None)])
    figure = charts.totals_by_window(facts, "Lào Cai", "vi", ["party_admitted"])
    named = [int(label.get_text()) for label in figure.axes[0].get_xticklabels()]
    assert named[-1] == 2020 and len(named) <= 7 and named[0] >= first


def test_rectangles_of_averages_are_centred_on_their_row_and_their_area_is_the_total(facts):
    """The least average over the longest window: sure part and pale end together are the total, on one scale for all."""
    figure = charts.rates_by_window(facts, "Lào Cai", "vi", PARTY)
    totals = facts.observations.set_index("id")["value"]
    scales = []
    for index, row in enumerate(figure.data["rows"]):
        boxes = [box for box in figure.axes[0].patches if index <= box.get_y() + box.get_height() / 2 < index + 1]
        top, bottom = min(box.get_y() for box in boxes), max(box.get_y() + box.get_height() for box in boxes)
        assert (top + bottom) / 2 == pytest.approx(index + 0.5)
        wide = max(box.get_x() + box.get_width() for box in boxes) - min(box.get_x() for box in boxes)
        scales.append(boxes[0].get_height() * wide / totals[row[0]])
    assert len(scales) == 6 and scales == pytest.approx([scales[0]] * 6, rel=2e-3)


@pytest.mark.parametrize(
    ("draw", "options", "keys"),
    [
        (charts.rates_by_window, {"indicators": PARTY}, ["key.derived", "key.open", "key.possible"]),
        (charts.levels, {}, ["key.reported", "key.moment_year", "key.at_least"]),
        (charts.parts_of_total, {"total": "workers_in_unionised_units"}, ["key.reported", "key.total", "key.part"]),
        (charts.attainment, {}, ["key.reported", "key.open", "key.open_year", "key.target"]),
        (charts.measures_overview, {}, ["key.derived"]),
    ],
)
def test_the_key_explains_the_marks_of_its_chart_and_no_other(facts, lang, draw, options, keys):
    figure = draw(facts, "Lào Cai", lang, **options)
    known = {charts.pick.say(key, lang): key for key in SWATCHES if key not in set(BY_THE_YEAR) - set(keys)}
    found = [known[text.get_text()] for text in figure.texts if text.get_text() in known]
    assert [key for key in found if key in keys] == keys
    assert {charts.pick.say(key, lang) for key in found} == {charts.pick.say(key, lang) for key in keys}


def test_stocks_of_one_indicator_run_forward_in_time_as_in_the_title(facts):
    figure = charts.levels(facts, "Lào Cai", "vi")
    column = {name: index for index, name in enumerate(figure.data["columns"])}
    own = [row for row in figure.data["rows"] if row[column["name"]] == "Lao động ở đơn vị có công đoàn"]
    assert [row[column["as_of"]] for row in own] == ["2019", "2023-08"]
    assert figure.words.title.index(own[0][column["text"]]) < figure.words.title.index(own[1][column["text"]])


def test_the_key_follows_a_few_rows_and_the_plot_box_ends_with_it(facts, lang):
    few, many = charts.attainment(facts, "Bảo Yên", lang), charts.conversion(facts, "Lào Cai", lang)
    assert few.floor > few.body.bottom + 1 and few.plot_box()["bottom"] < many.plot_box()["bottom"] - 0.1
    for figure in (few, many):
        figure.draw_without_rendering()
        box = figure.plot_box()
        inside = [text for text in _texts(figure) if text.get_window_extent().y1 < figure.body.top * style.DPI]
        inside = [text for text in inside if text.get_text() not in ("", "\n".join([figure.words.source]))]
        for text in inside:
            seen = text.get_window_extent()
            assert box["left"] * 1920 <= seen.x0 and seen.x1 <= box["right"] * 1920, text.get_text()
