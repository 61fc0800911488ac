"""What is asked today: what is due before what is new, within the limits, and what a learner wished."""

import io
import time
from argparse import ArgumentParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.commands import learner
from quizgen.commands.choice import (
    Learned,
    add_choice_options,
    has_choice,
    plan_for,
    pool_of,
    why_nothing,
)
from quizgen.commands.project import Stop
from quizgen.model import Bank, Entry, Item, Memory
from quizgen.study.choosing import Outlook, Wish, chosen, looked_ahead, new_today
from quizgen.study.console import Console
from quizgen.study.keeper import Keeper
from quizgen.study.memories import Habits, Standing
from quizgen.study.plain import Plain
from quizgen.study.plan import arranged, planned, questions_of
from quizgen.study.record import Key
from quizgen.study.schedule import DAY, Schedule, day_start, recall, study_day
from quizgen.study.session import begun
from quizgen.study.terminal import Setting, Terminal
from tests.strategies import learned_banks

NIGHT = Schedule(day_starts=4 * 3600.0)
NOW = 20_000 * DAY + 43_200.0
LEARNED = learned_banks(NIGHT, NOW)


def stands(*, due: float = NOW + DAY, rating: str = "good", first: float = NOW) -> Standing:
    memory = Memory(stability=3.0, difficulty=5.0, last=first, due=due)
    return Standing(memory=memory, first=first, rating=rating, key="")  # type: ignore[arg-type]


@given(learned=LEARNED, count=st.none() | st.integers(1, 20), new=st.none() | st.integers(0, 20))
def test_due_then_new_within_the_limits(
    learned: tuple[list[Item], dict[Key, Standing]], count: int | None, new: int | None
) -> None:
    """Only what is due or new, each once, no more than asked for; nothing is left out but by a limit."""
    items, standings = learned
    questions = [one for item in items for one in questions_of(item)]
    wish = Wish(due=True, new=new, count=count)
    known, fresh = chosen(questions, standings, wish, bank="b", seed=1, now=NOW)
    asked = [task.key for question in (*known, *fresh) for task in question]
    assert len(asked) == len(set(asked))
    due = {key for key, one in standings.items() if one.memory.due <= NOW}
    assert {task.key for question in known for task in question} <= due
    assert not {task.key for question in fresh for task in question} & standings.keys()
    assert count is None or len(known) + len(fresh) <= count
    assert new is None or len(fresh) <= new
    if count is None or len(known) < count:
        assert {task.key for question in known for task in question} == due
    tasks = {task.key for question in questions for task in question}
    if (count is None or len(known) + len(fresh) < count) and (new is None or len(fresh) < new):
        assert {task.key for one in fresh for task in one} == tasks - standings.keys()
    topics = {item.id: item.topic for item in items}
    plan = arranged("b", (known, fresh), topics, seed=1)
    order = [task.key in standings for task in plan.tasks]
    assert order == sorted(order, reverse=True)
    assert sorted(task.key for task in plan.tasks) == sorted(asked)


@given(learned=LEARNED, count=st.integers(1, 6))
def test_what_is_nearest_to_being_forgotten_goes_first(
    learned: tuple[list[Item], dict[Key, Standing]], count: int
) -> None:
    """Where more is due than is asked, no question left out is better known than one that is asked."""
    items, standings = learned
    questions = [one for item in items for one in questions_of(item)]
    every, _ = chosen(questions, standings, Wish(due=True), bank="b", seed=1, now=NOW)
    asked, _ = chosen(questions, standings, Wish(due=True, count=count), bank="b", seed=1, now=NOW)
    assert len(asked) == min(count, len(every))

    def known(question: tuple[object, ...]) -> float:
        midday = [standings[task.key].memory for task in question]  # type: ignore[attr-defined]
        return min(-(NOW - one.last) / one.stability for one in midday)

    left = [known(one) for one in every if one not in asked]
    assert not left or max(left) <= min(known(one) for one in asked)


def test_that_is_the_order_of_recall() -> None:
    """The age of a memory in lifetimes orders as the recall that FSRS predicts."""
    memories = [
        Memory(stability=stability, difficulty=5.0, last=NOW - days * DAY, due=0.0)
        for stability, days in ((1.0, 2), (9.0, 9), (30.0, 20), (5.0, 50))
    ]
    by_age = sorted(memories, key=lambda one: (NOW - one.last) / one.stability)
    assert by_age == sorted(memories, key=lambda one: -recall(one, NOW, NIGHT))


@given(learned=LEARNED)
def test_missed_and_everything(learned: tuple[list[Item], dict[Key, Standing]]) -> None:
    """What was missed last is asked whether due or not; everything is everything, once."""
    items, standings = learned
    questions = [one for item in items for one in questions_of(item)]
    missed, none = chosen(questions, standings, Wish(missed=True), bank="b", seed=1, now=NOW)
    again = {key for key, one in standings.items() if one.rating == "again"}
    assert ({task.key for one in missed for task in one}, none) == (again, ())
    (every,) = chosen(questions, standings, Wish(everything=True), bank="b", seed=1, now=NOW)
    assert len(every) == len(questions)
    assert set(every) == set(questions)
    plan = planned("b", items, seed=1)
    topics = {item.id: item.topic for item in items}
    assert arranged("b", (every,), topics, seed=1).tasks == plan.tasks


@given(learned=LEARNED)
def test_what_is_due_next_is_counted(learned: tuple[list[Item], dict[Key, Standing]]) -> None:
    """Every task of these items is due now, on the next day that has any, or later."""
    items, standings = learned
    asked = {item.id for item in items[::2]}
    ahead = looked_ahead(standings, asked, NIGHT, NOW)
    dues = [one.memory.due for (item, _), one in standings.items() if item in asked]
    assert ahead.due == sum(due <= NOW for due in dues)
    if not ahead.next:
        assert ahead == Outlook(due=len(dues))
        return
    day = day_start(study_day(NOW, NIGHT) + ahead.days, NIGHT)
    assert day > NOW
    assert ahead.next == dues.count(day)
    assert not [due for due in dues if NOW < due < day]


def test_new_items_of_today_are_counted() -> None:
    """By the learner's day, gaps of one text as one, two directions as two."""
    morning = day_start(study_day(NOW, NIGHT), NIGHT)
    standings = {
        ("a", "c1"): stands(first=morning),
        ("a", "c2"): stands(first=NOW),
        ("b", ""): stands(first=morning - 1),
        ("c", ""): stands(first=NOW),
        ("c", "reverse"): stands(first=NOW),
    }
    assert new_today(standings, NIGHT, NOW) == 3


# --- By the words of the command -----------------------------------------------------------------

BANK = Bank(
    name="b",
    title="B",
    items=(
        *(Entry(id=f"n{n}", topic="N", stem="?", accept=("a",), tags=("t",)) for n in range(30)),
        Entry(id="d", topic="D", stem="?", accept=("a",), level="detail"),
    ),
)


def asked(
    *words: str, known: dict[str, Standing] | None = None, kept: bool = True, new: int = 20
) -> list[str]:
    parser = ArgumentParser()
    add_choice_options(parser)
    args = parser.parse_args(words)
    learned = Learned(
        standings={(name, ""): one for name, one in (known or {}).items()},
        habits=Habits(new=new),
        schedule=NIGHT,
        is_kept=kept,
    )
    pool = pool_of(BANK, args)
    return [t.item for t in plan_for(BANK, pool, args, learned, seed=1, now=NOW).tasks]


def test_a_newcomer_simply_gets_questions() -> None:
    """Twenty, no incidental ones; the same where no record is kept."""
    first = asked()
    assert len(first) == 20
    assert "d" not in first
    assert first == asked(kept=False)
    assert asked("-n", "5") == asked("-n", "5", kept=False)
    assert len(asked("-n", "25", kept=False)) == 25


def test_the_daily_limit_holds_for_what_is_new() -> None:
    """What was new today counts; `--new` goes beyond it, and what is due is never held back."""
    today = {f"n{n}": stands() for n in range(12)}
    assert len(asked(known=today)) == 8
    assert len(asked(new=5, known=today)) == 0
    assert len(asked("--new", "15", known=today)) == 15
    due = {f"n{n}": stands(due=NOW - DAY) for n in range(25)}
    assert len(asked(new=0, known=due)) == 20
    assert len(asked("--due", known=due)) == 25


def test_details_come_back_once_they_are_known() -> None:
    """A detail is new only where its topic, tag or level is asked for; due, it is asked."""
    known = {"d": stands(due=NOW - DAY, rating="again")}
    assert asked("--topic", "d") == ["d"]
    assert asked("D") == ["d"]
    assert asked("--level", "detail") == ["d"]
    assert "d" in asked(known=known)
    assert asked("--due", known=known) == ["d"]
    assert asked("--missed", known=known) == ["d"]
    assert "d" not in asked("--all", known=known)
    assert len(asked("--cram", "--tag", "t", known=known)) == 30
    assert len(asked("--minutes", "0.5")) == 3


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["X"], "neither a topic nor a quiz. Topics: N; D. Quizzes: none"),
        (["--topic", "X"], "neither a topic nor a quiz"),
        (["--tag", "x"], "no question has the tag"),
        (["--tag", "t", "--level", "detail"], "all of this at once"),
    ],
)
def test_what_is_not_there_is_said(words: list[str], sentence: str) -> None:
    """A topic, tag or level that no question has is a sentence with what there is."""
    with pytest.raises(Stop, match=f"(?i){sentence}"):
        asked(*words)


@pytest.mark.parametrize("words", [["--due"], ["--missed"]])
def test_without_a_record_nothing_is_due(words: list[str]) -> None:
    """What stands in the record cannot be asked for without it."""
    with pytest.raises(Stop, match="--no-save"):
        asked(*words, kept=False)


def test_why_nothing_is_asked_and_what_can_be_done() -> None:
    """When the next is due, and the words for new ones, missed ones, and all."""
    parser = ArgumentParser()
    add_choice_options(parser)
    args = parser.parse_args([])
    standings = {(f"n{n}", ""): stands(rating="again" if n else "good") for n in range(3)}
    learned = Learned(standings=standings, habits=Habits(new=3), schedule=NIGHT)
    said = why_nothing(pool_of(BANK, args), args, learned, NOW)
    assert said == (
        "Nothing is due now, and the 3 new questions of today are done. Due next: 3 tomorrow. Go on"
        " with --missed for what was missed last, --new 5 for new ones (27 left), --cram to practise"
        " all the same, --all to have it count."
    )
    assert has_choice(parser.parse_args(["--cram"]))
    assert not has_choice(args)


def test_a_session_ends_when_its_time_is_up() -> None:
    """After so many minutes nothing more is asked; what was answered counts, the rest is open."""
    clock = iter(range(0, 10_000, 25))
    written = io.StringIO()
    terminal = Terminal(
        BANK,
        begun(planned("b", BANK.items, seed=1)),
        setting=Setting(title="B", limit=60.0),
        screen=Plain(Console(io.StringIO("a\n\n" * 30), written)),
        keeper=Keeper(None, planned("b", BANK.items, seed=1), title="B", ask=pytest.fail),
        now=lambda: float(next(clock)),
    )
    ending = terminal.play()
    assert "Time is up." in written.getvalue()
    assert 1 <= ending.summary.asked < 5
    assert not ending.summary.complete


def test_a_day_starts_at_four_in_the_night_of_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the summer does to the clock; the learner's retention goes before the bank's."""
    monkeypatch.setattr(time, "timezone", -8 * 3600)
    assert learner.schedule_for(BANK, Habits()).day_starts == 20 * 3600
    monkeypatch.setattr(time, "timezone", 5 * 3600)
    assert learner.schedule_for(BANK, Habits(retention=0.8)).day_starts == 9 * 3600
    assert learner.schedule_for(BANK, Habits(retention=0.8)).retention == 0.8
    assert Path(learner.state_file()).name == "progress.db"
