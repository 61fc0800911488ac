"""Grading: what must hold for every quiz, every form and every file of responses."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen import model
from quizgen.core.form import has_letters, key_letters, make_forms
from quizgen.core.score import score
from quizgen.grading.cells import ByHand, read_cell
from quizgen.grading.unclear import Unclear
from quizgen.model import Item, Rules
from tests.conftest import few
from tests.grading_samples import (
    ALL,
    HEAD,
    by_student,
    cell_of,
    head,
    key_cell,
    marked,
    points_of,
    question_of,
    quiz_of,
    table,
)
from tests.strategies import (
    RULES,
    graded_classes,
    paper_quizzes,
    scored_choices,
    scored_items,
    scored_responses,
)

Drawn = tuple[model.Bank, model.Quiz]

# --- Keys ----------------------------------------------------------------------------------------


@given(drawn=paper_quizzes(), delimiter=st.sampled_from(",;\t"))
def test_a_form_graded_with_its_own_key_has_full_marks(drawn: Drawn, delimiter: str) -> None:
    """For every form, in every dialect: what key sheet and marking say is one thing."""
    quiz = drawn[1]
    forms = make_forms(quiz)
    rows = [[f.letter, f.letter, *map(key_cell, f.questions)] for f in forms]
    results, problems = marked(table(head(forms), *rows, delimiter=delimiter), forms)
    assert problems == ()
    for form, result in zip(forms, results.results, strict=True):
        worth = sum((question.item.points for question in form.questions), Fraction(0))
        assert result.points == result.possible == worth
        assert result.open == ()
        given = [answer for answer in result.answers if answer is not None]
        assert len(given) == len(form.questions)
        assert all(answer.score and answer.score.outcome == "right" for answer in given)


@settings(max_examples=few(50))
@given(drawn=paper_quizzes())
def test_one_row_an_answer_says_what_one_row_a_student_says(drawn: Drawn) -> None:
    forms = make_forms(drawn[1])
    wide = table(
        head(forms), *([f"s{f.letter}", f.letter, *map(key_cell, f.questions)] for f in forms)
    )
    rows = [
        [f"s{form.letter}", form.letter, str(question.number), key_cell(question)]
        for form in forms
        for question in form.questions
    ]
    rows.sort(key=lambda row: (row[2], row[0]), reverse=True)
    long = table(["student", "form", "question", "answer"], *rows)
    first, second = marked(wide, forms), marked(long, forms)
    assert first[1] == second[1] == ()
    assert by_student(first[0]) == by_student(second[0])


@settings(max_examples=few(50))
@given(
    items=st.lists(scored_choices(multiple=False), min_size=1, max_size=8),
    seed=st.integers(0, 2**32),
)
def test_the_key_of_form_a_on_form_b_scores_n_less_the_letters_that_differ(
    items: list[model.Choice], seed: int
) -> None:
    named = tuple(replace(item, id=f"i{n}", points=Fraction(1)) for n, item in enumerate(items))
    a, b = make_forms(quiz_of(*named, seed=seed, forms=2))
    differ = sum(
        key_letters(p) != key_letters(q) for p, q in zip(a.questions, b.questions, strict=True)
    )
    # A letter that the other form lacks cannot be, since both print the same options.
    rows = table(head([a]), ["s1", "B", *map(key_cell, a.questions)])
    results, problems = marked(rows, [a, b])
    assert problems == ()
    assert results.results[0].total == len(items) - differ


def test_the_answer_to_another_question_earns_nothing_here() -> None:
    """As in the terminal: where the paper asks for ano, it is no slip of año."""
    words = model.Entry(id="words", stem="Which?", accept=("año, día",), kind="set")
    ring = model.Entry(id="ring", stem="Ring?", accept=("ano",), kind="set")
    gap = model.Cloze(
        id="gap",
        parts=(model.Gap(number=1, accept=("año, día",)), " ", model.Gap(number=2, accept=("y",))),
        kind="set",
    )
    rows = [["s1", "A", "ano; día", "ano; día | y", "ano"], ["s2", "A", "año; dia", "día, año|y", "ano"]]  # fmt: skip
    forms = make_forms(quiz_of(words, gap, ring))
    results, problems = marked(table(head(forms), *rows), forms)
    assert not problems
    assert [[str(points) for points in points_of(one)] for one in results.results] == [
        ["0", "1/2", "1"],
        ["1", "1", "1"],
    ]
    alone = make_forms(quiz_of(words))
    results, _ = marked(table(head(alone), ["s1", "A", "ano; día"]), alone)
    assert results.results[0].total == 1


# --- Cells ---------------------------------------------------------------------------------------


@given(data=st.data(), item=scored_items(), rules=RULES, form=st.integers(0, 1))
def test_a_response_comes_back_from_its_cell(
    data: st.DataObject, item: Item, rules: Rules, form: int
) -> None:
    """Whatever a student may answer, by any rule, earns through a file what it earns at once."""
    response = data.draw(scored_responses(item, rules))
    question = question_of(item, rules, form)
    read = read_cell(question, cell_of(question, response), rules)
    assert not isinstance(read, Unclear), read
    if isinstance(read, ByHand):
        assert read.points == score(item, response, rules).points
    else:
        assert score(item, read, rules) == score(item, response, rules)


@given(
    item=scored_choices(),
    text=st.text("ABab ,", max_size=3) | st.text("ABCDEFGab -,;.X1=?", max_size=6),
)
def test_no_cell_is_read_as_other_letters_than_stand_in_it(item: model.Choice, text: str) -> None:
    """Unknown letters and two marks are told; they are never a wrong answer, let alone a right one."""
    question = question_of(item)
    read = read_cell(question, text, Rules())
    stand = sorted(sign for sign in text.upper() if sign.isalpha())
    match read:
        case Unclear() | ByHand():
            pass
        case None:
            assert not text.strip(" -")
        case _:
            assert sorted(cell_of(question, read)) == stand
            assert item.multiple or len(stand) == 1


@given(item=scored_items(), text=st.text(max_size=12) | st.sampled_from(("1-2", "A B", "9" * 40)))
def test_any_text_can_stand_in_a_cell(item: Item, text: str) -> None:
    """It is read, or told to be unclear in a clause with a fix; there is no third way."""
    read = read_cell(question_of(item), text, Rules())
    if isinstance(read, Unclear):
        assert read.clause
        assert read.fix[-1] in ".'"
        assert "\n" not in read.code
    elif not isinstance(read, ByHand):
        assert score(item, read).possible == item.points


@given(item=scored_items())
def test_an_empty_cell_is_a_blank_and_no_wrong_answer(item: Item) -> None:
    """But for what a person marks: there, nothing is not yet anything."""
    read = read_cell(question_of(item), "", Rules())
    if isinstance(item, model.Open | model.Card):
        assert isinstance(read, Unclear)
        read = read_cell(question_of(item), "-", Rules())
    assert read is None


@given(item=scored_items(), part=st.fractions(0, 1, max_denominator=8))
def test_points_by_hand_count_for_any_question(item: Item, part: Fraction) -> None:
    points = item.points * part
    forms = make_forms(quiz_of(item))
    for text in (f"={points}", f"= {points}", f"'={points}"):
        results, problems = marked(table(head(forms), ["s1", "A", text]), forms)
        assert problems == ()
        assert results.results[0].total == points
        assert results.results[0].answers[0] is not None
        assert results.results[0].answers[0].by_hand


@given(item=scored_items(), over=st.fractions(Fraction(1, 9), 9, max_denominator=9))
def test_more_points_than_a_question_has_are_told(item: Item, over: Fraction) -> None:
    forms = make_forms(quiz_of(item))
    for points in (item.points + over, -over - item.points):
        results, problems = marked(table(head(forms), ["s1", "A", f"={points}"]), forms)
        assert [problem.code for problem in problems] == ["too_many_points"]
        assert results.results[0].total is None
        assert results.results[0].open == ("question 1 (C2)",)


# --- Students ------------------------------------------------------------------------------------


@settings(max_examples=few(50))
@given(drawn=graded_classes(), data=st.data())
def test_no_score_depends_on_the_order_of_students_or_questions(
    drawn: tuple[model.Quiz, list[list[str]]], data: st.DataObject
) -> None:
    quiz, rows = drawn
    forms = make_forms(quiz)
    before = by_student(marked(table(head(forms), *rows), forms)[0])
    columns = data.draw(st.permutations(range(len(rows[0]))))
    shuffled = data.draw(st.permutations(rows))
    moved = [[row[column] for column in columns] for row in (head(forms), *shuffled)]
    after = by_student(marked(table(*moved), forms)[0])
    assert {name: points_of(one) for name, one in before.items()} == {
        name: points_of(one) for name, one in after.items()
    }
    assert {name: one.total for name, one in before.items()} == {
        name: one.total for name, one in after.items()
    }


@settings(max_examples=few(50))
@given(drawn=graded_classes(), data=st.data())
def test_merging_files_is_concatenating_them(
    drawn: tuple[model.Quiz, list[list[str]]], data: st.DataObject
) -> None:
    quiz, rows = drawn
    forms = make_forms(quiz)
    cut = data.draw(st.integers(1, max(1, len(rows) - 1)))
    assume(rows[cut:])
    whole, problems = marked(table(head(forms), *rows), forms)
    parts, told = marked([table(head(forms), *rows[:cut]), table(head(forms), *rows[cut:])], forms)
    assert [points_of(one) for one in whole.results] == [points_of(one) for one in parts.results]
    assert [one.total for one in whole.results] == [one.total for one in parts.results]
    assert sorted(p.code for p in problems) == sorted(p.code for p in told)


@settings(max_examples=few(50))
@given(drawn=graded_classes(), data=st.data())
def test_a_bad_cell_costs_nobody_else_anything_and_its_student_no_points(
    drawn: tuple[model.Quiz, list[list[str]]], data: st.DataObject
) -> None:
    """The student is not finished, and the cell is named; all others are marked as before."""
    quiz, rows = drawn
    forms = make_forms(quiz)
    before, _ = marked(table(head(forms), *rows), forms)
    row = data.draw(st.integers(0, len(rows) - 1))
    form = next(form for form in forms if form.letter == rows[row][1])
    letters = [n for n, q in enumerate(form.questions) if has_letters(q.item)]
    assume(letters)
    column = data.draw(st.sampled_from(letters)) + 2
    bad = [list(one) for one in rows]
    bad[row][column] = "?!"
    after, problems = marked(table(head(forms), *bad), forms)
    assert len(after.results) == len(rows)
    hit = after.results[row]
    assert hit.total is None
    assert any(said.startswith(f"question {column - 1} (") for said in hit.open)
    assert any(p.where is not None and p.where.line == row + 2 for p in problems)
    for n, (one, other) in enumerate(zip(before.results, after.results, strict=True)):
        assert n == row or one == other


# --- Totals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "total"), [(None, "2.25"), ("1/2", "2.5"), ("1", "2"), ("1/3", "7/3")]
)
def test_a_total_is_rounded_once_where_the_rules_say_so(step: str | None, total: str) -> None:
    """2.25 to halves, a half upwards, is 2.5; the points of the questions stay as they are."""
    rules = Rules(round=None if step is None else Fraction(step))
    forms = make_forms(quiz_of(*ALL, rules=rules))
    marks = ",".join(["-"] * 5) + ",=1.75,,,,=1/2"
    results, _ = marked(f"{HEAD}\ns1,A,{marks}\n", forms)
    assert results.results[0].total == Fraction(total)
    assert results.results[0].points == Fraction("2.25")


def test_a_wrong_answer_costs_points_only_by_the_rule_that_says_so() -> None:
    rules = Rules(true_false="formula")
    forms = make_forms(quiz_of(*ALL, rules=rules))
    for cell in ("F", "=-1"):
        results, _ = marked(f"{HEAD}\ns1,A,-,-,{cell},-,-,-,-,-,-,-\n", forms)
        assert results.results[0].total == -1
