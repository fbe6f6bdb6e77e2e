"""Renew the README's chart and the words under it from the articles in data/raw. Run by `make readme`.

The README's numbers are read from the tables, never typed; a test compares them with the tables.
"""

import tempfile
from pathlib import Path

from analysis.project import Project
from analysis.publish.charts import conversion
from analysis.publish.export import png
from analysis.publish.style import BriefingFigure
from analysis.reconcile.build import build

BEGIN, END = "<!-- the newest chart: written by `make readme` -->\n", "<!-- the end of the newest chart -->\n"
PICTURE = "docs/conversion.png"


def newest_chart(project: Project) -> BriefingFigure:
    """The headline chart of the articles in data/raw, in English."""
    with tempfile.TemporaryDirectory() as folder:
        facts = build(project.with_folders(processed=Path(folder)))
    return conversion(facts, "Lào Cai", "en")


def block(figure: BriefingFigure) -> str:
    """The README's lines about a chart: picture with alternative text, subtitle, source."""
    words = figure.words
    alt, title, subtitle = (" ".join(text.split()) for text in (words.alt, words.title, words.subtitle))
    return f"{BEGIN}![{alt}]({PICTURE})\n\n**{title}**\n\n{subtitle}\n\n{words.source}\n{END}"


def renewed(readme: str, lines: str) -> str:
    """The README with its block replaced."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + lines + after


if __name__ == "__main__":
    here = Project.find(Path(__file__).parent)
    figure = newest_chart(here)
    (here.root / PICTURE).write_bytes(png(figure))
    path = here.root / "README.md"
    path.write_text(renewed(path.read_text(encoding="utf-8"), block(figure)), encoding="utf-8")
