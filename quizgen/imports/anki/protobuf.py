"""The few messages of Protocol Buffers that Anki's newer packages hold, as fields by their numbers."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Fields: TypeAlias = Mapping[int, Sequence[int | bytes]]

MOST = 10_000
"""Values in one message of Anki's that is held as a whole; a note type has a few for each card."""


class MessageError(Exception):
    """The bytes are no message."""


def fields(message: bytes) -> Fields:
    """The values of a message by field number, each as often as it stands there.

    Raises MessageError, also where there are more than `MOST`.
    """
    found: dict[int, list[int | bytes]] = {}
    for count, (number, value) in enumerate(values(message)):
        if count >= MOST:
            raise MessageError
        found.setdefault(number, []).append(value)
    return found


def values(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The values of a message with their field numbers, one at a time. Raises MessageError."""
    at = 0
    while at < len(message):
        tag, at = _number(message, at)
        value: int | bytes
        match tag & 7:
            case 0:
                value, at = _number(message, at)
            case 1:
                value, at = _bytes(message, at, 8)
            case 2:
                size, at = _number(message, at)
                value, at = _bytes(message, at, size)
            case 5:
                value, at = _bytes(message, at, 4)
            case _:
                raise MessageError
        yield tag >> 3, value


def text(message: Fields, number: int) -> str:
    """The text in a field; empty where it holds none."""
    found = message.get(number, ())
    value = found[-1] if found else b""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def whole(message: Fields, number: int) -> int:
    """The number in a field; 0 where it holds none."""
    found = message.get(number, ())
    value = found[-1] if found else 0
    return value if isinstance(value, int) else 0


def inner(message: Fields, number: int) -> Sequence[Fields]:
    """The messages in a field."""
    return [fields(value) for value in message.get(number, ()) if isinstance(value, bytes)]


def _number(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(message) and shift < 70:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise MessageError


def _bytes(message: bytes, at: int, size: int) -> tuple[bytes, int]:
    if at + size > len(message):
        raise MessageError
    return message[at : at + size], at + size
