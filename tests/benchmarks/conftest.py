"""What every measurement shares."""

import tempfile
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def compiled_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs keep their compiled modules, as they do at a user's, so that none is timed anew."""
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)


@pytest.fixture(autouse=True)
def passing_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What genanki leaves behind, here and in programs, lies in the folder of the test."""
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
