"""How the text of a cloze is parted into gaps: what is an answer, a hint, a number, and what a brace."""

import pytest

from quizgen.bank.cloze import ClozeError, cloze_parts
from quizgen.model import Gap


def gap(number: int, *accept: str, hint: str = "") -> Gap:
    return Gap(number=number, accept=accept, hint=hint)


PARTED: dict[str, tuple[str | Gap, ...]] = {
    "It is {{c1::$x^{2}$}}.": ("It is ", gap(1, "$x^{2}$"), "."),
    "It is {{x^{2}}}.": ("It is ", gap(1, "x^{2}"), "."),
    r"Half is {{$\frac{1}{2}$|0.5::of one}}": ("Half is ", gap(1, r"$\frac{1}{2}$", "0.5", hint="of one")),
    r"{{a\|b|c}}": (gap(1, "a|b", "c"),),
    "{{c1::std::vector::a class}}": (gap(1, "std::vector", hint="a class"),),
    "{{ c2:: west | West :: a side }}": (gap(2, "west", "West", hint="a side"),),
    "{{c3::a}} {{c1::b}} {{c}}": (gap(3, "a"), " ", gap(1, "b"), " ", gap(4, "c")),
    "{{a}}{{b}}": (gap(1, "a"), gap(2, "b")),
    r"\{{no gap}}, {{a}}": ("{{no gap}}, ", gap(1, "a")),
    r"A set {1, 2} is {{\{1\}|one}}": ("A set {1, 2} is ", gap(1, r"\{1\}", "one")),
}  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), PARTED.items())
def test_a_text_is_parted_so(text: str, parts: tuple[str | Gap, ...]) -> None:
    assert cloze_parts(text) == parts


def test_a_new_gap_takes_no_number_that_one_had_in_an_earlier_deck() -> None:
    assert cloze_parts("{{a}} {{c2::b}}", above=5) == (gap(6, "a"), " ", gap(2, "b"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("An {{open gap.", 'The gap "{{open gap." is not closed.'),
        ("{{$x^{2$}}", 'The gap "{{$x^{2$}}" is not closed.'),
        ("{{a||b}}", 'The gap "{{a||b}}" has no answer.'),
        ("{{::a hint}}", 'The gap "{{::a hint}}" has no answer.'),
        ("{{c1::a}} {{c1::b}}", "Two gaps have the number 1."),
        ("{{c0::a}}", "Gaps are counted from 1 to 999."),
    ],
)
def test_what_is_no_gap_is_told(text: str, said: str) -> None:
    with pytest.raises(ClozeError) as error:
        cloze_parts(text)
    assert str(error.value) == said
