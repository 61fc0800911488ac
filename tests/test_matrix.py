"""The two axes: every type of item goes through every output, or a Problem says why not."""

from collections.abc import Callable
from fractions import Fraction
from typing import get_args

import pytest

from quizgen.commands.printed import bank_of
from quizgen.core.form import make_forms
from quizgen.core.manifest import read_manifest, write_manifest
from quizgen.core.select import default_plan, draw
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Cloze,
    Criterion,
    Edition,
    Entry,
    Gap,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Pair,
    Quiz,
    TrueFalse,
)
from quizgen.outputs import anki, flashcards, paper
from quizgen.outputs.anki.press import build
from quizgen.outputs.built import Built
from quizgen.outputs.template import Templates


def option(text: str) -> Option:
    return Option(id=text.casefold(), text=text)


EXAMPLES: tuple[Item, ...] = (
    Choice(id="choice", stem="Which?", options=(option("A1"), option("B1")), keys=("a1",)),
    TrueFalse(id="true-false", statement="So it is.", answer=True),
    Entry(id="entry", stem="Who?", accept=("Ada Lovelace",), kind="name"),
    Number(id="number", stem="How many?", value=Fraction(12), text="12", unit="km"),
    Cloze(id="cloze", parts=("It has ", Gap(number=1, accept=("two",)), " gaps.")),
    Match(id="match", stem="Match.", pairs=(Pair(left=option("L"), right=option("R")),
                                            Pair(left=option("M"), right=option("S")))),
    Order(id="order", stem="First to last.", sequence=(option("one"), option("two"))),
    Open(id="open", stem="Why?", model="Because.", rubric=(Criterion(text="A reason"),)),
    Card(id="card", front="AIIB", back="a bank", reverse=True),
)  # fmt: skip


def deck(bank: Bank) -> Built:
    lock, _ = anki.read_lock("")
    built, _ = build(bank, media={}, templates=Templates(), lock=lock, now=1)
    return built


def papers(bank: Bank) -> Built:
    quiz, problems = draw(bank, default_plan(bank))
    assert quiz is not None, problems
    return paper.build(bank, quiz, media={}, templates=Templates())


def cards(bank: Bank) -> Built:
    return flashcards.build(bank, media={}, templates=Templates())


def papers_again(bank: Bank) -> Built:
    """From the manifest alone, and the same as on the day."""
    quiz, problems = draw(bank, default_plan(bank))
    assert quiz is not None, problems
    edition, refused = read_manifest(write_manifest(edition_of(quiz)), "manifest.json")
    assert edition is not None, refused
    built = paper.build(
        bank_of(edition), edition.quiz, media={}, templates=Templates(), forms=edition.forms
    )
    assert built == papers(bank)
    return built


def edition_of(quiz: Quiz) -> Edition:
    return Edition(
        number=1,
        frozen="2026-11-28",
        version="0.2.0",
        bank_digest="0f3a5b7c9d11",
        language="en",
        title="Matrix",
        quiz=quiz,
        forms=make_forms(quiz),
    )


def test_every_type_has_an_example() -> None:
    """A new type of item cannot be forgotten here."""
    assert {type(item) for item in EXAMPLES} == set(get_args(Item))


@pytest.mark.parametrize("item", EXAMPLES, ids=lambda item: item.id)
@pytest.mark.parametrize("output", [deck, papers, papers_again, cards])
def test_every_type_through_every_output(output: Callable[[Bank], Built], item: Item) -> None:
    """It builds, or a Problem names the item; nothing is dropped in silence."""
    built = output(Bank(name="matrix", title="Matrix", items=(item,)))
    assert built.products
    assert all(built.files[product.path] for product in built.products)
    said = {problem.item for problem in built.problems}
    assert item.id in said or all(product.items == 1 for product in built.products)
