"""What report and slides say of the edition that they are: its place, how recent its figures are, and what it rests on."""

from analysis.publish import formats
from analysis.publish.labels import say
from analysis.publish.windows import partial_label


def place(run_info: dict, lang: str) -> str:
    """The place asked for, or the words for all places."""
    return run_info.get("place") or say("report.all_places", lang)


def scope_line(run_info: dict, lang: str) -> str:
    """ "số liệu đến 8/2023, 5 bài viết": run_info's parameters.as_of (partial ISO date) and n_articles, where known."""
    parts = []
    if as_of := (run_info.get("parameters") or {}).get("as_of"):
        parts.append(say("report.data_to", lang, as_of=partial_label(as_of, lang)))
    count = run_info.get("n_articles")
    if count is not None:
        key = "report.one_article" if count == 1 else "report.n_articles"
        parts.append(say(key, lang, n=formats.number(count, lang)))
    return ", ".join(parts)


def inputs_line(run_info: dict, lang: str) -> str:
    """The fingerprint of the inputs, "" where it is not known."""
    return say("report.inputs", lang, inputs=run_info["inputs"]) if run_info.get("inputs") else ""
