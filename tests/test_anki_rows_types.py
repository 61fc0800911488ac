"""What Anki does with the next edition of a deck, row by row: note types, media and options.

As in `test_anki_rows.py`, what Anki does with a deck by genanki alone, and beside it how a deck of
quizgen fares.
"""

import re
from pathlib import Path

import pytest
from anki.collection import Collection, DeckIdLimit, ExportAnkiPackageOptions
from msgspec.structs import replace

from quizgen.model import Bank, Image
from quizgen.outputs.anki import identity, notetypes
from quizgen.outputs.anki.identity import FIELDS, NAMES
from quizgen.outputs.template import Templates
from tests import anki_samples as sample
from tests.anki_collections import (
    DAY,
    FIRST,
    deck_of,
    edition,
    fresh_collection,
    having,
    import_deck,
    note_of,
    note_type_of,
    note_types_of,
    progress_of,
)
from tests.plain_decks import SIDES, TYPE, note, note_type, package
from tests.test_anki_updates import BANK, LATER, with_item

PLAIN = package(note("front", "back"))
EDITED = with_item(BANK, replace(sample.DEW, explain="Dew."))


def schema_time(collection: Collection) -> int:
    """When the schema last changed: a later time means a full sync."""
    time = collection.db.scalar("select scm from col")  # type: ignore[union-attr]
    assert isinstance(time, int)
    return time


def texts(collection: Collection) -> list[list[str]]:
    """The fields of each note, by the order in which they came."""
    return [collection.get_note(number).fields for number in sorted(collection.find_notes(""))]


def media_of(collection: Collection) -> dict[str, bytes]:
    """The learner's media files."""
    return {path.name: path.read_bytes() for path in Path(collection.media.dir()).iterdir()}


# --- Note types ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changed",
    [
        note_type(css="b { color: red }"),
        note_type(templates={"Card": ("Q: {{Front}}", "{{Back}}")}),
    ],
    ids=["css", "template"],
)
def test_templates_or_css_changed_are_updated_without_a_full_sync(changed: object) -> None:
    with having(PLAIN) as collection:
        before = schema_time(collection)
        log = import_deck(collection, package(note("front", "back", of=changed), at=FIRST + 1))
        assert len(log.updated) == 1
        assert schema_time(collection) == before
        arrived = note_type_of(collection, "Plain")
        assert "red" in arrived["css"] or arrived["tmpls"][0]["qfmt"] == "Q: {{Front}}"


def test_ours_in_another_look_comes_and_goes_again(tmp_path: Path) -> None:
    """A project's own style sheet reaches learners, and so does its end; no note counts as changed."""
    own = tmp_path / "templates" / "anki" / "card.css"
    own.parent.mkdir(parents=True)
    own.write_text("b { color: red }", encoding="utf-8")
    built, lock = edition(BANK)
    with having(deck_of(built)) as collection:
        before, looks = schema_time(collection), []
        for project in (tmp_path, None):
            built, lock = edition(BANK, lock, LATER, templates=Templates(project))
            log = import_deck(collection, deck_of(built))
            assert len(log.duplicate) == len(BANK.items)
            arrived = note_type_of(collection, "quizgen question")
            looks.append("b { color: red }" in arrived["css"])
        assert looks == [True, False]
        assert schema_time(collection) == before
        assert note_types_of(collection) == set(NAMES.values())


TWO = {"Card": SIDES, "Back first": ("{{Back}}", "{{Front}}")}
MOVED = note_type(templates=dict(reversed(TWO.items())))
for template, number in zip(MOVED.templates, (22, 21), strict=True):
    template["id"] = number


@pytest.mark.parametrize(
    ("before", "after", "width"),
    [
        (note_type(), note_type({"Front": 11, "Back": 12, "More": 13}), 3),
        (note_type(), note_type({"Front": 11}, {"Card": ("{{Front}}", "{{Front}}")}), 1),
        (note_type(), note_type({"Back": 12, "Front": 11}), 2),
        (note_type(), note_type(templates=TWO), 2),
        (note_type(templates=TWO), note_type(), 2),
        (note_type(templates=TWO), MOVED, 2),
    ],
    ids=[
        f"{part} {what}" for part in ("field", "template") for what in ("added", "removed", "moved")
    ],
)
def test_a_field_or_template_added_removed_or_moved_parts_the_deck(
    before: object, after: object, width: int
) -> None:
    """The old notes conflict, now and ever after; new ones go to a second note type."""
    old = note("front", "back", of=before)
    both = [note(*["new"] * width, key=key, of=after) for key in ("note-1", "2")]
    with having(package(old)) as collection:
        for at in (LATER, LATER + DAY):
            log = import_deck(collection, package(*both, at=at))
            assert len(log.conflicting) == 1
        assert texts(collection) == [["front", "back"], ["new"] * width]
        assert note_types_of(collection) == {"Plain", "Plain+"}


def test_a_field_added_and_merged_costs_a_full_sync_and_the_text() -> None:
    """Merging dates the learner's notes now, so that the edition merged never reaches them."""
    wide = note_type({"Front": 11, "Back": 12, "More": 13})
    added = package(note("front", "better", "more", of=wide), at=FIRST + DAY)
    with having(PLAIN) as collection:
        before = schema_time(collection)
        import_deck(collection, added, merge_notetypes=True)
        assert schema_time(collection) > before
        for merge in (False, True):
            assert len(import_deck(collection, added, merge_notetypes=merge).duplicate) == 1
        assert texts(collection) == [["front", "back", ""]]


def bare(bank: Bank) -> Bank:
    """The bank with as few features as it can do with."""
    items = (
        replace(item, explain="", hint="", topic="", source=None, image=None, audio="", passage="")
        for item in bank.items
    )
    return replace(bank, items=tuple(items), documents=(), passages=())


@pytest.mark.parametrize("merge", [False, True], ids=["default", "merging"])
def test_ours_has_the_same_note_types_whatever_it_uses(merge: bool) -> None:
    """From bare questions to all features and back: no conflict, no full sync, all text arrives."""
    plain = bare(sample.BANK)
    first, lock = edition(plain)
    with having(deck_of(first)) as collection:
        before = schema_time(collection)
        for bank in (sample.BANK, plain):
            built, lock = edition(bank, lock, LATER, sample.MEDIA)
            log = import_deck(collection, deck_of(built), merge_notetypes=merge)
            assert not [*log.new, *log.conflicting]
            explained = note_of(collection, bank, "most-fresh-water")["Explanation"]
            assert explained == (sample.LAKE.explain if bank is sample.BANK else "")
        assert schema_time(collection) == before
        assert note_types_of(collection) == set(NAMES.values())


def test_a_field_renamed_with_stable_ids_is_clean() -> None:
    renamed = note_type({"Question": 11, "Back": 12}, {"Card": ("{{Question}}", "{{Back}}")})
    with having(PLAIN) as collection:
        before, progress = schema_time(collection), progress_of(collection)
        log = import_deck(collection, package(note("front", "better", of=renamed), at=FIRST + 1))
        assert len(log.updated) == 1
        assert texts(collection) == [["front", "better"]]
        assert progress_of(collection) == progress
        assert note_types_of(collection) == {"Plain"}
        arrived = note_type_of(collection, "Plain")
        assert collection.models.field_names(arrived) == ["Question", "Back"]
        assert schema_time(collection) == before


def test_a_field_renamed_without_ids_parts_the_deck() -> None:
    """So genanki's own types, which have none, can rename no field."""
    before = note_type({"Front": None, "Back": None})
    after = note_type({"Question": None, "Back": None}, {"Card": ("{{Question}}", "{{Back}}")})
    with having(package(note("front", "back", of=before))) as collection:
        log = import_deck(collection, package(note("front", "better", of=after), at=FIRST + 1))
        assert len(log.conflicting) == 1


def test_ours_may_give_a_spare_field_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a later release will: learners' notes stay on their note type, and the text arrives."""
    first, lock = edition(BANK)
    names = tuple("Figure" if name == "Spare 1" else name for name in FIELDS)
    monkeypatch.setattr(notetypes, "FIELDS", names)
    for name in NAMES:
        monkeypatch.setitem(identity.DRAWN, name, identity.DRAWN[name] + DAY)
    second, _ = edition(EDITED, lock, LATER)
    with having(deck_of(first)) as collection:
        before = schema_time(collection)
        log = import_deck(collection, deck_of(second))
        assert len(log.updated) == 1
        assert not [*log.new, *log.conflicting]
        dew = note_of(collection, BANK, "dew")
        assert dew["Explanation"] == "Dew."
        assert dew["Figure"] == ""
        assert schema_time(collection) == before
        assert note_types_of(collection) == set(NAMES.values())


def test_another_note_type_id_is_a_conflict() -> None:
    other = note_type(type_id=TYPE + 1)
    with having(PLAIN) as collection:
        log = import_deck(collection, package(note("front", "better", of=other), at=FIRST + 1))
        assert len(log.conflicting) == 1
        assert texts(collection) == [["front", "back"]]


# --- Media ---------------------------------------------------------------------------------------


def pictured(data: bytes, at: float, text: str = "") -> bytes:
    """A deck whose note shows the file a.png, which holds these bytes."""
    return package(note(f'{text}<img src="a.png">', "back"), at=at, media={"a.png": data})


def test_media_of_the_same_name_arrives_under_a_new_name_if_its_note_is_newer() -> None:
    with having(pictured(b"1", FIRST)) as collection:
        import_deck(collection, pictured(b"2", FIRST))
        assert media_of(collection) == {"a.png": b"1"}
        import_deck(collection, pictured(b"2", FIRST + 1))
        assert sorted(media_of(collection).values()) == [b"1", b"2"]
        ((front, _),) = texts(collection)
        (name,) = re.findall(r'src="(.*?)"', front)
        assert name != "a.png"
        assert media_of(collection)[name] == b"2"


def test_ours_with_another_picture_is_a_note_that_changed() -> None:
    """Under the same path, or with the pictures of two questions swapped: each shows its own."""
    shown = {
        item: replace(sample.LAKE, id=item, image=Image(file=f"media/{item}.png", alt="A lake"))
        for item in ("a", "b")
    }
    bank = replace(BANK, items=tuple(shown.values()))
    lock = ""
    with fresh_collection() as collection:
        for a, b, changed in ((b"1", b"2", 2), (b"3", b"2", 1), (b"2", b"3", 2), (b"1", b"2", 2)):
            files = {"media/a.png": a, "media/b.png": b}
            built, lock = edition(bank, lock, FIRST, files)
            log = import_deck(collection, deck_of(built))
            assert len([*log.new, *log.updated]) == changed
            for item, data in (("a", a), ("b", b)):
                (name,) = re.findall(r'src="(.*?)"', note_of(collection, bank, item)["Image"])
                assert media_of(collection)[name] == data


def test_static_files_are_never_replaced_and_those_of_templates_alone_are_dropped() -> None:
    """The note is newer, the note type too, and yet the learner keeps the old script."""

    def deck(data: bytes, at: float) -> bytes:
        sides = ('{{Front}}<script src="_static.js"></script><img src="logo.png">', "{{Back}}")
        of = note_type(templates={"Card": sides}, css='@import url("_static.css");')
        media = {"_static.js": data, "_static.css": data, "logo.png": data}
        return package(note("front", str(at), of=of), at=at, media=media)

    with having(deck(b"1", FIRST)) as collection:
        assert len(import_deck(collection, deck(b"2", FIRST + 1)).updated) == 1
        assert media_of(collection) == {"_static.js": b"1", "_static.css": b"1"}


@pytest.mark.parametrize(
    ("written", "is_followed"),
    [
        ('<img src="x.png">', True),
        ("[sound:x.png]", True),
        ('<audio src="x.png"></audio>', True),
        ('<audio><source src="x.png"></audio>', True),
        ('<img srcset="x.png 2x">', False),
        ('<a href="x.png">x</a>', False),
        ('<p style="background: url(x.png)">x</p>', False),
        ('<svg><image href="x.png" /></svg>', False),
        ('<img src="%78.png">', False),
    ],
)
def test_only_some_references_to_media_are_followed(written: str, is_followed: bool) -> None:
    deck = package(note(f"front {written}", "back"), media={"x.png": b"1"})
    with having(deck) as collection:
        assert bool(media_of(collection)) is is_followed


def test_a_name_with_a_space_written_as_20_is_not_found() -> None:
    deck = package(note('<img src="a%20b.png">', "back"), media={"a b.png": b"1"})
    with having(deck) as collection:
        assert not media_of(collection)
        assert list(collection.media.check().missing) == ["a%20b.png"]


def test_ours_names_media_so_that_anki_finds_and_keeps_each() -> None:
    """Whatever the author's names: no space, no `_` in front; templates need no file at all."""
    odd = {
        "media/_static.png": b"1",
        "media/a b%20c.png": b"2",
        "media/été [1].png": b"3",
        'media/"x".png': b"4",
        "media/x.css": b"5",
    }
    bank = replace(
        BANK,
        items=(
            sample.CLOUD,
            *(
                replace(sample.LAKE, id=f"i{place}", image=Image(file=path, alt="A lake"))
                for place, path in enumerate(odd)
            ),
        ),
    )
    built, _ = edition(bank, media=odd)
    with having(deck_of(built)) as collection:
        names = media_of(collection)
        assert not [name for name in names if not re.fullmatch(r"[a-z0-9][a-z0-9.-]+", name)]
        assert sorted(names.values()) == sorted(odd.values())
        assert not collection.media.check().missing
        assert not collection.media.check().unused
        for name in NAMES.values():
            of = note_type_of(collection, name)
            sides = [side for one in of["tmpls"] for side in (one["qfmt"], one["afmt"])]
            loaded = re.findall(
                r"<(?:script|link|img)[^>]*(?:src|href)=|@import|url\(", str([*sides, of["css"]])
            )
            assert not loaded


# --- Options -------------------------------------------------------------------------------------


def deck_with_preset() -> bytes:
    """A deck as its author exports it from Anki, with a preset of its own."""
    with fresh_collection() as collection:
        deck = collection.decks.id("Plain")
        assert deck is not None
        preset = collection.decks.add_config("Author's preset")
        preset["desiredRetention"] = 0.8
        collection.decks.update_config(preset)
        collection.decks.set_config_id_for_deck_dict(
            collection.decks.get(deck),  # type: ignore[arg-type]
            preset["id"],
        )
        basic = note_type_of(collection, "Basic")
        one = collection.new_note(basic)
        one["Front"] = "front"
        collection.add_note(one, deck)
        path = Path(collection.path).with_name("out.apkg")
        options = ExportAnkiPackageOptions(
            with_scheduling=False, with_deck_configs=True, with_media=True, legacy=True
        )
        collection.export_anki_package(out_path=str(path), options=options, limit=DeckIdLimit(deck))
        return path.read_bytes()


@pytest.mark.parametrize("ticks", [False, True])
def test_deck_options_come_only_if_the_learner_ticks_presets(ticks: bool) -> None:
    with fresh_collection() as collection:
        import_deck(collection, deck_with_preset(), with_deck_configs=ticks)
        deck = collection.decks.id_for_name("Plain")
        assert deck is not None
        preset = collection.decks.config_dict_for_deck_id(deck)
        assert preset["name"] == ("Author's preset" if ticks else "Default")


@pytest.mark.parametrize("ticks", [False, True])
def test_ours_leaves_the_options_that_the_learner_chose(ticks: bool) -> None:
    """Of his decks and of ours, edition after edition, even with presets ticked."""
    first, lock = edition(BANK)
    second, _ = edition(EDITED, lock, LATER)
    with having(deck_of(first)) as collection:
        preset = collection.decks.add_config("Mine")
        preset["desiredRetention"] = 0.95
        collection.decks.update_config(preset)
        for one in collection.decks.all():
            collection.decks.set_config_id_for_deck_dict(one, preset["id"])
        before = sorted(map(str, collection.decks.all_config()))
        import_deck(collection, deck_of(second), with_deck_configs=ticks)
        assert sorted(map(str, collection.decks.all_config())) == before
        assert {one["conf"] for one in collection.decks.all()} == {preset["id"]}
