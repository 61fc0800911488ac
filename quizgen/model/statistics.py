"""What a learner's record says over some weeks: how much, how well, and what does not stick."""

from typing import Literal

from quizgen.model.frozen import Frozen

Calibration = Literal["fits", "too_sure", "too_unsure", "few"]
"""Confidence held against results; `few` answers leave it open."""


class Recalls(Frozen, frozen=True, kw_only=True):
    """Reviews on a later day than the one before, of which so many were `recalled`.

    `foreseen` is the sum of the shares (0..1) that the schedule predicted when each was asked.
    """

    reviews: int = 0
    recalled: int = 0
    foreseen: float = 0.0

    @property
    def share(self) -> float | None:
        """The share (0..1) that was recalled; None where nothing was reviewed."""
        return self.recalled / self.reviews if self.reviews else None

    @property
    def predicted(self) -> float | None:
        """The share that should have been; None where nothing was reviewed."""
        return self.foreseen / self.reviews if self.reviews else None

    @property
    def is_short(self) -> bool:
        """Whether 10 points or more of what was foreseen are missing, in ten reviews or more."""
        return self.reviews >= 10 and 10 * (self.foreseen - self.recalled) >= self.reviews

    def __add__(self, other: "Recalls") -> "Recalls":
        return Recalls(
            reviews=self.reviews + other.reviews,
            recalled=self.recalled + other.recalled,
            foreseen=self.foreseen + other.foreseen,
        )


class ActiveDay(Frozen, frozen=True, kw_only=True):
    """How many answers a day (2026-11-25) saw; 0 on a day of rest."""

    date: str
    answers: int


class RecallBand(Frozen, frozen=True, kw_only=True):
    """The reviews whose predicted recall lay from `low` to below `high` percent."""

    low: int
    high: int
    recalls: Recalls


class Sureness(Frozen, frozen=True, kw_only=True):
    """The answers given with this confidence (1 a guess, 2 fairly sure, 3 sure), and whether so many
    are right as it takes for that to be the best thing to say: up to 2/3, 4/5, all.
    """

    level: int
    answers: int
    right: int
    verdict: Calibration


class TopicStatistics(Frozen, frozen=True, kw_only=True):
    """One topic: its `tasks` (a gap is one, and each direction of a card), how many of them were
    `seen` at all, are `due` today and are `stuck`, and how its reviews went in these days.
    """

    topic: str
    tasks: int
    seen: int
    due: int
    stuck: int
    recalls: Recalls


class Trouble(Frozen, frozen=True, kw_only=True):
    """A task that was `missed` in so many of its `reviews`; `place` is the line of its question."""

    item: str
    part: str
    topic: str
    stem: str
    answer: str
    place: str
    reviews: int
    missed: int


class Leech(Frozen, frozen=True, kw_only=True):
    """A task that is forgotten again and again: `lapses` times, and its memory lasts but `stability`
    days still. `usual` is the wrong answer that was given most often, `times` how often.
    """

    trouble: Trouble
    lapses: int
    stability: float
    usual: str = ""
    times: int = 0


class Statistics(Frozen, frozen=True, kw_only=True):
    """The record of a bank (or of one `topic`) over the last `days`, of which `today` is the last.

    `forecast` counts what is due, day by day from today, whatever is `overdue` on the first. `run`
    is how many days in a row saw an answer, up to today or yesterday. Leeches are those of the
    whole record, and are not among the `hardest`.
    """

    title: str
    topic: str
    days: tuple[ActiveDay, ...]
    run: int
    has_record: bool
    forecast: tuple[int, ...]
    overdue: int
    recalls: Recalls
    bands: tuple[RecallBand, ...]
    sureness: tuple[Sureness, ...]
    topics: tuple[TopicStatistics, ...]
    leeches: tuple[Leech, ...]
    hardest: tuple[Trouble, ...]

    @property
    def today(self) -> str:
        """The last of the days."""
        return self.days[-1].date

    @property
    def answers(self) -> int:
        """All answers of these days."""
        return sum(day.answers for day in self.days)

    @property
    def active(self) -> int:
        """How many of the days saw an answer."""
        return sum(day.answers > 0 for day in self.days)
