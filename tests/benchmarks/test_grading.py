"""What grading takes: ten thousand students with fifty questions, from bytes to gradebook and analysis."""

import random
import subprocess
import sys
from fractions import Fraction

from pytest_benchmark.fixture import BenchmarkFixture

from quizgen.core.form import make_forms
from quizgen.grading.analysis import analyze, columns_of
from quizgen.grading.gradebook import gradebook, record_of, write_record
from quizgen.grading.marking import mark
from quizgen.grading.responses import read_responses
from quizgen.grading.scheme import schemes_of
from quizgen.model import Form, Open, Quiz, QuizPlan, Quota
from quizgen.sheet import read_sheet, write_sheet
from tests.benchmarks.test_forms import mixed_items
from tests.grading_samples import key_cell

STUDENTS, FEW, QUESTIONS = 10_000, 200, 50
"""Students that are measured, those that are graded where nothing is, and what they answered."""


def forms_of_fifty() -> tuple[Form, ...]:
    items = mixed_items(QUESTIONS)
    items = (*items[:-1], Open(id="open", stem="Why?", model="So.", points=Fraction(3)))
    plan = QuizPlan(id="quiz", title="Quiz", blueprint=(Quota(count=QUESTIONS),), forms=4)
    return make_forms(Quiz(bank="bank", plan=plan, items=items))


def responses(forms: tuple[Form, ...], students: int = STUDENTS) -> bytes:
    """Right answers, those of another form, blanks, and many different typed ones."""
    chance = random.Random(1)  # noqa: S311 - any numbers will do
    rows = [["student", "form", *map(str, range(1, QUESTIONS + 1))]]
    keys = [[key_cell(question) for question in form.questions] for form in forms]
    for number in range(students):
        own = chance.randrange(len(forms))
        row = [f"s{number:05}", forms[own].letter]
        for place, question in enumerate(forms[own].questions):
            cell = keys[own if chance.random() < 0.6 else chance.randrange(len(forms))][place]
            if question.item.id.startswith("open"):
                cell = f"={chance.randrange(7)}/2"
            elif chance.random() < 0.05 and cell:
                cell = "-" if cell.startswith("=") else ""
            row.append(cell)
        rows.append(row)
    return write_sheet(rows)


def graded(data: bytes, forms: tuple[Form, ...]) -> int:
    """All that `quizgen grade` does but for the disk; how many are finished."""
    sheet = read_sheet(data, "responses.csv")
    papers = read_responses([sheet], forms)
    schemes, _ = schemes_of(forms)
    results, problems = mark(papers.papers, forms, schemes)
    assert not problems
    book = gradebook(results, forms, (), {}, sheet.delimiter)
    record = write_record(record_of("quiz", 1, results))
    analysis = analyze(*columns_of(results))
    assert analysis.complete == len(papers.papers)
    assert all(one.item_rest is not None for one in analysis.items)
    assert len(book) > 100 * analysis.complete
    assert len(record) > 100 * analysis.complete
    return sum(one.total is not None for one in results.results)


def test_ten_thousand_students(benchmark: BenchmarkFixture) -> None:
    """From the file to gradebook, record and analysis."""
    forms = forms_of_fifty()
    students = FEW if benchmark.disabled else STUDENTS
    assert benchmark(graded, responses(forms, students), forms) == students


MEASURE = """
import resource, subprocess, sys
work = (
    "from tests.benchmarks.test_grading import forms_of_fifty, graded, responses; "
    "forms = forms_of_fifty(); graded(responses(forms), forms)"
)
subprocess.run([sys.executable, "-c", work], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""A process is told to be as large as the one that started it, so a small one stands between."""


def test_the_memory_of_ten_thousand_students() -> None:
    """Under 600 MiB, the making of the file among it."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], capture_output=True, text=True, check=True, timeout=200
    )
    assert int(done.stdout) < 600 * 1024
