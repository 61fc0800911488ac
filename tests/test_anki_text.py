"""The notes as a text file, in the real Anki: what it changes, and what a learner keeps."""

from pathlib import Path
from typing import Literal

import pytest
from anki.collection import Collection, CsvMetadata, ImportCsvRequest
from anki.import_export_pb2 import ImportResponse
from hypothesis import given, settings
from msgspec.structs import replace

from quizgen.model import Bank, Card, Cloze, Gap
from quizgen.outputs.anki import read_lock
from quizgen.outputs.anki.press import build
from quizgen.outputs.built import Built
from tests import anki_samples as sample
from tests.anki_collections import (
    DAY,
    FIRST,
    TEMPLATES,
    all_cards,
    deck_of,
    edition,
    fresh_collection,
    import_deck,
    note_of,
)
from tests.conftest import few
from tests.strategies import anki_banks

DECK = "Water on Earth"
RATINGS: tuple[Literal[1, 2, 3, 4], ...] = (3, 3, 1, 4, 3)


def with_text(bank: Bank, lock: str = "") -> Built:
    """What is built of a later edition where the text is asked for."""
    read, _ = read_lock(lock)
    built, _ = build(
        bank,
        media=sample.MEDIA,
        templates=TEMPLATES,
        lock=read,
        now=FIRST + DAY,
        with_text=True,
    )
    return built


def import_text(
    collection: Collection, text: bytes, scope: CsvMetadata.MatchScope.ValueType | None = None
) -> ImportResponse.Log:
    """Import as the dialog does; `scope` is what a learner chose there before."""
    path = Path(collection.path).with_name("notes.txt")
    path.write_bytes(text)
    metadata = collection.get_csv_metadata(str(path), None)
    if scope is not None:
        metadata.match_scope = scope
    return collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log


def state_of_cards(collection: Collection) -> dict[int, tuple[object, ...]]:
    """What Anki knows of each card: where it lies and when it is due."""
    return {
        card.id: (
            card.nid, card.ord, card.did, card.type, card.queue, card.due, card.ivl, card.factor,
            card.reps, card.lapses, card.flags,
        )
        for card in all_cards(collection)
    }  # fmt: skip


def a_learner(collection: Collection) -> None:
    """Studies, writes notes, tags, flags, suspends, and has decks of his own."""
    own, theirs = collection.decks.id("Exam::Monday"), collection.decks.id_for_name(DECK)
    assert own is not None
    assert theirs is not None
    collection.decks.select(theirs)
    for rating in RATINGS:
        card = collection.sched.getCard()
        assert card is not None
        collection.sched.answerCard(card, rating)
    for place, number in enumerate(sorted(collection.find_notes(""))):
        note = collection.get_note(number)
        note["My notes"] = f"Mine, {place}: <b>bold</b>"
        note.tags.append("hard")
        collection.update_note(note)
    cards = all_cards(collection)
    collection.set_deck([cards[0].id, cards[-1].id], own)
    collection.set_user_flag_for_cards(3, [cards[1].id])
    collection.sched.suspend_cards([cards[2].id])


@pytest.mark.parametrize("scope", [None, CsvMetadata.MatchScope.NOTETYPE_AND_DECK])
def test_a_learner_keeps_notes_tags_decks_and_schedule(
    scope: CsvMetadata.MatchScope.ValueType | None,
) -> None:
    """While the author's changes arrive, of both note types, and new notes in their decks."""
    first, lock = edition(sample.BANK, media=sample.MEDIA)
    question = replace(sample.LAKE, stem='Which "lake"\tis\n\n# largest?', topic="Ponds")
    cloze = next(item for item in sample.BANK.items if isinstance(item, Cloze))
    reworded = {question.id: question, cloze.id: replace(cloze, explain="Reworded.")}
    new = (
        Card(id="new", topic="Ponds", front="#New", back='"Yes"'),
        Cloze(id="new-cloze", parts=("It is ", Gap(number=2, accept=("new",)), ".")),
    )
    items = tuple(reworded.get(item.id, item) for item in sample.BANK.items)
    bank = replace(sample.BANK, items=(*items, *new))
    second = with_text(bank, lock)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        a_learner(collection)
        cards = state_of_cards(collection)
        notes = {n: collection.get_note(n) for n in collection.find_notes("")}
        log = import_text(collection, deck_of(second, "anki.text"), scope)
        assert (len(log.new), len(log.updated)) == (2, 2)
        assert not [*log.conflicting, *log.missing_notetype, *log.first_field_match]
        after = state_of_cards(collection)
        assert {card: after[card] for card in cards} == cards
        for number, before in notes.items():
            note = collection.get_note(number)
            assert (note["My notes"], note.tags) == (before["My notes"], before.tags)
        assert note_of(collection, bank, question.id)["Topic"] == "Ponds"
        assert "&quot;lake&quot;\tis" in note_of(collection, bank, question.id)["Question"]
        assert note_of(collection, bank, cloze.id)["Explanation"] == "Reworded."
        decks = [
            collection.decks.name(card.did)
            for item in new
            for card in note_of(collection, bank, item.id).cards()
        ]
        assert decks == [f"{DECK}::Ponds", DECK]


def test_pictures_come_with_the_deck_after_it() -> None:
    """Notes that show or play files are not in the text; the deck brings them, and no more."""
    first, lock = edition(sample.BANK, media=sample.MEDIA)
    rift = next(item for item in sample.BANK.items if item.id == "rift")
    changed = {"rift": replace(rift, explain="New."), "dew": replace(sample.DEW, explain="New.")}
    bank = replace(
        sample.BANK, items=tuple(changed.get(item.id, item) for item in sample.BANK.items)
    )
    second = with_text(bank, lock)
    assert [(one.kind, one.items) for one in second.products] == [
        ("anki.deck", len(bank.items)),
        ("anki.text", len(bank.items) - 1),
    ]
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        a_learner(collection)
        log = import_text(collection, deck_of(second, "anki.text"))
        assert [one.id.nid for one in log.updated] == [note_of(collection, bank, "dew").id]
        assert note_of(collection, bank, "rift")["Explanation"] != "New."
        cards = state_of_cards(collection)
        import_deck(collection, deck_of(second))
        assert not collection.media.check().missing
        assert state_of_cards(collection) == cards
        assert note_of(collection, bank, "dew")["My notes"].startswith("Mine")


@given(anki_banks())
@settings(max_examples=few(10))
def test_the_text_says_what_the_deck_says(bank: Bank) -> None:
    """Whatever signs stand in it: over the deck of the same edition it changes nothing."""
    built = with_text(bank)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built))
        count = collection.note_count()
        log = import_text(collection, deck_of(built, "anki.text"))
        assert len(log.duplicate) == count == len(bank.items)
        assert collection.note_count() == count


def test_without_the_deck_nothing_is_made_up() -> None:
    """Who never had the deck gets no notes of another type."""
    with fresh_collection() as collection:
        log = import_text(collection, deck_of(with_text(sample.BANK), "anki.text"))
        assert len(log.missing_notetype) == len(sample.BANK.items) - 1
        assert not collection.note_count()


def test_it_is_written_only_where_asked_for() -> None:
    built, _ = edition(sample.BANK, media=sample.MEDIA)
    assert [one.kind for one in built.products] == ["anki.deck"]
