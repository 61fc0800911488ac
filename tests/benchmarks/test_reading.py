"""How fast a bank of 10,000 mixed questions is read, beside the loader that only makes values."""

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from pytest_benchmark.fixture import BenchmarkFixture

from quizgen.bank import read_bank
from tests.benchmarks.banks import write_bank
from tests.conftest import ROOT

COUNT, FEW = 10_000, 200
"""How many questions are measured, and how many are read where nothing is."""

ROUNDS = 5


@pytest.fixture
def count(benchmark: BenchmarkFixture) -> int:
    return FEW if benchmark.disabled else COUNT


@pytest.fixture
def large(tmp_path: Path, count: int) -> Path:
    return write_bank(tmp_path, count)


@contextmanager
def _without_collector() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _seconds(run: Callable[[], object], rounds: int) -> float:
    """The median of a few runs, each after a full collection."""
    found = []
    for _ in range(rounds):
        gc.collect()
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return sorted(found)[rounds // 2]


def _load(folder: Path) -> list[object]:
    paths = sorted((folder / "questions").glob("*.yaml"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    return [yaml.load(text, Loader=yaml.CSafeLoader) for text in texts]


def _read(folder: Path, cache: Path | None = None) -> None:
    bank = read_bank(folder, cache=cache).bank
    assert bank is not None
    assert bank.items


def _report(benchmark: BenchmarkFixture, **ratios: float) -> None:
    for name, ratio in ratios.items():
        benchmark.extra_info[name] = round(ratio, 2)
        print(f"{name.replace('_', ' ')}: {ratio:.2f}")


def test_strict_reading(benchmark: BenchmarkFixture, large: Path, count: int) -> None:
    """Files to a checked bank with places: at least 4 times as fast as CSafeLoader makes plain
    values, and 1.5 times as fast as it does without the garbage collector.
    """
    rounds = 1 if benchmark.disabled else ROUNDS
    ours = _seconds(lambda: _read(large), rounds)
    as_it_comes = _seconds(lambda: _load(large), rounds)
    with _without_collector():
        without = _seconds(lambda: _load(large), rounds)
    benchmark(_read, large)
    _report(
        benchmark,
        microseconds_a_question=ours / count * 1e6,
        times_as_fast_as_the_loader=as_it_comes / ours,
        times_as_fast_as_the_loader_without_collector=without / ours,
    )


def test_compiled_copy(
    benchmark: BenchmarkFixture, large: Path, count: int, tmp_path: Path
) -> None:
    """An unchanged bank: at least 10 times as fast as reading its files."""
    copy = tmp_path / "bank.msgpack"
    _read(large, copy)
    rounds = 1 if benchmark.disabled else ROUNDS
    parsed = _seconds(lambda: _read(large), rounds)
    copied = _seconds(lambda: _read(large, copy), rounds)
    benchmark(_read, large, copy)
    _report(
        benchmark,
        microseconds_a_question=copied / count * 1e6,
        times_as_fast_as_reading=parsed / copied,
    )


PEAK = """
import re, sys
from pathlib import Path
{work}
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak")
def test_memory(benchmark: BenchmarkFixture, large: Path) -> None:
    """The most memory that a process holds, in MiB: that reads the bank, and that loads it."""

    def peak(work: str) -> float:
        words = [sys.executable, "-c", PEAK.format(work=work), str(large)]
        run = subprocess.run(words, check=True, capture_output=True, text=True, cwd=ROOT)
        return int(run.stdout) / 1024

    work = "from quizgen.bank import read_bank; read_bank(Path(sys.argv[1]))"
    ours = benchmark(peak, work)
    theirs = peak(
        "import yaml; [yaml.load(p.read_text(), Loader=yaml.CSafeLoader)"
        " for p in Path(sys.argv[1], 'questions').glob('*.yaml')]"
    )
    _report(benchmark, mebibytes_to_read=ours, mebibytes_to_load=theirs)
