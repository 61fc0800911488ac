"""What a check found to what it prints, in the format asked for, and to its exit code."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from quizgen.bank.spans import Spans
from quizgen.checks.rule import meanings, rules
from quizgen.commands.github import workflow_commands
from quizgen.commands.listing import LIMIT, Listing, print_listing
from quizgen.commands.project import Stop
from quizgen.commands.report import as_rows, count_of, print_json
from quizgen.commands.usage import whole_number
from quizgen.problem import Problem, has_errors, in_reading_order


def add_format_options(parser: ArgumentParser) -> None:
    """How to print problems, which of them, and which of them fail the check."""
    parser.add_argument(
        "-f",
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="how to print the problems: for a person, a program, or a workflow of GitHub",
    )
    parser.add_argument(
        "--plain", action="store_true", help="a problem a line: no sources, colours or indents"
    )
    parser.add_argument(
        "--limit",
        type=whole_number,
        default=LIMIT,
        metavar="N",
        help=f"show at most N problems as text, some of each rule (default: {LIMIT}; 0: all)",
    )
    parser.add_argument(
        "--rule",
        action="append",
        default=[],
        metavar="CODE",
        help="only what this rule finds (may be given again)",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="fail where there are warnings, too; with --audit, where the bank can be guessed",
    )
    parser.add_argument(
        "--max-warnings",
        type=whole_number,
        metavar="N",
        help="fail where there are more than N warnings",
    )


def asks_for_notes(args: Namespace) -> bool:
    """Whether a rule is named that finds notes, which are then to be shown."""
    named = [rules()[code] for code in args.rule if code in rules()]
    return any(rule.severity == "note" for rule in named)


def of_rules(problems: tuple[Problem, ...], codes: Sequence[str]) -> tuple[Problem, ...]:
    """The problems with one of these codes; all, where none is named. Raises Stop at an unknown code."""
    there = {problem.code for problem in problems} | rules().keys() | meanings().keys()
    for code in codes:
        if code not in there:
            raise Stop(no_rule(code, also=there))
    return tuple(problem for problem in problems if not codes or problem.code in codes)


def no_rule(code: str, also: Iterable[str] = ()) -> str:
    """That there is no such rule, nor any of the other codes, and which may be meant."""
    near = get_close_matches(code, (*rules(), *also), n=1)
    meant = f'Did you mean "{near[0]}"?' if near else "docs/rules.md lists them all."
    return f'There is no rule "{code}". {meant}'


def print_outcome(args: Namespace, root: Path, listing: Listing) -> None:
    """Print the problems on stdout."""
    spans = Spans(root)
    match args.format:
        case "json":
            print_json(_rows(listing.problems, spans))
        case "github":
            for line in workflow_commands(listing.problems, spans, _from_repository(root)):
                print(line)
        case _:
            print_listing(replace(listing, limit=args.limit, plain=args.plain), spans, sys.stdout)


def exit_code(args: Namespace, problems: tuple[Problem, ...]) -> int:
    """1 where there are errors, or more warnings than are allowed, which is then said."""
    if has_errors(problems):
        return 1
    allowed = 0 if args.strict else args.max_warnings
    warnings = sum(problem.severity == "warning" for problem in problems)
    if allowed is None or warnings <= allowed:
        return 0
    than = f"more than the {allowed} allowed" if allowed else "none is allowed"
    print(f"{count_of(warnings, 'warning')}, {than}: the check fails.", file=sys.stderr)
    return 1


def _rows(problems: tuple[Problem, ...], spans: Spans) -> list[dict[str, object]]:
    """The problems for a program, with where what they name ends."""
    rows = []
    for row, problem in zip(as_rows(problems), in_reading_order(problems), strict=True):
        excerpt = spans.excerpt(problem.where, problem.field) if problem.where else None
        line, column = excerpt.end if excerpt else (row["line"], row["column"])
        more = {"field": problem.field, "other": problem.other}
        rows.append({**row, "end_line": line, "end_column": column, **more})
    return rows


def _from_repository(root: Path) -> PurePosixPath:
    """The way to the project from where GitHub has the repository, or else from here."""
    start = os.environ.get("GITHUB_WORKSPACE") or os.curdir
    return PurePosixPath(Path(os.path.relpath(root.resolve(), start)).as_posix())
