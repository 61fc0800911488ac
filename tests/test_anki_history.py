"""What a learner did in Anki, read back from the collection and from every kind of export."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from anki.collection import ExportAnkiPackageOptions
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.commands.anki_history import ours_of, remarks
from quizgen.imports.anki.collection import PackageError
from quizgen.imports.anki.history import read_history
from quizgen.model import Bank, Review
from quizgen.outputs.anki.identity import part_of
from quizgen.outputs.anki.standing import cards_of, type_of
from quizgen.study.plan import questions_of
from quizgen.study.schedule import DAY, replayed
from tests.anki_collections import fresh_collection
from tests.anki_foreign import add, database, package
from tests.anki_learner import Row
from tests.anki_studied import DATES, GAPS, LEARNED, PARTS, Studied, with_deck
from tests.conftest import few
from tests.strategies import anki_banks, anki_logs


@pytest.fixture(scope="module")
def learner() -> Iterator[Studied]:
    """A learner with the small bank, and with a note of another deck."""
    with fresh_collection() as collection:
        add(collection, "Basic", "Mine", Front="mine", Back="too")
        yield with_deck(collection)


@pytest.fixture
def studied(learner: Studied) -> Studied:
    """The learner, before any review."""
    learner.rows("DELETE FROM revlog")
    learner.rows("UPDATE cards SET queue = 0")
    return learner


def test_each_card_is_the_task_that_the_terminal_asks(studied: Studied) -> None:
    """A card, its reverse and each gap; with rating, moment and time as they were."""
    for task in PARTS:
        studied.log(task, [Row(0, 60, 3, 0), Row(3, 60, 1 + PARTS.index(task), 1)])
    learned = studied.read()
    assert [(one.item, one.part) for one in learned.histories] == PARTS
    today = studied.collection.sched.day_cutoff - DAY
    for n, (one, rating) in enumerate(
        zip(learned.histories, ("again", "hard", "good", "easy"), strict=True)
    ):
        first, last = one.reviews
        assert first == Review(at=today - 4 * DAY + 60 + n / 1000, rating="good", seconds=4)
        assert (last.at, last.rating) == (today - DAY + 60 + n / 1000, rating)
    assert (learned.notes, learned.foreign, learned.unknown) == (2, 1, 0)


@given(bank=anki_banks())
def test_anki_s_parts_are_the_terminal_s(bank: Bank) -> None:
    """What a card of any item asks is called as the session calls it."""
    for item in bank.items:
        ours = {part_of(type_of(item), place) for place in cards_of(item)}
        assert ours == {task.part for question in questions_of(item) for task in question}


@settings(max_examples=few(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.tuples(*[anki_logs()] * len(PARTS)))
def test_the_memory_is_the_one_that_anki_computes(
    learner: Studied, rows: tuple[list[Row], ...]
) -> None:
    """After any log: with resets, due dates set by hand, cramming and rescheduling in between.

    Where the first reviews are gone, Anki guesses a start and we say so.
    """
    learner.rows("DELETE FROM revlog")
    for task, its in zip(PARTS, rows, strict=True):
        learner.log(task, its)
    learned = learner.read()
    found = {(one.item, one.part): one.reviews for one in learned.histories}
    differing = 0
    for task, card in learner.cards.items():
        theirs = learner.collection.compute_memory_state(card)
        ours = replayed(found.get(task, ()), learner.schedule)
        if theirs.stability is None or ours is None:
            assert ours is None or learned.truncated
            assert not theirs.stability
            continue
        if ours.stability != pytest.approx(theirs.stability, rel=2e-4, abs=6e-5):
            differing += 1
            continue
        assert ours.difficulty == pytest.approx(theirs.difficulty, abs=6e-4)
    assert differing <= learned.truncated


def test_every_kind_of_export_says_the_same(studied: Studied, tmp_path: Path) -> None:
    """Packages of the deck and of the whole collection, in the older format and the newer."""
    for task in PARTS:
        studied.log(task, [Row(0, 60, 3, 0), Row(3, 60, 2, 1), Row(2, 90, 1, 1)])
    said = studied.read()
    now, ours = studied.collection.sched.day_cutoff, ours_of(LEARNED)
    for legacy in (True, False):
        package, whole = tmp_path / f"{legacy}.apkg", tmp_path / f"{legacy}.colpkg"
        options = ExportAnkiPackageOptions(with_scheduling=True, legacy=legacy)
        studied.collection.export_anki_package(out_path=str(package), options=options, limit=None)
        studied.collection.export_collection_package(str(whole), include_media=False, legacy=legacy)
        studied.collection.reopen(after_full_sync=False)
        assert read_history(package, ours, now=now) == said
        assert read_history(whole, ours, now=now) == said
    assert sum(len(one.reviews) for one in said.histories) == 12


def test_a_collection_that_is_open_is_refused(studied: Studied) -> None:
    """What Anki has not yet put into the file would be missing; the sentence says what to do."""
    before = sorted(path.name for path in studied.path.parent.iterdir())
    with pytest.raises(PackageError, match=r"Anki has it open.*close Anki"):
        read_history(studied.path, ours_of(LEARNED), now=0)
    assert sorted(path.name for path in studied.path.parent.iterdir()) == before


def test_nothing_is_written_to_a_collection(studied: Studied) -> None:
    """Its bytes stay, and so does what lies beside it."""
    studied.log(PARTS[0], [Row(0, 60, 3, 0)])
    studied.collection.close()
    try:
        before = {path.name for path in studied.path.parent.iterdir()}
        held = studied.path.read_bytes()
        assert read_history(studied.path, ours_of(LEARNED), now=2**31).histories
        assert studied.path.read_bytes() == held
        assert {path.name for path in studied.path.parent.iterdir()} == before
    finally:
        studied.collection.reopen()


def test_what_is_not_taken_is_said(studied: Studied) -> None:
    """Cards that rest, notes of nobody's, reviews that Anki itself does not count, and odd dates."""
    cards = studied.cards
    learnt = [Row(0, 60, 3, 0), Row(3, 60, 3, 1)]
    forgotten = Row(1, 60, 0, 4, factor=0, interval=0)
    studied.log(PARTS[0], [*learnt, forgotten, *learnt])
    studied.log(PARTS[1], [Row(3, 60, 3, 1)])
    studied.log(PARTS[2], learnt)
    studied.log(PARTS[3], [*learnt, Row(0, 90, 4, 3, factor=0)])
    studied.rows("UPDATE cards SET queue = -1 WHERE id = ?", cards[PARTS[0]])
    studied.rows("UPDATE cards SET queue = -3 WHERE id = ?", cards[PARTS[1]])
    future = (int(2e15), cards[PARTS[3]])
    studied.rows("INSERT INTO revlog VALUES (?, ?, -1, 3, 5, 1, 2500, 4000, 1)", *future)
    without_gap = replace(GAPS, parts=GAPS.parts[:2])
    learned = studied.read(replace(LEARNED, items=(DATES, without_gap)))
    assert [len(one.reviews) for one in learned.histories] == [2, 1, 2]
    assert list(remarks(learned)) == [
        "1 card suspended in Anki: here they are asked when they are due.",
        "1 card buried in Anki until tomorrow: here not.",
        "1 card of an earlier edition, asked no more, left out.",
        "1 note of other decks, left out.",
        "2 reviews from before a card was forgotten or learned anew, left out as in Anki.",
        "1 card whose first reviews Anki no longer has: the others count alone.",
        "1 review with a date in the future, left out.",
    ]
    of_one = remarks(studied.read(replace(LEARNED, items=(GAPS,))))
    assert "1 note of quizgen's for no question here, left out." in of_one


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no package of Anki"),
        (b"SQLite format 3\0", "damaged"),
        (b"not a package", "no package of Anki"),
        (database(), "no reviews"),
        (package(database()), "no reviews"),
    ],
)
def test_another_file_is_refused_in_a_sentence(data: bytes, sentence: str, tmp_path: Path) -> None:
    """No package, no database, and a database without a log."""
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(PackageError, match=sentence):
        read_history(path, ours_of(LEARNED), now=0)
