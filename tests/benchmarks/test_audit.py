"""How long a bank of 10,000 questions takes to be audited: under 2 s, all of them choices, too."""

import time
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from quizgen.bank import read_bank
from quizgen.checks.audit import audit
from quizgen.model import Bank
from tests.audit_samples import fair, lot
from tests.benchmarks.banks import write_bank

COUNT, FEW = 10_000, 200
SECONDS = 2


def mixed(folder: Path, count: int) -> Bank:
    """Items of all nine types."""
    bank = read_bank(write_bank(folder, count)).bank
    assert bank is not None
    return bank


def of_choices(_: Path, count: int) -> Bank:
    """Choices, statements and all that a strategy says something of."""
    return fair(lot(1), count)


@pytest.mark.benchmark(timer=time.process_time)  # on one core, whatever else the machine does
@pytest.mark.parametrize("make", [mixed, of_choices])
def test_audit(benchmark: BenchmarkFixture, tmp_path: Path, make: object) -> None:
    """All strategies, ranks and contents."""
    assert callable(make)
    bank = make(tmp_path, FEW if benchmark.disabled else COUNT)
    found = benchmark(audit, bank)
    assert found.contents.items == len(bank.items)
    if benchmark.stats is not None:
        assert benchmark.stats.stats.median < SECONDS
