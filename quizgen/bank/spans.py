"""From a place in a file to what stands there: its lines, and where it ends."""

import re
from pathlib import Path as FilePath
from typing import NamedTuple

from quizgen.bank.slip import Mark
from quizgen.bank.syntax import decode, read_text
from quizgen.bank.tree import Ends, ends
from quizgen.problem import Where

_COMMENT = re.compile(r"\s+#.*$")
_LINE_END = re.compile(r"\r\n|\r|\n")


class Excerpt(NamedTuple):
    """The lines of a file on which something stands, from the line `first` (from 1) on, and the
    columns of each that are its own: from the start, to before the end, both from 1.
    """

    first: int
    lines: tuple[str, ...]
    columns: tuple[tuple[int, int], ...]

    @property
    def end(self) -> Mark:
        """The line and column behind the last letter."""
        return self.first + len(self.lines) - 1, self.columns[-1][1]


class Spans:
    """What stands at places of a project's files; each is read once, when it is first asked for."""

    def __init__(self, root: FilePath) -> None:
        self._root = root
        self._files: dict[str, tuple[list[str], Ends]] = {}

    def excerpt(self, where: Where, field: str | None = None) -> Excerpt | None:
        """The key or value that starts at a place; None where the file has no such place.

        Where a key and what it is part of start together, the last part of `field` tells that the
        key is meant. Of several fields in a block, it is the first line; of a text below a bar,
        the line of the bar and the text.
        """
        if where.file not in self._files:
            self._files[where.file] = _read(self._root / where.file)
        lines, found = self._files[where.file]
        if not 1 <= where.line <= len(lines) or where.column > len(lines[where.line - 1]) + 1:
            return None
        mark = (where.line, where.column)
        key = found.keys.get(mark)
        if key is not None and field is not None and key[0] == field.rpartition(".")[2]:
            end = key[1]
        elif mark in found.blocks or found == Ends.none():
            end = (where.line, len(_COMMENT.sub("", lines[where.line - 1]).rstrip()) + 1)
        else:
            end = found.values.get(mark) or (key[1] if key else (where.line, where.column + 1))
        return _cut(lines, mark, max(end, (where.line, where.column + 1)))


def _read(path: FilePath) -> tuple[list[str], Ends]:
    """The lines of a file and where things in it end; after an error in its form, of what could
    be read all the same.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return [], Ends.none()
    if path.suffix.lower() not in (".yaml", ".yml"):
        return _LINE_END.split(data.decode("utf-8-sig", "replace")), Ends.none()
    text, _ = decode(data)
    shown = data.decode("utf-8-sig", "replace") if text is None else text
    lines = _LINE_END.split(shown)
    found = ends("\n".join(lines) if text is not None else "")
    if not found.is_whole and text is not None and (parsed := read_text(text).parsed):
        found = ends(parsed)
    return lines, found


def _cut(lines: list[str], start: Mark, end: Mark) -> Excerpt:
    last = min(end[0], len(lines))
    while last > start[0] and not lines[last - 1][: end[1] - 1 if last == end[0] else None].strip():
        last -= 1  # the end of a text below a bar is the start of what follows
    columns = []
    for number in range(start[0], last + 1):
        line = lines[number - 1]
        first = start[1] if number == start[0] else len(line) - len(line.lstrip()) + 1
        behind = end[1] if number == end[0] else len(line.rstrip()) + 1
        columns.append((first, max(behind, first)))
    if columns[0][0] == columns[0][1]:
        columns[0] = (start[1], start[1] + 1)
    return Excerpt(start[0], tuple(lines[start[0] - 1 : last]), tuple(columns))
