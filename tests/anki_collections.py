"""Editions of a bank, and the real Anki that they are imported into."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import anki.collection  # noqa: F401 - first, since its other modules lean on it
from anki.cards import Card as AnkiCard
from anki.collection import Collection, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportResponse
from anki.notes import Note, NoteId

from quizgen.model import Bank
from quizgen.outputs.anki import read_lock, write_lock
from quizgen.outputs.anki.identity import guid
from quizgen.outputs.anki.press import build
from quizgen.outputs.built import Built
from quizgen.outputs.template import Templates

TEMPLATES = Templates()
FIRST = 1_750_000_000
DAY = 86_400


def edition(
    bank: Bank,
    lock: str = "",
    now: int = FIRST,
    media: Mapping[str, bytes] | None = None,
    templates: Templates = TEMPLATES,
) -> tuple[Built, str]:
    """What `build` makes of a bank and the text of its lock file; and the lock file that follows."""
    read, problems = read_lock(lock)
    assert not problems
    built, after = build(bank, media=media or {}, templates=templates, lock=read, now=now)
    return built, write_lock(after)


def deck_of(built: Built, kind: str = "anki.deck") -> bytes:
    """The bytes of the product of this kind."""
    (path,) = (product.path for product in built.products if product.kind == kind)
    return built.files[path]


@contextmanager
def fresh_collection() -> Iterator[Collection]:
    """An empty collection of a learner, in a folder that is gone afterwards."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        collection = Collection(str(Path(folder, "collection.anki2")))
        try:
            yield collection
        finally:
            collection.close()


def import_deck(collection: Collection, package: bytes, **changed: Any) -> ImportResponse.Log:
    """Import as the dialog does with nothing changed in it but these options; what Anki says it did."""
    path = Path(collection.path).with_name("deck.apkg")
    path.write_bytes(package)
    options = collection._backend.get_import_anki_package_presets()
    for name, value in changed.items():
        setattr(options, name, value)
    request = ImportAnkiPackageRequest(package_path=str(path), options=options)
    return collection.import_anki_package(request).log


@contextmanager
def having(deck: bytes) -> Iterator[Collection]:
    """A learner's collection with this deck in it."""
    with fresh_collection() as collection:
        import_deck(collection, deck)
        yield collection


def note_of(collection: Collection, bank: Bank, item: str) -> Note:
    """The note of an item; fails where there is none or more than one."""
    key = guid(bank.name, item)
    (number,) = collection.db.list("select id from notes where guid = ?", key)  # type: ignore[union-attr]
    return collection.get_note(number)


def all_cards(collection: Collection) -> list[AnkiCard]:
    """Every card, by its id."""
    return [collection.get_card(number) for number in sorted(collection.find_cards(""))]


# --- What a learner has, before and after an import ----------------------------------------------


class Progress(NamedTuple):
    """All that Anki knows of a learner's progress with a card."""

    card: int
    deck: int
    kind: int
    queue: int
    due: int
    interval: int
    ease: int
    reps: int
    lapses: int
    left: int
    due_before: int
    deck_before: int
    flags: int
    data: str


def progress_of(collection: Collection) -> dict[tuple[str, int], Progress]:
    """The progress with each card, by the guid of its note and its place there."""
    rows = collection.db.all(  # type: ignore[union-attr]
        "select guid, ord, c.id, did, type, queue, due, ivl, factor, reps, lapses, left, odue, odid,"
        " c.flags, c.data from cards c join notes n on n.id = nid"
    )
    return {(guid, place): Progress(*rest) for guid, place, *rest in rows}


def texts_of(collection: Collection) -> dict[str, tuple[str, str]]:
    """The fields and the tags of every note, by its guid."""
    rows = collection.db.all("select guid, flds, tags from notes")  # type: ignore[union-attr]
    return {guid: (fields, tags) for guid, fields, tags in rows}


def times_of(collection: Collection) -> dict[str, int]:
    """When each note last changed, by its guid."""
    rows = collection.db.all("select guid, mod from notes")  # type: ignore[union-attr]
    return {row[0]: row[1] for row in rows}


def guids_of(collection: Collection, said: Iterable[ImportResponse.Note]) -> set[str]:
    """The guids of the notes that Anki names in a list of its log."""
    return {collection.get_note(NoteId(one.id.nid)).guid for one in said}


def note_type_of(collection: Collection, name: str) -> dict[str, Any]:
    """The note type of that name as it is now: Anki's own Python keeps old ones over an import."""
    collection.models._clear_cache()
    found = collection.models.by_name(name)
    assert found is not None, name
    return found


def note_types_of(collection: Collection) -> set[str]:
    """The names of the note types in use."""
    used = collection.models.all_use_counts()
    return {one.name for one in used if one.use_count}


def assert_sound(collection: Collection, empty: Iterable[int] = ()) -> None:
    """No card without a front but these, no file missing, and a database without a complaint."""
    notes = collection.get_empty_cards().notes
    assert {card for note in notes for card in note.card_ids} == set(empty)
    assert not collection.media.check().missing
    said, is_clean = collection.fix_integrity()
    assert is_clean, said
    assert said == "Database rebuilt and optimized."
