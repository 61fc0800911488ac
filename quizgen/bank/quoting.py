"""A text as YAML that reads back as that text, for what quizgen tells an author to write."""

import json
import re

_PLAIN = re.compile(r"[^\W\d_][\w']*(?:[ -][\w']+)*")
_NOT_TEXT = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
"""Words that a reader of YAML may take for something else."""


def quoted(text: str) -> str:
    """A text as it stands behind a key or in a list: plain where no reader could mistake it.

    For a text whose every sign may stand in a file: JSON's quotes and escapes are YAML's too.
    """
    if _PLAIN.fullmatch(text) and text.casefold() not in _NOT_TEXT:
        return text
    return json.dumps(text, ensure_ascii=False)
