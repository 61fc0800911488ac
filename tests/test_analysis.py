"""Item analysis: against published statistics, and what it promises of any scores."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.core.form import make_forms, printed_options
from quizgen.grading.analysis import LEAST, Column, analyze, columns_of, gravest_first
from quizgen.model import Analysis, Choice, Form, Revision, TrueFalse
from tests.grading_samples import GIANTS, LAKE, marked, options, quiz_of
from tests.strategies import score_tables

# How many of 1,000 examinees of the Law School Admission Test gave each pattern of right (1) and
# wrong (0): sections 6 and 7 of Bock and Lieberman, "Fitting a response model for n dichotomously
# scored items", Psychometrika 35 (1970).
PATTERNS = {
    "00000": (3, 12), "00001": (6, 19), "00010": (2, 1), "00011": (11, 7),
    "00100": (1, 3), "00101": (1, 19), "00110": (3, 3), "00111": (4, 17),
    "01000": (1, 10), "01001": (8, 5), "01010": (0, 3), "01011": (16, 7),
    "01100": (0, 7), "01101": (3, 23), "01110": (2, 8), "01111": (15, 28),
    "10000": (10, 7), "10001": (29, 39), "10010": (14, 11), "10011": (81, 34),
    "10100": (3, 14), "10101": (28, 51), "10110": (15, 15), "10111": (80, 90),
    "11000": (16, 6), "11001": (56, 25), "11010": (21, 7), "11011": (173, 35),
    "11100": (11, 18), "11101": (61, 136), "11110": (28, 32), "11111": (298, 308),
}  # fmt: skip


def table_of(rows: Sequence[Sequence[int | None]], worth: Sequence[int]) -> tuple[Column, ...]:
    """Columns of rows of points, a row for each student."""
    return tuple(
        Column(
            item=f"i{place}",
            possible=Fraction(full),
            points=[None if row[place] is None else Fraction(row[place] or 0) for row in rows],
        )
        for place, full in enumerate(worth)
    )


@pytest.mark.parametrize(
    ("section", "figures", "item_rest"),
    [
        (0, (3.819, 1.035, 0.295, 0.869), (0.113, 0.153, 0.173, 0.144, 0.122)),
        (1, (3.707, 1.199, 0.453, 0.886), (0.246, 0.247, 0.313, 0.223, 0.175)),
    ],
    ids=["LSAT6", "LSAT7"],
)
def test_the_published_statistics(
    section: int, figures: Sequence[float], item_rest: Sequence[float]
) -> None:
    """To the last published decimal."""
    rows = [
        [int(sign) for sign in pattern]
        for pattern, counts in PATTERNS.items()
        for _ in range(counts[section])
    ]
    assert len(rows) == 1000
    found = analyze(table_of(rows, [1] * 5))
    assert found.mean is not None
    numbers = (float(found.mean), found.deviation, found.alpha, found.error)
    assert [f"{one:.3f}" for one in numbers] == [f"{one:.3f}" for one in figures]
    assert [f"{one.item_rest:.3f}" for one in found.items] == [f"{one:.3f}" for one in item_rest]
    assert found.is_right_or_wrong
    assert found.complete == 1000


Table = tuple[list[list[int | None]], list[int]]


@given(score_tables())
def test_every_figure_is_in_its_range(table: Table) -> None:
    rows, worth = table
    found = analyze(table_of(rows, worth))
    assert sum(found.histogram) == found.students <= len(rows)
    assert found.complete <= found.students
    for one in found.items:
        assert one.difficulty is None or 0 <= one.difficulty <= 1
        assert one.discrimination is None or -1 <= one.discrimination <= 1
        assert one.item_rest is None or -1 <= one.item_rest <= 1
    assert found.alpha is None or found.alpha <= 1
    if found.mean is not None:
        assert 0 <= found.mean <= found.possible


@given(score_tables(), st.randoms(use_true_random=False))
def test_no_order_of_the_students_decides(table: Table, chance: object) -> None:
    rows, worth = table
    mixed = list(rows)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert analyze(table_of(rows, worth)) == analyze(table_of(mixed, worth))


@given(score_tables())
def test_an_item_that_all_have_alike_has_no_correlation(table: Table) -> None:
    """None, neither nan nor 0; and its difficulty is known."""
    rows, worth = table
    found = analyze(table_of([[*row, 1] for row in rows], [*worth, 2])).items[-1]
    assert found.item_rest is None
    assert found.difficulty == Fraction(1, 2)


@given(score_tables(missing=False), st.integers(2, 9))
def test_what_a_point_is_called_decides_nothing(table: Table, times: int) -> None:
    """The same scores in finer points give the same correlations and the same alpha."""
    rows, worth = table
    plain = analyze(table_of(rows, worth))
    finer = analyze(
        table_of([[(x or 0) * times for x in row] for row in rows], [w * times for w in worth])
    )
    assert [one.item_rest for one in finer.items] == [one.item_rest for one in plain.items]
    assert finer.alpha == plain.alpha


def test_a_missing_score_is_no_zero() -> None:
    """The one who has no score counts neither for the item nor for the whole test."""
    found = analyze(table_of([[1, 1], [0, 1], [None, 1]], [1, 1]))
    assert (found.students, found.complete) == (3, 2)
    assert found.items[0].difficulty == Fraction(1, 2)
    assert found.items[0].students == 2
    assert found.mean == Fraction(3, 2)


def test_a_question_that_nobody_has_a_score_in_yet_hides_no_figures() -> None:
    """Open answers that are still to be marked: the test is what has been."""
    found = analyze(table_of([[1, None, 1], [0, None, 1], [0, None, 0]], [1, 3, 1]))
    without = analyze(table_of([[1, 1], [0, 1], [0, 0]], [1, 1]))
    assert found.complete == 3
    assert (found.mean, found.alpha) == (without.mean, without.alpha)
    assert found.possible == 2
    assert found.items[1].difficulty is None


def test_nobody_and_one_and_a_test_of_one_item() -> None:
    assert analyze(()).alpha is None
    assert analyze(table_of([], [1, 1])).mean is None
    one = analyze(table_of([[1, 0]], [1, 1]))
    assert one.mean == 1
    assert one.deviation is one.alpha is None
    alone = analyze(table_of([[1], [0], [1]], [1]))
    assert (alone.alpha, alone.items[0].item_rest) == (None, None)


def test_a_perfect_item_parts_the_best_from_the_rest() -> None:
    rows = [[1, 1, 1]] * 20 + [[0, 0, 0]] * 20
    found = analyze(table_of(rows, [1, 1, 1]))
    assert found.items[0].discrimination == 1
    assert found.items[0].item_rest == pytest.approx(1)
    assert found.alpha == pytest.approx(1)
    assert found.histogram == (20, 0, 0, 0, 0, 0, 0, 0, 0, 20)


# --- Options, and what is suspected --------------------------------------------------------------

_OTHERS = tuple(TrueFalse(id=f"t{n}", statement="So.", answer=True) for n in range(8))
_EASY = Choice(id="easy", stem="Which?", options=options("One", "Two", "Three"), keys=("one",))


def forms_of_choices() -> tuple[Form, ...]:
    return make_forms(quiz_of(LAKE, _EASY, *_OTHERS))


def answers(forms: Sequence[Form], student: int, picked: Mapping[str, str], right: int) -> str:
    """A row of the file: the named options, and so many of the other questions right."""
    form = forms[student % len(forms)]
    cells = []
    for question in form.questions:
        if isinstance(question.item, Choice):
            name = picked[question.item.id]
            letters = {option.id: letter for letter, option in printed_options(question)}
            cells.append(letters.get(name, ""))
        else:
            cells.append("T" if int(question.item.id[1:]) < right else "F")
    return ",".join([f"s{student}", form.letter, *cells])


def graded(lake: Sequence[str], revisions: Sequence[Revision] = ()) -> Analysis:
    """Students from the best to the weakest, with the option that each took for LAKE."""
    forms = forms_of_choices()
    head = "student,form," + ",".join(str(n) for n in range(1, 11))
    rows = [
        answers(forms, n, {"lake": name, "easy": "one" if n % 3 else "two"}, 8 - n * 9 // len(lake))
        for n, name in enumerate(lake)
    ]
    results, problems = marked("\n".join([head, *rows]), forms, revisions)
    assert not problems
    return analyze(*columns_of(results))


WRONG_KEY = ["victoria"] * 18 + ["superior", ""] * 4 + ["baikal"] * 14


def test_a_wrong_key_is_suspected_first() -> None:
    """The best take one distractor, the weakest the key: whichever letters the forms print."""
    found = graded(WRONG_KEY)
    lake = gravest_first(found.items)[0]
    assert (lake.item, lake.suspicion, lake.rival) == ("lake", "wrong_key", "victoria")
    uses = {one.option: one for one in lake.options}
    assert [one.chosen for one in lake.options] == [14, 18, 4, 0]
    assert lake.unpicked == 4
    assert [one.option for one in lake.options if one.is_key] == ["baikal"]
    assert uses["victoria"].upper == 1
    assert uses["victoria"].lower == 0
    assert uses["tanganyika"].mean is None
    victoria, baikal = uses["victoria"].mean, uses["baikal"].mean
    assert victoria is not None
    assert baikal is not None
    assert victoria > baikal


def test_of_all_that_apply_each_option_has_those_who_crossed_it() -> None:
    """Also where statements are judged one by one; the best may cross a wrong one, too."""
    forms = make_forms(quiz_of(GIANTS, *_OTHERS))
    head = "student,form," + ",".join(str(n) for n in range(1, 10))
    crossed = [("jupiter", "saturn")] * 20 + [("jupiter", "mars")] * 10 + [()] * 10
    rows = []
    for n, names in enumerate(crossed):
        form = forms[n % len(forms)]
        letters = [mark for mark, one in printed_options(form.questions[0]) if one.id in names]
        rows.append(
            ",".join([f"s{n}", form.letter, "".join(letters), *"TTTTFFFF"[n % 5 :], *"T" * (n % 5)])
        )
    results, _ = marked("\n".join([head, *rows]), forms)
    giants = analyze(*columns_of(results)).items[0]
    uses = {one.option: (one.chosen, one.is_key) for one in giants.options}
    assert uses == {
        "jupiter": (30, True), "saturn": (20, True), "mars": (10, False), "venus": (0, False)
    }  # fmt: skip
    assert (giants.unpicked, giants.rival) == (10, "")


def test_an_accepted_second_key_is_no_distractor() -> None:
    """After the correction the key is not suspected any more."""
    also = Revision(item="lake", date="2026-11-30", reason="As deep.", accept=("Victoria",))
    lake = graded(WRONG_KEY, [also]).items[0]
    assert [one.option for one in lake.options if one.is_key] == ["baikal", "victoria"]
    assert (lake.suspicion, lake.rival) == ("weak", "")


def test_a_good_question_is_not_suspected() -> None:
    found = graded(["baikal"] * 25 + ["victoria"] * 15)
    assert found.items[0].suspicion == ""
    assert found.items[0].discrimination == 1


def test_of_few_students_nothing_is_suspected() -> None:
    """One fewer than thirty: the figures are there, the verdict is not."""
    few = graded(WRONG_KEY[: LEAST - 1])
    assert not few.is_judged
    assert few.items[0].item_rest is not None
    assert gravest_first(few.items) == ()
    enough = graded(["victoria"] * 15 + ["baikal"] * 15)
    assert enough.is_judged
    assert enough.items[0].suspicion == "wrong_key"


@pytest.mark.parametrize("void", ["full", "drop"])
def test_a_voided_item_is_left_out(void: str) -> None:
    """It says nothing, and counts in no total."""
    gone = Revision(item="lake", date="2026-11-30", reason="Misprint.", void=void)  # type: ignore[arg-type]
    found = graded(WRONG_KEY, [gone])
    assert found.left_out == ("lake",)
    assert "lake" not in [one.item for one in found.items]
    assert found.possible == 9
