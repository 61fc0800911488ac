"""What a learner did in Anki into the record of the terminal, and what of it was not taken."""

import sys
import time
from argparse import Namespace
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from quizgen.commands.learner import schedule_for
from quizgen.commands.project import Stop, find_project, read_project
from quizgen.commands.report import count_of, counted, print_problems
from quizgen.imports.anki import MissingLibrary, PackageError
from quizgen.imports.anki.history import Learned, Ours, read_history
from quizgen.model import Bank, History
from quizgen.outputs.anki.identity import NAMES, guid, note_type_id, part_of
from quizgen.outputs.anki.standing import cards_of, type_of
from quizgen.study.progress import Progress

_SAME = 0.01
"""Seconds between two entries of one review: in Anki no two have the same millisecond, so one that
was written into a deck may stand some of them later.
"""


def import_anki(progress: Progress, args: Namespace) -> int:
    """Put the reviews in a collection or package of Anki's into the record, each once."""
    reading = read_project(find_project(args.project))
    bank = reading.bank
    if args.files:
        raise Stop("--anki takes one file alone: import the others apart.")
    if bank is None:
        print_problems(reading.problems, sys.stderr)
        raise Stop(f"{counted(reading.problems)}. Mend them, then import again.", code=1)
    try:
        learned = read_history(args.anki, ours_of(bank), now=time.time())
    except OSError as error:
        raise Stop(f"Cannot read {args.anki}: {error.strerror}.") from error
    except PackageError as error:
        raise Stop(f"Nothing was imported from {args.anki}. {error}", code=1) from error
    except MissingLibrary as error:
        raise Stop(
            f"{args.anki} needs one more library to be read. Install it with: "
            "pip install 'quizgen[import]'"
        ) from error
    progress.adopt(bank.name, schedule_for(bank, progress.habits()))
    known = progress.histories(bank.name)
    added = progress.add_reviews(bank.name, unknown(learned.histories, known), source="anki")
    total = sum(len(one.reviews) for one in learned.histories)
    if not learned.notes:
        print(f"There is nothing of {bank.title} in it.")
    elif added:
        print(f"{count_of(added, 'review')} came in, of {total} in Anki.")
    else:
        print(f"Nothing in it is new: {count_of(total, 'review')}, all known.")
    for sentence in remarks(learned):
        print(f"  {sentence}")
    return 0


def unknown(found: Iterable[History], known: Iterable[History]) -> Iterator[History]:
    """The reviews that are not known yet; what came out of our own deck again is."""
    there = {(one.item, one.part): one.reviews for one in known}
    for history in found:
        moments = {
            (review.rating, round(review.at / _SAME))
            for review in there.get((history.item, history.part), ())
        }
        new = tuple(
            review
            for review in history.reviews
            if not any(
                (review.rating, round(review.at / _SAME) + off) in moments for off in (-1, 0, 1)
            )
        )
        if new:
            yield replace(history, reviews=new)


def ours_of(bank: Bank) -> Ours:
    """What Anki's notes and cards are in this bank."""
    items = {item.id: item for item in bank.items}
    types = {note_type_id(name): name for name in NAMES}

    def part(own: str, note_type: int, place: int) -> str | None:
        """None where the card asks what the question does not ask: of an earlier edition."""
        item = items[own]
        kind = types.get(note_type, type_of(item))
        if kind != type_of(item) or place not in cards_of(item):
            return None
        return part_of(kind, place)

    return Ours({guid(bank.name, own): own for own in items}, part)


def remarks(learned: Learned) -> Iterator[str]:
    """In a sentence each, what was not taken from Anki, or does not mean the same here."""
    if learned.suspended:
        count = count_of(learned.suspended, "card")
        yield f"{count} suspended in Anki: here they are asked when they are due."
    if learned.buried:
        yield f"{count_of(learned.buried, 'card')} buried in Anki until tomorrow: here not."
    if learned.unasked:
        yield f"{count_of(learned.unasked, 'card')} of an earlier edition, asked no more, left out."
    if learned.unknown:
        yield f"{count_of(learned.unknown, 'note')} of quizgen's for no question here, left out."
    if learned.foreign:
        yield f"{count_of(learned.foreign, 'note')} of other decks, left out."
    if learned.reset:
        count = count_of(learned.reset, "review")
        yield f"{count} from before a card was forgotten or learned anew, left out as in Anki."
    if learned.truncated:
        count = count_of(learned.truncated, "card")
        yield f"{count} whose first reviews Anki no longer has: the others count alone."
    if learned.misdated:
        yield f"{count_of(learned.misdated, 'review')} with a date in the future, left out."
