"""A grading to the papers that are given back, each question with its own number and letters."""

from collections.abc import Iterator, Mapping, Sequence

from quizgen.core.confusable import other_answers
from quizgen.grading.bands import band_of
from quizgen.grading.classlist import same_student
from quizgen.grading.marking import Results
from quizgen.model import Form, Given, GradeBand, Returned


def returned(
    results: Results,
    forms: Sequence[Form],
    bands: Sequence[GradeBand],
    names: Mapping[str, tuple[str, str]],
) -> Iterator[Returned]:
    """Every paper that was handed in and could be read. `names` are (id, name) by `same_student`."""
    of_letter = {form.letter: form for form in forms}
    others = {item.id: other_answers(results.items, item) for item in results.items}
    places = {item.id: place for place, item in enumerate(results.items)}
    for result in results.results:
        form = of_letter.get(result.form)
        if form is None or result.is_absent or not any(result.answers):
            continue
        given = []
        for question in form.questions:
            answer = result.answers[places[question.item.id]]
            scheme = results.schemes[question.item.id]
            given.append(
                Given(
                    question=question,
                    keys=scheme.keys,
                    response=answer.response if answer else None,
                    score=answer.score if answer else None,
                    others=others[question.item.id],
                    by_hand=answer is not None and answer.by_hand,
                    void=scheme.void,
                )
            )
        student, name = names.get(same_student(result.student), (result.student, ""))
        yield Returned(
            student=student,
            name=name,
            form=form,
            answers=tuple(given),
            points=result.points,
            possible=result.possible,
            total=result.total,
            grade=band_of(result.percent, bands),
        )
