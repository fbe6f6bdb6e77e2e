"""Where figures apply, the hard sentences first: lists, places behind, carried places, namesakes, and the article's own."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.extract import extract_article
from analysis.extract.bodies import body_words, subject_body
from analysis.extract.figures import Item
from analysis.extract.folding import fold
from analysis.extract.mentions import find_mentions
from analysis.extract.places import figure_commune, read_places
from analysis.ingest.articles import Article
from analysis.reference.places import all_places, named

LEAD = (
    "Lào Cai: Công đoàn phát triển đoàn viên\n"
    "LĐLĐ tỉnh Lào Cai sơ kết công tác phát triển đoàn viên với nhiều kết quả, các cấp công đoàn trong tỉnh đều tham gia.\n"
)
BODY = (
    "Trong năm, các cấp công đoàn kết nạp 120 đoàn viên, góp phần vào việc xây dựng tổ chức vững mạnh, chăm lo tốt hơn cho "
    "người lao động trong thời gian qua."
)
DISTRICTS = [place for place in all_places() if place.parent == "Lào Cai" and place.name != "thành phố Lào Cai"]


def placed(text: str, published: str = "2019", publisher: str = "") -> list[str | None]:
    article = Article(id="thử", path=None, text=text, sha256="", published=published, publisher=publisher)
    return [row["place"] for row in extract_article(article) if row["class"] == "figure"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        # lists
        ("Dẫn đầu là Bảo Yên 120 đoàn viên, Bát Xát 95 đoàn viên và Văn Bàn 80 đoàn viên.", ["Bảo Yên", "Bát Xát", "Văn Bàn"]),
        ("Các huyện: Bảo Yên (120 đoàn viên), Bát Xát (95 đoàn viên), thị xã Sa Pa (15 đoàn viên).", ["Bảo Yên", "Bát Xát", "Sa Pa"]),
        ("Bảo Yên góp 120 triệu đồng; Bát Xát được 95 triệu đồng.", ["Bảo Yên", "Bát Xát"]),
        ("LĐLĐ các huyện Bảo Yên, Bát Xát và Văn Bàn kết nạp 120 đoàn viên.", ["Lào Cai"]),
        # behind the figure
        ("Kết nạp được 120 đoàn viên ở huyện Bảo Yên và 95 đoàn viên ở Bát Xát.", ["Bảo Yên", "Bát Xát"]),
        ("Thành lập 12 CĐCS tại TP. Lào Cai.", ["thành phố Lào Cai"]),
        ("Công nhận 15 sáng kiến của LĐLĐ huyện Văn Bàn.", ["Văn Bàn"]),
        ("Hỗ trợ 12 nhà cho đoàn viên huyện Mường Khương.", ["Mường Khương"]),
        ("Trao 12 suất quà tại huyện Bảo Yên và huyện Bát Xát.", ["Lào Cai"]),
        # the sentence's subject, and what the paragraph carries on
        ("Năm 2018, LĐLĐ huyện Bảo Yên kết nạp 120 đoàn viên.", ["Bảo Yên"]),
        ("Theo LĐLĐ huyện Bảo Yên, đã có 120 đoàn viên mới.", ["Bảo Yên"]),
        ("Huyện Bảo Yên, tỉnh Lào Cai có 120 đoàn viên.", ["Bảo Yên"]),
        ("Huyện ủy Văn Bàn kết nạp 120 đảng viên.", ["Văn Bàn"]),
        ("Thành ủy Lào Cai kết nạp 120 đảng viên.", ["thành phố Lào Cai"]),
        ("Trên địa bàn huyện Si Ma Cai hiện có 45 CĐCS với 1.200 đoàn viên.", ["Si Ma Cai", "Si Ma Cai"]),
        ("Tại huyện Bảo Yên, có 120 đoàn viên mới. Trong đó nữ là 45 người. Toàn tỉnh có 900 đoàn viên.", ["Bảo Yên", "Bảo Yên", "Lào Cai"]),
        ("Huyện Bảo Yên kết nạp 120 đoàn viên. Qua đó 45 người vào Đảng. Huyện Bát Xát có 30 đoàn viên.", ["Bảo Yên", "Bảo Yên", "Bát Xát"]),
        ("Riêng Sa Pa có 45 CĐCS. Số đoàn viên là 900 người.", ["Sa Pa", "Lào Cai"]),
        ("Cả nước có 11.000.000 đoàn viên.", ["Việt Nam"]),
        # not the figure's place
        ("Ngày 5/6, tại huyện Bảo Yên, LĐLĐ tỉnh trao 20 bằng khen.", ["Lào Cai"]),
        ("Ngày 5/6, tại huyện Bảo Yên, LĐLĐ tỉnh trao đổi với 20 đoàn viên.", ["Lào Cai"]),
        ("Ngày 5/6, tại huyện Bảo Yên, LĐLĐ tỉnh tổng kết năm và trao 20 suất quà.", ["Lào Cai"]),
        ("Ngày 5/6, tại huyện Bảo Yên và thị xã Sa Pa, LĐLĐ tỉnh trao 20 suất quà.", ["Lào Cai"]),
        ("Ngày 5/6, tại huyện Bảo Yên, LĐLĐ tỉnh trao 20 suất quà cho đoàn viên các huyện.", ["Lào Cai"]),
        ("Tại huyện Bảo Yên, LĐLĐ tỉnh tổ chức đối thoại với 300 công nhân.", ["Lào Cai"]),
        ("Lãnh đạo LĐLĐ tỉnh Lào Cai gặp gỡ, đối thoại với 300 công nhân ở huyện Bảo Yên.", ["Lào Cai"]),
        ("Ngày 5/6, tại huyện Bảo Yên, Công ty Điện lực tỉnh đón 20 đoàn viên.", ["Lào Cai"]),
        ("Ngày 5/6, tại thị xã Sa Pa, 165 đại biểu dự hội nghị.", ["Lào Cai"]),
        ("SA PA - Chín tháng qua, đơn vị kết nạp 120 đoàn viên.", ["Lào Cai"]),
        ("LĐLĐ tỉnh phối hợp với huyện Bảo Yên tổ chức 12 lớp.", ["Lào Cai"]),
        ("So với Hà Nội, số đoàn viên mới là 120 người.", ["Lào Cai"]),
        ("Số đoàn viên mới là 120 người, cao hơn Yên Bái.", ["Lào Cai"]),
        ("Hội thi có 120 thí sinh đến từ Yên Bái.", ["Lào Cai"]),
        ("Phong trào xếp thứ nhất cả nước với 120 sáng kiến.", ["Lào Cai"]),
        ("Tổng LĐLĐ Việt Nam tặng 12 bằng khen.", ["Lào Cai"]),
        # namesakes
        ("Công ty Xi măng Hà Tiên hỗ trợ 120 suất quà.", ["Lào Cai"]),
        ("Trường THPT Bảo Yên kết nạp 12 đoàn viên.", ["Lào Cai"]),
        ("Tuyến đường Hà Nội - Lào Cai có 120 công nhân làm việc.", ["Lào Cai"]),
        ("Chủ tịch Hồ Chí Minh viết 120 bài báo.", ["Lào Cai"]),
        ("Bà Thanh Hà ủng hộ 120 triệu đồng.", ["Lào Cai"]),
        ("Thống nhất chỉ tiêu kết nạp 120 đoàn viên.", ["Lào Cai"]),
        ("Xã Kim Sơn có 120 đoàn viên.", ["Lào Cai"]),
    ],
)  # fmt: skip
def test_the_place_of_a_figure(text, places):
    assert placed(LEAD + text) == places


@pytest.mark.parametrize(
    ("title", "more", "place"),
    [
        ("Châu Thành: Công đoàn phát triển đoàn viên", " LĐLĐ huyện Châu Thành, tỉnh Long An vừa họp.", "Châu Thành"),
        ("Quận 7 (TP.HCM): Công đoàn chăm lo công nhân", "", "Quận 7"),
        ("TP HCM: Công đoàn chăm lo công nhân", "", "Hồ Chí Minh"),
        ("Học tập tư tưởng Hồ Chí Minh tại Bình Định", "", "Bình Định"),
        ("Công đoàn Đăk Lăk chăm lo công nhân", "", "Đắk Lắk"),
        ("Công đoàn BR-VT chăm lo công nhân", "", "Bà Rịa - Vũng Tàu"),
        ("LĐLĐ thành phố Vũng Tàu chăm lo công nhân", "", "Vũng Tàu"),
        ("Qui Nhơn: Công đoàn chăm lo công nhân", "", "Quy Nhơn"),
        ("TT-Huế: Công đoàn chăm lo công nhân", "", "Thừa Thiên Huế"),
        ("Công đoàn thành phố Huế chăm lo công nhân", " LĐLĐ tỉnh Thừa Thiên Huế cho biết.", "thành phố Huế"),
        ("Công đoàn thành phố Huế chăm lo công nhân", "", "Huế"),
        ("Quảng Bình: Công đoàn huyện Quảng Ninh kết nạp đoàn viên", "", "huyện Quảng Ninh"),
        ("Ninh Bình: LĐLĐ các huyện Nho Quan, Kim Sơn kết nạp đoàn viên", "", "Ninh Bình"),
        ("CÔNG ĐOÀN TỈNH SƠN LA THỐNG NHẤT HÀNH ĐỘNG", "", "Sơn La"),
        ("Bí thư Tỉnh ủy Sơn La Nguyễn Hữu A thăm công nhân", "", "Sơn La"),
        ("Công ty Xi măng Hà Tiên kết nạp đoàn viên", " Công ty Xi măng Hà Tiên (Kiên Giang) làm tốt.", "Kiên Giang"),
        ("Tổng LĐLĐ Việt Nam sơ kết sáu tháng", "", "Việt Nam"),
        ("Công nhân được chăm lo", " Sáng 5/1, tại Hà Nội, Tổng LĐLĐ Việt Nam họp.", "Việt Nam"),
        ("Hau Giang unions recruit members", "", "Hậu Giang"),
        ("Bắc Giang: Chu Văn A thăm công nhân", "", "Bắc Giang"),
    ],
)
def test_the_articles_own_place(title, more, place):
    assert placed(f"{title}\n{BODY}{more}")[0] == place


@pytest.mark.parametrize(
    ("publisher", "place"),
    [("Báo Đồng Nai", "Đồng Nai"), ("Cổng TTĐT huyện Hiệp Hòa", "Hiệp Hòa"), ("Báo Lao Động", None), ("", None)],
)
def test_the_publisher_tells_where_the_text_does_not(publisher, place):
    assert placed(f"Công đoàn kết nạp đoàn viên\n{BODY}", publisher=publisher) == [place]


def test_the_text_goes_before_the_publisher():
    assert placed(f"Nghệ An: Công đoàn kết nạp đoàn viên\n{BODY}", publisher="Báo Đồng Nai") == ["Nghệ An"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Huyện Bảo Yên có 12 CĐCS.", ["Bảo Yên"]),
        ("Tỉnh Lào Cai có 12 CĐCS.", ["Lào Cai"]),
        ("Quận Ngô Quyền có 12 CĐCS.", ["Ngô Quyền"]),
        ("Công đoàn có 12 CĐCS.", [None]),
    ],
)
def test_a_text_of_one_sentence(text, places):
    assert placed(text) == places


@pytest.mark.parametrize("gap", ["1" * 54, "1,1." * 13, "1 (" * 18])
def test_a_gap_of_digits_is_no_list_where_another_word_stands_in_it(gap):
    """Such a gap could be cut into numbers in more ways than there is time for."""
    found = find_mentions(fold(f"LĐLĐ tỉnh Lào Cai: huyện Bảo Yên {gap} x Thép Văn Bàn"), None)
    assert [mention.name for mention in found] == ["Lào Cai", "Bảo Yên"]


@pytest.mark.parametrize(("blanks", "places"), [(1, 2), (20, 2), (100_000, 3)])
def test_a_province_far_behind_a_district_is_a_place_of_its_own(blanks, places):
    text = f"LĐLĐ tỉnh Lào Cai họp. Huyện Bảo Yên,{' ' * blanks}tỉnh Lào Cai"
    assert len(read_places(fold(text), [(0, 17)], []).mentions) == places


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Chính quyền địa phương hai cấp", "Bảo Hà"),
        ("Vận hành chính quyền 2 cấp", "Bảo Hà"),
        ("Chính quyền các cấp", "Lào Cai"),
    ],
)
def test_communes_are_places_where_the_text_knows_no_districts(words, place):
    text = f"LĐLĐ tỉnh Lào Cai\n{words} đi vào hoạt động. Công đoàn xã Bảo Hà kết nạp 120 đoàn viên."
    assert placed(text, published="")[-1] == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Tại xã Bảo Hà, hội nghị có 120 đoàn viên dự.", "Lào Cai"),
        ("Công đoàn trao 120 suất quà ở xã Bảo Hà.", "Lào Cai"),
        ("Xã Bảo Hà đứng đầu với 120 đoàn viên.", "Bảo Hà"),
        ("Đứng đầu là xã Bảo Hà: 120 đoàn viên.", "Bảo Hà"),
    ],
)
def test_a_commune_that_is_a_mere_venue_is_no_place(text, place):
    assert placed(LEAD + text, published="2025-12-06")[-1] == place


@pytest.mark.parametrize(
    ("text", "places"),
    [
        # what those of a venue do, in the paragraph and in the next one that speaks of the same school
        ("(KL) - Sáng 5/6, tại huyện Bảo Yên, Chi bộ Trường THPT Kim Liên đón 4 đảng viên. Nơi đây đã có 10 đảng viên.", ["Bảo Yên"] * 2),
        ("Sáng 5/6, tại huyện Bảo Yên, Trường THPT Kim Liên đón 4 đảng viên.\nNăm trước, trường cũng kết nạp 3 đảng viên.", ["Bảo Yên"] * 2),
        ("Sáng 5/6, tại huyện Bảo Yên, Trường THPT Kim Liên đón 4 đảng viên.\nCông đoàn kết nạp 3 đảng viên.", ["Bảo Yên", "Lào Cai"]),
        ("Sáng 5/6, tại huyện Bảo Yên, Công ty May đón 4 đảng viên. Cùng hôm đó ở thị xã Sa Pa, Chi bộ Trường A đón 2 đảng viên.",
         ["Bảo Yên", "Sa Pa"]),
        # what is handed out at a venue
        ("Ngày 5/6, tại huyện Bảo Yên, LĐLĐ tỉnh trao 20 suất quà.", ["Bảo Yên"]),
        ("Ngày 5/6, tại xã Kim Sơn (huyện Bảo Yên), Quỹ của Hội Nông dân tỉnh Lào Cai giải ngân vốn cho 12 hộ.", ["Bảo Yên"]),
        ("Ngày 5/6, tại huyện Bảo Yên, LĐLĐ tỉnh bàn giao 2 căn nhà. Mỗi căn nhà được 50 triệu đồng.", ["Bảo Yên"] * 2),
    ],
)  # fmt: skip
def test_what_happens_at_a_venue_is_of_its_place_where_those_who_act_or_receive_are(text, places):
    assert placed(LEAD + text) == places


def test_a_title_in_capitals_names_its_district_before_the_publisher_and_the_province_of_the_lead():
    text = f"VĂN BÀN KẾT NẠP ĐOÀN VIÊN\nMặt trận huyện Văn Bàn (Lào Cai) sơ kết. {BODY}"
    assert placed(text, publisher="Ủy ban MTTQ tỉnh Lào Cai") == ["Văn Bàn"]


def test_a_name_within_a_longer_one_needs_its_level_unless_the_line_is_in_capitals():
    def found(text: str) -> list[str]:
        return [mention.name for mention in find_mentions(fold(text), "Lào Cai")]

    assert found("Văn Bàn Group kết nạp đoàn viên") == []
    assert found("VĂN BÀN KẾT NẠP ĐOÀN VIÊN") == ["Văn Bàn"]


NAMES = st.sampled_from([spelling for place in all_places() for spelling in place.spellings])
WORDS = st.sampled_from(
    ["huyện", "tỉnh", "TP.", "các huyện:", "LĐLĐ", "Công ty", "với", "(", ")", ",", "12", "\n", ".", "toàn tỉnh"]
)


@given(st.lists(NAMES | WORDS, max_size=20).map(" ".join), st.sampled_from([None, "Lào Cai", "Long An"]), st.booleans())
def test_mentions_lie_in_the_text_in_order(text, province, communes):
    folded = fold(text)
    found = find_mentions(folded, province, communes)
    assert all(0 <= m.head <= m.start < m.end <= len(folded.text) for m in found)
    assert [m.start for m in found] == sorted(m.start for m in found)
    assert all(
        m.parent is None or any(p.parent == m.parent for p in named(m.name)) for m in found if m.level == "district"
    )


@given(st.lists(st.sampled_from(DISTRICTS), min_size=1, max_size=5, unique=True), st.booleans())
def test_each_district_of_a_list_has_its_own_figure(districts, decomposed):
    listed = ", ".join(f"{place.name} {number} đoàn viên" for number, place in enumerate(districts, start=21))
    text = f"{LEAD}Kết quả cụ thể: {listed}."
    assert placed(unicodedata.normalize("NFD", text) if decomposed else text) == [place.name for place in districts]


@given(st.sampled_from([place for place in all_places() if place.level == "district"]))
def test_every_district_is_found_by_its_kind_and_name(place):
    name = place.bare
    folded = fold(f"Tại tỉnh {place.parent}, {place.kind} {name} có tin vui.")
    found = [m for m in find_mentions(folded, None) if m.level == "district"]
    twins = {other.name for other in all_places() if other.parent == place.parent and name in other.spellings}
    assert len(found) == 1
    assert found[0].name == place.name or found[0].name in twins


def bodies(text: str) -> list[str | None]:
    article = Article(id="thử", path=None, text=text, sha256="", published="2019")
    return [row["body"] for row in extract_article(article) if row["class"] == "figure"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đảng bộ Công an tỉnh kết nạp 120 đảng viên.", ["Đảng bộ Công an"]),
        ("Đảng ủy Bộ đội Biên phòng kết nạp 120 đảng viên.", ["Đảng bộ Bộ đội Biên phòng"]),
        ("Công đoàn ngành Giáo dục tỉnh có 120 CĐCS. LĐLĐ tỉnh có 900 CĐCS.", ["Công đoàn ngành Giáo dục", None]),
        ("Công đoàn các khu công nghiệp tỉnh có 120 CĐCS.", ["Công đoàn các KCN"]),
        ("LĐLĐ tỉnh phối hợp với Công đoàn Viên chức tổ chức 12 lớp.", [None]),
    ],
)
def test_a_narrower_group_keeps_its_own_figures(text, expected):
    assert bodies(LEAD + text) == expected


def test_a_body_of_the_title_is_what_the_article_is_about():
    title = "An Giang: Công đoàn ngành Y tế bước vào nhiệm kỳ mới"
    folded = fold(f"{title}\n{BODY}")
    words = body_words(folded, [(0, len(title))])
    sentence = (len(title) + 1, len(folded.text))
    assert subject_body(folded.lower, words, sentence, None) == words.own == "Công đoàn ngành Y tế"
    assert body_words(fold(f"LĐLĐ tỉnh họp với {title}"), [(0, 80)]).own is None


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("Tại tỉnh Bến Tre, xã Giao Thạnh có 10 chi bộ.", "xã Giao Thạnh"),
        ("Thị trấn Phố Ràng, 10 chi bộ đều đạt.", None),
        ("Toàn huyện có 10 chi bộ.", None),
    ],
)
def test_the_commune_of_a_figure_is_a_body_in_its_district(text, commune):
    folded = fold(text)
    start = folded.text.index("10")
    item = Item(start, start + 2, "figure", "", (0, len(text)), clause=(0, len(text)))
    assert figure_commune(read_places(folded, [(0, len(text))], []), item) == commune
