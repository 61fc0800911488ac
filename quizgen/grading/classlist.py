"""A class list to its students: a CSV file with the columns id and name.

Names of students stand in `classes/` and `results/` alone; this is where they come in.
"""

import re
import unicodedata
from typing import NamedTuple

from quizgen.problem import Problem
from quizgen.sheet import Row, Sheet, cell_name

_DECIMALS = re.compile(r"(?<=\d)\.0+$")
_SPREADSHEETS = str.maketrans({"\xa0": " ", "\ufeff": None, "\u200b": None})


class Student(NamedTuple):
    """A student of a class; the id is theirs alone, the name is what is printed."""

    id: str
    name: str


class ClassList(NamedTuple):
    """The students in the order of the list, and what is wrong with it."""

    students: tuple[Student, ...]
    problems: tuple[Problem, ...]


def same_student(student: str) -> str:
    """What makes two ids the same: case, spaces, forms of Unicode and a number's zeros aside.

    A spreadsheet turns 007 into 7 and, at times, into 7.0.
    """
    plain = "".join(unicodedata.normalize("NFKC", student).split()).casefold()
    plain = _DECIMALS.sub("", plain)
    return plain.lstrip("0") or "0" if plain.isdigit() else plain


def read_class(sheet: Sheet) -> ClassList:
    """The students of a class list; whoever cannot be told from another is a problem."""
    problems = list(sheet.problems)
    if not sheet.rows:
        return ClassList((), tuple(problems))
    head = [_plain(cell).casefold() for cell in sheet.rows[0].cells]
    for name in ("id", "name"):
        if head.count(name) != 1:
            wrong = f'has no column "{name}"' if name not in head else f'has two columns "{name}"'
            fix = "Write id,name in the first row, above the students."
            problems.append(_problem(sheet, sheet.rows[0], 0, f"The class list {wrong}.", fix))
    if head.count("id") != 1 or head.count("name") != 1:
        return ClassList((), tuple(problems))
    columns = head.index("id"), head.index("name")
    if len(sheet.rows) == 1:
        fix = "Write a row for each: their id, then their name."
        what = "There is no student in the class list."
        problems.append(_problem(sheet, sheet.rows[0], 0, what, fix))
    students: dict[str, Student] = {}
    first: dict[str, Row] = {}
    for row in sheet.rows[1:]:
        cells = [_plain(row.cells[at]) if at < len(row.cells) else "" for at in columns]
        student = Student(*cells)
        if not any(cells):
            continue
        where = cell_name(row, columns[0 if not student.id else 1])
        same = same_student(student.id)
        if not student.id or not student.name:
            who = student.name or student.id
            what = f'"{who}" has no {"name" if student.id else "id"} ({where}).'
            fix = "Write it; the id is what tells two students of one name apart."
            problems.append(_problem(sheet, row, columns[bool(student.id)], what, fix))
        elif same in students:
            where = cell_name(row, columns[0])
            what = (
                f'The id "{student.id}" stands twice, in row {first[same].number} and in {where}.'
            )
            fix = "Delete one of the rows, or give each student an id of their own."
            problems.append(_problem(sheet, row, columns[0], what, fix))
        else:
            students[same] = student
            first[same] = row
    return ClassList(tuple(students.values()), tuple(problems))


def _plain(cell: str) -> str:
    """The text of a cell without what spreadsheets put around it, such as ="007"."""
    text = " ".join(cell.translate(_SPREADSHEETS).split())
    if len(text) > 3 and text.startswith('="') and text.endswith('"'):
        text = text[2:-1].strip()
    return text


def _problem(sheet: Sheet, row: Row, column: int, message: str, fix: str) -> Problem:
    return Problem(code="class_list", message=message, fix=fix, where=sheet.at(row, column))
