"""What a deck takes: our writer and genanki's with the same notes, and ours from a bank."""

from pathlib import Path

import genanki
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from quizgen.bank import read_bank
from quizgen.core.select import practice
from quizgen.model import Bank
from quizgen.outputs.anki import read_lock
from quizgen.outputs.anki.media import Media
from quizgen.outputs.anki.notes import Notes, NoteText
from quizgen.outputs.anki.notetypes import note_type, pages
from quizgen.outputs.anki.package import Note, apkg
from quizgen.outputs.anki.press import build
from quizgen.outputs.anki.texts import CardWords
from quizgen.outputs.template import Templates
from tests.benchmarks.banks import write_bank

COUNT = 10_000
FIELDS = 29


@pytest.fixture(scope="module")
def large_bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    """Items of all nine types."""
    reading = read_bank(write_bank(tmp_path_factory.mktemp("large"), COUNT))
    assert reading.bank is not None
    return reading.bank


@pytest.fixture(scope="module")
def note_texts(large_bank: Bank) -> list[NoteText]:
    """The bank's notes, as both writers are given them."""
    notes = Notes(large_bank, CardWords(Templates().words("anki", "en")), Media({}))
    return [notes.note(item) for item in practice(large_bank)]


def test_genanki_writes_a_deck(
    benchmark: BenchmarkFixture, note_texts: list[NoteText], tmp_path: Path
) -> None:
    """The rival: genanki's own objects and its own writing. Its templates have no conditions."""

    def write() -> None:
        model = genanki.Model(
            1,
            "m",
            fields=[{"name": f"F{place}"} for place in range(FIELDS)],
            templates=[{"name": "T", "qfmt": "{{F0}}", "afmt": "{{F0}} {{F5}}"}],
        )
        deck = genanki.Deck(2, "Deck")
        for text in note_texts:
            deck.add_note(
                genanki.Note(model=model, fields=text.fields, guid=text.guid, tags=text.tags)
            )
        genanki.Package(deck).write_to_file(tmp_path / "deck.apkg", timestamp=1.0)

    benchmark(write)


def test_our_writer(benchmark: BenchmarkFixture, note_texts: list[NoteText]) -> None:
    """The same notes into genanki's objects, and those into bytes."""
    types = {
        name: note_type(pages(name, Templates()), 1) for name in {text.type for text in note_texts}
    }

    def write() -> bytes:
        deck = genanki.Deck(2, "Deck")
        for place, text in enumerate(note_texts, 1):
            deck.add_note(
                Note(
                    model=types[text.type],
                    fields=text.fields,
                    guid=text.guid,
                    tags=text.tags,
                    due=place,
                    modified=1,
                    cards=text.cards,
                )
            )
        return apkg([deck], {})

    assert benchmark(write)


def test_from_bank_to_deck(benchmark: BenchmarkFixture, large_bank: Bank) -> None:
    """All of the output: every field of every card, the lock, and the package."""
    lock, _ = read_lock("")
    built, _ = benchmark(
        build, large_bank, media={}, templates=Templates(), lock=lock, now=1_750_000_000
    )
    assert built.products[0].items == COUNT
