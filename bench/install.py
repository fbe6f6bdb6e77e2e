"""Installs a lock as far as that goes: `python bench/install.py NEEDED.lock WHOLE.lock` in the environment that it is for.

Some of the programs that ours is measured beside are built for few systems. What NEEDED names must install; of the rest, what cannot be
had is named and left out, and its row of the table says so.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

PIP = (
    sys.executable,
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-deps",
    "--require-hashes",
)


def entries(lock: str) -> list[tuple[str, str]]:
    """The requirements of a lock: package name, and the requirement with its hashes. A name may have one for each Python."""
    found = re.split(r"\n(?=[A-Za-z0-9])", lock.strip())
    return [(re.match(r"[\w.-]+", entry).group(), entry) for entry in found if entry]


def install(requirements: list[str]) -> bool:
    """Whether pip could install all of them."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(requirements) + "\n")
        file.flush()
        return subprocess.run([*PIP, "-r", file.name], check=False, stderr=subprocess.DEVNULL).returncode == 0


def main(needed: Path, whole: Path) -> int:
    """Install everything, or else what is needed and then each of the rest. Returns the exit status."""
    wanted = entries(whole.read_text(encoding="utf-8"))
    if install([entry for _, entry in wanted]):
        return 0
    product = entries(needed.read_text(encoding="utf-8"))
    if not install([entry for _, entry in product]):
        print(f"{needed}: cannot be installed. Run `make setup`, which shows what pip says.", file=sys.stderr)
        return 1
    names = {name for name, _ in product}
    for name in [name for name, entry in wanted if name not in names and not install([entry])]:
        print(f"{name}: cannot be installed here and is left out of the comparison", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
