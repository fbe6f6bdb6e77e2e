"""Programs that an analyst could pick instead: each reads one line and gives the quantities that it found.

All stand in the dependency group `peers`; the product imports none of them. What a program calls a time, a duration or an
ordinal is left out, since those are no figures. One that is not installed has no reader and says why.
"""

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import accumulate, chain

from analysis.ingest.articles import Article
from bench.scoring import Found

Reader = Callable[[str], list[Found]]
NOON = 1_609_477_200  # 2021-01-01 12:00 in Viet Nam: the day that Duckling counts "today" from; no figure depends on it
QUANTITIES = ("number", "amount-of-money", "quantity", "distance", "volume", "temperature")
TIMES = ("time", "duration", "ordinal")


@dataclass(frozen=True)
class Peer:
    """A program: its name in the table, the package that it comes in, and what makes its reader.

    `copies`: how often a slow one reads the articles in each round of the speed comparison; 0 for all that the fast ones read.
    `finds_figures` is False for a program that only knows dates.
    """

    name: str
    package: str
    load: Callable[[], Reader]
    copies: int = 4
    finds_figures: bool = True

    def reader(self) -> Reader | str:
        """What reads a line, or in one line why there is none."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                read = self.load()
                read("12 km, 3 tháng 4")  # tables that are read at the first call are no part of its speed
            return read
        except Exception as error:  # whatever a foreign package raises, the others are measured
            return f"not measured: {type(error).__name__}: {' '.join(str(error).split())[:80]}"

    @property
    def label(self) -> str:
        """Name and version."""
        try:
            return f"{self.name} {version(self.package)}"
        except PackageNotFoundError:
            return self.name


def _babel() -> Reader:
    from babel.numbers import NumberFormatError, parse_decimal

    find = re.compile(r"[0-9]+(?:[.,][0-9]+)*").finditer

    def read(line: str) -> list[Found]:
        found = []
        for match in find(line):
            try:
                value = parse_decimal(match.group(), locale="vi", strict=True)
            except NumberFormatError:
                continue
            found.append(Found(match.start(), match.end(), float(value)))
        return found

    return read


def _duckling(dimensions: tuple[str, ...]) -> Callable[[], Reader]:
    def load() -> Reader:
        import duckling

        zones = duckling.load_time_zones("/usr/share/zoneinfo")
        now = duckling.parse_ref_time(zones, "Asia/Ho_Chi_Minh", NOON)
        context = duckling.Context(now, duckling.default_locale_lang(duckling.parse_lang("VI")))
        kinds = duckling.parse_dimensions(list(dimensions))
        return lambda line: _outside_times(duckling.parse(line, context, kinds, False))

    return load


def _outside_times(entities: list[dict]) -> list[Found]:
    times = [(e["start"], e["end"]) for e in entities if e["dim"] in TIMES]
    return [
        Found(e["start"], e["end"], _duckling_value(e["value"]))
        for e in entities
        if e["dim"] not in TIMES and not any(e["start"] < end and start < e["end"] for start, end in times)
    ]


def _duckling_value(value: dict) -> float | None:
    """The value, the lower end of an interval, or its upper end where that is all there is."""
    end = value.get("from") or value.get("to") or value
    return end.get("value")


def _recognizers() -> Reader:
    from recognizers_number import NumberRecognizer

    model = NumberRecognizer("es-es").get_number_model()  # no Vietnamese; Spanish groups digits the same way

    def read(line: str) -> list[Found]:
        return [Found(r.start, r.end + 1, _decimal_comma(r.resolution["value"])) for r in model.parse(line)]

    return read


def _decimal_comma(text: str | None) -> float | None:
    try:
        return float((text or "").replace(",", "."))
    except ValueError:
        return None


def _quantulum() -> Reader:
    from quantulum3 import parser

    return lambda line: [Found(*q.span, float(q.value)) for q in parser.parse(line) if q.unit.entity.name != "time"]


def _dateparser() -> Reader:
    from dateparser.search import search_dates

    def read(line: str) -> list[Found]:
        found, at = [], 0
        for words, _ in search_dates(line, languages=["vi"]) or ():
            start = line.find(words, at)
            if start >= 0:
                at = start + len(words)
                found.append(Found(start, at, None))
        return found

    return read


BABEL = Peer("`re` + Babel (vi, strict)", "babel", _babel, copies=0)
PEERS = (
    BABEL,
    Peer("Duckling (vi), numbers and amounts", "pyduckling-native-phihos", _duckling(QUANTITIES)),
    Peer("Duckling (vi), also times", "pyduckling-native-phihos", _duckling(QUANTITIES + TIMES)),
    Peer("recognizers-text (es-es number)", "recognizers-text-number", _recognizers),
    Peer("quantulum3", "quantulum3", _quantulum),
    Peer("dateparser `search_dates` (vi)", "dateparser", _dateparser, finds_figures=False),
)


def lines_of(article: Article) -> list[tuple[int, str]]:
    """The lines of an article that are not blank, each with the character that it starts at."""
    lines = article.text.splitlines(keepends=True)
    starts = accumulate(map(len, lines), initial=0)
    return [(start, line.rstrip("\r\n")) for start, line in zip(starts, lines, strict=False) if line.strip()]


def found_by(read: Reader, articles: list[Article]) -> dict[str, list[Found]]:
    """What a program finds in whole articles, by article id, in characters of the article."""
    return {article.id: list(chain.from_iterable(_found_in(read, article))) for article in articles}


def _found_in(read: Reader, article: Article):
    for start, line in lines_of(article):
        yield [Found(item.start + start, item.end + start, item.value) for item in read(line)]
