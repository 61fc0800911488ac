"""Two orders of the same things to how far they agree."""

from fractions import Fraction
from itertools import combinations


def kendall_tau(given: tuple[str, ...], right: tuple[str, ...]) -> Fraction:
    """How far two orders of the same things agree: 1 the same, -1 the reverse.

    Pairs in the same order less pairs the other way round, of all pairs; 1 where there is no pair.
    """
    return 2 * pairs_in_order(given, right) - 1


def pairs_in_order(given: tuple[str, ...], right: tuple[str, ...]) -> Fraction:
    """The share of pairs that stand the same way round in both; 1 where there is no pair."""
    place = {thing: index for index, thing in enumerate(right)}
    pairs = [place[a] < place[b] for a, b in combinations(given, 2)]
    return Fraction(sum(pairs), len(pairs)) if pairs else Fraction(1)
