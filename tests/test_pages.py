"""Whole web pages of different construction: the article's figures and no others, with title and date."""

import csv
from pathlib import Path

import pytest

from analysis.extract import extract_article
from analysis.ingest.articles import read_article, read_articles
from analysis.ingest.grids import row_lines, span_rows
from analysis.ingest.metadata import printed_date
from analysis.ingest.texts import TextFolder
from page_builders import page

PAGES = Path(__file__).parent / "data/pages"
STATED = {
    "amp": ("Hồ Vàng: 1.845 lao động được dạy nghề", "2023-01-01"),
    "data-only": ("Đồng Xanh tặng 525 phần quà Tết", "2020-01-15"),
    "div-soup": ("Thanh Lũng: kết nạp 96 đảng viên", "2018-07-03"),
    "drowned": ("Mỏ Bạc có thêm 58 đảng viên", "2021-03-10"),
    "garbled": ("Phiên họp quý ba của công đoàn Rừng Thông", ""),
    "grid": ("Kết quả học nghề ba huyện phía bắc", "2017-11-20"),
    "latin1-lie": ("Ngành may thêm 3.260 đoàn viên", "2015-06-09"),
    "portal-1258": ("Công đoàn huyện Suối Trong giới thiệu 214 đoàn viên cho Đảng", "2014-10-12"),
    **dict.fromkeys(
        ("sidebar-named", "joomla", "aspnet", "wordpress", "one-cell", "hashed-classes"),
        ("Sông Hiếu kết nạp 2.345 đoàn viên", "2019-07-04"),
    ),
    "undeclared-1258": ("Hội thi tay nghề giỏi", ""),
}


@pytest.fixture(params=sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def page_file(request) -> Path:
    return request.param


def test_title_and_date_of_a_page(page_file):
    article = read_article(page_file)
    assert (article.title, article.published) == STATED[page_file.stem]


def test_the_figures_of_a_page(page_file):
    with page_file.with_suffix(".expect.tsv").open(encoding="utf-8", newline="") as file:
        expected = {(float(row["value"]), row["unit"]) for row in csv.DictReader(file, delimiter="\t")}
    rows = extract_article(read_article(page_file))
    assert {(float(row["value"]), row["unit"]) for row in rows if row["class"] == "figure"} == expected


def test_a_page_and_the_text_written_of_it_have_the_same_figures(page_file, tmp_path):
    article = read_article(page_file)
    written = TextFolder(tmp_path, [page_file]).write(article)
    assert written.read_text(encoding="utf-8") == article.text
    assert extract_article(read_article(written)) == extract_article(article)


def test_the_pages_beside_the_project(shared):
    """Each value of the body is found, and no other, whatever unit the wording rules give it."""
    for path in sorted((shared / "dev/html").glob("*.html")):
        with path.with_suffix(".expect.tsv").open(encoding="utf-8", newline="") as file:
            expected = {float(row["value"]) for row in csv.DictReader(file, delimiter="\t")}
        rows = extract_article(read_article(path))
        assert {float(row["value"]) for row in rows if row["class"] == "figure"} == expected, path.name


def test_sources_win_over_what_a_page_states(tmp_path):
    (tmp_path / "amp.html").write_bytes((PAGES / "amp.html").read_bytes())
    (tmp_path / "sources.csv").write_text(
        "id,publisher,title,published,sha256,kind\namp,Báo A,Tên khác,2022-12,,page\n", encoding="utf-8"
    )
    [article], findings = read_articles(tmp_path)
    assert (article.title, article.published, findings) == ("Tên khác", "2022-12", [])


def test_doubts_become_findings(tmp_path):
    (tmp_path / "data-only.html").write_bytes((PAGES / "data-only.html").read_bytes())
    _, findings = read_articles(tmp_path)
    assert [f.check for f in findings] == ["source_not_recorded", "article_doubtful"]


LONG = "Liên đoàn Lao động tỉnh vừa họp đánh giá công tác phát triển đoàn viên ở các doanh nghiệp ngoài nhà nước trong ba quý đầu năm nay, có 45 người dự."


@pytest.mark.parametrize(
    ("inside", "kept", "gone"),
    [
        ("<div class='box-lienquan'><p>Nơi khác có 77 người vào Đảng</p></div>", "", "77"),
        ("<div class='relatedNews'>Nơi khác có 77 người</div>", "", "77"),
        ("<p><b>Tin liên quan</b></p><ul><li>Nơi khác có 77 người</li></ul>", "", "77"),
        ("<p>&gt;&gt; <a href='/x'>Nơi khác có 77 người</a></p>", "", "77"),
        ("<div style='display:none'>Có 77 người</div>", "", "77"),
        ("<p>Xem thêm: <a href='/x'>Nơi khác có 77 người</a></p>", "", "77"),
        ("<p>Có 66 người theo <a href='/x'>báo cáo</a> mới.</p>", "Có 66 người theo báo cáo mới.", "77"),
        ("<p>Rừng rộng 5.500<sup>1</sup> ha</p>", "5.500¹", "5.5001"),
        (
            "<figure><img src=x alt='77'><figcaption>Lễ trao 66 suất quà</figcaption></figure>",
            "Lễ trao 66 suất quà",
            "77",
        ),
        ("<aside><p>Hộp số liệu: 66 người.</p></aside>", "66 người", "77"),
        ("<h3>Hơn 66 người học nghề</h3>", "Hơn 66 người", "77"),
        ("<ul><li>Có 66 người;</li><li>Có 67 người.</li></ul>", "Có 67 người.", "77"),
        ("<p>Có 66<br>người học<br><br>Có 67 người.</p>", "Có 66 người học\nCó 67 người.", "77"),
        ("<div class='article-tags'>77 thẻ</div><p>Có 66 người.</p>", "Có 66 người.", "77"),
    ],
)
def test_what_stands_inside_an_article(tmp_path, inside, kept, gone):
    path = tmp_path / "a.html"
    path.write_text(page(LONG, LONG.replace("45", "46")).replace("</p><p>", f"</p>{inside}<p>", 1), encoding="utf-8")
    text = read_article(path).text
    assert kept in text
    assert gone not in text
    assert all(number in text for number in ("45 người", "46 người"))


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2020-02-01T23:30:00Z">', "2020-02-02"),
        ('<meta property="article:modified_time" content="2020-02-01T10:00:00+07:00">', ""),
        ('<meta name="pubdate" content="2020-02-30">', ""),
        ('<meta name="date" content="01/02/2020 07:00">', "2020-02-01"),
        ('<meta name="DC.date.issued" content="2020-2-1">', "2020-02-01"),
        ('<script type="application/ld+json">{"@type":"Comment","datePublished":"2020-02-01"}</script>', ""),
        ('<script type="application/ld+json">[{"@graph":[{"@type":"NewsArticle","datePublished":"2020-02-01"}]}]</script>', "2020-02-01"),
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":</script>', ""),
    ],
)  # fmt: skip
def test_a_date_is_stated_or_unknown(tmp_path, head, published):
    path = tmp_path / "a.html"
    path.write_text(page(LONG, LONG).replace("</head>", f"{head}</head>"), encoding="utf-8")
    assert read_article(path).published == published


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Thứ Ba, 09/06/2015, 07:40", "2015-06-09"),
        ("Ngày đăng: 9-6-2015", "2015-06-09"),
        ("09.06.2015", "2015-06-09"),
        ("Đăng ngày 9 tháng 6 năm 2015 bởi An", "2015-06-09"),
        ("Cập nhật: ngày 9 tháng 6 năm 2015", "2015-06-09"),
        ("Hà An · 9 thg 6, 2015 · 3 phút đọc", "2015-06-09"),
        ("Đại hội họp ngày 09/06/2015", ""),
        ("Đại hội họp ngày 9 tháng 6 năm 2015", ""),
        ("Lúc 07:40, 31/02/2015", ""),
    ],
)
def test_the_printed_date(line, found):
    assert printed_date(["An Nhiên", line]) == found


def test_rows_carry_their_headers():
    rows = [["TT", "Xã", "Hộ nghèo (hộ)", "Ghi chú"], ["1", "Bản Mới", "45", ""], ["", "Cộng", "45", "đã rà soát"]]
    assert row_lines(rows) == [
        "TT; Xã; Hộ nghèo (hộ); Ghi chú",
        "1. Bản Mới; Hộ nghèo: 45 hộ",
        "Cộng; Hộ nghèo: 45 hộ; đã rà soát",
    ]
    assert row_lines([["Xã Bản Mới", "trồng 45 ha"], ["Xã Đá Đen", "trồng 46 ha"]]) == [
        "Xã Bản Mới; trồng 45 ha",
        "Xã Đá Đen; trồng 46 ha",
    ]


def test_spans_fill_the_columns_they_cover_once():
    once, full = span_rows(
        [[("Xã", 1, 2), ("Người", 2, 1)], [("Nam", 1, 1), ("Nữ", 1, 1)], [("A", 1, 1), ("5", 1, 1), ("6", 1, 1)]]
    )
    assert full == [["Xã", "Người", "Người"], ["Xã", "Nam", "Nữ"], ["A", "5", "6"]]
    assert once == [["Xã", "Người", ""], ["", "Nam", "Nữ"], ["A", "5", "6"]]
    assert row_lines(once, full)[-1] == "A; Người Nam: 5; Người Nữ: 6"
