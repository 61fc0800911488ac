"""The record of answers: kept when given, never deleted, and readable whatever happened."""

import io
import re
import sqlite3
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.model import Bank, Response, Rules, TrueFalse
from quizgen.study import progress_file as module
from quizgen.study.console import Console
from quizgen.study.events import Ask, Finish, Override, Retry, Save, TakeBack
from quizgen.study.keeper import Keeper
from quizgen.study.plain import Plain
from quizgen.study.plan import planned
from quizgen.study.progress import Asking, Progress
from quizgen.study.progress_file import MIGRATIONS, ProgressError
from quizgen.study.record import Attempt, Key, Plan, Task
from quizgen.study.session import begun
from quizgen.study.terminal import Setting, Terminal
from tests.conftest import few
from tests.strategies import scored_items, scored_responses, session_plans

PLAN = Plan(bank="b", seed=1, tasks=(Task(item="q"), Task(item="r", part="c2", group="g", step=2)))


ASKING = Asking(sitting=1.0, asked=4.0, key="k")


def attempt(number: int, item: str = "q", **more: object) -> Attempt:
    given_ = {"part": "", "response": None, "mark": "wrong", "share": Fraction(0), "at": 5.5} | more
    return Attempt(number=number, item=item, **given_)  # type: ignore[arg-type]


def answered(progress: Progress, bank: str) -> set[Key]:
    query = "SELECT item, part FROM answer WHERE bank = :bank AND NOT undone"
    return {(item, part) for item, part in progress.select(query, {"bank": bank})}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "progress.db"


@pytest.fixture
def progress(path: Path) -> Iterator[Progress]:
    opened = Progress.open(path)
    yield opened
    opened.close()


def test_it_is_written_through(progress: Progress, path: Path) -> None:
    """The file is made with its folder; every commit reaches the disk, readers are not in the way."""
    assert path.is_file()
    assert progress._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert progress._connection.execute("PRAGMA synchronous").fetchone() == (2,)


@given(data=st.data())
@settings(max_examples=few(10))
def test_whatever_is_kept_comes_back_the_same(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Plans and responses of all types are read as they were written."""
    item = data.draw(scored_items())
    responses: list[Response] = data.draw(st.lists(scored_responses(item, Rules(multiple="ps50"))))
    text = data.draw(st.text(st.characters(exclude_categories=["Cs"])))
    plan = data.draw(session_plans())
    given_ = tuple(
        attempt(
            number,
            response=response,
            share=data.draw(st.fractions(0, 1)),
            hinted=data.draw(st.booleans()),
            final=data.draw(st.booleans()),
            overridden=data.draw(st.booleans()),
            counts=data.draw(st.booleans()),
            text=text,
        )
        for number, response in enumerate(responses, start=1)
    )
    opened = Progress.open(tmp_path_factory.mktemp("db") / "p.db")
    session = opened.begin(plan, title=text, now=3.25)
    for one in given_:
        opened.save(session, "bank", one, ASKING)
    kept = opened.unfinished("bank")
    opened.close()
    if not given_:
        assert kept is None
        return
    assert kept is not None
    assert (kept.attempts, kept.plan, kept.title, kept.started) == (given_, plan, text, 3.25)


def test_what_surrounds_an_answer_is_kept_with_it(progress: Progress) -> None:
    """When its question was put (again, after an undo) and the key that it was judged by; a near
    miss and its second try were asked at the same moment.
    """
    keeper = Keeper(
        progress, PLAN, title="T", ask=lambda _: False, key_of=lambda key: "key of " + key[0]
    )
    near = attempt(1, mark="close", final=False, counts=False, at=7.0)
    for effect, now in (
        (Ask(), 5.0),
        (Save(near), 7.0),
        (Retry(near), 7.0),
        (Save(attempt(2, at=9.0)), 9.0),
        (Ask(), 10.0),
        (Save(attempt(3, "r", at=12.0)), 12.0),
        (TakeBack(3), 13.0),
        (Ask(), 14.0),
        (Save(attempt(3, "r", at=15.0)), 15.0),
    ):
        assert keeper.keep(effect, now)
    rows = progress._connection.execute(
        "SELECT item_key, counts, sitting, asked, at FROM answer WHERE NOT undone ORDER BY number"
    )
    assert rows.fetchall() == [
        ("key of q", 0, 5.0, 5.0, 7.0),
        ("key of q", 1, 5.0, 5.0, 9.0),
        ("key of r", 1, 5.0, 14.0, 15.0),
    ]


def test_the_time_of_a_session_is_that_of_its_sittings(progress: Progress) -> None:
    """The nights between them took none of it; each runs to its last answer, also one taken back."""
    session = progress.begin(PLAN, title="T", now=100.0)
    for number, sitting, at in ((1, 100.0, 110.0), (2, 100.0, 130.0), (3, 5_000.0, 5_008.5)):
        asking = Asking(sitting=sitting, asked=at - 1, key="")
        progress.save(session, "b", attempt(number, at=at), asking)
    progress.take_back(session, 3, now=5_010.0)
    kept = progress.unfinished("b")
    assert kept is not None
    assert kept.seconds == 38.5


def test_a_session_has_a_name_of_its_own(progress: Progress) -> None:
    """The same on every machine: 128 random bits, which no two sessions share."""
    for _ in range(20):
        progress.begin(PLAN, title="T", now=1.0)
    names = {name for (name,) in progress._connection.execute("SELECT uuid FROM session")}
    assert len(names) == 20
    assert all(re.fullmatch("[0-9a-f]{32}", name) for name in names)


def test_a_commit_is_seen_at_once_by_another(progress: Progress, path: Path) -> None:
    """What was saved stands in the file before save returns: a second process sees it."""
    session = progress.begin(PLAN, title="T", now=1.0)
    progress.save(session, "b", attempt(1), ASKING)
    other = Progress.open(path)
    assert answered(other, "b") == {("q", "")}
    assert answered(other, "elsewhere") == set()
    other.close()


def test_undone_rows_stay_and_do_not_count(progress: Progress) -> None:
    """An attempt taken back leaves its row, marked; its number may be given again."""
    session = progress.begin(PLAN, title="T", now=1.0)
    progress.save(session, "b", attempt(1), ASKING)
    progress.save(session, "b", attempt(2, "r"), ASKING)
    progress.take_back(session, 2, now=6.0)
    progress.save(session, "b", attempt(2, "r", mark="exact", share=Fraction(1)), ASKING)
    kept = progress.unfinished("b")
    assert kept is not None
    assert [one.mark for one in kept.attempts] == ["wrong", "exact"]
    count = progress._connection.execute("SELECT count(*), sum(undone) FROM answer").fetchone()
    assert count == (3, 1)
    progress.save(session, "b", attempt(2, "r", mark="exact", share=Fraction(1)), ASKING)
    assert progress.unfinished("b") == kept
    with pytest.raises(ProgressError, match="another window"):
        progress.save(session, "b", attempt(2, "r", at=6.5), ASKING)


def test_an_override_is_kept_and_dropped(progress: Progress) -> None:
    """'I was right' is a mark on the row and can be taken back."""
    session = progress.begin(PLAN, title="T", now=1.0)
    progress.save(session, "b", attempt(1), ASKING)
    for overridden in (True, False):
        progress.override(session, 1, overridden=overridden, now=6.0)
        kept = progress.unfinished("b")
        assert kept is not None
        assert kept.attempts[0].overridden is overridden


def test_the_last_open_session_is_gone_on_with(progress: Progress) -> None:
    """Of this bank, not finished, with an answer that counts, the latest."""
    first = progress.begin(PLAN, title="first", now=1.0)
    assert progress.unfinished("b") is None
    progress.save(first, "b", attempt(1), ASKING)
    second = progress.begin(PLAN, title="second", now=2.0)
    progress.save(second, "b", attempt(1), ASKING)
    kept = progress.unfinished("b")
    assert kept is not None
    assert (kept.title, kept.plan) == ("second", PLAN)
    progress.finish(second, now=3.0)
    kept = progress.unfinished("b")
    assert kept is not None
    assert kept.title == "first"
    progress.take_back(first, 1, now=6.0)
    assert progress.unfinished("b") is None
    assert progress.unfinished("c") is None


def test_a_file_of_each_older_format_is_brought_up(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Migrations run in order, once, and keep the rows; a newer format is refused in words."""
    old = Progress.open(path)
    old.save(old.begin(PLAN, title="T", now=1.0), "b", attempt(1), ASKING)
    old.close()
    more = (*MIGRATIONS, ("ALTER TABLE answer ADD COLUMN more REAL",), ("CREATE TABLE t (x)",))
    monkeypatch.setattr(module, "MIGRATIONS", more)
    for _ in range(2):
        new = Progress.open(path)
        assert new._version() == len(more)
        assert answered(new, "b") == {("q", "")}
        assert new._connection.execute("SELECT more FROM answer").fetchall() == [(None,)]
        new.close()
    monkeypatch.undo()
    with pytest.raises(ProgressError, match="newer quizgen"):
        Progress.open(path)


def test_a_migration_that_fails_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a migration is done, or none of it."""
    Progress.open(path).close()
    broken = (*MIGRATIONS, ("CREATE TABLE t (x)", "CREATE TABLE t (x)"))
    monkeypatch.setattr(module, "MIGRATIONS", broken)
    with pytest.raises(ProgressError):
        Progress.open(path)
    monkeypatch.undo()
    opened = Progress.open(path)
    names = opened._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    assert "t" not in {name for (name,) in names}
    opened.close()


@pytest.mark.parametrize(
    ("pragma", "words"),
    [
        ("PRAGMA query_only = ON", "may not be written"),
        ("PRAGMA max_page_count = 1", "disk is full"),
    ],
)
def test_the_disk_refuses_in_a_sentence(progress: Progress, pragma: str, words: str) -> None:
    """A full disk and a file that may not be written are told apart, and what stands is kept."""
    session = progress.begin(PLAN, title="T", now=1.0)
    progress.save(session, "b", attempt(1), ASKING)
    progress._connection.execute(pragma)
    long = attempt(2, text="x" * 100_000)
    with pytest.raises(ProgressError, match=words):
        progress.save(session, "b", long, ASKING)
    progress._connection.execute("PRAGMA query_only = OFF")
    assert ("q", "") in answered(progress, "b")


def test_a_lock_is_waited_for_and_then_said(path: Path) -> None:
    """While another program holds the file, one waits for the patience given and no longer."""
    Progress.open(path).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    waiting = Progress.open(path, patience=0.05)
    with pytest.raises(ProgressError, match="another program is holding it"):
        waiting.begin(PLAN, title="T", now=1.0)
    holder.execute("ROLLBACK")
    assert waiting.begin(PLAN, title="T", now=1.0) == 1
    waiting.close()
    holder.close()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file where the folder should be is a sentence."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ProgressError, match="folder cannot be made"):
        Progress.open(tmp_path / "file" / "progress.db")


# --- The keeper ----------------------------------------------------------------------------------


def test_a_session_without_answers_leaves_no_row(progress: Progress) -> None:
    """The row of a session comes with its first answer, and its end is kept."""
    keeper = Keeper(progress, PLAN, title="T", ask=lambda _: False)
    assert keeper.keep(Finish(complete=True), 1.0)
    assert progress._connection.execute("SELECT count(*) FROM session").fetchone() == (0,)
    assert keeper.keep(Save(attempt(1)), 2.0)
    assert keeper.keep(Override(1, overridden=True), 3.0)
    assert progress.unfinished("b") is not None
    assert keeper.keep(Finish(complete=False), 4.0)
    assert progress.unfinished("b") is not None
    assert keeper.keep(Finish(complete=True), 5.0)
    assert progress.unfinished("b") is None


@pytest.mark.parametrize("goes_on", [True, False])
def test_the_learner_decides_when_saving_fails(progress: Progress, *, goes_on: bool) -> None:
    """Asked once, in a sentence; then the session goes on unsaved, and says that some is lost."""
    said: list[str] = []

    def ask(sentence: str) -> bool:
        said.append(sentence)
        return goes_on

    keeper = Keeper(progress, PLAN, title="T", ask=ask)
    assert keeper.keep(Save(attempt(1)), 1.0)
    progress._connection.execute("PRAGMA query_only = ON")
    assert keeper.keep(TakeBack(1), 2.0) is goes_on
    assert keeper.keep(Save(attempt(1)), 3.0)
    assert len(said) == 1
    assert keeper.kept.lost
    assert keeper.kept.path == str(progress.path)


# --- Ctrl-C while an answer is being written -----------------------------------------------------


class Interrupted:
    """A connection at which Ctrl-C arrives once, before or after its statement number `at`."""

    def __init__(self, connection: sqlite3.Connection, at: int, *, after: bool) -> None:
        self._connection, self.left, self._after = connection, at, after

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, *words: Any) -> sqlite3.Cursor:
        """As the connection does, but for the interruption."""
        self.left -= 1
        if self.left == 0 and not self._after:
            raise KeyboardInterrupt
        cursor = self._connection.execute(*words)
        if self.left == 0:
            raise KeyboardInterrupt
        return cursor


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", range(1, 46))
def test_an_answer_that_was_given_is_kept_whenever_ctrl_c_comes(
    progress: Progress, at: int, *, after: bool
) -> None:
    """At every statement of two answers, an undo and their end: what counts is kept, and once."""
    items = tuple(TrueFalse(id=name, statement=f"{name}?", answer=True) for name in "qr")
    plan = planned("b", items, seed=1)
    connection = progress._connection
    broken = Interrupted(connection, at, after=after)
    progress._connection = broken  # type: ignore[assignment]
    terminal = Terminal(
        Bank(name="b", title="B", items=items),
        begun(plan),
        setting=Setting(title="B"),
        screen=Plain(Console(io.StringIO("t\nu\nt\n\nt\n\n"), io.StringIO())),
        keeper=Keeper(progress, plan, title="B", ask=pytest.fail),
        now=lambda: 5.5,
    )
    ending = terminal.play()
    assert ending.interrupted == (broken.left <= 0)
    query = "SELECT number, item FROM answer WHERE NOT undone ORDER BY number"
    counted = [(one.number, one.item) for one in terminal._state.attempts]
    assert connection.execute(query).fetchall() == counted
