"""A paper as it is given back: what was answered to each question and what it earned."""

from fractions import Fraction
from typing import Literal

from quizgen.model.answer import Response, Score
from quizgen.model.frozen import Frozen
from quizgen.model.item import Item
from quizgen.model.quiz import Form, Question


class Given(Frozen, frozen=True, kw_only=True):
    """A question with its answer. Any of `keys` was accepted; without a score it is still open.

    `others` are the answers to other questions, which were never right here. `by_hand` says that a
    person gave the points; `void` that the question was taken out of the marking afterwards.
    """

    question: Question
    keys: tuple[Item, ...]
    response: Response
    score: Score | None
    others: tuple[str, ...] = ()
    by_hand: bool = False
    void: Literal["", "full", "drop"] = ""


class Returned(Frozen, frozen=True, kw_only=True):
    """The paper of one student, in printed order; `total` is None while anything is open."""

    student: str
    name: str
    form: Form
    answers: tuple[Given, ...]
    points: Fraction
    possible: Fraction
    total: Fraction | None
    grade: str = ""
