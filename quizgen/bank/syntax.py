"""Bytes to YAML text that can be parsed; after an error reading goes on at the next item.

The item in which an error stands is blanked, line for line, so that one slip hides no other.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

import yaml

from quizgen.bank.grammar import explained
from quizgen.bank.limits import FILE_BYTES, PARSED, SLIPS
from quizgen.bank.slip import Mark, Slip
from quizgen.bank.tree import Block, Places, Value, places, read_tree

_MARKER = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$")
_ITEM = re.compile(r"^( *)-(?: |$)")
_QUESTIONS = re.compile(r"^ *(?:- +)?questions: *(?:#.*)?$")
_DASHLESS = re.compile(r"id:(?: |$)")
_STARTS = re.compile(
    r"(?: *- +(?:id|type|topic|stem|statement|cloze|front|title|passage):|id:)(?: |$)"
)
"""What a question starts with, as most do."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


_PLAIN = bytes((9, 10, *range(0x20, 0x7F)))


class Text(NamedTuple):
    """A file's value as far as it can be read, what is wrong with its form, and the text that was
    parsed in the end: line for line the file's, without what cannot be read.
    """

    value: Value
    slips: list[Slip]
    parsed: str | None
    """None where nothing can be said of the file's value."""
    tabs: Mapping[int, int] = {}
    """How many tabs at the start of a line (from 1) were parsed as two spaces each."""

    def mark(self, line: int, column: int) -> Mark:
        """The place in the file of a place in the text that was parsed."""
        return line, max(1, column - self.tabs.get(line, 0))

    def places(self) -> Places:
        """Where in the file the keys and values stand that were read."""
        found = places(self.parsed or "")
        if not self.tabs:
            return found
        keys, values = (
            {path: self.mark(*mark) for path, mark in marks.items()} for marks in found[:2]
        )
        return Places(keys, values, found.is_whole)


def decode(data: bytes) -> tuple[str | None, list[Slip]]:
    """The text of a file; None with a slip where it is none. A leading BOM is fine."""
    if len(data) > FILE_BYTES:
        limit = f"{FILE_BYTES // 1_000_000} MB"
        slip = Slip(
            "too_large",
            f"The file is larger than {limit}.",
            "Split it into several files.",
            (1, 1),
        )
        return None, [slip]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = _one_line_end(data[: error.start].decode("utf-8-sig", "replace"))
        slip = Slip(
            "not_utf8",
            "From this letter on the file is not UTF-8 text: it was saved in another encoding.",
            "Save it again as UTF-8 (in most editors: Save as, Encoding).",
            _mark_at(before, len(before)),
        )
        return None, [slip]


def read_text(text: str) -> Text:
    """The value of a text as far as it can be read, and every slip in its form."""
    slips: list[Slip] = []
    text = _one_line_end(text)
    text = _without_forbidden(text, slips)
    text = _without_markers(text, slips)
    tabs: dict[int, int] = {}
    rounds = min(SLIPS, max(3, PARSED // max(1, len(text))))
    for _ in range(rounds):
        try:
            value, found = read_tree(text)
            if isinstance(value, Block) and "id" in value and (rest := _with_dashes(text, slips)):
                text = rest
                continue
        except yaml.YAMLError as error:
            if rest := _with_dashes(text, slips):
                text = rest
                continue
            slip, line = explained(text, error)
            slips.append(_moved(slip, tabs))
            after = (
                _without_tabs(text, line, tabs) if slip.code == "tab" else _without_item(text, line)
            )
            if after is None:
                break
            text = after
        else:
            found = [_moved(slip, tabs) for slip in found] if tabs else found
            return Text(value, slips + found, text, tabs)
    return Text(None, slips, None)


def _moved(slip: Slip, tabs: Mapping[int, int]) -> Slip:
    """The slip where it stands in the file."""
    return slip._replace(mark=Text(None, [], None, tabs).mark(*slip.mark)) if slip.mark else slip


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


# --- What no parser needs to see -----------------------------------------------------------------


def _without_forbidden(text: str, slips: list[Slip]) -> str:
    if text.isascii() and not text.encode().translate(None, _PLAIN):
        return text  # a quick look at what most files are
    found = _FORBIDDEN.search(text)
    if found is None:
        return text
    if found[0] == "\ufeff":
        name = "a byte order mark, which belongs at the very start of a file or nowhere"
    else:
        name = f"an invisible character (U+{ord(found[0]):04X})"
    slips.append(
        Slip(
            "forbidden_character",
            f"Here stands {name}.",
            "Delete it; if it cannot be seen, delete the space around it and type that again.",
            _mark_at(text, found.start()),
        )
    )
    return _FORBIDDEN.sub(" ", text)


def _without_markers(text: str, slips: list[Slip]) -> str:
    """The text with the first of each two versions that git could not merge."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return text
    lines = text.split("\n")
    drops = False
    for number, line in enumerate(lines):
        if _MARKER.match(line):
            if line.startswith("<"):
                slips.append(
                    Slip(
                        "merge_markers",
                        "Two versions stand here (<<<<<<< to >>>>>>>).",
                        "Keep one of them and delete the lines with the marks.",
                        (number + 1, 1),
                    )
                )
            drops = line[0] in "=|"
            lines[number] = ""
        elif drops:
            lines[number] = ""
    return "\n".join(lines)


def _mark_at(text: str, index: int) -> Mark:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _with_dashes(text: str, slips: list[Slip]) -> str | None:
    """The text without the questions at whose start the dash is missing, so that their fields
    stand at the top of the file; None where there are none.
    """
    lines = text.split("\n")
    head = next((n for n, line in enumerate(lines) if _QUESTIONS.match(line)), len(lines))
    below = range(head + 1, len(lines))
    first = next((n for n in below if lines[n].strip() and lines[n].lstrip()[0] != "#"), -1)
    starts = [
        n
        for n in below
        if _DASHLESS.match(lines[n]) or (n == first and _DASHLESS.match(lines[n].lstrip()))
    ]
    slips += (
        Slip(
            "no_dash",
            "A question starts here without its dash.",
            f'Write "- {lines[start].strip()[:60]}", and indent its other fields so that they start below the "id".',
            (start + 1, len(lines[start]) - len(lines[start].lstrip()) + 1),
        )
        for start in starts[:SLIPS]
    )
    for start in starts:
        end = start
        while end < len(lines) and (end == start or not _STARTS.match(lines[end])):
            lines[end] = ""
            end += 1
    return "\n".join(lines) if starts else None


# --- After an error ------------------------------------------------------------------------------


def _without_tabs(text: str, line: int, tabs: dict[int, int]) -> str:
    """The text with spaces for the tabs at the start of this line and those below that have some."""
    lines = text.split("\n")
    while line < len(lines) and (found := re.match(r"[ \t]*\t[ \t]*", lines[line])):
        tabs[line + 1] = found[0].count("\t")
        lines[line] = found[0].replace("\t", "  ") + lines[line][found.end() :]
        line += 1
    return "\n".join(lines)


def _without_item(text: str, line: int) -> str | None:
    """The text with the item at this line blanked; None where it stands in no item.

    Items are what stands behind the dashes of the list of questions that the line lies in.
    """
    lines = text.split("\n")
    heads = [number for number in range(line + 1) if _QUESTIONS.match(lines[number])]
    for head in [*reversed(heads), -1]:
        dashes = (
            (n, found) for n in range(head + 1, len(lines)) if (found := _ITEM.match(lines[n]))
        )
        first_dash = next(dashes, None)
        if first_dash is None or first_dash[0] > line:
            continue
        indent = len(first_dash[1][1])
        starts = [n for n in range(head + 1, len(lines)) if _is_dash(lines[n], indent)]
        first = next(n for n in reversed(starts) if n <= line)
        last = next(
            (n for n in range(first + 1, len(lines)) if _is_dash(lines[n], indent, outer=True)),
            len(lines),
        )
        if last <= line:  # the list has ended above the line, as that of a passage has
            continue
        if any(row.strip() for row in lines[first:last]):
            return "\n".join([*lines[:first], *[""] * (last - first), *lines[last:]])
    return None


def _is_dash(row: str, indent: int, *, outer: bool = False) -> bool:
    found = _ITEM.match(row)
    return found is not None and (len(found[1]) == indent or (outer and len(found[1]) < indent))
