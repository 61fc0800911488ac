"""A deck tried in the real Anki: what becomes of it in a learner's collection.

The one module that knows the `anki` package, whose licence (AGPL) keeps it out of all others: it is
installed on request only, and whoever imports this module must be ready to miss it. Collections
live in a temporary folder and are gone afterwards; nothing of the user's is opened for writing.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import anki.collection  # noqa: F401 - first, since its other modules lean on it
from anki.cards import CardId
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.decks import DeckId
from anki.errors import AnkiException, TemplateError
from anki.import_export_pb2 import ImportResponse
from anki.notes import NoteId
from msgspec.structs import replace

from quizgen.outputs.anki.trial.comparison import compare
from quizgen.outputs.anki.trial.references import file_among, files_of, styled_by
from quizgen.outputs.anki.trial.seen import Fault, Reference, Tally, Trial, Update
from quizgen.outputs.anki.trial.snapshot import Card, Note, Snapshot

_LATEX_PICTURE = re.compile(r"latex-[0-9a-f]{40}\.(?:png|svg)")
_LATEX = ("[latex]", "[$]", "[$$]")
_MORE = re.compile(r"<br>\s*<a\b.*", re.DOTALL)
# Its errors, as Rust writes them for programmers, one within the other with ever more backslashes.
_INFO = re.compile(r"""info: \\*"(\w[^"\\{(]*?)(?=:? ?(?:\w+ \{|\\*"))""")
_ISOLATES = {ord("\u2068"): None, ord("\u2069"): None}
_RATINGS: tuple[Literal[1, 2, 3, 4], ...] = (1, 2, 3, 4)
_NOTES = "select id, guid, mid, flds, tags, mod from notes order by id"
_CARDS = """
    select id, nid, did, type, queue, due, ivl, factor, reps, lapses, left from cards order by nid, ord
"""


class CannotTry(Exception):
    """Anki does not take a package: which one, and a sentence that says why."""

    def __init__(self, package: Path, sentence: str) -> None:
        super().__init__(sentence)
        self.package = package


def try_deck(
    deck: Path,
    files: frozenset[str],
    over: Path | None = None,
    step: Callable[[str], None] = lambda _: None,
) -> Trial:
    """Import a deck as Anki's dialog does with nothing changed in it, and look at every card.

    `files` are the media that the package holds, by name; with `over`, an earlier deck, a second
    learner imports that one, answers cards, and then takes `deck` as its update. `step` is told
    what begins. Raises CannotTry.
    """
    with _learner() as collection, _refusal_told(deck):
        step("Importing")
        _import(collection, deck)
        fresh = _snapshot(collection)
        step("Looking at each card")
        trial = _Look(collection, fresh, files).trial()
    if over is None:
        return trial
    step("Updating")
    return replace(trial, update=_update(over, deck, fresh))


@contextmanager
def _refusal_told(package: Path) -> Iterator[None]:
    """Whatever Anki raises of a package, as CannotTry."""
    try:
        yield
    except AnkiException as error:
        raise CannotTry(package, f"Anki cannot import it: {_reason(str(error))}.") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what Rust raises is in no module
            raise
        raise CannotTry(package, "Anki breaks down over it, so it is badly damaged.") from None


def _reason(said: str) -> str:
    """Why Anki refuses; of what it says for its programmers, the words alone."""
    if "Error {" not in said:
        return _plain(said).rstrip(".")
    words = ": ".join(part.strip() for part in _INFO.findall(said))
    return f"its database is damaged ({words})" if words else "its database is damaged"


# --- A learner's collection ----------------------------------------------------------------------


@contextmanager
def _learner() -> Iterator[Collection]:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        collection = Collection(str(Path(folder, "collection.anki2")))
        try:
            yield collection
        finally:
            collection.close()


def _import(collection: Collection, package: Path) -> ImportResponse.Log:
    """Import with the options that the dialog of a new profile shows."""
    request = ImportAnkiPackageRequest(
        package_path=str(package.resolve()), options=ImportAnkiPackageOptions()
    )
    log = collection.import_anki_package(request).log
    if not log.found_notes:
        raise CannotTry(package, "It holds no notes.")
    return log


def _study(collection: Collection) -> int:
    """Make every second card one that is due again, answer some of each deck; how many were met."""
    cards = sorted(collection.find_cards("is:new"))
    collection.sched.set_due_date(cards[::2], "7")
    for deck in collection.decks.all_names_and_ids():
        if "::" in deck.name:
            continue
        collection.decks.select(DeckId(deck.id))
        for rating in _RATINGS:
            card = collection.sched.getCard()
            if card is not None:
                collection.sched.answerCard(card, rating)
    return len(collection.find_cards("-is:new"))


def _rows(collection: Collection, query: str) -> list[Any]:
    return list(collection.db.all(query)) if collection.db else []


def _snapshot(collection: Collection) -> Snapshot:
    """Straight from the tables: Anki's Python keeps note types in mind over an import."""
    types = dict(_rows(collection, "select id, name from notetypes"))
    fields: dict[int, list[str]] = {}
    for of, name in _rows(collection, "select ntid, name from fields order by ntid, ord"):
        fields.setdefault(of, []).append(name)
    decks = {deck.id: deck.name for deck in collection.decks.all_names_and_ids()}
    return Snapshot(
        notes=tuple(
            Note(
                id=number,
                guid=guid,
                type=of,
                type_name=types.get(of, ""),
                names=tuple(fields.get(of, ())),
                fields=tuple(said.split("\x1f")),
                tags=tags.strip(),
                time=time,
            )
            for number, guid, of, said, tags, time in _rows(collection, _NOTES)
        ),
        cards=tuple(
            Card(id=number, note=note, deck=decks.get(deck, "[no deck]"), schedule=tuple(schedule))
            for number, note, deck, *schedule in _rows(collection, _CARDS)
        ),
        media={
            unicodedata.normalize("NFC", path.name): sha256(path.read_bytes()).hexdigest()
            for path in sorted(Path(collection.media.dir()).iterdir())
        },
        blank=frozenset(note.note_id for note in collection.get_empty_cards().notes),
    )


def _update(earlier: Path, deck: Path, fresh: Snapshot) -> Update:
    with _learner() as collection:
        with _refusal_told(earlier):
            _import(collection, earlier)
            reviewed = _study(collection)
            before = _snapshot(collection)
        with _refusal_told(deck):
            log = _import(collection, deck)
            after = _snapshot(collection)
        return compare(
            before,
            after,
            fresh,
            updated={note.id.nid for note in log.updated},
            refused=[tuple(note.fields) for note in log.conflicting],
            reviewed=reviewed,
        )


# --- What a learner sees -------------------------------------------------------------------------


class _Look:
    """One look at a collection that holds nothing but the deck."""

    def __init__(self, collection: Collection, seen: Snapshot, files: frozenset[str]) -> None:
        self._collection = collection
        self._seen = seen
        self._files = files
        self._labels = {note.id: note.label for note in seen.notes}

    def trial(self) -> Trial:
        """All that there is to see."""
        broken, asked = self._rendered()
        missing = tuple(self._missing(asked))
        return Trial(
            notes=len(self._seen.notes),
            cards=len(self._seen.cards),
            decks=self._tallies({card.id: card.deck for card in self._seen.cards}),
            types=self._tallies(self._types()),
            twins=self._alike(lambda note: note.guid),
            repeats=self._alike(
                lambda note: (note.type, note.fields[0]) if note.fields[0] else None
            ),
            blank=self._named(self._seen.blank),
            broken=broken,
            media=len(self._seen.media),
            missing=missing,
            unused=self._unused(missing),
            is_retired=all(note.is_retired for note in self._seen.notes),
            # These last: each of them changes the collection.
            formulas=self._formulas(),
            complaints=self._complaints(),
            incomplete=self._incomplete(),
        )

    def _named(self, notes: Iterable[int]) -> tuple[str, ...]:
        known = self._labels.keys() & set(notes)
        return tuple(self._labels[number] for number in sorted(known))

    def _types(self) -> Mapping[int, str]:
        names = {note.id: note.type_name for note in self._seen.notes}
        return {card.id: names.get(card.note, "") for card in self._seen.cards}

    def _tallies(self, groups: Mapping[int, str]) -> tuple[Tally, ...]:
        notes: dict[str, set[int]] = {}
        cards = Counter(groups.values())
        for card in self._seen.cards:
            notes.setdefault(groups[card.id], set()).add(card.note)
        return tuple(
            Tally(name=name, notes=len(notes[name]), cards=cards[name]) for name in sorted(cards)
        )

    def _alike(self, key: Callable[[Note], object]) -> tuple[str, ...]:
        """The notes that share this with one before them; None is shared by nobody."""
        met: set[object] = set()
        found = []
        for note in self._seen.notes:
            said = key(note)
            if said in met:
                found.append(note.label)
            elif said is not None:
                met.add(said)
        return tuple(found)

    def _rendered(self) -> tuple[tuple[Fault, ...], Mapping[str, set[int]]]:
        """What Anki says of cards that it cannot show, and who asks for which file in the others."""
        faults: dict[str, set[int]] = {}
        asked: dict[str, set[int]] = {}
        for card in self._seen.cards:
            try:
                names = self._shown(CardId(card.id))
            except TemplateError as error:
                faults.setdefault(_plain(str(error)), set()).add(card.note)
                continue
            for name in names:
                asked.setdefault(name, set()).add(card.note)
        broken = (Fault(said=said, notes=self._named(notes)) for said, notes in faults.items())
        return tuple(broken), asked

    def _shown(self, card: CardId) -> frozenset[str]:
        """The files that both sides of a card refer to. Raises TemplateError.

        Anki's public way puts its error into the card's text, and may start LaTeX on a stranger's
        formulas; this one, beneath it since long before version 25.9, does neither.
        """
        sides = self._collection._backend.render_existing_card(  # noqa: SLF001
            card_id=card, browser=False, partial_render=False
        )
        html = (node.text for node in (*sides.question_nodes, *sides.answer_nodes))
        return files_of("".join(html)) | styled_by(sides.css)

    def _missing(self, asked: Mapping[str, set[int]]) -> Iterator[Reference]:
        """What cards ask for and did not get."""
        for name, notes in sorted(asked.items()):
            if file_among(name, self._seen.media) is None:
                is_packed = file_among(name, self._files) is not None
                yield Reference(file=name, is_packed=is_packed, notes=self._named(notes))

    def _formulas(self) -> tuple[str, ...]:
        """The notes with LaTeX, where Anki misses pictures of some."""
        check = self._collection.media.check()
        if not any(_LATEX_PICTURE.fullmatch(name) for name in check.missing):
            return ()
        ids = set(check.missing_media_notes)
        return tuple(
            note.label
            for note in self._seen.notes
            if note.id in ids and any(sign in text for sign in _LATEX for text in note.fields)
        )

    def _unused(self, missing: Iterable[Reference]) -> tuple[str, ...]:
        asked = {file_among(one.file, self._files) for one in missing}
        return tuple(sorted(self._files - self._seen.media.keys() - asked))

    def _complaints(self) -> tuple[str, ...]:
        said, is_clean = self._collection.fix_integrity()
        rebuilt = self._collection.tr.database_check_rebuilt()
        lines = () if is_clean else said.splitlines()
        return tuple(_plain(line) for line in lines if line != rebuilt)

    def _incomplete(self) -> tuple[str, ...]:
        """The notes of which Anki, asked to make their cards, makes more than came."""
        before = {card.id for card in self._seen.cards}
        notes = [NoteId(note.id) for note in self._seen.notes]
        self._collection.after_note_updates(notes, mark_modified=False)
        rows = _rows(self._collection, "select id, nid from cards")
        return self._named(note for card, note in rows if card not in before)


def _plain(said: str) -> str:
    """A sentence of Anki's without its markup and its link."""
    text = unescape(_MORE.sub("", said)).replace("<br>", " ").translate(_ISOLATES)
    return " ".join(text.split())
