"""What a notebook holds: the facts that its parameters ask for, and ways to show them. Notebooks keep no logic."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
from IPython.display import display

from analysis.errors import UsageError
from analysis.project import Project
from analysis.publish import labels, tables
from analysis.publish.charts.pick import measure_text, measure_window, observation, printed
from analysis.publish.export import alt_display, export
from analysis.publish.style import BriefingFigure, NothingToDraw
from analysis.publish.windows import Window, partial_bounds
from analysis.reconcile.facts import Facts, load_facts
from analysis.reference import places as gazetteer
from analysis.reference.texts import LANGUAGES, Texts

SENTENCES = Path(__file__).with_name("notebook_texts.csv")


@dataclass
class Briefing:
    """Facts within a scope. `facts` is what the parameters ask for, `everything` what was loaded.

    `shown` holds the charts drawn so far.
    """

    facts: Facts
    everything: Facts
    place: str
    lang: str
    charts: Path | None = None
    shown: list[BriefingFigure] = field(default_factory=list)

    def chart(self, draw: Callable[..., BriefingFigure], **options) -> None:
        """Draw a chart of these facts (`draw(facts, place, lang, **options)`) and show it, or say why there is none.

        Values that contradict each other are on no chart; they are named below it, and the chart carries the caveat.
        """
        disputed = self._disputed(options.get("indicators"))
        try:
            figure = draw(self.facts, self.place, self.lang, **options)
        except NothingToDraw as reason:
            self.markdown(f"*{labels.say(reason.key, self.lang, **reason.values)}*")
        else:
            if disputed:
                figure.words = replace(figure.words, caveats=(*figure.words.caveats, "caveat.contested"))
            self.show(figure)
        if disputed:
            self.say("chart.contested", values="; ".join(disputed))

    def _disputed(self, indicators=None) -> list[str]:
        """The contested observations of some indicators (None: all), each with its window and value."""
        table = self.facts.observations
        table = table[table["status"] == "contested"]
        table = table[table["indicator"].isin(list(indicators))] if indicators else table
        return [
            f"{labels.indicator(row['indicator'], self.lang)}, {labels.scope(row['place'], row['body'])}, "
            f"{Window.of(row).label(self.lang)}: {printed(row, self.lang)}"
            for _, row in table.iterrows()
        ]

    def show(self, figure: BriefingFigure) -> None:
        """Show a chart with its alternative text; write it into the charts folder where there is one."""
        if self.charts:
            export(figure, self.charts)
        self.shown.append(figure)
        data, metadata = alt_display(figure)
        display(data, raw=True, metadata=metadata)

    def table(self, frame: pd.DataFrame, columns=None, caption: str = "") -> None:
        """Show a table in the reader's language, or a sentence that there is nothing in it.

        "window" may be asked for as a column wherever the periods are.
        """
        if frame.empty:
            self.markdown(f"*{labels.say('nothing.rows', self.lang)}*")
            return
        known = {row["id"]: row for _, row in self.everything.observations.iterrows()}
        shown = {"text/html": tables.to_html(frame, self.lang, columns, caption, known)}
        display(shown | {"text/plain": tables.to_text(frame, self.lang, columns, known)}, raw=True)

    def say(self, key: str, **values) -> None:
        """Show the sentence `key` (texts.csv or notebook_texts.csv), filled with values read from tables."""
        self.markdown(self.sentence(key, **values))

    def sentence(self, key: str, **values) -> str:
        """The sentence without showing it. KeyError where neither table has it."""
        table = labels.texts() if key in labels.sentences() else _sentences()
        return table.say(key, self.lang, **values)

    def markdown(self, text: str) -> None:
        display({"text/markdown": text, "text/plain": text}, raw=True)

    def say_measures(self, slugs=None) -> None:
        """A list of computed measures: scope, window, name, value, and the two numbers it comes from.

        In the order of `slugs` (else of the table), the briefing's own place first.
        """
        table = self.facts.measures
        table = table[table["status"] == "derived"]
        order = list(slugs or dict.fromkeys(table["measure"]))
        rows = [row for _, row in table.iterrows() if row["measure"] in order]
        rows.sort(key=lambda row: (order.index(row["measure"]), row["place"] != self.place, Window.of(row).sort_key()))
        lines = [f"- {self._measure_line(row)}" for row in rows]
        nothing = labels.say(
            "nothing.measures",
            self.lang,
            place=self.place,
            what=", ".join(labels.measure(slug, self.lang) for slug in slugs or ()),
        )
        self.markdown("\n".join(lines) if lines else f"*{nothing}*")

    def _measure_line(self, row) -> str:
        sides = [printed(observation(self.everything, row[side]), self.lang) for side in ("numerator", "denominator")]
        name = labels.inner(labels.measure(row["measure"], self.lang))
        scope = labels.scope(row["place"], row["body"])
        return f"{scope}, {measure_window(self.everything, row).label(self.lang)}: {name} **{measure_text(row, self.lang)}** ({sides[0]} / {sides[1]})"

    def say_caveats(self) -> None:
        """The caveats of all charts shown so far, each once."""
        keys = dict.fromkeys(key for figure in self.shown for key in figure.words.caveats)
        self.markdown("\n".join(f"- {labels.say(key, self.lang)}" for key in keys))

    def label(self, slug: str) -> str:
        """Name of an indicator or measure."""
        return labels.measure(slug, self.lang) if labels.measure_row(slug) else labels.indicator(slug, self.lang)


@cache
def _sentences() -> Texts:
    return Texts(SENTENCES)


def open_briefing(
    place: str = "",
    indicators=(),
    since: str = "",
    until: str = "",
    lang: str = "vi",
    as_of: str = "",
    processed: str = "",
    charts: str = "",
) -> Briefing:
    """Load the tables and keep what the parameters ask for.

    place: a place with all places inside it; "" for all. indicators: slugs; none for all. since, until: partial ISO dates;
    a figure is kept where its window shares a day with them. as_of: only what articles published by then say, undated
    ones excluded. lang: vi or en. processed: folder of the tables, "" for the project's. charts: folder that charts are
    written to, "" for none. Raises UsageError for a value that does not parse, FileError where the tables are missing.
    """
    if lang not in LANGUAGES:
        raise UsageError(f"lang={lang!r} is not one of {', '.join(LANGUAGES)}. Give one of them.")
    for name, text in (("since", since), ("until", until), ("as_of", as_of)):
        _bounds(name, text)  # a mistyped date is named before any table is read
    facts = load_facts(Path(processed) if processed else Project.find().processed)
    chosen = in_scope(facts, place, indicators, since, until, as_of)
    return Briefing(chosen, facts, place, lang, Path(charts) if charts else None)


def in_scope(facts: Facts, place: str = "", indicators=(), since: str = "", until: str = "", as_of: str = "") -> Facts:
    """The facts that the parameters of a notebook ask for, as `open_briefing` reads them."""
    bounds = [_bounds(name, text) for name, text in (("since", since), ("until", until), ("as_of", as_of))]
    first = bounds[0][0] if bounds[0] else None
    last, known = (pair[1] if pair else None for pair in bounds[1:])
    return scoped(facts, place, tuple(indicators), first, last, known)


def _bounds(name: str, text: str) -> tuple[date, date] | None:
    try:
        return partial_bounds(text) if text else None
    except ValueError as error:
        raise UsageError(f"{name}={error}. Write it like one of these.") from error


def scoped(
    facts: Facts, place: str, indicators: tuple[str, ...], since: date | None, until: date | None, as_of: date | None
) -> Facts:
    """The facts of a scope. Measures are kept where both their observations are; articles, numerals, decisions and
    findings where a figure in scope, or the whole article, is theirs.
    """
    places, table = within(place), facts.observations
    keep = _in_scope(table, places, indicators) & _in_window(table, since, until) & _known_by(facts, as_of)
    observations = table[keep]
    measures = facts.measures
    measures = measures[
        measures["numerator"].isin(observations["id"]) & measures["denominator"].isin(observations["id"])
    ]
    used = {figure for cell in observations["figures"].dropna() for figure in str(cell).split(";")}
    figures = facts.figures
    known = figures["article"].isin(_articles_by(facts, as_of))
    figures = figures[
        figures["id"].isin(used)
        | (known & _in_scope(figures, places, indicators, True) & _in_window(figures, since, until))
    ]
    names = set(figures["article"])
    return replace(
        facts,
        observations=observations,
        measures=measures,
        figures=figures,
        findings=_concerned(facts.findings, set(figures["id"]), names),
        articles=facts.articles[facts.articles["id"].isin(names)],
        numerals=facts.numerals[facts.numerals["article"].isin(names)],
        decisions=facts.decisions[facts.decisions["article"].isin(names)],
    )


def _concerned(findings: pd.DataFrame, figures: set[str], articles: set[str]) -> pd.DataFrame:
    """The findings about some figures; those that name no figure, about some articles; those that name neither."""
    told = [set(str(cell).split(";")) if isinstance(cell, str) and cell else set() for cell in findings["figures"]]
    keep = [
        bool(ids & figures) if ids else pd.isna(article) or article in articles
        for ids, article in zip(told, findings["article"], strict=True)
    ]
    return findings[pd.Series(keep, index=findings.index, dtype=bool)]


@cache
def within(place: str) -> frozenset[str]:
    """The place and every place inside it, by places.csv; empty for all places."""
    if not place:
        return frozenset()
    return gazetteer.within(place)


def _in_scope(
    table: pd.DataFrame, places: frozenset[str], indicators: tuple[str, ...], blank: bool = False
) -> pd.Series:
    """Rows of those places and indicators; `blank` keeps rows that name neither."""
    keep = pd.Series(True, index=table.index)
    if places:
        keep &= table["place"].isin(places) | (table["place"].isna() & blank)
    if indicators:
        keep &= table["indicator"].isin(indicators) | (table["indicator"].isna() & blank)
    return keep.astype(bool)


def _in_window(table: pd.DataFrame, since: date | None, until: date | None) -> pd.Series:
    if since is None and until is None:
        return pd.Series(True, index=table.index)
    return pd.Series(
        [_overlaps(Window.of(row), since, until) for _, row in table.iterrows()], index=table.index, dtype=bool
    )


def _overlaps(window: Window, since: date | None, until: date | None) -> bool:
    """Whether the window surely or possibly shares a day with since..until; a window of which nothing is known does not."""
    ends = window.ends()
    if not window.known:
        return False
    start = window.start or ends[0]
    end = ends[1] if ends else date.max
    return (since is None or end >= since) and (until is None or start <= until)


def _known_by(facts: Facts, as_of: date | None) -> pd.Series:
    table = facts.observations
    if as_of is None:
        return pd.Series(True, index=table.index)
    figures = facts.figures
    known = set(figures.loc[figures["article"].isin(_articles_by(facts, as_of)), "id"])
    return pd.Series(
        [not known.isdisjoint(str(cell).split(";")) for cell in table["figures"]], index=table.index, dtype=bool
    )


def _articles_by(facts: Facts, as_of: date | None) -> set[str]:
    """Articles surely published by a day; all where none is asked."""
    table = facts.articles
    if as_of is None:
        return set(table["id"])
    dated = table[table["published"].notna() & (table["published"] != "")]
    return {row["id"] for _, row in dated.iterrows() if partial_bounds(row["published"])[1] <= as_of}
