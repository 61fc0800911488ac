"""The parser's errors to sentences for teachers: what stands on the line, and how to write it."""

import re

import yaml

from quizgen.bank.limits import DEPTH
from quizgen.bank.slip import Mark, Slip
from quizgen.bank.tree import TooDeepError

_VALUE = re.compile(r"^ *(?:- +)*(?:[\w-]+:[ \t]+|- +)(?P<text>[^\s-].*|-.*)$")
_QUOTED_START = re.compile(r"""(?:"[^"]*"|'[^']*')[ \t]*[^\s,#\]\}:]""")
_BRACKET_START = re.compile(r"(?:\[[^\]]*\]|\{[^}]*\})[ \t]*[^\s,#\]\}:]")
_SIGNS = {
    "- ": "a dash",
    "? ": "a question mark and a space",
    "{{": "{{",
    "**": "**",
    "*": "*",
    "`": "`",
    "@": "@",
    "%": "%",
    "&": "&",
    "!": "!",
    ">": ">",
    "|": "|",
}


def explained(text: str, error: yaml.YAMLError) -> tuple[Slip, int]:
    """A slip for the parser's error, and the line (from 0) of the item to leave out."""
    spot = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if spot is None:
        return _unread((1, 1)), 0
    lines = text.split("\n")
    line = min(spot.line, len(lines) - 1)
    mark = line + 1, (spot.column if line == spot.line else len(lines[line])) + 1
    if isinstance(error, TooDeepError):
        return _too_deep(mark), line
    context = getattr(error, "context_mark", None)
    origin = min(context.line, line) if context is not None else line
    problem = str(getattr(error, "problem", None) or "")
    for number in dict.fromkeys((line, origin, line - 1)):
        if number >= 0 and (slip := _known(lines[number], number + 1, problem)):
            return slip, number
    if "escape" in problem or "hexdecimal" in problem:
        return _by_parser(problem, lines[line], mark), origin
    if "expected ':'" in problem and context is not None:
        row = lines[origin]
        if dashless := _no_dash(lines, origin):
            return dashless, origin
        return _no_field(row, (origin + 1, len(row) - len(row.lstrip()) + 1)), origin
    if context is not None and (opened := _unclosed(lines, context.line, context.column, line)):
        return opened, origin
    if (above := _left_open(lines, line)) and (opened := _unclosed(lines, *above, line)):
        return opened, above[0]
    return _by_parser(problem, lines[line], mark), line if "key" in problem else origin


# --- What stands on the line ---------------------------------------------------------------------


def _known(row: str, number: int, problem: str) -> Slip | None:
    """The slip on this line that a sentence of its own describes."""
    if tabbed := re.match(r" *\t", row):
        return Slip(
            "tab",
            "This line is indented with a tab.",
            "Use spaces; most editors can be set to write them for the Tab key.",
            (number, tabbed.end()),
        )
    if "escape" in problem or "hexdecimal" in problem:
        return None
    found = _VALUE.match(row.rstrip())
    if found is None:
        return None
    text = found["text"]
    mark = number, found.start("text") + 1
    sign = next((name for start, name in _SIGNS.items() if text.startswith(start)), None)
    if sign in (">", "|") and re.fullmatch(r"[>|][+-]?[1-9]?[+-]?(?: +#.*)?", text):
        return None
    if sign is None and _BRACKET_START.match(text):
        sign = text[0]
    if sign is not None:
        return Slip(
            "starts_with_sign",
            f"Text cannot start with {sign} unless it stands in quotes.",
            _write_quoted(text),
            mark,
        )
    if _QUOTED_START.match(text):
        return Slip(
            "quotes_within_line",
            "The text starts with words in quotes, so it is taken to end with them.",
            _write_quoted(_unwrapped(text)),
            mark,
        )
    if "mapping values" in problem and text[0] not in "[{\"'" and re.search(r":(?:\s|$)", text):
        return Slip(
            "colon_in_text",
            'The text holds ": ", which makes a field of what stands before it.',
            _write_quoted(text),
            mark,
        )
    return None


def _unwrapped(text: str) -> str:
    """What is meant by a text that starts with a quote: without the quotes around all of it, if
    those within it open and close words of their own.
    """
    quote = text[0]
    inner = text[1:].removesuffix(quote)
    no_apostrophe = rf"(?<!\w){quote}|{quote}(?!\w)"
    ends = [found.end() for found in re.finditer(no_apostrophe, inner)]
    opens = not ends or bool(inner[ends[0] : ends[0] + 1].strip(" .,;:?!)"))
    return inner if opens and len(ends) % 2 == 0 else text


def _write_quoted(text: str) -> str:
    """What to write: the text in the quotes that need least escaping."""
    if len(text) > 200:
        return "Put all of it in single quotes; write each ' within it twice."
    if "'" not in text:
        return f"Write '{text}'"
    if '"' not in text and "\\" not in text:
        return f'Write "{text}"'
    doubled = text.replace("'", "''")
    return f"Write '{doubled}'"


def _left_open(lines: list[str], line: int) -> Mark | None:
    """Where a list or mapping opens at the end of the row above one that begins an entry."""
    if not re.match(r" *- ", lines[line]):
        return None
    above = next((n for n in range(line - 1, -1, -1) if lines[n].strip()), None)
    if above is None or not (row := lines[above].rstrip()).endswith(("[", "{")):
        return None
    return above, len(row) - 1


def _unclosed(lines: list[str], opens: int, column: int, line: int) -> Slip | None:
    """A quote or bracket that is opened there (from 0) and not closed where it should be."""
    row = lines[opens] if opens < len(lines) else ""
    sign = row[column : column + 1]
    names = {'"': "quote", "'": "quote", "[": "bracket", "{": "brace"}
    if sign not in names:
        return None
    if sign == "[" and row.count('"') % 2:
        return Slip(
            "unclosed",
            "A quote is missing in this list.",
            'Put one before and one behind each text, as in ["one", "two"].',
            (opens + 1, column + 1),
        )
    if sign in "[{" and line == opens:
        fix = "Close it on this line; put a text that holds brackets, quotes or a colon in quotes."
    else:
        fix = "Close it, or put the text that holds it in quotes."
    return Slip(
        "unclosed",
        f"The {names[sign]} {sign} that opens here is not closed in its place.",
        fix,
        (opens + 1, column + 1),
    )


# --- What the parser says ------------------------------------------------------------------------


def _by_parser(problem: str, row: str, mark: Mark) -> Slip:
    """A sentence for what the parser stumbled over."""
    if "escape" in problem or "hexdecimal" in problem:
        return Slip(
            "escape",
            "In double quotes a backslash starts a sign of its own, and this one is not known.",
            "Use single quotes, which keep a backslash as it is: '... \\lambda ...'.",
            mark,
        )
    if "mapping values" in problem:
        return Slip(
            "indentation",
            "A colon makes a field here, where none can stand.",
            "Start the fields of one question in one column; put a text that holds a colon in quotes.",
            mark,
        )
    if (found := re.match(r" *(id: .*)", row)) and "expected '-'" in problem:
        return Slip(
            "no_dash",
            "A question starts here without its dash.",
            f'Write "- {found[1].rstrip()[:60]}", the dash in the column of those above.',
            mark,
        )
    if "expected key" in problem or "expected '-'" in problem or "block sequence" in problem:
        return Slip(
            "indentation",
            "This line starts in another column than the lines that it belongs with.",
            "Start the fields of one question in one column, and the dashes of one list in one column.",
            mark,
        )
    if "alphabetic or numeric" in problem or "cannot start any token" in problem:
        sign = row[mark[1] - 1 : mark[1]] or row.strip()[:1]
        return Slip(
            "starts_with_sign",
            f"Text cannot start with {sign} unless it stands in quotes.",
            "Put all of the text in single quotes.",
            mark,
        )
    if "node content" in problem:
        return Slip(
            "empty_value",
            "Something is missing here, where a text or a list was to stand.",
            "Write it, or delete the comma or the sign too many.",
            mark,
        )
    return _unread(mark)


def _no_dash(lines: list[str], number: int) -> Slip | None:
    """A line of a list whose dash is missing, or the space behind it."""
    row = lines[number]
    text = row.strip()
    mark = number + 1, len(row) - len(row.lstrip()) + 1
    if re.match(r"-[^\W\d_]", text):
        fix = f"Write - {text[1:80]}"
        return Slip("no_dash", "There is no space after the dash.", fix, mark)
    above = next((lines[n] for n in range(number - 1, -1, -1) if lines[n].strip()), "")
    if above.startswith(f"{' ' * (mark[1] - 1)}- ") and not re.match(r"[\w-]+:\S", text):
        return Slip(
            "no_dash",
            f'The dash before "{_shortened(text)}" is missing.',
            f"Write - {text[:80]}",
            mark,
        )
    return None


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _no_field(row: str, mark: Mark) -> Slip:
    """A line that is neither a field nor goes on with the text above."""
    if glued := re.match(r"[\s-]*([\w-]+):(\S.*)$", row):
        return Slip(
            "no_space",
            "There is no space after the colon.",
            f"Write {glued[1]}: {glued[2][:80]}",
            mark,
        )
    return Slip(
        "no_colon",
        f'The line "{row.strip()[:40]}" is neither a field nor part of the text above it.',
        "Write field: value; a text of several lines goes below field: | and further in.",
        mark,
    )


def _unread(mark: Mark) -> Slip:
    return Slip(
        "syntax",
        "The file cannot be read from here on.",
        "Look at the indentation, quotes and brackets here and on the line before; a text with special signs belongs in quotes.",
        mark,
    )


def _too_deep(mark: Mark) -> Slip:
    return Slip(
        "too_deep",
        f"More than {DEPTH} lists and mappings stand inside one another.",
        "If this is text that holds many brackets, put all of it in quotes.",
        mark,
    )
