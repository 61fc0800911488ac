"""Drawing a quiz: quotas exact or a shortage that names itself, and small changes stay small."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.core.select import default_plan, draw, examinable, practice
from quizgen.model import Bank, Card, Item, Passage, Quiz, QuizPlan, Quota, Section, TrueFalse
from quizgen.problem import Problem
from tests.strategies import blueprints, selection_banks


def fact(name: str, **fields: object) -> Item:
    return replace(TrueFalse(id=name, statement="So.", answer=True), **fields)


def bank_of(*items: Item, **fields: object) -> Bank:
    return replace(Bank(name="bank", title="Bank", items=items), **fields)


def plan_of(*blueprint: Quota, **fields: object) -> QuizPlan:
    return replace(QuizPlan(id="quiz", title="Quiz", blueprint=blueprint), **fields)


def drawn(bank: Bank, *blueprint: Quota, **fields: object) -> Quiz:
    quiz, problems = draw(bank, plan_of(*blueprint, **fields))
    assert problems == ()
    assert quiz is not None
    return quiz


def problem(bank: Bank, *blueprint: Quota, **fields: object) -> Problem:
    quiz, problems = draw(bank, plan_of(*blueprint, **fields))
    assert quiz is None
    (one,) = problems
    return one


def names(quiz: Quiz) -> list[str]:
    return [item.id for item in quiz.items]


TEN = tuple(
    fact(f"q{n}", topic="odd" if n % 2 else "even", tags=("low",) if n < 3 else ())
    for n in range(10)
)

# --- 9: no item twice, drafts never, quotas exact or named ---------------------------------------


def fits(item: Item, quota: Quota) -> bool:
    """What the rows of a blueprint ask for, said once more."""
    kind = {TrueFalse: "true_false", Card: "card"}[type(item)]
    return (
        not (item.draft or item.retired or item.use == "practice")
        and (item.level != "detail" or quota.level == "detail")
        and all(
            not asked or asked == said
            for asked, said in (
                (quota.topic, item.topic),
                (quota.level, item.level),
                (quota.type, kind),
            )
        )
        and (not quota.tag or quota.tag in item.tags)
    )


def can_be_filled(items: Sequence[Item], rows: Sequence[Quota]) -> bool:
    """Whether every row can have its count at once, by trying every way."""
    if not rows:
        return True
    first, *rest = rows
    if not first.count:
        return can_be_filled(items, rest)
    less = replace(first, count=first.count - 1)
    return any(
        can_be_filled([other for other in items if other is not item], [less, *rest])
        for item in items
        if fits(item, first)
    )


@given(selection_banks(), blueprints(), st.integers(0, 99))
def test_9_a_quiz_is_drawn_exactly_where_one_can_be(
    bank: Bank, blueprint: tuple[Quota, ...], seed: int
) -> None:
    """No item twice, none that does not fit; a shortage exactly where trying every way finds none."""
    quiz, problems = draw(bank, plan_of(*blueprint, seed=seed))
    assert (quiz is not None) == can_be_filled(bank.items, blueprint)
    assert bool(problems) == (quiz is None)
    if quiz is None:
        assert {one.code for one in problems} == {"quota_short"}
        return
    assert len(set(names(quiz))) == len(quiz.items) == sum(quota.count for quota in blueprint)
    assert any(
        all(fits(item, quota) for item, quota in zip(order, rows_of(blueprint), strict=True))
        for order in permutations(quiz.items)
    )
    assert not any(item.draft or item.retired or item.use == "practice" for item in quiz.items)


def rows_of(blueprint: Sequence[Quota]) -> list[Quota]:
    return [quota for quota in blueprint for _ in range(quota.count)]


@given(selection_banks(), blueprints(), st.integers(1, 6), st.integers(0, 99))
def test_9_a_spread_row_takes_what_the_others_leave(
    bank: Bank, blueprint: tuple[Quota, ...], count: int, seed: int
) -> None:
    """It never makes a shortage that need not be."""
    rows = (Quota(count=count, spread=True), *blueprint[:2])
    quiz, _ = draw(bank, plan_of(*rows, seed=seed))
    assert (quiz is not None) == can_be_filled(bank.items, rows)


def test_9_a_wide_row_never_starves_a_narrow_one() -> None:
    for seed in range(40):
        rows = (Quota(count=7), Quota(count=3, tag="low"))
        quiz = drawn(bank_of(*TEN), *rows, seed=seed)
        assert set(names(quiz)[7:]) == {"q0", "q1", "q2"}


def test_9_rows_give_way_along_a_chain() -> None:
    """a can fill only the first row, so each row passes its item on to the next."""
    tags = {"a": ("1",), "b": ("1", "2"), "c": ("2", "3"), "d": ("3", "4")}
    bank = bank_of(*(fact(name, tags=own) for name, own in tags.items()))
    for seed in range(20):
        for rows in permutations(Quota(count=1, tag=tag) for tag in "1234"):
            quiz = drawn(bank, *rows, seed=seed)
            got = dict(zip((row.tag for row in rows), names(quiz), strict=True))
            assert got == {"1": "a", "2": "b", "3": "c", "4": "d"}


def test_9_ten_thousand_items_do_not_exhaust_the_stack() -> None:
    items = tuple(fact(f"q{n}", tags=(f"t{n // 2000}", f"t{n // 2000 + 1}")) for n in range(10_000))
    rows = tuple(Quota(count=1_600, tag=f"t{n}") for n in range(6))
    assert len(drawn(bank_of(*items), *rows).items) == 9_600


def test_9_a_shortage_names_row_and_count() -> None:
    one = problem(bank_of(*TEN), Quota(count=2), Quota(count=4, tag="low"))
    assert one.code == "quota_short"
    assert "asks for 4 (tag low) in row 2" in one.message
    assert "only 3 can be had" in one.message
    assert "Lower the count to 3" in one.fix


def test_9_every_row_that_falls_short_is_named() -> None:
    quiz, problems = draw(
        bank_of(*TEN),
        plan_of(Quota(count=1, topic="none"), Quota(count=9, topic="odd"), Quota(count=5)),
    )
    assert quiz is None
    assert ["topic none" in p.message or "topic odd" in p.message for p in problems] == [True, True]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"draft": True}, "it is a draft"),
        ({"retired": "Out of date."}, "it is retired"),
        ({"use": "practice"}, "it is for practice only"),
    ],
)
def test_9_drafts_retired_and_practice_are_never_drawn(fields: dict[str, object], why: str) -> None:
    bank = bank_of(fact("kept"), fact("not", **fields))
    for seed in range(10):
        assert names(drawn(bank, Quota(count=1), seed=seed)) == ["kept"]
    assert problem(bank, Quota(count=2)).code == "quota_short"
    named = problem(bank, Quota(items=("kept", "not"), count=2))
    assert named.code == "unknown_quiz_item"
    assert why in named.message
    assert [item.id for item in examinable(bank)] == ["kept"]


def test_an_unknown_name_is_a_problem() -> None:
    one = problem(bank_of(*TEN), Quota(items=("q1", "nobody"), count=2))
    assert '"nobody", but there is no such question' in one.message


def test_what_may_be_practised() -> None:
    bank = bank_of(
        fact("a"),
        fact("b", draft=True),
        fact("c", retired="Old."),
        fact("d", use="exam"),
        fact("e", use="practice"),
    )
    assert [item.id for item in practice(bank)] == ["a", "e"]
    assert [item.id for item in examinable(bank)] == ["a", "d"]


def test_details_are_drawn_only_where_asked_for() -> None:
    bank = bank_of(fact("a"), fact("b", level="detail"))
    assert problem(bank, Quota(count=2)).code == "quota_short"
    assert names(drawn(bank, Quota(count=1))) == ["a"]
    assert names(drawn(bank, Quota(count=1, level="detail"))) == ["b"]
    assert names(drawn(bank, Quota(count=1, items=("b",)))) == ["b"]


def test_named_items_are_not_drawn_a_second_time() -> None:
    for seed in range(20):
        rows = (Quota(items=("q1", "q2"), count=2), Quota(count=8))
        assert sorted(names(drawn(bank_of(*TEN), *rows, seed=seed))) == sorted(i.id for i in TEN)


# --- Rows that ask for points --------------------------------------------------------------------


@given(
    st.lists(st.fractions(0, 4, max_denominator=4), min_size=1, max_size=7),
    st.fractions(0, 9, max_denominator=4),
    st.integers(0, 99),
)
def test_10_a_row_of_points_is_met_exactly_or_named(
    worth: list[Fraction], points: Fraction, seed: int
) -> None:
    bank = bank_of(*(fact(f"q{n}", points=one) for n, one in enumerate(worth)))
    sums = {Fraction(0)}
    for one in worth:
        sums |= {total + one for total in sums}
    quiz, problems = draw(bank, plan_of(Quota(points=points), seed=seed))
    assert (quiz is not None) == (points in sums)
    if quiz is None:
        assert f"asks for {points} points" in problems[0].message
    else:
        assert quiz.points == points


def test_10_a_declared_total_that_differs_is_named() -> None:
    bank = bank_of(*TEN)
    assert drawn(bank, Quota(count=3), points=Fraction(3)).points == 3
    one = problem(bank, Quota(count=3), points=Fraction(4))
    assert (one.code, "declares 4 points" in one.message) == ("total_differs", True)
    assert "worth 3" in one.message


def test_10_the_declared_total_of_a_section_that_differs_is_named() -> None:
    """By its title, though the total of the quiz is right."""
    parts = [
        Section(title=title, points=Fraction(points), blueprint=(Quota(count=2),))
        for title, points in (("One", 1), ("Two", 2))
    ]
    plan = replace(plan_of(), sections=tuple(parts), points=Fraction(4))
    quiz, (one,) = draw(bank_of(*TEN), plan)
    assert quiz is None
    assert one.code == "total_differs"
    assert 'The section "One" of the quiz "quiz" declares 1 points' in one.message
    assert one.field == "quizzes.quiz.sections.0.points"


def test_rows_of_points_take_from_what_rows_of_counts_leave() -> None:
    rows = (Quota(points=Fraction(5), topic="odd"), Quota(count=5, topic="even"))
    assert drawn(bank_of(*TEN), *rows).points == 10
    assert problem(bank_of(*TEN), *rows, Quota(count=1)).code == "quota_short"


# --- Spread, passages, order ---------------------------------------------------------------------


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5), st.integers(0, 20), st.integers(0, 99))
def test_a_spread_count_is_shared_evenly(sizes: list[int], count: int, seed: int) -> None:
    """No topic gives two more than another that has more to give."""
    items = [fact(f"{t}.{n}", topic=str(t)) for t, size in enumerate(sizes) for n in range(size)]
    assume(count <= len(items))
    quiz = drawn(bank_of(*items), Quota(count=count, spread=True), seed=seed)
    given_by = Counter(item.topic for item in quiz.items)
    assert given_by.total() == count
    for topic, size in enumerate(sizes):
        for other in range(len(sizes)):
            assert given_by[str(other)] <= given_by[str(topic)] + 1 or given_by[str(topic)] == size


def test_which_topic_gives_one_more_is_chance() -> None:
    quizzes = [drawn(bank_of(*TEN), Quota(count=3, spread=True), seed=seed) for seed in range(40)]
    assert {Counter(item.topic for item in quiz.items)["odd"] for quiz in quizzes} == {1, 2}


def test_items_on_a_passage_stand_together_where_the_first_stands() -> None:
    items = tuple(fact(f"q{n}", passage="p" if n in {1, 4, 8} else "") for n in range(10))
    bank = bank_of(*items, passages=(Passage(id="p", text="P"), Passage(id="unused", text="U")))
    quiz = drawn(bank, Quota(count=10))
    assert names(quiz) == ["q0", "q1", "q4", "q8", "q2", "q3", "q5", "q6", "q7", "q9"]
    assert [passage.id for passage in quiz.passages] == ["p"]


def test_items_stand_in_the_order_of_rows_and_then_of_the_bank() -> None:
    quiz = drawn(bank_of(*TEN), Quota(count=5, topic="odd"), Quota(count=5, topic="even"))
    assert names(quiz) == ["q1", "q3", "q5", "q7", "q9", "q0", "q2", "q4", "q6", "q8"]


# --- A quiz changes as little as can be ----------------------------------------------------------


@given(st.integers(5, 30), st.integers(1, 5), st.integers(0, 2**32))
def test_adding_a_question_changes_one_of_a_quiz_at_most(size: int, count: int, seed: int) -> None:
    items = tuple(fact(f"q{n}") for n in range(size))
    before = set(names(drawn(bank_of(*items), Quota(count=count), seed=seed)))
    after = set(names(drawn(bank_of(*items, fact("new")), Quota(count=count), seed=seed)))
    assert len(before - after) <= 1
    assert after - before <= {"new"}
    moved = bank_of(*reversed(items))
    assert set(names(drawn(moved, Quota(count=count), seed=seed))) == before


def test_every_question_is_drawn_equally_often() -> None:
    seeds = 1_000
    found = Counter(
        name
        for seed in range(seeds)
        for name in names(drawn(bank_of(*TEN), Quota(count=3), seed=seed))
    )
    assert min(found.values()) > 250
    assert max(found.values()) < 350


def test_a_selection_is_this_for_ever() -> None:
    """Published, as the streams are."""
    assert names(drawn(bank_of(*TEN), Quota(count=4), seed=1)) == ["q1", "q2", "q8", "q9"]
    assert names(drawn(bank_of(*TEN), Quota(count=5, spread=True), seed=2)) == [
        "q1",
        "q4",
        "q5",
        "q6",
        "q8",
    ]


# --- With no quiz declared -----------------------------------------------------------------------


@given(selection_banks())
def test_the_default_quiz_can_always_be_drawn(bank: Bank) -> None:
    """Twenty questions, or what there is; no details; two forms."""
    plan = default_plan(bank)
    quiz, problems = draw(bank, plan)
    assert problems == ()
    assert quiz is not None
    usable = [item for item in examinable(bank) if item.level != "detail"]
    assert len(quiz.items) == min(20, len(usable))
    assert (plan.forms, plan.title) == (2, bank.title)


def test_the_default_quiz_has_twenty_questions_over_the_topics() -> None:
    items = [fact(f"{topic}{n}", topic=topic) for topic in "abcd" for n in range(12)]
    bank = bank_of(*items, fact("e0", topic="e"), fact("detail", level="detail", topic="f"))
    quiz, _ = draw(bank, default_plan(bank))
    assert quiz is not None
    assert sorted(Counter(i.topic for i in quiz.items).values()) == [1, 4, 5, 5, 5]
