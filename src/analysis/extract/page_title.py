"""Where on a page the article begins: its title, and its first paragraph."""

from dataclasses import dataclass

from analysis.extract.folding import fold
from analysis.extract.page_kinds import FURNITURE, LONG_LINE, PROSE, is_foot, is_masthead, is_panel
from analysis.extract.vocabulary import Vocabulary

_ABOVE = 12  # Lines above the first paragraph among which the title is looked for.
_NEAR = 8  # Lines; a date line or the way through the menu stands this near to the article it belongs to.
_OPENING = 1500  # Characters of an article in which its title's words recur.
_SHORTEST = 13  # Characters; a shorter line is the name of a rubric.


@dataclass(frozen=True)
class Opening:
    """Lines of a page: `title` (None: it has none), `first` (the first paragraph), `top` (above it all is the page)."""

    title: int | None
    first: int
    top: int
    reason: str = ""


@dataclass
class _Group:
    """A run of paragraphs with no menu or heading of another part between them."""

    first: int
    size: int = 0
    count: int = 0
    score: float = 0.0


def find_opening(texts: list[str], kinds: list[str], title: str = "") -> Opening:
    """Where the article begins. `texts` are lines in lower case, `kinds` those of page_kinds.line_kind."""
    known = fold(title).lower.strip()
    if known and (found := _find_known(texts, kinds, known)):
        return found
    group = _article(texts, kinds)
    if group is None:
        return Opening(None, 0, 0)
    first = group.first
    while first > 0 and kinds[first - 1] in PROSE and not is_foot(texts[first - 1]):
        first -= 1
    index = _guess(texts, kinds, first, known)
    if index is None:
        index = _title_with_stop(texts, kinds, first)
        top = first if index is not None else _top(kinds, first)
        return Opening(
            index,
            first + 1 if index is not None and first + 1 < len(texts) else first,
            top,
            "the line above the article's date",
        )
    return Opening(index, first, index, "the line above the text that has most of its words")


def _find_known(texts: list[str], kinds: list[str], known: str) -> Opening | None:
    """The line that is the known title; of several the last one above the first paragraph below them."""
    words = _letters(known)
    near = (i for i, text in enumerate(texts) if 0.5 * len(known) <= len(text) <= 2 * len(known))
    found = [i for i in near if _letters(texts[i]) == words]
    if not found:
        return None
    first = next((i for i in range(found[0] + 1, len(texts)) if _is_prose(texts[i], kinds[i])), None)
    if first is None:
        return Opening(found[0], min(found[0] + 1, len(texts) - 1), found[0], "the article's known title")
    title = max(i for i in found if i < first)
    return Opening(title, first, title, "the article's known title")


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _is_prose(text: str, kind: str) -> bool:
    return kind in PROSE and (kind == "paragraph" or len(text) >= 40) and not is_foot(text)


def _article(texts: list[str], kinds: list[str]) -> _Group | None:
    """The run of paragraphs that is the article: long, with a date line or the way through the menu close above it."""
    groups = _groups(texts, kinds)
    for group in groups:
        above = kinds[max(0, group.first - _NEAR) : group.first]
        dated = "stamp" in kinds[max(0, group.first - 6) : group.first + 1]
        group.score = min(group.size, 1000) + 300 * dated + 200 * ("trail" in above or "menu" in above)
    return max(groups, key=lambda group: group.score, default=None)


def _groups(texts: list[str], kinds: list[str]) -> list[_Group]:
    """The runs of paragraphs; menus and headings part them. A date line and a title below a first sentence do too."""
    groups: list[_Group] = []
    parted = True
    for index, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
        if kind in ("menu", "trail", "header", "section"):
            parted = True
        elif _is_prose(text, kind):
            parted = parted and not (groups and _is_lead(groups[-1], kinds, index))
            if parted or _is_banner(groups[-1], texts, kinds, index):
                groups.append(_Group(index))
            parted = False
            groups[-1].size += len(text)
            groups[-1].count += 1
    return groups


def _is_lead(group: _Group, kinds: list[str], index: int) -> bool:
    """Whether the run above is only the lead of this one: a button like "remarks" stands between them, no menu."""
    return group.count == 1 and index - group.first <= 4 and not {"menu", "trail"} & set(kinds[group.first : index])


def _is_banner(group: _Group, texts: list[str], kinds: list[str], index: int) -> bool:
    """Whether the run above is a notice at the head of the page: a date line and a title stand below it."""
    if group.count > 2 or index - group.first > _ABOVE:
        return False
    between = range(group.first + 1, index)
    return "stamp" in kinds[group.first + 1 : index] and any(
        kinds[i] == "short" and len(texts[i]) >= 25 for i in between
    )


def _guess(texts: list[str], kinds: list[str], first: int, known: str) -> int | None:
    """The line above the first paragraph whose words recur most in it; the nearer, the better."""
    above = [i for i in range(max(0, first - _ABOVE), first) if _may_be_title(texts[i], kinds[i])]
    if len(above) < 2:
        return above[0] if above else None
    story = Vocabulary(known)
    size = 0
    for index in range(first, len(texts)):
        if kinds[index] in PROSE:
            story.add(texts[index])
            size += len(texts[index])
        if size > _OPENING or kinds[index] == "section":
            break
    scores = {i: _score(story, texts, kinds, i, first) for i in above}
    best = max(above, key=lambda i: scores[i])
    earlier = [
        i
        for i in above
        if i < best and scores[i] >= 0.8 * scores[best] and not (FURNITURE | {"stamp"}) & set(kinds[i:best])
    ]
    return earlier[0] if earlier else best


def _may_be_title(text: str, kind: str) -> bool:
    return (kind in ("short", "lead", "byline", "item", "teaser", "sentence") and len(text) >= _SHORTEST) or (
        kind == "paragraph" and len(text) <= 2 * LONG_LINE and text[-1] not in ".;:"
    )


def _score(story: Vocabulary, texts: list[str], kinds: list[str], index: int, first: int) -> float:
    share, shared = story.recurring(texts[index])
    score = share + 0.06 * min(len(shared), 10) + 0.15 * any(c.isdigit() for word in shared for c in word)
    score += 0.3 * (kinds[index + 1] in ("stamp", "counter"))
    score += 0.2 * (index > 0 and kinds[index - 1] in ("stamp", "trail", "menu"))
    return score - 0.3 * (is_panel(texts[index]) or is_masthead(texts[index])) - 0.05 * (first - index)


def _title_with_stop(texts: list[str], kinds: list[str], first: int) -> int | None:
    """A title that ends with a stop: a short line right above the article's date, or one that asks or exclaims."""
    text = texts[first]
    below = kinds[first + 1] if first + 1 < len(kinds) else ""
    if len(text) > LONG_LINE or not (below == "stamp" or (text[-1] in "?!…" and below in PROSE)):
        return None
    return first


def _top(kinds: list[str], first: int) -> int:
    """Without a title: the page ends above the first paragraph where it has furniture, and the text begins at the top if not."""
    furniture = [i for i in range(first) if kinds[i] in FURNITURE]
    return furniture[-1] + 1 if furniture else 0
