"""What tests share: the project's folder, the optional gold, and the programs that only some machines have."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def _program(name: str) -> str:
    """The program's path; skips where it is absent, fails where FIGURES_REQUIRE_PROGRAMS says it must be there."""
    path = shutil.which(name)
    if path is None and os.environ.get("FIGURES_REQUIRE_PROGRAMS"):
        pytest.fail(f"{name} is not on PATH, and FIGURES_REQUIRE_PROGRAMS says that it must be")
    if path is None:
        pytest.skip(f"{name} is not on PATH")
    return path


@pytest.fixture(scope="session")
def chromium() -> str:
    return _program("chromium")


@pytest.fixture(scope="session")
def soffice() -> str:
    return _program("soffice")


@pytest.fixture(scope="session")
def pdftoppm() -> str:
    return _program("pdftoppm")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the original articles and their gold, which stands beside the project and is not part of it."""
    if not SHARED.is_dir():
        pytest.skip(f"no folder {SHARED.name} beside the project: the originals and their gold are not part of it")
    return SHARED
