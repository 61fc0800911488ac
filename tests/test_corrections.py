"""What is decided after an exam: read strictly, marked so that an accepted key lowers nobody, and told."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.bank.corrections import read_corrections
from quizgen.core.form import make_forms, printed_options
from quizgen.grading.cells import TRUTHS
from quizgen.grading.changes import changes
from quizgen.grading.gradebook import read_record, record_of, write_record
from quizgen.grading.scheme import schemes_of
from quizgen.model import (
    Choice,
    Entry,
    Form,
    Item,
    Match,
    Number,
    Order,
    Revision,
    Rules,
    TrueFalse,
)
from tests.grading_samples import (
    ALL,
    AUTHORS,
    CHANGE,
    DEW,
    FALL,
    FLOATS,
    GIANTS,
    LAKE,
    MONTH,
    PLANETS,
    cell_of,
    head,
    marked,
    points_of,
    quiz_of,
    table,
)
from tests.strategies import RULES, right_response, scored_items, scored_responses


def revision(item: str = "lake", **what: object) -> Revision:
    return Revision(item=item, date="2026-11-30", reason="As good.", **what)  # type: ignore[arg-type]


# --- The file ------------------------------------------------------------------------------------

GOOD = """\
corrections:
- item: lake
  date: 2026-11-30
  reason: It is as deep.
  accept: Tanganyika
- {item: lake, date: 2026-11-30, reason: As good., form: B, letter: C}
- {item: month, date: 2026-11-30, reason: Either., accept: thirty, gap: 2}
- {item: floats, date: 2026-11-30, reason: Misprint., void: full}
- {item: dew, date: 2026-11-30, reason: Too hard., void: drop}
- {item: giants, date: 2026-11-30, reason: Longer., points: 5/2}
"""


def test_every_decision_can_be_written() -> None:
    found = read_corrections(GOOD.encode(), "corrections.yaml")
    assert found.problems == ()
    assert [(one.item, one.accept, one.gap, one.form, one.letter, one.void, one.points) for one in found.revisions] == [
        ("lake", ("Tanganyika",), 0, "", "", "", None),
        ("lake", (), 0, "B", "C", "", None),
        ("month", ("thirty",), 2, "", "", "", None),
        ("floats", (), 0, "", "", "full", None),
        ("dew", (), 0, "", "", "drop", None),
        ("giants", (), 0, "", "", "", Fraction(5, 2)),
    ]  # fmt: skip
    assert {one.date for one in found.revisions} == {"2026-11-30"}


@pytest.mark.parametrize("text", ["", "corrections:\n", "# none yet\n"])
def test_there_may_be_none(text: str) -> None:
    found = read_corrections(text.encode(), "c.yaml")
    assert (found.revisions, found.problems) == ((), ())


START = "corrections:\n- {item: lake, date: 2026-11-30, reason: R., "


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (START + "void: half}", 'c.yaml:2:52: "void" cannot be "half". Write one of: full, drop. [unknown_word]'),
        (START + "viod: full}", 'c.yaml:2:46: A correction has no field "viod"; did you mean "void"? Write void:, or delete it. [unknown_field]'),
        (START + "void: full, points: 2}", "c.yaml:2:3: A correction accepts another answer, voids the question or changes its points. Write one of accept:, letter: (with form:), void: and points:. [one_decision]"),
        (START + "letter: C}", "c.yaml:2:3: A letter means an answer only on a form, and a form only with a letter. Write both, such as form: B and letter: C, or accept: and the text. [letter_and_form]"),
        (START + "points: 0}", 'c.yaml:2:54: "points" must be more than 0. Write a number above 0. [not_positive]'),
        ("corrections:\n- {item: lake, date: 2026-11-31, reason: R., void: full}", 'c.yaml:2:22: "2026-11-31" is no day of the calendar. Write year, month and day, such as 2026-11-25. [bad_date]'),
        ("corrections:\n- {item: lake, date: 2026-11-30, void: full}", 'c.yaml:2:3: A correction needs "reason". Write reason: and why, in a sentence. [missing_field]'),
        ("- lake", "c.yaml:1:1: corrections.yaml takes fields with their values, but a list stands here. Write corrections: and a list below it. [wrong_type]"),
    ],
)  # fmt: skip
def test_a_slip_is_told_at_its_place(text: str, said: str) -> None:
    assert said in [str(problem) for problem in read_corrections(text.encode(), "c.yaml").problems]


def test_all_slips_are_told_at_once_and_the_rest_is_read() -> None:
    found = read_corrections((GOOD + "- {item: lake}\n- {itm: lake}\n").encode(), "c.yaml")
    assert len(found.revisions) == 6
    assert len({problem.where and problem.where.line for problem in found.problems}) == 2


FORMS = make_forms(quiz_of(*ALL))


@pytest.mark.parametrize(
    ("what", "field", "message"),
    [
        (revision("lkae", void="full"), "item", 'This edition has no question "lkae"; did you mean "lake"?'),
        (revision(accept=("Nile",)), "accept", 'The question "lake" cannot be marked so: "lake" has no such answer.'),
        (revision(form="C", letter="A"), "form", 'The question "lake" cannot be marked so: there is no form "C".'),
        (revision(form="A", letter="X"), "letter", 'The question "lake" cannot be marked so: it has the options A to D, but "X" stands here.'),
        (revision("dew", accept=("x",)), "accept", 'The question "dew" cannot be marked so: a person marks it.'),
        (revision("fall", accept=("fast",)), "accept", 'The question "fall" cannot be marked so: a number is asked for.'),
        (revision("fall", accept=("9 kg",)), "accept", 'The question "fall" cannot be marked so: "9 kg" cannot be turned into it, since no unit is asked for.'),
        (revision("fall", accept=("1,500",)), "accept", 'The question "fall" cannot be marked so: "1,500" can be read as 1500 or 1.5.'),
        (revision("month", accept=("30",), gap=3), "gap", 'The question "month" cannot be marked so: it has the gaps 1 to 2.'),
        (revision("month", accept=("30",)), "gap", 'The question "month" cannot be marked so: it has the gaps 1 to 2.'),
        (revision("change", form="A", letter="B"), "letter", 'The question "change" cannot be marked so: it is not answered by letters.'),
        (revision("planets", accept=("Mars", "Earth")), "accept", 'The question "planets" cannot be marked so: "planets" has no such answer.'),
        (revision("authors", accept=("Faust",)), "accept", 'The question "authors" cannot be marked so: "authors" has no such answer.'),
    ],
)  # fmt: skip
def test_a_decision_that_fits_no_question_changes_nothing(
    what: Revision, field: str, message: str
) -> None:
    schemes, refused = schemes_of(FORMS, [what])
    assert schemes == schemes_of(FORMS)[0]
    assert [(one.place, one.field, one.message) for one in refused] == [(0, field, message)]
    assert refused[0].fix


def test_a_decision_that_does_not_fit_is_told_at_its_field() -> None:
    found = read_corrections(GOOD.replace("item: floats", "item: flots").encode(), "c.yaml")
    _, refused = schemes_of(FORMS, found.revisions)
    assert [str(one) for one in found.refused(refused)] == [
        'c.yaml:8:10: This edition has no question "flots"; did you mean "floats"? Write floats. [unknown_item]'
    ]


# --- What they do --------------------------------------------------------------------------------


def other_key(item: Item) -> Revision:
    """A decision to accept something else."""
    match item:
        case Choice(options=options):
            return revision(item.id, accept=(options[-1].text,))
        case Order(sequence=sequence):
            return revision(item.id, accept=tuple(one.text for one in sequence[::-1]))
        case Match(pairs=pairs):
            return revision(item.id, accept=(f"{pairs[0].left.text} = {pairs[-1].right.text}",))
        case Entry():
            return revision(item.id, accept=("basalt",))
        case _ if item.id == "tf":
            return revision(item.id, accept=("false",))
        case _ if item.id == "cloze":
            return revision(item.id, accept=("basalt",), gap=1)
        case _ if item.id == "number":
            return revision(item.id, accept=("17",))
        case _:
            return revision(item.id, void="full")


@pytest.mark.parametrize(
    ("unit", "accept", "right", "wrong", "shown"),
    [
        ("km", "9800 m", ["9.8", "9.8 km", "9800 m"], ["9800", "9800 km"], "9.8"),
        ("m", "2.5 km", ["2500", "2,500.0"], ["2.5"], "2500"),
        ("m/s", "100 km/h", ["100 km/h", "250/9"], ["100", "27.8"], "250/9"),
        ("m", "-3", ["-3", "-3 m"], ["3"], "-3"),
        ("stadia", "2 leagues", ["50 stadia", "50"], ["2"], "50"),
    ],
)
def test_a_number_is_accepted_in_the_unit_that_it_is_said_in(
    unit: str, accept: str, right: list[str], wrong: list[str], shown: str
) -> None:
    """Turned into the item's own unit, as an answer is."""
    item = Number(
        id="n", stem="?", value=Fraction(7), text="7", unit=unit, units={"leagues": Fraction(25)}
    )
    forms = make_forms(quiz_of(item))
    rows = table(head(forms), *([f"s{n}", "A", text] for n, text in enumerate([*right, *wrong])))
    results, problems = marked(rows, forms, [revision("n", accept=(accept,))])
    assert not problems
    assert [points_of(one)[0] for one in results.results] == [1] * len(right) + [0] * len(wrong)
    schemes, _ = schemes_of(forms, [revision("n", accept=(accept,))])
    key = schemes["n"].keys[-1]
    assert isinstance(key, Number)
    assert key.text == shown


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (True, {"accept": ("Falsch",)}),
        (True, {"form": "B", "letter": "f"}),
        (False, {"accept": ("richtig",)}),
        (False, {"form": "A", "letter": "R"}),
    ],
)
def test_true_and_false_are_said_as_they_were_printed(
    answer: bool,
    what: dict[str, object],
) -> None:
    """In the words and signs of the papers' language, too: R and F on a German one."""
    truths = {**TRUTHS, "r": True, "richtig": True}
    forms = make_forms(quiz_of(replace(FLOATS, answer=answer)))
    schemes, refused = schemes_of(forms, [revision("floats", **what)], truths)
    assert not refused
    keys = schemes["floats"].keys
    assert [key.answer for key in keys if isinstance(key, TrueFalse)] == [answer, not answer]


@given(data=st.data(), item=scored_items(), rules=RULES)
def test_accepting_another_key_lowers_nobody(data: st.DataObject, item: Item, rules: Rules) -> None:
    """By any rule; who gave that very answer has full marks."""
    forms = make_forms(quiz_of(item, rules=replace(rules, round=None)))
    form = data.draw(st.sampled_from(forms))
    response = data.draw(st.just(right_response(item)) | scored_responses(item, rules))
    rows = table(
        head(forms), ["s1", form.letter, cell_of(form.questions[0], response).strip() or "-"]
    )
    before = points_of(marked(rows, forms)[0].results[0])[0]
    after = points_of(marked(rows, forms, [other_key(item)])[0].results[0])[0]
    assert before is not None
    assert after is not None
    assert after >= before


@pytest.mark.parametrize(
    ("item", "what", "cell"),
    [
        (LAKE, revision(accept=("tanganyika",)), "Tanganyika"),
        (LAKE, revision(accept=("VICTORIA",)), "Victoria"),
        (CHANGE, revision("change", accept=("subliming",)), "=subliming"),
        (FALL, revision("fall", accept=("32",)), "=32"),
        (MONTH, revision("month", accept=("30",), gap=2), "=28|30"),
        (FLOATS, revision("floats", accept=("false",)), "=F"),
        (PLANETS, revision("planets", accept=("Venus", "Mercury", "Earth", "Mars")), "=2 1 3 4"),
    ],
)  # fmt: skip
def test_the_answer_that_is_accepted_earns_full_marks_and_so_does_the_key(
    item: Item, what: Revision, cell: str
) -> None:
    forms = make_forms(quiz_of(item))
    for form in forms:
        question = form.questions[0]
        if cell.startswith("="):
            text = cell[1:]
        else:
            text = next(mark for mark, one in printed_options(question) if one.text == cell)
        if isinstance(item, Order):
            place = dict(zip([one.id for one in item.sequence], text.split(), strict=True))
            text = " ".join(place[thing] for thing in question.order)
        rows = table(head(forms), ["s1", form.letter, text])
        assert marked(rows, forms)[0].results[0].points < item.points
        assert marked(rows, forms, [what])[0].results[0].points == item.points


def test_further_right_options_of_several_may_be_ticked_or_not() -> None:
    """Mars is accepted beside Jupiter and Saturn: who ticked it and who did not have full marks."""
    forms = make_forms(quiz_of(GIANTS))
    marks = {one.text: mark for mark, one in printed_options(forms[0].questions[0])}
    for names in (("Jupiter", "Saturn"), ("Jupiter", "Saturn", "Mars")):
        rows = table(head(forms), ["s1", "A", "".join(marks[name] for name in names)])
        result, _ = marked(rows, forms, [revision("giants", accept=("Mars",))])
        assert result.results[0].total == 2


def test_a_void_question_counts_for_all_or_for_nobody() -> None:
    """Even where the answer was blank, wrong or could not be read."""
    forms = make_forms(quiz_of(LAKE, FLOATS))
    text = "student,form,1,2\ns1,A,-,T\ns2,A,XX,T\ns3,A,=1,F\n"
    full, problems = marked(text, forms, [revision(void="full")])
    assert problems == ()
    assert [f"{one.total} of {one.possible}" for one in full.results] == [
        "2 of 2",
        "2 of 2",
        "1 of 2",
    ]
    dropped, _ = marked(text, forms, [revision(void="drop")])
    assert [f"{one.total} of {one.possible}" for one in dropped.results] == [
        "1 of 1",
        "1 of 1",
        "0 of 1",
    ]


def test_points_may_change_afterwards() -> None:
    forms = make_forms(quiz_of(LAKE, FLOATS))
    results, _ = marked(
        "student,form,1,2\ns1,A,-,T\n", forms, [revision("floats", points=Fraction(3))]
    )
    assert results.results[0].points == 3
    assert results.results[0].possible == 4


# --- What is told --------------------------------------------------------------------------------


def told(
    forms: tuple[Form, ...],
    first: str,
    second: str,
    *revisions: Revision,
    before: tuple[Revision, ...] = (),
) -> list[str]:
    """What a second grading says of the first."""
    earlier = record_of("quiz", 1, marked(first, forms, before)[0], before)
    assert read_record(write_record(earlier)) == earlier
    results, _ = marked(second, forms, revisions)
    record = record_of("quiz", 1, results, revisions)
    return list(changes(earlier, record, revisions, results.schemes, forms))


def letter_of(form: Form, option: str) -> str:
    return next(mark for mark, one in printed_options(form.questions[0]) if one.id == option)


def test_it_is_told_whose_scores_an_accepted_key_raises() -> None:
    fixed = replace(LAKE, arrangement="fixed")
    forms = make_forms(quiz_of(fixed, FLOATS))
    text = "student,form,1,2\n" + "".join(
        f"s{n},{'AB'[n % 2]},{'ABCD'[n % 4]},T\n" for n in range(30)
    )
    said = told(forms, text, text, revision(accept=("Superior",)))
    assert said == ["Question 1 now accepts A or C. 7 of 30 scores rise, none falls."]
    said = told(forms, text, text, before=(revision(accept=("Superior",)),))
    assert said == ["Question 1 is marked as it was before. None of 30 scores rises, 7 fall."]


def test_letters_that_differ_between_forms_are_told_for_each() -> None:
    forms = make_forms(quiz_of(LAKE, FLOATS))
    text = f"student,form,1,2\ns1,A,{letter_of(forms[0], 'superior')},T\n"
    (said,) = told(forms, text, text, revision(accept=("Superior",)))
    marks = [
        " or ".join(sorted(letter_of(form, one) for one in ("baikal", "superior")))
        for form in forms
    ]
    assert f"(form A: {marks[0]}, form B: {marks[1]})" in said
    assert said.endswith("1 of 1 score rises, none falls.")


def test_a_question_has_its_number_on_each_form_where_they_are_shuffled() -> None:
    forms = make_forms(quiz_of(*ALL, shuffle_questions=True))
    number = {f.letter: q.number for f in forms for q in f.questions if q.item.id == "floats"}
    assert number["A"] != number["B"]
    cells = ",".join(["-"] * len(ALL))
    text = "student,form," + ",".join(map(str, range(1, len(ALL) + 1))) + f"\ns1,A,{cells}\n"
    (said,) = told(forms, text, text, revision("floats", void="full"))
    assert said == (
        f"Question {number['A']} on form A, {number['B']} on form B gives full marks to all."
        " 1 of 1 score rises, none falls."
    )


def test_a_dropped_question_moves_percentages_either_way() -> None:
    forms = make_forms(quiz_of(FLOATS, replace(FLOATS, id="f2")))
    text = "student,form,1,2\ns1,A,T,F\ns2,A,F,T\ns3,A,T,T\n"
    assert told(forms, text, text, revision("f2", void="drop")) == [
        "Question 2 is dropped from every total. 1 of 3 scores rises, 1 falls."
    ]


def test_answers_entered_otherwise_are_told_apart_from_decisions() -> None:
    forms = make_forms(quiz_of(FLOATS, DEW))
    first = "student,form,1,2\ns1,A,T,1\ns2,A,F,\ns3,A,T,1\n"
    second = "student,form,1,2\ns1,A,F,1\ns2,A,F,2\ns4,A,T,1\n"
    assert told(forms, first, second) == [
        'Question 1 of student "s1" was entered otherwise: "T" is now "F", 1 point became 0.',
        'Question 2 of student "s2" was entered otherwise: "" is now "2", it was open and earns 2 points.',
        "1 paper is new: s4.",
        "1 paper is no more there: s3.",
    ]


def test_a_paper_that_could_not_be_read_before_is_new() -> None:
    """Its cells are no news one by one."""
    forms = make_forms(quiz_of(FLOATS, DEW))
    first = "student,form,1,2\ns1,A,T,1\ns2,Z,F,1\n,A,T,1\n"
    second = "student,form,1,2\ns1,A,T,1\ns2,B,F,1\n"
    assert told(forms, first, second) == [
        "1 paper is new: s2.",
        "1 paper is no more there: no name.",
    ]


def test_nothing_new_is_nothing_to_tell() -> None:
    text = "student,form,1,2\ns1,A,T,1\n"
    forms = make_forms(quiz_of(FLOATS, DEW))
    assert told(forms, text, text) == []
    once = (revision("floats", void="full"),)
    assert told(forms, text, text, *once, before=once) == []


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"quiz":"q"}'])
def test_a_damaged_record_is_as_good_as_none(data: bytes) -> None:
    assert read_record(data) is None


def test_matching_may_take_another_pair() -> None:
    forms = make_forms(quiz_of(AUTHORS))
    what = revision("authors", accept=("Faust = Dante",))
    question = forms[0].questions[0]
    schemes, _ = schemes_of(forms, [what])
    assert len(schemes["authors"].keys) == 2
    key = schemes["authors"].keys[1]
    assert isinstance(key, Match)
    assert {pair.left.id: pair.right.id for pair in key.pairs}["faust"] == "dante"
    assert question.item == schemes["authors"].keys[0]
