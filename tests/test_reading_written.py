"""What is written is what is read: any item, in any layout, and only its own lines change it."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.bank import read_bank
from quizgen.model import Bank, Card, Choice, Entry, Item, Passage
from tests.broken_banks import project, read
from tests.strategies import texts_in_files, written_banks
from tests.yaml_writer import Tree, entry, layout, passage_tree, tree

SETTINGS = "bank: written\ntitle: Written\nsources: {reader: {title: A reader}}\n"
RANDOM = st.randoms(use_true_random=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("written"), bank=SETTINGS)


def bank_of(folder: Path, text: str | bytes) -> Bank:
    """The bank that is read where this is its one question file; without a problem."""
    (folder / "questions" / "q.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    reading = read_bank(folder)
    assert [str(problem) for problem in reading.problems] == [], text
    assert reading.bank is not None
    return reading.bank


def written(items: tuple[Item, ...], rnd: Random) -> str:
    return layout([tree(item, rnd) for item in items], rnd)


# --- Back and forth ------------------------------------------------------------------------------


@given(written_banks(), RANDOM)
def test_items_are_read_as_they_were_written(
    folder: Path, items: tuple[Item, ...], rnd: Random
) -> None:
    """All nine types and every common field, in block, flow and quoted styles, with comments."""
    assert bank_of(folder, written(items, rnd)).items == items


@given(written_banks(), RANDOM, st.booleans())
def test_line_ends_and_a_byte_order_mark_change_no_item(
    folder: Path, items: tuple[Item, ...], rnd: Random, has_mark: bool
) -> None:
    text = written(items, rnd).replace("\n", "\r\n").encode()
    assert bank_of(folder, b"\xef\xbb\xbf" + text if has_mark else text).items == items


@given(written_banks(), RANDOM)
def test_moving_changes_no_item(folder: Path, items: tuple[Item, ...], rnd: Random) -> None:
    """Into another order, another file, or below a passage; only what says so is changed."""
    moved = list(items)
    rnd.shuffle(moved)
    assert bank_of(folder, written(tuple(moved), rnd)).items == tuple(moved)
    passage = Passage(id="text", text="A text.", title=rnd.choice(("", "Its title")))
    block = passage_tree(passage, [tree(item, rnd) for item in items])
    bank = bank_of(folder, layout([block], rnd))
    assert bank.passages == (passage,)
    assert bank.items == tuple(replace(item, passage="text") for item in items)


@given(written_banks(), RANDOM, st.lists(st.integers(0, 5), min_size=6, max_size=6))
def test_places_follow_what_is_put_in_above(
    folder: Path, items: tuple[Item, ...], rnd: Random, gaps: list[int]
) -> None:
    """An item's place is that of its first field, after any lines above it."""
    entries = [entry(tree(item, rnd), rnd) for item in items]
    text = "questions:\n"
    for index, one in enumerate(entries):
        text += "\n# above\n" * gaps[index] + one
    bank = bank_of(folder, text)
    places = read_bank(folder).origin.items
    assert bank.items == items
    lines = text.split("\n")
    expected = 2
    for index, item in enumerate(items):
        expected += 2 * gaps[index]
        place = places[item.id]
        assert place.line == expected
        found = lines[place.line - 1]
        assert found.startswith("- ")
        assert found[place.column - 1] not in "- "
        expected += entries[index].count("\n")


# --- Texts ---------------------------------------------------------------------------------------

SCALARS = ("no", "on", "yes", "off", "null", "~", "=", "true", "12", "1.10", "010", "0x1f", "1e3", "12:30",
           "2024-01-31", "1_000", ".5", "+1", "-1", "0o17", ".inf", ".nan", "1,400", "y", "N")  # fmt: skip


@pytest.mark.parametrize("scalar", SCALARS)
def test_a_text_is_the_scalar_as_it_stands(folder: Path, scalar: str) -> None:
    """Whatever other loaders make of it: in every field that takes a text, without quotes."""
    text = f"""\
topic: {scalar}
questions:
- id: choice
  stem: {scalar}
  answer: {scalar}
  distractors:
  - another
- id: entry
  stem: {scalar}
  accept:
  - {scalar}
  close:
    {scalar}: {scalar}
- id: card
  front: {scalar}
  back: {scalar}
  explain: {scalar}
"""
    choice, typed, card = bank_of(folder, text).items
    assert isinstance(choice, Choice)
    assert isinstance(typed, Entry)
    assert isinstance(card, Card)
    assert {choice.topic, choice.stem, choice.options[0].text} == {scalar}
    assert (typed.accept, dict(typed.close)) == ((scalar,), {scalar: scalar})
    assert {card.front, card.back, card.explain, card.topic} == {scalar}


@given(texts_in_files(), st.sampled_from((" ", "\n", "\n\n", " \n ")), RANDOM)
def test_spaces_at_the_end_of_a_text_mean_nothing(
    folder: Path, text: str, end: str, rnd: Random
) -> None:
    """So a text below a bar is the same as one in quotes."""
    question: dict[str, Tree] = {"id": "one", "front": text, "back": "b"}
    plain = bank_of(folder, layout([question], rnd))
    assert bank_of(folder, layout([{**question, "front": text + end}], rnd)) == plain


# --- What a file says for all its questions ------------------------------------------------------

HEAD = """\
topic: Lakes
goal: depths
tags: [geo, asia]
level: apply
points: 3
source: reader
use: exam
claim: true
draft: true
"""


def test_what_stands_at_the_top_holds_for_all(tmp_path: Path) -> None:
    """Unless a question says otherwise; tags add up; a source names the places in its document."""
    reading = read(
        tmp_path,
        q=f"""{HEAD}questions:
- {{id: one, front: a, back: b}}
- id: two
  front: a
  back: b
  tags: [deep, geo, deep]
  level: recall
  points: 1
  source: {{paragraph: 4}}
  use: both
  claim: false
  draft: false
""",
    )
    assert reading.problems == ()
    assert reading.bank is not None
    one, two = reading.bank.items
    assert (one.topic, one.goal, one.tags) == ("Lakes", "depths", ("geo", "asia"))
    assert (one.level, one.use) == ("apply", "exam")
    assert one.points == 3
    assert one.claim
    assert one.draft
    assert one.source is None
    assert (two.topic, two.goal, two.tags) == ("Lakes", "depths", ("geo", "asia", "deep"))
    assert (two.level, two.use) == ("recall", "both")
    assert two.points == 1
    assert not two.claim
    assert not two.draft
    assert two.source is not None
    assert (two.source.document, two.source.paragraphs) == ("reader", (4,))
