"""Any editions of a bank, imported one over another by a learner who goes on learning between.

An author edits at random and publishes; a learner imports some of the editions with Anki's default
options, and answers cards, writes into notes and tidies up between. What each import must do is
said here from what the decks say alone, each read in a collection of its own, and from who wrote
later; no digest, time or lock file is asked.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeAlias

import pytest
from anki.collection import Collection
from anki.decks import DeckId
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from quizgen.core.select import practice
from quizgen.model import Frozen
from quizgen.outputs.anki.identity import FIELDS, NAMES, RETIRED
from quizgen.outputs.template import Templates
from tests.anki_author import Edit, Work, edited, started, stem_of, undone
from tests.anki_collections import (
    DAY,
    FIRST,
    Progress,
    assert_sound,
    edition,
    fresh_collection,
    guids_of,
    import_deck,
    note_type_of,
    note_types_of,
    progress_of,
    texts_of,
    times_of,
)
from tests.anki_learner import Act, act
from tests.conftest import few
from tests.strategies import anki_acts, anki_edits

HOUR = 3_600
ITEM = FIELDS.index("Item")
KINDS = ("anki.deck", "anki.retired")
CardKey: TypeAlias = tuple[str, int]
TIMES = st.sampled_from(((DAY, 0), (1, 0), (0, 0), (0, DAY)))


class Said(NamedTuple):
    """What a note says, the bytes of what it shows and plays, and where its cards are."""

    fields: str
    tags: str
    files: tuple[bytes, ...]
    places: frozenset[int]
    deck: str


class Deck(Frozen, frozen=True, kw_only=True):
    """A package and what someone who has nothing gets from it.

    Notes are by their guids, in the order in which they come up; looks are the style sheet and the
    templates of each note type, by its name.
    """

    package: bytes
    said: Mapping[str, Said]
    looks: Mapping[str, str]


class Edition(Frozen, frozen=True, kw_only=True):
    """The decks of an edition, by kind; and since when each note and each look says what it says."""

    decks: Mapping[str, Deck]
    since: Mapping[str, int]


def looks_of(collection: Collection) -> dict[str, str]:
    """The looks of our note types, as far as they are there."""
    there = {one.name for one in collection.models.all_names_and_ids()} & set(NAMES.values())
    found = {name: note_type_of(collection, name) for name in there}
    return {
        name: str([of["css"], *((one["qfmt"], one["afmt"]) for one in of["tmpls"])])
        for name, of in found.items()
    }


def places_of(collection: Collection) -> dict[str, frozenset[int]]:
    """The places of each note's cards, by its guid."""
    places: dict[str, set[int]] = {}
    for key, place in progress_of(collection):
        places.setdefault(key, set()).add(place)
    return {key: frozenset(found) for key, found in places.items()}


def files_of(collection: Collection, fields: str) -> tuple[bytes, ...]:
    """The bytes of each file that these fields show or play."""
    names = (image or sound for image, sound in re.findall(r'src="(.*?)"|\[sound:(.*?)\]', fields))
    return tuple(Path(collection.media.dir(), name).read_bytes() for name in names)


def read_deck(package: bytes) -> Deck:
    """Import into an empty collection, and look."""
    with fresh_collection() as collection:
        import_deck(collection, package)
        cards = progress_of(collection)
        texts, places = texts_of(collection), places_of(collection)
        said = {
            key: Said(
                *texts[key],
                files_of(collection, texts[key][0]),
                places[key],
                collection.decks.name(DeckId(card.deck)),
            )
            for (key, _), card in sorted(cards.items(), key=lambda one: one[1].due)
        }
        return Deck(package=package, said=said, looks=looks_of(collection))


def items_of(said: Mapping[str, Said]) -> list[str]:
    """The items of these notes, as the notes themselves name them."""
    return [one.fields.split("\x1f")[ITEM] for one in said.values()]


def assert_says(deck: Deck, work: Work) -> None:
    """A note for each item that may be practised, in their order: its stem, picture and sound."""
    items = practice(work.bank)
    assert items_of(deck.said) == [f"{work.bank.name}/{item.id}" for item in items]
    for item, said in zip(items, deck.said.values(), strict=True):
        assert stem_of(item).strip() in said.fields.split("\x1f")[0]
        paths = [item.image.file if item.image else "", item.audio]
        assert said.files == tuple(work.media[path] for path in paths if path)


def templates_with(look: str, folder: str) -> Templates:
    """Our templates, or those of a project whose own style sheet gives this colour."""
    if not look:
        return Templates()
    own = Path(folder, look, "templates", "anki", "card.css")
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(f"b {{ color: {look} }}", encoding="utf-8")
    return Templates(Path(folder, look))


def schema_time(collection: Collection) -> object:
    """When the schema last changed: a later time means a full sync."""
    return collection.db.scalar("select scm from col")  # type: ignore[union-attr]


class AnyEditions(RuleBasedStateMachine):
    """An author's project with all its editions so far, and a learner's collection."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(ignore_cleanup_errors=True)
        self.clock, self.wrote_at = FIRST, 0
        self.work, self.lock = started(), ""
        self.history: list[Work] = []
        self.editions: list[Edition] = []
        self.said_gone: set[str] = set()
        self.textless: set[CardKey] = set()
        self.published: dict[str, object] = {}
        self.collection = Collection(str(Path(self.folder.name, "collection.anki2")))
        self.stock = {one.name for one in self.collection.models.all_names_and_ids()}
        self.notes: dict[str, Said] = {}
        self.looks: dict[str, str] = {}
        self.since: dict[str, int] = {}

    def teardown(self) -> None:
        self.collection.close()
        self.folder.cleanup()

    # --- The author ------------------------------------------------------------------------------

    @initialize()
    def publish_the_first(self) -> None:
        self.publish(0, 0, is_taken=True)

    @rule(edits=anki_edits(), acts=anki_acts(), when=TIMES, is_taken=st.booleans())
    def edit_and_publish(
        self, edits: list[Edit], acts: list[Act], when: tuple[int, int], is_taken: bool
    ) -> None:
        self.learn(acts)
        for edit in edits:
            self.work = edited(self.work, edit)
        self.publish(*when, is_taken=is_taken)

    @rule(back=st.integers(1, 3), acts=anki_acts(), when=TIMES, is_taken=st.booleans())
    def undo_and_publish(
        self, back: int, acts: list[Act], when: tuple[int, int], is_taken: bool
    ) -> None:
        self.learn(acts)
        self.work = undone(self.work, self.history[max(0, len(self.history) - 1 - back)])
        self.publish(*when, is_taken=is_taken)

    def publish(self, pause: int, lag: int, *, is_taken: bool) -> None:
        """Build an edition after a pause, which the learner imports or skips.

        The author's clock may be behind its own time by `lag`, but not behind the learner's.
        """
        self.clock += pause
        now = max(self.wrote_at + 1, self.clock - lag)
        templates = templates_with(self.work.look, self.folder.name)
        built, self.lock = edition(self.work.bank, self.lock, now, self.work.media, templates)
        assert not [problem for problem in built.problems if problem.severity == "error"]
        gone = (one.item for one in built.problems if one.code == "card_gone")
        self.said_gone |= {f"{self.work.bank.name}/{item}" for item in gone}
        packages = {one.kind: built.files[one.path] for one in built.products if one.kind in KINDS}
        decks = {kind: read_deck(package) for kind, package in packages.items()}
        assert_says(decks["anki.deck"], self.work)
        if retired := decks.get("anki.retired"):
            assert all(f" {RETIRED} " in one.tags for one in retired.said.values())
        self.history.append(self.work)
        self.editions.append(Edition(decks=decks, since=self.dated(decks.values())))
        if is_taken:
            self.import_deck_of(self.editions[-1], KINDS[0])

    def dated(self, decks: Iterable[Deck]) -> dict[str, int]:
        """The number of the edition since which each note and each look is as in these decks."""
        since = dict(self.editions[-1].since) if self.editions else {}
        for deck in decks:
            texts = {key: (one.fields, one.tags, one.files) for key, one in deck.said.items()}
            for key, said in (*texts.items(), *deck.looks.items()):
                if self.published.get(key) != said:
                    self.published[key] = said
                    since[key] = len(self.editions)
        return since

    # --- The learner -----------------------------------------------------------------------------

    def learn(self, acts: list[Act]) -> None:
        """What the learner does between two editions, an hour after the other."""
        for one in acts:
            self.clock += HOUR
            act(self.collection, one, self.clock, self.wrote)

    def wrote(self, key: str) -> None:
        """The learner changed this note: from now on only what is published later may replace it."""
        fields, tags = texts_of(self.collection)[key]
        self.notes[key] = self.notes[key]._replace(fields=fields, tags=tags)
        self.since[key] = len(self.editions) - 1
        self.wrote_at = self.clock

    @rule(back=st.sampled_from((0, 0, 0, 1, 2)), kind=st.sampled_from(KINDS))
    def import_one(self, back: int, kind: str) -> None:
        """A deck of the last edition, or now and then an old file once more."""
        taken = self.editions[max(0, len(self.editions) - 1 - back)]
        self.import_deck_of(taken, kind if kind in taken.decks else KINDS[0])

    def import_deck_of(self, taken: Edition, kind: str) -> None:
        """Import it, and hold every promise."""
        deck = taken.decks[kind]
        known, collection = deck.said.keys() & self.notes.keys(), self.collection
        new = deck.said.keys() - known
        changed = {key for key in known if taken.since[key] > self.since[key]}
        had, times = set(items_of(self.notes)), times_of(collection)
        progress, schema = progress_of(collection), schema_time(collection)
        log = import_deck(collection, deck.package)

        # No new note for an old item; no conflict; exactly the changed notes are updated.
        assert guids_of(collection, log.new) == new
        assert not had & set(items_of({key: deck.said[key] for key in new}))
        assert guids_of(collection, log.updated) == changed
        assert len(log.duplicate) == len(known) - len(changed)
        assert not [*log.conflicting, *log.missing_notetype, *log.missing_deck]
        after = times_of(collection)
        assert {key for key, time in times.items() if after[key] != time} == changed

        for key in new | changed:
            self.notes[key], self.since[key] = deck.said[key], taken.since[key]
        self.assert_texts()
        self.assert_cards(deck, new, progress)
        has_first = bool(deck.looks.keys() - self.looks.keys())
        for name in deck.looks:
            if taken.since[name] > self.since.get(name, -1):
                self.looks[name], self.since[name] = deck.looks[name], taken.since[name]
        self.assert_looks()
        assert has_first or schema_time(collection) == schema  # no full sync

    def assert_texts(self) -> None:
        """Edits have arrived, and so have their undoings; what the learner wrote since is alive."""
        assert texts_of(self.collection) == {
            key: (said.fields, said.tags) for key, said in self.notes.items()
        }
        for said in self.notes.values():
            assert files_of(self.collection, said.fields) == said.files

    def assert_cards(self, deck: Deck, new: set[str], before: dict[CardKey, Progress]) -> None:
        """All progress is kept, cards come as the package has them, and none in use goes blank unsaid.

        Anki adds a card for each new gap, even where it leaves the text of the note to the learner,
        who has written into it since: that card is blank until the text is published anew.
        """
        cards = progress_of(self.collection)
        assert {key: cards[key] for key in before} == before
        expected = {(key, place) for key, said in deck.said.items() for place in said.places}
        assert cards.keys() == before.keys() | expected
        for (key, _), card in cards.items():
            if key in new:
                assert self.collection.decks.name(DeckId(card.deck)) == self.notes[key].deck
        blank = {(key, place) for key, place in cards if place not in self.notes[key].places}
        assert_sound(self.collection, {cards[key].card for key in blank})
        self.textless = (self.textless | (cards.keys() - before.keys())) & blank
        gone = {key: self.notes[key] for key, _ in blank - self.textless}
        kept = {key: said for key, said in gone.items() if RETIRED not in said.tags}
        assert set(items_of(kept)) <= self.said_gone

    def assert_looks(self) -> None:
        """The look that was published last, and no second note type."""
        assert looks_of(self.collection) == self.looks
        names = {one.name for one in self.collection.models.all_names_and_ids()}
        assert names == self.stock | self.looks.keys()
        assert note_types_of(self.collection) <= set(NAMES.values())


pytestmark = pytest.mark.timeout(1_200)
"""To find the smallest example of a failure hypothesis may take five minutes more."""

TestAnyEditions = AnyEditions.TestCase
TestAnyEditions.settings = settings(
    max_examples=few(25, nightly=300), stateful_step_count=few(10, nightly=20)
)
