"""A project's baseline: what `check` leaves out since it was there before, read, held and written."""

from collections import Counter
from pathlib import Path

from quizgen.bank import Reading
from quizgen.bank.content import Contents
from quizgen.checks.baseline import (
    BASELINE,
    Baseline,
    Known,
    LeftOut,
    can_be_known,
    counted_again,
    left_out,
    read_baseline,
    write_baseline,
)
from quizgen.commands.project import Stop, write_files
from quizgen.commands.report import count_of
from quizgen.problem import Problem, Where, has_errors


def leave_out(
    root: Path, reading: Reading, problems: tuple[Problem, ...], codes: frozenset[str]
) -> LeftOut:
    """The problems without those of the baseline, and with what is wrong with it; all of them
    where there is none. `codes` are those of the rules that were asked.
    """
    baseline = _read(root)
    if baseline is None:
        return LeftOut(problems, 0, ())
    is_whole = not has_errors(reading.problems)
    names = tuple(reading.origin.items) if is_whole else None
    found = left_out(baseline, problems, _Knowing(reading).known, codes=codes, questions=names)
    return found._replace(problems=(*found.problems, *baseline.problems, *found.stale))


def renew(
    root: Path, reading: Reading, problems: tuple[Problem, ...], codes: frozenset[str]
) -> str:
    """Write the baseline anew, or take it away where it would hold nothing; what to say of it.

    Raises Stop where not all questions can be read: those that cannot would be told anew.
    """
    if has_errors(reading.problems):
        raise Stop("Not all questions can be read; mend what quizgen check says first.", code=1)
    knowing = _Knowing(reading)
    found = Counter(knowing.known(problem) for problem in problems if can_be_known(problem))
    counts = counted_again(_read(root) or Baseline(), found, codes)
    if not counts:
        (root / BASELINE).unlink(missing_ok=True)
        return f"There is nothing to leave out, so there is no {BASELINE}."
    data = write_baseline(counts).encode()
    if _data(root) != data:  # a file that is written again without need sets off who watches it
        write_files(root, {BASELINE: data})
    questions = count_of(len({one.item for one in counts}), "question")
    held = f"{BASELINE} holds {count_of(counts.total(), 'problem')} of {questions}."
    others = sum(not can_be_known(problem) for problem in problems)
    return f"{held} {count_of(others, 'other')} it cannot hold: quizgen check" if others else held


def _read(root: Path) -> Baseline | None:
    data = _data(root)
    try:
        return None if data is None else read_baseline(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        problem = Problem(
            code="bad_baseline",
            message="The baseline is not UTF-8 text.",
            fix="Take the file from git as it was, or run quizgen check --write-baseline.",
            where=Where(BASELINE),
        )
        return Baseline(problems=(problem,))


def _data(root: Path) -> bytes | None:
    try:
        return (root / BASELINE).read_bytes()
    except FileNotFoundError:
        return None


class _Knowing:
    def __init__(self, reading: Reading) -> None:
        self._contents = Contents(reading.origin)

    def known(self, problem: Problem) -> Known:
        """A problem of two questions is known by the first of their names, whichever is told."""
        name = min(problem.item or "", problem.other or problem.item or "")
        return Known(name, problem.code, self._contents.digest(problem))
