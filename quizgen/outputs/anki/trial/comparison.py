"""One collection before an update and after it, beside an empty one that took the update alone."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from quizgen.outputs.anki.identity import FIELDS
from quizgen.outputs.anki.trial.seen import Change, Labels, Update
from quizgen.outputs.anki.trial.snapshot import Note, Snapshot, begin, item_of, plain


def compare(
    before: Snapshot,
    after: Snapshot,
    fresh: Snapshot,
    *,
    updated: Collection[int],
    refused: Iterable[Sequence[str]],
    reviewed: int,
) -> Update:
    """What the update did; `fresh` shows what it would have a learner see.

    `updated` are the notes that Anki says it wrote anew, by id in the collection, `refused` those
    in conflict, by the beginnings of their fields: Anki tells no more of them.
    """
    notes = _Notes(before, after, fresh, updated)
    conflicting = tuple(_conflicting(refused, fresh))
    return Update(
        added=_labels(notes.added),
        changed=tuple(notes.changed()),
        untouched=sum(not fields for fields in notes.changes.values()),
        vanished=_labels(notes.vanished),
        reviewed=reviewed,
        conflicting=conflicting,
        second_types=_second_types(before, after, fresh),
        unreached=tuple(one for one in _labels(notes.unreached()) if one not in conflicting),
        overwritten=_labels(notes.overwritten()),
        is_redated=notes.are_redated(),
        reborn=_labels(notes.reborn()),
        emptied=_labels(note for note in after.notes if note.id in after.blank - before.blank),
        rescheduled=_labels(_rescheduled(before, after)),
        left_behind=_labels(notes.left_behind()),
        stale_media=tuple(_stale(after.media, fresh.media)),
    )


def _labels(notes: Iterable[Note]) -> Labels:
    return tuple(note.label for note in notes)


class _Notes:
    """The notes of three collections, those of one guid side by side.

    `changes` are the names of the fields in which each note of both editions differs since.
    """

    def __init__(
        self, before: Snapshot, after: Snapshot, fresh: Snapshot, updated: Collection[int]
    ) -> None:
        self._before, self._after, self._fresh = before, after, fresh
        self._old, self._now, self._new = map(_by_guid, (before, after, fresh))
        self._updated = updated
        both = [guid for guid in self._old if guid in self._now and guid in self._new]
        self.changes = {guid: _changes(self._old[guid], self._now[guid]) for guid in both}
        self.added = [note for guid, note in self._now.items() if guid not in self._old]
        self.vanished = [note for guid, note in self._old.items() if guid not in self._new]

    def changed(self) -> Iterator[Change]:
        """The notes that say something else since, with the fields that differ."""
        for guid, fields in self.changes.items():
            if fields:
                yield Change(note=self._now[guid].label, fields=fields)

    def unreached(self) -> Iterator[Note]:
        """The notes that would say something else in an empty collection."""
        for guid in self.changes:
            now = self._now[guid]
            if now.id not in self._updated and _changes(now, self._new[guid]):
                yield now

    def overwritten(self) -> Iterator[Note]:
        """The notes that Anki wrote anew though nothing in them changed."""
        for guid, fields in self.changes.items():
            if not fields and self._now[guid].id in self._updated:
                yield self._now[guid]

    def are_redated(self) -> bool:
        """Whether several notes, none of them ours, all have one time, later than any had before."""
        old, new = ([notes[guid] for guid in self.changes] for notes in (self._old, self._new))
        times = {note.time for note in new}
        return (
            len(new) > 1
            and len(times) == 1
            and max(note.time for note in old) < max(times)
            and not any(note.is_ours for note in new)
        )

    def reborn(self) -> Iterator[Note]:
        """The notes that came anew while one known by the same text is in the deck no more."""
        then, now = (
            Counter(mark for note in edition.notes for mark in _marks(note))
            for edition in (self._before, self._fresh)
        )
        left = {mark for note in self.vanished for mark in _marks(note) if then[mark] == 1}
        for note in self.added:
            if any(mark in left and now[mark] == 1 for mark in _marks(note)):
                yield note

    def left_behind(self) -> Iterator[Note]:
        """The notes whose cards an empty collection has in another deck."""
        decks = _decks(self._after)
        for guid, deck in _decks(self._fresh).items():
            if guid in self.changes and decks.get(guid) != deck:
                yield self._now[guid]


def _by_guid(snapshot: Snapshot) -> dict[str, Note]:
    return {note.guid: note for note in snapshot.notes}


def _changes(before: Note, after: Note) -> tuple[str, ...]:
    """The names of the fields in which the notes differ."""
    said = before.said
    return tuple(name for name, text in after.said.items() if said.get(name, "") != text)


def _marks(note: Note) -> Iterator[tuple[str, ...]]:
    """What a note may be known by after an edit: the first field, or all of several others.

    One field beside the first is no mark: two cards may well have one answer.
    """
    first, *others = (plain(text) or text for text in note.fields)
    if first:
        yield ("first", first)
    if sum(map(bool, others)) > 1:
        yield ("others", *others)


def _decks(snapshot: Snapshot) -> Mapping[str, str]:
    """The deck of each note's first card, by the note's guid."""
    guids = {note.id: note.guid for note in snapshot.notes}
    found: dict[str, str] = {}
    for card in snapshot.cards:
        found.setdefault(guids.get(card.note, ""), card.deck)
    return found


def _conflicting(refused: Iterable[Sequence[str]], fresh: Snapshot) -> Iterator[str]:
    """The labels of notes of which Anki tells the beginnings, without markup."""
    known = {note.label for note in fresh.notes}
    for beginnings in refused:
        is_ours = len(beginnings) == len(FIELDS)
        item = item_of(beginnings) if is_ours else ""
        yield item if item in known else begin(beginnings[0])


def _second_types(before: Snapshot, after: Snapshot, fresh: Snapshot) -> tuple[str, ...]:
    """Types that came with the update under another name than they have in it."""
    known = {note.type for note in before.notes}
    names = {note.type_name for note in fresh.notes}
    came = {note.type_name for note in after.notes if note.type not in known}
    return tuple(sorted(came - names))


def _rescheduled(before: Snapshot, after: Snapshot) -> Iterator[Note]:
    now = {card.id: card.schedule for card in after.cards}
    lost = {card.note for card in before.cards if now.get(card.id) != card.schedule}
    return (note for note in before.notes if note.id in lost)


def _stale(after: Mapping[str, str], fresh: Mapping[str, str]) -> Iterator[str]:
    """Files that the learner has with other bytes under this name, and under no other name."""
    there = set(after.values())
    for name, digest in fresh.items():
        if name in after and digest not in there:
            yield name
