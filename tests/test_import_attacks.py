"""Packages made to harm, through the command: a project that is read, or one sentence and nothing."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from quizgen.bank import read_bank
from quizgen.cli import main
from quizgen.problem import has_errors
from tests.anki_foreign import MODEL, database, package
from tests.anki_samples import PNG

DATABASE = database("front\x1fback")


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    """A file of a zip that says it is a symbolic link."""
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info


def changed(statement: str, *rows: str) -> bytes:
    return package(database(*(rows or ("a\x1fb",)), more=statement))


def in_deck(name: str) -> bytes:
    said = json.dumps({"1": {"name": name}})
    return changed(f"UPDATE col SET decks = '{said}';")  # noqa: S608 - of our own making


CARDS = """WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2000001)
INSERT INTO cards SELECT 1, 0, 1, 0, 0, 1 FROM n;"""
GOOD = ("collection.anki2", DATABASE), ("media", b"{}")
READ = {
    "paths that lead out": zipped(*GOOD, ("../../evil", b"x"), ("/evil", b"x"), ("C:\\evil", b"x")),
    "a link": zipped(*GOOD, (link("0"), b"/etc/passwd")),
    "a long name": zipped(*GOOD, ("x" * 60_000, b"")),
    "a trigger": changed("CREATE TRIGGER t AFTER UPDATE ON notes BEGIN DELETE FROM notes; END;"),
    "not UTF-8": changed("UPDATE notes SET flds = CAST(x'411ffe' AS TEXT);"),
    "bytes for fields": changed("UPDATE notes SET flds = x'611f62';"),
    "a card of a negative number": changed("UPDATE cards SET ord = -9223372036854775808;"),
    "times without end": changed("UPDATE notes SET mod = 1e300; UPDATE cards SET due = 1e300;"),
    "half of a sign": package(database("a\x1fb", models=json.dumps({"1": {**MODEL, "name": "\ud800"}}))),
    "one name in two forms": package(
        database('<img src="e\u0301.png">x\x1fb'),
        json.dumps({"0": "\u00e9.png", "1": "e\u0301.png"}).encode(), files={"0": PNG, "1": PNG + b"x"},
    ),
    "a deck of 3,000 levels": in_deck("::".join("a" * 3_000)),
    "a deck of colons": in_deck(":" * 5_000),
    "a deck of two lines": in_deck("\x1b[2J\n- id: x\r\u2028{{"),
}  # fmt: skip
REFUSED = {
    "a link for a database": zipped((link("collection.anki2"), b"/etc/passwd"), GOOD[1]),
    "no fields": changed("UPDATE notes SET flds = NULL;"),
    "a value that is too large": changed("UPDATE notes SET flds = printf('%.*c', 70000000, 'x');"),
    "a damaged page": package(DATABASE[:4_096] + b"\xff" * 4_096 + DATABASE[8_192:]),
    "a view for notes": changed("ALTER TABLE notes RENAME TO n; CREATE VIEW notes AS SELECT * FROM n;"),
    "a number of another script": package(database("a\x1fb", models='{"x": {}}')),
    "two million cards": changed(CARDS),
}  # fmt: skip


def imported(data: bytes, folder: Path) -> int:
    (folder / "deck.apkg").write_bytes(data)
    return main(["import", str(folder / "deck.apkg"), "-C", str(folder / "p")])


@pytest.mark.parametrize("name", READ)
def test_what_does_no_harm_is_read(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(READ[name], tmp_path) == 0
    assert not has_errors(read_bank(tmp_path / "p").problems)
    assert {path.name for path in tmp_path.iterdir()} == {"deck.apkg", "p"}
    assert "\x1b" not in "".join(capsys.readouterr())


def test_a_package_cut_anywhere_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = package(database('<img src="a.png">x\x1fb'), b'{"0": "a.png"}', files={"0": PNG * 50})
    for at in range(0, len(data), len(data) // 40):
        refused(data[:at], tmp_path, capsys)


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_do_harm_gets_one_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(REFUSED[name], tmp_path, capsys)


def refused(data: bytes, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Hold that the package is refused with one sentence, and that nothing is written."""
    assert imported(data, folder) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"quizgen: {folder / 'deck.apkg'} ")
    assert not (folder / "p").exists()
