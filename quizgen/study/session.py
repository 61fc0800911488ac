"""A session of questions as a pure state machine: (state, event, now) -> (state, effects).

It decides what is asked when, and knows nothing of items' texts, judging, clocks, files or
screens. All of a state but its phase and the hints seen follows from the plan and the attempts,
so a session is rebuilt from its record by `replayed`.

A missed question comes back after 3 to 7 others and leaves after one right answer (Vaughn, Rawson
and Pyc 2016). At most one question is missed at a turn, so no two ever fall due at the same last
turn, and the promise can always be kept while there are others to ask.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, TypeAlias, assert_never

from msgspec.structs import replace

from quizgen.core.stream import key
from quizgen.model import Frozen
from quizgen.study.events import (
    Answer,
    Ask,
    Claim,
    Effect,
    Event,
    Finish,
    Flagged,
    HandIn,
    Hint,
    KeepFlag,
    Next,
    Override,
    Quit,
    Refuse,
    Retry,
    Review,
    Save,
    Skip,
    TakeBack,
    Undo,
)
from quizgen.study.record import Attempt, Key, Plan, Task

FEWEST, MOST = 3, 7
"""How many others stand between a miss and its return, while there are others."""

Phase = Literal["asking", "reviewing", "over"]


class Missed(Frozen, frozen=True, kw_only=True):
    """A task missed when `turn` answers had been given, to return after `gap` others."""

    task: Task
    turn: int
    gap: int


class State(Frozen, frozen=True, kw_only=True):
    """Where a session stands. `missed` is in the order of missing, `waiting` in that of asking.

    `tries` are the attempts at the current task that were not final. In an exam these are texts
    that wait for the learner's own score, until every question has been answered.
    """

    plan: Plan
    phase: Phase = "asking"
    current: Task | None = None
    attempts: tuple[Attempt, ...] = ()
    tries: tuple[Attempt, ...] = ()
    waiting: tuple[Task, ...] = ()
    missed: tuple[Missed, ...] = ()
    turn: int = 0
    group: str = ""
    hints: frozenset[Key] = frozenset()


Step: TypeAlias = tuple[State, tuple[Effect, ...]]


# --- The machine ---------------------------------------------------------------------------------


def begun(plan: Plan) -> State:
    """A session in which nothing has been answered."""
    return _settled(State(plan=plan, waiting=plan.tasks))


def replayed(plan: Plan, attempts: Iterable[Attempt]) -> State:
    """The session after these attempts, its next task asked.

    An attempt at what the plan does not hold is kept but changes nothing else, so a bank that has
    changed breaks no session.
    """
    state = State(plan=plan, waiting=plan.tasks)
    for attempt in attempts:
        state = _taken(state, attempt)
    return _settled(state)


def step(state: State, event: Event, now: float) -> Step:
    """What an event makes of a session, and what is to be done about it, in this order."""
    match event:
        case Answer():
            return _answered(state, event, now)
        case Skip() if state.plan.exam:
            return _put_off(state)
        case Skip():
            skipped = Answer(response=None, mark="skipped", share=Fraction(0))
            after, effects = _answered(state, skipped, now)
            if after is state:
                return _refused(state, event)
            after, more = _moved_on(after)
            return after, (effects[0], *more)
        case Hint() if state.phase == "asking" and state.current and not state.plan.exam:
            return replace(state, hints=state.hints | {state.current.key}), ()
        case Claim():
            return _claimed(state, event)
        case Undo():
            return _undone(state, event)
        case Flagged(note=note) if state.current is not None and state.phase != "over":
            task = state.current
            return state, (KeepFlag(item=task.item, part=task.part, note=note),)
        case Next() if state.phase == "reviewing":
            return _moved_on(state)
        case HandIn() if state.plan.exam and state.phase == "asking":
            return _handed_in(state)
        case Quit() if state.phase != "over":
            return replace(state, phase="over"), (Finish(complete=not is_open(state)),)
        case Hint() | Flagged() | Next() | HandIn() | Quit():
            return _refused(state, event)
        case _:
            assert_never(event)


def is_open(state: State) -> bool:
    """Whether something is left to be asked."""
    return bool(state.waiting or state.missed)


def _answered(state: State, answer: Answer, now: float) -> Step:
    task = state.current
    if state.phase != "asking" or task is None:
        return _refused(state, answer)
    attempt = Attempt(
        number=len(state.attempts) + 1,
        item=task.item,
        part=task.part,
        response=answer.response,
        mark=answer.mark,
        share=answer.share,
        at=now,
        final=answer.final,
        hinted=task.key in state.hints,
        counts=_counts(state, task, answer),
        confidence=answer.confidence,
        text=answer.text,
    )
    after = replace(_taken(state, attempt), hints=state.hints)
    if state.plan.exam:
        after, effects = _moved_on(after)
        return after, (Save(attempt), *effects)
    if not attempt.final:
        return after, (Save(attempt), Retry(attempt))
    return replace(after, phase="reviewing"), (Save(attempt), Review(attempt))


def _counts(state: State, task: Task, answer: Answer) -> bool:
    """Whether this answer counts for the schedule: the first to its task that is final, not crammed."""
    is_first = not any(one.final and one.key == task.key for one in state.attempts)
    return answer.final and answer.mark != "skipped" and is_first and not state.plan.cram


def _moved_on(state: State) -> Step:
    after = _settled(replace(state, phase="asking"))
    if after.phase == "over":
        return after, (Finish(complete=True),)
    return after, (Ask(),)


def _put_off(state: State) -> Step:
    """In an exam, what is skipped stands behind the other questions that are not answered yet."""
    others = [one for one in _unanswered(state) if one != state.current]
    if state.phase != "asking" or state.current is None or state.tries or not others:
        return _refused(state, Skip())
    waiting = tuple(one for one in state.waiting if one != state.current)
    return _settled(replace(state, waiting=(*waiting, state.current))), (Ask(),)


def _handed_in(state: State) -> Step:
    open_ones = set(_unanswered(state))
    waiting = tuple(one for one in state.waiting if one not in open_ones)
    return _moved_on(replace(state, waiting=waiting))


def _unanswered(state: State) -> list[Task]:
    """What an exam has still to ask, but for what only waits for the learner's own score."""
    return [task for task in state.waiting if not _texts(state, task)]


def _texts(state: State, task: Task) -> tuple[Attempt, ...]:
    """What was written in an exam and not scored yet."""
    return tuple(one for one in state.attempts if one.key == task.key and not one.final)


def _claimed(state: State, event: Event) -> Step:
    if state.phase != "reviewing" or not can_claim(state):
        return _refused(state, event)
    last = replace(state.attempts[-1], overridden=True)
    after = _rebuilt(state, (*state.attempts[:-1], last))
    after = replace(after, phase="reviewing", current=state.current)
    return after, (Override(last.number, overridden=True), Review(last))


def can_claim(state: State) -> bool:
    """Whether the answer under review is one of which a learner may say: I was right."""
    if state.phase != "reviewing" or state.attempts[-1].overridden:
        return False
    last = state.attempts[-1]
    return last.mark in ("close", "partly", "wrong") or had_second_try(state.attempts, last)


def had_second_try(attempts: tuple[Attempt, ...], last: Attempt) -> bool:
    """Whether a near miss at the same asking came before this attempt."""
    before = attempts[last.number - 2] if last.number > 1 else None
    return bool(before and not before.final and before.mark == "close" and before.key == last.key)


def _undone(state: State, event: Event) -> Step:
    if state.phase == "over" or not state.attempts:
        return _refused(state, event)
    *before, last = state.attempts
    if state.phase == "reviewing" and last.overridden:
        plain = replace(last, overridden=False)
        after = _rebuilt(state, (*before, plain))
        after = replace(after, phase="reviewing", current=state.current)
        return after, (Override(last.number, overridden=False), Review(plain))
    after = _rebuilt(state, tuple(before))
    if state.plan.exam:
        after = replace(after, waiting=_waiting_again(state, after, last))
    return _settled(after), (TakeBack(last.number), Ask())


def _waiting_again(state: State, after: State, last: Attempt) -> tuple[Task, ...]:
    """What an exam waits for once its last answer is taken back: that question first, the others in
    the order in which they were put off, without those that were left blank at the end.
    """
    again = [task for task in after.waiting if task.key == last.key]
    others = [task for task in state.waiting if task.key != last.key]
    written = [task for task in others if _texts(after, task)]
    rest = [task for task in others if not _texts(after, task)]
    is_written = any(_texts(after, task) for task in again)
    return (*again, *written, *rest) if is_written else (*written, *again, *rest)


def _rebuilt(state: State, attempts: tuple[Attempt, ...]) -> State:
    after = State(plan=state.plan, waiting=state.plan.tasks)
    for attempt in attempts:
        after = _taken(after, attempt)
    return replace(after, hints=state.hints)


def _refused(state: State, event: Event) -> Step:
    return state, (Refuse(event),)


def _taken(state: State, attempt: Attempt) -> State:
    """The state with one more attempt in it, whatever task it asked before."""
    attempts = (*state.attempts, replace(attempt, number=len(state.attempts) + 1))
    hints = state.hints | {attempt.key} if attempt.hinted else state.hints
    task = next((task for task in state.plan.tasks if task.key == attempt.key), None)
    if task is None:
        return replace(state, attempts=attempts)
    if not attempt.final:
        return replace(state, attempts=attempts, tries=(*state.tries, attempts[-1]), hints=hints)
    is_first = task in state.waiting
    turn = state.turn + 1
    missed = tuple(one for one in state.missed if one.task != task)
    if not (attempt.right or attempt.mark == "skipped" or state.plan.exam):
        missed = (*missed, Missed(task=task, turn=turn, gap=_gap(state.plan, task, turn)))
    return replace(
        state,
        attempts=attempts,
        tries=(),
        waiting=tuple(one for one in state.waiting if one != task),
        missed=missed,
        turn=turn,
        group=task.group if is_first else state.group,
        hints=hints,
    )


def _gap(plan: Plan, task: Task, turn: int) -> int:
    """After how many others a miss is to return: any from the fewest to the most alike."""
    drawn = key("quiz.return", plan.seed, plan.bank, task.item, task.part, turn)
    return FEWEST + int.from_bytes(drawn[:8], "big") % (MOST - FEWEST + 1)


def _settled(state: State) -> State:
    """The state with its next task, or over where there is none."""
    task = _next(state)
    tries = tuple(one for one in state.tries if task is not None and one.key == task.key)
    if state.plan.exam and task is not None:
        tries = _texts(state, task)
    return replace(state, current=task, tries=tries, phase="asking" if task else "over")


def _next(state: State) -> Task | None:
    """The task to ask: a miss at its last turn, the rest of a group, a miss that is due, the next.

    Where only misses are left, the one that was missed longest ago, however short that is. An exam
    asks what is unanswered, in order, then for the learner's own scores.
    """
    if state.plan.exam:
        return next(iter((*_unanswered(state), *state.waiting)), None)
    others = {one.task.key: state.turn - one.turn for one in state.missed}
    for one in state.missed:
        if others[one.task.key] >= MOST:
            return one.task
    if state.waiting and state.group and state.waiting[0].group == state.group:
        return state.waiting[0]
    for one in state.missed:
        if others[one.task.key] >= one.gap:
            return one.task
    if state.waiting:
        return state.waiting[0]
    return state.missed[0].task if state.missed else None
