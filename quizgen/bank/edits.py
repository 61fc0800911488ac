"""Small changes to the text of a file, between which every byte stays as it is."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\r|\n")


class Edit(NamedTuple):
    """Text that takes the place of the characters from `start` to `end`; none where they are equal."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all the edits, of which no two touch the same characters."""
    pieces, at = [], 0
    for edit in sorted(edits):
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


def line_end(text: str, index: int) -> str:
    """How the line at `index` ends, or else the lines before it."""
    found = _LINE_END.search(text, index) or _LINE_END.search(text)
    return found[0] if found else "\n"
