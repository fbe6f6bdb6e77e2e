"""The words right before an expression of time that say what it is: a start, an end, a comparison, part of a name."""

import re
from dataclasses import dataclass
from functools import cache

from analysis.extract.timex import wording

_LONGEST = 48  # Characters of the longest lead, with blanks.


@dataclass(slots=True)
class Lead:
    """The words right before an expression: their kind, where they begin, and whether a hedge stands between."""

    kind: str
    start: int
    about: bool = False


@cache
def _leads() -> dict[str, tuple[tuple[str, str], ...]]:
    """(phrase, kind) by the phrase's last word, the longest first."""
    kinds = ("since", "after", "until", "before", "within", "through", "about", "compared", "event", "turn of the year")
    by_word: dict[str, list[tuple[str, str]]] = {}
    for kind in kinds:
        for phrase in wording()[kind]:
            by_word.setdefault(phrase.split()[-1], []).append((phrase, kind))
    return {word: tuple(sorted(found, key=lambda f: -len(f[0]))) for word, found in by_word.items()}


@cache
def name_words() -> frozenset[str]:
    """The last words of names: a text without any of them holds no name."""
    return frozenset(phrase.split()[-1] for phrase in wording()["name"])


def lead_before(lower: str, at: int, kinds: tuple[str, ...]) -> Lead | None:
    """The lead of one of `kinds` that ends right before `at`."""
    before = lower[max(0, at - _LONGEST) : at]
    text = before.rstrip(" ")
    if not text or text[-1].isspace():  # a line's end parts the words
        return None
    for phrase, kind in _leads().get(text.rsplit(None, 1)[-1].lstrip('("'), ()):
        if kind in kinds and text.endswith(phrase) and not text[: -len(phrase)][-1:].isalnum():
            return Lead(kind, at - len(before) + len(text) - len(phrase))
    return None


# "Bằng 93% năm 2019", "gấp 2 lần năm 2012": a ratio to that year's count.
_RATIO = re.compile(
    r"(?<![^\W_])(?:bằng|gấp|tương đương)[^,;.()\n]{0,20}? [0-9][0-9.,]* *(?:%|lần)(?: (?:của|so|so với))? *$"
)


_RATIO_ENDS = ("%", "lần", "của", "so", "với")


def ratio_before(lower: str, at: int) -> bool:
    """Whether a ratio stands right before `at`, to what was counted at the date there."""
    before = lower[max(0, at - _LONGEST) : at].rstrip(" ")
    return before.endswith(_RATIO_ENDS) and bool(_RATIO.search(before))


def last_word(text: str, phrase: str) -> tuple[int, int]:
    """Where a phrase last stands in a text as whole words, and where it ends; (-1, 0) if nowhere."""
    at = text.rfind(phrase)
    end = at + len(phrase)
    if at < 0 or text[end : end + 1].isalnum() or (at and text[at - 1].isalnum()):
        return -1, 0
    return at, end
