"""Problems that were there before: a file of them to what a check leaves out, and back.

A line names the question, the rule and a digest of what the problem is about, so that it holds
wherever the question stands, and no longer once that has changed. Errors are in no baseline.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from quizgen.checks.rule import rules
from quizgen.model import Frozen
from quizgen.problem import Problem, Severity, Where

BASELINE = "questions/check.baseline"
_HEAD = """\
# Problems that quizgen check leaves out, since they were there before; it tells new ones. Written by
# quizgen check --write-baseline: keep it in git. Without a line, its problem is told again.
format 1
"""
_FORMAT = "format 1"
_LINE = re.compile(
    r"(?P<item>\S+) (?P<code>[a-z_]+) (?P<digest>[0-9a-f]{12})(?: (?P<count>\d{1,6}))?"
)


class Known(NamedTuple):
    """What a problem is known by: its question, its rule, and a digest of what it is about."""

    item: str
    code: str
    digest: str


class Entry(NamedTuple):
    """A line of a baseline: how many problems of one kind it leaves out."""

    known: Known
    times: int
    line: int


class Baseline(Frozen, frozen=True, kw_only=True):
    """The lines of a baseline as far as they can be read, and what is wrong with the others."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()


class LeftOut(NamedTuple):
    """The problems that are to be told, how many are not, and the lines that are of no use."""

    problems: tuple[Problem, ...]
    number: int
    stale: tuple[Problem, ...]


def read_baseline(text: str) -> Baseline:
    """The baseline that a file holds."""
    entries: dict[Known, Entry] = {}
    problems: list[Problem] = []
    has_format = False
    for number, row in enumerate(text.split("\n"), start=1):
        line = row.strip()
        if not line or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if line == _FORMAT:
            has_format = True
        elif not has_format:
            problems.append(
                _wrong(number, "The baseline does not begin with its format.", f"Write {_FORMAT}.")
            )
            break
        elif found is None:
            problems.append(
                _wrong(
                    number,
                    "This line is no question, rule and digest, nor a comment.",
                    "Take the file from git as it was, or run quizgen check --write-baseline.",
                )
            )
        else:
            known = Known(found["item"], found["code"], found["digest"])
            if known in entries:
                said = f"This line stands at line {entries[known].line}, too."
                problems.append(_wrong(number, said, "Delete one of them.", "warning"))
            else:
                entries[known] = Entry(known, int(found["count"] or 1), number)
    return Baseline(entries=tuple(entries.values()), problems=tuple(problems))


def write_baseline(counts: Counter[Known]) -> str:
    """The file that holds these, line by line in the order of questions and rules."""
    lines = [
        f"{' '.join(known)}{f' {count}' if count > 1 else ''}\n"
        for known, count in sorted(counts.items())
        if count
    ]
    return _HEAD + "".join(lines)


def can_be_known(problem: Problem) -> bool:
    """Whether a baseline may hold a problem: one of a rule on a question, and no error, which
    would keep the bank from being built all the same.
    """
    return bool(problem.item) and problem.code in rules() and problem.severity != "error"


def counted_again(
    baseline: Baseline, found: Counter[Known], codes: frozenset[str]
) -> Counter[Known]:
    """What a new baseline holds: what is found and, of rules that were not asked, what it held."""
    kept = {one.known: one.times for one in baseline.entries if one.known.code not in codes}
    unasked = {known: count for known, count in kept.items() if known.code in rules()}
    return Counter({**unasked, **found})


def left_out(
    baseline: Baseline,
    problems: Iterable[Problem],
    known_by: Callable[[Problem], Known],
    *,
    codes: frozenset[str],
    questions: Iterable[str] | None,
) -> LeftOut:
    """The problems without those that the baseline holds.

    `codes` are the rules that were asked, and `questions` those of the bank: a line of no other
    is called of no use, and none at all where they are None, since not all could be read.
    """
    spare = Counter({one.known: one.times for one in baseline.entries})
    codes_held = {one.known.code for one in baseline.entries}
    errors = {code for code, rule in rules().items() if rule.severity == "error"}
    kept: list[Problem] = []
    number = 0
    for problem in problems:
        if problem.severity == "error":
            errors.add(problem.code)  # the bank may make an error of what is none by itself
        if problem.code in codes_held and can_be_known(problem):
            known = known_by(problem)
            if spare[known] > 0:
                spare[known] -= 1
                number += 1
                continue
        kept.append(problem)
    names = None if questions is None else frozenset(questions)
    stale = () if names is None else tuple(_stale(baseline, spare, codes - errors, errors, names))
    return LeftOut(tuple(kept), number, stale)


def _stale(
    baseline: Baseline,
    spare: Counter[Known],
    codes: frozenset[str],
    errors: set[str],
    names: frozenset[str],
) -> Iterator[Problem]:
    fix = "Delete the line, or run quizgen check --write-baseline."
    for entry in baseline.entries:
        item, code, _ = entry.known
        left = spare[entry.known]
        if code not in rules():
            yield _wrong(entry.line, f'There is no rule "{code}" any more.', fix, "warning")
        elif code in errors:
            said = f'"{code}" finds errors, which no baseline leaves out.'
            yield _wrong(entry.line, said, fix, "warning")
        elif item not in names:
            yield _wrong(entry.line, f'There is no question "{item}" any more.', fix, "warning")
        elif left and code in codes:
            now = entry.times - left
            said = f'"{code}" is no longer found in "{item}".'
            if now:
                times = "once" if now == 1 else f"{now} times"
                said = f'"{code}" is found {times} in "{item}", no longer {entry.times} times.'
            yield _wrong(entry.line, said, fix, "warning")


def _wrong(line: int, message: str, fix: str, severity: Severity = "error") -> Problem:
    code = "bad_baseline" if severity == "error" else "stale_baseline"
    where = Where(BASELINE, line)
    return Problem(code=code, message=message, fix=fix, severity=severity, where=where)
