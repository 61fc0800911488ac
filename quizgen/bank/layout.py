"""Values to YAML as a person would lay it out, which reads back as the same values.

No text holds a sign that a bank refuses, such as U+2028; lines may end in spaces, texts not.

A text stands plain where no reader could mistake it, in quotes where it must, and below a bar where
it has lines. What is short stands in one line, what is long one to a line.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"

_WIDTH = 100
_SHORT = 40
"""Characters of a text that may stand beside others in one line."""
_PLAIN = re.compile(r"(?:[^\W_]|[-+.](?=\d)|\()(?:[^\n\t:#]|:(?=[^\s])|(?<=\S)#)*")
_PLAIN_IN_LINE = re.compile(r"(?:[^\W_]|[-+.](?=\d))[\w .%/()'’+*=~^°&;!?–—-]*")
_NOT_TEXT = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
_LONGEST_KEY = 200


class Word(str):
    """A text that stands as it is: a word of the language, true, false, a number, nothing."""

    __slots__ = ()


class Comment(str):
    """As the key of a mapping, whatever its value: a line for the author, which no reader reads."""

    __slots__ = ()


class Entries(tuple[Mapping[str, "Value"], ...]):
    """Mappings that each stand by themselves, with an empty line between them."""

    __slots__ = ()


def mapping(fields: Mapping[str, Value], indent: int = 0) -> str:
    """The fields, one to a line or more."""
    return "".join(_field(key, value, indent) for key, value in fields.items())


def _field(key: str, value: Value, indent: int) -> str:
    if isinstance(key, Comment):
        return f"{' ' * indent}# {key}\n"
    return f"{_before(key, indent)}:{_behind(value, indent, len(key) + 2)}"


def entries(blocks: Sequence[Mapping[str, Value]], indent: int = 0) -> str:
    """A list of mappings, an empty line between them."""
    return "\n".join(_entry(block, indent) for block in blocks)


def _entry(block: Mapping[str, Value], indent: int) -> str:
    text = mapping(block, indent + 2)
    return f"{' ' * indent}- {text[indent + 2 :]}"


def _before(key: str, indent: int) -> str:
    """What stands before a colon; a long key has a line of its own."""
    margin = " " * indent
    if len(key) > _LONGEST_KEY:
        return f"{margin}? {_in_quotes(key)}\n{margin}"
    return f"{margin}{_scalar_in_line(key)}"


def _behind(value: Value, indent: int, taken: int) -> str:
    """What stands behind a colon; `taken` are the characters before it."""
    match value:
        case Word() if not value:
            return "\n"
        case str():
            return f" {_scalar(value, indent + 2)}\n"
        case Mapping():
            if _fits(value, indent + taken):
                return f" {_in_line(value)}\n"
            return f"\n{mapping(value, indent + 2)}"
        case Entries():
            return f"\n{entries(value, indent)}"
        case _:
            is_short = _fits(value, indent + taken) and all(map(_is_short, value))
            return f" {_in_line(value)}\n" if is_short else f"\n{''.join(_rows(value, indent))}"


def _rows(values: Sequence[Value], indent: int) -> Iterator[str]:
    margin = " " * indent
    for value in values:
        match value:
            case str():
                yield f"{margin}- {_scalar(value, indent + 2)}\n"
            case _ if _fits(value, indent + 2):
                yield f"{margin}- {_in_line(value)}\n"
            case Mapping():
                yield _entry(value, indent)
            case _:
                yield f"{margin}- {''.join(_rows(value, indent + 2)).lstrip(' ')}"


def _fits(value: Value, taken: int) -> bool:
    """Whether a value may stand in one line, of which so much is taken."""
    return not _has_lines(value) and len(_in_line(value)) + taken <= _WIDTH


def _has_lines(value: Value) -> bool:
    match value:
        case str():
            return "\n" in value
        case Mapping():
            return any(map(_has_lines, value.values()))
        case _:
            return any(map(_has_lines, value))


def _is_short(value: Value) -> bool:
    match value:
        case str():
            return len(value) <= _SHORT and "\n" not in value
        case Mapping():
            return False
        case _:
            return all(map(_is_short, value))


# --- In one line ---------------------------------------------------------------------------------


def _in_line(value: Value) -> str:
    match value:
        case str():
            return _scalar_in_line(value)
        case Mapping():
            pairs = (f"{_scalar_in_line(key)}: {_in_line(one)}" for key, one in value.items())
            return f"{{{', '.join(pairs)}}}"
        case _:
            return f"[{', '.join(map(_in_line, value))}]"


def _scalar_in_line(text: str) -> str:
    is_plain = _PLAIN_IN_LINE.fullmatch(text) and not text.endswith(" ")
    if isinstance(text, Word) or (is_plain and text.casefold() not in _NOT_TEXT):
        return text
    return _in_quotes(text)


# --- Texts ---------------------------------------------------------------------------------------


def _scalar(text: str, indent: int) -> str:
    if isinstance(text, Word):
        return text
    if "\n" in text and text.strip():
        return _below_a_bar(text, indent)
    is_plain = _PLAIN.fullmatch(text) and not text.endswith((" ", ":"))
    if is_plain and text.casefold() not in _NOT_TEXT:
        return text
    return _in_quotes(text)


def _below_a_bar(text: str, indent: int) -> str:
    lines = text.split("\n")
    first = next(line for line in lines if line.strip())
    mark = "2" if first[0] in " \t" or lines[0] != first else ""
    margin = " " * indent
    body = "\n".join(f"{margin}{line}" if line else "" for line in lines)
    return f"|{mark}\n{body}"


def _in_quotes(text: str) -> str:
    """Single quotes keep a backslash as it is; double ones read better around an apostrophe."""
    if "\n" in text:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\x0a")
        return f'"{escaped}"'
    if "\\" in text or '"' in text or "\t" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'
