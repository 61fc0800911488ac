"""Decks that learners have from earlier releases of quizgen, and today's imported over them.

`tests/data/decks/README.md` says how a release is kept; none of its files ever changes.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from anki.collection import Collection
from msgspec.structs import replace

from quizgen.bank import load_media, read_bank
from quizgen.model import Bank
from quizgen.outputs.anki import read_lock
from quizgen.outputs.anki.identity import NAMES, guid
from quizgen.outputs.built import Built
from tests.anki_collections import (
    assert_sound,
    deck_of,
    edition,
    fresh_collection,
    guids_of,
    import_deck,
    note_of,
    note_type_of,
    note_types_of,
    progress_of,
    texts_of,
    times_of,
)
from tests.conftest import ROOT

KEPT = ROOT / "tests" / "data" / "decks"
RELEASES = sorted(path for path in KEPT.iterdir() if path.is_dir())
LATER = 4_000_000_000
"""A build that comes after whatever the learner does in these tests."""

CHANGED: dict[str, frozenset[str]] = {
    "0.1.0": frozenset({"photosynthesis", "boiling", "shape"}),
}
"""Items of a release whose notes say something else today, though nobody edited them: what learners
wrote into those is lost with the next edition, so each new name here wants a line in the changelog.
"""

of_each_release = pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)


def old_deck(release: Path) -> bytes:
    """The deck as the release built it."""
    return (release / "sampler.apkg").read_bytes()


def bank_of(release: Path) -> Bank:
    """The bank of the release as today's code reads it."""
    reading = read_bank(release)
    assert not [problem for problem in reading.problems if problem.severity == "error"]
    assert reading.bank is not None
    return reading.bank


def todays(release: Path, edit: Callable[[Bank], Bank] = lambda bank: bank) -> Built:
    """What today's code builds from the release's files, lock file included, after an edit."""
    bank = bank_of(release)
    lock = (release / "questions" / "anki.lock").read_text(encoding="utf-8")
    built, _ = edition(edit(bank), lock, LATER, load_media(release, bank))
    return built


def reworded(bank: Bank) -> Bank:
    """The bank with a sentence more on one card."""
    changed = (
        replace(item, explain="Said anew.") if item.id == "planet-order" else item
        for item in bank.items
    )
    return replace(bank, items=tuple(changed))


def said_by(package: bytes) -> dict[str, tuple[str, str]]:
    """What the notes of a deck say to someone who has none of them."""
    with fresh_collection() as collection:
        import_deck(collection, package)
        return texts_of(collection)


def stock_types() -> set[str]:
    """The names of the note types that Anki itself brings."""
    with fresh_collection() as collection:
        return {one.name for one in collection.models.all_names_and_ids()}


def study(collection: Collection) -> None:
    """Answer eight cards in all four ways, suspend one and flag another."""
    collection.decks.select(collection.decks.id_for_name("A sampler of questions"))  # type: ignore[arg-type]
    for place in range(8):
        card = collection.sched.getCard()
        assert card is not None
        collection.sched.answerCard(card, 1 + place % 4)  # type: ignore[arg-type]
    first, second, *_ = collection.find_cards("is:new")
    collection.sched.suspend_cards([first])
    collection.set_user_flag_for_cards(3, [second])
    collection.fix_integrity()  # Anki may date an answer and its log a second apart, and mends that


@of_each_release
def test_a_release_is_kept_as_it_was(release: Path) -> None:
    """Every file of it, to the byte."""
    lines = (release / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    kept = {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}
    files = (path for path in release.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    assert kept == {
        f"./{path.relative_to(release).as_posix()}": sha256(path.read_bytes()).hexdigest()
        for path in files
    }


@of_each_release
def test_todays_deck_goes_over_that_of_a_release(release: Path) -> None:
    """No new note, conflict or note type; progress stays; who says the same as before is untouched."""
    now_said = said_by(deck_of(todays(release)))
    with fresh_collection() as collection:
        import_deck(collection, old_deck(release))
        study(collection)
        said, times, progress = (
            texts_of(collection),
            times_of(collection),
            progress_of(collection),
        )
        log = import_deck(collection, deck_of(todays(release)))
        assert not [*log.new, *log.conflicting, *log.missing_notetype, *log.empty_first_field]
        changed = {key for key in said if said[key] != now_said[key]}
        assert changed == {guid("sampler", item) for item in CHANGED[release.name]}
        assert guids_of(collection, log.updated) == changed
        assert texts_of(collection) == now_said
        assert {key for key, time in times_of(collection).items() if time != times[key]} == changed
        assert progress_of(collection).items() >= progress.items()
        assert note_types_of(collection) == set(NAMES.values())
        assert len(collection.models.all_names_and_ids()) == len(stock_types()) + len(NAMES)
        assert_sound(collection)


@of_each_release
def test_an_edit_of_today_reaches_who_has_a_release(release: Path) -> None:
    """The edited note is updated beside those that today's code words anew; no card loses its place."""
    as_it_was, edited = said_by(deck_of(todays(release))), deck_of(todays(release, reworded))
    with fresh_collection() as collection:
        import_deck(collection, old_deck(release))
        study(collection)
        said, progress = texts_of(collection), progress_of(collection)
        log = import_deck(collection, edited)
        key = guid("sampler", "planet-order")
        changed = {one for one in said if said[one] != as_it_was[one]} | {key}
        assert guids_of(collection, log.updated) == changed
        assert note_of(collection, bank_of(release), "planet-order")["Explanation"] == "Said anew."
        assert progress_of(collection).items() >= progress.items()


@of_each_release
def test_a_learner_of_a_release_keeps_what_he_wrote(release: Path) -> None:
    """In every note that says the same today, whichever of its fields he changed."""
    now_said = said_by(deck_of(todays(release)))
    with fresh_collection() as collection:
        import_deck(collection, old_deck(release))
        same = [key for key, text in texts_of(collection).items() if text == now_said[key]]
        for number in collection.find_notes(""):
            note = collection.get_note(number)
            note["My notes"], note["Explanation"] = "Mine.", "My own words."
            note.tags.append("hard")
            collection.update_note(note)
        mine = texts_of(collection)
        import_deck(collection, deck_of(todays(release)))
        after = texts_of(collection)
        assert {key: after[key] for key in same} == {key: mine[key] for key in same}


@of_each_release
def test_the_deck_of_a_release_brings_nothing_back(release: Path) -> None:
    """Imported once more over today's deck, by a learner who has kept the file."""
    with fresh_collection() as collection:
        import_deck(collection, deck_of(todays(release, reworded)))
        said, progress = texts_of(collection), progress_of(collection)
        looks = [note_type_of(collection, name) for name in NAMES.values()]
        log = import_deck(collection, old_deck(release))
        assert not [*log.new, *log.updated, *log.conflicting]
        assert texts_of(collection) == said
        assert progress_of(collection) == progress
        assert [note_type_of(collection, name) for name in NAMES.values()] == looks


@of_each_release
def test_the_lock_of_a_release_is_read(release: Path) -> None:
    """Whole and without a problem: every question that was in a deck is known by its guid."""
    lock, problems = read_lock((release / "questions" / "anki.lock").read_text(encoding="utf-8"))
    assert not problems
    bank = bank_of(release)
    assert lock.bank == bank.name
    states = {item.id: lock.entries[guid(bank.name, item.id)].state for item in bank.items}
    assert states == {item.id: "retired" if item.retired else "deck" for item in bank.items}
    assert {problem.severity for problem in todays(release).problems} <= {"note"}


@of_each_release
def test_the_retired_of_a_release_stay_a_deck_of_their_own(release: Path) -> None:
    """For those who have them from an edition before."""
    built = todays(release)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built, "anki.retired"))
        assert set(texts_of(collection)) == {guid("sampler", "ninth-planet")}
