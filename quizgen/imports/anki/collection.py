"""What a package's database says, as plain values: notes, their types, decks.

The database is a stranger's: only tables are read, by statements of our own; views, triggers and
functions that it brings never run, and it cannot keep us busy or fill the memory.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from quizgen.imports.anki import protobuf
from quizgen.imports.anki.jsontext import TooManyValuesError, parsed
from quizgen.imports.anki.limits import CELL, DATABASE, DECK_NAME, NOTES, PARTS, STEPS, TAGS
from quizgen.imports.html import cleaned
from quizgen.model import Frozen

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
_SEPARATOR = "\x1f"
_BROKEN_LINE = re.compile(r"[\t\n\r]+")
_PART = 8
"""Bytes that each field or tag of a note takes beside its text."""


class PackageError(Exception):
    """The package cannot be read: one sentence that says why."""


class Template(Frozen, frozen=True):
    """What one card of a note shows: the HTML of its two sides with fields in braces."""

    name: str
    front: str
    back: str


class NoteType(Frozen, frozen=True, kw_only=True):
    """What notes of a kind hold. `stock` is Anki's own number for the kind it started from."""

    id: int
    name: str
    is_cloze: bool
    stock: int
    fields: tuple[str, ...]
    templates: tuple[Template, ...]


class Note(Frozen, frozen=True, kw_only=True):
    """A note and its cards: `cards` are the numbers of its templates or gaps, from 0.

    `modified` is in seconds since 1970; `deck` is the one of its first card, its parts parted by
    `::`; `place` sorts notes into the order in which they are learned.
    """

    id: int
    guid: str
    type: NoteType
    modified: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]
    cards: tuple[int, ...]
    deck: str
    place: tuple[int, int]

    def field(self, name: str) -> str:
        """The field of this name; empty where there is none."""
        return dict(zip(self.type.fields, self.fields, strict=False)).get(name, "")


class Collection(Frozen, frozen=True, kw_only=True):
    """All notes in the order in which they are learned, and the decks' descriptions by name."""

    notes: tuple[Note, ...]
    decks: Mapping[str, str]


def read_collection(path: Path) -> Collection:
    """What the database at `path` says. Raises PackageError."""
    with opened(path) as database:
        return _Reader(database).collection()


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database at `path`, for reading alone: nothing is written, not even beside it.

    What is wrong with it, or with what is read from it, is a PackageError.
    """
    try:
        with closing(_opened(path)) as database:
            yield database
    except TooManyValuesError as error:
        raise PackageError("Its settings are larger than those of any collection.") from error
    except MemoryError as error:
        raise PackageError("Its notes do not fit into the memory of this computer.") from error
    except (
        *(sqlite3.Error, protobuf.MessageError, ValueError, TypeError, RecursionError),
        OverflowError,
    ) as error:
        raise PackageError("Its database of notes is damaged.") from error


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    database.text_factory = lambda data: data.decode("utf-8", "replace")
    database.create_collation("unicase", lambda a, b: (a > b) - (a < b))
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, CELL)
    for (table,) in database.execute(_TABLES).fetchall():
        # The value of a generated column is what the stranger's own expression makes of it.
        hidden = database.execute("SELECT 1 FROM pragma_table_xinfo(?) WHERE hidden", (table,))
        if hidden.fetchone():
            raise PackageError("Its database reckons values, which no collection of Anki does.")
    database.set_progress_handler(lambda: 1, STEPS)
    database.set_authorizer(_only_reading)
    return database


def tables_of(database: sqlite3.Connection) -> frozenset[str]:
    """The names of its tables, without those that a module of SQLite makes up."""
    rows = database.execute("SELECT name, type, sql FROM sqlite_master")
    return frozenset(
        str(name)
        for name, kind, sql in rows
        if kind == "table" and "VIRTUAL" not in str(sql).upper()
    )


def _only_reading(action: int, *_: str | None) -> int:
    is_reading = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
    return sqlite3.SQLITE_OK if is_reading else sqlite3.SQLITE_DENY


class _Reader:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._known: dict[str, str] = {}
        self._tables = tables_of(database)

    def collection(self) -> Collection:
        if not {"notes", "cards"} <= self._tables:
            raise PackageError("Its database holds no notes of Anki.")
        if {"notetypes", "fields", "templates", "decks"} <= self._tables:
            types, decks = self._types(), self._decks()
        elif "col" in self._tables:
            types, decks = self._settings()
        else:
            raise PackageError("Its database holds no note types of Anki.")
        names = {own: name for own, (name, _) in decks.items()}
        notes = sorted(self._notes(types, names), key=lambda note: note.place)
        return Collection(notes=tuple(notes), decks=dict(decks.values()))

    # --- Notes -----------------------------------------------------------------------------------

    def _notes(self, types: Mapping[int, NoteType], decks: Mapping[int, str]) -> Iterator[Note]:
        self._refuse_more("cards", NOTES * 10)
        self._refuse_more("notes", NOTES)
        cards: dict[int, list[tuple[int, int, int]]] = {}
        statement = "SELECT nid, ord, did, odid, type, due FROM cards"
        for row in self._database.execute(statement):
            note, place, deck, home, kind, due = (_whole(value) for value in row)
            is_new = kind == 0
            cards.setdefault(note, []).append(
                (max(place, 0), home or deck, due if is_new else 1 << 40)
            )
        left = DATABASE
        statement = "SELECT id, guid, mid, mod, tags, flds FROM notes"
        for own, guid, kind, time, tags, fields in self._database.execute(statement):
            known = types.get(_whole(kind))
            if known is None:
                raise PackageError("A note in it is of no type that it holds.")
            said, words = _text(fields), self._tags(_text(tags))
            parts = min(said.count(_SEPARATOR), len(known.fields)) + len(words)
            left -= len(said) + sum(map(len, words)) + parts * _PART
            if left < 0:
                raise PackageError("Its notes hold more text than its database could.")
            its = sorted(cards.get(_whole(own), ()))
            yield Note(
                id=_whole(own),
                guid=cleaned(_text(guid)),
                type=known,
                modified=_whole(time),
                tags=words,
                fields=tuple(map(cleaned, said.split(_SEPARATOR, len(known.fields)))),
                cards=tuple(place for place, _, _ in its),
                deck=decks.get(its[0][1], "") if its else "",
                place=(min((due for _, _, due in its), default=1 << 40), _whole(own)),
            )

    def _refuse_more(self, table: str, most: int) -> None:
        """Count the rows of a table before any of them becomes a value."""
        rows = self._database.execute(f"SELECT 1 FROM {table} LIMIT ?", (most + 1,))  # noqa: S608
        if sum(1 for _ in rows) > most:
            raise PackageError(f"It holds more than {most:,} {table}.")

    def _tags(self, text: str) -> tuple[str, ...]:
        """The tags of a note, each once; those of many notes are one value."""
        if len(text) > TAGS:
            raise PackageError(f"The tags of a note in it are longer than {TAGS:,} characters.")
        words = tuple(
            self._known.setdefault(one, one) for one in dict.fromkeys(cleaned(text).split())
        )
        if len(self._known) > PARTS:
            raise PackageError(f"It holds more than {PARTS:,} tags.")
        return words

    # --- Schema 18 -------------------------------------------------------------------------------

    def _types(self) -> dict[int, NoteType]:
        fields: dict[int, dict[int, str]] = {}
        for kind, place, name in self._rows("SELECT ntid, ord, name FROM fields"):
            fields.setdefault(_whole(kind), {})[_whole(place)] = _text(name)
        templates: dict[int, dict[int, Template]] = {}
        for kind, place, name, config in self._rows(
            "SELECT ntid, ord, name, config FROM templates"
        ):
            said = protobuf.fields(_bytes(config))
            sides = protobuf.text(said, 1), protobuf.text(said, 2)
            templates.setdefault(_whole(kind), {})[_whole(place)] = Template(_text(name), *sides)
        types = {}
        for kind, name, config in self._rows("SELECT id, name, config FROM notetypes"):
            said, own = protobuf.fields(_bytes(config)), _whole(kind)
            types[own] = NoteType(
                id=own,
                name=_text(name),
                is_cloze=protobuf.whole(said, 1) == 1,
                stock=protobuf.whole(said, 9),
                fields=tuple(text for _, text in sorted(fields.get(own, {}).items())),
                templates=tuple(one for _, one in sorted(templates.get(own, {}).items())),
            )
        return types

    def _decks(self) -> dict[int, tuple[str, str]]:
        decks = {}
        for own, name, kind in self._rows("SELECT id, name, kind FROM decks"):
            normal = protobuf.inner(protobuf.fields(_bytes(kind)), 1)
            about = protobuf.text(normal[0], 4) if normal else ""
            decks[_whole(own)] = (_deck_name(_text(name).replace(_SEPARATOR, "::")), about)
        return decks

    def _rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a table that is never long."""
        for count, row in enumerate(self._database.execute(statement)):
            if count >= PARTS:
                raise PackageError(f"It holds more than {PARTS:,} note types, fields or decks.")
            yield row

    # --- Schema 11 -------------------------------------------------------------------------------

    def _settings(self) -> tuple[dict[int, NoteType], dict[int, tuple[str, str]]]:
        row = self._database.execute("SELECT models, decks FROM col").fetchone()
        if row is None:
            raise PackageError("Its database holds no settings of Anki.")
        models, decks = (_mapping(parsed(_text(one))) for one in row)
        types = {int(own): _model(int(own), _mapping(one)) for own, one in models.items()}
        names = {}
        for own, one in decks.items():
            said = _mapping(one)
            names[int(own)] = (_deck_name(_text(said.get("name"))), _text(said.get("desc")))
        return types, names


def _deck_name(name: str) -> str:
    if len(name) > DECK_NAME:
        raise PackageError(f"The name of a deck in it is longer than {DECK_NAME:,} characters.")
    return cleaned(_BROKEN_LINE.sub(" ", name))


def _model(own: int, said: Mapping[str, Any]) -> NoteType:
    fields, templates = (
        sorted(map(_mapping, _list(said.get(key))), key=lambda one: _whole(one.get("ord")))
        for key in ("flds", "tmpls")
    )
    return NoteType(
        id=own,
        name=_text(said.get("name")),
        is_cloze=said.get("type") == 1,
        stock=_whole(said.get("originalStockKind")),
        fields=tuple(_text(one.get("name")) for one in fields),
        templates=tuple(
            Template(_text(one.get("name")), _text(one.get("qfmt")), _text(one.get("afmt")))
            for one in templates
        ),
    )


# --- Values of any kind to those expected --------------------------------------------------------


def _text(value: object) -> str:
    match value:
        case str():
            return value
        case bytes():
            return value.decode("utf-8", "replace")
        case int() | float():
            return str(value)
        case _:
            return ""


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""


def _mapping(value: object) -> Mapping[str, Any]:
    if isinstance(value, dict):
        return value
    raise ValueError


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
