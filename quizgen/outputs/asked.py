"""An item to what it asks, as text: for pages that speak of it away from its paper."""

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
    Option,
    Order,
    TrueFalse,
)

_GAP = "\u2009\\_\\_\\_\\_\\_\u2009"


def asked(item: Item) -> str:
    """The author's text of the question; a cloze with all its gaps alike."""
    match item:
        case TrueFalse():
            return item.statement
        case Card():
            return item.front
        case Cloze():
            text = "".join(_GAP if isinstance(part, Gap) else part for part in item.parts)
            return f"{item.stem} {text}" if item.stem else text
        case Choice() | Entry() | Number() | Match() | Order() | Open():
            return item.stem
        case _:
            assert_never(item)


def option_said(option: Option) -> str:
    """The text of an option, or the words of its picture."""
    return option.text or (option.image.alt if option.image else option.id)
