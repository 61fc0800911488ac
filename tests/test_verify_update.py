"""A deck tried as an update of an earlier one: what it does to those who have that and studied it."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from quizgen.commands.findings import findings
from quizgen.outputs.anki.trial.comparison import compare
from quizgen.outputs.anki.trial.snapshot import Card, Note, Snapshot
from tests import anki_samples as sample
from tests.anki_collections import DAY, FIRST, deck_of, edition
from tests.plain_decks import note, note_type, package
from tests.test_anki_updates import BANK, LATER, with_item
from tests.tried_decks import CLOZE, Try, codes, only


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


def test_a_change_and_its_undoing_are_no_fault(tried: Try) -> None:
    """Both must reach learners, so the note is later than in the earlier deck and says the same."""
    first, lock = edition(BANK)
    _, lock = edition(with_item(BANK, replace(sample.ICE, statement="Ice sinks.")), lock, LATER)
    third, _ = edition(BANK, lock, LATER + DAY)
    trial = tried(deck_of(third), deck_of(first))
    assert trial.update is not None
    assert trial.update.overwritten == (sample.ICE.id,)
    assert codes(trial) == ["overwritten_note"]
    assert only(trial).severity == "note"


def test_genankis_own_guid_makes_an_edited_note_a_new_one(tried: Try) -> None:
    """Its earlier self stays, with the learner's history; a note that is new has none."""
    old = package(note("front", "back", key=None), note("same", "same", key=None))
    notes = [note(*texts, key=None) for texts in (("front!", "back"), ("same", "same"), ("a", "z"))]
    trial = tried(package(*notes, at=LATER), old)
    assert trial.update is not None
    assert (trial.update.reborn, trial.update.vanished) == (("front!",), ("front",))
    assert set(trial.update.added) == {"front!", "a"}
    assert codes(trial)[-2:] == ["note_twice", "vanished_note"]


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
        Note(id=n, guid=g, type=1, type_name="T", names=("F",), fields=(g,), tags="")
        for n, g in ((1, "kept"), (2, "other"), (3, "gone"))
    ]
    cards = [Card(id=n, note=n, deck="D", schedule=(2, 2, 100, 5)) for n in (1, 2, 3)]
    before = Snapshot(notes=tuple(notes), cards=tuple(cards), media={}, blank=frozenset())
    after = replace(before, cards=(cards[0], replace(cards[1], schedule=(0, 0, 1, 0))))
    update = compare(before, after, before, updated=(), refused=(), reviewed=3)
    assert update.rescheduled == ("other", "gone")
