"""Papers with the names of their students, and the plan of a room.

What holds names is written where its caller says and nowhere else.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec.structs import replace

from quizgen.core.form import letter
from quizgen.core.seats import Room, form_at
from quizgen.model import Bank, Form, Frozen, Quiz
from quizgen.outputs.built import Built, Product
from quizgen.outputs.paper import Printing
from quizgen.outputs.paper.footers import Footer, PageMark
from quizgen.outputs.paper.pages import Pages, Student
from quizgen.outputs.paper.pictures import data_uris
from quizgen.outputs.paper.texts import Html, columns_wide, css_string, plain
from quizgen.outputs.template import Templates

_Kind: TypeAlias = Literal["form", "sheet"]
_SAID: Mapping[_Kind, str] = {"form": "form_letter", "sheet": "sheet_form"}


_LONGEST = 20
"""So many letters of a name and an id stand beside the other fields."""

_FOOTER = 100
"""So many letters run across the foot of a sheet."""


class Handed(Frozen, frozen=True, kw_only=True):
    """A student and the form that they get."""

    student: Student
    form: Form


class Dealing(Frozen, frozen=True, kw_only=True):
    """Who gets which form: by class list, by the seats of a room, or both.

    `each_own` says that every student has a form that no other has.
    """

    handed: tuple[Handed, ...] = ()
    room: Room | None = None
    each_own: bool = False


class SeatView(Frozen, frozen=True, kw_only=True):
    """A seat in the plan: the letter of its form, and who sits there if that is known."""

    letter: str
    name: str = ""
    id: str = ""


class HandedPages(Pages):
    """The papers of a class, and the plan of its room."""

    def paper(self, handed: Handed, section: Html) -> Html:
        """The paper of one student as a file of its own."""
        return self._papers([handed], [section], "form")

    def papers(self, handed: Sequence[Handed], sections: Sequence[Html]) -> Html:
        """The papers of all students in one file, the sheets of each counted from 1."""
        return self._papers(handed, sections, "form")

    def answer_sheets(self, handed: Sequence[Handed]) -> Html:
        """The answer sheets of these students in one file."""
        sections = [self.sheet_section(one.form, one.student) for one in handed]
        return self._papers(handed, sections, "sheet")

    def _papers(self, handed: Sequence[Handed], sections: Sequence[Html], kind: _Kind) -> Html:
        marks = tuple(self._mark_of(one, len(handed), kind) for one in handed)
        whose = f" · {handed[0].student.name}" if len(handed) == 1 else ""
        return self._page(
            sections,
            title=f"{plain(self._quiz.plan.title)}{whose}",
            style=kind,
            footer=Footer(
                middle=self._footer_title,
                page=self._page_of,
                pages=marks,
                counting=self._counting(len(handed)) if kind == "form" else None,
            ),
        )

    def _mark_of(self, handed: Handed, papers: int, kind: _Kind) -> PageMark:
        """The foot of a paper; an answer sheet is one page, which needs no number among others."""
        name, form = handed.student.page_name, handed.form
        said = self._words.say(_SAID[kind], letter=form.letter)
        mark = f"{said} · {form.digest} · {handed.student.name}"
        page = self._page_in(name, papers)
        return PageMark(
            name=name,
            mark=css_string(mark),
            page='""' if page and kind == "sheet" else page,
            is_wide=2 * columns_wide(mark) + columns_wide(self._footer_title) > _FOOTER,
        )

    def seats_page(self, room: Room, forms: Sequence[Form], dealing: Dealing) -> Html:
        """The room from the front, with the letter of a form, and a name if known, on each seat."""
        words = self._words
        sits = {one.student.seat: one for one in dealing.handed}
        count = 0 if dealing.each_own else len(forms)
        rows = [
            [
                _seat(sits.get((row + 1, column + 1)), row, column, count)
                for column in range(room.columns)
            ]
            for row in range(room.rows)
        ]
        copies = Counter(seat.letter for row in rows for seat in row)
        name = words.say("seats_label")
        section = self._render(
            "seats",
            about=self._about_key(name),
            rows=rows,
            is_narrow=room.columns > 7,
            note=words.say(f"seats_{min(count, 5) if count > 3 else 2}") if count > 1 else "",
            copies=[(form.letter, form.digest, copies[form.letter]) for form in forms[:count]],
        )
        return self._key_file(section, name, PageMark(name="seats", mark=css_string(name)))


def _seat(one: Handed | None, row: int, column: int, forms: int) -> SeatView:
    if one is not None:
        return SeatView(letter=one.form.letter, name=one.student.name, id=one.student.id)
    return SeatView(letter=letter(form_at(row, column, forms)) if forms else "")


def build_handed(
    bank: Bank,
    quiz: Quiz,
    *,
    forms: Sequence[Form],
    dealing: Dealing,
    media: Mapping[str, bytes],
    templates: Templates,
    printing: Printing,
) -> Built:
    """The papers of a class and the plan of its room; without a class, the plan alone.

    All stands under the folder of `printing`, where no names may stand if there is no class.
    """
    pages = HandedPages(bank, quiz, data_uris(quiz, media), templates, is_draft=printing.is_draft)
    name, handed, folder = quiz.plan.id, _with_room_for_names(dealing.handed), printing.folder
    dealing = replace(dealing, handed=handed)
    files: dict[str, bytes] = {}
    products: list[Product] = []

    def add(kind: str, path: str, html: str) -> None:
        files[path] = html.encode()
        items = sum(map(len, quiz.drawn()))
        products.append(Product(kind=kind, path=path, quiz=name, items=items))

    if handed:
        sections = [pages.form_section(one.form, one.student) for one in handed]
        for one, section in zip(handed, sections, strict=True):
            files[paper_path(one, folder)] = pages.paper(one, section).encode()
        add("paper.class", f"{folder}/papers/{name}-class.html", pages.papers(handed, sections))
    if handed and printing.answer_sheet:
        for one in handed:
            files[sheet_path(one, folder)] = pages.answer_sheets([one]).encode()
        path = f"{folder}/sheets/{name}-class.html"
        add("paper.class-sheets", path, pages.answer_sheets(handed))
    if dealing.room:
        page = pages.seats_page(dealing.room, forms, dealing)
        add("paper.seats", f"{folder}/{name}-seats.html", page)
    return Built(files=files, products=tuple(products))


def _with_room_for_names(handed: Sequence[Handed]) -> tuple[Handed, ...]:
    """These papers: all with a line for the name where one of them needs it, so that all break alike."""
    students = [one.student for one in handed]
    own_line = any(columns_wide(one.name) + columns_wide(one.id) > _LONGEST for one in students)
    return tuple(replace(one, student=replace(one.student, own_line=own_line)) for one in handed)


def paper_path(handed: Handed, folder: str) -> str:
    """Where the paper of one student stands: by their place in the class, without their name."""
    return f"{folder}/papers/{_name(handed)}.html"


def sheet_path(handed: Handed, folder: str) -> str:
    """Where the answer sheet of one student stands, called as their paper is."""
    return f"{folder}/sheets/{_name(handed)}.html"


def _name(handed: Handed) -> str:
    form, place = handed.form, handed.student.place
    return f"{form.quiz.plan.id}-{place:03}-{form.letter}-{form.digest}"
