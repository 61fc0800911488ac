"""`quizgen check --audit`: the bank as a whole, as a report or for a program."""

import shutil
import sys
from collections.abc import Mapping, Sequence

from quizgen.bank import Reading
from quizgen.bank.unwritten import unwritten
from quizgen.checks.audit import Audit, audit
from quizgen.commands.audit_json import as_json
from quizgen.commands.audit_look import Look
from quizgen.commands.audit_text import audit_lines
from quizgen.commands.report import counted, paint, print_json, print_problems
from quizgen.model import Bank
from quizgen.problem import Where, has_errors
from quizgen.study.console import Console


def show_audit(
    reading: Reading, documents: Mapping[str, Sequence[str]], *, is_json: bool, is_strict: bool
) -> int:
    """Print the audit of what could be read; `documents` are the paragraphs of those at hand.

    1 where there are errors in the questions and, if `is_strict`, where a strategy beats chance.
    """
    if reading.bank is None:
        print_problems(reading.problems, sys.stderr)
        return 1
    found = _audited(reading.bank, reading, documents)

    def place(item: str) -> Where | None:
        where = reading.origin.items.get(item)
        return Where(where.file, where.line, where.column) if where else None

    drafts = reading.origin.drafts
    if is_json:
        print_json(as_json(found, place, drafts=drafts))
    else:
        for line in audit_lines(found, place, drafts=drafts, look=_look()):
            print(line)
    if is_wrong := has_errors(reading.problems):
        print(
            f"\n{counted(reading.problems)} keep questions out of this audit; quizgen check lists them.",
            file=sys.stderr,
        )
    return int(is_wrong or (is_strict and bool(found.leaks)))


def _audited(bank: Bank, reading: Reading, documents: Mapping[str, Sequence[str]]) -> Audit:
    by_default = [item.id for item in bank.items if item.level == "recall"]
    return audit(
        bank,
        paragraphs={name: len(text) for name, text in documents.items()},
        unlevelled=unwritten(reading.origin, by_default, "level"),
    )


def _look() -> Look:
    return Look(
        width=shutil.get_terminal_size((80, 24)).columns,
        has_signs=Console(None, sys.stdout).can_show("✗·█▁"),
        paint=lambda text, style: paint(text, style, sys.stdout),
    )
