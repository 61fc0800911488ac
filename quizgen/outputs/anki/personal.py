"""A learner's own progress to what Anki keeps of it: due days, memory and the log of each card."""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise

from quizgen.model import Frozen, Memory, Review
from quizgen.outputs.anki.identity import NoteTypeName, part_of
from quizgen.outputs.anki.package import Logged, Reviewed

_DAY = 86_400
_BUTTONS = {"again": 1, "hard": 2, "good": 3, "easy": 4}
_LONGEST = 60_000
"""Milliseconds after which Anki takes no more time for an answer."""


class Step(Frozen, frozen=True, kw_only=True):
    """A review, and the memory that it left."""

    review: Review
    memory: Memory


class Personal(Frozen, frozen=True, kw_only=True):
    """A learner's progress by task (item and part), each task's steps the earliest first;
    none is without.

    `day_starts` is when a day starts, in seconds after 0:00 UTC; `retention` and `decay` are those
    of the schedule by which the memories came about.
    """

    tasks: Mapping[tuple[str, str], Sequence[Step]]
    day_starts: float
    retention: float
    decay: float


class Reviews:
    """Makes of a learner's progress what Anki keeps of each card.

    `first_day` is a moment in the middle of the first day with a review, in seconds since 1970: so
    it lies on the same date in neighbouring time zones.
    """

    def __init__(self, personal: Personal) -> None:
        self._personal = personal
        first = min((steps[0].review.at for steps in personal.tasks.values()), default=0.0)
        self._first = self._day(first)
        self.first_day = int(self._first * _DAY + personal.day_starts) + _DAY // 3

    def of_cards(
        self, item: str, kind: NoteTypeName, cards: Sequence[int], place: int
    ) -> Mapping[int, Reviewed]:
        """The cards of an item that were reviewed, by their places; `place` is that in the bank."""
        parts = ((card, part_of(kind, card)) for card in cards)
        return {
            card: self._reviewed(self._personal.tasks[item, part], place)
            for card, part in parts
            if part is not None and (item, part) in self._personal.tasks
        }

    def _reviewed(self, steps: Sequence[Step], place: int) -> Reviewed:
        memory = steps[-1].memory
        intervals = [0, *(self._day(one.memory.due) - self._day(one.memory.last) for one in steps)]
        log = tuple(
            Logged(
                at=round(one.review.at * 1000),
                button=_BUTTONS[one.review.rating],
                interval=interval,
                interval_before=before,
                difficulty=round(100 + (one.memory.difficulty - 1) * 1000 / 9),
                took=min(_LONGEST, round(one.review.seconds * 1000)),
                is_first=number == 0,
            )
            for number, (one, (before, interval)) in enumerate(
                zip(steps, pairwise(intervals), strict=True)
            )
        )
        return Reviewed(
            due=self._day(memory.due) - self._first,
            interval=intervals[-1],
            lapses=sum(one.review.rating == "again" for one in steps[1:]),
            data=json.dumps(self._data(memory, place), separators=(",", ":")),
            log=log,
        )

    def _data(self, memory: Memory, place: int) -> Mapping[str, float]:
        """The state of memory, to as many digits as Anki keeps."""
        return {
            "pos": place,
            "s": round(memory.stability, 4),
            "d": round(memory.difficulty, 3),
            "dr": round(self._personal.retention, 2),
            "decay": round(self._personal.decay, 3),
            "lrt": int(memory.last),
        }

    def _day(self, at: float) -> int:
        return int((at - self._personal.day_starts) // _DAY)
