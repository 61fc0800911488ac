"""In what order the options of an item stand in a form.

Numbers and dates are sorted, pins hold their places, a fixed arrangement stays as written; all
else is shuffled. Form k turns each item's base order by a shift that is the item's own random
permutation of 0..n-1 at k mod n, with a new base every n forms, so that with no more forms than
free options any two forms differ in every letter of the item, and no two items turn in step.
"""

from collections.abc import Sequence
from typing import TypeAlias, assert_never

from quizgen.core.quantity import ordering_keys
from quizgen.core.stream import shuffled
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Entry,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    TrueFalse,
)

Where: TypeAlias = tuple[int, str, str]
"""What a stream is for: seed, bank, item."""


def option_order(item: Item, *, bank: str, seed: int, form: int = 0) -> tuple[str, ...]:
    """The identities that `Question.order` holds, for this item in form number `form` (from 0).

    A permutation of the item's options, left sides or things to put in order; empty for types
    that have none.
    """
    match item:
        case Choice(arrangement="fixed"):
            return tuple(option.id for option in item.options)
        case Choice():
            return _arranged(item.options, "options", (seed, bank, item.id), form)
        case Match():
            lefts = [pair.left for pair in item.pairs]
            return _arranged(lefts, "lefts", (seed, bank, item.id), form)
        case Order():
            return _disordered(item, (seed, bank, item.id), form)
        case TrueFalse() | Entry() | Number() | Cloze() | Open() | Card():
            return ()
        case _:
            assert_never(item)


def right_order(item: Match, *, bank: str, seed: int, form: int = 0) -> tuple[str, ...]:
    """The identities of a match's right sides, extras among them, in the order of this form.

    A right side that two pairs share stands once.
    """
    return _arranged(right_sides(item), "rights", (seed, bank, item.id), form)


def right_sides(item: Match) -> tuple[Option, ...]:
    """The distinct right sides of a match as written, the extras last."""
    sides = {side.id: side for side in (*(pair.right for pair in item.pairs), *item.extra)}
    return tuple(sides.values())


def free_options(item: Choice) -> tuple[Option, ...]:
    """The options that may stand anywhere: none of a fixed or sorted choice, nor any pinned one."""
    return () if item.arrangement == "fixed" else free_sides(item.options)


def free_sides(options: Sequence[Option]) -> tuple[Option, ...]:
    """Those of one side of a match that may stand anywhere: none of sorted ones, nor a pinned one."""
    free = _unpinned(options)
    return () if _sorted(free) is not None else free


def pinned(options: Sequence[Option], middle: Sequence[str]) -> tuple[str, ...]:
    """`middle` between the options pinned first and those pinned last, each in their own order."""
    first = tuple(option.id for option in options if option.pin == "first")
    last = tuple(option.id for option in options if option.pin == "last")
    return (*first, *middle, *last)


def _unpinned(options: Sequence[Option]) -> tuple[Option, ...]:
    return tuple(option for option in options if not option.pin)


def _arranged(options: Sequence[Option], purpose: str, where: Where, form: int) -> tuple[str, ...]:
    free = _unpinned(options)
    ordered = _sorted(free)
    if ordered is None:
        ordered = _turned([option.id for option in free], purpose, where, form)
    return pinned(options, ordered)


def _sorted(options: Sequence[Option]) -> tuple[str, ...] | None:
    """The options by value where every one is a number or a date, else None."""
    texts = tuple(option.text for option in options)
    values = ordering_keys(texts) if len(texts) > 1 else None
    if values is None:
        return None
    ranked = sorted(zip(values, (option.id for option in options), strict=True))
    return tuple(identity for _, identity in ranked)


def _turned(identities: Sequence[str], purpose: str, where: Where, form: int) -> tuple[str, ...]:
    count = len(identities)
    if count < 2:
        return tuple(identities)
    cycle, place = divmod(form, count)
    base = shuffled(identities, f"{purpose}.base", *where, cycle)
    shifts = shuffled(map(str, range(count)), f"{purpose}.shift", *where, cycle)
    shift = int(shifts[place])
    return base[shift:] + base[:shift]


def _disordered(item: Order, where: Where, form: int) -> tuple[str, ...]:
    """An order other than the right one: printed as its own answer it would be no question."""
    right = tuple(option.id for option in item.sequence)
    attempt = 0
    while len(right) > 1:
        found = shuffled(right, "sequence", *where, form, attempt)
        if found != right:
            return found
        attempt += 1
    return right
