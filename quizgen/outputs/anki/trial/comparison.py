"""One collection before an update and after it, beside an empty one that took the update alone."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from quizgen.outputs.anki.identity import FIELDS
from quizgen.outputs.anki.trial.seen import Change, Update
from quizgen.outputs.anki.trial.snapshot import Note, Snapshot, begin, item_of, words


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
    old, now, new = _by_guid(before), _by_guid(after), _by_guid(fresh)
    conflicting = tuple(_conflicting(refused, fresh))
    both = [guid for guid in old if guid in now]
    changes = {guid: _changes(old[guid], now[guid]) for guid in both}
    rewritten = {guid for guid in both if now[guid].id in updated}
    added = [note for guid, note in now.items() if guid not in old]
    vanished = [note for guid, note in old.items() if guid not in new]
    decks = _decks(after)
    return Update(
        added=_labels(added),
        changed=tuple(
            Change(note=now[guid].label, fields=fields)
            for guid, fields in changes.items()
            if fields
        ),
        untouched=sum(not changes[guid] and guid in new for guid in both),
        vanished=_labels(vanished),
        reviewed=reviewed,
        conflicting=conflicting,
        second_types=_second_types(before, after, fresh),
        unreached=_labels(
            now[guid]
            for guid in both
            if guid in new
            and guid not in rewritten
            and new[guid].label not in conflicting
            and _changes(now[guid], new[guid])
        ),
        overwritten=_labels(now[guid] for guid in both if guid in rewritten and not changes[guid]),
        reborn=_labels(_reborn(added, vanished)),
        emptied=_labels(note for note in after.notes if note.id in after.blank - before.blank),
        rescheduled=_labels(_rescheduled(before, after)),
        left_behind=_labels(
            now[guid]
            for guid, deck in _decks(fresh).items()
            if guid in old and guid in now and decks.get(guid) != deck
        ),
        stale_media=tuple(_stale(after.media, fresh.media)),
    )


def _by_guid(snapshot: Snapshot) -> dict[str, Note]:
    return {note.guid: note for note in snapshot.notes}


def _labels(notes: Iterable[Note]) -> tuple[str, ...]:
    return tuple(note.label for note in notes)


def _changes(before: Note, after: Note) -> tuple[str, ...]:
    """The names of the fields in which the notes differ."""
    said = before.said
    return tuple(name for name, text in after.said.items() if said.get(name, "") != text)


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


def _reborn(added: Iterable[Note], vanished: Iterable[Note]) -> Iterator[Note]:
    """Notes that came anew while one that says half of the same is in the deck no more."""
    left = {half for note in vanished for half in _halves(note)}
    return (note for note in added if not left.isdisjoint(_halves(note)))


def _halves(note: Note) -> Iterator[tuple[str, ...]]:
    """The first field, and all that are not it: an edit seldom changes both."""
    first, *rest = (words(text) for text in note.fields)
    if first:
        yield ("first", first)
    if any(rest):
        yield ("rest", *rest)


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
