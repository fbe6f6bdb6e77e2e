"""How far peak memory grows while articles are streamed: `python -m bench.memory BYTES` measures it in a process of its own."""

import gc
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import ROOT, copies, main_set

STATUS, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass(frozen=True)
class Growth:
    """Bytes of text that were streamed, resident bytes before, and by how many bytes the peak went beyond."""

    streamed: int
    before: int
    grown: int


def growths(sizes: list[int]) -> list[Growth]:
    """One process for each size (UTF-8 bytes of text), all at once. Raises CalledProcessError where one fails."""
    command = [sys.executable, "-m", "bench.memory"]
    children = [subprocess.Popen([*command, str(size)], cwd=ROOT, stdout=subprocess.PIPE) for size in sizes]
    told = [(child.communicate()[0], child) for child in children]
    for _, child in told:
        if child.returncode:
            raise subprocess.CalledProcessError(child.returncode, child.args)
    return [Growth(**json.loads(words)) for words, _ in told]


def measure(size: int) -> Growth:
    """Read the articles once, then stream `size` bytes of copies and throw each result away."""
    from analysis.extract import extract_article

    articles = main_set().articles()
    for article in articles:
        extract_article(article)
    gc.collect()
    before, streamed = _resident(), 0
    for article in copies(articles, size):
        extract_article(article)
        streamed += len(article.text.encode())
    return Growth(streamed, before, max(0, _peak() - before))


def _resident() -> int:
    """Resident bytes now; the kernel's note of the peak starts again from here where it lets itself be told."""
    if not STATUS.exists():
        return _peak()
    try:
        RESET.write_text("5")
    except OSError:
        return _peak()
    return _status("VmRSS")


def _peak() -> int:
    """The most resident bytes yet. Not ru_maxrss where there is another way: a child inherits it from its parent."""
    if STATUS.exists():
        return _status("VmHWM")
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _status(name: str) -> int:
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1])).__dict__))
