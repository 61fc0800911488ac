"""YAML text to plain values in one strict pass over the parser's events.

Scalars stay the author's text. Mappings remember where they start; all other places are found by
`places`, a second and slower pass that only a file with a problem needs. What other loaders
accept in silence (equal keys, anchors, tags, a second document) is a Slip here.
"""

from collections.abc import Mapping
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
from quizgen.bank.suspicion import Suspicion

try:
    from yaml import CParser  # type: ignore[attr-defined]
except ImportError:  # PyYAML without libyaml: the same events, slower
    CParser = None

Value: TypeAlias = "str | Block | list[Any] | None"


class Block(dict[str, Any]):
    """A mapping as written, with the line and column (from 1) at which it starts."""

    __slots__ = ("column", "line")
    line: int
    column: int


class Places(NamedTuple):
    """Where each key and each value of a text stands, by its path from the top."""

    keys: Mapping[Path, Mark]
    values: Mapping[Path, Mark]


def parser_of(text: str) -> Any:
    """The event parser: libyaml's, or PyYAML's own where that is missing."""
    if CParser is not None:
        return CParser(text)
    return yaml.Loader(text)


def read_tree(text: str) -> tuple[Value, list[Slip]]:  # noqa: C901, PLR0912, PLR0915 - one loop, one state, 60 µs a question
    """The value of a YAML text and what is refused in it.

    Raises yaml.YAMLError where the text is no YAML.
    """
    get = parser_of(text).get_event
    suspect = Suspicion(text)
    watched = suspect.is_everywhere
    flow = False
    slips: list[Slip] = []
    stack: list[Any] = []
    top: list[Any] = []
    here: Any = top
    is_map = False
    key: str | None = None
    documents = 0
    while True:
        event = get()
        kind = event.__class__
        if kind is ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                slips.append(_refused(event))
            value = event.value
            if (flow or watched) and (
                slip := suspect(event, flow=flow, is_key=is_map and key is None)
            ):
                slips.append(slip)
            if not is_map:
                here.append(value)
            elif key is None:
                key = value
                if key in here:
                    slips.append(_twice(event))
            else:
                here[key] = value
                key = None
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.anchor is not None or event.tag is not None:
                slips.append(_refused(event))
            new: Any
            if kind is MappingStartEvent:
                mark = event.start_mark
                new = Block()
                new.line, new.column = mark.line + 1, mark.column + 1
            else:
                new = []
            if not is_map:
                here.append(new)
            elif key is None:
                slips.append(_no_text_key(event))
                key = f"\0{len(slips)}"
                here[key] = new
            else:
                here[key] = new
            stack.append((here, is_map, is_map and key == f"\0{len(slips)}", flow))
            if len(stack) > DEPTH:
                slips.append(_too_deep(event))
                return (top[0] if top else None), slips
            here, is_map, key = new, kind is MappingStartEvent, None
            flow = flow or event.flow_style
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            here, is_map, was_key, flow = stack.pop()
            # A collection in the place of a key: its value follows and belongs to nothing.
            key = f"\0{len(slips)}" if was_key else None
        elif kind is AliasEvent:
            slips.append(_refused(event))
            if not is_map:
                here.append("")
            elif key is None:
                key = "*"
            else:
                here[key], key = "", None
        elif kind is DocumentStartEvent:
            documents += 1
            if documents > 1:
                slips.append(_second_document(event))
                return (top[0] if top else None), slips
        elif kind is StreamEndEvent:
            return (top[0] if top else None), slips


def places(text: str) -> Places:
    """Where every key and value stands; stops without a word where the text is no YAML."""
    keys: dict[Path, Mark] = {}
    values: dict[Path, Mark] = {}
    get = parser_of(text).get_event
    path: list[str | int] = []
    stack: list[bool] = []
    expects_key = False
    try:
        while True:
            event = get()
            kind = event.__class__
            if kind is StreamEndEvent:
                break
            if kind in (MappingEndEvent, SequenceEndEvent):
                if not stack.pop():
                    path.pop()
                expects_key = _after_value(path, stack)
            elif kind in (ScalarEvent, AliasEvent, MappingStartEvent, SequenceStartEvent):
                mark = (event.start_mark.line + 1, event.start_mark.column + 1)
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
            if len(stack) > DEPTH:
                break
    except (yaml.YAMLError, IndexError):
        pass
    return Places(keys, values)


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


def _twice(event: Any) -> Slip:
    return Slip(
        "duplicate_key",
        f'"{event.value}" stands twice in one mapping; other programs would keep only the last.',
        "Delete one of the two, or rename it.",
        _mark(event),
    )


def _no_text_key(event: Any) -> Slip:
    return Slip(
        "key_not_text",
        "A list or a mapping stands where the name of a field belongs.",
        'If this is text that starts with { or [, put all of it in quotes: "{{gap}} ...".',
        _mark(event),
    )


def _refused(event: Any) -> Slip:
    if getattr(event, "tag", None) is not None:
        return Slip(
            "tag",
            f'"{event.tag}" is read as a tag, not as text.',
            f'If it is text, put all of it in quotes: "{event.tag} ...".',
            _mark(event),
        )
    sign = "*" if event.__class__ is AliasEvent else "&"
    return Slip(
        "anchor",
        f'"{sign}{event.anchor}" is read as a reference, not as text.',
        f"If it is text, put all of it in quotes; references ({sign}) are not used here.",
        _mark(event),
    )


def _second_document(event: Any) -> Slip:
    return Slip(
        "second_document",
        'A second document starts here ("---"); what follows would not be read.',
        "Delete the line, or move what follows into a file of its own.",
        _mark(event),
    )


def _too_deep(event: Any) -> Slip:
    return Slip(
        "too_deep",
        f"Lists and mappings stand more than {DEPTH} deep inside one another.",
        'If this is text that holds many brackets, put it in quotes: "[...".',
        _mark(event),
    )
