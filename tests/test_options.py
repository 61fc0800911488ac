"""A corrected option is still the same option: it keeps its place, and its key is no other key."""

from fractions import Fraction
from typing import assert_never

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.core.changes import changes
from quizgen.core.form import key_letters, make_forms, printed_options, printed_rights
from quizgen.core.options import Unclear, forms_as_before, same_options
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Cloze,
    Criterion,
    Edition,
    Entry,
    Gap,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Pair,
    Passage,
    Quiz,
    QuizPlan,
    Rules,
    TrueFalse,
)
from tests.strategies import paper_quizzes
from tests.test_matrix import EXAMPLES

FOLDER = "printed/test-1"


def options(*texts: str) -> tuple[Option, ...]:
    return tuple(Option(id=text.lower(), text=text) for text in texts)


def edition_of(quiz: Quiz, number: int = 1, *earlier: Edition) -> Edition:
    return Edition(
        number=number,
        frozen="2026-11-28",
        version="0.2.0",
        bank_digest="0f3a5b7c9d11",
        language="en",
        title="Bank",
        quiz=quiz,
        forms=forms_as_before(quiz, earlier),
    )


def quiz_of(*items: Item) -> Quiz:
    return Quiz(
        bank="b", plan=QuizPlan(id="test", title="Test", blueprint=(), forms=4), items=items
    )


def letters(edition: Edition) -> list[list[tuple[str, ...]]]:
    return [[key_letters(question) for question in form.questions] for form in edition.forms]


def places(edition: Edition) -> list[list[str]]:
    """The texts of all forms as printed, corrected ones by what they were."""
    return [
        [
            option.text.removeprefix("corrected ")
            for question in form.questions
            for _, option in (*printed_options(question), *printed_rights(question))
        ]
        for form in edition.forms
    ]


def corrected(item: Item, old: Option) -> Item:
    """The item with one option in other words, and so under another identity."""
    new = replace(old, id=f"new {old.id}", text=f"corrected {old.text}")

    def side(one: Option) -> Option:
        return new if one == old else one

    match item:
        case Choice():
            keys = tuple(new.id if key == old.id else key for key in item.keys)
            return replace(item, options=tuple(map(side, item.options)), keys=keys)
        case Order():
            return replace(item, sequence=tuple(map(side, item.sequence)))
        case Match():
            pairs = tuple(Pair(left=side(p.left), right=side(p.right)) for p in item.pairs)
            return replace(item, pairs=pairs, extra=tuple(map(side, item.extra)))
        case _:
            return item


def all_options(item: Item) -> tuple[Option, ...]:
    match item:
        case Choice():
            return item.options
        case Order():
            return item.sequence
        case Match():
            return (*(side for p in item.pairs for side in (p.left, p.right)), *item.extra)
        case _:
            return ()


def with_corrections(data: st.DataObject, quiz: Quiz) -> Quiz:
    items = [
        corrected(item, data.draw(st.sampled_from(all_options(item))))
        if all_options(item)
        else item
        for item in quiz.items
    ]
    return replace(quiz, items=tuple(items))


# --- The order of the next edition ---------------------------------------------------------------


@given(drawn=paper_quizzes(), data=st.data())
def test_correcting_an_option_moves_no_letter(
    drawn: tuple[Bank, Quiz], data: st.DataObject
) -> None:
    """Of any type, in any form, over two editions: every text stands where it stood."""
    quiz = drawn[1]
    first = edition_of(quiz)
    second = edition_of(with_corrections(data, quiz), 2, first)
    third = edition_of(with_corrections(data, second.quiz), 3, first, second)
    assert letters(first) == letters(second) == letters(third)
    texts = [[text.removeprefix("corrected ") for text in form] for form in places(third)]
    assert places(first) == places(second) == texts


@given(drawn=paper_quizzes(), data=st.data())
def test_an_edition_holds_the_bank_s_own_options(
    drawn: tuple[Bank, Quiz], data: st.DataObject
) -> None:
    """Under their names of now: those of before order them and are seen nowhere."""
    first = edition_of(drawn[1])
    quiz = with_corrections(data, drawn[1])
    for form in forms_as_before(quiz, [first]):
        assert form.quiz == quiz
        assert all(question.item in quiz.items for question in form.questions)
        for question in form.questions:
            options = [*printed_options(question), *printed_rights(question)]
            assert {o.id for _, o in options} == {o.id for o in all_options(question.item)}


@given(drawn=paper_quizzes())
def test_without_corrections_the_seed_alone_decides(drawn: tuple[Bank, Quiz]) -> None:
    quiz = drawn[1]
    assert forms_as_before(quiz, [edition_of(quiz)]) == make_forms(quiz)


def test_a_corrected_number_stands_in_its_place_by_value() -> None:
    """Sorted options stay sorted, whatever was printed."""
    before = Choice(id="q", stem="How many?", options=options("10", "20", "30"), keys=("20",))
    after = replace(before, options=options("40", "20", "30"))
    (form, *_) = forms_as_before(quiz_of(after), [edition_of(quiz_of(before))])
    assert form.questions[0].order == ("20", "30", "40")


def test_an_option_that_takes_another_s_old_name_loses_no_option() -> None:
    """Names that would meet are given up: then the seed alone decides."""
    one = Choice(id="q", stem="Which?", options=options("Rone", "Paris"), keys=("paris",))
    two = replace(one, options=options("Rome", "Paris"))
    three = replace(one, options=options("Rome", "Paris", "Rone"))
    first = edition_of(quiz_of(one))
    second = edition_of(quiz_of(two), 2, first)
    assert forms_as_before(quiz_of(three), [first, second]) == make_forms(quiz_of(three))


# --- Which option is which -----------------------------------------------------------------------


def test_one_gone_and_one_new_are_one_option() -> None:
    names = same_options(options("Rone", "Paris"), options("Paris", "Rome"))
    assert names == {"paris": "paris", "rome": "rone"}


def test_a_name_given_later_is_no_new_option() -> None:
    """Whatever else was corrected beside it."""
    now = (Option(id="capital", text="paris"), *options("Rome"))
    assert same_options(options("Rone", "Paris"), now) == {"capital": "paris", "rome": "rone"}


def test_an_option_that_went_or_came_alone_is_no_correction() -> None:
    assert same_options(options("Rome", "Paris"), options("Rome")) == {"rome": "rome"}
    assert same_options(options("Rome"), options("Rome", "Oslo")) == {
        "rome": "rome",
        "oslo": "oslo",
    }


def test_more_cannot_be_told() -> None:
    found = same_options(options("Rone", "Pariss", "Oslo"), options("Rome", "Paris", "Oslo"))
    assert found == Unclear(gone=options("Rone", "Pariss"), new=options("Rome", "Paris"))


# --- How the bank differs from what was handed out -----------------------------------------------

PRINTED = Choice(id="q", stem="Which?", options=options("Rone", "Paris", "Oslo"), keys=("paris",))


def said(now: Item | None, printed: Item = PRINTED) -> list[tuple[str, str]]:
    bank = Bank(name="b", title="B", items=(now,) if now else ())
    found = changes(edition_of(quiz_of(printed)), bank, FOLDER)
    assert all(problem.severity != "error" for problem in found)
    return [(problem.severity, problem.code) for problem in found]


def test_what_is_as_printed_is_not_spoken_of() -> None:
    assert said(PRINTED) == []
    assert said(replace(PRINTED, explain="New.", tags=("t",), options=PRINTED.options[::-1])) == []


def test_a_corrected_option_is_another_wording_but_no_other_key() -> None:
    now = replace(
        PRINTED, options=options("Rone", "Paris, France", "Oslo"), keys=("paris, france",)
    )
    assert said(now) == [("note", "printed_reworded")]


def test_another_key_comes_first_and_is_a_warning() -> None:
    now = replace(PRINTED, stem="Which one?", keys=("oslo",))
    assert said(now) == [("warning", "printed_key_changed"), ("note", "printed_reworded")]
    bank = Bank(name="b", title="B", items=(now,))
    first = changes(edition_of(quiz_of(PRINTED)), bank, FOLDER)[0]
    assert f"{FOLDER}/corrections.yaml" in first.fix
    assert first.message == (
        f'The key of "q" is "Oslo" now, but {FOLDER} was printed with "Paris".'
    )


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (replace(PRINTED, points=Fraction(2)), [("note", "printed_points_changed")]),
        (None, [("note", "printed_removed")]),
        (replace(PRINTED, retired="Old."), [("note", "printed_removed")]),
        (replace(PRINTED, draft=True), [("note", "printed_removed")]),
        (replace(PRINTED, use="practice"), [("note", "printed_removed")]),
        (
            TrueFalse(id="q", statement="So?", answer=True),
            [("warning", "printed_key_changed"), ("note", "printed_reworded")],
        ),
        (
            replace(PRINTED, options=options("Rome", "Lyon", "Oslo"), keys=("lyon",)),
            [("warning", "unclear_options"), ("note", "printed_reworded")],
        ),
    ],
)
def test_each_change_is_named(now: Item | None, expected: list[tuple[str, str]]) -> None:
    assert said(now) == expected


def test_the_fix_for_options_that_cannot_be_told_apart_works() -> None:
    """The printed text as the name of the corrected option: then it is the same option."""
    now = replace(PRINTED, options=options("Lyon", "Rome", "Oslo"), keys=("lyon",))
    bank = Bank(name="b", title="B", items=(now,))
    problem = changes(edition_of(quiz_of(PRINTED)), bank, FOLDER)[0]
    assert problem.fix.endswith('{text: "Rome", id: "rone"}.')
    mended = (Option(id="rone", text="Rome"), *options("Lyon", "Oslo"))
    assert said(replace(now, options=mended)) == [("note", "printed_reworded")]


def test_a_passage_and_the_rules_are_compared_too() -> None:
    passage = Passage(id="text", text="Old.")
    item = replace(PRINTED, passage="text")
    quiz = replace(quiz_of(item), passages=(passage,))
    plan = replace(quiz.plan, rules=Rules(single="formula"))
    now = Bank(
        name="b",
        title="B",
        items=(item,),
        passages=(replace(passage, text="New."),),
        quizzes=(plan,),
    )
    codes = [problem.code for problem in changes(edition_of(quiz), now, FOLDER)]
    assert codes == ["printed_reworded", "printed_rules_changed"]


@pytest.mark.parametrize("item", EXAMPLES, ids=lambda item: item.id)
def test_another_key_is_told_of_every_type(item: Item) -> None:
    """By what it was and what it is; a wording alone is no other key."""
    now = with_another_key(item)
    assert ("warning", "printed_key_changed") in said(now, item)
    asked = replace(item, explain="In other words.", hint="A hint.")
    assert said(asked, item) == []


def with_another_key(item: Item) -> Item:
    match item:
        case Choice():
            return replace(item, keys=tuple(o.id for o in item.options if o.id not in item.keys))
        case TrueFalse():
            return replace(item, answer=not item.answer)
        case Entry():
            return replace(item, accept=("Grace Hopper",))
        case Number():
            return replace(item, value=Fraction(13), text="13")
        case Cloze():
            gaps = (Gap(number=gap.number, accept=("three",)) for gap in item.gaps)
            return replace(
                item, parts=tuple(p if isinstance(p, str) else next(gaps) for p in item.parts)
            )
        case Match():
            rights = [pair.right for pair in item.pairs][::-1]
            pairs = zip((pair.left for pair in item.pairs), rights, strict=True)
            return replace(item, pairs=tuple(Pair(left=a, right=b) for a, b in pairs))
        case Order():
            return replace(item, sequence=item.sequence[::-1])
        case Open():
            return replace(item, rubric=(Criterion(text="Two reasons"),))
        case Card():
            return replace(item, back="something else")
        case _:
            assert_never(item)


@given(drawn=paper_quizzes())
def test_a_bank_differs_in_nothing_from_what_was_just_printed(drawn: tuple[Bank, Quiz]) -> None:
    bank, quiz = drawn
    assert changes(edition_of(quiz), bank, FOLDER) == ()
