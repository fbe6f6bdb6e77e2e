"""The one module that writes charts to files: NAME.png (1920 × 1080), NAME.svg and NAME.json, the same bytes each time."""

import base64
import io
import json
from dataclasses import asdict
from pathlib import Path

from analysis.publish.style import DPI, BriefingFigure, house_style
from analysis.reconcile.tables import write_atomically


def export(figure: BriefingFigure, folder: Path | str) -> list[Path]:
    """Write the chart's picture, vector picture and sidecar (words, plot box, data) into `folder`.

    Raises FileError where the folder cannot be written. An earlier good file stays until the new one is whole.
    """
    folder = Path(folder)
    contents = {".png": png(figure), ".svg": svg(figure), ".json": sidecar(figure)}
    paths = {folder / f"{figure.words.name}{suffix}": content for suffix, content in contents.items()}
    for path, content in paths.items():
        write_atomically(path, content)
    return list(paths)


def png(figure: BriefingFigure) -> bytes:
    """The chart as PNG, with title and alternative text as metadata. Drawn once per figure."""
    if getattr(figure, "_png", None) is None:
        words = {"Software": None, "Title": figure.words.title, "Description": figure.words.alt}
        figure._png = _saved(figure, format="png", dpi=DPI, metadata=words)
    return figure._png


def svg(figure: BriefingFigure) -> bytes:
    """The chart as SVG with letters as outlines, without date or program name."""
    words = {"Date": None, "Creator": None, "Title": figure.words.title, "Description": figure.words.alt}
    return _saved(figure, format="svg", metadata=words)


def sidecar(figure: BriefingFigure) -> bytes:
    """What slides and readers need beside the picture: {"words", "plot", "data"} as UTF-8 JSON."""
    content = {"words": asdict(figure.words), "plot": figure.plot_box(), "data": figure.data}
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _saved(figure: BriefingFigure, **options) -> bytes:
    buffer = io.BytesIO()
    with house_style():
        figure.savefig(buffer, **options)
    return buffer.getvalue()


def alt_display(figure: BriefingFigure) -> tuple[dict, dict]:
    """(data, metadata) of a notebook output: the picture with its alternative text, which the report passes on."""
    data = {"image/png": base64.b64encode(png(figure)).decode("ascii"), "text/plain": figure.words.alt}
    return data, {"image/png": {"alt": figure.words.alt, "width": 960, "height": 540}}
