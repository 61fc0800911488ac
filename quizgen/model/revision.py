"""What a teacher decides about an item after an exam."""

from fractions import Fraction
from typing import Literal

from quizgen.model.frozen import Frozen


class Revision(Frozen, frozen=True, kw_only=True):
    """One decision: the item takes another key as well, counts no more, or is worth something else.

    `accept` is another answer, as the author's texts or ids say it, in `gap` of a cloze (by its
    printed place, from 1); `form` and `letter` say it as it was printed. `void` gives `full` marks
    to all or `drop`s the item from every total. `points` are what full marks are worth now.
    """

    item: str
    date: str
    reason: str
    accept: tuple[str, ...] = ()
    gap: int = 0
    form: str = ""
    letter: str = ""
    void: Literal["", "full", "drop"] = ""
    points: Fraction | None = None
