"""An item to what it asks, as its author's text, wherever that is said away from the question itself."""

from collections.abc import Callable
from typing import assert_never

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


def _blank(_: Gap) -> str:
    return "____"


def asked(item: Item, gap: Callable[[Gap], str] = _blank) -> str:
    """What a person reads before answering, without its options; each gap as `gap` shows it."""
    match item:
        case TrueFalse():
            return item.statement
        case Card():
            return item.front
        case Cloze():
            parts = (part if isinstance(part, str) else gap(part) for part in item.parts)
            return "\n".join(filter(None, (item.stem, "".join(parts))))
        case Choice() | Entry() | Number() | Match() | Order() | Open():
            return item.stem
        case _:
            assert_never(item)
