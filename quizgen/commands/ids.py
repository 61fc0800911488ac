"""`quizgen ids`: write the ids that are missing, and touch nothing else."""

import sys
from argparse import ArgumentParser, Namespace

from quizgen.bank.ids import left_alone, missing_ids
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
    for path in sorted(texts):
        print(f"  {path.relative_to(root).as_posix()}")
    return int(bool(unread))
