"""Rows of a responses file to papers: who wrote on which form, and what stands for each question.

One row a student (`student,form,1,2,...`) or one row an answer (`student,form,question,answer`).
A row that cannot be understood is still a paper, with its faults, so that nobody is lost.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from quizgen.grading.cells import LOOKALIKES, unwrapped
from quizgen.grading.classlist import same_student
from quizgen.grading.heads import NUMBER, Head, problem_at, read_head
from quizgen.grading.typed import in_gaps
from quizgen.grading.widths import cut_short, too_long, width_of
from quizgen.model import Cloze, Form
from quizgen.problem import Problem, Where
from quizgen.sheet import Row, Sheet, cell_name

_NOTHING: Mapping[str, str] = {}
ABSENT = frozenset(("absent", "-", "–", "—"))
"""What stands for the form of a student who did not take part."""

_FORM = re.compile(r"(?:form\s+)?([a-z]{0,3})\s*[-·,/]?\s*([0-9a-f]{6})?", re.IGNORECASE)


class Paper(NamedTuple):
    """What one student handed in: the raw cell of each question by printed number.

    `form` is the letter, empty where it is not known. `faults` say why it cannot be marked as a
    whole; then it is not `is_read` where its answers may stand in the wrong places. `missing` are the
    questions for which the file has no cell. `sheet`, `rows` and `columns` tell where each answer
    stands; 0 is the student.
    """

    student: str
    form: str
    cells: Mapping[int, str]
    sheet: Sheet
    rows: Mapping[int, Row]
    columns: Mapping[int, int]
    faults: tuple[str, ...] = ()
    missing: tuple[int, ...] = ()
    is_absent: bool = False
    is_read: bool = True

    def place(self, number: int = 0) -> tuple[Where, str]:
        """The place of an answer in the file, and its name in a spreadsheet."""
        row = self.rows.get(number, self.rows[0])
        column = self.columns.get(number, self.columns.get(-1, 0))
        return self.sheet.at(row, column), cell_name(row, column)


class Responses(NamedTuple):
    """The papers of one or several files, in their order, and what is wrong with the files."""

    papers: tuple[Paper, ...]
    problems: tuple[Problem, ...]


def read_responses(
    sheets: Sequence[Sheet], forms: Sequence[Form], dealt: Mapping[str, str] = _NOTHING
) -> Responses:
    """The papers of several files as one; a student who stands in more than one row is told.

    `dealt` is the letter of the form that was handed to a student, by `same_student`: it stands
    where a row names none, and where a row names another, that is told.
    """
    parts = [_read(sheet, forms, dealt) for sheet in sheets]
    papers = [paper for part in parts for paper in part.papers]
    problems = [problem for part in parts for problem in part.problems]
    places: dict[str, list[int]] = {}
    for index, paper in enumerate(papers):
        places.setdefault(same_student(paper.student), []).append(index)
    for found in places.values():
        if len(found) < 2 or not papers[found[0]].student:
            continue
        for index in found:
            paper = papers[index]
            where, cell = paper.place()
            others = [papers[one].place()[0] for one in found if one != index]
            papers[index] = paper._replace(faults=(*paper.faults, f"stands twice ({cell})"))
            problems.append(
                problem_at(
                    "duplicate_student",
                    f'Student "{paper.student}" stands in another row, too: {", ".join(map(str, others))}.',
                    "Keep one of the rows, or mend the name of the student.",
                    where,
                )
            )
    return Responses(tuple(papers), tuple(problems))


def _read(sheet: Sheet, forms: Sequence[Form], dealt: Mapping[str, str]) -> Responses:
    problems = list(sheet.problems)
    if not sheet.rows:
        return Responses((), tuple(problems))
    most = max(len(form.questions) for form in forms)
    head = read_head(sheet, most)
    if "student" not in head.columns or not (head.numbers or "answer" in head.columns):
        problems.append(
            problem_at(
                "no_head",
                "The first row does not name the columns.",
                "Write student,form,1,2,3 and so on above the answers, or student,form,question,answer.",
                sheet.at(sheet.rows[0], 0),
            )
        )
        return Responses((), tuple(problems))
    problems += head.problems
    reader = _Reader(sheet, forms, dealt, head, problems)
    papers = reader.long() if "answer" in head.columns else reader.wide()
    if not papers:
        problems.append(
            problem_at(
                "no_students",
                "The file holds no student.",
                "Write a row for each paper that was handed in.",
                sheet.at(sheet.rows[0], 0),
            )
        )
    return Responses(tuple(papers), tuple(problems))


# --- The rows ------------------------------------------------------------------------------------


class _Reader:
    """Reads the rows below a head; `problems` grows by what is wrong with them."""

    def __init__(
        self,
        sheet: Sheet,
        forms: Sequence[Form],
        dealt: Mapping[str, str],
        head: Head,
        problems: list[Problem],
    ) -> None:
        self._sheet = sheet
        self._forms = forms
        self._counts = {form.letter: len(form.questions) for form in forms}
        self._dealt = dealt
        self._head = head
        self._problems = problems
        self._columns = {0: head.columns["student"]}
        self._columns |= {number: columns[0] for number, columns in head.numbers.items()}
        self._several = {number: row for number, row in head.numbers.items() if len(row) > 1}
        self._gaps = {
            form.letter: {
                question.number: len(question.item.gaps)
                for question in form.questions
                if isinstance(question.item, Cloze)
            }
            for form in forms
        }
        self._known: dict[str, tuple[str, str]] = {}
        self._width = width_of(sheet)

    def wide(self) -> list[Paper]:
        """One paper a row."""
        return [self._paper(row) for row in self._sheet.rows[1:]]

    def _paper(self, row: Row) -> Paper:
        cells = row.cells
        count = len(cells)
        faults: list[str] = []
        student, form, is_absent = self._who(row, faults)
        if row.is_torn:
            faults.append("a quotation mark is never closed")
        elif count > self._width:
            faults.append(f"row {row.number} has too many cells")
            self._problems.append(too_long(self._sheet, row, self._width))
        is_read = not faults or bool(form)
        if row.is_torn or count > self._width:
            is_read = False
        answers = {
            number: cells[column]
            for number, column in self._columns.items()
            if number and column < count and cells[column]
        }
        for number, columns in self._several.items():
            parts = [cells[column] if column < count else "" for column in columns]
            answers[number] = in_gaps(parts, self._gaps.get(form, {}).get(number, 1))
        if is_absent and self._is_answered(student, row, faults):
            is_absent = False
        elif not is_absent and not faults and not any(map(str.strip, answers.values())):
            faults.append("no answer is entered")
            is_read = False
            self._nothing_entered(student, row)
        elif not is_absent and not faults and count < self._width:
            cut_off = [n for n in range(1, self._most(form) + 1) if self._ends_before(row, n)]
            if cut_off:
                self._problems.append(cut_short(self._sheet, row, student, cut_off))
        missing = tuple(
            number for number in range(1, self._most(form) + 1) if number not in self._columns
        )
        faults += [f"question {number} has no column" for number in missing]
        return Paper(
            student, form, answers, self._sheet, {0: row}, self._columns,
            tuple(faults), missing, is_absent, is_read,
        )  # fmt: skip

    def _ends_before(self, row: Row, number: int) -> bool:
        """Whether a row has no cell for a question, or not for all of its gaps."""
        return any(column >= len(row.cells) for column in self._head.numbers.get(number, ()))

    def _nothing_entered(self, student: str, row: Row) -> None:
        self._say(
            "nothing_entered",
            f'Student "{student}" has no answer at all.',
            "Enter the answers; for a paper that was handed in blank write - at a question, for an absent student absent as the form.",
            row,
            0,
        )

    def _is_answered(self, student: str, row: Row, faults: list[str]) -> bool:
        """Whether an answer stands for a student who is said to be absent, which is told."""
        columns, cells = self._head.columns, [unwrapped(cell) for cell in row.cells]
        written = (
            (columns["answer"],) if "answer" in columns else chain(*self._head.numbers.values())
        )
        at = next((n for n in written if n < len(cells) and cells[n].strip(" -–—|")), None)
        if at is None:
            return False
        absent = cell_name(row, columns.get("form", 0))
        faults.append(f"absent, but with answers ({absent})")
        self._say(
            "answers_of_absent",
            f'Student "{student}" is absent by cell {absent}, but "{cells[at][:20]}" stands in {cell_name(row, at)}.',
            "Write the form of the paper in place of absent, or delete the answers.",
            row,
            at,
        )
        return True

    def _most(self, letter: str) -> int:
        return self._counts.get(letter, 0)

    def _say(self, code: str, message: str, fix: str, row: Row, column: int) -> None:
        self._problems.append(problem_at(code, message, fix, self._sheet.at(row, column)))

    def _cell(self, row: Row, name: str) -> str:
        column = self._head.columns.get(name, -1)
        return unwrapped(row.cells[column]) if 0 <= column < len(row.cells) else ""

    def _who(self, row: Row, faults: list[str]) -> tuple[str, str, bool]:
        """The student, the letter of the form, and whether the student was absent."""
        student = " ".join(re.sub(r"(?<=^\d)\.0+$", "", self._cell(row, "student")).split())
        column = self._head.columns["student"]
        if not student:
            faults.append(f"row {row.number} names no student")
            self._say(
                "no_student",
                f"Row {row.number} names no student ({cell_name(row, column)}).",
                "Write who handed in this paper.",
                row,
                column,
            )
        written = self._cell(row, "form")
        if written.casefold() in ABSENT:
            return student, "", True
        handed = self._dealt.get(same_student(student), "") if self._dealt else ""
        written = written or handed
        if written not in self._known:
            self._known[written] = self._form(written)
        letter, wrong = self._known[written]
        if wrong:
            at = self._head.columns.get("form", column)
            faults.append(f"{wrong} ({cell_name(row, at)})")
            letters = ", ".join(form.letter for form in self._forms[:30])
            self._say(
                "unknown_form",
                f'Student "{student}", cell {cell_name(row, at)}: {wrong}.',
                f"Write the letter that stands at the foot of the paper; there are: {letters}.",
                row,
                at,
            )
        if letter and handed and letter != handed:
            at = self._head.columns.get("form", column)
            self._problems.append(
                problem_at(
                    "other_form",
                    f'Student "{student}" was handed form {handed}, but cell {cell_name(row, at)} says {letter}.',
                    "Look at the foot of the paper; it was marked as the cell says.",
                    self._sheet.at(row, at),
                    "warning",
                )
            )
        return student, letter, False

    def _form(self, written: str) -> tuple[str, str]:
        """The letter, or what is wrong with it."""
        forms = self._forms
        if not written:
            if len(forms) == 1:
                return forms[0].letter, ""
            return "", "the form is missing"
        plain = unicodedata.normalize("NFKC", written).translate(LOOKALIKES).strip()
        by_digest = {form.digest: form.letter for form in forms}
        if plain.lower() in by_digest:
            return by_digest[plain.lower()], ""
        found = _FORM.fullmatch(plain)
        letter = found[1].upper() if found else ""
        form = next((form for form in forms if form.letter == letter), None)
        if form is None:
            return "", f'there is no form "{written[:20]}"'
        if found and found[2] and found[2].lower() != form.digest:
            return (
                "",
                f'"{written[:20]}" is a paper of another edition, since form {letter} of this one is {form.digest}',
            )
        return letter, ""

    # --- One row an answer -----------------------------------------------------------------------

    def long(self) -> list[Paper]:
        """One paper for each student; rows of a student may stand anywhere."""
        found: dict[str, list[Row]] = {}
        for row in self._sheet.rows[1:]:
            name = same_student(self._cell(row, "student")) or f"\0{row.number}"
            found.setdefault(name, []).append(row)
        return [self._gathered(rows) for rows in found.values()]

    def _gathered(self, rows: Sequence[Row]) -> Paper:
        faults: list[str] = []
        named = [row for row in rows if self._cell(row, "form")] or [rows[0]]
        student, form, is_absent = self._who(named[0], faults)
        for row in named[1:]:
            if self._form(self._cell(row, "form")) != self._form(self._cell(named[0], "form")):
                faults.append(f"two forms (row {row.number})")
                self._say(
                    "two_forms",
                    f'Student "{student}" has form "{self._cell(row, "form")}" in row {row.number}, but "{self._cell(named[0], "form")}" before.',
                    "Write the form of the paper that was handed in.",
                    row,
                    self._head.columns.get("form", 0),
                )
                break
        parts: dict[int, dict[str, str]] = {}
        at: dict[int, Row] = {0: named[0]}
        if is_absent:
            is_absent = not any(self._is_answered(student, row, faults) for row in rows)
            rows = ()
        for row in rows:
            number, gap = self._number(
                student, row, faults, max(self._most(form), 1) if form else 0
            )
            if gap in parts.get(number, {}):
                faults.append(f"question {number} stands twice (row {row.number})")
                self._say(
                    "duplicate_answer",
                    f'Student "{student}" has two answers to question {number}, the second in row {row.number}.',
                    "Keep the one that stands on the paper.",
                    row,
                    self._head.columns["question"],
                )
            elif number:
                parts.setdefault(number, {})[gap] = self._cell(row, "answer")
                at.setdefault(number, row)
        gaps = self._gaps.get(form, {})
        cells = {
            number: in_gaps([part for _, part in sorted(found.items())], gaps.get(number, 1))
            for number, found in parts.items()
        }
        missing = tuple(n for n in range(1, self._most(form) + 1) if n not in cells)
        if missing and not is_absent:
            said = ", ".join(map(str, missing))
            faults.append(f"no row for question {said}")
            self._say(
                "missing_answer",
                f'Student "{student}" has no row for question {said}.',
                "Write a row for each question; its answer may be empty where nothing was written.",
                named[0],
                0,
            )
        columns = {0: self._head.columns["student"], -1: self._head.columns["answer"]}
        return Paper(
            student, form, cells, self._sheet, at, columns, tuple(faults), missing, is_absent
        )

    def _number(self, student: str, row: Row, faults: list[str], most: int) -> tuple[int, str]:
        """The question that a row is about, and its gap; 0 for none that there is."""
        written = self._cell(row, "question")
        found = NUMBER.fullmatch(written)
        number = int(found[1]) if found else 0
        if number and (number <= most or not most):
            return number, (found[2] or "") if found else ""
        column = self._head.columns.get("question", 0)
        faults.append(f'no question "{written[:20]}" ({cell_name(row, column)})')
        self._say(
            "unknown_question",
            f'Student "{student}", cell {cell_name(row, column)}: there is no question "{written[:20]}".',
            f"Write a number from 1 to {most}." if most else "Write the number of the question.",
            row,
            column,
        )
        return 0, ""
