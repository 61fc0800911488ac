"""What PDFs take: thirty forms of a quiz."""

import resource
from collections.abc import Sequence

import pytest
from msgspec.structs import replace
from pytest_benchmark.fixture import BenchmarkFixture

from quizgen.model import Bank, Item, Match, Order
from quizgen.outputs.built import Built
from quizgen.outputs.paper import build
from quizgen.outputs.pdf import Engine, with_pdfs
from quizgen.outputs.template import Templates
from tests.benchmarks.test_forms import mixed_items, quiz_of
from tests.pdf_pages import sheets

FORMS = 30


def on_six_pages() -> tuple[Item, ...]:
    """Fifty questions of all types but those whose rows are tall, which would need eight pages."""
    return tuple(item for item in mixed_items(80) if not isinstance(item, (Match, Order)))[:50]


def papers(forms: int) -> Built:
    """The forms alone, of 50 questions on 6 pages, and the file of all; no keys."""
    items = on_six_pages()
    quiz = quiz_of(items, forms)
    built = build(
        Bank(name="bank", title="Bank", items=items), quiz, media={}, templates=Templates()
    )
    kinds = ("paper.form", "paper.forms")
    products = tuple(one for one in built.products if one.kind in kinds)
    return replace(
        built, products=products, files={one.path: built.files[one.path] for one in products}
    )


def printed(engine: Engine, built: Built) -> Sequence[Built]:
    return with_pdfs([built], engine=engine, size="a4", templates=Templates())


def once(benchmark: BenchmarkFixture, engine: Engine) -> Built:
    """The PDFs, made in one round, since it takes long. MiB are the peak of a process.

    `tests/test_pdf.py` prints by both engines where nothing is measured.
    """
    if benchmark.disabled:
        pytest.skip("measured alone")
    made: Built
    (made,) = benchmark.pedantic(  # type: ignore[no-untyped-call]
        printed, (engine, papers(FORMS)), rounds=1
    )
    for whose, peak in (("own", resource.RUSAGE_SELF), ("worker", resource.RUSAGE_CHILDREN)):
        benchmark.extra_info[f"{whose} MiB"] = resource.getrusage(peak).ru_maxrss // 1024
    return made


def test_forms_by_weasyprint(benchmark: BenchmarkFixture) -> None:
    """On all processors: under 15 s on two, and under 600 MiB in all."""
    made = once(benchmark, "weasyprint")
    whole = next(one for one in made.products if one.kind == "paper.forms.pdf")
    assert len(sheets(made.files[whole.path])) >= FORMS * 6


def test_forms_by_chromium(benchmark: BenchmarkFixture) -> None:
    """The browser is started once."""
    made = once(benchmark, "chromium")
    assert sum(one.kind == "paper.form.pdf" for one in made.products) == FORMS
