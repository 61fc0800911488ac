"""`quizgen freeze`: papers without the stamp of a draft, and all that marks them, kept for good."""

import shutil
import sys
import tempfile
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from quizgen import __version__
from quizgen.bank import Origin, load_media, locate
from quizgen.commands.answers import blank_sheet, class_sheet
from quizgen.commands.errors import all_errors
from quizgen.commands.handing import (
    RESULTS,
    Handing,
    add_handing_options,
    check_room,
    papers_for,
    read_handing,
)
from quizgen.commands.papers import Alike, alike_of, alike_row, alike_said
from quizgen.commands.pdf import add_pdf_options, pdfs_of, refuse_pdf_early
from quizgen.commands.printed import (
    MANIFEST,
    PRINTED,
    RESPONSES,
    Printed,
    digest_of_file,
    folder_of,
    kept_at,
    media_of,
    read_printed,
    revised_items,
    taken,
)
from quizgen.commands.printing import add_printing_options, printing_of
from quizgen.commands.products import print_next, print_products, product_row, refuse
from quizgen.commands.project import (
    Stop,
    add_project_option,
    find_project,
    read_project,
    write_files,
)
from quizgen.commands.report import as_rows, count_of, paint, print_json, print_problems
from quizgen.core.changes import changes
from quizgen.core.manifest import bank_digest, write_manifest
from quizgen.core.options import forms_as_before
from quizgen.core.select import default_plan, draw
from quizgen.model import Bank, Edition, Quiz
from quizgen.outputs.built import Built, Product
from quizgen.outputs.template import TemplateFault, Templates
from quizgen.problem import Problem, Where, has_errors

DESCRIPTION = """\
Print a quiz to hand out: its papers without the stamp of a draft, keys, a table to fill
in, and a manifest from which keys and marks can be had years later, whatever becomes of
the questions. All goes to printed/QUIZ-EDITION/, which belongs in git, holds no names
and is never overwritten: each time it is the next edition."""

EXAMPLES = """\
examples:
  quizgen freeze midterm                the next edition, such as printed/midterm-1
  quizgen freeze midterm --edition 5    with a number of your own
  quizgen freeze midterm --pdf          with a PDF beside each page
  quizgen freeze midterm --json         what was printed, for a program"""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `freeze`."""
    add_project_option(parser)
    parser.add_argument("quiz", metavar="QUIZ", help="the quiz by its name in questions/bank.yaml")
    parser.add_argument(
        "-e",
        "--edition",
        metavar="N",
        type=_number,
        help="the number of the edition (default: the next one)",
    )
    add_printing_options(parser)
    add_handing_options(parser)
    add_pdf_options(parser)
    parser.add_argument("--json", action="store_true", help="print what was made as JSON")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text)):
        raise ArgumentTypeError(f'"{text}" is no number of an edition, such as 1 or 12')
    return int(text)


def run(args: Namespace) -> int:
    """Freeze a quiz; 1 where the questions or earlier editions have errors."""
    root = find_project(args.project)
    refuse_pdf_early(args)
    reading = read_project(root)
    problems = all_errors(root, reading)
    bank = reading.bank
    if bank is None or has_errors(problems):
        return refuse(problems, "Nothing was printed.", root=root, as_json=args.json)
    handing = read_handing(root, args, [args.quiz])
    problems += handing.problems
    if has_errors(problems):
        return refuse(problems, "Nothing was printed.", root=root, as_json=args.json)
    quiz, shortages = _draw(bank, args.quiz, handing)
    number = _edition_number(root, quiz.plan.id if quiz else args.quiz, args.edition)
    earlier = read_printed(root, args.quiz)
    problems += locate(shortages, reading.origin) + tuple(
        p for one in earlier for p in one.problems
    )
    if quiz is None or has_errors(problems):
        return refuse(problems, "Nothing was printed.", root=root, as_json=args.json)
    check_room(handing, quiz)
    edition, built = _printed(root, bank, quiz, (number, earlier), args, handing)
    problems += locate(built.problems, reading.origin)
    if has_errors(problems):
        return refuse(problems, "Nothing was printed.", root=root, as_json=args.json)
    problems += _since(root, edition, bank, earlier, reading.origin)
    with_names = {p: data for p, data in built.files.items() if p.startswith(f"{RESULTS}/")}
    own = {path: data for path, data in built.files.items() if path not in with_names}
    _keep(root / folder_of(quiz.plan.id, number), own)
    write_files(root, with_names)
    alike = alike_of(edition.forms, handing)
    if args.json:
        print_json(
            {
                "folder": folder_of(quiz.plan.id, number),
                "edition": number,
                "products": [product_row(product) for product in built.products],
                "quizzes": [alike_row(alike)],
                "problems": as_rows(problems),
            }
        )
    else:
        print_problems(problems, sys.stderr)
        _summary(edition, built.products, alike, args.class_list)
    return 0


def _draw(bank: Bank, name: str, handing: Handing) -> tuple[Quiz | None, tuple[Problem, ...]]:
    plans = {plan.id: plan for plan in bank.quizzes or (default_plan(bank),)}
    if name not in plans:
        raise Stop(f'There is no quiz "{name}". The bank has: {", ".join(plans)}.')
    quiz, problems = draw(bank, handing.plan(plans[name]))
    if quiz is not None and not quiz.items:
        raise Stop(f'The quiz "{name}" has no questions, so there is nothing to print.', code=1)
    return quiz, problems


def _edition_number(root: Path, quiz: str, wanted: int | None) -> int:
    """The next free number, or the one asked for if it is free."""
    there = taken(root, quiz)
    following = max(there, default=0) + 1
    if wanted in there:
        raise Stop(
            f"{folder_of(quiz, wanted)} is there already, and what was handed out is never "
            f"overwritten. Leave --edition out to make edition {following}.",
            code=1,
        )
    return wanted or following


def _printed(
    root: Path,
    bank: Bank,
    quiz: Quiz,
    editions: tuple[int, Sequence[Printed]],
    args: Namespace,
    handing: Handing,
) -> tuple[Edition, Built]:
    """The edition, its number and those before it told; its files by their path from its folder.

    Those with names stand by their path from the project's: they are none of the edition's.
    """
    from quizgen.outputs import paper

    number, earlier = editions
    folder = folder_of(quiz.plan.id, number)
    media = media_of(quiz, load_media(root, bank))
    forms = forms_as_before(quiz, [one.edition for one in earlier if one.edition])
    cited = {item.source.document for item in quiz.items if item.source}
    edition = Edition(
        number=number,
        frozen=datetime.now().astimezone().date().isoformat(),
        version=__version__,
        bank_digest=bank_digest(bank),
        language=bank.language,
        title=bank.title,
        documents=tuple(one for one in bank.documents if one.name in cited),
        quiz=quiz,
        forms=forms,
        media={path: digest_of_file(data) for path, data in media.items()},
    )
    templates = Templates(root)
    try:
        papers = paper.build(
            bank,
            quiz,
            media=media,
            templates=templates,
            forms=forms,
            printing=printing_of(args, folder=folder, is_draft=False),
        )
        own_papers = papers_for(
            handing,
            bank,
            forms,
            media=media,
            templates=templates,
            edition=number,
            answer_sheet=args.answer_sheet,
        )
        papers, *handed_out = pdfs_of(args, (papers, *own_papers), templates)
    except TemplateFault as fault:
        raise Stop(f"{fault} Mend it, or delete it to use quizgen's own.", code=1) from fault
    handed = {path: data for one in handed_out for path, data in one.files.items()}
    everything = {**papers.files, **handed}
    files = {path.removeprefix(f"{folder}/"): data for path, data in everything.items()}
    files |= {kept_at(path): data for path, data in media.items()}
    files |= {MANIFEST: write_manifest(edition), RESPONSES: blank_sheet(forms)}
    own = {"paper.manifest": MANIFEST, "paper.responses": RESPONSES}
    products = tuple(
        Product(kind=kind, path=f"{folder}/{name}", quiz=quiz.plan.id, items=_count(quiz))
        for kind, name in own.items()
    )
    products += tuple(product for one in handed_out for product in one.products)
    problems = papers.problems + tuple(p for one in handed_out for p in one.problems)
    if handing.students:
        path = f"{RESULTS}/{quiz.plan.id}-{number}/{RESPONSES}"
        if (root / path).exists():
            problems += (_kept(path),)
        else:
            files[path] = class_sheet(forms, handing)
            kind = "paper.class-responses"
            products += (Product(kind=kind, path=path, quiz=quiz.plan.id, items=_count(quiz)),)
    return edition, replace(
        papers, files=files, products=papers.products + products, problems=problems
    )


def _kept(path: str) -> Problem:
    return Problem(
        code="responses_kept",
        severity="warning",
        message=f"{path} is there already, and was left as it is: answers may stand in it.",
        fix="If it belongs to papers that were never handed out, delete it, and freeze again.",
        where=Where(path),
    )


def _count(quiz: Quiz) -> int:
    """How many questions each form has."""
    return sum(map(len, quiz.drawn()))


def _keep(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the folder whole or not at all, and never over another."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    waiting = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        write_files(waiting, files)
        waiting.chmod(0o755)
        if folder.exists():
            raise Stop(f"{PRINTED}/{folder.name} is there already; nothing was changed.", code=1)
        waiting.rename(folder)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


# --- What is said --------------------------------------------------------------------------------


def _since(
    root: Path, edition: Edition, bank: Bank, earlier: Sequence[Printed], origin: Origin
) -> tuple[Problem, ...]:
    """How the bank differs from the last edition, or that this one says the same."""
    last = next((one for one in reversed(earlier) if one.edition), None)
    if last is None or last.edition is None:
        return ()
    before = last.edition
    same = replace(
        before,
        number=edition.number,
        frozen=edition.frozen,
        version=edition.version,
        bank_digest=edition.bank_digest,
    )
    if write_manifest(same) != write_manifest(edition):
        return locate(changes(before, bank, last.folder, revised_items(root / last.folder)), origin)
    return (
        Problem(
            code="nothing_changed",
            severity="warning",
            message=f"These papers are those of {last.folder}, word for word and letter for letter.",
            fix=f"If they are not to be handed out anew, delete {folder_of(edition.quiz.plan.id, edition.number)}; another seed: under the quiz makes other forms.",
        ),
    )


def _summary(
    edition: Edition, products: Sequence[Product], alike: Alike, class_list: str | None
) -> None:
    quiz = edition.quiz
    title = paint(quiz.plan.title, "1", sys.stdout)
    print(
        f"{title}, edition {edition.number}: {count_of(_count(quiz), 'question')} in {count_of(len(edition.forms), 'form')}, {quiz.points} points"
    )
    print_products(products)
    print_next(products)
    for sentence in ("", *alike_said(alike)):
        print(f"  {sentence}".rstrip())
    folder = folder_of(quiz.plan.id, edition.number)
    named = f" --class {class_list}" if class_list else ""
    print(f"\nNext:\n  git add {folder}\n  quizgen grade {folder}{named}")
    print(f"Keys and papers again, whenever: quizgen reprint {folder}")
