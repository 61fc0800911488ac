"""Decks of other people, as Anki itself and genanki write them, become questions."""

import io
import unicodedata
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.bank import read_bank
from quizgen.bank.writing import settings_text
from quizgen.checks.catalogue import check
from quizgen.imports.anki import Package
from quizgen.imports.anki.choices import choice_fields
from quizgen.imports.anki.gaps import signed
from quizgen.imports.files import question_files
from quizgen.imports.html import tree, visible
from quizgen.imports.imported import REMARKS, Imported, comments
from quizgen.markup import to_html
from quizgen.model import Card, Choice, Cloze, Entry, Gap, Image, Item
from tests.anki_collections import deck_of, edition
from tests.anki_foreign import add, add_type, collection_of, exported, genanki_package, imported
from tests.anki_samples import BANK, MP3, PNG
from tests.strategies import anki_texts

FORMATS = pytest.mark.parametrize("legacy", [True, False], ids=["older format", "newer format"])
MEDIA = {"heart.jpg": PNG, "paste-1": PNG, "hola sound.mp3": MP3, "unused.png": PNG + b"more"}


def only(found: Imported) -> Item:
    (item,) = found.bank.items
    return item


def codes(found: Imported) -> set[str]:
    assert {remark.code for remark in found.remarks} <= REMARKS.keys()
    return {remark.code for remark in found.remarks}


@FORMATS
def test_basic_notes_become_cards(legacy: bool) -> None:
    """Bold type, lists and sounds are kept; tags are tags, decks topics, their root the title."""
    with collection_of(MEDIA) as collection:
        add(collection, "Basic", "Spanish::Verbs", "ch::1", "verb",
            Front="to <b>be</b> <br>[sound:hola sound.mp3]", Back="<div>ser</div><div>estar</div>")  # fmt: skip
        add(collection, "Basic", "Spanish::Nouns", Front="dog", Back="<ul><li>perro</li></ul>")
        found = imported(exported(collection, legacy=legacy))
    first, second = found.bank.items
    assert isinstance(first, Card)
    assert (first.front, first.back, first.audio) == (
        "to **be**", "ser\n\nestar", "media/hola-sound.mp3",
    )  # fmt: skip
    assert (first.topic, first.tags, found.bank.title) == ("Verbs", ("ch::1", "verb"), "Spanish")
    assert (second.topic, getattr(second, "back", "")) == ("Nouns", "- perro")
    assert found.media == {"media/hola-sound.mp3": MP3}
    assert sorted(question_files(found.bank)) == [
        "questions/1-verbs.yaml",
        "questions/2-nouns.yaml",
    ]


@pytest.mark.parametrize(
    ("decks", "title", "deck", "topics"),
    [
        (["Geo"], "Geo", "", [""]),
        (["Geo::Europe"], "Geo", "", ["Europe"]),
        (["School::Geo::Europe"], "Geo", "School::Geo", ["Europe"]),
        (["Geo::Europe::North", "Geo::Europe::South"], "Europe", "Geo::Europe", ["North", "South"]),
        (["Geo::Europe", "Geo::Europe::North"], "Europe", "Geo::Europe", ["", "North"]),
        (["Geo::Asia::Far *east*", "Geo::Europe"], "Geo", "", [r"Asia::Far \*east\*", "Europe"]),
        (["Geo: 1st *year*"], r"Geo: 1st \*year\*", "", [""]),
        (["One", "Two"], "B", "", ["One", "Two"]),
    ],
)
def test_decks_keep_their_names(
    decks: list[str], title: str, deck: str, topics: list[str], tmp_path: Path
) -> None:
    """What is built of the questions has the decks that learners know, below the bank's own."""
    with collection_of({}) as collection:
        for name in decks:
            add(collection, "Basic", name, Front=f"In {name}?", Back="Yes")
        bank = imported(exported(collection, legacy=True)).bank
    assert (bank.title, bank.deck, [item.topic for item in bank.items]) == (title, deck, topics)
    files = {"questions/bank.yaml": settings_text(bank), **question_files(bank)}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    reading = read_bank(tmp_path)
    assert (reading.problems, reading.bank) == ((), bank)
    built = Package(io.BytesIO(deck_of(edition(bank)[0]))).collection.notes
    above = "" if title != "B" else "B::"
    assert [note.deck for note in built] == [f"{above}{name}" for name in decks]


def test_what_has_no_topic_is_called_by_what_it_is() -> None:
    """A note that asks nothing lies in no deck: it is named after its answer, its file after drafts."""
    with collection_of(MEDIA) as collection:
        add(collection, "Basic", "Geo::Europe", Front="Capital of France?", Back="Paris")
        add(collection, "Basic", "Geo", Front="Largest land?", Back="Russia")
        add(collection, "Basic", "Geo", Front="", Back="Tokyo")
        add(collection, "Basic", "Geo", Front='<img src="heart.jpg">', Back="")
        add(collection, "Basic", "Geo", Front="", Back='<img src="paste-1">')
        bank = imported(exported(collection, legacy=True)).bank
    files = question_files(bank)
    assert [item.id for item in bank.items][1:] == ["largest-land", "tokyo", "heart", "paste-1"]
    assert list(files) == ["questions/europe.yaml", "questions/without-topic.yaml"]
    (drafts,) = question_files(replace(bank, items=bank.items[2:]))
    assert drafts == "questions/drafts.yaml"


@FORMATS
def test_reversed_and_typed_notes_say_so(legacy: bool) -> None:
    with collection_of({}) as collection:
        add(collection, "Basic (and reversed card)", "D", Front="perro", Back="dog")
        add(collection, "Basic (optional reversed card)", "D", Front="gato", Back="cat")
        add(collection, "Basic (type in the answer)", "D", Front="cat", Back="el <b>gato</b>")
        add(collection, "Basic (optional reversed card)", "D", Front="pez", Back="fish", Add_Reverse="y")  # fmt: skip
        found = imported(exported(collection, legacy=legacy))
    both, one, typed, asked = found.bank.items
    assert isinstance(both, Card)
    assert (both.front, both.back, both.reverse) == ("perro", "dog", True)
    assert isinstance(one, Card)
    assert (one.front, one.back, one.reverse) == ("gato", "cat", False)
    assert isinstance(typed, Entry)
    assert (typed.stem, typed.accept) == ("cat", ("el gato",))
    assert isinstance(asked, Card)
    assert (asked.front, asked.back, asked.reverse) == ("pez", "fish", True)
    assert not found.remarks


@FORMATS
def test_clozes_keep_their_gaps(legacy: bool) -> None:
    """Hints, markup and formulas in gaps; of two gaps with one number each has its own, which is told."""
    with collection_of({}) as collection:
        add(collection, "Cloze", "D", Text="{{c1::One::number}} and {{c2::<b>two</b>}} and {{c1::three}}",
            Back_Extra="more")  # fmt: skip
        add(
            collection,
            "Cloze",
            "D",
            Text=r"\(\frac{ {{c1::a}} }{b}\), {{c2::outer {{c3::inner}} gap}}",
        )
        found = imported(exported(collection, legacy=legacy))
    first, second = found.bank.items
    assert isinstance(first, Cloze)
    assert first.gaps == (
        Gap(number=1, accept=("One",), hint="number"),
        Gap(number=2, accept=("**two**",)),
        Gap(number=3, accept=("three",)),
    )
    assert first.explain == "more"
    assert isinstance(second, Cloze)
    assert second.parts == (
        r"$\frac{ ", Gap(number=1, accept=("a",)), " }{b}$, ",
        Gap(number=2, accept=("outer inner gap",)),
    )  # fmt: skip
    assert codes(found) == {"joined_gaps", "nested_gap"}


@FORMATS
def test_gaps_without_words_are_told(legacy: bool) -> None:
    """Pictures, sounds and MathML are no answers to type; what they hid is named, and other gaps stay."""
    with collection_of(MEDIA) as collection:
        text = '{{c1::One}} and {{c2::<img src="heart.jpg">}} and {{c3::<math><mi>x</mi></math>}}.'
        add(collection, "Cloze", "D", Text=text)
        add(collection, "Cloze", "D", Text="{{c1::a::what {{c2::kind::b}} is}} of {{c3::[sound:hola sound.mp3]}}")  # fmt: skip
        found = imported(exported(collection, legacy=legacy))
    first, second = found.bank.items
    assert isinstance(first, Cloze)
    assert first.gaps == (Gap(number=1, accept=("One",)),)
    assert isinstance(second, Cloze)
    assert second.gaps == (Gap(number=1, accept=("a",), hint="what kind is"),)
    told = {(one.code, one.item) for one in found.remarks}
    assert told == {("lost_gap", first.id), ("embedded", first.id), ("picture_back", first.id),
                    ("lost_gap", second.id), ("nested_gap", second.id), ("sound_back", second.id)}  # fmt: skip


@pytest.mark.parametrize("html", ["<svg><text>s</text></svg>", "<math><mi>x</mi></math>", "<textarea>t</textarea>",
    "<select><option>o</select>", "<iframe src='x'></iframe>", "<object data='x'></object>", "<canvas></canvas>", "<input>"])  # fmt: skip
def test_what_no_words_can_say_is_told(html: str) -> None:
    found = imported(genanki_package((f"front {html} end", "back")))
    card = only(found)
    assert isinstance(card, Card)
    assert (card.front.split(), codes(found)) == (["front", "end"], {"embedded"})


@pytest.mark.parametrize(
    "html", ["<script>x</script>", "<style>x</style>", "<!-- x -->", "<input type=hidden>"]
)
def test_what_shows_nothing_is_no_loss(html: str) -> None:
    assert not imported(genanki_package((f"front {html}", "back"))).remarks


@pytest.mark.parametrize(
    ("html", "answer", "hint"),
    [
        ("{{c1::a {{c2::b::x}} c}}", "a b c", ""),
        ("{{c1::a {{c2::b::x {{c3::y::z}} w}} c::d}}", "a b c", "d"),
        ("{{c1::a::b {{c2::c::d}} e}}", "a", "b c e"),
    ],
)
def test_gaps_within_gaps_leave_their_answers(html: str, answer: str, hint: str) -> None:
    """Neither their braces nor their hints."""
    (found,) = signed(html).gaps.values()
    assert (found.answer, found.hint) == (answer, hint)


def test_a_note_of_too_many_gaps_is_left_out_and_told() -> None:
    with collection_of({}) as collection:
        add(collection, "Cloze", "D", Text="{{c1::a}} b " * 501)
        add(collection, "Cloze", "D", Text="{{c1::a}} b " * 50)
        found = imported(exported(collection, legacy=True))
    assert isinstance(only(found), Cloze)
    assert codes(found) == {"many_gaps", "joined_gaps"}


@FORMATS
def test_pictures_have_a_place_or_are_told(legacy: bool) -> None:
    """One on the front is the question's, named by what it is; those elsewhere are kept and told."""
    with collection_of(MEDIA) as collection:
        add(collection, "Basic", "D", Front='Organ? <img src="heart.jpg" width="300">',
            Back='heart <img src="paste-1" alt="side view">')  # fmt: skip
        add(
            collection,
            "Basic",
            "D",
            Front='<img src="heart.jpg" alt="heart">',
            Back='<img src="gone.png">',
        )
        found = imported(exported(collection, legacy=legacy))
    first, second = found.bank.items
    assert first.image == Image(file="media/heart.png", alt="A picture", width="300 px")
    assert isinstance(second, Card)
    assert (second.front, second.back, second.draft) == ("What does the picture show?", "", True)
    assert found.media == {"media/heart.png": PNG, "media/paste-1.png": PNG}
    assert codes(found) == {"picture_back", "no_alt", "missing_media", "picture_alone", "draft"}


@FORMATS
def test_an_answer_that_is_a_picture_makes_a_draft_that_names_it(legacy: bool) -> None:
    """The file is told with its question, and stands in a comment there, which is read over."""
    with collection_of(MEDIA) as collection:
        add(collection, "Basic", "D", Front="Where is the heart?", Back='<img src="heart.jpg">')
        add(collection, "Basic", "D", Front="How do you greet?", Back="[sound:hola sound.mp3]")
        add(collection, "Basic", "D", Front="Paris", Back='A capital <img src="paste-1">')
        found = imported(exported(collection, legacy=legacy))
    cards = [(i.id, i.back, i.draft) for i in found.bank.items if isinstance(i, Card)]
    assert cards == [("heart", "", True), ("you-greet", "", True), ("paris", "A capital", False)]
    assert [(one.code, one.item, one.detail) for one in found.remarks] == [
        ("picture_answer", "heart", "media/heart.png"),
        ("sound_answer", "you-greet", "media/hola-sound.mp3"),
        ("picture_back", "paris", "media/paste-1.png"),
    ]
    assert question_files(found.bank, comments(found.remarks)) == {
        "questions/questions.yaml": DRAFTS
    }


DRAFTS = """\
questions:
- id: heart
  # The answer is media/heart.png: say it in words, or make it the image and ask what it shows.
  draft: true
  front: Where is the heart?

- id: you-greet
  # The answer is media/hola-sound.mp3: say it in words, or make it the audio and ask what it is.
  draft: true
  front: How do you greet?

- id: paris
  # On the back: media/paste-1.png
  front: Paris
  back: A capital
"""


@FORMATS
def test_a_picture_that_is_asked_both_ways_is_shown_both_ways(legacy: bool) -> None:
    """The back of a reversed card shows the question's picture; it plays no sound."""
    with collection_of(MEDIA) as collection:
        both = "Basic (and reversed card)"
        add(collection, both, "D", Front="heart", Back='<img src="heart.jpg" alt="An organ">')
        add(collection, both, "D", Front="hola", Back="[sound:hola sound.mp3]")
        found = imported(exported(collection, legacy=legacy))
    shown, heard = found.bank.items
    assert isinstance(shown, Card)
    assert shown.image == Image(file="media/heart.png", alt="An organ")
    assert (shown.id, shown.back, shown.reverse, shown.draft) == ("heart", "heart", True, False)
    assert isinstance(heard, Card)
    assert (heard.audio, heard.back, heard.reverse) == ("media/hola-sound.mp3", "hola", False)
    assert codes(found) == {"picture_alone", "one_way"}


@FORMATS
def test_image_occlusion_is_a_picture_card(legacy: bool) -> None:
    with collection_of(MEDIA) as collection:
        add(collection, "Image Occlusion", "D", Header="Parts of the heart", Image='<img src="heart.jpg">',
            Occlusion="{{c1::image-occlusion:rect:left=.1:top=.1:width=.2:height=.2}}",
            Back_Extra="The left one is the aorta.")  # fmt: skip
        found = imported(exported(collection, legacy=legacy))
    card = only(found)
    assert isinstance(card, Card)
    assert (card.front, card.back) == ("Parts of the heart", "The left one is the aorta.")
    assert card.image is not None
    assert codes(found) == {"occlusion", "no_alt"}


def test_a_picture_with_a_note_for_each_hidden_part_is_one_card() -> None:
    """As the older add-on for image occlusion makes them; what is left out is told."""
    names = ["ID (hidden)", "Header", "Image", "Question Mask", "Footer", "Remarks", "Answer Mask"]
    with collection_of(MEDIA) as collection:
        add_type(collection, "IO", names, ("{{Image}}{{Question Mask}}", "{{Image}}{{Remarks}}"))
        for part in "abc":
            add(collection, "IO", "D", **{"ID (hidden)": part}, Header="Heart", Image='<img src="heart.jpg">',
                Question_Mask=f'<img src="{part}.svg">', Remarks="Four chambers.")  # fmt: skip
        found = imported(exported(collection, legacy=True))
    card = only(found)
    assert isinstance(card, Card)
    assert (card.id, card.front, card.back) == ("heart", "Heart", "Four chambers.")
    assert codes(found) == {"occlusion", "same_picture", "no_alt", "unshown_fields"}


OPTIONS = {"Option_A": "Madrid", "Option_B": "Lisbon", "Option_C": "Paris"}


@pytest.mark.parametrize(
    ("said", "right", "multiple"),
    [
        ("A", ["Madrid"], False),
        ("b)", ["Lisbon"], False),
        ("3", ["Paris"], False),
        ("Option B", ["Lisbon"], False),
        ("lisbon", ["Lisbon"], False),
        ("A, C", ["Madrid", "Paris"], True),
        ("AC", ["Madrid", "Paris"], True),
        ("0 1 1", ["Lisbon", "Paris"], True),
    ],
)
def test_option_fields_become_choices(said: str, right: list[str], multiple: bool) -> None:
    """What is right may be said by letter, number, text or a row of ones and zeros."""
    with collection_of({}) as collection:
        fields = [
            "Question",
            "Option A",
            "Option B",
            "Option C",
            "Correct",
            "Explanation",
            "Number",
        ]
        front = "{{Question}}{{Option A}}{{Option B}}{{Option C}}<script>shuffle()</script>"
        add_type(collection, "MCQ", fields, (front, "{{FrontSide}}{{Correct}}<p>{{Explanation}}"))
        add(collection, "MCQ", "D", Question="Capital?", **OPTIONS, Correct=said,
            Explanation="Since 1561.", Number="77")  # fmt: skip
        found = imported(exported(collection, legacy=False))
    item = only(found)
    assert isinstance(item, Choice)
    texts = {option.id: option.text for option in item.options}
    assert [texts[key] for key in item.keys] == right
    assert list(texts.values()) == ["Madrid", "Lisbon", "Paris"]
    assert (item.multiple, item.explain) == (multiple, "Since 1561.")
    assert codes(found) == {"script", "unshown_fields"}


@pytest.mark.parametrize("said", ["", "E", "both", "7"])
def test_options_without_a_clear_key_become_a_card(said: str) -> None:
    with collection_of({}) as collection:
        fields = ["Question", "Option A", "Option B", "Option C", "Correct", "Extra"]
        front = "{{Question}}<br>{{Option A}}<br>{{Option B}}<br>{{Option C}}"
        add_type(collection, "MCQ", fields, (front, "{{Correct}}<br>{{Extra}}"))
        add(collection, "MCQ", "D", Question="Capital?", **OPTIONS, Correct=said, Extra="Madrid.")
        item = only(imported(exported(collection, legacy=True)))
    assert isinstance(item, Card)
    assert item.front == "Capital?\n\nMadrid\n\nLisbon\n\nParis"


MCQ = ["Question", "A", "B", "C", "Answer"]
SHOWN = ("{{Question}}<br>A) {{A}}<br>B) {{B}}<br>C) {{C}}", "{{FrontSide}}<hr>{{Answer}}")


def choice_of(media: dict[str, bytes], **fields: str) -> Imported:
    with collection_of(media) as collection:
        add_type(collection, "MCQ", MCQ, SHOWN)
        add(collection, "MCQ", "D", **fields)
        return imported(exported(collection, legacy=True))


def test_an_unclear_key_is_told() -> None:
    found = choice_of({}, Question="Capital?", A="Rome", B="Oslo", C="Bern", Answer="either")
    assert isinstance(only(found), Card)
    assert codes(found) == {"unclear_key"}


def test_options_that_are_pictures_keep_them() -> None:
    """They are called by what they show, or by a number that tells nothing, which is told."""
    pictures = {f"{one}.png": PNG + one.encode() for one in "abc"}
    found = choice_of(
        pictures, Question="Which is the heart?", A='<img src="a.png">', B='<img src="b.png" alt="A lung">',
        C='<img src="c.png">', Answer="A",
    )  # fmt: skip
    item = only(found)
    assert isinstance(item, Choice)
    assert [(one.text, one.image and one.image.file) for one in item.options] == [
        ("Picture 1", "media/a.png"), ("A lung", "media/b.png"), ("Picture 3", "media/c.png"),
    ]  # fmt: skip
    assert (item.keys, len(found.media)) == (("picture 1",), 3)
    assert codes(found) == {"picture_option", "no_alt"}


@pytest.mark.parametrize(
    ("last", "arrangement", "pin"),
    [("Both A and B", "fixed", ""), ("A and B only", "fixed", ""), ("All of the above", "free", "last"),
     ("None of these", "free", "last"), ("Bern", "free", "")],
)  # fmt: skip
def test_options_that_speak_of_others_keep_their_place(
    last: str, arrangement: str, pin: str
) -> None:
    """As `check` asks for, so that the question is used as it is."""
    item = only(choice_of({}, Question="Capital?", A="Rome", B="Oslo", C=last, Answer="C"))
    assert isinstance(item, Choice)
    assert (item.arrangement, item.options[-1].pin) == (arrangement, pin)
    bank = replace(BANK, items=(item,), passages=())
    assert [
        one.code for one in check(bank) if one.item == item.id and one.severity == "error"
    ] == []


def test_all_of_the_above_among_the_options_stays_where_it_is() -> None:
    item = only(
        choice_of({}, Question="Capital?", A="Rome", B="Both of these", C="Oslo", Answer="B")
    )
    assert isinstance(item, Choice)
    assert item.arrangement == "fixed"


def test_options_of_which_nobody_could_choose_are_a_card() -> None:
    found = choice_of(
        MEDIA, Question="Which?", A="[sound:hola sound.mp3] x", B="x", C="y", Answer="C"
    )
    assert isinstance(only(found), Card)
    assert "no_choice" in codes(found)


@pytest.mark.parametrize(
    ("said", "texts", "right"),
    [
        ("dad", "w x y z", ()),
        ("DAD", "w x y z", ()),
        ("bad", "Good Worse Fair Best", ()),
        ("a, d", "w x y z", ("Option 1", "Option 4")),
        ("10", "a b c d e f g h i j k l", ("Option 10",)),
        ("10", "w x", ("Option 1",)),
        ("1", "3 1 2 7", ()),
        ("7", "3 1 2 7", ("Option 4",)),
    ],
)
def test_a_word_or_number_is_no_key_by_chance(
    said: str, texts: str, right: tuple[str, ...]
) -> None:
    """Letters need capitals or signs between them, ones and zeros signs or one for each option."""
    options = {f"Option {place}": text for place, text in enumerate(texts.split(), 1)}
    found = choice_fields({"Question": "Which?", **options, "Correct": said})
    assert (found.rights if found else ()) == right


def test_the_note_type_of_single_and_multiple_choice_is_known() -> None:
    """Options in numbered fields, their key as a row of ones and zeros, the kind of choice in a field."""
    names = [
        "Question",
        "Title",
        "QType (0=kprim,1=mc,2=sc)",
        "Q_1",
        "Q_2",
        "Q_3",
        "Q_4",
        "Answers",
        "Extra 1",
    ]
    rows = (
        ["Even?", "", "1", "2", "3", "4", "", "1 0 1 0", "Halve it."],
        ["Largest?", "", "2", "2", "3", "4", "", "0 0 1", ""],
    )
    with collection_of({}) as collection:
        sides = (
            "{{Question}}{{Title}}{{Q_1}}{{Q_2}}{{Q_3}}{{Q_4}}{{Answers}}",
            "{{FrontSide}}{{Extra 1}}",
        )
        add_type(collection, "AllInOne", names, sides)
        for row in rows:
            model = collection.models.by_name("AllInOne")
            assert model is not None
            note = collection.new_note(model)
            note.fields = row
            collection.add_note(note, collection.decks.id("D"))  # type: ignore[arg-type]
        found = imported(exported(collection, legacy=False))
    keys = [
        (i.stem, i.keys, i.multiple, i.explain) for i in found.bank.items if isinstance(i, Choice)
    ]
    assert keys == [("Even?", ("2", "4"), True, "Halve it."), ("Largest?", ("4",), False, "")]


def test_a_front_that_is_gone_makes_a_draft() -> None:
    """Nothing that could be asked is left; what answers is kept for the author."""
    found = imported(
        genanki_package(('<img src="gone.png">', "back"), ("<script>x</script>", "other"))
    )
    cards = [(i.front, i.back, i.draft) for i in found.bank.items if isinstance(i, Card)]
    assert cards == [("", "back", True), ("", "other", True)]
    assert codes(found) == {"no_question", "missing_media"}
    assert "back: back" in "".join(question_files(found.bank).values())


def test_each_card_that_asks_for_something_else_is_an_item() -> None:
    """A note type with three templates; the third asks what the first two do not."""
    with collection_of({}) as collection:
        sides = [
            ("{{Word}}", "{{Meaning}}"),
            ("{{Meaning}}", "{{Word}}"),
            ("{{Sound}}", "{{Word}}"),
        ]
        add_type(collection, "Vocabulary", ["Word", "Meaning", "Sound"], *sides)
        add(collection, "Vocabulary", "D", Word="perro", Meaning="dog", Sound="PEH-rroh")
        found = imported(exported(collection, legacy=True))
    cards = [(i.front, i.back, i.reverse) for i in found.bank.items if isinstance(i, Card)]
    assert cards == [("perro", "dog", True), ("PEH-rroh", "perro", False)]


def test_an_answer_with_an_example_is_not_turned_round() -> None:
    """Turned round, the example would show the word that is asked for; what only explains may stay."""
    with collection_of({}) as collection:
        for name, more in (("Example", "El perro ladra."), ("Notes", "A noun.")):
            sides = [
                ("{{Word}}", f"{{{{Meaning}}}}{{{{{name}}}}}"),
                ("{{Meaning}}", f"{{{{Word}}}}{{{{{name}}}}}"),
            ]
            add_type(collection, f"With {name}", ["Word", "Meaning", name], *sides)
            add(
                collection,
                f"With {name}",
                "D",
                Word="perro",
                Meaning=f"dog ({name})",
                **{name: more},
            )
        found = imported(exported(collection, legacy=True))
    cards = [(i.front, i.back, i.reverse) for i in found.bank.items if isinstance(i, Card)]
    assert cards == [
        ("perro", "dog (Example)\n\nEl perro ladra.", False),
        ("dog (Example)", "perro\n\nEl perro ladra.", False),
        ("perro", "dog (Notes)", True),
    ]


def test_markup_has_its_counterpart_and_scripts_vanish() -> None:
    """Tables, lists, code, links and formulas; nothing that acts, no HTML, few backslashes; one line is no list."""
    front = (
        "<p>See <a href='https://example.org/a_b' onclick='x()'>this</a>, <a href='javascript:x'>not that</a>"
        "<script>alert(1)</script><style>b{}</style><table><tr><th>a</th><th>b</th></tr><tr><td>1</td>"
        "<td>2 | 3</td></tr></table><pre><code class='language-py'>if x:\n  y</code></pre><!-- z -->"
        "<ol><li>one<ul><li>deep</li></ul></li><li>two</li></ol>"
    )
    back = r"* no list, 1 &lt; 2 &amp; 3, $5 and $6, H<sub>2</sub>O, [$]x^2[/$] and \(y_1\)"
    card = only(imported(genanki_package((front, back))))
    assert isinstance(card, Card)
    assert card.front == (
        "See [this](https://example.org/a_b), not that\n\n| a | b |\n| --- | --- |\n| 1 | 2 \\| 3 |\n\n"
        "```py\nif x:\n  y\n```\n\n1. one\n   - deep\n2. two"
    )
    assert card.back == r"* no list, 1 < 2 & 3, $5 and $6, H₂O, $x^2$ and $y_1$"


@given(st.lists(anki_texts(), min_size=1, max_size=4))
def test_any_text_keeps_its_words(texts: list[str]) -> None:
    """Whatever stands in a basic note as text, the question shows the same words."""
    words = [text for text in texts if seen(escape(text))]
    package = genanki_package(*((escape(text), "back") for text in words))
    found = imported(package)
    assert sorted(seen(to_html(front(item), math="anki")) for item in found.bank.items) == sorted(
        seen(escape(text)) for text in words
    )


def front(item: Item) -> str:
    assert isinstance(item, Card)
    return item.front


def seen(html: str) -> str:
    """The signs that a reader sees, in order: spaces and their like aside."""
    return "".join(unicodedata.normalize("NFKC", visible(tree(html))).split())
