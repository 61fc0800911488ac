"""The options that ask for flashcards on paper, and the cards that they ask for."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping

from quizgen.model import Bank
from quizgen.outputs.built import Built
from quizgen.outputs.template import Templates

SIZES = ("a6", "a7", "a8", "business", "index")


def add_flashcard_options(parser: ArgumentParser) -> None:
    """The size of the cards, and how their sheets are turned."""
    parser.add_argument(
        "--flashcards",
        choices=SIZES,
        help="print cards to cut, too: a6, a7, a8, business (85 x 55 mm) or index (5 x 3 in)",
    )
    parser.add_argument(
        "--flip",
        choices=("long", "short"),
        default="long",
        help="the edge over which your printer turns a sheet, for cards (default: long)",
    )


def flashcards_of(
    args: Namespace, bank: Bank, *, media: Mapping[str, bytes], templates: Templates
) -> tuple[Built, ...]:
    """The cards, where they are asked for by size or as the one output."""
    if not args.flashcards and args.only != "flashcards":
        return ()
    from quizgen.outputs import flashcards

    built = flashcards.build(
        bank,
        media=media,
        templates=templates,
        card=args.flashcards or "a7",
        page=args.page_size,
        flip=args.flip,
    )
    return (built,)
