"""A place in a file to lines for a console: the source with its number, and carets below it."""

import re
from collections.abc import Iterator

from quizgen.bank.spans import Excerpt
from quizgen.study.words import cells

_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
"""What would act on a console rather than be shown, or turn the order of what is."""
_QUOTED = re.compile(r'"([^"]{1,80})"')
_BAR = re.compile(r"[|>][-+\d]*")
_TAB = "    "
_MOST_LINES = 3
_CUT = "..."
_LEAST = 12
"""Cells of source that are shown in the narrowest console."""


def narrowed(excerpt: Excerpt, message: str) -> Excerpt:
    """The words that a message quotes, where they stand once in what it is about; else all of it."""
    for words in _QUOTED.findall(message):
        pattern = _bounded(words)
        hits = [
            (number, hit.start() + start)
            for number, (line, (start, end)) in enumerate(
                zip(excerpt.lines, excerpt.columns, strict=True)
            )
            for hit in pattern.finditer(line[start - 1 : end - 1])
        ]
        if len(hits) == 1:
            ((number, column),) = hits
            columns = ((column, column + len(words)),)
            return Excerpt(excerpt.first + number, (excerpt.lines[number],), columns)
    return excerpt


def _bounded(words: str) -> re.Pattern[str]:
    """The words as they stand, not within others; only some scripts part words by spaces."""
    before = r"(?<!\w)" if words[0].isascii() else ""
    behind = r"(?!\w)" if words[-1].isascii() else ""
    return re.compile(f"{before}{re.escape(words)}{behind}")


def drawn(excerpt: Excerpt, width: int, gutter: int) -> Iterator[tuple[str, str, str]]:
    """The lines of a drawing, each in three parts: what stands before the source, source, carets.

    Numbers of lines take `gutter` cells. A line longer than `width` cells is cut around what is
    meant; of many lines the first are drawn. The bar above a text is not underlined.
    """
    room = max(width - gutter - 4, _LEAST)
    shown = excerpt.lines
    rest = 0
    if len(shown) > _MOST_LINES:
        rest = len(shown) - _MOST_LINES + 1
        shown = shown[: _MOST_LINES - 1]
    for number, line in enumerate(shown):
        start, end = excerpt.columns[number]
        if number == 0 and rest + len(shown) > 1 and _BAR.fullmatch(line[start - 1 : end - 1]):
            end = start
        text, before, under = fitted(line, start - 1, end - 1, room)
        yield f" {excerpt.first + number:>{gutter}} |", text, ""
        if under:
            yield f" {'':{gutter}} |", "", " " * before + "^" * under
    if rest:
        yield f" {'...':>{gutter}} |", f"{' ' * before}and {rest} more lines", ""


def fitted(line: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """A line as a console shows it, in at most `width` cells, and how many cells stand before and
    within its letters from `start` to before `end`, as far as they are shown.

    Tabs take four cells. What is cut off at either side is told by three points.
    """
    before, within, after = (_visible(part) for part in (line[:start], line[start:end], line[end:]))
    after = after.rstrip()
    if cells(before + within + after) <= width:
        return before + within + after, cells(before), _under(within, start, end)
    if cells(before + within) + len(_CUT) > width:
        third, rest = width // 3, width - cells(within) - 2 * len(_CUT)
        is_short = rest < 0 and cells(before) <= third  # all of what is meant is not shown anyway
        kept = before if is_short else _tail(before, min(third, max(rest, 0)))
        before = before if kept == before else _CUT + kept
    shown = before + within + after
    if cells(shown) > width:
        shown = _head(shown, width - len(_CUT)) + _CUT
    room = cells(shown) - cells(before)
    return shown, cells(before), min(_under(within, start, end), max(room, 1))


def _under(within: str, start: int, end: int) -> int:
    return max(cells(within), 1) if end > start else 0


def _visible(text: str) -> str:
    return _UNSHOWN.sub("\ufffd", text.replace("\t", _TAB))


def _tail(text: str, width: int) -> str:
    """The end of a text that fits; it starts with a letter that takes room."""
    start, used = len(text), 0
    while start and used + cells(text[start - 1]) <= width:
        start -= 1
        used += cells(text[start])
    while start < len(text) and not cells(text[start]):
        start += 1
    return text[start:]


def _head(text: str, width: int) -> str:
    end = used = 0
    while end < len(text) and used + cells(text[end]) <= width:
        used += cells(text[end])
        end += 1
    return text[:end]
