"""A keyed row, such as "B ACDB-A", to a student's answers: quick to type, and echoed to be believed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from quizgen.core.form import has_letters
from quizgen.grading.cells import ByHand, read_cell
from quizgen.grading.unclear import Unclear
from quizgen.model import Choice, Form, Question, Rules, TrueFalse


class Keyed(NamedTuple):
    """A row as it was meant: the student, empty where none was named, and a cell for each question."""

    student: str
    form: str
    cells: Mapping[int, str]


class Misread(NamedTuple):
    """A row that cannot be meant so: why, in a sentence."""

    sentence: str


def keyed(
    line: str, forms: Sequence[Form], rules: Rules, truths: Mapping[str, bool]
) -> Keyed | Misread:
    """What a keyed row says: perhaps a student with a colon, the form, a mark for each question.

    Only questions with letters have marks, in printed order; a hyphen is a blank. Where a question
    may take several letters (all that apply, matching, order), spaces set its marks off.
    """
    student, colon, rest = line.rpartition(":")
    if not colon:
        student = ""
    letter, *groups = rest.split() or [""]
    form = next((one for one in forms if one.letter == letter.upper()), None)
    if form is None:
        letters = ", ".join(one.letter for one in forms[:30])
        return Misread(f'There is no form "{letter}". Write one of {letters} first.')
    asked = [question for question in form.questions if has_letters(question.item)]
    cells = _dealt(asked, groups, truths)
    if isinstance(cells, Misread):
        return cells
    for question in asked:
        read = read_cell(question, cells[question.number], rules, truths)
        if isinstance(read, Unclear):
            return Misread(f"Question {question.number}: {read.clause}.")
        if isinstance(read, ByHand):
            return Misread(f"Question {question.number}: write points by hand in the file.")
    return Keyed(" ".join(student.split()), form.letter, cells)


def _dealt(
    asked: Sequence[Question], groups: Sequence[str], truths: Mapping[str, bool]
) -> dict[int, str] | Misread:
    """The marks, each at its question."""
    cells: dict[int, str] = {}
    waiting = list(asked)
    for group in groups:
        for mark in _marks(group, waiting, truths):
            if not waiting:
                return Misread(_count(asked, f"more than {len(asked)}"))
            if _takes_group(waiting[0]) and mark != group:
                return Misread(
                    f"Question {waiting[0].number} may have several marks; set them off by spaces."
                )
            cells[waiting.pop(0).number] = mark
    if waiting:
        return Misread(_count(asked, str(len(cells))))
    return cells


def _marks(group: str, waiting: Sequence[Question], truths: Mapping[str, bool]) -> Iterator[str]:
    """The marks of a group: all of it for one question, or each letter for one of a row."""
    is_word = bool(waiting) and isinstance(waiting[0].item, TrueFalse)
    if waiting and (_takes_group(waiting[0]) or (is_word and group.casefold() in truths)):
        yield group
    else:
        yield from group


def _takes_group(question: Question) -> bool:
    item = question.item
    match item:
        case Choice():
            return item.multiple or len(item.options) > 26
        case _:
            return not isinstance(item, TrueFalse)


def _count(asked: Sequence[Question], given: str) -> str:
    numbers = ", ".join(str(question.number) for question in asked)
    return f"These are {given} marks, but {len(asked)} questions have letters: {numbers}."
