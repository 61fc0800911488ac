"""A learner's collection at one moment, as values."""

import re
from collections.abc import Mapping, Sequence
from html import unescape

from quizgen.model import Frozen
from quizgen.outputs.anki.identity import FIELDS, NAMES, RETIRED
from quizgen.outputs.anki.trial.references import files_of

_TAG = re.compile(r"<[^<>]*>")
_LONGEST = 60


class Card(Frozen, frozen=True, kw_only=True):
    """A card, where it is, and all that Anki plans its next review by."""

    id: int
    note: int
    deck: str
    schedule: tuple[int, ...]


class Note(Frozen, frozen=True, kw_only=True):
    """A note of a type that is known by its number and its name.

    `time` is when it last changed, in seconds since 1970.
    """

    id: int
    guid: str
    type: int
    type_name: str
    names: tuple[str, ...]
    fields: tuple[str, ...]
    tags: str
    time: int

    @property
    def said(self) -> Mapping[str, str]:
        """What the note says, field by field, and its tags."""
        return dict(zip(self.names, self.fields, strict=False)) | {"tags": self.tags}

    @property
    def is_ours(self) -> bool:
        """Whether it is of one of our own note types."""
        return self.type_name.rstrip("+") in NAMES.values() and len(self.fields) == len(FIELDS)

    @property
    def is_retired(self) -> bool:
        """Whether it is of one of our items that was retired."""
        return self.is_ours and RETIRED in self.tags.split()

    @property
    def label(self) -> str:
        """What a person knows the note by: our item's id, or how its first field begins."""
        if self.is_ours:
            return item_of(self.fields)
        first = self.fields[0]
        return words(first) or min(files_of(first), default="a note that begins empty")


class Snapshot(Frozen, frozen=True, kw_only=True):
    """All notes and cards, the media by name with a digest of each, and notes with a blank card."""

    notes: tuple[Note, ...]
    cards: tuple[Card, ...]
    media: Mapping[str, str]
    blank: frozenset[int]


def item_of(fields: Sequence[str]) -> str:
    """The id of the item that one of our notes is of."""
    bank, _, item = fields[FIELDS.index("Item")].partition("/")
    return item or bank


def words(html: str) -> str:
    """How a text begins, without its markup."""
    return begin(plain(html))


def plain(html: str) -> str:
    """A text without its markup, on one line."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def begin(text: str) -> str:
    """How a plain text begins: at most 60 characters on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
