"""A learner's progress between Anki and the terminal: whose cards are whose tasks, and what was not taken."""

from collections.abc import Iterator

from quizgen.commands.report import count_of
from quizgen.imports.anki.history import Learned, Ours
from quizgen.model import Bank
from quizgen.outputs.anki.identity import NAMES, guid, note_type_id, part_of
from quizgen.outputs.anki.standing import cards_of, type_of


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
