"""`quizgen progress`: where the record of answers is, its settings, and how it moves between computers."""

import os
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from msgspec.structs import replace

from quizgen.commands.flags import list_flags
from quizgen.commands.learner import state_file
from quizgen.commands.project import Stop, add_project_option
from quizgen.commands.report import count_of, print_json
from quizgen.study.memories import Habits
from quizgen.study.progress import Progress
from quizgen.study.progress_file import ProgressError

DESCRIPTION = """\
The record of your answers: where it is, how many questions it brings, and how the
records of two computers become one."""

EXAMPLES = """\
examples:
  quizgen progress                              where the record is, and what is set
  quizgen progress export answers.jsonl         all of it, as lines of JSON
  quizgen progress import answers.jsonl         put another computer's record into this one
  quizgen progress import --anki collection.anki2   what you reviewed in Anki of the bank here
  quizgen progress flags                        the questions that you flagged, and why
  quizgen progress set --new 10 --retention 0.85

Importing twice, or in any order, comes to the same: nothing counts twice."""

_TOLD = 20
"""How many bad lines are told one by one."""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `progress` and of what it can do."""
    _add_file(parser)
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    acts = parser.add_subparsers(dest="act", metavar="ACT", title="what to do (default: show it)")
    out = acts.add_parser("export", help="write the record as lines of JSON")
    _add_file(out)
    out.add_argument("to", nargs="?", type=Path, metavar="FILE", help="the file (default: stdout)")
    into = acts.add_parser("import", help="put exported records into this one")
    _add_file(into)
    into.add_argument("files", nargs="*", metavar="FILE", help="what `export` wrote; - is stdin")
    into.add_argument(
        "--anki",
        type=Path,
        metavar="FILE",
        help="what Anki knows: its collection.anki2, or an export with scheduling (.apkg, .colpkg)",
    )
    add_project_option(into)
    flags = acts.add_parser("flags", help="list the questions that were flagged as bad")
    _add_file(flags)
    add_project_option(flags)
    flags.add_argument("--drop", metavar="ID", help="take the flags of this question off the list")
    settings = acts.add_parser("set", help="change how much is asked")
    _add_file(settings)
    settings.add_argument(
        "--new", type=_limit, metavar="N", help="new questions a day (20 from the start)"
    )
    settings.add_argument(
        "--retention",
        type=_retention,
        metavar="SHARE",
        help='how sure you are to know what is due, 0.7 to 0.99; "bank" leaves it to each bank',
    )
    settings.add_argument(
        "--default-parameters", action="store_true", help="forget what `quizgen optimize` found"
    )


def _add_file(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--db", type=Path, metavar="FILE", help="the record (default: in the user's state folder)"
    )


def run(args: Namespace) -> int:
    """Show, export, import or set: 1 where lines cannot be read."""
    path = args.db or state_file()
    try:
        progress = Progress.open(path)
        for note in progress.notes:
            print(note, file=sys.stderr)
        try:
            match args.act:
                case "export":
                    return _export(progress, args.to)
                case "import" if args.anki is not None:
                    from quizgen.commands.anki_history import import_anki

                    return import_anki(progress, args)
                case "import":
                    return _import(progress, args.files)
                case "set":
                    return _set(progress, args)
                case "flags":
                    return list_flags(progress, args)
                case _:
                    return _show(progress, as_json=args.json)
        finally:
            progress.close()
    except ProgressError as error:
        raise Stop(str(error), code=1) from error


def _export(progress: Progress, to: Path | None) -> int:
    from quizgen.study.exchange import exported

    lines = exported(progress)
    if to is None:
        for line in lines:
            sys.stdout.buffer.write(line)
        sys.stdout.flush()
        return 0
    passing = to.with_name(f".{to.name}.{os.getpid()}")
    try:
        with passing.open("wb") as file:
            file.writelines(lines)
        passing.replace(to)
    finally:
        passing.unlink(missing_ok=True)
    print(f"The record is written to {to}.", file=sys.stderr)
    return 0


def _import(progress: Progress, files: Sequence[str]) -> int:
    from quizgen.study.exchange import Line, merge, read_lines

    if not files:
        raise Stop(
            "Say what to import: a file that `quizgen progress export` wrote, or --anki FILE"
        )
    lines: list[Line] = []
    is_bad = False
    for name in files:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        found, bad = read_lines(data.split(b"\n"))
        lines += found
        for one in bad[:_TOLD]:
            print(f"{name}:{one.number}: This is no line of progress: {one.why}.", file=sys.stderr)
        if len(bad) > _TOLD:
            print(f"{name}: and {count_of(len(bad) - _TOLD, 'line')} more.", file=sys.stderr)
        is_bad = is_bad or bool(bad)
    if is_bad:
        raise Stop("Nothing was imported. Export the record again, then import that.", code=1)
    merged = merge(progress, lines)
    if not merged.new and not merged.changed:
        print("Nothing in it is new.")
        return 0
    print(f"{count_of(merged.new, 'answer')} came in, {merged.changed} changed.")
    return 0


def _set(progress: Progress, args: Namespace) -> int:
    habits = progress.habits()
    if args.new is not None:
        habits = replace(habits, new=args.new)
    if args.retention is not None:
        habits = replace(habits, retention=args.retention or None)
    if args.default_parameters:
        habits = replace(habits, parameters=())
    if args.new is None and args.retention is None and not args.default_parameters:
        raise Stop("Say what to set, such as: quizgen progress set --new 10")
    progress.change_habits(habits, now=time.time())
    return _show(progress, as_json=False)


def _show(progress: Progress, *, as_json: bool) -> int:
    banks, habits = progress.banks(), progress.habits()
    if as_json:
        print_json(
            {
                "file": str(progress.path),
                "new_a_day": habits.new,
                "retention": habits.retention,
                "parameters": list(habits.parameters) or None,
                "banks": [
                    {"bank": one.bank, "answers": one.answers, "remembered": one.remembered}
                    for one in banks
                ],
            }
        )
        return 0
    print(f"The record is in {progress.path}.")
    for one in banks:
        print(
            f"  {one.bank}: {count_of(one.answers, 'answer')} to "
            f"{count_of(one.remembered, 'question')} (parts counted apart)"
        )
    for line in _settings(habits):
        print(line)
    return 0


def _settings(habits: Habits) -> tuple[str, ...]:
    retention = f"{habits.retention:g}" if habits.retention else "as each bank says, else 0.9"
    own = "your own, by quizgen optimize" if habits.parameters else "those of FSRS-6"
    return (
        f"New questions a day: {habits.new}.",
        f"Retention: {retention}.",
        f"Parameters: {own}.",
    )


def _limit(text: str) -> int:
    if not text.isdecimal() or int(text) > 9_999:
        raise ArgumentTypeError(f'"{text}" is not a number of questions, such as 10')
    return int(text)


def _retention(text: str) -> float:
    """The share; 0 where it is left to the bank."""
    from quizgen.bank.limits import RETENTION

    if text == "bank":
        return 0.0
    low, high = RETENTION
    try:
        share = Fraction(text)
    except (ValueError, ZeroDivisionError):
        share = Fraction(0)
    if not low <= share <= high:
        raise ArgumentTypeError(f'"{text}" is no share from {float(low)} to {float(high)}')
    return float(share)
