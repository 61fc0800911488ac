"""A learner's answers in SQLite: one row an answer, kept before the next question is put.

Rows are never deleted: what was taken back is marked. The schedule of a question can always be
worked out again from the rows of its (bank, item, part). A session's `uuid` and an answer's number
are the same on every machine, so that the progress of two can be put together.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from quizgen.model import Frozen, Response
from quizgen.study.record import Attempt, Key, Plan

_FIRST = (
    """CREATE TABLE session (id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    bank TEXT NOT NULL, title TEXT NOT NULL,
    plan TEXT NOT NULL, started REAL NOT NULL, finished REAL)""",
    """CREATE TABLE answer (id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES session, number INTEGER NOT NULL,
    bank TEXT NOT NULL, item TEXT NOT NULL, part TEXT NOT NULL, item_key TEXT NOT NULL,
    response TEXT NOT NULL, text TEXT NOT NULL, mark TEXT NOT NULL, share TEXT NOT NULL,
    final INTEGER NOT NULL, hinted INTEGER NOT NULL, counts INTEGER NOT NULL,
    overridden INTEGER NOT NULL DEFAULT 0, undone INTEGER NOT NULL DEFAULT 0,
    sitting REAL NOT NULL, asked REAL NOT NULL, at REAL NOT NULL)""",
    "CREATE UNIQUE INDEX answer_once ON answer (session, number) WHERE NOT undone",
    "CREATE INDEX answer_of ON answer (bank, item, part, at)",
    "CREATE INDEX session_open ON session (bank, id) WHERE finished IS NULL",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST,)
"""What makes each version of the format from the one before; the last one's number is the format's."""

_ANEW = ". Move the file away to start anew"
_SENTENCES = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it may not be written",
    sqlite3.SQLITE_PERM: "it may not be written",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened or made there",
    sqlite3.SQLITE_BUSY: "another program is holding it",
    sqlite3.SQLITE_LOCKED: "another program is holding it",
    sqlite3.SQLITE_CORRUPT: f"the file is damaged{_ANEW}",
    sqlite3.SQLITE_NOTADB: f"it is no file of progress{_ANEW}",
    sqlite3.SQLITE_IOERR: "the disk reports an error",
    sqlite3.SQLITE_CONSTRAINT: "this session is going on in another window",
}


class ProgressError(Exception):
    """The file of progress cannot be used: one sentence for the learner."""


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


class Progress:
    """One open file of progress. Every method that writes has committed when it returns.

    Each raises ProgressError where the disk, a lock or a damaged file is in the way.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path, *, patience: float = 2.0) -> "Progress":
        """Open the file, made where it is missing and brought to this format where it is older.

        `patience` is how many seconds to wait for another program.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ProgressError(
                f"Progress cannot be saved in {path}: the folder cannot be made."
            ) from error
        progress = None
        with _sentences(path):
            connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
            progress = cls(connection, path)
            try:
                progress._prepare()
            except BaseException:
                connection.close()
                raise
        return progress

    def close(self) -> None:
        """Let go of the file."""
        with _sentences(self.path):
            self._connection.close()

    def _prepare(self) -> None:
        version = self._version()
        if version > len(MIGRATIONS):
            raise ProgressError(
                f"{self.path} was written by a newer quizgen (format {version}, this one knows "
                f"{len(MIGRATIONS)}): update quizgen, or name another file with --db."
            )
        # Where shared memory is refused, as on network homes, SQLite keeps the rollback journal.
        self._connection.execute("PRAGMA journal_mode = WAL").fetchone()
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        if version == len(MIGRATIONS):
            return
        with self._transaction():
            for statements in MIGRATIONS[self._version() :]:
                for statement in statements:
                    self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    # --- What is written -------------------------------------------------------------------------

    def begin(self, plan: Plan, *, title: str, now: float) -> int:
        """Keep a new session; its number."""
        row = (plan.bank, title, _encoded(plan), now)
        with _sentences(self.path), self._transaction():
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
            "sitting": asking.sitting,
            "asked": asking.asked,
            "at": attempt.at,
        }
        names = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        same = " AND ".join(f"{name} = :{name}" for name in ("session", "number", "item", "at"))
        with _sentences(self.path), self._transaction():
            self._connection.execute(
                f"INSERT INTO answer ({names}) SELECT {values} WHERE NOT EXISTS"  # noqa: S608
                f" (SELECT 1 FROM answer WHERE {same} AND NOT undone)",
                row,
            )

    def take_back(self, session: int, number: int) -> None:
        """Mark an attempt as undone: it counts no longer, its row stays."""
        with _sentences(self.path), self._transaction():
            self._connection.execute(
                "UPDATE answer SET undone = 1 WHERE session = ? AND number = ? AND NOT undone",
                (session, number),
            )

    def override(self, session: int, number: int, *, overridden: bool) -> None:
        """Keep, or drop, the learner's "I was right" about an attempt."""
        with _sentences(self.path), self._transaction():
            self._connection.execute(
                "UPDATE answer SET overridden = ? WHERE session = ? AND number = ? AND NOT undone",
                (overridden, session, number),
            )

    def finish(self, session: int, *, now: float) -> None:
        """Nothing is left open in this session."""
        with _sentences(self.path), self._transaction():
            self._connection.execute("UPDATE session SET finished = ? WHERE id = ?", (now, session))

    # --- What is read ----------------------------------------------------------------------------

    def unfinished(self, bank: str) -> Unfinished | None:
        """The last session on this bank that was broken off after an answer; None where none was."""
        with _sentences(self.path):
            row = self._connection.execute(
                "SELECT id, title, plan, started FROM session WHERE bank = ? AND finished IS NULL"
                " AND EXISTS (SELECT 1 FROM answer WHERE session = session.id AND NOT undone)"
                " ORDER BY id DESC LIMIT 1",
                (bank,),
            ).fetchone()
            if row is None:
                return None
            number, title, plan, started = row
            return Unfinished(
                id=number,
                title=title,
                plan=_decoded(plan, Plan),
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
            "SELECT number, item, part, response, mark, share, at, final, hinted, counts,"
            " overridden, text FROM answer WHERE session = ? AND NOT undone ORDER BY number",
            (session,),
        )
        return tuple(
            Attempt(
                number=number,
                item=item,
                part=part,
                response=_decoded(response, Response),
                mark=mark,
                share=Fraction(share),
                at=at,
                final=bool(final),
                hinted=bool(hinted),
                counts=bool(counts),
                overridden=bool(overridden),
                text=text,
            )
            for (
                number,
                item,
                part,
                response,
                mark,
                share,
                at,
                final,
                hinted,
                counts,
                overridden,
                text,
            ) in rows
        )

    def answered(self, bank: str) -> frozenset[Key]:
        """Every task of this bank that was ever answered."""
        with _sentences(self.path):
            rows = self._connection.execute(
                "SELECT DISTINCT item, part FROM answer WHERE bank = ? AND NOT undone", (bank,)
            )
            return frozenset((item, part) for item, part in rows)


def _encoded(value: object) -> str:
    return msgspec.json.encode(value, enc_hook=_plain).decode()


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(type(value).__name__)


def _decoded(text: str, shape: Any) -> Any:
    return msgspec.json.decode(text, type=shape, dec_hook=_fraction)


def _fraction(shape: type, value: object) -> object:
    if shape is Fraction:
        return Fraction(str(value))
    raise TypeError(shape.__name__)


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """SQLite's errors, and rows that cannot be read, as a ProgressError about this file."""
    try:
        yield
    except sqlite3.Error as error:
        _refuse(path, error)
    except (msgspec.DecodeError, ValueError) as error:
        why = _SENTENCES[sqlite3.SQLITE_CORRUPT]
        raise ProgressError(f"Progress cannot be saved in {path}: {why}.") from error


def _refuse(path: Path, error: sqlite3.Error) -> NoReturn:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    why = _SENTENCES.get(code, str(error))
    raise ProgressError(f"Progress cannot be saved in {path}: {why}.") from error
