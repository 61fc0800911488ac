"""The numbers and names by which Anki knows a note again. Final: they never change after a deck.

A note's guid follows from (bank, item) alone; note types, templates and fields have ids of their
own, out of a space that no clock and no other program draws from. Fields may be renamed, never
added, moved or removed; what is new takes one of the spares.
"""

from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeAlias, assert_never

from quizgen.core.stream import key

NoteTypeName: TypeAlias = Literal["question", "cloze"]

FIELDS = (
    "Question",
    "Kind",
    "Lead",
    "How",
    "Options",
    "Answer",
    "Reasons",
    "Explanation",
    "Hint",
    "Passage",
    "Image",
    "Audio",
    "Source",
    "Correction",
    "Topic",
    "Level",
    "Points",
    "Item",
    "Language",
    "Words",
    "Data",
    "Reverse",
    "Spare 1",
    "Spare 2",
    "Spare 3",
    "Spare 4",
    "Spare 5",
    "Spare 6",
    "My notes",
)
"""The fields of both note types, in order. The last belongs to the learner and ships empty."""

TEMPLATES: dict[NoteTypeName, tuple[str, ...]] = {
    "question": ("Question", "Reverse", "Spare"),
    "cloze": ("Cloze",),
}
"""The templates of each note type; the spare one makes a card only where `Spare 6` is filled."""

NAMES: dict[NoteTypeName, str] = {"question": "quizgen question", "cloze": "quizgen cloze"}

ROOT = "quizgen"
"""The tag above all tags."""

RETIRED = f"{ROOT}::retired"
"""The tag of a note whose item is retired."""

DRAWN: dict[NoteTypeName, int] = {"question": 1_795_881_500, "cloze": 1_795_845_300}
"""When our own templates of a note type last changed, in seconds since 1970.

All banks share the note types, so their time follows from the templates alone: the deck that was
built last must not bring an older look back.
"""

_SPACE = 0x717A_6765_6E00
_FIRST: dict[NoteTypeName, int] = {"question": 0x10, "cloze": 0x80}
_TEMPLATES, _FIELDS = 0x08, 0x20


def note_type_id(name: NoteTypeName) -> int:
    """The id of a note type, the same in every deck of every bank."""
    return _SPACE + _FIRST[name]


def template_id(name: NoteTypeName, place: int) -> int:
    """The id of the template at this place (from 0) of its note type."""
    return _SPACE + _FIRST[name] + _TEMPLATES + place


def field_id(name: NoteTypeName, place: int) -> int:
    """The id of the field at this place (from 0) of its note type."""
    return _SPACE + _FIRST[name] + _FIELDS + place


def part_of(name: NoteTypeName, place: int) -> str | None:
    """What progress calls the part of an item that the card at this place (from 0) asks for.

    None is the spare template's, which asks for nothing.
    """
    match name:
        case "cloze":
            return f"c{place + 1}"
        case "question":
            return ("", "reverse", None)[place] if place < len(TEMPLATES["question"]) else None
        case _:
            assert_never(name)


@lru_cache(maxsize=1 << 16)
def guid(bank: str, item: str) -> str:
    """What Anki knows the note of an item by: 80 bits of a hash, as 20 hex digits."""
    return key("anki.guid", bank, item)[:10].hex()


def preset_id(bank: str, retention: Fraction) -> int:
    """The id of a bank's preset: Anki changes none that it has, so each retention has its own."""
    return (1 << 40) + int.from_bytes(key("anki.preset", bank, str(retention))[:5], "big")


def deck_id(bank: str, name: str) -> int:
    """The id of a deck inside a package; in a collection decks are known by their names."""
    return (1 << 40) + int.from_bytes(key("anki.deck", bank, name)[:5], "big")
