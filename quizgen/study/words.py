"""Text to lines that fit a terminal: wrapped by words, counted in cells as a terminal counts them."""

import re
import unicodedata
from collections.abc import Iterator

_KEPT = re.compile(r"^    |\S {2,}\S|─")
_LEAD = re.compile(r"^\s*(?:- |\d+[.)] )?")
_PIECES = re.compile(r"\s+|\S+")


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: two for a wide letter, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(map(_cell, text))


def _cell(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1


def padded(text: str, width: int) -> str:
    """The text with spaces up to a width in cells."""
    return text + " " * (width - cells(text))


def shortened(text: str, width: int, *, end: str = "...") -> str:
    """The text on one line of at most `width` cells, cut between words and ended where it is cut."""
    text = " ".join(text.split())
    if cells(text) <= width:
        return text
    room = max(width - cells(end) - 1, 1)
    first = next(iter(_broken(text, room)), "")
    return f"{first} {end}" if cells(first) + 1 + cells(end) <= width else end[:width]


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text within `width` cells; code, tables and empty lines stay as they are.

    An item of a list hangs under its first word. A word longer than a line is broken.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        if _KEPT.search(line) or cells(line) <= width:
            lines.append(line.rstrip())
            continue
        found = _LEAD.match(line)
        lead = found[0] if found else ""
        room = max(width - cells(lead), 1)
        for number, part in enumerate(_broken(line[len(lead) :], room)):
            lines.append((lead if number == 0 else " " * cells(lead)) + part)
    return lines


def _broken(text: str, width: int) -> Iterator[str]:
    """One paragraph in lines; between wide letters, which know no spaces, it may break anywhere."""
    line = ""
    for piece in _pieces(text):
        if line and cells(line) + cells(piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
        while cells(line) > width and not line.isspace() and cells(line.rstrip()) > width:
            head = _head(line, width)
            yield head
            line = line[len(head) :]
    if line.strip():
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    for piece in _PIECES.findall(text):
        if piece.isascii() or cells(piece) == len(piece):
            yield piece
            continue
        run = ""
        for letter in piece:
            if _cell(letter) == 2 and not unicodedata.category(letter).startswith("P"):
                if run:
                    yield run
                run = letter
            else:
                run += letter
        if run:
            yield run


def _head(text: str, width: int) -> str:
    """As much of a text as fits, and at least one letter."""
    used, end = 0, 0
    for letter in text:
        used += _cell(letter)
        if used > width and end:
            break
        end += 1
    return text[:end]
