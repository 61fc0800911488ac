"""The options that say who gets which form: a class list, seats, the number of forms.

Names are read from a class list and go to `results/` alone. What was dealt is kept there, so that a
student who is added later moves no other's form.
"""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from quizgen.commands.printed import folder_of
from quizgen.commands.project import Stop
from quizgen.commands.report import count_of
from quizgen.core.seats import Dealt, Room, deal, forms_needed
from quizgen.grading.classlist import Student, read_class, same_student
from quizgen.model import Bank, Form, Frozen, Quiz, QuizPlan
from quizgen.outputs.built import Built
from quizgen.outputs.template import Templates
from quizgen.problem import Problem, has_errors
from quizgen.sheet import Delimiter, read_sheet, write_sheet

RESULTS = "results"
DEALT = "dealt.csv"
SHEETS = "sheets"
_UNSHARED = b"# Names of students stay out of git.\n*\n"
_MOST_FORMS, _MOST_SEATS = 1000, 60
_ROOM = re.compile(r"(\d{1,3})\s*[xX\u00d7*]\s*(\d{1,3})")


class Handing(Frozen, frozen=True, kw_only=True):
    """What was asked for: `quiz` is the one that it is about, "" where it is about any.

    `forms` is how many there are to be, 0 as the quiz says. `earlier` is what was dealt before,
    `delimiter` what parts the cells of the class list.
    """

    quiz: str = ""
    forms: int = 0
    room: Room | None = None
    students: tuple[Student, ...] = ()
    earlier: Mapping[str, Dealt] = {}
    delimiter: Delimiter = ","
    problems: tuple[Problem, ...] = ()

    @property
    def each_own(self) -> bool:
        """Whether every student is to have a form of their own."""
        return bool(self.students) and not self.forms

    def dealt(self, forms: int) -> Mapping[str, Dealt]:
        """What each student gets, by id, of so many forms."""
        names = [same_student(student.id) for student in self.students]
        return deal(names, self.earlier, forms=0 if self.each_own else forms, room=self.room)

    def plan(self, plan: QuizPlan) -> QuizPlan:
        """The plan of a quiz with as many forms as are needed."""
        if self.quiz not in ("", plan.id):
            return plan
        if self.each_own:
            most = max(one.form for one in self.dealt(0).values()) + 1
            return replace(plan, forms=most)
        return replace(plan, forms=self.forms or plan.forms)


# --- The options ---------------------------------------------------------------------------------


def add_handing_options(parser: ArgumentParser) -> None:
    """Who gets which form."""
    group = parser.add_argument_group("who gets which form")
    group.add_argument(
        "--class",
        dest="class_list",
        metavar="FILE",
        help="a class list (CSV: id,name): each student gets a form of their own, with their name",
    )
    group.add_argument(
        "--forms",
        type=_forms,
        default=0,
        metavar="N",
        help="so many forms in place of what the quiz says; a class shares them",
    )
    group.add_argument(
        "--seats",
        type=_room,
        metavar="ROWSxSEATS",
        help="a plan of the room, such as 5x6, in which no neighbours have the same form",
    )


def _forms(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST_FORMS):
        raise ArgumentTypeError(f'"{text}" is no number of forms from 1 to {_MOST_FORMS}')
    return int(text)


def _room(text: str) -> Room:
    found = _ROOM.fullmatch(text.strip())
    if found and all(1 <= int(number) <= _MOST_SEATS for number in found.groups()):
        return Room(rows=int(found[1]), columns=int(found[2]))
    raise ArgumentTypeError(
        f'"{text}" is no room: write rows and seats in a row, such as 5x6, each at most {_MOST_SEATS}'
    )


def read_handing(root: Path, args: Namespace, quizzes: Sequence[str]) -> Handing:
    """What the options ask for; `quizzes` are those that are printed.

    Raises Stop where they cannot be for these quizzes, or the file cannot be read.
    """
    if args.class_list is None and args.seats is None:
        return Handing(forms=args.forms)
    if len(quizzes) != 1:
        names = ", ".join(quizzes)
        raise Stop(f"A class and its seats are for one quiz: name it with --quiz ({names}).")
    quiz = quizzes[0]
    students, delimiter, problems = _class_of(args.class_list) if args.class_list else ((), ",", ())
    if not students and not has_errors(problems):
        return Handing(quiz=quiz, forms=args.forms, room=args.seats)
    if args.seats and len(students) > len(args.seats.seats):
        raise Stop(
            f"The class has {count_of(len(students), 'student')}, the room "
            f"{count_of(len(args.seats.seats), 'seat')}. Write a larger room with --seats.",
            code=1,
        )
    return Handing(
        quiz=quiz,
        forms=args.forms,
        room=args.seats,
        students=students,
        earlier=dealt_before(root / RESULTS / quiz / DEALT),
        delimiter=delimiter,
        problems=problems,
    )


def _class_of(file: str) -> tuple[tuple[Student, ...], Delimiter, tuple[Problem, ...]]:
    try:
        data = Path(file).read_bytes()
    except OSError as error:
        raise Stop(f"Cannot read the class list {file}: {error.strerror}.") from error
    sheet = read_sheet(data, file)
    found = read_class(sheet)
    return found.students, sheet.delimiter, found.problems


def dealt_before(path: Path) -> dict[str, Dealt]:
    """What the last build dealt, by student; what cannot be read was not dealt."""
    try:
        sheet = read_sheet(path.read_bytes(), DEALT)
    except OSError:
        return {}
    dealt = {}
    for row in sheet.rows[1:]:
        student, _, form, *seat = (*row.cells, "", "", "", "")[:5]
        number, place = _number_of(form), [int(n) - 1 for n in seat if n.isdigit()]
        if number is not None:
            at = (place[0], place[1]) if len(place) == 2 else None
            dealt[same_student(student.lstrip("'"))] = Dealt(form=number, seat=at)
    return dealt


def _number_of(letters: str) -> int | None:
    """The number of a form (from 0) by its letter."""
    if not re.fullmatch(r"[A-Z]{1,3}", letters):
        return None
    number = 0
    for sign in letters:
        number = number * 26 + ord(sign) - ord("A") + 1
    return number - 1


# --- What is printed -----------------------------------------------------------------------------


def check_room(handing: Handing, quiz: Quiz) -> None:
    """Stop where a quiz has too few forms for the neighbours in the room."""
    if handing.room is None or handing.each_own or quiz.plan.id != handing.quiz:
        return
    needed, forms = forms_needed(handing.room), quiz.plan.forms
    if forms < needed:
        room = f"{handing.room.rows} x {handing.room.columns}"
        has = "1 form" if forms == 1 else f"{forms} forms"
        raise Stop(
            f'In a room of {room} seats, neighbours need {needed} forms, but the quiz "{handing.quiz}" '
            f"has {has}. Write --forms {needed}"
            f"{', or --forms 4 for those who sit diagonally, too' if forms_needed(handing.room, diagonal=True) > needed else ''}.",
            code=1,
        )


def papers_for(
    handing: Handing,
    bank: Bank,
    forms: Sequence[Form],
    *,
    media: Mapping[str, bytes],
    templates: Templates,
    edition: int = 0,
    answer_sheet: bool = False,
) -> tuple[Built, ...]:
    """The papers of the class and the plan of the room, if this quiz is the one they are for.

    All with names goes to `results/`; `edition` is the number of what is handed out, 0 for a draft.
    `answer_sheet` asks for a page for each student to mark the answers on.
    """
    from quizgen.outputs.paper import Printing
    from quizgen.outputs.paper.handed import Dealing, Handed, build_handed
    from quizgen.outputs.paper.pages import Student as Named

    quiz = forms[0].quiz
    if quiz.plan.id != handing.quiz:
        return ()
    name = f"{quiz.plan.id}-{edition}" if edition else quiz.plan.id
    results = f"{RESULTS}/{name}"
    nameless = f"{folder_of(quiz.plan.id, edition)}/teacher" if edition else "build/teacher"
    dealt = handing.dealt(len(forms)) if handing.students else {}
    handed = []
    for place, student in enumerate(handing.students, start=1):
        one = dealt[same_student(student.id)]
        seat = (one.seat[0] + 1, one.seat[1] + 1) if one.seat else None
        named = Named(place=place, id=student.id, name=student.name, seat=seat)
        handed.append(Handed(student=named, form=forms[one.form]))
    built = build_handed(
        bank,
        quiz,
        forms=forms,
        dealing=Dealing(handed=tuple(handed), room=handing.room, each_own=handing.each_own),
        media=media,
        templates=templates,
        printing=Printing(
            folder=results if handed else nameless,
            is_draft=not edition,
            answer_sheet=answer_sheet,
        ),
    )
    if not handed:
        return (built,)
    rows = [("id", "name", "form", "row", "seat")]
    rows += [
        (
            one.student.id,
            one.student.name,
            one.form.letter,
            *(map(str, one.student.seat) if one.student.seat else ("", "")),
        )
        for one in handed
    ]
    dealt_to = {f"{folder}/{DEALT}" for folder in (results, f"{RESULTS}/{quiz.plan.id}")}
    kept = {f"{RESULTS}/.gitignore": _UNSHARED}
    kept |= dict.fromkeys(sorted(dealt_to), write_sheet(rows))
    return (replace(built, files={**built.files, **kept}),)


def remove_old_papers(root: Path, built: Sequence[Built]) -> None:
    """Take away the papers and answer sheets of a class that an earlier build left beside those of
    this one.
    """
    for one in built:
        for product in one.products:
            if product.kind == "paper.class":
                beside = Path(product.path).parent
                for folder in (beside, beside.with_name(SHEETS)):
                    for path in (*(root / folder).glob("*.html"), *(root / folder).glob("*.pdf")):
                        if f"{folder.as_posix()}/{path.name}" not in one.files:
                            path.unlink()


def seats_said(handing: Handing, forms: int) -> str:
    """What the plan is good for, and how many forms more would take."""
    if handing.room is None or handing.each_own:
        return ""
    more = forms_needed(handing.room, diagonal=True)
    if forms >= more:
        return "Nobody sits beside, before, behind or diagonal to the same form."
    return (
        "Nobody sits beside, before or behind the same form. For those who sit diagonally, too, "
        f"{more} forms are needed: --forms {more}"
    )
