"""Anki's packages to items: ours exactly, those of others as well as their fields tell."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from quizgen.bank.limits import DECK
from quizgen.bank.shapes import NAME
from quizgen.imports.anki.collection import Collection, Note, PackageError
from quizgen.imports.anki.description import with_description
from quizgen.imports.anki.foreign import ForeignNotes
from quizgen.imports.anki.ourfields import OurFields, Rich, UnreadNote
from quizgen.imports.anki.ourparts import ROOT, lacks
from quizgen.imports.anki.ours import SHOWN, TYPES, UNTOLD, OurNotes, bank_and_item
from quizgen.imports.anki.package import MissingLibrary, Package
from quizgen.imports.imported import Imported, Remark
from quizgen.imports.media import MediaPlan
from quizgen.imports.phrases import literal
from quizgen.markup import to_text
from quizgen.model import Bank, Document, Item, Number

__all__ = ["MissingLibrary", "Package", "PackageError", "Press", "Target", "banks_in", "read"]


_LANGUAGE = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,5}", re.ASCII | re.IGNORECASE)


class Press(NamedTuple):
    """How the Anki output writes: an author's text, a note's guid, the words of a language."""

    rich: Rich
    guid: Callable[[str, str], str]
    words: Callable[[str], Mapping[str, str]]


class Target(NamedTuple):
    """The bank that items are for, by its name, with the ids and documents that it has already.

    `title` is what it is called where the package says nothing; `there` gives the bytes of a file
    under questions/.
    """

    bank: str
    title: str
    ids: frozenset[str] = frozenset()
    documents: tuple[Document, ...] = ()
    there: Callable[[str], bytes | None] = lambda _: None


def banks_in(collection: Collection, press: Press) -> tuple[str, ...]:
    """The names of the banks of which there are notes, those with most of them first."""
    counts: dict[str, int] = {}
    for note in collection.notes:
        if found := _ours(note, press):
            counts[found[0]] = counts.get(found[0], 0) + 1
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def read(package: Package, target: Target, press: Press) -> Imported:
    """The items of a package for a bank. Raises PackageError where its media are damaged."""
    media = MediaPlan(
        lambda name: package.medium(name) if package.holds(name) else None, target.there
    )
    return _Import(package.collection, target, press, media).imported()


def _ours(note: Note, press: Press) -> tuple[str, str] | None:
    """Bank and item of a note of ours whose guid says the same."""
    if note.type.id not in TYPES:
        return None
    try:
        bank, item = bank_and_item(note)
    except UnreadNote:
        return None
    is_named = NAME.fullmatch(bank) and bank == bank.lower() and NAME.fullmatch(item)
    return (bank, item) if is_named and press.guid(bank, item) == note.guid else None


class _Import:
    """One import: ours by the fields we write, all others by their templates."""

    def __init__(
        self, collection: Collection, target: Target, press: Press, media: MediaPlan
    ) -> None:
        self._collection = collection
        self._target = target
        self._press = press
        self._media = media
        own = [note for note in collection.notes if self._is_own(note)]
        said = (note.field("Language") for note in own)  # a stranger's, and the name of a file
        self._language = next(filter(_LANGUAGE.fullmatch, said), "en")
        taken = set(target.ids) | {bank_and_item(note)[1] for note in own}
        words = press.words(self._language)
        self._fields = OurFields(press.rich, words, media, taken, target.documents)
        self._ours = OurNotes(self._fields)
        self._foreign = ForeignNotes(media, taken)
        self._seen = set(target.ids)
        self._remarks: list[Remark] = []
        self._root = _common_root(
            {note.deck for note in collection.notes if note.type.id not in TYPES}
        )

    def imported(self) -> Imported:
        own: list[Item] = []
        others: dict[str, list[Item]] = {}
        for note in self._collection.notes:
            for item in self._items(note):
                if item.id in self._seen:
                    own.append(item)
                else:
                    others.setdefault(item.topic, []).append(item)
        title, deck = self._heading()
        bank = Bank(
            name=self._target.bank,
            title=title,
            deck=deck,
            language=self._language,
            documents=tuple(self._fields.documents.values()),
            passages=tuple(self._fields.passages.values()),
            items=(*own, *(item for items in others.values() for item in items)),
        )
        if any(map(self._is_own, self._collection.notes)):
            bank = with_description(
                replace(bank, deck=""), self._collection, self._fields, fallback=self._target.title
            )
        drawings = (
            Remark(code="cleaned_drawing", detail=name[:80]) for name in self._media.cleaned
        )
        return Imported(
            bank=bank,
            media=dict(self._media.files),
            remarks=(*self._remarks, *self._foreign.remarks, *drawings),
            notes=len(self._collection.notes),
            own=len(own),
        )

    def _is_own(self, note: Note) -> bool:
        found = _ours(note, self._press)
        return found is not None and found[0] == self._target.bank

    def _items(self, note: Note) -> tuple[Item, ...]:
        found = _ours(note, self._press)
        if found is None:
            its = SHOWN if note.type.id in TYPES else None
            return self._foreign.items(note, self._topic(note), its)
        bank, own = found
        if bank != self._target.bank:
            self._remarks.append(Remark(code="other_bank", detail=f"{bank}/{own}"))
            return ()
        if own in self._seen:
            self._remarks.append(Remark(code="known", item=own))
            return ()
        try:
            item = self._ours.item(note)
        except UnreadNote:
            items = self._foreign.items(note, self._topic(note), SHOWN)
            self._remarks += [Remark(code="unread", item=one.id, detail=own) for one in items[:1]]
            return items
        self._seen.add(own)
        if lacks(item):
            item = replace(item, draft=True)
            self._remarks.append(Remark(code="draft", item=own))
        self._remark_on(item, note)
        return (item,)

    def _remark_on(self, item: Item, note: Note) -> None:
        if item.retired == UNTOLD:
            self._remarks.append(Remark(code="retired", item=item.id))
        if isinstance(item, Number) and item.bands:
            self._remarks.append(Remark(code="near_share", item=item.id))
        if any(not tag.casefold().startswith(f"{ROOT}::") for tag in note.tags):
            self._remarks.append(Remark(code="learner_tags", item=item.id))
        if note.field("My notes"):
            self._remarks.append(Remark(code="learner_notes", item=item.id))

    def _heading(self) -> tuple[str, str]:
        """The title, and the deck where that is another: so that decks keep their names."""
        above, _, name = self._root.rpartition("::")
        shown = " ".join(name.split())
        if not shown:
            return self._target.title, ""
        if above and (":" in self._root.replace("::", "") or len(self._root) > DECK):
            return literal(f"{above.replace('::', ': ')}: {shown}", _shown), ""
        deck = "" if self._root == shown else self._root
        return literal(shown, _shown), deck

    def _topic(self, note: Note) -> str:
        """The deck of a note below the one that all share."""
        below = note.deck.removeprefix(self._root).removeprefix("::")
        return literal(" ".join(below.split()), _shown)


def _common_root(decks: set[str]) -> str:
    """The deck in which all others lie, or which is the only one; empty where there is none."""
    parts = [deck.split("::") for deck in decks if deck]
    if len(parts) < 2:
        return "::".join(part for one in parts for part in one[: max(1, len(one) - 1)])
    shared = []
    for level in zip(*parts, strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return "::".join(shared)


def _shown(text: str) -> str:
    return " ".join(to_text(text).split())
