"""The digest of a key: it moves with what is right, and with nothing else."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from msgspec.structs import replace

from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Criterion,
    Entry,
    Gap,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Pair,
    Tolerance,
    TrueFalse,
)
from quizgen.study.answerkey import key_digest
from quizgen.study.plan import questions_of
from quizgen.study.record import Task
from tests.strategies import scored_items

A, B, C = (Option(id=text, text=text) for text in "abc")
CHOICE = Choice(id="q", stem="?", options=(A, B, C), keys=("a", "b"), multiple=True)
NUMBER = Number(id="q", stem="?", value=Fraction(98, 10), text="9.8", unit="m/s^2")
CLOZE = Cloze(
    id="q", parts=("In ", Gap(number=1, accept=("x",)), " or ", Gap(number=2, accept=("y",)))
)
MATCH = Match(id="q", stem="?", pairs=(Pair(left=A, right=B), Pair(left=B, right=C)))
OPEN = Open(id="q", stem="?", model="So.", rubric=(Criterion(text="One."),))
CARD = Card(id="q", front="f", back="b", reverse=True)
ENTRY = Entry(id="q", stem="?", accept=("x", "y"))


def digest(item: Item, part: str = "") -> str:
    return key_digest(item, Task(item=item.id, part=part))


@pytest.mark.parametrize(
    ("before", "change"),
    [
        (CHOICE, {"keys": ("a",)}),
        (CHOICE, {"options": (replace(A, text="A"), B, C)}),
        (TrueFalse(id="q", statement=".", answer=True), {"answer": False}),
        (ENTRY, {"accept": ("x", "z")}),
        (ENTRY, {"kind": "name"}),
        (NUMBER, {"value": Fraction(981, 100)}),
        (NUMBER, {"tolerance": Tolerance(amount=Fraction(1, 10))}),
        (NUMBER, {"unit": "ft/s^2"}),
        (MATCH, {"pairs": (Pair(left=A, right=C), Pair(left=B, right=B))}),
        (Order(id="q", stem="?", sequence=(A, B)), {"sequence": (B, A)}),
        (OPEN, {"model": "Thus."}),
        (OPEN, {"rubric": (Criterion(text="Two."),)}),
        (CARD, {"back": "c"}),
    ],
)
def test_another_key_has_another_digest(before: Item, change: dict[str, Any]) -> None:
    assert digest(before) != digest(replace(before, **change))


@pytest.mark.parametrize(
    ("before", "change"),
    [
        (CHOICE, {"options": (C, B, A, Option(id="d", text="d"))}),
        (CHOICE, {"keys": ("b", "a"), "stem": "Which?", "explain": "Because."}),
        (ENTRY, {"accept": ("y", "x"), "close": {"z": "Near."}}),
        (NUMBER, {"text": "9.80"}),
        (MATCH, {"pairs": MATCH.pairs[::-1], "extra": (A,)}),
        (CARD, {"front": "g"}),
    ],
)
def test_rewording_leaves_it(before: Item, change: dict[str, Any]) -> None:
    """Stems, distractors, and the order of what is equally right."""
    assert digest(before) == digest(replace(before, **change))


def test_a_part_has_its_own() -> None:
    """A gap that changes leaves the others; a card's directions have a key each."""
    parts = (*CLOZE.parts[:3], Gap(number=2, accept=("z",)))
    other = replace(CLOZE, parts=parts)
    assert digest(other, "c1") == digest(CLOZE, "c1")
    assert digest(other, "c2") != digest(CLOZE, "c2")
    assert digest(CARD, "reverse") == digest(replace(CARD, back="c"), "reverse")
    assert digest(CARD) != digest(CARD, "reverse")


@given(scored_items())
def test_every_task_has_one(item: Item) -> None:
    """16 hex digits, the same each time."""
    for question in questions_of(item):
        for task in question:
            found = key_digest(item, task)
            assert len(found) == 16
            assert int(found, 16) >= 0
            assert found == key_digest(item, task)


@pytest.mark.parametrize(
    ("item", "part", "expected"),
    [
        (CHOICE, "", "0473ef2dc0d324ab"),
        (ENTRY, "", "6f2460ca34344b41"),
        (NUMBER, "", "3188bc0b1f33dc24"),
        (CLOZE, "c2", "2fddfa9e4c126e02"),
        (MATCH, "", "9e12bf07593d4679"),
        (OPEN, "", "cb9a16d13aa49255"),
        (CARD, "reverse", "30f8b180d63559f2"),
    ],
)
def test_the_digits_are_the_same_for_ever(item: Item, part: str, expected: str) -> None:
    """They stand in files of progress: a change here would flag every answer ever given."""
    assert digest(item, part) == expected
