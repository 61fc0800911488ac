"""A deck tried as an update of an earlier one: what it does to those who have that and studied it."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from genanki import Note as PlainNote
from msgspec.structs import replace

from quizgen.commands.findings import findings
from quizgen.outputs.anki.trial.comparison import compare
from quizgen.outputs.anki.trial.snapshot import Card, Note, Snapshot
from tests import anki_samples as sample
from tests.anki_collections import DAY, FIRST, deck_of, edition
from tests.plain_decks import note, note_type, package
from tests.test_anki_updates import BANK, LATER, with_item
from tests.tried_decks import CLOZE, Try, codes, only, severities


@pytest.fixture
def tried(tmp_path: Path) -> Try:
    """Tries packages in a folder of their own."""
    return Try(tmp_path)


# --- Updates without a fault ---------------------------------------------------------------------


def test_our_update_changes_what_was_changed(tried: Try) -> None:
    """One item reworded, one new, one retired: nobody loses a schedule or an edit elsewhere."""
    first, lock = edition(BANK)
    lake, ice, *others = BANK.items
    items = (
        replace(sample.LAKE, stem="Which lake holds the most fresh water?", tags=("big",)),
        *others,
        replace(sample.ICE, id="ice-sinks", statement="Ice sinks.", answer=False),
    )
    second, _ = edition(replace(BANK, items=items), lock, LATER)
    trial = tried(deck_of(second), deck_of(first))
    update = trial.update
    assert update is not None
    assert update.added == ("ice-sinks",)
    assert update.vanished == ("mediterranean-rivers",) == (ice.id,)
    (change,) = update.changed
    assert (change.note, change.fields) == (lake.id, ("Question", "tags"))
    assert update.untouched == len(BANK.items) - 2
    assert update.reviewed >= trial.cards // 2
    assert codes(trial) == ["vanished_note"]
    assert only(trial).severity == "note"


def test_a_deck_over_itself_changes_nothing(tried: Try) -> None:
    """The same edition again finds every note as it is."""
    deck = deck_of(edition(BANK)[0])
    update = tried.update(deck, deck)
    assert (update.added, update.changed, update.untouched) == ((), (), len(BANK.items))
    assert findings(tried(deck, deck)) == ()


# --- Faults of an update -------------------------------------------------------------------------

OLD = package(note("front", "back"), note("other", "stays", key="note-2"))


def test_a_note_type_with_another_field_is_in_conflict(tried: Try) -> None:
    """What learners have stays as it was, and new notes get a second type."""
    wide = note_type({"Front": 11, "Back": 12, "More": 13})
    notes = [
        note(text, "b", "m", key=key, of=wide) for text, key in (("front", "note-1"), ("n", "9"))
    ]
    trial = tried(package(*notes, at=LATER), OLD)
    update = trial.update
    assert update is not None
    assert (update.conflicting, update.second_types, update.added) == (
        ("front",),
        ("Plain+",),
        ("n",),
    )
    assert codes(trial) == ["conflict", "second_note_type", "vanished_note"]


@pytest.mark.parametrize("at", [FIRST, FIRST - DAY], ids=["same time", "earlier"])
def test_a_change_without_a_later_time_does_not_arrive(tried: Try, at: int) -> None:
    edited = package(note("front", "better"), note("other", "stays", key="note-2"), at=at)
    trial = tried(edited, OLD)
    assert codes(trial) == ["not_updated"]
    assert trial.update is not None
    assert (trial.update.unreached, trial.update.changed) == (("front",), ())


def test_genankis_own_time_overwrites_what_did_not_change(
    tried: Try, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All notes are dated now, so each counts as changed; the one that was is none of the fault."""
    monkeypatch.setattr("genanki.package.time", SimpleNamespace(time=lambda: LATER))
    edited = package(note("front", "better"), note("other", "stays", key="note-2"), at=None)
    trial = tried(edited, OLD)
    assert codes(trial) == ["overwritten_note"]
    assert trial.update is not None
    assert trial.update.overwritten == ("other",)
    assert [(one.note, one.fields) for one in trial.update.changed] == [("front", ("Back",))]


@pytest.mark.parametrize(
    "others", [{}, {"stem": "Which lake is it?"}], ids=["others stay", "all others change"]
)
def test_a_change_and_its_undoing_are_no_fault(tried: Try, others: dict[str, str]) -> None:
    """Both must reach learners, so the note is later than in the earlier deck and says the same.

    Also where it is the only one that says the same, and all got the time of one build.
    """
    bank = replace(BANK, items=(sample.ICE, sample.LAKE))
    first, lock = edition(bank)
    _, lock = edition(with_item(bank, replace(sample.ICE, statement="Ice sinks.")), lock, LATER)
    third, _ = edition(with_item(bank, replace(sample.LAKE, **others)), lock, LATER + DAY)
    trial = tried(deck_of(third), deck_of(first))
    assert trial.update is not None
    assert trial.update.overwritten == (sample.ICE.id,)
    assert severities(trial) == [("overwritten_note", "note")]


@pytest.mark.parametrize(
    ("times", "is_redated"),
    [
        ((LATER, LATER), True),
        ((LATER, LATER + 1), False),
        ((FIRST, LATER), False),
        ((FIRST, FIRST), False),
        ((LATER,), False),
    ],
)
def test_notes_are_redated_where_all_have_one_new_time(
    times: tuple[int, ...], is_redated: bool
) -> None:
    """Also those that changed; one note alone tells nothing of its like."""

    def of(*dated: int) -> Snapshot:
        notes = tuple(
            Note(
                id=n,
                guid=f"g{n}",
                type=1,
                type_name="T",
                names=("F",),
                fields=(f"{n}",),
                tags="",
                time=time,
            )
            for n, time in enumerate(dated)
        )
        return Snapshot(notes=notes, cards=(), media={}, blank=frozenset())

    old, new = of(*(FIRST for _ in times)), of(*times)
    update = compare(old, new, new, updated={0}, refused=(), reviewed=0)
    assert update.overwritten == ("0",)
    assert update.is_redated == is_redated


WIDE = note_type({"Front": 11, "Back": 12, "Source": 13})


@pytest.mark.parametrize(
    "edited",
    [
        note("Capital of Italy?", "Roma", "p. 3", key=None, of=WIDE),
        note("Capital of Italy now?", "Rome", "p. 3", key=None, of=WIDE),
    ],
    ids=["the first field stays", "the others stay"],
)
def test_genankis_own_guid_makes_an_edited_note_a_new_one(tried: Try, edited: PlainNote) -> None:
    """Its earlier self stays, with the learner's history; a note that is new has none."""
    same = note("Water?", "H2O", "p. 4", key=None, of=WIDE)
    old = package(note("Capital of Italy?", "Rome", "p. 3", key=None, of=WIDE), same)
    new = note("Is the Tiber a river?", "Yes", "p. 3", key=None, of=WIDE)
    trial = tried(package(edited, same, new, at=LATER), old)
    assert trial.update is not None
    assert len(trial.update.added) == 2
    assert trial.update.reborn == (edited.fields[0],)
    assert trial.update.vanished == ("Capital of Italy?",)
    assert ("note_twice", "error") in severities(trial)


def test_two_cards_of_one_answer_are_two_cards(tried: Try) -> None:
    """One left the deck and another came: with guids that are kept, nobody has any twice."""
    rome = note("Capital of Italy?", "Rome", key="rome")
    old = package(note("Was Rome founded in a day?", "Yes", key="day"), rome)
    trial = tried(package(rome, note("Is the Tiber a river?", "Yes", key="tiber")), old)
    assert trial.update is not None
    assert trial.update.added == ("Is the Tiber a river?",)
    assert severities(trial) == [("vanished_note", "note")]


def test_a_text_that_several_notes_say_tells_none_of_them(tried: Try) -> None:
    """Such as a first field that names the kind of exercise."""
    old = [note("Translate", word, key=word) for word in ("uno", "due")]
    trial = tried(package(old[0], note("Translate", "tre", key="tre")), package(*old))
    assert trial.update is not None
    assert (trial.update.reborn, trial.update.vanished) == ((), ("Translate",))


def test_one_question_under_a_new_guid_among_several_taken_out_may_be_meant(tried: Try) -> None:
    """Where guids are not kept, most notes that were edited come twice, not one of three."""
    there = note("stays", "here", key="stays")
    old = [note(text, "back", key=text) for text in ("a", "b", "c")]
    trial = tried(package(there, note("a", "better", key="a2")), package(there, *old))
    assert trial.update is not None
    assert trial.update.reborn == ("a",)
    assert severities(trial) == [("note_twice", "note"), ("vanished_note", "note")]


def test_a_gap_taken_out_leaves_a_blank_card(tried: Try) -> None:
    old = package(note("{{c1::a}} {{c2::b}}", "", of=CLOZE))
    trial = tried(package(note("{{c1::a}} b", "", of=CLOZE), at=LATER), old)
    assert codes(trial) == ["emptied_card"]
    assert trial.update is not None
    assert trial.update.emptied == ("{{c1::a}} b",)


def test_a_changed_picture_of_the_same_name_stays_as_it_was(tried: Try) -> None:
    """Unless its note is newer: then Anki gives it a new name, and the note that name."""
    front = '<img src="a.png">'
    old = package(note(front, "b"), media={"a.png": b"old"})
    for at, stale in ((FIRST, ("a.png",)), (LATER, ())):
        update = tried.update(package(note(front, "b"), media={"a.png": b"new"}, at=at), old)
        assert update.stale_media == stale


def test_a_card_in_another_deck_stays_where_it_was(tried: Try) -> None:
    update = tried.update(package(note("front", "back"), deck="Elsewhere"), OLD)
    assert update.left_behind == ("front",)


def test_a_schedule_that_is_another_or_gone_is_lost() -> None:
    """Which Anki's default options never bring about: said of values."""
    notes = [
        Note(id=n, guid=g, type=1, type_name="T", names=("F",), fields=(g,), tags="", time=FIRST)
        for n, g in ((1, "kept"), (2, "other"), (3, "gone"))
    ]
    cards = [Card(id=n, note=n, deck="D", schedule=(2, 2, 100, 5)) for n in (1, 2, 3)]
    before = Snapshot(notes=tuple(notes), cards=tuple(cards), media={}, blank=frozenset())
    after = replace(before, cards=(cards[0], replace(cards[1], schedule=(0, 0, 1, 0))))
    update = compare(before, after, before, updated=(), refused=(), reviewed=3)
    assert update.rescheduled == ("other", "gone")


# --- A deck of the retired -----------------------------------------------------------------------


def _retired() -> tuple[bytes, bytes, bytes]:
    """An edition, and the deck and the deck of the retired of the next, in which ice is retired."""
    first, lock = edition(BANK)
    second, _ = edition(with_item(BANK, replace(sample.ICE, retired="Old.")), lock, LATER)
    return deck_of(first), deck_of(second), deck_of(second, "anki.retired")


def test_a_deck_of_the_retired_marks_what_learners_have(tried: Try) -> None:
    """Nothing is the matter, and the rest of the earlier deck is not gone with it."""
    first, _, retired = _retired()
    trial = tried(retired, first)
    assert trial.is_retired
    assert codes(trial) == []
    assert trial.update is not None
    assert [one.note for one in trial.update.changed] == [sample.ICE.id]
    assert trial.update.rescheduled == ()


def test_a_deck_of_the_retired_is_new_to_those_who_have_none_of_it(tried: Try) -> None:
    """Not a fault of the deck, but a word to its author; so where it is tried alone."""
    _, second, retired = _retired()
    trial = tried(retired, second)
    assert severities(trial) == [("retired_anew", "note")]
    assert sample.ICE.id in only(trial).message
    alone = tried(retired)
    assert severities(alone) == [("retired_deck", "note")]


def test_a_deck_with_one_question_that_is_not_retired_is_a_deck(tried: Try) -> None:
    """Only where all of it is retired it is known as the deck of the retired."""
    first, second, _ = _retired()
    assert not tried(second, first).is_retired
