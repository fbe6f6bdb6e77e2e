"""Whether the place that a sentence opens with as a venue is the place of what is said to happen there.

What a school, a cell, a company or a commune does at a venue is of that place, and what is handed out there is received
there. A provincial body that meets somewhere speaks of its province.
"""

import re

from analysis.extract.mentions import SCOPE, Mention

_EDGE = r"(?<![^\W_])"
_END = r"(?![^\W_])"
_LONGEST = 160  # Characters of a sentence that may tell who did what behind its venue, and of those before it.
# "(KL) - Sáng 6-7, tại huyện Bảo Yên", "Cùng ngày ở xã Kim Sơn (huyện Bảo Yên)": a time, and a commune of the district.
_VENUE = re.compile(
    r"[\s\"*+•-]*(?:\([^()\n]{1,20}\)\s*-\s*)?(?:[^.;:()]{0,70}[\s,])?(?:tại|ở)\s+"
    r"(?:(?:xã|phường|thị trấn)\s+[^.;:,()]{2,30}[,(]\s*)?"
)
_THEN = re.compile(r"\)?\s*,\s*")
_SENTENCE = re.compile(r"[^.;!?\n]*")
_LOCAL = re.compile(
    rf"(?:chi bộ|chi đoàn|trường|công ty|cđcs|công đoàn cơ sở|công đoàn (?:trường|công ty)|htx|hợp tác xã|nhà máy|xí nghiệp|bệnh viện"
    rf"|(?:(?:đảng ủy|đảng bộ|ubnd|ủy ban nhân dân|hội [^\W\d_]+(?: [^\W\d_]+)?|công đoàn|mttq|mặt trận)\s+)?(?:xã|phường|thị trấn)){_END}"
)
_PROVINCIAL = re.compile(rf"[^,.;:0-9]{{0,60}}{_EDGE}(?:tỉnh|trung ương|việt nam){_END}")
_MEETING = re.compile(
    rf"{_EDGE}(?:họp|hội nghị|hội thảo|hội thi|đối thoại|tổng kết|sơ kết|đại hội|tập huấn|tuyên dương|gặp mặt|gặp gỡ|khai mạc){_END}"
)
# "phát" gives out; it also begins words for starting, growing, speaking and more. Awards go to the best of all places.
_HANDS_OUT = re.compile(
    rf"{_EDGE}(?:trao(?! đổi)|tặng|giải ngân|bàn giao|cấp phát|phát(?! (?:động|triển|biểu|huy|hiện|sinh|thanh|hành|ngôn|minh|thưởng))){_END}"
    r"(?!(?: [^\W\d_]+){0,2} (?:\d+ )?(?:bằng khen|giấy khen|huy hiệu|quyết định|kỷ niệm chương|giải|cúp|cờ|danh hiệu|giấy chứng nhận|thẻ))"
)
_EVERYWHERE = re.compile(
    rf"{_EDGE}(?:toàn tỉnh|trong tỉnh|trên địa bàn tỉnh|(?:các|[0-9]+) (?:huyện|địa phương)){_END}"
)
_ANAPHOR = re.compile(
    rf"{_EDGE}(?:nơi đây|tại đây|nơi này|(?:trường|chi bộ|xã|công ty|đơn vị)(?= (?:này|đã|cũng|còn|có|tiếp tục|kết nạp|đón))){_END}"
)
_MET = re.compile(
    rf"{_EDGE}(?:gặp gỡ|gặp mặt|đối thoại|tiếp xúc|làm việc)(?:,? [^\W\d_]+){{0,2}} (?:với|cùng) (?:gần |hơn )?$"
)


def is_venue(lower: str, start: int, mention: Mention) -> bool:
    """Whether a sentence from `start` names a district as where it happened: "Sáng 6-7, tại huyện Bảo Yên, …"."""
    opening = lower[start : mention.head]
    return (
        mention.level == "district"
        and mention.role == SCOPE
        and len(opening) <= _LONGEST
        and _VENUE.fullmatch(opening) is not None
        and _THEN.match(lower, mention.end) is not None
    )


def is_local(lower: str, mention: Mention) -> bool:
    """Whether who acts behind a venue belongs there: "…, Chi bộ Trường Tiểu học Kim Sơn đón 4 đảng viên"."""
    told = _told(lower, mention)
    return bool(_LOCAL.match(told)) and not _PROVINCIAL.match(told)


def is_received(lower: str, mention: Mention) -> bool:
    """Whether what is told behind a venue was handed out there: "…, LĐLĐ tỉnh trao 20 suất quà"."""
    told = _told(lower, mention)
    given = _HANDS_OUT.search(told)
    return bool(given) and not _MEETING.search(told, 0, given.start()) and not _EVERYWHERE.search(told)


def is_meeting(lower: str, mention: Mention) -> bool:
    """Whether a provincial body meets at a venue: "Tại huyện Bảo Yên, LĐLĐ tỉnh tổ chức đối thoại với 300 công nhân"."""
    told = _told(lower, mention)
    actor = _PROVINCIAL.match(told)
    return bool(actor) and _MEETING.search(told, actor.end()) is not None and not is_received(lower, mention)


def _told(lower: str, mention: Mention) -> str:
    """The sentence behind a venue."""
    then = _THEN.match(lower, mention.end)
    return _SENTENCE.match(lower, then.end(), then.end() + _LONGEST).group() if then else ""


def is_met_with(lower: str, start: int, at: int, before: list[Mention]) -> bool:
    """Whether a number at `at` counts those whom a provincial body met: "UBND tỉnh đối thoại với 300 công nhân ở …".

    `start`: of its sentence; `before`: the places that it names up to the place behind the number.
    """
    return _MET.search(lower, max(start, at - 60), at) is not None and any(m.level == "province" for m in before)


def refers_back(lower: str, start: int, end: int) -> bool:
    """Whether a sentence goes on about a place named before: "nơi đây", "trường cũng kết nạp"."""
    return _ANAPHOR.search(lower, start, min(end, start + _LONGEST)) is not None
