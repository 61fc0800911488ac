"""A small bank in a learner's collection, with a log of Anki's own that a test writes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import anki.collection  # noqa: F401 - first, since its other modules lean on it
from anki.cards import CardId
from anki.collection import Collection

from quizgen.commands.anki_history import ours_of
from quizgen.imports.anki.history import Learned, read_history
from quizgen.model import Bank, Card, Cloze, Gap
from quizgen.outputs.anki.identity import guid
from quizgen.study.schedule import DAY, Schedule
from tests.anki_collections import deck_of, edition, import_deck
from tests.anki_learner import Row

DATES = Card(id="date", front="When?", back="Then", reverse=True)
GAPS = Cloze(
    id="gaps", parts=("a ", Gap(number=1, accept=("b",)), " ", Gap(number=2, accept=("c",)))
)
LEARNED = Bank(name="small", title="Small", items=(DATES, GAPS))
PARTS = [("date", ""), ("date", "reverse"), ("gaps", "c1"), ("gaps", "c2")]


_INSERT = (
    "INSERT INTO revlog (id, cid, ease, type, factor, ivl, usn, lastIvl, time)"
    " VALUES (?, ?, ?, ?, ?, ?, -1, 1, 4000)"
)


class Studied(NamedTuple):
    """A collection that is open in Anki, and its cards by the task that they ask for."""

    collection: Collection
    cards: dict[tuple[str, str], CardId]

    @property
    def path(self) -> Path:
        return Path(self.collection.path)

    @property
    def schedule(self) -> Schedule:
        return Schedule(day_starts=self.collection.sched.day_cutoff % DAY)

    def log(self, task: tuple[str, str], rows: list[Row]) -> None:
        """Write these rows into Anki's log, the last on the day before today."""
        today = self.collection.sched.day_cutoff - DAY
        day = today - DAY - sum(row.days for row in rows) * DAY
        last = 0
        for row in rows:
            day += row.days * DAY
            last = max(last + 4, round((day + row.second) * 1000) + PARTS.index(task))
            values = (last, self.cards[task], *row[2:])
            self.rows(_INSERT, *values)

    def rows(self, statement: str, *values: float) -> list[Sequence[Any]]:
        assert self.collection.db is not None
        return self.collection.db.all(statement, *values)

    def read(self, bank: Bank = LEARNED) -> Learned:
        """What is read from the file, which Anki lets go of meanwhile."""
        now = self.collection.sched.day_cutoff
        self.collection.close()
        try:
            return read_history(self.path, ours_of(bank), now=now)
        finally:
            self.collection.reopen()


def with_deck(collection: Collection) -> Studied:
    """A learner whose scheduler is FSRS, with the deck of the small bank."""
    collection.set_config("fsrs", True)
    import_deck(collection, deck_of(edition(LEARNED)[0]))
    return Studied(collection, cards_by_task(collection))


def cards_by_task(collection: Collection) -> dict[tuple[str, str], CardId]:
    """The cards of the small bank by the task that they ask for."""
    assert collection.db is not None
    rows = collection.db.all("SELECT guid, ord, c.id FROM cards c JOIN notes n ON n.id = nid")
    places = {("date", 0): "", ("date", 1): "reverse", ("gaps", 0): "c1", ("gaps", 1): "c2"}
    guids = {guid(LEARNED.name, item.id): item.id for item in LEARNED.items}
    return {
        (guids[own], places[guids[own], place]): card for own, place, card in rows if own in guids
    }
