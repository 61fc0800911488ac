"""What every measurement shares."""

import pytest


@pytest.fixture(autouse=True)
def compiled_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs keep their compiled modules, as they do at a user's, so that none is timed anew."""
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
