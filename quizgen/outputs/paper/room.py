"""How much room the answers of a quiz need: one measure for all of it, so that none tells an answer.

What is written in one quiz stands on lines of one length, as long as the longest answer of all
needs by hand, in a few steps; so a gap tells at most how long the longest answer of the quiz is.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
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
    Option,
    Order,
    TrueFalse,
)
from quizgen.outputs.paper.texts import columns_wide

_BY_HAND = 2.7
"""Millimetres that a letter takes by hand."""
_GAPS = (42, 60, 90, 120, 150)
_ONE_LINE, _FULL_LINE, _MOST_LINES = 44, 55, 4

_SHORT_SIDE, _LONG_SIDE = 22, 120
_BEFORE_LEFT, _BEFORE_RIGHT, _ACROSS = 12, 4, 84
"""In letters: what stands before a side of a matching, and both columns together."""
_LEAST, _MOST = 30, 72


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


def left_share(lefts: Sequence[Option], rights: Sequence[Option]) -> int:
    """The percentage of the width that the left column of a matching needs; half where all is short.

    It goes by the longest side of each column, so it tells of no pair.
    """
    left, right = (min(_LONG_SIDE, max(map(_side, sides))) for sides in (lefts, rights))
    if max(left, right) <= _SHORT_SIDE:
        return 50
    needed = _BEFORE_LEFT + left + _BEFORE_RIGHT + right
    spare = max(0, _ACROSS - needed)
    share = (_BEFORE_LEFT + left + spare * Fraction(1, 3)) / (needed + spare)
    return max(_LEAST, min(_MOST, round(100 * share)))


def _side(option: Option) -> int:
    return _SHORT_SIDE if option.image is not None else columns_wide(option.text)


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
