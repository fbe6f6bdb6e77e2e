"""Coverage-guided search with atheris for texts and files that break a rule: what reaches new code is changed further.

The parser of pages runs in this process here, not in its worker, so that atheris sees them. atheris is in the
dependency group `fuzz`; nothing else needs it.
"""

import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

TIMEOUT = 60  # seconds for one input, instrumented; libFuzzer keeps one that takes longer and ends
LONGEST = 20_000  # bytes of one input
# Word and PDF files are packed: bytes changed by chance only spoil the packing, which the tests of hostile files do as well.
READERS = ("extract", "text", "html")


def main(reader: str, seconds: float) -> None:
    """Search for some seconds; every new kind of problem is printed with the file that holds its input. Never returns."""
    if reader not in READERS:
        sys.exit(f"--atheris {reader}: allowed are {', '.join(READERS)}.")
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is not installed. Install the dependency group `fuzz` of pyproject.toml, and run this again.")
    with atheris.instrument_imports(
        include=["analysis"]
    ):  # what was imported before is not seen, hence the imports below
        read = _reader(reader)
    folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{reader}-"))
    _seed(folder / "seeds", reader)
    limits = [
        f"-max_total_time={seconds:.0f}",
        f"-timeout={TIMEOUT}",
        f"-max_len={LONGEST}",
        f"-artifact_prefix={folder}/",
    ]
    atheris.Setup(["fuzz", *limits, str(folder / "seeds")], _judge(read, folder))
    atheris.Fuzz()


def _judge(read: Callable[[bytes], list[str]], folder: Path) -> Callable[[bytes], None]:
    from analysis.errors import FileError
    from bench.fuzz import kind_of, told

    known: set[str] = set()

    def one(raw: bytes) -> None:
        try:
            problems = read(raw)
        except FileError:
            return
        except Exception as error:
            problems = [told(error)]
        for problem in {kind_of(problem) for problem in problems} - known:
            known.add(problem)
            path = folder / f"problem-{len(known)}"
            path.write_bytes(raw)
            print(f"{path}: {problem[:300]}", flush=True)

    return one


def _reader(name: str) -> Callable[[bytes], list[str]]:
    """What reads the bytes and gives the rules that they broke."""
    from analysis.extract import extract_article
    from analysis.ingest import decoding, pages
    from bench.fuzz import BLANK
    from bench.fuzz_rules import broken

    path = Path(f"fuzz.{name}")

    def extract(text: str, offsets=None) -> list[str]:
        article = replace(BLANK, text=text, offsets=offsets)
        return broken(article, extract_article(article))

    def text(raw: bytes) -> list[str]:
        decoded = decoding.decode(raw, path)
        return extract(decoded.text, decoded.offsets)

    if name == "extract":
        return lambda raw: extract(raw.decode("utf-8", "ignore"))
    return text if name == "text" else lambda raw: extract(pages.parse(raw, path).text)


def _seed(folder: Path, reader: str) -> None:
    """Good inputs to start from: pieces of the articles, and of the pages that tests read."""
    from bench.corpus import ROOT, all_sets

    folder.mkdir()
    articles = [path for members in all_sets() for path, _ in members.members]
    pages = sorted((ROOT / "tests" / "data" / "pages").rglob("*.html"))
    for number, path in enumerate(pages if reader == "html" else articles):
        with suppress(OSError):
            (folder / f"{number}").write_bytes(path.read_bytes()[:LONGEST])


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
