"""What a command has made, for a person with what to do next, or as rows for a program."""

import sys
from collections.abc import Sequence
from pathlib import Path

from quizgen.commands.report import (
    as_rows,
    count_of,
    counted,
    paint,
    print_json,
)
from quizgen.outputs.built import Product
from quizgen.problem import Problem

_NEXT = {
    "anki.deck": "In Anki: File, Import. Import each later build the same way; progress is kept.",
    "anki.text": "For learners whose My notes and tags hold much: import it before the deck, and those stay. Any other field that they wrote into is yours again, in every note.",
    "anki.personal": "For you alone. In Anki: File, Import, and tick Import any learning progress.",
    "anki.retired": "Only for learners who had an earlier deck: they import it after the deck. Others would get its cards as new ones.",
    "paper.forms": "Open in a browser and print. All forms stand in one file; each starts on a page of its own.",
    "paper.large": "For low vision: 18 pt, with the letters of the normal form, so that the same key serves.",
    "paper.sheet": "For answers on a page of their own: one for each form, its letter and digest on it.",
    "paper.marked": "For the teacher alone: the paper with its answers marked, to go through in class.",
    "paper.keys": "For the teacher alone: the keys of all forms side by side.",
    "paper.class": "The papers with their students' names, in the order of the class. Names stay in results/, out of git.",
    "paper.class-sheets": "The answer sheets with their students' names, forms and seats, in the order of the class.",
    "paper.seats": "For the teacher: which form lies on which seat.",
    "flashcards.sheets": "Print on both sides without scaling (100 %), then cut from mark to mark. A printer that turns sheets over their short edge needs --flip short.",
    "paper.responses": "Fill in what each student answered, a row for each, in any spreadsheet.",
    "paper.class-responses": "Fill in what each student answered, in any spreadsheet: ids, names and forms stand in it. It stays in results/, out of git.",
    "paper.manifest": "All that keys and marks need, years later. Keep the whole folder in git: it holds no names.",
}


def product_row(product: Product) -> dict[str, object]:
    """A product for a program."""
    return {
        "kind": product.kind,
        "path": product.path,
        "quiz": product.quiz or None,
        "form": product.form or None,
        "items": product.items,
    }


def refuse(problems: Sequence[Problem], nothing: str, *, root: Path, as_json: bool) -> int:
    """Say why nothing was made, and with what exit code to leave; `nothing` says so in words."""
    if as_json:
        print_json({"products": [], "problems": as_rows(problems)})
    else:
        from quizgen.bank.spans import Spans
        from quizgen.commands.listing import print_with_sources

        print_with_sources(problems, Spans(root), sys.stderr)
        print(f"{counted(problems)}. {nothing}", file=sys.stderr)
    return 1


def print_products(products: Sequence[Product]) -> None:
    """Each product with its path, an empty line before each output and each quiz."""
    width = max((len(product.path) for product in products), default=0)
    heading = None
    for product in products:
        if (product.kind.partition(".")[0], product.quiz) != heading:
            heading = (product.kind.partition(".")[0], product.quiz)
            print()
        print(f"  {product.path:<{width}}  {_said(product)}")


def print_next(products: Sequence[Product]) -> None:
    """What to do with the first product of each kind."""
    said = dict.fromkeys(product.kind for product in products if product.kind in _NEXT)
    if "paper.class-responses" in said:
        said.pop("paper.responses", None)
    if said:
        print()
    for kind in said:
        paths = [product.path for product in products if product.kind == kind]
        others = " and others" if len(paths) > 1 else ""
        print(f"  {paint(paths[0], '1', sys.stdout)}{others}\n      {_NEXT[kind]}")


def _said(product: Product) -> str:
    items = count_of(product.items, "note" if product.kind.startswith("anki.") else "question")
    form = f", form {product.form}" if product.form else ""
    _, what, *made_of_it = product.kind.split(".")
    return f"{what}{form}, {items}{', PDF' if made_of_it else ''}"
