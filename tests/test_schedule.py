"""The schedule: FSRS-6 as its own package and as Anki work it out, by the learner's days."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from anki.collection import Collection
from fsrs import Card, Scheduler
from fsrs import Rating as Grade
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.model import Memory, Review
from quizgen.study.record import Attempt
from quizgen.study.schedule import (
    DAY,
    Schedule,
    day_start,
    rating_of,
    recall,
    replayed,
    reviewed,
    study_day,
)
from tests.anki_collections import fresh_collection
from tests.strategies import reviews_of_days

PLAIN = Schedule()
NIGHT = Schedule(day_starts=4 * 3600.0)
GRADES = {"again": 1, "hard": 2, "good": 3, "easy": 4}


def attempt(share: int, **more: object) -> Attempt:
    mark = "exact" if share else "wrong"
    given_ = {"number": 1, "item": "q", "part": "", "response": None, "mark": mark, "at": 0.0}
    return Attempt(share=Fraction(share), **(given_ | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "rating"),
    [
        (attempt(1), "good"),
        (attempt(1, hinted=True), "hard"),
        (attempt(1, confidence=1), "hard"),
        (attempt(1, confidence=2), "good"),
        (attempt(1, confidence=3), "good"),
        (attempt(0), "again"),
        (attempt(0, overridden=True), "good"),
        (attempt(0, mark="blank"), "again"),
        (attempt(0, mark="skipped"), None),
        (attempt(0, mark="close", final=False), None),
        (attempt(1, counts=False), None),
    ],
)
def test_what_an_answer_says_of_memory(answer: Attempt, rating: str | None) -> None:
    """Right is good, right but hinted or guessed is hard, wrong is again; what does not count, none."""
    assert rating_of(answer) == rating


def test_a_second_try_is_hard() -> None:
    """Right only after a near miss was named."""
    assert rating_of(attempt(1), second_try=True) == "hard"


def test_half_right_is_again() -> None:
    """Part of the points leaves something to learn."""
    half = replace(attempt(1, mark="partly"), share=Fraction(1, 2))
    assert rating_of(half) == "again"


@given(history=reviews_of_days(NIGHT), retention=st.floats(0.7, 0.99))
def test_it_agrees_with_fsrs(history: tuple[Review, ...], retention: float) -> None:
    """Stability, difficulty and interval are to 1e-9 those that `fsrs` gives for whole days."""
    schedule = Schedule(retention=retention, day_starts=NIGHT.day_starts)
    scheduler = Scheduler(
        desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False
    )
    card = Card(card_id=1)
    for one in history:
        midnight = datetime.fromtimestamp(0, UTC) + timedelta(days=study_day(one.at, schedule))
        card, _ = scheduler.review_card(card, Grade(GRADES[one.rating]), midnight)
    memory = replayed(history, schedule)
    assert memory is not None
    assert memory.stability == pytest.approx(card.stability, rel=1e-9)
    assert memory.difficulty == pytest.approx(card.difficulty, rel=1e-9)
    assert memory.last == history[-1].at
    assert memory.due == card.due.timestamp() + schedule.day_starts
    for days in (0, 1, 30, 3_000):
        now = memory.last + days * DAY
        later = card.last_review + timedelta(days=days) if card.last_review else None
        right = scheduler.get_card_retrievability(card, later)
        assert recall(memory, now, schedule) == pytest.approx(right, abs=1e-9)


@pytest.fixture(scope="module")
def learner() -> Iterator[Collection]:
    """A collection with one card, whose scheduler is FSRS."""
    with fresh_collection() as collection:
        collection.set_config("fsrs", True)
        basic = collection.models.by_name("Basic")
        assert basic is not None
        note = collection.new_note(basic)
        note["Front"] = "a"
        collection.add_note(note, collection.decks.id("Default"))  # type: ignore[arg-type]
        yield collection


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_it_agrees_with_anki(learner: Collection, data: st.DataObject) -> None:
    """The memory that Anki computes from the same reviews is ours, but for its shorter numbers."""
    assert learner.db is not None
    cutoff = learner.sched.day_cutoff
    schedule = Schedule(day_starts=cutoff % DAY)
    last = study_day(cutoff, schedule) - 2
    history = data.draw(reviews_of_days(schedule, first=last - 3_000, last=last))
    card = learner.db.scalar("SELECT id FROM cards")
    learner.db.execute("DELETE FROM revlog")
    for place, one in enumerate(history):
        row = (round(one.at * 1000), card, GRADES[one.rating], int(place > 0))
        learner.db.execute("INSERT INTO revlog VALUES (?, ?, -1, ?, 1, 1, 2500, 5000, ?)", *row)
    theirs = learner.compute_memory_state(card)
    ours = replayed(history, schedule)
    assert ours is not None
    assert ours.stability == pytest.approx(theirs.stability, rel=2e-5)
    assert ours.difficulty == pytest.approx(theirs.difficulty, rel=2e-5)


@given(history=reviews_of_days(NIGHT), data=st.data())
def test_the_order_of_a_record_is_no_matter(
    history: tuple[Review, ...], data: st.DataObject
) -> None:
    """Reviews of two machines, put together in any order, leave the same memory."""
    mixed = data.draw(st.permutations(history))
    assert replayed(mixed, NIGHT) == replayed(history, NIGHT)
    assert replayed((), NIGHT) is None


@given(history=reviews_of_days(NIGHT), rating=st.sampled_from(["again", "hard", "good", "easy"]))
def test_one_review_more_is_the_replay_of_all(history: tuple[Review, ...], rating: str) -> None:
    """What is kept after each answer is what the whole record says."""
    more = Review(at=history[-1].at + 5 * DAY, rating=rating)  # type: ignore[arg-type]
    before = replayed(history, NIGHT)
    assert reviewed(before, more, NIGHT) == replayed([*history, more], NIGHT)


@given(at=st.integers(-10_000_000_000, 10_000_000_000), starts=st.integers(0, 86_399))
def test_a_day_holds_its_moments(at: int, starts: int) -> None:
    """Each moment lies in one day, from its start to the next one's."""
    schedule = Schedule(day_starts=float(starts))
    day = study_day(at, schedule)
    assert day_start(day, schedule) <= at < day_start(day + 1, schedule)


def test_what_was_learned_in_the_evening_is_due_in_the_morning() -> None:
    """A day is the learner's: it ends at night, not 24 hours after the answer."""
    evening = 100 * DAY + 20 * 3600
    memory = replayed([Review(at=evening, rating="again")], NIGHT)
    assert memory is not None
    assert memory.due == 101 * DAY + 4 * 3600
    assert recall(memory, evening + 3600, NIGHT) == 1
    assert recall(memory, memory.due, NIGHT) < 0.8


def test_parameters_and_retention_change_what_is_due() -> None:
    """One who wishes to forget less is asked sooner; parameters of one's own are used."""
    reviews = [Review(at=0.0, rating="good"), Review(at=3 * DAY, rating="good")]
    memories = [replayed(reviews, Schedule(retention=share)) for share in (0.97, 0.9, 0.8)]
    assert all(memories)
    dues = [one.due for one in memories if one]
    assert dues == sorted(set(dues))
    own = Schedule(parameters=(1.0, 2.0, 3.0, 4.0, *Scheduler().parameters[4:]))
    first = replayed(reviews[:1], own)
    assert isinstance(first, Memory)
    assert first.stability == 3.0
