"""What students missed, as decks for Anki: parts of the bank's own deck, with no name of a student."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from quizgen.bank import load_media
from quizgen.commands.deck_lock import read_locks
from quizgen.commands.printed import bank_of
from quizgen.commands.project import BANK, read_project
from quizgen.grading.marking import Results
from quizgen.grading.missed import LeftOut, Practice, missed, practice_of
from quizgen.model import Bank, Edition, Item, Returned
from quizgen.outputs.anki import Lock
from quizgen.outputs.template import Templates
from quizgen.problem import Problem, Where, has_errors

_EARLY = 946_684_800
"""The year 2000, in seconds since 1970: Anki takes from a later deck whatever that says otherwise."""

_WHY: Mapping[LeftOut, tuple[str, str]] = {
    "exam": (
        "for exams alone",
        "Nothing need be done: what is marked use: exam reaches no deck.",
    ),
    "retired": ("retired in the bank", "Nothing need be done."),
    "draft": ("a draft in the bank", "Finish it, and mark again with --missed."),
    "key": (
        "put right in corrections.yaml, but not in the bank",
        "Correct it in questions/, and mark again with --missed: a card with the old key would teach it.",
    ),
}


def decks_of(
    edition: Edition,
    results: Results,
    papers: Sequence[Returned],
    media: Mapping[str, bytes],
    root: Path,
) -> tuple[Sequence[bytes | None], tuple[Problem, ...]]:
    """The deck of each paper, None where nothing was missed that may be practised.

    Of what may not, the problems say why. None are made where the questions of today have errors.
    """
    try:
        bank = _bank_of_today(root, edition)
    except ValueError:
        return (), (
            Problem(
                code="no_decks",
                message="No decks were made, since the questions of today have errors.",
                fix="Mend what quizgen check says, and mark again with --missed.",
                where=Where(BANK.as_posix()),
            ),
        )
    practice = practice_of(results.items, results.schemes, bank)
    decks = _Decks(edition, practice, bank, media, root)
    items = [missed(paper) for paper in papers]
    made = [decks.deck(names) for names in items]
    return made, _left_out(practice, frozenset().union(*items))


def _left_out(practice: Practice, names: frozenset[str]) -> tuple[Problem, ...]:
    """Why items that anybody missed are in no deck."""
    found = []
    for reason, (why, fix) in _WHY.items():
        out = [one for one, its in practice.left_out.items() if its == reason and one in names]
        if out:
            said = ", ".join(f'"{one}"' for one in out)
            is_one = len(out) == 1
            message = f"No deck holds {said}: {'it is' if is_one else 'they are'} {why}."
            found.append(
                Problem(code=f"not_in_deck_{reason}", severity="note", message=message, fix=fix)
            )
    return tuple(found)


class _Decks:
    """Makes the decks of an edition; `bank` is the one that it was drawn from, as it is today.

    A note is known by the guid and has the time of the bank's own deck where it says the same, and
    an earlier time where it says something else. So importing brings nobody a card twice and takes
    nothing back that a later deck has said, and whoever imports the whole deck later goes on.
    """

    def __init__(
        self,
        edition: Edition,
        practice: Practice,
        bank: Bank | None,
        media: Mapping[str, bytes],
        root: Path,
    ) -> None:
        from quizgen.outputs.anki.press import Parts

        self._bank = _bank_around(edition, bank, practice)
        today = _media_of_today(root, self._bank, edition.quiz.items) if bank else {}
        whole = read_locks(root, bank.name, 0).lock if bank else Lock()

        def parts(lock: Lock) -> Parts:
            return Parts(
                self._bank,
                media={**media, **today},
                templates=Templates(root),
                lock=lock,
                now=_EARLY,
            )

        types = {key: one for key, one in whole.entries.items() if one.state == "type"}
        lines = {
            key: replace(one, time=known.time)
            if (known := whole.entries.get(key)) and known.digest == one.digest
            else one
            for key, one in parts(Lock(entries=types)).lines().items()
        }
        self._parts = parts(Lock(entries=lines))
        self._made: dict[frozenset[str], bytes] = {}

    def deck(self, missed: frozenset[str]) -> bytes | None:
        """The deck of these items of the edition, by id; None where none may be practised."""
        items = [item for item in self._bank.items if item.id in missed]
        names = frozenset(item.id for item in items)
        if not names:
            return None
        if names not in self._made:
            self._made[names] = self._parts.deck(items)
        return self._made[names]


def _bank_of_today(root: Path, edition: Edition) -> Bank | None:
    """The bank that the edition was drawn from as it is now; None where it is no more there.

    Raises ValueError where it has errors: what is for exams alone now must reach no deck.
    """
    if not (root / BANK).is_file():
        return None
    reading = read_project(root)
    if reading.bank is None or has_errors(reading.problems):
        raise ValueError
    return reading.bank if reading.bank.name == edition.quiz.bank else None


def _bank_around(edition: Edition, bank: Bank | None, practice: Practice) -> Bank:
    """What may be practised, with what stood around it on paper; its deck has its name of today."""
    printed, items = bank_of(edition), tuple(practice.items.values())
    if bank is None:
        return replace(printed, items=items)
    documents = {one.name: one for one in (*bank.documents, *printed.documents)}
    passages = {one.id: one for one in (*bank.passages, *printed.passages)}
    return replace(
        bank,
        documents=tuple(documents.values()),
        passages=tuple(passages.values()),
        items=items,
    )


def _media_of_today(root: Path, bank: Bank, printed: Iterable[Item]) -> Mapping[str, bytes]:
    """The pictures and sounds of the items that come as the bank has them now."""
    as_printed = {item.id: item for item in printed}
    items = tuple(item for item in bank.items if item != as_printed.get(item.id))
    return load_media(root, replace(bank, items=items, passages=()))
