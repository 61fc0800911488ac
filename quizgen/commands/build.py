"""`quizgen build`: the bank becomes a deck, forms and keys; all of them or, with a problem, none."""

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec.structs import replace

from quizgen.bank import Reading, load_media, locate
from quizgen.bank.quoting import quoted
from quizgen.commands.deck_lock import drafts_of, read_locks
from quizgen.commands.errors import all_errors
from quizgen.commands.flashcards import add_flashcard_options, flashcards_of
from quizgen.commands.handing import (
    Handing,
    add_handing_options,
    read_handing,
    remove_old_papers,
)
from quizgen.commands.papers import Alike, alike_row, alike_said, build_papers
from quizgen.commands.pdf import add_pdf_options, pdfs_of, refuse_pdf_early
from quizgen.commands.printing import add_printing_options, printing_of
from quizgen.commands.products import print_next, print_products, product_row, refuse
from quizgen.commands.project import (
    LOCK,
    Stop,
    add_project_option,
    find_project,
    read_project,
    write_files,
)
from quizgen.commands.record import RECORD, as_record, recorded, remove, stale
from quizgen.commands.report import (
    as_rows,
    count_of,
    paint,
    print_json,
    print_problems,
    progress,
    questions_of,
)
from quizgen.core.select import default_plan, draw
from quizgen.garbage import collector_at_rest
from quizgen.model import Bank, Quiz, QuizPlan
from quizgen.outputs.built import Built, Product, Search
from quizgen.outputs.template import TemplateFault, Templates
from quizgen.problem import Problem, has_errors

DESCRIPTION = """\
Make the Anki deck of all that may be practised, and for each quiz its forms (for
students) and keys (for the teacher), into build/. With an error in the questions
nothing is written."""

EXAMPLES = """\
examples:
  quizgen build                  everything
  quizgen build --only anki      the deck alone
  quizgen build --text           with the notes as a text, which spares tags and My notes
  quizgen build --with-progress  with a deck of your own, that knows what you know
  quizgen build --quiz midterm   the papers of one quiz (may be given again)
  quizgen build -q midterm --class classes/7b.csv --seats 5x6    papers with names
  quizgen build --flashcards a7  and cards to print on both sides and cut
  quizgen build --pdf            and a PDF beside each page
  quizgen build --json           what was built, for a program"""

OUTPUTS = ("anki", "paper", "flashcards")
"""Flashcards only on request."""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `build`."""
    add_project_option(parser)
    parser.add_argument("-o", "--only", choices=OUTPUTS, help="build one kind of product")
    parser.add_argument(
        "-q",
        "--quiz",
        action="append",
        default=[],
        metavar="QUIZ",
        help="build this quiz's papers only",
    )
    parser.add_argument(
        "--text",
        action="store_true",
        help="write the deck's notes as a text file, too: Anki takes it and keeps tags and My notes",
    )
    parser.add_argument(
        "--with-progress",
        action="store_true",
        help="a deck of your own, too, with your due dates and reviews of the terminal",
    )
    parser.add_argument(
        "--db", type=Path, metavar="FILE", help="the record of your answers for --with-progress"
    )
    add_printing_options(parser)
    add_handing_options(parser)
    add_pdf_options(parser)
    add_flashcard_options(parser)
    parser.add_argument("--json", action="store_true", help="print what was built as JSON")


def run(args: Namespace) -> int:
    """Build; 1 where the questions have errors."""
    root = find_project(args.project)
    refuse_pdf_early(args)
    with collector_at_rest(), progress(3 + len(OUTPUTS), shown=not args.json) as step:
        step("Reading the questions")
        reading = read_project(root)
        step("Checking")
        problems = all_errors(root, reading)
        bank = reading.bank
        built: list[Built] = []
        alikes: list[Alike] = []
        if bank is not None and not has_errors(problems):
            plans = _plans(bank, args.quiz, only=args.only)
            handing = read_handing(root, args, [plan.id for plan in plans])
            problems += handing.problems
            if not has_errors(problems):
                quizzes, shortages = _draw(bank, plans, handing)
                problems += locate(shortages, reading.origin)
            if not has_errors(problems):
                printed = quizzes, handing
                built, alikes = _outputs(root, bank, printed, drafts_of(reading), args, step)
                problems += locate(tuple(p for one in built for p in one.problems), reading.origin)
        if bank is None or has_errors(problems):
            return refuse(problems, "Nothing was built.", root=root, as_json=args.json)
        step("Writing")
        products = [product for one in built for product in one.products]
        searches = [search for one in built for search in one.searches]
        gone = _write(root, built, products, args)
    if args.json:
        print_json(
            {
                "products": [product_row(product) for product in products],
                "searches": [{"query": one.query, "finds": one.finds} for one in searches],
                "quizzes": [alike_row(one) for one in alikes],
                "problems": as_rows(problems),
            }
        )
    else:
        print_problems(problems, sys.stderr)
        _summary(reading, bank, products, searches, alikes, gone)
    return 0


def _plans(bank: Bank, wanted: list[str], *, only: str | None) -> list[QuizPlan]:
    """The quizzes to print; those declared are drawn for a deck alone too, since they may be wrong."""
    plans = bank.quizzes or (() if only == "anki" and not wanted else (default_plan(bank),))
    known = [plan.id for plan in plans]
    for name in wanted:
        if name not in known:
            raise Stop(f'There is no quiz "{name}". The bank has: {", ".join(known)}.')
    return [plan for plan in plans if not wanted or plan.id in wanted]


def _draw(
    bank: Bank, plans: list[QuizPlan], handing: Handing
) -> tuple[tuple[Quiz, ...], tuple[Problem, ...]]:
    drawn = [draw(bank, handing.plan(plan)) for plan in plans]
    quizzes = tuple(quiz for quiz, _ in drawn if quiz is not None and quiz.items)
    return quizzes, tuple(problem for _, problems in drawn for problem in problems)


def _outputs(
    root: Path,
    bank: Bank,
    printed: tuple[tuple[Quiz, ...], Handing],
    drafts: frozenset[str],
    args: Namespace,
    step: Callable[[str], None],
) -> tuple[list[Built], list[Alike]]:
    """All that is built of a bank; `printed` are the quizzes to print, and who gets which form."""
    templates = Templates(root)
    media = load_media(root, bank)
    built: list[Built] = []
    alikes: list[Alike] = []
    try:
        if args.only in (None, "anki"):
            step("Anki deck")
            built.append(_anki(root, bank, drafts, media, templates, args))
        if args.only in (None, "paper"):
            step("Printed quizzes")
            quizzes, handing = printed
            papers, alikes = build_papers(
                root,
                bank,
                quizzes,
                media=media,
                templates=templates,
                printing=printing_of(args),
                handing=handing,
            )
            built += papers
        built += flashcards_of(args, bank, media=media, templates=templates)
        built = [*pdfs_of(args, built, templates)]
    except TemplateFault as fault:
        raise Stop(f"{fault} Mend it, or delete it to use quizgen's own.", code=1) from fault
    return built, alikes


def _anki(
    root: Path,
    bank: Bank,
    drafts: frozenset[str],
    media: Mapping[str, bytes],
    templates: Templates,
    args: Namespace,
) -> Built:
    from quizgen.outputs.anki import LAST, write_lock
    from quizgen.outputs.anki.press import build, build_personal

    now = int(time.time())
    locks = read_locks(root, bank.name, now)
    built, after = build(
        bank,
        media=media,
        templates=templates,
        lock=locks.lock,
        now=now,
        with_text=args.text,
        drafts=drafts,
    )
    own = Built(files={}, products=())
    if args.with_progress:
        from quizgen.commands.personal import personal_of

        progress = personal_of(bank, args.db)
        own = build_personal(
            bank, progress, media=media, templates=templates, lock=locks.lock, now=now
        )
    written = copy = write_lock(after).encode()
    if locks.went_back:  # The copy may be the only place that still has the later lines.
        copy = write_lock(after.with_later(locks.last.entries.values())).encode()
    return replace(
        built,
        # First the lock: one that is ahead of its deck does no harm, one that is behind does.
        files={LOCK: written, LAST: copy, **built.files, **own.files},
        products=built.products + own.products,
        problems=locks.problems + built.problems,
    )


def _write(
    root: Path, built: list[Built], products: list[Product], args: Namespace
) -> tuple[Product, ...]:
    """Write all products; then take away those that an earlier build of the same kind left."""

    def is_rebuilt(product: Product) -> bool:
        named = not product.quiz or not args.quiz or product.quiz in args.quiz
        return named and product.kind.partition(".")[0] in (args.only or OUTPUTS)

    earlier = recorded(root)
    gone = stale(earlier, products, is_rebuilt)
    kept = [one for one in earlier if not is_rebuilt(one)]
    files = {name: data for one in built for name, data in one.files.items()}
    write_files(root, {**files, RECORD: as_record([*products, *kept])})
    remove(root, gone)
    remove_old_papers(root, built)
    return gone


# --- The summary ---------------------------------------------------------------------------------

_SEARCHES = 20
"""How many searches the summary prints."""


def _summary(
    reading: Reading,
    bank: Bank,
    products: list[Product],
    searches: list[Search],
    alikes: list[Alike],
    gone: tuple[Product, ...],
) -> None:
    out = sys.stdout
    print(f"{paint(bank.title, '1', out)}: {questions_of(reading)}")
    print_products(products)
    if gone:
        print(
            f"\n  Taken away, since they are built no more: {count_of(len(gone), 'file')}, such as"
        )
        print(f"  {gone[0].path}")
    print_next(products)
    if said := [sentence for alike in alikes for sentence in alike_said(alike)]:
        print()
    for sentence in said:
        print(f"  {sentence}")
    if papers := [product for product in products if product.kind == "paper.forms"]:
        print(
            f"\n  Papers are drafts. To hand them out and mark them: quizgen freeze {papers[0].quiz}"
        )
    if searches:
        print("\n  For learners of earlier decks, to search for in Anki's browser:")
    for search in searches[:_SEARCHES]:
        print(f"  {paint(search.query, '1', out)}\n      {search.finds}")
    if len(searches) > _SEARCHES:
        more = len(searches) - _SEARCHES
        print(f"  and {more:,} more, in the deck's description; all of them: quizgen build --json")
    if not bank.quizzes and any(product.quiz for product in products):
        print(
            f"\nNo quiz is declared, so one was drawn. To shape it, write in questions/bank.yaml:\n\n{_declaration(bank)}"
        )


def _declaration(bank: Bank) -> str:
    """The quiz that is drawn where none is declared, as it would be declared."""
    plan = default_plan(bank)
    rows = [f"    - {{count: {quota.count}, spread: true}}" for quota in plan.blueprint]
    lines = [
        "quizzes:",
        f"  {plan.id}:",
        f"    title: {quoted(plan.title)}",
        f"    seed: {plan.seed}",
        f"    forms: {plan.forms}",
        "    blueprint:",
        *rows,
    ]
    return "\n".join(lines)
