"""What a command tells: plain lines, JSON lines, a bar on a terminal, and a reader that leaves."""

import io
import json
import os
import subprocess
import sys

import pytest

from analysis.log import JsonLog, Log, TerminalLog, Writer
from conftest import ROOT


def told(kind) -> list[str]:
    stream = io.StringIO()
    with kind(Writer(stream)) as log:
        log.event("notebook", "03_trends: đã xong [bold]", name="03_trends", path=ROOT)
        log.event("silent", name="x")
        log.step("notebooks", 1, 6)
        log.say("hết")
    return stream.getvalue().splitlines()


def test_plain_lines_hold_what_people_read():
    assert told(Log) == ["03_trends: đã xong [bold]", "hết"]


def test_json_lines_hold_every_event_with_its_fields():
    first, silent, remark = map(json.loads, told(JsonLog))
    assert (
        first["message"] == "03_trends: đã xong [bold]" and first["name"] == "03_trends" and first["path"] == str(ROOT)
    )
    assert silent["event"] == "silent" and "message" not in silent and remark["event"] == "remark"


def test_a_terminal_shows_a_bar_and_keeps_brackets():
    text = "\n".join(told(TerminalLog))
    assert "03_trends: đã xong [bold]" in text and "hết" in text


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_bar_is_drawn_on_a_real_terminal_and_only_there():
    code = (
        "from analysis.log import open_log\n"
        "with open_log('text') as log:\n"
        "    for n in range(1, 7):\n"
        "        log.step('notebooks', n, 6); log.event('e', f'line {n}')\n"
    )
    import pty

    parent, child = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "80"}
    process = subprocess.Popen([sys.executable, "-c", code], stdout=child, env=environment)
    os.close(child)
    seen = b""
    while True:
        try:
            seen += os.read(parent, 4096)
        except OSError:
            break
    process.wait()
    os.close(parent)
    assert b"line 6" in seen and b"notebooks" in seen and b"/6" in seen
    plain = subprocess.run([sys.executable, "-c", code], capture_output=True).stdout
    assert plain.decode().splitlines() == [f"line {n}" for n in range(1, 7)]


def test_work_goes_on_when_the_reader_leaves(tmp_path):
    code = (
        "from analysis.log import open_log\n"
        "with open_log('text') as log:\n"
        "    for n in range(20000):\n"
        "        log.event('e', f'line {n}')\n"
        f"open({str(tmp_path / 'done')!r}, 'w')\n"
    )
    command = f'{sys.executable} -c "$CODE" | head -n 1'
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], env=os.environ | {"CODE": code}, capture_output=True, text=True
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "line 0\n", "")
    assert (tmp_path / "done").exists()
