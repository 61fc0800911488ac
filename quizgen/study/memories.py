"""Reviews in the file of progress, and the memory that is kept of each task so that nothing need be
replayed when a session starts.

What is kept is at every commit what a replay of the record gives, by the schedule that was adopted.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Annotated, Any, NamedTuple

import msgspec

from quizgen.model import Frozen, History, Memory, Rating, Review
from quizgen.study.progress_file import ProgressFile, sentences
from quizgen.study.record import Key
from quizgen.study.schedule import Schedule, recall, reviewed


class Standing(Frozen, frozen=True, kw_only=True):
    """Where a task stands: its memory, when it was `first` reviewed, what the last review was, and
    the digest of the key by which it was last judged (empty where that is not known).
    """

    memory: Memory
    first: float
    rating: Rating
    key: str


class Flag(Frozen, frozen=True, kw_only=True):
    """A question that a learner calls bad, for its author: when, and in what words."""

    item: str
    part: str
    at: float
    note: str
    key: str = ""


class Habits(Frozen, frozen=True, kw_only=True):
    """A learner's settings: the retention that is wished for (None leaves it to the bank), how many
    new questions a day, and FSRS parameters of one's own (none are those of FSRS).
    """

    retention: Annotated[float, msgspec.Meta(ge=0.7, le=0.99)] | None = None
    new: Annotated[int, msgspec.Meta(ge=0, le=9_999)] = 20
    parameters: tuple[float, ...] = ()


class Extent(Frozen, frozen=True, kw_only=True):
    """How much of a bank is in the record: answers, reviews from elsewhere among them, and the
    tasks that they were given to.
    """

    bank: str
    answers: int
    remembered: int


class _Row(NamedTuple):
    """A review as it stands in its table; `id` is that of an answer, 0 of what came from Anki."""

    item: str
    part: str
    at: float
    rating: Rating
    seconds: float
    source: str
    id: int
    key: str
    recall: float | None


_ROWS = """SELECT item, part, at, rating, max(at - asked, 0.0), '', id, item_key, recall
    FROM answer WHERE bank = :bank AND rating IS NOT NULL AND NOT undone {only}
    UNION ALL SELECT item, part, at, rating, seconds, source, 0, '', NULL
    FROM review WHERE bank = :bank {only} ORDER BY 1, 2, 3, 4"""
_ONLY = "AND item = :item AND part = :part"


class Memories(ProgressFile):
    """The part of a file of progress that knows what is remembered."""

    def adopt(self, bank: str, schedule: Schedule) -> None:
        """Go by this schedule from now on; what was kept of the bank by another is worked out anew.

        That takes some 20 µs a review, and happens where settings or the time zone have changed.
        """
        value = msgspec.json.encode(schedule).decode()
        with sentences(self.path):
            if self._adopted(bank) == value:
                return
        with self.writing():
            self._connection.execute("INSERT OR REPLACE INTO schedule VALUES (?, ?)", (bank, value))
            self._rebuild(bank)

    def standings(self, bank: str) -> dict[Key, Standing]:
        """Where every task of this bank stands that was ever reviewed."""
        with sentences(self.path):
            rows = self._connection.execute(
                "SELECT item, part, stability, difficulty, first, last, due, rating, item_key"
                " FROM memory WHERE bank = ?",
                (bank,),
            )
            return {
                (item, part): Standing(
                    memory=Memory(stability=stability, difficulty=difficulty, last=last, due=due),
                    first=first,
                    rating=rating,
                    key=key,
                )
                for item, part, stability, difficulty, first, last, due, rating, key in rows
            }

    def histories(self, bank: str) -> tuple[History, ...]:
        """Every review of this bank, task by task, each with the memory that is kept."""
        kept = self.standings(bank)
        with sentences(self.path):
            return tuple(
                History(
                    item=key[0],
                    part=key[1],
                    reviews=tuple(
                        Review(at=one.at, rating=one.rating, seconds=one.seconds) for one in rows
                    ),
                    memory=kept[key].memory if key in kept else None,
                )
                for key, rows in self._tasks(bank, None)
            )

    def banks(self) -> tuple[Extent, ...]:
        """The banks that something was answered of, by name."""
        with sentences(self.path):
            rows = self._connection.execute(
                "SELECT bank, sum(answers), sum(remembered) FROM ("
                "SELECT bank, count(*) AS answers, 0 AS remembered FROM answer WHERE NOT undone"
                " GROUP BY bank UNION ALL SELECT bank, count(*), 0 FROM review GROUP BY bank"
                " UNION ALL SELECT bank, 0, count(*) FROM memory GROUP BY bank)"
                " GROUP BY bank ORDER BY bank"
            )
            return tuple(
                Extent(bank=bank, answers=answers, remembered=remembered)
                for bank, answers, remembered in rows
            )

    # --- Reviews from elsewhere ------------------------------------------------------------------

    def add_reviews(self, bank: str, histories: Iterable[History], *, source: str) -> int:
        """Keep reviews that were given elsewhere, such as in "anki"; how many were not known yet.

        One at the millisecond of an answer is that answer, and is left out of the schedule.
        """
        added = 0
        with self.writing():
            for history in histories:
                before = self._connection.total_changes
                self._connection.executemany(
                    "INSERT OR IGNORE INTO review (bank, item, part, at, source, rating, seconds)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (
                        (bank, history.item, history.part, one.at, source, one.rating, one.seconds)
                        for one in history.reviews
                    ),
                )
                new = self._connection.total_changes - before
                added += new
                if new:
                    self.remember(bank, (history.item, history.part))
        return added

    # --- Flags and settings ----------------------------------------------------------------------

    def flag(self, bank: str, flag: Flag) -> None:
        """Keep that a question is bad; the same flag again has its words changed."""
        with self.writing():
            self._connection.execute(
                "INSERT OR REPLACE INTO flag (bank, item, part, at, note, item_key, changed)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (bank, flag.item, flag.part, flag.at, flag.note, flag.key, flag.at),
            )

    def drop_flag(self, bank: str, flag: Flag, *, now: float) -> None:
        """The flag was taken back, or its question mended."""
        with self.writing():
            self._connection.execute(
                "UPDATE flag SET dropped = 1, changed = ?"
                " WHERE bank = ? AND item = ? AND part = ? AND at = ?",
                (now, bank, flag.item, flag.part, flag.at),
            )

    def flags(self, bank: str) -> tuple[Flag, ...]:
        """The flags of this bank that stand, the oldest first."""
        with sentences(self.path):
            rows = self._connection.execute(
                "SELECT item, part, at, note, item_key FROM flag"
                " WHERE bank = ? AND NOT dropped ORDER BY at, item, part",
                (bank,),
            )
            return tuple(
                Flag(item=item, part=part, at=at, note=note, key=key)
                for item, part, at, note, key in rows
            )

    def habits(self) -> Habits:
        """The learner's settings."""
        with sentences(self.path):
            rows = self._connection.execute("SELECT name, value FROM setting")
            values = {name: json.loads(value) for name, value in rows}
            return msgspec.convert(values, Habits)

    def change_habits(self, habits: Habits, *, now: float) -> None:
        """Keep settings; those that are as they were keep the moment of their last change."""
        before = self.habits()
        with self.writing():
            for name in habits.__struct_fields__:
                value = getattr(habits, name)
                if value != getattr(before, name):
                    self._connection.execute(
                        "INSERT OR REPLACE INTO setting VALUES (?, ?, ?)",
                        (name, json.dumps(value), now),
                    )

    # --- Replaying -------------------------------------------------------------------------------

    def _tasks(self, bank: str, key: Key | None) -> Iterable[tuple[Key, Sequence[_Row]]]:
        """The reviews of each task (or of one), in the order of their moments."""
        query = _ROWS.format(only=_ONLY if key else "")
        values = {"bank": bank} | (dict(zip(("item", "part"), key, strict=True)) if key else {})
        rows = map(_Row._make, self._connection.execute(query, values))
        for task, found in groupby(rows, key=itemgetter(0, 1)):
            together = list(found)
            here = {round(one.at * 1000) for one in together if one.id}
            yield (
                task,
                [one for one in together if one.id or round(one.at * 1000) not in here],
            )

    def remember(self, bank: str, key: Key, given: int = 0) -> None:
        """Work out the memory of one task anew; the answer `given` just now gets its prediction.

        It belongs into `writing`.
        """
        where = (bank, *key)
        self._connection.execute(
            "DELETE FROM memory WHERE bank = ? AND item = ? AND part = ?", where
        )
        for _, rows in self._tasks(bank, key):
            self._keep(bank, [(key, rows)], given)

    def _rebuild(self, bank: str) -> None:
        """Work out the memory of every task of the bank anew."""
        self._connection.execute("DELETE FROM memory WHERE bank = ?", (bank,))
        self._keep(bank, list(self._tasks(bank, None)))

    def _adopted(self, bank: str) -> str:
        row = self._connection.execute("SELECT value FROM schedule WHERE bank = ?", (bank,))
        (value,) = row.fetchone() or ("",)
        return str(value)

    def schedule_of(self, bank: str) -> Schedule:
        """The schedule that this bank goes by, whoever adopted it last."""
        with sentences(self.path):
            return _schedule(self._adopted(bank))

    def _keep(self, bank: str, tasks: Iterable[tuple[Key, Sequence[_Row]]], given: int = 0) -> None:
        schedule = _schedule(self._adopted(bank))
        memories: list[Mapping[str, Any]] = []
        answers: list[tuple[float | None, int]] = []
        others: list[tuple[float | None, str, str, str, float, str]] = []
        for key, rows in tasks:
            memory: Memory | None = None
            for one in rows:
                if one.recall is None:
                    share = recall(memory, one.at, schedule) if memory else None
                    if one.id == given and given:
                        self._connection.execute(
                            "UPDATE answer SET recall = ? WHERE id = ?", (share, given)
                        )
                    elif one.id:
                        answers.append((share, one.id))
                    else:
                        others.append((share, bank, *key, one.at, one.source))
                review = Review(at=one.at, rating=one.rating)
                memory = reviewed(memory, review, schedule)
            if memory is not None:
                memories.append(_memory_row(bank, key, memory, rows))
        self._connection.executemany(
            "INSERT INTO memory VALUES (:bank, :item, :part, :stability, :difficulty, :first,"
            " :last, :due, :rating, :item_key)",
            memories,
        )
        self._connection.executemany(
            "UPDATE answer SET replayed = ?1 WHERE id = ?2 AND replayed IS NOT ?1", answers
        )
        self._connection.executemany(
            "UPDATE review SET replayed = ?1 WHERE bank = ?2 AND item = ?3 AND part = ?4"
            " AND at = ?5 AND source = ?6 AND replayed IS NOT ?1",
            others,
        )


@lru_cache(maxsize=8)
def _schedule(value: str) -> Schedule:
    return msgspec.json.decode(value, type=Schedule) if value else Schedule()


def _memory_row(bank: str, key: Key, memory: Memory, rows: Sequence[_Row]) -> Mapping[str, Any]:
    return {
        "bank": bank,
        "item": key[0],
        "part": key[1],
        "stability": memory.stability,
        "difficulty": memory.difficulty,
        "first": rows[0].at,
        "last": memory.last,
        "due": memory.due,
        "rating": rows[-1].rating,
        "item_key": next((one.key for one in reversed(rows) if one.id), ""),
    }
