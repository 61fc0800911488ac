"""What guessing earns under each rule, by exact enumeration, and the table of ticks for print."""

import math
from collections.abc import Iterable
from fractions import Fraction
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given

from quizgen.core.score import (
    score,
    ticks_table,
)
from quizgen.core.ticks import MultipleRule
from quizgen.model import (
    Choice,
    Cloze,
    Decided,
    Entry,
    Filled,
    Gap,
    Judged,
    Match,
    Matched,
    Order,
    Ordered,
    Pair,
    Rules,
    TrueFalse,
    Typed,
)
from tests.score_samples import MULTIPLE, every_tick, picked, several, share, single
from tests.strategies import (
    RULES,
    scored_choices,
    scored_options,
)

# --- 5. What chance earns, by exact enumeration --------------------------------------------------


def mean(shares: Iterable[Fraction]) -> Fraction:
    row = list(shares)
    return sum(row, Fraction(0)) / len(row)


@pytest.mark.parametrize(
    ("rule", "chance"),
    [
        ("all_or_nothing", Fraction(1, 32)),  # .03
        ("balanced", Fraction(3, 16)),  # .19
        ("right_minus_wrong", Fraction(7, 64)),  # .11
        ("ripkey", Fraction(5, 32)),  # .16
    ],
)
def test_5_chance_of_ticks(rule: MultipleRule, chance: Fraction) -> None:
    """Over all 32 ways to tick five options of which two are right."""
    item = several(5, 2)
    assert mean(share(item, ticks, Rules(multiple=rule)) for ticks in every_tick(item)) == chance


@pytest.mark.parametrize(
    ("rule", "chance"), [("each_statement", Fraction(1, 2)), ("ps50", Fraction(17, 64))]
)
def test_5_chance_of_judging_statements(rule: MultipleRule, chance: Fraction) -> None:
    """Over all 32 ways to call five statements true or false: .5 and .27."""
    item = several(5, 2)
    sheets = [
        Judged(marks={o.id: mark for o, mark in zip(item.options, marks, strict=True)})
        for marks in product([True, False], repeat=5)
    ]
    assert mean(share(item, sheet, Rules(multiple=rule)) for sheet in sheets) == chance


@pytest.mark.parametrize("rule", MULTIPLE)
def test_5_ticking_everything_earns_nothing(rule: MultipleRule) -> None:
    """But for each statement judged, where two of five are then judged rightly."""
    item = several(5, 2)
    everything = picked(*(option.id for option in item.options))
    earned = share(item, everything, Rules(multiple=rule))
    assert earned == (Fraction(2, 5) if rule == "each_statement" else 0)


@pytest.mark.parametrize("n", range(2, 7))
def test_5_chance_of_one_tick(n: int) -> None:
    """1/n of the points; with formula scoring nothing."""
    item = single(n)
    ticks = [picked(option.id) for option in item.options]
    assert mean(share(item, tick) for tick in ticks) == Fraction(1, n)
    assert mean(share(item, tick, Rules(single="formula")) for tick in ticks) == 0


@pytest.mark.parametrize("answer", [True, False])
def test_5_chance_of_true_or_false(answer: bool) -> None:
    item = TrueFalse(id="tf", statement="So.", answer=answer)
    sheets = [Decided(value=True), Decided(value=False)]
    assert mean(share(item, sheet) for sheet in sheets) == Fraction(1, 2)
    assert mean(share(item, sheet, Rules(true_false="formula")) for sheet in sheets) == 0


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_5_chance_of_matching(n: int) -> None:
    """1/n over all permutations, and 1/n! for all or nothing."""
    lefts, rights = scored_options(n, "l"), scored_options(n, "r")
    item = Match(
        id="m",
        stem="?",
        pairs=tuple(Pair(left=a, right=b) for a, b in zip(lefts, rights, strict=True)),
    )
    sheets = [
        Matched(pairs=dict(zip((left.id for left in lefts), row, strict=True)))
        for row in permutations([right.id for right in rights])
    ]
    whole = Rules(match="all_or_nothing")
    assert mean(share(item, sheet) for sheet in sheets) == Fraction(1, n)
    assert mean(share(item, sheet, whole) for sheet in sheets) == Fraction(1, math.factorial(n))


@pytest.mark.parametrize(
    ("n", "tau"), [(3, Fraction(5, 18)), (4, Fraction(7, 36)), (5, Fraction(49, 300))]
)
def test_5_chance_of_ordering(n: int, tau: Fraction) -> None:
    """Floored tau .28, .19, .16 for three, four, five things; places 1/n; pairs a half."""
    item = Order(id="o", stem="?", sequence=scored_options(n, "t"))
    sheets = [Ordered(sequence=row) for row in permutations([thing.id for thing in item.sequence])]

    def chance(rule: Any) -> Fraction:
        return mean(share(item, sheet, Rules(order=rule)) for sheet in sheets)

    assert chance("tau") == tau
    assert chance("places") == Fraction(1, n)
    assert chance("pairs") == Fraction(1, 2)
    assert chance("all_or_nothing") == Fraction(1, math.factorial(n))


# --- The table that is printed -------------------------------------------------------------------


@given(scored_choices(), RULES)
def test_the_ticks_table_says_what_the_score_says(item: Choice, rules: Rules) -> None:
    """For every way to tick, and with no row for ticks that cannot be."""
    table = ticks_table(item, rules)
    seen = set()
    for ticks in every_tick(item):
        if not item.multiple and len(ticks.options) > 1:
            continue
        right = len(ticks.options & set(item.keys))
        cell = (right, len(ticks.options) - right)
        assert table[cell] == score(item, ticks, rules).points
        seen.add(cell)
    assert set(table) == seen


def test_balanced_where_every_option_is_right() -> None:
    """There is no wrong tick to weigh, so the share ticked counts."""
    item = several(4, 4)
    assert [share(item, picked(*(f"o{n}" for n in range(k)))) for k in range(5)] == [
        Fraction(k, 4) for k in range(5)
    ]


def test_an_answer_that_is_only_close_earns_nothing() -> None:
    item = Entry(
        id="e", stem="?", accept=("Samarkand",), kind="place", close={"Tashkent": "The capital."}
    )
    assert score(item, Typed(text="Tashkent")).outcome == "wrong"


def test_the_answer_to_something_else_earns_nothing() -> None:
    """However near it is, in an entry as in a gap."""
    entry = Entry(id="e", stem="?", accept=("año, día",), kind="set")
    cloze = Cloze(id="c", parts=("un ", Gap(number=1, accept=("año, día",))), kind="set")
    given = "ano, día"
    for item, response in ((entry, Typed(text=given)), (cloze, Filled(gaps={1: given}))):
        assert score(item, response).outcome == "right"
        assert score(item, response, others=["ano"]).outcome == "wrong"


def test_the_answer_to_something_else_may_be_right_here_as_well() -> None:
    """In any writing that is right here: then a question with the same answer takes nothing away."""
    item = Entry(id="e", stem="?", accept=("22 March",), kind="date")
    for text in ("22 March", "March 22"):
        assert score(item, Typed(text=text), others=["March 22"]).outcome == "right"


def test_points_of_nothing_still_tell_right_from_wrong() -> None:
    item = TrueFalse(id="tf", statement="So.", answer=True, points=Fraction(0))
    assert score(item, Decided(value=True)).outcome == "right"
    assert score(item, Decided(value=False)).outcome == "wrong"
