"""`quizgen check --fix` and `--diff`: what a program can mend is written into the files, or shown.

No mend is believed before the file, with it, was read again and means what it meant, but for the
one thing that was to change.
"""

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import unified_diff
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from quizgen.bank import Reading
from quizgen.bank.edits import Edit
from quizgen.bank.mending import Page
from quizgen.bank.origin import BANK_FILE
from quizgen.bank.parsing import parse
from quizgen.bank.reading import question_files
from quizgen.checks.mending import mended
from quizgen.commands.project import write_files
from quizgen.commands.report import count_of, paint
from quizgen.model import Item
from quizgen.problem import Problem

Find = Callable[[Reading], Iterable[Problem]]
"""What finds the problems of a bank, by item and field."""

_COLOURS = {"+": "32", "-": "31", "@": "36"}


class Left(NamedTuple):
    """A problem that a program might mend elsewhere, and why it is left to the author here."""

    problem: Problem
    reason: str


class Fixes(NamedTuple):
    """The files that change, by name, before and after; what is mended in them, and what is not.

    `unread` are the files in which nothing can be mended, with the lines that are in the way.
    """

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    mended: tuple[Problem, ...]
    left: tuple[Left, ...]
    unread: Mapping[str, tuple[int, ...]] = {}


def fixes(root: Path, find: Find) -> Fixes:
    """All that can be mended in the files of a project; nothing is written.

    Mends are made in rounds, one to an item, until none is left: one may make room for the next.
    """
    files = _files(root)
    before = dict(files)
    unread: dict[str, tuple[int, ...]] = {}
    done: list[Problem] = []
    left: list[Left] = []
    tried: set[tuple[str | None, str, str | None]] = set()
    while True:
        reading = parse(root, files, {})
        unread = unread or _unread(root, reading, before)
        if reading.bank is None:
            break
        wanted: dict[str, dict[str, Problem]] = {}
        for problem in find(reading):
            place = reading.origin.items.get(problem.item or "")
            if problem.mend is None or place is None or _name(problem) in tried:
                continue
            if place.file in unread:
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
        unread,
    )


def _unread(root: Path, reading: Reading, files: Mapping[str, bytes]) -> dict[str, tuple[int, ...]]:
    """The files that cannot be read in one piece, and the lines to mend in each; none in those that
    the disk refuses.
    """
    wrong = {one.where.file for one in reading.problems if one.where and one.severity == "error"}
    found = {name: Page(data).obstacles for name, data in files.items() if name in wrong}
    refused: dict[str, tuple[int, ...]] = {n: () for n in question_files(root) if n not in files}
    return refused | {name: lines for name, lines in found.items() if lines}


def show(found: Fixes) -> int:
    """The fixes as a unified diff on stdout; 1 where a file would change, or cannot be looked at."""
    for name, data in found.after.items():
        for line in _diff(name, found.before[name].decode(), data.decode()):
            print(paint(line, _COLOURS.get(line[0], ""), sys.stdout) if line else line)
    _explain(found)
    if found.after:
        print(f"Would fix {_counted(found)}.", file=sys.stderr)
    return int(bool(found.after or found.unread))


def write(root: Path, found: Fixes) -> None:
    """The fixes into their files, all or none; what was done and what was not to stderr."""
    if found.after:
        write_files(root, found.after)
        print(f"Fixed {_counted(found)}.", file=sys.stderr)
    _explain(found)


def _counted(found: Fixes) -> str:
    return f"{count_of(len(found.mended), 'problem')} in {count_of(len(found.after), 'file')}"


def _explain(found: Fixes) -> None:
    for problem, reason in found.left:
        print(f'Left to you: "{problem.item}" [{problem.code}], as {reason}.', file=sys.stderr)
    if found.unread:
        print("Nothing can be fixed in a file before it can be read. Mend first:", file=sys.stderr)
    for name, lines in found.unread.items():
        said = f", {'line' if len(lines) == 1 else 'lines'} {', '.join(map(str, lines))}"
        print(f"  {name}{said if lines else ''}", file=sys.stderr)


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
    """The file with each of the mends that leaves the rest as it was, and what is left of them."""
    page = Page(files[file])
    alone = {name: data for name, data in files.items() if name in (BANK_FILE, file)}
    trial = _Trial(root, file, alone, page)
    good = trial.stand(tuple(filter(None, map(trial.written, problems))), ())
    done = [one.problem for one in good]
    left = [Left(problem, _UNWRITTEN) for problem in problems if problem not in done]
    return trial.page_with(good), done, left


_UNWRITTEN = "it cannot be written without touching what stands around it"


class _Written(NamedTuple):
    """A problem, the item as its mend leaves it, and what writes that into the file."""

    problem: Problem
    item: Item
    edits: list[Edit]


class _Trial:
    """A file, beside that of the bank alone, on which mends are tried: one to an item at most."""

    def __init__(self, root: Path, file: str, alone: Mapping[str, bytes], page: Page) -> None:
        self._root, self._file, self._alone, self._page = root, file, alone, page
        self._before = parse(root, alone, {})
        self._said = _said(self._before, file)
        bank = self._before.bank
        self._items = {item.id: item for item in bank.items} if bank else {}

    def written(self, problem: Problem) -> _Written | None:
        """The mend of a problem; None where it cannot be written."""
        item = self._items.get(problem.item or "")
        if item is None or problem.mend is None:
            return None
        after = mended(item, problem.mend)
        edits = self._page.edits(self._before.origin.items[item.id].path, problem.mend)
        return _Written(problem, after, edits) if after and edits is not None else None

    def page_with(self, mends: Sequence[_Written]) -> bytes:
        """The file with these mends, whatever it then means."""
        return self._page.edited(edit for one in mends for edit in one.edits)

    def stand(
        self, mends: tuple[_Written, ...], sure: tuple[_Written, ...]
    ) -> tuple[_Written, ...]:
        """The mends with which, beside those that are sure, the file says what it is to say.

        Those after which their own items say anything else go at once; where it shows elsewhere,
        the culprits are looked for by halves.
        """
        if not mends:
            return sure
        misread = self._misread((*sure, *mends))
        if not misread:
            return (*sure, *mends)
        rest = tuple(one for one in mends if one.problem.item not in misread)
        if len(rest) < len(mends):
            return self.stand(rest, sure)
        if len(mends) == 1:
            return sure
        half = len(mends) // 2
        return self.stand(mends[half:], self.stand(mends[:half], sure))

    def _misread(self, mends: Sequence[_Written]) -> set[str | None]:
        """The items that with these mends say anything else than they are to say, or of which
        anything else is said; None for what is no item.
        """
        after = parse(self._root, {**self._alone, self._file: self.page_with(mends)}, {})
        if self._before.bank is None or after.bank is None:
            return {None}
        changed = {one.item.id: one.item for one in mends}
        meant = tuple(changed.get(item.id, item) for item in self._before.bank.items)
        said = _said(after, self._file)
        if after.bank == replace(self._before.bank, items=meant) and said == self._said:
            return set()
        there = {item.id: item for item in after.bank.items}
        wrong = {item.id for item in meant if there.get(item.id) != item}
        told = {name for name in said.keys() | self._said if said.get(name) != self._said.get(name)}
        return wrong | told or {None}


def _said(reading: Reading, file: str) -> dict[str | None, list[tuple[str, str | None, str]]]:
    """What was wrong in a reading of a file, by the item in which it stands, wherever that is."""
    places = sorted((place.line, name) for name, place in reading.origin.items.items())
    said: dict[str | None, list[tuple[str, str | None, str]]] = {}
    for problem in reading.problems:
        item = problem.item
        if item is None and problem.where and problem.where.file == file:
            at = bisect_right(places, problem.where.line, key=itemgetter(0))
            item = places[at - 1][1] if at else None
        said.setdefault(item, []).append((problem.code, problem.field, problem.severity))
    return said


def _diff(name: str, before: str, after: str) -> Iterator[str]:
    """The lines of a unified diff, as `patch` and `git apply` read them."""
    rows = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    for row in rows:
        yield row.removesuffix("\n")
        if not row.endswith("\n"):
            yield "\\ No newline at end of file"


def _lines(text: str) -> list[str]:
    return [line for line in text.replace("\n", "\n\0").split("\0") if line]
