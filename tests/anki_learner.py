"""A learner at work in his collection between two editions of a deck."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple, assert_never

if TYPE_CHECKING:  # the strategies need what he may do, and not Anki
    from anki.collection import Collection

Doing = Literal["answer", "write", "tag", "suspend", "flag", "move"]
ACTS: tuple[Doing, ...] = ("answer", "write", "tag", "suspend", "flag", "move")
FIELDS = ("Explanation", "Hint", "Source", "My notes")
"""Fields that he writes into; a gap is in none of them."""


class Act(NamedTuple):
    """What he does, with the note or card at `place`; `n` chooses the rest."""

    what: Doing
    place: int
    n: int


class Row(NamedTuple):
    """A row of Anki's log: days after the one before, seconds into the day, button, kind,
    factor, interval.
    """

    days: int
    second: int
    button: int
    kind: int
    factor: int = 2500
    interval: int = 5


def act(collection: "Collection", doing: Act, now: int, wrote: Callable[[str], None]) -> None:
    """Do it, at that time; `wrote` is told the guid of a note whose text or tags he changed."""
    cards = sorted(collection.find_cards(""))
    card = cards[doing.place % len(cards)]
    match doing.what:
        case "answer":
            _answer(collection, doing)
        case "write" | "tag":
            note = collection.get_card(card).note()
            if doing.what == "tag":
                note.tags.append(f"mine-{doing.n}")
            else:
                note[FIELDS[doing.n % len(FIELDS)]] = f"My own words {doing.n}."
            collection.update_note(note)
            collection.db.execute("update notes set mod = ? where id = ?", now, note.id)  # type: ignore[union-attr]
            wrote(note.guid)
        case "suspend":
            collection.sched.suspend_cards([card])
        case "flag":
            collection.set_user_flag_for_cards(1 + doing.n % 7, [card])
        case "move":
            deck = collection.decks.id(f"My own::{doing.n % 3}")
            assert deck is not None
            collection.set_deck([card], deck)
        case _:
            assert_never(doing.what)


def _answer(collection: "Collection", doing: Act) -> None:
    """Answer up to three cards of a deck of his, if any is due, and check the database.

    Anki now and then dates an answer and the line in its log a second apart, and mends that then.
    """
    decks = collection.decks.all_names_and_ids()
    collection.decks.select(decks[doing.place % len(decks)].id)  # type: ignore[arg-type]
    for _ in range(1 + doing.n % 3):
        card = collection.sched.getCard()
        if card is not None:
            collection.sched.answerCard(card, 1 + doing.n % 4)  # type: ignore[arg-type]
    collection.fix_integrity()
