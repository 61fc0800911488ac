"""Scalars that YAML reads without complaint, but not as their author meant them.

Text cut off by " #", a figure split at its comma, an empty value where a comma went astray, LaTeX
whose backslash turned into a control character.
"""

import re
from typing import Any

from quizgen.bank.slip import Mark, Slip

_CUT = re.compile(r"\S #")
_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\([tnbrvafe])([A-Za-z]+)")


class Suspicion:
    """Called with each scalar that may be one of these; holds the text to look around it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: list[str] | None = None
        self.is_everywhere = bool(_CUT.search(text)) or bool(_ESCAPE.search(text))
        """Whether scalars outside of flow collections need a look at all."""

    def __call__(self, event: Any, *, flow: bool, is_key: bool) -> Slip | None:
        """The slip at this scalar, or None."""
        if self._lines is None:
            self._lines = self._text.split("\n")
        if event.style == '"':
            return self._escaped(event)
        if event.style in ("'", "|", ">"):
            return None
        if flow and not event.value and event.start_mark.index == event.end_mark.index:
            return self._empty(event, is_key=is_key)
        rest = self._after(event)
        if rest.startswith(" #"):
            return self._cut(event, rest)
        if flow and re.match(r",[^\s\]\}]", rest):
            return self._split(event, rest)
        return None

    def _after(self, event: Any) -> str:
        """What follows the scalar on its last line."""
        end = event.end_mark
        lines = self._lines or []
        return lines[end.line][end.column :].rstrip("\r") if end.line < len(lines) else ""

    def _escaped(self, event: Any) -> Slip | None:
        start, end = event.start_mark, event.end_mark
        lines = (self._lines or [])[start.line : end.line + 1]
        if not lines:
            return None
        if len(lines) == 1:
            lines = [lines[0][start.column : end.column]]
        else:
            lines = [lines[0][start.column :], *lines[1:-1], lines[-1][: end.column]]
        found = _ESCAPE.search("\n".join(lines))
        if found is None:
            return None
        word = found[1] + found[2]
        return Slip(
            "escape",
            f'"\\{word}" in double quotes is read as a control character and "{found[2]}".',
            f"Use single quotes, which keep a backslash as it is: '... \\{word} ...'.",
            _start(event),
        )

    def _cut(self, event: Any, rest: str) -> Slip:
        return Slip(
            "cut_by_comment",
            f'The text ends before "{_short(rest.strip())}", which is read as a comment.',
            "Put the whole text in quotes; for a comment, leave two spaces before #.",
            (event.end_mark.line + 1, event.end_mark.column + 2),
        )

    def _split(self, event: Any, rest: str) -> Slip:
        second = re.split(r"[,\]\}:]", rest[1:], maxsplit=1)[0].strip()
        whole = f"{event.value},{second}"
        return Slip(
            "comma_without_space",
            f'"{whole}" was read as {event.value} and {second}.',
            f'Write "{whole}" in quotes, or a space after the comma if they are two.',
            _start(event),
        )

    def _empty(self, event: Any, *, is_key: bool) -> Slip:
        before = (self._lines or [""])[event.start_mark.line][: event.start_mark.column].rstrip()
        name = re.split(r"[,\[\{]", before.removesuffix(":"))[-1].strip()
        said = f'"{name}" has no value.' if name and not is_key else "A value is missing here."
        return Slip(
            "empty_value",
            said,
            f'Write one; if a comma belongs to the text, put all of it in quotes: "{name}, ...".',
            _start(event),
        )


def _start(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"
