"""How much room the answers of a quiz need: one measure for all of it, so that none tells an answer.

What is written in one quiz stands on lines of one length, as long as the longest answer of all
needs by hand, in a few steps; so a gap tells at most how long the longest answer of the quiz is.
"""

from collections.abc import Iterable
from itertools import chain
from typing import assert_never

from quizgen.model import (
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
from quizgen.outputs.paper.texts import columns_wide

_BY_HAND = 2.7
"""Millimetres that a letter takes by hand."""
_GAPS = (42, 60, 90, 120, 150)
_ONE_LINE, _FULL_LINE, _MOST_LINES = 44, 55, 4


class Room(Frozen, frozen=True, kw_only=True):
    """The width of every gap in millimetres, and the lines of every short answer."""

    gap: int = _GAPS[0]
    lines: int = 1


def room_for(items: Iterable[Item]) -> Room:
    """The room that the longest answers of these items need."""
    written = [_written(item) for item in items]
    in_gaps = max(chain(*(map(columns_wide, gaps) for gaps, _ in written)), default=0) * _BY_HAND
    on_lines = max(chain(*(map(columns_wide, lines) for _, lines in written)), default=0)
    return Room(
        gap=next((width for width in _GAPS if width >= in_gaps), _GAPS[-1]),
        lines=1 if on_lines <= _ONE_LINE else min(_MOST_LINES, 1 + on_lines // _FULL_LINE),
    )


def _written(item: Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a student may write into the gaps of an item, and on its lines."""
    match item:
        case Cloze(gaps=gaps):
            return tuple(text for gap in gaps for text in gap.accept), ()
        case Entry(kind="set" | "list"):
            return (), ()
        case Entry(accept=accept):
            return (), accept[:1]
        case Card(back=back):
            return (), (back,)
        case Choice() | TrueFalse() | Number() | Match() | Order() | Open():
            return (), ()
        case _:
            assert_never(item)
