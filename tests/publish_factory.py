"""A small set of facts to draw, with the shapes that charts must cope with: open windows, bounds, bodies, districts."""

import pandas as pd

from analysis.reconcile.facts import Facts

INF = float("inf")
ARTICLES = [
    # id, publisher, title, published
    ("a23", "Báo Lào Cai", "Mười năm công đoàn tham gia xây dựng Đảng", "2023-08"),
    ("a20", "Trang tin Đảng ủy Khối", "Kết quả phối hợp 2017-2020", "2021"),
    ("a19", "Liên đoàn Lao động tỉnh Lào Cai", "Sáu năm thực hiện nghị quyết", "2019"),
    ("a21", "Công đoàn Bảo Yên", "Nửa nhiệm kỳ phát triển đảng viên", "2021-05"),
]
# indicator, place, body, start, end, as_of, value, lo, hi, unit, kind, article
OBSERVATIONS = [
    ("party_referred", "Lào Cai", None, "2013-01-01", None, "2023-08", 19320, None, None, "person", "flow", "a23"),
    ("party_admitted", "Lào Cai", None, "2013-01-01", None, "2023-08", 13126, None, None, "person", "flow", "a23"),
    ("party_referred", "Lào Cai", None, "2013-01-01", None, "2019", 12512, None, None, "person", "flow", "a19"),
    ("party_admitted", "Lào Cai", None, "2013-01-01", None, "2019", 8108, None, None, "person", "flow", "a19"),
    ("party_referred", "Lào Cai", None, "2017-01-01", "2020-12-31", None, 7675, None, None, "person", "flow", "a20"),
    ("party_admitted", "Lào Cai", None, "2017-01-01", "2020-12-31", None, 4884, None, None, "person", "flow", "a20"),
    ("party_admitted", "Lào Cai", "Đảng ủy Khối", "2017-01-01", "2020-12-31", None, 202, None, None, "person", "flow", "a20"),
    ("party_referred", "Bảo Yên", None, "2017-01-01", None, "2021-05", 466, None, None, "person", "flow", "a21"),
    ("party_admitted", "Bảo Yên", None, "2017-01-01", None, "2021-05", 422, None, None, "person", "flow", "a21"),
    ("party_target", "Bảo Yên", None, "2017-01-01", "2022-12-31", None, 400, 400, INF, "person", "target", "a21"),
    ("workers_total", "Lào Cai", None, None, None, "2023-08", 70000, 70000, INF, "person", "stock", "a23"),
    ("workers_in_unionised_units", "Lào Cai", None, None, None, "2023-08", 45580, None, None, "person", "stock", "a23"),
    ("workers_in_unionised_units", "Lào Cai", None, None, None, "2019", 52089, None, None, "person", "stock", "a19"),
    ("women_workers", "Lào Cai", None, None, None, "2019", 24639, None, None, "person", "stock", "a19"),
    ("workers_public_sector", "Lào Cai", None, None, None, "2019", 34183, None, None, "person", "stock", "a19"),
    ("workers_business_sector", "Lào Cai", None, None, None, "2019", 17906, None, None, "person", "stock", "a19"),
    ("union_members", "Lào Cai", None, None, None, "2019", 44927, None, None, "person", "stock", "a19"),
    ("grassroots_unions", "Lào Cai", None, None, None, "2019", 1289, None, None, "organisation", "stock", "a19"),
    ("contest_photo_winners", "Lào Cai", None, "2019-05-30", "2019-07-10", None, 15, None, None, "entry", "flow", "a19"),
    ("contest_prizes_special", "Lào Cai", None, "2019-05-30", "2019-07-10", None, 1, None, None, "award", "flow", "a19"),
    ("contest_prizes_a", "Lào Cai", None, "2019-05-30", "2019-07-10", None, 2, None, None, "award", "flow", "a19"),
    ("contest_prizes_b", "Lào Cai", None, "2019-05-30", "2019-07-10", None, 2, None, None, "award", "flow", "a19"),
    ("contest_prizes_c", "Lào Cai", None, "2019-05-30", "2019-07-10", None, 5, None, None, "award", "flow", "a19"),
    ("contest_prizes_consolation", "Lào Cai", None, "2019-05-30", "2019-07-10", None, 5, None, None, "award", "flow", "a19"),
    ("dialogues", "Lào Cai", None, "2013-01-01", None, "2023-08", 83, None, None, "meeting", "flow", "a23"),
    ("dialogues", "Lào Cai", None, "2016-01-01", "2019-12-31", None, 19, None, None, "meeting", "flow", "a19"),
    ("dialogue_participations", "Lào Cai", None, "2013-01-01", None, "2023-08", 9184, None, None, "participation", "flow", "a23"),
    ("dialogue_opinions", "Lào Cai", None, "2013-01-01", None, "2023-08", 1353, None, None, "opinion", "flow", "a23"),
    ("dialogue_opinions", "Lào Cai", None, "2016-01-01", "2019-12-31", None, 342, None, None, "opinion", "flow", "a19"),
    ("propaganda_sessions", "Lào Cai", None, "2013-01-01", None, "2023-08", 20990, 20990, INF, "session", "flow", "a23"),
    ("propaganda_participations", "Lào Cai", None, "2013-01-01", None, "2023-08", 600700, 600700, INF, "participation", "flow", "a23"),
    ("initiatives", "Lào Cai", None, "2017-01-01", "2020-12-31", None, 5934, None, None, "initiative", "flow", "a20"),
    ("initiative_savings", "Lào Cai", None, "2017-01-01", "2020-12-31", None, 17e9, 17e9, INF, "VND", "flow", "a20"),
    ("initiative_savings", "Lào Cai", None, None, None, "2019", 55294000000, 55294000000, INF, "VND", "flow", "a19"),
    ("training_participations", "Lào Cai", None, "2013-01-01", "2018-12-31", None, 80676, None, None, "participation", "flow", "a19"),
]  # fmt: skip
# measure, row of numerator, row of denominator, value, lo, hi
MEASURES = [
    ("conversion", 1, 0, 67.94, None, None),
    ("conversion", 3, 2, 64.80, None, None),
    ("conversion", 5, 4, 63.64, None, None),
    ("conversion", 8, 7, 90.56, None, None),
    ("target_attainment", 8, 9, 105.5, 0.0, 105.5),
    ("women_share", 13, 12, 47.30, None, None),
    ("union_density", 16, 12, 86.25, None, None),
    ("unionised_coverage", 11, 10, 65.11, 0.0, 65.11),
    ("members_per_grassroots_union", 16, 17, 34.85, None, None),
    ("attendances_per_dialogue", 26, 24, 110.65, None, None),
    ("opinions_per_dialogue", 27, 24, 16.30, None, None),
    ("opinions_per_dialogue", 28, 25, 18.0, None, None),
    ("propaganda_attendances_per_session", 30, 29, 28.62, 0.0, INF),
    ("savings_per_initiative", 32, 31, 17e9 / 5934, 17e9 / 5934, INF),
]


def make_facts(observations=OBSERVATIONS, measures=MEASURES, articles=ARTICLES) -> Facts:
    """Facts with one figure per observation."""
    observed = pd.DataFrame([_observation(index, row) for index, row in enumerate(observations)])
    for name in ("period_start", "period_end"):
        observed[name] = pd.to_datetime(observed[name])
    computed = pd.DataFrame([_measure(index, row, observed) for index, row in enumerate(measures)])
    figures = pd.DataFrame([_figure(index, row) for index, row in enumerate(observations)])
    for name in ("period_start", "period_end"):
        figures[name] = pd.to_datetime(figures[name])
    return Facts(
        numerals=figures[["id", "article", "start", "end", "text", "class", "reason", "quote"]],
        figures=figures,
        observations=observed,
        measures=computed,
        findings=pd.DataFrame(FINDINGS),
        articles=pd.DataFrame([_article(row) for row in articles]),
    )


FINDINGS = [
    {"check": "parts", "severity": "note", "indicator": "workers_in_unionised_units", "place": "Lào Cai", "message": "34,183 + 17,906 = 52,089",
     "message_vi": "34.183 + 17.906 = 52.089", "figures": None, "article": None},
]  # fmt: skip


def _observation(index: int, row: tuple) -> dict:
    indicator, place, body, start, end, as_of, value, lo, hi, unit, kind, _ = row
    return {
        "id": f"o{index:010x}", "indicator": indicator, "place": place, "body": body, "period_start": start, "period_end": end,
        "as_of": as_of, "window_kind": _window_kind(start, end, kind), "value": float(value), "lo": float(value if lo is None else lo), "hi": float(value if hi is None else hi),
        "unit": unit, "kind": kind, "n_articles": 1, "n_releases": 1, "figures": f"f{index:08x}", "status": "reported",
    }  # fmt: skip


def _window_kind(start: str | None, end: str | None, kind: str) -> str:
    if start:
        return "closed" if end else "open"
    return "unstated" if kind == "flow" else "asof"


def _measure(index: int, row: tuple, observed: pd.DataFrame) -> dict:
    measure, numerator, denominator, value, lo, hi = row
    above = observed.iloc[numerator]
    return {
        "id": f"m{index:010x}", "measure": measure, "place": above["place"], "body": above["body"], "period_start": above["period_start"],
        "period_end": above["period_end"], "as_of": above["as_of"], "window_kind": above["window_kind"], "value": value, "lo": value if lo is None else lo,
        "hi": value if hi is None else hi, "numerator": above["id"], "denominator": observed.iloc[denominator]["id"],
        "status": "derived", "note": "", "note_vi": "",
    }  # fmt: skip


def _figure(index: int, row: tuple) -> dict:
    indicator, place, body, start, end, _, value, lo, hi, unit, kind, article = row
    text = f"{value:,.0f}".replace(",", ".")
    return {
        "id": f"f{index:08x}", "article": article, "start": 100 * index, "end": 100 * index + len(text), "text": text, "class": "figure",
        "reason": "quantity", "value": float(value), "value_high": None, "qualifier": "at_least" if hi == INF else "exact", "unit": unit,
        "unit_text": unit, "indicator": indicator, "place": place, "body": body, "period_start": start, "period_end": end,
        "period_text": "đến nay", "quote": f"… {text} …", "kind": kind, "lo": float(value if lo is None else lo),
        "hi": float(value if hi is None else hi), "release": article, "status": "extracted", "decision": None,
        "confidence": 0.877 if place else 0.5, "doubts": None if indicator == "party_admitted" else "default_place", "part_of": None,
    }  # fmt: skip


def _article(row: tuple) -> dict:
    name, publisher, title, published = row
    return {
        "id": name, "publisher": publisher, "title": title, "published": published, "kind": "digest", "file": f"articles/{name}.txt",
        "sha256": name.ljust(64, "0"), "release": name, "n_numerals": 10, "n_figures": 5,
    }  # fmt: skip
