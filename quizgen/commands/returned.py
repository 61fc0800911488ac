"""Whether imported notes of ours came back: the next deck held against the one that was read."""

import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec.structs import replace

from quizgen.imports.anki import Package
from quizgen.imports.anki.collection import Note
from quizgen.imports.anki.ourparts import ROOT
from quizgen.model import Bank, Frozen
from quizgen.outputs.anki import Lock
from quizgen.outputs.anki.identity import guid
from quizgen.outputs.anki.lock import LATEST, Entry, State
from quizgen.outputs.anki.press import build
from quizgen.outputs.template import Templates

_LEARNERS = "My notes"
_UNKNOWN = "0" * 16


class Change(Frozen, frozen=True):
    """A note that the next deck changes for learners: its item, and the names of the fields."""

    item: str
    fields: tuple[str, ...]


def returned(
    bank: Bank, media: Mapping[str, bytes], notes: Iterable[Note], root: Path
) -> tuple[tuple[Change, ...], Lock]:
    """What the next deck changes in these notes, and the lock with which it changes nothing else.

    A note that came back as it was has its digest and time there; one that did not has an unknown
    digest, so that what the next deck says of it reaches learners.
    """
    there = {note.guid: note for note in notes}
    items = {guid(bank.name, item.id): item for item in bank.items}
    states: dict[str, State] = {
        key: "retired" if item.retired else "deck" for key, item in items.items() if key in there
    }
    entries = {
        key: Entry(
            key=key,
            type="cloze" if there[key].type.is_cloze else "question",
            digest=_UNKNOWN,
            time=_time(there[key]),
            state=state,
            item=items[key].id,
        )
        for key, state in states.items()
    }
    start = Lock(bank=bank.name, entries=entries, found=True)
    built, lock = build(bank, media=media, templates=Templates(root), lock=start, now=0)
    changes: list[Change] = []
    for path in (product.path for product in built.products if product.path.endswith(".apkg")):
        for made in Package(io.BytesIO(built.files[path])).collection.notes:
            before = there.get(made.guid)
            if before is None:
                continue
            digest = lock.entries[made.guid].digest
            if fields := tuple(_changed(before, made)):
                changes.append(Change(items[made.guid].id, fields))
                digest = _UNKNOWN
            entries[made.guid] = replace(lock.entries[made.guid], digest=digest, time=_time(before))
    return tuple(changes), Lock(bank=bank.name, entries=entries, found=True)


def _changed(before: Note, made: Note) -> Iterable[str]:
    """The names of the fields that differ; of tags, whose order Anki sorts, those of ours alone."""
    if before.type.id != made.type.id:
        yield "Type"
    for name, was, now in zip(made.type.fields, before.fields, made.fields, strict=False):
        if was != now and name != _LEARNERS:
            yield name
    if _tags(before) != _tags(made):
        yield "Tags"


def _tags(note: Note) -> frozenset[str]:
    return frozenset(tag for tag in note.tags if tag.startswith(f"{ROOT}::"))


def _time(note: Note) -> int:
    """When a note was changed last, or the nearest time to it that a lock can say."""
    return min(max(note.modified, 0), LATEST)
