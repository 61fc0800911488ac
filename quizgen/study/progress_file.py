"""The file of progress: how it is laid out, opened, brought up to date, and refused in a sentence.

A table of each idea: sessions, their answers, reviews that came from Anki, the memory that both
leave, questions that a learner flagged, and settings. What can be merged from another machine has
`changed`, the moment of its last change, the later of which holds.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, Self

import msgspec

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
_SECOND = (
    "ALTER TABLE session ADD COLUMN here INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE session ADD COLUMN result TEXT",  # what an exam came to
    "ALTER TABLE answer ADD COLUMN here INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE answer ADD COLUMN confidence INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE answer ADD COLUMN rating TEXT",
    "ALTER TABLE answer ADD COLUMN recall REAL",  # as predicted when it was given
    "ALTER TABLE answer ADD COLUMN replayed REAL",  # as a replay predicts it, where it was not
    "ALTER TABLE answer ADD COLUMN changed REAL NOT NULL DEFAULT 0",
    "UPDATE answer SET changed = at",
    # As `rating_of` says it: once, for what was answered before there were ratings.
    """UPDATE answer SET rating = CASE WHEN overridden THEN 'good' WHEN share <> '1' THEN 'again'
    WHEN hinted OR EXISTS (SELECT 1 FROM answer AS near WHERE near.session = answer.session
    AND near.number = answer.number - 1 AND near.item = answer.item AND near.part = answer.part
    AND near.mark = 'close' AND NOT near.final AND NOT near.undone) THEN 'hard' ELSE 'good' END
    WHERE final AND counts AND mark <> 'skipped'""",
    # Two machines may have gone on with one session, from copies of this file: both keep theirs.
    "CREATE INDEX answer_in ON answer (session, number)",
    "DROP INDEX answer_once",
    "CREATE UNIQUE INDEX answer_once ON answer (session, number) WHERE NOT undone AND here",
    "DROP INDEX answer_of",
    # With all that statistics add up: looking a million rows up one by one takes seconds.
    """CREATE INDEX answer_of ON answer
    (bank, item, part, at, final, rating, recall, replayed, confidence) WHERE NOT undone""",
    """CREATE TABLE review (bank TEXT NOT NULL, item TEXT NOT NULL, part TEXT NOT NULL,
    at REAL NOT NULL, source TEXT NOT NULL, rating TEXT NOT NULL, seconds REAL NOT NULL,
    replayed REAL, PRIMARY KEY (bank, item, part, at, source)) WITHOUT ROWID""",
    """CREATE TABLE memory (bank TEXT NOT NULL, item TEXT NOT NULL, part TEXT NOT NULL,
    stability REAL NOT NULL, difficulty REAL NOT NULL, first REAL NOT NULL, last REAL NOT NULL,
    due REAL NOT NULL, rating TEXT NOT NULL, item_key TEXT NOT NULL,
    PRIMARY KEY (bank, item, part)) WITHOUT ROWID""",
    "CREATE TABLE schedule (bank TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE flag (bank TEXT NOT NULL, item TEXT NOT NULL, part TEXT NOT NULL,
    at REAL NOT NULL, note TEXT NOT NULL, item_key TEXT NOT NULL,
    dropped INTEGER NOT NULL DEFAULT 0, changed REAL NOT NULL,
    PRIMARY KEY (bank, item, part, at)) WITHOUT ROWID""",
    """CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL, changed REAL NOT NULL)
    WITHOUT ROWID""",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _SECOND)
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


class ProgressFile:
    """One open file of progress. Every method that writes has committed when it returns.

    Each raises ProgressError where the disk, a lock or a damaged file is in the way. `notes` are
    sentences about what was done as it was opened.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path
        self.notes: tuple[str, ...] = ()

    @classmethod
    def open(cls, path: Path, *, patience: float = 2.0) -> Self:
        """Open the file, made where it is missing and brought to this format where it is older.

        `patience` is how many seconds to wait for another program. A copy of an older file is
        kept beside it.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ProgressError(
                f"Progress cannot be saved in {path}: the folder cannot be made."
            ) from error
        with sentences(path):
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
        with sentences(self.path):
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
            version = self._version()
            if 0 < version < len(MIGRATIONS):
                said = "The record of your answers was brought to the format of this quizgen"
                self.notes = (f"{said}; as it was, it is kept in {self._copied(version)}.",)
            for statements in MIGRATIONS[version:]:
                for statement in statements:
                    self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")

    def _copied(self, version: int) -> Path:
        """The path of a whole copy of the file, made while nobody else can write to it."""
        copy = self.path.with_name(f"{self.path.name}.format{version}.bak")
        passing = copy.with_name(f"{copy.name}.{os.getpid()}")
        try:
            reader = sqlite3.connect(self.path)
            target = sqlite3.connect(passing)
            try:
                reader.backup(target)
            finally:
                target.close()
                reader.close()
            passing.replace(copy)
        except (OSError, sqlite3.Error) as error:
            raise ProgressError(
                f"The record of answers in {self.path} is of an older format, and no copy of it "
                f"can be made in {copy.parent}, so it was left as it is."
            ) from error
        finally:
            passing.unlink(missing_ok=True)
        return copy

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

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction whose errors are sentences."""
        with sentences(self.path), self._transaction():
            yield

    def select(self, query: str, values: Mapping[str, Any] | None = None) -> Iterator[Any]:
        """The rows that a query finds."""
        yield from self._connection.execute(query, values or {})

    def change(self, statement: str, values: Mapping[str, Any]) -> int:
        """How many rows a statement has changed; it belongs into `writing`."""
        return self._connection.execute(statement, values).rowcount


@contextmanager
def sentences(path: Path) -> Iterator[None]:
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
