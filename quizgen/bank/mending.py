"""Mends, which change one thing in an item, written into the text of its file.

Nothing else in the file changes: comments, quotes, indentation, line ends and a leading byte order
mark stay as they are. Where a mend cannot be written so, it is not written at all. Whether the text
then means what it is to mean is for the caller to see, who reads it again.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias, assert_never

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from quizgen.bank.edits import Edit, edited, line_end
from quizgen.bank.origin import option_as_written
from quizgen.bank.quoting import quoted
from quizgen.bank.slip import Path, Slip
from quizgen.bank.syntax import decode, read_text
from quizgen.bank.tree import places
from quizgen.problem import Cite, Emphasise, Mend, Pin, Reorder

_Edits: TypeAlias = "list[Edit] | None"

_BARE = re.compile(r"[^\W_][\w .()/'’;!?+-]*")
"""A text without quotes that means the same in braces."""
_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|$)")
_TO_NEXT_ROW = re.compile(r"\s*-[ \t]+")
_TO_NEXT_IN_LINE = re.compile(r"\s*,\s*")


class Page:
    """A file of questions as it stands, for mends to be tried on. Where it is not read in one piece none
    can be: `obstacles` are the lines that are in the way. What else is wrong is in no mend's way.
    """

    def __init__(self, data: bytes) -> None:
        self._mark, self._text = "", ""
        self._top: Node | None = None
        self.obstacles: tuple[int, ...] = ()
        text, slips = decode(data)
        if text is None:
            self.obstacles = _lines(slips)
            return
        self._mark = "\ufeff" if data.startswith(BOM_UTF8) else ""
        self._text = text
        read = read_text(self._text)
        if read.parsed is None or read.parsed.splitlines() != self._text.splitlines():
            others = read_text(read.parsed).slips if read.parsed is not None else ()
            self.obstacles = tuple(sorted({*_lines(read.slips)} - {*_lines(others)})) or (1,)
            return
        try:
            loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            self._top = yaml.compose(self._text, Loader=loader)
        except yaml.MarkedYAMLError as error:  # such as a second document
            self.obstacles = (error.problem_mark.line + 1 if error.problem_mark else 1,)
            return
        self._places = places(self._text).values

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The file with all of the edits."""
        return (self._mark + edited(self._text, edits)).encode()

    def edits(self, path: Path, mend: Mend) -> _Edits:
        """What writes a mend into the item at its path; None where that cannot be done."""
        item = _at(self._top, path)
        match mend:
            case Pin():
                field = option_as_written(self._places, path, f"options.{mend.place}")
                keys = [int(key) if key.isdigit() else key for key in field.split(".")]
                return _pinned(_at(item, keys), self._text)
            case Reorder():
                return _reordered(_at(item, ("options",)), mend.order, self._text)
            case Emphasise():
                return _emphasised(_at(item, ("stem",)), mend, self._text)
            case Cite():
                return _cited(_at(item, ("source",)), mend, self._text)
            case _:
                assert_never(mend)


def _lines(slips: Iterable[Slip]) -> tuple[int, ...]:
    """The lines of the errors among them, each once."""
    lines = {slip.mark[0] if slip.mark else 1 for slip in slips if slip.severity == "error"}
    return tuple(sorted(lines))


def _at(node: Node | None, path: Sequence[str | int]) -> Node | None:
    """What stands at a path below a node; None where nothing does."""
    for key in path:
        match node:
            case MappingNode():
                node = next((value for name, value in node.value if name.value == key), None)
            case SequenceNode() if isinstance(key, int) and key < len(node.value):
                node = node.value[key]
            case _:
                return None
    return node


# --- An option that stands last ------------------------------------------------------------------


def _pinned(option: Node | None, text: str) -> _Edits:
    match option:
        case ScalarNode():
            written = _written(option, text)
            if option.style in ("|", ">"):
                if "#" in written.partition("\n")[0]:
                    return None  # a comment has no place in braces
                written = written.rstrip()
            is_bare = not option.style and _BARE.fullmatch(written)
            is_quoted = option.style in ("'", '"') and "\n" not in written and "\r" not in written
            shown = written if is_bare or is_quoted else quoted(option.value.rstrip())
            start = option.start_mark.index
            return [Edit(start, start + len(written), f"{{text: {shown}, pin: last}}")]
        case MappingNode():
            pin = _at(option, ("pin",))
            if isinstance(pin, ScalarNode):
                return [_instead(pin, "last", text)]
            return [_added(option, "pin: last", text)]
        case _:
            return None


# --- Options in another order --------------------------------------------------------------------


def _reordered(row: Node | None, order: tuple[int, ...], text: str) -> _Edits:
    """The texts of the options in each other's places, each with the comment behind it."""
    if not isinstance(row, SequenceNode) or len(row.value) != len(order):
        return None
    spans = []
    for node in row.value:
        end = _end(node)
        if end is None:
            return None
        if not row.flow_style:
            rest = _REST_OF_LINE.match(text, end)
            if rest is None:
                return None
            end = rest.end()
        spans.append((node.start_mark.index, end))
    between = _TO_NEXT_IN_LINE if row.flow_style else _TO_NEXT_ROW
    pairs = pairwise(spans)
    if not all(between.fullmatch(text, end, start) for (_, end), (start, _) in pairs):
        return None  # a comment stands there, and nobody knows to which option it belongs
    start, end = row.start_mark.index, row.end_mark.index
    if row.flow_style and "#" in text[start : spans[0][0]] + text[spans[-1][1] : end]:
        return None
    return [
        Edit(*spans[place], text[slice(*spans[old])])
        for place, old in enumerate(order)
        if old != place
    ]


# --- A word in bold ------------------------------------------------------------------------------


def _emphasised(stem: Node | None, mend: Emphasise, text: str) -> _Edits:
    """Stars around the word. It is the same one of its like in the text as in the file, unless an
    escape makes more or fewer of it; then nothing is said.
    """
    if not isinstance(stem, ScalarNode):
        return None
    like = re.compile(rf"(?<!\w){re.escape(mend.word)}(?!\w)")
    in_value = [found.start() for found in like.finditer(stem.value)]
    there = [found.span() for found in like.finditer(_written(stem, text))]
    if len(there) != len(in_value) or mend.start not in in_value:
        return None
    start, end = (stem.start_mark.index + at for at in there[in_value.index(mend.start)])
    return [Edit(start, start, "**"), Edit(end, end, "**")]


# --- What a citation says ------------------------------------------------------------------------


def _cited(source: Node | None, mend: Cite, text: str) -> _Edits:
    if not isinstance(source, MappingNode):
        return None
    edits = []
    if mend.paragraphs:
        match _at(source, ("paragraph",)):
            case ScalarNode() as one if len(mend.paragraphs) == 1:
                edits = [_instead(one, str(mend.paragraphs[0]), text)]
            case SequenceNode(value=[*rows]) if len(rows) == len(mend.paragraphs):
                numbers = zip(rows, map(str, mend.paragraphs), strict=True)
                edits = [_instead(row, number, text) for row, number in numbers]
            case _:
                return None
    if mend.digest:
        match _at(source, ("digest",)):
            case ScalarNode() as digest:
                edits.append(_instead(digest, mend.digest, text))
            case None:
                edits.append(_added(source, f"digest: {mend.digest}", text))
            case _:
                return None
    return edits


# --- Places in the text --------------------------------------------------------------------------


def _written(node: ScalarNode, text: str) -> str:
    return str(text[node.start_mark.index : node.end_mark.index])


def _instead(node: ScalarNode, value: str, text: str) -> Edit:
    """Another value of one word: between the quotes, or below the bar, where the first stood."""
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ("'", '"'):
        return Edit(start + 1, end - 1, value)
    if node.style in ("|", ">"):
        body = _written(node, text)
        start += body.index(node.value.strip(), len(body.splitlines()[0]))
        end = start + len(node.value.strip())
    return Edit(start, end, value)


def _end(node: Node) -> int | None:
    """Where the last sign of a value stands, behind which a comment may follow; None where that is
    not plain, as after lines below a bar.
    """
    if isinstance(node, CollectionNode) and not node.flow_style:
        if not node.value:
            return None
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    if isinstance(node, ScalarNode) and node.style in ("|", ">"):
        return None
    return int(node.end_mark.index)


def _added(block: MappingNode, field: str, text: str) -> Edit:
    """A field more in a mapping: last, or first where what stands last does not end in its line."""
    first: Node = block.value[0][0]
    start = first.start_mark.index
    end = _end(block.value[-1][1])
    if block.flow_style:
        return Edit(start, start, f"{field}, ") if end is None else Edit(end, end, f", {field}")
    margin = f"{line_end(text, start)}{' ' * first.start_mark.column}"
    rest = None if end is None else _REST_OF_LINE.match(text, end)
    if rest is None:
        return Edit(start, start, f"{field}{margin}")
    return Edit(rest.end(), rest.end(), f"{margin}{field}")
