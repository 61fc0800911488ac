"""Seats and class lists: neighbours never have the same form, and nobody's form moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.core.seats import Dealt, Room, deal, form_at, forms_needed
from quizgen.grading.classlist import read_class
from quizgen.sheet import read_sheet, write_sheet

BESIDE = ((0, 1), (1, 0))
AROUND = (*BESIDE, (1, 1), (1, -1))
TWO_AWAY = (*AROUND, (0, 2), (2, 0))


def same(room: Room, forms: int, steps: tuple[tuple[int, int], ...]) -> int:
    """How many pairs of seats that are such steps apart have one form."""
    at = {seat: form_at(*seat, forms) for seat in room.seats}
    return sum(
        at[row, column] == at.get((row + down, column + right))
        for row, column in room.seats
        for down, right in steps
    )


@pytest.mark.parametrize("columns", range(1, 13))
@pytest.mark.parametrize("rows", range(1, 13))
def test_no_neighbour_in_any_room_has_the_same_form(rows: int, columns: int) -> None:
    """Two forms part four neighbours, four all eight, five and more also those two seats away."""
    room = Room(rows=rows, columns=columns)
    for forms in range(2, 40):
        assert same(room, forms, BESIDE) == 0
        if forms >= 4:
            assert same(room, forms, AROUND) == 0
        if forms >= 5:
            assert same(room, forms, TWO_AWAY) == 0
        assert {form_at(*seat, forms) for seat in room.seats} <= set(range(forms))


@pytest.mark.parametrize("columns", range(1, 6))
@pytest.mark.parametrize("rows", range(1, 6))
def test_no_fewer_forms_than_needed_part_neighbours(rows: int, columns: int) -> None:
    """As many as said suffice; with one fewer, two who touch must have the same."""
    room = Room(rows=rows, columns=columns)
    for diagonal, steps in ((False, BESIDE), (True, AROUND)):
        needed = forms_needed(room, diagonal=diagonal)
        assert same(room, needed, steps) == 0
        corner = {(0, 0), (0, 1), (1, 0), (1, 1)} & set(room.seats)  # all touch one another
        assert needed == (len(corner) if diagonal else min(2, len(corner)))


STUDENTS = st.lists(st.text("abc", min_size=1, max_size=3), unique=True, max_size=12)


@given(STUDENTS, STUDENTS, st.integers(0, 5), st.booleans())
def test_a_student_who_is_added_moves_no_other(
    first: list[str], more: list[str], forms: int, seated: bool
) -> None:
    """Wherever in the list they are added, and whoever leaves it."""
    room = Room(rows=6, columns=5) if seated else None
    before = deal(first, {}, forms=forms, room=room)
    both = sorted({*first, *more})
    after = deal(both, before, forms=forms, room=room)
    assert {name: after[name] for name in first} == before
    left = deal(first[::2], after, forms=forms, room=room)
    assert left == {name: before[name] for name in first[::2]}


@given(STUDENTS, st.integers(1, 5), st.booleans())
def test_each_has_a_form_of_their_own_or_forms_are_dealt_evenly(
    students: list[str], forms: int, seated: bool
) -> None:
    room = Room(rows=3, columns=4) if seated else None
    own = deal(students, {}, forms=0, room=room)
    assert sorted(one.form for one in own.values()) == list(range(len(students)))
    among = [one.form for one in deal(students, {}, forms=forms).values()]
    times = [among.count(form) for form in range(forms)]
    assert max(times) - min(times) <= 1
    if room:
        seats = [one.seat for one in own.values()]
        assert len(set(seats)) == len(seats)
        assert set(seats) <= set(room.seats)


def test_what_was_dealt_is_dealt_anew_only_where_it_cannot_stay() -> None:
    """A form that is no more, or that another has; a seat that is not in this room."""
    earlier = {"a": Dealt(form=3, seat=(9, 9)), "b": Dealt(form=1, seat=(0, 0)), "c": Dealt(form=1)}
    assert [one.form for one in deal("abc", earlier, forms=2).values()] == [0, 1, 1]
    assert [one.form for one in deal("abc", earlier, forms=0).values()] == [3, 1, 0]
    room = Room(rows=1, columns=3)
    dealt = deal("abc", earlier, forms=2, room=room)
    assert [one.seat for one in dealt.values()] == [(0, 1), (0, 0), (0, 2)]
    assert [one.form for one in dealt.values()] == [1, 0, 0]


# --- Class lists ---------------------------------------------------------------------------------


def listed(text: str | bytes) -> tuple[list[tuple[str, str]], list[str]]:
    data = text if isinstance(text, bytes) else text.encode()
    found = read_class(read_sheet(data, "classes/7b.csv"))
    return [(one.id, one.name) for one in found.students], [*map(str, found.problems)]


@pytest.mark.parametrize(
    "text",
    [
        "id,name\n1,Ada\n2,Grace Hopper\n",
        "\ufeffid;name\r\n1;Ada\r\n2;Grace Hopper\r\n",
        'sep=;\nID;Name;Class\n1;Ada;7b\n\n2;"Grace  Hopper";7b\n',
        'Name\tId\nAda\t"1"\nGrace Hopper\t="2"\n',
        "id,name\n1,Ada\n2,Grace Hopper\n".encode("utf-16"),
        ",,\nid,name,\n1,Ada,\n2,Grace Hopper,\n,,\n",
    ],
)
def test_a_class_list_is_read_however_it_was_saved(text: str | bytes) -> None:
    assert listed(text) == ([("1", "Ada"), ("2", "Grace Hopper")], [])


def test_what_is_wrong_with_a_class_list_is_told_with_its_cell() -> None:
    students, problems = listed("id,name\n1,Ada\n,Grace\nA 3,\na3,Alan\nA3,Mary\n1,Emmy\n")
    assert students == [("1", "Ada"), ("a3", "Alan")]
    assert problems == [
        'classes/7b.csv:3:1: "Grace" has no id (A3). Write it; the id is what tells two students of one name apart. [class_list]',
        'classes/7b.csv:4:5: "A 3" has no name (B4). Write it; the id is what tells two students of one name apart. [class_list]',
        'classes/7b.csv:6:1: The id "A3" stands twice, in row 5 and in A6. Delete one of the rows, or give each student an id of their own. [class_list]',
        'classes/7b.csv:7:1: The id "1" stands twice, in row 2 and in A7. Delete one of the rows, or give each student an id of their own. [class_list]',
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty."),
        ("1,Ada\n", 'The class list has no column "id".'),
        ("id,first name\n1,Ada\n", 'The class list has no column "name".'),
        ("id,name,name\n1,Ada,Lovelace\n", 'The class list has two columns "name".'),
        ("id,name\n", "There is no student in the class list."),
        ("PK\x03\x04", "This is a workbook, not CSV."),
    ],
)
def test_a_file_that_is_no_class_list_is_told(text: str, said: str) -> None:
    students, problems = listed(text)
    assert students == []
    assert said in problems[0]


@given(st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), max_size=5))
def test_no_student_is_lost_without_a_word(rows: list[tuple[str, str]]) -> None:
    data = write_sheet([("id", "name"), *rows])
    found = read_class(read_sheet(data, "classes/7b.csv"))
    kept = [row for row in rows if " ".join((row[0] + row[1]).split())]
    assert len(found.students) + len(found.problems) >= min(len(kept), 1)
    assert all(one.id and one.name for one in found.students)
