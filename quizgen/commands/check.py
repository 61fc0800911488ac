"""`quizgen check`: read everything, list every problem, change nothing."""

import sys
import time
from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from collections.abc import Mapping
from pathlib import Path

from quizgen.bank import Reading, locate
from quizgen.commands.checking import all_found, all_problems, codes_asked, read_kept, write_kept
from quizgen.commands.deck_lock import without_build
from quizgen.commands.explaining import explained
from quizgen.commands.fixing import fixes, show, write
from quizgen.commands.grounding import (
    add_grounding_options,
    document_files,
    documents_at_hand,
    of_citations,
    tell,
)
from quizgen.commands.known import leave_out, renew
from quizgen.commands.listing import Listing, line_width
from quizgen.commands.outcome import (
    add_format_options,
    asks_for_notes,
    exit_code,
    of_rules,
    print_outcome,
)
from quizgen.commands.printed import since_printed
from quizgen.commands.project import add_project_option, find_project, read_project
from quizgen.commands.report import count_of, questions_of
from quizgen.commands.usage import refuse_ignored
from quizgen.commands.watch import watch
from quizgen.core.select import draw
from quizgen.model import Bank
from quizgen.problem import Problem, has_errors

DESCRIPTION = """\
Read the questions and list every problem at once, each with its file, line and
column, and the fix. Nothing is changed but with --fix
and --update-digests."""

EXAMPLES = """\
examples:
  quizgen check                             every problem of the project
  quizgen check --strict                    fail at warnings, too, as for a merge
  quizgen check --rule longest_is_key       what one rule finds
  quizgen check --format github             for a workflow: shown at the lines of a change
  quizgen check --write-baseline            of an old bank: from now on tell only what is new
  quizgen check --source article=news.txt   also hold the facts against the document
  quizgen check --grounding                 what became of each citation in the documents
  quizgen check --update-digests            note that changed paragraphs were read again
  quizgen check --watch                     again each time that a file is saved
  quizgen check --notes                     also what is a matter of taste
  quizgen check --diff                      what could be fixed without you, as a diff
  quizgen check --fix                       write it into the files
  quizgen check --explain longest_is_key    what a rule asks, why, and how to silence it
  quizgen check --audit                     can the bank be guessed, and what does it ask about
  quizgen check --audit --strict            the same, with exit code 1 where it can be guessed

The exit code is 0 where all is well, 1 where there are errors, 2 for wrong usage.
Warnings leave it 0, but for --strict and --max-warnings; notes always do.
With --diff it is 1 where something would change."""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `check`."""
    add_project_option(parser)
    add_format_options(parser)
    parser.add_argument(
        "--notes",
        action=BooleanOptionalAction,
        help="print notes, which are a matter of taste, or do not (default: as bank.yaml says)",
    )
    parser.add_argument(
        "--watch", action="store_true", help="check again at each change, until Ctrl-C"
    )
    parser.add_argument(
        "--write-baseline",
        action="store_true",
        help="write down what is found, so that from now on only what is new is told",
    )
    parser.add_argument(
        "--no-baseline",
        dest="baseline",
        action="store_false",
        help="also tell what the baseline leaves out",
    )
    parser.add_argument(
        "--explain",
        metavar="CODE",
        help="print what this code means, or what its rule is for, and stop",
    )
    writing = parser.add_mutually_exclusive_group()
    writing.add_argument(
        "--fix", action="store_true", help="write what needs no judgement into the files first"
    )
    writing.add_argument(
        "--diff", action="store_true", help="show what --fix would write, write nothing, and stop"
    )
    add_grounding_options(parser)
    parser.add_argument(
        "--audit",
        action="store_true",
        help="look at the bank as a whole: can it be guessed, what it asks about, what is missing",
    )


def run(args: Namespace) -> int:
    """Check the project; 1 where there are errors."""
    refuse_ignored(args)
    if args.explain:
        print("\n".join(explained(args.explain, line_width(sys.stdout))))
        return 0
    root = find_project(args.project)
    if args.watch:
        given = [Path(pair.partition("=")[2]) for pair in args.source]
        return watch(
            lambda: [root / "questions", *given, *document_files(root, read_project(root))],
            lambda: _turn(args, root),
        )
    return _turn(args, root)


def _turn(args: Namespace, root: Path) -> int:
    reading = read_project(root)
    documents, unread = documents_at_hand(root, reading, args.source)
    if args.grounding or args.update_digests:
        return of_citations(args, root, reading, documents)
    if args.audit:
        from quizgen.commands.audit import show_audit

        return show_audit(args, root, reading, documents)
    notes = _with_notes(args, reading)
    if args.fix or args.diff:
        changes = fixes(root, lambda now: _to_fix(args, now, documents))
        if args.diff:
            return show(changes)
        write(root, changes)
        reading = read_project(root)
    kept = read_kept(root)
    problems = all_problems(reading, notes=notes, documents=documents, kept=kept)
    write_kept(root, kept)
    known = 0
    if reading.bank is not None:
        codes = codes_asked(reading.bank, notes=notes, documents=documents)
        if args.write_baseline:
            named = codes & set(args.rule) if args.rule else codes
            print(renew(root, reading, of_rules(problems, args.rule), named))
            return int(has_errors(problems))
        beside = (*_beside_the_rules(root, reading, problems), *unread)
        problems += locate(beside, reading.origin)
        if args.baseline:
            problems, known, _ = leave_out(root, reading, problems, codes)
    problems = of_rules(problems, args.rule)
    left_out = (
        f"{count_of(known, 'known problem')} left out; to see all: quizgen check --no-baseline"
    )
    about = questions_of(reading)
    print_outcome(
        args, root, Listing(problems=problems, about=about, known=left_out if known else "")
    )
    tell(reading, documents, is_text=args.format == "text", is_asked=bool(args.source))
    return exit_code(args, problems)


def _to_fix(
    args: Namespace, reading: Reading, documents: Mapping[str, tuple[str, ...]]
) -> tuple[Problem, ...]:
    """What the rules that are named find, or all of them."""
    found = all_found(reading, notes=_with_notes(args, reading), documents=documents)
    return of_rules((*reading.problems, *found), args.rule)


def _with_notes(args: Namespace, reading: Reading) -> bool:
    """As the command says or, where it says nothing, a rule that is named, or the bank."""
    if args.notes is not None:
        return bool(args.notes)
    return asks_for_notes(args) or bool(reading.bank and reading.bank.checking.notes)


def _beside_the_rules(
    root: Path, reading: Reading, problems: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """What quizzes ask for in vain, and what learners and papers have of questions that changed."""
    bank = reading.bank
    if bank is None:
        return ()
    shortages = _shortages(bank)
    is_whole = not has_errors((*problems, *shortages))
    of_lock = without_build(root, reading, int(time.time()), is_whole=is_whole)
    return (*shortages, *of_lock, *since_printed(root, bank))


def _shortages(bank: Bank) -> tuple[Problem, ...]:
    """What the quizzes that the bank declares ask for in vain."""
    return tuple(problem for plan in bank.quizzes for problem in draw(bank, plan)[1])
