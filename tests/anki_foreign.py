"""Notes of other people's types in real collections and from genanki, and packages made of them."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from unittest.mock import patch

import anki.collection  # noqa: F401 - first, since its other modules lean on it
from anki.collection import Collection, ExportAnkiPackageOptions
from genanki import BASIC_MODEL, Deck, Package
from genanki import Note as GenankiNote

from quizgen.imports.anki import Package as OurPackage
from quizgen.imports.anki import Press, Target, read
from quizgen.imports.imported import Imported
from quizgen.outputs.anki.identity import guid
from quizgen.outputs.anki.texts import rich
from quizgen.outputs.template import Templates
from tests.anki_collections import fresh_collection

PRESS = Press(rich=rich, guid=guid, words=lambda language: Templates().words("anki", language))


def imported(package: bytes, bank: str = "b", title: str = "B") -> Imported:
    """What an import finds in a package."""
    return read(OurPackage(io.BytesIO(package)), Target(bank, title), PRESS)


@contextmanager
def collection_of(media: Mapping[str, bytes]) -> Iterator[Collection]:
    """An empty collection with these media."""
    with fresh_collection() as collection:
        for name, data in media.items():
            Path(collection.media.dir(), name).write_bytes(data)
        yield collection


def add(collection: Collection, kind: str, deck: str, *tags: str, **fields: str) -> None:
    """A note; underscores in the names of fields stand for spaces."""
    model = collection.models.by_name(kind)
    assert model is not None
    note = collection.new_note(model)
    for name, html in fields.items():
        note[name.replace("_", " ")] = html
    note.tags = list(tags)
    collection.add_note(note, collection.decks.id(deck))  # type: ignore[arg-type]


def add_type(
    collection: Collection, name: str, fields: Sequence[str], *sides: tuple[str, str]
) -> None:
    """A note type with these fields and templates."""
    models = collection.models
    model = models.new(name)
    for field in fields:
        models.add_field(model, models.new_field(field))
    for place, (front, back) in enumerate(sides):
        template = models.new_template(f"Card {place}")
        template["qfmt"], template["afmt"] = front, back
        models.add_template(model, template)
    models.add_dict(model)


def exported(collection: Collection, *, legacy: bool) -> bytes:
    """The whole collection as a package, in the older format or the newer."""
    path = Path(collection.path).with_name("out.apkg")
    options = ExportAnkiPackageOptions(
        with_scheduling=False, with_deck_configs=False, with_media=True, legacy=legacy
    )
    collection.export_anki_package(out_path=str(path), options=options, limit=None)
    return path.read_bytes()


def genanki_package(*rows: tuple[str, str]) -> bytes:
    """A package by genanki with a basic note for each front and back."""
    deck = Deck(1_234_567_890, "Rows")
    for front, back in rows:
        deck.add_note(GenankiNote(model=BASIC_MODEL, fields=[front, back]))
    with TemporaryDirectory() as folder, patch("tempfile.tempdir", folder):
        path = Path(folder, "rows.apkg")
        Package(deck).write_to_file(str(path))
        return path.read_bytes()


# --- Packages made by hand -----------------------------------------------------------------------

MODEL = {
    "id": 1, "name": "Basic", "type": 0, "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}],
    "tmpls": [{"name": "Card 1", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr>{{Back}}", "ord": 0}],
}  # fmt: skip
DECKS = {"1": {"name": "Deck", "desc": ""}}
TABLES = """
CREATE TABLE col (models text, decks text);
CREATE TABLE notes (id integer, guid text, mid integer, mod integer, tags text, flds text);
CREATE TABLE cards (nid integer, ord integer, did integer, odid integer, type integer, due integer);
"""


def database(*rows: str, tables: str = TABLES, models: str = "", more: str = "") -> bytes:
    """A database with a basic note for each row of fields, and whatever statements come after."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "d")
        with closing(sqlite3.connect(path)) as made:
            made.executescript(tables)
            if "CREATE TABLE col" in tables:
                said = (models or json.dumps({"1": MODEL}), json.dumps(DECKS))
                made.execute("INSERT INTO col VALUES (?, ?)", said)
            for number, fields in enumerate(rows, start=1):
                made.execute(
                    "INSERT INTO notes VALUES (?, ?, 1, 1, '', ?)", (number, str(number), fields)
                )
                made.execute("INSERT INTO cards VALUES (?, 0, 1, 0, 0, ?)", (number, number))
            made.executescript(more)
            made.commit()
        return path.read_bytes()


def package(
    data: bytes,
    media: bytes = b"{}",
    name: str = "collection.anki2",
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """A zip with a database, a list of media and more files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in {name: data, "media": media, **files}.items():
            archive.writestr(file, content)
    return out.getvalue()
