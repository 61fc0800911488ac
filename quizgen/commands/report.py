"""Problems and progress for a person at a console, or problems as JSON for a program."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TextIO

from quizgen.bank import Reading
from quizgen.bank.origin import BANK_FILE
from quizgen.problem import Problem, Severity, in_reading_order

COLOURS: Mapping[Severity, str] = {"error": "31", "warning": "33", "note": "36"}

_IS_WINDOWS = sys.platform == "win32"


def has_colour(stream: TextIO) -> bool:
    """Whether to colour: a terminal that can, and NO_COLOR (https://no-color.org) is not set.

    An older console of Windows writes ANSI colours out as they stand.
    """
    if not stream.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return not _IS_WINDOWS or not os.environ.keys().isdisjoint(("WT_SESSION", "ANSICON", "TERM"))


def paint(text: str, colour: str, stream: TextIO) -> str:
    """The text in an ANSI colour or style such as "1" (bold), where the stream shows it."""
    return f"\033[{colour}m{text}\033[0m" if has_colour(stream) else text


def print_problems(problems: Sequence[Problem], stream: TextIO) -> None:
    """One problem a line pair, in reading order: place and sentence, then the fix."""
    for problem in in_reading_order(problems):
        place = paint(f"{problem.where}: ", "1", stream) if problem.where else ""
        label = paint(problem.severity, COLOURS[problem.severity], stream)
        code = paint(f"[{problem.code}]", "2", stream)
        print(f"{place}{label}: {problem.message} {code}", file=stream)
        if problem.fix:
            print(f"    {problem.fix}", file=stream)


def counted(problems: Sequence[Problem]) -> str:
    """The problems in a few words: "3 errors and 1 warning in 2 files"."""
    kinds = [
        count_of(sum(p.severity == severity for p in problems), severity)
        for severity in ("error", "warning", "note")
        if any(p.severity == severity for p in problems)
    ]
    files = {problem.where.file for problem in problems if problem.where}
    where = f" in {count_of(len(files), 'file')}" if files else ""
    said = " and ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1]))) if kinds else ""
    return said + where


def questions_of(reading: Reading) -> str:
    """How many questions a bank has, those that cannot be read among them, and how many drafts
    beside them: "12 questions (3 drafts left out)".
    """
    items = reading.bank.items if reading.bank else ()
    read = sum(not item.draft for item in items)
    drafts = reading.origin.drafts
    beside = f" ({count_of(drafts, 'draft')} left out)" if drafts else ""
    unread = _unread(reading)
    if unread is None:
        return f"{count_of(read, 'question')} could be read{beside}"
    if unread:
        of_which = (
            "which cannot be read" if read + unread == 1 else f"{unread} of which cannot be read"
        )
        return f"{count_of(read + unread, 'question')}, {of_which}{beside}"
    return f"{count_of(read, 'question')}{beside}"


def _unread(reading: Reading) -> int | None:
    """How many questions have errors for which they are not in the bank; None where nobody knows,
    as after an error in the form of a file.
    """
    wrong = [
        one
        for one in reading.problems
        if one.severity == "error" and one.where and one.where.file != BANK_FILE
    ]
    if any(one.item is None for one in wrong):
        return None
    bank = reading.bank
    there = {one.id for one in (*bank.items, *bank.passages)} if bank else set()
    return len({one.item for one in wrong} - there)


def count_of(number: int, noun: str) -> str:
    """A number with its noun: "1 file", "2 files"."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number} {noun if number == 1 else plural}"


def as_rows(problems: Sequence[Problem]) -> list[dict[str, object]]:
    """The problems for a program: file, line, column, code, severity, item, message, fix."""
    return [
        {
            "file": problem.where.file if problem.where else None,
            "line": problem.where.line if problem.where else None,
            "column": problem.where.column if problem.where else None,
            "code": problem.code,
            "severity": problem.severity,
            "item": problem.item,
            "message": problem.message,
            "fix": problem.fix,
        }
        for problem in in_reading_order(problems)
    ]


def print_json(value: object) -> None:
    """One JSON value on stdout, readable, in any console's encoding."""
    json.dump(value, sys.stdout, indent=2)
    print()


@contextmanager
def progress(total: int, *, shown: bool) -> Iterator[Callable[[str], None]]:
    """A bar over `total` steps on stderr; each call names the step that begins.

    Shown only where asked for and stderr is a terminal; it leaves no trace on the screen.
    """
    if not (shown and sys.stderr.isatty()):
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        begun = False

        def step(name: str) -> None:
            nonlocal begun
            bar.update(task, description=name, advance=int(begun))
            begun = True
            bar.refresh()

        yield step
