"""What the whole of an article says, before its sentences are read one by one."""

from bisect import bisect_left
from dataclasses import dataclass

from analysis.extract.anchors import read_anchor
from analysis.extract.ellipsis import Gaps
from analysis.extract.figures import Reader
from analysis.extract.folding import Folded, fold
from analysis.extract.indicators import Wording
from analysis.extract.number_words import openings
from analysis.extract.numerals import Token, notation_of, tokens
from analysis.extract.page import Line, lines
from analysis.extract.places import ArticlePlaces, BodyWords, body_words, read_places
from analysis.extract.units import Nouns
from analysis.extract.windows import Window, find_windows
from analysis.ingest.articles import Article

Span = tuple[int, int]


@dataclass(frozen=True)
class Context:
    """An article made ready: folded text, lines with zones, its tokens, and what rooms found in one pass each.

    `starts` is where each token starts, `opening` the span of title and first paragraph.
    """

    folded: Folded
    lines: list[Line]
    tokens: list[Token]
    starts: list[int]
    reader: Reader
    windows: list[Window]
    opening: Span
    places: ArticlePlaces
    bodies: BodyWords
    wording: Wording

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """The runs of digits of a folded span."""
        first = bisect_left(self.starts, start)
        return self.tokens[first : bisect_left(self.starts, end, first)]


def read_context(article: Article) -> Context:
    """Read what the whole article says."""
    folded = fold(article.text)
    page = lines(folded, article.title if article.source_known else "")
    title = [(line.start, line.end) for line in page if line.zone == "title"]
    rest = [(line.start, line.end) for line in page if line.zone in ("body", "caption")]
    opening, others = [*title, *rest[:1]], rest[1:]
    every = tokens(folded.text)
    starts = [token.start for token in every]
    own = [
        token
        for line in page
        if line.is_article
        for token in every[bisect_left(starts, line.start) : bisect_left(starts, line.end)]
    ]
    span = (opening[0][0], opening[-1][1]) if opening else (0, 0)
    anchor = read_anchor(folded.lower, page, own, article.published)
    nouns = Nouns(folded)
    places = read_places(folded, opening, others, article.publisher, anchor.iso)
    gaps = Gaps(folded.lower, nouns, frozenset(mention.end for mention in places.mentions))
    return Context(
        folded=folded,
        lines=page,
        tokens=every,
        starts=starts,
        reader=Reader(folded.lower, nouns, notation_of(folded.text, own), gaps, openings(folded)),
        windows=find_windows(folded, anchor, every),
        opening=span,
        places=places,
        bodies=body_words(folded, title),
        wording=Wording(folded, title),
    )
