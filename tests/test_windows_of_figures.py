"""Which window each figure of an article has: before it, behind it, in brackets, handed on, under a heading."""

import re
from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.extract import extract_article, periods
from analysis.extract.calendar import Anchor
from analysis.extract.choice import choose_all
from analysis.extract.context import read_context
from analysis.extract.folding import fold
from analysis.extract.windows import Window, find_windows
from analysis.ingest.articles import Article

# A paragraph longer than a heading that announces a list, and a line below the list.
LIST_OF_2019 = (
    "Giai đoạn 2013-2015, mở 90 lớp.\nTrong năm 2019, nhờ sự phối hợp giữa chuyên môn với công đoàn, nhờ cách làm mới ở từng tổ "
    "và sự góp sức của nhiều người, công việc của cả đơn vị đã chạy đều hơn, cụ thể là:\n- Mở 12 lớp.\n- Lập 15 tổ.\nMở 20 buổi."
)
ANCHOR = Anchor(year=2019, month=9, latest=2019, since=(2013,), term=(2018, 2023))


def years(text: str, published: str = "2020-06") -> list[str | None]:
    """The year in which the window of each figure starts."""
    rows = extract_article(Article(id="thử", path=None, text=text, sha256="", published=published))
    return [row["period_start"] and row["period_start"][:4] for row in rows if row["class"] == "figure"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Số đoàn viên tăng từ 12 người (năm 2018) lên 15 người (năm 2019).", ["2018", "2019"]),
        ("Kết nạp 25 người (năm 2018 có 12 người, năm 2019 có 13 người).", [None, "2018", "2019"]),
        ("Năm 2018 là 12 người, năm 2019 là 15 người.", ["2018", "2019"]),
        ("Năm 2018 kết nạp 12 người; 15 người trong năm 2019.", ["2018", "2019"]),
        ("Năm 2019 kết nạp 15 người (năm 2018 là 12 người), giới thiệu 30 người.", ["2019", "2018", "2019"]),
        ("Có 85 người vào Đảng trong năm 2013.", ["2013"]),
        ("Năm 2019 kết nạp 15 người, tăng 3 người so với năm 2018.", ["2019", "2019"]),
        ("Kết nạp 15 người, phấn đấu đến năm 2025.", [None]),
        ("Từ năm 2016 -2019 có 19 cuộc. Trong đó có 4 cuộc ở huyện.", ["2016", "2016"]),
        ("Từ năm 2016 -2019 có 19 cuộc. Ngoài ra có 4 buổi.", ["2016", None]),
        (
            "Đơn vị kết nạp 5 người.\nKết quả năm 2018:\n- Kết nạp 12 người.\n- Giới thiệu 15 người.\nĐội ngũ có 90 cán bộ trẻ.",
            [None, "2018", "2018", None],
        ),
        ("Kết quả năm 2017\nKết nạp 12 người.\nKết quả năm 2018\nKết nạp 15 người.", ["2017", "2018"]),
        ("Đơn vị ra quyết định ngày 24/5/2019 cho 16 hộ.", [None]),
        ("Ngày 24/5/2019, quỹ trao vốn cho 16 hộ.", ["2019"]),
        # tied to the date behind
        ("Giai đoạn 2016-2018, tỷ lệ nữ tăng từ 30% năm 2017 lên 40% năm 2018.", ["2017", "2018"]),
        ("Năm 2019 kết nạp 45 người, tăng 10 người so với 35 người của năm 2018.", ["2019", "2019", "2018"]),
        ("Kết nạp 15 người năm 2019, 12 người năm 2018, 9 người năm 2017.", ["2019", "2018", "2017"]),
        ("Năm 2019 kết nạp 15 người, tăng 3 người so với cùng kỳ năm 2018 (12 người).", ["2019", "2019", "2018"]),
        # windows that hold for their own words alone
        ("Năm 2019 kết nạp 15 người, đạt 90% chỉ tiêu cả giai đoạn 2018-2022 là 80 người; mở 4 lớp.", ["2019", "2019", "2018", "2019"]),
        ("Năm 2019 có 15 sáng kiến, bình quân mỗi năm 20 sáng kiến; mở 4 lớp. Có 3 buổi.", ["2019", None, "2019", "2019"]),
        ("Kết nạp 15 người, đạt 90% kế hoạch năm 2019, mở 4 lớp.", ["2019", "2019", "2019"]),
        ("Năm 2019 mở 15 lớp (năm 2018 là 12 lớp). Có 3 buổi.", ["2019", "2018", "2019"]),
        ("Quý III/2019, mở 15 lớp. Cùng kỳ năm 2018, mở 12 lớp. Có 3 buổi.", ["2019", "2018", "2019"]),
        ("Hội nghị tổng kết năm 2019 và triển khai nhiệm vụ năm 2020, mở 15 lớp.", ["2019"]),
        # headings
        ("Đơn vị có hội nghị.\n1. Năm 2017\n- Mở 12 lớp.\n2. Năm 2018\n- Mở 15 lớp.", ["2017", "2018"]),
        ("Có hội nghị.\nI. KẾT QUẢ NĂM 2017\n- Mở 12 lớp.\nII. VIỆC NĂM 2018\n- Mở 15 lớp.", ["2017", "2018"]),
        ("Có hội nghị.\nI. Kết quả năm 2017\nCông tác nữ công\nMở 12 lớp.\nII. Bài học\nMở 15 lớp.", ["2017", None]),
        ("Có hội nghị.\na) Năm 2017\nMở 12 lớp.\nb) Năm 2018\nMở 15 lớp.", ["2017", "2018"]),
        ("Giai đoạn 2013-2015, mở 90 lớp.\nNhiệm vụ thời gian tới\nKết nạp 15 đoàn viên trong các đơn vị.", ["2013", None]),
        (LIST_OF_2019, ["2013", "2019", "2019", "2013"]),
    ],
)  # fmt: skip
def test_the_window_of_each_figure(text, expected):
    assert years(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Có hội nghị.\n2. Kết quả năm 2017\n2.1. Công tác nữ công\nKết nạp 12 đoàn viên trong đơn vị.", "2017"),
        ("Có hội nghị.\n2.1. Kết quả năm 2017\n- Mở 12 lớp.\n2.2. Kết quả năm 2018\n- Mở 15 lớp ở các đơn vị.", "2018"),
    ],
)
def test_a_numbered_heading_below_another(text, expected):
    assert years(text)[-1] == expected


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [("1.", True), ("ii.", True), ("2.1.", True), ("a)", True), ("ở đó.", False), ("1. ở đó.", False)],
)
def test_the_number_of_an_item_keeps_the_window_that_is_handed_on(sentence, kept):
    (window,) = find_windows(fold("Năm 2018"), ANCHOR)
    assert periods.carry(sentence, [], [], window, (0, len(sentence))) == (window if kept else None)


def test_the_only_window_of_an_article_holds_where_none_is_stated():
    text = "Kết quả công tác phát triển đảng năm 2018 của công đoàn tỉnh\nCông đoàn giới thiệu 90 người.\nCó 45 lớp."
    assert set(years(text)) == {"2018"}


def chosen(text: str, published: str = "2020-06") -> list[tuple[str | None, bool]]:
    """For each figure of a text of one sentence: the year in which its window starts, and whether it counts a flow."""
    context = read_context(Article(id="thử", path=None, text=text, sha256="", published=published))
    line = (0, len(context.folded.text))
    items = context.reader.sentence(line, line, context.tokens_in(*line), [])
    figures = [item for item in items if item.kind == "figure"]
    lower = context.folded.lower
    return [
        (found and found.first and found.first.isoformat()[:4], periods.flows(lower, figure, found))
        for figure, (found, _) in zip(figures, choose_all(lower, figures, context.windows, None), strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Năm 2018 và năm 2019 kết nạp lần lượt 12 và 15 người.", ["2018", "2019"]),
        ("Trong 2 năm 2018, 2019, kết nạp lần lượt 12 và 15 người.", ["2018", "2019"]),
        ("Kết nạp 12, 15 và 18 người, tương ứng các năm 2017, 2018 và 2019.", ["2017", "2018", "2019"]),
        ("Năm 2019 giới thiệu 30 người, năm 2018 là 20 người; kết nạp tương ứng là 12 và 9 người.", ["2019", "2018"] * 2),
        ("Năm 2018 mở 3 lớp; năm 2019, huyện và thị xã lần lượt mở 5 và 7 lớp.", ["2018", "2019", "2019"]),
        ("Năm 2019 huyện mở 5 lớp, 7 buổi; thị xã lần lượt là 6 lớp và 8 buổi.", ["2019"] * 4),
    ],
)  # fmt: skip
def test_windows_in_step_with_figures(text, expected):
    assert [year for year, _ in chosen(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Năm 2019 thành lập 24 CĐCS với 1.318 đoàn viên.", [True, True]),
        ("Năm 2019 tỉnh có thêm 11 CĐCS.", [True]),
        ("Năm 2019 kết nạp 12 người, nâng tổng số đoàn viên lên 500 người.", [True, False]),
        ("Năm 2019, toàn tỉnh có 300 CĐCS.", [False]),
        ("Năm 2019: 300 đoàn viên.", [True]),
        ("Có 300 đoàn viên.", [False]),
    ],
)
def test_what_came_and_what_is_there(text, expected):
    assert [flows for _, flows in chosen(text)] == expected


class Spot(NamedTuple):
    start: int
    end: int
    noun: tuple[int, int] | None
    clause: tuple[int, int]
    sentence: tuple[int, int]


@given(
    st.lists(
        st.sampled_from(["12 người ", "năm 2018 ", "(", ")", ", ", "; ", "lần lượt ", "lên ", "quý I ", "so với "]),
        max_size=40,
    )
)
def test_a_figure_has_a_window_of_its_sentence_or_the_carried_one(pieces):
    folded = fold("".join(pieces))
    found, carried = find_windows(folded, ANCHOR), window(0, "2010-01-01", "2010-12-31")
    sentence = (0, len(folded.text))
    figures = [
        Spot(m.start(), m.end(), None, (m.start(), sentence[1]), sentence) for m in re.finditer("12", folded.text)
    ]
    chosen = choose_all(folded.lower, figures, found, carried)
    assert len(chosen) == len(figures)
    assert all(one in found or one == carried for one, _ in chosen)


def window(start: int, first: str | None, last: str | None, kind: str = "closed", rule: str = "year") -> Window:

    return Window(start, start + 8, *(day and date.fromisoformat(day) for day in (first, last)), kind, rule)


@pytest.mark.parametrize(
    ("windows", "found"),
    [
        ([window(5, "2018-01-01", "2018-12-31")], True),
        ([window(5, "2018-01-01", "2018-12-31"), window(900, "2018-01-01", "2018-12-31")], True),
        ([window(5, "2018-01-01", "2018-12-31"), window(900, None, None, "now")], True),
        ([window(5, "2018-01-01", "2018-12-31"), window(900, None, "2025-12-31", "until")], True),
        ([window(5, "2018-01-01", "2018-12-31"), window(900, "2017-01-01", "2017-12-31")], True),
        ([window(300, "2018-01-01", "2018-12-31")], False),
        ([window(5, "2018-05-24", "2018-05-24", rule="on a day")], False),
        ([window(5, "2018-06-01", "2018-06-09")], False),
        ([], False),
    ],
)
def test_the_default_is_the_first_window_and_stands_in_the_opening(windows, found):
    assert periods.default(windows, (0, 400)) == (windows[0] if found else None)


def test_the_default_does_not_hold_in_the_line_that_states_it():
    only = window(5, "2018-01-01", "2018-12-31")
    assert periods.fallback(only, (0, 80)) is None
    assert periods.fallback(only, (81, 120)) is only
    assert periods.fallback(None, (0, 80)) is None


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        ("flow", ("2018-01-01", "2018-12-31", "closed"), ("2018-01-01", "2018-12-31")),
        ("stock", ("2018-01-01", "2018-12-31", "closed"), (None, None)),
        ("stock", ("2018-01-01", "2018-06-30", "asof"), (None, "2018-06-30")),
        ("stock", (None, "2018-12-31", "until"), (None, "2018-12-31")),
        ("stock", (None, None, "now"), (None, None)),
        (None, ("2018-01-01", None, "open"), ("2018-01-01", None)),
    ],
)
def test_a_stock_has_no_start(kind, given, expected):
    found = periods.as_kind(kind, window(0, *given))
    assert tuple(day and day.isoformat() for day in (found.first, found.last)) == expected
