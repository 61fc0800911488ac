"""How soon the program is there: its help, and the first prompt of a quiz."""

import subprocess
import sys
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

ROOT = Path(__file__).resolve().parent.parent.parent


def test_bare_python(benchmark: BenchmarkFixture) -> None:
    """The rival: an interpreter that starts and ends."""
    benchmark(subprocess.run, [sys.executable, "-c", "pass"], check=True)


def test_help(benchmark: BenchmarkFixture) -> None:
    """`quizgen --help`, within three times the bare interpreter."""
    words = [sys.executable, "-m", "quizgen", "--help"]
    benchmark(subprocess.run, words, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def test_first_prompt(benchmark: BenchmarkFixture) -> None:
    """`quizgen quiz` on the article's bank, from start to its first prompt and the end of input."""
    words = [sys.executable, "-m", "quizgen", "quiz", "--no-save", "--plain", "--seed", "1"]

    def play() -> None:
        subprocess.run(words, check=False, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True)

    play()
    benchmark(play)
