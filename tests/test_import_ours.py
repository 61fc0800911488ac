"""Decks of our own read back: the next deck adds no note, changes no guid and no note."""

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from anki.collection import ExportAnkiPackageOptions
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from quizgen.bank import load_media, read_bank
from quizgen.bank.writing import settings_text
from quizgen.imports.anki import Package, Press, Target, read
from quizgen.imports.files import question_files
from quizgen.imports.imported import Imported
from quizgen.model import Bank, Cloze
from quizgen.outputs.anki import read_lock
from quizgen.outputs.anki.identity import guid
from quizgen.outputs.anki.texts import rich
from quizgen.outputs.template import Templates
from tests.anki_collections import deck_of, edition, fresh_collection, import_deck
from tests.anki_samples import BANK, FORMULA, MEDIA
from tests.strategies import anki_banks

PRESS = Press(rich=rich, guid=guid, words=lambda language: Templates().words("anki", language))
ROOT = Path(__file__).resolve().parent.parent


def imported(package: bytes, bank: Bank) -> Imported:
    return read(Package(io.BytesIO(package)), Target(bank.name, bank.title), PRESS)


def written(found: Imported, folder: Path) -> tuple[Bank, Mapping[str, bytes]]:
    """The bank and its media, read again from the files that an import writes."""
    files = {name: text.encode() for name, text in question_files(found.bank).items()}
    files |= {f"questions/{path}": data for path, data in found.media.items()}
    files["questions/bank.yaml"] = settings_text(found.bank).encode()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    reading = read_bank(folder)
    assert reading.bank is not None
    assert [str(problem) for problem in reading.problems] == []
    return reading.bank, load_media(folder, reading.bank)


def test_the_samples_come_back_to_the_byte(tmp_path: Path) -> None:
    """A card of each kind, with its passage, picture, sound, sources: the next deck is the same file."""
    first, lock = edition(BANK, media=MEDIA)
    bank, media = written(imported(deck_of(first), BANK), tmp_path)
    second, after = edition(bank, lock, now=2_000_000_000, media=media)
    assert deck_of(second) == deck_of(first)
    assert after == lock
