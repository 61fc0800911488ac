"""A form to its answer sheet: one page to mark on, question by question in the form's numbering.

It is made from the form as its students see it, never from the key. The rows stand in two or three
columns, whichever leaves them higher; so that sixty questions hold on one page, rows of a long
sheet are lower. The one `match` over the items is `_room`.
"""

from math import ceil
from typing import NamedTuple, assert_never

from quizgen.core.form import printed_options
from quizgen.core.score import is_judged
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Entry,
    Form,
    Frozen,
    Match,
    Number,
    Open,
    Order,
    Question,
    TrueFalse,
)
from quizgen.outputs.paper.questions import Press
from quizgen.outputs.paper.texts import Html

_HEIGHT = 178
"""Millimetres of a column that every sheet of paper has below the head."""
_WIDTHS = {2: 74, 3: 46}
"""Millimetres beside the number in a row, by the number of columns."""
_HIGHEST, _LOWEST = 10.5, 5.4
_MARK, _BOX, _STATEMENT = 6.4, 12.5, 21.0


class SheetRow(Frozen, frozen=True, kw_only=True):
    """The room to answer one question: marks to cross, boxes, lines; else what is said there.

    `boxes` and `lines` hold the label of each, empty for none. `signs` are crossed for each of
    the statements that `marks` name.
    """

    number: int
    marks: tuple[str, ...] = ()
    square: bool = False
    signs: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    unit: Html = Html()
    said: str = ""


class Sheet(NamedTuple):
    """The rows of an answer sheet, in how many columns, each line of a row so many mm high."""

    rows: tuple[SheetRow, ...]
    columns: int
    height: float


def answer_sheet(form: Form, press: Press) -> Sheet:
    """The answer sheet of a form."""
    rows = tuple(_room(question, press) for question in form.questions)
    heights = {
        columns: _HEIGHT * columns / sum(_lines(row, width) for row in rows)
        for columns, width in _WIDTHS.items()
    }
    columns = 2 if min(heights[2], _HIGHEST) >= min(heights[3], _HIGHEST) else 3
    height = max(_LOWEST, min(_HIGHEST, heights[columns]))
    return Sheet(rows=rows, columns=columns, height=round(height, 2))


def _room(question: Question, press: Press) -> SheetRow:
    item, words = question.item, press.words
    row = SheetRow(number=question.number)
    signs = (words.say("true_sign"), words.say("false_sign"))
    match item:
        case Choice():
            letters = tuple(mark for mark, _ in printed_options(question))
            judged = is_judged(item, press.rules)
            return SheetRow(
                number=row.number,
                marks=letters,
                square=item.multiple and not judged,
                signs=signs if judged else (),
            )
        case TrueFalse():
            return SheetRow(number=row.number, marks=signs)
        case Match():
            numbers = tuple(mark for mark, _ in printed_options(question))
            return SheetRow(number=row.number, boxes=numbers)
        case Order():
            return SheetRow(number=row.number, boxes=("",) * len(item.sequence))
        case Number():
            return SheetRow(number=row.number, lines=("",), unit=press.text(item.unit))
        case Cloze():
            count = len(item.gaps)
            labels = tuple(str(place) for place in range(1, count + 1)) if count > 1 else ("",)
            return SheetRow(number=row.number, lines=labels)
        case Entry() | Card():
            return SheetRow(number=row.number, lines=("",))
        case Open():
            return SheetRow(number=row.number, said=words.say("on_the_paper"))
        case _:
            assert_never(item)


def _lines(row: SheetRow, width: float) -> int:
    """How many lines a row takes in a column of that width."""
    each = _STATEMENT if row.signs else _MARK
    marks = ceil(len(row.marks) / int(width // each))
    boxes = ceil(len(row.boxes) / int(width // _BOX))
    return max(1, marks + boxes + len(row.lines))
