"""Rules of pictures: their words serve those who cannot see them, and give no answer away."""

from collections.abc import Iterator
from typing import assert_never

from quizgen.checks.scope import in_use
from quizgen.core.fold import folded
from quizgen.markup import to_text
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Cloze,
    Entry,
    Item,
    Match,
    Number,
    Open,
    Order,
    TrueFalse,
)
from quizgen.problem import Problem


def alt_tells_answer(bank: Bank) -> Iterator[Problem]:
    """The words of a question's picture do not hold its answer.

    A choice may have all its options there, as the names on a map are: then they tell nothing.
    """
    for item in in_use(bank):
        if item.image is None:
            continue
        alt = _words(item.image.alt)
        answers, others = _answers(item)
        if any(_words(other) in alt for other in others):
            continue
        told = next((answer for answer in answers if _words(answer) in alt), "")
        if told:
            yield Problem(
                code="alt_tells_answer",
                message=f'The words of the picture hold the answer "{told[:40]}".',
                fix="Say what there is to see without naming the answer, or ignore this with a reason.",
                severity="warning",
                item=item.id,
                field="image.alt",
            )


def _words(text: str) -> str:
    """The words for looking up others among them, each between two spaces."""
    return f" {folded(to_text(text))} "


def _answers(item: Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The texts that are right and, where there are options, those that are wrong."""
    match item:
        case Choice():
            right = tuple(one.text for one in item.options if one.id in item.keys)
            return right, tuple(one.text for one in item.options if one.id not in item.keys)
        case Entry():
            return item.accept, ()
        case Number():
            return (item.text,), ()
        case Cloze():
            return tuple(text for gap in item.gaps for text in gap.accept), ()
        case Card():
            return (item.back,), ()
        case TrueFalse() | Match() | Order() | Open():
            return (), ()
        case _:
            assert_never(item)
