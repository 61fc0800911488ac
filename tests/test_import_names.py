"""Files that an import makes have names that every system takes; files of tests leave none behind."""

import tempfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizgen.bank.names import is_device
from quizgen.imports.files import question_files
from quizgen.model import Bank, Card
from tests.anki_foreign import database as database_of
from tests.anki_foreign import genanki_package, imported, package
from tests.anki_samples import PNG
from tests.plain_decks import note
from tests.plain_decks import package as plain_package

DEVICES = ("con", "prn", "aux", "nul", "com0", "com1", "lpt9")


def card(topic: str, name: str) -> Card:
    return Card(id=name, topic=topic, front="Front", back="Back")


@pytest.mark.parametrize("device", DEVICES)
def test_no_file_of_questions_is_a_device(device: str) -> None:
    """Neither called after its topic nor after the deck; other files keep their names."""
    bank = Bank(name="b", title=device, items=(card(device.upper(), "a"), card("Lakes", "b")))
    for paths in (question_files(bank), question_files(bank, apart=True)):
        parts = [part for path in paths for part in Path(path).parts]
        assert not [part for part in parts if is_device(part)]
    assert f"questions/questions-{device}.yaml" in question_files(
        replace(bank, items=bank.items[:1])
    )
    assert "questions/lakes.yaml" in question_files(replace(bank, items=bank.items[1:]))


def test_a_topic_that_is_called_as_the_file_of_another_has_its_own() -> None:
    bank = Bank(name="b", title="B", items=(card("Questions aux", "a"), card("Aux", "b")))
    assert len(question_files(bank)) == 2


@pytest.mark.parametrize("name", ["con.png", "AUX.x.png", "com¹.png", "LPT9.png", "nul.png"])
def test_no_picture_is_a_device(name: str) -> None:
    listed = f'{{"0": "{name}"}}'.encode()
    found = imported(package(database_of(f'<img src="{name}">x\x1fb'), listed, files={"0": PNG}))
    (path,) = found.media
    assert not is_device(Path(path).name)


def test_decks_of_tests_leave_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """genanki's own temporary database passes with the folder of the deck."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    plain_package(note("a", "b"))
    genanki_package(("a", "b"))
    assert not list(tmp_path.iterdir())
