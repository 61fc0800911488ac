"""A deck tried in Anki: each fault that learners suffer from, and decks without any."""

from pathlib import Path

import anki.collection
import pytest
from hypothesis import given, settings

from quizgen.commands.findings import findings
from quizgen.model import Bank
from quizgen.problem import has_errors
from tests import anki_samples as sample
from tests.anki_collections import deck_of, edition, fresh_collection
from tests.conftest import few
from tests.plain_decks import note, note_type, package
from tests.strategies import anki_banks
from tests.tried_decks import CLOZE, Try, codes, database_with, only, zipped


@pytest.fixture
def tried(tmp_path: Path) -> Try:
    """Tries packages in a folder of their own."""
    return Try(tmp_path)


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
