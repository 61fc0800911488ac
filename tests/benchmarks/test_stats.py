"""What statistics take: a million answers to ten thousand questions over ten years, added up."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from quizgen.commands.learner import schedule_for
from quizgen.model import Bank
from quizgen.study.memories import Habits
from quizgen.study.progress import Progress
from quizgen.study.schedule import DAY, Schedule
from tests.benchmarks.banks import TOPICS, write_bank

QUESTIONS, ANSWERS, DAYS = 10_000, 1_000_000, 3_650
_FLASHCARD = """\
- {{id: q{n}, topic: {topic}, front: "What is the place with the mark {n}?", back: "Spring {n}"}}
"""
_SESSION = "INSERT INTO session (bank, title, plan, started) VALUES ('large', 'T', '{}', 1)"
_ANSWERS = """WITH RECURSIVE place (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM place
    WHERE n + 1 < :answers)
    INSERT INTO answer (session, number, bank, item, part, item_key, response, text, mark, share,
    final, hinted, counts, sitting, asked, at, confidence, rating, recall, changed)
    SELECT 1, n, 'large', 'q' || (1 + n * 7919 % :questions), '', '0123456789abcdef',
    '{"type":"Typed","text":"Spring"}', 'Spring', 'exact', '1', 1, 0, 1, :first, :first,
    :first + n * 1.0 * :span / :answers, n % 4, CASE WHEN n * 31 % 100 < 12 THEN 'again' ELSE 'good' END,
    CASE WHEN n >= :questions THEN 0.7 + n * 17 % 300 / 1000.0 END, 0 FROM place"""
_MEMORIES = """INSERT INTO memory SELECT bank, item, part, 20, 5, min(at), max(at),
    max(at) + 20 * 86400.0, 'good', item_key FROM answer GROUP BY item"""


@pytest.fixture
def course(benchmark: BenchmarkFixture, tmp_path: Path) -> Path:
    """A project with its record in `progress.db`; a small one where nothing is measured."""
    questions, answers = (50, 1_000) if benchmark.disabled else (QUESTIONS, ANSWERS)
    root = write_bank(tmp_path / "course", questions, kinds=(_FLASHCARD,))
    progress = Progress.open(root / "progress.db")
    progress.adopt("large", schedule_for_large())
    span = DAYS * DAY
    values = {
        "answers": answers,
        "questions": questions,
        "first": time.time() - span,
        "span": span,
    }
    with progress._transaction():
        progress._connection.execute(_SESSION)
        progress._connection.execute(_ANSWERS, values)
        progress._connection.execute(_MEMORIES)
    progress.close()
    return root


def schedule_for_large() -> Schedule:
    return schedule_for(Bank(name="large", title="A large bank"), Habits())


def stats(course: Path, *words: str) -> str:
    """The program from the keystroke to its last line."""
    return subprocess.run(
        [sys.executable, "-m", "quizgen", "stats", "--db", "progress.db", *words],
        cwd=course,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.parametrize("days", ["90", "3660"])
def test_a_million_answers(days: str, course: Path, benchmark: BenchmarkFixture) -> None:
    """The last 90 days, and all ten years; the bank is read from its compiled copy."""
    first = stats(course, "--days", days)
    assert f"Last {days} days:" in first
    assert all(topic in first for topic in TOPICS)
    benchmark(stats, course, "--days", days)
