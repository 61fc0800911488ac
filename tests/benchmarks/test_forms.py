"""What forms take: a thousand of a quiz, on paper, too; judging typed answers, scoring responses."""

from fractions import Fraction
from itertools import cycle, islice

from msgspec.structs import replace
from pytest_benchmark.fixture import BenchmarkFixture

from quizgen.core.form import key_response, make_form, make_forms
from quizgen.core.judge import judge
from quizgen.core.score import score
from quizgen.core.select import draw
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Cloze,
    Entry,
    Gap,
    Item,
    Match,
    Number,
    Option,
    Order,
    Pair,
    Quiz,
    QuizPlan,
    Quota,
    TrueFalse,
)
from quizgen.outputs.paper import build
from quizgen.outputs.paper.pages import Pages
from quizgen.outputs.template import Templates
from tests.judged_answers import ROWS

FORMS, FEW = 1_000, 20
"""How many forms are measured, and how many are made where nothing is."""


def options(side: str, count: int) -> tuple[Option, ...]:
    return tuple(Option(id=f"{side}{n}", text=f"{side} option {n} of a few") for n in range(count))


def mixed_items(count: int) -> tuple[Item, ...]:
    """Items as banks have them: half of them choices, the rest of every type with an order."""
    pairs = tuple(
        Pair(left=a, right=b) for a, b in zip(options("l", 5), options("r", 5), strict=True)
    )
    gap = Gap(number=1, accept=("walnut",))
    kinds: tuple[Item, ...] = (
        Choice(id="", stem="Which of these?", options=options("o", 4), keys=("o1",)),
        Choice(id="", stem="Which of these?", options=options("o", 5), keys=("o0",)),
        Choice(
            id="", stem="Which apply?", options=options("o", 6), keys=("o1", "o4"), multiple=True
        ),
        TrueFalse(id="", statement="So it is.", answer=True),
        Match(id="", stem="Match.", pairs=pairs, extra=options("x", 2)),
        Order(id="", stem="Order.", sequence=options("t", 5)),
        Entry(id="", stem="Where?", accept=("São Tomé and Príncipe", "Sao Tome"), kind="place"),
        Number(id="", stem="How many?", value=Fraction(11 * 10**12), text="11 trillion"),
        Cloze(id="", parts=("A ", gap, " grows.")),
        Card(id="", front="F", back="B"),
    )
    shapes = cycle(
        (kinds[0], kinds[3], kinds[1], kinds[4], kinds[2], kinds[5], *kinds[:2], *kinds[6:])
    )
    return tuple(
        replace(item, id=f"q{n}", topic=f"topic {n % 7}")
        for n, item in enumerate(islice(shapes, count))
    )


def quiz_of(items: tuple[Item, ...], forms: int) -> Quiz:
    plan = QuizPlan(id="quiz", title="Quiz", blueprint=(Quota(count=len(items)),), forms=forms)
    return Quiz(bank="bank", plan=plan, items=items)


def test_a_thousand_forms(benchmark: BenchmarkFixture) -> None:
    """Of a quiz of 50 questions: under 3 ms each."""
    quiz = quiz_of(mixed_items(50), FEW if benchmark.disabled else FORMS)

    def make_all() -> None:
        for index in range(quiz.plan.forms):
            make_form(quiz, index)

    benchmark(make_all)


def test_a_thousand_balanced_and_shuffled_forms(benchmark: BenchmarkFixture) -> None:
    quiz = quiz_of(mixed_items(50), FEW if benchmark.disabled else FORMS)
    quiz = replace(quiz, plan=replace(quiz.plan, balanced=True, shuffle_questions=True))

    def make_all() -> None:
        for index in range(quiz.plan.forms):
            make_form(quiz, index)

    benchmark(make_all)


def test_a_thousand_printed_forms(benchmark: BenchmarkFixture) -> None:
    """As HTML, a file for each and one for all: under 5 s."""
    quiz = quiz_of(mixed_items(50), FEW if benchmark.disabled else FORMS)
    bank = Bank(name="bank", title="Bank", items=quiz.items)
    templates = Templates()

    def print_all() -> None:
        pages = Pages(bank, quiz, {}, templates)
        forms = make_forms(quiz)
        sections = [pages.form_section(form) for form in forms]
        for form, section in zip(forms, sections, strict=True):
            pages.form_page(form, section)
        pages.forms_page(forms, sections)

    benchmark(print_all)


def test_papers_and_keys_of_a_thousand_forms(benchmark: BenchmarkFixture) -> None:
    """All that `build` writes of a quiz: each form, each key, and those of all side by side."""
    quiz = quiz_of(mixed_items(50), FEW if benchmark.disabled else FORMS)
    bank = Bank(name="bank", title="Bank", items=quiz.items)
    benchmark(build, bank, quiz, media={}, templates=Templates())


def test_drawing_from_ten_thousand_items(benchmark: BenchmarkFixture) -> None:
    """A quiz of 200, spread and by type."""
    bank = Bank(name="bank", title="Bank", items=mixed_items(10_000))
    blueprint = (Quota(count=150, spread=True), Quota(count=50, type="choice"))
    benchmark(draw, bank, QuizPlan(id="quiz", title="Quiz", blueprint=blueprint))


def test_judging_the_table(benchmark: BenchmarkFixture) -> None:
    """Every row of the table of judged answers once."""

    def judge_all() -> None:
        for row in ROWS:
            judge(row.typed, row.accepted, kind=row.kind, confusable=row.confusable)

    benchmark(judge_all)


def test_scoring_a_class(benchmark: BenchmarkFixture) -> None:
    """Two hundred papers of 50 questions, each answered."""
    pairs = [(item, key_response(item)) for item in mixed_items(50)]

    def score_all() -> None:
        for _ in range(200):
            for item, response in pairs:
                score(item, response)

    benchmark(score_all)
