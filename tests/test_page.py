"""Which lines of a pasted page are the article: own pages of many layouts, their frames around other articles, and properties."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.extract.folding import fold
from analysis.extract.page import lines
from analysis.extract.page_kinds import is_foot, line_kind
from analysis.extract.vocabulary import Vocabulary

PAGES = sorted((Path(__file__).parent / "data" / "pasted").glob("*.page"))
READ = ("title", "body", "caption")  # The zones whose numerals are read as figures.

Row = tuple[str, str]  # zone, line


def read_page(path: Path) -> list[Row | None]:
    """A page's lines with their zones; None is a blank line."""
    printed = path.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t", 1)) if line.strip() else None for line in printed]


def zones(text: str, title: str = "") -> list[str]:
    return [line.zone for line in lines(fold(text), title)]


def plain(zone: str) -> str:
    """A caption is read as body is."""
    return "body" if zone == "caption" else zone


@dataclass(frozen=True)
class Parts:
    above: list[Row]
    title: Row
    between: list[Row]
    body: list[Row]
    below: list[Row]


def parts(path: Path) -> Parts:
    rows = [row for row in read_page(path) if row]
    title = next(i for i, (zone, _) in enumerate(rows) if zone == "title")
    read = [i for i, (zone, _) in enumerate(rows) if i > title and zone in READ]
    return Parts(
        rows[:title], rows[title], rows[title + 1 : read[0]], rows[read[0] : read[-1] + 1], rows[read[-1] + 1 :]
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_line_of_a_pasted_page_has_its_zone(path):
    rows = read_page(path)
    text = "\n".join(row[1] if row else "" for row in rows)
    found = [(plain(line.zone), text[line.start : line.end]) for line in lines(fold(text))]
    assert found == [(plain(zone), line) for zone, line in filter(None, rows)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_blank_lines_between_all_lines_change_nothing(path):
    rows = [row for row in read_page(path) if row]
    if "wrapped" in path.stem:
        pytest.skip("a paragraph cut at a fixed width is told by its lines standing close")
    found = zones("\r\n\r\n".join(line for _, line in rows))
    assert list(map(plain, found)) == [plain(zone) for zone, _ in rows]


def framed(frame: Parts, article: Parts) -> list[Row]:
    return [*frame.above, article.title, *frame.between, *article.body, *frame.below]


def misread(rows: list[Row], title: str = "") -> list[str]:
    """The lines with a number that are read though they are the page's, or not read though they are the article's."""
    found = zones("\n".join(line for _, line in rows), title)
    return [
        line
        for (zone, line), given_zone in zip(rows, found, strict=True)
        if any(c.isdigit() for c in line) and (zone in READ) != (given_zone in READ)
    ]


def swapped() -> Iterator[tuple[str, str, list[Row]]]:
    known = {path.stem: parts(path) for path in PAGES}
    for frame, around in known.items():
        for article, within in known.items():
            yield f"{article} in {frame}", within.title[1], framed(around, within)


def test_an_article_in_another_pages_frame_is_found_where_its_title_is_known():
    wrong = {name: bad for name, title, rows in swapped() if (bad := misread(rows, title))}
    assert not wrong


def test_an_article_in_another_pages_frame_is_found_where_its_title_is_guessed():
    pages = list(swapped())
    wrong = {name: bad for name, _, rows in pages if (bad := misread(rows))}
    assert len(wrong) <= 0.02 * len(pages), wrong


@pytest.mark.parametrize("lost", ["above", "between", "below"])
def test_a_page_without_one_of_its_parts_is_still_read(lost):
    for path in PAGES:
        whole = parts(path)
        rows = framed(Parts(**{**vars(whole), lost: []}), whole)
        assert misread(rows, whole.title[1]) == [], path.stem


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Xã Bình Minh kết nạp 12 đảng viên", "Xã Bình Minh kết nạp 12 đảng viên"),
        ("XÃ BÌNH MINH KẾT NẠP 12 ĐẢNG VIÊN", "Xã Bình Minh kết nạp 12 đảng viên"),
        ("Another title that is not on the page", "Xã Bình Minh kết nạp 12 đảng viên"),
        ("", "Xã Bình Minh kết nạp 12 đảng viên"),
    ],
)
def test_the_title_is_the_known_one_or_the_line_with_the_texts_words(title, found):
    text = (
        "Trang chủ | Tin tức | Liên hệ\nThị trường: 3 mặt hàng tăng giá\nXã Bình Minh kết nạp 12 đảng viên\n"
        "Năm nay xã Bình Minh kết nạp 12 đảng viên, trong đó có 5 người là đoàn viên công đoàn."
    )
    page = lines(fold(text), title)
    assert [text[line.start : line.end] for line in page if line.zone == "title"] == [found]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Thứ năm - 16/07/2020 14:22 - Người đăng: Lê Văn Tám", "stamp"),
        ("Cập nhật lúc 09h30, ngày 12/3/2014", "stamp"),
        ("16:56 - Thứ Ba, 18/01/2022 Lượt xem: 3675", "stamp"),
        ("Ngày 28 tháng 3 năm 2019", "stamp"),
        ("10:30 - 12/08/2014", "stamp"),
        ("Lúc 7h 15/8/2014", "stamp"),
        ("Thứ 3, 14 giờ 25 - 7/8/2015 (GMT+7)", "stamp"),
        ("9h 10:30 12/8/2014", "stamp"),
        # lines that could be cut into pieces in more ways than there is time for
        ("12:30 " + "1h " * 44 + "x", "short"),
        ("12:" * 45 + "30 x", "short"),
        ("11:11:" * 22 + "11", "stamp"),
        ("1" + " ,.-" * 34 + "x", "short"),
        ("A" * 59 + "!", "short"),
        ("A-" * 20 + "a 12/8/2014 !", "short"),
        ("Kết nạp 25 đoàn viên ngày 12/3/2014", "short"),
        ("Ngày 12/3/2014, xã kết nạp 25 đoàn viên.", "sentence"),
        ("- Số lượt người dự: 1.200", "short"),
        ("Phim có 1.200 lượt xem trong ngày đầu.", "sentence"),
        ("Lượt xem: 1.200.", "counter"),
        ("<< 1 2 3 … 10 >>", "number"),
        ("66,1%", "short"),
        ("Tân Lập | 20 | 800", "table"),
        ("Trang chủ | Hỏi đáp (24) | Liên hệ", "menu"),
        ("Trang chủ » Tin tức » Cơ sở", "trail"),
        ("Trang chủ / Tin tức / 2019", "trail"),
        ("Kết quả thi: 12 / 15 / 20 điểm", "short"),
        ("Tân Lập | 20", "short"),
        ("Ý kiến bạn đọc (12)", "section"),
        ("TIN LIÊN QUAN:", "box"),
        ("Xem thêm: 10 món quà Tết", "teaser"),
        ("Trồng 500 cây xanh (12/03/2014)", "teaser"),
        ("Bài, ảnh: Thu Trang", "byline"),
        ("Đại biểu dự hội nghị. Ảnh: T.T", "caption"),
        ("- Kết nạp 120 đoàn viên;", "item"),
        ("Kết quả đạt được:", "lead"),
    ],
)
def test_what_a_line_is_by_itself(line, kind):
    assert line_kind(line, line.lower()) == kind


@pytest.mark.parametrize(
    ("line", "foot"),
    [
        ("Địa chỉ: Số 4, đường Hoa Lư", True),
        ("Giấy phép hoạt động số 71/GP-BTTTT cấp ngày 22/12/2011.", True),
        ("Vui lòng nhập bình luận có dấu.", True),
        ("Trụ sở làm việc được xây mới với 3 tỷ đồng.", False),
        ("Hôm nay, 12/5, công đoàn trao 20 suất quà.", False),
        ("Diện tích lúa của xã là 450 ha.", False),
    ],
)
def test_a_sentence_is_the_publishers_only_with_its_details(line, foot):
    assert is_foot(line.lower()) is foot


@pytest.mark.parametrize(
    "text",
    [
        "Trang chủ | Tin | Xem: 12 Kết nạp 120 đoàn viên » Năm 2019",
        "Công đoàn xã có 25 đoàn viên",
        "Kết nạp 25 đoàn viên\nLập 3 công đoàn cơ sở\nTrao 40 suất quà",
        "Đơn vị\tĐoàn viên\tĐảng viên\nXã A\t120\t12\nXã B\t85\t9",
    ],
)
def test_a_text_without_a_page_around_it_is_read(text):
    assert set(zones(text)) <= set(READ)


def test_a_text_without_a_line_has_none():
    assert lines(fold("")) == lines(fold(" \n\t\r\n")) == []


def test_other_stories_in_the_shared_pages_are_not_read(shared):
    for gold in sorted((shared / "dev" / "pasted_gold").glob("*.tsv")):
        text = (shared / "dev" / "pasted" / f"{gold.stem}.txt").read_text(encoding="utf-8")
        page = lines(fold(text))
        with gold.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                zone = next(line.zone for line in page if line.start <= int(row["start"]) < line.end)
                if row["class"] in ("figure", "boilerplate"):
                    assert (zone in READ) == (row["class"] == "figure"), row


_PIECES = [line for path in PAGES for line in path.read_text(encoding="utf-8").splitlines()]
_PAGES = st.lists(st.sampled_from(_PIECES) | st.text(max_size=40), max_size=40).flatmap(
    lambda pieces: st.sampled_from(["\n", "\r\n", "\n\n", "\u2028", "\x85 ", "\f"]).map(lambda cut: cut.join(pieces))
)


@given(_PAGES | st.text(), st.text(max_size=60) | st.sampled_from(_PIECES))
def test_every_character_stands_in_exactly_one_line(text, title):
    folded = fold(text)
    found = lines(folded, title)
    inside = "".join(folded.text[line.start : line.end] for line in found)
    assert "".join(inside.split()) == "".join(folded.text.split())
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(line.zone in (*READ, "stamp", "chrome") and line.start < line.end for line in found)
    assert all(line.reason for line in found if line.zone != "body")
    assert sum(line.zone == "title" for line in found) <= 1


@given(st.text(st.sampled_from("0129 ,.-|%_aă²٣"), min_size=1, max_size=60).map(str.strip).filter(bool))
def test_a_line_of_numbers_has_a_number_and_neither_letters_nor_shares(line):
    bare = any(c.isdecimal() for c in line) and not any(c in "%_" or (c.isalnum() and not c.isdecimal()) for c in line)
    assert (line_kind(line, line) in ("number", "stamp")) == bare


@given(st.text(), st.text())
def test_the_words_of_a_text_are_all_its_own(text, other):
    known = Vocabulary(text.lower())
    assert known.share(text.lower()) in (0.0, 1.0)
    assert 0 <= known.share(other.lower()) <= 1 and 0 <= known.syllables(other.lower()) <= 1
