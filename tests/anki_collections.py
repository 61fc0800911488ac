"""Editions of a bank, and the real Anki that they are imported into."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import anki.collection  # noqa: F401 - first, since its other modules lean on it
from anki.cards import Card as AnkiCard
from anki.collection import Collection, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportResponse
from anki.notes import Note

from quizgen.model import Bank
from quizgen.outputs.anki import build, read_lock, write_lock
from quizgen.outputs.anki.identity import guid
from quizgen.outputs.built import Built
from quizgen.outputs.template import Templates

TEMPLATES = Templates()
FIRST = 1_750_000_000
DAY = 86_400


def edition(
    bank: Bank, lock: str = "", now: int = FIRST, media: Mapping[str, bytes] | None = None
) -> tuple[Built, str]:
    """What `build` makes of a bank and the text of its lock file; and the lock file that follows."""
    read, problems = read_lock(lock)
    assert not problems
    built, after = build(bank, media=media or {}, templates=TEMPLATES, lock=read, now=now)
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


def import_deck(collection: Collection, package: bytes) -> ImportResponse.Log:
    """Import as the dialog does with nothing changed in it; what Anki says it did."""
    path = Path(collection.path).with_name("deck.apkg")
    path.write_bytes(package)
    options = collection._backend.get_import_anki_package_presets()
    request = ImportAnkiPackageRequest(package_path=str(path), options=options)
    return collection.import_anki_package(request).log


def note_of(collection: Collection, bank: Bank, item: str) -> Note:
    """The note of an item; fails where there is none or more than one."""
    key = guid(bank.name, item)
    (number,) = collection.db.list("select id from notes where guid = ?", key)  # type: ignore[union-attr]
    return collection.get_note(number)


def all_cards(collection: Collection) -> list[AnkiCard]:
    """Every card, by its id."""
    return [collection.get_card(number) for number in sorted(collection.find_cards(""))]
