"""The options that ask for more papers of a quiz, for every command that prints them."""

from argparse import ArgumentParser


def add_printing_options(parser: ArgumentParser) -> None:
    """The papers that are printed on request."""
    parser.add_argument(
        "--large-print",
        action="store_true",
        help="print each form in 18 pt, too, for low vision; its key stays the same",
    )
