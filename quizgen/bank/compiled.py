"""The compiled copy of a bank that was read without a problem: msgpack, keyed by what it was read from.

A copy that is damaged, or of other files or another version of the language, is as good as none.
"""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from quizgen import __version__, model
from quizgen.bank.media import media_paths
from quizgen.bank.origin import Origin
from quizgen.model import Bank, Frozen
from quizgen.problem import Problem

_DIGEST = 32
_HUGE = 2**63
"""No number of msgpack is larger."""


class Compiled(Frozen, frozen=True, kw_only=True):
    """A bank with the places of its items, and the warnings that it was read with."""

    bank: Bank
    origin: Origin
    problems: tuple[Problem, ...] = ()
    media: tuple[str, ...] = ()
    """The paths of the files that it shows and plays."""


@cache
def _language() -> bytes:
    """What the meaning of a text depends on: the version, and the modules that read it."""
    folders = (Path(__file__).parent, Path(model.__file__).parent)
    modules = sorted(path for folder in folders for path in folder.glob("*.py"))
    states = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in modules]
    return hashlib.sha256(f"{__version__} {states}".encode()).digest()


def key_of(files: Mapping[str, bytes]) -> bytes:
    """A digest of every file's path and bytes, and of the language."""
    digest = hashlib.sha256(_language())
    for name in sorted(files):
        data = files[name]
        digest.update(f"{len(name)}:{name}{len(data)}:".encode(errors="surrogateescape"))
        digest.update(hashlib.sha256(data).digest())
    return digest.digest()


def checksum(body: bytes) -> bytes:
    """What tells a copy that is whole."""
    return hashlib.sha256(body).digest()


def load(path: Path, key: bytes) -> Compiled | None:
    """The copy at `path` if it is whole and of this key, else None."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return _whole(data) if data[:_DIGEST] == key else None


def last(path: Path) -> Compiled | None:
    """The copy at `path`, whatever it was read from: the bank as it was when it was last read."""
    try:
        return _whole(path.read_bytes())
    except OSError:
        return None


def _whole(data: bytes) -> Compiled | None:
    sum_, body = data[_DIGEST : 2 * _DIGEST], data[2 * _DIGEST :]
    if checksum(body) != sum_:
        return None
    try:
        return _decoder().decode(body)
    except (msgspec.MsgspecError, ValueError):
        return None


def store(
    path: Path, key: bytes, bank: Bank, origin: Origin, problems: tuple[Problem, ...]
) -> None:
    """Keep a copy at `path`, whole or not at all; a disk that refuses costs only time."""
    media = tuple(sorted(set(media_paths(bank))))
    anywhere = Origin(items=origin.items, drafts=origin.drafts)
    compiled = Compiled(bank=bank, origin=anywhere, problems=problems, media=media)
    body = packed(compiled)
    keep(path, key + checksum(body) + body)


def keep(path: Path, data: bytes) -> None:
    """Write a file that only spares time, whole or not at all, and not where the disk refuses."""
    name = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError:
        if name:
            with suppress(OSError):
                Path(name).unlink()


def packed(value: object) -> bytes:
    """A value of the model as bytes, the same for the same value."""
    return _encoder().encode(value)


@cache
def _encoder() -> msgspec.msgpack.Encoder:
    return msgspec.msgpack.Encoder(enc_hook=_encode)


@cache
def _decoder() -> msgspec.msgpack.Decoder[Compiled]:
    return msgspec.msgpack.Decoder(Compiled, dec_hook=_decode)


def _encode(value: Any) -> tuple[int, int] | str:
    """A Fraction as its two parts, which are read back sooner than a text; huge ones as a text."""
    if isinstance(value, Fraction):
        numerator, denominator = value.as_integer_ratio()
        is_huge = not -_HUGE < numerator < _HUGE or denominator >= _HUGE
        return str(value) if is_huge else (numerator, denominator)
    raise NotImplementedError(type(value))


def _decode(kind: type, value: Any) -> Any:
    if kind is Fraction:
        return Fraction(value) if isinstance(value, str) else Fraction(*value)
    raise NotImplementedError(kind)
