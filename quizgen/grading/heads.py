"""The first row of a responses file to what each column is for."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from quizgen.grading.cells import unwrapped
from quizgen.problem import Problem, Severity, Where
from quizgen.sheet import Sheet, cell_name

_HEADS = {
    **dict.fromkeys(("student", "students", "id", "student id", "number", "no", "matriculation"), "student"),
    "name": "name",
    **dict.fromkeys(("form", "version", "paper"), "form"),
    **dict.fromkeys(("question", "item"), "question"),
    **dict.fromkeys(("answer", "response"), "answer"),
}  # fmt: skip
NUMBER = re.compile(r"(?:q|question|no\.?|nr\.?)?\s*(\d{1,4})(?:[.,]0+|([a-z]))?\.?", re.IGNORECASE)


class Head(NamedTuple):
    """The columns of a file, from 0."""

    columns: Mapping[str, int]
    """Of student, name (which is for the eye alone), form, question and answer."""
    numbers: Mapping[int, tuple[int, ...]]
    """The column of each question; those of its gaps (5a, 5b) where they have one each."""
    problems: list[Problem]


def problem_at(
    code: str, message: str, fix: str, where: Where, severity: Severity = "error"
) -> Problem:
    """A problem of a file of responses, at its place."""
    return Problem(code=code, message=message, fix=fix, where=where, severity=severity)


def read_head(sheet: Sheet, most: int) -> Head:
    """The columns by what stands above them; `most` is the number of the last question."""
    row = sheet.rows[0]
    columns: dict[str, int] = {}
    gaps: dict[int, dict[str, int]] = {}
    problems: list[Problem] = []
    is_long = {"question", "answer"} <= {_HEADS.get(_named(cell)) for cell in row.cells}
    for column, cell in enumerate(row.cells):
        name = _named(cell)
        found = NUMBER.fullmatch(name)
        number = int(found[1]) if found else 0
        where = sheet.at(row, column)
        if (known := _HEADS.get(name)) and known not in columns:
            columns[known] = column
        elif found and not is_long and _is_taken(gaps.get(number, {}), found[2]):
            problems.append(
                problem_at(
                    "duplicate_column",
                    f'"{cell[:40]}" stands above two columns, the second being {cell_name(row, column)}.',
                    "Delete one of them, or mend its number; only the first was read.",
                    where,
                )
            )
        elif found and not is_long and 1 <= number <= most:
            gaps.setdefault(number, {})[found[2] or ""] = column
        elif (found and not is_long) or (name and _holds(sheet, column)):
            is_number = found is not None
            problems.append(
                problem_at(
                    "unknown_column",
                    f'Column "{cell[:40]}" ({cell_name(row, column)}) is for no question of this edition.',
                    f"Its questions are 1 to {most}; delete the column or mend its number."
                    if is_number
                    else "It was not read; delete it if an answer stands in it.",
                    where,
                    "error" if is_number else "warning",
                )
            )
        elif not name and _holds(sheet, column):
            problems.append(
                problem_at(
                    "unnamed_column",
                    f"Something stands in the column of {cell_name(row, column)}, which has no name.",
                    "Write the number of the question above it, or delete what stands there.",
                    where,
                )
            )
    if not is_long and gaps:
        problems += [
            problem_at(
                "missing_column",
                f"Question {number} has no column.",
                f"Write {number} above its answers; until then nobody is finished.",
                sheet.at(row, 0),
            )
            for number in range(1, most + 1)
            if number not in gaps
        ]
    numbers = {
        number: tuple(column for _, column in sorted(found.items()))
        for number, found in gaps.items()
    }
    return Head(columns, numbers, problems)


def _is_taken(gaps: Mapping[str, int], gap: str | None) -> bool:
    """Whether a question has a column already: this one, or one for all of its gaps."""
    return (gap or "") in gaps or "" in gaps or (gap is None and bool(gaps))


def _named(cell: str) -> str:
    return " ".join(unwrapped(cell).casefold().split())


def _holds(sheet: Sheet, column: int) -> bool:
    return any(len(row.cells) > column and row.cells[column].strip() for row in sheet.rows[1:])
