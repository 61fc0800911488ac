"""Hypothesis profiles, and the tools that a test may need on the machine."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from quizgen.outputs.pdf.devtools import Tab, led

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=60, deadline=None, derandomize=True)
settings.register_profile(
    "nightly", max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def few(dev: int, *, nightly: int | None = None) -> int:
    """How many examples a test draws that starts processes or Anki, or makes whole papers: few, but
    more at night."""
    is_night = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
    return (nightly or dev * 20) if is_night else dev


def require_tool(*names: str) -> str:
    """The path of the first of these programs; without it the test skips or, in CI, fails."""
    for name in names:
        if path := shutil.which(name):
            return path
    reason = f"{names[0]} is not installed"
    if os.environ.get("QUIZGEN_REQUIRE_TOOLS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty project: a folder with `questions/`."""
    (tmp_path / "questions").mkdir()
    return tmp_path


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """A browser that stays open, since each start costs more than a page."""
    chromium = require_tool("chromium", "chromium-browser", "google-chrome")
    switches = ("--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe")
    profile = tmp_path_factory.mktemp("profile")
    with led([chromium, *switches, f"--user-data-dir={profile}"], 120) as tab:
        yield tab
