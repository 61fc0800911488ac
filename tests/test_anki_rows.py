"""What Anki does with the next edition of a deck, row by row: notes, their cards and their decks.

For each row of what Anki does there is a test with a deck by genanki alone, and beside it, named
`test_ours_...`, one of how a deck of quizgen fares; more of those stand in `test_anki_updates.py`.
The rows of note types, media and options stand in `test_anki_rows_types.py`.
"""

from types import SimpleNamespace

import pytest
from anki.collection import Collection
from anki.import_export_pb2 import ImportAnkiPackageUpdateCondition as Update
from anki.import_export_pb2 import ImportResponse
from anki.notes import Note
from msgspec.structs import replace

from quizgen.model import Cloze, Gap
from quizgen.outputs.anki.identity import guid
from tests import anki_samples as sample
from tests.anki_collections import (
    DAY,
    FIRST,
    deck_of,
    edition,
    having,
    import_deck,
    note_of,
    progress_of,
)
from tests.plain_decks import note, note_type, package
from tests.test_anki_updates import BANK, LATER, study, with_item

ALWAYS = Update.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS
PLAIN = package(note("front", "back"))
CLOZE = note_type(
    templates={"Cloze": ("{{cloze:Front}}", "{{cloze:Front}}{{Back}}")}, is_cloze=True
)


def counts(log: ImportResponse.Log) -> tuple[int, int, int, int]:
    """How many notes were new, updated, left as they are, in conflict."""
    return len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting)


NEW, UPDATED, LEFT, IN_CONFLICT = ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))


def only_note(collection: Collection) -> Note:
    """The note of a collection that has one."""
    (number,) = collection.find_notes("")
    return collection.get_note(number)


def answer_once(collection: Collection) -> None:
    """Answer the next card of the plain deck."""
    collection.decks.select(collection.decks.id_for_name("Plain"))  # type: ignore[arg-type]
    card = collection.sched.getCard()
    assert card is not None
    collection.sched.answerCard(card, 4)


def add_my_words(collection: Collection, which: Note) -> None:
    """What a learner does in the editor: other words, a tag, and the mark."""
    which.fields[1] = "my own words"
    which.tags += ["hard", "marked"]
    collection.update_note(which)


def deck_names(collection: Collection) -> dict[str, str]:
    """The name of the deck that each note's first card is in, by guid."""
    return {
        one.guid: collection.decks.name(one.cards()[0].did)
        for one in map(collection.get_note, collection.find_notes(""))
    }


# --- Fields changed ------------------------------------------------------------------------------


def test_mtime_newer_is_updated_and_the_schedule_kept() -> None:
    with having(PLAIN) as collection:
        answer_once(collection)
        before = progress_of(collection)
        log = import_deck(collection, package(note("front", "better"), at=FIRST + 1))
        assert counts(log) == UPDATED
        assert only_note(collection).fields == ["front", "better"]
        assert progress_of(collection) == before


def test_mtime_equal_is_ignored_even_with_always() -> None:
    edited = package(note("front", "better"))
    with having(PLAIN) as collection:
        assert counts(import_deck(collection, edited)) == LEFT
        assert counts(import_deck(collection, edited, update_notes=ALWAYS)) == LEFT
        assert only_note(collection).fields == ["front", "back"]


def test_mtime_older_is_ignored_unless_always() -> None:
    edited = package(note("front", "better"), at=FIRST - 1)
    with having(PLAIN) as collection:
        assert counts(import_deck(collection, edited)) == LEFT
        assert only_note(collection).fields == ["front", "back"]
        assert counts(import_deck(collection, edited, update_notes=ALWAYS)) == UPDATED
        assert only_note(collection).fields == ["front", "better"]


@pytest.mark.parametrize("now", [FIRST, FIRST - DAY], ids=["equal", "older"])
def test_ours_is_newer_whatever_the_clock_says(now: int) -> None:
    """And so it is updated with no option ticked."""
    first, lock = edition(BANK)
    second, _ = edition(with_item(BANK, replace(sample.DEW, explain="Dew.")), lock, now)
    with having(deck_of(first)) as collection:
        assert len(import_deck(collection, deck_of(second)).updated) == 1
        assert note_of(collection, BANK, "dew")["Explanation"] == "Dew."


# --- The learner edited the note -----------------------------------------------------------------


def test_a_learners_edit_later_than_the_package_stays() -> None:
    with having(PLAIN) as collection:
        add_my_words(collection, only_note(collection))
        log = import_deck(collection, package(note("front", "better"), at=FIRST + DAY))
        assert counts(log) == LEFT
        assert only_note(collection).fields == ["front", "my own words"]


def test_a_card_of_a_note_left_to_the_learner_comes_all_the_same() -> None:
    """It is empty, since the text that has its gap does not come with it."""
    with having(package(note("{{c1::a}} b", "", of=CLOZE))) as collection:
        add_my_words(collection, only_note(collection))
        later = package(note("{{c1::a}} {{c2::b}}", "", of=CLOZE), at=FIRST + DAY)
        assert counts(import_deck(collection, later)) == LEFT
        assert only_note(collection).fields[0] == "{{c1::a}} b"
        (empty,) = collection.get_empty_cards().notes
        assert list(empty.card_ids) == [only_note(collection).cards()[1].id]


def test_a_later_package_overwrites_text_and_tags_but_no_suspension_flag_or_deck() -> None:
    """The mark is a tag, so it goes as well."""
    with having(PLAIN) as collection:
        add_my_words(collection, only_note(collection))
        cards = [card.id for card in only_note(collection).cards()]
        collection.sched.suspend_cards(cards)
        collection.set_user_flag_for_cards(2, cards)
        collection.set_deck(cards, collection.decks.id("My own deck"))  # type: ignore[arg-type]
        before = progress_of(collection)
        log = import_deck(collection, package(note("front", "better", tags=["new"]), at=LATER))
        assert counts(log) == UPDATED
        assert only_note(collection).fields == ["front", "better"]
        assert only_note(collection).tags == ["new"]
        assert progress_of(collection) == before
        (card,) = only_note(collection).cards()
        assert (card.queue, card.user_flag()) == (-1, 2)
        assert collection.decks.name(card.did) == "My own deck"


def test_ours_is_later_only_where_it_says_something_else() -> None:
    """One note is reworded: the learner's text and tags stay in all others, mark included."""
    first, lock = edition(BANK)
    second, _ = edition(with_item(BANK, replace(sample.DEW, explain="Dew.")), lock, LATER)
    with having(deck_of(first)) as collection:
        for number in collection.find_notes(""):
            add_my_words(collection, collection.get_note(number))
        log = import_deck(collection, deck_of(second))
        assert counts(log) == (0, 1, len(BANK.items) - 1, 0)
        assert len(collection.find_notes("tag:hard tag:marked")) == len(BANK.items) - 1


def test_genankis_default_time_loses_every_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    """All notes are dated now: each counts as changed though it says the same."""
    with having(PLAIN) as collection:
        add_my_words(collection, only_note(collection))
        monkeypatch.setattr("genanki.package.time", SimpleNamespace(time=lambda: LATER))
        log = import_deck(collection, package(note("front", "back"), at=None))
        assert counts(log) == UPDATED
        assert only_note(collection).fields == ["front", "back"]


def test_ours_built_again_later_changes_nothing() -> None:
    first, lock = edition(BANK)
    again, _ = edition(BANK, lock, LATER)
    with having(deck_of(first)) as collection:
        add_my_words(collection, note_of(collection, BANK, "dew"))
        assert counts(import_deck(collection, deck_of(again))) == (0, 0, len(BANK.items), 0)
        assert note_of(collection, BANK, "dew").fields[1] == "my own words"


def test_genankis_default_guid_makes_an_edited_note_a_new_one() -> None:
    """Its history stays behind with the old note, which stays as well."""
    with having(package(note("front", "back", key=None))) as collection:
        answer_once(collection)
        log = import_deck(collection, package(note("front", "better", key=None), at=FIRST + 1))
        assert counts(log) == NEW
        assert sorted(card.reps for card in progress_of(collection).values()) == [0, 1]


def test_ours_is_the_same_note_however_it_is_reworded() -> None:
    """Text, type and topic at once."""
    first, lock = edition(BANK)
    reworded = replace(sample.ICE, id="dew", topic="Elsewhere")
    second, _ = edition(with_item(BANK, reworded), lock, LATER)
    with having(deck_of(first)) as collection:
        study(collection, 8)
        before = progress_of(collection)
        log = import_deck(collection, deck_of(second))
        assert counts(log) == (0, 1, len(BANK.items) - 1, 0)
        assert progress_of(collection) == before


# --- Decks ---------------------------------------------------------------------------------------


def test_decks_match_by_name_and_cards_that_are_there_never_move() -> None:
    """Whatever the ids of decks say: a renamed deck is another one, for new notes alone."""
    with having(package(note("front", "back"), deck="Old")) as collection:
        renamed = package(note("front", "back"), note("n", "n", key="2"), deck="New", at=LATER)
        assert counts(import_deck(collection, renamed)) == (1, 1, 0, 0)
        assert deck_names(collection) == {"note-1": "Old", "2": "New"}
        assert counts(import_deck(collection, package(note("m", "m", key="3"), deck="Old"))) == NEW
        assert len(collection.find_cards("deck:Old")) == 2


def test_ours_in_a_topic_renamed_stays_where_the_learner_has_it() -> None:
    """The note says the new topic by its tag, so that its card can be found and moved by hand."""
    first, lock = edition(BANK)
    moved = with_item(BANK, replace(sample.LAKE, topic="Ponds"))
    new = replace(sample.LAKE, id="new", topic="Ponds")
    second, _ = edition(with_item(moved, new), lock, LATER)
    with having(deck_of(first)) as collection:
        import_deck(collection, deck_of(second))
        decks = deck_names(collection)
        assert decks[guid(BANK.name, "most-fresh-water")] == "Water on Earth::Lakes"
        assert decks[guid(BANK.name, "new")] == "Water on Earth::Ponds"
        misplaced = 'tag:quizgen::water-on-earth::topic::Ponds -deck:"Water on Earth::Ponds"'
        assert list(collection.find_notes(misplaced)) == [
            note_of(collection, BANK, "most-fresh-water").id
        ]


# --- Notes that go -------------------------------------------------------------------------------


def test_a_note_gone_from_the_package_stays_and_a_deleted_one_returns() -> None:
    with having(package(note("front", "back"), note("n", "n", key="2"))) as collection:
        assert (
            counts(import_deck(collection, package(note("n", "n", key="2"), at=LATER))) == UPDATED
        )
        assert collection.note_count() == 2
        collection.remove_notes(collection.find_notes(""))
        assert counts(import_deck(collection, PLAIN)) == NEW


def test_ours_retired_is_marked_where_it_is_and_returns_to_nobody() -> None:
    """A learner who has deleted the card imports later decks and does not see it again."""
    first, lock = edition(BANK)
    retired = with_item(BANK, replace(sample.DEW, retired="Out of date."))
    second, _ = edition(retired, lock, LATER)
    with having(deck_of(first)) as collection:
        import_deck(collection, deck_of(second))
        collection.remove_notes([note_of(collection, BANK, "dew").id])
        assert counts(import_deck(collection, deck_of(second))) == (0, 0, len(BANK.items) - 1, 0)


def test_a_cloze_number_gone_leaves_an_empty_card() -> None:
    with having(package(note("{{c1::a}} {{c2::b}}", "", of=CLOZE))) as collection:
        import_deck(collection, package(note("{{c1::a}} b", "", of=CLOZE), at=FIRST + 1))
        assert collection.card_count() == 2
        (empty,) = collection.get_empty_cards().notes
        assert len(empty.card_ids) == 1
        assert not empty.will_delete_note


def test_ours_without_a_gap_keeps_the_progress_of_the_other_gaps() -> None:
    """Their numbers stay, so no card comes to ask what another one asked."""
    rest = (sample.CLOUD.parts[0], "condenses", *sample.CLOUD.parts[2:])
    first, lock = edition(BANK)
    second, _ = edition(with_item(BANK, replace(sample.CLOUD, parts=rest)), lock, LATER)
    with having(deck_of(first)) as collection:
        study(collection, 12)
        before = progress_of(collection)
        log = import_deck(collection, deck_of(second))
        assert counts(log) == (0, 1, len(BANK.items) - 1, 0)
        assert progress_of(collection) == before
        _, second_gap = note_of(collection, BANK, "cloud").cards()
        assert "[rain, snow or hail]" in second_gap.render_output().question_text


def test_ours_with_another_gap_gets_a_card_for_it_alone() -> None:
    """Wherever it stands in the text, as long as its number is new."""
    parts = (Gap(number=3, accept=("Water vapour",)), " rises. ", *sample.CLOUD.parts)
    more: Cloze = replace(sample.CLOUD, parts=parts)
    first, lock = edition(BANK)
    second, _ = edition(with_item(BANK, more), lock, LATER)
    with having(deck_of(first)) as collection:
        study(collection, 12)
        before = progress_of(collection)
        import_deck(collection, deck_of(second))
        after = progress_of(collection)
        assert after.items() > before.items()
        assert [place for _, place in after.keys() - before.keys()] == [2]
