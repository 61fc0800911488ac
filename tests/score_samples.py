"""Items and shares that the tests of scoring have in common."""

from fractions import Fraction
from itertools import chain, combinations
from typing import get_args

import msgspec

from quizgen.core.score import (
    score,
)
from quizgen.core.ticks import MultipleRule
from quizgen.model import (
    Choice,
    Item,
    Picked,
    Response,
    Rules,
)
from tests.strategies import (
    scored_options,
)

MULTIPLE: tuple[MultipleRule, ...] = get_args(MultipleRule)
DEFAULT = Rules()


def share(item: Item, response: Response, rules: Rules = DEFAULT) -> Fraction:
    """The score as a share of one point."""
    return score(msgspec.structs.replace(item, points=Fraction(1)), response, rules).points


def picked(*options: str) -> Picked:
    return Picked(options=frozenset(options))


def several(n: int, m: int) -> Choice:
    """A choice of `n` options, of which the first `m` are right."""
    options = scored_options(n)
    return Choice(
        id="several",
        stem="Which?",
        options=options,
        keys=tuple(option.id for option in options[:m]),
        multiple=True,
    )


def single(n: int) -> Choice:
    return Choice(id="single", stem="Which?", options=scored_options(n), keys=("o0",))


def every_tick(item: Choice) -> list[Picked]:
    ids = [option.id for option in item.options]
    return [
        picked(*chosen)
        for chosen in chain.from_iterable(combinations(ids, k) for k in range(len(ids) + 1))
    ]
