"""Spreadsheets' CSV to rows of cells and back: whatever Excel, LibreOffice or a person saved.

Knows no student and no question. What cannot be read is a Problem at its line; no row is lost by
the slip of another.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from quizgen.problem import Problem, Severity, Where

Delimiter = Literal[",", ";", "\t"]

_DELIMITERS: tuple[Delimiter, ...] = (",", ";", "\t")
_SEP_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_LINES_OF_A_CELL = 200
"""A quote that is open for longer was never meant to be one."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"[-\u2212]?\d+(?:[.,]\d+)?(?:/\d+)?")


class Row(NamedTuple):
    """A row: its number as a spreadsheet counts, its line in the file (both from 1), its cells.

    `text` is the row as written; `is_torn` says that a quote in it was never closed.
    """

    number: int
    line: int
    cells: list[str]
    text: str
    is_torn: bool = False


class Sheet(NamedTuple):
    """A file's rows that hold anything, and the way it was written."""

    file: str
    rows: list[Row]
    delimiter: Delimiter
    problems: tuple[Problem, ...]

    def at(self, row: Row, column: int) -> Where:
        """The place in the file of a cell by its column from 0; of the row's end where it has none."""
        start = 0
        for _ in range(min(column, len(row.cells))):
            end, _is_closed = _field_end(row.text, start, self.delimiter)
            start = min(end + 1, len(row.text))
        before = row.text[:start]
        line = row.line + before.count("\n")
        return Where(self.file, line, start - before.rfind("\n"))


def cell_name(row: Row, column: int) -> str:
    """A cell as a spreadsheet names it, by its column from 0: "D17"."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return f"{letters}{row.number}"


# --- Reading -------------------------------------------------------------------------------------


def read_sheet(data: bytes, file: str) -> Sheet:
    """The rows of a file: parted by commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1252."""
    text, problems = _decoded(data, file)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = 0
    told = _SEP_LINE.fullmatch(lines[0])
    delimiter = _sniffed(lines)
    if told and told[1] in _DELIMITERS:
        first = 1
        delimiter = next(one for one in _DELIMITERS if one == told[1])
    if '"' in text:
        rows = list(_rows(lines, first, delimiter))
    else:
        rows = [
            Row(number, number, line.split(delimiter), line)
            for number, line in enumerate(lines[first:], start=first + 1)
        ]
    kept = [row for row in rows if row.text.strip(f' "{delimiter}\xa0')]
    problems += [
        _problem(
            "unclosed_quote",
            f"Row {row.number} has a quotation mark that is never closed.",
            'Delete it; where it belongs to the text, put the cell in quotes and double it: "5"" pipe".',
            Where(file, row.line),
        )
        for row in kept
        if row.is_torn
    ]
    if not kept and not problems:
        problems.append(
            _problem(
                "empty_file",
                "The file is empty.",
                "Fill it in and save it again, or take it from git or a copy.",
                Where(file),
            )
        )
    return Sheet(file, kept, delimiter, tuple(problems))


def _problem(
    code: str, message: str, fix: str, where: Where, severity: Severity = "error"
) -> Problem:
    return Problem(code=code, message=message, fix=fix, where=where, severity=severity)


def _decoded(data: bytes, file: str) -> tuple[str, list[Problem]]:
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "", [
            _problem(
                "not_csv",
                "This is a workbook, not CSV.",
                'In the spreadsheet choose "Save as" and the type "CSV UTF-8".',
                Where(file),
            )
        ]
    encoding = _encoding(data)
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    if encoding != "cp1252":
        return text, []
    note = _problem(
        "not_utf8",
        "The file is not UTF-8, so it was read as Windows-1252.",
        'Where letters look wrong, save it again as "CSV UTF-8".',
        Where(file),
        "note",
    )
    return text, [note]


def _encoding(data: bytes) -> str:
    if data.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if data.startswith(b"\xfe\xff"):
        return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _sniffed(lines: Sequence[str]) -> Delimiter:
    """What parts the cells of the first line that holds anything, quotes aside."""
    head = next((line for line in lines if line.strip(' "\t,;')), "")
    bare = re.sub(r'"[^"]*"', "", head)
    return max(_DELIMITERS, key=bare.count)


def _field_end(text: str, start: int, delimiter: str) -> tuple[int, bool]:
    """Where the cell that starts at `start` ends, and whether its quotes are closed."""
    at = start
    if text[at : at + 1] == '"':
        at += 1
        while True:
            at = text.find('"', at)
            if at < 0:
                return len(text), False
            if text[at + 1 : at + 2] != '"':
                break
            at += 2
    end = text.find(delimiter, at)
    return (len(text) if end < 0 else end), True


def _is_open(text: str, delimiter: str) -> bool:
    """Whether a quoted cell runs on behind the end of the text."""
    start = 0
    while start <= len(text):
        end, is_closed = _field_end(text, start, delimiter)
        if not is_closed:
            return True
        start = end + 1
    return False


def _rows(lines: Sequence[str], first: int, delimiter: str) -> Iterator[Row]:
    """The rows of lines in which there are quotes; a row with a stray one ends with its line."""
    across = -1
    number, at = first, first
    while at < len(lines):
        number += 1
        text = lines[at]
        end = at + 1
        is_torn = False
        if '"' in text and _is_open(text, delimiter):
            while end < len(lines) and end - at < _LINES_OF_A_CELL and _is_open(text, delimiter):
                text += "\n" + lines[end]
                end += 1
            is_torn = _is_open(text, delimiter) or _swallows(text, delimiter, across)
            if is_torn:
                text, end = lines[at], at + 1
        if across < 0 and text.strip():
            across = text.count(delimiter)
        cells = text.split(delimiter) if is_torn else _cells(text, delimiter)
        yield Row(number, at + 1, cells, text, is_torn)
        at = end


def _cells(text: str, delimiter: str) -> list[str]:
    return next(csv.reader([text], delimiter=delimiter)) if text else [""]


def _swallows(text: str, delimiter: str, across: int) -> bool:
    """Whether a line within a cell is a row by itself: then its quotes are two stray ones."""
    return across >= 3 and any(
        line.count(delimiter) == across
        for cell in _cells(text, delimiter)
        for line in cell.split("\n")[1:]
    )


# --- Writing -------------------------------------------------------------------------------------


def write_sheet(rows: Iterable[Sequence[str]], delimiter: Delimiter = ",") -> bytes:
    """Rows as spreadsheets read them best: UTF-8 with the mark by which Excel knows it.

    A text that a spreadsheet would take for a formula has an apostrophe before it, so that nothing
    that a student wrote is ever run (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_harmless(cell) if cell[:1] in _FORMULA else cell for cell in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def _harmless(cell: str) -> str:
    return cell if cell == "-" or _NUMBER.fullmatch(cell) else f"'{cell}"


def with_row(data: bytes, cells: Sequence[str], instead: Row | None = None) -> bytes:
    """A file with one more row at its end, or with one `instead` of another, otherwise byte for byte.

    The row is written in the file's own dialect: delimiter, encoding and line ends.
    """
    sheet = read_sheet(data, "")
    encoding = _encoding(data)
    text = data.decode(encoding, "replace")
    end = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
    out = io.StringIO()
    csv.writer(out, delimiter=sheet.delimiter, lineterminator="").writerow(cells)
    written = out.getvalue()
    if instead is None:
        gap = "" if not text or text.endswith(("\n", "\r")) else end
        return data + (gap + written + end).encode(encoding, "replace")
    lines = re.split(r"(\r\n|\r|\n)", text)
    first = 2 * (instead.line - 1)
    last = first + 2 * instead.text.count("\n")
    return "".join([*lines[:first], written, *lines[last + 1 :]]).encode(encoding, "replace")
