"""How fast a large bank is held against a large document: 10,000 citations and paragraphs in under 2 s."""

from collections import Counter
from random import Random

from pytest_benchmark.fixture import BenchmarkFixture

from quizgen.checks.grounding.readings import read_term, read_text
from quizgen.checks.grounding.sources import ground
from quizgen.checks.grounding.standing import held_against, paragraph_digest
from quizgen.model import Bank, Citation, Document, TrueFalse

COUNT, FEW = 10_000, 300
SECONDS = 2
WORDS = tuple(
    f"{a}{b}{c}" for a in "bcdfglmnprst" for b in "aeiou" for c in ("n", "r", "rk", "mp", "l")
)


def written(rnd: Random, number: int) -> str:
    """A paragraph of sixty words, with a figure, a date, a share and a name of its own."""
    words = rnd.choices(WORDS, k=60)
    words[10] = f"{number * 7 + 1000:,}"
    words[20] = f"{number % 28 + 1} May {1900 + number % 120}"
    words[30] = f"{number % 100} %"
    words[40] = f"Name{number}"
    return " ".join(words)


def citing(rnd: Random, number: int, text: str) -> TrueFalse:
    """A question on a paragraph; figures and dates are written otherwise now and then."""
    figure = f"{number * 7 + 1000}" if number % 10 == 0 else f"{number * 7 + 1000:,}"
    if number % 50 == 1:
        figure = f"{(number * 7 + 1000) / 1000:.3f} thousand"
    year, day = 1900 + number % 120, number % 28 + 1
    date = f"{year}-05-{day:02}" if number % 10 == 5 else f"{day} May {year}"
    return TrueFalse(
        id=f"q-{number}",
        statement=" ".join(rnd.choices(WORDS, k=15)),
        explain=" ".join(rnd.choices(WORDS, k=15)),
        answer=True,
        source=Citation(
            document="reader",
            paragraphs=(number + 1,),
            terms=(figure, date, f"Name{number}"),
            digest=paragraph_digest(text),
        ),
    )


def test_grounding(benchmark: BenchmarkFixture) -> None:
    """What stands, what is copied: nothing is wrong, and all of it is looked at."""
    rnd = Random(1)  # noqa: S311 - no secret
    count = FEW if benchmark.disabled else COUNT
    texts = tuple(written(rnd, number) for number in range(count))
    items = tuple(citing(rnd, number, text) for number, text in enumerate(texts))
    bank = Bank(
        name="large", title="Large", items=items, documents=(Document(name="reader", title="R"),)
    )

    def at_first() -> None:
        read_term.cache_clear()
        read_text.cache_clear()
        assert ground(bank, {"reader": texts}) == ()

    benchmark(at_first)
    states = Counter(one.state for one in held_against(bank, {"reader": ("Put in.", *texts)}))
    assert states == {"moved": count}
    if benchmark.stats is not None:
        assert benchmark.stats.stats.min < SECONDS
