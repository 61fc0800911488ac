"""`quizgen verify`: its report, and what it says of files that are no decks."""

import json
import sys
from pathlib import Path

import pytest
from anki.collection import ExportAnkiPackageOptions
from msgspec.structs import replace

from quizgen.cli import main
from quizgen.commands.findings import named
from tests import anki_samples as sample
from tests.anki_collections import deck_of, edition, having
from tests.plain_decks import note, note_type, package
from tests.test_anki_updates import LATER, with_item
from tests.tried_decks import DATABASE, PLAIN, database_with, zipped


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    """A folder with our deck, an edited edition of it, and a deck with faults."""
    built, lock = edition(sample.BANK, media=sample.MEDIA)
    edited = with_item(sample.BANK, replace(sample.DEW, explain="It is called dew."))
    later, _ = edition(edited, lock, LATER, media=sample.MEDIA)
    faulty = package(note('<img src="gone.png">', "b"), note("f", "b", key="2"))
    files = {"old": deck_of(built), "new": deck_of(later), "faulty": faulty}
    for name, data in files.items():
        (tmp_path / f"{name}.apkg").write_bytes(data)
    return tmp_path


def test_the_report_of_an_update(decks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What there is, what changes, that nothing is lost; and nothing was written beside the decks."""
    before = {path: path.read_bytes() for path in decks.iterdir()}
    assert main(["verify", str(decks / "new.apkg"), "--update", str(decks / "old.apkg")]) == 0
    said = capsys.readouterr().out
    assert f"{len(sample.BANK.items)} notes, " in said
    assert "Water on Earth::Lakes" in said
    assert (
        "1 note changed, where what learners wrote is replaced:\n      dew (Explanation)\n" in said
    )
    assert "every schedule kept" in said
    assert said.endswith("Nothing that learners would suffer from.\n")
    assert {path: path.read_bytes() for path in decks.iterdir()} == before


def test_a_fault_is_told_with_its_fix(decks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(decks / "faulty.apkg")]) == 1
    said = capsys.readouterr().out
    assert (
        "error: The file “gone.png” is not in the package; it is missing from 1 note: “gone.png”."
        in said
    )
    assert "    Put the file into the package under this very name.\n" in said
    assert said.endswith("\n1 error.\n")


def test_the_report_for_a_program(decks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All names and numbers of the text, and problems in the rows that `check` prints."""
    new, old = str(decks / "new.apkg"), str(decks / "old.apkg")
    assert main(["verify", new, "-u", old, "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["notes"], said["problems"]) == (len(sample.BANK.items), [])
    assert said["update"]["changed"] == [{"note": "dew", "fields": ["Explanation"]}]
    assert said["update"]["untouched"] == len(sample.BANK.items) - 1
    assert main(["verify", str(decks / "faulty.apkg"), "-f", "json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert "update" not in said
    assert said["missing"] == [{"file": "gone.png", "is_packed": False, "notes": ["gone.png"]}]
    (row,) = said["problems"]
    assert (row["code"], row["severity"]) == ("missing_media", "error")


def test_without_ankis_package_one_sentence_says_how_to_get_it(
    decks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another module that is missing is no such case."""
    monkeypatch.delitem(sys.modules, "quizgen.outputs.anki.trial.collection")
    monkeypatch.setitem(sys.modules, "anki", None)
    assert main(["verify", str(decks / "new.apkg")]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "pip install 'quizgen[anki]'" in said.err
    monkeypatch.delitem(sys.modules, "anki")
    monkeypatch.setitem(sys.modules, "anki.errors", None)
    with pytest.raises(ModuleNotFoundError):
        main(["verify", str(decks / "new.apkg")])


BROKEN = {
    "nothing": b"",
    "text": b"no package",
    "half a package": PLAIN[: len(PLAIN) // 2],
    "the end cut off": PLAIN[:-10],
    "no collection": zipped(media=b"{}"),
    "an empty collection": zipped(collection__anki2=b"", media=b"{}"),
    "noise for a collection": zipped(collection__anki2=b"noise" * 1_000, media=b"{}"),
    "half a collection": zipped(collection__anki2=DATABASE[: len(DATABASE) // 2], media=b"{}"),
    "noise for the newer form": zipped(collection__anki21b=b"noise", media=b"{}"),
    "noise for its media": zipped(collection__anki2=DATABASE, media=b"noise"),
    "a bomb for its media": zipped(collection__anki2=DATABASE, media=b" " * (1 << 26)),
    "a deck without notes": package(),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_deck_gets_one_sentence(
    decks: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the deck or as the earlier one; nothing is written, nothing on the report's stream."""
    broken, good = decks / "broken.apkg", decks / "old.apkg"
    broken.write_bytes(BROKEN[name])
    before = sorted(decks.iterdir())
    for words in ([broken], [good, "--update", broken]):
        assert main(["verify", *map(str, words)]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith(f"quizgen: {broken}: ")
        assert said.err.endswith(".\n")
        assert said.err.count("\n") == 1
    assert sorted(decks.iterdir()) == before


def test_what_anki_says_of_a_damaged_database_is_told(
    decks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its words, out of what it writes for its programmers: the author of a program needs them."""
    broken = decks / "broken.apkg"
    without_css = database_with("""update col set models = replace(models, '"css"', '"ccs"')""")
    broken.write_bytes(zipped(collection__anki2=without_css, media=b"{}"))
    assert main(["verify", str(broken)]) == 2
    assert capsys.readouterr().err == (
        f"quizgen: {broken}: Anki cannot import it: its database is damaged"
        " (decoding models: missing field `css`).\n"
    )


def test_a_strangers_deck_does_not_steer_the_terminal(
    decks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever its notes, decks and types are called; Anki itself takes them so."""
    of = note_type(name="Pl\x1b[2Jain")
    once, twice = (note("a\x1b]0;title\x07\u202eb", "c", key=key, of=of) for key in "12")
    (decks / "odd.apkg").write_bytes(package(once, twice, deck="De\x1b[31mck"))
    assert main(["verify", str(decks / "odd.apkg")]) == 0
    said = capsys.readouterr().out
    assert "repeated_note" in said
    assert not set(said) & set("\x1b\x07\u202e")


@pytest.mark.parametrize("name", ["none.apkg", "."])
def test_what_is_no_file_cannot_be_read(
    decks: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(decks / name)]) == 2
    assert capsys.readouterr().err.startswith("quizgen: Cannot read ")


@pytest.mark.parametrize("is_legacy", [True, False], ids=["anki21", "anki21b"])
def test_decks_that_anki_itself_exports(
    decks: Path, is_legacy: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """In its older and its newer form: a learner gets the same from them."""
    again = decks / "exported.apkg"
    with having((decks / "old.apkg").read_bytes()) as collection:
        options = ExportAnkiPackageOptions(with_media=True, legacy=is_legacy)
        collection.export_anki_package(out_path=str(again), options=options, limit=None)
    assert main(["verify", str(again), "--update", str(decks / "old.apkg")]) == 0
    said = capsys.readouterr().out
    assert f"{len(sample.MEDIA)} files of media" in said
    assert f"{len(sample.BANK.items)} notes as before" in said


def test_long_lists_end_in_a_number() -> None:
    """Twenty names, and how many more."""
    assert named(["a", "b"]) == "“a”, “b”"
    assert named([str(number) for number in range(1_023)]).endswith("“19” and 1,003 more")
