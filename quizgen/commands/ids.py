"""`quizgen ids`: write the ids that are missing, and touch nothing else."""

import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path

from quizgen.bank.ids import left_alone, missing_ids
from quizgen.bank.syntax import decode, read_text
from quizgen.bank.tree import Block
from quizgen.commands.project import (
    add_project_option,
    find_project,
    lock_text,
    read_project,
    write_files,
)
from quizgen.commands.report import count_of, print_problems

DESCRIPTION = """\
Write an id into every question that has none, and a number into every gap of a
cloze, above all that gaps of it ever had in a deck. Comments and layout stay as
they are. An id is for ever: decks and learners' progress hang on it, so never
change one."""

EXAMPLES = """\
examples:
  quizgen ids              write what is missing
  quizgen ids --dry-run    say what would be written"""

UNNUMBERED = "gaps_not_numbered"
"""The problem of gaps of which one may be older than the others."""

_NUMBERS = re.compile(r"(?<!\\)\{\{\s*(c\d{1,3})::")
"""The number of a gap that has one."""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `ids`."""
    add_project_option(parser)
    parser.add_argument(
        "-n", "--dry-run", action="store_true", help="write nothing, say what would be"
    )


def run(args: Namespace) -> int:
    """Write the missing ids; 1 where a file could not be read, or gaps are left to the author."""
    root = find_project(args.project)
    texts = missing_ids(root, _shipped(root))
    rows = [row for path, text in sorted(texts.items()) for row in _rows(root, path, text)]
    left = left_alone(root)
    if texts and not args.dry_run:
        write_files(
            root, {path.relative_to(root).as_posix(): text.encode() for path, text in texts.items()}
        )
    if not texts or not args.dry_run:
        left += tuple(
            problem for problem in read_project(root).problems if problem.code == UNNUMBERED
        )
    print_problems(left, sys.stderr)
    if texts:
        verb = "would be" if args.dry_run else "were"
        print(f"Ids {verb} written into {count_of(len(texts), 'file')}:")
        for row in rows:
            print(f"  {row}")
    elif not left:
        print("Every question has its id.")
    return int(bool(left))


def _shipped(root: Path) -> Mapping[str, int] | None:
    """The questions that the lock of the deck knows, each with its highest gap; None for no lock."""
    text = lock_text(root)
    if not text:
        return None
    from quizgen.outputs.anki import read_lock

    entries = [one for one in read_lock(text)[0].entries.values() if one.state != "type"]
    return {
        one.item: max(one.cards, default=-1) + 1 if one.type == "cloze" else 0 for one in entries
    }


def _rows(root: Path, path: Path, text: str) -> Iterator[str]:
    """Each id that the new text of a file has and its present one lacks, at its line: "file:3: name".

    Numbers of gaps stand behind the id of their question: "file:3: name, gaps c1 c2".
    """
    name = path.relative_to(root).as_posix()
    before = _entries(read_text(decode(path.read_bytes())[0] or "").value)
    after = _entries(read_text(text.removeprefix("\ufeff")).value)
    for old, new in zip(before, after, strict=True):
        gaps = _NUMBERS.findall(str(new.get("cloze", "")))
        numbers = gaps if gaps != _NUMBERS.findall(str(old.get("cloze", ""))) else []
        if "id" not in old or numbers:
            more = f", {'gaps' if len(numbers) > 1 else 'gap'} {' '.join(numbers)}"
            yield f"{name}:{new.line}: {new['id']}{more if numbers else ''}"


def _entries(value: object) -> Iterator[Block]:
    """The questions and passages of a file's value, in its order."""
    if isinstance(value, Block) and isinstance(questions := value.get("questions"), list):
        for one in questions:
            if isinstance(one, Block):
                yield one
                yield from _entries(one)
