"""The child process that parses pages and documents, one after another: `python -m analysis.ingest.worker`.

A parser in C that hangs or eats memory cannot be interrupted from within, so it runs here, where the parent can end it.
Both directions carry frames: four bytes of length (big endian), then that many bytes. A request is one frame of JSON
(`kind`, `name`, `seconds`) and one of the file's bytes; an answer is one frame of JSON, either `error` or the fields of
`parsed.Parsed`.
"""

import json
import os
import signal
import struct
import sys
import threading
import time
from pathlib import Path
from typing import BinaryIO

MEMORY_BYTES = 2_000_000_000  # Address space of the child: ten times what the largest good page took.
GRACE_SECONDS = 5  # Past a request's time the kernel ends the child, should the parent no longer be there to do so.
_HEAD = struct.Struct(">I")


def write_frame(stream: BinaryIO, payload: bytes) -> None:
    """Write one frame and flush it."""
    stream.write(_HEAD.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame; None where the other side has gone, also in the middle of a frame."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    (size,) = _HEAD.unpack(head)
    payload = stream.read(size)
    return payload if len(payload) == size else None


def answer(request: dict, raw: bytes) -> dict:
    """The answer to one request; whatever goes wrong inside a parser becomes its `error`."""
    from analysis.errors import FileError

    path = Path(request["name"])
    try:
        return vars(_parser(request["kind"])(raw, path))
    except FileError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": f"{path}: takes more than {MEMORY_BYTES:,} bytes of memory to read. Split or simplify it."}
    except RecursionError:
        return {"error": f"{path}: its parts are nested too deep to be read. Save the article's text as UTF-8 text."}
    except Exception as error:
        told = " ".join(str(error).split())[:200]
        return {"error": f"{path}: cannot be parsed ({type(error).__name__}: {told}). Save it anew, or as UTF-8 text."}


def _parser(kind: str):
    if kind == "html":
        from analysis.ingest.pages import parse
    elif kind == "docx":
        from analysis.ingest.word import parse
    else:
        from analysis.ingest.pdf import parse
    return parse


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time limit holds there too
        return
    for what, size in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))


def _end_with_parent() -> None:
    """End when the parent ends, although forked copies of it may hold the other end of our pipes open."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):  # its default action ends the process, whatever C code it is in
        signal.setitimer(signal.ITIMER_REAL, seconds)


def main() -> None:
    """Answer requests from standard input until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not fall among the answers
    _limit_memory()
    _end_with_parent()
    while (head := read_frame(requests)) is not None and (raw := read_frame(requests)) is not None:
        request = json.loads(head)
        _alarm(request["seconds"] + GRACE_SECONDS)
        told = answer(request, raw)
        _alarm(0)
        write_frame(answers, json.dumps(told).encode())


if __name__ == "__main__":
    main()
