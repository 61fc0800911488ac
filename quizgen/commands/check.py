"""`quizgen check`: read everything, list every problem, change nothing."""

import sys
import time
from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from quizgen.bank import Reading, locate
from quizgen.checks.rule import page, rules
from quizgen.commands.checking import all_found, all_problems, keep, read_kept
from quizgen.commands.deck_lock import without_build
from quizgen.commands.documents import read_document
from quizgen.commands.fixing import fixes, show, write
from quizgen.commands.printed import since_printed
from quizgen.commands.project import Stop, add_project_option, find_project, read_project
from quizgen.commands.report import as_rows, counted, print_json, print_problems, questions_of
from quizgen.commands.watch import watch
from quizgen.core.select import draw
from quizgen.model import Bank
from quizgen.problem import Problem, has_errors

DESCRIPTION = """\
Read the questions and list every problem at once, each with its file, line and
column, and the fix. Nothing is changed but with --fix."""

EXAMPLES = """\
examples:
  quizgen check                             every problem of the project
  quizgen check --format json               the same for a program
  quizgen check --source article=news.txt   also hold the facts against the document
  quizgen check --watch                     again each time that a file is saved
  quizgen check --notes                     also what is a matter of taste
  quizgen check --diff                      what could be fixed without you, as a diff
  quizgen check --fix                       write it into the files
  quizgen check --explain longest_is_key    what a rule asks, why, and how to silence it
  quizgen check --audit                     can the bank be guessed, and what does it ask about
  quizgen check --audit --strict            the same, with exit code 1 where it can be guessed

The exit code is 1 where there are errors; warnings and notes leave it 0.
With --diff it is 1 where something would change."""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `check`."""
    add_project_option(parser)
    parser.add_argument(
        "-f", "--format", choices=("text", "json"), default="text", help="how to print the problems"
    )
    parser.add_argument(
        "--notes",
        action=BooleanOptionalAction,
        help="print notes, which are a matter of taste, or do not (default: as bank.yaml says)",
    )
    parser.add_argument(
        "--watch", action="store_true", help="check again at each change, until Ctrl-C"
    )
    parser.add_argument(
        "--explain", metavar="CODE", help="print what the rule of this code is for, and stop"
    )
    writing = parser.add_mutually_exclusive_group()
    writing.add_argument(
        "--fix", action="store_true", help="write what needs no judgement into the files first"
    )
    writing.add_argument(
        "--diff", action="store_true", help="show what --fix would write, write nothing, and stop"
    )
    parser.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="NAME=PATH",
        help="the text of a document that the bank names under sources (may be given again)",
    )
    parser.add_argument(
        "--audit",
        action="store_true",
        help="look at the bank as a whole: can it be guessed, what it asks about, what lacks",
    )
    parser.add_argument(
        "--strict", action="store_true", help="with --audit: exit code 1 where it can be guessed"
    )


def run(args: Namespace) -> int:
    """Check the project; 1 where there are errors."""
    if args.explain:
        print(_explained(args.explain), end="")
        return 0
    if args.strict and not args.audit:
        raise Stop("--strict is for --audit: it fails where a strategy beats chance. Add --audit.")
    root = find_project(args.project)
    if args.watch:
        given = [Path(pair.partition("=")[2]) for pair in args.source]
        return watch([root / "questions", *given], lambda: _turn(args, root))
    return _turn(args, root)


def _turn(args: Namespace, root: Path) -> int:
    documents = _documents(args.source)
    reading = read_project(root)
    _declared(reading, documents)
    if args.audit:
        from quizgen.commands.audit import show_audit

        is_json = args.format == "json"
        return show_audit(reading, documents, is_json=is_json, is_strict=args.strict)
    notes = bool(reading.bank and reading.bank.checking.notes) if args.notes is None else args.notes
    if args.fix or args.diff:
        changes = fixes(root, lambda now: all_found(now, notes=notes, documents=documents))
        if args.diff:
            return show(changes)
        write(root, changes)
        reading = read_project(root)
    kept = read_kept(root)
    problems = all_problems(reading, notes=notes, documents=documents, kept=kept)
    keep(root, kept)
    if reading.bank is not None:
        problems += locate(_shortages(reading.bank), reading.origin)
        of_lock = without_build(root, reading, int(time.time()), is_whole=not has_errors(problems))
        found = of_lock + since_printed(root, reading.bank)
        problems += locate(found, reading.origin)
    if args.format == "json":
        print_json(as_rows(problems))
    else:
        _print_text(reading, problems, grounded=bool(documents))
    return int(has_errors(problems))


def _explained(code: str) -> str:
    if (rule := rules().get(code)) is not None:
        return page(rule)
    near = get_close_matches(code, rules(), n=1)
    meant = f'Did you mean "{near[0]}"?' if near else "docs/rules.md lists them all."
    raise Stop(f'There is no rule "{code}". {meant}')


def _shortages(bank: Bank) -> tuple[Problem, ...]:
    """What the quizzes that the bank declares ask for in vain."""
    return tuple(problem for plan in bank.quizzes for problem in draw(bank, plan)[1])


def _documents(given: list[str]) -> dict[str, tuple[str, ...]]:
    documents = {}
    for pair in given:
        name, equals, path = pair.partition("=")
        if not equals:
            raise Stop(
                f'"{pair}" names no document. Write --source NAME=PATH, such as article=news.txt.'
            )
        documents[name] = read_document(Path(path))
    return documents


def _declared(reading: Reading, documents: Mapping[str, tuple[str, ...]]) -> None:
    known = [document.name for document in reading.bank.documents] if reading.bank else []
    for name in documents:
        if name not in known:
            raise Stop(f'The bank names no source "{name}"; it has: {", ".join(known) or "none"}.')


def _print_text(reading: Reading, problems: tuple[Problem, ...], *, grounded: bool) -> None:
    print_problems(problems, sys.stdout)
    items = questions_of(reading)
    if not problems:
        print(f"{items}, no problem.")
    else:
        print(f"\n{items}, {counted(problems)}.")
    cited = bool(reading.bank and any(item.source for item in reading.bank.items))
    if cited and not grounded:
        print(
            "The facts were not held against their documents; to do so: --source NAME=PATH.",
            file=sys.stderr,
        )
