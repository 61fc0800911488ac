"""The rules of questions: each finds what it is for, names item and field, and stays silent else."""

import re
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given

from quizgen.checks.catalogue import ITEM_RULES, RULES, check
from quizgen.model import (
    Arrangement,
    Band,
    Bank,
    Card,
    Choice,
    Citation,
    Criterion,
    Document,
    Entry,
    Image,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Pair,
    Tolerance,
    TrueFalse,
)
from quizgen.problem import Problem
from tests.strategies import scored_items


def bank(*items: Item) -> Bank:
    return Bank(name="b", title="B", items=items, documents=(Document(name="doc", title="Doc"),))


OF_ITEMS = {rule.__name__ for rule in ITEM_RULES}
"""Rules of an item by itself, which tests/test_rules.py holds against their cases."""


def problems(*items: Item) -> list[Problem]:
    return [one for one in check(bank(*items)) if one.code not in OF_ITEMS]


def found(*items: Item) -> list[tuple[str, str | None, str | None]]:
    """Code, item and field, without the place within it, which tests/test_rules.py looks at."""
    return [
        (one.code, one.item, re.sub(r"^(options|bands)\.\d+$", r"\1", one.field or "") or None)
        for one in problems(*items)
    ]


def codes(*items: Item) -> set[str]:
    return {one.code for one in problems(*items)}


def option(text: str, pin: str = "") -> Option:
    assert pin in {"", "first", "last"}
    return Option(id=text.casefold(), text=text, pin=pin)  # type: ignore[arg-type]


def choice(
    *options: Option | str,
    stem: str = "Which one is meant here?",
    arrangement: Arrangement = "free",
    keys: int = 1,
) -> Choice:
    """A choice whose first options are the keys."""
    row = tuple(option(one) if isinstance(one, str) else one for one in options)
    return Choice(
        id="q",
        stem=stem,
        options=row,
        keys=tuple(one.id for one in row[:keys]),
        multiple=keys > 1,
        arrangement=arrangement,
    )


@given(scored_items())
def test_plain_questions_have_no_problem(item: Item) -> None:
    assert found(item) == []


def test_every_rule_has_its_own_name() -> None:
    assert len({rule.__name__ for rule in RULES}) == len(RULES)


# --- Options -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "All of the above",
        "none of the above.",
        "None of these",
        "None of the other answers",
        "Both of these",
        "Neither of the above",
        "All of the above are correct",
        "All the answers above",
        "Keine der oben genannten",
        "Ninguna de las anteriores",
        "以上都是",
    ],
)
def test_all_or_none_of_the_above_must_be_pinned_last(text: str) -> None:
    said = ("unpinned_all_or_none", "q", "options")
    assert found(choice("heron", text, "stork")) == [said]
    assert found(choice("heron", option(text, pin="first"), "stork")) == [said]
    assert found(choice("heron", option(text, pin="last"), "stork")) == []
    assert found(choice("heron", text, "stork", arrangement="fixed")) == [said]
    assert found(choice("heron", "stork", text, arrangement="fixed")) == []
    both = choice("heron", "stork", "All of these", text, arrangement="fixed")
    assert found(both) == []


@pytest.mark.parametrize(
    "text",
    [
        "All of them",
        "None",
        "Both",
        "None of the three ships",
        "All the king's men",
        "Any of the gases",
    ],
)
def test_an_answer_about_all_or_none_of_something_is_no_reference(text: str) -> None:
    assert found(choice("heron", text, "stork")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Both A and B",
        "both A and B",
        "Neither A nor C.",
        "A, B and C only",
        "Options A and B",
        "All but C",
        "The first two",
        "Both of the first two options",
        "The first and the third",
        "the last option",
    ],
)
def test_an_option_that_is_shuffled_speaks_of_no_places(text: str) -> None:
    said = ("position_reference", "q", "options")
    assert found(choice("heron", "stork", "crane", text)) == [said]
    pinned = choice("heron", "stork", "crane", option(text, pin="last"))
    assert found(pinned) == [said], "the options that it cites still move"
    assert found(choice("heron", "stork", "crane", text, arrangement="fixed")) == []
    still = [option(bird, pin="first") for bird in ("heron", "stork", "crane")]
    assert found(choice(*still, option(text, pin="last"))) == []


@pytest.mark.parametrize(
    ("stem", "text"),
    [
        ("Let A and B be sets. What is larger?", "Both A and B"),
        ("Which vitamins dissolve in fat?", "A and D"),
        ("Which blood groups can receive it?", "A"),
        ("Which amendments were these?", "The first ten"),
        ("What did he sing?", "Both a song and a hymn"),
        ("Which ones does he speak of?", "The first two emperors"),
    ],
)
def test_letters_that_mean_something_are_no_places(stem: str, text: str) -> None:
    assert found(choice("heron", "stork", "crane", text, stem=stem)) == []


@pytest.mark.parametrize(
    "text", ["I and II", "I, II and IV", "II only", "both I and III", "A and F only"]
)
def test_what_an_option_cites_is_in_the_question(text: str) -> None:
    said = ("dangling_reference", "q", "options")
    assert said in found(choice("heron", "stork", "crane", text, arrangement="fixed"))
    statements = "Which hold?\n\nI. One\nII. Two\nIII. Three\nIV. Four\n\nA: x, F: y"
    assert found(choice("heron", "stork", text, stem=statements, arrangement="fixed")) == []


def test_an_option_may_be_a_numeral_or_the_word_i() -> None:
    assert found(choice("I", "you", "we", stem="Which pronoun is it?")) == []
    assert found(choice("IV", "VI", "XI", stem="Which is four?")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0.5", "1/2"),
        ("1/2", "50 %"),
        ("1,400", "1400"),
        ("1e3", "1000"),
        ("2 million", "2,000,000"),
        ("31 January 2024", "2024-01-31"),
    ],
)
def test_two_options_are_not_one_value(one: str, other: str) -> None:
    assert found(choice(one, "7", other)) == [("equal_numeric_options", "q", "options")]
    order = Order(id="o", stem="Order.", sequence=(option(one), option(other)))
    assert found(order) == [("equal_numeric_options", "o", "order")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("7", "007"), ("5 km", "5 m"), ("over 100", "100"), ("heron 1", "heron 1.0"), ("3", "-3")],
)
def test_what_only_looks_alike_is_not_one_value(one: str, other: str) -> None:
    assert found(choice(one, other, "heron")) == []


def test_of_all_that_are_one_half_several_are_right() -> None:
    assert found(choice("0.5", "50 %", "0.7", keys=2)) == []
    assert found(choice("0.5", "0.7", "50 %", keys=2)) != []


def test_a_fraction_may_be_matched_with_its_percentage() -> None:
    pairs = (
        Pair(left=option("1/2"), right=option("50 %")),
        Pair(left=option("1/4"), right=option("25 %")),
    )
    assert found(Match(id="m", stem="Match.", pairs=pairs)) == []
    twice = Match(id="m", stem="Match.", pairs=pairs, extra=(option("0.5"),))
    assert found(twice) == [("equal_numeric_options", "m", "match")]


@pytest.mark.parametrize(("one", "other"), [("*salt*", "_salt_"), ("salt", "Salt."), ("\\*", "*")])
def test_two_options_do_not_look_the_same_in_print(one: str, other: str) -> None:
    first, second = Option(id="one", text=one), Option(id="two", text=other)
    assert found(choice(first, second)) == [("duplicate_options", "q", "options")]


def test_pictures_tell_options_apart() -> None:
    pictures = [
        Option(id=name, text="", image=Image(file=f"{name}.png", alt=name)) for name in "ab"
    ]
    assert found(choice(*pictures)) == []


# --- Answers -------------------------------------------------------------------------------------


def test_as_many_answers_as_blanks() -> None:
    stem = "The ____ eats the ____."
    said = ("blank_count", "e", "accept")
    assert found(Entry(id="e", stem=stem, accept=("cat",))) == [said]
    assert found(Entry(id="e", stem=stem, accept=("cat, mouse, bird",), kind="list")) == [said]
    assert found(Entry(id="e", stem=stem, accept=("cat; mouse",), kind="list")) == []
    assert found(Entry(id="e", stem="The ____ ____ eats.", accept=("big cat",))) == []
    assert found(choice("cat; mouse", "dog; cat", stem=stem)) == []
    assert found(choice("cat; mouse", "dog", stem=stem)) == [("blank_count", "q", "options")]
    assert found(choice("cat and mouse", "dog and cat", stem=stem)) == []


def number(value: int, tolerance: str = "", **more: object) -> Number:
    """`tolerance` such as "5" or "2 %"."""
    amount = Fraction(tolerance.removesuffix(" %")) if tolerance else None
    relative = tolerance.endswith("%")
    given_one = (
        None
        if amount is None
        else Tolerance(amount=amount / 100 if relative else amount, relative=relative)
    )
    values = {"id": "n", "stem": f"How many? {more.get('id', '')}", **more}
    return Number(value=Fraction(value), text=str(value), tolerance=given_one, **values)  # type: ignore[arg-type]


def test_a_tolerance_holds_neither_nought_nor_a_band() -> None:
    said = [("tolerance_swallows", "n", "tolerance")]
    assert found(number(10, "100 %")) == found(number(-3, "120 %")) == said
    assert found(number(10, "9 %")) == found(number(0, "5")) == found(number(10)) == []
    assert found(number(-1, "2", unit="degrees")) == []
    band = Band(tolerance=Tolerance(amount=Fraction(1)), share=Fraction(1, 2))
    assert found(number(10, "1", bands=(band,))) == [("tolerance_swallows", "n", "bands")]
    assert found(number(10, "0.5", bands=(band,))) == []


def test_a_tolerance_holds_no_neighbours_answer() -> None:
    """Numbers of the same paragraph and unit, or figures of its own citation, tell apart."""
    cited = Citation(document="doc", paragraphs=(14,), derived="said there")
    near, far = number(178, id="near", source=cited), number(140, id="far", source=cited)
    said = ("tolerance_swallows", "n", "tolerance")
    assert found(number(181, "5", source=cited), near, far) == [said]
    assert found(number(181, "2", source=cited), near, far) == []
    assert found(number(181, "5", source=cited, unit="km"), near) == []
    elsewhere = Citation(document="doc", paragraphs=(15,), derived="said there")
    assert found(number(181, "5", source=elsewhere), near) == []
    figures = Citation(document="doc", paragraphs=(1,), terms=("181", "178", "2021"))
    assert found(number(181, "5", source=figures)) == [said]
    assert found(number(181, "2", source=figures)) == []


def test_the_same_question_stands_once() -> None:
    first = TrueFalse(id="a", statement="Ice floats.", answer=True)
    again = TrueFalse(id="b", statement="ice  floats", answer=True)
    assert found(first, again) == [("same_stem_same_key", "b", "statement")]
    assert found(first, TrueFalse(id="b", statement="Ice floats.", answer=False)) == []
    picture = Image(file="a.png", alt="A")
    assert (
        found(first, TrueFalse(id="b", statement="Ice floats.", answer=True, image=picture)) == []
    )
    retired = TrueFalse(id="b", statement="Ice floats.", answer=True, retired="A twin.")
    assert found(first, retired) == []
    card = Card(id="c", front="Ice floats.", back="True")
    assert found(first, card) == []


def test_the_order_of_distractors_makes_no_other_question() -> None:
    def one(name: str, *options: str) -> Choice:
        row = tuple(map(option, options))
        return Choice(id=name, stem="Which?", options=row, keys=("a1",))

    twins = one("x", "A1", "B1", "C1"), one("y", "C1", "B1", "A1")
    assert found(*twins) == [("same_stem_same_key", "y", "stem")]


@pytest.mark.parametrize("points", ["1", "5/2", "4"])
def test_a_rubric_comes_to_the_points_of_its_question(points: str) -> None:
    lines = (Criterion(text="a"), Criterion(text="b", points=Fraction(3, 2)))
    item = Open(id="o", stem="Why?", model="So.", rubric=lines, points=Fraction(points))
    expected = [] if points == "5/2" else [("rubric_total", "o", "points")]
    assert found(item) == expected
    assert found(msgspec.structs.replace(item, rubric=())) == []


# --- Sources, as far as the bank alone can tell --------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "terms"),
    [
        ("181", ("181",)),
        ("1,400", ("1400",)),
        ("Lake Baikal", ("Baikal",)),
        ("Baikal", ("Lake Baikal",)),
        ("15 September 2022", ("September 15, 2022",)),
        ("about 300,000 cases", ("nearly 300,000",)),
    ],
)
def test_the_key_is_among_the_terms(answer: str, terms: tuple[str, ...]) -> None:
    def entry(terms: tuple[str, ...], derived: str = "") -> Entry:
        cited = Citation(document="doc", paragraphs=(1,), terms=terms, derived=derived)
        return Entry(id="e", stem="What is it?", accept=(answer,), source=cited)

    assert found(entry(terms)) == []
    assert found(entry(("something else",))) == [("key_not_in_terms", "e", "source")]
    assert found(entry(())) == []  # as all that a deck gives back: it claims nothing
    assert found(entry((), derived="two less one")) == []


def test_every_part_of_a_key_is_among_the_terms() -> None:
    cited = Citation(document="doc", paragraphs=(1,), terms=("Panama", "2017"))
    pairs = (
        Pair(left=option("Panama"), right=option("2017")),
        Pair(left=option("Nicaragua"), right=option("2021")),
    )
    problems = check(bank(Match(id="m", stem="Match.", pairs=pairs, source=cited)))
    assert [(one.code, '"2021"' in one.message) for one in problems] == [("key_not_in_terms", True)]


def test_a_claim_says_whose_it_is() -> None:
    def claim(statement: str) -> TrueFalse:
        return TrueFalse(id="t", statement=statement, answer=True, claim=True)

    assert found(claim("The bridge is a miracle.")) == [("unattributed_claim", "t", "statement")]
    assert found(claim("According to the builder, the bridge is a miracle.")) == []


# --- Which items, and what they ignore -----------------------------------------------------------


def test_drafts_and_retired_items_are_left_alone() -> None:
    broken = choice("heron", "All of the above", "stork")
    assert found(msgspec.structs.replace(broken, draft=True)) == []
    assert found(msgspec.structs.replace(broken, retired="Old.")) == []


def test_an_item_silences_a_rule_with_a_reason() -> None:
    broken = choice("heron", "All of the above", "Both A and B")
    assert codes(broken) == {"unpinned_all_or_none", "position_reference"}
    reason = {"position_reference": "The letters are those of the figure."}
    assert codes(msgspec.structs.replace(broken, ignore=reason)) == {"unpinned_all_or_none"}


def test_every_problem_has_a_sentence_and_a_fix() -> None:
    problems: list[Problem] = [
        *check(bank(choice("heron", "All of the above", "Both A and B", "0.5", "1/2"))),
        *check(bank(number(10, "100 %"))),
    ]
    assert problems
    for one in problems:
        assert one.item
        assert one.field
        assert one.message.endswith((".", '"'))
        assert one.fix.endswith((".", "}."))
