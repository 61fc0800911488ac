"""Numbers near and far, and the responses that no one can have given."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizgen.core.score import (
    Unscorable,
    score,
)
from quizgen.model import (
    Band,
    Card,
    Choice,
    Cloze,
    Decided,
    Entry,
    Filled,
    Gap,
    Item,
    Judged,
    Marked,
    Match,
    Matched,
    Number,
    Open,
    Order,
    Ordered,
    Pair,
    Response,
    Rules,
    Tolerance,
    TrueFalse,
    Typed,
)
from tests.score_samples import picked, several, share, single
from tests.strategies import (
    RULES,
    scored_choices,
    scored_numbers,
    scored_options,
)

# --- 9. Numbers ----------------------------------------------------------------------------------


@given(scored_numbers(), st.fractions(0, 60, max_denominator=20))
def test_9_numbers_are_right_within_the_tolerance_on_both_sides(
    item: Number, off: Fraction
) -> None:
    allowed = item.tolerance.amount if item.tolerance else Fraction(0)
    for value in (item.value + off, item.value - off):
        text = f"{value.numerator}/{value.denominator}"
        assert (share(item, Typed(text=text)) == 1) == (off <= allowed)


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "infinity", "NaN", "∞"])
def test_9_what_is_no_number_is_never_right(text: str) -> None:
    wide = Tolerance(amount=Fraction(10**30))
    band = Band(tolerance=wide, share=Fraction(1, 2))
    item = Number(id="n", stem="?", value=Fraction(1), text="1", tolerance=wide, bands=(band,))
    assert share(item, Typed(text=text)) == 0
    assert score(item, Typed(text=text)).outcome == "wrong"


@pytest.mark.parametrize("text", ["1e3", "1000", "1,000", "1000.0"])
def test_9_one_thousand_however_written(text: str) -> None:
    item = Number(id="n", stem="?", value=Fraction(1000), text="1,000")
    assert share(item, Typed(text=text)) == 1


def test_9_bands_give_part_credit_and_the_best_one_counts() -> None:
    bands = tuple(
        Band(tolerance=Tolerance(amount=Fraction(percent, 100), relative=True), share=part)
        for percent, part in [(20, Fraction(1, 4)), (10, Fraction(1, 2))]
    )
    exact = Tolerance(amount=Fraction(1))
    item = Number(
        id="n", stem="?", value=Fraction(100), text="100", tolerance=exact, bands=bands, unit="km"
    )
    earned = {text: share(item, Typed(text=text)) for text in ("101 km", "110", "89", "80", "121")}
    assert earned == {
        "101 km": 1,
        "110": Fraction(1, 2),
        "89": Fraction(1, 4),
        "80": Fraction(1, 4),
        "121": 0,
    }
    assert score(item, Typed(text="110")).outcome == "partly"


# --- 10. What cannot be is an error, never a silent 0 --------------------------------------------

ENTRY = Entry(id="entry", stem="?", accept=("quartz",))
CLOZE = Cloze(id="cloze", parts=("a ", Gap(number=2, accept=("b",))))
MATCH = Match(
    id="match",
    stem="?",
    pairs=tuple(
        Pair(left=a, right=b)
        for a, b in zip(scored_options(2, "l"), scored_options(2, "r"), strict=True)
    ),
    extra=scored_options(1, "x"),
)
ORDER = Order(id="order", stem="?", sequence=scored_options(3, "t"))
OPEN = Open(id="open", stem="?", model="Because.")
KEYLESS = Choice(id="keyless", stem="?", options=scored_options(2), keys=(), multiple=True)

IMPOSSIBLE: Mapping[str, tuple[Item, Response]] = {
    "an unknown option": (single(3), picked("o9")),
    "an unknown option among known ones": (several(4, 2), picked("o0", "E")),
    "two ticks on a single choice": (single(3), picked("o0", "o1")),
    "statements judged where ticks are asked": (several(4, 2), Judged(marks={"o0": True})),
    "statements judged on a single choice": (single(3), Judged(marks={"o0": True})),
    "a choice without a key": (KEYLESS, picked("o0")),
    "a truth for a choice": (single(3), Decided(value=True)),
    "a tick for a statement": (TrueFalse(id="tf", statement=".", answer=True), picked("true")),
    "a tick for an entry": (ENTRY, picked("quartz")),
    "a share for an entry": (ENTRY, Marked(share=Fraction(1))),
    "a truth for a number": (
        Number(id="n", stem="?", value=Fraction(1), text="1"),
        Decided(value=True),
    ),
    "an unknown gap": (CLOZE, Filled(gaps={1: "b"})),
    "an unknown gap left blank": (CLOZE, Filled(gaps={2: "b", 3: " "})),
    "a text for a cloze": (CLOZE, Typed(text="b")),
    "an unknown left side": (MATCH, Matched(pairs={"l7": "r0"})),
    "an unknown right side": (MATCH, Matched(pairs={"l0": "r7"})),
    "a left side on the right": (MATCH, Matched(pairs={"l0": "l1"})),
    "an order for a match": (MATCH, Ordered(sequence=("l0", "l1"))),
    "an unknown thing": (ORDER, Ordered(sequence=("t0", "t1", "t9"))),
    "a thing in two places": (ORDER, Ordered(sequence=("t0", "t1", "t1"))),
    "a thing missing": (ORDER, Ordered(sequence=("t0", "t1"))),
    "ticks for an order": (ORDER, picked("t0", "t1", "t2")),
    "a text that a person must score": (OPEN, Typed(text="Because.")),
    "a share above one": (OPEN, Marked(share=Fraction(3, 2))),
    "a share below nothing": (Card(id="c", front="F", back="B"), Marked(share=Fraction(-1))),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_10_an_impossible_response_is_refused(name: str) -> None:
    """With a sentence that names the item."""
    item, response = IMPOSSIBLE[name]
    with pytest.raises(Unscorable, match=item.id):
        score(item, response)


@given(st.data(), scored_choices(), RULES, st.text(max_size=5))
def test_10_unknown_options_are_refused_under_every_rule(
    data: st.DataObject, item: Choice, rules: Rules, strange: str
) -> None:
    ids = [option.id for option in item.options]
    assume(strange not in ids)
    ticked = data.draw(st.frozensets(st.sampled_from(ids), max_size=None if item.multiple else 0))
    with pytest.raises(Unscorable):
        score(item, picked(*ticked, strange), rules)
