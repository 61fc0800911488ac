"""Papers held against the lists of the classes: who is missing, and who is nobody's student."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from quizgen.grading.classlist import Student, same_student
from quizgen.grading.heads import problem_at
from quizgen.grading.responses import Paper
from quizgen.problem import Problem, Where


def no_row(students: Sequence[Student], papers: Sequence[Paper], file: str) -> list[Problem]:
    """A problem for each student of a class without a row among the papers of a file."""
    there = {same_student(paper.student) for paper in papers}
    return [
        problem_at(
            "no_row",
            f'Student "{one.id}" of the class has no row in the responses.',
            "Enter the paper; who did not take part has a row with absent as the form.",
            Where(file),
        )
        for one in students
        if same_student(one.id) not in there
    ]


def strangers(names: Mapping[str, tuple[str, str]], papers: Sequence[Paper]) -> list[Problem]:
    """A problem for each paper of a student who is in no class list; they are marked all the same.

    `names` are the (id, name) of all classes by `same_student`.
    """
    there = {same_student(paper.student) for paper in papers}
    waiting = {same: own for same, (own, _) in names.items() if same not in there}
    found = []
    for paper in papers:
        same = same_student(paper.student)
        if not paper.student or same in names:
            continue
        near = get_close_matches(same, waiting, n=1)
        meant = f'; did you mean "{waiting[near[0]]}", who has no row?' if near else "."
        found.append(
            problem_at(
                "not_in_class",
                f'Student "{paper.student}", cell {paper.place()[1]}, is not in the class list{meant}',
                "Mend the id here, or add the student to the class list.",
                paper.place()[0],
            )
        )
    return found
