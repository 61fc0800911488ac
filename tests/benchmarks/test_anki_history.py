"""What moving between Anki and the terminal takes: a hundred thousand reviews of ten thousand
questions are read, among a million of other decks, and are put into a deck of one's own.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from quizgen.commands.anki_history import ours_of
from quizgen.imports.anki.history import read_history
from quizgen.model import Bank, Card, Memory, Review
from quizgen.outputs.anki import Lock
from quizgen.outputs.anki.identity import guid, note_type_id
from quizgen.outputs.anki.personal import Personal, Step
from quizgen.outputs.anki.press import build_personal
from quizgen.outputs.template import Templates

ITEMS, REVIEWS, OTHERS = 10_000, 10, 1_000_000
FIRST = 1_700_000_000_000
BANK = Bank(
    name="b",
    title="B",
    items=tuple(Card(id=f"q{n}", front=f"Q{n}", back="A") for n in range(ITEMS)),
)
TABLES = """
CREATE TABLE notes (id INTEGER PRIMARY KEY, guid, mid);
CREATE TABLE cards (id INTEGER PRIMARY KEY, nid, ord, queue);
CREATE TABLE revlog (id INTEGER PRIMARY KEY, cid, ease, ivl, type, factor, time);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_revlog_cid ON revlog (cid);
"""


def collection(path: Path) -> None:
    kind = note_type_id("question")
    with closing(sqlite3.connect(path)) as made:
        made.executescript(TABLES)
        notes = ((n, guid("b", f"q{n}"), kind) for n in range(ITEMS))
        made.executemany("INSERT INTO notes VALUES (?, ?, ?)", notes)
        made.executemany("INSERT INTO cards VALUES (?, ?, 0, 2)", ((n, n) for n in range(ITEMS)))
        mine = (
            (FIRST + n * 11, n % ITEMS, 3, 5, int(n >= ITEMS), 2500, 4_000)
            for n in range(ITEMS * REVIEWS)
        )
        others = ((FIRST - n, ITEMS + n % 99, 3, 5, 1, 2500, 4_000) for n in range(1, OTHERS))
        for rows in (mine, others):
            made.executemany("INSERT INTO revlog VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        made.commit()


def test_a_hundred_thousand_reviews(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    path = tmp_path / "collection.anki2"
    collection(path)
    ours = ours_of(BANK)
    learned = benchmark(lambda: read_history(path, ours, now=2e9))
    assert sum(len(one.reviews) for one in learned.histories) == ITEMS * REVIEWS
    assert learned.truncated == 0


def test_a_deck_of_one_s_own(benchmark: BenchmarkFixture) -> None:
    memory = Memory(stability=9.0, difficulty=5.0, last=1.7e9, due=1.701e9)
    steps = tuple(
        Step(review=Review(at=1.69e9 + n * 1e6, rating="good"), memory=memory)
        for n in range(REVIEWS)
    )
    tasks = {(f"q{n}", ""): steps for n in range(ITEMS)}
    personal = Personal(tasks=tasks, day_starts=14_400.0, retention=0.9, decay=0.154)
    more = {"media": {}, "templates": Templates(), "lock": Lock(), "now": 1_750_000_000}
    built = benchmark(lambda: build_personal(BANK, personal, **more))  # type: ignore[arg-type]
    assert [one.items for one in built.products] == [ITEMS]
