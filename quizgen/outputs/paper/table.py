"""All forms to one table of their keys side by side, and a plan of who gets which form."""

from collections.abc import Sequence

from msgspec.structs import replace

from quizgen.core.form import has_letters
from quizgen.core.likeness import COMPARED, is_shuffled, likeness
from quizgen.core.seats import form_at
from quizgen.model import Form, Frozen, Question
from quizgen.outputs.paper.keys import answer_said, letters_said
from quizgen.outputs.paper.questions import Press, by_section, points_of
from quizgen.outputs.paper.texts import plain

_FORMS_ACROSS = 8
_LONGEST_SHARED, _LONGEST_IN_HALF = 90, 40
_TWO_UP_ROWS, _TWO_UP_FORMS = 36, 4
_LONGEST_CELL, _LONGEST_CROWDED = 24, 12
_CROWD = 5
_DENSE = 27
_ROWS, _SEATS = 3, 6


class Cell(Frozen, frozen=True, kw_only=True):
    """The key of one question in one form; with its points where they differ between forms.

    `coded` says that it is letters or places, which run one way in every language, `elsewhere` that
    the text only says where the key stands.
    """

    text: str
    points: str = ""
    coded: bool = False
    elsewhere: bool = False


class TableRow(Frozen, frozen=True, kw_only=True):
    """A printed number: `same` for all forms, or a cell for each.

    `title` is that of the section which starts here, with its points.
    """

    number: int
    points: str
    cells: tuple[Cell, ...] = ()
    same: str = ""
    title: str = ""


class TableView(Frozen, frozen=True, kw_only=True):
    """Some of the forms, by letter and digest, and a row for each printed number."""

    head: tuple[tuple[str, str], ...]
    rows: tuple[TableRow, ...]

    @property
    def crowded(self) -> bool:
        """Whether so many forms stand side by side that only letters and words have room."""
        return len(self.head) > _CROWD


def tables(forms: Sequence[Form], press: Press) -> tuple[TableView, ...]:
    """The keys of all forms, at most eight side by side."""
    return tuple(
        _table(forms[first : first + _FORMS_ACROSS], press)
        for first in range(0, len(forms), _FORMS_ACROSS)
    )


def is_two_up(forms: Sequence[Form]) -> bool:
    """Whether the rows stand in two halves side by side: many rows of few forms."""
    return len(forms[0].questions) > _TWO_UP_ROWS and len(forms) <= _TWO_UP_FORMS


def density(forms: Sequence[Form]) -> str:
    """How close the rows stand, so that the table of a usual quiz stays on one page."""
    rows = len(forms[0].questions) + len(forms[0].quiz.plan.sections)
    if is_two_up(forms):
        rows = (rows + 1) // 2
    if len(forms) > _FORMS_ACROSS and 2 * rows + 4 <= _DENSE:
        rows = 2 * rows + 4
    if rows <= 16:
        return ""
    if rows <= _DENSE:
        return "dense"
    return "tight" if rows <= 40 else "tight tightest"


def _table(forms: Sequence[Form], press: Press) -> TableView:
    longest = _LONGEST_IN_HALF if is_two_up(forms) else _LONGEST_SHARED
    titles = {
        questions[0].number: f"{plain(section.title)} · {points_of(questions, press)}"
        for section, questions in by_section(forms[0])
        if section is not None
    }
    rows = (
        _row(questions, press, longest)
        for questions in zip(*(form.questions for form in forms), strict=True)
    )
    return TableView(
        head=tuple((form.letter, form.digest) for form in forms),
        rows=tuple(replace(row, title=titles.get(row.number, "")) for row in rows),
    )


def _row(questions: Sequence[Question], press: Press, longest: int) -> TableRow:
    words = press.words
    number = questions[0].number
    points = [words.number(question.item.points) for question in questions]
    if len({question.item.id for question in questions}) == 1:
        item = questions[0].item
        if not has_letters(item):
            return TableRow(
                number=number,
                points=points[0],
                same=_short(answer_said(item, press), longest, press),
            )
    is_even = len(set(points)) == 1
    return TableRow(
        number=number,
        points=points[0] if is_even else "",
        cells=tuple(
            _cell(question, "" if is_even else worth, len(questions) > _CROWD, press)
            for question, worth in zip(questions, points, strict=True)
        ),
    )


def _cell(question: Question, points: str, is_crowded: bool, press: Press) -> Cell:
    if letters := letters_said(question, press):
        return Cell(text=letters, points=points, coded=True)
    answer = answer_said(question.item, press)
    text = _short(answer, _LONGEST_CROWDED if is_crowded else _LONGEST_CELL, press)
    return Cell(text=text, points=points, elsewhere=text != answer)


def _short(text: str, longest: int, press: Press) -> str:
    """The text where it is short, else where to find it; never a part of it."""
    return text if text and len(text) <= longest else press.words.say("see_key")


# --- Dealing out ---------------------------------------------------------------------------------


def seats(forms: Sequence[Form]) -> tuple[tuple[str, ...], ...]:
    """The letters by row and seat, so that neighbours have different forms."""
    count = len(forms)
    return tuple(
        tuple(forms[form_at(row, seat, count)].letter for seat in range(_SEATS))
        for row in range(_ROWS)
    )


def notes(forms: Sequence[Form], press: Press) -> tuple[str, ...]:
    """What the plan of seats is good for, and how far the keys of the forms agree."""
    if len(forms) < 2:
        return ()
    words = press.words
    which = "any" if len(forms) <= COMPARED else "first"
    said = [words.say(f"seats_{2 if len(forms) < 4 else min(len(forms), 5)}")]
    alike = likeness(forms)
    counts = {"forms": min(len(forms), COMPARED)}
    if forms[0].quiz.plan.parallel:
        common = _between(*alike.common, press)
        said.append(words.say(f"common_{which}", range=common, n=alike.questions, **counts))
    if alike.lettered:
        letters = _between(*alike.letters, press)
        said.append(words.say(f"shared_{which}", range=letters, n=alike.lettered, **counts))
    if alike.everywhere and not is_shuffled(forms[0].quiz.plan):
        number = "one" if len(alike.everywhere) == 1 else "many"
        said.append(words.say(f"same_everywhere_{number}", n=words.runs(alike.everywhere)))
    return tuple(said)


def _between(low: int, high: int, press: Press) -> str:
    return str(low) if low == high else press.words.say("range", first=low, last=high)
