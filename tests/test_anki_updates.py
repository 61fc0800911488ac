"""One edition imported over another, in the real Anki: what changes, and what a learner keeps."""

import pytest
from anki.collection import Collection
from msgspec.structs import replace

from quizgen.model import Bank, Card, Cloze, Gap, Item
from quizgen.outputs.anki import read_lock, write_lock
from tests import anki_samples as sample
from tests.anki_collections import (
    DAY,
    FIRST,
    all_cards,
    deck_of,
    edition,
    fresh_collection,
    import_deck,
    note_of,
)

LATER = 4_000_000_000
"""An edition made after whatever the learner does in these tests."""

WITHOUT_MEDIA = tuple(item for item in sample.BANK.items if item.id != "rift")
BANK = replace(sample.BANK, items=WITHOUT_MEDIA)


def with_item(bank: Bank, item: Item) -> Bank:
    """The bank with this item in place of the one of the same id, or at its end."""
    if item.id not in [one.id for one in bank.items]:
        return replace(bank, items=(*bank.items, item))
    return replace(bank, items=tuple(item if one.id == item.id else one for one in bank.items))


def study(collection: Collection, count: int = 5) -> None:
    """Answer some cards, as a learner does."""
    collection.decks.select(collection.decks.id_for_name("Water on Earth"))  # type: ignore[arg-type]
    for _ in range(count):
        card = collection.sched.getCard()
        assert card is not None
        collection.sched.answerCard(card, 3)


def schedules(collection: Collection) -> dict[tuple[int, int], tuple[object, ...]]:
    """All that Anki knows of a learner's progress, by card."""
    return {
        (card.nid, card.ord): (
            card.id, card.type, card.queue, card.due, card.ivl, card.factor, card.reps, card.lapses,
        )
        for card in all_cards(collection)
    }  # fmt: skip


def test_a_changed_bank_updates_exactly_the_changed_notes() -> None:
    """Two of ten reworded: two updated, the rest untouched, every schedule kept."""
    first, lock = edition(BANK)
    lake = replace(sample.LAKE, stem="Which lake holds the most liquid fresh water?")
    changed = with_item(with_item(BANK, lake), replace(sample.DEW, explain="It is called dew."))
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        study(collection)
        before = schedules(collection)
        assert {row[6] for row in before.values()} >= {0, 1}
        second, _ = edition(changed, lock, LATER)
        log = import_deck(collection, deck_of(second))
        assert len(log.updated) == 2
        assert len(log.duplicate) == len(BANK.items) - 2
        assert not [*log.new, *log.conflicting]
        assert note_of(collection, BANK, "most-fresh-water")["Question"] == lake.stem
        assert note_of(collection, BANK, "dew")["Explanation"] == "It is called dew."
        assert schedules(collection) == before


def test_an_edit_and_its_undoing_both_arrive() -> None:
    """Also when both are made within the same second, or by a clock that went back."""
    edited = with_item(BANK, replace(sample.LAKE, stem="Which?"))
    with fresh_collection() as collection:
        lock = ""
        for bank, now in ((BANK, FIRST), (edited, FIRST), (BANK, FIRST - DAY), (edited, FIRST)):
            built, lock = edition(bank, lock, now)
            import_deck(collection, deck_of(built))
            shown = note_of(collection, bank, "most-fresh-water")["Question"]
            assert shown == (sample.LAKE.stem if bank is BANK else "Which?")


def test_a_new_item_comes_alone() -> None:
    """Added in the middle of the bank: one new note, its place in the bank's order."""
    first, lock = edition(BANK)
    new = Card(id="new", topic="Lakes", front="New?", back="Yes.")
    bank = replace(BANK, items=(BANK.items[0], new, *BANK.items[1:]))
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        second, _ = edition(bank, lock, FIRST + DAY)
        log = import_deck(collection, deck_of(second))
        assert len(log.new) == 1
        assert not [*log.updated, *log.conflicting]
        assert collection.note_count() == len(bank.items)


def test_a_learners_edits_and_notes_survive() -> None:
    """What he wrote into notes that did not change stays, in any field, with his tags."""
    first, lock = edition(BANK)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        note = note_of(collection, BANK, "sublimation")
        note["My notes"] = "Like dry ice!"
        note["Explanation"] = "My own words."
        note.tags.append("hard")
        collection.update_note(note)
        changed = with_item(BANK, replace(sample.LAKE, stem="Which?"))
        second, _ = edition(changed, lock, LATER)
        import_deck(collection, deck_of(second))
        after = note_of(collection, BANK, "sublimation")
        assert after["My notes"] == "Like dry ice!"
        assert after["Explanation"] == "My own words."
        assert "hard" in after.tags


def test_moving_items_and_topics_changes_only_what_is_said() -> None:
    """Another order changes no note; another topic updates the note, and its card stays."""
    first, lock = edition(BANK)
    moved = replace(BANK, items=BANK.items[::-1])
    second, lock = edition(moved, lock, LATER)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        log = import_deck(collection, deck_of(second))
        assert not [*log.new, *log.updated, *log.conflicting]
        third, _ = edition(with_item(moved, replace(sample.LAKE, topic="Ponds")), lock, LATER)
        log = import_deck(collection, deck_of(third))
        assert len(log.updated) == 1
        assert collection.note_count() == len(BANK.items)


def test_a_type_may_change_within_the_standard_note_type() -> None:
    """A choice that becomes a card to recall is the same note with the same progress."""
    first, lock = edition(BANK)
    card = Card(id="most-fresh-water", topic="Lakes", front="Most fresh water?", back="Baikal")
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        study(collection)
        before = schedules(collection)
        second, _ = edition(with_item(BANK, card), lock, LATER)
        log = import_deck(collection, deck_of(second))
        assert len(log.updated) == 1
        assert not [*log.new, *log.conflicting]
        assert schedules(collection) == before
        assert note_of(collection, BANK, "most-fresh-water")["Kind"] == "card"


# --- What the lock says --------------------------------------------------------------------------


def test_a_change_to_cloze_is_a_warning_that_says_the_truth() -> None:
    """Anki keeps the old note and takes no part of the new one; each later `build` says so."""
    first, lock = edition(BANK)
    cloze = Cloze(id="most-fresh-water", parts=("Most: ", Gap(number=1, accept=("Baikal",)), "."))
    second, lock = edition(with_item(BANK, cloze), lock, LATER)
    again, lock = edition(with_item(BANK, cloze), lock, LATER + DAY)
    assert again.problems == second.problems
    (problem,) = second.problems
    assert (problem.code, problem.severity, problem.item) == (
        "note_type_changed",
        "warning",
        "most-fresh-water",
    )
    was, now = "a question with its answer on the back", "a text with gaps to fill in"
    assert f"was {was} in an earlier deck and is {now} now: " in problem.message
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        log = import_deck(collection, deck_of(second))
        assert len(log.conflicting) == 1
        assert note_of(collection, BANK, "most-fresh-water")["Question"] == sample.LAKE.stem
        undone, _ = edition(with_item(BANK, replace(sample.LAKE, stem="Which?")), lock, LATER)
        assert not undone.problems
        assert not import_deck(collection, deck_of(undone)).conflicting
        assert note_of(collection, BANK, "most-fresh-water")["Question"] == "Which?"


def test_a_lost_lock_is_said() -> None:
    """Once there is a lock nothing more is said of it."""
    built, lock = edition(BANK)
    assert [problem.code for problem in built.problems] == ["no_lock"]
    assert not edition(BANK, lock)[0].problems


@pytest.mark.parametrize("gone", ["out of the file", "draft", "exam"])
def test_a_vanished_item_is_named_each_time(gone: str) -> None:
    """Until it is retired in words; its line stays in the lock."""
    _, lock = edition(BANK)
    others = tuple(item for item in BANK.items if item.id != "dew")
    changed: dict[str, tuple[Item, ...]] = {
        "out of the file": (),
        "draft": (replace(sample.DEW, draft=True),),
        "exam": (replace(sample.DEW, use="exam"),),
    }
    bank = replace(BANK, items=(*others, *changed[gone]))
    for now in (FIRST + DAY, FIRST + 2 * DAY):
        built, lock = edition(bank, lock, now)
        (problem,) = built.problems
        assert problem.code == "vanished_item"
        assert '"dew"' in problem.message
    retired = replace(BANK, items=(*others, replace(sample.DEW, retired="Out of date.")))
    assert not edition(retired, lock)[0].problems


def test_the_retired_are_marked_for_those_who_have_them() -> None:
    """A deck of their own, whose import tags the notes that the learner has; nothing else moves."""
    first, lock = edition(BANK)
    bank = with_item(BANK, replace(sample.DEW, retired="Out of date."))
    second, lock = edition(bank, lock, LATER)
    assert [(p.kind, p.items) for p in second.products] == [("anki.deck", 9), ("anki.retired", 1)]
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        before = schedules(collection)
        log = import_deck(collection, deck_of(second, "anki.retired"))
        assert len(log.updated) == 1
        assert list(collection.find_notes("tag:quizgen::retired")) == [
            note_of(collection, bank, "dew").id
        ]
        assert schedules(collection) == before
    again, after = edition(bank, lock, LATER + DAY)
    assert again.files == second.files
    assert after == lock


def test_a_retired_id_is_not_used_again() -> None:
    """Learners have the old question under it."""
    _, lock = edition(BANK)
    _, lock = edition(with_item(BANK, replace(sample.DEW, retired="Out of date.")), lock)
    built, _ = edition(BANK, lock)
    (problem,) = built.problems
    assert (problem.code, problem.severity, problem.item) == ("retired_id", "error", "dew")


# --- The file ------------------------------------------------------------------------------------


def test_the_lock_reads_as_it_was_written() -> None:
    """What it is and whose, then a line for each note, by item."""
    _, text = edition(BANK)
    lock, problems = read_lock(text)
    assert not problems
    assert write_lock(lock) == text
    head, *lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert (head, lines.pop(0)) == ("format 1", f"bank {BANK.name}")
    items = [line.split(" ", 5)[5] for line in lines]
    assert items == sorted(items)
    assert len(items) == len(BANK.items)


def test_a_lock_of_a_later_program_is_left_alone() -> None:
    """What this one cannot read it neither guesses nor asks to delete."""
    _, problems = read_lock("format 2\nsomething new\n")
    assert [problem.code for problem in problems] == ["lock_format"]


def test_a_bank_by_another_name_is_an_error() -> None:
    """Its every note would be a new one to learners."""
    _, lock = edition(BANK)
    (problem,) = edition(replace(BANK, name="renamed"), lock)[0].problems
    assert (problem.code, problem.severity) == ("bank_renamed", "error")
    assert BANK.name in problem.fix


def test_locks_merge_by_union() -> None:
    """Of two lines for one note the later counts, in whichever order they come."""
    _, base = edition(BANK)
    _, ours = edition(with_item(BANK, replace(sample.LAKE, stem="Ours?")), base, FIRST + DAY)
    _, theirs = edition(
        with_item(BANK, replace(sample.LAKE, stem="Theirs?")), base, FIRST + 2 * DAY
    )
    merged, _ = read_lock(ours + theirs)
    assert write_lock(merged) == write_lock(read_lock(theirs + ours)[0]) == theirs


def test_marks_of_a_merge_are_a_problem_with_its_place() -> None:
    """So is a line that is none; both by file and line."""
    _, text = edition(BANK)
    lines = text.splitlines()
    broken = "\n".join([*lines[:3], "<<<<<<< HEAD", lines[3], "=======", ">>>>>>> b", "what"])
    _, problems = read_lock(broken)
    assert [(p.code, str(p.where)) for p in problems] == [
        ("lock_conflict", "questions/anki.lock:4:1"),
        ("lock_conflict", "questions/anki.lock:6:1"),
        ("lock_conflict", "questions/anki.lock:7:1"),
        ("lock_line", "questions/anki.lock:8:1"),
    ]
