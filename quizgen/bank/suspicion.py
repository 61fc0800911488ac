"""Scalars that YAML reads without complaint, but not as their author meant them.

Text cut off by " #", a figure split at its comma, an empty value where a comma went astray, LaTeX
whose backslash turned into a control character, an entry of a list that went into the one above.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from quizgen.bank.limits import SUSPICIONS
from quizgen.bank.slip import Mark, Slip

_CUT = re.compile(r" #(?<=\S #)")
_CROWDED = re.compile(r",[^\s\]\}]")
_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\([tnbrvafe])([A-Za-z]+)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_QUOTE = re.compile('"')
_LED = re.compile(r"\n *([-*?])(?=[ \n]|\Z)")
_JOINT = re.compile(r"(?<![ \n])[ \n]++[-*?](?: |$)")
_LED_LINE = re.compile(r"\n ++[-*?] ")


class Suspicion:
    """Called with each scalar that ends on one of its `lines` or is empty within brackets."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = SUSPICIONS
        self.lines = frozenset(self._odd_lines(text))
        """The lines (from 0) on which a scalar that is worth a look may end."""

    @staticmethod
    def _odd_lines(text: str) -> Iterator[int]:
        for pattern in (_CUT, _CROWDED, *([_QUOTE] if "\\" in text else [])):
            line = at = 0
            for found in pattern.finditer(text):
                line += text.count("\n", at, found.start())
                at = found.start()
                yield line
        yield from _led_lines(text)

    def __call__(self, event: Any, *, flow: bool, is_key: bool) -> Iterator[Slip]:
        """What is wrong with this scalar; nothing more once there were very many."""
        if self._left:
            for slip in islice(self._looked_at(event, flow=flow, is_key=is_key), self._left):
                self._left -= 1
                yield slip

    def _looked_at(self, event: Any, *, flow: bool, is_key: bool) -> Iterator[Slip]:
        if event.style == '"':
            yield from self._escaped(event)
        elif event.style in ("'", "|", ">"):
            return
        elif event.start_mark.line != event.end_mark.line:
            yield from self._joined(event, flow=flow)
            yield from self._beside(event, flow=flow)
        elif not event.value:
            if flow and event.start_mark.index == event.end_mark.index:
                yield from self._empty(event, is_key=is_key)
        else:
            yield from self._beside(event, flow=flow)

    def _beside(self, event: Any, *, flow: bool) -> Iterator[Slip]:
        rest = self._after(event)
        if rest.startswith(" #"):
            yield self._cut(event, rest)
        elif flow and _CROWDED.match(rest):
            yield self._split(event, rest)

    def _after(self, event: Any) -> str:
        """What follows the scalar on its last line, as far as it matters."""
        end = event.end_mark.index
        return self._text[end : end + 80].partition("\n")[0]

    def _escaped(self, event: Any) -> Iterator[Slip]:
        start, end = event.start_mark, event.end_mark
        found = _ESCAPE.search(self._text, start.index, end.index)
        if found is not None:
            word = found[1] + found[2]
            yield Slip(
                "escape",
                f'In double quotes "\\{word}" is not read as it stands: \\{found[1]} becomes a sign that nobody sees.',
                f"Use single quotes, which keep a backslash as it is: '... \\{word} ...'.",
                _start(event),
            )
        elif control := _CONTROL.search(event.value):
            yield Slip(
                "control_character",
                f"The backslash in these double quotes makes an invisible character (U+{ord(control[0]):04X}).",
                "Use single quotes, which keep a backslash as it is, or delete it.",
                _start(event),
            )

    def _joined(self, event: Any, *, flow: bool) -> Iterator[Slip]:
        """Lines that start like an entry of a list, and were read as more of the text above."""
        start = event.start_mark
        before = self._text[start.index - start.column : start.index]
        line, counted = start.line + 1, start.index
        for found in _LED.finditer(self._text, start.index, event.end_mark.index):
            at, sign = found.start(1), found[1]
            line += self._text.count("\n", counted, at)
            counted = at
            mark = line, at - found.start()
            if sign != "-" or flow or not before.rstrip().endswith("-"):
                name = {"-": "dash", "*": "star", "?": "question mark"}[sign]
                said = f"This line starts with a {name}, but was read as more of the text above it."
                fix = "If it is one text, put all of it in quotes; entries of a list stand below their field, each behind a dash."
            else:
                column = before.rindex("-") + 1
                said = "This dash stands deeper than the one above, so its line was read as more of that text."
                fix = f"Move it to column {column}; if it is one text, put all of it in quotes."
            yield Slip("deep_dash", said, fix, mark)

    def _cut(self, event: Any, rest: str) -> Slip:
        return Slip(
            "cut_by_comment",
            f'The text ends before "{_short(rest.strip())}", which is read as a comment.',
            "Put the whole text in quotes; if it is a comment, leave two spaces before the #.",
            (event.end_mark.line + 1, event.end_mark.column + 2),
        )

    def _split(self, event: Any, rest: str) -> Slip:
        second = re.split(r"[,\]\}:]", rest[1:], maxsplit=1)[0].strip()
        whole = f"{event.value},{second}"
        return Slip(
            "comma_without_space",
            f'"{_short(whole)}" was read as "{_short(event.value)}" and "{_short(second)}".',
            f'If it is one text, write "{_short(whole)}" in quotes; if it is two, put a space after the comma.',
            _start(event),
        )

    def _empty(self, event: Any, *, is_key: bool) -> Iterator[Slip]:
        end = event.start_mark.index
        before = self._text[max(0, end - 80) : end].rpartition("\n")[2].rstrip()
        name = re.split(r"[,\[\{]", before.removesuffix(":"))[-1].strip()
        if "}" in name or before.endswith("{{" + name):
            return  # a gap without quotes, which is told as such
        said = f'"{name}" has no value.' if name and not is_key else "A value is missing here."
        name = name or "name"
        yield Slip(
            "empty_value",
            said,
            f'Write {name}: and its value; if a comma belongs to the text, put all of it in quotes: "{name}, ...".',
            _start(event),
        )


def parted(text: str) -> list[str]:
    """The entries that were meant where a "deep_dash" made one text of them."""
    return _JOINT.split(text)


def _led_lines(text: str) -> Iterator[int]:
    """Each line that starts with a sign of a list though none can start there, and those below it
    on one of which the text ends that it became part of.
    """
    line = at = covered = 0
    is_odd = False
    for found in _LED_LINE.finditer(text):
        start, end = found.span()
        if start < covered:
            continue
        above = text[text.rfind("\n", 0, start) + 1 : start]
        if above.endswith(":"):
            is_odd = False
        elif not above.startswith(found[0][1:]):
            is_odd = not _goes_on_list(text, start, end - start - 3)
        if is_odd:
            line += text.count("\n", at, start) + 1
            outer = re.compile(rf"\n(?: {{0,{end - start - 4}}}-|\S)").search(text, end)
            covered = outer.start() if outer else len(text)
            more = text.count("\n", start + 1, covered)
            yield from range(line, line + more + 1)
            line, at = line + more, covered


def _goes_on_list(text: str, end: int, indent: int) -> bool:
    """Whether a dash in this column is the next one of a list, or its first, by the lines above."""
    while end > 0:
        start = text.rfind("\n", 0, end) + 1
        above = text[start:end].rstrip()
        depth = len(above) - len(above.lstrip())
        if above and depth <= indent:
            return above[indent:].startswith("- ") or above.endswith((":", "-"))
        end = start - 1
    return False


def _start(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"
