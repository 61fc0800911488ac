"""A PDF as its objects, by number, and objects to a PDF again.

It knows of the format what the engines write: a table or a stream of places, objects that stand
alone or many in one stream, no encryption, brackets in strings escaped. An object stays the bytes
that it is, and is taken apart only where that is asked for, since a paper has thousands of them.
"""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from typing import TypeAlias

from quizgen.model import Frozen

Value: TypeAlias = "bytes | list[Value] | dict[bytes, Value]"
"""A name, number, string or reference as it stands; an array; a dictionary by its names."""

_STRING = rb"\((?:[^()\\]|\\.)*\)"
_TOKEN = re.compile(
    rb"<<|>>|[\[\]]|/[^\s<>\[\]()/]*|<[0-9A-Fa-f\s]*>|\d+ \d+ R\b|[^\s<>\[\]()/]+|" + _STRING,
    re.DOTALL,
)
_NUMBERED = re.compile(rb"/(StructParents?) (\d+)|\b(\d+) 0 R\b|" + _STRING, re.DOTALL)
_BEGINNING = re.compile(rb"\s*\d+ \d+ obj\s*")
_STREAM = re.compile(rb">>\s*stream\r?\n")
_PLACE = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TOGETHER = 500
"""So many objects stand in one stream: a reader unpacks all of them for one."""


class Thing(Frozen, frozen=True):
    """An object: its value as it stands and, of a stream, from the word `stream` on."""

    head: bytes
    body: bytes = b""


class Document(Frozen, frozen=True, kw_only=True):
    """The objects of a PDF, and what its end says of them."""

    things: Mapping[int, Thing]
    trailer: Mapping[bytes, Value]

    def value(self, one: Value) -> Value:
        """`one`, or what it refers to."""
        while isinstance(one, bytes) and one.endswith(b" R"):
            one = parsed(self.things[number_of(one)].head)
        return one

    def dictionary(self, one: Value) -> dict[bytes, Value]:
        """`one`, or what it refers to, where that is a dictionary; else an empty one."""
        value = self.value(one)
        return value if isinstance(value, dict) else {}

    def array(self, one: Value) -> list[Value]:
        """`one`, or what it refers to, where that is an array; else it alone."""
        value = self.value(one)
        return value if isinstance(value, list) else [one]


def number_of(reference: Value) -> int:
    """The number of the object that is referred to."""
    if not isinstance(reference, bytes):
        raise TypeError("not a reference")
    return int(reference.split()[0])


def reference(number: int) -> bytes:
    """What refers to the object of that number."""
    return b"%d 0 R" % number


# --- Values --------------------------------------------------------------------------------------


def parsed(text: bytes) -> Value:
    """A value taken apart; what it refers to stays a reference."""
    return _value(_TOKEN.findall(text).__iter__())


def _value(tokens: Iterator[bytes]) -> Value:
    match token := next(tokens):
        case b"[":
            values = []
            while (value := _value(tokens)) != b"]":
                values.append(value)
            return values
        case b"<<":
            found: dict[bytes, Value] = {}
            while (name := next(tokens)) != b">>":
                found[name] = _value(tokens)
            return found
        case _:
            return token


def written(value: Value) -> bytes:
    """A value as it stands in a file."""
    match value:
        case list():
            return b"[" + b" ".join(map(written, value)) + b"]"
        case dict():
            return b"<<" + b"\n".join(b"%s %s" % (k, written(v)) for k, v in value.items()) + b">>"
        case _:
            return value


def renumbered(head: bytes, numbers: Mapping[int, int], tags: int) -> bytes:
    """A value that refers to other numbers, and whose row among the tags is `tags` further on."""

    def moved(found: re.Match[bytes]) -> bytes:
        if found[3]:
            return b"%d 0 R" % numbers.get(int(found[3]), 0)
        return b"/%s %d" % (found[1], tags + int(found[2])) if found[1] else found[0]

    return _NUMBERED.sub(moved, head)


# --- Reading -------------------------------------------------------------------------------------


def read(pdf: bytes) -> Document:
    """The objects of a file by an engine. Raises ValueError for a file that is not like theirs."""
    found = _PLACE.search(pdf, max(0, len(pdf) - 64))
    if not found:
        raise ValueError("no end of a PDF")
    start = int(found[1])
    is_table = pdf.startswith(b"xref", start)
    places, trailer = (_table if is_table else _stream_of_places)(pdf, start)
    things: dict[int, Thing] = {}
    in_order = sorted((place, number) for number, place in places.items())
    for (place, number), (end, _) in pairwise([*in_order, (start, 0)]):
        if place < end:
            thing = _thing(pdf[place:end])
            if b"/Type /ObjStm" in thing.head:
                things.update(_unpacked(thing))
            else:
                things[number] = thing
    return Document(things=things, trailer=trailer)


def _table(pdf: bytes, start: int) -> tuple[dict[int, int], dict[bytes, Value]]:
    """The place of each object by its number, and what stands beneath the table."""
    rows, _, rest = pdf[start + 4 :].partition(b"trailer")
    words = rows.split()
    places, at = {}, 0
    while at < len(words):
        first, count = int(words[at]), int(words[at + 1])
        at += 2
        for number in range(first, first + count):
            if words[at + 2] == b"n":
                places[number] = int(words[at])
            at += 3
    return places, _dictionary(rest)


def _stream_of_places(pdf: bytes, start: int) -> tuple[dict[int, int], dict[bytes, Value]]:
    thing = _thing(pdf[start:])
    trailer = _dictionary(thing.head)
    widths = [int(str(width, "ascii")) for width in _words(trailer[b"/W"])]
    index = [
        int(str(one, "ascii")) for one in _words(trailer.get(b"/Index", [b"0", trailer[b"/Size"]]))
    ]
    data = BytesIO(_content(thing))
    places = {}
    for first, count in zip(index[::2], index[1::2], strict=True):
        for number in range(first, first + count):
            kind, place, _ = (int.from_bytes(data.read(width), "big") for width in widths)
            if kind == 1:
                places[number] = place
    return places, trailer


def _words(value: Value) -> list[bytes]:
    return [one for one in value if isinstance(one, bytes)] if isinstance(value, list) else []


def _dictionary(text: bytes) -> dict[bytes, Value]:
    value = parsed(text)
    if not isinstance(value, dict):
        raise ValueError("no dictionary")  # noqa: TRY004  # of the file, not of the caller
    return value


def _thing(data: bytes) -> Thing:
    """An object from its number on, to before the next."""
    begin = _BEGINNING.match(data)
    if not begin:
        raise ValueError("no object")
    end = data.rindex(b"endobj")
    found = _STREAM.search(data, begin.end(), end)
    if not found or not data[:end].rstrip().endswith(b"endstream"):
        return Thing(data[begin.end() : end].strip())
    cut = data.index(b"stream", found.start())
    return Thing(data[begin.end() : cut].strip(), data[cut:end].rstrip())


def _content(thing: Thing) -> bytes:
    """What is in a stream."""
    head = _dictionary(thing.head)
    if b"/DecodeParms" in head:
        raise ValueError("a stream that was foretold")
    body = thing.body[thing.body.index(b"\n") + 1 : thing.body.rindex(b"endstream")]
    return zlib.decompressobj().decompress(body) if b"/Filter" in head else body


def _unpacked(thing: Thing) -> Iterator[tuple[int, Thing]]:
    """The objects in a stream, by their numbers."""
    head = _dictionary(thing.head)
    content = _content(thing)
    first = int(written(head[b"/First"]))
    words = [int(word) for word in content[:first].split()]
    for at, (number, place) in enumerate(zip(words[::2], words[1::2], strict=True)):
        end = words[2 * at + 3] if 2 * at + 3 < len(words) else len(content) - first
        yield number, Thing(content[first + place : first + end].strip())


# --- Writing -------------------------------------------------------------------------------------


def file_of(things: Sequence[Thing], trailer: Mapping[bytes, Value]) -> bytes:
    """A PDF of objects whose numbers count from 1."""
    out = BytesIO()
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    rows: dict[int, tuple[int, int, int]] = {0: (0, 0, 0)}

    def put(number: int, thing: Thing) -> None:
        rows[number] = (1, out.tell(), 0)
        out.write(b"%d 0 obj\n%s\n%s\nendobj\n" % (number, thing.head, thing.body))

    loose = []
    for number, thing in enumerate(things, 1):
        if thing.body:
            put(number, thing)
        else:
            loose.append((number, thing.head))
    after = len(things) + 1
    for at in range(0, len(loose), _TOGETHER):
        some = loose[at : at + _TOGETHER]
        rows.update({number: (2, after, place) for place, (number, _) in enumerate(some)})
        put(after, _together(some))
        after += 1
    rows[after] = (1, out.tell(), 0)
    width = (max(place for _, place, _ in rows.values()).bit_length() + 7) // 8
    table = b"".join(
        bytes([kind]) + place.to_bytes(width, "big") + turn.to_bytes(2, "big")
        for kind, place, turn in (rows[number] for number in range(after + 1))
    )
    head: dict[bytes, Value] = {
        b"/Type": b"/XRef",
        b"/Size": b"%d" % (after + 1),
        b"/W": [b"1", b"%d" % width, b"2"],
        **trailer,
    }
    start = out.tell()
    put(after, _packed(head, table))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def _together(some: Sequence[tuple[int, bytes]]) -> Thing:
    """Objects in one stream."""
    places, place = [], 0
    for number, text in some:
        places.append(b"%d %d" % (number, place))
        place += len(text) + 1
    index = b" ".join(places) + b"\n"
    head: dict[bytes, Value] = {
        b"/Type": b"/ObjStm",
        b"/N": b"%d" % len(some),
        b"/First": b"%d" % len(index),
    }
    return _packed(head, index + b"\n".join(text for _, text in some))


def _packed(head: Mapping[bytes, Value], content: bytes) -> Thing:
    body = zlib.compress(content)
    told = {**head, b"/Filter": b"/FlateDecode", b"/Length": b"%d" % len(body)}
    return Thing(written(told), b"stream\n" + body + b"\nendstream")
