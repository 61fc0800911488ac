"""`quizgen check` and the lock file of the deck: it says what `quizgen build` says, and writes nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.test_anki_lock import FAR, Project
from tests.test_cli import quizgen

CLOZE = "- {id: gaps, cloze: 'The {{c1::first}} and the {{c2::second}} gap.'}"
REVERSED = "- {id: turned, front: Front?, back: Back, reverse: true}"
PLAIN = "- {id: plain, front: Plain?, back: Plain}"


class Bank(Project):
    """A project whose questions are written as they stand, and what the two commands say of it."""

    def ask(self, *questions: str) -> None:
        """Write these questions, one a line."""
        text = "questions:\n" + "".join(f"{one}\n" for one in questions)
        (self.root / "questions" / "lakes.yaml").write_text(text, "utf-8")

    def check(self) -> list[dict[str, Any]]:
        """The problems that `check` lists, without where things end, which `build` does not say."""
        run = quizgen("check", "--format", "json", cwd=self.root)
        problems: list[dict[str, Any]] = json.loads(run.stdout)
        ends = ("field", "other", "end_line", "end_column")
        return [{key: row[key] for key in row if key not in ends} for row in problems]

    def files(self) -> dict[str, tuple[bytes, int]]:
        """All files with their bytes and times, but for what is only kept to be quick."""
        return {
            str(path): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in self.root.rglob("*")
            if path.is_file() and ".cache" not in path.parts
        }


@pytest.fixture
def bank(project: Path) -> Bank:
    """A bank of which one deck was built."""
    made = Bank(project)
    made.ask(CLOZE, REVERSED, PLAIN)
    made.build()
    return made


def _gap_gone(bank: Bank) -> None:
    bank.ask("- {id: gaps, cloze: 'The {{c1::first}} gap is all there is.'}", REVERSED, PLAIN)


def _turned_no_more(bank: Bank) -> None:
    bank.ask(CLOZE, "- {id: turned, front: Front?, back: Back}", PLAIN)


def _type_changed(bank: Bank) -> None:
    bank.ask(CLOZE, REVERSED, "- {id: plain, cloze: 'Now it is a {{c1::gap}} in a text.'}")


def _vanished(bank: Bank) -> None:
    bank.ask(CLOZE, "- {id: turned, draft: true}")


def _retired_gone(bank: Bank) -> None:
    bank.ask(CLOZE, REVERSED, PLAIN[:-1] + ", retired: Old.}")
    bank.build()
    bank.ask(CLOZE, REVERSED)


def _used_again(bank: Bank) -> None:
    bank.ask(CLOZE, REVERSED, PLAIN[:-1] + ", retired: Old.}")
    bank.build()
    bank.ask(CLOZE, REVERSED, PLAIN)


def _renamed(bank: Bank) -> None:
    (bank.root / "questions" / "bank.yaml").write_text("bank: ponds\ntitle: Ponds\n", "utf-8")


def _went_back(bank: Bank) -> None:
    before = bank.lock.read_bytes()
    bank.ask(CLOZE, REVERSED, "- {id: plain, front: Another?, back: Plain}")
    bank.build()
    bank.lock.write_bytes(before)


def _ahead(bank: Bank) -> None:
    bank.date("plain", FAR)


def _conflict(bank: Bank) -> None:
    text = bank.lock.read_text("utf-8")
    bank.lock.write_text(f"<<<<<<< HEAD\n{text}=======\n>>>>>>> other\n", "utf-8")


def _damaged(bank: Bank) -> None:
    bank.lock.write_text("one\ntwo\n", "utf-8")


def _later(bank: Bank) -> None:
    bank.lock.write_text("format 999\n", "utf-8")


def _no_text(bank: Bank) -> None:
    bank.lock.write_bytes(b"\xff\xfe\x00")


WARNED = {
    _gap_gone: ["card_gone"],
    _turned_no_more: ["card_gone"],
    _type_changed: ["note_type_changed"],
    _vanished: ["vanished_item", "vanished_item"],
    _retired_gone: ["retired_gone"],
    _went_back: ["lock_went_back"],
    _ahead: ["lock_ahead"],
}
REFUSED = {
    _used_again: ["retired_id"],
    _renamed: ["bank_renamed"],
    _conflict: ["lock_conflict", "lock_conflict", "lock_conflict"],
    _damaged: ["lock_line", "lock_line"],
    _later: ["lock_format"],
    _no_text: ["lock_encoding"],
}


@pytest.mark.parametrize(
    ("change", "codes"),
    [*WARNED.items(), *REFUSED.items()],
    ids=lambda one: one.__name__.strip("_") if callable(one) else "",
)
def test_check_says_of_the_lock_what_build_says(
    bank: Bank, change: Callable[[Bank], None], codes: list[str]
) -> None:
    """To the word and with the same place; and leaves every file as it is."""
    change(bank)
    before = bank.files()
    said = bank.check()
    assert [problem["code"] for problem in said] == codes
    assert bank.files() == before
    assert bank.build() == said


def test_a_lock_that_is_in_order_is_nothing_to_speak_of(bank: Bank) -> None:
    """Nor is one that is not there yet: `build` starts it."""
    assert bank.check() == []
    bank.lock.unlink()
    bank.last.unlink()
    before = bank.files()
    assert bank.check() == []
    assert bank.files() == before


def test_a_lock_that_is_lost_is_said_where_a_copy_is_left(bank: Bank) -> None:
    """Before `build` starts another."""
    bank.lock.unlink()
    assert [one["code"] for one in bank.check()] == ["lock_went_back"]
    assert not bank.lock.exists()
    assert [one["code"] for one in bank.build()] == ["no_lock", "lock_went_back"]


def test_the_exit_code_tells_errors_from_warnings(bank: Bank) -> None:
    """As for all other problems: a lock in conflict is an error, a card that is gone is none."""
    _gap_gone(bank)
    assert quizgen("check", cwd=bank.root).returncode == 0
    _conflict(bank)
    assert quizgen("check", cwd=bank.root).returncode == 1


def test_a_question_with_an_error_is_not_called_gone(bank: Bank) -> None:
    """What cannot be read may still be there; what the lock file says alone is said all the same."""
    bank.ask(CLOZE, REVERSED, "- {id: plain, front: Plain?, bakc: Plain}")
    assert not {"vanished_item", "lock_conflict"} & {one["code"] for one in bank.check()}
    _conflict(bank)
    codes = [one["code"] for one in bank.check()]
    assert codes.count("lock_conflict") == 3
    assert "vanished_item" not in codes
