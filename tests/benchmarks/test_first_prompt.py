"""How soon a learner can type, and what an answer costs: from keystroke to prompt, and to the disk."""

import os
import subprocess
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from quizgen.model import Bank, Entry, Item, Typed
from quizgen.study.events import Answer, Next
from quizgen.study.judging import result_of
from quizgen.study.plan import planned
from quizgen.study.progress import Asking, Progress
from quizgen.study.record import Attempt, Plan, Task
from quizgen.study.session import begun, step

ROOT = Path(__file__).resolve().parent.parent.parent


def until(words: Sequence[str], prompt: bytes) -> None:
    """Start a program, wait until it has written its prompt, and end its input."""
    with subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        said = b""
        while prompt not in said:
            assert child.stdout is not None
            piece = os.read(child.stdout.fileno(), 4096)
            assert piece, said
            said += piece
        child.kill()


def test_prompt_of_bare_python(benchmark: BenchmarkFixture) -> None:
    """The rival: an interpreter that asks one thing."""
    benchmark(until, ["-c", "input('> ')"], b"> ")


def test_first_prompt(benchmark: BenchmarkFixture) -> None:
    """`quizgen quiz` on the article's bank, read from its compiled copy."""
    words = ["-m", "quizgen", "quiz", "--no-save", "--plain", "--seed", "1"]
    until(words, b"? for help: ")
    benchmark(until, words, b"? for help: ")


def test_first_prompt_with_a_record(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """The same with 100,000 answers in the file of progress."""
    path = tmp_path / "progress.db"
    progress = Progress.open(path)
    session = progress.begin(Plan(bank="b", seed=1, tasks=()), title="T", now=1.0)
    with progress._transaction():
        progress._connection.executemany(
            "INSERT INTO answer (session, number, bank, item, part, item_key, response, text, mark,"
            " share, final, hinted, counts, sitting, asked, at) VALUES (?, ?,"
            " 'china-diplomacy-2022', ?, '', '', 'null', '', 'exact', '1', 1, 0, 1, 1.0, 1.0, 1.0)",
            ((session, number, f"q{number % 10_000}") for number in range(100_000)),
        )
    progress.close()
    words = ["-m", "quizgen", "quiz", "--plain", "--seed", "1", "--db", str(path)]
    until(words, b"? for help: ")
    benchmark(until, words, b"? for help: ")


def test_an_answer_reaches_the_disk(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """One commit, written through."""
    progress = Progress.open(tmp_path / "progress.db")
    session = progress.begin(Plan(bank="b", seed=1, tasks=()), title="T", now=1.0)
    numbers = iter(range(1, 10**9))
    asking = Asking(sitting=1.0, asked=1.0, key="0" * 16)

    def save() -> None:
        attempt = Attempt(
            number=next(numbers),
            item="q",
            part="",
            response=Typed(text="Samarkand"),
            mark="exact",
            share=Fraction(1),
            at=2.0,
        )
        progress.save(session, "b", attempt, asking)

    benchmark(save)


def test_a_verdict_beside_ten_thousand_others(benchmark: BenchmarkFixture) -> None:
    """A typed answer judged with every other answer of the bank to be confused with."""
    items: tuple[Item, ...] = tuple(
        Entry(id=f"q{n}", stem="?", accept=(f"Answer number {n}",)) for n in range(10_000)
    )
    bank = Bank(name="b", title="B", items=items)
    response = Typed(text="Answer nunber 7")
    result = benchmark(result_of, bank, items[7], Task(item="q7"), response)
    assert result.mark == "close"


def test_a_step_of_a_long_session(benchmark: BenchmarkFixture) -> None:
    """The thousandth answer of a session of two thousand questions."""
    items = [Entry(id=f"q{n}", stem="?", accept=("a",)) for n in range(2_000)]
    state = begun(planned("b", items, seed=1))
    answer = Answer(response=Typed(text="a"), mark="exact", share=Fraction(1))
    for _ in range(999):
        state, _ = step(state, answer, 0.0)
        state, _ = step(state, Next(), 0.0)
    benchmark(step, state, answer, 0.0)
