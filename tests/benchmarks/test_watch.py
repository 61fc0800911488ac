"""How soon `quizgen check --watch` answers when a question of the article's bank is saved: 200 ms."""

import queue
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

ROOT = Path(__file__).resolve().parent.parent.parent
CHANGES = 20


def test_an_answer_to_a_saved_question(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """From the write to the line that counts the problems, in a process of its own; the middle one."""
    shutil.copytree(ROOT / "questions", tmp_path / "questions")
    path = max((tmp_path / "questions").rglob("*.yaml"), key=lambda one: one.stat().st_size)
    words = [sys.executable, "-m", "quizgen", "check", "--watch", "-C", str(tmp_path)]
    changes = 2 if benchmark.disabled else CHANGES
    lines: queue.Queue[str] = queue.Queue()
    times: list[float] = []

    with subprocess.Popen(
        words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        out = process.stdout
        assert out is not None

        def read() -> None:
            for line in out:
                lines.put(line)

        threading.Thread(target=read, daemon=True).start()

        def answer() -> None:
            while "questions" not in lines.get(timeout=30):
                pass

        def change() -> None:
            with path.open("a") as file:
                file.write("\n# A word\n")
            start = time.perf_counter()
            answer()
            times.append(time.perf_counter() - start)

        try:
            answer()
            time.sleep(0.3)
            benchmark.pedantic(change, rounds=changes)  # type: ignore[no-untyped-call]
        finally:
            process.terminate()
    benchmark.extra_info["ms"] = round(1000 * sorted(times)[len(times) // 2])
