"""Sessions that are killed with SIGKILL at random moments: `python -m tests.killed_learner FOLDER N SEED`.

One process imports everything and forks a learner for each cycle, so that a cycle takes a fraction of
a second. After each kill the record is opened again and held against what the learner was shown. A
program of its own, since a test runner has threads, which do not go with fork.
"""

import io
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from random import Random

from quizgen.model import Bank, Choice, Option
from quizgen.study.console import Console
from quizgen.study.keeper import Keeper
from quizgen.study.plain import Plain
from quizgen.study.plan import planned
from quizgen.study.progress import Progress
from quizgen.study.schedule import DAY, Schedule, replayed
from quizgen.study.session import begun
from quizgen.study.session import replayed as resumed
from quizgen.study.terminal import Setting, Terminal

SCHEDULE = Schedule(day_starts=4 * 3600.0)
ITEMS = tuple(
    Choice(
        id=f"q{number}",
        stem=f"Number {number}?",
        options=(Option(id="yes", text="yes"), Option(id="no", text="no")),
        keys=("yes",),
    )
    for number in range(40)
)
BANK = Bank(name="b", title="B", items=ITEMS)
LINES = "1\n\n2\nu\n1\n\n2\ny\n\n" * 400
"""Right ones, misses, one taken back, and one of which the learner says: I was right."""


def learn(path: Path, out: int, seed: int) -> None:
    """Play a session whose screen is the pipe `out`."""
    progress = Progress.open(path)
    progress.adopt("b", SCHEDULE)
    plan = planned("b", ITEMS, seed=seed)
    with os.fdopen(out, "w") as screen:
        Terminal(
            BANK,
            begun(plan),
            setting=Setting(title="B"),
            screen=Plain(Console(io.StringIO(LINES), screen)),
            keeper=Keeper(progress, plan, title="B", ask=lambda _: False),
            now=lambda: time.time() + seed * DAY,
        ).play()


def watched(source: int, reviews: int, seconds: float) -> bytes:
    """What a learner has read of the screen after so many reviews and so long."""
    seen = b""
    while reviews_in(seen) < reviews:
        piece = os.read(source, 1 << 16)
        assert piece, seen
        seen += piece
    time.sleep(seconds)
    return seen


def reviews_in(screen: bytes) -> int:
    """How many answers were given and shown their review."""
    return sum(line.startswith((b"Right.", b"Not right.")) for line in screen.splitlines())


def check(path: Path, before: int, shown: int) -> int:
    """How many answers there are now: every one that was shown, and at most the one after it."""
    progress = Progress.open(path)
    ((words,),) = progress.select("PRAGMA integrity_check")
    assert words == "ok", words
    ((answers,),) = progress.select("SELECT count(*) FROM answer")
    assert before + shown <= answers <= before + shown + 1, (before, shown, answers)
    for history in progress.histories("b"):
        assert history.memory == replayed(history.reviews, SCHEDULE), history
    known = {(one.item, one.part) for one in progress.histories("b")}
    assert progress.standings("b").keys() == known
    kept = progress.unfinished("b")
    if kept is not None:
        assert resumed(kept.plan, kept.attempts).attempts == kept.attempts
    progress.close()
    return int(answers)


def cycle(path: Path, random: Random, number: int, before: int) -> tuple[int, int]:
    """Kill one learner; the answers in the record, and those that were shown."""
    source, out = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        try:
            learn(path, out, number)
        except BaseException:  # noqa: BLE001 - a fork must not go on as its parent
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(out)
    seen = watched(source, random.randrange(12), random.uniform(0.0, 0.02))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.set_blocking(source, False)
    try:
        while piece := os.read(source, 1 << 16):
            seen += piece
    except BlockingIOError:
        pass
    os.close(source)
    shown = reviews_in(seen)
    return check(path, before, shown), shown


def main(folder: str, count: str, seed: str) -> None:
    """Kill so many learners, and say how many had been shown something."""
    path, random = Path(folder, "progress.db"), Random(int(seed))  # noqa: S311 - moments, no secrets
    answers = played = 0
    for number in range(int(count)):
        try:
            answers, shown = cycle(path, random, number, answers)
        except BaseException:
            print(f"cycle {number} of seed {seed}", file=sys.stderr)
            raise
        played += shown > 0
    print(f"{count} killed, {played} of them at work, {answers} answers")


if __name__ == "__main__":
    main(*sys.argv[1:])
