"""`quizgen reprint`: the papers, keys and table of an edition again, from its manifest alone."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from quizgen.commands.pdf import add_pdf_options, pdfs_of, refuse_pdf_early
from quizgen.commands.printed import MANIFEST, PRINTED, bank_of, read_folder, read_media
from quizgen.commands.printing import add_printing_options, printing_of
from quizgen.commands.products import print_next, print_products, product_row, refuse
from quizgen.commands.project import Stop, write_files
from quizgen.commands.report import as_rows, print_json, print_problems
from quizgen.outputs.template import TemplateFault, Templates
from quizgen.problem import has_errors

DESCRIPTION = """\
Print what was handed out once more: papers, keys and table with the same letters and
digests, from the manifest and the pictures in its folder. The bank is not asked, so its
questions may have been reworded, reordered or removed. All goes to build/printed/."""

EXAMPLES = """\
examples:
  quizgen reprint printed/midterm-1
  quizgen reprint printed/midterm-1 --pdf                  and a PDF beside each page
  quizgen reprint printed/midterm-1/manifest.json --json   the same for a program"""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `reprint`."""
    parser.add_argument(
        "edition",
        metavar="FOLDER",
        type=Path,
        help="an edition's folder, such as printed/midterm-1",
    )
    add_printing_options(parser)
    add_pdf_options(parser)
    parser.add_argument("--json", action="store_true", help="print what was made as JSON")


def run(args: Namespace) -> int:
    """Print an edition again; 1 where its manifest or a picture cannot be trusted."""
    folder = args.edition.parent if args.edition.name == MANIFEST else args.edition
    refuse_pdf_early(args)
    if not (folder / MANIFEST).is_file():
        raise Stop(f"{folder} holds no {MANIFEST}. Name a folder that quizgen freeze made.")
    printed = read_folder(folder.resolve(), folder.as_posix())
    if printed.edition is None:
        return refuse(printed.problems, "Nothing was printed.", root=Path(), as_json=args.json)
    media, problems = read_media(folder, printed, printed.edition)
    if has_errors(problems):
        return refuse(problems, "Nothing was printed.", root=Path(), as_json=args.json)
    from quizgen.outputs import paper

    root = _project(folder)
    edition = printed.edition
    templates = Templates(root)
    try:
        built = paper.build(
            bank_of(edition),
            edition.quiz,
            media=media,
            templates=templates,
            forms=edition.forms,
            printing=printing_of(
                args,
                folder=f"build/{PRINTED}/{edition.quiz.plan.id}-{edition.number}",
                is_draft=False,
            ),
        )
        (built,) = pdfs_of(args, (built,), templates)
    except TemplateFault as fault:
        raise Stop(f"{fault} Mend it, or delete it to use quizgen's own.", code=1) from fault
    if has_errors(built.problems):
        return refuse(built.problems, "Nothing was printed.", root=Path(), as_json=args.json)
    write_files(root, built.files)
    if args.json:
        rows = [product_row(product) for product in built.products]
        print_json({"products": rows, "problems": as_rows(built.problems)})
    else:
        print_problems(built.problems, sys.stderr)
        print(f"{edition.quiz.plan.title}, edition {edition.number}, as of {edition.frozen}")
        print_products(built.products)
        print_next(built.products)
    return 0


def _project(folder: Path) -> Path:
    """The project that an edition's folder lies in, or else the folder of that name above it."""
    above = folder.resolve().parent
    return above.parent if above.name == PRINTED else above
