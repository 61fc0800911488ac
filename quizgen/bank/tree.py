"""YAML text to plain values in one strict pass over the parser's events.

Scalars stay the author's text. Mappings remember where they start; all other places are found by
`places`, a second and slower pass that only a file with a problem needs. What other loaders
accept in silence (equal keys, anchors, tags, a second document) is a Slip here.
"""

import re
from collections.abc import Mapping
from itertools import repeat, starmap
from typing import Any, NamedTuple, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from quizgen.bank.limits import DEPTH
from quizgen.bank.slip import Mark, Path, Slip
from quizgen.bank.suspicion import Suspicion, parted

_Parser: Any
try:
    from yaml._yaml import CParser as _Parser
except ImportError:  # PyYAML without libyaml: the same events, slower
    _Parser = yaml.Loader

Value: TypeAlias = "str | Block | list[Any] | None"

_LINE_END = re.compile(r"\r\n|\r|\n")
_ANCHOR, _TAG = (re.compile(rf"{sign}(?<![^\s\[{{,].)") for sign in "&!")
"""One after the other: a search for a single sign is many times as fast as one for two."""


class Block(dict[str, Any]):
    """A mapping as written, with the line and column (from 1) at which it starts."""

    __slots__ = ("column", "line")
    line: int
    column: int


class Places(NamedTuple):
    """Where each key and each value of a text stands, by its path from the top."""

    keys: Mapping[Path, Mark]
    values: Mapping[Path, Mark]
    is_whole: bool = True
    """Whether the text could be parsed to its end."""


class Ends(NamedTuple):
    """Where what starts at a place ends: the line and column behind its last letter.

    Keys have their text, too. Of `blocks`, mappings and lists without brackets, only the starts
    are known. A text below a bar ends where the next line does not belong to it any more.
    """

    keys: Mapping[Mark, tuple[str, Mark]]
    values: Mapping[Mark, Mark]
    blocks: frozenset[Mark]
    is_whole: bool
    """Whether the text could be parsed to its end."""

    @classmethod
    def none(cls) -> "Ends":
        """Of a text that is no YAML at all."""
        return cls({}, {}, frozenset(), is_whole=False)


class TooDeepError(yaml.MarkedYAMLError):
    """Collections stand deeper inside one another than anyone means them to."""


def read_tree(text: str) -> tuple[Value, list[Slip]]:  # noqa: C901, PLR0912, PLR0915 - one loop, one state, 30 µs a question
    """The value of a YAML text and what is refused in it.

    Raises yaml.YAMLError where the text is no YAML, or nests deeper than DEPTH.
    """
    get = _Parser(text).get_event
    suspect = Suspicion(text)
    odd_lines = suspect.lines
    refuses = bool(_ANCHOR.search(text) or _TAG.search(text))
    slips: list[Slip] = []
    unnamed: list[tuple[Block, str]] = []
    stack: list[Any] = []
    top: list[Any] = []
    here: Any = top
    is_map = is_flow = False
    key: str | None = None
    documents = 0
    for event in starmap(get, repeat(())):  # without a comparison for each
        kind = event.__class__
        if kind is ScalarEvent:
            value = event.value
            if refuses and (event.anchor is not None or event.tag is not None):
                slips.append(_refused(event))
            elif (odd_lines and event.end_mark.line in odd_lines) or (is_flow and not value):
                found = list(suspect(event, flow=is_flow, is_key=is_map and key is None))
                slips += found
                if found and not is_map and found[-1].code == "deep_dash":
                    *above, value = parted(value)
                    here += above
            if not is_map:
                here.append(value)
            elif key is None:
                key = value
                if key in here:
                    slips.append(_twice(event, is_flow=is_flow))
                    if slips[-1].code == "no_dash":
                        here = Block()  # what follows is of a question that is left out
            else:
                here[key] = value
                key = None
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if refuses and (event.anchor is not None or event.tag is not None):
                slips.append(_refused(event))
            new: Any
            if kind is MappingStartEvent:
                new = Block()
                mark = event.start_mark
                new.line, new.column = mark.line + 1, mark.column + 1
            else:
                new = []
            stands_for_key = is_map and key is None
            if stands_for_key:
                slips.append(_no_text_key(event, here if is_flow else None))
            elif is_map:
                here[key] = new
            else:
                here.append(new)
            stack.append((here, is_map, stands_for_key, is_flow))
            if len(stack) > DEPTH:
                raise TooDeepError(problem_mark=event.start_mark)
            here, is_map, key = new, kind is MappingStartEvent, None
            is_flow = is_flow or event.flow_style
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            here, is_map, stands_for_key, is_flow = stack.pop()
            if stands_for_key:
                key = f"\0{len(unnamed)}"
                unnamed.append((here, key))
            else:
                key = None
        elif kind is AliasEvent:
            slips.append(_merged(event) if key == "<<" else _refused(event))
            if not is_map:
                here.append("")
            elif key is None:
                key = f"\0{len(unnamed)}"
                unnamed.append((here, key))
            else:
                if key != "<<":
                    here[key] = ""
                key = None
        elif kind is DocumentStartEvent:
            documents += 1
            if documents > 1:
                slips.append(_second_document(event))
                break
        elif kind is StreamEndEvent:
            break
    for block, name in unnamed:
        block.pop(name, None)
    return (top[0] if top else None), slips


def places(text: str) -> Places:
    """Where every key and value stands, up to where the text is YAML."""
    keys: dict[Path, Mark] = {}
    values: dict[Path, Mark] = {}
    get = _Parser(text).get_event
    path: list[str | int] = []
    stack: list[bool] = []
    expects_key = is_whole = False
    try:
        while len(stack) <= DEPTH:
            event = get()
            kind = event.__class__
            if kind is StreamEndEvent:
                is_whole = True
                break
            if kind in (MappingEndEvent, SequenceEndEvent):
                if not stack.pop():
                    path.pop()
                expects_key = _after_value(path, stack)
            elif kind in (ScalarEvent, AliasEvent, MappingStartEvent, SequenceStartEvent):
                mark = _mark(event) if event.start_mark.index < len(text) else _end(text)
                if expects_key and kind is ScalarEvent:
                    path.append(event.value)
                    keys.setdefault(tuple(path), mark)
                    expects_key = False
                    continue
                values.setdefault(tuple(path), mark)
                if kind is MappingStartEvent:
                    stack.append(True)
                    expects_key = True
                elif kind is SequenceStartEvent:
                    stack.append(False)
                    path.append(0)
                    expects_key = False
                else:
                    expects_key = _after_value(path, stack)
    except (yaml.YAMLError, IndexError):
        pass
    return Places(keys, values, is_whole)


def ends(text: str) -> Ends:
    """Where every key and value ends; up to where the text is YAML."""
    keys: dict[Mark, tuple[str, Mark]] = {}
    values: dict[Mark, Mark] = {}
    blocks: set[Mark] = set()
    get = _Parser(text).get_event
    open_: list[tuple[bool, Mark | None]] = []
    expects_key = False
    is_whole = False
    try:
        while len(open_) <= DEPTH:
            event = get()
            kind = event.__class__
            if kind is StreamEndEvent:
                is_whole = True
                break
            mark = _mark(event)
            behind = event.end_mark.line + 1, event.end_mark.column + 1
            if kind in (MappingStartEvent, SequenceStartEvent):
                if not event.flow_style:
                    blocks.add(mark)
                open_.append((kind is MappingStartEvent, mark if event.flow_style else None))
                expects_key = kind is MappingStartEvent
            elif kind in (MappingEndEvent, SequenceEndEvent):
                _, start = open_.pop()
                if start is not None:
                    values.setdefault(start, behind)
                expects_key = bool(open_) and open_[-1][0]
            elif kind in (ScalarEvent, AliasEvent):
                if expects_key and kind is ScalarEvent:
                    keys.setdefault(mark, (event.value, behind))
                    expects_key = False
                else:
                    values.setdefault(mark, behind)
                    expects_key = bool(open_) and open_[-1][0]
    except yaml.YAMLError:
        pass
    return Ends(keys, values, frozenset(blocks), is_whole)


def _end(text: str) -> Mark:
    """Where a text ends; the parser may say a line more, which is not there."""
    lines = _LINE_END.split(text)
    return len(lines), len(lines[-1]) + 1


def _after_value(path: list[str | int], stack: list[bool]) -> bool:
    """Step past a value: out of its key, or on to the next place of a list."""
    if not stack:
        return False
    if stack[-1]:
        path.pop()
        return True
    last = path[-1]
    path[-1] = last + 1 if isinstance(last, int) else 0
    return False


def _mark(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _twice(event: Any, *, is_flow: bool) -> Slip:
    """A second id in a block is that of a question whose dash is missing."""
    if event.value == "id" and not is_flow:
        return Slip(
            "no_dash",
            'A second "id" stands here, as if a question started without its dash.',
            'Write "- id:", the dash in the column of those above; or delete one of the two.',
            _mark(event),
        )
    return Slip(
        "duplicate_key",
        f'"{event.value[:40]}" stands twice here; only one of the two could count.',
        "Delete one of them, or mend its name.",
        _mark(event),
    )


def _no_text_key(event: Any, around: Block | None) -> Slip:
    """A gap in braces without quotes is a mapping within a mapping; its place is the outer one's."""
    return Slip(
        "key_not_text",
        "A list or a mapping stands where the name of a field belongs.",
        "If this is a text that starts with { or [, put all of it in quotes: '{{gap}} ...'.",
        (around.line, around.column) if around is not None else _mark(event),
    )


def _refused(event: Any) -> Slip:
    if getattr(event, "tag", None) is not None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")[:40]
        return Slip(
            "tag",
            f'"{tag}" is read as a tag of YAML, not as text.',
            f"If it is text, put all of it in quotes: '{tag} ...'. Tags are not used here.",
            _mark(event),
        )
    sign = "*" if event.__class__ is AliasEvent else "&"
    return Slip(
        "anchor",
        f'"{sign}{event.anchor[:40]}" is read as a reference of YAML, not as text.',
        f"If it is text, put all of it in quotes. References ({sign}) are not used here: write out what is meant.",
        _mark(event),
    )


def _merged(event: Any) -> Slip:
    return Slip(
        "merge_key",
        '"<<" would take over fields from another place in the file.',
        "Write them out, or say at the top of the file what holds for all its questions.",
        _mark(event),
    )


def _second_document(event: Any) -> Slip:
    return Slip(
        "second_document",
        'A second document starts at this line ("---"), and all below it would not be read.',
        "Delete the line, or move what follows into a file of its own.",
        _mark(event),
    )
