"""A question's own tags on the back of its card, in a real Chromium, as the real Anki hands them over."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizgen.model import Item
from tests import anki_samples as sample
from tests.anki_browser import Sides, run_in_browser

TAGS = ("water cycle", "part::1", "R&D", "<b>x</b>")
SHOWN = "<b>x</b>, part::1, R&D, water\u00a0cycle"
LEARNERS = ("hard", "leech", "tag::mine", "quizgen::retired")


def tagged(item: Item, *tags: str) -> Item:
    """The item with these tags, and all else that its note has a tag for."""
    return replace(item, tags=tags, goal="G1", claim=True)


@pytest.mark.parametrize(
    ("item", "card"),
    [(sample.LAKE, 0), (sample.DEPTH, 0), (sample.CLOUD, 1), (sample.FORMULA, 0), (sample.FORMULA, 1)],
    ids=["choice", "number", "cloze", "card", "reversed"],
)  # fmt: skip
def test_the_tags_of_the_question_alone_stand_on_the_back(
    tmp_path: Path, item: Item, card: int
) -> None:
    """To the letter, in Anki's order; none of quizgen's own tags or of the learner's, none in front."""
    sides = Sides(tagged(item, *TAGS), card, more_tags=LEARNERS)
    script = (
        'show(FRONT); const front = all(".tags").length; show(BACK); done([front, texts(".tags")]);'
    )
    assert run_in_browser(tmp_path, {"page.html": sides.page(script)}) == [0, [SHOWN]]


@pytest.mark.parametrize(
    ("language", "word"), [("en", '"· Tags: "'), ("de", '"· Schlagwörter: "'), ("fr", '"· "')]
)
def test_the_word_before_the_tags_is_of_the_language(
    tmp_path: Path, language: str, word: str
) -> None:
    """And there is no word where there are no tags."""
    seen = 'getComputedStyle(document.querySelector(".tags"), "::before").content'
    for tags, shown in ((("water",), word), ((), "none")):
        sides = Sides(tagged(sample.LAKE, *tags), language=language)
        script = f"show(BACK); done({seen});"
        assert run_in_browser(tmp_path, {"page.html": sides.page(script)}) == shown


def test_without_scripts_no_tag_is_shown() -> None:
    """Rather none than all that Anki has of the note."""
    back = Sides(tagged(sample.LAKE, *TAGS)).back
    shown = re.sub(
        r"<script.*?</script>|<[^>]*>", "", back.replace("<b>x</b>", ""), flags=re.DOTALL
    )
    assert "quizgen::" not in shown
    assert "water_cycle" not in shown


def test_a_note_without_any_tag_has_no_place_for_them() -> None:
    """Such as one whose tags a learner took away."""
    sides = Sides(sample.LAKE, more_tags=None)
    assert "data-tags" not in sides.back
