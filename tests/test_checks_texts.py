"""The rules of texts and pictures: what no product shows, and what would give an answer away."""

from fractions import Fraction

import msgspec
import pytest

from quizgen.checks.catalogue import check
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Cloze,
    Entry,
    Gap,
    Image,
    Item,
    Number,
    Option,
    Passage,
    TrueFalse,
)


def bank_of(*items: Item) -> Bank:
    return Bank(name="b", title="B", items=items)


def found(*items: Item) -> list[tuple[str, str | None, str | None]]:
    return [(one.code, one.item, one.field) for one in check(bank_of(*items))]


@pytest.mark.parametrize(
    "text", ["![A map](media/map.png)", "See:\n\n- ![a *map*][m]\n\n[m]: map.png", "Now![x](y)"]
)
def test_a_picture_does_not_stand_in_a_text(text: str) -> None:
    assert found(Card(id="c", front=text, back="b")) == [("image_in_text", "c", "front")]
    passage = Passage(id="p", text=text)
    problems = check(Bank(name="b", title="B", passages=(passage,)))
    assert [(one.code, one.item, one.field) for one in problems] == [
        ("image_in_text", "p", "passage")
    ]


@pytest.mark.parametrize("text", ["`![A map](map.png)`", "so:\n\n    ![a](b)", "![a]", "a! [b](c)"])
def test_what_only_looks_like_a_picture_is_none(text: str) -> None:
    assert found(Card(id="c", front=text, back="b")) == []


@pytest.mark.parametrize("command", ["href", "url", "class", "cssId", "style", "data", "require"])
@pytest.mark.parametrize("text", ["It is $x\\{}{{a}}$.", "$$\nx \\\\ \\{}{{a}}{{b}}\n$$"])
def test_a_formula_neither_links_nor_loads(text: str, command: str) -> None:
    (problem,) = check(bank_of(Card(id="c", front="a", back=text.format(command))))
    assert (problem.code, problem.field) == ("formula_command", "back")
    assert f"\\{command}:" in problem.message


@pytest.mark.parametrize(
    "text", [r"$\\url$", r"$\classify$", r"`$\url{a}$`", r"\url{a}", r"\$\data\$", r"$\frac{1}{2}$"]
)
def test_other_formulas_and_other_texts_are_left_alone(text: str) -> None:
    assert found(Card(id="c", front=text, back="b")) == []


def test_the_words_of_a_picture_do_not_hold_the_answer() -> None:
    """As whole words, folded; of a choice, only if no other option is there as well."""

    def told(item: Item, alt: str) -> bool:
        problems = check(bank_of(msgspec.structs.replace(item, image=Image(file="a.png", alt=alt))))
        assert all(one.severity == "warning" for one in problems)
        return ("alt_tells_answer", "image.alt") in {(one.code, one.field) for one in problems}

    river = Entry(id="e", stem="Which river?", accept=("the Rhône", "Rotten"))
    assert told(river, "A map of the RHONE, from its source")
    assert told(river, "A rotten bridge")
    assert not told(river, "The Rhônes of this world")
    assert not told(river, "A winding river")
    gaps = Cloze(id="z", parts=("The ", Gap(number=1, accept=("left", "port")), " side."))
    assert told(gaps, "A ship in port.")
    assert told(Card(id="c", front="Which?", back="**Lake Ladoga**"), "Lake Ladoga from above")
    hour = Number(id="n", stem="How late?", value=Fraction(12), text="12")
    assert told(hour, "A clock at 12")
    assert not told(hour, "A sum of 1200")
    options = (Option(id="heron", text="heron"), Option(id="stork", text="stork"))
    bird = Choice(id="q", stem="Which?", options=options, keys=("heron",))
    assert told(bird, "A heron by a pond")
    assert not told(bird, "A stork")
    assert not told(bird, "A heron beside a stork")
    assert not told(TrueFalse(id="t", statement="It is true.", answer=True), "True")
