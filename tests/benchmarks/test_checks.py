"""How fast all rules are held against large banks of mixed questions, and what that takes.

Asked are 10,000 questions in 4 s and 300 MiB, and a time for each that grows by less than a fifth
from 1,000 questions to 50,000.
"""

import subprocess
import sys
import time
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from quizgen.bank import read_bank
from quizgen.checks.catalogue import check
from tests.benchmarks.banks import write_bank
from tests.benchmarks.test_whole_build import not_on_windows

ROOT = Path(__file__).resolve().parent.parent.parent
COUNT, FEW = 10_000, 200
SMALL, LARGE = 1_000, 50_000
MIB = 300

MEASURED = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "quizgen", "check", "--notes", "-C", sys.argv[1]],
               check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_all_rules(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """Every rule, notes among them, with near-duplicates over the whole bank."""
    bank = read_bank(write_bank(tmp_path, FEW if benchmark.disabled else COUNT)).bank
    assert bank is not None
    assert benchmark(check, bank, notes=True) == ()


def test_the_time_for_a_question_as_a_bank_grows(
    benchmark: BenchmarkFixture, tmp_path: Path
) -> None:
    """Of the processor, for a bank of 1,000 and one of 50,000 in turn; the best of each."""
    sizes = (50, FEW) if benchmark.disabled else (SMALL, LARGE)
    banks = [read_bank(write_bank(tmp_path / str(size), size)).bank for size in sizes]
    spent: dict[int, list[float]] = {size: [] for size in sizes}

    def take_turns() -> None:
        for size, bank in zip(sizes, banks, strict=True):
            assert bank is not None
            for _ in range(10 if size == sizes[0] else 1):
                start = time.process_time()
                check(bank, notes=True)
                spent[size].append((time.process_time() - start) / size)

    benchmark.pedantic(take_turns, rounds=3)  # type: ignore[no-untyped-call]
    small, large = (min(spent[size]) for size in sizes)
    each = {"us_small": small * 1e6, "us_large": large * 1e6, "times": large / small}
    benchmark.extra_info.update({name: round(value, 2) for name, value in each.items()})
    print(benchmark.extra_info)


@not_on_windows
def test_ten_thousand_questions_fit_in_300_mib(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """The peak of the whole process, reading and all rules, as the operating system counts it."""
    project = write_bank(tmp_path, FEW if benchmark.disabled else COUNT)

    def peak() -> float:
        words = [sys.executable, "-c", MEASURED, str(project)]
        said = subprocess.run(words, check=True, cwd=ROOT, capture_output=True, text=True).stdout
        return int(said) / (1024 if sys.platform == "linux" else 1024 * 1024)

    mib: float = benchmark.pedantic(peak, rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info["MiB"] = round(mib)
    print(benchmark.extra_info)
    assert mib < MIB
