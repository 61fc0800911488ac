"""Rows that a teacher keys, one a paper, to the file of responses; each is in it before it is echoed."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TextIO

from quizgen.commands.project import write_files
from quizgen.core.form import has_letters
from quizgen.grading.cells import LATER
from quizgen.grading.classlist import same_student
from quizgen.grading.entry import Keyed, Misread, keyed
from quizgen.grading.gradebook import decimal
from quizgen.grading.heads import read_head
from quizgen.grading.marking import mark
from quizgen.grading.responses import Paper, read_responses
from quizgen.grading.scheme import Scheme
from quizgen.model import Card, Edition, Open
from quizgen.problem import Problem, Where
from quizgen.sheet import Sheet, read_sheet, with_row, write_sheet


def enter_rows(
    path: Path,
    edition: Edition,
    schemes: Mapping[str, Scheme],
    truths: Mapping[str, bool],
    lines: TextIO,
) -> tuple[Problem, ...]:
    """Add each row that is typed or piped; a Problem for each piped row that says nothing.

    Who is named and has an empty row gets that one. The echo is what was understood and its score.
    """
    rules = edition.quiz.plan.rules
    problems: list[Problem] = []
    if lines.isatty():
        print("Form and marks of each paper, such as B ACDB-A or s17: B ACDB-A. Enter alone ends.")
    for number, line in enumerate(_typed(lines), start=1):
        row = keyed(line, edition.forms, rules, truths)
        told = _entered(path, row, edition, schemes, truths) if isinstance(row, Keyed) else row
        if isinstance(told, str):
            print(told)
        elif lines.isatty():
            print(f"  not entered: {told.sentence}")
        else:
            problems.append(
                Problem(
                    code="keyed_row",
                    message=f'Row "{line[:40]}" was not entered: {told.sentence}',
                    fix="Key it again.",
                    where=Where("keyed rows", number),
                )
            )
    return tuple(problems)


def _typed(lines: TextIO) -> Iterator[str]:
    while True:
        if lines.isatty():
            print("> ", end="", flush=True)
        line = lines.readline()
        if not line or (lines.isatty() and not line.strip()):
            return
        if line.strip():
            yield line.strip()


def _entered(
    path: Path,
    row: Keyed,
    edition: Edition,
    schemes: Mapping[str, Scheme],
    truths: Mapping[str, bool],
) -> str | Misread:
    """Write one row, with the file as it is now, and say what it came to."""
    data = path.read_bytes() if path.exists() else b""
    most = max(len(form.questions) for form in edition.forms)
    if not data.strip():
        data = write_sheet([["student", "form", *map(str, range(1, most + 1))]])
    sheet = read_sheet(data, str(path))
    head = read_head(sheet, most)
    if "student" not in head.columns or "form" not in head.columns or not head.numbers:
        return Misread(f"{path} has no columns student, form, 1, 2 and so on.")
    there = {
        same_student(paper.student): paper
        for paper in read_responses([sheet], edition.forms).papers
    }
    student = row.student or _whose(there, row.form, has_names="name" in head.columns)
    if isinstance(student, Misread):
        return student
    found = there.get(same_student(student))
    instead = None
    cells = [""] * len(sheet.rows[0].cells)
    if found is not None:
        instead = found.rows[0]
        if not _is_empty(found) or found.form not in ("", row.form):
            return Misread(f'student "{student}" stands in row {instead.number} already.')
        cells[: len(instead.cells)] = instead.cells
    cells[head.columns["student"]], cells[head.columns["form"]] = student, row.form
    form = next(one for one in edition.forms if one.letter == row.form)
    for question in form.questions:
        if not isinstance(question.item, Open | Card) and question.number in head.numbers:
            cells[head.numbers[question.number][0]] = row.cells.get(question.number, LATER)
    written = with_row(data, cells, instead)
    write_files(path.parent, {path.name: written})
    return _echo(student, row, sheet, edition, schemes, truths)


def _is_empty(paper: Paper) -> bool:
    return not any(map(str.strip, paper.cells.values()))


def _whose(there: Mapping[str, Paper], form: str, *, has_names: bool) -> str | Misread:
    """The student of a row that names none: the one who was dealt the form, or a new paper's number.

    In a sheet that has the names of a class no paper is a new one.
    """
    having = [paper for paper in there.values() if paper.form == form]
    waiting = [paper.student for paper in having if _is_empty(paper)]
    if len(having) == len(waiting) == 1:
        return waiting[0]
    if not waiting and not has_names:
        return _free(there)
    whose = f"is that of {_some(waiting)}" if waiting else "is nobody's who still has an empty row"
    example = waiting[0] if waiting else next(iter(there.values())).student if there else "s17"
    return Misread(
        f"Form {form} {whose}; write first whose paper it is, such as {example}: {form} ACD."
    )


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def _free(there: Mapping[str, Paper]) -> str:
    """The number of the paper, for a row that names no student."""
    number = len(there) + 1
    while same_student(str(number)) in there:
        number += 1
    return str(number)


def _echo(
    student: str,
    row: Keyed,
    sheet: Sheet,
    edition: Edition,
    schemes: Mapping[str, Scheme],
    truths: Mapping[str, bool],
) -> str:
    """Such as "17  form B  A C D B  -  4 of 6; still to enter: 3, 8"."""
    form = next(one for one in edition.forms if one.letter == row.form)
    paper = Paper(student, row.form, row.cells, sheet, {0: sheet.rows[0]}, {0: 0})
    results, _ = mark([paper], [form], schemes, truths)
    result = results.results[0]
    places = {item.id: place for place, item in enumerate(results.items)}
    points = possible = Fraction(0)
    for question in form.questions:
        answer = result.answers[places[question.item.id]]
        if has_letters(question.item) and answer is not None and answer.score is not None:
            points += answer.score.points
            possible += answer.score.possible
    marks = list(row.cells.values())
    grouped = "  ".join(" ".join(marks[at : at + 5]) for at in range(0, len(marks), 5))
    rest = [str(q.number) for q in form.questions if not has_letters(q.item)]
    still = f"; still to enter: {', '.join(rest)}" if rest else ""
    return f"{student}  form {row.form}  {grouped}   {decimal(points, 2)} of {decimal(possible, 2)}{still}"
