"""How fast drafts are made of a long text: 100,000 words of facts, some 6,000 drafts."""

from pytest_benchmark.fixture import BenchmarkFixture

from quizgen.core.stream import shuffled
from quizgen.drafting.drafters import bring
from quizgen.drafting.facts import find
from quizgen.drafting.proposing import Wish, propose
from tests.drafted_facts import FOLDER
from tests.test_drafting import place, text

TEXTS = ("news.txt", "entry.txt", "unseen/business.txt")
WORDS, FEW = 100_000, 1_000


def long_text(words: int) -> str:
    """The labelled texts again and again, each time with other figures."""
    once = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in TEXTS)
    turns = -(-words // len(once.split()))
    return "\n".join(once.translate(_other_digits(turn)) for turn in range(turns))


def _other_digits(turn: int) -> dict[int, str]:
    """The digits from 3 to 9 changed with one another, so that most years stay years."""
    others = shuffled("3456789", "benchmark", turn)
    return {ord(digit): other for digit, other in zip("3456789", others, strict=True)}


def test_drafts_of_a_long_text(benchmark: BenchmarkFixture) -> None:
    """From its paragraphs to the drafts that are let in."""
    of = text(long_text(FEW if benchmark.disabled else WORDS))

    def drafts() -> int:
        brought = bring({"facts": lambda: find}, of)
        return len(propose(brought, of, place(of), Wish()).admitted)

    assert benchmark.pedantic(drafts, rounds=1) > 50  # type: ignore[no-untyped-call]
