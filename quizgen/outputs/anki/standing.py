"""What a bank has in its decks: the type of each item's note, and the places of its cards.

No text is made here, so that it can be held against the lock at once.
"""

from collections.abc import Iterator
from typing import assert_never

from quizgen.core.select import practice
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Cloze,
    Entry,
    Frozen,
    Item,
    Match,
    Number,
    Open,
    Order,
    TrueFalse,
)
from quizgen.outputs.anki.identity import NoteTypeName, guid
from quizgen.outputs.anki.lock import Lock, State


class Standing(Frozen, frozen=True, kw_only=True):
    """An item of a deck: the key of its note, its type, whether it is retired, and its cards."""

    item: str
    key: str
    type: NoteTypeName
    state: State
    cards: tuple[int, ...]


def standings(bank: Bank, lock: Lock) -> tuple[Standing, ...]:
    """What may be practised, and then what is retired of that which the lock knows."""
    return (
        *_standings(bank, practice(bank), "deck"),
        *_standings(bank, retired(bank, lock), "retired"),
    )


def retired(bank: Bank, lock: Lock) -> list[Item]:
    """The retired items that were in a deck before: nobody else needs to hear of them."""
    items = (item for item in bank.items if item.retired)
    return [item for item in items if guid(bank.name, item.id) in lock.entries]


def type_of(item: Item) -> NoteTypeName:
    """The type of an item's note."""
    return "cloze" if isinstance(item, Cloze) else "question"


def cards_of(item: Item) -> tuple[int, ...]:
    """The places of an item's cards: those of the templates, or of the gaps."""
    match item:
        case Cloze():
            return tuple(sorted({gap.number - 1 for gap in item.gaps}))
        case Card():
            return (0, 1) if item.reverse else (0,)
        case Choice() | TrueFalse() | Entry() | Number() | Match() | Order() | Open():
            return (0,)
        case _:
            assert_never(item)


def _standings(
    bank: Bank, items: list[Item] | tuple[Item, ...], state: State
) -> Iterator[Standing]:
    for item in items:
        yield Standing(
            item=item.id,
            key=guid(bank.name, item.id),
            type=type_of(item),
            state=state,
            cards=cards_of(item),
        )
