"""What the tests of grading have in common: cells as a teacher writes them, files, editions on disk."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import assert_never

from quizgen.core.form import key_letters, make_forms, printed_options, printed_rights
from quizgen.core.manifest import write_manifest
from quizgen.grading.marking import Result, Results, mark
from quizgen.grading.responses import read_responses
from quizgen.grading.scheme import schemes_of
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Decided,
    Edition,
    Entry,
    Filled,
    Form,
    Gap,
    Item,
    Judged,
    Marked,
    Match,
    Matched,
    Number,
    Open,
    Option,
    Order,
    Ordered,
    Pair,
    Picked,
    Placed,
    Question,
    Quiz,
    QuizPlan,
    Quota,
    Response,
    Revision,
    Rules,
    Tolerance,
    TrueFalse,
    Typed,
)
from quizgen.problem import Problem
from quizgen.sheet import read_sheet


def key_cell(question: Question) -> str:
    """The key of a question as a teacher writes it into a cell."""
    letters = key_letters(question)
    item = question.item
    match item:
        case Choice() | Match():
            return "".join(letters)
        case TrueFalse():
            return letters[0][0]
        case Entry():
            return letters[0]
        case Number():
            return item.text
        case Cloze():
            return " | ".join(letters)
        case Order():
            return " ".join(letters)
        case Open() | Card():
            return f"={item.points}"
        case _:
            assert_never(item)


def cell_of(question: Question, response: Response) -> str:
    """The cell that says a response; the way back of reading cells."""
    item = question.item
    match response:
        case None:
            return "-" if isinstance(item, Open | Card) else ""
        case Picked(options=options):
            return "".join(mark for mark, one in printed_options(question) if one.id in options)
        case Judged(marks=marks):
            signs = {True: "T", False: "F", None: "-"}
            return "".join(signs[marks.get(option)] for option in question.order)
        case Decided(value=value):
            return "T" if value else "F"
        case Typed(text=text):
            return text
        case Filled(gaps=gaps):
            assert isinstance(item, Cloze)
            return "|".join(gaps.get(gap.number, "") for gap in item.gaps)
        case Matched(pairs=pairs):
            of_right = {one.id: mark for mark, one in printed_rights(question)}
            return "".join(
                of_right[pairs[left]] if left in pairs else "-" for left in question.order
            )
        case Ordered(sequence=sequence):
            return " ".join(str(sequence.index(thing) + 1) for thing in question.order)
        case Placed(places=places):
            return " ".join(str(places.get(thing, "-")) for thing in question.order)
        case Marked(share=share):
            return f"={share * item.points}"
        case _:
            assert_never(response)


def quiz_of(*items: Item, rules: Rules | None = None, **plan: object) -> Quiz:
    """A quiz of these items in two forms."""
    made = QuizPlan(
        id="quiz",
        title="Quiz",
        blueprint=(Quota(count=len(items)),),
        rules=rules or Rules(),
        **plan,  # type: ignore[arg-type]
    )
    return Quiz(bank="b", plan=made, items=items)


def options(*texts: str) -> tuple[Option, ...]:
    return tuple(Option(id=text.casefold(), text=text) for text in texts)


LAKES = options("Baikal", "Victoria", "Superior", "Tanganyika")
LAKE = Choice(id="lake", stem="Which?", options=LAKES, keys=("baikal",))
GIANTS = Choice(
    id="giants",
    stem="Which?",
    options=options("Jupiter", "Saturn", "Mars", "Venus"),
    keys=("jupiter", "saturn"),
    multiple=True,
    points=Fraction(2),
)
FLOATS = TrueFalse(id="floats", statement="Ice floats.", answer=True)
CHANGE = Entry(id="change", stem="Which?", accept=("sublimation",))
PLANETS = Order(id="planets", stem="Order.", sequence=options("Mercury", "Venus", "Earth", "Mars"))
DEW = Open(id="dew", stem="Why?", model="Vapour.", points=Fraction(3))
FALL = Number(
    id="fall",
    stem="How fast?",
    value=Fraction("9.8"),
    text="9.8",
    tolerance=Tolerance(amount=Fraction("0.1")),
)
MONTH = Cloze(
    id="month",
    parts=("Has ", Gap(number=1, accept=("28",)), " or ", Gap(number=4, accept=("29",)), "."),
)
AUTHORS = Match(
    id="authors",
    stem="Match.",
    pairs=tuple(
        Pair(left=left, right=right)
        for left, right in zip(
            options("Faust", "Hamlet", "Emma"),
            options("Goethe", "Shakespeare", "Austen"),
            strict=True,
        )
    ),
    extra=options("Dante"),
    points=Fraction(3),
)
WATER = Card(id="water", front="Water", back="H2O")
ALL = (LAKE, GIANTS, FLOATS, CHANGE, PLANETS, DEW, FALL, MONTH, AUTHORS, WATER)
"""An item of each type, two of choice; the head of a file for them is HEAD."""
HEAD = "student,form," + ",".join(map(str, range(1, len(ALL) + 1)))


def question_of(item: Item, rules: Rules | None = None, form: int = 0) -> Question:
    """The item as the only one of a form."""
    return make_forms(quiz_of(item, rules=rules))[form].questions[0]


def table(*rows: Sequence[str], delimiter: str = ",") -> bytes:
    """A file of these rows, each cell in quotes."""
    return "".join(
        delimiter.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) + "\n"
        for row in rows
    ).encode()


def head(forms: Sequence[Form]) -> list[str]:
    return ["student", "form", *map(str, range(1, len(forms[0].questions) + 1))]


def marked(
    data: bytes | str | Sequence[bytes],
    forms: Sequence[Form],
    revisions: Sequence[Revision] = (),
    truths: Mapping[str, bool] | None = None,
) -> tuple[Results, tuple[Problem, ...]]:
    """What files of responses come to, with every problem."""
    files = (
        [data.encode()] if isinstance(data, str) else [data] if isinstance(data, bytes) else data
    )
    sheets = [read_sheet(one, f"r{n}.csv") for n, one in enumerate(files)]
    responses = read_responses(sheets, forms)
    schemes, refused = schemes_of(forms, revisions)
    assert not refused
    more = {} if truths is None else {"truths": truths}
    results, problems = mark(responses.papers, forms, schemes, **more)
    return results, responses.problems + problems


def by_student(results: Results) -> dict[str, Result]:
    return {one.student: one for one in results.results}


def points_of(result: Result) -> tuple[Fraction | None, ...]:
    return tuple(
        None if one is None or one.score is None else one.score.points for one in result.answers
    )


def edition_of(quiz: Quiz, language: str = "en") -> Edition:
    return Edition(
        number=1,
        frozen="2026-11-28",
        version="0.2.0",
        bank_digest="0" * 12,
        language=language,
        title="Bank",
        quiz=quiz,
        forms=make_forms(quiz),
    )


def frozen(root: Path, quiz: Quiz, language: str = "en") -> Path:
    """A project with one edition of a quiz; the edition's folder."""
    (root / "questions").mkdir(parents=True)
    (root / "questions" / "bank.yaml").write_text("bank: b\ntitle: Bank\n", encoding="utf-8")
    folder = root / "printed" / f"{quiz.plan.id}-1"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_bytes(write_manifest(edition_of(quiz, language)))
    return folder
