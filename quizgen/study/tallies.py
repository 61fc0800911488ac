"""The record of a bank added up by SQLite: by day and by task, so that a million answers take a moment.

What was repeated in a session counts as an answer, but says nothing of memory; nor does a review on
the day of the one before, whose predicted recall is 1.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeAlias

from quizgen.model import Frozen, Recalls, Response
from quizgen.study.memories import Memories
from quizgen.study.progress import decoded
from quizgen.study.progress_file import sentences
from quizgen.study.record import Key
from quizgen.study.schedule import Schedule, day_start

_LOWEST = 50
_STEP = 5
"""Bands of predicted recall: one below 50 %, then one for every 5 points."""

_ANSWERS = """SELECT item, part, at, rating, confidence, coalesce(recall, replayed) AS recall
    FROM answer WHERE bank = :bank AND final AND NOT undone"""
_ELSEWHERE = """SELECT item, part, at, rating, 0 AS confidence, replayed AS recall
    FROM review WHERE bank = :bank AND NOT EXISTS (SELECT 1 FROM answer WHERE answer.bank = :bank
    AND answer.item = review.item AND answer.part = review.part AND rating IS NOT NULL
    AND NOT undone AND answer.at BETWEEN review.at - 0.001 AND review.at + 0.001
    AND round(answer.at * 1000) = round(review.at * 1000))"""
_ONLY = "item IN (SELECT value FROM json_each(:items))"
_BAND = f"""CASE WHEN recall IS NULL OR recall >= 1 THEN 0
    WHEN recall < {_LOWEST / 100} THEN 1 ELSE CAST(recall * {100 // _STEP} AS INTEGER) - 8 END"""
_BY_DAY = """SELECT CAST((at - :start) / 86400 AS INTEGER) AS day, count(*)
    FROM ({rows}) WHERE at >= :since {only} GROUP BY day"""
# One whole number to group by, since SQLite sorts those soonest: band, confidence, right.
_BY_BAND = """SELECT ({band}) * 8 + confidence * 2 + (rating <> 'again') AS cell, count(*),
    total(recall) FROM ({rows}) WHERE at >= :since AND rating IS NOT NULL {only} GROUP BY cell"""
_BY_TASK = """SELECT item, part, count(*), sum(rating = 'again'), total(recall < 1),
    total(recall < 1 AND rating <> 'again'), total(CASE WHEN recall < 1 THEN recall END)
    FROM ({rows}) WHERE at >= :since AND rating IS NOT NULL {only} GROUP BY item, part"""
_LAPSES = """SELECT item, part, count(*) FROM ({rows})
    WHERE rating = 'again' AND recall < 1 {only} GROUP BY item, part"""
_EARLIER = """SELECT DISTINCT CAST((at - :start) / 86400 AS INTEGER) FROM ({rows})
    WHERE at < :since {only}"""

Query: TypeAlias = tuple[str, Mapping[str, object]]


class Span(Frozen, frozen=True, kw_only=True):
    """The learner's days from `first` on, and of which items (None is all, by id)."""

    first: int
    items: tuple[str, ...] | None = None


class BandTally(Frozen, frozen=True, kw_only=True):
    """The reviews that have the same `confidence` (0 to 3) and the same band of predicted recall.

    `low` is where that band starts, in percent; None where nothing was predicted.
    """

    low: int | None
    confidence: int
    recalls: Recalls


class TaskTally(Frozen, frozen=True, kw_only=True):
    """A task's reviews and misses, and how well it was recalled."""

    reviews: int = 0
    missed: int = 0
    recalls: Recalls = Recalls()

    def __add__(self, other: "TaskTally") -> "TaskTally":
        return TaskTally(
            reviews=self.reviews + other.reviews,
            missed=self.missed + other.missed,
            recalls=self.recalls + other.recalls,
        )


class Tallies(Memories):
    """A file of progress that is only read, for statistics."""

    def by_day(self, bank: str, span: Span, schedule: Schedule) -> Counter[int]:
        """How many answers each of these days saw."""
        found = Counter[int]()
        for day, answers in self._rows(_BY_DAY, bank, span, schedule):
            found[day] += answers
        return found

    def by_band(self, bank: str, span: Span, schedule: Schedule) -> tuple[BandTally, ...]:
        """The reviews of these days by what was predicted, how sure the learner was, and how it
        went.
        """
        found = []
        for cell, reviews, foreseen in self._rows(_BY_BAND, bank, span, schedule):
            band, rest = divmod(cell, 8)
            confidence, is_right = divmod(rest, 2)
            recalled = reviews * is_right
            recalls = Recalls(reviews=reviews, recalled=recalled, foreseen=foreseen)
            found.append(BandTally(low=_low(band), confidence=confidence, recalls=recalls))
        return tuple(found)

    def by_task(self, bank: str, span: Span, schedule: Schedule) -> dict[Key, TaskTally]:
        """Every task that was reviewed on these days."""
        tallies: dict[Key, TaskTally] = {}
        for row in self._rows(_BY_TASK, bank, span, schedule):
            item, part, reviews, missed, later, recalled, foreseen = row
            recalls = Recalls(reviews=int(later), recalled=int(recalled), foreseen=foreseen)
            tally = TaskTally(reviews=reviews, missed=missed, recalls=recalls)
            tallies[item, part] = tallies.get((item, part), TaskTally()) + tally
        return tallies

    def lapses(self, bank: str, span: Span, schedule: Schedule) -> Counter[Key]:
        """How often each task was ever forgotten: missed on a later day than the review before."""
        found = Counter[Key]()
        for item, part, count in self._rows(_LAPSES, bank, span, schedule):
            found[item, part] += count
        return found

    def earlier_days(self, bank: str, span: Span, schedule: Schedule) -> frozenset[int]:
        """The days before these that saw an answer."""
        return frozenset(day for (day,) in self._rows(_EARLIER, bank, span, schedule))

    def wrong_answers(self, bank: str, keys: Collection[Key]) -> dict[Key, tuple[Response, int]]:
        """Of these tasks the wrong answer that was given most often, and how often.

        The later one where two were given equally often.
        """
        usual: dict[Key, tuple[Response, int]] = {}
        with sentences(self.path):
            for key in keys:
                row = self._connection.execute(
                    "SELECT response, count(*) FROM answer WHERE bank = ? AND item = ?"
                    " AND part = ? AND rating = 'again' AND NOT undone GROUP BY response"
                    " ORDER BY 2 DESC, max(at) DESC LIMIT 1",
                    (bank, *key),
                ).fetchone()
                if row:
                    usual[key] = (decoded(row[0], Response), row[1])
        return usual

    def _rows(self, query: str, bank: str, span: Span, schedule: Schedule) -> Iterable[Any]:
        """The rows of a query over the answers given here, then over the reviews from elsewhere."""
        values = {
            "bank": bank,
            "start": schedule.day_starts,
            "since": day_start(span.first, schedule),
            "items": json.dumps(span.items),
        }
        only = f"AND {_ONLY}" if span.items is not None else ""
        with sentences(self.path):
            for rows in (_ANSWERS, _ELSEWHERE):
                yield from self._connection.execute(
                    query.format(rows=rows, only=only, band=_BAND), values
                )


def _low(band: int) -> int | None:
    """The first percent of a band of predicted recall."""
    return None if not band else 0 if band == 1 else _LOWEST + (band - 2) * _STEP


def high_of(low: int) -> int:
    """The percent at which the band ends that starts at `low`."""
    return low + _STEP if low else _LOWEST
