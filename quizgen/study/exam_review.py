"""The result of an exam on the screen: what it earned, and what helps with all that was not right."""

from fractions import Fraction

from msgspec.structs import replace

from quizgen.model import Bank, Card, Open
from quizgen.study.asking import asked
from quizgen.study.console import Screen
from quizgen.study.exam import ExamResult, ExamRow
from quizgen.study.feedback import feedback
from quizgen.study.judging import result_of
from quizgen.study.phrases import duration, points_words
from quizgen.study.record import Attempt, Task


def review_exam(
    screen: Screen, bank: Bank, result: ExamResult, *, title: str, seconds: float
) -> None:
    """Show each question that did not earn all its points, then the points of all."""
    for row in result.rows:
        if row.outcome != "right":
            _show(screen, bank, row)
    right = sum(row.outcome == "right" for row in result.rows)
    count = f"{right} of {len(result.rows)} questions all right"
    score = f"{points_words(result.points, result.possible)}, {round(result.percent)} %"
    screen.recall(title, f"{score}. {count}. {duration(seconds)}.")


def _show(screen: Screen, bank: Bank, row: ExamRow) -> None:
    question, item = row.question, row.question.item
    last, _ = row.given[-1]
    stem = asked(question, row.given[0][0], filled=frozenset()).stem
    earned = points_words(row.points, item.points)
    screen.recall(f"Question {question.number}, {earned}", stem)
    for task, given in row.given:
        attempt = given or _blank(task)
        if isinstance(item, Open | Card) and attempt.response is not None:
            # Its model answer was shown when the learner gave the points.
            continue
        why = "" if attempt.right else result_of(bank, item, task, attempt.response).reason
        said = feedback(bank, question, task, attempt, reason=why, notes=())
        if task != last:
            said = replace(said, explain="", corrected="", source="")
        screen.review(said)


def _blank(task: Task) -> Attempt:
    return Attempt(
        number=0,
        item=task.item,
        part=task.part,
        response=None,
        mark="blank",
        share=Fraction(0),
        at=0.0,
    )
