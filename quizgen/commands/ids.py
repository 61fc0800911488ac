"""`quizgen ids`: write the ids that are missing, and touch nothing else."""

import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from quizgen.bank.ids import left_alone, missing_ids
from quizgen.bank.syntax import decode, read_text
from quizgen.bank.tree import Block
from quizgen.commands.project import add_project_option, find_project, write_files
from quizgen.commands.report import count_of, print_problems

DESCRIPTION = """\
Write an id into every question that has none, and a number into every gap of a
cloze. Comments and layout stay as they are. An id is for ever: decks
and learners' progress hang on it, so never change one."""

EXAMPLES = """\
examples:
  quizgen ids              write what is missing
  quizgen ids --dry-run    say what would be written"""

_NUMBERS = re.compile(r"(?<!\\)\{\{\s*(c\d{1,3})::")
"""The number of a gap that has one."""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `ids`."""
    add_project_option(parser)
    parser.add_argument(
        "-n", "--dry-run", action="store_true", help="write nothing, say what would be"
    )


def run(args: Namespace) -> int:
    """Write the missing ids; 1 where a file could not be read and was left alone."""
    root = find_project(args.project)
    texts = missing_ids(root)
    rows = [row for path, text in sorted(texts.items()) for row in _rows(root, path, text)]
    unread = left_alone(root)
    print_problems(unread, sys.stderr)
    if not texts:
        if not unread:
            print("Every question has its id.")
        return int(bool(unread))
    if not args.dry_run:
        write_files(
            root, {path.relative_to(root).as_posix(): text.encode() for path, text in texts.items()}
        )
    verb = "would be" if args.dry_run else "were"
    print(f"Ids {verb} written into {count_of(len(texts), 'file')}:")
    for row in rows:
        print(f"  {row}")
    return int(bool(unread))


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
