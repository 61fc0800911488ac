"""How soon the program is there: its help beside a bare interpreter."""

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
