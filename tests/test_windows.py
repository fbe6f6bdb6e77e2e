"""Period words to dates: the hard cases first; every row hangs on the same article of September 2019."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.extract import sentences
from analysis.extract.calendar import Anchor
from analysis.extract.folding import fold
from analysis.extract.windows import find_windows, within

ANCHOR = Anchor(year=2019, month=9, latest=2019, since=(2013,), term=(2018, 2023))
UNDATED = Anchor(year=None, month=None, latest=None, since=(), term=None)
JANUARY = Anchor(year=2020, month=1, latest=2019, since=(), term=None)


def windows(text: str, anchor: Anchor = ANCHOR):
    folded = fold(text)
    return [(folded.slice(w.start, w.end), _iso(w.first), _iso(w.last), w.kind) for w in find_windows(folded, anchor)]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def only(text: str, anchor: Anchor = ANCHOR) -> tuple:
    found = windows(text, anchor)
    assert len(found) == 1, found
    return found[0][1:]


@pytest.mark.parametrize(
    ("text", "first", "last", "kind"),
    [
        # from … to …
        ("Từ năm 2013 đến hết tháng 6/2019, có", "2013-01-01", "2019-06-30", "closed"),
        ("từ tháng 3 đến tháng 9/2018 có", "2018-03-01", "2018-09-30", "closed"),
        ("từ tháng 11/2018 đến tháng 3/2019", "2018-11-01", "2019-03-31", "closed"),
        ("từ quý II đến quý III/2018", "2018-04-01", "2018-09-30", "closed"),
        ("tháng 3 - 9/2018", "2018-03-01", "2018-09-30", "closed"),
        ("tháng 3-9/2018", "2018-03-01", "2018-09-30", "closed"),
        ("từ ngày 12/3 đến ngày 15/4/2019", "2019-03-12", "2019-04-15", "closed"),
        ("từ ngày 25/12 đến ngày 5/1/2019", "2018-12-25", "2019-01-05", "closed"),
        ("từ ngày 12 đến 14/3/2019", "2019-03-12", "2019-03-14", "closed"),
        ("từ ngày 12 đến ngày 14/3/2019", "2019-03-12", "2019-03-14", "closed"),
        ("từ 30/5/2019 đến 10/7/2019", "2019-05-30", "2019-07-10", "closed"),
        ("từ 30/5 đến 10/7/2019", "2019-05-30", "2019-07-10", "closed"),
        ("từ ngày 30/5/2019 - 10/7/2019", "2019-05-30", "2019-07-10", "closed"),
        ("từ năm 2013 đến năm 2019", "2013-01-01", "2019-12-31", "closed"),
        ("từ năm 2013 đến 2019, có", "2013-01-01", "2019-12-31", "closed"),
        ("từ 2013 đến 2019, có", "2013-01-01", "2019-12-31", "closed"),
        ("từ 2017-2020", "2017-01-01", "2020-12-31", "closed"),
        ("Từ năm 2016 -2019 có", "2016-01-01", "2019-12-31", "closed"),
        ("năm 2016 đến năm 2018", "2016-01-01", "2018-12-31", "closed"),
        ("từ đầu năm 2013 đến hết năm 2018", "2013-01-01", "2018-12-31", "closed"),
        ("từ đầu năm đến hết tháng 8", "2019-01-01", "2019-08-31", "closed"),
        ("từ đầu năm đến ngày 15/8", "2019-01-01", "2019-08-15", "closed"),
        ("từ đầu năm 2018 tới cuối năm 2018", "2018-01-01", "2018-12-31", "closed"),
        # from … to now
        ("Từ năm 2013 đến nay", "2013-01-01", None, "open"),
        ("từ năm 2013 cho đến nay", "2013-01-01", None, "open"),
        ("Từ 2013 đến nay", "2013-01-01", None, "open"),
        ("Kể từ năm 2013, đến thời điểm hiện nay", "2013-01-01", None, "open"),
        ("từ tháng 6/2018 đến nay", "2018-06-01", None, "open"),
        ("từ tháng 6 đến nay", "2019-06-01", None, "open"),
        ("từ ngày 12/12/2013 đến nay", "2013-12-12", None, "open"),
        ("từ 12/12/2013 đến nay", "2013-12-12", None, "open"),
        ("từ quý II đến nay", "2019-04-01", None, "open"),
        ("từ đầu năm đến nay", "2019-01-01", None, "open"),
        ("tính từ đầu năm 2018 đến nay", "2018-01-01", None, "open"),
        ("từ đầu nhiệm kỳ đến nay", "2018-01-01", None, "open"),
        ("từ đầu nhiệm kỳ 2013-2018 đến nay", "2013-01-01", None, "open"),
        ("Từ năm 2017, các cấp", "2017-01-01", None, "open"),
        ("kể từ ngày 1/7/2018, các cấp", "2018-07-01", None, "open"),
        ("kể từ khi thực hiện Nghị quyết 25 (2013)", "2013-01-01", None, "open"),
        ("từ đầu năm, các cấp", "2019-01-01", None, "open"),
        ("Giai đoạn 2013 - nay", "2013-01-01", None, "open"),
        # from or up to the beginning, the middle and the end of a year, a month, a school year
        ("Từ cuối năm 2018 đến nay", "2018-12-31", None, "open"),
        ("Từ giữa năm 2018 tới nay", "2018-07-01", None, "open"),
        ("từ cuối năm 2017, các cấp", "2017-12-31", None, "open"),
        ("từ cuối năm 2017 đến giữa năm 2019", "2017-12-31", "2019-06-30", "closed"),
        ("từ giữa năm 2018 đến giữa tháng 8/2019", "2018-07-01", "2019-08-15", "closed"),
        ("từ cuối năm ngoái đến nay", "2018-12-31", None, "open"),
        ("từ giữa năm đến nay", "2019-07-01", None, "open"),
        ("tính đến giữa tháng 8/2019", "2019-01-01", "2019-08-15", "asof"),
        ("đến đầu tháng 8/2019", "2019-01-01", "2019-08-01", "asof"),
        ("đến giữa năm 2018", None, "2018-06-30", "until"),
        ("Kể từ đầu năm học tới nay", "2019-09-01", None, "open"),
        ("Kể từ năm học 2017-2018, các trường", "2017-09-01", None, "open"),
        ("Tính từ năm học 2017-2018 tới nay", "2017-09-01", None, "open"),
        # after
        ("Sau năm 2015, các cấp", "2016-01-01", None, "open"),
        ("Từ sau năm 2015 đến nay", "2016-01-01", None, "open"),
        ("sau tháng 6/2018, các cấp", "2018-07-01", None, "open"),
        ("sau ngày 31/12/2018, các cấp", "2019-01-01", None, "open"),
        ("sau quý I/2019, các cấp", "2019-01-01", "2019-03-31", "closed"),
        ("sau 6 tháng đầu năm 2019, các cấp", "2019-01-01", "2019-06-30", "closed"),
        ("Sáng 6-7, quỹ", "2019-07-06", "2019-07-06", "closed"),
        ("(2013-nay)", "2013-01-01", None, "open"),
        ("giai đoạn 2016 đến nay", "2016-01-01", None, "open"),
        # up to …
        ("tại thời điểm 30/6/2019", "2019-01-01", "2019-06-30", "asof"),
        ("tính đến ngày 27/11/2018", "2018-01-01", "2018-11-27", "asof"),
        ("tính đến ngày 27-8", "2019-01-01", "2019-08-27", "asof"),
        ("đến 30/6/2019, có", "2019-01-01", "2019-06-30", "asof"),
        ("đến ngày 30/6, có", "2019-01-01", "2019-06-30", "asof"),
        ("tính đến thời điểm 31/12/2018", "2018-01-01", "2018-12-31", "asof"),
        ("tính đến hết tháng 9/2018", "2018-01-01", "2018-09-30", "asof"),
        ("tính đến cuối tháng 8", "2019-01-01", "2019-08-31", "asof"),
        ("đến hết quý III/2018", "2018-01-01", "2018-09-30", "asof"),
        ("đến hết năm 2018", None, "2018-12-31", "until"),
        ("đến cuối năm 2018", None, "2018-12-31", "until"),
        ("đến năm 2025", None, "2025-12-31", "until"),
        ("mục tiêu đến năm 2030", None, "2030-12-31", "until"),
        ("phấn đấu đến hết năm 2025", None, "2025-12-31", "until"),
        ("trước năm 2018", None, "2017-12-31", "until"),
        ("trước ngày 30/6/2019", None, "2019-06-29", "until"),
        ("cuối năm 2018 có", None, "2018-12-31", "asof"),
        ("đến hết nhiệm kỳ 2017- 2022", "2017-01-01", "2022-12-31", "closed"),
        # months, quarters, halves
        ("Tháng 6.2016 có", "2016-06-01", "2016-06-30", "closed"),
        ("tháng 6-2016", "2016-06-01", "2016-06-30", "closed"),
        ("tháng 6 năm 2016", "2016-06-01", "2016-06-30", "closed"),
        ("Tháng 6/2016", "2016-06-01", "2016-06-30", "closed"),
        ("6/2016, có", "2016-06-01", "2016-06-30", "closed"),
        ("tháng 02/2016", "2016-02-01", "2016-02-29", "closed"),
        ("tháng 6 vừa qua", "2019-06-01", "2019-06-30", "closed"),
        ("trong tháng 6, có", "2019-06-01", "2019-06-30", "closed"),
        ("tháng sáu vừa qua", "2019-06-01", "2019-06-30", "closed"),
        ("tháng 13 có", None, None, None),
        ("Quý II năm 2016", "2016-04-01", "2016-06-30", "closed"),
        ("quý III-2018", "2018-07-01", "2018-09-30", "closed"),
        ("quý IV/2018", "2018-10-01", "2018-12-31", "closed"),
        ("quý I/2018", "2018-01-01", "2018-03-31", "closed"),
        ("quý 1, có", "2019-01-01", "2019-03-31", "closed"),
        ("quý một có", "2019-01-01", "2019-03-31", "closed"),
        ("quý ba năm 2018", "2018-07-01", "2018-09-30", "closed"),
        ("quý I và quý II/2018", "2018-01-01", "2018-06-30", "closed"),
        ("7 tháng đầu năm 2018", "2018-01-01", "2018-07-31", "closed"),
        ("6 tháng đầu năm", "2019-01-01", "2019-06-30", "closed"),
        ("ba tháng đầu năm", "2019-01-01", "2019-03-31", "closed"),
        ("sáu tháng đầu năm 2018", "2018-01-01", "2018-06-30", "closed"),
        ("6 tháng cuối năm 2018", "2018-07-01", "2018-12-31", "closed"),
        ("9 tháng của năm 2018", "2018-01-01", "2018-09-30", "closed"),
        ("9 tháng năm 2018", "2018-01-01", "2018-09-30", "closed"),
        ("9 tháng qua của năm 2018", "2018-01-01", "2018-09-30", "closed"),
        ("qua 9 tháng, có", "2019-01-01", "2019-09-30", "closed"),
        ("trong 8 tháng, có", "2019-01-01", "2019-08-31", "closed"),
        ("9 tháng qua, có", "2019-01-01", "2019-09-30", "closed"),
        ("nửa đầu năm 2018", "2018-01-01", "2018-06-30", "closed"),
        ("nửa cuối năm 2018", "2018-07-01", "2018-12-31", "closed"),
        ("sau 3 tháng, có", None, None, "vague"),
        ("qua 4 tháng, có", None, None, "vague"),
        ("lũy kế 9 tháng, có", "2019-01-01", "2019-09-30", "closed"),
        ("riêng 9 tháng, có", "2019-01-01", "2019-09-30", "closed"),
        ("2 quý đầu năm 2018", "2018-01-01", "2018-06-30", "closed"),
        ("ba quý đầu năm", "2019-01-01", "2019-09-30", "closed"),
        ("ba tháng còn lại", "2019-10-01", "2019-12-31", "closed"),
        ("tháng Năm vừa qua", "2019-05-01", "2019-05-31", "closed"),
        ("năm 2017 và 9 tháng đầu năm 2018, có", "2017-01-01", "2018-09-30", "closed"),
        ("năm 2017 và quý I/2018, có", "2017-01-01", "2018-03-31", "closed"),
        # years
        ("các năm 2016, 2017, 2018 có", "2016-01-01", "2018-12-31", "closed"),
        ("(2016, 2017, 2018)", "2016-01-01", "2018-12-31", "closed"),
        ("Sang năm 2020, có", "2020-01-01", "2020-12-31", "closed"),
        ("cả năm 60 người", "2019-01-01", "2019-12-31", "closed"),
        ("đạt 90% kế hoạch năm 2018", "2018-01-01", "2018-12-31", "closed"),
        ("kế hoạch năm 2018 là 80 người", "2018-01-01", "2018-12-31", "closed"),
        ("15 người (2018)", "2018-01-01", "2018-12-31", "closed"),
        ("so với năm 2018 (12 người)", "2018-01-01", "2018-12-31", "closed"),
        ("nhiệm kỳ trước có", "2013-01-01", "2018-12-31", "closed"),
        ("giai đoạn 2017- 2020", "2017-01-01", "2020-12-31", "closed"),
        ("giai đoạn 2017 – 2020", "2017-01-01", "2020-12-31", "closed"),
        ("giai đoạn 2017-20 có", "2017-01-01", "2020-12-31", "closed"),
        ("giai đoạn từ năm 2017 đến năm 2020", "2017-01-01", "2020-12-31", "closed"),
        ("thời kỳ 2011-2015", "2011-01-01", "2015-12-31", "closed"),
        ("2017 – 2020", "2017-01-01", "2020-12-31", "closed"),
        ("các năm 2016, 2017 và 2018", "2016-01-01", "2018-12-31", "closed"),
        ("năm 2017 và năm 2018", "2017-01-01", "2018-12-31", "closed"),
        ("ba năm 2016, 2017, 2018", "2016-01-01", "2018-12-31", "closed"),
        ("hai năm 2017-2018", "2017-01-01", "2018-12-31", "closed"),
        ("5 năm (2013-2018) có", "2013-01-01", "2018-12-31", "closed"),
        ("trong 5 năm 2013-2018", "2013-01-01", "2018-12-31", "closed"),
        ("năm 2018", "2018-01-01", "2018-12-31", "closed"),
        ("cả năm 2018", "2018-01-01", "2018-12-31", "closed"),
        ("(2018: 12", "2018-01-01", "2018-12-31", "closed"),
        ("năm nay", "2019-01-01", "2019-12-31", "closed"),
        ("năm ngoái", "2018-01-01", "2018-12-31", "closed"),
        ("năm trước", "2018-01-01", "2018-12-31", "closed"),
        ("năm vừa qua", "2019-01-01", "2019-12-31", "closed"),
        ("Năm qua có", "2019-01-01", "2019-12-31", "closed"),
        ("trong năm, có", "2019-01-01", "2019-12-31", "closed"),
        ("Năm học 2018-2019", "2018-09-01", "2019-05-31", "closed"),
        ("năm học 2018-19 có", "2018-09-01", "2019-05-31", "closed"),
        ("niên khóa 2018-2019", "2018-09-01", "2019-05-31", "closed"),
        ("niên khóa 2015-2019", "2015-01-01", "2019-12-31", "closed"),
        # terms and lengths
        ("Nhiệm kỳ 2013-2018", "2013-01-01", "2018-12-31", "closed"),
        ("nhiệm kỳ (2013-2018)", "2013-01-01", "2018-12-31", "closed"),
        ("trong nhiệm kỳ, có", "2018-01-01", "2023-12-31", "closed"),
        ("nhiệm kỳ này", "2018-01-01", "2023-12-31", "closed"),
        ("Trong nửa nhiệm kỳ 2017- 2022", "2017-01-01", None, "half"),
        ("nửa đầu nhiệm kỳ", "2018-01-01", None, "half"),
        ("nửa cuối nhiệm kỳ 2013-2018", None, "2018-12-31", "half"),
        ("giữa nhiệm kỳ 2013-2018", "2013-01-01", None, "half"),
        ("Trong 06 năm có", "2013-01-01", None, "open"),
        ("Trong 5 năm qua", "2014-01-01", None, "open"),
        ("năm năm qua", "2014-01-01", None, "open"),
        ("sau 6 năm thực hiện", "2013-01-01", None, "open"),
        ("10 năm qua", "2009-01-01", None, "open"),
        ("hơn 6 năm qua", "2013-01-01", None, "open"),
        ("hơn 2 năm qua", None, None, "vague"),
        ("gần 10 năm qua", None, None, "vague"),
        # days
        ("Ngày 24/5/2019", "2019-05-24", "2019-05-24", "closed"),
        ("ngày 24-5-2019", "2019-05-24", "2019-05-24", "closed"),
        ("ngày 24.5.2019", "2019-05-24", "2019-05-24", "closed"),
        ("ngày 24 / 5 / 2019", "2019-05-24", "2019-05-24", "closed"),
        ("ngày 24 tháng 5 năm 2019", "2019-05-24", "2019-05-24", "closed"),
        ("sáng 12/3", "2019-03-12", "2019-03-12", "closed"),
        ("ngày 12/3/19", "2019-03-12", "2019-03-12", "closed"),
        ("ngày 30/4/75", "1975-04-30", "1975-04-30", "closed"),
        ("ngày 7-8 bầu", "2019-08-07", "2019-08-07", "closed"),
        ("trong 2 ngày 12 và 13/3/2019", "2019-03-12", "2019-03-13", "closed"),
        ("ngày 31/2/2019", None, None, None),
        # now, and words without dates
        ("Hiện nay có", None, None, "now"),
        ("Hiện LĐLĐ tỉnh quản lý", None, None, "now"),
        ("hiện toàn tỉnh có", None, None, "now"),
        ("đang có", None, None, "now"),
        ("tính đến nay", None, None, "now"),
        ("cho đến thời điểm hiện nay", None, None, "now"),
        ("Hằng năm", None, None, "vague"),
        ("Trong những năm qua", None, None, "vague"),
        ("thời gian qua", None, None, "vague"),
        ("nhiều năm qua", None, None, "vague"),
        ("giữa năm 2018", None, None, "vague"),
    ],
)  # fmt: skip
def test_one_expression(text, first, last, kind):
    if kind is None:
        assert windows(text) == []
    else:
        assert only(text) == (first, last, kind)


@pytest.mark.parametrize(
    "text",
    [
        "so với năm 2018 tăng",
        "bằng 93% năm 2018",
        "gấp 2 lần năm 2012",
        "so với bình quân giai đoạn 2012-2015",
        "tăng so với cùng kỳ (tăng 12%)",
        "cùng kỳ, có",
        "giai đoạn này có",
        "Nghị quyết Đại hội tỉnh, nhiệm kỳ 2018 - 2023.",
        "kỷ niệm ngày thành lập (3/2/1930 - 3/2/2020)",
        "Luật Công đoàn (2012)",
        "tăng so với cùng kỳ năm 2018",
        "tăng so với 6 tháng đầu năm 2018",
        "so với cuối năm 2018",
        "so với giai đoạn 2012-2015",
        "nhiều hơn năm 2012 là",
        "Luật Công đoàn năm 2012",
        "Luật Công đoàn 2012",
        "Kế hoạch năm 2018 của tỉnh",
        "Nghị quyết về công nhân giai đoạn 2016-2020 đạt",
        "Đề án về nhà ở, giai đoạn 2016-2020, đạt",
        "Đại hội lần thứ X nhiệm kỳ 2018-2023 bầu",
        "hội thi cán bộ giỏi năm 2014",
        "thành lập năm 1976",
        "bước sang năm 2018",
        "thực hiện có hiệu quả",
        "thực hiện là việc khó",
        "68 năm truyền thống",
        "thời hạn 24 tháng",
        "từ 1950 đến 2000 người",
        "đến 2000 người",
        "ít nhất 2/3 số người",
        "2019 người",
        "quý vị và các bạn",
        "nhiệm kỳ là năm năm",
        "tỷ lệ 1.2017",
    ],
)  # fmt: skip
def test_words_that_are_no_window(text):
    assert windows(text) == []


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Năm 2013, có 12. Cũng trong năm, 186", [("2013-01-01", "2013-12-31")] * 2),
        ("Năm 2018 có 12, riêng tháng 6 có 5.", [("2018-01-01", "2018-12-31"), ("2018-06-01", "2018-06-30")]),
        ("Năm 2018 có 12. Tháng 6 có 5.", [("2018-01-01", "2018-12-31"), ("2019-06-01", "2019-06-30")]),
        ("(năm 2017: 12, năm 2018: 15)", [("2017-01-01", "2017-12-31"), ("2018-01-01", "2018-12-31")]),
        ("(2017: 12; 2018: 15)", [("2017-01-01", "2017-12-31"), ("2018-01-01", "2018-12-31")]),
        ("năm 2017 và năm 2018 lần lượt là", [("2017-01-01", "2018-12-31")]),
        ("quý I và quý II lần lượt có", [("2019-01-01", "2019-03-31"), ("2019-04-01", "2019-06-30")]),
        ("Kết quả thực hiện Chương trình phối hợp giai đoạn 2017-2020 có", [("2017-01-01", "2020-12-31")]),
        # words that take up what was named before
        ("Giai đoạn 2014-2018 có 12, riêng năm 2018 có 5. Cũng trong giai đoạn này, 30", [
            ("2014-01-01", "2018-12-31"), ("2018-01-01", "2018-12-31"), ("2014-01-01", "2018-12-31")]),
        ("Từ tháng 7/2017 đến tháng 6/2018, có 12.\nCùng thời gian đó, có 5.", [("2017-07-01", "2018-06-30")] * 2),
        ("Từ 1/5/2018 đến 15/5/2018 có 12. Cùng kỳ năm 2017, có 5.", [("2018-05-01", "2018-05-15"), ("2017-05-01", "2017-05-15")]),
        ("6 tháng đầu năm 2018 có 12 (cùng kỳ năm trước: 5)", [("2018-01-01", "2018-06-30"), ("2017-01-01", "2017-06-30")]),
        ("Tháng 2/2020 có 12; cùng kỳ: 5", [("2020-02-01", "2020-02-29"), ("2019-02-01", "2019-02-28")]),
        ("Năm 2016 có 12 (năm trước: 5)", [("2016-01-01", "2016-12-31"), ("2015-01-01", "2015-12-31")]),
        ("9 tháng năm 2017 có 12.\nTính riêng 9 tháng, có 5", [("2017-01-01", "2017-09-30")] * 2),
        ("Năm 2012 có 3, năm 2013 có 4 và năm 2014 có 5. Tổng cộng 3 năm qua", [
            ("2012-01-01", "2012-12-31"), ("2013-01-01", "2013-12-31"), ("2014-01-01", "2014-12-31"), ("2012-01-01", "2014-12-31")]),
        ("Năm 2012.\nNăm 2013.\nTrong 2 năm qua", [("2012-01-01", "2012-12-31"), ("2013-01-01", "2013-12-31"), ("2017-01-01", None)]),
        # a bracket that dates a duration
        ("Nửa nhiệm kỳ qua (từ tháng 3/2016 đến tháng 9/2018)", [("2016-03-01", "2018-09-30")] * 2),
        ("Qua 5 năm thực hiện Chỉ thị 05 (2012-2017)", [("2012-01-01", "2017-12-31")] * 2),
        ("Qua 5 năm thực hiện Chỉ thị 05 (năm 2012: 5)", [("2014-01-01", None), ("2012-01-01", "2012-12-31")]),
        # bare years in a row
        ("Năm 2017 là 12, 2018 là 15", [("2017-01-01", "2017-12-31"), ("2018-01-01", "2018-12-31")]),
        ("qua các năm: 2017: 12, 2018: 15", [("2017-01-01", "2017-12-31"), ("2018-01-01", "2018-12-31")]),
        ("Theo kế hoạch, năm 2018 có", [("2018-01-01", "2018-12-31")]),
        ("năm 2018. 12 người", [("2018-01-01", "2018-12-31")]),
        ("từ năm 2017\nđến nay", [("2017-01-01", None), (None, None)]),
    ],
)  # fmt: skip
def test_words_around_decide(text, dates):
    assert [found[1:3] for found in windows(text)] == dates


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("6 tháng đầu năm", UNDATED, (None, None, "vague")),
        ("năm qua", UNDATED, (None, None, "vague")),
        ("quý I", UNDATED, (None, None, "vague")),
        ("nửa nhiệm kỳ", UNDATED, (None, None, "vague")),
        ("trong 5 năm qua", UNDATED, (None, None, "vague")),
        ("từ đầu năm đến nay", UNDATED, (None, None, "vague")),
        ("năm qua", JANUARY, ("2019-01-01", "2019-12-31", "closed")),
        ("tháng 12 vừa qua", JANUARY, ("2019-12-01", "2019-12-31", "closed")),
        ("quý IV, có", JANUARY, ("2019-10-01", "2019-12-31", "closed")),
        ("ngày 25/12", JANUARY, ("2019-12-25", "2019-12-25", "closed")),
        ("qua 12 tháng, có", JANUARY, ("2019-01-01", "2019-12-31", "closed")),
        ("năm nay", JANUARY, ("2020-01-01", "2020-12-31", "closed")),
        ("nhiệm kỳ qua", Anchor(2018, None, 2018, (), (2018, 2023)), (None, None, "vague")),
        ("nhiệm kỳ tới", Anchor(2018, None, 2018, (), (2018, 2023)), ("2018-01-01", "2023-12-31", "closed")),
        ("nhiệm kỳ qua", Anchor(2018, None, 2018, (), (2013, 2018)), ("2013-01-01", "2018-12-31", "closed")),
    ],
)  # fmt: skip
def test_what_is_relative_hangs_on_the_article(text, anchor, expected):
    assert only(text, anchor) == expected


_PIECES = ["từ ", "đến ", "năm ", "tháng ", "quý ", "ngày ", "2019", "2013-2018", "12/3", "12/3/2019", "99/99/2019", "IV", "nay", "qua",
           "nhiệm kỳ ", "nửa ", "giai đoạn ", "trong ", "so với ", "(", ")", ". ", ", ", "\n", "- ", "và ", "hết ", "5 ", "0 ", "đầu ", "cuối ",
           "hiện ", "có ", "kế hoạch ", "hơn ", "0000", "1999 ", "trước ", "13", "/"]  # fmt: skip


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(_PIECES) | st.text(max_size=4), max_size=30), st.sampled_from([ANCHOR, UNDATED, JANUARY])
)
def test_windows_lie_in_their_sentences_in_order(pieces, anchor):
    folded = fold("".join(pieces))
    found = find_windows(folded, anchor)
    for window in found:
        assert 0 <= window.start < window.end <= len(folded.text)
        assert window.first is None or window.last is None or window.first <= window.last
        assert "\n" not in folded.text[window.start : window.end]
    assert all(left.end <= right.start for left, right in pairwise(found))
    spans = [s for line in _lines(folded.text) for s in sentences.split(folded.text, *line)]
    crossing = [w for w in found if any(w.start < end < w.end for _, end in spans)]
    assert not crossing
    assert sorted(w for span in spans for w in map(id, within(found, *span))) == sorted(map(id, found))


def _lines(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


@pytest.mark.parametrize(
    "words",
    ["năm 2019 ", "tháng ", "tháng 6 ", "từ năm 2019 đến ", "12/3 ", "nửa nhiệm kỳ ", "từ khi ", "(", "năm 2019, "],
)
def test_a_line_of_a_million_characters_is_read(words):
    text = words * (1_000_000 // len(words))
    found = find_windows(fold(text), ANCHOR)
    assert all(window.end <= len(text) for window in found)


@pytest.mark.parametrize(
    "piece", ["2019-", "12/", "năm ", "tháng 6 ", "sau ", "từ cuối năm ", "đến giữa tháng ", "(", "từ sau năm 9999 "]
)
@pytest.mark.parametrize("tail", ["", "\n", "2019", "31/12/9999 đến nay"])
def test_windows_of_hostile_lines_stay_in_their_line(piece, tail):
    line = piece * 400 + tail
    folded = fold(line + "\nNăm 2018 có 12")
    found = find_windows(folded, ANCHOR)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert folded.slice(found[-1].start, found[-1].end) == "Năm 2018"


def test_a_word_belongs_to_one_expression_only():
    assert [text for text, *_ in windows("Năm trước 2019, có 12")] == ["Năm trước", "2019"]
