"""Long texts of an import stand over several lines in the file and say what they said."""

from hypothesis import given
from hypothesis import strategies as st

from quizgen.imports.wrapping import wrapped
from quizgen.markup import to_html, to_text

BLOCKS = ("-", "+", "*", "#", ">", "1.", "12)", "|", "~~~", "===", "---", "\\", "[a]: b")
PROSE = ("word", "a", "of", "**bold**", "_soft_", "[link](https://example.org/a)", "{{c1::gap::hint}}",
         "\\*", "<b>", "&amp;", "x" * 120, "水", "שלום", "\u00a0", "well-known")  # fmt: skip
WHOLE = ("$5", "$x$", "`code`")
PIECES = st.sampled_from(BLOCKS + PROSE)
LINES = st.lists(PIECES, min_size=1, max_size=60).map(" ".join) | st.lists(
    PIECES | st.sampled_from(WHOLE), min_size=1, max_size=20
).map(" ".join)
TEXTS = st.lists(LINES, min_size=1, max_size=4).map("\n\n".join)


@given(text=TEXTS)
def test_a_wrapped_text_says_the_same(text: str) -> None:
    """A product shows the same words in the same blocks; nothing but spaces became line ends."""
    lines = wrapped(text)
    assert lines.split() == text.split()
    assert " ".join(to_html(lines, math="anki").split()) == " ".join(
        to_html(text, math="anki").split()
    )
    assert to_text(lines).split() == to_text(text).split()


@given(text=TEXTS)
def test_wrapping_twice_is_wrapping_once(text: str) -> None:
    assert wrapped(wrapped(text)) == wrapped(text)


def test_a_paragraph_of_prose_is_wrapped() -> None:
    """No line goes beyond column 96."""
    lines = wrapped(" ".join(["The lake holds a fifth of all liquid fresh water."] * 6))
    assert len(lines.splitlines()) > 2
    assert max(map(len, lines.splitlines())) <= 96
