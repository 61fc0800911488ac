"""The text of a cloze to its parts: `{{answer}}`, `{{answer|also right::hint}}`, `{{c2::answer}}`."""

import re
from collections.abc import Iterator
from itertools import count

from quizgen.model import Gap

_NUMBERED = re.compile(r"c(\d{1,3})::")
_WRITTEN = re.compile(r"\{\{\s*c\d{1,3}::")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
"""A brace, or a sign that a backslash keeps from being one."""
_SPLIT = re.compile(r"(?<!\\)\|")


class ClozeError(Exception):
    """The text cannot be parted; the sentence says why, and `fix` what to write."""

    def __init__(
        self,
        sentence: str,
        fix: str = "A gap is {{answer}}, {{answer|also right::hint}} or {{c2::answer}}.",
    ) -> None:
        super().__init__(sentence)
        self.fix = fix


def cloze_parts(text: str, above: int = 0) -> tuple[str | Gap, ...]:
    """Plain texts and gaps in reading order; a gap without a number gets the next one above all
    that are given, since a hole among those may be what a gap that is gone has left, and above
    `above`, where more is known of gaps that are gone.

    Raises ClozeError for a gap that is not closed, is empty, or has a number that another has.
    """
    raw: list[str | tuple[int, str]] = []
    at = 0
    while True:
        start = _opening(text, at)
        if start < 0:
            break
        end = _closing(text, start + 2)
        if end < 0:
            raise ClozeError(f'The gap "{text[start : start + 20]}" is not closed.')
        raw += [text[at:start], (0, text[start + 2 : end])]
        at = end + 2
    raw.append(text[at:])
    return tuple(_numbered([part for part in raw if part], above))


def gap_openings(text: str) -> list[int]:
    """Where the braces of each gap open, in the order of `cloze_parts`."""
    found: list[int] = []
    at = 0
    while (start := _opening(text, at)) >= 0 and (end := _closing(text, start + 2)) >= 0:
        found.append(start)
        at = end + 2
    return found


def unnumbered(text: str) -> list[int]:
    """Those of `gap_openings` at which no number is written."""
    return [at for at in gap_openings(text) if not _WRITTEN.match(text, at)]


def _opening(text: str, at: int) -> int:
    start = text.find("{{", at)
    while start > 0 and text[start - 1] == "\\":
        start = text.find("{{", start + 2)
    return start


def _closing(text: str, at: int) -> int:
    """Where the gap that opened before `at` closes; braces within it are matched."""
    depth = 0
    for found in _BRACE.finditer(text, at):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}" and depth:
            depth -= 1
        elif text.startswith("}}", found.start()):
            return found.start()
    return -1


def _numbered(raw: list[str | tuple[int, str]], above: int) -> list[str | Gap]:
    given = {
        int(found[1])
        for part in raw
        if isinstance(part, tuple) and (found := _NUMBERED.match(part[1].strip()))
    }
    used: set[int] = set()
    free = count(max(given | {above}) + 1)
    parts: list[str | Gap] = []
    for part in raw:
        if isinstance(part, str):
            parts.append(part.replace(r"\{{", "{{"))
            continue
        gap = _gap(part[1].strip(), free)
        if gap.number in used:
            raise ClozeError(
                f"Two gaps have the number {gap.number}.",
                "Give the new one another; a gap keeps its number for ever.",
            )
        if not 0 < gap.number < 1000:
            raise ClozeError("Gaps are counted from 1 to 999.", "Write {{c1::answer}}.")
        used.add(gap.number)
        parts.append(gap)
    return parts


def _gap(inside: str, free: Iterator[int]) -> Gap:
    number = 0
    numbered = _NUMBERED.match(inside)
    if numbered:
        number, inside = int(numbered[1]), inside[numbered.end() :]
    answers, separator, hint = inside.rpartition("::")
    if not separator:
        answers, hint = inside, ""
    accept = tuple(one.strip().replace(r"\|", "|") for one in _SPLIT.split(answers))
    if not accept or not all(accept):
        raise ClozeError(f'The gap "{{{{{inside}}}}}" has no answer.')
    if not numbered:
        number = next(free)
    return Gap(number=number, accept=accept, hint=hint.strip())
