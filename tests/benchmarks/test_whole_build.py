"""The memory of a whole build: deck, forms and keys of a large bank, from YAML."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.banks import write_bank

ROOT = Path(__file__).resolve().parent.parent.parent
COUNT = 10_000
MOST = 400
"""MiB."""

MEASURED = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "quizgen", "build", "-C", sys.argv[1]],
               check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell a child's memory so")
def test_a_build_of_ten_thousand_items_fits_in_400_mib(
    benchmark: BenchmarkFixture, tmp_path: Path
) -> None:
    """The peak of the whole process, as the operating system counts it."""
    project = write_bank(tmp_path, COUNT)

    def peak() -> float:
        words = [sys.executable, "-c", MEASURED, str(project)]
        said = subprocess.run(words, check=True, cwd=ROOT, capture_output=True, text=True).stdout
        return int(said) / (1024 if sys.platform == "linux" else 1024 * 1024)

    mib: float = benchmark.pedantic(peak, rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info["MiB"] = round(mib)
    assert mib < MOST
