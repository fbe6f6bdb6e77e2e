"""Which lines of a page are its article's prose: up to which heading it goes, and where it goes on below a box of other stories."""

from analysis.extract.folding import fold
from analysis.extract.page_kinds import FURNITURE, PROSE, is_foot, is_labelled, is_listed, is_panel
from analysis.extract.page_title import Opening
from analysis.extract.vocabulary import Vocabulary

_BOX = 14  # Lines; a box of other stories inside an article is shorter.
LONGEST_LIST = 60  # Lines; a list below "as follows:" is shorter.
# The share of a paragraph's pairs of syllables that an article must have used before, for the paragraph to be its own: below the author's
# name, a counter or menu line, a button under the lead, another story's title. Set on the pages in tests/data/pasted.
_SHARE_BELOW_NAME = 0.3
_SHARE_BELOW_PAGE = 0.1
_SHARE_BELOW_BAR = 0.15
_SHARE_BELOW_STORY = 0.04
_BAR = 3  # Lines between an article's lead and its text: remarks, shares, prints.


class Prose:
    """Finds an article's paragraphs, sentences and list lines on its page.

    `lines` are their numbers in order; `boxed` those of boxes of other stories between them; `stop` the heading that ends the article;
    `known` the words of the title and the lines found. `texts` are lines in lower case, `kinds` those of page_kinds.line_kind.
    """

    def __init__(self, texts: list[str], kinds: list[str], opening: Opening, title: str) -> None:
        self.texts, self.kinds, self.opening = texts, kinds, opening
        self.known = Vocabulary(fold(title).lower)
        if opening.title is not None:
            self.known.add(texts[opening.title])
        self.lines: list[int] = []
        self.boxed: set[int] = set()
        self.needed = 0.0
        self.stop = len(texts)
        self._find()

    def _find(self) -> None:
        """The article's paragraphs, sentences and list lines, up to the heading that ends it."""
        index = self.opening.first
        while index < len(self.kinds):
            kind = self.kinds[index]
            if kind == "section" and not self._is_bar(index):
                break
            if kind == "box":
                resumed = self._after_box(index)
                if resumed is None:
                    break
                self.boxed.update(range(index, resumed))
                index = resumed
            elif kind == "lead":
                index = self._take_list(index)
                continue
            self._read(index)
            index += 1
        self.stop = index

    def _read(self, index: int) -> None:
        """Take a line of prose; note what speaks for the article's end, after which prose must have its words."""
        kind = self.kinds[index]
        if kind in PROSE:
            self._take(index)
        elif not self.lines:
            return
        elif kind == "byline":
            self.needed = _SHARE_BELOW_NAME
        elif kind == "teaser":
            self.needed = max(self.needed, _SHARE_BELOW_STORY)
        elif (kind in FURNITURE and not self.is_cell(index)) or self.is_panel(self.texts[index]):
            self.needed = max(self.needed, 0.0 if self._is_bar(index) else _SHARE_BELOW_PAGE)

    def _take(self, index: int) -> None:
        text = self.texts[index]
        if is_foot(text):
            return
        if self.needed and self.known.share(text) < self.needed and not self._is_signed_below(index):
            return
        self.lines.append(index)
        self.known.add(text)

    def _is_signed_below(self, index: int) -> bool:
        """Whether the author's name stands close below, and no author stood above."""
        below = self.kinds[index + 1 : index + 6]
        signed = below.index("byline") if "byline" in below else -1
        return self.needed < _SHARE_BELOW_NAME and signed >= 0 and not FURNITURE & set(below[:signed])

    def _take_list(self, index: int) -> int:
        """The lines below one that ends with a colon, as far as they are a list; where the reading goes on."""
        self._take(index)
        if not self.lines or self.lines[-1] != index:
            return index + 1
        listed = None
        for below in range(index + 1, min(index + LONGEST_LIST, len(self.kinds))):
            marked = is_listed(self.texts[below])
            listed = marked if listed is None else listed
            if (
                self.kinds[below] not in ("short", "item", "table", "sentence")
                or marked != listed
                or (not marked and self.is_panel(self.texts[below]))
            ):
                return below
            self.lines.append(below)
        return min(index + LONGEST_LIST, len(self.kinds))

    def _is_bar(self, index: int) -> bool:
        """Whether a heading like "remarks" is only a button between the lead and the text."""
        if len(self.lines) > 1 or sum(len(self.texts[i]) for i in self.lines) > 600:
            return False
        below = range(index + 1, min(index + 1 + _BAR, len(self.kinds)))
        found = next((i for i in below if self.kinds[i] in PROSE), None)
        if found is None or self.kinds[found] != "paragraph" or is_foot(self.texts[found]):
            return False
        return self.known.share(self.texts[found]) >= _SHARE_BELOW_BAR

    def _after_box(self, index: int) -> int | None:
        """The line where the article goes on below a box of other stories, if it does."""
        for below in range(index + 1, min(index + 1 + _BOX, len(self.kinds))):
            kind, text = self.kinds[below], self.texts[below]
            if self.needed >= _SHARE_BELOW_NAME or kind in (
                "section",
                "counter",
                "number",
                "menu",
                "trail",
                "header",
                "byline",
            ):
                return None
            if kind not in ("paragraph", "sentence") or is_foot(text) or is_listed(text) or len(text) < 60:
                continue
            share = self.known.share(text)
            if share > _SHARE_BELOW_STORY and Vocabulary(self.texts[below - 1]).share(text) <= share:
                return below
        return None

    def is_panel(self, text: str) -> bool:
        """A panel's wording, in a line that does not have the article's words."""
        if not is_panel(text):
            return False
        return text.count(" ") < 5 or is_labelled(text) or self.known.syllables(text) < 0.6

    def is_cell(self, index: int) -> bool:
        """A number alone on its line is a cell where a third one stands near, between two paragraphs of the article."""
        near = self.kinds[max(index - 6, self.opening.first) : index + 7]
        return self.kinds[index] == "number" and index > self.opening.first and near.count("number") > 2
