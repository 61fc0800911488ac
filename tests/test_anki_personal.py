"""A learner's own deck: what the terminal knows is in Anki after the import, and comes back once."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection, ExportAnkiPackageOptions
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizgen.cli import main
from quizgen.commands.anki_history import ours_of, unknown
from quizgen.commands.personal import steps
from quizgen.imports.anki.history import read_history
from quizgen.model import History, Review
from quizgen.outputs.anki import Lock
from quizgen.outputs.anki.personal import Personal
from quizgen.outputs.anki.press import build_personal
from quizgen.study.progress import Asking, Progress
from quizgen.study.record import Attempt, Plan
from quizgen.study.schedule import DAY, Schedule, decay, study_day
from tests.anki_collections import (
    FIRST,
    TEMPLATES,
    deck_of,
    edition,
    fresh_collection,
    import_deck,
    progress_of,
)
from tests.anki_studied import LEARNED, PARTS, cards_by_task
from tests.conftest import few
from tests.strategies import reviews_of_days

Known = Mapping[tuple[str, str], Sequence[Review]]
BUTTONS = {"again": 1, "hard": 2, "good": 3, "easy": 4}


def personal_deck(known: Known, schedule: Schedule) -> bytes:
    """The personal deck of the small bank, for who has this history."""
    personal = Personal(
        tasks={task: tuple(steps(reviews, schedule)) for task, reviews in known.items()},
        day_starts=schedule.day_starts,
        retention=schedule.retention,
        decay=decay(schedule),
    )
    built = build_personal(LEARNED, personal, media={}, templates=TEMPLATES, lock=Lock(), now=FIRST)
    assert [one.path for one in built.products] == ["build/small-personal.apkg"]
    return deck_of(built, "anki.personal")


def schedule_of(collection: Collection) -> Schedule:
    return Schedule(day_starts=collection.sched.day_cutoff % DAY)


def log_of(collection: Collection, card: int) -> list[Sequence[Any]]:
    assert collection.db is not None
    rows = "SELECT id, ease, ivl, lastIvl, factor, time, type FROM revlog WHERE cid = ? ORDER BY id"
    return collection.db.all(rows, card)


@pytest.fixture(scope="module")
def learner() -> Iterator[Collection]:
    """A learner whose scheduler is FSRS."""
    with fresh_collection() as collection:
        collection.set_config("fsrs", True)
        yield collection


@settings(max_examples=few(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_known_is_known_in_anki(learner: Collection, data: st.DataObject) -> None:
    """Due days, intervals, counts, the log and the state of memory: as kept, and as Anki computes it.

    Read back out of Anki, there is no review that we do not know.
    """
    assert learner.db is not None
    learner.remove_notes(learner.find_notes(""))
    learner.db.execute("DELETE FROM revlog")
    schedule, cutoff = schedule_of(learner), learner.sched.day_cutoff
    today = study_day(cutoff - 1, schedule)
    histories = reviews_of_days(schedule, first=today - 3_000, last=today - 1)
    known: Known = data.draw(st.dictionaries(st.sampled_from(PARTS), histories, min_size=1))
    import_deck(learner, personal_deck(known, schedule), with_scheduling=True)
    for task, number in cards_by_task(learner).items():
        card, log = learner.get_card(number), log_of(learner, number)
        if task not in known:
            assert (card.type, card.queue, log) == (0, 0, [])
            continue
        memory = list(steps(known[task], schedule))[-1].memory
        due = study_day(memory.due, schedule)
        assert (card.type, card.queue, card.reps) == (2, 2, len(known[task]))
        assert card.due - learner.sched.today == due - today
        assert card.ivl == due - study_day(memory.last, schedule)
        assert card.lapses == sum(one.rating == "again" for one in known[task][1:])
        state, theirs = (
            json.loads(card_data(learner, number)),
            learner.compute_memory_state(card.id),
        )
        assert state["s"] == pytest.approx(memory.stability, abs=6e-5)
        assert state["d"] == pytest.approx(memory.difficulty, abs=6e-4)
        assert (state["dr"], state["decay"], state["lrt"]) == (0.9, 0.154, int(memory.last))
        assert theirs.stability == pytest.approx(memory.stability, rel=2e-5, abs=6e-5)
        assert theirs.difficulty == pytest.approx(memory.difficulty, abs=6e-4)
        assert [row[1] for row in log] == [BUTTONS[one.rating] for one in known[task]]
        assert [row[-1] for row in log] == [0, *[1] * (len(log) - 1)]
        assert [row[3] for row in log] == [0, *[row[2] for row in log[:-1]]]
    assert_nothing_new(learner, known)


def card_data(collection: Collection, card: int) -> str:
    assert collection.db is not None
    return str(collection.db.scalar("SELECT data FROM cards WHERE id = ?", card))


def assert_nothing_new(collection: Collection, known: Known) -> None:
    """All that Anki holds is what is known, and it is told so."""
    collection.close()
    try:
        learned = read_history(Path(collection.path), ours_of(LEARNED), now=2**31)
    finally:
        collection.reopen()
    count = {(one.item, one.part): len(one.reviews) for one in learned.histories}
    assert count == {task: len(reviews) for task, reviews in known.items()}
    ours = [
        History(item=item, part=part, reviews=tuple(its)) for (item, part), its in known.items()
    ]
    assert list(unknown(learned.histories, ours)) == []


@pytest.fixture
def past() -> Known:
    """Three tasks that were reviewed, two of them in the very same millisecond."""
    return {
        task: (
            Review(at=1.78e9 + 0.25, rating="good", seconds=3.2),
            Review(at=1.78e9 + 4 * DAY + n // 2, rating="again", seconds=100),
        )
        for n, task in enumerate(PARTS[:3])
    }


def test_who_asks_for_no_progress_gets_new_cards(past: Known) -> None:
    """As Anki's dialog is set at first; the description says what to tick, and whose it is."""
    with fresh_collection() as collection:
        import_deck(collection, personal_deck(past, schedule_of(collection)))
        rows = progress_of(collection).values()
        assert {(one.kind, one.reps, one.interval) for one in rows} == {(0, 0, 0)}
        assert collection.db is not None
        assert collection.db.scalar("SELECT count() FROM revlog") == 0
        deck = collection.decks.by_name("Small")
        assert deck is not None
        assert deck["desc"].startswith("<p><b>This deck is personal")
        assert "small.apkg" in deck["desc"]


def test_progress_that_is_in_anki_stays(past: Known) -> None:
    """Cards that a learner has keep due day, memory and log; only those that he lacks bring theirs."""
    shared = deck_of(edition(LEARNED)[0])
    with fresh_collection() as collection:
        import_deck(collection, shared)
        cards = cards_by_task(collection)
        collection.sched.set_due_date([cards[PARTS[0]]], "7")
        gone = cards[PARTS[3]]
        collection.remove_notes_by_card([gone])
        before = progress_of(collection)
        import_deck(collection, personal_deck(past, schedule_of(collection)), with_scheduling=True)
        after = progress_of(collection)
        assert {key: after[key] for key in before} == before
        new = {task: log_of(collection, card) for task, card in cards_by_task(collection).items()}
        assert [len(new[task]) for task in PARTS] == [1, 0, 2, 0]


def test_the_deck_for_others_holds_nothing_of_it(past: Known) -> None:
    """It is the same to the byte, and the personal one is the same each time."""
    before = deck_of(edition(LEARNED)[0])
    first, again = (personal_deck(past, Schedule(day_starts=14_400)) for _ in range(2))
    assert first == again
    assert first != before == deck_of(edition(LEARNED)[0])


# --- The commands --------------------------------------------------------------------------------

QUESTIONS = """\
questions:
- {id: date, front: When?, back: Then, reverse: true}
- {id: gaps, cloze: "a {{c1::b}} {{c2::c}}"}
"""


@pytest.fixture
def small(project: Path) -> Path:
    """The small bank as a project, with a record of answers: two to each of three tasks."""
    (project / "questions/bank.yaml").write_text("bank: small\ntitle: Small\n")
    (project / "questions/all.yaml").write_text(QUESTIONS)
    plan = Plan(bank="small", seed=1, tasks=())
    progress = Progress.open(project / "mine.db")
    for days in (20, 15):
        at = time.time() - days * DAY
        session = progress.begin(plan, title="Small", now=at)
        for number, (item, part) in enumerate(PARTS[:3], start=1):
            attempt = Attempt(
                number=number,
                item=item,
                part=part,
                response=None,
                mark="exact",
                share=Fraction(days == 20 or number != 2),
                at=at + number // 2 / 1e4,
            )
            progress.save(session, "small", attempt, Asking(sitting=at, asked=at - 5, key=""))
    progress.close()
    return project


def run(root: Path, *words: str) -> int:
    return main([*words, "--db", str(root / "mine.db"), "-C", str(root)])


def test_there_and_back_again(
    small: Path, learner: Collection, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the terminal to Anki, a review there, and back: that review comes in, once, and the
    memory that it leaves is the one in Anki.
    """
    assert run(small, "build", "--only", "anki", "--with-progress") == 0
    said = capsys.readouterr().out
    assert "build/small-personal.apkg" in said
    assert "For you alone" in said
    assert learner.db is not None
    learner.remove_notes(learner.find_notes(""))
    learner.db.execute("DELETE FROM revlog")
    deck = (small / "build/small-personal.apkg").read_bytes()
    import_deck(learner, deck, with_scheduling=True)
    card = learner.get_card(cards_by_task(learner)[PARTS[1]])
    learner.sched.set_due_date([card.id], "0")
    card.load()
    card.start_timer()
    learner.sched.answerCard(card, 3)
    export = small / "out.apkg"
    options = ExportAnkiPackageOptions(with_scheduling=True, legacy=True)
    learner.export_anki_package(out_path=str(export), options=options, limit=None)
    assert run(small, "progress", "import", "--anki", str(export)) == 0
    assert capsys.readouterr().out == "1 review came in, of 7 in Anki.\n"
    assert run(small, "progress", "import", "--anki", str(export)) == 0
    assert capsys.readouterr().out == "Nothing in it is new: 7 reviews, all known.\n"
    progress = Progress.open(small / "mine.db")
    histories = {(one.item, one.part): one for one in progress.histories("small")}
    progress.close()
    assert {task: len(one.reviews) for task, one in histories.items()} == dict(
        zip(PARTS[:3], (2, 3, 2), strict=True)
    )
    for task, history in histories.items():
        theirs = learner.compute_memory_state(cards_by_task(learner)[task])
        assert history.memory is not None
        assert history.memory.stability == pytest.approx(theirs.stability, rel=2e-5, abs=6e-5)
        assert history.memory.difficulty == pytest.approx(theirs.difficulty, abs=6e-4)


def test_what_cannot_be_done_is_said(
    small: Path, learner: Collection, capsys: pytest.CaptureFixture[str]
) -> None:
    """No file, one that is open in Anki, one too many or none; no record, and one without answers."""
    taking = ("progress", "import", "--anki")
    for words, code, sentence in (
        ((*taking, str(small / "none.apkg")), 2, "Cannot read"),
        ((*taking, learner.path), 1, "Anki has it open"),
        ((*taking, "a", "b"), 2, "one file alone"),
        (("progress", "import"), 2, "Say what to import"),
    ):
        assert run(small, *words) == code
        assert sentence in capsys.readouterr().err
    other = ("--db", str(small / "other.db"), "-C", str(small))
    build = ["build", "--only", "anki", "--with-progress", *other]
    assert main(build) == 1
    assert "There is no record of answers yet" in capsys.readouterr().err
    Progress.open(small / "other.db").close()
    assert main(build) == 1
    assert "No answer to Small is recorded yet" in capsys.readouterr().err
    assert not list(small.glob("**/*.apkg")) + list(small.glob("**/*.lock"))
