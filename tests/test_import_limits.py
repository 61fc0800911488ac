"""What a package may ask of the machine: bounded before it is done, refused with one sentence."""

import io
import json
import tracemalloc
import zipfile
from json import loads
from pathlib import Path

import pytest
from zstandard import ZstdCompressor

from quizgen.cli import main
from quizgen.imports.anki import Package, PackageError, Target, limits, protobuf, read
from tests.anki_foreign import MODEL, PRESS, collection_of, database, exported, package
from tests.anki_foreign import add as add_note
from tests.anki_samples import PNG


def refusal(data: bytes) -> str:
    """The sentence that refuses a package."""
    with pytest.raises(PackageError) as told:
        Package(io.BytesIO(data))
    return str(told.value)


def peak(data: bytes) -> int:
    """The most bytes that were taken at a time while the package was refused."""
    tracemalloc.start()
    try:
        assert refusal(data)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def newer(media: bytes = b"") -> bytes:
    """A package of the newer format with another list of media."""
    with collection_of({}) as collection:
        add_note(collection, "Basic", "D", Front="a", Back="b")
        data = exported(collection, legacy=False)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            packed = ZstdCompressor().compress(media) if name == "media" else old.read(name)
            new.writestr(name, packed)
    return out.getvalue()


# --- The list of media ---------------------------------------------------------------------------


def test_a_list_of_empty_media_is_read_no_further_than_there_may_be_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Eight million entries in a few bytes: each that is looked at is counted."""
    looked_at = 0
    whole = protobuf.fields

    def counted(message: bytes) -> protobuf.Fields:
        nonlocal looked_at
        looked_at += not message
        return whole(message)

    data = newer(b"\x0a\x00" * 8_000_000)
    monkeypatch.setattr(protobuf, "fields", counted)
    assert refusal(data) == "It lists more than 100,000 pictures and sounds."
    assert looked_at == limits.ENTRIES


def test_a_list_of_empty_media_takes_little_memory() -> None:
    assert peak(newer(b"\x0a\x00" * 8_000_000)) < 100_000_000


@pytest.mark.parametrize(
    "value", [b"[],", b"{},", b'"",', b"0,", b'{"a":'], ids=["lists", "maps", "texts", "numbers", "deep"]
)  # fmt: skip
def test_a_list_of_many_values_is_not_even_parsed(
    value: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the settings before it are."""
    parsed: list[int] = []

    def counted(text: str) -> object:
        parsed.append(len(text))
        return loads(text)

    monkeypatch.setattr("quizgen.imports.anki.jsontext.json.loads", counted)
    media = b'{"0":[' + value * 4_000_000 + b"0]}"
    assert refusal(package(database("a\x1fb"), media)).startswith("It lists more than")
    assert max(parsed) < 1_000


@pytest.mark.parametrize(
    "media",
    [b"", b"[]", b"0", b"null", b'"x"', b"{", b'{"0": "a"', b"\xff\xfe{}", b"[" * 90_000, b'{"0":' * 90_000,
     b"NaN", b"9" * 5_000],
)  # fmt: skip
def test_a_list_of_another_kind_is_told_to_be_damaged(media: bytes) -> None:
    assert refusal(package(database("a\x1fb"), media)) == "Its list of media is damaged."


@pytest.mark.parametrize("name", ["0", "[1]", "{}", "null", '{"a": "b"}', "1.5", "true"])
def test_a_medium_of_no_name_is_none(name: str) -> None:
    media = f'{{"0": {name}, "1": "b.png"}}'.encode()
    opened = Package(io.BytesIO(package(database("a\x1fb"), media, files={"0": PNG, "1": PNG})))
    assert opened.names == {"b.png"}


def test_a_list_in_a_message_of_another_kind_is_damaged() -> None:
    for media in (b"\x08\x01", b"\x0a\x05", b"\x0b", b"\xff" * 20, b"\x0a\x02\x0a\x09"):
        assert refusal(newer(media)) == "Its list of media is damaged."


def test_no_message_holds_more_values_than_one_of_anki() -> None:
    with pytest.raises(protobuf.MessageError):
        protobuf.fields(b"\x08\x01" * (protobuf.MOST + 1))
    assert len(protobuf.fields(b"\x08\x01" * protobuf.MOST)[1]) == protobuf.MOST


# --- How much the media may hold -----------------------------------------------------------------


def pictures(*sizes: int) -> bytes:
    """A package of one note for each picture, of so many bytes."""
    files = {str(n): PNG + b"\0" * (size - len(PNG)) for n, size in enumerate(sizes)}
    media = json.dumps({name: f"{name}.png" for name in files}).encode()
    return package(database(*(f'<img src="{n}.png">x\x1fb' for n in files)), media, files=files)


def test_a_picture_that_is_read_twice_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where an import overwrites, and reads the package once more."""
    monkeypatch.setattr("quizgen.imports.anki.package.MEDIA", 3_000)
    opened = Package(io.BytesIO(pictures(1_000, 2_000)))
    for _ in range(3):
        assert len(read(opened, Target("b", "B"), PRESS).media) == 2


def test_more_pictures_than_are_taken_are_told_as_what_they_are_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No sentence says of one file what is true of all."""
    monkeypatch.setattr("quizgen.imports.anki.package.MEDIA", 3 << 20)
    opened = Package(io.BytesIO(pictures(2 << 20, 2 << 20)))
    with pytest.raises(PackageError, match=r"^Its pictures and sounds are larger than 3 MiB\.$"):
        read(opened, Target("b", "B"), PRESS)


def test_a_picture_that_is_too_large_is_told_with_how_large_one_may_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("quizgen.imports.anki.package.MEDIUM", 1 << 20)
    opened = Package(io.BytesIO(pictures(2 << 20)))
    with pytest.raises(PackageError, match=r'^"0" in it is larger than 1 MiB\.$'):
        read(opened, Target("b", "B"), PRESS)


# --- The zip and the database --------------------------------------------------------------------


def test_a_zip_of_too_many_files_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file of a zip becomes a value of some hundred bytes as it is opened."""
    monkeypatch.setattr("quizgen.imports.anki.package.ENTRIES", 50)
    data = package(database("a\x1fb"), files={str(n): b"" for n in range(60)})
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert refusal(data) == "It holds more than 50 files."


MANY = {
    "values in settings": database("a\x1fb", models='{"1":[' + "[]," * 1_100_000 + "0]}"),
    "tags of a note": database("a\x1fb", more=f"UPDATE notes SET tags = '{'tag ' * 1_000_000}';"),  # noqa: S608
    "parts of a deck": database(
        "a\x1fb",
        more=f"""UPDATE col SET decks = '{{"1": {{"name": "{"::".join(["a"] * 10_000)}"}}}}';""",  # noqa: S608
    ),
}


@pytest.mark.parametrize("name", MANY)
def test_what_is_too_much_in_a_database_is_refused(name: str) -> None:
    assert refusal(package(MANY[name])).endswith(".")


def test_fields_beyond_those_of_a_type_are_not_parted() -> None:
    """A value for each of a million signs that part fields would take far more than the text."""
    data = package(database("a" + "\x1f" * 1_000_000))
    (note,) = Package(io.BytesIO(data)).collection.notes
    assert len(note.fields) == 3


def test_more_note_types_than_any_collection_has_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("quizgen.imports.anki.collection.PARTS", 5)
    assert refusal(newer()) == "It holds more than 5 note types, fields or decks."


def test_what_does_not_fit_into_memory_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise MemoryError

    data = newer(b"\x0a\x00")
    monkeypatch.setattr("quizgen.imports.anki.package._packed_list", full)
    assert refusal(data) == "It does not fit into the memory of this computer."


def test_more_text_than_fits_counts_what_each_field_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizgen.imports.anki.collection.DATABASE", 100)
    models = json.dumps({"1": {**MODEL, "flds": [{"name": str(n), "ord": n} for n in range(50)]}})
    assert "more text" in refusal(package(database("\x1f" * 49, models=models)))


@pytest.mark.parametrize("name", MANY)
def test_the_command_says_so_in_one_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deck = tmp_path / "deck.apkg"
    deck.write_bytes(package(MANY[name]))
    assert main(["import", str(deck), "-C", str(tmp_path / "p")]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"quizgen: {deck} was not imported. ")
    assert not (tmp_path / "p").exists()
