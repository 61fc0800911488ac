"""How often somebody who knows nothing is right, exactly: sums of yes-or-no events of unequal chances.

The sum of n independent events with chances p1 ... pn is Poisson-binomial; where all are equal it
is the binomial. It is made here of one binomial for each distinct chance, folded together: only
sums of positive terms, so that nothing cancels. What lies so far out that it cannot matter (less
than 1e-25 of the most likely count) is left out, so that thousands of events take milliseconds.
"""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from operator import mul

from quizgen.model import Frozen

_NEGLIGIBLE = 1e-25
_HALVINGS = 45
"""So often an interval is halved: its ends are then known better than a float can say."""


class Hits(Frozen, frozen=True, kw_only=True):
    """How likely each number of hits is: `masses[n]` is that of `first + n`; all others are nought.

    `of` is how many events there are, `mean` the number of hits to be expected.
    """

    of: int
    mean: Fraction
    first: int
    masses: tuple[float, ...]

    def at_least(self, hits: int) -> float:
        """The chance of so many hits or more: a one-sided p."""
        return min(math.fsum(self.masses[max(hits - self.first, 0) :]), 1.0)

    def fewest(self, level: float) -> int | None:
        """The smallest number of hits as rare as `level` or rarer; None where even all are not."""
        hits = bisect_left(range(self.of + 1), -level, key=lambda n: -self.at_least(n))
        return hits if hits <= self.of else None


def hits_of(events: Mapping[Fraction, int]) -> Hits:
    """The distribution of the number of events that happen, by how many there are of each chance (0..1)."""
    return _hits(tuple(sorted(events.items())))


@lru_cache(maxsize=256)
def _hits(groups: tuple[tuple[Fraction, int], ...]) -> Hits:
    first, masses = 0, [1.0]
    for chance, count in groups:
        start, more = _binomial(count, chance)
        first, masses = _trimmed(first + start, _folded(masses, more))
    return Hits(
        of=sum(count for _, count in groups),
        mean=sum((chance * count for chance, count in groups), Fraction(0)),
        first=first,
        masses=tuple(masses),
    )


def _binomial(count: int, chance: Fraction) -> tuple[int, list[float]]:
    """The likelihoods of `count` events of one chance from the first that matters on."""
    if chance in (0, 1):
        return (count if chance else 0), [1.0]
    odds = float(chance / (1 - chance))
    peak = min(math.floor((count + 1) * chance), count)
    height = math.exp(_log_mass(peak, count, float(chance)))
    least = height * _NEGLIGIBLE
    below, above = [], []
    mass, hits = height, peak
    while hits > 0 and mass > least:
        mass *= hits / ((count - hits + 1) * odds)
        hits -= 1
        below.append(mass)
    mass, hits = height, peak
    while hits < count and mass > least:
        mass *= (count - hits) * odds / (hits + 1)
        hits += 1
        above.append(mass)
    return peak - len(below), [*reversed(below), height, *above]


def _log_mass(hits: int, of: int, chance: float) -> float:
    ways = math.lgamma(of + 1) - math.lgamma(hits + 1) - math.lgamma(of - hits + 1)
    return ways + hits * math.log(chance) + (of - hits) * math.log1p(-chance)


def _folded(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """The distribution of the sum of two independent counts."""
    long, short = (one, other) if len(one) >= len(other) else (other, one)
    turned = short[::-1]
    width = len(short)
    padding = [0.0] * (width - 1)
    row = [*padding, *long, *padding]
    return [sum(map(mul, row[at : at + width], turned)) for at in range(len(long) + width - 1)]


def _trimmed(first: int, masses: Sequence[float]) -> tuple[int, list[float]]:
    least = max(masses) * _NEGLIGIBLE
    kept = [place for place, mass in enumerate(masses) if mass > least]
    return first + kept[0], list(masses[kept[0] : kept[-1] + 1])


def holm(ps: Sequence[float]) -> tuple[float, ...]:
    """The p of each of several tests, adjusted so that all of them together err as seldom as one.

    The step-down method of S. Holm, "A simple sequentially rejective multiple test procedure",
    Scandinavian Journal of Statistics 6 (1979): the smallest times how many there are, the next
    times one less, and none smaller than the one before it.
    """
    adjusted = [1.0] * len(ps)
    most = 0.0
    for rank, place in enumerate(sorted(range(len(ps)), key=ps.__getitem__)):
        most = max(most, min(ps[place] * (len(ps) - rank), 1.0))
        adjusted[place] = most
    return tuple(adjusted)


def able(least: Sequence[float], level: float) -> tuple[int, ...]:
    """The places of the tests that can come out at `level` once corrected for one another.

    `least` holds the smallest p that each could have. A test of few events can come out never, so
    that it needs no share of the level: R. E. Tarone, "A modified Bonferroni method for discrete
    data", Biometrics 46 (1990). What was observed plays no part in it.
    """
    for share in range(1, len(least) + 1):
        these = tuple(place for place, p in enumerate(least) if p * share <= level)
        if len(these) <= share:
            return these
    return ()


def interval(hits: int, of: int, confidence: float = 0.95) -> tuple[float, float]:
    """The shares (0..1) that so many hits are compatible with: Clopper and Pearson's interval.

    It covers at least `confidence` for equal chances and, by W. Hoeffding, "On the distribution of
    the number of successes in independent trials" (1956), for the mean of unequal ones, too.
    """
    if not of:
        return 0.0, 1.0
    rest = (1 - confidence) / 2
    low = _share(hits, of, rest) if hits else 0.0
    high = 1 - _share(of - hits, of, rest) if hits < of else 1.0
    return low, high


def _share(hits: int, of: int, tail: float) -> float:
    """The share for which `hits` or more of `of` have the chance `tail`; at least one hit."""
    low, high = 0.0, hits / of
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _tail(hits, of, middle) < tail:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _tail(hits: int, of: int, chance: float) -> float:
    """The chance of `hits` or more, for a chance below their share, where the terms only fall."""
    if chance <= 0:
        return 0.0
    mass = math.exp(_log_mass(hits, of, chance)) if chance < 1 else 1.0
    odds = chance / (1 - chance) if chance < 1 else 0.0
    total = mass
    for place in range(hits, of):
        mass *= (of - place) * odds / (place + 1)
        total += mass
        if mass < total * 1e-17:
            break
    return total
