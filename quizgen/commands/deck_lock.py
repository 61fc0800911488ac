"""The lock file of the project's deck, and what is said of it before a deck is built or without one."""

from pathlib import Path

from quizgen.bank import Reading
from quizgen.commands.project import LOCK
from quizgen.model import Frozen
from quizgen.outputs.anki import LAST, Lock, ahead, lock_problems, read_lock, went_back
from quizgen.problem import Problem, Where, has_errors


class Locks(Frozen, frozen=True, kw_only=True):
    """The lock, that of the deck built last (the same one where none other was kept), and problems.

    `went_back` are those of the lock being behind the other; they are among `problems`, too.
    """

    lock: Lock
    last: Lock
    went_back: tuple[Problem, ...]
    problems: tuple[Problem, ...]


def read_locks(root: Path, bank: str, now: int) -> Locks:
    """Both locks of a project, and what is wrong with them by themselves; `now` is in seconds since 1970."""
    text, problems = _text_of(root)
    lock, unreadable = (Lock(found=True), ()) if problems else read_lock(text)
    problems += unreadable
    copied = _copied(root / LAST)
    last = lock if copied == text or has_errors(problems) else read_lock(copied)[0]
    gone_back = went_back(bank, lock, last)
    return Locks(
        lock=lock,
        last=last,
        went_back=gone_back,
        problems=(*problems, *gone_back, *ahead(text, lock, now)),
    )


def without_build(root: Path, reading: Reading, now: int, *, is_whole: bool) -> tuple[Problem, ...]:
    """What a build would say of the lock, but for its starting a new one.

    Where the questions have errors (not `is_whole`), what the lock says by itself: an item that
    cannot be read is not gone.
    """
    bank = reading.bank
    if bank is None:
        return ()
    locks = read_locks(root, bank.name, now)
    if not is_whole or not locks.lock.found:
        return locks.problems
    return locks.problems + lock_problems(bank, locks.lock, drafts_of(reading))


def drafts_of(reading: Reading) -> frozenset[str]:
    """The ids in the files of what lacks too much to be in the bank; only a draft may, without error."""
    bank = reading.bank
    read = (one.id for one in (*bank.items, *bank.passages)) if bank else ()
    return frozenset(reading.origin.items).difference(read)


def _text_of(root: Path) -> tuple[str, tuple[Problem, ...]]:
    path = root / LOCK
    try:
        return path.read_text(encoding="utf-8-sig") if path.exists() else "", ()
    except UnicodeDecodeError:
        return "", (
            Problem(
                code="lock_encoding",
                message="The lock file of the deck is not UTF-8 text.",
                fix="Take the file from git as it was.",
                where=Where(LOCK),
            ),
        )


def _copied(path: Path) -> str:
    """The text of the lock of the deck built last; empty where there is none or it is damaged."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
