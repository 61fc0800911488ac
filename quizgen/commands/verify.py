"""`quizgen verify`: a deck tried in the real Anki, and what a learner will see of it."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen.commands.project import Stop
from quizgen.commands.report import (
    as_rows,
    count_of,
    counted,
    print_json,
    print_problems,
    progress,
)
from quizgen.problem import Problem, has_errors

if TYPE_CHECKING:
    from quizgen.outputs.anki.trial.seen import Tally, Trial, Update

DESCRIPTION = """\
Import a deck into a real Anki, an empty one, as a learner does, and say what will be
seen: cards that are blank, broken or missing, pictures and sounds that do not come.
With --update, what the deck does to those who have studied an earlier one. Decks of
any program will do; no collection of yours is touched, and nothing is written. Needs
Anki's own package: pip install 'quizgen[anki]'"""

EXAMPLES = """\
examples:
  quizgen verify build/lakes.apkg
  quizgen verify build/lakes.apkg --update released/lakes.apkg
  quizgen verify spanish.apkg --format json    the same for a program

The exit code is 1 where learners would suffer from something; notes leave it 0."""

_ROWS = 20
"""How many decks and note types the text lists."""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `verify`."""
    parser.add_argument("deck", metavar="DECK", type=Path, help="the deck, an .apkg file")
    parser.add_argument(
        "-u",
        "--update",
        metavar="OLD",
        type=Path,
        help="an earlier deck that learners have, which DECK updates",
    )
    parser.add_argument(
        "-f", "--format", choices=("text", "json"), default="text", help="how to print the report"
    )


def run(args: Namespace) -> int:
    """Try the deck; 1 where learners would suffer from it."""
    from quizgen.commands.findings import findings

    trial = _tried(args.deck, args.update, shown=args.format == "text")
    problems = findings(trial)
    if args.format == "json":
        _print_json(trial, problems)
    else:
        _print_text(args.deck, trial, problems)
    return int(has_errors(problems))


def _tried(deck: Path, over: Path | None, *, shown: bool) -> "Trial":
    try:
        from quizgen.outputs.anki.trial.collection import CannotTry, try_deck
    except ModuleNotFoundError as error:
        if error.name != "anki":
            raise
        raise Stop(
            "A deck is tried in Anki's own package, which is not here. Install it with: "
            "pip install 'quizgen[anki]'"
        ) from error
    with progress(3 + (over is not None), shown=shown) as step:
        step("Reading")
        files = _media_of(deck)
        if over is not None:
            _media_of(over)
        try:
            return try_deck(deck, files, over, step)
        except CannotTry as error:
            raise Stop(f"{error.package}: {error}") from error


def _media_of(path: Path) -> frozenset[str]:
    """The names of a package's media, once all of it was found to be whole and of a bearable size."""
    from quizgen.imports.anki import MissingLibrary, Package, PackageError

    try:
        with path.open("rb") as file:
            package = Package(file)
            for name in package.names:
                package.medium(name)
            return package.names
    except OSError as error:
        raise Stop(f"Cannot read {path}: {error.strerror}.") from error
    except PackageError as error:
        raise Stop(f"{path}: {error}") from error
    except MissingLibrary as error:
        raise Stop(
            f"{path} needs one more library to be read. Install it with: pip install 'quizgen[anki]'"
        ) from error


# --- The report ----------------------------------------------------------------------------------


def _print_json(trial: "Trial", problems: Sequence[Problem]) -> None:
    from msgspec import to_builtins

    print_json({**to_builtins(trial), "problems": as_rows(problems)})


def _print_text(deck: Path, trial: "Trial", problems: Sequence[Problem]) -> None:
    from quizgen.commands.findings import visible

    media = f", {count_of(trial.media, 'file')} of media" if trial.media else ""
    print(f"{deck}: {count_of(trial.notes, 'note')}, {count_of(trial.cards, 'card')}{media}")
    lines = [*_table("deck", trial.decks), *_table("note type", trial.types)]
    if trial.update:
        lines += [
            "for learners who have the earlier deck:",
            *_update_lines(trial.update, is_retired=trial.is_retired),
        ]
    for line in lines:
        print(f"  {visible(line)}")
    print()
    print_problems(problems, sys.stdout)
    if has_errors(problems):
        print(f"\n{counted(problems)}.")
    else:
        print("Nothing that learners would suffer from.")


def _table(what: str, rows: Sequence["Tally"]) -> Iterator[str]:
    shown = rows[:_ROWS]
    width = max((len(row.name) for row in shown), default=0)
    yield f"{what}s:"
    for row in shown:
        sizes = f"{count_of(row.notes, 'note')}, {count_of(row.cards, 'card')}"
        yield f"  {row.name:<{width}}  {sizes}"
    if len(rows) > _ROWS:
        yield f"  and {len(rows) - _ROWS:,} more"


def _update_lines(update: "Update", *, is_retired: bool) -> Iterator[str]:
    yield from _listed("new", update.added)
    yield from _listed(
        "changed, where what learners wrote is replaced",
        [f"{one.note} ({', '.join(one.fields)})" for one in update.changed],
    )
    yield f"  {count_of(update.untouched, 'note')} as before"
    if update.vanished:
        others = (
            "of the earlier deck left alone" if is_retired else "no longer in the deck, named below"
        )
        yield f"  {count_of(len(update.vanished), 'note')} {others}"
    if not update.rescheduled:
        yield f"  {count_of(update.reviewed, 'card')} answered before the update, every schedule kept"


def _listed(what: str, labels: Sequence[str]) -> Iterator[str]:
    if labels:
        yield f"  {count_of(len(labels), 'note')} {what}:"
        yield from (f"    {label}" for label in labels[:_ROWS])
    if len(labels) > _ROWS:
        yield f"    and {len(labels) - _ROWS:,} more"
