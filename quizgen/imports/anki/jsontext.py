"""A stranger's JSON to values: how many there can be is known before any is made."""

import json
from typing import Any

from quizgen.imports.anki.limits import VALUES


class TooManyValuesError(Exception):
    """The text may hold more than `VALUES` values."""


def parsed(text: str | bytes) -> Any:
    """What the text says. Raises TooManyValuesError, ValueError or RecursionError."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    if sum(map(data.count, (b",", b"[", b"{"))) > VALUES:
        raise TooManyValuesError
    return json.loads(text)
