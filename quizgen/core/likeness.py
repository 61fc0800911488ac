"""How far the forms of a quiz agree: what a student gains who copies from another form."""

from collections.abc import Sequence
from itertools import combinations

from quizgen.core.form import has_letters, key_letters
from quizgen.model import Form, Frozen, QuizPlan

COMPARED = 100
"""So many forms are compared two by two; of more, the first."""


class Likeness(Frozen, frozen=True, kw_only=True):
    """What any two of some forms share, as the fewest and the most.

    `letters` counts the questions with the same letters for a key, of `lettered` that have letters;
    `common` the questions that stand in both, of so many `questions`. `everywhere` holds the
    numbers in the first form of those whose letters are the same in all.
    """

    letters: tuple[int, int]
    lettered: int
    common: tuple[int, int]
    questions: int
    everywhere: tuple[int, ...]


def likeness(forms: Sequence[Form]) -> Likeness:
    """What the forms share; of one form alone, nothing."""
    compared = forms[:COMPARED]
    keys = [
        {q.item.id: key_letters(q) for q in form.questions if has_letters(q.item)}
        for form in compared
    ]
    asked = [frozenset(question.item.id for question in form.questions) for form in compared]
    letters = [len(a.items() & b.items()) for a, b in combinations(keys, 2)]
    common = [len(a & b) for a, b in combinations(asked, 2)]
    always = set.intersection(*({*one.items()} for one in keys)) if len(keys) > 1 else set()
    return Likeness(
        letters=(min(letters, default=0), max(letters, default=0)),
        lettered=max(map(len, keys)),
        common=(min(common, default=0), max(common, default=0)),
        questions=len(forms[0].questions),
        everywhere=tuple(
            question.number
            for question in forms[0].questions
            if (question.item.id, keys[0].get(question.item.id)) in always
        ),
    )


def is_shuffled(plan: QuizPlan) -> bool:
    """Whether one number may stand for several questions, by the form."""
    return plan.parallel or any(section.shuffle_questions for section in plan.all_sections)
