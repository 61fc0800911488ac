"""A task to what it asks and what is right, each on one line."""

from typing import assert_never

from quizgen.core.asked import asked
from quizgen.markup import to_text
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Entry,
    Gap,
    Item,
    Match,
    Number,
    Open,
    Order,
    TrueFalse,
)
from quizgen.study.asking import option_text
from quizgen.study.feedback import key_text
from quizgen.study.judging import gap_of
from quizgen.study.plan import REVERSE
from quizgen.study.record import Task


def stem_line(item: Item, task: Task) -> str:
    """What was asked; of a cloze the gap of the task alone is open."""
    return " ".join(_stem(item, task).split())


def answer_line(item: Item, task: Task) -> str:
    """What is right."""
    return " ".join(_answer(item, task).split())


def _stem(item: Item, task: Task) -> str:
    open_gap = gap_of(item, task) if isinstance(item, Cloze) else None

    def shown(gap: Gap) -> str:
        return "..." if gap == open_gap else gap.accept[0]

    if isinstance(item, Card) and task.part == REVERSE:
        return to_text(item.back)
    return to_text(asked(item, shown))


def _answer(item: Item, task: Task) -> str:
    match item:
        case Choice():
            return ", ".join(option_text(one) for one in item.options if one.id in item.keys)
        case TrueFalse():
            return str(item.answer)
        case Match():
            return ", ".join(
                f"{option_text(pair.left)}: {option_text(pair.right)}" for pair in item.pairs
            )
        case Order():
            return ", ".join(map(option_text, item.sequence))
        case Entry() | Number() | Cloze() | Open() | Card():
            return key_text(item, task)
        case _:
            assert_never(item)
