"""Broken, truncated, empty and hostile packages do no harm: a sentence, exit code 2, nothing written."""

import io
import json
import sqlite3
import struct
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from zstandard import ZstdCompressor

from quizgen.bank.names import name_from
from quizgen.imports.anki import Package, PackageError, Target, read
from quizgen.imports.anki import limits as its_limits
from quizgen.imports.anki.gaps import signed
from quizgen.imports.files import question_files
from quizgen.imports.wrapping import wrapped
from quizgen.markup import to_html
from quizgen.model import Card, Correction
from quizgen.outputs.anki import read_lock
from quizgen.outputs.anki.lock import LATEST
from tests.anki_collections import deck_of, edition
from tests.anki_foreign import DECKS, MODEL, PRESS, TABLES, database, imported, package
from tests.anki_samples import BANK, MEDIA, PNG

GOOD = package(database("front\x1fback"))
OURS = deck_of(edition(BANK, media=MEDIA)[0])
ZIP_BOMB = package(database("front\x1fback"), media=b" " * (its_limits.MEDIA_LIST + 1))
ZSTD_BOMB = package(
    ZstdCompressor().compress(b"\0" * (its_limits.DATABASE + 1)), name="collection.anki21b"
)


def undeclared(data: bytes, size: int) -> bytes:
    """The zip with another size declared for its first file, in both places that say it."""
    out = bytearray(data)
    struct.pack_into("<I", out, 22, size)
    struct.pack_into("<I", out, out.index(b"PK\x01\x02") + 24, size)
    return bytes(out)


def with_database(deck: bytes, statement: str, values: tuple[object, ...]) -> bytes:
    """The package after a statement on its database."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(deck)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "collection.anki2":
                with TemporaryDirectory() as folder:
                    path = Path(folder, "d")
                    path.write_bytes(data)
                    with closing(sqlite3.connect(path)) as made:
                        made.execute(statement, values)
                        made.commit()
                    data = path.read_bytes()
            new.writestr(name, data)
    return out.getvalue()


def rewritten(deck: bytes, text: str, other: str) -> bytes:
    """The package with other words in its notes."""
    return with_database(deck, "UPDATE notes SET flds = replace(flds, ?, ?)", (text, other))


def redated(deck: bytes, time: int) -> bytes:
    """The package with its notes changed at another time."""
    return with_database(deck, "UPDATE notes SET mod = ?", (time,))


VIEW = """
CREATE TABLE col (models text, decks text);
CREATE TABLE notes (id integer, guid text, mid integer, mod integer, tags text, flds text);
CREATE TABLE real (nid integer, ord integer, did integer, odid integer, type integer, due integer);
CREATE VIEW cards AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
SELECT x AS nid, 0 AS ord, 0 AS did, 0 AS odid, 0 AS type, 0 AS due FROM n;
CREATE TRIGGER t INSTEAD OF INSERT ON cards BEGIN INSERT INTO real SELECT 1, 0, 1, 0, 0, 1; END;
"""
"""Tables of which one is a view over a query that never ends."""


def packed_by(method: int) -> bytes:
    """A package whose database is 64 MB of nothing, packed to a few bytes, and declared as ten."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("collection.anki2", b"\0" * (1 << 26))
        archive.writestr("media", b"{}")
    return undeclared(out.getvalue(), 10)


RECKONED = TABLES.replace(
    "flds text", "flds text GENERATED ALWAYS AS (printf('%.*c', 9999, 'x')) VIRTUAL"
)
"""A table whose texts are made by a function as they are read."""

BROKEN = {
    "bzip2": packed_by(zipfile.ZIP_BZIP2),
    "LZMA": packed_by(zipfile.ZIP_LZMA),
    "reckoned texts": package(database(tables=RECKONED)),
    "empty": b"",
    "text": b"front\tback\n",
    "no zip": b"PK\x03\x04" + b"\0" * 100,
    "truncated": GOOD[: len(GOOD) // 2],
    "truncated at its end": GOOD[:-30],
    "no collection": package(b"", name="other"),
    "empty database": package(b""),
    "text for a database": package(b"SQLite format 3\0" + b"x" * 5_000),
    "truncated database": package(database("front\x1fback")[:5_000]),
    "no tables": package(database(tables="CREATE TABLE t (x);")),
    "no note types": package(database(tables=TABLES.replace("CREATE TABLE col", "CREATE TABLE c"))),
    "no settings": package(database(more="DELETE FROM col;")),
    "wrong JSON": package(database("a\x1fb", models="{")),
    "a list for JSON": package(database("a\x1fb", models="[1]")),
    "text for a note type": package(database("a\x1fb", models='{"1": "x"}')),
    "nested JSON": package(database("a\x1fb", models="[" * 100_000)),
    "a number for ever": package(database("a\x1fb", models='{"1' + "0" * 5_000 + '": {}}')),
    "a note of no type": package(database("a\x1fb", more="UPDATE notes SET mid = 7;")),
    "cards by a view": package(database(tables=VIEW)),
    "a virtual table": package(
        database(
            tables=TABLES.replace("CREATE TABLE notes (", "CREATE VIRTUAL TABLE notes USING fts5("
            ).replace(" integer", "").replace(" text", "", 20))
    ),
    "media that are no JSON": package(database("a\x1fb"), media=b"\xff\xfe"),
    "no Zstandard": package(database("a\x1fb"), name="collection.anki21b"),
    "truncated Zstandard": package(
        ZstdCompressor().compress(database("a\x1fb"))[:-20], name="collection.anki21b"
    ),
    "a bomb": ZIP_BOMB,
    "a bomb in Zstandard": ZSTD_BOMB,
    "a bomb that declares little": undeclared(GOOD, 10),
    "no notes": package(database()),
}  # fmt: skip


def run(deck: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "quizgen", "import", str(deck), "-C", str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_package_gets_one_sentence(name: str, tmp_path: Path) -> None:
    deck = tmp_path / "deck.apkg"
    deck.write_bytes(BROKEN[name])
    done = run(deck, tmp_path / "project")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"quizgen: {deck}")
    assert not (tmp_path / "project").exists()


@pytest.mark.parametrize("name", ["bzip2", "LZMA"])
def test_methods_that_unpack_at_once_are_refused_before_they_do(name: str) -> None:
    with pytest.raises(PackageError, match="packed in a way that Anki never uses"):
        Package(io.BytesIO(BROKEN[name]))


def test_values_that_a_table_reckons_are_refused() -> None:
    with pytest.raises(PackageError, match="reckons values"):
        Package(io.BytesIO(BROKEN["reckoned texts"]))


def test_texts_that_no_file_could_hold_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizgen.imports.anki.collection.DATABASE", 10)
    with pytest.raises(PackageError, match="more text"):
        Package(io.BytesIO(package(database("front\x1fback", "front\x1fback"))))


def test_nothing_of_a_stranger_is_printed_raw() -> None:
    """Neither a name in the zip nor a guid can speak to the terminal."""
    bad = "\x1b]0;owned\x07\x1b[2J"
    with pytest.raises(PackageError) as told:
        Package(io.BytesIO(package(database("a\x1fb"), media=b"{" + b" " * (1 << 26))))
    assert "MiB" in str(told.value)
    renamed = f"UPDATE notes SET guid = '{bad}';"  # noqa: S608 - a deck of our own making
    (note,) = Package(io.BytesIO(package(database("a\x1fb", more=renamed)))).collection.notes
    assert "\x1b" not in note.guid


def test_many_gaps_and_many_alike_take_no_long() -> None:
    """Time grows with them, not with their square or cube."""
    html = "{{c1::a}}" * 5_000
    found = signed(html)
    assert len({one.number for one in found.gaps.values()}) == 5_000
    taken: set[str] = set()
    names = [name_from(("the same words",), taken) for _ in range(20_000)]
    assert len(set(names)) == len(names)


def test_a_day_that_is_none_writes_no_question() -> None:
    """What stands for the date of a correction is a day, or the note is a stranger's."""
    item = replace(
        BANK.items[0], corrected=Correction(date="2026-11-25", text="So."), retired="", id="x"
    )
    bank = replace(BANK, items=(item,))
    deck = deck_of(edition(bank, media=MEDIA)[0])
    evil = "2026-11-2\n    text:\n      ok\n\n- id:\n    injected\n  front:\n    q\n  back:\n    5"
    found = imported(rewritten(deck, "2026-11-25", evil))
    files = "".join(question_files(found.bank).values())
    assert "- id: injected" not in files
    assert "\n- id:\n    injected" not in files


def test_a_package_of_too_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizgen.imports.anki.package.ENTRIES", 3)
    with pytest.raises(PackageError, match="more than 3 files"):
        Package(io.BytesIO(package(database("a\x1fb"), files={"0": b"x", "1": b"y"})))


def test_too_many_notes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizgen.imports.anki.collection.NOTES", 2)
    with pytest.raises(PackageError, match="more than 2 notes"):
        Package(io.BytesIO(package(database(*["a\x1fb"] * 3))))


@pytest.mark.parametrize(
    "name",
    ["../../evil.png", "/etc/evil.png", "C:\\evil.png", "..\\evil.png", "con.png", "a\0b.png", "a" * 300 + ".png",
     ".hidden.png", "a/b/c.png", "é\u202egnp.exe.png"],
)  # fmt: skip
def test_media_never_leave_their_folder(name: str) -> None:
    """Whatever a file is called, its path is made anew, below media/, and no device of Windows."""
    shown = name.replace("&", "&amp;")
    found = imported(
        package(
            database(f'<img src="{shown}">x\x1fb'),
            json.dumps({"0": name}).encode(),
            files={"0": PNG},
        )
    )
    for path in found.media:
        folder, file = path.split("/")
        assert (folder, Path(file).suffix) == ("media", ".png")
        assert Path(file).stem.casefold() not in ("con", "")
        assert len(file) < 80
        assert not set(file) & set('\\:\0*?"<>|.') - {"."}
        assert file.isprintable()


def test_only_what_fields_refer_to_is_unpacked() -> None:
    listed = json.dumps({"0": "a.png", "1": "b.png", "2": "c.exe", "3": "d.png"}).encode()
    fields = '<img src="a.png"><img src="c.exe"><img src="d.png">x\x1fb'
    files = {"0": PNG, "1": PNG, "2": b"MZ", "3": b"no picture"}
    found = imported(package(database(fields), listed, files=files))
    assert set(found.media) == {"media/a.png"}
    assert {(one.code, one.detail) for one in found.remarks if one.detail} == {
        ("unusable_media", "c.exe"),
        ("unusable_media", "d.png"),
    }


def test_a_huge_medium_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizgen.imports.anki.package.MEDIUM", 1_000)
    data = package(
        database('<img src="a.png">x\x1fb'), b'{"0": "a.png"}', files={"0": PNG + b"\0" * 2_000}
    )
    with pytest.raises(PackageError, match="larger than"):
        imported(data)


def test_what_else_stands_in_a_database_keeps_no_note_from_being_read() -> None:
    """Tables, triggers and views that no collection has are passed over."""
    more = """
    CREATE TABLE log (x);
    CREATE TRIGGER t AFTER INSERT ON notes BEGIN INSERT INTO log VALUES (randomblob(1000)); END;
    CREATE VIEW v AS SELECT load_extension('x');
    """
    (item,) = imported(package(database("front\x1fback", more=more))).bank.items
    assert isinstance(item, Card)
    assert (item.front, item.back) == ("front", "back")


def test_a_huge_field_is_left_out_and_told() -> None:
    found = imported(
        package(database("x" * its_limits.FIELD + "\x1fb", "a" * 60_000 + "\x1fb", "a\x1fb"))
    )
    assert len(found.bank.items) == 1
    assert [one.code for one in found.remarks] == ["too_long", "too_long"]


@pytest.mark.parametrize(
    "html",
    ["<b>" * 15_000, "<ul><li>" * 5_000, "<!--" * 15_000, "<script>" * 5_000, "<a b" * 15_000, "\\(" * 15_000,
     "{{c1::" * 15_000, "<table><tr><td>" * 5_000, "`" * 15_000, "*a " * 5_000, "[" * 15_000, "<a href='" * 5_000,
     "&#" * 15_000, "<p" + " " * 45_000 + "=", "[sound:" * 5_000, "<blockquote>" * 5_000, "$" * 15_000,
     "_" * 15_000, "<br>" * 15_000, "| - " * 5_000],
    ids=lambda html: html[:12],
)  # fmt: skip
@pytest.mark.timeout(120)
def test_no_html_takes_long(html: str) -> None:
    imported(package(database(f"{html}\x1fback", f"front\x1f{html}")))


def test_what_acts_vanishes() -> None:
    """No script, style, handler or frame is in any text; HTML that was shown as text is still text."""
    fields = (
        '<img src=x onerror="alert(1)"><script>alert(2)</script><svg onload=alert(3)><b onclick="x()">bold</b>'
        '<iframe src="javascript:alert(4)"></iframe><a href="javascript:alert(5)">link</a>&lt;script&gt;\x1fback'
    )
    found = imported(package(database(fields)))
    (item,) = found.bank.items
    assert isinstance(item, Card)
    assert item.front == "**bold**link<script>"
    assert "alert" not in "".join(question_files(found.bank).values())


def told(data: bytes) -> str:
    """The end of the sentence that refuses a package; empty where it is read."""
    try:
        imported(data, BANK.name)
    except PackageError as error:
        return str(error)[-1]
    return ""


@given(st.binary(max_size=300), st.integers(0, len(OURS)), st.booleans())
def test_no_bytes_raise_anything_else(noise: bytes, at: int, over: bool) -> None:
    """A package with bytes changed, put in or cut off is read, or refused with a sentence."""
    data = OURS[:at] + noise + OURS[at + len(noise) * over :]
    assert told(data) in ("", ".")


@given(st.binary(max_size=200), st.integers(0, 40_000))
def test_no_bytes_in_the_database_raise_anything_else(noise: bytes, at: int) -> None:
    with zipfile.ZipFile(io.BytesIO(OURS)) as archive:
        data, media = archive.read("collection.anki2"), archive.read("media")
    at %= len(data)
    assert told(package(data[:at] + noise + data[at + len(noise) :], media)) in ("", ".")


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from((*MODEL, *DECKS, "qfmt", "afmt", "ord", "desc")), inner, max_size=5
            )
        ),
    )
)
def test_no_settings_raise_anything_else(said: object) -> None:
    """Whatever JSON stands where note types are described."""
    for models in (
        said,
        {"1": said},
        {"1": {**MODEL, "tmpls": said}},
        {"1": {**MODEL, "flds": said}},
    ):
        assert told(package(database("a\x1fb", models=json.dumps(models)))) in ("", ".")


HTML = st.sampled_from(
    ('<span class="text">', "</span>", '<li class="option free">', "</li>", '<li class="option right">', "<p><b>", "</b> ",
     '<div class="row free">', '<div class="pair" data-right="9">', "{{c1::", "}}", "{{c9999::x::y}}", '{"kind":"text"}',
     '{"value":"1e999999","text":"1","unit":"","units":{}}', "[" * 2_000, "\\(", '<img src="x" alt="">', "paragraph 99", "claim")
)  # fmt: skip


@given(
    st.lists(
        st.tuples(st.integers(0, 10), st.integers(0, 28), st.lists(HTML | st.text(max_size=5)).map("".join)),
        min_size=1, max_size=8,
    ),
    st.booleans(),
)  # fmt: skip
def test_no_field_of_ours_raises_anything(changes: list[tuple[int, int, str]], more: bool) -> None:
    """Fields of our own notes that say anything else: an item, or a card of what they show, or told."""
    opened = Package(io.BytesIO(OURS))
    notes = list(opened.collection.notes)
    for place, field, html in changes:
        fields = list(notes[place].fields)
        fields[field] = fields[field] + html if more else html
        notes[place] = replace(notes[place], fields=tuple(fields))
    opened.collection = replace(opened.collection, notes=tuple(notes))
    found = read(opened, Target(BANK.name, "T"), PRESS)
    told_of = {one.detail or one.item for one in found.remarks if one.code in ("empty", "too_long")}
    assert len(found.bank.items) + len(told_of) >= len(notes)
    assert len({item.id for item in found.bank.items}) == len(found.bank.items)
    question_files(found.bank)


@pytest.mark.parametrize(
    "html",
    ['<li class="option"><span class="mark">1</span><span class="text">', '<div class="pair" data-right="1">',
     "{{c1::", "\\(", "<p><b>", '<div class="model">', "<details>", ", paragraphs 1", "</span></li>",
     '<li class="option free"><span class="mark">1</span><span class="text">a</span></li>'],
)  # fmt: skip
@pytest.mark.timeout(180)
def test_no_field_of_ours_takes_long(html: str) -> None:
    """Each field of each kind of note filled with what starts a part that never ends."""
    opened = Package(io.BytesIO(OURS))
    long = html * (5_000 // len(html))
    names = ("Question", "Options", "Answer", "Reasons", "Hint", "Source", "Passage", "Correction")
    notes = []
    for note in opened.collection.notes:
        fields = dict(zip(note.type.fields, note.fields, strict=True)) | dict.fromkeys(names, long)
        notes.append(replace(note, fields=tuple(fields.values())))
    opened.collection = replace(opened.collection, notes=tuple(notes))
    read(opened, Target(BANK.name, "T"), PRESS)


@pytest.mark.parametrize("language", ["../../../../etc/x", "/etc/passwd", "x" * 300, "", "EN\n"])
def test_a_language_is_no_path(language: str) -> None:
    """The catalogue of words is a file: what a note says its language is never leads elsewhere."""
    opened = Package(io.BytesIO(OURS))
    notes = []
    for note in opened.collection.notes:
        fields = dict(zip(note.type.fields, note.fields, strict=True)) | {"Language": language}
        notes.append(replace(note, fields=tuple(fields.values())))
    opened.collection = replace(opened.collection, notes=tuple(notes))
    assert read(opened, Target(BANK.name, "T"), PRESS).bank.language == "en"


def test_a_note_of_ours_that_was_changed_is_a_card_of_what_it_shows() -> None:
    """Its topic, kind and buttons are no part of it."""
    opened = Package(io.BytesIO(OURS))
    (note,) = (n for n in opened.collection.notes if n.field("Item").endswith("/formula"))
    fields = dict(zip(note.type.fields, note.fields, strict=True)) | {"Kind": "riddle"}
    changed = replace(note, fields=tuple(fields.values()))
    opened.collection = replace(opened.collection, notes=(changed,))
    found = read(opened, Target(BANK.name, "T"), PRESS)
    (item,) = found.bank.items
    assert isinstance(item, Card)
    assert (item.front, item.back) == ("What is the chemical formula of water?", "$H_2O$")
    assert item.explain == "Two atoms of hydrogen and one of oxygen."
    assert [(one.code, one.detail) for one in found.remarks] == [("unread", "formula")]


@pytest.mark.parametrize(
    "html", ["&nbsp;", "&nbsp;<br><br>&nbsp;", "<div>&nbsp;</div><div>\u3000</div>"]
)
def test_spaces_that_do_not_break_are_no_answer(html: str) -> None:
    """Anki's editor writes them all the time: such a note is a draft, and the bank is read."""
    (item,) = imported(package(database(f"front\x1f{html}"))).bank.items
    assert item.draft
    assert "front" in "".join(question_files(replace(BANK, items=(item,))).values())


@pytest.mark.parametrize("behind", [" -", " --", " *** b", " ***", " = c", " 1. d"])
def test_wrapping_makes_no_heading(behind: str) -> None:
    """A long paragraph shows the same over several lines, whatever sign comes to start one."""
    for words in range(14, 26):
        text = " ".join(["seven77"] * words) + behind
        shown = to_html(text, math="anki")
        assert to_html(wrapped(text), math="anki").replace("\n", " ") == shown


@pytest.mark.parametrize("time", [-5, 2**62])
def test_a_time_that_no_lock_can_say_leaves_one_that_is_read(time: int, tmp_path: Path) -> None:
    """The nearest that it can say stands there."""
    deck = tmp_path / "deck.apkg"
    deck.write_bytes(redated(OURS, time))
    assert run(deck, tmp_path / "project").returncode == 0
    text = (tmp_path / "project" / "questions" / "anki.lock").read_text(encoding="utf-8")
    lock, problems = read_lock(text)
    assert not problems
    assert {entry.time for entry in lock.entries.values()} == {max(0, min(time, LATEST))}
