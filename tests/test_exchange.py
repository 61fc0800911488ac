"""Two records become one: in any order and however often, and bad lines harm nothing."""

import io
import json
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizgen.cli import main
from quizgen.model import History, Review, Typed
from quizgen.study.exchange import BadLine, Merged, exported, merge, read_lines
from quizgen.study.memories import Flag, Habits
from quizgen.study.progress import Asking, Progress
from quizgen.study.record import Attempt, Plan, Task
from quizgen.study.schedule import DAY, Schedule, replayed
from tests.conftest import few

NIGHT = Schedule(day_starts=4 * 3600.0)
NOW = 20_000 * DAY
PLAN = Plan(bank="b", seed=1, tasks=(Task(item="q"), Task(item="r", part="c1", group="g", step=2)))


def played(progress: Progress, at: float, *rights: bool) -> int:
    """A session of so many answers to two tasks in turn; its number."""
    session = progress.begin(PLAN, title="T", now=at)
    for number, right in enumerate(rights, start=1):
        task = PLAN.tasks[number % 2]
        attempt = Attempt(
            number=number,
            item=task.item,
            part=task.part,
            response=Typed(text="é"),
            mark="exact" if right else "wrong",
            share=Fraction(right),
            at=at + number,
        )
        progress.save(session, "b", attempt, Asking(sitting=at, asked=at + number - 0.5, key="k"))
    return session


Deed = Callable[[Progress, float], object]
DEEDS: dict[str, Deed] = {
    "plays": lambda mine, now: played(mine, now, True, False, True),
    "takes back": lambda mine, now: mine.take_back(1, 2, now=now),
    "claims": lambda mine, now: mine.override(1, 2, overridden=True, now=now),
    "gives it up": lambda mine, now: mine.override(1, 2, overridden=False, now=now),
    "finishes": lambda mine, now: mine.finish(1, now=now),
    "comes from Anki": lambda mine, now: mine.add_reviews(
        "b", [History(item="q", reviews=(Review(at=now, rating="easy"),))], source="anki"
    ),
    "flags": lambda mine, now: mine.flag("b", Flag(item="q", part="", at=NOW, note=f"{now}")),
    "drops": lambda mine, now: mine.drop_flag(
        "b", Flag(item="q", part="", at=NOW, note=""), now=now
    ),
    "sets": lambda mine, now: mine.change_habits(Habits(new=int(now) % 50), now=now),
}


def fresh(folder: str, name: str) -> Progress:
    opened = Progress.open(Path(folder, f"{name}.db"))
    opened._connection.execute("PRAGMA synchronous = OFF")
    opened.adopt("b", NIGHT)
    return opened


def lines_of(progress: Progress) -> list[bytes]:
    return list(exported(progress))


def taken_in(progress: Progress, lines: Sequence[bytes]) -> Merged:
    found, bad = read_lines(lines)
    assert bad == []
    return merge(progress, found)


@given(
    deeds=st.lists(st.tuples(st.integers(0, 2), st.sampled_from([*DEEDS, "copies"])), max_size=14),
    order=st.lists(st.integers(0, 2), min_size=3, max_size=5),
)
@example(deeds=[(1, "copies"), (0, "takes back"), (0, "finishes")], order=[0, 1, 2])
@example(deeds=[(0, "claims"), (1, "copies"), (0, "gives it up")], order=[1, 0, 1])
@example(deeds=[(0, "sets"), (1, "sets"), (0, "flags"), (1, "flags"), (2, "drops")], order=[1, 0])
@settings(max_examples=few(8))
def test_records_come_together_in_any_order(deeds: list[tuple[int, str]], order: list[int]) -> None:
    """Three computers, some of which had copies of another's record: whoever takes in the others'
    records in whatever order has the same bytes and the same schedule, and a second time nothing new.
    """
    with TemporaryDirectory() as folder:
        machines = [fresh(folder, str(number)) for number in range(3)]
        for number, mine in enumerate(machines):
            played(mine, NOW + 100 * number, True, True)
        now = NOW
        for number, deed in deeds:
            now += 0.7 * DAY
            mine = machines[number]
            if deed == "copies":
                taken_in(mine, lines_of(machines[number - 1]))
            else:
                DEEDS[deed](mine, now)
        records = [lines_of(mine) for mine in machines]
        one, other = fresh(folder, "one"), fresh(folder, "other")
        for number in (0, 1, 2):
            taken_in(one, records[number])
        for number in (*order, 2, 1, 0):
            taken_in(other, records[number])
        assert lines_of(one) == lines_of(other)
        assert one.standings("b") == other.standings("b")
        for history in one.histories("b"):
            assert history.memory == replayed(history.reviews, NIGHT)
        for number, mine in enumerate(machines):
            for record in (*records, records[number]):
                taken_in(mine, record)
            assert lines_of(mine) == lines_of(one)
            assert mine.standings("b") == one.standings("b")
            assert taken_in(mine, lines_of(one)) == Merged(new=0, changed=0)
        for opened in (*machines, one, other):
            opened.close()


def test_what_both_went_on_with_is_kept(tmp_path: Path) -> None:
    """One session gone on with on two computers keeps the answers of both, and is resumed by its own."""
    one, other = fresh(str(tmp_path), "one"), fresh(str(tmp_path), "other")
    played(one, NOW, True)
    taken_in(other, lines_of(one))
    assert other.unfinished("b") is None
    (tmp_path / "copy.db").write_bytes(b"")
    copy = Progress.open(tmp_path / "copy.db")
    one._connection.backup(copy._connection)
    for mine, at in ((one, 5.0), (copy, 9.0)):
        attempt = Attempt(
            number=2, item="q", part="", response=None, mark="wrong", share=Fraction(0), at=NOW + at
        )
        mine.save(1, "b", attempt, Asking(sitting=NOW, asked=NOW, key=""))
    assert taken_in(one, lines_of(copy)) == Merged(new=1, changed=0)
    assert taken_in(copy, lines_of(one)) == Merged(new=1, changed=0)
    assert lines_of(one) == lines_of(copy)
    kept = one.unfinished("b")
    assert kept is not None
    assert [attempt.at for attempt in kept.attempts] == [NOW + 1, NOW + 5]


# --- Lines that are none -------------------------------------------------------------------------


def damaged(lines: list[bytes], place: int, **changes: object) -> list[bytes]:
    return [
        *lines[:place],
        json.dumps(json.loads(lines[place]) | changes).encode(),
        *lines[place + 1 :],
    ]


def test_a_bad_line_is_told_by_its_number(tmp_path: Path) -> None:
    """What is cut off, of a wrong kind, impossible or of a newer quizgen; all of them at once."""
    mine = fresh(str(tmp_path), "mine")
    played(mine, NOW, True, False)
    lines = lines_of(mine)
    assert read_lines([*lines, b"", b"  "])[1] == []
    for broken, number, why in (
        ([*lines[:2], lines[2][:-9], *lines[3:]], 3, "truncated"),
        (damaged(lines, 2, share="3/2"), 3, "no share"),
        (damaged(lines, 2, share="1/0"), 3, ""),
        (damaged(lines, 2, at=-1), 3, "at"),
        (damaged(lines, 2, at=1e300), 3, "at"),
        (damaged(lines, 2, mark="great"), 3, "mark"),
        (damaged(lines, 2, response={"type": "x"}), 3, ""),
        (damaged(lines, 1, plan=5), 2, ""),
        (damaged(lines, 0, format=99), 1, "newer"),
        ([lines[0], *lines[2:]], 2, "session is not above"),
        (lines[1:], 1, "heading"),
        ([], 1, "empty"),
        ([b"\xff\xfe"], 1, ""),
    ):
        _, bad = read_lines(broken)
        assert bad, broken
        assert bad[0].number == number
        assert why in bad[0].why
    mine.change_habits(Habits(new=7, retention=0.8), now=NOW)
    lines = lines_of(mine)
    assert read_lines(lines)[1] == []
    for name, value in (("new", -1), ("new", "x"), ("retention", 5), ("parameters", [1.0, 2.0])):
        assert read_lines(damaged(lines, 4, name=name, value=value))[1][0].number == 5
    lines = lines[:4]
    assert [one.number for one in read_lines([*lines, b"x", b"y"])[1]] == [5, 6]
    assert isinstance(read_lines([b"x"])[1][0], BadLine)


@given(noise=st.binary(max_size=60), place=st.integers(0, 3))
@settings(max_examples=few(50))
def test_noise_is_no_line(noise: bytes, place: int) -> None:
    """Whatever stands in a line is read or told, and never ends the reading."""
    lines = [b'{"is":"progress","format":2}'] * (place > 0)
    found, bad = read_lines([*lines, *noise.split(b"\n")])
    assert len(found) + len(bad) >= 1


# --- The command ---------------------------------------------------------------------------------


def test_a_record_moves_to_another_computer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exported to a file or a pipe, imported once, told when nothing is new, refused whole."""
    mine = fresh(str(tmp_path), "mine")
    played(mine, NOW, True, False)
    record, there = str(tmp_path / "record.jsonl"), ("--db", str(tmp_path / "there.db"))
    assert main(["progress", "export", record, "--db", str(mine.path)]) == 0
    assert Path(record).read_bytes() == b"".join(lines_of(mine))
    assert main(["progress", "import", record, *there]) == 0
    assert capsys.readouterr().out == "2 answers came in, 0 changed.\n"
    pipe = io.TextIOWrapper(io.BytesIO(Path(record).read_bytes()))
    monkeypatch.setattr(sys, "stdin", pipe)
    assert main(["progress", "import", "-", *there]) == 0
    assert capsys.readouterr().out == "Nothing in it is new.\n"
    played(mine, NOW + DAY, True)
    text = b"".join(lines_of(mine)) + b"{}\n"
    Path(record).write_bytes(text)
    assert main(["progress", "import", record, *there]) == 1
    said = capsys.readouterr().err
    assert f"{record}:7: This is no line of progress: " in said
    assert "Nothing was imported." in said
    opened = Progress.open(Path(there[1]))
    assert [one.answers for one in opened.banks()] == [2]
    opened.close()
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_settings_are_shown_and_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How many new ones a day and what retention; "bank" leaves it to the bank again."""
    there = ("--db", str(tmp_path / "p.db"))
    assert main(["progress", "set", "--new", "0", "--retention", "0.85", *there]) == 0
    assert "New questions a day: 0.\nRetention: 0.85." in capsys.readouterr().out
    assert main(["progress", "set", "--retention", "bank", *there]) == 0
    capsys.readouterr()
    assert main(["progress", "--json", *there]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["new_a_day"], shown["retention"], shown["banks"]) == (0, None, [])
    assert main(["progress", "set", *there]) == 2
    for words in (["--retention", "0.5"], ["--retention", "x"], ["--new", "-1"]):
        with pytest.raises(SystemExit):
            main(["progress", "set", *words, *there])


def test_a_record_that_cannot_be_used_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is none of progress is a sentence."""
    path = tmp_path / "p.db"
    path.write_bytes(b"no database at all, but long enough to be looked at" * 50)
    assert main(["progress", "--db", str(path)]) == 1
    assert "it is no file of progress" in capsys.readouterr().err
