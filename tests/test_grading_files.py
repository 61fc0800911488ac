"""Responses files as people and spreadsheets leave them: each mistake told at its place, the rest marked."""

from collections.abc import Sequence
from fractions import Fraction

import pytest

from quizgen.core.form import make_forms
from quizgen.grading.bands import band_of, read_bands
from quizgen.grading.cells import ByHand, read_cell
from quizgen.grading.entry import Keyed, Misread, keyed
from quizgen.grading.gradebook import decimal
from quizgen.grading.unclear import Unclear
from quizgen.model import (
    Choice,
    Decided,
    Entry,
    Filled,
    Form,
    Item,
    Judged,
    Matched,
    Number,
    Ordered,
    Picked,
    Placed,
    Question,
    Rules,
    Typed,
)
from quizgen.problem import Where
from tests.grading_samples import (
    ALL,
    AUTHORS,
    CHANGE,
    DEW,
    FALL,
    FLOATS,
    GIANTS,
    HEAD,
    LAKE,
    MONTH,
    PLANETS,
    by_student,
    marked,
    points_of,
    question_of,
    quiz_of,
)

FORMS = make_forms(quiz_of(LAKE, FLOATS))
"""Two questions in forms A and B."""


def as_written(item: Item, order: tuple[str, ...] = (), rights: tuple[str, ...] = ()) -> Question:
    """The item with its options as they were written (A is the first), or in an order."""
    if isinstance(item, Choice):
        order = tuple(one.id for one in item.options)
    return Question(number=1, item=item, order=order, rights=rights)


PAIRS = as_written(
    AUTHORS,
    order=("faust", "hamlet", "emma"),
    rights=("goethe", "shakespeare", "austen", "dante"),
)
PLACES = as_written(PLANETS, order=("mars", "mercury", "earth", "venus"))


# --- What one cell may hold ----------------------------------------------------------------------


@pytest.mark.parametrize("text", ["A C", "A,C", "AC", "a c", "a;c", " A / C. ", "C A", "(a) + (c)", "A-C", "A and C", "А С"])  # fmt: skip
def test_letters_may_stand_in_any_way(text: str) -> None:
    """Commas, spaces, hyphens, small letters, Cyrillic ones that look the same."""
    read = read_cell(as_written(GIANTS), text, Rules())
    assert read == Picked(options=frozenset(("jupiter", "mars")))


@pytest.mark.parametrize(
    ("text", "value"),
    [("T", True), ("f", False), ("TRUE", True), ("false", False), ("WAHR", True), ("FAUX", False)],
)
def test_truth_may_be_said_as_spreadsheets_say_it(text: str, value: bool) -> None:
    assert read_cell(question_of(FLOATS), text, Rules()) == Decided(value=value)


def test_the_words_of_the_papers_come_first() -> None:
    truths = {"r": True, "f": False}
    assert read_cell(question_of(FLOATS), "R", Rules(), truths) == Decided(value=True)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("CAD", "CAD"), ("c a d", "CAD"), ("C-A-D", "CAD"), ("C,A,D", "CAD"), ("1C 2A 3D", "CAD"),
        ("3D, 1C; 2A", "CAD"), ("1-C 2-A 3-D", "CAD"), ("1:C 2:A", "CA-"), ("C--", "C--"), ("-A-", "-A-"),
        ("C - D", "C-D"), ("1C2A3D", "CAD"), ("2 = a", "-A-"), ("1C 2- 3D", "C-D"), ("AAA", "AAA"),
    ],
)  # fmt: skip
def test_pairs_may_stand_in_any_way(text: str, pairs: str) -> None:
    rights = dict(zip("ABCD", PAIRS.rights, strict=True))
    meant = {
        left: rights[sign] for left, sign in zip(PAIRS.order, pairs, strict=True) if sign != "-"
    }
    assert read_cell(PAIRS, text, Rules()) == Matched(pairs=meant)


@pytest.mark.parametrize("text", ["4132", "4-1-3-2", "4 1 3 2", "4,1,3,2", "4132.0", '="4132"'])
def test_places_may_stand_in_any_way(text: str) -> None:
    read = read_cell(PLACES, text, Rules())
    assert read == Ordered(sequence=("mercury", "venus", "earth", "mars"))


def test_a_place_left_out_or_given_twice_is_the_students_own() -> None:
    """The rule counts right places, so 4 1 - 1 still earns two of them."""
    read = read_cell(PLACES, "41-1", Rules())
    assert read == Placed(places={"mars": 4, "mercury": 1, "venus": 1})


@pytest.mark.parametrize("text", ["28 | 29", "28;29", "28\n29", "28|29"])
def test_gaps_may_be_parted_in_any_way(text: str) -> None:
    assert read_cell(question_of(MONTH), text, Rules()) == Filled(gaps={1: "28", 4: "29"})


def test_a_hyphen_is_an_empty_gap() -> None:
    assert read_cell(question_of(MONTH), "- | 29", Rules()) == Filled(gaps={4: "29"})


@pytest.mark.parametrize("text", ["TF-T", "t f - t", "T,F,-,T", "true false - true"])
def test_statements_are_decided_one_by_one(text: str) -> None:
    rules = Rules(multiple="each_statement")
    read = read_cell(as_written(GIANTS), text, rules)
    assert read == Judged(marks={"jupiter": True, "saturn": False, "venus": True})


@pytest.mark.parametrize("text", ["=1.5", "=1,5", "= 3/2", "'=1.5", "1.5", "1,5"])
def test_points_by_hand_may_lose_their_sign_where_only_points_can_stand(text: str) -> None:
    """A spreadsheet reckons =1.5 and keeps 1.5."""
    assert read_cell(question_of(DEW), text, Rules()) == ByHand(points=Fraction(3, 2))


@pytest.mark.parametrize("text", ["9,8", "9.80", "9.75", '="9.8"'])
def test_a_number_may_have_a_decimal_comma(text: str) -> None:
    forms = make_forms(quiz_of(FALL))
    results, problems = marked(
        f'student;form;1\ns1;A;"{text.replace(chr(34), chr(34) * 2)}"\n', forms
    )
    assert problems == ()
    assert results.results[0].total == 1


@pytest.mark.parametrize(
    ("item", "text", "code"),
    [
        (LAKE, "X", "unknown_answer"), (LAKE, "AB", "two_marks"), (LAKE, "AA", "mark_twice"),
        (LAKE, "1", "unknown_answer"), (LAKE, "1.5", "unknown_answer"), (GIANTS, "A C E", "unknown_answer"),
        (GIANTS, "none", "unknown_answer"), (FLOATS, "1", "unknown_answer"), (FLOATS, "0", "unknown_answer"),
        (FLOATS, "TF", "unknown_answer"), (FLOATS, "yes", "unknown_answer"), (PLANETS, "5132", "unknown_answer"),
        (PLANETS, "413", "unknown_answer"), (PLANETS, "ABCD", "unknown_answer"), (AUTHORS, "CA", "unknown_answer"),
        (AUTHORS, "1C 1A", "mark_twice"), (AUTHORS, "4C", "unknown_answer"), (AUTHORS, "1E", "unknown_answer"),
        (MONTH, "28", "gaps"), (MONTH, "28 29 30", "gaps"), (DEW, "Vapour", "needs_points"), (DEW, "", "needs_points"),
        (PLANETS, "03.01.2004", "made_a_date"), (PLANETS, "3-Jan", "made_a_date"), (PLANETS, "01. Feb", "made_a_date"),
        (LAKE, "Jan-02", "made_a_date"), (AUTHORS, "2004-03-01", "made_a_date"), (FALL, "9. Aug", "made_a_date"),
        (LAKE, "#NAME?", "spreadsheet_fault"), (FLOATS, "#WERT!", "spreadsheet_fault"), (FALL, "######", "spreadsheet_fault"),
        (FALL, "1.2E+12", "number_shortened"),
    ],
)  # fmt: skip
def test_what_a_cell_cannot_mean_is_told(item: Item, text: str, code: str) -> None:
    read = read_cell(question_of(item), text, Rules())
    assert isinstance(read, Unclear)
    assert read.code == code


def test_an_answer_that_a_spreadsheet_spoilt_is_told_and_never_wrong() -> None:
    """1-2 became 2-Jan, 007 became 7, 15 September 2022 became 15-Sep-22."""
    for accept, kind, text, code in (
        (("1-2",), "text", "2-Jan", "made_a_date"),
        (("007",), "code", "7", "zeros_lost"),
        (("15 September 2022",), "date", "15-Sep-22", "made_a_date"),
    ):
        item = Entry(id="e", stem="s", accept=accept, kind=kind)  # type: ignore[arg-type]
        read = read_cell(question_of(item), text, Rules())
        assert isinstance(read, Unclear)
        assert read.code == code
    assert read_cell(question_of(CHANGE), "2-Jan", Rules()) == Typed(text="2-Jan")


def test_a_number_that_can_be_read_in_two_ways_is_told_only_where_it_matters() -> None:
    item = Number(id="n", stem="s", value=Fraction("1.5"), text="1.5")
    read = read_cell(question_of(item), "1,500", Rules())
    assert isinstance(read, Unclear)
    assert read.fix == "Write 1500 or 1.5."
    assert read_cell(question_of(FALL), "1,500", Rules()) == Typed(text="1,500")


# --- What a file may hold ------------------------------------------------------------------------


def said(text: str, forms: Sequence[Form] = FORMS) -> list[str]:
    return [
        f"{p.where and (p.where.line, p.where.column)} {p.code}" for p in marked(text, forms)[1]
    ]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("student,form,1,2\ns1,A,A,T\n,B,A,T\n", ["(3, 1) no_student"]),
        ("student,form,1,2\ns1,C,A,T\n", ["(2, 4) unknown_form"]),
        ("student,form,1,2\ns1,,A,T\n", ["(2, 4) unknown_form"]),
        ("student,form,1,2\ns1,A,A,T\nS1,B,A,T\n", ["(2, 1) duplicate_student", "(3, 1) duplicate_student"]),
        ("student,form,1,2\n7,A,A,T\n007,B,A,T\n", ["(2, 1) duplicate_student", "(3, 1) duplicate_student"]),
        ("student,form,1,2\ns1,A,,\n", ["(2, 1) nothing_entered"]),
        ("student,form,1,2\n", ["(1, 1) no_students"]),
        ("", ["(1, 1) empty_file"]),
        ("s1,A,A,T\n", ["(1, 1) no_head"]),
        ("s1,A,1,2,99\ns2,A,A,T,B\n", ["(1, 1) no_head"]),
        ("student,form,1,2\ns1,absent,A,T\n", ["(2, 11) answers_of_absent"]),
        ("student,form,1,2\ns1,-,,T\n", ["(2, 7) answers_of_absent"]),
        ("student,form,1,2\ns1,absent,-,-\n", []),
        ('student,form,1,2\ns1,absent,"=""""",\xa0\n', []),
        ("student,form,question,answer\ns1,absent,1,A\ns1,absent,2,T\n", ["(2, 13) answers_of_absent"]),
        ("student,form,question,answer\ns1,absent,,\n", []),
        ("student,form,1,2,3\ns1,A,A,T,B\n", ["(1, 18) unknown_column"]),
        ("student,form,1,2,2\ns1,A,A,T,F\n", ["(1, 18) duplicate_column"]),
        ("student,form,1\ns1,A,A\n", ["(1, 1) missing_column"]),
        ("student,form,1,2,seat\ns1,A,A,T,4\n", ["(1, 18) unknown_column"]),
        ("student,form,1,2,\ns1,A,A,T,F\n", ["(1, 18) unnamed_column"]),
        ("student,form,1,2\ns1,A,1,5,T\ns2,A,A,T\n", ["(2, 10) long_row"]),
        ("student,form,1,2\ns1,A,A\ns2,A,A,T\n", ["(2, 7) short_row"]),
        ("student,form,1,2\ns1,A,A,\ns2,A,A,T\n", []),
        ("student,form,1,2\ns1,A\ns2,A,A,T\n", ["(2, 1) nothing_entered"]),
        ("student,form,1,2\ns1,absent\ns2,A,A,T\n", []),
        ("form,1,2,student\nA,A,T,s1\nA,A\n", ["(3, 4) no_student"]),
        ("student,form,question,answer\ns1,A,1,A\ns1,A,1,B\ns1,,2,T\n", ["(3, 6) duplicate_answer"]),
        ("student,form,question,answer\ns1,A,1,A\n", ["(2, 1) missing_answer"]),
        ("student,form,question,answer\ns1,A,1,A\ns1,B,2,T\n", ["(3, 4) two_forms"]),
        ("student,form,question,answer\ns1,A,1,A\ns1,A,2,T\ns1,A,9,T\n", ["(4, 6) unknown_question"]),
        ("student,form,question,answer\ns1,A,1,X\ns1,A,2,T\n", ["(2, 8) unknown_answer"]),
    ],
)  # fmt: skip
def test_each_mistake_is_told_at_its_place(text: str, problems: list[str]) -> None:
    assert said(text) == problems


def test_what_parted_an_answer_is_the_sign_of_the_file() -> None:
    _, (problem,) = marked("student;form;1;2\ns1;A;A;T\ns2;A;1;5;T\ns3;A;A;T\n", FORMS)
    assert problem.fix == (
        'A semicolon in an answer has probably parted it: put the answer in quotes, such as "1;5".'
    )


def test_a_mistake_is_told_with_student_question_and_cell() -> None:
    _, problems = marked("student,form,1,2\ns1,A,X,T\n", FORMS)
    assert "\n".join(map(str, problems)) == (
        'r0.csv:2:6: Student "s1", question 1, cell C2: it has the options A to D, but "X" stands'
        " here. Write the letter that is crossed on the paper, or - for a blank. [unknown_answer]"
    )


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffstudent;form;1;2\r\ns1;A;{key};T\r\n",
        "sep=;\nStudent;Form;Q1;Q2\ns1;form a;{key};t\n",
        "student\tform\t1.\t2.\ns1\t{digest}\t{key}\tTRUE\n",
        "student,form,1,2,,,\ns1,A,{key},T,,,\n,,,,,,\n,,,,,,\n",
        "id,version,question 1,question 2\ns1,A {digest},{key},T\n",
        'student,form,1,2\n"s1","A","{key}\n","T"\n',
        "form,2,1,student\nA,T,{key},s1\n",
        "student,form,1.0,2.0\ns1,A,{key},T\n",
    ],
)
def test_spreadsheets_quirks_are_no_mistakes(text: str) -> None:
    form = FORMS[0]
    key = next(
        mark for mark, one in zip("ABCD", form.questions[0].order, strict=True) if one == "baikal"
    )
    results, problems = marked(text.format(key=key, digest=form.digest), FORMS)
    assert problems == ()
    assert by_student(results)["s1"].total == 2


def test_another_editions_paper_is_told_by_its_digest() -> None:
    assert said("student,form,1,2\ns1,A 000000,A,T\n") == ["(2, 4) unknown_form"]


def test_a_quiz_of_one_form_needs_no_column_for_it() -> None:
    forms = FORMS[:1]
    assert said("student,1,2\ns1,A,T\n", forms) == []


def test_gaps_may_have_a_column_each() -> None:
    forms = make_forms(quiz_of(MONTH, FLOATS))
    results, problems = marked("student,form,1a,1b,2\ns1,A,28,29,T\ns2,A,,29,T\ns3,A,,,T\n", forms)
    assert problems == ()
    assert [one.total for one in results.results] == [2, Fraction(3, 2), 1]
    results, problems = marked("student,form,1a,1b,2\ns1,A,28 | 29,,T\n", forms)
    assert problems == ()
    assert results.results[0].total == 2
    long = "student,form,question,answer\ns1,A,1b,29\ns1,A,1a,28\ns1,A,2,T\n"
    results, problems = marked(long, forms)
    assert problems == ()
    assert results.results[0].total == 2


def test_an_answer_of_the_absent_is_told_in_the_cell_of_its_gap() -> None:
    forms = make_forms(quiz_of(MONTH, FLOATS))
    _, (problem,) = marked("student,form,1a,1b,2\ns1,absent,,29,\ns2,A,28,29,T\n", forms)
    assert '"29" stands in D2' in problem.message
    assert problem.where == Where(file="r0.csv", line=2, column=12)


def test_no_row_is_lost_and_nobody_is_given_a_silent_0() -> None:
    """Who is not finished has no total, and what is missing is named."""
    text = (
        "student,form,1,2\ns1,A,A,T\n,A,A,T\ns3,Z,A,T\ns4,A,X,T\ns5,absent,,\ns6,A,,\ns7,A,1,5,T\n"
        "s8,absent,A,T\n"
    )
    results, _ = marked(text, FORMS)
    assert [(one.student, one.total is None, one.open) for one in results.results] == [
        ("s1", False, ()),
        ("", True, ("row 3 names no student",)),
        ("s3", True, ('there is no form "Z" (B4)',)),
        ("s4", True, ("question 1 (C5)",)),
        ("s5", True, ()),
        ("s6", True, ("no answer is entered",)),
        ("s7", True, ("row 8 has too many cells",)),
        ("s8", True, ("absent, but with answers (B9)",)),
    ]
    assert [one.is_absent for one in results.results].count(True) == 1
    assert list(points_of(results.results[3])) == [None, 1]
    assert list(points_of(results.results[6])) == [None, None]


def test_questions_that_a_person_marks_are_told_once_for_all_who_wait() -> None:
    forms = make_forms(quiz_of(DEW, FLOATS))
    _, problems = marked("student,form,1,2\n" + "".join(f"s{n},A,,T\n" for n in range(8)), forms)
    assert [problem.message for problem in problems] == [
        "Question 1 is marked by a person, and has no points yet for s0, s1, s2, s3, s4 and 3 others."
    ]


def test_what_is_still_to_be_entered_is_no_blank() -> None:
    forms = make_forms(quiz_of(CHANGE, MONTH, FLOATS, LAKE))
    text = "student,form,1,2a,2b,3,4\n" + "".join(f"s{n},A,?,?,,?,?\n" for n in range(2))
    results, problems = marked(text, forms)
    assert [problem.message for problem in problems] == [
        f"Question {n} is not entered yet for s0, s1." for n in (1, 2, 3, 4)
    ]
    assert {one.total for one in results.results} == {None}
    mark = Entry(id="mark", stem="Which sign?", accept=("?",), kind="symbol")
    assert read_cell(question_of(mark), "?", Rules()) == Typed(text="?")


def test_a_file_of_every_type_is_marked() -> None:
    forms = make_forms(quiz_of(*ALL))
    results, problems = marked(f"{HEAD}\n1,A,-,-,T,Sublimation,-,2,9.8,28;30,-,=1\n", forms)
    assert problems == ()
    assert list(points_of(results.results[0])) == [0, 0, 1, 1, 0, 2, 1, Fraction(1, 2), 0, 1]


# --- Keyed rows, grades, figures -----------------------------------------------------------------

KEYING = make_forms(quiz_of(LAKE, CHANGE, FLOATS, GIANTS, LAKE.__class__(id="l2", stem="s", options=LAKE.options, keys=LAKE.keys)))  # fmt: skip


@pytest.mark.parametrize(
    ("line", "student", "marks"),
    [
        ("B AT BC D", "", "A T BC D"), ("b a t bc d", "", "a t bc d"), ("A A- - -", "", "A - - -"),
        ("s17: B AT B D", "s17", "A T B D"), ("Ann Lee : A - - - -", "Ann Lee", "- - - -"), ("A A true BC D", "", "A true BC D"),
    ],
)  # fmt: skip
def test_a_keyed_row_has_a_mark_for_each_question_with_letters(
    line: str, student: str, marks: str
) -> None:
    row = keyed(line, KEYING, Rules(), {"t": True, "f": False, "true": True})
    assert isinstance(row, Keyed)
    assert (row.student, " ".join(row.cells.values())) == (student, marks)
    assert list(row.cells) == [1, 3, 4, 5]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("C AT BC D", 'There is no form "C". Write one of A, B first.'),
        ("A AT BC", "These are 3 marks, but 4 questions have letters: 1, 3, 4, 5."),
        ("A AT BC DD", "These are more than 4 marks, but 4 questions have letters: 1, 3, 4, 5."),
        ("A ATBCD", "Question 4 may have several marks; set them off by spaces."),
        ("A XT BC D", 'Question 1: it has the options A to D, but "X" stands here.'),
        ("A A5 BC D", 'Question 3: it is true or false, but "5" stands here.'),
        ("", 'There is no form "". Write one of A, B first.'),
    ],
)
def test_a_keyed_row_that_does_not_fit_is_not_taken(line: str, sentence: str) -> None:
    assert keyed(line, KEYING, Rules(), {"t": True}) == Misread(sentence)


def test_grades_are_given_from_their_percentage_on() -> None:
    bands = read_bands("A:90 B: 80, C=70 %")
    percents = (100, 90, Fraction(8999, 100), 70, 0)
    assert [band_of(Fraction(p), bands) for p in percents] == ["A", "A", "B", "C", ""]
    assert read_bands("1:92,5; 2:81") == read_bands("1:92.5 2:81")


@pytest.mark.parametrize("text", ["", "A", "A:90 B:90", "A:80 B:90", "A:101", "A:90 :80", "A:-1"])
def test_grades_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\."):
        read_bands(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [("1/3", "0.33"), ("2/3", "0.67"), ("1/200", "0.01"), ("5", "5"), ("-1/3", "-0.33"), ("3/2", "1.5"), ("1/1000", "0")],
)  # fmt: skip
def test_figures_are_rounded_only_to_be_shown(value: str, text: str) -> None:
    assert decimal(Fraction(value), 2) == text
