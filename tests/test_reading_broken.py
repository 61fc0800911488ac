"""Broken banks: every slip is told with its place, in one sentence, with the fix, and nothing else."""

from pathlib import Path

import pytest

from quizgen.bank import read_bank
from quizgen.problem import has_errors
from tests.broken_banks import SOUND, Broken, read, said_of
from tests.broken_banks_answers import ANSWERS
from tests.broken_banks_form import FORM
from tests.broken_banks_items import ITEMS
from tests.broken_banks_options import OPTIONS
from tests.broken_banks_quotes import QUOTES
from tests.broken_banks_settings import SETTINGS

QUESTIONS = (*FORM, *QUOTES, *ITEMS, *OPTIONS, *ANSWERS)


@pytest.mark.parametrize("broken", QUESTIONS, ids=str)
def test_a_broken_question_file_is_told(broken: Broken, tmp_path: Path) -> None:
    """In these very words, at this very place; and nothing of it reaches a product."""
    reading = read(tmp_path, q=broken.yaml)
    assert said_of(reading) == [said for said in broken[2:] if said]
    assert has_errors(reading.problems) or all(": warning: " in said for said in broken[2:3])


@pytest.mark.parametrize("broken", SETTINGS, ids=str)
def test_broken_settings_are_told(broken: Broken, tmp_path: Path) -> None:
    assert said_of(read(tmp_path, bank=broken.yaml)) == [broken.said]


@pytest.mark.parametrize("broken", QUESTIONS, ids=str)
def test_what_is_told_is_the_same_with_other_line_ends(broken: Broken, tmp_path: Path) -> None:
    """CRLF as Windows writes it, and a byte order mark at the start."""
    told = said_of(read(tmp_path, q=broken.yaml))
    assert said_of(read(tmp_path, q=broken.yaml.replace("\n", "\r\n"))) == told
    assert said_of(read(tmp_path, q=f"\ufeff{broken.yaml}")) == told


def test_the_tables_are_long_and_every_idea_is_one() -> None:
    ideas = [broken.idea for broken in (*QUESTIONS, *SETTINGS)]
    assert len(ideas) >= 90
    assert len({broken.yaml for broken in QUESTIONS}) == len(QUESTIONS)
    assert len({broken.yaml for broken in SETTINGS}) == len(SETTINGS)


def test_the_sound_project_has_no_problem(tmp_path: Path) -> None:
    """What the tables tell is of the broken file, not of what lies beside it."""
    question = (
        "questions:\n- {id: one, front: a, back: b, image: {file: media/map.png, alt: A map}}\n"
    )
    assert read(tmp_path, q=question, bank=SOUND).problems == ()


MANY = """\
topic: Lakes
questions:
- id: first
  stem: Note: which lake?
  accept: Baikal
- id: second
  stem: Which lake?
  answer: Baikal
  distracters: [Ladoga]
  level: hard
- id: third
  front: "Baikal
  back: a lake
- id: fourth
  front: Baikal
  back: a lake
  topic: Rivers
- id: fifth
  front: **Baikal**
  back: a lake
- {id: second, stem: How deep?, number: deep, tags: [a b]}
"""

MANY_TOLD = [
    "a.yaml:1:1 empty_file",
    "bank.yaml:2:8 colon_in_text",
    "q.yaml:4:9 colon_in_text",
    "q.yaml:9:3 unknown_field",
    "q.yaml:12:10 unclosed",
    "q.yaml:19:10 starts_with_sign",
    "q.yaml:21:8 duplicate_ids",
    "q.yaml:21:41 not_a_number",
    "q.yaml:21:54 bad_tag",
]


def test_all_problems_of_all_files_are_told_at_once_in_reading_order(tmp_path: Path) -> None:
    """After a syntax error reading goes on at the next item's dash; a slip in bank.yaml does not
    make every topic an unknown one.
    """
    bank = "bank: lakes\ntitle: Lakes: more\ntopics: {Lakes: {}}\n"
    reading = read(tmp_path, bank=bank, a="", q=MANY)
    told = [
        f"{str(problem.where).removeprefix('questions/')} {problem.code}"
        for problem in reading.problems
    ]
    assert told == MANY_TOLD


@pytest.mark.parametrize(
    ("broken", "column"), [("[", 9), ('"An open quote', 9), ("{", 9), ("[Lakes, {", 17)]
)
def test_a_broken_question_hides_none_of_a_passage_before_it(
    tmp_path: Path, broken: str, column: int
) -> None:
    """Nor the question behind it; it is told once, where it opens."""
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions/bank.yaml").write_text("bank: b\ntitle: B\n")
    (tmp_path / "questions/a.yaml").write_text(
        "questions:\n- id: read\n  passage: A text.\n  questions:\n"
        "  - id: p1\n    statement: Dew is water.\n    answer: true\n"
        "- id: q1\n  statement: Rain is water.\n  answer: true\n"
        f"- id: bad\n  stem: {broken}\n"
        "- id: q2\n  statement: Snow is water.\n  answer: true\n"
    )
    reading = read_bank(tmp_path)
    assert reading.bank is not None
    assert [item.id for item in reading.bank.items] == ["p1", "q1", "q2"]
    (problem,) = reading.problems
    assert (problem.code, str(problem.where)) == ("unclosed", f"questions/a.yaml:12:{column}")
