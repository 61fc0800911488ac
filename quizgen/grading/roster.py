"""A class list, `id,name`, to the names of students by what makes two entries the same."""

from collections.abc import Mapping
from typing import NamedTuple

from quizgen.grading.cells import unwrapped
from quizgen.grading.heads import problem_at
from quizgen.grading.responses import same_student
from quizgen.problem import Problem
from quizgen.sheet import Sheet, cell_name


class Roster(NamedTuple):
    """The id and name of each student, in the order of the list, and what is wrong with it."""

    names: Mapping[str, tuple[str, str]]
    problems: tuple[Problem, ...]


def read_roster(sheet: Sheet) -> Roster:
    """The students of a class list."""
    problems = list(sheet.problems)
    names: dict[str, tuple[str, str]] = {}
    if not sheet.rows:
        return Roster(names, tuple(problems))
    head = [" ".join(unwrapped(cell).casefold().split()) for cell in sheet.rows[0].cells]
    if not {"id", "name"} <= set(head):
        problems.append(
            problem_at(
                "no_head",
                "The first row of a class list names its columns.",
                "Write id,name above the students.",
                sheet.at(sheet.rows[0], 0),
            )
        )
        return Roster(names, tuple(problems))
    columns = head.index("id"), head.index("name")
    for row in sheet.rows[1:]:
        student, name = (
            " ".join(unwrapped(row.cells[at]).split()) if at < len(row.cells) else ""
            for at in columns
        )
        same = same_student(student)
        if not student or same in names:
            wrong = f'"{student}" stands twice' if student else f"{name or 'A student'} has no id"
            problems.append(
                problem_at(
                    "class_list",
                    f"{wrong} ({cell_name(row, columns[0])}).",
                    "Give each student an id of their own.",
                    sheet.at(row, columns[0]),
                )
            )
        else:
            names[same] = student, name
    return Roster(names, tuple(problems))


def no_paper(
    names: Mapping[str, tuple[str, str]], there: frozenset[str], file: str
) -> tuple[Problem, ...]:
    """A problem for each student of the class without a row among the responses."""
    from quizgen.problem import Where

    return tuple(
        problem_at(
            "no_row",
            f'Student "{student}" of the class has no row in the responses.',
            "Enter the paper; who did not take part has a row with absent as the form.",
            Where(file),
        )
        for same, (student, _) in names.items()
        if same not in there
    )
