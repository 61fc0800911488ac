"""A learner's answers in SQLite: one row an answer, kept before the next question is put.

Rows are never deleted: what was taken back is marked. The schedule of a question can always be
worked out again from the rows of its (bank, item, part). A session's `uuid` and an answer's number
are the same on every machine, so that the progress of two can be put together.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import msgspec
from msgspec.structs import replace

from quizgen.model import Frozen, Response
from quizgen.study.memories import Memories
from quizgen.study.progress_file import sentences
from quizgen.study.record import Attempt, Plan
from quizgen.study.schedule import rating_of


class Unfinished(Frozen, frozen=True, kw_only=True):
    """A session as it was kept: its plan and the attempts that stand, in order.

    `seconds` is how long its sittings took, each up to its last answer.
    """

    id: int
    title: str
    plan: Plan
    attempts: tuple[Attempt, ...]
    started: float
    seconds: float


class Asking(Frozen, frozen=True, kw_only=True):
    """What surrounded an answer: when its sitting began and its question was put, both in seconds
    since 1970, and the digest of the key that it was judged by.
    """

    sitting: float
    asked: float
    key: str


class Progress(Memories):
    """One open file of progress, with the sessions that were played and what they leave in memory.

    Every method that writes has committed when it returns. Each raises ProgressError where the
    disk, a lock or a damaged file is in the way.
    """

    # --- What is written -------------------------------------------------------------------------

    def begin(self, plan: Plan, *, title: str, now: float) -> int:
        """Keep a new session; its number."""
        row = (plan.bank, title, _encoded(plan), now)
        with self.writing():
            cursor = self._connection.execute(
                "INSERT INTO session (bank, title, plan, started) VALUES (?, ?, ?, ?)", row
            )
        return int(cursor.lastrowid or 0)

    def save(self, session: int, bank: str, attempt: Attempt, asking: Asking) -> None:
        """Keep an attempt; one that is kept already is not kept twice."""
        row = {
            "session": session,
            "number": attempt.number,
            "bank": bank,
            "item": attempt.item,
            "part": attempt.part,
            "item_key": asking.key,
            "response": _encoded(attempt.response),
            "text": attempt.text,
            "mark": attempt.mark,
            "share": str(attempt.share),
            "final": attempt.final,
            "hinted": attempt.hinted,
            "counts": attempt.counts,
            "overridden": attempt.overridden,
            "confidence": attempt.confidence,
            "changed": attempt.at,
            "sitting": asking.sitting,
            "asked": asking.asked,
            "at": attempt.at,
        }
        names = ", ".join((*row, "rating"))
        values = ", ".join(f":{name}" for name in (*row, "rating"))
        same = " AND ".join(f"{name} = :{name}" for name in ("session", "number", "item", "at"))
        with self.writing():
            row["rating"] = rating_of(attempt, second_try=self._had_second_try(session, attempt))
            cursor = self._connection.execute(
                f"INSERT INTO answer ({names}) SELECT {values} WHERE NOT EXISTS"  # noqa: S608
                f" (SELECT 1 FROM answer WHERE {same} AND NOT undone)",
                row,
            )
            if cursor.rowcount and row["rating"]:
                self.remember(bank, attempt.key, int(cursor.lastrowid or 0))

    def take_back(self, session: int, number: int, *, now: float) -> None:
        """Mark an attempt as undone: it counts no longer, its row stays."""
        with self.writing():
            for row, bank, attempt in self._standing(session, number):
                self._connection.execute(
                    "UPDATE answer SET undone = 1, changed = max(changed, ?) WHERE id = ?",
                    (now, row),
                )
                self.remember(bank, attempt.key)

    def override(self, session: int, number: int, *, overridden: bool, now: float) -> None:
        """Keep, or drop, the learner's "I was right" about an attempt."""
        with self.writing():
            for row, bank, attempt in self._standing(session, number):
                now_so = replace(attempt, overridden=overridden)
                rating = rating_of(now_so, second_try=self._had_second_try(session, attempt))
                self._connection.execute(
                    "UPDATE answer SET overridden = ?, rating = ?, changed = max(changed, ?)"
                    " WHERE id = ?",
                    (overridden, rating, now, row),
                )
                self.remember(bank, attempt.key)

    def finish(self, session: int, *, now: float) -> None:
        """Nothing is left open in this session."""
        with self.writing():
            self._connection.execute("UPDATE session SET finished = ? WHERE id = ?", (now, session))

    def keep_result(self, session: int, result: Mapping[str, object]) -> None:
        """What an exam came to, as it was told."""
        with sentences(self.path), self._transaction():
            self._connection.execute(
                "UPDATE session SET result = ? WHERE id = ?", (_encoded(result), session)
            )

    # --- What is read ----------------------------------------------------------------------------

    def unfinished(self, bank: str) -> Unfinished | None:
        """The last session on this bank that was broken off after an answer; None where none was."""
        with sentences(self.path):
            row = self._connection.execute(
                "SELECT id, title, plan, started FROM session WHERE bank = ? AND finished IS NULL"
                " AND here AND EXISTS (SELECT 1 FROM answer WHERE session = session.id"
                " AND NOT undone AND here)"
                " ORDER BY id DESC LIMIT 1",
                (bank,),
            ).fetchone()
            if row is None:
                return None
            number, title, plan, started = row
            return Unfinished(
                id=number,
                title=title,
                plan=decoded(plan, Plan),
                attempts=self._attempts(number),
                started=started,
                seconds=self._seconds(number),
            )

    def _seconds(self, session: int) -> float:
        """How long the sittings of a session took; answers taken back took their time too."""
        return float(
            self._connection.execute(
                "SELECT total(took) FROM (SELECT max(at) - sitting AS took FROM answer"
                " WHERE session = ? GROUP BY sitting)",
                (session,),
            ).fetchone()[0]
        )

    def _attempts(self, session: int) -> tuple[Attempt, ...]:
        rows = self._connection.execute(
            f"SELECT {_ATTEMPT} FROM answer"  # noqa: S608
            " WHERE session = ? AND NOT undone AND here ORDER BY number",
            (session,),
        )
        return tuple(map(_attempt, rows))

    def _standing(self, session: int, number: int) -> list[tuple[int, str, Attempt]]:
        """The attempt of this number that stands, if it does, with its row and its bank."""
        rows = self._connection.execute(
            f"SELECT id, bank, {_ATTEMPT} FROM answer"  # noqa: S608
            " WHERE session = ? AND number = ? AND NOT undone AND here",
            (session, number),
        )
        return [(row, bank, _attempt(values)) for row, bank, *values in rows.fetchall()]

    def _had_second_try(self, session: int, attempt: Attempt) -> bool:
        """Whether a near miss at the same asking came before it."""
        near = [one for *_, one in self._standing(session, attempt.number - 1)]
        return any(one.key == attempt.key and one.mark == "close" and not one.final for one in near)


_ATTEMPT = (
    "number, item, part, response, mark, share, at, final, hinted, counts, overridden, confidence,"
    " text"
)


def _attempt(values: Sequence[Any]) -> Attempt:
    number, item, part, response, mark, share, at, *marks, confidence, text = values
    final, hinted, counts, overridden = map(bool, marks)
    return Attempt(
        number=number,
        item=item,
        part=part,
        response=decoded(response, Response),
        mark=mark,
        share=Fraction(share),
        at=at,
        final=final,
        hinted=hinted,
        counts=counts,
        overridden=overridden,
        confidence=confidence,
        text=text,
    )


def _encoded(value: object) -> str:
    return msgspec.json.encode(value, enc_hook=_plain).decode()


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(type(value).__name__)


def decoded(text: str, shape: Any) -> Any:
    """What was kept as JSON, such as a plan or a response."""
    return msgspec.json.decode(text, type=shape, dec_hook=_fraction)


def _fraction(shape: type, value: object) -> object:
    if shape is Fraction:
        return Fraction(str(value))
    raise TypeError(shape.__name__)
