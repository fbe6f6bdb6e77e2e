"""Numerals that count nothing, and counts that look like dates or ranks."""

import pytest

from analysis.extract import extract_article
from analysis.ingest.articles import Article


def classes(text: str) -> list[tuple[str, str]]:
    article = Article(id="thử", path=None, text=text, sha256="", published="2021-07-01")
    return [(row["text"], row["class"]) for row in extract_article(article)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ngày 30/4 công đoàn gặp mặt 50 công nhân.", [("30/4", "date"), ("50", "figure")]),
        ("Tổ công tác đã đến 7/11 huyện.", [("7/11", "figure")]),
        ("Từ 1/6 công nhân nghỉ.", [("1/6", "date")]),
        ("Đến 30/6 đoàn viên đạt 12.000 người.", [("30/6", "date"), ("12.000", "figure")]),
        ("Kết nạp 150/140 đảng viên.", [("150/140", "figure")]),
        ("Đạt 1.850/2.000 doanh nghiệp.", [("1.850/2.000", "figure")]),
        ("Sáng 31.5, có 12 người dự.", [("31.5", "date"), ("12", "figure")]),
        ("Tháng 6.2016 có 12 người.", [("6.2016", "date"), ("12", "figure")]),
        ("Đến tháng 5/2020 thôn nào cũng có chi bộ.", [("5/2020", "date")]),
        ("Trong quý I/2020 huyện kết nạp 12 đảng viên.", [("2020", "date"), ("12", "figure")]),
        ("Các năm 2017, 2018, 2019 kết nạp 18 đảng viên.",
         [("2017", "date"), ("2018", "date"), ("2019", "date"), ("18", "figure")]),
        ("Tết Canh Tý 2020 biếu hộ nghèo 776 phần quà.", [("2020", "date"), ("776", "figure")]),
        ("(năm 2018: 12 người)", [("2018", "date"), ("12", "figure")]),
        ("Họp mỗi năm 1 lần.", [("1", "other")]),
        ("Quận 12 có 54 người.", [("12", "ordinal"), ("54", "figure")]),
        ("Học sinh khối 12.", [("12", "ordinal")]),
        ("Lớp 45 học viên khai giảng.", [("45", "figure")]),
        ("2.1. Kết nạp 15 đảng viên.", [("2.1", "ordinal"), ("15", "figure")]),
        ("Số đoàn viên tăng từ 1.500 năm 2018 lên 3.000 năm 2023.",
         [("1.500", "figure"), ("2018", "date"), ("3.000", "figure"), ("2023", "date")]),
        ("Kết nạp được 1.200 năm 2022 và 1.350 năm 2023.",
         [("1.200", "figure"), ("2022", "date"), ("1.350", "figure"), ("2023", "date")]),
        ("Trong 5 năm 2018-2022 có 12 người.", [("5", "duration"), ("2018-2022", "date"), ("12", "figure")]),
        ("1. Mở 15 lớp.", [("1", "ordinal"), ("15", "figure")]),
        ("Nghị quyết 20 Hội nghị Trung ương.", [("20", "doc_ref")]),
        ("Kỷ luật 15 đảng viên.", [("15", "figure")]),
        ("Hướng dẫn 15 doanh nghiệp.", [("15", "figure")]),
        ("Gọi tổng đài 1900 6368 khi cần.", [("1900", "other"), ("6368", "other")]),
        ("Cao hơn đầu nhiệm kỳ 2,1 điểm phần trăm.", [("2,1", "figure")]),
    ],
)  # fmt: skip
def test_class(text, expected):
    assert classes(text) == expected


@pytest.mark.parametrize(
    "text", ["Hỗ trợ 20tr/hộ.", "Cho vay 20 triệu/hộ.", "Nộp ngân sách 12 tỷ 500 triệu.", "Tổng số tiền 2 tỉ rưỡi."]
)
def test_a_sum_without_its_noun_is_money(text):
    article = Article(id="thử", path=None, text=text, sha256="")
    assert [row["unit"] for row in extract_article(article)] == ["VND"]
