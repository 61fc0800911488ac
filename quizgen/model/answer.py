"""What a person answers, by the kind of question, and what it earns."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, TypeAlias

from quizgen.model.frozen import Frozen


class Picked(Frozen, frozen=True, kw_only=True, tag=True):
    """The options ticked; none ticked is blank."""

    options: frozenset[str]


class Judged(Frozen, frozen=True, kw_only=True, tag=True):
    """Options judged one by one (multiple true/false); one that is not named was left blank."""

    marks: Mapping[str, bool]


class Decided(Frozen, frozen=True, kw_only=True, tag=True):
    """True or false."""

    value: bool


class Typed(Frozen, frozen=True, kw_only=True, tag=True):
    """A typed text, for entry and number; white space alone is blank."""

    text: str


class Filled(Frozen, frozen=True, kw_only=True, tag=True):
    """Typed texts by gap number."""

    gaps: Mapping[int, str]


class Matched(Frozen, frozen=True, kw_only=True, tag=True):
    """The right side chosen for each left side, by identity; a missing left was left blank."""

    pairs: Mapping[str, str]


class Ordered(Frozen, frozen=True, kw_only=True, tag=True):
    """The sequence given, by identity."""

    sequence: tuple[str, ...]


class Placed(Frozen, frozen=True, kw_only=True, tag=True):
    """The place (from 1) written beside each thing to order; a thing that is not named has none.

    What a paper may hold and a sequence cannot: a place left out, or one given twice.
    """

    places: Mapping[str, int]


class Marked(Frozen, frozen=True, kw_only=True, tag=True):
    """What a person gave: a `share` (0..1) of the points, for open answers and cards."""

    share: Fraction


Response: TypeAlias = (
    Picked | Judged | Decided | Typed | Filled | Matched | Ordered | Placed | Marked | None
)

Outcome = Literal["right", "partly", "wrong", "blank"]


class Score(Frozen, frozen=True, kw_only=True):
    """Points earned of points possible, exactly. A blank is told apart from a wrong answer."""

    points: Fraction
    possible: Fraction
    outcome: Outcome


Grade = Literal["exact", "accepted", "close", "wrong"]


class Verdict(Frozen, frozen=True, kw_only=True):
    """What the judge says of a typed answer, and why, in one line a learner understands."""

    grade: Grade
    reason: str

    @property
    def right(self) -> bool:
        """Whether it earns the points."""
        return self.grade in ("exact", "accepted")
