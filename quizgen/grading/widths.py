"""Rows that have more cells or fewer than their file has columns."""

from collections.abc import Sequence

from quizgen.grading.heads import problem_at
from quizgen.problem import Problem
from quizgen.sheet import Row, Sheet, cell_name

_SIGNS = {",": "comma", ";": "semicolon", "\t": "tab"}


def width_of(sheet: Sheet) -> int:
    """How many columns a file has: those of its head, or of most rows where these are more."""
    lengths = [len(row.cells) for row in sheet.rows]
    return max(lengths[0], max(set(lengths), key=lengths.count))


def too_long(sheet: Sheet, row: Row, width: int) -> Problem:
    """A row with more cells than there are columns: who knows which answer slipped."""
    sign = sheet.delimiter
    return problem_at(
        "long_row",
        f"Row {row.number} has {len(row.cells)} cells, but there are {width} columns, so its answers may stand in the wrong ones.",
        f'A {_SIGNS[sign]} in an answer has probably parted it: put the answer in quotes, such as "1{sign}5".',
        sheet.at(row, width),
    )


def cut_short(sheet: Sheet, row: Row, student: str, numbers: Sequence[int]) -> Problem:
    """A row that ends before its last questions, of these numbers.

    Some spreadsheets leave empty cells at the end of a row out, so this may be as it should.
    """
    which = f"Question {numbers[0]} is"
    if len(numbers) > 1:
        which = f"Questions {numbers[0]} to {numbers[-1]} are"
    return problem_at(
        "short_row",
        f'Student "{student}": row {row.number} ends before cell {cell_name(row, len(row.cells))}. {which} taken as blank.',
        "Look at the paper and enter what it says; where nothing was written, - says so.",
        sheet.at(row, len(row.cells)),
        "warning",
    )
