"""Text to lines that fit a terminal: wrapped by words, counted in cells as a terminal counts them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

_KEPT = re.compile(r"^    |\S {2,}\S|─")
_RULE = re.compile(r"─+(?:  ─+)+")
_NARROWEST = 4
"""No column of a table becomes narrower than that."""
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
    """The lines of a text within `width` cells; code and empty lines stay as they are.

    An item of a list hangs under its first word, the words of a table's cell under one another. A
    word longer than a line is broken, after a hyphen where it has one.
    """
    lines: list[str] = []
    table: list[str] = []
    source = text.split("\n")
    for line, following in zip(source, [*source[1:], ""], strict=True):
        if table or (line and _RULE.fullmatch(following)):
            if line:
                table.append(line)
            if not (line and following):
                lines += _table(table, width)
                table = []
            if line:
                continue
        if _KEPT.search(line) or cells(line) <= width:
            lines.append(line.rstrip())
            continue
        found = _LEAD.match(line)
        lead = found[0] if found else ""
        room = max(width - cells(lead), 1)
        for number, part in enumerate(_broken(line[len(lead) :], room)):
            lines.append((lead if number == 0 else " " * cells(lead)) + part)
    return lines


def _table(lines: Sequence[str], width: int) -> list[str]:
    """A table, whose second line shows its columns by their letters, aligned by cells; its widest
    columns are wrapped where it is too wide, unless there are too many.
    """
    spans = [(one.start(), one.end()) for one in re.finditer("─+", lines[1])]
    ends = [*(end for _, end in spans[:-1]), None]
    rows = [
        [line[start:end].strip() for (start, _), end in zip(spans, ends, strict=True)]
        for line in (lines[0], *lines[2:])
    ]
    columns = list(zip(*rows, strict=True))
    widths = [max(map(cells, column)) for column in columns]
    room = width - 2 * (len(widths) - 1)
    if room < _NARROWEST * len(widths):
        return [line.rstrip() for line in lines]
    while sum(widths) > room:
        widths[widths.index(max(widths))] -= 1
    is_number = [all(re.search(r"\d", cell) for cell in column[1:]) for column in columns]
    shown = [line for row in rows for line in _row(row, widths, is_number)]
    head = len(_row(rows[0], widths, is_number))
    return [*shown[:head], "  ".join("─" * one for one in widths), *shown[head:]]


def _row(row: Sequence[str], widths: Sequence[int], is_number: Sequence[bool]) -> list[str]:
    parts = [list(_broken(cell, wide)) for cell, wide in zip(row, widths, strict=True)]
    lines = []
    for number in range(max(1, *map(len, parts))):
        found = [part[number] if number < len(part) else "" for part in parts]
        lines.append(
            "  ".join(
                " " * (wide - cells(text)) + text if right else padded(text, wide)
                for text, wide, right in zip(found, widths, is_number, strict=True)
            ).rstrip()
        )
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
            hyphen = head.rfind("-") + 1
            if hyphen > len(head) // 2:
                head = head[:hyphen]
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
