"""What a learner's answers say of one task: its reviews, and the memory that they leave."""

from typing import Literal

from quizgen.model.frozen import Frozen

Rating = Literal["again", "hard", "good", "easy"]
"""How well a task was recalled. The terminal gives the first three, Anki also the fourth."""


class Review(Frozen, frozen=True, kw_only=True):
    """One recall of a task: `at` in seconds since 1970, and how many `seconds` it took."""

    at: float
    rating: Rating
    seconds: float = 0.0


class Memory(Frozen, frozen=True, kw_only=True):
    """What is left of a task in a learner's head after its last review.

    `stability` is how many days until recall has fallen to 0.9, `difficulty` goes from 1 to 10;
    `last` and `due` are in seconds since 1970, `due` being the start of the day on which the task
    is to be asked again.
    """

    stability: float
    difficulty: float
    last: float
    due: float


class History(Frozen, frozen=True, kw_only=True):
    """All reviews of one task (an item, or a part of it), the earliest first, and their memory.

    There is none where nothing was reviewed.
    """

    item: str
    part: str = ""
    reviews: tuple[Review, ...] = ()
    memory: Memory | None = None
