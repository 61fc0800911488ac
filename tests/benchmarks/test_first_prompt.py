"""How soon a learner can type, and what an answer costs: from keystroke to prompt, and to the disk."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from quizgen.commands.learner import schedule_for
from quizgen.commands.project import read_project
from quizgen.model import Bank, Entry, Item, Typed
from quizgen.study.answerkey import key_digest
from quizgen.study.events import Answer, Next
from quizgen.study.judging import result_of
from quizgen.study.memories import Habits
from quizgen.study.plan import planned, questions_of
from quizgen.study.progress import Asking, Progress
from quizgen.study.record import Attempt, Plan, Task
from quizgen.study.schedule import DAY
from quizgen.study.session import begun, step
from tests.benchmarks.banks import write_bank

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


@pytest.fixture(scope="module")
def long_learned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A project of 10,000 questions, and the record of 100,000 answers to its typed ones and others."""
    root = write_bank(tmp_path_factory.mktemp("large"), 10_000)
    bank = read_project(root).bank
    assert bank is not None
    path = root / "progress.db"
    progress = Progress.open(path)
    session = progress.begin(Plan(bank="large", seed=1, tasks=()), title="T", now=1.0)
    keys = [task.key for item in bank.items for one in questions_of(item) for task in one]
    now = time.time()
    with progress.writing():
        progress._connection.executemany(
            "INSERT INTO answer (session, number, bank, item, part, item_key, response, text, mark,"
            " share, final, hinted, counts, sitting, asked, at, rating, changed) VALUES (?, ?,"
            " 'large', ?, ?, '', 'null', '', 'exact', '1', 1, 0, 1, ?3, ?3, ?5, ?6, ?5)",
            (
                (
                    session,
                    n,
                    *keys[n % len(keys)],
                    now - (9 - n // len(keys)) * 5 * DAY,
                    "again" if n % 7 == 0 else "good",
                )
                for n in range(100_000)
            ),
        )
    progress.adopt("large", schedule_for(bank, Habits()))
    progress.close()
    return root, path


def test_first_prompt_with_a_record(
    benchmark: BenchmarkFixture, long_learned: tuple[Path, Path]
) -> None:
    """`quizgen quiz` where 10,000 questions were answered 100,000 times."""
    root, path = long_learned
    words = ["-m", "quizgen", "quiz", "--plain", "-C", str(root), "--db", str(path)]
    until(words, b"? for help: ")
    benchmark(until, words, b"? for help: ")


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="Linux tells what a program took"
)
def test_memory_with_a_record(long_learned: tuple[Path, Path]) -> None:
    """The same takes less than 80 MiB."""
    root, path = long_learned
    code = (
        "import sys\nfrom pathlib import Path\nfrom quizgen.cli import main\n"
        "main(sys.argv[1:])\n"
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    words = ["quiz", "--plain", "-C", str(root), "--db", str(path)]
    run = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=ROOT,
        input="1\n\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(run.stdout.splitlines()[-1]) < 80 * 1024


def test_an_answer_reaches_the_disk(
    benchmark: BenchmarkFixture, long_learned: tuple[Path, Path]
) -> None:
    """The verdict, the schedule from ten earlier answers, and a commit, written through."""
    root, path = long_learned
    bank = read_project(root).bank
    assert bank is not None
    progress = Progress.open(path)
    items = [item for item in bank.items if isinstance(item, Entry)]
    session = progress.begin(Plan(bank="large", seed=1, tasks=()), title="T", now=1.0)
    numbers = iter(range(1, 10**9))

    def save() -> None:
        number = next(numbers)
        item = items[number % len(items)]
        response = Typed(text=item.accept[0])
        result = result_of(bank, item, Task(item=item.id), response)
        attempt = Attempt(
            number=number,
            item=item.id,
            part="",
            response=response,
            mark=result.mark,
            share=result.share,
            at=time.time(),
        )
        asking = Asking(sitting=1.0, asked=1.0, key=key_digest(item, Task(item=item.id)))
        progress.save(session, "large", attempt, asking)

    save()
    benchmark(save)
    progress.close()


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
