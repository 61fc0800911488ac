"""The command line: words to a command, and the real clock, streams and environment to it."""

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword

from quizgen import __version__
from quizgen.garbage import collector_at_rest

COMMANDS = {
    "init": "start a project with a small bank to try",
    "check": "read the questions and point at every problem",
    "build": "make the Anki deck and the printed quizzes",
    "freeze": "print a quiz to hand out, and keep all that marks it",
    "reprint": "print papers and keys again as they were handed out",
    "grade": "mark the papers of an edition",
    "quiz": "test yourself in the terminal",
    "progress": "show, move and set what the terminal knows of you",
    "optimize": "fit the schedule of the terminal to your own answers",
    "stats": "see what you remember, what is due and what does not stick",
    "ids": "give every question without an id one of its own",
    "import": "make question files of an Anki deck",
    "draft": "propose questions to be out of a text",
    "verify": "try a deck in Anki and say what learners will see",
    "completion": "let your shell complete commands, topics and quizzes",
    "schema": "write the JSON Schema that editors check and complete with",
}
"""Every command with what it is for; its module in `quizgen.commands` has the same name.

That of a word of Python ends in an underscore.
"""

DESCRIPTION = """\
One bank of questions in plain text becomes an Anki deck, printed quizzes and a
quiz in the terminal."""

EXAMPLES = """\
examples:
  quizgen init my-course      start a project in the folder my-course
  quizgen check               read all questions, list every problem
  quizgen build               deck, forms and keys into build/
  quizgen quiz                test yourself on what you have written

Each command says more: quizgen build --help"""


def parser_for(argv: Sequence[str]) -> ArgumentParser:
    """The parser of all commands, with the options of the one named in `argv` alone.

    The other commands' modules stay unloaded, so that help comes at once.
    """
    parser = ArgumentParser(
        prog="quizgen",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("-V", "--version", action="version", version=f"quizgen {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    named = next((word for word in argv if not word.startswith("-")), None)
    for name, purpose in COMMANDS.items():
        command = commands.add_parser(
            name, help=purpose, formatter_class=RawDescriptionHelpFormatter
        )
        if name == named:
            module = import_module(f"quizgen.commands.{name}{'_' * iskeyword(name)}")
            command.description, command.epilog = module.DESCRIPTION, module.EXAMPLES
            module.add_arguments(command)
            command.set_defaults(run=module.run, parser_for=parser_for, refuse=command.error)
    return parser


def program() -> None:
    """Run one command and end the process with its exit code.

    The process ends at once: to free a large bank value by value, as Python does, takes a while.
    """
    code = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # a disk that is full, a pipe that nobody reads any more
            code = code or 1
    os._exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 good, 1 problems, 2 wrong usage, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A console of few letters shows a question mark rather than ending the program.
            stream.reconfigure(errors="replace")
    words = sys.argv[1:] if argv is None else list(argv)
    with collector_at_rest():  # What modules hold is kept, too.
        parser = parser_for(words)
    args, strange = parser.parse_known_args(words)
    if strange:
        refuse = parser.error if args.command is None else args.refuse
        refuse(f"unrecognized arguments: {' '.join(strange)}")
    if args.command is None:
        parser.print_help()
        return 2
    from quizgen.commands.project import Stop

    try:
        return int(args.run(args))
    except Stop as stop:
        print(f"quizgen: {stop}", file=sys.stderr)
        return stop.code
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of a pipe has gone (`quizgen check | head`); nothing is left to say.
        sys.stderr.close()
        return 1
    except OSError as error:
        named = f" {error.filename}" if error.filename else ""
        print(f"quizgen: Cannot read or write{named}: {error.strerror}.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    program()
