"""Anki's clozes to signs and gaps: `{{c1::answer::hint}}`, one within another, `{{c1,2::answer}}`."""

import re
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

_TOKEN = re.compile(r"\{\{c([\d,]{1,40})::|\}\}|::")
_OPENING = re.compile(r"\{\{c[\d,]{1,40}::")
_PRIVATE = range(0xF0000, 0xFFFFD)
_HIGHEST = 500


class Deletion(NamedTuple):
    """A gap as Anki has it: its number, the HTML of its answer and of its hint."""

    number: int
    answer: str
    hint: str


class Signed(NamedTuple):
    """The HTML with a private sign for each gap, the gaps by sign, and what was changed."""

    html: str
    gaps: dict[str, Deletion]
    changes: frozenset[str]


def signed(html: str) -> Signed:
    """The text of a cloze with its outermost gaps taken out.

    Where two have one number, the later gets another: a question asks for each by itself.
    """
    written = set(html)
    free = (chr(code) for code in _PRIVATE if chr(code) not in written)
    gaps: dict[str, Deletion] = {}
    changes: set[str] = set()
    pieces: list[str] = []
    found = list(_outermost(html))
    taken = {deletion.number for _, _, deletion, _ in found}
    unused = (number for number in count(1) if number not in taken)
    used: set[int] = set()
    at = 0
    for start, end, deletion, is_nested in found:
        if is_nested:
            changes.add("nested_gap")
        if deletion.number in used or not 0 < deletion.number <= _HIGHEST:
            changes.add("joined_gaps")
            deletion = deletion._replace(number=next(unused))  # noqa: PLW2901
        used.add(deletion.number)
        sign = next(free)
        gaps[sign] = deletion
        pieces += [html[at:start], sign]
        at = end
    return Signed("".join([*pieces, html[at:]]), gaps, frozenset(changes))


def filled(html: str) -> str:
    """The text of a cloze with the answers in its gaps."""
    text = signed(html)
    return "".join(text.gaps[sign].answer if sign in text.gaps else sign for sign in text.html)


def gaps_in(html: str) -> int:
    """How many gaps there are in it, those within others, too."""
    return len(_OPENING.findall(html))


def _outermost(html: str) -> Iterator[tuple[int, int, Deletion, bool]]:
    """Where each outermost gap starts and ends, what it is, and whether it holds others."""
    depth = start = number = inner = 0
    hint_at: int | None = None
    is_nested = False
    marks: list[tuple[int, int]] = []
    hints: list[int | None] = []  # where the hint starts of each inner gap that is open
    for found in _TOKEN.finditer(html):
        if found[1]:
            if not depth:
                start, inner = found.span()
                hint_at, is_nested = None, False
                marks, hints = [], []
                number = (
                    next((int(one) for one in found[1].split(",") if one), 0)
                    if len(found[1]) < 9
                    else 0
                )
            else:
                is_nested = True
                marks.append(found.span())
                hints.append(None)
            depth += 1
        elif found[0] == "::":
            if depth == 1 and hint_at is None:
                hint_at = found.start()
            elif depth > 1 and hints[-1] is None:
                hints[-1] = found.start()
        elif depth:
            depth -= 1
            if depth:
                hinted = hints.pop()
                marks.append((found.start() if hinted is None else hinted, found.end()))
                continue
            end = found.start() if hint_at is None else hint_at
            answer = _without(html, inner, end, marks)
            hint = "" if hint_at is None else _without(html, hint_at + 2, found.start(), marks)
            yield start, found.end(), Deletion(number, answer, hint), is_nested


def _without(html: str, start: int, end: int, marks: list[tuple[int, int]]) -> str:
    """A part of the HTML without the braces and hints of the gaps in it."""
    pieces = []
    for first, last in sorted(marks):
        if start <= first < end:
            pieces.append(html[start:first])
            start = last
    return "".join([*pieces, html[start:end]])
