"""Which window each figure of an article has: before it, behind it, in brackets, handed on, under a heading."""

from datetime import date

import pytest

from analysis.extract import extract_article, periods
from analysis.extract.windows import Window
from analysis.ingest.articles import Article


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
            "Năm 2017 kết nạp 5 người.\nKết quả năm 2018:\n- Kết nạp 12 người.\n- Giới thiệu 15 người.\nĐội ngũ có 90 cán bộ trẻ.",
            ["2017", "2018", "2018", None],
        ),
        ("Kết quả năm 2017\nKết nạp 12 người.\nKết quả năm 2018\nKết nạp 15 người.", ["2017", "2018"]),
        ("Đơn vị ra quyết định ngày 24/5/2019 cho 16 hộ.", [None]),
        ("Ngày 24/5/2019, quỹ trao vốn cho 16 hộ.", ["2019"]),
    ],
)  # fmt: skip
def test_the_window_of_each_figure(text, expected):
    assert years(text) == expected


def test_the_only_window_of_an_article_holds_where_none_is_stated():
    text = "Kết quả công tác phát triển đảng năm 2018 của công đoàn tỉnh\nCông đoàn giới thiệu 90 người.\nCó 45 lớp."
    assert set(years(text)) == {"2018"}


def window(start: int, first: str | None, last: str | None, kind: str = "closed", rule: str = "year") -> Window:

    return Window(start, start + 8, *(day and date.fromisoformat(day) for day in (first, last)), kind, rule)


@pytest.mark.parametrize(
    ("windows", "found"),
    [
        ([window(5, "2018-01-01", "2018-12-31")], True),
        ([window(5, "2018-01-01", "2018-12-31"), window(900, "2018-01-01", "2018-12-31")], True),
        ([window(5, "2018-01-01", "2018-12-31"), window(900, None, None, "now")], True),
        ([window(5, "2018-01-01", "2018-12-31"), window(900, None, "2025-12-31", "until")], True),
        ([window(5, "2018-01-01", "2018-12-31"), window(900, "2017-01-01", "2017-12-31")], False),
        ([window(300, "2018-01-01", "2018-12-31")], False),
        ([window(5, "2018-05-24", "2018-05-24", rule="on a day")], False),
        ([window(5, "2018-06-01", "2018-06-09")], False),
        ([], False),
    ],
)
def test_the_default_is_the_only_window_and_stands_in_the_opening(windows, found):
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
