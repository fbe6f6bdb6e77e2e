"""What a web page states about its article: title, day of publication, and the body that search engines are given."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from html import unescape

from lxml import etree

VIETNAM = timezone(timedelta(hours=7))  # A stamp in another zone is the day that readers in Vietnam had.
_STORIES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "report", "webpage", "socialmediaposting")
_DATES = (
    "article:published_time", "article:published", "og:published_time", "datepublished", "date_published", "pubdate",
    "publishdate", "publish-date", "publish_date", "published_date", "dc.date.issued", "dc.date", "dc.date.created",
    "dcterms.created", "dcterms.date", "dcterms.issued", "sailthru.date", "parsely-pub-date", "date", "displaydate",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "dc.title", "title", "headline")
_ISO = re.compile(r"\s*((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})")
_PRINTED = re.compile(r"(?<![\d/.-])(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)\d{2})(?![\d/-])")
_IN_WORDS = re.compile(r"(?<!\d)(\d{1,2}) (?:tháng|thg) (\d{1,2})(?:,| năm)? ((?:19|20)\d{2})", re.IGNORECASE)
# What a line of publication holds beside its day: a time, a weekday, a counter, its name; or nothing else at all.
_STAMPED = re.compile(
    r"\d{1,2}\s?[:h]\s?\d{2}|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|đăng|phút đọc|cập nhật|xuất bản|lượt|gmt|^[\W\d]*$",
    re.IGNORECASE,
)
STAMP = 120  # Characters; a longer line is a paragraph, and its dates are those of events.
SHORTEST = 12  # Characters; a shorter line is the name of a section or site.
NEAR = 4  # Blocks after the title among which the day of publication is printed.


@dataclass(frozen=True)
class Stated:
    """`title`, `published` (ISO date) and `body` as the page states them; "" where it does not."""

    title: str
    published: str
    body: str


def read(root: etree._Element, stories: list[dict], printed: list[str]) -> Stated:
    """What <meta>, JSON-LD, headings and <time> state. Nothing is guessed: a day of change is not one of publication.

    `stories` are what `stories_of` gave before scripts were taken out, `printed` the lines that the page shows.
    """
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        metas.setdefault(name, (meta.get("content") or "").strip())
    told = [metas.get(name, "") for name in _DATES] + [str(story.get("datePublished") or "") for story in stories]
    dated = (e for e in root.iter("time", "span", "div", "abbr", "p") if _is_dated(e))
    told += [e.get("datetime") or e.get("content") or "" for e in dated]
    published = next((day for text in told if (day := _day(text))), "")
    bodies = [_plain(str(story.get("articleBody") or "")) for story in stories]
    return Stated(_title(root, metas, stories, printed), published, max(bodies, key=len, default=""))


def printed_date(lines: list[str]) -> str:
    """The date in a line about publication among the first lines below a title, as an ISO date; "" where none is."""
    for line in lines[:NEAR]:
        found = _PRINTED.search(line) or _IN_WORDS.search(line)
        if len(line) <= STAMP and found and _STAMPED.search(line):
            return _iso(int(found[3]), int(found[2]), int(found[1]))
    return ""


def _is_dated(element: etree._Element) -> bool:
    return "datePublished" in (element.get("itemprop") or "") or element.get("pubdate") is not None


def _title(root: etree._Element, metas: dict[str, str], stories: list[dict], printed: list[str]) -> str:
    """The longest line that the page prints and its metadata confirm; else what the metadata say.

    <title> alone is no witness: on old portals it names the site, and then nothing is said.
    """
    named = [metas.get(name, "") for name in _TITLES] + [str(story.get("headline") or "") for story in stories]
    named = [" ".join(unescape(name).split()) for name in named if name.strip()]
    whole = " ".join((root.findtext(".//title") or "").split())
    names = [name.casefold() for name in (*named, whole)]
    shown = [line for line in printed if len(line) >= SHORTEST and any(line.casefold() in name for name in names)]
    if shown:
        return max(shown, key=len)
    heads = [" ".join("".join(head.itertext()).split()) for head in root.iter("h1")]
    return max(named, key=len, default="") or max(heads, key=len, default="")


def stories_of(root: etree._Element) -> Iterator[dict]:
    """The articles that a page describes in JSON-LD; damaged JSON is passed over."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            waiting = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            thing = waiting.pop(0)
            if isinstance(thing, list):
                waiting += thing[:1000]
            elif isinstance(thing, dict):
                kinds = thing.get("@type") or ""
                if any(str(kind).lower() in _STORIES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                    yield thing
                waiting += [thing[key] for key in ("@graph", "mainEntity") if key in thing]


def _plain(text: str) -> str:
    """Text of a JSON-LD field, which some pages fill with markup."""
    broken = re.sub(r"</p>|<br[^>]*>", "\n", unescape(text))
    lines = re.sub(r"<[^>]{0,500}>", " ", broken).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def _day(text: str) -> str:
    """The day of a stamp, in Vietnam where it names a zone; "" where it is none."""
    text = text.strip()
    try:
        stamp = datetime.fromisoformat(text)
    except ValueError:
        if found := _ISO.match(text):
            return _iso(int(found[1]), int(found[2]), int(found[3]))
        found = _PRINTED.search(text[:STAMP])
        return _iso(int(found[3]), int(found[2]), int(found[1])) if found else ""
    if not 1990 <= stamp.year <= 2100:
        return ""
    return (stamp.astimezone(VIETNAM) if stamp.tzinfo else stamp).date().isoformat()


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
