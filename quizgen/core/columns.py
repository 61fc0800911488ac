"""The columns of a sheet of responses: which answer of which question stands in which."""

from collections.abc import Sequence
from typing import NamedTuple

from quizgen.core.form import letter
from quizgen.model import Cloze, Form, Question


class Column(NamedTuple):
    """A column for a question by its printed number or, from 1, for one of its gaps."""

    heading: str
    number: int
    gap: int = 0


def columns(forms: Sequence[Form]) -> tuple[Column, ...]:
    """The columns after student and form, for whichever of these forms a row is of.

    Letters and places of one question stand in one cell; gaps have a column each, 5a, 5b. Where only
    some forms have gaps under a number, the others' answer stands in its first column.
    """
    gaps: dict[int, int] = {}
    for form in forms:
        for question in form.questions:
            gaps[question.number] = max(gaps.get(question.number, 1), _gaps(question))
    found: list[Column] = []
    for number, count in sorted(gaps.items()):
        if count == 1:
            found.append(Column(str(number), number))
        else:
            found += [
                Column(f"{number}{letter(gap).lower()}", number, gap + 1) for gap in range(count)
            ]
    return tuple(found)


def _gaps(question: Question) -> int:
    return len(question.item.gaps) if isinstance(question.item, Cloze) else 1
