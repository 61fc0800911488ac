"""genanki's decks to the bytes of an .apkg: the one module that knows genanki's and Anki's insides.

genanki writes row by row, asks for the JSON of all decks again for each deck, leaves a temporary
file behind and dates everything now. Here its models and decks, with notes of our own, are written
in few statements into a database that passes with its folder; every time is the note's own, so
same notes, same bytes. The tables are those of Anki's schema 11, which all its versions import.
"""

import errno
import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from quizgen.model import Frozen

_INSERT_NOTE = "INSERT INTO notes VALUES (?,?,?,?,-1,?,?,?,0,0,'')"
_INSERT_CARD = "INSERT INTO cards VALUES (?,?,?,?,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')"
"""What no new note or card has is a number for those who sync, flags, an interval, reviews."""
_BASE = (1980, 1, 1, 0, 0, 0)
_UPDATE_CARD = """UPDATE cards SET type = 2, queue = 2, due = ?, ivl = ?, factor = 2500, reps = ?,
    lapses = ?, data = ? WHERE id = ?"""
"""What a card in review has that a new one has not; the factor counts only where FSRS is off."""
_INSERT_REVIEW = "INSERT INTO revlog VALUES (?,?,-1,?,?,?,?,?,?)"
_DAYS = {"schedVer": 2, "sched2021": True, "rollover": 4}
"""Days that start at four, as those of Anki's own scheduler do; without it Anki takes an older one."""
_SEPARATOR = "\x1f"
_SETTINGS = ("page_size = 16384", "journal_mode = OFF", "synchronous = OFF")
"""Nobody reads the database before it is whole, so nothing is written twice to be safe."""
_PIECE = 1 << 20
_LAST_PLACE = 999_999


class NoteType(genanki.Model):  # type: ignore[misc]
    """A model that is told which fields its cards need, and dated by itself.

    genanki works the need out from the templates, and raises where conditions are nested.
    """

    def __init__(self, *, needs: Sequence[int], modified: int, **more: Any) -> None:
        super().__init__(**more)
        self.needs = needs
        self.modified = modified

    @property
    def _req(self) -> list[list[object]]:
        return [[place, "all", [field]] for place, field in enumerate(self.needs)]


class Logged(Frozen, frozen=True, kw_only=True):
    """A review as Anki's log has it: its moment and how long it took in milliseconds, the `button`
    from 1 to 4, days until the next and since the last, the difficulty from 100 to 1100, and
    whether it was the first.
    """

    at: int
    button: int
    interval: int
    interval_before: int
    difficulty: int
    took: int
    is_first: bool


class Reviewed(Frozen, frozen=True, kw_only=True):
    """What Anki keeps of a card in review: `due` in days since the deck's first day, and so on.

    `data` is JSON with the state of memory.
    """

    due: int
    interval: int
    lapses: int
    data: str
    log: tuple[Logged, ...]


class Note(Frozen, frozen=True, kw_only=True):
    """A note with its own time (seconds) and the places of its cards' templates or gaps.

    It stands in genanki's decks as one of genanki's would; no tag of it holds a space. Cards that
    were `reviewed`, by their places, are no new ones.
    """

    model: NoteType
    fields: list[str]
    guid: str
    tags: tuple[str, ...]
    due: int
    modified: int
    cards: tuple[int, ...]
    reviewed: Mapping[int, Reviewed] = {}


class Preset(Frozen, frozen=True, kw_only=True):
    """Options for some decks, by their ids: Anki's own but for the retention (a share) asked for.

    A learner gets them only where he ticks presets as he imports.
    """

    id: int
    name: str
    retention: float
    decks: tuple[int, ...]


def apkg(
    decks: Sequence[genanki.Deck],
    media: Mapping[str, bytes],
    preset: Preset | None = None,
    first_day: int | None = None,
) -> bytes:
    """The .apkg of these decks, whose notes are `Note`s; `media` maps a file's name to its bytes.

    `first_day` is a moment (seconds) on the day that reviewed cards count from, where there are
    some. No file is left, no clock read. Notes without an id of their own get one from their time.
    Raises OSError where there is no room for passing files.
    """
    files = {str(place): name for place, name in enumerate(sorted(media))}
    out = io.BytesIO()
    with (
        TemporaryDirectory(prefix="quizgen-") as folder,
        zipfile.ZipFile(out, "w") as archive,
    ):
        database = Path(folder) / "collection.anki2"
        try:
            _write_database(database, decks, preset, first_day)
        except sqlite3.OperationalError as error:
            raise OSError(errno.EIO, f"SQLite says: {error}", str(database)) from error
        _add(archive, database)
        archive.writestr(_member("media"), json.dumps(files, ensure_ascii=False))
        for place, name in files.items():
            member = _member(place)
            member.compress_type = zipfile.ZIP_STORED
            archive.writestr(member, media[name])
    return out.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _BASE)
    member.compress_type = zipfile.ZIP_DEFLATED
    member._compresslevel = 1  # type: ignore[attr-defined]  # noqa: SLF001  # `open` has no such word
    member.external_attr = 0o644 << 16
    member.create_system = 3
    return member


def _add(archive: zipfile.ZipFile, path: Path) -> None:
    """Add a file piece by piece, since the database of a large deck is many times its package."""
    member = _member(path.name)
    member.file_size = path.stat().st_size
    with path.open("rb") as source, archive.open(member, "w") as to:
        shutil.copyfileobj(source, to, _PIECE)


def _write_database(
    path: Path, decks: Sequence[genanki.Deck], preset: Preset | None, first_day: int | None
) -> None:
    tables, indexes = _statements()
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for setting in _SETTINGS:
            database.execute(f"PRAGMA {setting}")
        database.execute("BEGIN")
        for statement in tables:
            database.execute(statement)
        database.execute(APKG_COL)
        _write_settings(database, decks)
        if preset is not None:
            _write_preset(database, preset)
        placed = _placed(decks)
        database.executemany(_INSERT_NOTE, _note_rows(placed))
        database.executemany(_INSERT_CARD, _card_rows(placed))
        if first_day is not None:
            _write_reviews(database, placed, first_day)
        for statement in indexes:
            database.execute(statement)
        database.execute("COMMIT")


def _statements() -> tuple[list[str], list[str]]:
    """What makes the tables, and what makes their indexes: those go last, since that is faster."""
    statements = [part.strip() for part in APKG_SCHEMA.split(";") if part.strip()]
    indexes = [part for part in statements if part.startswith("CREATE INDEX")]
    return [part for part in statements if part not in indexes], indexes


def _write_settings(database: sqlite3.Connection, decks: Sequence[genanki.Deck]) -> None:
    (known,) = database.execute("SELECT decks FROM col").fetchone()
    rows = json.loads(known) | {str(deck.deck_id): deck.to_json() for deck in decks}
    models = {note.model.model_id: note.model for deck in decks for note in deck.notes}
    types = {str(name): _type_row(model) for name, model in sorted(models.items())}
    database.execute("UPDATE col SET decks = ?, models = ?", (json.dumps(rows), json.dumps(types)))


def _write_preset(database: sqlite3.Connection, preset: Preset) -> None:
    """Add the preset and let its decks follow it. What is not said is as Anki has it."""
    decks, presets = map(json.loads, database.execute("SELECT decks, dconf FROM col").fetchone())
    for deck in preset.decks:
        decks[str(deck)]["conf"] = preset.id
    presets[str(preset.id)] = {
        "id": preset.id, "name": preset.name, "mod": 0, "usn": 0, "dyn": False,
        "desiredRetention": preset.retention, "new": {}, "rev": {}, "lapse": {},
        "maxTaken": 60, "timer": 0, "autoplay": True, "replayq": True,
        "easyDaysPercentages": [1.0] * 7,
    }  # fmt: skip
    database.execute(
        "UPDATE col SET decks = ?, dconf = ?", (json.dumps(decks), json.dumps(presets))
    )


def _type_row(model: NoteType) -> dict[str, object]:
    row: dict[str, object] = model.to_json(model.modified, 1)
    return row


def _placed(decks: Sequence[genanki.Deck]) -> list[tuple[int, int, Note]]:
    """The notes, each with its id and that of its deck, by time and place in the bank."""
    placed = [(note, deck.deck_id) for deck in decks for note in deck.notes]
    placed.sort(key=lambda row: row[0].modified << 32 | row[0].due)
    ids = _ids(note.modified for note, _ in placed)
    return [(own, deck, note) for own, (note, deck) in zip(ids, placed, strict=True)]


def _note_rows(placed: Sequence[tuple[int, int, Note]]) -> Iterator[tuple[object, ...]]:
    for own, _, note in placed:
        fields, tags = note.fields, f" {' '.join(note.tags)} "
        said = _SEPARATOR.join(fields)
        yield (own, note.guid, note.model.model_id, note.modified, tags, said, fields[0])


def _card_rows(placed: Sequence[tuple[int, int, Note]]) -> Iterator[tuple[int, ...]]:
    ids = _card_ids(placed)
    for own, deck, note in placed:
        place, time = min(note.due, _LAST_PLACE), note.modified
        for card in note.cards:
            yield (next(ids), own, deck, card, time, place)


def _card_ids(placed: Sequence[tuple[int, int, Note]]) -> Iterator[int]:
    return _ids(note.modified for _, _, note in placed for _ in note.cards)


def _write_reviews(
    database: sqlite3.Connection, placed: Sequence[tuple[int, int, Note]], first_day: int
) -> None:
    """Make of new cards those in review that they are, and write the log of their reviews.

    In the log no two rows have the same millisecond, so the later of two has one of those after it.
    """
    (settings,) = database.execute("SELECT conf FROM col").fetchone()
    days = json.dumps(json.loads(settings) | _DAYS)
    database.execute("UPDATE col SET crt = ?, conf = ?", (first_day, days))
    places = ((note, card) for _, _, note in placed for card in note.cards)
    known = [
        (own, note.reviewed[card])
        for own, (note, card) in zip(_card_ids(placed), places, strict=True)
        if card in note.reviewed
    ]
    cards = ((one.due, one.interval, len(one.log), one.lapses, one.data, own) for own, one in known)
    database.executemany(_UPDATE_CARD, cards)
    log = sorted(
        ((row, own) for own, one in known for row in one.log), key=lambda two: (two[0].at, two[1])
    )
    last, rows = 0, []
    for row, own in log:
        last = max(last + 1, row.at)
        days_apart = row.interval, row.interval_before
        kind = 0 if row.is_first else 1
        rows.append((last, own, row.button, *days_apart, row.difficulty, row.took, kind))
    database.executemany(_INSERT_REVIEW, rows)


def _ids(times: Iterable[int]) -> Iterator[int]:
    """A number for each row, in milliseconds as Anki has it: its time, or the next one free."""
    last = 0
    for time in times:
        last = max(last + 1, time * 1000)
        yield last
