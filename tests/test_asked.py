"""What an item asks, in the one place that says it."""

import pytest

from quizgen.core.asked import asked
from quizgen.model import Cloze, Gap, Item
from tests.grading_samples import DEW, FLOATS, LAKE, MONTH, WATER

MONTHS = Cloze(id="m", stem="Complete.", parts=("A ", Gap(number=2, accept=("b",)), "."))


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (LAKE, "Which?"),
        (FLOATS, "Ice floats."),
        (WATER, "Water"),
        (DEW, "Why?"),
        (MONTH, "Has ____ or ____."),
        (MONTHS, "Complete.\nA ____."),
    ],
)
def test_stem_statement_front_or_text_with_its_gaps_blank(item: Item, text: str) -> None:
    assert asked(item) == text


def test_a_gap_may_be_shown_otherwise() -> None:
    assert asked(MONTHS, lambda gap: f"[{gap.number}]") == "Complete.\nA [2]."
