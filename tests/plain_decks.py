"""Decks as genanki alone writes them, for tests that say what Anki does with such decks."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import genanki

from tests.anki_collections import FIRST

TYPE = 1_600_000_000_001
FRONT_FIELD, BACK_FIELD, TEMPLATE = 11, 12, 21
FIELDS = {"Front": FRONT_FIELD, "Back": BACK_FIELD}
SIDES = ("{{Front}}", "{{FrontSide}}<hr>{{Back}}")


def note_type(
    fields: Mapping[str, int | None] | None = None,
    templates: Mapping[str, tuple[str, str]] | None = None,
    *,
    name: str = "Plain",
    type_id: int = TYPE,
    css: str = "",
    is_cloze: bool = False,
) -> genanki.Model:
    """A note type; `fields` map names to ids, where None leaves the id to Anki."""
    sides = templates or {"Card": SIDES}
    return genanki.Model(
        type_id,
        name,
        fields=[
            {"name": field, **({} if number is None else {"id": number})}
            for field, number in (fields or FIELDS).items()
        ],
        templates=[
            {"name": template, "id": TEMPLATE + place, "qfmt": front, "afmt": back}
            for place, (template, (front, back)) in enumerate(sides.items())
        ],
        css=css,
        model_type=genanki.Model.CLOZE if is_cloze else genanki.Model.FRONT_BACK,
    )


def note(
    *fields: str,
    key: str | None = "note-1",
    of: genanki.Model | None = None,
    tags: Sequence[str] = (),
) -> genanki.Note:
    """A note of this key; without one genanki makes its own from the fields."""
    return genanki.Note(model=of or note_type(), fields=list(fields), guid=key, tags=list(tags))


def package(
    *notes: genanki.Note,
    at: float | None = FIRST,
    deck: str = "Plain",
    media: Mapping[str, bytes] | None = None,
) -> bytes:
    """The .apkg of these notes, all of them dated `at`; None leaves the date to genanki."""
    # genanki leaves the database that it packs behind, where temporary files are.
    with TemporaryDirectory() as folder, patch("tempfile.tempdir", folder):
        files = []
        for name, data in (media or {}).items():
            files.append(str(Path(folder, name)))
            Path(files[-1]).write_bytes(data)
        target = Path(folder, "out.apkg")
        whole = genanki.Package(genanki.Deck(sum(deck.encode()), deck), media_files=files)
        for one in notes:
            whole.decks[0].add_note(one)
        whole.write_to_file(target, timestamp=at)
        return target.read_bytes()
