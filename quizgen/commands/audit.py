"""`quizgen check --audit`: the bank as a whole, as a report or for a program."""

import shutil
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from quizgen.bank import Reading
from quizgen.bank.unwritten import unwritten
from quizgen.checks.audit import Audit, Finding, audit
from quizgen.commands.audit_json import Place, as_json
from quizgen.commands.audit_look import Look
from quizgen.commands.audit_text import audit_lines
from quizgen.commands.listing import Listing
from quizgen.commands.outcome import print_outcome
from quizgen.commands.report import counted, paint, print_json, print_problems
from quizgen.model import Bank
from quizgen.problem import Problem, Where, has_errors
from quizgen.study.console import Console


def show_audit(
    args: Namespace, root: Path, reading: Reading, documents: Mapping[str, Sequence[str]]
) -> int:
    """Print the audit of what could be read; `documents` are the paragraphs of those at hand.

    1 where there are errors in the questions and, by `--strict`, where a strategy beats chance.
    """
    if reading.bank is None:
        print_problems(reading.problems, sys.stderr)
        return 1
    found = _audited(reading.bank, reading, documents)

    def place(item: str) -> Where | None:
        where = reading.origin.items.get(item)
        return Where(where.file, where.line, where.column) if where else None

    drafts = reading.origin.drafts
    match args.format:
        case "json":
            print_json(as_json(found, place, drafts=drafts))
        case "github":
            problems = tuple(_problem(one, place) for one in found.leaks)
            print_outcome(args, root, Listing(problems=problems, about=""))
        case _:
            for line in audit_lines(found, place, drafts=drafts, look=_look(is_plain=args.plain)):
                print(line)
    if is_wrong := has_errors(reading.problems):
        print(
            f"\nQuestions are left out of this audit for {counted(reading.problems)}; quizgen check tells which.",
            file=sys.stderr,
        )
    return int(is_wrong or (args.strict and bool(found.leaks)))


def _problem(one: Finding, place: Place) -> Problem:
    """A leak for a workflow, at the first question that shows it."""
    return Problem(
        code=f"guessed_by_{one.strategy.code}",
        message=f"{one.strategy.title} is right in {one.hits} of {one.items} questions, by lot in {one.expected:.1f}.",
        fix=f"{one.strategy.fix} All of them names: quizgen check --audit",
        severity="warning",
        where=place(one.mend[0]),
        item=one.mend[0],
    )


def _audited(bank: Bank, reading: Reading, documents: Mapping[str, Sequence[str]]) -> Audit:
    by_default = [item.id for item in bank.items if item.level == "recall"]
    return audit(
        bank,
        paragraphs={name: len(text) for name, text in documents.items()},
        unlevelled=unwritten(reading.origin, by_default, "level"),
    )


def _look(*, is_plain: bool) -> Look:
    if is_plain:
        return Look(width=80, has_signs=False, paint=lambda text, _: text, is_plain=True)
    return Look(
        width=shutil.get_terminal_size((80, 24)).columns,
        has_signs=Console(None, sys.stdout).can_show("✗·█▁"),
        paint=lambda text, style: paint(text, style, sys.stdout),
    )
