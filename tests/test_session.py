"""The session as a pure machine: driven through any events in any order, it keeps its promises."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from quizgen.core.score import score, total
from quizgen.model import Bank, Card, Cloze, Entry, Filled, Gap, Item, Rules, Typed
from quizgen.study.events import (
    Answer,
    Ask,
    Claim,
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
from quizgen.study.judging import possible, result_of
from quizgen.study.plan import planned, questions_of
from quizgen.study.record import Attempt, Kept, Key, Plan, Task
from quizgen.study.session import FEWEST, MOST, State, begun, is_open, replayed, step
from quizgen.study.summary import summed_up
from tests.strategies import WORDS, right_response, scored_items, scored_responses, session_plans

RIGHT = Answer(response=Typed(text="yes"), mark="exact", share=Fraction(1))
WRONG = Answer(response=Typed(text="no"), mark="wrong", share=Fraction(0))
PARTLY = Answer(response=Typed(text="half"), mark="partly", share=Fraction(1, 2))
BLANK = Answer(response=None, mark="blank", share=Fraction(0))
NEAR = Answer(response=Typed(text="yess"), mark="close", share=Fraction(0), final=False)
ANSWERS = (RIGHT, WRONG, PARTLY, BLANK)
GUESS, SURE = replace(RIGHT, confidence=1), replace(WRONG, confidence=3)
WRITTEN = Answer(response=None, mark="written", share=Fraction(0), final=False, text="so")
_DEFAULT = Rules()


def plan_of(count: int, *, seed: int = 1) -> Plan:
    return Plan(
        bank="b", seed=seed, tasks=tuple(Task(item=f"q{n}", step=n + 1) for n in range(count))
    )


def after(state: State, *events: Event) -> State:
    for event in events:
        state, _ = step(state, event, 0.0)
    return state


class AnySession(RuleBasedStateMachine):
    """Every event in any order; `rows` and `flags` are what a record would hold after each effect."""

    @initialize(plan=session_plans())
    def begin(self, plan: Plan) -> None:
        self.state = begun(plan)
        self.rows: dict[int, Attempt] = {}
        self.flags: list[tuple[Key, str]] = []
        self.clock = 0.0

    def happens(self, event: Event) -> State:
        """Take a step, keep what it says to keep, and give the state before it."""
        before = self.state
        self.clock += 1
        self.state, effects = step(before, event, self.clock)
        for effect in effects:
            match effect:
                case Save(attempt=attempt):
                    assert attempt.number not in self.rows
                    self.rows[attempt.number] = attempt
                case TakeBack(number=number):
                    del self.rows[number]
                case Override(number=number, overridden=overridden):
                    self.rows[number] = replace(self.rows[number], overridden=overridden)
                case KeepFlag(item=item, part=part, note=note):
                    self.flags.append(((item, part), note))
                case Refuse():
                    assert self.state == before
                case Ask() | Retry() | Review() | Finish():
                    pass
        return before

    @rule(answer=st.sampled_from((*ANSWERS, GUESS, SURE)))
    def answer(self, answer: Answer) -> None:
        before = self.happens(answer)
        assert (self.state.phase == "reviewing") == (before.phase != "over")
        if before.phase == "asking":
            assert step(self.state, Undo(), 0.0)[0] == before

    @rule()
    def flag(self) -> None:
        """A flag names what is asked, and no undo takes it back."""
        before, flags = self.happens(Flagged(str(self.clock))), list(self.flags)
        assert self.state == before
        if before.phase != "over" and before.current is not None:
            assert flags[-1] == (before.current.key, str(self.clock - 1))
            self.happens(Undo())
        assert self.flags == flags

    @rule(answer=st.sampled_from((NEAR, WRITTEN)))
    def near(self, answer: Answer) -> None:
        before = self.happens(answer)
        if before.phase == "asking":
            assert self.state.current == before.current
            assert step(self.state, Undo(), 0.0)[0] == before

    @rule()
    def skip(self) -> None:
        before = self.happens(Skip())
        if before.phase == "asking" and before.current is not None:
            assert before.current not in self.state.waiting
            assert before.current not in [one.task for one in self.state.missed]

    @rule()
    def hint(self) -> None:
        before = self.happens(Hint())
        assert replace(self.state, hints=before.hints) == before

    @rule()
    def claim(self) -> None:
        before = self.happens(Claim())
        if self.state != before:
            assert self.state.attempts[-1].right
            assert step(self.state, Undo(), 0.0)[0] == before

    @rule()
    def undo(self) -> None:
        before = self.happens(Undo())
        assert len(self.state.attempts) in (len(before.attempts), len(before.attempts) - 1)

    @rule()
    def read_on(self) -> None:
        self.happens(Next())

    @rule()
    def hand_in(self) -> None:
        """That is for exams."""
        assert self.happens(HandIn()) == self.state

    @precondition(lambda self: len(self.state.attempts) > 12)
    @rule()
    def quit(self) -> None:
        self.happens(Quit())
        assert self.state.phase == "over"

    @invariant()
    def the_record_holds_exactly_the_attempts(self) -> None:
        """Nothing is lost and nothing recorded twice."""
        assert tuple(self.rows.values()) == self.state.attempts

    @invariant()
    def the_record_replays_to_the_same_session(self) -> None:
        """A session rebuilt from its record stands where this one goes on."""
        there = replayed(self.state.plan, self.rows.values())
        here = self.state if self.state.phase == "asking" else after(self.state, Next())
        if self.state.phase == "over":
            here = replace(self.state, phase=there.phase, current=there.current, tries=there.tries)
        assert replace(there, hints=here.hints) == here
        assert there.hints <= self.state.hints

    @invariant()
    def every_task_is_in_one_place(self) -> None:
        """What is asked is waiting, missed, done or skipped: never gone, never twice."""
        last = {one.key: one for one in self.state.attempts if one.final}
        waiting = [task.key for task in self.state.waiting]
        missed = [one.task.key for one in self.state.missed]
        done = [key for key, one in last.items() if one.right or one.mark == "skipped"]
        assert sorted([*waiting, *missed, *done]) == sorted(t.key for t in self.state.plan.tasks)

    @invariant()
    def misses_return_after_three_to_seven_others(self) -> None:
        """Whatever was taken back, claimed or skipped in between; sooner only where nothing was left."""
        final = [one for one in self.state.attempts if one.final]
        last: dict[Key, int] = {}
        for place, one in enumerate(final):
            if one.key in last:
                others = place - last[one.key] - 1
                assert others <= MOST
                assert others >= FEWEST or len(last) == len(self.state.plan.tasks)
            last[one.key] = place

    @invariant()
    def it_ends_when_nothing_is_open(self) -> None:
        """A session is over where all is right or skipped, or the learner quit; never sooner."""
        if self.state.phase == "asking":
            assert self.state.current is not None
            assert is_open(self.state)


TestAnySession = AnySession.TestCase


@given(session_plans(), st.lists(st.sampled_from(ANSWERS), max_size=60))
def test_misses_return_after_three_to_seven_others(plan: Plan, answers: list[Answer]) -> None:
    """Between a miss and its return stand 3 to 7 others; fewer only where nothing else was left."""
    state = begun(plan)
    asked: list[Key] = []
    missed_at: dict[Key, int] = {}
    for answer in [*answers, *[RIGHT] * (len(plan.tasks) + 1)]:
        if state.phase == "over":
            break
        assert state.current is not None
        key = state.current.key
        if key in missed_at:
            others = len(asked) - missed_at.pop(key) - 1
            assert others <= MOST
            nothing_new = not state.waiting
            assert others >= FEWEST or nothing_new
            if asked[-1] == key:
                assert [one.task.key for one in state.missed] == [key]
        if answer.share < 1:
            missed_at[key] = len(asked)
        asked.append(key)
        state = after(state, answer, Next())
    assert state.phase == "over"
    assert {task.key for task in plan.tasks} == set(asked)


@given(session_plans(), st.lists(st.sampled_from(ANSWERS), max_size=40))
def test_groups_stand_together(plan: Plan, answers: list[Answer]) -> None:
    """Within a group nothing but a miss at its last turn comes between."""
    state = begun(plan)
    for answer in [*answers, *[RIGHT] * len(plan.tasks)]:
        before = state
        state = after(state, answer, Next())
        if state.phase == "over":
            break
        started = before.current in before.waiting and before.current is not None
        if started and before.current is not None and state.waiting:
            group = before.current.group
            if group and state.waiting[0].group == group and state.current != state.waiting[0]:
                (late,) = [one for one in state.missed if one.task == state.current]
                assert state.turn - late.turn == MOST


def test_an_override_takes_the_miss_back() -> None:
    """'I was right' takes a question out of the session, and undoing it puts it back."""
    state = after(begun(plan_of(5)), WRONG)
    assert [one.task.item for one in state.missed] == ["q0"]
    claimed, effects = step(state, Claim(), 0.0)
    assert claimed.missed == ()
    assert effects[0] == Override(1, overridden=True)
    assert after(claimed, Undo()) == state
    assert isinstance(step(after(begun(plan_of(5)), RIGHT), Claim(), 0.0)[1][0], Refuse)


def test_the_first_of_two_tries_can_be_claimed() -> None:
    """After a right second try the learner may say that the first was right too."""
    state = after(begun(plan_of(2)), NEAR, RIGHT)
    item = {f"q{n}": _item(f"q{n}") for n in range(2)}
    assert summed_up(state, item, title="", seconds=0, kept=Kept()).right_at_once == 0
    state = after(state, Claim())
    assert summed_up(state, item, title="", seconds=0, kept=Kept()).right_at_once == 1


def test_undo_goes_back_over_everything() -> None:
    """Undone as often as was answered, a session stands at its beginning."""
    start = begun(plan_of(4))
    state = after(start, WRONG, Next(), NEAR, RIGHT, Next(), Skip(), RIGHT, Next())
    assert after(state, *[Undo()] * 5) == start
    assert isinstance(step(start, Undo(), 0.0)[1][0], Refuse)


def test_a_bank_that_has_changed_breaks_no_session() -> None:
    """Attempts at what is no longer asked stay in the record and change nothing else."""
    old = after(begun(plan_of(6)), WRONG, Next(), RIGHT, Next(), WRONG, Next())
    plan = replace(old.plan, tasks=old.plan.tasks[1:4])
    state = replayed(plan, old.attempts)
    assert state.attempts == old.attempts
    assert [one.task.item for one in state.missed] == ["q2"]
    assert [task.item for task in state.waiting] == ["q3"]
    ended = after(state, RIGHT, Next(), RIGHT, Next())
    assert ended.phase == "over"


def test_a_miss_returns_after_each_number_of_others() -> None:
    """A single miss comes back after 3, 4, 5, 6 or 7 others, by the seed."""
    found = set()
    for seed in range(60):
        state = after(begun(plan_of(12, seed=seed)), WRONG, Next())
        others = 0
        while state.current is not None and state.current.item != "q0":
            state = after(state, RIGHT, Next())
            others += 1
        found.add(others)
    assert found == {3, 4, 5, 6, 7}


def test_the_first_final_answer_counts_for_the_schedule() -> None:
    """Not a near miss before it, not the same question again in this session, not one skipped."""
    state = after(begun(plan_of(2)), NEAR, WRONG, Next(), Skip(), RIGHT, Next())
    assert [(one.item, one.mark, one.counts) for one in state.attempts] == [
        ("q0", "close", False),
        ("q0", "wrong", True),
        ("q1", "skipped", False),
        ("q0", "exact", False),
    ]
    assert after(state, Undo(), Undo(), Undo(), RIGHT).attempts[-1].counts is False
    again = after(begun(plan_of(1)), WRONG, Undo(), RIGHT)
    assert [one.counts for one in again.attempts] == [True]


# --- Points --------------------------------------------------------------------------------------


def _item(name: str) -> Item:
    return Entry(id=name, stem="?", accept=("yes",))


@given(st.data())
def test_points_are_those_of_the_core(data: st.DataObject) -> None:
    """One answer to an item of any type, gap by gap or whole, earns what core.score says."""
    item = data.draw(scored_items())
    response = data.draw(scored_responses(item, _DEFAULT))
    bank = Bank(name="b", title="B", items=(item,))
    earned = Fraction(0)
    for question in questions_of(item):
        for task in question:
            given_part = response
            if isinstance(item, Cloze):
                gaps = response.gaps if isinstance(response, Filled) else {}
                number = int(task.part[1:])
                given_part = Filled(gaps={number: gaps.get(number, "")})
            earned += result_of(bank, item, task, given_part).share * possible(item)
    assert earned == score(item, response, _DEFAULT).points


@given(st.lists(scored_items(), min_size=1, max_size=6, unique_by=lambda item: item.id), st.data())
@settings(max_examples=25)
def test_a_session_adds_up_to_the_total_of_the_core(items: list[Item], data: st.DataObject) -> None:
    """The points of the first answers are core.score's total; later answers change none."""
    wrong = {item.id: data.draw(scored_responses(item, _DEFAULT)) for item in items}
    bank = Bank(name="b", title="B", items=tuple(items))
    by_id = {item.id: item for item in items}
    state = begun(planned("b", items, seed=data.draw(st.integers(0, 99))))
    met: set[Key] = set()
    while state.phase != "over":
        assert state.current is not None
        task, item = state.current, by_id[state.current.item]
        response = right_response(item) if task.key in met else wrong[item.id]
        met.add(task.key)
        if isinstance(item, Cloze):
            gaps = response.gaps if isinstance(response, Filled) else {}
            response = Filled(gaps={int(task.part[1:]): gaps.get(int(task.part[1:]), "")})
        result = result_of(bank, item, task, response)
        state = after(
            state, Answer(response=response, mark=result.mark, share=result.share), Next()
        )
    summary = summed_up(state, by_id, title="", seconds=0, kept=Kept())
    expected = total(score(item, wrong[item.id], _DEFAULT) for item in items)
    assert (summary.points, summary.possible) == (expected.points, expected.possible)
    assert summary.complete
    assert summary.right_at_once + summary.right_later == summary.questions == summary.asked


# --- The plan ------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(("A", "B", "C", "")), min_size=1, max_size=14), st.integers(0, 99))
def test_topics_interleave(topics: list[str], seed: int) -> None:
    """Two neighbours share a topic only where one topic holds more than half of what is left."""
    items = [replace(_item(f"q{n}"), topic=topic) for n, topic in enumerate(topics)]
    plan = planned("b", items, seed=seed)
    order = [topics[int(task.item[1:])] for task in plan.tasks]
    assert sorted(order) == sorted(topics)
    repeats = sum(a == b for a, b in pairwise(order))
    most = max(order.count(topic) for topic in order)
    assert repeats == max(0, most - 1 - (len(order) - most))


def test_a_plan_counts_what_a_learner_counts() -> None:
    """So many questions as asked for; the gaps of a text are one, a card's directions are two."""
    items: list[Item] = [
        Cloze(id="cloze", parts=(Gap(number=1, accept=("a",)), " ", Gap(number=4, accept=("b",)))),
        Card(id="card", front="F", back="B", reverse=True),
        *(_item(word) for word in WORDS),
    ]
    plan = planned("b", items, seed=3)
    assert {task.part for task in plan.tasks if task.item == "cloze"} == {"c1", "c4"}
    assert {task.part for task in plan.tasks if task.item == "card"} == {"", "reverse"}
    assert max(task.step for task in plan.tasks) == len(WORDS) + 3
    for count in range(1, len(WORDS) + 4):
        drawn = planned("b", items, seed=3, count=count)
        assert len({task.step for task in drawn.tasks}) == count
        assert [task.step for task in drawn.tasks] == sorted(task.step for task in drawn.tasks)


def test_a_card_and_its_reverse_stand_apart() -> None:
    """One direction is asked before the other can be told from it."""
    items: list[Item] = [
        Card(id="card", front="F", back="B", reverse=True),
        *(_item(word) for word in WORDS),
    ]
    for seed in range(30):
        places = [
            n for n, task in enumerate(planned("b", items, seed=seed).tasks) if task.item == "card"
        ]
        assert len(places) == 2
        assert places[1] - places[0] > 1 or places[1] == len(items)


def test_passages_keep_their_questions_in_the_order_of_the_bank() -> None:
    """Questions on one passage stand together, whatever the seed."""
    items = [replace(_item(f"q{n}"), passage="p" if n in (1, 4, 6) else "") for n in range(8)]
    for seed in range(20):
        order = [task.item for task in planned("b", items, seed=seed).tasks]
        start = order.index("q1")
        assert order[start : start + 3] == ["q1", "q4", "q6"]
