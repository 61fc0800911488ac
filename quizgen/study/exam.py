"""A form sat as an exam: its plan, and its attempts to the points of the quiz's own rules."""

from collections.abc import Sequence
from fractions import Fraction
from typing import assert_never

from msgspec.structs import replace

from quizgen.core.confusable import other_answers
from quizgen.core.score import is_judged, rounded, score, total
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Cloze,
    Entry,
    Filled,
    Form,
    Frozen,
    Item,
    Judged,
    Match,
    Number,
    Open,
    Order,
    Outcome,
    Picked,
    Question,
    Response,
    Rules,
    TrueFalse,
)
from quizgen.study.plan import questions_of
from quizgen.study.record import Attempt, Exam, Plan, Task


class ExamRow(Frozen, frozen=True, kw_only=True):
    """What one question of an exam earned: what was asked of it, each with what was given."""

    question: Question
    given: tuple[tuple[Task, Attempt | None], ...]
    points: Fraction
    outcome: Outcome


class ExamResult(Frozen, frozen=True, kw_only=True):
    """What an exam earned, by the rules of its quiz; `points` are rounded where these ask for it."""

    exam: Exam
    points: Fraction
    possible: Fraction
    rows: tuple[ExamRow, ...]

    @property
    def percent(self) -> Fraction:
        """The share of the points, in percent; 100 where none could be had."""
        return 100 * self.points / self.possible if self.possible else Fraction(100)

    def as_json(self) -> dict[str, object]:
        """The result for a program; points and percent rounded to two digits."""
        return {
            "quiz": self.exam.quiz,
            "form": self.exam.form,
            "digest": self.exam.digest,
            "points": round(float(self.points), 2),
            "possible": round(float(self.possible), 2),
            "percent": round(float(self.percent), 2),
            "questions": [
                {
                    "number": row.question.number,
                    "item": row.question.item.id,
                    "points": round(float(row.points), 2),
                    "possible": round(float(row.question.item.points), 2),
                    "outcome": row.outcome,
                }
                for row in self.rows
            ],
        }


def exam_plan(form: Form, *, limit: float = 0.0) -> Plan:
    """The questions of a form, in its order: of a cloze each gap, of a card its front alone.

    `limit` is how many seconds there are for it; 0 is any.
    """
    exam = Exam(quiz=form.quiz.plan.id, form=form.letter, digest=form.digest, limit=limit)
    tasks = tuple(task for question in form.questions for task in _tasks(question))
    return Plan(bank=form.quiz.bank, seed=0, tasks=tasks, exam=exam)


def exam_result(bank: Bank, form: Form, exam: Exam, attempts: Sequence[Attempt]) -> ExamResult:
    """What the final attempts earn; a question without one was left blank."""
    final = {one.key: one for one in attempts if one.final}
    rules = form.quiz.plan.rules
    rows, scores = [], []
    for question in form.questions:
        item = question.item
        given = tuple((task, final.get(task.key)) for task in _tasks(question))
        response = _response(item, [one.response for _, one in given if one], rules)
        scores.append(score(item, response, rules, others=other_answers(bank.items, item)))
        rows.append(
            ExamRow(
                question=question,
                given=given,
                points=scores[-1].points,
                outcome=scores[-1].outcome,
            )
        )
    whole = total(scores)
    points = rounded(whole.points, rules)
    return ExamResult(exam=exam, points=points, possible=whole.possible, rows=tuple(rows))


def _tasks(question: Question) -> tuple[Task, ...]:
    """What is asked of a question: the first that its item may be asked, as on paper."""
    return tuple(replace(task, step=question.number) for task in questions_of(question.item)[0])


def _response(item: Item, given: Sequence[Response], rules: Rules) -> Response:
    """What was given to all of an item; of a cloze the texts of its gaps together.

    Where each option is a statement, those that were not picked were judged false.
    """
    match item:
        case Cloze():
            texts = {
                number: text
                for response in given
                if isinstance(response, Filled)
                for number, text in response.gaps.items()
            }
            return Filled(gaps=texts) if texts else None
        case Choice() | TrueFalse() | Entry() | Number() | Match() | Order() | Open() | Card():
            response = given[0] if given else None
            if isinstance(item, Choice) and isinstance(response, Picked) and is_judged(item, rules):
                return Judged(marks={one.id: one.id in response.options for one in item.options})
            return response
        case _:
            assert_never(item)
