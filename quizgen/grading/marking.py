"""Papers to scores: every answer marked by the edition's own questions, exactly, or named as open.

Each (form, question, text) is judged once, however many students wrote it.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from quizgen.core.confusable import other_answers
from quizgen.core.score import Unscorable, rounded, score
from quizgen.grading.cells import TRUTHS, ByHand, read_cell
from quizgen.grading.responses import Paper
from quizgen.grading.scheme import Scheme, items_of, rule_of
from quizgen.grading.unclear import Unclear
from quizgen.model import (
    Form,
    Frozen,
    Item,
    Outcome,
    Question,
    Response,
    Rules,
    Score,
)
from quizgen.problem import Problem

_NONE = Fraction(0)


class Answer(Frozen, frozen=True, kw_only=True):
    """What stands for a question, what it means, and what it earns; without a score it is open.

    `text` is the cell as it was written. Points given by hand have no response.
    """

    text: str
    number: int
    response: Response = None
    score: Score | None = None
    by_hand: bool = False


class Result(Frozen, frozen=True, kw_only=True):
    """One student's paper as marked.

    `answers` are in the order of `Results.items`, None where the form does not have the
    item or the file no cell for it. `total` is rounded where the rules say so, None while anything is open; `open` says what.
    """

    student: str
    form: str
    answers: tuple[Answer | None, ...]
    points: Fraction
    possible: Fraction
    total: Fraction | None
    open: tuple[str, ...] = ()
    is_absent: bool = False

    @property
    def percent(self) -> Fraction | None:
        """The total as a percentage of what was possible."""
        return (
            self.total * 100 / self.possible if self.total is not None and self.possible else None
        )


class Results(Frozen, frozen=True, kw_only=True):
    """All papers as marked, in their order, with the items in the order of the quiz."""

    items: tuple[Item, ...]
    schemes: Mapping[str, Scheme]
    rules: Rules
    results: tuple[Result, ...]


def mark(
    papers: Sequence[Paper],
    forms: Sequence[Form],
    schemes: Mapping[str, Scheme],
    truths: Mapping[str, bool] = TRUTHS,
) -> tuple[Results, tuple[Problem, ...]]:
    """Every paper marked, and each answer that could not be, at its place.

    A paper of no known form and one with a fault stay open; nothing that is unclear earns a 0.
    """
    rules = forms[0].quiz.plan.rules
    items = items_of(forms)
    marker = _Marker(forms, items, schemes, rules, truths)
    results = tuple(marker.result(paper) for paper in papers)
    found = Results(items=items, schemes=schemes, rules=rules, results=results)
    return found, (*marker.problems, *marker.unmarked())


class _Marker:
    """Marks paper after paper; `problems` grows by the answers that are unclear."""

    def __init__(
        self,
        forms: Sequence[Form],
        items: Sequence[Item],
        schemes: Mapping[str, Scheme],
        rules: Rules,
        truths: Mapping[str, bool],
    ) -> None:
        self.problems: list[Problem] = []
        self._count = len(items)
        self._waiting: dict[tuple[str, str], list[tuple[Paper, int]]] = {}
        places = {item.id: place for place, item in enumerate(items)}
        others = {item.id: other_answers(items, item) for item in items}
        self._columns = {
            form.letter: [
                _Column(place, question, schemes[name], rules, truths, others[name])
                for question in form.questions
                for name in [question.item.id]
                for place in [places[name]]
            ]
            for form in forms
        }
        self._possible = {
            letter: sum((column.scheme.possible for column in columns), _NONE)
            for letter, columns in self._columns.items()
        }
        self._rules = rules

    def result(self, paper: Paper) -> Result:
        """One paper as marked."""
        columns = self._columns.get(paper.form, []) if paper.is_read else []
        answers: list[Answer | None] = [None] * self._count  # None, too, where no cell was read
        open_ = list(paper.faults)
        sums: dict[int, int] = {}
        cells = paper.cells
        missing = paper.missing
        get = cells.get
        for column in columns:
            number = column.number
            if missing and number in missing:
                continue
            text = get(number, "")
            answer, unclear, top, bottom = column.known.get(text) or column.answer(text)
            answers[column.place] = answer
            if top:
                sums[bottom] = sums.get(bottom, 0) + top
            if unclear is not None:
                open_.append(self._told(paper, column, unclear))
        if columns and max(cells, default=0) > len(columns):
            open_ += self._beyond(paper, len(columns))
        points = sum((Fraction(top, bottom) for bottom, top in sums.items()), _NONE)
        is_open = bool(open_) or paper.is_absent or not columns
        return Result(
            student=paper.student,
            form=paper.form,
            answers=tuple(answers),
            points=points,
            possible=self._possible.get(paper.form, _NONE),
            total=None if is_open else rounded(points, self._rules),
            open=tuple(open_),
            is_absent=paper.is_absent,
        )

    def _told(self, paper: Paper, column: "_Column", unclear: Unclear) -> str:
        """A few words on an open answer; what is to be said of it goes to the problems."""
        where, cell = paper.place(column.number)
        is_waiting = unclear.code == "not_entered" or (
            unclear.code == "needs_points" and not column.has_text(paper)
        )
        if is_waiting:
            waiting = self._waiting.setdefault((column.question.item.id, unclear.code), [])
            waiting.append((paper, column.number))
        else:
            self.problems.append(
                Problem(
                    code=unclear.code,
                    message=f'Student "{paper.student}", question {column.number}, cell {cell}: {unclear.clause}.',
                    fix=unclear.fix,
                    where=where,
                )
            )
        return f"question {column.number} ({cell})"

    def _beyond(self, paper: Paper, count: int) -> list[str]:
        found = []
        for number in sorted(n for n, text in paper.cells.items() if n > count and text.strip()):
            where, cell = paper.place(number)
            found.append(f"question {number} ({cell})")
            self.problems.append(
                Problem(
                    code="unknown_question",
                    message=f'Student "{paper.student}", cell {cell}: form {paper.form} has no question {number}.',
                    fix="Look at the paper: the answers may stand in the wrong columns, or the form may be another.",
                    where=where,
                )
            )
        return found

    def unmarked(self) -> list[Problem]:
        """One problem for each question that is still to be entered or to be given points for."""
        found = []
        for (_, code), waiting in self._waiting.items():
            (paper, number), count = waiting[0], len(waiting)
            who = ", ".join(paper.student or "?" for paper, _ in waiting[:5])
            more = f" and {count - 5} others" if count > 5 else ""
            is_entered = code == "needs_points"
            what = (
                "is marked by a person, and has no points yet"
                if is_entered
                else "is not entered yet"
            )
            fix = (
                "Write the points, such as 1.5, or - where the student wrote nothing."
                if is_entered
                else "Write what stands on the paper in place of the ?, or nothing for a blank."
            )
            found.append(
                Problem(
                    code=code,
                    message=f"Question {number} {what} for {who}{more}.",
                    fix=fix,
                    where=paper.place(number)[0],
                )
            )
        return found


class _Column:
    """A question of one form, and what each text that stands for it is worth."""

    def __init__(
        self,
        place: int,
        question: Question,
        scheme: Scheme,
        rules: Rules,
        truths: Mapping[str, bool],
        others: Sequence[str],
    ) -> None:
        self.place = place
        self.number = question.number
        self.question = question
        self.scheme = scheme
        self._rules = rules
        self._truths = truths
        self._others = others
        self.known: dict[str, tuple[Answer, Unclear | None, int, int]] = {}

    def answer(self, text: str) -> tuple[Answer, Unclear | None, int, int]:
        """The answer that a cell is, why it is unclear where it has no score, and its points.

        These are a numerator and a denominator: half a million Fractions take long to add.
        """
        answer, unclear = self._marked(text)
        points = _NONE if answer.score is None else answer.score.points
        self.known[text] = found = answer, unclear, points.numerator, points.denominator
        return found

    def has_text(self, paper: Paper) -> bool:
        """Whether anything stands for it on a paper."""
        return bool(paper.cells.get(self.number, "").strip())

    def _marked(self, text: str) -> tuple[Answer, Unclear | None]:
        read = read_cell(self.question, text, self._rules, self._truths)
        void = self.scheme.void
        if void:
            given = None if isinstance(read, Unclear | ByHand) else read
            full = Score(
                points=self.scheme.possible, possible=self.scheme.possible, outcome="right"
            )
            return Answer(text=text, number=self.number, response=given, score=full), None
        match read:
            case Unclear():
                return Answer(text=text, number=self.number), read
            case ByHand(points=points):
                return self._by_hand(text, points)
            case _:
                return self._scored(text, read)

    def _scored(self, text: str, response: Response) -> tuple[Answer, Unclear | None]:
        """The best that the keys give it: a further key never lowers a score."""
        try:
            scores = [
                score(key, response, self._rules, others=self._others) for key in self.scheme.keys
            ]
        except Unscorable as error:
            clause = str(error).partition(": ")[2].rstrip(".")
            fix = "Give the points by hand, such as =1; in a spreadsheet '=1."
            return Answer(text=text, number=self.number), Unclear("unscorable", clause, fix)
        best = max(scores, key=lambda one: one.points)
        return Answer(text=text, number=self.number, response=response, score=best), None

    def _by_hand(self, text: str, points: Fraction) -> tuple[Answer, Unclear | None]:
        most = self.scheme.possible
        least = -most if self._may_cost() else _NONE
        if not least <= points <= most:
            clause = f"{points_said(points)} points are given, but it is worth {points_said(most)}"
            fix = f"Write a number from {points_said(least)} to {points_said(most)}."
            return Answer(text=text, number=self.number), Unclear("too_many_points", clause, fix)
        outcome: Outcome = "right" if points == most else "partly" if points > 0 else "wrong"
        given = Score(points=points, possible=most, outcome=outcome)
        return Answer(text=text, number=self.number, score=given, by_hand=True), None

    def _may_cost(self) -> bool:
        """Whether a wrong answer takes points away by its rule."""
        return rule_of(self.question.item, self._rules) == "formula"


def points_said(value: Fraction) -> str:
    """Points in a sentence: 1.5, or 1/3 where no decimal is exact."""
    return f"{float(value):g}" if value.denominator in (1, 2, 4, 5, 8, 10) else str(value)
