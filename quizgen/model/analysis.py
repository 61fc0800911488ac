"""What the answers of many students say of the questions themselves."""

from fractions import Fraction
from typing import Literal

from quizgen.model.frozen import Frozen

Suspicion = Literal["", "wrong_key", "rival", "negative", "weak"]
"""From the gravest: a distractor beats the key among the best and the rest disagrees; it beats it
there; the rest disagrees; the rest hardly agrees."""


class OptionUse(Frozen, frozen=True, kw_only=True):
    """Who chose an option: all, and the shares (0..1) of the upper and the lower group.

    `mean` is their mean total as a share of what they could earn; None where nobody chose it.
    """

    option: str
    is_key: bool
    chosen: int
    upper: Fraction
    lower: Fraction
    mean: Fraction | None


class ItemAnalysis(Frozen, frozen=True, kw_only=True):
    """One item. `difficulty` is the mean share of its points, `discrimination` that of the upper
    group less that of the lower; `item_rest` correlates its points with those of the other items.

    None stands where there is nothing to reckon with: nobody answered, or all earned the same.
    `options` are told of choices with one key; `rival` is the distractor that a suspicion names.
    """

    item: str
    possible: Fraction
    students: int
    difficulty: Fraction | None
    discrimination: Fraction | None
    item_rest: float | None
    options: tuple[OptionUse, ...] = ()
    unpicked: int = 0
    suspicion: Suspicion = ""
    rival: str = ""


class Analysis(Frozen, frozen=True, kw_only=True):
    """All items, and the test as a whole as far as its students had every item scored.

    `complete` counts those; mean, deviation and error are in points. `histogram` counts students
    by tenths of what they could earn. Without `is_judged` there are too few for any suspicion.
    """

    students: int
    complete: int
    items: tuple[ItemAnalysis, ...]
    possible: Fraction
    mean: Fraction | None
    deviation: float | None
    alpha: float | None
    error: float | None
    is_right_or_wrong: bool
    histogram: tuple[int, ...]
    left_out: tuple[str, ...] = ()
    is_judged: bool = False
