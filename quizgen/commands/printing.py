"""The options that ask for more papers of a quiz, for every command that prints them."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizgen.outputs.paper import Printing


def add_printing_options(parser: ArgumentParser) -> None:
    """The papers that are printed on request."""
    parser.add_argument(
        "--large-print",
        action="store_true",
        help="print each form in 18 pt, too, for low vision; its key stays the same",
    )
    parser.add_argument(
        "--answer-sheet",
        action="store_true",
        help="print a page for each form to mark the answers on",
    )


def printing_of(args: Namespace, *, folder: str = "build", is_draft: bool = True) -> "Printing":
    """How to print what these options ask for."""
    from quizgen.outputs.paper import Printing

    return Printing(
        folder=folder,
        is_draft=is_draft,
        large_print=args.large_print,
        answer_sheet=args.answer_sheet,
    )
