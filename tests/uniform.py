"""Whether things come equally often: chi-square over a fixed list of seeds, and biased shuffles."""

import random
from collections.abc import Callable, Sequence
from functools import cmp_to_key
from typing import TypeAlias

Shuffle: TypeAlias = Callable[[str, int], tuple[str, ...]]


def spread_of(counts: Sequence[int]) -> float:
    """Chi-square of these counts against all being equal."""
    expected = sum(counts) / len(counts)
    return sum((count - expected) ** 2 / expected for count in counts)


def critical(freedom: int) -> float:
    """What chi-square passes once in 10,000 by chance (Wilson and Hilferty 1931)."""
    part = 2 / (9 * freedom)
    return float(freedom * (1 - part + 3.719 * part**0.5) ** 3)


def biased_shuffle(names: str, seed: int) -> tuple[str, ...]:
    """The usual mistake: each place is exchanged with any place, not with those that are left."""
    generator, row = random.Random(seed), list(names)  # noqa: S311 - no secret hangs on it
    for place in range(len(row)):
        other = generator.randrange(len(row))
        row[place], row[other] = row[other], row[place]
    return tuple(row)


def sorted_by_a_coin(names: str, seed: int) -> tuple[str, ...]:
    """The other one: sorting with a comparison that tosses a coin."""
    generator = random.Random(seed)  # noqa: S311 - no secret hangs on it
    return tuple(sorted(names, key=cmp_to_key(lambda _a, _b: generator.choice((-1, 1)))))
