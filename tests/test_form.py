"""Forms and their keys: what is printed where, and that the printed letters choose the keys."""

import json
import os
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.core.form import (
    key_letters,
    key_response,
    letter,
    make_form,
    make_forms,
    printed_options,
    printed_rights,
    response_from_letters,
    shared_letters,
)
from quizgen.core.order import free_options
from quizgen.core.score import score
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Item,
    Match,
    Open,
    Option,
    Order,
    Pair,
    Passage,
    Picked,
    Question,
    Quiz,
    QuizPlan,
    Rules,
    TrueFalse,
)
from tests.strategies import RULES, paper_quizzes, scored_items, scored_options
from tests.uniform import critical, spread_of

ROOT = Path(__file__).resolve().parent.parent


def choices(count: int, size: int = 4) -> tuple[Choice, ...]:
    return tuple(
        Choice(id=f"q{n}", stem=f"Question {n}?", options=scored_options(size), keys=("o1",))
        for n in range(count)
    )


PLAN = QuizPlan(id="quiz", title="Quiz", blueprint=())


def quiz_of(*items: Item, plan: QuizPlan = PLAN) -> Quiz:
    return Quiz(bank="bank", plan=plan, items=items)


OPTIONS = scored_options(4)
NUMBERS = tuple(Option(id=text, text=text) for text in ("30", "4", "200"))
PAIRS = tuple(
    Pair(left=a, right=b)
    for a, b in zip(scored_options(4, "l"), scored_options(4, "r"), strict=True)
)


def keys_of(quiz: Quiz, index: int) -> tuple[str, ...]:
    return tuple("".join(key_letters(question)) for question in make_form(quiz, index).questions)


# --- Vectors -------------------------------------------------------------------------------------

EVERY_KIND = quiz_of(
    *choices(3),
    replace(choices(1, 6)[0], id="several", keys=("o1", "o4"), multiple=True),
    replace(choices(1)[0], id="pinned", options=(Option(id="z", text="Z", pin="last"), *OPTIONS)),
    Choice(id="years", stem="?", options=NUMBERS, keys=("200",)),
    TrueFalse(id="true", statement="So.", answer=True),
    Match(id="match", stem="?", pairs=PAIRS, extra=scored_options(2, "x")),
    Order(id="order", stem="?", sequence=scored_options(4, "t")),
    plan=replace(PLAN, forms=4, seed=7),
)
FORMS = [
    ["80e9ad", "C", "C", "B", "B C", "C", "C", "True", "E B D A", "3 2 4 1"],
    ["d723c4", "B", "D", "C", "A F", "A", "C", "True", "F B E C", "2 1 3 4"],
    ["5e8403", "A", "A", "A", "D E", "B", "C", "True", "F D A C", "2 1 4 3"],
    ["69a78f", "D", "B", "D", "C D", "D", "C", "True", "E B F C", "3 2 1 4"],
]


def test_3_forms_are_these_for_ever() -> None:
    """Digest and key of each form; a change would belie papers that were handed out."""
    assert [
        [form.digest, *(" ".join(key_letters(question)) for question in form.questions)]
        for form in make_forms(EVERY_KIND)
    ] == FORMS


def test_3_forms_do_not_depend_on_hash_seed_locale_or_time_zone() -> None:
    program = (
        "import json\n"
        "from quizgen.core.form import make_forms\n"
        "from tests.test_form import EVERY_KIND\n"
        "forms = make_forms(EVERY_KIND)\n"
        "print(json.dumps([[f.digest, *map(str, f.questions)] for f in forms]))\n"
    )
    here = [[form.digest, *map(str, form.questions)] for form in make_forms(EVERY_KIND)]
    for seed, locale, zone in (("1", "C", "UTC"), ("2", "tr_TR.UTF-8", "Asia/Kathmandu")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        run = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env=env, capture_output=True, check=True
        )
        assert json.loads(run.stdout) == here


# --- 1, 9, 10, 11: a form and its key ------------------------------------------------------------


@given(paper_quizzes())
def test_9_every_form_holds_every_item_drawn_for_it_once(drawn: tuple[Bank, Quiz]) -> None:
    """Those drawn for it, each in its section, numbered from 1 through all sections."""
    _, quiz = drawn
    for index, form in enumerate(make_forms(quiz)):
        there = [(n, i.id) for n, part in enumerate(quiz.drawn(index)) for i in part]
        assert sorted((q.section, q.item.id) for q in form.questions) == sorted(there)
        assert [q.section for q in form.questions] == sorted(q.section for q in form.questions)
        assert [q.number for q in form.questions] == list(range(1, len(there) + 1))
        if not quiz.plan.parallel:
            assert sum((q.item.points for q in form.questions), Fraction(0)) == quiz.points


@given(paper_quizzes())
def test_1_the_letters_of_the_key_choose_exactly_the_keys(drawn: tuple[Bank, Quiz]) -> None:
    """Letters are a view: read through the printed options they are the right identities."""
    for form in make_forms(drawn[1]):
        for question in form.questions:
            item, letters = question.item, key_letters(question)
            if isinstance(item, Choice):
                printed = dict(printed_options(question))
                assert {printed[mark].id for mark in letters} == set(item.keys)
                assert len(printed) == len(item.options)
            if isinstance(item, Match):
                rights = dict(printed_rights(question))
                pairs = zip(question.order, letters, strict=True)
                assert {left: rights[mark].id for left, mark in pairs} == {
                    pair.left.id: pair.right.id for pair in item.pairs
                }


@given(paper_quizzes())
def test_11_a_form_graded_with_its_own_key_earns_full_marks(drawn: tuple[Bank, Quiz]) -> None:
    for form in make_forms(drawn[1]):
        for question in form.questions:
            if not isinstance(question.item, Open | Card):
                response = response_from_letters(question, key_letters(question))
                given_one = score(question.item, response, drawn[1].plan.rules)
                assert (given_one.points, given_one.outcome) == (question.item.points, "right")


@given(scored_items(), RULES)
def test_the_key_as_a_response_earns_full_marks(item: Item, rules: Rules) -> None:
    assert score(item, key_response(item), rules).points == item.points


@given(st.integers(1, 8), st.integers(2, 5), st.integers(0, 2**32), st.booleans())
def test_12_form_a_s_key_on_form_b_scores_all_but_the_letters_that_differ(
    count: int, size: int, seed: int, shuffle: bool
) -> None:
    """Copied by number from a neighbour, or by item where the questions move."""
    quiz = quiz_of(*choices(count, size), plan=replace(PLAN, seed=seed, shuffle_questions=shuffle))
    a, b = make_form(quiz, 0), make_form(quiz, 1)
    copied = {question.item.id: key_letters(question) for question in a.questions}
    points = Fraction(0)
    differing = 0
    for question in b.questions:
        response = response_from_letters(question, copied[question.item.id])
        points += score(question.item, response).points
        differing += key_letters(question) != copied[question.item.id]
    assert points == count - differing == shared_letters(a, b)
    assert differing == count  # two forms, two options or more


def test_letters_shared_are_those_of_items_with_letters() -> None:
    """A true/false keeps its key in every form; a card has no letter to copy."""
    quiz = quiz_of(
        TrueFalse(id="t", statement="So.", answer=True), Card(id="c", front="F", back="B")
    )
    assert shared_letters(make_form(quiz, 0), make_form(quiz, 1)) == 1


# --- 5: a form depends on its own number alone ---------------------------------------------------


@given(paper_quizzes(), st.integers(1, 5))
def test_5_form_k_does_not_depend_on_how_many_forms_are_asked_for(
    drawn: tuple[Bank, Quiz], count: int
) -> None:
    _, quiz = drawn
    if quiz.plan.parallel:  # what is drawn for form k: tests/test_parallel.py
        quiz = replace(quiz, draws=quiz.draws * 8)
    more = make_forms(replace(quiz, plan=replace(quiz.plan, forms=count + 3)))
    few = make_forms(replace(quiz, plan=replace(quiz.plan, forms=count)))
    assert [form.questions for form in more[:count]] == [form.questions for form in few]
    assert [form.digest for form in more[:count]] == [form.digest for form in few]
    assert [form.letter for form in more] == [letter(n) for n in range(count + 3)]


@given(paper_quizzes(), st.integers(0, 3), st.data())
def test_4_editing_adding_and_moving_an_item_changes_no_order_of_another(
    drawn: tuple[Bank, Quiz], index: int, data: st.DataObject
) -> None:
    bank, quiz = drawn
    plan = replace(quiz.plan, sections=(), parallel=False)
    quiz = replace(quiz, plan=plan, draws=(), items=bank.items)
    before = {q.item.id: (q.order, q.rights) for q in make_form(quiz, index).questions}
    edited = data.draw(st.sampled_from(quiz.items))
    changed = replace(edited, points=edited.points + 1, explain="Edited.", topic="Edited")
    others = [item for item in quiz.items if item.id != edited.id]
    added = [changed, *choices(2)]
    items = tuple(data.draw(st.permutations([*others, *added])))
    after = {
        q.item.id: (q.order, q.rights)
        for q in make_form(replace(quiz, items=items), index).questions
    }
    assert {name: after[name] for name in before} == before
    gone = make_form(replace(quiz, items=tuple(others)), index)
    assert all((q.order, q.rights) == before[q.item.id] for q in gone.questions)


# --- Forms far apart, and the order of questions -------------------------------------------------


@given(st.integers(2, 5), st.integers(0, 2**32))
def test_with_no_more_forms_than_options_every_letter_differs(size: int, seed: int) -> None:
    quiz = quiz_of(*choices(6, size), plan=replace(PLAN, seed=seed, forms=size))
    for a, b in combinations(make_forms(quiz), 2):
        assert shared_letters(a, b) == 0


@given(paper_quizzes())
def test_questions_stand_in_one_order_in_all_forms_unless_shuffled(
    drawn: tuple[Bank, Quiz],
) -> None:
    _, quiz = drawn
    still = tuple(replace(one, shuffle_questions=False) for one in quiz.plan.sections)
    plain = replace(quiz, plan=replace(quiz.plan, shuffle_questions=False, sections=still))
    for index, form in enumerate(make_forms(plain)):
        there = [item.id for section in quiz.drawn(index) for item in section]
        assert [q.item.id for q in form.questions] == there


def passaged(count: int) -> Quiz:
    items = tuple(
        replace(item, passage="p" if n in {1, 2, 3} else "r" if n in {5, 6} else "")
        for n, item in enumerate(choices(count))
    )
    passages = (Passage(id="p", text="P"), Passage(id="r", text="R"))
    return replace(
        quiz_of(*items, plan=replace(PLAN, shuffle_questions=True, seed=3)), passages=passages
    )


def test_shuffled_questions_keep_those_of_a_passage_together_in_their_order() -> None:
    quiz = passaged(9)
    orders = set()
    for index in range(30):
        names = [q.item.id for q in make_form(quiz, index).questions]
        at_p, at_r = names.index("q1"), names.index("q5")
        assert names[at_p : at_p + 3] == ["q1", "q2", "q3"]
        assert names[at_r : at_r + 2] == ["q5", "q6"]
        orders.add(tuple(names))
    assert len(orders) == 30


def test_shuffled_questions_reach_every_place_equally_often() -> None:
    quiz = quiz_of(*choices(4), plan=replace(PLAN, shuffle_questions=True))
    found = Counter(
        tuple(q.item.id for q in make_form(quiz, index).questions) for index in range(2_400)
    )
    assert len(found) == 24
    assert spread_of(list(found.values())) < critical(23)


# --- Balanced, when chosen -----------------------------------------------------------------------


@given(st.integers(1, 14), st.integers(2, 5), st.integers(0, 2**32), st.integers(0, 4))
def test_balanced_keys_are_each_letter_equally_often(
    count: int, size: int, seed: int, index: int
) -> None:
    """As near as can be; the options stay a permutation, and pins and numbers where they belong."""
    quiz = quiz_of(*choices(count, size), plan=replace(PLAN, seed=seed, balanced=True))
    found = Counter(keys_of(quiz, index))
    times = [found[letter(place)] for place in range(size)]
    assert max(times) - min(times) <= 1
    for question in make_form(quiz, index).questions:
        assert sorted(question.order) == [f"o{n}" for n in range(size)]


def test_balanced_keys_leave_pins_and_sorted_numbers_alone() -> None:
    pinned = Option(id="none", text="None of these", pin="last")
    with_pin = replace(choices(1)[0], options=(pinned, *scored_options(3)))
    keyed_pin = replace(with_pin, id="keyed", keys=("none",))
    sorted_one = Choice(id="n", stem="?", options=NUMBERS, keys=("200",))
    for index in range(6):
        quiz = quiz_of(with_pin, keyed_pin, sorted_one, plan=replace(PLAN, balanced=True))
        orders = {q.item.id: q.order for q in make_form(quiz, index).questions}
        assert orders["q0"][-1] == orders["keyed"][-1] == "none"
        assert orders["n"] == ("4", "30", "200")
        assert free_options(sorted_one) == ()


def test_balanced_keys_behind_a_pin_are_balanced_among_themselves() -> None:
    """Four whose first option is pinned have their keys at B, C, D and E, whoever stands beside them."""
    first = Option(id="first", text="All of this is so", pin="first")
    behind = tuple(
        replace(one, id=f"pinned-{one.id}", options=(first, *one.options)) for one in choices(4)
    )
    for seed in range(8):
        plan = replace(PLAN, seed=seed, balanced=True)
        form = make_form(quiz_of(*choices(4), *behind, plan=plan), 0)
        letters = [key_letters(question)[0] for question in form.questions]
        assert (sorted(letters[:4]), sorted(letters[4:])) == (list("ABCD"), list("BCDE"))


def test_keys_are_not_balanced_unless_asked() -> None:
    """A balance could be made use of: without it some letter of 40 stands out now and then."""
    apart = [
        max(Counter(keys_of(quiz_of(*choices(40), plan=replace(PLAN, seed=s)), 0)).values())
        for s in range(30)
    ]
    assert max(apart) > 14


# --- Letters, and what cannot be read ------------------------------------------------------------


@given(st.integers(0, 100_000))
def test_letters_count_on_beyond_z(index: int) -> None:
    value = 0
    for char in letter(index):
        value = value * 26 + ord(char) - ord("A") + 1
    assert value == index + 1


def test_a_mark_that_is_not_printed_cannot_be_read() -> None:
    question = Question(number=1, item=choices(1)[0], order=("o0", "o1", "o2", "o3"))
    assert response_from_letters(question, ()) is None
    assert response_from_letters(question, ("B",)) == Picked(options=frozenset({"o1"}))
    with pytest.raises(KeyError):
        response_from_letters(question, ("E",))


# --- The digest ----------------------------------------------------------------------------------


@given(paper_quizzes(), st.data())
def test_a_digest_names_what_is_printed_and_nothing_else(
    drawn: tuple[Bank, Quiz], data: st.DataObject
) -> None:
    """Another title, order or text is another paper; another explanation or key is the same one."""
    _, quiz = drawn
    if quiz.plan.parallel:
        quiz = replace(quiz, draws=quiz.draws[:1] * 2)
    form = make_form(quiz, 0)
    retold = tuple(
        replace(item, explain="Other.", hint="Other.", tags=("t",)) for item in quiz.items
    )
    assert make_form(replace(quiz, items=retold), 0).digest == form.digest
    assert make_form(quiz, 1).digest != form.digest
    titled = replace(quiz, plan=replace(quiz.plan, title="Another"))
    assert make_form(titled, 0).digest != form.digest
    headed = tuple(replace(one, title=f"{one.title}!") for one in quiz.plan.sections)
    told = tuple(replace(one, instructions="Told.") for one in quiz.plan.sections)
    for sections in (headed, told):
        other = replace(quiz, plan=replace(quiz.plan, sections=sections))
        assert (make_form(other, 0).digest != form.digest) == bool(sections)
    worth = data.draw(st.sampled_from([question.item for question in form.questions]))
    dearer = tuple(replace(i, points=i.points + 1) if i is worth else i for i in quiz.items)
    assert make_form(replace(quiz, items=dearer), 0).digest != form.digest


def test_another_text_or_title_of_a_passage_is_another_digest() -> None:
    """Of one that stands on the paper; no other passage of the bank matters."""
    one = replace(choices(1)[0], passage="lake")
    there, elsewhere = (Passage(id=name, text="A text.", title="Title") for name in ("lake", "sea"))
    quiz = replace(quiz_of(one), passages=(there, elsewhere))
    digest = make_form(quiz, 0).digest
    for changed in (replace(there, text="Another."), replace(there, title="Another")):
        other = replace(quiz, passages=(changed, elsewhere))
        assert make_form(other, 0).digest != digest
    apart = replace(quiz, passages=(there, replace(elsewhere, text="Another.")))
    assert make_form(apart, 0).digest == digest


def test_another_key_is_no_other_digest_but_another_option_is() -> None:
    one = choices(1)[0]
    digest = make_form(quiz_of(one), 0).digest
    assert make_form(quiz_of(replace(one, keys=("o2",))), 0).digest == digest
    changed = (replace(one.options[0], text="Changed"), *one.options[1:])
    assert make_form(quiz_of(replace(one, options=changed)), 0).digest != digest
    assert make_form(quiz_of(replace(one, stem="Changed")), 0).digest != digest
