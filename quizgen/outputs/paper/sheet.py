"""A form to its answer sheet: one page to mark on, question by question in the form's numbering.

It is made from the form as its students see it, never from the key. Where a row goes on in another
line, and where a column ends, is settled here, since browsers and makers of PDFs differ in both.
The rows stand in two or three columns, whichever leaves them higher; so that sixty questions hold
on one page, rows of a long sheet are lower. The one `match` over the items is `_room`.
"""

from collections.abc import Sequence
from itertools import chain
from math import ceil
from typing import NamedTuple, assert_never

from msgspec.structs import replace

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
_WIDTHS = {2: 76.0, 3: 45.6}
"""Millimetres beside the number in a row, by the number of columns."""
_HIGHEST, _EASY, _LOWEST = 10.5, 7.5, 5.4
_MARK, _STATEMENT, _BOX = 6.4, 21.0, 8.7
_BESIDE_BOX = {0: 0.0, 1: 2.7}
"""What the label beside a box takes, by the number of its digits; two take more."""
_TWO_DIGITS = 4.0
_BETWEEN = 0.9


class SheetRow(Frozen, frozen=True, kw_only=True):
    """The room to answer one question: marks to cross, boxes, lines; else what is said there.

    `boxes` and `lines` hold the label of each, empty for none. `signs` are crossed for each of
    the statements that `marks` name. Of marks or boxes, `across` stand in a line.
    """

    number: int
    marks: tuple[str, ...] = ()
    square: bool = False
    signs: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    unit: Html = Html()
    said: str = ""
    across: int = 1

    @property
    def height(self) -> int:
        """How many lines the row takes."""
        return max(1, ceil(len(self.marks or self.boxes) / self.across) + len(self.lines))


class _Lines(NamedTuple):
    """On how many lines a gap, a word and several words are written.

    That goes by the room on the form, so that the sheet tells no more of their length.
    """

    gap: int = 1
    word: int = 1
    several: int = 1


class Sheet(NamedTuple):
    """The columns of an answer sheet, page by page; a line of a row is so many mm high.

    All columns have room for `longest` lines.
    """

    pages: tuple[tuple[tuple[SheetRow, ...], ...], ...]
    columns: int
    longest: int
    height: float

    @property
    def mark(self) -> float:
        """How high a mark is."""
        return round(min(5, self.height - _BETWEEN), 2)

    @property
    def square(self) -> float:
        """How high a box to write in is."""
        return round(min(8, self.height - _BETWEEN), 2)

    @property
    def under(self) -> float:
        """How much room is left below a line to write on."""
        return round(min(2, self.height / 5), 2)


def answer_sheet(form: Form, press: Press) -> Sheet:
    """The answer sheet of a form: with lines for what is long, where these leave it one easy page."""
    room = press.room
    word = 1 if room.lines == 1 else 2 * room.lines
    lines = _Lines(gap=ceil(room.gap / _WIDTHS[2]), word=word, several=max(2, word))
    roomy, plain = (
        tuple(_room(question, press, most) for question in form.questions)
        for most in (lines, _Lines())
    )
    easy = _in_columns(roomy, 2)
    if len(easy.pages) == 1 and easy.height >= _EASY:
        return easy
    return max(
        (_in_columns(plain, columns) for columns in _WIDTHS),
        key=lambda sheet: (-len(sheet.pages), sheet.height),
    )


def _in_columns(rows: Sequence[SheetRow], columns: int) -> Sheet:
    rows = [replace(row, across=_across(row, _WIDTHS[columns])) for row in rows]
    most = int(_HEIGHT // _LOWEST)
    pages = ceil(len(_filled(rows, most)) / columns)
    total = sum(row.height for row in rows)
    longest = max(ceil(total / (columns * pages)), *(row.height for row in rows))
    while len(divided := _filled(rows, longest)) > columns * pages:
        longest += 1
    return Sheet(
        pages=tuple(divided[at : at + columns] for at in range(0, len(divided), columns)),
        columns=columns,
        longest=longest,
        height=round(max(_LOWEST, min(_HIGHEST, _HEIGHT / longest)), 2),
    )


def _filled(rows: Sequence[SheetRow], most: int) -> tuple[tuple[SheetRow, ...], ...]:
    """The rows in columns of so many lines at most; a row that is longer stands alone."""
    columns: list[list[SheetRow]] = []
    left = 0
    for row in rows:
        if not columns or row.height > left:
            columns.append([])
            left = most
        columns[-1].append(row)
        left -= row.height
    return tuple(map(tuple, columns))


def _across(row: SheetRow, width: float) -> int:
    """How many marks or boxes stand in a line of that width."""
    if row.boxes:
        label = max(map(len, row.boxes))
        return int(width // (_BOX + _BESIDE_BOX.get(label, _TWO_DIGITS)))
    return int(width // (_STATEMENT if row.signs else _MARK))


def _room(question: Question, press: Press, lines: _Lines) -> SheetRow:
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
            below = ("",) * (lines.gap - 1)
            return SheetRow(
                number=row.number, lines=tuple(chain(*((label, *below) for label in labels)))
            )
        case Entry(kind="set" | "list"):
            return SheetRow(number=row.number, lines=("",) * lines.several)
        case Entry() | Card():
            return SheetRow(number=row.number, lines=("",) * lines.word)
        case Open():
            return SheetRow(number=row.number, said=words.say("on_the_paper"))
        case _:
            assert_never(item)
