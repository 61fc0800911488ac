"""The printed papers of a build, and what a teacher should know of their forms before printing."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from quizgen.commands.handing import Handing, check_room, papers_for, seats_said
from quizgen.commands.printed import forms_for
from quizgen.commands.report import count_of
from quizgen.core.likeness import COMPARED, Likeness, likeness
from quizgen.model import Bank, Form, Frozen, Quiz
from quizgen.outputs.built import Built
from quizgen.outputs.template import Templates
from quizgen.problem import Problem

if TYPE_CHECKING:
    from quizgen.outputs.paper import Printing


class Alike(Frozen, frozen=True, kw_only=True):
    """How far the forms of a quiz agree, and what its plan of seats is good for."""

    quiz: str
    forms: int
    is_parallel: bool
    found: Likeness
    seats: str = ""


def build_papers(
    root: Path,
    bank: Bank,
    quizzes: Sequence[Quiz],
    *,
    media: Mapping[str, bytes],
    templates: Templates,
    printing: "Printing",
    handing: Handing,
) -> tuple[list[Built], list[Alike]]:
    """Forms and keys of each quiz, with what was asked for on who gets which form."""
    from quizgen.outputs import paper

    built: list[Built] = []
    alikes = []
    for quiz in quizzes:
        check_room(handing, quiz)
        forms, doubts = forms_for(root, quiz)
        papers = paper.build(
            bank, quiz, media=media, templates=templates, forms=forms, printing=printing
        )
        told = balance_told(quiz)
        built.append(replace(papers, problems=papers.problems + doubts + told))
        built += papers_for(
            handing,
            bank,
            forms,
            media=media,
            templates=templates,
            answer_sheet=printing.answer_sheet,
        )
        alikes.append(alike_of(forms, handing))
    return built, alikes


def alike_of(forms: Sequence[Form], handing: Handing) -> Alike:
    """What the forms of a quiz share."""
    plan = forms[0].quiz.plan
    return Alike(
        quiz=plan.id,
        forms=len(forms),
        is_parallel=plan.parallel,
        found=likeness(forms),
        seats=seats_said(handing, len(forms)) if handing.quiz == plan.id else "",
    )


def balance_told(quiz: Quiz) -> tuple[Problem, ...]:
    """A note on keys that are balanced: a test-wise student can make use of that."""
    if not quiz.plan.balanced:
        return ()
    return (
        Problem(
            code="balanced_keys",
            severity="note",
            message=f'The keys of the quiz "{quiz.plan.id}" are balanced, so a student who counts letters can guess better where they do not know: some 10 to 16 points of an SAT.',
            fix="Take out balanced: unless someone asks for it; letters by chance give nothing away.",
            field=f"quizzes.{quiz.plan.id}.balanced",
        ),
    )


def alike_said(alike: Alike) -> tuple[str, ...]:
    """How far the forms of a quiz agree, in sentences for a person."""
    if alike.forms < 2:
        return ()
    found = alike.found
    which = "forms" if alike.forms <= COMPARED else f"of the first {COMPARED} forms"
    said = []
    if alike.is_parallel:
        common = f"{_between(*found.common)} of their {count_of(found.questions, 'question')}"
        said.append(f"{alike.quiz}: any two {which} have {common} in common.")
    if found.lettered:
        keys = f"{_between(*found.letters)} of their {found.lettered} keys"
        said.append(f"{alike.quiz}: any two {which} share {keys} that have letters.")
    return (*said, *filter(None, (alike.seats,)))


def alike_row(alike: Alike) -> dict[str, object]:
    """The same for a program."""
    found = alike.found
    return {
        "quiz": alike.quiz,
        "forms": alike.forms,
        "questions": found.questions,
        "lettered": found.lettered,
        "shared_letters": list(found.letters),
        "shared_questions": list(found.common),
    }


def _between(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"
