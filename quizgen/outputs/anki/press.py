"""A bank to Anki's decks: one of all that may be practised, and one of what was retired.

Learners import each edition over the last one, so what Anki knows a note by never changes, and a
note's time changes when the note says something else and at no other time: that is what the lock
keeps. Nothing is drawn or dated here; orders come from `core`, and the present time is handed in.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256

from msgspec.structs import replace

from quizgen.core.select import practice
from quizgen.model import Bank, Item
from quizgen.outputs.anki.decks import Decks
from quizgen.outputs.anki.description import description, for_one
from quizgen.outputs.anki.identity import DRAWN, FIELDS, NAMES, RETIRED, NoteTypeName, preset_id
from quizgen.outputs.anki.lock import Entry, Lock, State
from quizgen.outputs.anki.media import Media
from quizgen.outputs.anki.notes import Notes, NoteText, plain
from quizgen.outputs.anki.notetypes import note_type, pages
from quizgen.outputs.anki.package import Note, NoteType, Preset, apkg
from quizgen.outputs.anki.personal import Personal, Reviews
from quizgen.outputs.anki.searches import moved, searches
from quizgen.outputs.anki.standing import retired, standings
from quizgen.outputs.anki.text_file import text_file
from quizgen.outputs.anki.texts import CardWords
from quizgen.outputs.anki.warnings import emptied, lock_problems
from quizgen.outputs.built import Built, Product
from quizgen.outputs.template import Templates
from quizgen.problem import Problem

_TOPIC = FIELDS.index("Topic")


def build(
    bank: Bank,
    *,
    media: Mapping[str, bytes],
    templates: Templates,
    lock: Lock,
    now: int,
    with_text: bool = False,
    drafts: Collection[str] = (),
) -> tuple[Built, Lock]:
    """The deck of a bank, and the lock of this edition; `now` is in seconds since 1970.

    Notes that say the same as before keep their times, so same bank and lock, same bytes. Items
    retired since they were in a deck make a second one, for those who have them. `media` maps a
    file's path under `questions/` to its bytes; `with_text` asks for the notes as a text, too.
    `drafts` are the ids of questions that lack too much to be in the bank.
    """
    edition = _Edition(bank, media, templates, lock, now)
    live, old = practice(bank), retired(bank, lock)
    decks, shown = edition.decks(live, "deck")
    moves = moved(edition.places, bank=bank.name, root=decks.root)
    retired_name = f"{bank.name}-retired.apkg" if old else ""
    has_empty = lock.found and any(emptied(standings(bank, lock), lock))
    about = description(bank, edition.words, retired=retired_name, moved=moves, has_empty=has_empty)
    decks.describe(about)
    path = f"build/{bank.name}.apkg"
    files = {path: apkg(decks.all, shown, _preset(bank, edition.words, decks))}
    products = [Product(kind="anki.deck", path=path, items=len(live))]
    if with_text:
        path = f"build/{bank.name}.txt"
        files[path], count = text_file(decks.all)
        products.append(Product(kind="anki.text", path=path, items=count))
    if old:
        old_decks, old_shown = edition.decks(old, "retired")
        old_decks.describe(about)
        path = f"build/{retired_name}"
        files[path] = apkg(old_decks.all, old_shown)
        products.append(Product(kind="anki.retired", path=path, items=len(old)))
    built = Built(
        files=files,
        products=tuple(products),
        problems=(*lock_problems(bank, lock, drafts), *edition.problems),
        searches=searches(len(old), moves),
    )
    return built, lock.of_next(bank.name, edition.entries)


def build_personal(
    bank: Bank,
    personal: Personal,
    *,
    media: Mapping[str, bytes],
    templates: Templates,
    lock: Lock,
    now: int,
) -> Built:
    """The deck that `build` makes of the same, for one learner alone: with what is known of it.

    It says so, and has a file of its own.
    """
    edition = _Edition(bank, media, templates, lock, now)
    live = practice(bank)
    reviews = Reviews(personal)
    decks, shown = edition.decks(live, "deck", reviews)
    decks.describe(for_one(bank, edition.words))
    preset = _preset(bank, edition.words, decks)
    path = f"build/{bank.name}-personal.apkg"
    return Built(
        files={path: apkg(decks.all, shown, preset, reviews.first_day)},
        products=(Product(kind="anki.personal", path=path, items=len(live)),),
    )


class Parts:
    """Makes decks of some of a bank's items each; same items, same bytes.

    Of the bank they say nothing: whoever has the whole deck keeps its description and its options.
    """

    def __init__(
        self, bank: Bank, *, media: Mapping[str, bytes], templates: Templates, lock: Lock, now: int
    ) -> None:
        self._bank = bank
        self._edition = _Edition(bank, media, templates, lock, now)

    def deck(self, items: Sequence[Item]) -> bytes:
        """The deck of these items, in their order."""
        decks, shown = self._edition.decks(items, "deck")
        return apkg(decks.all, shown)

    def lines(self) -> Mapping[str, Entry]:
        """The lines of the lock for a deck of all items, by their keys."""
        self._edition.decks(self._bank.items, "deck")
        return {one.key: one for one in self._edition.entries}


def _preset(bank: Bank, words: CardWords, decks: Decks) -> Preset | None:
    if bank.retention is None:
        return None
    return Preset(
        id=preset_id(bank.name, bank.retention),
        name=f"{plain(bank.title)}, {words.percent(bank.retention)}",
        retention=float(bank.retention),
        decks=tuple(deck.deck_id for deck in decks.of_bank),
    )


class _Edition:
    """One run of the press: its words, its note types, and the lines that the lock will gain."""

    def __init__(
        self, bank: Bank, media: Mapping[str, bytes], templates: Templates, lock: Lock, now: int
    ) -> None:
        self._bank = bank
        self._bytes = media
        self._lock = lock
        self._now = now
        self.words = CardWords(templates.words("anki", bank.language))
        self.entries: list[Entry] = []
        self.places: list[tuple[tuple[str, ...], str]] = []
        """The decks and the topic of each note that may be practised."""
        self.problems: list[Problem] = []
        self._types = dict(self._note_types(templates))

    def decks(
        self, items: Sequence[Item], state: State, reviews: Reviews | None = None
    ) -> tuple[Decks, Mapping[str, bytes]]:
        """The decks of these items, in their order, and the files that they show and play."""
        media = Media(self._bytes)
        notes = Notes(self._bank, self.words, media)
        decks = Decks(self._bank)
        tags = (RETIRED,) if state == "retired" else ()
        for place, item in enumerate(items, start=1):
            text = notes.note(item, *tags)
            deck = decks.of_topic(text.topic)
            note = self._note(text, state, place, deck.name)
            if reviews is not None:
                known = reviews.of_cards(text.item, text.type, text.cards, place)
                note = replace(note, reviewed=known)
            deck.add_note(note)
        self.problems += notes.problems
        return decks, media.files

    def _note(self, text: NoteText, state: State, place: int, deck: str) -> Note:
        said = "\0".join((text.type, *text.fields, *text.tags))
        digest = sha256(said.encode()).hexdigest()[:16]
        entry = Entry(
            key=text.guid,
            type=text.type,
            digest=digest,
            time=self._lock.time_of(text.guid, digest, self._now),
            state=state,
            item=text.item,
            cards=text.cards,
            decks=self._lock.decks_of(text.guid, deck),
        )
        self.entries.append(entry)
        if state == "deck":
            self.places.append((entry.decks, text.fields[_TOPIC]))
        return Note(
            model=self._types[text.type],
            fields=text.fields,
            guid=text.guid,
            tags=text.tags,
            due=place,
            modified=entry.time,
            cards=text.cards,
        )

    def _note_types(self, templates: Templates) -> Iterator[tuple[NoteTypeName, NoteType]]:
        ours = Templates()
        for name in NAMES:
            of, key, time = pages(name, templates), f"type-{name}", DRAWN[name]
            was_redrawn = key in self._lock.entries or of.digest != pages(name, ours).digest
            if was_redrawn:
                digest = sha256(of.digest.encode()).hexdigest()[:16]
                time = self._lock.time_of(key, digest, max(self._now, time + 1))
                self.entries.append(
                    Entry(
                        key=key,
                        type=name,
                        digest=digest,
                        time=time,
                        state="type",
                        item=NAMES[name],
                    )
                )
            yield name, note_type(of, time)
