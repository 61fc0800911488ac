"""Bytes to YAML text that can be parsed, and the parser's errors to sentences for teachers.

After an error the item in which it stands is blanked and reading starts again, so that one slip
hides no other.
"""

import re

import yaml

from quizgen.bank.limits import FILE_BYTES, SLIPS
from quizgen.bank.slip import Mark, Slip
from quizgen.bank.tree import Value, read_tree

_MARKERS = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?:[ \r].*)?$", re.MULTILINE)
_TAB = re.compile(r"^( *)\t[ \t]*\S", re.MULTILINE)
_ITEM = re.compile(r"^( *)- ")
_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|(?!^)\ufeff"
)
_FIELD = re.compile(r"^(?P<lead>\s*(?:- )*\s*)(?P<key>[\w-]+):\s+(?P<text>\S.*?)\s*$")


def decode(data: bytes) -> tuple[str | None, list[Slip]]:
    """The text of a file; None with a slip where it is none. A leading BOM is fine."""
    if len(data) > FILE_BYTES:
        limit = f"{FILE_BYTES // 1_000_000} MB"
        return None, [
            Slip(
                "too_large",
                f"The file is larger than {limit}.",
                "Split it into several files.",
                (1, 1),
            )
        ]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        return None, [
            Slip(
                "not_utf8",
                "The file is not UTF-8 text: this letter was saved in another encoding.",
                "Save the file again as UTF-8 (in most editors: Save as, Encoding).",
                _mark_at(before, len(before)),
            )
        ]
    return text, []


def read_text(text: str) -> tuple[Value, list[Slip]]:
    """The value of a text as far as it can be read, and every slip in its form."""
    value, slips, _ = _read(text)
    return value, slips


def parsed_text(text: str) -> str:
    """The text as it is parsed in the end, line for line: without what cannot be read."""
    return _read(text)[2]


def _read(text: str) -> tuple[Value, list[Slip], str]:
    slips: list[Slip] = []
    text = _without_forbidden(text, slips)
    text = _without_markers(text, slips)
    text = _without_tabs(text, slips)
    while len(slips) < SLIPS:
        try:
            value, found = read_tree(text)
        except yaml.YAMLError as error:
            slip, line = _explained(text, error)
            slips.append(slip)
            after = _without_item(text, line)
            if after is None:
                return None, slips, text
            text = after
        else:
            return value, slips + found, text
    return None, slips, text


# --- What no parser needs to see -----------------------------------------------------------------


def _without_forbidden(text: str, slips: list[Slip]) -> str:
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
            "Delete it.",
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
        if _MARKERS.match(line):
            if line.startswith("<"):
                slips.append(
                    Slip(
                        "merge_markers",
                        "Two versions stand here (<<<<<<< to >>>>>>>).",
                        "Keep one and delete the marker lines.",
                        (number + 1, 1),
                    )
                )
            drops = line[0] in "=|"
            lines[number] = ""
        elif drops:
            lines[number] = ""
    return "\n".join(lines)


def _without_tabs(text: str, slips: list[Slip]) -> str:
    if "\t" not in text:
        return text
    for found in list(_TAB.finditer(text))[:SLIPS]:
        slips.append(
            Slip(
                "tab",
                "This line is indented with a tab.",
                "Use spaces; most editors can be set to write them for the Tab key.",
                _mark_at(text, found.start() + len(found[1])),
            )
        )
    return re.sub(
        r"^[ \t]*\t[ \t]*(?=\S)", lambda m: m[0].replace("\t", "  "), text, flags=re.MULTILINE
    )


def _mark_at(text: str, index: int) -> Mark:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


# --- After an error ------------------------------------------------------------------------------


def _without_item(text: str, line: int) -> str | None:
    """The text with the item at this line blanked; None where it stands in no item.

    Items are what stands behind the dashes of the first list that the error lies in.
    """
    lines = text.split("\n")
    indents = [len(found[1]) for row in lines if (found := _ITEM.match(row))]
    if not indents:
        return None
    indent = min(indents)
    starts = [n for n, row in enumerate(lines) if (f := _ITEM.match(row)) and len(f[1]) == indent]
    first = next((n for n in reversed(starts) if n <= line), None)
    if first is None:
        return None
    last = next((n for n in starts if n > first), len(lines))
    if not any(row.strip() for row in lines[first:last]):
        return None
    return "\n".join([*lines[:first], *[""] * (last - first), *lines[last:]])


def _explained(text: str, error: yaml.YAMLError) -> tuple[Slip, int]:
    """A slip for the parser's error, and the line (from 0) of the item to leave out."""
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    lines = text.split("\n")
    spot = mark or context
    if spot is None:
        return Slip("syntax", "This is no YAML.", "Look at the line before, too.", (1, 1)), 0
    line = min(spot.line, len(lines) - 1)
    origin = min(context.line, line) if context is not None else line
    for number in dict.fromkeys((line, origin, line - 1)):
        if 0 <= number < len(lines) and (slip := _known(lines[number], number)):
            return slip, number
    opened = _unclosed(lines, origin, context)
    if opened:
        return opened, origin
    problem = str(getattr(error, "problem", "") or "this is no YAML").rstrip(".")
    slip = Slip(
        "syntax",
        f"The line cannot be read: {problem}.",
        "Mind the indentation and the quotes here and on the line before; text with special signs belongs in quotes.",
        (line + 1, spot.column + 1),
    )
    return slip, origin


def _known(row: str, number: int) -> Slip | None:
    """The slip in this line that a sentence of its own describes."""
    found = _FIELD.match(row.rstrip("\r"))
    if found is None:
        found = re.match(r"^(?P<lead>\s*-\s+)(?P<key>)(?P<text>\S.*?)\s*$", row)
    if found is None:
        return None
    text = found["text"]
    mark = (number + 1, found.start("text") + 1)
    quoted = _quoted(text)
    if text[0] in "*`@%&!" or text.startswith("{{"):
        sign = "**" if text.startswith("**") else "{{" if text.startswith("{{") else text[0]
        return Slip(
            "starts_with_sign",
            f"Text cannot start with {sign} unless it stands in quotes.",
            f"Write {quoted}",
            mark,
        )
    if re.match(r"""(["'])(?:(?!\1).)*\1\s*[^\s,#\]\}:]""", text):
        return Slip(
            "quotes_within_line",
            "The text starts with quoted words, so it is taken to end with them.",
            f"Write {quoted}",
            mark,
        )
    if text[0] not in "[{\"'|>" and re.search(r":(?:\s|$)", text):
        return Slip(
            "colon_in_text",
            'The text holds ": ", which makes a field of what stands before it.',
            f"Write {quoted}",
            mark,
        )
    if re.match(r"\[[^\]]*\]\s*[^\s,#\]\}:]|\{[^}]*\}\s*[^\s,#\]\}:]", text):
        return Slip(
            "starts_with_sign",
            f"Text cannot start with {text[0]} unless it stands in quotes.",
            f"Write {quoted}",
            mark,
        )
    return None


def _quoted(text: str) -> str:
    """The text in the quotes that need least escaping."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _unclosed(lines: list[str], origin: int, context: object) -> Slip | None:
    """A quote or bracket that is opened on this line and never closed."""
    column = getattr(context, "column", None)
    if column is None or origin >= len(lines) or column >= len(lines[origin]):
        return None
    sign = lines[origin][column]
    names = {'"': "quote", "'": "quote", "[": "bracket", "{": "brace"}
    if sign not in names:
        return None
    return Slip(
        "unclosed",
        f"The {names[sign]} {sign} that opens here is not closed in its place.",
        "Close it, or put text that holds it in quotes.",
        (origin + 1, column + 1),
    )
