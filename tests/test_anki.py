"""Decks against the real Anki: what it imports is what was meant, card by card."""

import io
import re
import tempfile
import zipfile
from html import unescape
from pathlib import Path
from typing import get_args

import pytest
from anki.collection import Collection
from hypothesis import given, settings
from msgspec.structs import replace

from quizgen.model import (
    Arrangement,
    Bank,
    Card,
    Choice,
    Cloze,
    Correction,
    Document,
    Entry,
    Gap,
    Item,
    Option,
    TrueFalse,
)
from quizgen.outputs.anki import package, read_lock
from quizgen.outputs.anki.identity import (
    DRAWN,
    FIELDS,
    TEMPLATES,
    NoteTypeName,
    field_id,
    guid,
    note_type_id,
    template_id,
)
from quizgen.outputs.anki.notetypes import pages
from quizgen.outputs.anki.press import build
from quizgen.outputs.anki.texts import fit, is_fit
from quizgen.outputs.template import Templates
from tests import anki_samples as sample
from tests.anki_collections import (
    DAY,
    FIRST,
    all_cards,
    deck_of,
    edition,
    fresh_collection,
    import_deck,
    note_of,
)
from tests.conftest import few
from tests.strategies import anki_banks


def without_complaint(collection: Collection) -> None:
    """No empty card, none missing, none that cannot be shown, and a clean database."""
    before = [(card.nid, card.ord) for card in all_cards(collection)]
    collection.after_note_updates(
        list(collection.find_notes("")), mark_modified=False, generate_cards=True
    )
    assert [(card.nid, card.ord) for card in all_cards(collection)] == before
    assert not collection.get_empty_cards().notes
    for card in all_cards(collection):
        shown = card.render_output()
        for side in (shown.question_text, shown.answer_text):
            assert "has a problem" not in side
            assert re.sub(r"<[^>]*>|\s", "", side)
        if card.note_type()["type"] == 1:
            assert re.search(r'class="cloze"|\\\(.*\[.*\]', shown.question_text, re.DOTALL)
    said, is_clean = collection.fix_integrity()
    assert is_clean, said
    assert said == "Database rebuilt and optimized."


# --- Identity ------------------------------------------------------------------------------------


def test_identities_are_final() -> None:
    """Numbers and names that decks in the world carry: whoever changes them breaks those decks."""
    assert guid("water-on-earth", "dew") == "22ae26c25cc1dce72c58"
    assert [note_type_id(name) for name in ("question", "cloze")] == [
        124770534649360,
        124770534649472,
    ]
    assert TEMPLATES == {"question": ("Question", "Reverse", "Spare"), "cloze": ("Cloze",)}
    assert (
        tuple(
            "Question/Kind/Lead/How/Options/Answer/Reasons/Explanation/Hint/Passage/Image/Audio/Source/"
            "Correction/Topic/Level/Points/Item/Language/Words/Data/Reverse/"
            "Spare 1/Spare 2/Spare 3/Spare 4/Spare 5/Spare 6/My notes".split("/")
        )
        == FIELDS
    )


@pytest.mark.parametrize(
    ("name", "first_template", "first_field"),
    [
        ("quizgen question", 124770534649368, 124770534649392),
        ("quizgen cloze", 124770534649480, 124770534649504),
    ],
)
def test_the_ids_that_arrive_in_anki_are_final(
    name: str, first_template: int, first_field: int
) -> None:
    """Of each template and field by its name: were one moved, Anki would make a second note type."""
    built, _ = edition(sample.BANK, media=sample.MEDIA)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built))
        arrived = collection.models.by_name(name)
        assert arrived is not None
        templates = [(one["name"], one["id"]) for one in arrived["tmpls"]]
        fields = [(one["name"], one["id"]) for one in arrived["flds"]]
    names = TEMPLATES["cloze" if "cloze" in name else "question"]
    assert templates == [(one, first_template + place) for place, one in enumerate(names)]
    assert fields == [(one, first_field + place) for place, one in enumerate(FIELDS)]


def test_a_new_look_has_a_new_time() -> None:
    """Whoever changes our templates sets `DRAWN` to that day, and the digest here to the new one."""
    drawn = {name: (pages(name, Templates()).digest, DRAWN[name]) for name in DRAWN}
    assert drawn == {
        "question": ("37466450f0616e8a", 1_795_881_500),
        "cloze": ("a454c234593e3a6c", 1_795_845_300),
    }


def test_a_look_of_the_project_s_own_is_later_than_ours(tmp_path: Path) -> None:
    """And stays so when the project goes back to ours, so that both changes reach learners."""
    own = tmp_path / "templates" / "anki" / "card.css"
    own.parent.mkdir(parents=True)
    own.write_text("body { color: red }", encoding="utf-8")
    lock, _ = read_lock("")
    times = []
    for project, now in ((None, 5), (tmp_path, 6), (None, 7)):
        built, lock = build(
            sample.BANK, media=sample.MEDIA, templates=Templates(project), lock=lock, now=now
        )
        with fresh_collection() as collection:
            import_deck(collection, deck_of(built))
            arrived = collection.models.by_name("quizgen question")
            assert arrived is not None
            times.append(arrived["mod"])
    assert times[0] == DRAWN["question"]
    assert times[0] < times[1] < times[2]


def test_what_a_list_of_cards_shows_is_the_question() -> None:
    """Anki's browser and others show the text of the front: no answer and no data stand in it."""
    built, _ = edition(sample.BANK, media=sample.MEDIA)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built))
        collection._backend.set_active_browser_columns(["question"])
        for item, starts in (
            ("most-fresh-water", "Lakes Which lake"),
            ("sublimation", "The water cycle What is it called"),
            ("baikal-depth", "Lakes How deep"),
        ):
            card = note_of(collection, sample.BANK, item).cards()[0]
            ((text, _, _),) = collection.browser_row_for_id(card.id)[0]
            shown = " ".join(text.split())
            assert shown.startswith(starts)
            assert "{" not in shown
            assert "sublimation" not in shown
            assert "1,642" not in shown


def test_no_two_ids_are_the_same() -> None:
    """Note types, templates and fields have each a number of their own, and room to grow."""
    ids: list[int] = []
    for name in get_args(NoteTypeName):
        ids.append(note_type_id(name))
        ids += (template_id(name, place) for place in range(8))
        ids += (field_id(name, place) for place in range(64))
    assert len(set(ids)) == len(ids)
    assert max(ids) < 2**53


# --- Import --------------------------------------------------------------------------------------


def test_the_sample_arrives_whole() -> None:
    """Notes, cards, decks, fields, tags, order, media and the deck's description."""
    built, _ = edition(sample.BANK, media=sample.MEDIA)
    assert [problem.code for problem in built.problems] == ["no_lock"]
    with fresh_collection() as collection:
        log = import_deck(collection, deck_of(built))
        assert len(log.new) == len(sample.BANK.items) == built.products[0].items
        assert not [*log.conflicting, *log.duplicate, *log.updated, *log.empty_first_field]
        assert collection.card_count() == len(sample.BANK.items) + 2  # two gaps, and a reverse
        names = {deck.name for deck in collection.decks.all_names_and_ids()} - {"Default"}
        top = "Water on Earth"
        assert names == {top, f"{top}::Lakes", f"{top}::The water cycle", f"{top}::Sky"}
        deck = collection.decks.by_name(top)
        assert deck is not None
        assert {"CC BY 4.0", "Water, a reader"} <= set(
            re.findall(r"CC BY 4.0|Water, a reader", deck["desc"])
        )
        lake = note_of(collection, sample.BANK, "most-fresh-water")
        assert lake["Question"] == sample.LAKE.stem
        assert lake["Kind"] == "choice"
        assert lake["Item"] == "water-on-earth/most-fresh-water"
        assert lake["My notes"] == ""
        assert lake.tags == [
            "quizgen::water-on-earth::level::recall",
            "quizgen::water-on-earth::topic::Lakes",
        ]
        assert sorted(path.suffix for path in Path(collection.media.dir()).iterdir()) == [
            ".mp3",
            ".png",
        ]
        in_order = sorted(all_cards(collection), key=lambda card: card.due)
        items = list(dict.fromkeys(card.note()["Item"] for card in in_order))
        assert items == [f"water-on-earth/{item.id}" for item in sample.BANK.items]
        without_complaint(collection)


def test_each_kind_is_shown_with_its_key_on_the_back_alone() -> None:
    """Without any script the back says what is right, and the front does not."""
    built, _ = edition(sample.BANK, media=sample.MEDIA)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built))
        for item, key in (
            ("most-fresh-water", 'class="option right"'),
            ("ice-floats", 'class="option right"'),
            ("sublimation", "sublimation<small>"),
            ("baikal-depth", "1,642\u00a0m<small>"),
            ("landforms", 'class="pair"'),
            ("planet-order", 'class="slot">1</span><span class="text">Mercury'),
            ("dew", "some of it condensed"),
            ("cloud", "condenses</span>"),
            ("formula", r"\(H_2O\)"),
        ):
            shown = note_of(collection, sample.BANK, item).cards()[0].render_output()
            assert key in shown.answer_text.replace("&nbsp;", "\u00a0")
            assert key not in shown.question_text


def test_sounds_play_once_and_texts_play_nothing() -> None:
    """The audio of an item is on its front; a text that looks like Anki's commands is a text."""
    spoof = Card(id="spoof", front="Type [sound:x.mp3] and [[type:Back]], or \\\\(x\\\\)", back="b")
    bank = replace(sample.BANK, items=(sample.RIFT, spoof))
    built, _ = edition(bank, media=sample.MEDIA)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built))
        rift = note_of(collection, bank, "rift").cards()[0].render_output()
        assert len(rift.question_av_tags) == 1
        assert not rift.answer_av_tags
        card = note_of(collection, bank, "spoof").cards()[0].render_output()
        assert not card.question_av_tags
        assert "[[type:" not in card.question_text
        assert "\\(" not in card.question_text


@pytest.mark.parametrize(
    "answer", ["a}}b", "}}", "a}", "std::vector", "a:", "{{c2::x}}", "{{", "<b>", "&amp;"]
)
@pytest.mark.parametrize("hint", ["", "::", "h}}", "{{c3::h}}"])
def test_a_gap_says_its_whole_answer(answer: str, hint: str) -> None:
    """Whatever Anki would read as the end of the gap, as a hint or as another gap."""
    gap = Gap(number=1, accept=(answer,), hint=hint)
    bank = Bank(name="gap", title="Gap", items=(Cloze(id="g", parts=("Say ", gap, " now.")),))
    built, _ = edition(bank)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built))
        (card,) = all_cards(collection)
        shown = card.render_output()
        front, back = (
            re.search(r'"gapped".*?>(.*)</div>', side)
            for side in (shown.question_text, shown.answer_text)
        )
        assert front is not None
        assert back is not None
        assert unescape(re.sub(r"<[^>]*>", "", front[1])) == f"Say [{hint or '...'}] now."
        assert unescape(re.sub(r"<[^>]*>", "", back[1])) == f"Say {unescape(answer)} now."


@pytest.mark.parametrize(
    ("before", "answer", "after"),
    [
        (r"x^{{", "2", "}}"),
        (r"\frac{", r"\sqrt{a_{1}}", r"}{{b}}"),
        ("", "a::b", ""),
        ("", "a<b", ""),
    ],
)
def test_a_gap_in_a_formula_keeps_the_formula(before: str, answer: str, after: str) -> None:
    """But for spaces, the LaTeX on the back is the author's, and on the front nothing of the answer."""
    parts = (f"So ${before}", Gap(number=1, accept=(answer,)), f"{after}$ it is.")
    bank = Bank(name="gap", title="Gap", items=(Cloze(id="g", parts=parts),))
    built, _ = edition(bank)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built))
        (card,) = all_cards(collection)
        shown = card.render_output()
        for side, said in ((shown.question_text, "[...]"), (shown.answer_text, answer)):
            found = re.search(r"\\\((.*)\\\)", side)
            assert found is not None
            latex = unescape(re.sub(r"<[^>]*>|\s", "", found[1]))
            assert latex == f"{before}{said}{after}"


@given(bank=anki_banks())
@settings(max_examples=few(30, nightly=1_000))
def test_any_bank_makes_the_cards_that_anki_would_make(bank: Bank) -> None:
    """Whatever stands in the texts: every note arrives as it was written, no card more or less."""
    built, _ = edition(bank)
    assert not [problem for problem in built.problems if problem.severity == "error"]
    with fresh_collection() as collection:
        log = import_deck(collection, deck_of(built))
        assert len(log.new) == len(bank.items)
        assert not log.conflicting
        assert not log.empty_first_field
        without_complaint(collection)
        for card in all_cards(collection):
            shown = card.render_output()
            assert not (*shown.question_av_tags, *shown.answer_av_tags)
            assert "[[type:" not in shown.question_text + shown.answer_text


# --- Bytes ---------------------------------------------------------------------------------------


def test_same_bank_and_lock_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On another day too; and nothing is left behind on the disk."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    first, lock = edition(sample.BANK, media=sample.MEDIA)
    again, after = edition(sample.BANK, lock, FIRST + 9 * DAY, sample.MEDIA)
    assert again.files == first.files
    assert after == lock
    assert not list(tmp_path.iterdir())


def test_the_package_is_a_plain_zip_without_dates() -> None:
    """Every member is whole, of a fixed date, and known by name."""
    built, _ = edition(sample.BANK, media=sample.MEDIA)
    with zipfile.ZipFile(io.BytesIO(deck_of(built))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["collection.anki2", "media", "0", "1"]
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_full_disk_is_a_disk_s_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command says it in a sentence, as of any other file."""
    full = (*package._SETTINGS, "max_page_count = 4")
    monkeypatch.setattr(package, "_SETTINGS", full)
    with pytest.raises(OSError, match="full"):
        edition(sample.BANK, media=sample.MEDIA)


# --- Which items, which problems -----------------------------------------------------------------


@pytest.mark.parametrize("change", [{"use": "exam"}, {"draft": True}, {"retired": "Wrong."}])
def test_what_may_not_be_practised_is_in_no_deck(change: dict[str, object]) -> None:
    """Exam items, drafts and what was retired before any deck."""
    items: tuple[Item, ...] = (sample.LAKE, replace(sample.ICE, **change))
    built, _ = edition(replace(sample.BANK, items=items))
    assert [product.items for product in built.products] == [1]


def test_a_missing_picture_is_said() -> None:
    """The item and the file are named, and the deck is not to be written."""
    built, _ = edition(replace(sample.BANK, items=(sample.RIFT,)))
    missing = [problem for problem in built.problems if problem.code == "missing_media"]
    assert {problem.item for problem in missing} == {"rift"}
    assert {problem.severity for problem in missing} == {"error"}


def test_control_characters_are_said_and_shown() -> None:
    """The sign that parts Anki's fields cannot slip into one."""
    item = TrueFalse(id="odd", statement="a\x1fb", answer=True)
    bank = Bank(name="odd", title="Odd", items=(item,))
    built, _ = edition(bank)
    assert ("control_character", "odd") in [(p.code, p.item) for p in built.problems]
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built))
        assert note_of(collection, bank, "odd")["Question"] == "a\ufffdb"


def test_half_of_a_pair_is_said_wherever_it_stands() -> None:
    """Also in what the card's script judges by, which is no text of the card."""
    item = Entry(id="odd", stem="Which?", accept=("Baikal", "a\ud800b"))
    built, _ = edition(Bank(name="odd", title="Odd", items=(item,)))
    assert ("control_character", "odd") in [(p.code, p.item) for p in built.problems]


def test_a_text_is_fit_where_no_sign_of_it_needs_another() -> None:
    """Control characters are not, nor halves of pairs; all else is, in whatever script."""
    signs = [*map(chr, range(0x300)), "\ud7ff", "\ud800", "\udfff", "\ue000", "\U0001f30a"]
    assert {sign for sign in signs if is_fit(sign)} == {sign for sign in signs if fit(sign) == sign}
    assert not is_fit("lake \udfff")
    assert is_fit("Baikal,\n\t\u00a0湖")


def test_decks_that_differ_in_capitals_are_one() -> None:
    """Anki takes "lakes" and "Lakes" for one deck, and so does the package."""
    second = replace(sample.ICE, topic="LAKES")
    bank = replace(sample.BANK, items=(sample.LAKE, second))
    built, _ = edition(bank)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built))
        names = [deck.name for deck in collection.decks.all_names_and_ids()]
        assert names == ["Default", "Water on Earth", "Water on Earth::Lakes"]


def test_a_language_brings_its_words() -> None:
    """German questions have German words; the note types stay the same ones."""
    bank = replace(sample.BANK, items=(sample.RIVERS,))
    german, _ = edition(replace(bank, name="deutsch", language="de"))
    english, _ = edition(bank)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(english))
        import_deck(collection, deck_of(german))
        note = note_of(collection, replace(bank, name="deutsch"), "mediterranean-rivers")
        assert note["How"].startswith("Wähle alles")
        ours = [m for m in collection.models.all_names_and_ids() if m.name.startswith("quizgen")]
        assert len(ours) == 1


def test_the_deck_stands_where_the_bank_says() -> None:
    """With all topics below; a colon within a name is a part of it."""
    bank = replace(sample.BANK, deck="Geography::Water: rivers", items=(sample.LAKE, sample.DEW))
    built, _ = edition(bank)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built))
        names = {deck.name for deck in collection.decks.all_names_and_ids()} - {"Default"}
    top = "Geography::Water: rivers"
    assert names == {"Geography", top, f"{top}::Lakes", f"{top}::The water cycle"}


@pytest.mark.parametrize(
    ("report", "shown"),
    [
        (
            "https://example.org/?a=1&b=2",
            '<a href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a>',
        ),
        ("a.b@example.org", '<a href="mailto:a.b@example.org">a.b@example.org</a>'),
        ("Tell <b>me</b> in *class*.", "Tell &lt;b&gt;me&lt;/b&gt; in class."),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_the_description_says_the_edition_and_where_to_report(report: str, shown: str) -> None:
    """And of each next edition as it is then; what is not said is left out."""
    bank = replace(sample.BANK, items=(sample.DEW,))
    first, lock = edition(bank)
    second, _ = edition(replace(bank, edition="2026-11 <2>", report=report), lock, FIRST + DAY)
    with fresh_collection() as collection:
        said = []
        for built in (first, second):
            import_deck(collection, deck_of(built))
            deck = collection.decks.by_name("Water on Earth")
            assert deck is not None
            said.append(deck["desc"])
    assert "Edition" not in said[0]
    assert "mistake" not in said[0]
    assert "<p>Edition: 2026-11 &lt;2&gt;</p>" in said[1]
    assert f"<p>Found a mistake? {shown}</p>" in said[1]


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://example.org/?a=1&b=2", True),
        ("https://example.org, page 3", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_a_source_is_a_link_on_cards_where_it_is_one_in_the_description(
    url: str, is_link: bool
) -> None:
    """Where its address is one of the web, and nothing else beside it."""
    document = Document(name="reader", title="Water & ice", url=url)
    bank = replace(sample.BANK, items=(sample.LAKE,), documents=(document,))
    said = "Water &amp; ice"
    shown = f'<a href="https://example.org/?a=1&amp;b=2">{said}</a>' if is_link else said
    with fresh_collection() as collection:
        import_deck(collection, deck_of(edition(bank)[0]))
        deck = collection.decks.by_name("Water on Earth")
        assert deck is not None
        assert f"<ul><li>{shown}</li></ul>" in deck["desc"]
        assert note_of(collection, bank, sample.LAKE.id)["Source"].startswith(f"{shown}, ")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Corrected on 2026-11-25: It was <strong>640</strong>."),
     ("de", "Berichtigt am 25.11.2026: It was <strong>640</strong>.")],
)  # fmt: skip
def test_a_correction_stands_on_the_back_alone(language: str, said: str) -> None:
    """In the language's words; where there is none the field is empty."""
    put_right = Correction(date="2026-11-25", text="It was **640**.")
    cloze = Cloze(id="gap", parts=("It is ", Gap(number=1, accept=("636",)), "."))
    items = (replace(sample.DEW, corrected=put_right), replace(cloze, corrected=put_right))
    bank = replace(sample.BANK, language=language, items=(*items, sample.LAKE))
    built, _ = edition(bank)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built))
        for item in items:
            note = note_of(collection, bank, item.id)
            shown = note.cards()[0].render_output()
            assert note["Correction"] == said
            assert note["Correction"] in shown.answer_text
            assert "640" not in shown.question_text
        assert note_of(collection, bank, sample.LAKE.id)["Correction"] == ""


def test_a_retired_card_says_why() -> None:
    """Whoever has it, from an earlier deck or from that of the retired alone."""
    _, lock = edition(sample.BANK, media=sample.MEDIA)
    bank = replace(sample.BANK, items=(replace(sample.LAKE, retired="Two are *as* large."),))
    built, _ = edition(bank, lock, FIRST + DAY, sample.MEDIA)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built, "anki.retired"))
        shown = note_of(collection, bank, sample.LAKE.id).cards()[0].render_output()
    assert "Retired: Two are <em>as</em> large." in shown.answer_text
    assert "Retired" not in shown.question_text


def test_free_options_are_marked_by_the_core() -> None:
    """Numbers, pins and fixed orders are not the card's to move."""
    numbers = tuple(map(sample.named, ("20", "3", "100")))
    pinned = (*sample.LAKE.options, sample.named("None of these", pin="last"))
    cases: tuple[tuple[tuple[Option, ...], Arrangement, int], ...] = (
        (numbers, "free", 0),
        (pinned, "free", 4),
        (sample.LAKE.options, "fixed", 0),
    )
    for options, arrangement, free in cases:
        item = Choice(
            id="c", stem="?", options=options, keys=(options[0].id,), arrangement=arrangement
        )
        bank = Bank(name="free", title="Free", items=(item,))
        built, _ = edition(bank)
        with fresh_collection() as collection:
            import_deck(collection, deck_of(built))
            assert note_of(collection, bank, "c")["Options"].count("option free") == free
