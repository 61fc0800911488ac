"""An .apkg to a collection and its media: the zip, its three formats, and what they are packed with.

A package is a zip with a database of notes in one of three forms: `collection.anki2`,
`collection.anki21`, or `collection.anki21b`, which is packed with Zstandard as its media are. A
later form stands beside a stub of an earlier one. Sizes are held as they are unpacked, whatever
the package declares.
"""

import io
import lzma
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from quizgen.imports.anki import protobuf
from quizgen.imports.anki.collection import PackageError, read_collection
from quizgen.imports.anki.jsontext import TooManyValuesError, parsed
from quizgen.imports.anki.limits import DATABASE, ENTRIES, MEDIA, MEDIA_LIST, MEDIUM
from quizgen.imports.html import cleaned

_DATABASES = ("collection.anki21b", "collection.anki21", "collection.anki2")
_CHUNK = 1 << 18
_SHOWN = 60
"""Characters of the name of a file that a sentence may hold."""
_WINDOW = 1 << 27
_TAIL = 1 << 26
"""Bytes at the end of a zip that cannot list more than `ENTRIES` files, but with very long names."""
_MANY_MEDIA = f"It lists more than {ENTRIES:,} pictures and sounds."
_DAMAGED = "It is damaged and cannot be unpacked."


class MissingLibrary(Exception):
    """The package is packed with Zstandard, and nothing here can unpack it."""


class Archive:
    """The zip of a package, or of a whole collection: its database and its files, unpacked with care."""

    def __init__(self, file: BinaryIO) -> None:
        """Raises PackageError where the file is no zip, or holds no database of Anki's."""
        with _damage_told():
            if _entries_at_its_end(file) > ENTRIES:
                raise PackageError(f"It holds more than {ENTRIES:,} files.")
            self._zip = zipfile.ZipFile(file)
        self.names = frozenset(self._zip.namelist())
        database = next((name for name in _DATABASES if name in self.names), None)
        if database is None:
            raise PackageError("It holds no collection of Anki.")
        self._database = database
        self.is_packed = database == _DATABASES[0]

    @contextmanager
    def database(self) -> Iterator[Path]:
        """The database as a file that passes. Raises PackageError or MissingLibrary."""
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            path = Path(folder).resolve() / "collection"
            with path.open("wb") as out:
                for chunk in self.unpacked(self._database, DATABASE):
                    out.write(chunk)
            yield path

    def unpacked(self, name: str, limit: int, sentence: str = "") -> Iterator[bytes]:
        """The bytes of a file in the zip, some at a time, and never more than `limit`.

        `sentence` is what is said of more, where that is not of this file alone.
        """
        entry = self._zip.getinfo(name)
        shown = cleaned(name)[:_SHOWN]
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # Of the other methods a whole piece is unpacked at once, however large it becomes.
            raise PackageError(f'"{shown}" in it is packed in a way that Anki never uses.')
        sentence = sentence or f'"{shown}" in it is larger than {_mib(limit)}.'
        if entry.file_size > limit:
            raise PackageError(sentence)
        with _damage_told(), self._zip.open(name) as packed:
            size = 0
            for chunk in _zstandard(packed) if self.is_packed else _chunks(packed):
                size += len(chunk)
                if size > limit:
                    raise PackageError(sentence)
                yield chunk


class Package:
    """An open package: its collection, and its media one by one."""

    def __init__(self, file: BinaryIO) -> None:
        """Read all but the media. Raises PackageError or MissingLibrary."""
        self._archive = Archive(file)
        self._sizes: dict[str, int] = {}
        self._spent = 0
        with self._archive.database() as path:
            self.collection = read_collection(path)
        self._media = self._media_list()

    @property
    def names(self) -> frozenset[str]:
        """The names of its media."""
        return frozenset(self._media)

    def holds(self, name: str) -> bool:
        """Whether a file of this name is among its media."""
        return unicodedata.normalize("NFC", name) in self._media

    def medium(self, name: str) -> bytes:
        """The bytes of one of its media. Raises PackageError.

        However often one is asked for, it counts once towards what all may hold together.
        """
        name = unicodedata.normalize("NFC", name)
        self._spent -= self._sizes.pop(name, 0)
        left = MEDIA - self._spent
        whole = "" if left >= MEDIUM else f"Its pictures and sounds are larger than {_mib(MEDIA)}."
        data = b"".join(self._archive.unpacked(self._media[name], min(MEDIUM, left), whole))
        self._sizes[name] = len(data)
        self._spent += len(data)
        return data

    def _media_list(self) -> Mapping[str, str]:
        """Where in the zip each of the media is, by its name."""
        if "media" not in self._archive.names:
            return {}
        with _damage_told():
            data = b"".join(self._archive.unpacked("media", MEDIA_LIST))
            try:
                pairs = list(_packed_list(data) if self._archive.is_packed else _plain_list(data))
            except (protobuf.MessageError, ValueError, RecursionError) as error:
                raise PackageError("Its list of media is damaged.") from error
        return {
            unicodedata.normalize("NFC", name): entry
            for entry, name in pairs
            if entry in self._archive.names
        }


def _entries_at_its_end(file: BinaryIO) -> int:
    """How many files the end of a zip lists, before the zip is opened and each is made a value."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _TAIL))
    count = file.read(_TAIL).count(b"PK\x01\x02")
    file.seek(0)
    return count


def _packed_list(data: bytes) -> Iterator[tuple[str, str]]:
    """Where each of the media is, with its name; as many as a package may hold are looked at."""
    entries = (value for number, value in protobuf.values(data) if number == 1)
    for place, entry in enumerate(entries):
        if place >= ENTRIES:
            raise PackageError(_MANY_MEDIA)
        if not isinstance(entry, bytes):
            raise protobuf.MessageError
        said = protobuf.fields(entry)
        yield str(protobuf.whole(said, 255) or place), protobuf.text(said, 1)


def _plain_list(data: bytes) -> Iterator[tuple[str, str]]:
    """As `_packed_list`."""
    try:
        said = parsed(data)
    except TooManyValuesError as error:
        raise PackageError(_MANY_MEDIA) from error
    if not isinstance(said, dict):
        raise ValueError  # noqa: TRY004 - as json does
    if len(said) > ENTRIES:
        raise PackageError(_MANY_MEDIA)
    yield from ((entry, name) for entry, name in said.items() if isinstance(name, str))


def _mib(size: int) -> str:
    return f"{size >> 20:,} MiB"


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK):
        yield chunk


def _zstandard(packed: IO[bytes]) -> Iterator[bytes]:
    try:
        from zstandard import ZstdDecompressor, ZstdError
    except ImportError as error:
        raise MissingLibrary from error
    unpacker = ZstdDecompressor(max_window_size=_WINDOW)
    try:
        yield from _chunks(unpacker.stream_reader(packed, read_across_frames=True))
    except ZstdError as error:
        raise PackageError(_DAMAGED) from error


@contextmanager
def _damage_told() -> Iterator[None]:
    """What the libraries raise of a damaged file, as a PackageError."""
    try:
        yield
    except (PackageError, MissingLibrary):
        raise
    except zipfile.BadZipFile as error:
        raise PackageError("It is no package of Anki, or not a whole one.") from error
    except (zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise PackageError(_DAMAGED) from error
    except MemoryError as error:
        raise PackageError("It does not fit into the memory of this computer.") from error
