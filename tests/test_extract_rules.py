"""Qualifiers, units, windows, places and classes, a sentence each: the hard cases first."""

import os
import shutil
import subprocess
import sys

import pytest

from analysis.extract import extract_article
from analysis.ingest.articles import Article
from conftest import ROOT


def article(text: str, published: str = "2019", name: str = "thử") -> Article:
    return Article(id=name, path=None, text=text, sha256="", published=published)


def only(text: str, published: str = "2019") -> dict:
    figures = [row for row in extract_article(article(text, published)) if row["class"] == "figure"]
    assert len(figures) == 1, figures
    return figures[0]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("Toàn huyện có ít nhất từ 400 trở lên đoàn viên.", "at_least"),
        ("Số CĐCS tổ chức đối thoại đạt từ 80% trở lên.", "at_least"),
        ("Có trên 70.000 CNVCLĐ.", "at_least"),
        ("Có hơn 1,8 ngàn người.", "at_least"),
        ("Đơn vị kết nạp 602 đoàn viên, nhiều hơn năm trước.", "exact"),
        ("Gần 1.800 đoàn viên được hỗ trợ.", "at_most"),
        ("Không quá 15 ngày công.", "at_most"),
        ("Khoảng 500 người dự.", "about"),
        ("Sản lượng ước tăng 7,5%.", "about"),
        ("Chi ước trên 20.900 tỷ đồng.", "at_least"),
        ("Phát triển đến 90 đoàn viên.", "exact"),
    ],
)
def test_qualifier(text, qualifier):
    assert only(text)["qualifier"] == qualifier


@pytest.mark.parametrize(
    ("text", "value", "unit", "unit_text"),
    [
        ("Kết nạp 13.126 đồng chí.", 13126, "person", "đồng chí"),
        ("Tiết kiệm 300.000 đồng mỗi tháng.", 300_000, "VND", "đồng"),
        ("Có 340.600 lượt người tương tác.", 340_600, "participation", "lượt người"),
        ("Lao động nữ 24.639.", 24_639, "person", ""),
        ("Tặng bằng khen cho 2.925 tập thể và cá nhân.", 2925, "other", "tập thể và cá nhân"),
        ("Nhà rộng 250m2.", 250, "m2", "m2"),
        ("Có 9,216 đoàn viên mới.", 9216, "person", "đoàn viên"),
        ("Tăng 6,11 điểm phần trăm.", 6.11, "percent", "điểm phần trăm"),
        ("Có 12 công đoàn cấp trên trực tiếp cơ sở.", 12, "organisation", "công đoàn cấp trên"),
        ("Cả 78/78 tổ đều đạt.", 78, "other", "tổ"),
    ],
)
def test_unit(text, value, unit, unit_text):
    found = only(text)
    assert (found["value"], found["unit"], found["unit_text"]) == (value, unit, unit_text)


def test_a_misprinted_noun_is_no_sum_of_money():
    rows = extract_article(article("Đã kết nạp 22 đảng viên, trong đó 05 đồng chủ thuộc nhóm doanh nhân."))
    assert [(r["value"], r["unit"]) for r in rows] == [(22, "person"), (5, "person")]


def test_a_list_goes_on_with_its_unit():
    rows = extract_article(article("Hội dựng 49 mô hình (39 chăn nuôi, 5 trồng trọt)."))
    assert [(r["value"], r["unit"]) for r in rows] == [(49, "other"), (39, "other"), (5, "other")]


@pytest.mark.parametrize(
    ("text", "start", "end", "period_text"),
    [
        ("Từ năm 2013 đến nay có 19.320 đoàn viên.", "2013-01-01", None, "Từ năm 2013 đến nay"),
        ("Kết quả giai đoạn 2017- 2020 đã phát triển 64 CĐCS.", "2017-01-01", "2020-12-31", "giai đoạn 2017- 2020"),
        ("Từ năm 2016 -2019 có 19 cuộc đối thoại.", "2016-01-01", "2019-12-31", "Từ năm 2016 -2019"),
        ("Từ năm 2017 đến năm 2020 có 10 chi bộ.", "2017-01-01", "2020-12-31", "Từ năm 2017 đến năm 2020"),
        ("Từ ngày 30/5/2019 đến ngày 10/7/2019 có 90 người.", "2019-05-30", "2019-07-10", "Từ ngày 30/5/2019 đến ngày 10/7/2019"),
        ("Trong nửa nhiệm kỳ 2017- 2022 có 466 đoàn viên.", "2017-01-01", None, "Trong nửa nhiệm kỳ 2017- 2022"),
        ("Nhiệm kỳ 2013-2018 có 80.676 lượt người học.", "2013-01-01", "2018-12-31", "Nhiệm kỳ 2013-2018"),
        ("Năm học 2022-2023 có 314 học sinh.", "2022-09-01", "2023-05-31", "Năm học 2022-2023"),
        ("Trong 7 tháng đầu năm 2024 có 397 người.", "2024-01-01", "2024-07-31", "Trong 7 tháng đầu năm 2024"),
        ("Tháng 6/2016 có 12 người.", "2016-06-01", "2016-06-30", "Tháng 6/2016"),
        ("Quý II năm 2016 có 12 người.", "2016-04-01", "2016-06-30", "Quý II năm 2016"),
        ("Trong 5 năm qua có 12.681 sáng kiến.", "2014-01-01", None, "Trong 5 năm qua"),
        ("Có 85 người vào Đảng trong năm 2013.", "2013-01-01", "2013-12-31", "trong năm 2013"),
        ("Hiện nay có 45.580 người.", None, None, "Hiện nay"),
        ("Hằng năm có 80% đơn vị đạt.", None, None, "Hằng năm"),
        ("Trong những năm qua đã ủng hộ 175 tỷ đồng.", None, None, "Trong những năm qua"),
        ("Năm qua có 12 người.", "2019-01-01", "2019-12-31", "Năm qua"),
        ("Có 524 hội viên, tăng so với năm 2017.", None, None, None),
        ("Có 5.000 cuốn tài liệu về Luật Công đoàn năm 2012.", None, None, None),
        ("Ngày 24/5/2019, quỹ trao vốn cho 16 hộ.", "2019-05-24", "2019-05-24", "Ngày 24/5/2019"),
    ],
)  # fmt: skip
def test_window(text, start, end, period_text):
    found = only(text)
    assert (found["period_start"], found["period_end"], found["period_text"]) == (start, end, period_text)


def test_a_length_of_time_hangs_on_the_articles_own_start():
    text = "Từ năm 2013 đến nay, đội ngũ lớn lên. Trong 06 năm đã giới thiệu 12.512 đoàn viên cho Đảng. Kết quả 5 năm qua có 69 cá nhân."
    windows = [r["period_start"] for r in extract_article(article(text)) if r["class"] == "figure"]
    assert windows == ["2013-01-01", "2014-01-01"]


def test_a_length_of_time_that_fits_nothing_stays_empty():
    text = "Cập nhật ngày 22/7/2019. Từ năm 2013 đến nay nhiều việc đã làm. Kết quả 5 năm qua có 69 cá nhân."
    assert only(text, published="")["period_start"] is None


def test_a_window_is_carried_over_inside_a_paragraph_only():
    text = "Hội diễn kéo dài từ ngày 1/6/2019 đến ngày 9/6/2019. Có 90 người tới dự.\nCông đoàn còn có 64 tổ."
    starts = [r["period_start"] for r in extract_article(article(text)) if r["class"] == "figure"]
    assert starts == ["2019-06-01", None]


@pytest.mark.parametrize("between", ["Nhiều việc khác được quan tâm. Có", "Song song với đó, có", "Ngoài ra còn có"])
def test_a_window_is_not_carried_over_to_another_subject(between):
    text = f"Từ năm 2016 -2019 có 19 cuộc đối thoại. {between} 4 chuyên mục."
    starts = [r["period_start"] for r in extract_article(article(text)) if r["class"] == "figure"]
    assert starts == ["2016-01-01", None]


@pytest.mark.parametrize(
    ("text", "token", "kind"),
    [
        ("Quyết định số 218-QĐ/TW ban hành.", "218", "doc_ref"),
        ("Chỉ thị 05/CT/ TW ngày 15/5/2016.", "05", "doc_ref"),
        ("Chương trình hành động số 993/CTr- LĐLĐ.", "993", "doc_ref"),
        ("Nghị quyết Trung ương 4 (khóa XI).", "4", "doc_ref"),
        ("Đề án 15/ĐA-TU của Tỉnh ủy.", "15", "doc_ref"),
        ("Luật Công đoàn năm 2012.", "2012", "date"),
        ("Chiều 23/8, đoàn làm việc.", "23/8", "date"),
        ("Đại hội ngày 7-12 bầu ban chấp hành.", "7-12", "date"),
        ("Tháng 6.2016, đơn vị khánh thành.", "6.2016", "date"),
        ("Trong 06 năm công đoàn đã làm nhiều việc.", "06", "duration"),
        ("Kỷ niệm 90 năm ngày thành lập.", "90", "duration"),
        ("68 năm Công đoàn Lào Cai.", "68", "duration"),
        ("Trường TH& THCS số 1 Phúc Khánh.", "1", "ordinal"),
        ("Sa Pa được xếp hạng 41/50.", "41/50", "ordinal"),
        ("Hội thi 2 năm một lần.", "2", "other"),
        ("Chuyên mục trên 1/2 trang báo.", "1/2", "other"),
        ("Dịch Covid-19 kéo dài.", "19", "other"),
        ("Diện tích 250 km2 rừng.", "2", "other"),
    ],
)
def test_class_of_other_numerals(text, token, kind):
    found = [row for row in extract_article(article(text)) if row["text"] == token]
    assert [row["class"] for row in found] == [kind]
    assert found[0]["reason"] and found[0]["value"] is None


def test_tong_so_is_no_school_number():
    assert only("LĐLĐ tỉnh có tổng số 1.289 CĐCS.")["unit"] == "organisation"


PAGE = """Trang nhất | Đoàn thể | Giá mủ 10/3: 462 đồng
Thứ 5, ngày 17/10/2019
Thông tin truy cập
• 315120
Kết quả công tác công đoàn tỉnh Đồng Nai
Lượt xem: 108
{body}
Các tin khác
Trao 300 triệu đồng cho 3 huyện
Diện tích: 6.383,9 Km2
"""


def test_page_chrome_is_boilerplate():
    body = (
        "Năm 2018, các cấp công đoàn tỉnh Đồng Nai đã giới thiệu cho Đảng 12 đoàn viên ưu tú. "
        + "Công tác này được quan tâm. " * 5
    )
    rows = extract_article(article(PAGE.format(body=body)))
    assert [r["text"] for r in rows if r["class"] == "figure"] == ["12"]
    chrome = {r["text"] for r in rows if r["class"] == "boilerplate"}
    assert {"462", "5", "315120", "108", "300", "3", "6.383,9", "2"} <= chrome


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Công đoàn huyện Bảo Yên\nCó 12 người.", "Bảo Yên"),
        ("KẾT QUẢ CỦA CÔNG ĐOÀN HUYỆN BẢO YÊN\nCó 12 người.", "Bảo Yên"),
        ("Hiệp Hòa (Bắc Giang): kết nạp\nCó 12 người.", "Hiệp Hòa"),
        ("Quận đoàn Ngô Quyền, Hải Phòng có 12 người.", "Ngô Quyền"),
        ("Tại TP.Tam Điệp và huyện Yên Mô, tỉnh Ninh Bình trao 12 suất quà.", "Ninh Bình"),
        ("Thành phố Hồ Chí Minh có 12 người.", "Hồ Chí Minh"),
        ("Tổng LĐLĐ Việt Nam biểu dương công đoàn Thừa Thiên - Huế có 12 người.", "Thừa Thiên Huế"),
        ("Công đoàn có 12 người.", None),
    ],
)
def test_place(text, place):
    assert only(text)["place"] == place


def test_a_bodys_figures_are_its_own():
    text = (
        "Đảng ủy Khối quan tâm phát triển đảng viên. Từ năm 2017 đến năm 2020 kết nạp 202 đảng viên. "
        "LĐLĐ tỉnh và các cấp công đoàn giới thiệu cho Đảng 7.675 đoàn viên ưu tú."
    )
    assert [r["body"] for r in extract_article(article(text)) if r["class"] == "figure"] == ["Đảng ủy Khối", None]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("Giới thiệu 75 đoàn viên ưu tú sang cấp ủy, trong đó 48 đoàn viên được kết nạp vào Đảng.",
         ["party_referred", "party_admitted"]),
        ("Đã kết nạp 22 đảng viên, trong đó 05 đồng chí vốn là chủ doanh nghiệp.", ["party_admitted", "party_admitted_business_owners"]),
        ("Đã kết nạp vào Đảng 551 người, trong đó có 41 công nhân trực tiếp sản xuất.", ["party_admitted", "party_admitted_direct_workers"]),
        ("Phấn đấu có 400 đoàn viên ưu tú được xem xét, kết nạp vào Đảng.", ["party_target"]),
        ("Đơn vị kết nạp 602 đoàn viên.", [None]),
        ("Giá cà phê là 39.800 đồng.", [None]),
    ],
)  # fmt: skip
def test_indicator(text, indicators):
    assert [r["indicator"] for r in extract_article(article(text)) if r["class"] == "figure"] == indicators


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("qualifiers.csv", "trên,at_most,before", "phrase=trên, position=before"),
        ("qualifiers.csv", "ước non,atmost,before", "did you mean at_most"),
        ("qualifiers.csv", ",at_most,before", "something in the column phrase"),
        ("nouns.csv", "cây xanh,tree", "unit=tree"),
        ("nouns.csv", "cây xanh", "2 cells"),
        ("scales.csv", "tá,mười hai,any,", "a whole number"),
        ("chrome.csv", "feet,bản quyền", "one of "),
        ("indicators.csv", "party_refered,person,kết nạp,*", "did you mean party_referred"),
        ("indicators.csv", "party_referred,person,kết nạp|,*", "an empty phrase fits everything"),
        ("indicators.csv", "party_referred,person,…,*", "an empty phrase fits everything"),
        ("indicators.csv", "dialogues,other,cây xanh,*", "units=other"),
        ("indicators.csv", "party_referred,person,,,đảng,*", "words in `here` or in `before`"),
    ],
)
def test_a_bad_wording_row_is_named_before_any_article_is_read(tmp_path, table, row, said):
    """In a copy of the package, as an analyst would break it: file, line and what was expected, status 7."""
    shutil.copytree(ROOT / "src/analysis", tmp_path / "analysis")
    path = tmp_path / "analysis/reference/wording" / table
    lines = path.read_text(encoding="utf-8").splitlines()
    columns = next(line for line in lines if not line.startswith("#")).count(",") + 1
    if row.endswith("*"):  # the rest of its cells is empty
        row = row[:-1] + "," * (columns - row.count(",") - 1)
    path.write_text("\n".join([*lines, row]) + "\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Có trên 70.000 người.", encoding="utf-8")
    command = [sys.executable, "-m", "analysis", "extract", "a.txt"]
    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (7, "")
    assert f"{table}, line {len(lines) + 1}" in done.stderr
    assert said in done.stderr
