"""Decks of our own read back: the next deck adds no note, changes no guid and no note."""

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import assume, given
from msgspec.structs import replace

from quizgen.bank import load_media, read_bank
from quizgen.bank.cloze import ClozeError, cloze_parts
from quizgen.bank.writing import cloze_text, settings_text
from quizgen.imports.anki import Package, Press, Target, read
from quizgen.imports.files import question_files
from quizgen.imports.imported import Imported
from quizgen.model import Bank, Cloze, Item
from quizgen.outputs.anki.identity import guid
from quizgen.outputs.anki.texts import rich
from quizgen.outputs.template import Templates
from tests.anki_collections import deck_of, edition
from tests.anki_samples import BANK, MEDIA
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


def test_the_bank_of_this_repository_comes_back_to_the_byte(tmp_path: Path) -> None:
    """Its deck, read and built again with the same lock."""
    bank = read_bank(ROOT).bank
    assert bank is not None
    first, lock = edition(bank, media=load_media(ROOT, bank))
    again, media = written(imported(deck_of(first), bank), tmp_path)
    second, after = edition(again, lock, now=2_000_000_000, media=media)
    assert deck_of(second) == deck_of(first)
    assert after == lock


def could_be_written(item: Item) -> bool:
    """Whether an author's file can hold these texts: no sign that nobody sees, no brace that ends a gap."""
    if any(sign in repr(item) for sign in (r"\x00", r"\x1f")):
        return False
    try:
        return not isinstance(item, Cloze) or cloze_parts(cloze_text(item.parts)) == item.parts
    except ClozeError:
        return False


@given(bank=anki_banks())
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, bank: Bank) -> None:
    """Texts with all that means something to Anki: no note is new, and none has changed."""
    bank = replace(bank, items=tuple(filter(could_be_written, bank.items)))
    assume(bank.items)
    first, lock = edition(bank)
    again, media = written(imported(deck_of(first), bank), tmp_path_factory.mktemp("trouble"))
    assert edition(again, lock, now=2_000_000_000, media=media)[1] == lock
