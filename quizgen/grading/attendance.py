"""Papers held against the lists of the classes: who is missing, and who is nobody's student."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from quizgen.grading.classlist import Student, same_student
from quizgen.grading.heads import problem_at
from quizgen.grading.responses import Paper
from quizgen.problem import Problem, Where

_COMPARED = 100_000
"""Pairs of ids that are compared at most, to say which one was meant."""


def attendance(
    students: Sequence[Student], papers: Sequence[Paper], file: str
) -> tuple[Problem, ...]:
    """Who of the classes has no row in the responses, and which row is nobody's of the classes.

    Both are marked all the same. Where the two have nobody in common, that alone is said.
    """
    ids = {same_student(one.id): one.id for one in students}
    there = {same_student(paper.student) for paper in papers if paper.student}
    if not ids or not there:
        return tuple(_no_row(one, file) for one in ids.values())
    if there.isdisjoint(ids):
        return (
            problem_at(
                "other_class",
                "Nobody in the responses is in the class list.",
                "Name the list of the class that wrote these papers, with the ids that stand in the responses.",
                Where(file),
            ),
        )
    waiting = {same: own for same, own in ids.items() if same not in there}
    is_few = len(waiting) * len(there.difference(ids)) <= _COMPARED
    return (
        *(_no_row(one, file) for one in waiting.values()),
        *(
            _stranger(paper, waiting if is_few else {})
            for paper in papers
            if paper.student and same_student(paper.student) not in ids
        ),
    )


def _no_row(student: str, file: str) -> Problem:
    return problem_at(
        "no_row",
        f'Student "{student}" of the class has no row in the responses.',
        "Enter the paper; who did not take part has a row with absent as the form.",
        Where(file),
    )


def _stranger(paper: Paper, waiting: Mapping[str, str]) -> Problem:
    near = get_close_matches(same_student(paper.student), waiting, n=1)
    meant = f'; did you mean "{waiting[near[0]]}", who has no row?' if near else "."
    where, cell = paper.place()
    return problem_at(
        "not_in_class",
        f'Student "{paper.student}", cell {cell}, is not in the class list{meant}',
        "Mend the id here, or add the student to the class list.",
        where,
    )
