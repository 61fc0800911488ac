"""Scoring: the numbered properties of a fair score, but for chance and for what is refused."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from quizgen.core.score import (
    Unscorable,
    confidence_points,
    rounded,
    score,
    total,
)
from quizgen.core.sequence import kendall_tau
from quizgen.core.ticks import MultipleRule
from quizgen.model import (
    Choice,
    Cloze,
    Decided,
    Entry,
    Filled,
    Gap,
    Item,
    Judged,
    Match,
    Matched,
    Number,
    Option,
    Order,
    Ordered,
    Pair,
    Picked,
    Placed,
    Response,
    Rules,
    Score,
    TrueFalse,
    Typed,
)
from tests.score_samples import picked, several, share, single
from tests.strategies import (
    RULES,
    right_response,
    scored_choices,
    scored_clozes,
    scored_items,
    scored_matches,
    scored_options,
    scored_orders,
    scored_responses,
)

# --- 1. Range, and full marks for a right response alone -----------------------------------------


@given(st.data(), scored_items(), RULES)
def test_1_scores_stay_in_their_range(data: st.DataObject, item: Item, rules: Rules) -> None:
    """From 0 to the item's points; below 0 only where formula scoring says so."""
    given_one = score(item, data.draw(scored_responses(item, rules)), rules)
    floor = Fraction(0)
    if isinstance(item, Choice) and not item.multiple and rules.single == "formula":
        floor = -item.points / (len(item.options) - 1)
    if isinstance(item, TrueFalse) and rules.true_false == "formula":
        floor = -item.points
    assert floor <= given_one.points <= item.points
    assert given_one.possible == item.points


@given(scored_items(), RULES)
def test_1_the_key_earns_full_marks(item: Item, rules: Rules) -> None:
    given_one = score(item, right_response(item), rules)
    assert (given_one.points, given_one.outcome) == (item.points, "right")


@given(st.data(), scored_choices(), RULES)
def test_1_no_other_ticks_earn_full_marks(data: st.DataObject, item: Choice, rules: Rules) -> None:
    response = data.draw(scored_responses(item, rules))
    if isinstance(response, Judged):
        right = {option.id: option.id in item.keys for option in item.options}
        assert (share(item, response, rules) == 1) == (response.marks == right)
    else:
        assert (share(item, response, rules) == 1) == (response == right_response(item))


@given(st.data(), st.one_of(scored_matches(), scored_orders(), scored_clozes()), RULES)
def test_1_no_other_parts_earn_full_marks(
    data: st.DataObject, item: Match | Order | Cloze, rules: Rules
) -> None:
    response = data.draw(scored_responses(item, rules))
    assert (share(item, response, rules) == 1) == (response == right_response(item))


@given(st.data(), scored_items(), RULES)
def test_1_the_outcome_says_what_the_points_say(
    data: st.DataObject, item: Item, rules: Rules
) -> None:
    response = data.draw(scored_responses(item, rules))
    earned = share(item, response, rules)
    said = {"right"} if earned == 1 else {"partly"} if earned > 0 else {"wrong", "blank"}
    assert score(item, response, rules).outcome in said


# --- 2. Blank is not wrong -----------------------------------------------------------------------

BLANKS: tuple[tuple[Item, Response], ...] = (
    (single(4), picked()),
    (several(5, 2), picked()),
    (several(5, 5), picked()),
    (Entry(id="e", stem="?", accept=("quartz",)), Typed(text=" \t\n")),
    (Number(id="n", stem="?", value=Fraction(0), text="0"), Typed(text="")),
    (Cloze(id="c", parts=("a ", Gap(number=1, accept=("b",)))), Filled(gaps={})),
    (Cloze(id="c", parts=("a ", Gap(number=1, accept=("b",)))), Filled(gaps={1: "  "})),
    (Match(id="m", stem="?", pairs=()), Matched(pairs={})),
    (Order(id="o", stem="?", sequence=scored_options(3)), Ordered(sequence=())),
)


@given(RULES)
def test_2_blank_earns_exactly_nothing(rules: Rules) -> None:
    for item, response in BLANKS:
        given_one = score(item, response, rules)
        assert given_one.points == 0
        assert given_one.outcome == "blank"


@given(scored_items(), RULES)
def test_2_no_response_at_all_is_blank(item: Item, rules: Rules) -> None:
    assert score(item, None, rules) == Score(
        points=Fraction(0), possible=item.points, outcome="blank"
    )


@pytest.mark.parametrize("rule", ["each_statement", "ps50"])
def test_2_a_blank_sheet_of_statements_is_not_all_false(rule: MultipleRule) -> None:
    """Read as five times false, a blank sheet would earn three fifths."""
    item, rules = several(5, 2), Rules(multiple=rule)
    assert score(item, Judged(marks={}), rules).outcome == "blank"
    assert score(item, Judged(marks=dict.fromkeys(["o0", "o1"], False)), rules).outcome == "wrong"
    every = {option.id: False for option in item.options}
    assert share(item, Judged(marks=every), rules) == (
        Fraction(3, 5) if rule == "each_statement" else Fraction(1, 2)
    )


def test_1_half_of_the_statements_is_not_more_than_half() -> None:
    """By ps50 two of four earn nothing, three a half."""
    item, rules = several(4, 2), Rules(multiple="ps50")
    earned = [
        share(item, Judged(marks={"o0": True, "o1": True, "o2": two, "o3": three}), rules)
        for two, three in ((True, True), (False, True), (False, False))
    ]
    assert earned == [0, Fraction(1, 2), 1]


@given(st.data(), scored_items(), RULES)
def test_2_a_wrong_answer_is_not_blank(data: st.DataObject, item: Item, rules: Rules) -> None:
    response = data.draw(scored_responses(item, rules))
    empty: tuple[Response, ...] = (
        None,
        picked(),
        Judged(marks={}),
        Matched(pairs={}),
        Ordered(sequence=()),
    )
    match response:
        case Typed(text=text):
            is_blank = not text.strip()
        case Filled(gaps=gaps):
            is_blank = not any(text.strip() for text in gaps.values())
        case _:
            is_blank = response in empty
    assert (score(item, response, rules).outcome == "blank") == is_blank


# --- 3. Names and places of options do not matter ------------------------------------------------


def _renamed(item: Item, names: Callable[[str], str], turn: int) -> Item:
    def one(option: Option) -> Option:
        return msgspec.structs.replace(option, id=names(option.id))

    def turned(things: Iterable[Any]) -> tuple[Any, ...]:
        row = list(things)
        return (*row[turn:], *row[:turn])

    match item:
        case Choice():
            return msgspec.structs.replace(
                item,
                options=turned(map(one, item.options)),
                keys=turned(map(names, item.keys)),
            )
        case Match():
            pairs = [Pair(left=one(p.left), right=one(p.right)) for p in item.pairs]
            return msgspec.structs.replace(
                item, pairs=turned(pairs), extra=turned(map(one, item.extra))
            )
        case Order():
            return msgspec.structs.replace(item, sequence=tuple(map(one, item.sequence)))
        case _:
            return item


def _response_renamed(response: Response, names: Callable[[str], str]) -> Response:
    match response:
        case Picked(options=options):
            return Picked(options=frozenset(map(names, options)))
        case Judged(marks=marks):
            return Judged(marks={names(option): mark for option, mark in marks.items()})
        case Matched(pairs=pairs):
            return Matched(pairs={names(a): names(b) for a, b in pairs.items()})
        case Ordered(sequence=sequence):
            return Ordered(sequence=tuple(map(names, sequence)))
        case _:
            return response


@given(st.data(), scored_items(), RULES, st.integers(0, 5))
def test_3_permuting_and_relabelling_options_changes_no_score(
    data: st.DataObject, item: Item, rules: Rules, turn: int
) -> None:
    def names(name: str) -> str:
        return f"new {name[::-1]}"

    response = data.draw(scored_responses(item, rules))
    renamed = _renamed(item, names, turn)
    assert score(item, response, rules) == score(renamed, _response_renamed(response, names), rules)


# --- 4. Better answers never earn less -----------------------------------------------------------


@given(st.data(), scored_choices(multiple=True), RULES)
def test_4_a_wrong_tick_never_raises_and_a_right_one_never_lowers(
    data: st.DataObject, item: Choice, rules: Rules
) -> None:
    """Adding a wrong tick, exchanging it for a right one; ripkey apart, adding a right one too."""
    ids = {option.id for option in item.options}
    ticked = data.draw(st.frozensets(st.sampled_from(sorted(ids))))
    before = share(item, picked(*ticked), rules)
    for wrong in ids - ticked - set(item.keys):
        assert share(item, picked(*ticked, wrong), rules) <= before
    for right in set(item.keys) - ticked:
        for wrong in ticked - set(item.keys):
            assert share(item, picked(*ticked - {wrong}, right), rules) >= before
        if rules.multiple != "ripkey":
            assert share(item, picked(*ticked, right), rules) >= before


@given(st.data(), scored_choices(multiple=True), st.sampled_from(["each_statement", "ps50"]))
def test_4_a_statement_judged_right_never_lowers(
    data: st.DataObject, item: Choice, rule: MultipleRule
) -> None:
    rules = Rules(multiple=rule)
    marks = data.draw(st.dictionaries(st.sampled_from([o.id for o in item.options]), st.booleans()))
    before = share(item, Judged(marks=marks), rules)
    for option in item.options:
        better = {**marks, option.id: option.id in item.keys}
        worse = {**marks, option.id: option.id not in item.keys}
        assert share(item, Judged(marks=worse), rules) <= before
        assert share(item, Judged(marks=better), rules) >= before


@given(st.data(), st.one_of(scored_matches(), scored_clozes()), RULES)
def test_4_a_part_put_right_never_lowers(
    data: st.DataObject, item: Match | Cloze, rules: Rules
) -> None:
    response = data.draw(scored_responses(item, rules))
    key = right_response(item)
    better: list[Response] = []
    match response, key:
        case Matched(pairs=pairs), Matched(pairs=right):
            better = [Matched(pairs={**pairs, left: one}) for left, one in right.items()]
        case Filled(gaps=gaps), Filled(gaps=its_right):
            better = [Filled(gaps={**gaps, number: one}) for number, one in its_right.items()]
        case _:
            assume(False)
    before = share(item, response, rules)
    assert all(share(item, one, rules) >= before for one in better)


@given(st.data(), scored_orders(), st.sampled_from(["tau", "pairs"]))
def test_4_exchanging_two_neighbours_the_right_way_never_lowers(
    data: st.DataObject, item: Order, rule: Any
) -> None:
    rules = Rules(order=rule)
    key = [thing.id for thing in item.sequence]
    order = data.draw(st.permutations(key))
    before = share(item, Ordered(sequence=tuple(order)), rules)
    for n in range(len(order) - 1):
        if key.index(order[n]) > key.index(order[n + 1]):
            better = [*order[:n], order[n + 1], order[n], *order[n + 2 :]]
            assert share(item, Ordered(sequence=tuple(better)), rules) >= before


# --- 6. Weights and totals -----------------------------------------------------------------------


@given(st.data(), scored_items(), RULES, st.fractions(min_value=0, max_value=9, max_denominator=60))
def test_6_weights_multiply_scores(
    data: st.DataObject, item: Item, rules: Rules, weight: Fraction
) -> None:
    response = data.draw(scored_responses(item, rules))
    weighted = msgspec.structs.replace(item, points=item.points * weight)
    light, heavy = score(item, response, rules), score(weighted, response, rules)
    assert heavy.points == light.points * weight
    assert heavy.outcome == light.outcome


@given(st.data(), st.lists(scored_items(), max_size=8), RULES)
def test_6_totals_are_exact_in_any_order(
    data: st.DataObject, items: list[Item], rules: Rules
) -> None:
    scores = [score(item, data.draw(scored_responses(item, rules)), rules) for item in items]
    shuffled = data.draw(st.permutations(scores))
    assert total(scores) == total(shuffled)
    assert total(scores).points == sum(one.points for one in scores)


@example(points=Fraction(3, 4), step="1/2")
@example(points=Fraction(-3, 4), step="1/2")
@given(points=st.fractions(-50, 50, max_denominator=60), step=st.sampled_from(("1/2", "1", "1/3")))
def test_6_totals_are_rounded_only_on_request_to_the_nearest_step(
    points: Fraction, step: str
) -> None:
    """0.75 to halves is 1, 0.74 is 0.5."""
    assert rounded(points, Rules()) == points
    by = Fraction(step)
    total = rounded(points, Rules(round=by))
    assert (total / by).denominator == 1
    assert -by / 2 < total - points <= by / 2


def test_6_ten_tenths_are_one() -> None:
    """Which ten floats of 0.1 are not."""
    tenth = TrueFalse(id="t", statement="So.", answer=True, points=Fraction(1, 10))
    whole = total([score(tenth, Decided(value=True))] * 10)
    assert whole == Score(points=Fraction(1), possible=Fraction(1), outcome="right")


# --- 7. Ordering ---------------------------------------------------------------------------------


@given(st.data(), scored_orders())
def test_7_only_the_key_agrees_fully_and_the_reverse_not_at_all(
    data: st.DataObject, item: Order
) -> None:
    key = tuple(thing.id for thing in item.sequence)
    order = tuple(data.draw(st.permutations(key)))
    assert (kendall_tau(order, key) == 1) == (order == key)
    assert kendall_tau(key[::-1], key) == -1
    assert kendall_tau(order, key) == -kendall_tau(order[::-1], key) == kendall_tau(key, order)
    assert share(item, Ordered(sequence=key[::-1]), Rules(order="tau")) == 0


@given(data=st.data(), item=scored_orders(), rules=RULES)
def test_7_places_that_make_a_sequence_earn_what_it_does(
    data: st.DataObject, item: Order, rules: Rules
) -> None:
    given = data.draw(st.permutations([thing.id for thing in item.sequence]))
    places = {thing: place for place, thing in enumerate(given, start=1)}
    assert score(item, Placed(places=places), rules) == score(
        item, Ordered(sequence=tuple(given)), rules
    )


@given(data=st.data(), item=scored_orders())
def test_7_a_place_left_out_or_given_twice_costs_only_itself(
    data: st.DataObject, item: Order
) -> None:
    """Of the places 1 2 3 4, written 1 - 3 3, two are right: half the points."""
    key = [thing.id for thing in item.sequence]
    count = len(key)
    written = data.draw(st.dictionaries(st.sampled_from(key), st.integers(1, count), min_size=1))
    right = sum(written.get(thing) == place for place, thing in enumerate(key, start=1))
    earned = score(item, Placed(places=written))
    assert earned.points == item.points * right / count


def test_7_pairs_need_a_whole_order() -> None:
    item = Order(id="o", stem="Order.", sequence=scored_options(3, "t"))
    twice = Placed(places={"t0": 1, "t1": 1})
    for rules in (Rules(order="pairs"), Rules(order="tau")):
        with pytest.raises(Unscorable, match="stands twice"):
            score(item, twice, rules)
    for places in ({"t9": 1}, {"t0": 4}, {"t0": 0}):
        with pytest.raises(Unscorable):
            score(item, Placed(places=places))
    assert score(item, Placed(places={})).outcome == "blank"


def test_7_places_are_counted_as_a_hand_would() -> None:
    """The first thing put last moves every other: no place is right, though most pairs are."""
    item = Order(id="o", stem="?", sequence=scored_options(4, "t"))
    moved = Ordered(sequence=("t1", "t2", "t3", "t0"))
    assert share(item, moved, Rules(order="places")) == 0
    assert share(item, moved, Rules(order="pairs")) == Fraction(1, 2)
    swapped = Ordered(sequence=("t1", "t0", "t2", "t3"))
    assert share(item, swapped, Rules(order="places")) == Fraction(1, 2)
    assert share(item, swapped, Rules(order="tau")) == Fraction(2, 3)


# --- 8. Confidence -------------------------------------------------------------------------------


@given(st.fractions(0, 1))
@example(Fraction(2, 3))
@example(Fraction(4, 5))
def test_8_honest_confidence_pays_best(chance: Fraction) -> None:
    """Confidence 1 up to two thirds, 2 up to four fifths, 3 above; at the edges both pay alike."""
    expected = {
        sure: chance * confidence_points(right=True, sure=sure)
        + (1 - chance) * confidence_points(right=False, sure=sure)
        for sure in (1, 2, 3)
    }
    best = {sure for sure, points in expected.items() if points == max(expected.values())}
    honest = {1} if chance < Fraction(2, 3) else {2} if chance < Fraction(4, 5) else {3}
    if chance == Fraction(2, 3):
        honest = {1, 2}
    if chance == Fraction(4, 5):
        honest = {2, 3}
    assert best == honest


def test_8_there_is_no_fourth_confidence() -> None:
    with pytest.raises(Unscorable):
        confidence_points(right=True, sure=4)  # type: ignore[arg-type]


# --- 11. Sections add up -------------------------------------------------------------------------


@given(st.data(), st.lists(scored_items(), max_size=8), RULES)
def test_11_sections_add_up(data: st.DataObject, items: list[Item], rules: Rules) -> None:
    """The total of the whole is the total of the totals, wherever the cut lies."""
    scores = [score(item, data.draw(scored_responses(item, rules)), rules) for item in items]
    cut = data.draw(st.integers(0, len(scores)))
    sections = total([total(scores[:cut]), total(scores[cut:])])
    whole = total(scores)
    assert (sections.points, sections.possible) == (whole.points, whole.possible)


def test_11_a_total_is_blank_only_where_all_is() -> None:
    item = TrueFalse(id="tf", statement="So.", answer=True)
    right, wrong, blank = (
        score(item, r) for r in (Decided(value=True), Decided(value=False), None)
    )
    assert total([]).outcome == total([blank, blank]).outcome == "blank"
    assert total([blank, wrong]).outcome == "wrong"
    assert total([blank, right]).outcome == "partly"
    assert total([right, right]).outcome == "right"
