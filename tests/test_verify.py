"""`quizgen verify`: decks with each fault that learners suffer from, and decks without any."""

import io
import json
import sqlite3
import sys
import zipfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import anki.collection
import pytest
from anki.collection import ExportAnkiPackageOptions
from hypothesis import given, settings
from msgspec.structs import replace

from quizgen.cli import main
from quizgen.commands.findings import findings, named
from quizgen.model import Bank
from quizgen.outputs.anki.trial.collection import try_deck
from quizgen.outputs.anki.trial.comparison import compare
from quizgen.outputs.anki.trial.seen import Trial, Update
from quizgen.outputs.anki.trial.snapshot import Card, Note, Snapshot
from quizgen.problem import Problem, has_errors
from tests import anki_samples as sample
from tests.anki_collections import DAY, FIRST, deck_of, edition, fresh_collection, having
from tests.conftest import few
from tests.plain_decks import note, note_type, package
from tests.strategies import anki_banks
from tests.test_anki_updates import BANK, LATER, with_item

CLOZE = note_type(templates={"Cloze": ("{{cloze:Front}}", "{{cloze:Front}}")}, is_cloze=True)


def zipped(**members: bytes) -> bytes:
    """A zip of these files; `__` stands for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


PLAIN = package(note("front", "back"), media={"a.png": b"x"})
DATABASE = zipfile.ZipFile(io.BytesIO(PLAIN)).read("collection.anki2")


def database_with(change: str) -> bytes:
    """The database of the plain deck after some statements of SQL."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(DATABASE)
        database.executescript(change)
        database.commit()
        return database.serialize()


@pytest.fixture
def tried(tmp_path: Path) -> "Try":
    """Tries packages in a folder of their own."""
    return Try(tmp_path)


class Try:
    """Packages given as bytes, tried in Anki."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, deck: bytes, over: bytes | None = None, files: Sequence[str] = ()) -> Trial:
        """The trial of a deck whose package holds these files, perhaps as an update."""
        return try_deck(
            self._file("deck.apkg", deck),
            frozenset(files),
            self._file("old.apkg", over) if over else None,
        )

    def update(self, deck: bytes, over: bytes) -> Update:
        """What the deck does to those who have the earlier one."""
        update = self(deck, over).update
        assert update is not None
        return update

    def _file(self, name: str, data: bytes) -> Path:
        path = self._folder / name
        path.write_bytes(data)
        return path


def codes(trial: Trial) -> list[str]:
    """The codes of all that is found."""
    return [problem.code for problem in findings(trial)]


def only(trial: Trial) -> Problem:
    """The one thing that is found."""
    (problem,) = findings(trial)
    return problem


# --- Decks without a fault -----------------------------------------------------------------------


def test_our_cards_of_every_type_are_without_fault(tried: Try) -> None:
    """All nine types, with pictures, sounds, formulas, gaps and reversed cards."""
    built, _ = edition(sample.BANK, media=sample.MEDIA)
    trial = tried(deck_of(built))
    assert findings(trial) == ()
    assert (trial.notes, trial.media) == (len(sample.BANK.items), len(sample.MEDIA))
    assert trial.cards == trial.notes + 2  # a second gap, a reversed card
    assert sum(deck.cards for deck in trial.decks) == trial.cards
    assert {of.name: of.notes for of in trial.types} == {
        "quizgen question": trial.notes - 1,
        "quizgen cloze": 1,
    }


@settings(max_examples=few(30))
@given(bank=anki_banks())
def test_whatever_our_cards_say_is_without_fault(
    tmp_path_factory: pytest.TempPathFactory, bank: Bank
) -> None:
    """Texts with all that means something to Anki, on cards of any type."""
    trial = Try(tmp_path_factory.mktemp("deck"))(deck_of(edition(bank)[0]))
    assert not has_errors(findings(trial))


def test_our_update_changes_what_was_changed(tried: Try) -> None:
    """One item reworded, one new, one retired: nobody loses a schedule or an edit elsewhere."""
    first, lock = edition(BANK)
    lake, ice, *others = BANK.items
    items = (
        replace(sample.LAKE, stem="Which lake holds the most fresh water?", tags=("big",)),
        *others,
        replace(sample.ICE, id="ice-sinks", statement="Ice sinks.", answer=False),
    )
    second, _ = edition(replace(BANK, items=items), lock, LATER)
    trial = tried(deck_of(second), deck_of(first))
    update = trial.update
    assert update is not None
    assert update.added == ("ice-sinks",)
    assert update.vanished == ("mediterranean-rivers",) == (ice.id,)
    (change,) = update.changed
    assert (change.note, change.fields) == (lake.id, ("Question", "tags"))
    assert update.untouched == len(BANK.items) - 2
    assert update.reviewed >= trial.cards // 2
    assert codes(trial) == ["vanished_note"]
    assert only(trial).severity == "note"


def test_a_deck_over_itself_changes_nothing(tried: Try) -> None:
    """The same edition again finds every note as it is."""
    deck = deck_of(edition(BANK)[0])
    update = tried.update(deck, deck)
    assert (update.added, update.changed, update.untouched) == ((), (), len(BANK.items))
    assert findings(tried(deck, deck)) == ()


def test_the_options_are_those_that_the_dialog_shows() -> None:
    """What stands in the dialog of a new profile is what the package of options begins with."""
    with fresh_collection() as collection:
        shown = collection._backend.get_import_anki_package_presets()
        assert shown == anki.collection.ImportAnkiPackageOptions()


# --- Faults of a deck ----------------------------------------------------------------------------


def test_a_front_that_says_the_same_on_every_card_is_blank_to_anki(tried: Try) -> None:
    static = note_type(templates={"Card": ("What is it?", "{{Back}}")})
    found = only(tried(package(note("f", "b", of=static))))
    assert found.code == "blank_card"
    assert found.message == "1 note with a card that has nothing on its front: “f”."


def test_cards_that_genanki_counts_otherwise_than_anki_are_missing(tried: Try) -> None:
    """A gap in a gap, a gap with two numbers, a cloze without any: Anki makes one more of each."""
    texts = ("{{c1::a {{c2::b}} }}", "{{c1,2::x}}", "no gap", "{{c1::clean}}")
    notes = [note(text, "", key=text, of=CLOZE) for text in texts]
    trial = tried(package(*notes))
    assert codes(trial) == ["missing_card"]
    assert set(trial.incomplete) == set(texts[:3])


def test_a_field_that_does_not_exist_is_anki_s_own_sentence(tried: Try) -> None:
    wrong = note_type(templates={"Card": ("{{Front}}", "{{Bakc}}")})
    trial = tried(package(*(note("f", side, key=side, of=wrong) for side in "bc")))
    found = findings(trial)[0]
    assert found.code == "broken_card"
    assert found.message == (
        "2 notes on whose cards learners see an error, “Back template has a problem: Found"
        " '{{Bakc}}', but there is no field called 'Bakc'”: “f”, “f”."
    )


def test_notes_that_share_a_guid_or_a_text(tried: Try) -> None:
    """One guid for two is a fault; one text may be meant."""
    trial = tried(package(note("f", "b"), note("g", "b"), note("f", "c", key="2")))
    assert (trial.twins, trial.repeats) == (("g",), ("f",))
    assert [(found.code, found.severity) for found in findings(trial)] == [
        ("shared_guid", "error"),
        ("repeated_note", "note"),
    ]


@pytest.mark.parametrize(
    ("front", "file", "code"),
    [
        ('<img src="a.png">', None, "missing_media"),
        ("[sound:a b.mp3]", None, "missing_media"),
        ("<img src=C:\\a.png>", None, "missing_media"),
        ('<img src="file:///home/me/a.png">', None, "missing_media"),
        ('<img src="a%20b.png">', "a b.png", "unfollowed_media"),
        ('<a href="a.pdf">text</a>', "a.pdf", "unfollowed_media"),
        ('<img srcset="a.png 2x, https://example.org/b.png 3x">', "a.png", "unfollowed_media"),
        ("<p style=\"background: url('a.png')\">", "a.png", "unfollowed_media"),
        ('<svg><image href="a.png"/></svg>', "a.png", "unfollowed_media"),
        ("<style>p { background: url(a.png) }</style>", "a.png", "unfollowed_media"),
        ('<video poster="a.png"></video>', "a.png", "unfollowed_media"),
    ],
)
def test_files_that_do_not_reach_the_learner(
    tried: Try, front: str, file: str | None, code: str
) -> None:
    """Because they are not in the package, or because Anki does not see that they are wanted."""
    media = {file: b"x"} if file else {}
    found = only(tried(package(note(f"word {front}", "b"), media=media), files=[*media]))
    assert found.code == code
    assert "from 1 note: “word" in found.message


@pytest.mark.parametrize(
    "front",
    [
        '<img src="a.png"> <img src=a.png>',
        "[sound:a.png] [sound:a&b.mp3] &#91;sound:gone.mp3]",
        '<video src="a.png"></video><object data="a.png"></object>',
        '<img src="https://example.org/b.png"> <a href="#top">x</a> <a href="mailto:a@b.c">y</a>',
        '<img src="data:image/png;base64,AAAA">',
        '<code>&lt;img src="gone.png"&gt;</code>',
        "<script>const pictures = '<img src=\"gone.png\">'</script>",
    ],
)
def test_what_a_learner_has_or_no_page_asks_for_is_not_missing(tried: Try, front: str) -> None:
    media = {"a.png": b"x", "a&b.mp3": b"y"}
    front += '<img src="a.png"> [sound:a&b.mp3]'
    assert findings(tried(package(note(front, "b"), media=media), files=[*media])) == ()


def test_a_field_as_the_name_of_a_file_is_not_followed(tried: Try) -> None:
    """The page shows the picture, but Anki looks for names in fields, not in what they make."""
    named_by_field = note_type(templates={"Card": ('{{Front}}<img src="{{Front}}">', "{{Back}}")})
    deck = package(note("a.png", "b", of=named_by_field), media={"a.png": b"x"})
    assert codes(tried(deck, files=["a.png"])) == ["unfollowed_media"]


def test_files_of_a_template_come_only_with_a_name_for_it(tried: Try) -> None:
    css = "@font-face { src: url('_font.woff') } b { background: url(paper.png) }"
    media = {"_font.woff": b"x", "paper.png": b"y", "nobody.png": b"z"}
    trial = tried(package(note("f", "b", of=note_type(css=css)), media=media), files=[*media])
    assert codes(trial) == ["unfollowed_media", "unused_media"]
    assert (trial.missing[0].file, trial.unused) == ("paper.png", ("nobody.png",))


def test_latex_without_its_picture(tried: Try) -> None:
    """Anki makes no pictures of formulas unless a learner has asked for it."""
    trial = tried(package(note("[latex]x^2[/latex]", "b"), note("\\(x\\)", "b", key="2")))
    assert codes(trial) == ["latex"]
    assert trial.formulas == ("[latex]x^2[/latex]",)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("update cards set did = 77", "Fixed 1 missing deck."),
        (
            """create table twice as select * from cards; update twice set id = id + 100;
            insert into cards select * from twice""",
            "Deleted 1 card with duplicate template.",
        ),
    ],
    ids=["no deck", "a card twice"],
)
def test_what_check_database_mends(tried: Try, changed: str, said: str) -> None:
    found = only(tried(zipped(collection__anki2=database_with(changed), media=b"{}")))
    assert found.code == "database"
    assert found.message == f"Anki's Check Database had to mend the deck: {said}"


# --- Faults of an update -------------------------------------------------------------------------

OLD = package(note("front", "back"), note("other", "stays", key="note-2"))


def test_a_note_type_with_another_field_is_in_conflict(tried: Try) -> None:
    """What learners have stays as it was, and new notes get a second type."""
    wide = note_type({"Front": 11, "Back": 12, "More": 13})
    notes = [
        note(text, "b", "m", key=key, of=wide) for text, key in (("front", "note-1"), ("n", "9"))
    ]
    trial = tried(package(*notes, at=LATER), OLD)
    update = trial.update
    assert update is not None
    assert (update.conflicting, update.second_types, update.added) == (
        ("front",),
        ("Plain+",),
        ("n",),
    )
    assert codes(trial) == ["conflict", "second_note_type", "vanished_note"]


@pytest.mark.parametrize("at", [FIRST, FIRST - DAY], ids=["same time", "earlier"])
def test_a_change_without_a_later_time_does_not_arrive(tried: Try, at: int) -> None:
    edited = package(note("front", "better"), note("other", "stays", key="note-2"), at=at)
    trial = tried(edited, OLD)
    assert codes(trial) == ["not_updated"]
    assert trial.update is not None
    assert (trial.update.unreached, trial.update.changed) == (("front",), ())


def test_genankis_own_time_overwrites_what_did_not_change(
    tried: Try, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All notes are dated now, so each counts as changed; the one that was is none of the fault."""
    monkeypatch.setattr("genanki.package.time", SimpleNamespace(time=lambda: LATER))
    edited = package(note("front", "better"), note("other", "stays", key="note-2"), at=None)
    trial = tried(edited, OLD)
    assert codes(trial) == ["overwritten_note"]
    assert trial.update is not None
    assert trial.update.overwritten == ("other",)
    assert [(one.note, one.fields) for one in trial.update.changed] == [("front", ("Back",))]


def test_a_change_and_its_undoing_are_no_fault(tried: Try) -> None:
    """Both must reach learners, so the note is later than in the earlier deck and says the same."""
    first, lock = edition(BANK)
    _, lock = edition(with_item(BANK, replace(sample.ICE, statement="Ice sinks.")), lock, LATER)
    third, _ = edition(BANK, lock, LATER + DAY)
    trial = tried(deck_of(third), deck_of(first))
    assert trial.update is not None
    assert trial.update.overwritten == (sample.ICE.id,)
    assert codes(trial) == ["overwritten_note"]
    assert only(trial).severity == "note"


def test_genankis_own_guid_makes_an_edited_note_a_new_one(tried: Try) -> None:
    """Its earlier self stays, with the learner's history; a note that is new has none."""
    old = package(note("front", "back", key=None), note("same", "same", key=None))
    notes = [note(*texts, key=None) for texts in (("front!", "back"), ("same", "same"), ("a", "z"))]
    trial = tried(package(*notes, at=LATER), old)
    assert trial.update is not None
    assert (trial.update.reborn, trial.update.vanished) == (("front!",), ("front",))
    assert set(trial.update.added) == {"front!", "a"}
    assert codes(trial)[-2:] == ["note_twice", "vanished_note"]


def test_a_gap_taken_out_leaves_a_blank_card(tried: Try) -> None:
    old = package(note("{{c1::a}} {{c2::b}}", "", of=CLOZE))
    trial = tried(package(note("{{c1::a}} b", "", of=CLOZE), at=LATER), old)
    assert codes(trial) == ["emptied_card"]
    assert trial.update is not None
    assert trial.update.emptied == ("{{c1::a}} b",)


def test_a_changed_picture_of_the_same_name_stays_as_it_was(tried: Try) -> None:
    """Unless its note is newer: then Anki gives it a new name, and the note that name."""
    front = '<img src="a.png">'
    old = package(note(front, "b"), media={"a.png": b"old"})
    for at, stale in ((FIRST, ("a.png",)), (LATER, ())):
        update = tried.update(package(note(front, "b"), media={"a.png": b"new"}, at=at), old)
        assert update.stale_media == stale


def test_a_card_in_another_deck_stays_where_it_was(tried: Try) -> None:
    update = tried.update(package(note("front", "back"), deck="Elsewhere"), OLD)
    assert update.left_behind == ("front",)


def test_a_schedule_that_is_another_or_gone_is_lost() -> None:
    """Which Anki's default options never bring about: said of values."""
    notes = [
        Note(id=n, guid=g, type=1, type_name="T", names=("F",), fields=(g,), tags="")
        for n, g in ((1, "kept"), (2, "other"), (3, "gone"))
    ]
    cards = [Card(id=n, note=n, deck="D", schedule=(2, 2, 100, 5)) for n in (1, 2, 3)]
    before = Snapshot(notes=tuple(notes), cards=tuple(cards), media={}, blank=frozenset())
    after = replace(before, cards=(cards[0], replace(cards[1], schedule=(0, 0, 1, 0))))
    update = compare(before, after, before, updated=(), refused=(), reviewed=3)
    assert update.rescheduled == ("other", "gone")


def test_long_lists_end_in_a_number() -> None:
    """Twenty names, and how many more."""
    assert named(["a", "b"]) == "“a”, “b”"
    assert named([str(number) for number in range(1_023)]).endswith("“19” and 1,003 more")


# --- The command ---------------------------------------------------------------------------------


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
    assert "1 note changed:\n      dew (Explanation)\n" in said
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
