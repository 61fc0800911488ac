"""Sections, anchors and parallel forms: what each form asks, and that all of them are alike."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.core.blueprint import fits
from quizgen.core.form import make_forms
from quizgen.core.likeness import likeness
from quizgen.core.select import draw, examinable
from quizgen.model import Bank, Item, Passage, Quiz, QuizPlan, Quota, Section, TrueFalse
from quizgen.problem import Problem
from tests.strategies import graded_banks, graded_rows


def fact(name: str, **fields: object) -> Item:
    return replace(TrueFalse(id=name, statement=f"{name}.", answer=True), **fields)


def bank_of(*items: Item, **fields: object) -> Bank:
    return replace(Bank(name="bank", title="Bank", items=items), **fields)


def plan_of(*blueprint: Quota, **fields: object) -> QuizPlan:
    return replace(QuizPlan(id="quiz", title="Quiz", blueprint=blueprint), **fields)


def drawn(bank: Bank, plan: QuizPlan, *codes: str) -> Quiz:
    quiz, problems = draw(bank, plan)
    assert [problem.code for problem in problems] == list(codes)
    assert quiz is not None
    return quiz


def refused(bank: Bank, plan: QuizPlan) -> tuple[Problem, ...]:
    quiz, problems = draw(bank, plan)
    assert quiz is None
    return problems


def asked(quiz: Quiz, form: int) -> list[str]:
    return [item.id for section in quiz.drawn(form) for item in section]


def items_of(quiz: Quiz, form: int) -> list[Item]:
    return [item for section in quiz.drawn(form) for item in section]


MIXED = tuple(
    fact(
        f"q{n}",
        level=("recall", "recall", "apply")[n % 3],
        points=Fraction((1, 2)[n % 2]),
        topic="ab"[n % 4 // 2],
    )
    for n in range(48)
)


# --- 10: parallel forms are alike ----------------------------------------------------------------


@given(graded_banks(), graded_rows(), st.integers(1, 4), st.integers(0, 99))
def test_10_parallel_forms_have_equal_totals_and_the_same_levels_row_by_row(
    bank: Bank, rows: tuple[Quota, ...], forms: int, seed: int
) -> None:
    """Parallel forms can be drawn exactly where one form can, and quotas hold in each of them."""
    single, _ = draw(bank, plan_of(*rows, seed=seed))
    quiz, _ = draw(bank, plan_of(*rows, seed=seed, forms=forms, parallel=True))
    assert (quiz is None) == (single is None)
    if quiz is None:
        return
    assert len(quiz.draws) == forms
    for form in range(forms):
        names = asked(quiz, form)
        assert len(set(names)) == len(names) == sum(row.count for row in rows)
        assert alike(items_of(quiz, form)) == alike(items_of(quiz, 0))
        # Where no item fits two rows, a row's own items tell which they are.
        for row in rows:
            fitting = [i for i in bank.items if fits(i, row)]
            if not any(fits(i, other) for i in fitting for other in rows if other is not row):
                assert sum(i in fitting for i in items_of(quiz, form)) == row.count
    usable = {item.id for item in examinable(bank)}
    assert {item.id for item in quiz.items} <= usable


def alike(items: Sequence[Item]) -> Counter[tuple[str, Fraction]]:
    return Counter((item.level, item.points) for item in items)


@given(st.integers(1, 4), st.integers(0, 2**32), st.booleans())
def test_10_a_row_of_points_comes_to_the_same_in_every_form(
    forms: int, seed: int, spread: bool
) -> None:
    rows = (Quota(points=Fraction(7), level="recall"), Quota(count=3, level="apply", spread=spread))
    quiz, _ = draw(bank_of(*MIXED), plan_of(*rows, seed=seed, forms=forms, parallel=True))
    assert quiz is not None
    for form in range(forms):
        recall = [item for item in items_of(quiz, form) if item.level == "recall"]
        assert sum(item.points for item in recall) == 7
        assert alike(items_of(quiz, form)) == alike(items_of(quiz, 0))


# --- Disjoint as far as the pool allows ----------------------------------------------------------


@given(st.integers(2, 8), st.integers(0, 2**32))
def test_forms_share_no_question_where_each_can_have_its_own(forms: int, seed: int) -> None:
    """48 questions, 6 a form; two thirds recall, one third apply: eight forms have their own."""
    plan = plan_of(Quota(count=6), seed=seed, forms=forms, parallel=True)
    quiz = drawn(bank_of(*MIXED), plan)
    assert all(not set(asked(quiz, a)) & set(asked(quiz, b)) for a, b in pairs(forms))
    assert [item.level for item in items_of(quiz, 0)].count("apply") == 2


def pairs(forms: int) -> list[tuple[int, int]]:
    return list(combinations(range(forms), 2))


@given(graded_banks(), graded_rows(1), st.integers(0, 99))
def test_a_second_form_shares_as_little_as_can_be(
    bank: Bank, rows: tuple[Quota, ...], seed: int
) -> None:
    """Trying every way of filling its rows finds none with fewer questions of the first form."""
    quiz, problems = draw(bank, plan_of(*rows, seed=seed, forms=2, parallel=True))
    if quiz is None:
        return
    first, second = set(asked(quiz, 0)), set(asked(quiz, 1))
    kinds = Counter(kind_of(item, rows[0]) for item in items_of(quiz, 0))
    own = Counter(
        kind_of(item, rows[0])
        for item in examinable(bank)
        if fits(item, rows[0]) and item.id not in first
    )
    best = (kinds - own).total()
    assert len(first & second) == best
    assert [problem.code for problem in problems] == ["forms_share"] * bool(best)


def kind_of(item: Item, row: Quota) -> tuple[str, Fraction, str]:
    return item.level, item.points, item.topic if row.spread else ""


def test_a_narrow_row_keeps_its_questions_for_the_forms_to_come() -> None:
    """The wide row takes what no other wants, so four forms have their own of the narrow one."""
    items = [fact(f"q{n}", tags=("low",) if n < 4 else ()) for n in range(20)]
    rows = (Quota(count=3), Quota(count=1, tag="low"))
    for seed in range(20):
        plan = plan_of(*rows, seed=seed, forms=4, parallel=True)
        quiz = drawn(bank_of(*items), plan)
        assert all(not set(asked(quiz, a)) & set(asked(quiz, b)) for a, b in pairs(4))


def test_a_shortage_of_own_questions_names_row_and_count() -> None:
    plan = plan_of(Quota(count=2, topic="a"), Quota(count=4, topic="b"), forms=3, parallel=True)
    items = (
        *(fact(f"a{n}", topic="a") for n in range(6)),
        *(fact(f"b{n}", topic="b") for n in range(9)),
    )
    quiz, (problem,) = draw(bank_of(*items), plan)
    assert quiz is not None
    assert (problem.code, problem.severity) == ("forms_share", "warning")
    assert "row 2 of its blueprint (topic b) 3 questions stand in more than one" in problem.message
    assert problem.field == "quizzes.quiz.blueprint.1"
    assert likeness(make_forms(quiz)).common == (0, 3)


def test_when_all_were_used_those_used_least_come_again() -> None:
    quiz = drawn(
        bank_of(*MIXED[:6]), plan_of(Quota(count=3), forms=20, parallel=True), "forms_share"
    )
    times = Counter(name for form in range(20) for name in asked(quiz, form))
    by_kind: dict[object, list[int]] = {}
    for item in quiz.items:
        by_kind.setdefault((item.level, item.points), []).append(times[item.id])
    assert all(max(found) - min(found) <= 1 for found in by_kind.values())


# --- 5: form k depends on those before it alone --------------------------------------------------


@given(graded_banks(), graded_rows(), st.integers(1, 4), st.integers(0, 99))
def test_5_a_parallel_form_does_not_depend_on_how_many_there_are(
    bank: Bank, rows: tuple[Quota, ...], forms: int, seed: int
) -> None:
    plan = plan_of(*rows, seed=seed, forms=forms, parallel=True)
    few, _ = draw(bank, plan)
    many, _ = draw(bank, replace(plan, forms=forms + 3))
    assert (few is None) == (many is None)
    if few is None or many is None:
        return
    assert many.draws[:forms] == few.draws
    for a, b in zip(make_forms(few), make_forms(many), strict=False):
        assert (a.letter, a.digest, a.questions) == (b.letter, b.digest, b.questions)


def test_5_a_thousand_forms() -> None:
    """Letters go on to ALL; the last form is the same whether or not those before it are made."""
    quiz = drawn(bank_of(*MIXED), plan_of(Quota(count=10), forms=1000))
    forms = make_forms(quiz)
    assert forms[-1].letter == "ALL"
    assert len({form.letter for form in forms}) == 1000
    parallel = drawn(
        bank_of(*MIXED), plan_of(Quota(count=6), forms=1000, parallel=True), "forms_share"
    )
    assert len({form.letter for form in make_forms(parallel)}) == 1000


# --- Anchors -------------------------------------------------------------------------------------


@given(st.sets(st.integers(0, 47), max_size=4), st.integers(1, 4), st.integers(0, 99))
def test_anchors_stand_in_every_form_and_fill_rows(chosen: set[int], forms: int, seed: int) -> None:
    anchors = tuple(f"q{n}" for n in sorted(chosen))
    plan = plan_of(Quota(count=8), seed=seed, forms=forms, parallel=True, anchors=anchors)
    quiz, problems = draw(bank_of(*MIXED), plan)
    assert quiz is not None
    for form in range(forms):
        assert set(anchors) <= set(asked(quiz, form))
        assert len(asked(quiz, form)) == 8
        assert alike(items_of(quiz, form)) == alike(items_of(quiz, 0))
    if not problems:
        for a, b in pairs(forms):
            assert set(asked(quiz, a)) & set(asked(quiz, b)) == set(anchors)


def test_questions_that_a_row_names_stand_in_every_form() -> None:
    rows = (Quota(items=("q1", "q7")), Quota(count=4))
    quiz = drawn(bank_of(*MIXED), plan_of(*rows, forms=4, parallel=True))
    assert all(asked(quiz, form)[:2] == ["q1", "q7"] for form in range(4))


def test_anchors_of_one_form_are_drawn_for_certain() -> None:
    for seed in range(20):
        plan = plan_of(Quota(points=Fraction(6)), seed=seed, anchors=("q3", "q10"))
        quiz = drawn(bank_of(*MIXED), plan)
        assert {"q3", "q10"} <= set(asked(quiz, 0))
        assert quiz.points == 6
    spread = plan_of(Quota(count=1, spread=True), anchors=("q2",))
    assert asked(drawn(bank_of(*MIXED), spread), 0) == ["q2"]


def test_an_anchor_that_no_row_takes_is_named() -> None:
    plan = plan_of(Quota(count=2, level="apply"), anchors=("q0", "q2"))
    (problem,) = refused(bank_of(*MIXED), plan)
    assert (problem.code, problem.field) == ("anchor_without_place", "quizzes.quiz.anchors")
    assert '"q0" in every form, but no row of it has a place' in problem.message


def test_an_anchor_that_is_no_question_is_named() -> None:
    (problem,) = refused(bank_of(*MIXED), plan_of(Quota(count=2), anchors=("nobody",)))
    assert 'names the question "nobody", but there is no such question' in problem.message


def test_a_question_named_twice_is_told() -> None:
    """It would be asked once, and the paper be shorter than its rows say."""
    rows = (Quota(items=("q1",)), Quota(items=("q1", "q2")))
    (problem,) = refused(bank_of(*MIXED), plan_of(*rows))
    assert (problem.code, problem.field) == ("named_twice", "quizzes.quiz.blueprint.1")


# --- Sections ------------------------------------------------------------------------------------


def sections(*blueprints: Sequence[Quota], **fields: object) -> tuple[Section, ...]:
    return tuple(
        replace(Section(title=f"Part {n}", blueprint=tuple(rows)), **fields)
        for n, rows in enumerate(blueprints, 1)
    )


@given(graded_banks(), graded_rows(), graded_rows(), st.integers(0, 99))
def test_9_sections_draw_what_one_blueprint_of_their_rows_would(
    bank: Bank, first: tuple[Quota, ...], second: tuple[Quota, ...], seed: int
) -> None:
    """No item in two sections; each has the count of its rows; a shortage is one either way."""
    whole, _ = draw(bank, plan_of(*first, *second, seed=seed))
    quiz, problems = draw(bank, plan_of(sections=sections(first, second), seed=seed))
    assert (whole is None) == (quiz is None)
    assert quiz is not None or all("section" in problem.message for problem in problems)
    if quiz is None or whole is None:
        return
    parts = [[item.id for item in part] for part in quiz.drawn()]
    assert [len(part) for part in parts] == [sum(r.count for r in rows) for rows in (first, second)]
    assert sorted(name for part in parts for name in part) == sorted(i.id for i in whole.items)


def test_a_shortage_names_its_section() -> None:
    plan = plan_of(sections=sections([Quota(count=2)], [Quota(count=1), Quota(count=3, tag="z")]))
    (problem,) = refused(bank_of(*MIXED), plan)
    assert 'asks for 3 (tag z) in row 2 of its section "Part 2", but only 0' in problem.message
    assert problem.field == "quizzes.quiz.sections.1.blueprint.1"


def test_10_a_section_comes_to_the_points_that_it_declares() -> None:
    rows = [Quota(points=Fraction(5))]
    good = sections(rows, rows, points=Fraction(5))
    assert drawn(bank_of(*MIXED), plan_of(sections=good, points=Fraction(10))).points == 10
    (problem,) = refused(bank_of(*MIXED), plan_of(sections=sections(rows, points=Fraction(6))))
    assert problem.message.startswith('The section "Part 1" of the quiz "quiz" declares 6 points')
    assert problem.field == "quizzes.quiz.sections.0.points"


@given(st.integers(0, 2**32), st.booleans(), st.booleans(), st.booleans())
def test_questions_and_passages_stay_within_their_section(
    seed: int, first: bool, second: bool, parallel: bool
) -> None:
    """A section is shuffled if it says so; a passage stands together in each section that has it."""
    items = tuple(replace(i, passage="p" if n % 5 == 0 else "") for n, i in enumerate(MIXED))
    bank = bank_of(*items, passages=(Passage(id="p", text="P"),))
    both = sections([Quota(count=9)], [Quota(count=9)])
    both = tuple(
        replace(one, shuffle_questions=moved)
        for one, moved in zip(both, (first, second), strict=True)
    )
    plan = plan_of(sections=both, seed=seed, forms=2, parallel=parallel)
    quiz = drawn(bank, plan)
    for index, form in enumerate(make_forms(quiz)):
        for place, (part, moved) in enumerate(zip(quiz.drawn(index), (first, second), strict=True)):
            names = [q.item.id for q in form.questions if q.section == place]
            assert sorted(names) == sorted(item.id for item in part)
            if not moved:
                assert names == [item.id for item in part]
            on = [n for n, name in enumerate(names) if int(name[1:]) % 5 == 0]
            assert on == list(range(on[0], on[0] + len(on))) if on else True


def test_a_section_is_shuffled_whether_or_not_the_others_are() -> None:
    """By its own word, whatever the quiz says."""
    first, second = sections([Quota(count=8)], [Quota(count=8)])
    for is_first in (True, False):
        both = (
            replace(first, shuffle_questions=is_first),
            replace(second, shuffle_questions=not is_first),
        )
        plan = plan_of(sections=both, forms=4, shuffle_questions=is_first)
        forms = make_forms(drawn(bank_of(*MIXED), plan))
        for place, moved in enumerate((is_first, not is_first)):
            orders = {
                tuple(q.item.id for q in form.questions if q.section == place) for form in forms
            }
            assert len(orders) == (4 if moved else 1)


def test_a_section_s_order_is_not_moved_by_another_section() -> None:
    two = sections([Quota(items=tuple(f"q{n}" for n in range(8)))], [Quota(count=3)])
    moved = tuple(replace(one, shuffle_questions=True) for one in two)
    both = make_forms(drawn(bank_of(*MIXED), plan_of(sections=moved)))
    alone = make_forms(drawn(bank_of(*MIXED), plan_of(sections=moved[:1])))
    for a, b in zip(both, alone, strict=True):
        assert [q.item.id for q in a.questions][:8] == [q.item.id for q in b.questions]


# --- For ever ------------------------------------------------------------------------------------


def test_parallel_draws_are_these_for_ever() -> None:
    """Published, as the selection is: a change would belie papers that were handed out."""
    plan = plan_of(Quota(count=3), seed=7, forms=3, parallel=True, anchors=("q5",))
    forms = make_forms(drawn(bank_of(*MIXED), plan))
    assert [[form.digest, *(q.item.id for q in form.questions)] for form in forms] == VECTORS


VECTORS = [
    ["b1e10a", "q5", "q37", "q42"],
    ["590d86", "q0", "q5", "q19"],
    ["160aee", "q5", "q13", "q18"],
]


@pytest.mark.parametrize("forms", [1, 3])
def test_likeness_of_forms_is_told(forms: int) -> None:
    quiz = drawn(bank_of(*MIXED), plan_of(Quota(count=5), forms=forms))
    found = likeness(make_forms(quiz))
    assert found.questions == found.lettered == 5
    assert found.letters == found.common == ((0, 0) if forms == 1 else (5, 5))
