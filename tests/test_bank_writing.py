"""Items written as YAML read back as they were, in a layout that a person would choose."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.bank import read_bank
from quizgen.bank.writing import questions_text, settings_text
from quizgen.model import Bank, Document, Goal, Item, Passage, Topic
from tests.anki_samples import DEW, LAKE, SUBLIMATION
from tests.broken_banks import project
from tests.strategies import texts_in_files, written_banks

SETTINGS = "bank: written\ntitle: Written\nsources: {reader: {title: A reader}}\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("written"), bank=SETTINGS)


def bank_of(folder: Path, text: str) -> Bank:
    """The bank that is read where this is its one question file; without a problem."""
    (folder / "questions" / "q.yaml").write_text(text, encoding="utf-8", newline="")
    reading = read_bank(folder)
    assert [str(problem) for problem in reading.problems] == [], text
    assert reading.bank is not None
    return reading.bank


@given(written_banks())
def test_items_read_back_as_they_were(folder: Path, items: tuple[Item, ...]) -> None:
    """All nine types with every common field, and any text that a field can hold."""
    assert bank_of(folder, questions_text(items)).items == items


@given(written_banks(), st.sampled_from(("", "A title: of two")), texts_in_files())
def test_passages_keep_their_items_together(
    folder: Path, items: tuple[Item, ...], title: str, text: str
) -> None:
    passage = Passage(id="text", text=text, title=title)
    under = tuple(replace(item, passage="text") for item in items)
    bank = bank_of(folder, questions_text(under, (passage,)))
    assert bank.passages == (passage,)
    assert bank.items == under


@given(
    st.builds(Bank, name=st.just("written"), title=texts_in_files(), about=texts_in_files()),
    st.lists(texts_in_files(lines=False), max_size=3, unique=True),
)
def test_settings_read_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, bank: Bank, names: list[str]
) -> None:
    topics = [Topic(name=name) for name in names]
    topics += [Topic(name="The deepest lakes", goals=(Goal(id="deep", text=bank.title),))]
    whole = replace(
        bank,
        licence="CC BY 4.0",
        documents=(Document(name="reader", title=bank.title, url="https://example.org/a#b"),),
        topics=tuple(topics),
    )
    folder = project(tmp_path_factory.mktemp("settings"), bank=settings_text(whole))
    found = bank_of(folder, "questions:\n- {id: a, front: b, back: c}\n")
    assert replace(found, items=()) == whole


def test_a_long_left_side_has_a_line_of_its_own(folder: Path) -> None:
    """YAML takes no key of more than 1,024 characters before a colon in one line."""
    near = replace(
        SUBLIMATION, topic="", source=None, close={"evaporation " * 200 + "x": "It is not."}
    )
    assert bank_of(folder, questions_text((near,))).items == (near,)


def test_it_reads_as_if_a_person_had_written_it() -> None:
    """Short lists in a line, longer ones one to a line, texts plain or below a bar, shared fields once."""
    asked = replace(LAKE, tags=("asia", "deep"), points=Fraction(3, 2))
    typed = replace(SUBLIMATION, topic="Lakes", accept=("sublimation", "no", "it's: odd", "1,400"))
    text = replace(DEW, topic="Lakes", points=Fraction(3), stem="One line.\n\n    code\n\nLast.")
    assert questions_text((asked, typed, text)) == EXPECTED


EXPECTED = """\
topic: Lakes
source: reader

questions:
- id: most-fresh-water
  tags: [asia, deep]
  points: 1.5
  stem: Which lake holds more liquid fresh water than any other?
  answer: Lake Baikal
  distractors:
  - Lake Victoria
  - {text: Lake Superior, why: It is the widest of the four but far less deep.}
  - Lake Tanganyika
  explain: Baikal is up to 1,642 m deep and holds about a fifth of all liquid fresh water at the surface.
  source: {paragraph: 15}

- id: sublimation
  stem: What is it called when ice turns into vapour without melting?
  accept: [sublimation, "no", "it's: odd", "1,400"]
  kind: term
  close: {evaporation: Evaporation starts from a liquid.}
  explain: It is how snow can vanish on a dry, frosty day.
  hint: Mothballs do it too.
  source: {paragraph: [7, 8]}

- id: dew
  stem: |
    One line.

        code

    Last.
  model: It was vapour in the air; the cold ground cooled the air at night, and some of it condensed.
  rubric:
  - The water was vapour in the air.
  - {text: Cool air holds less vapour than warm air., points: 2}
"""
