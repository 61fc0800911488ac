"""An item and a response to a Score: every rule of scoring, exactly, in one place.

Shares of full marks are Fractions; nothing is rounded here. A response that cannot be (an option
the item does not have, two ticks on a single choice) raises Unscorable and never earns a silent 0.
The rules for ticks stand in `ticks`, those for orders in `sequence`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import Literal, assert_never

import msgspec

from quizgen.core.confusable import judge_among
from quizgen.core.judge import judge_number
from quizgen.core.sequence import kendall_tau, pairs_in_order
from quizgen.core.ticks import Ticks, multiple, single, statements
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Decided,
    Entry,
    Filled,
    Item,
    Judged,
    Marked,
    Match,
    Matched,
    Number,
    Open,
    Order,
    Ordered,
    Outcome,
    Picked,
    Placed,
    Response,
    Rules,
    Score,
    TrueFalse,
    Typed,
)

Sure = Literal[1, 2, 3]

_NONE, _FULL = Fraction(0), Fraction(1)
_DEFAULT = Rules()


class Unscorable(ValueError):
    """This response cannot have been given to this item."""


def score(
    item: Item,
    response: Response,
    rules: Rules = _DEFAULT,
    *,
    others: Sequence[str] = (),
) -> Score:
    """Points earned of `item.points`, exactly: full marks for a right response and for no other.

    A blank earns 0 and is told apart from a wrong answer. Only the rule `formula` goes below 0.
    `others` are the answers to other questions, which a slip of the keyboard must not turn into
    this one. Raises Unscorable for a response that cannot be.
    """
    share = _share(item, response, rules, others)
    return Score(
        points=_NONE if share is None else share * item.points,
        possible=item.points,
        outcome=_outcome(share),
    )


def total(scores: Iterable[Score]) -> Score:
    """The sum, exact and in any order; blank only where every one was left blank."""
    given = tuple(scores)
    points = sum((one.points for one in given), _NONE)
    possible = sum((one.possible for one in given), _NONE)
    outcomes = {one.outcome for one in given}
    if len(outcomes) == 1:
        (outcome,) = outcomes
    elif not outcomes:
        outcome = "blank"
    else:
        outcome = "partly" if outcomes & {"right", "partly"} else "wrong"
    return Score(points=points, possible=possible, outcome=outcome)


def rounded(points: Fraction, rules: Rules) -> Fraction:
    """A student's total, rounded where the rules ask for that: to a multiple of `round`, halves up."""
    step = rules.round
    return points if step is None else floor(points / step + Fraction(1, 2)) * step


def confidence_points(*, right: bool, sure: Sure) -> int:
    """Points for an answer given with confidence 1, 2 or 3: right 1, 2, 3; wrong 0, -2, -6.

    Honest confidence pays best: 2 from a chance of 2/3 of being right, 3 from 4/5 (Gardner-Medwin,
    certainty-based marking). Raises Unscorable for another confidence.
    """
    points = {1: (1, 0), 2: (2, -2), 3: (3, -6)}
    if sure not in points:
        raise Unscorable(f"A confidence is 1, 2 or 3, not {sure!r}.")
    return points[sure][0 if right else 1]


def ticks_table(item: Choice, rules: Rules = _DEFAULT) -> Mapping[tuple[int, int], Fraction]:
    """Points by (right ticks, wrong ticks), for every pair that can be ticked; for printing."""
    right = len(item.keys)
    wrong = len(item.options) - right
    most = right + wrong if item.multiple else 1
    return {
        (h, f): (_ticked(item, h, f, rules) if h + f else _NONE) * item.points
        for h in range(right + 1)
        for f in range(wrong + 1)
        if h + f <= most
    }


def _outcome(share: Fraction | None) -> Outcome:
    if share is None:
        return "blank"
    if share == 1:
        return "right"
    return "partly" if share > 0 else "wrong"


def _share(item: Item, response: Response, rules: Rules, others: Sequence[str]) -> Fraction | None:
    """The share of full marks, None for a blank."""
    if response is None:
        return None
    match item:
        case Choice():
            return _choice(item, response, rules)
        case TrueFalse():
            return _true_false(item, response, rules)
        case Entry():
            text = _typed(item, response)
            right = judge_among(others, text, item.accept, kind=item.kind, close=item.close).right
            return Fraction(right) if text.strip() else None
        case Number():
            text = _typed(item, response)
            return _number(item, text) if text.strip() else None
        case Cloze():
            return _cloze(item, response, rules, others)
        case Match():
            return _match(item, response, rules)
        case Order():
            return _order(item, response, rules)
        case Open() | Card():
            return _marked(item, response)
        case _:
            assert_never(item)


def _refuse(item: Item, sentence: str) -> Unscorable:
    return Unscorable(f'"{item.id}": {sentence}')


def _misfit(item: Item, response: Response) -> Unscorable:
    return _refuse(item, f"{type(response).__name__} is no answer to a {type(item).__name__}.")


def _known(item: Item, named: Iterable[str], has: Iterable[str], what: str) -> None:
    strange = sorted(set(named) - set(has))
    if strange:
        raise _refuse(item, f"it has no {what} {', '.join(map(repr, strange))}.")


def is_judged(item: Choice, rules: Rules) -> bool:
    """Whether each option is a statement to be decided on, true or false."""
    return item.multiple and rules.multiple in ("each_statement", "ps50")


# --- Choices -------------------------------------------------------------------------------------


def _choice(item: Choice, response: Response, rules: Rules) -> Fraction | None:
    if not item.keys:
        raise _refuse(item, "it has no key.")
    options = [option.id for option in item.options]
    match response:
        case Picked(options=picked):
            _known(item, picked, options, "option")
            if not item.multiple and len(picked) > 1:
                raise _refuse(item, f"one option is to be ticked, not {len(picked)}.")
            right = len(picked.intersection(item.keys))
            return _ticked(item, right, len(picked) - right, rules) if picked else None
        case Judged(marks=marks) if item.multiple and rules.multiple in ("each_statement", "ps50"):
            _known(item, marks, options, "option")
            right = sum(mark == (option in item.keys) for option, mark in marks.items())
            return statements(right, len(options), rules.multiple) if marks else None
        case _:
            raise _misfit(item, response)


def _ticked(item: Choice, right: int, wrong: int, rules: Rules) -> Fraction:
    """The share for these many right and wrong ticks, at least one in all."""
    ticks = Ticks(n=len(item.options), m=len(item.keys), h=right, f=wrong)
    if item.multiple:
        return multiple(ticks, rules.multiple)
    return single(right=bool(right), options=ticks.n, rule=rules.single)


def _true_false(item: TrueFalse, response: Response, rules: Rules) -> Fraction:
    match response:
        case Decided(value=value):
            return single(right=value == item.answer, options=2, rule=rules.true_false)
        case _:
            raise _misfit(item, response)


# --- What is typed -------------------------------------------------------------------------------


def _typed(item: Entry | Number, response: Response) -> str:
    match response:
        case Typed(text=text):
            return text
        case _:
            raise _misfit(item, response)


def _number(item: Number, text: str) -> Fraction:
    """Full within the tolerance, else the best of the bands that it falls into."""
    if judge_number(text, item).right:
        return _FULL
    shares = (
        band.share
        for band in item.bands
        if judge_number(
            text, msgspec.structs.replace(item, tolerance=band.tolerance, bands=())
        ).right
    )
    return max(shares, default=_NONE)


def _cloze(item: Cloze, response: Response, rules: Rules, others: Sequence[str]) -> Fraction | None:
    match response:
        case Filled(gaps=given):
            filled = {number: text for number, text in given.items() if text.strip()}
        case _:
            raise _misfit(item, response)
    numbers = {gap.number for gap in item.gaps}
    if strange := sorted(set(given) - numbers):
        raise _refuse(item, f"it has no gap {', '.join(map(str, strange))}.")
    if not filled:
        return None
    right = sum(
        gap.number in filled
        and judge_among(others, filled[gap.number], gap.accept, kind=item.kind).right
        for gap in item.gaps
    )
    return _of_parts(right, len(item.gaps), rules.cloze)


# --- Pairs and orders ----------------------------------------------------------------------------


def _of_parts(right: int, parts: int, rule: Literal["share", "all_or_nothing"]) -> Fraction:
    match rule:
        case "share":
            return Fraction(right, parts)
        case "all_or_nothing":
            return Fraction(right == parts)
        case _:
            assert_never(rule)


def _match(item: Match, response: Response, rules: Rules) -> Fraction | None:
    match response:
        case Matched(pairs=given):
            pass
        case _:
            raise _misfit(item, response)
    key = {pair.left.id: pair.right.id for pair in item.pairs}
    _known(item, given, key, "left side")
    _known(item, given.values(), {*key.values(), *(one.id for one in item.extra)}, "right side")
    if not given:
        return None
    right = sum(given.get(left) == its_right for left, its_right in key.items())
    return _of_parts(right, len(key), rules.match)


def _order(item: Order, response: Response, rules: Rules) -> Fraction | None:
    match response:
        case Ordered(sequence=given):
            pass
        case Placed(places=places):
            return _placed(item, places, rules)
        case _:
            raise _misfit(item, response)
    if not given:
        return None
    key = tuple(thing.id for thing in item.sequence)
    _known(item, given, key, "thing")
    if twice := [thing for thing, times in Counter(given).items() if times > 1]:
        raise _refuse(item, f"{', '.join(map(repr, twice))} stands in two places.")
    if len(given) < len(key):
        raise _refuse(
            item, f"{len(given)} of {len(key)} things are in order; the rest are missing."
        )
    match rules.order:
        case "places":
            return Fraction(sum(a == b for a, b in zip(given, key, strict=True)), len(key))
        case "tau":
            return max(_NONE, kendall_tau(given, key))
        case "pairs":
            return pairs_in_order(given, key)
        case "all_or_nothing":
            return Fraction(given == key)
        case _:
            assert_never(rules.order)


def _placed(item: Order, places: Mapping[str, int], rules: Rules) -> Fraction | None:
    """As for the sequence that the places make; where they make none, only places can be counted."""
    key = tuple(thing.id for thing in item.sequence)
    _known(item, places, key, "thing")
    if strange := sorted(set(places.values()) - set(range(1, len(key) + 1))):
        raise _refuse(item, f"it has no place {', '.join(map(str, strange))}.")
    if not places:
        return None
    if len(set(places.values())) == len(key):
        return _order(item, Ordered(sequence=tuple(sorted(places, key=places.__getitem__))), rules)
    right = sum(places.get(thing) == place for place, thing in enumerate(key, start=1))
    match rules.order:
        case "places":
            return Fraction(right, len(key))
        case "all_or_nothing":
            return _NONE
        case "tau" | "pairs":
            raise _refuse(item, "a place is left out or stands twice, so there are no pairs.")
        case _:
            assert_never(rules.order)


# --- What a person scores ------------------------------------------------------------------------


def _marked(item: Open | Card, response: Response) -> Fraction:
    match response:
        case Marked(share=share):
            if not 0 <= share <= 1:
                raise _refuse(item, f"a share of the points lies from 0 to 1, not at {share}.")
            return Fraction(share)
        case _:
            raise _misfit(item, response)
