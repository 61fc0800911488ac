"""The options that ask for a PDF beside each page, for every command that prints pages."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizgen.commands.project import Stop

if TYPE_CHECKING:
    from quizgen.outputs.built import Built
    from quizgen.outputs.pdf import Engine
    from quizgen.outputs.template import Templates

ENGINES = ("weasyprint", "chromium")
PAGE_SIZES = ("a4", "letter")


def add_pdf_options(parser: ArgumentParser) -> None:
    """Whether there are PDFs, what makes them, and the size of their sheets."""
    parser.add_argument(
        "--pdf",
        action="store_true",
        help="write a PDF beside each page, too; needs: pip install 'quizgen[pdf]'",
    )
    parser.add_argument(
        "--pdf-engine",
        choices=ENGINES,
        help="what makes the PDFs: weasyprint (the default), or the Chrome, Chromium or Edge of this computer",
    )
    parser.add_argument(
        "--page-size",
        choices=PAGE_SIZES,
        default="a4",
        help="the sheets of PDFs and of cards (default: a4); pages printed from a browser take the printer's",
    )


def refuse_pdf_early(args: Namespace) -> None:
    """Stop with what to install where PDFs are asked for and cannot be made, before any work."""
    if args.pdf or args.pdf_engine:
        from quizgen.outputs.pdf import EngineFault, ready

        try:
            ready(args.pdf_engine or "weasyprint")
        except EngineFault as fault:
            raise Stop(str(fault)) from fault


def pdfs_of(args: Namespace, built: Sequence["Built"], templates: "Templates") -> Sequence["Built"]:
    """`built` with the PDFs that these options ask for."""
    if not (args.pdf or args.pdf_engine):
        return built
    from quizgen.outputs.pdf import EngineFault, with_pdfs

    engine: Engine = args.pdf_engine or "weasyprint"
    try:
        return with_pdfs(built, engine=engine, size=args.page_size, templates=templates)
    except EngineFault as fault:
        raise Stop(str(fault), code=1) from fault
