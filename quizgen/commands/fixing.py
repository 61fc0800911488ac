"""`quizgen check --fix` and `--diff`: what a program can mend is written into the files, or shown.

No mend is believed before the file, with it, was read again and means what it meant, but for the
one thing that was to change.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from quizgen.bank import Reading
from quizgen.bank.mending import Page
from quizgen.bank.origin import BANK_FILE
from quizgen.bank.parsing import parse
from quizgen.bank.reading import question_files
from quizgen.checks.mending import mended
from quizgen.commands.project import write_files
from quizgen.commands.report import count_of, paint
from quizgen.problem import Problem

Find = Callable[[Reading], Iterable[Problem]]
"""What finds the problems of a bank, by item and field."""

_COLOURS = {"+": "32", "-": "31", "@": "36"}


class Left(NamedTuple):
    """A problem that a program might mend elsewhere, and why it is left to the author here."""

    problem: Problem
    reason: str


class Fixes(NamedTuple):
    """The files that change, by name, before and after; what is mended in them, and what is not."""

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    mended: tuple[Problem, ...]
    left: tuple[Left, ...]


def fixes(root: Path, find: Find) -> Fixes:
    """All that can be mended in the files of a project; nothing is written.

    Mends are made in rounds, one to an item, until none is left: one may make room for the next.
    """
    files = _files(root)
    before = dict(files)
    done: list[Problem] = []
    left: list[Left] = []
    tried: set[tuple[str | None, str, str | None]] = set()
    while True:
        reading = parse(root, files, {})
        if reading.bank is None:
            break
        wanted: dict[str, dict[str, Problem]] = {}
        for problem in find(reading):
            place = reading.origin.items.get(problem.item or "")
            if problem.mend is None or place is None or _name(problem) in tried:
                continue
            wanted.setdefault(place.file, {}).setdefault(problem.item or "", problem)
        if not wanted:
            break
        for file, problems in wanted.items():
            tried |= set(map(_name, problems.values()))
            data, good, bad = _tried(root, file, files, list(problems.values()))
            files[file] = data
            done += good
            left += bad
    changed = [name for name in files if files[name] != before[name]]
    return Fixes(
        {name: before[name] for name in changed},
        {name: files[name] for name in changed},
        tuple(done),
        tuple(left),
    )


def show(found: Fixes) -> int:
    """The fixes as a unified diff on stdout; 1 where a file would change."""
    for name, data in found.after.items():
        for line in _diff(name, found.before[name].decode(), data.decode()):
            print(paint(line, _COLOURS.get(line[0], ""), sys.stdout) if line else line)
    _explain(found.left)
    if found.after:
        print(f"Would fix {_counted(found)}.", file=sys.stderr)
    return int(bool(found.after))


def write(root: Path, found: Fixes) -> None:
    """The fixes into their files, all or none; what was done and what was not to stderr."""
    if found.after:
        write_files(root, found.after)
        print(f"Fixed {_counted(found)}.", file=sys.stderr)
    _explain(found.left)


def _counted(found: Fixes) -> str:
    return f"{count_of(len(found.mended), 'problem')} in {count_of(len(found.after), 'file')}"


def _explain(left: Sequence[Left]) -> None:
    for problem, reason in left:
        print(f'Left to you: "{problem.item}" [{problem.code}], as {reason}.', file=sys.stderr)


def _files(root: Path) -> dict[str, bytes]:
    """The files that can be read; of the others `check` says why not."""
    files = {}
    for name in question_files(root):
        try:
            files[name] = (root / name).read_bytes()
        except OSError:
            continue
    return files


def _name(problem: Problem) -> tuple[str | None, str, str | None]:
    return problem.item, problem.code, problem.field


def _tried(
    root: Path, file: str, files: Mapping[str, bytes], problems: list[Problem]
) -> tuple[bytes, list[Problem], list[Left]]:
    """The file with all the mends, or else with each that by itself leaves the rest as it was."""
    alone = {name: data for name, data in files.items() if name in (BANK_FILE, file)}
    page = Page(files[file])
    if page.trouble:
        return files[file], [], [Left(problem, page.trouble) for problem in problems]
    reading = parse(root, alone, {})
    data = _mended(root, file, alone, reading, problems)
    if data is not None:
        return data, problems, []
    good: list[Problem] = []
    bad: list[Left] = []
    data = files[file]
    for problem in problems if len(problems) > 1 else ():
        new = _mended(root, file, {**alone, file: data}, reading, [problem])
        if new is None:
            bad.append(Left(problem, _UNWRITTEN))
        else:
            good.append(problem)
            data = new
            reading = parse(root, {**alone, file: data}, {})
    if len(problems) == 1:
        bad = [Left(problems[0], _UNWRITTEN)]
    return data, good, bad


_UNWRITTEN = "it cannot be written without touching what stands around it"


def _mended(
    root: Path, file: str, alone: Mapping[str, bytes], reading: Reading, problems: list[Problem]
) -> bytes | None:
    """The file with the mends; None where one cannot be written, or more than them would change."""
    if reading.bank is None:
        return None
    changes = {problem.item: problem.mend for problem in problems if problem.mend}
    mends = [(reading.origin.items[str(item)].path, mend) for item, mend in changes.items()]
    data = Page(alone[file]).mended(mends)
    if data is None:
        return None
    items = [
        mended(item, mend) if (mend := changes.get(item.id)) else item
        for item in reading.bank.items
    ]
    if None in items:
        return None
    after = parse(root, {**alone, file: data}, {})
    meant = replace(reading.bank, items=tuple(item for item in items if item is not None))
    is_meant = after.bank == meant and _said(after) == _said(reading)
    return data if is_meant else None


def _said(reading: Reading) -> list[tuple[str, str | None, str | None, str]]:
    """What was wrong in reading, wherever it stands."""
    return [(p.code, p.item, p.field, p.severity) for p in reading.problems]


def _diff(name: str, before: str, after: str) -> Iterator[str]:
    """The lines of a unified diff, as `patch` and `git apply` read them."""
    rows = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    for row in rows:
        yield row.removesuffix("\n")
        if not row.endswith("\n"):
            yield "\\ No newline at end of file"


def _lines(text: str) -> list[str]:
    return [line for line in text.replace("\n", "\n\0").split("\0") if line]
