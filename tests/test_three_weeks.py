"""Three weeks of a learner, whose clock is a parameter: the schedule makes sense day after day."""

import random
from argparse import ArgumentParser
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

from quizgen.commands.choice import Learned, add_choice_options, outlook_of, plan_for, pool_of
from quizgen.model import Bank, Entry, History, Memory, Review
from quizgen.study.events import Answer, Next
from quizgen.study.keeper import Keeper
from quizgen.study.memories import Habits
from quizgen.study.progress import Progress
from quizgen.study.record import Key
from quizgen.study.schedule import DAY, Schedule, recall, reviewed, study_day
from quizgen.study.session import begun, step

SCHEDULE = Schedule(day_starts=4 * 3600.0)
FIRST = 20_000 * DAY + 20 * 3600.0
BANK = Bank(
    name="b",
    title="B",
    items=tuple(
        Entry(id=f"q{n}", topic=f"Topic {n % 4}", stem="?", accept=("a",)) for n in range(100)
    ),
)
SKIPPED = 9
"""The day on which the learner did something else."""


class Day(NamedTuple):
    """What a day came to: asked again and new, how many of those asked again were known."""

    day: int
    again: int
    new: int
    known: int
    asked: int
    tomorrow: int


class Head:
    """What a learner really remembers: as FSRS has it, for which a lecture was a first review."""

    def __init__(self) -> None:
        self._chance = random.Random(11)  # noqa: S311 - a learner, no secret
        self._memories: dict[Key, Memory] = {}

    def knows(self, key: Key, now: float) -> bool:
        """Whether it comes to mind now; after which the learner knows it again."""
        before = self._memories.get(key)
        share = recall(before, now, SCHEDULE) if before else 0.6
        is_known = self._chance.random() < share
        rating = "good" if is_known else "again"
        self._memories[key] = reviewed(before, Review(at=now, rating=rating), SCHEDULE)  # type: ignore[arg-type]
        return is_known


def session(progress: Progress, head: Head, now: float, *words: str) -> tuple[Day, Counter[str]]:
    """One session of the day, answered to its end."""
    parser = ArgumentParser()
    add_choice_options(parser)
    args = parser.parse_args(words)
    pool = pool_of(BANK, args)
    before = progress.standings("b")
    learned = Learned(standings=before, habits=Habits(new=10), schedule=SCHEDULE)
    plan = plan_for(BANK, pool, args, learned, seed=int(now), now=now)
    keeper = Keeper(progress, plan, title="B", ask=pytest.fail)
    state, known, asked, missed = begun(plan), 0, Counter[str](), set[str]()
    while state.current is not None and state.phase != "over":
        key = state.current.key
        now += 8
        is_return = asked[key[0]] > 0
        is_known = is_return or head.knows(key, now)
        known += is_known and key in before and not is_return
        asked[key[0]] += 1
        missed |= set() if is_known else {key[0]}
        mark = "exact" if is_known else "wrong"
        answer = Answer(response=None, mark=mark, share=Fraction(is_known))  # type: ignore[arg-type]
        for event in (answer, Next()):
            state, effects = step(state, event, now)
            assert all(keeper.keep(effect, now) for effect in effects)
    assert {item for item, count in asked.items() if count > 1} == missed
    again = sum(task.key in before for task in plan.tasks)
    after = Learned(standings=progress.standings("b"), habits=Habits(), schedule=SCHEDULE)
    ahead = outlook_of(pool, after, now + DAY)
    day = Day(
        day=study_day(now, SCHEDULE) - study_day(FIRST, SCHEDULE) + 1,
        again=again,
        new=len(plan.tasks) - again,
        known=known,
        asked=sum(asked.values()),
        tomorrow=ahead.due,
    )
    return day, asked


def test_three_weeks_make_sense(tmp_path: Path) -> None:
    """Ten new ones a day while what is due leaves room for them; most of what comes again is known,
    what is known comes ever more rarely, and a day that was left out is made up for.
    """
    progress = Progress.open(tmp_path / "progress.db")
    progress._connection.execute("PRAGMA synchronous = OFF")
    progress.adopt("b", SCHEDULE)
    head, days = Head(), list[Day]()
    for number in range(21):
        if number + 1 == SKIPPED:
            continue
        at = FIRST + number * DAY + random.Random(number).uniform(-3, 3) * 3600  # noqa: S311
        found, asked = session(progress, head, at)
        days.append(found)
        assert found.again + found.new <= 20
        assert found.new <= 10
        if days[:-1] and days[-2].day == found.day - 1:
            assert found.again == min(20, days[-2].tomorrow)
        assert all(count <= 3 for count in asked.values())
    print()
    print("day  again  new  known  asked  due tomorrow")
    for one in days:
        print(
            f"{one.day:3}  {one.again:5}  {one.new:3}  {one.known:5}  {one.asked:5}  {one.tomorrow:5}"
        )
    assert days[0][1:3] == (0, 10)
    seen = sum(one.new for one in days)
    assert 70 <= seen <= 100
    again, known = sum(one.again for one in days), sum(one.known for one in days)
    assert 0.78 <= known / again <= 0.97
    histories = progress.histories("b")
    lengths_make_sense(histories)
    asked_when_due(histories)
    kept = progress.standings("b")
    with progress._transaction():
        progress._rebuild("b")
    assert progress.standings("b") == kept
    progress.close()


def lengths_make_sense(histories: tuple[History, ...]) -> None:
    """What is known waits longer each time, up to three weeks; what was missed comes soon."""
    gaps = Counter[int]()
    for history in histories:
        right = 0
        steps = [study_day(one.at, SCHEDULE) for one in history.reviews]
        for place, review in enumerate(history.reviews[:-1]):
            right = right + 1 if review.rating == "good" else 0
            if right == len(history.reviews[: place + 1]):
                gaps[right] = max(gaps[right], steps[place + 1] - steps[place])
        last = history.reviews[-1]
        assert history.memory is not None
        if last.rating == "again":
            wait = study_day(history.memory.due, SCHEDULE) - study_day(last.at, SCHEDULE)
            assert 1 <= wait <= 5
    assert gaps[1] < gaps[2] < 25


def asked_when_due(histories: tuple[History, ...]) -> None:
    """Never before its day and at most two days after it, the one left out not counted; each right
    answer makes a memory last longer than it did, each miss shorter.
    """
    late = Counter[int]()
    for history in histories:
        memory: Memory | None = None
        for one in history.reviews:
            after = reviewed(memory, one, SCHEDULE)
            if memory is not None:
                today = study_day(one.at, SCHEDULE)
                due = study_day(memory.due, SCHEDULE)
                left_out = study_day(FIRST, SCHEDULE) + SKIPPED - 1
                late[today - due - (due <= left_out < today)] += 1
                assert (after.stability > memory.stability) == (one.rating == "good")
            memory = after
    assert sorted(late) == list(range(max(late) + 1))
    assert max(late) <= 2
    assert late[0] > 0.9 * late.total()
