"""What a trial of a deck in the real Anki has shown, as values: names and counts, no sentences.

A note is named by the id of its item where it is ours, else by the first words of its first field.
"""

from quizgen.model import Frozen

Labels = tuple[str, ...]
"""Notes by name, in the order of their ids in Anki; two notes may have one name."""


class Tally(Frozen, frozen=True, kw_only=True):
    """The notes and cards that lie in a deck or are of a note type."""

    name: str
    notes: int
    cards: int


class Fault(Frozen, frozen=True, kw_only=True):
    """A sentence of Anki's own about cards that it cannot show, and the notes they belong to."""

    said: str
    notes: Labels


class Reference(Frozen, frozen=True, kw_only=True):
    """A file that cards refer to and a learner does not have.

    `is_packed` where the package holds it, but Anki does not follow this form of reference.
    """

    file: str
    is_packed: bool
    notes: Labels


class Change(Frozen, frozen=True, kw_only=True):
    """A note that an update made to say something else, and the fields that differ."""

    note: str
    fields: tuple[str, ...]


class Update(Frozen, frozen=True, kw_only=True):
    """What a deck does to a collection that has an earlier edition and some reviews of it.

    Every note of either edition is in one of `added`, `changed`, `untouched` and `vanished`.
    """

    added: Labels
    changed: tuple[Change, ...]
    untouched: int
    vanished: Labels
    """Notes that the deck holds no more; they stay in the collection."""
    reviewed: int
    """Cards that the learner had answered before the update."""
    conflicting: Labels
    """Notes that Anki refuses to update, since their note type is built otherwise now."""
    second_types: tuple[str, ...]
    """Note types that stand beside an earlier one of the same name."""
    unreached: Labels
    """Notes that say something else in the deck, but stay as they were in the collection."""
    overwritten: Labels
    """Notes written anew though they say the same: what learners wrote into them is lost."""
    is_redated: bool
    """Whether all notes of both editions have one new time, whatever has changed: none is ours."""
    reborn: Labels
    """New notes that alone say what one of `vanished` alone said: in the first field, or in all others."""
    emptied: Labels
    """Notes with a card that shows nothing since the update."""
    rescheduled: Labels
    """Notes with a card whose schedule is not what it was, or is gone."""
    left_behind: Labels
    """Notes whose cards stay in another deck than this edition has them in."""
    stale_media: tuple[str, ...]
    """Files of the package that learners keep another version of."""


class Trial(Frozen, frozen=True, kw_only=True):
    """What a learner gets who imports a deck into an empty collection."""

    notes: int
    cards: int
    decks: tuple[Tally, ...]
    types: tuple[Tally, ...]
    twins: Labels
    """Notes that Anki cannot tell from another one: both have the same guid."""
    repeats: Labels
    """Notes whose first field is that of an earlier note of their type."""
    blank: Labels
    """Notes with a card that Anki would not make, since it has nothing on its front."""
    incomplete: Labels
    """Notes with fewer cards than Anki would make of them."""
    broken: tuple[Fault, ...]
    media: int
    """Files that arrived."""
    missing: tuple[Reference, ...]
    formulas: Labels
    """Notes with LaTeX that nobody has made a picture of."""
    unused: tuple[str, ...]
    """Files of the package that did not arrive, since nothing refers to them."""
    is_retired: bool
    """Whether all of it was retired: a deck that marks what learners of earlier ones have."""
    complaints: tuple[str, ...]
    """What Anki's check of the database found and mended."""
    update: Update | None = None
