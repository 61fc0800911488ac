"""Counts of students by tenths of the points to a drawing that also speaks."""

from collections.abc import Sequence

from quizgen.model import Frozen
from quizgen.outputs.words import Words

WIDTH, HEIGHT, BASE, TOP = 600, 190, 150, 22
_STEP = WIDTH // 10


class Bar(Frozen, frozen=True, kw_only=True):
    """A bar in the units of the drawing, with its count and the percentages that it holds."""

    x: int
    y: int
    height: int
    middle: int
    count: str
    label: str


class Histogram(Frozen, frozen=True, kw_only=True):
    """The bars, and the same in words for who cannot see them."""

    bars: tuple[Bar, ...]
    said: str


def histogram(counts: Sequence[int], words: Words) -> Histogram:
    """The drawing of ten counts."""
    most = max(*counts, 1)
    bars, said = [], []
    for place, count in enumerate(counts):
        low, high = place * 10, place * 10 + (9 if place < 9 else 10)
        height = round((BASE - TOP) * count / most)
        bars.append(
            Bar(
                x=place * _STEP + 5,
                y=BASE - height,
                height=height,
                middle=place * _STEP + _STEP // 2,
                count=words.number(count) if count else "",
                label=f"{low}\u2013{high}",
            )
        )
        if count:
            texts = {"low": low, "high": high, "n": words.number(count)}
            said.append(words.say("bar", **texts))
    return Histogram(bars=tuple(bars), said=words.listed(said))
