"""`quizgen check --watch`: a turn after each change, and nothing that ends it but its user."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from quizgen.cli import main
from quizgen.commands import watch as watching
from quizgen.commands.project import Stop
from quizgen.commands.watch import state_of, watch

BANK = "bank: lakes\ntitle: Lakes\n"
GOOD = "questions:\n- id: dew\n  statement: Dew is water.\n  answer: true\n"


class Hands:
    """What an author does at each look; he stops when there is nothing more to do."""

    def __init__(self, *acts: Callable[[], object] | None) -> None:
        self.acts = list(acts)

    def __call__(self, _seconds: float) -> None:
        if not self.acts:
            raise KeyboardInterrupt
        if act := self.acts.pop(0):
            act()


def test_a_turn_is_taken_at_first_and_after_each_change_alone(tmp_path: Path) -> None:
    """A file written, changed, replaced, renamed, taken away; in a folder below, too."""
    below = tmp_path / "more"
    below.mkdir()
    turns: list[list[str]] = []
    hands = Hands(
        None,
        lambda: (tmp_path / "a.yaml").write_text("a"),
        None,
        lambda: (below / "b.yaml").write_text("b"),
        lambda: os.utime(below / "b.yaml", ns=(1, 1)),
        None,
        lambda: (tmp_path / "a.yaml").rename(tmp_path / "c.yaml"),
        (tmp_path / "c.yaml").unlink,
    )

    def turn() -> int:
        turns.append(sorted(Path(path).name for path in state_of([tmp_path])))
        return len(turns)

    assert watch(lambda: [tmp_path], turn, wait=hands) == 6
    assert turns == [[], ["a.yaml"], *[["a.yaml", "b.yaml"]] * 2, ["b.yaml", "c.yaml"], ["b.yaml"]]


def test_a_file_that_is_still_being_written_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until two looks see the same."""
    states = iter([{}, {"a": (1, 1)}, {"a": (2, 1)}, {"a": (3, 1)}, {"a": (3, 1)}, {"a": (3, 1)}])
    last = {"a": (3, 1)}
    seen: list[object] = []

    def look(_: object) -> object:
        seen.append(next(states, last))
        return seen[-1]

    monkeypatch.setattr(watching, "state_of", look)
    turns: list[object] = []

    def turn() -> int:
        turns.append(seen[-1])
        return 0

    watch(lambda: [tmp_path], turn, wait=Hands(*[None] * 6))
    assert turns == [{}, last]


def test_hidden_files_and_what_cannot_be_read_are_passed_over(tmp_path: Path) -> None:
    """What an editor keeps beside a file starts no turn."""
    (tmp_path / ".a.yaml.swp").write_text("")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/index").write_text("")
    (tmp_path / "loop").symlink_to(tmp_path / "nowhere")
    assert state_of([tmp_path, tmp_path / "gone"]) == {}


def test_a_turn_that_cannot_go_on_says_why_and_the_next_may(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = iter((Stop("It is no text.", code=2), OSError(5, "The disk refuses", "a.yaml"), 0))

    def turn() -> int:
        outcome = next(outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    path = tmp_path / "a.yaml"
    hands = Hands(lambda: path.write_text("1"), lambda: path.write_text("12"))
    assert watch(lambda: [tmp_path], turn, wait=hands) == 0
    said = capsys.readouterr().err
    assert "It is no text.\n" in said
    assert "Cannot read a.yaml: The disk refuses.\n" in said
    assert said.count("Waiting for a change") == 3


def test_check_watches_the_questions_of_a_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake is told when it is saved, and gone when it is mended; the exit code is the last's."""
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions/bank.yaml").write_text(BANK)
    path = tmp_path / "questions/a.yaml"
    path.write_text(GOOD)
    said: list[str] = []

    def look() -> None:
        said.append(capsys.readouterr().out)

    hands = Hands(
        look,
        lambda: path.write_text(GOOD.replace("true", "maybe")),
        look,
        lambda: path.write_text(GOOD),
        look,
    )
    monkeypatch.setattr("time.sleep", hands)
    assert main(["check", "-C", str(tmp_path), "--watch"]) == 0
    first, broken, mended = said
    assert "no problem" in first
    assert "questions/a.yaml:4:" in broken
    assert mended == first


def test_a_document_that_the_bank_names_later_is_watched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the turn on that found it named, be it there yet or not."""
    (tmp_path / "questions").mkdir()
    bank = tmp_path / "questions/bank.yaml"
    bank.write_text(BANK)
    (tmp_path / "questions/a.yaml").write_text(GOOD)
    said: list[bool] = []

    def look() -> None:
        said.append("unread_document" in capsys.readouterr().out)

    named = BANK + "sources:\n  reader: {title: Reader, file: reader.txt}\n"
    hands = Hands(
        look,
        lambda: bank.write_text(named),
        look,
        lambda: (tmp_path / "reader.txt").write_text("Dew is water.\n"),
        look,
    )
    monkeypatch.setattr("time.sleep", hands)
    assert main(["check", "-C", str(tmp_path), "--watch"]) == 0
    assert said == [False, True, False]
