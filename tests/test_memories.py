"""What the record keeps of memory: always what its rows replay to, whoever wrote them and when."""

import shutil
import sqlite3
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from quizgen.model import History, Memory, Rating, Review
from quizgen.study.events import (
    Claim,
    Event,
    Flagged,
    HandIn,
    Hint,
    KeepFlag,
    Next,
    Quit,
    Save,
    Skip,
    TakeBack,
    Undo,
)
from quizgen.study.keeper import Keeper
from quizgen.study.memories import Flag, Habits, Standing
from quizgen.study.progress import Asking, Progress
from quizgen.study.progress_file import MIGRATIONS, ProgressError
from quizgen.study.record import Attempt, Key, Plan, Task
from quizgen.study.schedule import (
    DAY,
    Schedule,
    default_parameters,
    rating_of,
    recall,
    replayed,
    reviewed,
)
from quizgen.study.session import State, begun, had_second_try, step
from tests.conftest import few
from tests.strategies import exam_plans, reviews_of_days, session_plans
from tests.test_session import ANSWERS, GUESS, NEAR, SURE, WRITTEN

OLD = Path(__file__).parent / "data" / "progress" / "format1.db"
NIGHT = Schedule(day_starts=4 * 3600.0)
PLAN = Plan(bank="b", seed=1, tasks=(Task(item="q"), Task(item="r", step=2)))
FIRST = 20_000 * DAY + 43_200.0


def attempt(number: int, at: float, item: str = "q", *, right: bool = True) -> Attempt:
    return Attempt(
        number=number,
        item=item,
        part="",
        response=None,
        mark="exact" if right else "wrong",
        share=Fraction(right),
        at=at,
    )


def asking(at: float, key: str = "k") -> Asking:
    return Asking(sitting=at - 60, asked=at - 5, key=key)


@pytest.fixture
def progress(tmp_path: Path) -> Iterator[Progress]:
    opened = Progress.open(tmp_path / "progress.db")
    opened.adopt("b", NIGHT)
    yield opened
    opened.close()


def answer(progress: Progress, *given_: Attempt, key: str = "k") -> int:
    session = progress.begin(PLAN, title="T", now=given_[0].at)
    for one in given_:
        progress.save(session, "b", one, asking(one.at, key))
    return session


def memories(progress: Progress, bank: str = "b") -> dict[Key, Memory]:
    return {key: one.memory for key, one in progress.standings(bank).items()}


# --- Sessions, in any order ----------------------------------------------------------------------


class AnyLearning(RuleBasedStateMachine):
    """Sessions through every event on days of any distance, on the real file."""

    @initialize(
        plan=st.one_of(session_plans(), exam_plans()),
        schedule=st.sampled_from([NIGHT, Schedule(retention=0.8)]),
    )
    def begin(self, plan: Plan, schedule: Schedule) -> None:
        self.folder = TemporaryDirectory()
        self.schedule = schedule
        self.progress = Progress.open(Path(self.folder.name, "progress.db"))
        self.progress.adopt(plan.bank, schedule)
        self.now = FIRST
        self.plan = plan
        self.done: list[tuple[Key, Review]] = []
        self.flags: list[tuple[Key, float]] = []
        self.start()

    def start(self) -> None:
        self.state = begun(self.plan)
        self.keeper = Keeper(self.progress, self.plan, title="T", ask=pytest.fail)
        self.before: dict[int, tuple[State, dict[Key, Standing]]] = {}

    def happens(self, event: Event) -> None:
        self.now += 7
        before = self.state
        self.state, effects = step(before, event, self.now)
        for effect in effects:
            if isinstance(effect, Save):
                standings = self.progress.standings(self.plan.bank)
                self.before[effect.attempt.number] = before, standings
            assert self.keeper.keep(effect, self.now)
            if isinstance(effect, TakeBack):
                there, standings = self.before[effect.number]
                assert self.progress.standings(self.plan.bank) == standings
                # What was put off in an exam, or handed in, stays so.
                assert self.plan.exam or replace(there, hints=self.state.hints) == self.state
            if isinstance(effect, KeepFlag):
                self.flags.append(((effect.item, effect.part), self.now))

    @rule(answer=st.sampled_from([*ANSWERS, NEAR, WRITTEN, GUESS, SURE]), reads=st.booleans())
    def answers(self, answer: Event, reads: bool) -> None:
        self.happens(answer)
        if reads:
            self.happens(Next())

    @rule(
        event=st.sampled_from(
            [Hint(), Claim(), Undo(), Undo(), Next(), Skip(), Flagged("bad"), HandIn()]
        )
    )
    def anything(self, event: Event) -> None:
        self.happens(event)

    @rule(days=st.sampled_from([0, 0.3, 1, 4, 30]))
    def another_session(self, days: float) -> None:
        self.happens(Quit())
        self.done = self.given()
        self.now += days * DAY
        self.start()

    def given(self) -> list[tuple[Key, Review]]:
        """What counts, by the machine's own attempts."""
        found = list(self.done)
        for one in self.state.attempts:
            second = had_second_try(self.state.attempts, one)
            if rating := rating_of(one, second_try=second):
                found.append((one.key, Review(at=one.at, rating=rating)))
        return found

    @invariant()
    def the_record_replays_to_the_same_schedule(self) -> None:
        """Nothing that counts is lost or counted twice, and what is kept is what it replays to."""
        if not hasattr(self, "plan"):
            return
        right: dict[Key, list[Review]] = {}
        for key, one in self.given():
            right.setdefault(key, []).append(one)
        assert memories(self.progress, self.plan.bank) == {
            key: replayed(reviews, self.schedule) for key, reviews in right.items()
        }

    @invariant()
    def what_is_kept_is_what_was_given(self) -> None:
        """Each answer that stands and each flag, once and whole, whatever was taken back."""
        if not hasattr(self, "plan"):
            return
        flags = self.progress.flags(self.plan.bank)
        assert [((one.item, one.part), one.at) for one in flags] == self.flags
        if self.state.attempts and self.state.phase != "over":
            kept = self.progress.unfinished(self.plan.bank)
            assert kept is not None
            assert (kept.plan, kept.attempts) == (self.plan, self.state.attempts)

    def teardown(self) -> None:
        if not hasattr(self, "plan"):
            return
        kept = self.progress.standings(self.plan.bank)
        with self.progress._transaction():
            self.progress._rebuild(self.plan.bank)
        assert self.progress.standings(self.plan.bank) == kept
        self.progress.close()
        self.folder.cleanup()


TestAnyLearning = AnyLearning.TestCase
TestAnyLearning.settings = settings(max_examples=few(15), stateful_step_count=25)


# --- Rows ----------------------------------------------------------------------------------------


def test_an_answer_keeps_its_rating_and_what_was_predicted(progress: Progress) -> None:
    """The first is predicted by nothing, the later ones as likely as the memory before them says."""
    later = FIRST + 5 * DAY
    answer(progress, attempt(1, FIRST))
    answer(progress, attempt(1, later, right=False))
    rows = progress._connection.execute("SELECT rating, recall, replayed FROM answer ORDER BY at")
    first = reviewed(None, Review(at=FIRST, rating="good"), NIGHT)
    assert rows.fetchall() == [
        ("good", None, None),
        ("again", recall(first, later, NIGHT), None),
    ]
    standing = progress.standings("b")["q", ""]
    assert (standing.first, standing.rating, standing.key) == (FIRST, "again", "k")
    (history,) = progress.histories("b")
    assert [one.seconds for one in history.reviews] == [5, 5]
    assert history.memory == standing.memory


def test_a_claim_changes_what_is_remembered(progress: Progress) -> None:
    """'I was right' makes it good; dropped again, it is as it was."""
    session = answer(progress, attempt(1, FIRST, right=False))
    before = progress.standings("b")
    progress.override(session, 1, overridden=True, now=FIRST + 1)
    assert progress.standings("b")["q", ""].rating == "good"
    progress.override(session, 1, overridden=False, now=FIRST + 2)
    assert progress.standings("b") == before


def test_another_schedule_works_all_out_anew(progress: Progress) -> None:
    """Another retention moves what is due, once; each bank goes by its own."""
    answer(progress, attempt(1, FIRST), attempt(2, FIRST + 1, "r"))
    before = memories(progress)
    less = Schedule(retention=0.8, day_starts=NIGHT.day_starts)
    progress.adopt("b", less)
    after = memories(progress)
    assert after.keys() == before.keys()
    assert all(after[key].due > before[key].due for key in before)
    assert progress.schedule_of("b") == less
    assert progress.schedule_of("c") == Schedule()
    answer(progress, attempt(1, FIRST + 20 * DAY))
    assert memories(progress)["q", ""] == reviewed(
        after["q", ""], Review(at=FIRST + 20 * DAY, rating="good"), less
    )


def test_two_learners_at_once_lose_nothing(tmp_path: Path) -> None:
    """Two sessions that write at the same moment: every answer is there, and memory fits them all."""
    path = tmp_path / "progress.db"
    start = Barrier(2)
    failed: list[BaseException] = []

    def play(offset: float) -> None:
        try:
            start.wait()
            mine = Progress.open(path, patience=20)
            mine.adopt("b", NIGHT)
            at = FIRST + offset
            answer(mine, *(attempt(n, at + n * DAY, "qr"[n % 2]) for n in range(1, 31)))
            mine.close()
        except BaseException as error:  # noqa: BLE001 - told to the test below
            failed.append(error)

    threads = [Thread(target=play, args=(offset,)) for offset in (0, 500)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not failed
    progress = Progress.open(path)
    assert progress._connection.execute("SELECT count(*) FROM answer").fetchone() == (60,)
    for history in progress.histories("b"):
        assert len(history.reviews) == 30
        assert history.memory == replayed(history.reviews, NIGHT)
    progress.close()


# --- Reviews from elsewhere, flags, settings -----------------------------------------------------


@given(mine=reviews_of_days(NIGHT), theirs=reviews_of_days(NIGHT))
@settings(max_examples=few(10))
def test_reviews_from_anki_are_kept_once(
    mine: tuple[Review, ...], theirs: tuple[Review, ...]
) -> None:
    """Handed in twice they count once; one that is an answer of the terminal counts as that."""
    ours = [one for one in mine if one.rating != "easy"]
    with TemporaryDirectory() as folder:
        progress = Progress.open(Path(folder, "progress.db"))
        progress.adopt("b", NIGHT)
        session = progress.begin(PLAN, title="T", now=0.0)
        progress._connection.executemany(
            "INSERT INTO answer (session, number, bank, item, part, item_key, response, text, mark,"
            " share, final, hinted, counts, sitting, asked, at, rating) VALUES"
            " (?, ?, 'b', 'q', '', '', 'null', '', 'exact', '1', 1, 0, 1, 0, 0, ?, ?)",
            ((session, number, one.at, one.rating) for number, one in enumerate(ours)),
        )
        both = tuple(sorted((*ours, *theirs), key=lambda one: one.at))
        news = {one.at for one in both}
        history = History(item="q", reviews=both)
        assert progress.add_reviews("b", [history], source="anki") == len(news)
        assert progress.add_reviews("b", [history], source="anki") == 0
        known = {one.at for one in ours}
        right = [*ours, *(one for one in theirs if one.at not in known)]
        assert memories(progress) == {("q", ""): replayed(right, NIGHT)}
        progress.close()


def test_reviews_are_predicted_by_a_replay(progress: Progress) -> None:
    """What was answered elsewhere has what a replay predicts, so that statistics need none."""
    rating: Rating = "easy"
    reviews = tuple(Review(at=FIRST + days * DAY, rating=rating) for days in (0, 20))
    progress.add_reviews("b", [History(item="q", reviews=reviews)], source="anki")
    rows = progress._connection.execute("SELECT replayed FROM review ORDER BY at").fetchall()
    first = reviewed(None, reviews[0], NIGHT)
    assert rows == [(None,), (recall(first, reviews[1].at, NIGHT),)]


def test_flags_stand_until_they_are_dropped(progress: Progress) -> None:
    """A flag keeps its words and what was right then; dropped, it is no longer told."""
    flags = [
        Flag(item=item, part="", at=at, note="?", key="k") for item, at in (("q", 2), ("r", 1))
    ]
    for one in flags:
        progress.flag("b", one)
    assert progress.flags("b") == (flags[1], flags[0])
    assert progress.flags("c") == ()
    progress.drop_flag("b", flags[1], now=3.0)
    assert progress.flags("b") == (flags[0],)


def test_settings_are_kept(progress: Progress) -> None:
    """What is not set is as it always was."""
    assert progress.habits() == Habits()
    mine = Habits(retention=0.85, new=7, parameters=default_parameters())
    progress.change_habits(mine, now=5.0)
    assert progress.habits() == mine
    progress.change_habits(Habits(retention=0.85, parameters=default_parameters()), now=6.0)
    rows = progress._connection.execute("SELECT name, changed FROM setting ORDER BY name")
    assert rows.fetchall() == [("new", 6.0), ("parameters", 5.0), ("retention", 5.0)]


# --- Of an older format --------------------------------------------------------------------------


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A record as it was written in format 1: one session to its end, and one broken off."""
    return Path(shutil.copy(OLD, tmp_path / "progress.db"))


def test_a_record_of_format_1_is_brought_up(old: Path) -> None:
    """Its answers get their ratings and a memory; what was there before is kept in a copy."""
    progress = Progress.open(old)
    copy = old.with_name("progress.db.format1.bak")
    assert [str(copy) in note for note in progress.notes] == [True]
    progress.adopt("lakes", NIGHT)
    rows = progress._connection.execute(
        "SELECT item, part, rating FROM answer WHERE rating IS NOT NULL AND session = 1"
        " AND NOT undone ORDER BY number"
    )
    ratings = {(item, part): rating for item, part, rating in rows}
    assert ratings == {
        **dict.fromkeys([("pairs", ""), ("water", ""), ("african", ""), ("salt", "")], "good"),
        **dict.fromkeys([("gaps", "c1"), ("gaps", "c2"), ("dew", "")], "good"),
        ("water", "reverse"): "good",
        ("change", ""): "good",
        ("depth", ""): "again",
        ("deepest", ""): "hard",
    }
    histories = progress.histories("lakes")
    assert {(one.item, one.part) for one in histories} == ratings.keys()
    for one in histories:
        assert one.memory == replayed(one.reviews, NIGHT)
    assert progress.unfinished("lakes") is not None
    progress.close()
    kept, before = (sqlite3.connect(path) for path in (copy, OLD))
    assert list(kept.iterdump()) == list(before.iterdump())
    kept.close()
    before.close()
    again = Progress.open(old)
    assert again.notes == ()
    again.close()


def test_every_answer_is_rated_as_the_session_rates_it(old: Path) -> None:
    """The ratings that the migration gives are those of `rating_of`."""
    progress = Progress.open(old)
    for (session,) in progress._connection.execute("SELECT id FROM session").fetchall():
        attempts = progress._attempts(session)
        rated = progress._connection.execute(
            "SELECT rating FROM answer WHERE session = ? AND NOT undone ORDER BY number", (session,)
        )
        assert [rating for (rating,) in rated] == [
            rating_of(one, second_try=had_second_try(attempts, one)) for one in attempts
        ]
    progress.close()


def test_without_a_copy_nothing_is_changed(old: Path) -> None:
    """Where the copy cannot be written, the record is left as it was, and a sentence says so."""
    old.with_name("progress.db.format1.bak").mkdir()
    with pytest.raises(ProgressError, match="no copy of it can be made"):
        Progress.open(old)
    left = sqlite3.connect(old)
    assert left.execute("PRAGMA user_version").fetchone() == (1,)
    left.close()
    assert not [one.name for one in old.parent.iterdir() if one.is_file() and ".bak" in one.name]


def test_two_that_bring_a_record_up_at_once(old: Path) -> None:
    """One of them does, the other waits for it and goes on."""
    start = Barrier(2)
    failed: list[BaseException] = []
    notes: list[str] = []

    def come() -> None:
        try:
            start.wait()
            mine = Progress.open(old, patience=20)
            notes.extend(mine.notes)
            assert mine._version() == len(MIGRATIONS)
            mine.close()
        except BaseException as error:  # noqa: BLE001 - told to the test below
            failed.append(error)

    threads = [Thread(target=come) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not failed
    assert len(notes) == 1
