"""What stands in a foreign template around its fields, as the real Anki shows it, is asked, too."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.imports.anki.collection import Template
from quizgen.imports.anki.templates import sides
from quizgen.imports.html import tree, visible
from quizgen.markup import to_text
from quizgen.model import Card, Choice, Cloze, Entry
from tests.anki_foreign import add, add_type, collection_of, exported, imported
from tests.anki_samples import PNG
from tests.strategies import anki_sides
from tests.test_import_foreign import codes, only

FRANCE = {"Country": "France", "Capital": "Paris"}


def cards_of(*templates: tuple[str, str], **fields: str) -> list[tuple[str, str, bool]]:
    """Front, back and reverse of the cards that a note of these fields becomes."""
    with collection_of({"flag.png": PNG}) as collection:
        add_type(collection, "T", [name.replace("_", " ") for name in fields], *templates)
        add(collection, "T", "World::Europe", "geo", **fields)
        found = imported(exported(collection, legacy=True))
    return [(one.front, one.back, one.reverse) for one in found.bank.items if isinstance(one, Card)]


def test_the_words_of_a_template_ask() -> None:
    """Two templates that ask in words of their own are two questions, and none is turned round."""
    asked = cards_of(
        ("What is the capital of {{Country}}?", "{{FrontSide}}<hr id=answer>{{Capital}}"),
        ("<b>{{Capital}}</b> is the capital of<br>which country?", "{{FrontSide}}<hr id=answer>{{Country}}"),
        **FRANCE,
    )  # fmt: skip
    assert asked == [
        ("What is the capital of France?", "Paris", False),
        ("**Paris** is the capital of\n\nwhich country?", "France", False),
    ]


def test_the_same_words_on_both_sides_are_turned_round() -> None:
    asked = cards_of(
        ("Country: {{Country}}", "Capital: {{Capital}}"),
        ("Capital: {{Capital}}", "{{FrontSide}}<hr id=answer>Country: {{Country}}"),
        **FRANCE,
    )
    assert asked == [("Country: France", "Capital: Paris", True)]


@pytest.mark.parametrize(
    ("front", "back", "asked", "answered"),
    [
        ("{{Country}}", "What is the capital of {{Country}}?<hr>{{Capital}}",
         "France", "What is the capital of France?\n\nParis"),
        ("Capital of <i>{{Country}}</i>?", "Capital of {{Country}}?<hr>It is {{Capital}}.",
         "Capital of *France*?", "It is Paris."),
        ("{{#Capital}}Capital of {{Country}}?{{/Capital}}{{^Capital}}No capital?{{/Capital}}",
         "{{Capital}}", "Capital of France?", "Paris"),
        ("Where? {{Subdeck}} <div>{{Deck}}</div>{{Country}}<!-- {{Capital}} no -->",
         "{{Capital}}", "Where? Europe\n\nFrance", "Paris"),
        ("<script>hide()</script><style>.card{}</style>{{Country}}<p>{{Tags}}</p>", "{{Capital}}",
         "France", "Paris"),
        ("Question: {{Country}}", "<h2>Answer</h2>{{Capital}}", "France", "Paris"),
        ("<table><tr><td>Land</td><td>{{text:Country}}</td></tr></table>", "{{Capital}}",
         "Land France", "Paris"),
        ("{{Country}}", "{{Capital}}<footer>Made by somebody</footer>", "France", "Paris"),
        ('Whose flag? <img src="flag.png">{{#Country}}<br>In {{Subdeck}}{{/Country}}', "{{Country}}", "Whose flag?\n\nIn Europe", "France"),
        ("Spell {{tts en_US:Country}}what you hear [anki:tts lang=en]secret {{Capital}}[/anki:tts]",
         "{{Country}}", "Spell what you hear", "France"),
    ],
)  # fmt: skip
def test_what_a_template_says(front: str, back: str, asked: str, answered: str) -> None:
    assert cards_of((front, back), **FRANCE) == [(asked, answered, False)]


def test_what_is_left_out_of_a_template_is_told() -> None:
    """Words that only name a side or a field that is empty, what is read aloud, and readings."""
    with collection_of({}) as collection:
        add_type(collection, "T", ["Word", "Sense", "IPA"],
                 ("Q: {{furigana:Word}} {{tts ja_JP:Word}}", "{{Sense}}<br>Pronounced: {{IPA}}"))  # fmt: skip
        add(collection, "T", "D", Word=" 漢字[かんじ]", Sense="letters")
        found = imported(exported(collection, legacy=True))
    card = only(found)
    assert isinstance(card, Card)
    assert (card.front, card.back) == ("漢字(かんじ)", "letters")
    assert codes(found) == {"label", "speech", "ruby"}


def test_a_side_that_a_script_writes_has_the_fields_of_the_script() -> None:
    with collection_of({}) as collection:
        front = "<div id=q data-text='{{A}}'></div>{{^A}}{{C}}{{/A}}<script>show('{{B}}')</script>"
        add_type(collection, "T", ["A", "B", "C"], (f"{front}{{{{#C}}}}{{{{/C}}}}", "{{C}}"))
        add(collection, "T", "D", A="one", B="two", C="three")
        found = imported(exported(collection, legacy=True))
    card = only(found)
    assert isinstance(card, Card)
    assert (card.front, card.back) == ("one\n\ntwo", "three")
    assert codes(found) == {"script"}


def test_words_after_the_answer_explain() -> None:
    with collection_of({}) as collection:
        add_type(collection, "T", ["A", "B", "Notes"],
                 ("Say {{A}}", "{{B}}<br>Mind: {{Notes}}<p>See the book.</p>"))  # fmt: skip
        add(collection, "T", "D", A="one", B="uno", Notes="masculine")
        card = only(imported(exported(collection, legacy=True)))
    assert isinstance(card, Card)
    assert (card.back, card.explain) == ("uno", "Mind: masculine\n\nSee the book.")


def test_a_typed_answer_keeps_the_words_around_it() -> None:
    with collection_of({}) as collection:
        add_type(collection, "T", ["A", "B"], ("Past tense of <i>{{A}}</i>:<br>{{type:B}}", "{{FrontSide}}<hr id=answer>Irregular."))  # fmt: skip
        add(collection, "T", "D", A="go", B="went")
        item = only(imported(exported(collection, legacy=True)))
    assert isinstance(item, Entry)
    assert (item.stem, item.accept, item.explain) == (
        "Past tense of *go*:",
        ("went",),
        "Irregular.",
    )


def test_words_around_a_cloze_stand_around_it() -> None:
    """And all fields with gaps are in it, whatever their names."""
    with collection_of({}) as collection:
        model = collection.models.by_name("Cloze")
        assert model is not None
        collection.models.add_field(model, collection.models.new_field("More"))
        model["tmpls"][0]["qfmt"] = "Fill in.<hr>Nature: {{cloze:Text}}<br>{{cloze:More}}"
        model["tmpls"][0]["afmt"] = "{{cloze:Text}}<br>{{cloze:More}}<br>From: {{Back Extra}}"
        collection.models.update_dict(model)
        add(collection, "Cloze", "D", Text="{{c1::Ice}} floats.", More="It is {{c2::light}}.",
            Back_Extra="a book")  # fmt: skip
        item = only(imported(exported(collection, legacy=True)))
    assert isinstance(item, Cloze)
    shown = "".join(one if isinstance(one, str) else f"[{one.accept[0]}]" for one in item.parts)
    assert (item.stem, shown) == ("Fill in.", "Nature: [Ice] floats.\n\nIt is [light].")
    assert item.explain == "From: a book"


def test_a_second_card_of_a_choice_is_asked_as_well() -> None:
    with collection_of({}) as collection:
        options = "{{A}}<br>{{B}}"
        add_type(collection, "MCQ", ["Question", "A", "B", "Answer", "Term"],
                 (f"{{{{Question}}}}<br>{options}", "{{Answer}}"),
                 ("What does {{Term}} mean?", "{{Question}}"))  # fmt: skip
        add(
            collection,
            "MCQ",
            "D",
            Question="Frozen water",
            A="ice",
            B="dew",
            Answer="A",
            Term="ice",
        )
        first, second = imported(exported(collection, legacy=True)).bank.items
    assert isinstance(first, Choice)
    assert (first.stem, first.keys) == ("Frozen water", ("ice",))
    assert isinstance(second, Card)
    assert (second.front, second.back) == ("What does ice mean?", "Frozen water")


# --- Against the real Anki -----------------------------------------------------------------------

VALUES = st.sampled_from(
    ("", " ", "<br>", "<div></div>", "&nbsp;", "said", "<b>sa</b>id", "x &amp; y")
)


@given(
    front=anki_sides("ABC", "front"),
    back=anki_sides("ABCD", "back"),
    values=st.fixed_dictionaries(dict.fromkeys("BCD", VALUES)),
)
def test_a_front_says_what_anki_shows(front: str, back: str, values: dict[str, str]) -> None:
    """In the same order, whatever conditions hold; and no word of the back is lost, either."""
    fields = {
        "A": "always",
        **{name: text.replace("said", f"said{name}") for name, text in values.items()},
    }
    with collection_of({}) as collection:
        add_type(
            collection, "T", list("ABCD"), (f"{{{{A}}}}<br>{front}", f"{{{{FrontSide}}}}<hr>{back}")
        )
        add(collection, "T", "D", **fields)
        (number,) = collection.find_notes("")
        (card,) = collection.get_note(number).cards()
        said = card.render_output()
        item = only(imported(exported(collection, legacy=True)))
    assert isinstance(item, Card)
    asked = words(said.question_text)
    assert list(dict.fromkeys(to_words(item.front))) == list(dict.fromkeys(asked))
    told = {*to_words(item.front), *to_words(item.back), *to_words(item.explain)}
    assert told == {*asked, *words(said.answer_text)}


def words(html: str) -> list[str]:
    return re.findall(r"\w+", visible(tree(html)))


def to_words(text: str) -> list[str]:
    return re.findall(r"\w+", to_text(text))


@given(html=st.lists(st.sampled_from(
    ("{{", "}}", "{{#A}}", "{{/A}}", "{{^A}}", "{{A}}", "{{cloze:A}}", "<b", ">", "<br>", "<!--", "-->", "{{=<% %>=}}",
     "\U00100000", "<script>", "[anki:tts", "]")), max_size=12).map("".join))  # fmt: skip
def test_no_template_raises(html: str) -> None:
    sides(Template("x", html, html), {"A": "a", "Tags": ""})
