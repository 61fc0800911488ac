"""What PDFs take: thirty forms of a quiz, on all processors."""

import multiprocessing
import resource
from collections.abc import Sequence

from msgspec.structs import replace
from pytest_benchmark.fixture import BenchmarkFixture

from quizgen.model import Bank
from quizgen.outputs.built import Built
from quizgen.outputs.paper import build
from quizgen.outputs.pdf import Engine, with_pdfs
from quizgen.outputs.template import Templates
from tests.benchmarks.test_forms import mixed_items, quiz_of
from tests.pdf_pages import sheets

FORMS = 30
MOST = 600 * 1024
"""Kibibytes of all processes together."""


def papers() -> Built:
    """The forms alone: 30 of 50 questions on 6 pages, and the file of all."""
    items = mixed_items(50)
    quiz = quiz_of(items)
    quiz = replace(quiz, plan=replace(quiz.plan, forms=FORMS))
    built = build(
        Bank(name="bank", title="Bank", items=items), quiz, media={}, templates=Templates()
    )
    kinds = ("paper.form", "paper.forms")
    return replace(built, products=tuple(one for one in built.products if one.kind in kinds))


def printed(engine: Engine, built: Built) -> Sequence[Built]:
    return with_pdfs([built], engine=engine, size="a4", templates=Templates())


def once(benchmark: BenchmarkFixture, engine: Engine) -> Sequence[Built]:
    """Measured in one round, since it takes seconds."""
    made: Sequence[Built] = benchmark.pedantic(  # type: ignore[no-untyped-call]
        printed, (engine, papers()), rounds=1
    )
    return made


def test_thirty_forms_by_weasyprint(benchmark: BenchmarkFixture) -> None:
    """Under 15 s on two processors, in less than 600 MiB."""
    (made,) = once(benchmark, "weasyprint")
    whole = next(one for one in made.products if one.kind == "paper.forms.pdf")
    pages = len(sheets(made.files[whole.path]))
    assert pages >= FORMS * 6 - 1
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert own + largest * min(multiprocessing.cpu_count(), 4) < MOST


def test_thirty_forms_by_chromium(benchmark: BenchmarkFixture) -> None:
    """The browser is started once."""
    (made,) = once(benchmark, "chromium")
    assert sum(one.kind == "paper.form.pdf" for one in made.products) == FORMS
