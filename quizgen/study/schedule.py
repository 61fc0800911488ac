"""Reviews of a task to the memory that they leave, and to the day on which it is due: FSRS-6.

The arithmetic is that of the package `fsrs`; here are the learner's days. As in Anki, a day starts
at an hour of the night, and time between two reviews is counted in those days: what was learned at
eight in the evening is due in the morning after, not at eight again. Pure: clock and time zone are
parameters, nothing is drawn by chance.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from quizgen.model import Frozen, Memory, Rating, Review
from quizgen.study.record import Attempt

if TYPE_CHECKING:
    from fsrs import Scheduler

DAY = 86_400.0
RETENTION = 0.9
"""The share of what is due that is still known, where nobody asks for another."""

GRADES: dict[Rating, int] = {"again": 1, "hard": 2, "good": 3, "easy": 4}
"""The ratings as FSRS and Anki number them."""

_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


class Schedule(Frozen, frozen=True, kw_only=True):
    """By what reviews become due: FSRS's `parameters` (its own where there are none), the
    `retention` that is wished for, and when a learner's day starts, in seconds after 0:00 UTC.
    """

    parameters: tuple[float, ...] = ()
    retention: float = RETENTION
    day_starts: float = 0.0


def default_parameters() -> tuple[float, ...]:
    """The parameters of FSRS-6 itself."""
    return _scheduler((), RETENTION).parameters


def within_bounds(parameters: Sequence[float]) -> tuple[float, ...]:
    """Parameters as FSRS takes them: to four places, none out of its bounds. Raises ValueError where
    they are not as many as it has.
    """
    from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

    bounds = zip(parameters, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return tuple(min(max(round(one, 4), low), high) for one, low, high in bounds)


def rating_of(attempt: Attempt, *, second_try: bool = False) -> Rating | None:
    """What an attempt says of memory; None where it does not count for the schedule.

    Right is "good"; with a hint, on a second try or as a guess it is "hard"; all else is "again".
    """
    if not (attempt.final and attempt.counts) or attempt.mark == "skipped":
        return None
    if not attempt.right:
        return "again"
    if attempt.overridden:
        return "good"
    return "hard" if attempt.hinted or second_try or attempt.confidence == 1 else "good"


def study_day(at: float, schedule: Schedule) -> int:
    """The number of the learner's day in which a moment (seconds since 1970) lies."""
    return int((at - schedule.day_starts) // DAY)


def day_start(day: int, schedule: Schedule) -> float:
    """When a learner's day starts, in seconds since 1970."""
    return day * DAY + schedule.day_starts


def replayed(reviews: Iterable[Review], schedule: Schedule) -> Memory | None:
    """The memory after these reviews, in the order of their moments; None after none."""
    memory = None
    for review in sorted(reviews, key=lambda one: (one.at, one.rating)):
        memory = reviewed(memory, review, schedule)
    return memory


def reviewed(memory: Memory | None, review: Review, schedule: Schedule) -> Memory:
    """The memory after one review more, which is not earlier than the last."""
    from fsrs import Card, State
    from fsrs import Rating as Grade

    day = study_day(review.at, schedule)
    card = Card(card_id=1)
    if memory is not None:
        card = Card(
            card_id=1,
            state=State.Review,
            stability=memory.stability,
            difficulty=memory.difficulty,
            last_review=_moment(study_day(memory.last, schedule)),
        )
    grade = Grade(GRADES[review.rating])
    card, _ = _scheduler(schedule.parameters, schedule.retention).review_card(
        card, grade, _moment(day)
    )
    return Memory(
        stability=card.stability or 0.0,
        difficulty=card.difficulty or 0.0,
        last=review.at,
        due=day_start((card.due - _FIRST).days, schedule),
    )


def recall(memory: Memory, now: float, schedule: Schedule) -> float:
    """How likely the task is recalled now (0..1): 1 on the day of its last review."""
    from fsrs import Card, State

    card = Card(
        card_id=1,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        last_review=_moment(study_day(memory.last, schedule)),
    )
    day = study_day(now, schedule)
    scheduler = _scheduler(schedule.parameters, schedule.retention)
    return scheduler.get_card_retrievability(card, _moment(day))


def decay(schedule: Schedule) -> float:
    """How steeply recall falls, as FSRS-6 has it: the last of its parameters."""
    return float(_scheduler(schedule.parameters, schedule.retention).parameters[-1])


def _moment(day: int) -> datetime:
    return _FIRST + timedelta(days=day)


@lru_cache(maxsize=8)
def _scheduler(parameters: tuple[float, ...], retention: float) -> "Scheduler":
    """Without steps of its own, since a session asks misses again, and without its fuzz, which
    draws from the global random.
    """
    from fsrs import Scheduler

    more = {"parameters": parameters} if parameters else {}
    return Scheduler(
        desired_retention=retention,
        learning_steps=(),
        relearning_steps=(),
        enable_fuzzing=False,
        **more,  # type: ignore[arg-type]
    )
