"""A learner's collection, or a package with its scheduling, to the reviews of one bank's tasks.

Of a card those reviews count that count for Anki's own FSRS: since it was learned last, without
due dates set by hand, and without what was crammed. Only tables are read, and nothing is written:
a collection in use is refused, since what Anki has not yet put into its file would be missing.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from quizgen.imports.anki.collection import PackageError, opened, tables_of
from quizgen.imports.anki.limits import NOTES, REVIEWS
from quizgen.imports.anki.ours import TYPES
from quizgen.imports.anki.package import Archive
from quizgen.model import Frozen, History, Rating, Review

_RATINGS: tuple[Rating, ...] = ("again", "hard", "good", "easy")
_LEARNING, _FILTERED, _BY_HAND = 0, 3, 4
"""Kinds of rows: in learning, in a filtered deck, and a due date or a reset by hand.

Rows that were written by hand or by rescheduling have no button.
"""
_SUSPENDED, _BURIED = -1, (-2, -3)
_SQLITE = b"SQLite format 3\0"
_DAY = 86_400.0
_TABLES = frozenset({"notes", "cards", "revlog"})
_TYPES = 100
"""Types that notes of one bank may have: two, and those that Anki made of them in conflicts."""
_BESIDE = ("-wal", "-journal")
"""What SQLite keeps beside a database that is open, or that was not closed well."""


class Ours(NamedTuple):
    """The bank whose tasks are looked for: its items by the guid of their notes, and what part of
    an item a card asks for, by the id of its note's type and its place; None is asked no more.
    """

    items: Mapping[str, str]
    part: Callable[[str, int, int], str | None]


class Learned(Frozen, frozen=True, kw_only=True):
    """What Anki knows of a learner: the reviews of each task of the bank, and what there was beside.

    `notes` are the bank's, `unknown` those that quizgen made of no question of the bank, `foreign`
    all others. Of cards: `suspended`, `buried`, `unasked` (reviewed, but asked no more), and
    `truncated` (their first reviews are gone, so that Anki guesses a start). Of reviews: `reset`
    (before a card was forgotten by hand, or learned anew) and `misdated`.
    """

    histories: tuple[History, ...]
    notes: int
    unknown: int = 0
    foreign: int = 0
    suspended: int = 0
    buried: int = 0
    unasked: int = 0
    truncated: int = 0
    reset: int = 0
    misdated: int = 0


def read_history(path: Path, ours: Ours, *, now: float) -> Learned:
    """The reviews in a collection (.anki2) or a package (.apkg, .colpkg) up to `now`, with their
    moments in seconds since 1970. Raises PackageError, MissingLibrary, or OSError.
    """
    with _database(path) as file, opened(file) as database:
        if not tables_of(database) >= _TABLES:
            raise PackageError("It holds no reviews of Anki.")
        return _Cards(database, ours, now).learned()


@contextmanager
def _database(path: Path) -> Iterator[Path]:
    with path.open("rb") as file:
        start = file.read(len(_SQLITE))
        file.seek(0)
        if start != _SQLITE:
            with Archive(file).database() as unpacked:
                yield unpacked
            return
    whole = path.resolve()
    _refuse_open(whole)
    yield whole
    _refuse_open(whole)  # nobody may have begun to write while it was read


def _refuse_open(path: Path) -> None:
    if any(path.with_name(path.name + end).exists() for end in _BESIDE):
        raise PackageError(
            "Anki has it open, or was not closed well: close Anki (after a crash, open and close "
            "it once), then try again."
        )


class _Row(NamedTuple):
    """A row of Anki's log: its moment in milliseconds, the button (0 is none), the interval that
    followed (days, or seconds below 0), the kind, the factor, and how many milliseconds it took.
    """

    id: int
    button: int
    interval: int
    kind: int
    factor: int
    took: int

    @property
    def is_graded(self) -> bool:
        """Whether a learner pressed a button for it."""
        return 1 <= self.button <= len(_RATINGS)

    @property
    def is_crammed(self) -> bool:
        """Whether it was studied without a wish to be scheduled."""
        return self.kind == _FILTERED and self.factor == 0

    @property
    def counts(self) -> bool:
        """Whether it says something of memory, where it was not reset since."""
        return self.is_graded and not self.is_crammed


class _Cards:
    """The cards of the bank in one collection."""

    def __init__(self, database: sqlite3.Connection, ours: Ours, now: float) -> None:
        self._database = database
        self._ours = ours
        self._latest = (now + _DAY) * 1000
        self._unknown = self._foreign = self._suspended = self._buried = 0
        self._unasked = self._truncated = self._reset = self._misdated = 0

    def learned(self) -> Learned:
        notes = self._notes()
        cards = self._cards(notes)
        reviews: dict[tuple[str, str], list[Review]] = {}
        asked_no_more: set[int] = set()
        for card, rows in self._log(notes, cards).items():
            task = cards[card]
            if task is None:
                asked_no_more.add(card)
                continue
            kept = self._since_reset(rows)
            if kept:
                reviews.setdefault(task, []).extend(map(_review, kept))
        return Learned(
            histories=tuple(
                History(item=item, part=part, reviews=tuple(sorted(found, key=_moment)))
                for (item, part), found in sorted(reviews.items())
            ),
            notes=len(notes),
            unknown=self._unknown,
            foreign=self._foreign,
            suspended=self._suspended,
            buried=self._buried,
            unasked=len(asked_no_more),
            truncated=self._truncated,
            reset=self._reset,
            misdated=self._misdated,
        )

    def _notes(self) -> dict[int, tuple[str, int]]:
        """The item of each note of the bank, with the id of the note's type."""
        notes: dict[int, tuple[str, int]] = {}
        for own, guid, kind in self._database.execute("SELECT id, guid, mid FROM notes"):
            item = self._ours.items.get(guid) if isinstance(guid, str) else None
            if item is None:
                is_ours = kind in TYPES
                self._unknown += is_ours
                self._foreign += not is_ours
                continue
            if len(notes) >= NOTES:
                raise PackageError(f"It holds more than {NOTES:,} notes of this bank.")
            notes[_whole(own)] = item, _whole(kind)
        return notes

    def _cards(self, notes: Mapping[int, tuple[str, int]]) -> dict[int, tuple[str, str] | None]:
        """The task of each card of these notes; None where the bank asks for it no more."""
        cards: dict[int, tuple[str, str] | None] = {}
        rows = self._of_types(notes, "SELECT id, nid, ord, queue FROM cards WHERE nid IN {notes}")
        for own, note, place, queue in rows:
            if note not in notes:
                continue
            if len(cards) >= NOTES * 10:
                raise PackageError(f"It holds more than {NOTES * 10:,} cards of this bank.")
            item, kind = notes[note]
            part = self._ours.part(item, kind, _whole(place))
            cards[_whole(own)] = None if part is None else (item, part)
            self._suspended += queue == _SUSPENDED
            self._buried += queue in _BURIED
        return cards

    def _log(
        self, notes: Mapping[int, tuple[str, int]], cards: Mapping[int, object]
    ) -> dict[int, list[_Row]]:
        """The rows of the log by card, in the order of their moments."""
        log: dict[int, list[_Row]] = {}
        count = 0
        statement = """SELECT cid, id, ease, ivl, type, factor, time FROM revlog
            WHERE cid IN (SELECT id FROM cards WHERE nid IN {notes}) ORDER BY id"""
        for card, *values in self._of_types(notes, statement):
            if card not in cards:
                continue
            count += 1
            if count > REVIEWS:
                raise PackageError(f"It holds more than {REVIEWS:,} reviews of this bank.")
            row = _Row._make(map(_whole, values))
            if 0 < row.id <= self._latest:
                log.setdefault(card, []).append(row)
            else:
                self._misdated += 1
        return log

    def _of_types(
        self, notes: Mapping[int, tuple[str, int]], statement: str
    ) -> Iterator[tuple[Any, ...]]:
        """The rows about notes of the types that these have: SQLite leaves the others out faster."""
        types = sorted({kind for _, kind in notes.values()})
        if len(types) > _TYPES:
            raise PackageError(f"Its notes of this bank are of more than {_TYPES} types.")
        marks = ", ".join("?" * len(types))
        of_types = f"(SELECT id FROM notes WHERE mid IN ({marks}))"  # noqa: S608 - question marks
        return self._database.execute(statement.format(notes=of_types), types)

    def _since_reset(self, rows: Sequence[_Row]) -> list[_Row]:
        """What counts of a card's rows since it was learned last."""
        start = _start(rows)
        counted = [row for row in rows[start:] if row.counts]
        self._reset += sum(row.counts for row in rows[:start])
        self._truncated += bool(counted) and counted[0].kind != _LEARNING
        return counted


def _start(rows: Sequence[_Row]) -> int:
    """From which row on a card's log counts, as in Anki's FSRS: from the first of the last rows in
    which it was learned; where there are none, from the first review since it was reset that was
    to return another day.
    """
    learned = graded = len(rows)
    for place in range(len(rows) - 1, -1, -1):
        row = rows[place]
        if row.is_crammed:
            continue
        if row.is_graded and (row.interval >= 1 or row.interval <= -_DAY):
            graded = place
        if row.is_graded and row.kind == _LEARNING:
            learned = place
        elif learned < len(rows) or (row.kind, row.factor) == (_BY_HAND, 0):
            break
    return learned if learned < len(rows) else graded


def _review(row: _Row) -> Review:
    return Review(
        at=row.id / 1000, rating=_RATINGS[row.button - 1], seconds=max(row.took, 0) / 1000
    )


def _moment(review: Review) -> float:
    return review.at


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
