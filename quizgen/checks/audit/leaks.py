"""Strategies against chance: which of them find the key more often than luck explains.

A test asks whether the key is among the options that a strategy leaves more often than if it were
placed by lot: one-sided, since what leaks is a strategy that wins; those that win by avoiding
something are strategies of their own. The number of hits has an exact distribution, each item with
its own chance. All tests together are wrong about a fair bank in one of twenty at most (Holm).
"""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from quizgen.checks.audit.strategies import Guess, Strategy, said
from quizgen.core.chance import Hits, able, hits_of, holm, interval
from quizgen.model import Frozen

LEVEL = 0.05
"""How often all tests together may be wrong about a fair bank."""

Verdict = Literal["leak", "no_leak", "too_few"]


class Finding(Frozen, frozen=True, kw_only=True):
    """What a strategy came to, on the `items` that it says something of.

    `hits` counts the items in which the key is among what it leaves, `expected` how many that were
    by lot; `marks` is the share (0..1) of these items that a pupil gets right who picks among what
    it leaves, `blind` that of one who picks among all. `leaks_from` is the number of hits that would
    surely have been a leak; None where no number is. `p` is by itself, `adjusted` for all strategies
    (None where it could not come out). `effect` is the share of hits less the one by lot, with the
    ends of its interval. `mend` names the items that were hit, the surest first.
    """

    strategy: Strategy
    items: int
    hits: int
    expected: float
    marks: float
    blind: float
    leaks_from: int | None
    p: float
    adjusted: float | None
    effect: float
    effect_low: float
    effect_high: float
    verdict: Verdict
    mend: tuple[str, ...]


def findings(rows: Iterable[tuple[Strategy, tuple[Guess, ...]]]) -> tuple[Finding, ...]:
    """A finding for each strategy that says something of an item, in their order."""
    tried = list(said(rows))
    hits = [_by_lot(guesses) for _, guesses in tried]
    counts = [sum(guess.is_hit for guess in guesses) for _, guesses in tried]
    ps = [one.at_least(count) for one, count in zip(hits, counts, strict=True)]
    family = able([one.at_least(one.of) for one in hits], LEVEL)
    adjusted = dict(zip(family, holm([ps[place] for place in family]), strict=True))
    found = []
    for place, (strategy, guesses) in enumerate(tried):
        count, of, mean = counts[place], hits[place].of, float(hits[place].mean)
        low, high = interval(count, of)
        p = adjusted.get(place)
        found.append(
            Finding(
                strategy=strategy,
                items=of,
                hits=count,
                expected=mean,
                marks=sum(one.is_hit / len(one.left) for one in guesses) / of,
                blind=sum(1 / one.of for one in guesses) / of,
                leaks_from=None if p is None else hits[place].fewest(LEVEL / len(family)),
                p=ps[place],
                adjusted=p,
                effect=(count - mean) / of,
                effect_low=low - mean / of,
                effect_high=high - mean / of,
                verdict=_verdict(p),
                mend=tuple(
                    one.item
                    for one in sorted(guesses, key=lambda one: len(one.left) / one.of)
                    if one.is_hit
                ),
            )
        )
    return tuple(found)


def _by_lot(guesses: Iterable[Guess]) -> Hits:
    """How many hits there are if keys are placed by lot."""
    counts = Counter((len(guess.left), guess.of) for guess in guesses)
    events: Counter[Fraction] = Counter()
    for (left, of), count in counts.items():
        events[Fraction(left, of)] += count
    return hits_of(events)


def _verdict(adjusted: float | None) -> Verdict:
    if adjusted is None:
        return "too_few"
    return "leak" if adjusted <= LEVEL else "no_leak"
