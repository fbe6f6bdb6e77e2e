"""Which indicator a figure gets: by its own words, by the list or the count before it, and where it is no count at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.extract import extract_article
from analysis.extract.guards import becomes, read_cues
from analysis.extract.indicators import rules, worded
from analysis.ingest.articles import Article
from analysis.reference.codebook import load_codebook


def coded(text: str) -> list[str]:
    """The indicators of a text's figures in order, "-" for none."""
    article = Article(id="thử", path=None, text=text, sha256="", published="2020")
    return [row["indicator"] or "-" for row in extract_article(article) if row["class"] == "figure"]


def check(text: str, expected: str) -> None:
    assert coded(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Năm 2019, công đoàn tỉnh giới thiệu 512 đoàn viên ưu tú cho Đảng, 260 người vào Đảng.", "party_referred party_admitted"),
        ("Năm qua, công đoàn đã giới thiệu 512 quần chúng ưu tú để cấp ủy bồi dưỡng.", "party_referred"),
        ("Có 512 đoàn viên ưu tú được công đoàn giới thiệu, trong đó 260 đồng chí đã đứng vào hàng ngũ của Đảng.", "party_referred party_admitted"),
        ("Đã có 96 công nhân trở thành đảng viên.", "party_admitted"),
        ("Cả nhiệm kỳ có thêm 340 đảng viên mới từ phong trào công nhân.", "party_admitted"),
        ("Toàn Đảng bộ tỉnh phát triển được 2.140 đảng viên.", "party_admitted"),
        ("Đảng bộ huyện kết nạp 210 quần chúng ưu tú.", "party_admitted"),
        ("Công đoàn giới thiệu nguồn kết nạp Đảng được 415 đoàn viên; kết nạp Đảng cho 198 đoàn viên.", "party_referred party_admitted"),
        ("Công đoàn cử 88 đoàn viên học lớp bồi dưỡng nhận thức về Đảng.", "party_class_learners"),
        ("Trung tâm chính trị huyện mở 6 lớp cảm tình Đảng cho 431 học viên.", "party_classes_held party_class_learners"),
        ("Các chi bộ doanh nghiệp đã kết nạp 54 đảng viên.", "party_admitted"),
        ("Trong năm thành lập được 12 chi bộ trong doanh nghiệp ngoài nhà nước.", "party_cells_founded"),
        ("Số đoàn viên được giới thiệu cho Đảng là 820, số được kết nạp là 417.", "party_referred party_admitted"),
        ("Đảng bộ tỉnh hiện có 70.210 đảng viên.", "party_members"),
    ],
)  # fmt: skip
def test_the_party(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Năm 2018 công đoàn kết nạp 96 đảng viên, Mỏ Cày Nam 71, Ba Tri 65; thấp nhất là Thạnh Phú với 8 người.", "party_admitted party_admitted party_admitted party_admitted"),
        ("Nhiều nhất là Bố Trạch (kết nạp 120 đảng viên), tiếp theo là Quảng Trạch (98) và Lệ Thủy (76).", "party_admitted party_admitted party_admitted"),
        ("Kết quả phát triển Đảng\nNăm 2019, các đảng bộ kết nạp 400 đảng viên.\nĐứng đầu là huyện Văn Bàn 120 đồng chí, kế đến là Bảo Yên 98.", "party_admitted party_admitted party_admitted"),
        ("Công đoàn giới thiệu cho Đảng 214 đoàn viên ưu tú, kết nạp 98; năm 2019, hai con số này lần lượt là 301 và 139.", "party_referred party_admitted party_referred party_admitted"),
        ("Số được giới thiệu cho Đảng năm 2019 là 482 người, năm 2018 là 405 người; số được kết nạp tương ứng là 257 và 193 người.", "party_referred party_referred party_admitted party_admitted"),
        ("Năm 2019, toàn tỉnh kết nạp mới 6.318 đoàn viên. Dẫn đầu là thành phố Nha Trang (2.215 đoàn viên), tiếp theo là Ninh Hòa (1.084).", "new_union_members new_union_members new_union_members"),
        ("Trong tháng 5, toàn tỉnh tổ chức 214 hội nghị đối thoại. Vĩnh Phúc tổ chức 96 hội nghị, Hòa Bình 41 hội nghị.", "dialogues dialogues dialogues"),
        ("Năm 2018 huyện mở 137 buổi tuyên truyền pháp luật. Riêng năm 2019 có 31 buổi.", "legal_sessions legal_sessions"),
        ("Toàn tỉnh lập mới 17 chi bộ trong doanh nghiệp. Phường An Xuyên dẫn đầu với 4 chi bộ, kế đến là xã Năm Căn: 2 chi bộ.", "party_cells_founded party_cells_founded party_cells_founded"),
        ("Công đoàn tiếp nhận 43 kiến nghị tại đối thoại, nhiều nhất là về nhà ở xã hội (16), nhà trẻ (9).", "dialogue_opinions - -"),
    ],
)  # fmt: skip
def test_a_list_takes_over_the_count_before_it(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Năm tới, công đoàn phấn đấu giới thiệu 500 đoàn viên ưu tú cho Đảng.", "party_target"),
        ("Nhiệm kỳ mới, tỉnh đề ra chỉ tiêu kết nạp 1.200 đảng viên trở lên.", "party_target"),
        ("Mục tiêu năm 2021 là kết nạp ít nhất 300 đảng viên.", "party_target"),
        ("Mỗi chi bộ phấn đấu giới thiệu 2 quần chúng ưu tú.", "party_target"),
        ("Các đảng bộ kết nạp được 2.146 đảng viên (kế hoạch là 2.000 đảng viên).", "party_admitted party_target"),
        ("Năm 2021, tỉnh dự kiến kết nạp thêm 1.500 đoàn viên công đoàn, thành lập 20 CĐCS.", "new_union_members_target new_grassroots_unions_target"),
        ("Cả năm kết nạp mới 5.200 đoàn viên, đạt 104% chỉ tiêu; thành lập 31 CĐCS.", "new_union_members - new_grassroots_unions"),
        ("Công đoàn kết nạp mới 12.480 đoàn viên, vượt 4% so với chỉ tiêu được giao (12.000 đoàn viên).", "new_union_members - new_union_members_target"),
        ("Phấn đấu năm 2021 có 4.000 sáng kiến, làm lợi 350 tỷ đồng.", "initiatives_target initiative_savings_target"),
        ("Quý IV, dự kiến mở 60 buổi nói chuyện pháp luật.", "-"),
        ("Năm tới tỉnh sẽ tổ chức 50 cuộc đối thoại.", "-"),
        ("Phấn đấu vượt khó, công đoàn huyện đã kết nạp mới 415 đoàn viên.", "new_union_members"),
        ("Qua rèn luyện, phấn đấu, 150 đoàn viên được kết nạp vào Đảng.", "party_admitted"),
        ("Thực hiện Kế hoạch số 45/KH-LĐLĐ, công đoàn mở 318 buổi tuyên truyền pháp luật.", "legal_sessions"),
        ("Công đoàn giới thiệu cho Đảng 466 đoàn viên ưu tú, có 422 đồng chí được kết nạp (vượt chỉ tiêu 22 đồng chí).", "party_referred party_admitted -"),
    ],
)  # fmt: skip
def test_a_target_is_not_what_was_reached(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Năm 2019 có 612 người được kết nạp Đảng, tăng 48 người so với năm 2018.", "party_admitted -"),
        ("Huyện kết nạp 200 đảng viên, nhiều hơn năm 2017 là 5 đảng viên.", "party_admitted -"),
        ("So với cùng kỳ, số đảng viên mới kết nạp giảm 12 đồng chí.", "-"),
        ("Số đảng viên mới kết nạp tăng lên 311 người.", "party_admitted"),
        ("Trên địa bàn huyện có 28.905 CNVCLĐ, tăng 9.412 người so với đầu nhiệm kỳ.", "workers_total -"),
        ("Năm nay mở 31 buổi tuyên truyền pháp luật, tăng 6 buổi.", "legal_sessions -"),
        ("Kết nạp mới 21.640 đoàn viên công đoàn, giảm 13.205 đoàn viên, thực tăng 8.435 đoàn viên.", "new_union_members union_members_decrease union_members_net_increase"),
        ("Cả tỉnh có thêm 161 đảng viên mới.", "party_admitted"),
        ("Tỉnh thành lập 17 chi bộ trong doanh nghiệp, vượt kế hoạch 3 chi bộ.", "party_cells_founded -"),
        ("Có 17.845 sáng kiến được áp dụng, bình quân mỗi năm 3.500 sáng kiến.", "initiatives -"),
        ("Các sáng kiến làm lợi 386 tỷ đồng, tính ra mỗi sáng kiến làm lợi 40 triệu đồng.", "initiative_savings -"),
        ("Công đoàn trao quà Tết với tổng trị giá 1,2 tỷ đồng, mỗi suất 500.000 đồng.", "charity_amount -"),
        ("Công đoàn hỗ trợ đoàn viên khó khăn 500 nghìn đồng/người.", "-"),
        ("Mỗi năm công đoàn tổ chức trung bình 20 cuộc đối thoại.", "-"),
    ],
)  # fmt: skip
def test_a_change_or_an_average_is_not_the_count(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Năm 2019 kết nạp 612 đảng viên, trong đó có 367 nữ và 109 công nhân trực tiếp sản xuất.", "party_admitted party_admitted_women party_admitted_direct_workers"),
        ("Kết nạp 202 đảng viên, trong đó có 5 người là chủ doanh nghiệp.", "party_admitted party_admitted_business_owners"),
        ("Khối doanh nghiệp ngoài nhà nước có 318 người được kết nạp Đảng.", "party_admitted_enterprises"),
        ("Đảng bộ tỉnh kết nạp 3.462 đảng viên, riêng khối doanh nghiệp tư nhân kết nạp 205 người.", "party_admitted party_admitted_enterprises"),
        ("Thành lập 31 CĐCS, trong đó 27 CĐCS thuộc doanh nghiệp ngoài nhà nước.", "new_grassroots_unions new_grassroots_unions_enterprises"),
        ("Toàn tỉnh có 1.127 CĐCS, 118.350 đoàn viên. Các khu công nghiệp có 61.204 đoàn viên, 162 CĐCS.", "grassroots_unions union_members - -"),
        ("Công đoàn các khu công nghiệp: Năm 2019 phát triển mới 5.100 đoàn viên\nNăm 2019, công đoàn các khu công nghiệp kết nạp mới 5.100 đoàn viên.", "new_union_members new_union_members"),
        ("Toàn tỉnh có 17.845 sáng kiến. Riêng ngành Than có 2.306 sáng kiến, làm lợi 297 tỷ đồng.", "initiatives - -"),
        ("Tỉnh có 4.200 sáng kiến được áp dụng. Công ty Than Vàng Danh có 388 sáng kiến.", "initiatives -"),
        ("Thành lập mới 24 CĐCS/1.318 đoàn viên; giải thể 11 CĐCS.", "new_grassroots_unions - grassroots_unions_dissolved"),
        ("Tại 19 cuộc đối thoại có 246 ý kiến, trả lời tại chỗ 198 ý kiến.", "dialogues dialogue_opinions dialogue_opinions_resolved"),
        ("Công đoàn tổ chức 37 cuộc đối thoại, ghi nhận 512 kiến nghị, trong đó 470 kiến nghị đã giải quyết xong.", "dialogues dialogue_opinions dialogue_opinions_resolved"),
        ("Công đoàn có 3.214 đoàn viên, trong đó 1.702 đoàn viên nữ.", "union_members union_members_women"),
        ("Có 2.316 sáng kiến được công nhận, trong đó 412 sáng kiến cấp tỉnh.", "initiatives initiatives_provincial_recognised"),
        ("Công đoàn ngành ký giao ước thi đua với 97/97 CĐCS.", "-"),
    ],
)  # fmt: skip
def test_a_part_never_carries_its_wholes_indicator(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tỉnh hiện có 1.356 CĐCS với 81.207 đoàn viên trên tổng số 95.600 CNVCLĐ.", "grassroots_unions union_members workers_total"),
        ("LĐLĐ huyện quản lý 118 CĐCS, có 4.012 đoàn viên/4.150 CNVCLĐ.", "grassroots_unions union_members workers_total"),
        ("Toàn huyện hiện có 12.400 công nhân lao động.", "workers_total"),
        ("Từ đầu năm đến nay, các cấp công đoàn phát triển được 18.640 đoàn viên, thành lập mới 72 CĐCS.", "new_union_members new_grassroots_unions"),
        ("Công đoàn tỉnh vận động 2.450 người lao động gia nhập công đoàn.", "new_union_members"),
        ("Có 1.200 CNVCLĐ tham gia hội thao.", "-"),
        ("Công đoàn tặng quà 1.200 CNVCLĐ khó khăn.", "members_supported"),
        ("Hiện số CNVCLĐ ở các đơn vị có tổ chức công đoàn là 45.580 người.", "workers_in_unionised_units"),
        ("Hơn 160 đại biểu thay mặt 24.318 đoàn viên về dự đại hội công đoàn.", "- union_members"),
    ],
)  # fmt: skip
def test_unions_and_workers(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Công đoàn mở 64 buổi tuyên truyền nghị quyết với 11.000 lượt người nghe.", "propaganda_sessions propaganda_participations"),
        ("Công đoàn tổ chức 6.850 cuộc tuyên truyền miệng cho 402.300 lượt CNVCLĐ.", "propaganda_sessions propaganda_participations"),
        ("Công đoàn phổ biến pháp luật 126 buổi cho 7.455 lượt người; phát 2.400 tờ gấp.", "legal_sessions legal_participants documents_handed_out"),
        ("Huyện tổ chức 4 buổi tuyên truyền pháp luật cho 190 người.", "legal_sessions legal_participants"),
        ("Công đoàn mở 20 buổi tuyên truyền pháp luật; tư vấn pháp luật cho 1.274 lượt người.", "legal_sessions legal_advice_participations"),
        ("Công đoàn tổ chức 37 cuộc đối thoại với chủ doanh nghiệp, thu hút 8.600 lượt công nhân.", "dialogues dialogue_participations"),
        ("Chủ tịch tỉnh đối thoại với 300 công nhân.", "dialogue_participations"),
        ("Sau 12 cuộc đối thoại, 40 lượt công nhân phát biểu, nêu 95 kiến nghị.", "dialogues - dialogue_opinions"),
        ("Công đoàn mở 9 lớp tập huấn với 1.148 lượt cán bộ công đoàn tham gia.", "training_classes training_participations"),
        ("Nhiệm kỳ qua có 80.676 lượt CNVCLĐ được học tập nâng cao trình độ.", "training_participations"),
        ("Trang tin công đoàn đăng 265 tin, bài.", "media_items"),
        ("Hội nghị tiếp xúc cử tri ghi nhận 45 ý kiến.", "-"),
    ],
)  # fmt: skip
def test_events_and_who_came(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Công đoàn vận động 3,1 tỷ đồng cho quỹ Mái ấm công đoàn.", "charity_amount"),
        ("Tổng kinh phí chăm lo Tết cho đoàn viên là 61 tỷ đồng.", "charity_amount"),
        ("Công đoàn trao 2.050 suất quà, tổng cộng 1,68 tỷ đồng.", "gifts charity_amount"),
        ("Đoàn viên ủng hộ đồng bào bị lũ lụt 782 triệu đồng.", "charity_amount"),
        ("Các đơn vị quyên góp được 250 triệu đồng giúp người nghèo.", "charity_amount"),
        ("Quỹ cho 131 đoàn viên vay 612 triệu đồng.", "- -"),
        ("Công nhân được tăng lương lên 6 triệu đồng.", "-"),
        ("Gia đình chị được hỗ trợ 50 triệu đồng xây nhà.", "-"),
        ("Căn hộ có giá bán 15 triệu đồng mỗi mét vuông.", "-"),
        ("Công đoàn đòi được 4,7 tỷ đồng nợ bảo hiểm xã hội.", "-"),
        ("Công đoàn trao 22 Mái ấm công đoàn với tổng số tiền 1,1 tỷ đồng.", "charity_houses house_support_amount"),
    ],
)  # fmt: skip
def test_money_given_is_no_price_and_no_loan(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Có 9.734 sáng kiến được áp dụng, làm lợi 386 tỷ đồng; 61 người được tặng Bằng Lao động sáng tạo.", "initiatives initiative_savings creative_labour_badges"),
        ("Tổng LĐLĐ Việt Nam tặng 61 bằng Lao động sáng tạo; riêng năm 2016 là 19 bằng.", "creative_labour_badges creative_labour_badges"),
        ("Phong trào có 5.900 đề tài, giải pháp được ứng dụng, tiết kiệm 17 tỷ đồng.", "initiatives initiative_savings"),
        ("Anh là tác giả của 6 sáng kiến.", "-"),
    ],
)  # fmt: skip
def test_initiatives(text, expected):
    check(text, expected)


ARTICLE = """Cao Lộc có 512 đoàn viên công đoàn vào Đảng

Sáu tháng đầu năm 2021, công đoàn giới thiệu 934 đoàn viên ưu tú cho cấp ủy, 512 người được kết nạp.

LĐLĐ huyện Cao Lộc giới thiệu 58, kết nạp 31. Công đoàn ngành Y tế giới thiệu 44 đoàn viên, kết nạp 20 đoàn viên.

Năm 2022, mỗi công đoàn cơ sở phải giới thiệu 2 đoàn viên."""
RECRUITED = """Phát triển đoàn viên ở Đông Hà

Năm 2023, tỉnh kết nạp được 3.412 đoàn viên công đoàn, thành lập 21 CĐCS. Đông Hà kết nạp 820 đoàn viên; Hải Lăng 640."""


def test_to_admit_means_what_the_article_means():
    """ "Kết nạp 20 đoàn viên" is an admission to the Party in one article and to the union in another."""
    check(
        ARTICLE, "party_admitted party_referred party_admitted" + 2 * " party_referred party_admitted" + " party_target"
    )
    check(RECRUITED, "new_union_members new_grassroots_unions new_union_members new_union_members")


@given(st.integers(2, 9999), st.integers(2, 9999))
def test_the_numbers_do_not_change_what_is_counted(first, second):
    text = f"Công đoàn giới thiệu cho Đảng {first} đoàn viên ưu tú, {second} người được kết nạp, tăng {first} người."
    check(text, "party_referred party_admitted -")


@given(st.sampled_from(["phấn đấu", "dự kiến", "sẽ", "đặt mục tiêu", "đề ra chỉ tiêu"]), st.integers(2, 9999))
def test_an_aim_reaches_every_number_of_its_sentence(aim, number):
    check(
        f"Năm sau, tỉnh {aim} kết nạp {number} đảng viên; giới thiệu {number} quần chúng ưu tú.",
        "party_target party_target",
    )


@given(st.text(alphabet="aăâbcđ ,;.:()/0123456789kếtnạpđảngviênmỗităng\n", max_size=80))
def test_any_text_is_coded_with_known_indicators(text):
    assert set(coded(text)) <= {"-", *load_codebook().indicators}


def test_every_indicator_can_be_named():
    assert worded() == set(load_codebook().indicators)


def test_no_guard_makes_a_part_or_a_target_of_another_unit():
    known = load_codebook().indicators
    for (guard, slug), turned in becomes().items():
        assert guard == "target" and known[turned].kind == "target", (slug, turned)
        assert known[slug].unit in known[turned].units, (slug, turned)


def test_what_a_rule_follows_is_something_that_rules_name():
    assert {slug for rule in rules() for slug in rule.after} <= worded()
    assert all(rule.despite for rule in rules() if rule.indicator.endswith(("_decrease", "_net_increase")))


def test_the_same_cue_is_not_both_a_difference_and_a_level():
    cues: dict[str, set[str]] = {}
    for cue, phrase in read_cues():
        cues.setdefault(phrase, set()).add(cue)
    assert not any({"difference", "level"} <= names or {"aim", "done"} <= names for names in cues.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đảng bộ Khối Doanh nghiệp tỉnh kết nạp 180 đảng viên.", "party_admitted"),
        ("Hội Nông dân huyện giới thiệu 120 hội viên ưu tú cho Đảng, đã kết nạp 54 hội viên.", "party_referred party_admitted"),
        ("Công đoàn mở 1.250 buổi tuyên truyền, phổ biến pháp luật cho 95.300 lượt CNVCLĐ.", "legal_sessions legal_participants"),
        ("Có 320 doanh nghiệp tổ chức đối thoại với 21.000 lượt người lao động tham gia.", "- dialogue_participations"),
        ("Lãnh đạo tỉnh tổ chức 3 hội nghị đối thoại với 650 người tham dự; cấp huyện tổ chức 22 hội nghị với 2.900 người.", "dialogues dialogue_participations dialogues dialogue_participations"),
        ("Công đoàn mở 3 cuộc thi tìm hiểu pháp luật thu hút 2.100 người dự thi.", "- -"),
        ("Chỉ tiêu giao năm 2022 là 1.500 đảng viên mới; 6 tháng đầu năm kết nạp 780 đảng viên.", "party_target party_admitted"),
        ("Theo kế hoạch, năm 2023 tỉnh kết nạp 1.800 đảng viên; 9 tháng đã kết nạp 1.420 đảng viên.", "party_target party_admitted"),
        ("Nhiệm kỳ tới đề ra các chỉ tiêu: phát triển mới 15.000 đoàn viên, giới thiệu 3.000 đoàn viên ưu tú cho Đảng.", "new_union_members_target party_target"),
        ("Số đoàn viên công đoàn toàn tỉnh tăng từ 52.000 lên 61.500 người.", "union_members union_members"),
        ("Số CĐCS: 1.289; đoàn viên: 44.927; CNVCLĐ: 52.089 người.", "grassroots_unions union_members workers_total"),
        ("Cả tỉnh phát triển mới 9.120 đoàn viên công đoàn và 62 công đoàn cơ sở.", "new_union_members new_grassroots_unions"),
        ("Có 12.450 sáng kiến được áp dụng. Anh Trần Văn An có 5 sáng kiến.", "initiatives -"),
        ("Ông Trần Văn An cho biết, toàn tỉnh có 12.450 sáng kiến được áp dụng.", "initiatives"),
        ("Quà Tết gồm tiền mặt và hiện vật trị giá 200.000 đồng.", "-"),
    ],
)  # fmt: skip
def test_general_wordings(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Công đoàn tỉnh dựng được 14 CĐCS, thu nạp 1.820 đoàn viên.", "new_grassroots_unions new_union_members"),
        ("Năm qua, LĐLĐ thành phố cho ra đời 9 công đoàn cơ sở với 640 đoàn viên.", "new_grassroots_unions new_union_members"),
        ("Có thêm 12 CĐCS ra đời, đón 900 đoàn viên.", "new_grassroots_unions new_union_members"),
        ("Tính chung 11 tháng, kết quả phát triển mới là 21.400 đoàn viên và 176 CĐCS.", "new_union_members new_grassroots_unions"),
        ("Trong 9 tháng, 1.560 người gia nhập tổ chức công đoàn.", "new_union_members"),
        ("Sau 5 năm, số đoàn viên công đoàn thực tăng 8.200 người.", "union_members_net_increase"),
        ("Hụt nhiều nhất là Công đoàn ngành Giao thông (1.446 đoàn viên).", "union_members_decrease"),
        ("Địa phương có nhiều đoàn viên mới: Đức Hòa 8.905 người, Bến Lức 5.120, Cần Giuộc 2.744.", "new_union_members new_union_members new_union_members"),
    ],
)  # fmt: skip
def test_founding_and_joining_in_other_words(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Toàn tỉnh có 1.142 CĐCS với 98.650 đoàn viên; khu vực ngoài nhà nước có 317 CĐCS, 61.200 đoàn viên.", "grassroots_unions union_members - -"),
        ("Toàn tỉnh có 1.142 CĐCS với 98.650 đoàn viên, trong đó doanh nghiệp FDI có 45 CĐCS với 20.100 đoàn viên.", "grassroots_unions union_members - -"),
        ("Thành lập 68 CĐCS, trong đó khu vực tư nhân 61 CĐCS với 9.870 đoàn viên.", "new_grassroots_unions new_grassroots_unions_enterprises -"),
        ("Kết nạp 333 đảng viên; xét theo tuổi, 213 đảng viên mới ở độ tuổi 18 - 30.", "party_admitted - -"),
        ("Huyện kết nạp 120 đảng viên. Chỉ tính đợt mừng sinh nhật Bác đã có 25 đảng viên mới.", "party_admitted -"),
        ("Công đoàn mở 12 buổi tuyên truyền pháp luật cho 900 lượt người; hội nghị ngày 15/11 có 250 công nhân dự.", "legal_sessions legal_participants -"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_part_is_the_parts(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xã Bình Minh kết nạp 9 đảng viên, đạt 90% chỉ tiêu huyện giao (10 đảng viên).", "party_admitted party_admitted_plan_rate party_target"),
        ("Đảng bộ kết nạp 97 đảng viên, bằng 53,9% kế hoạch năm (180 người).", "party_admitted party_admitted_plan_rate party_target"),
        ("Mỗi chi bộ trực thuộc được giao kết nạp ít nhất 1 đảng viên.", "party_target"),
        ("Mỗi công đoàn cơ sở giới thiệu từ 2 đoàn viên ưu tú trở lên.", "party_target"),
        ("Công đoàn công ty đăng ký từ 300 sáng kiến trở lên, làm lợi không dưới 15 tỷ đồng.", "initiatives_target initiative_savings_target"),
        ("Kế hoạch số 47 đặt mục tiêu cả năm kết nạp 500 đoàn viên, có ít nhất 35 đoàn viên được kết nạp Đảng.", "- party_target"),
        ("Chỉ tiêu nhiệm kỳ 2023 - 2028\n1. Kết nạp mới 20.000 đoàn viên.\n2. Giới thiệu cho Đảng 1.500 đoàn viên ưu tú.", "new_union_members_target party_target"),
        ("Phấn đấu đạt các chỉ tiêu sau:\n- Thành lập 20 CĐCS.\n- Có 500 sáng kiến.", "new_grassroots_unions_target initiatives_target"),
        ("Kết quả thực hiện các chỉ tiêu năm 2022\n- Kết nạp mới 20.000 đoàn viên công đoàn.\n- Giới thiệu cho Đảng 1.500 đoàn viên ưu tú.", "new_union_members party_referred"),
        ("II. MỤC TIÊU NĂM TỚI\n- Thành lập 20 CĐCS.\nIII. KẾT QUẢ NĂM QUA\n- Thành lập 18 CĐCS.", "new_grassroots_unions_target new_grassroots_unions"),
        ("Công đoàn mở 40 buổi tuyên truyền chủ trương, chính sách với 8.400 lượt người dự.", "propaganda_sessions propaganda_participations"),
        ("Chào mừng, hướng tới Đại hội, công đoàn tặng 500 suất quà, trị giá 250 triệu đồng.", "gifts charity_amount"),
    ],
)  # fmt: skip
def test_goals_in_brackets_pledges_and_lists(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chi bộ Trường THPT Nguyễn Du đón 6 đảng viên là học sinh lớp 12.", "party_admitted"),
        ("Chi bộ nhà máy đón thêm 3 đảng viên.", "party_admitted"),
        ("Lễ kết nạp diễn ra sáng 3/2; Đảng bộ đón 25 đảng viên mới.", "party_admitted"),
        ("Từ nguồn công đoàn giới thiệu, Đảng đã kết nạp 118 công nhân.", "party_admitted"),
        ("Từ 320 quần chúng được công đoàn giới thiệu, các chi bộ đã kết nạp 118 người.", "party_referred party_admitted"),
        ("Nhiều nhất là Lệ Thủy (kết nạp 120 đảng viên), kế đó là Bố Trạch (98) và Quảng Trạch (trên 70).", "party_admitted party_admitted party_admitted"),
        ("Đông nhất là Đảng bộ Khối các cơ quan tỉnh với 58 đảng viên mới; theo sau là Đông Hà 42.", "party_admitted party_admitted"),
        ("Năm 2021 và 2022, huyện kết nạp lần lượt 41 và 52 đảng viên.", "party_admitted party_admitted"),
        ("Bệnh viện có 167 đảng viên trên tổng số 402 cán bộ, viên chức.", "party_members -"),
    ],
)  # fmt: skip
def test_admission_in_other_words(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Các cấp công đoàn dành 12 tỷ đồng lo Tết cho công nhân.", "charity_amount"),
        ("Công đoàn trích 29 tỷ đồng từ tài chính công đoàn tặng quà Tết đoàn viên khó khăn.", "charity_amount"),
        ("Mức thưởng Tết cao nhất là 310 triệu đồng.", "-"),
        ("Quỹ \"Vì người nghèo\" các cấp thu 4,2 tỷ đồng.", "charity_amount"),
        ("Trong năm, quỹ \"Vì người nghèo\" của huyện tiếp nhận 1,3 tỷ đồng; đã chi 800 triệu đồng làm mới 16 căn nhà.", "charity_amount house_support_amount -"),
        ("Từ đầu năm, Ban vận động quỹ vì người nghèo huy động được 2,5 tỷ đồng.", "charity_amount"),
        ("Nhân dân đóng góp 1,2 tỷ đồng làm đường bê tông.", "-"),
        ("Thôn Đông góp sức làm đường\nNhân dân đóng góp 850 triệu đồng.", "-"),
        ("Đoàn viên đóng góp 320 triệu đồng vào quỹ Mái ấm công đoàn.", "charity_amount"),
        ("Công nhân toàn tỉnh đóng góp 1,1 tỷ đồng ủng hộ đồng bào miền Trung bị lũ lụt.", "charity_amount"),
        ("Hội Nông dân cho vay vốn ưu đãi\nSố tiền 600 triệu đồng do Trung ương hỗ trợ, chia đều cho 12 hộ.", "- -"),
        ("Công đoàn đã giúp 1.215 đoàn viên mắc Covid-19, số tiền 1,2 tỷ đồng.", "- charity_amount"),
        ("Hợp tác xã vượt khó\nNăm ngoái, hộ nghèo còn nhiều. Hợp tác xã thu 5 tỷ đồng.", "-"),
    ],
)  # fmt: skip
def test_sums_for_those_in_need(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phong trào có 12.000 sáng kiến, nhờ đó các đơn vị lợi hơn 90 tỷ đồng.", "initiatives initiative_savings"),
        ("Các sáng kiến đem lại 45 tỷ đồng cho doanh nghiệp.", "initiative_savings"),
        ("Có 31.000 lượt lao động góp sáng kiến.", "-"),
        ("Ba năm 2020, 2021 và 2022, toàn ngành lần lượt có 312, 365 và 428 sáng kiến.", "initiatives initiatives initiatives"),
        ("Công ty Than Hà Lầm là đơn vị có phong trào sáng kiến mạnh trong vùng mỏ nhiều năm qua.\nCông ty có 388 sáng kiến, làm lợi 12 tỷ đồng.", "initiatives initiative_savings"),
        ("LĐLĐ tỉnh tổng kết phong trào lao động giỏi, lao động sáng tạo tại thành phố.\nCông ty Than Hà Lầm có 388 sáng kiến.", "-"),
        ("Anh An, chủ nhân của nhiều sáng kiến ở Công ty Than\nAnh là tác giả của 6 sáng kiến.", "-"),
        ("Trong năm có 350 cán bộ công đoàn được tập huấn nghiệp vụ.", "union_officials_trained"),
        ("Công đoàn tập huấn cho 120 cán bộ CĐCS.", "union_officials_trained"),
        ("Có 3.400 lượt công nhân được đào tạo nâng cao tay nghề.", "training_participations"),
    ],
)  # fmt: skip
def test_whose_initiatives_and_training(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Công đoàn vận động được 3,4 tỷ đồng, hỗ trợ 120 đoàn viên khó khăn.", "charity_amount members_supported"),
        ("Chi bộ đón 40 đảng viên về sinh hoạt.", "-"),
        ('Chương trình "1 triệu sáng kiến" nhận 12.400 sáng kiến của công nhân tỉnh.', "- initiatives"),
        ("Chương trình nhận 12.400 sáng kiến của công nhân tỉnh.", "initiatives"),
        ("Doanh nghiệp đầu tư 200 tỷ đồng xây dựng nhà ở công nhân.", "-"),
        ("Toàn tỉnh thành lập được 57 CĐCS, nâng tổng số lên 1.985 CĐCS.", "new_grassroots_unions grassroots_unions"),
    ],
)  # fmt: skip
def test_names_and_moves_are_no_counts(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("87 hội viên do Hội giới thiệu đã vào Đảng.", "party_admitted"),
        ("Công đoàn giới thiệu 87 đoàn viên để xem xét kết nạp vào Đảng.", "party_referred"),
        ("320 quần chúng ưu tú được công đoàn giới thiệu cho cấp ủy xem xét kết nạp.", "party_referred"),
        ("Công đoàn các cấp tiến cử 320 đoàn viên ưu tú với tổ chức Đảng.", "party_referred"),
        ("Hàng ngũ của Đảng có thêm 35 công nhân.", "party_admitted"),
        ("Có 198 người được kết nạp Đảng, riêng năm 2022 là 45 người.", "party_admitted party_admitted"),
        ("Huyện kết nạp 140 đảng viên, trong đó nhiều nhất là Đức Trọng 31 và Di Linh 27 người.", "party_admitted party_admitted party_admitted"),
        ("Từ đầu nhiệm kỳ tới nay, huyện kết nạp 640 đảng viên.", "party_admitted"),
        ("Nhiệm kỳ tới, huyện kết nạp 640 đảng viên.", "party_target"),
        ("Đảng bộ hướng tới kết nạp 150 đảng viên trong năm.", "party_target"),
        ("Huyện đã bồi dưỡng nhận thức về Đảng cho 210 quần chúng.", "party_class_learners"),
        ("Tỉnh phát triển mới 14 tổ chức đảng trong khu vực tư nhân.", "party_cells_founded"),
        ("Xây dựng 45 chi bộ trong sạch vững mạnh.", "-"),
        ("Có 45 chi bộ ra mắt mô hình dân vận khéo.", "-"),
    ],
)  # fmt: skip
def test_whoever_referred_them(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Công đoàn các KCN ra mắt 8 CĐCS, tập hợp được 900 đoàn viên.", "new_grassroots_unions new_union_members"),
        ("Công đoàn các KCN Phú Thọ lập thêm tổ chức\nNăm nay, các khu công nghiệp đã thành lập 18 CĐCS.", "new_grassroots_unions"),
        ("Tỉnh lập thêm tổ chức công đoàn\nNăm nay, các KCN đã thành lập 18 CĐCS.", "-"),
        ("Toàn tỉnh có 780 CĐCS. Đông nhất là CĐCS Công ty May Sông Hồng với 900 đoàn viên.", "grassroots_unions -"),
        ("Toàn tỉnh có 98.000 đoàn viên đang sinh hoạt tại 1.120 công đoàn cơ sở.", "union_members grassroots_unions"),
        ("Toàn tỉnh có 125.000 CNVCLĐ, 98.000 đoàn viên.", "workers_total union_members"),
        ("Lực lượng CNVCLĐ của tỉnh là 125.000 người.", "workers_total"),
        ("Số lao động mất việc là 3.000 người.", "-"),
        ("Số lao động được giải quyết việc làm là 3.000 người.", "-"),
        ("Số lao động ở các đơn vị đã thành lập công đoàn là 98.000 người.", "workers_in_unionised_units"),
    ],
)  # fmt: skip
def test_other_names_of_a_population(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("180 đoàn viên có mặt tại buổi đối thoại với lãnh đạo huyện.", "dialogue_participations"),
        ("Hội nghị đối thoại thu hút 300 công nhân.", "dialogue_participations"),
        ("Tại buổi đối thoại có 95 ý kiến; việc làm chiếm 38 ý kiến.", "dialogue_opinions -"),
        ("LĐLĐ tỉnh mở 5 lớp tập huấn nghiệp vụ cho 260 cán bộ CĐCS.", "training_classes union_officials_trained"),
        ("Mở 5 lớp đào tạo nghề, có 260 công nhân tham gia.", "training_classes training_participations"),
        ("75% công nhân được bồi dưỡng nâng cao tay nghề.", "training_rate"),
        ("340 tin bài được phát trên đài truyền thanh huyện.", "media_items"),
        ("45 công nhân được trao tặng bằng \"Lao động sáng tạo\".", "creative_labour_badges"),
        ("Toàn ngành có 300 đề tài nghiên cứu khoa học, 2.100 sáng kiến.", "- initiatives"),
        ("Nhờ sáng kiến, doanh nghiệp tiết giảm 210 tỷ đồng chi phí.", "initiative_savings"),
        ("Toàn ngành có 2.100 sáng kiến, trị giá 210 tỷ đồng.", "initiatives initiative_savings"),
        ("Máy bơm có giá trị 45 tỷ đồng, áp dụng giải pháp mới.", "-"),
        ("Công đoàn thăm hỏi, tặng quà 5.000 đoàn viên khó khăn, hết 4,5 tỷ đồng.", "members_supported charity_amount"),
        ("Xã xây nhà văn hóa hết 4,5 tỷ đồng.", "-"),
    ],
)  # fmt: skip
def test_events_sums_and_classes_in_other_words(text, expected):
    check(text, expected)
