"""How fast all rules are held against a large bank of mixed questions: 10,000 in under 4 s."""

from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from quizgen.bank import read_bank
from quizgen.checks import check
from tests.benchmarks.banks import write_bank

COUNT, FEW = 10_000, 200
SECONDS = 4


def test_all_rules(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """Every rule, notes among them, with near-duplicates over the whole bank."""
    bank = read_bank(write_bank(tmp_path, FEW if benchmark.disabled else COUNT)).bank
    assert bank is not None
    assert benchmark(check, bank, notes=True) == ()
    if benchmark.stats is not None:
        assert benchmark.stats.stats.median < SECONDS
