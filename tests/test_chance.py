"""Exact chances: against all outcomes, against published figures, and by their definitions."""

from collections import Counter
from fractions import Fraction
from itertools import product
from math import comb, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.core.chance import able, hits_of, holm, interval

CHANCES = st.fractions(0, 1, max_denominator=12)
PS = st.lists(st.floats(0, 1), max_size=12)


@given(st.lists(CHANCES, max_size=9))
def test_the_chance_of_hits_is_that_of_all_outcomes(chances: list[Fraction]) -> None:
    exact = [Fraction(0)] * (len(chances) + 2)
    for outcome in product((0, 1), repeat=len(chances)):
        pairs = zip(outcome, chances, strict=True)
        exact[sum(outcome)] += prod((p if hit else 1 - p for hit, p in pairs), start=Fraction(1))
    hits = hits_of(Counter(chances))
    assert hits.of == len(chances)
    assert hits.mean == sum(chances)
    for count in range(len(exact)):
        assert hits.at_least(count) == pytest.approx(float(sum(exact[count:])), rel=1e-9, abs=1e-18)


@given(st.integers(0, 300), st.fractions("1/10", "9/10", max_denominator=10))
def test_of_equal_chances_it_is_the_binomial(count: int, chance: Fraction) -> None:
    hits = hits_of({chance: count})
    total = Fraction(0)
    for n in range(count, -1, -1):
        total += comb(count, n) * chance**n * (1 - chance) ** (count - n)
        assert hits.at_least(n) == pytest.approx(float(total), rel=1e-9, abs=1e-20)


@given(st.lists(CHANCES, max_size=40))
def test_more_hits_are_never_likelier(chances: list[Fraction]) -> None:
    hits = hits_of(Counter(chances))
    tails = [hits.at_least(n) for n in range(len(chances) + 2)]
    assert tails == sorted(tails, reverse=True)
    assert tails[0] == pytest.approx(1)
    assert tails[-1] == 0


def test_published_binomial_tails() -> None:
    """Fisher's lady: 8 of 8 by halves; and from printed tables of the binomial distribution."""
    assert hits_of({Fraction(1, 2): 8}).at_least(8) == pytest.approx(0.00390625)
    assert hits_of({Fraction(1, 4): 20}).at_least(10) == pytest.approx(0.0139, abs=5e-5)
    assert hits_of({Fraction(1, 2): 10}).at_least(8) == pytest.approx(0.0547, abs=5e-5)
    assert hits_of({Fraction(1, 5): 15}).at_least(7) == pytest.approx(0.0181, abs=5e-5)


@given(st.lists(CHANCES, max_size=30), st.floats(1e-6, 0.5))
def test_the_fewest_hits_that_are_rare(chances: list[Fraction], level: float) -> None:
    hits = hits_of(Counter(chances))
    fewest = hits.fewest(level)
    rare = [n for n in range(len(chances) + 1) if hits.at_least(n) <= level]
    assert fewest == (rare[0] if rare else None)


@given(PS)
def test_holm_is_its_definition(ps: list[float]) -> None:
    """Of m sorted p, the k-th (from 0) becomes the largest of (m - j) p_j for j up to k, at most 1."""
    order = sorted(range(len(ps)), key=lambda n: ps[n])
    adjusted = holm(ps)
    for rank, place in enumerate(order):
        steps = [(len(ps) - j) * ps[order[j]] for j in range(rank + 1)]
        assert adjusted[place] == pytest.approx(min(1, max(steps)))


@given(PS, st.floats(0.001, 0.2))
def test_holm_rejects_step_by_step(ps: list[float], level: float) -> None:
    rejected = set()
    for rank, place in enumerate(sorted(range(len(ps)), key=lambda n: ps[n])):
        if ps[place] * (len(ps) - rank) > level:
            break
        rejected.add(place)
    assert {n for n, p in enumerate(holm(ps)) if p <= level} == rejected


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))


@given(PS, st.floats(0.001, 0.2))
def test_what_cannot_come_out_takes_no_share(least: list[float], level: float) -> None:
    """All that could be rejected by Bonferroni over all tests stay, and their shares suffice."""
    family = able(least, level)
    assert {n for n, p in enumerate(least) if p * len(least) <= level} <= set(family)
    assert all(least[n] <= level for n in family)
    for size in range(1, len(family)):
        assert sum(p * size <= level for p in least) > size


def test_of_five_tests_two_can_come_out() -> None:
    assert able([0.001, 0.02, 0.2, 1, 0.3], 0.05) == (0, 1)
    assert able([0.03, 0.04], 0.05) == ()


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 10, 0, 0.3085),
        (4, 20, 0.0573, 0.4366),
        (1, 29, 0.0009, 0.1776),
        (15, 148, 0.0578, 0.1617),
        (81, 263, 0.2527, 0.3676),
        (10, 10, 0.6915, 1),
    ],
)
def test_published_exact_intervals(hits: int, of: int, low: float, high: float) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998), table I, Clopper-Pearson; and by hand."""
    assert interval(hits, of) == pytest.approx((low, high), abs=6e-5)


def test_an_interval_of_nothing_is_everything() -> None:
    assert interval(0, 0) == (0, 1)


@given(st.integers(1, 80), st.data())
def test_an_interval_ends_where_what_was_seen_is_rare(of: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, of))
    low, high = interval(hits, of)
    assert low <= hits / of <= high
    if hits:
        upper = hits_of({Fraction(low): of})
        assert upper.at_least(hits) == pytest.approx(0.025, rel=1e-3)
    if hits < of:
        lower = hits_of({Fraction(high): of})
        assert 1 - lower.at_least(hits + 1) == pytest.approx(0.025, rel=1e-3)
