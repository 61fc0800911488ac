"""`quizgen ids`: what is missing is written in, and not one other byte changes."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import example, given

from quizgen.bank.ids import left_alone, missing_ids
from quizgen.bank.names import LONGEST
from quizgen.bank.reading import read_bank
from quizgen.bank.tree import Block, read_tree
from quizgen.cli import main
from quizgen.outputs.anki.identity import guid
from tests.broken_banks import keep_from_reading
from tests.strategies import question_files_without_ids


def written(folder: Path, text: str) -> str:
    """The text of a question file after ids were written into it."""
    path = _project(folder, {"q.yaml": text})["q.yaml"]
    return missing_ids(folder).get(path, text)


def _project(folder: Path, files: Mapping[str, str]) -> dict[str, Path]:
    questions = folder / "questions"
    questions.mkdir(exist_ok=True)
    (questions / "bank.yaml").write_text("bank: b\ntitle: B\n", encoding="utf-8")
    paths = {}
    for name, text in files.items():
        paths[name] = questions / name
        paths[name].parent.mkdir(exist_ok=True)
        paths[name].write_bytes(text.encode())
    return paths


BLOCK = """\
# The lakes.
topic:   Lakes   # with odd spaces
questions:
-   stem: Which lake is the "deepest"?  # a comment
    answer: 'Baikal'

    distractors: [Victoria,   "Superior"]
- # a comment before the first key
  statement: Ice floats.
  answer: true
- {statement: Salt dissolves., answer: true}
- { front: AIIB,
    back: a bank }
-
  stem: How deep is Lake Baikal?
  number: 1,642
- id: kept
  front: x
  back: y
"""

BLOCK_AFTER = """\
# The lakes.
topic:   Lakes   # with odd spaces
questions:
-   id: lake-deepest
    stem: Which lake is the "deepest"?  # a comment
    answer: 'Baikal'

    distractors: [Victoria,   "Superior"]
- # a comment before the first key
  id: ice-floats
  statement: Ice floats.
  answer: true
- {id: salt-dissolves, statement: Salt dissolves., answer: true}
- { id: aiib, front: AIIB,
    back: a bank }
-
  id: deep-lake-baikal
  stem: How deep is Lake Baikal?
  number: 1,642
- id: kept
  front: x
  back: y
"""


def test_ids_are_written_in_each_style(tmp_path: Path) -> None:
    """Block and flow, comments, quotes and odd spaces; an id that is there is kept."""
    assert written(tmp_path, BLOCK) == BLOCK_AFTER


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(tmp_path: Path, end: str, mark: str) -> None:
    before = mark + BLOCK.replace("\n", end)
    assert written(tmp_path, before) == mark + BLOCK_AFTER.replace("\n", end)


def test_passages_get_ids_and_the_questions_within_them(tmp_path: Path) -> None:
    text = """\
questions:
- passage: |
    Lake Baikal lies in a rift.
  title: Four great lakes
  questions:
    - front: In what does it lie?
      back: a rift
"""
    assert written(tmp_path, text) == (
        text.replace("- passage", "- id: four-great-lakes\n  passage").replace(
            "    - front", "    - id: lie\n      front"
        )
    )


def test_gaps_of_new_questions_get_numbers(tmp_path: Path) -> None:
    """In the order of the text, a gap that stands alone as well."""
    text = """\
questions:
- cloze: It has {{two}} gaps, no, one.
- cloze: "{{An \\"answer\\"}} and \\
    {{another::with a hint}}"
- cloze: |
    {{First}} line
    and {{second}}, but \\{{no}} gap, and {{$\\frac{1}{2}$}}.
- {cloze: '{{It''s}} {{done}}.'}
"""
    after = re.sub(r"id: [a-z-]+(\n  |, )", "", written(tmp_path, text))
    assert after == (
        text.replace("{{two", "{{c1::two")
        .replace("{{An", "{{c1::An")
        .replace("{{another", "{{c2::another")
        .replace("{{First", "{{c1::First")
        .replace("{{second", "{{c2::second")
        .replace("{{$", "{{c3::$")
        .replace("{{It", "{{c1::It")
        .replace("{{done", "{{c2::done")
    )


def test_later_gaps_get_numbers_above_all_that_are_given(tmp_path: Path) -> None:
    """Neither one that is taken nor a hole, which a gap that is gone may have left."""
    text = """\
questions:
- id: before
  cloze: It has {{two|2::how many}} {{ gaps }}, {{c1::and}} a {{third}}.
- id: hole
  cloze: It has {{another}} gap beside the {{c2::second}}.
- id: alone
  cloze: It has {{one}} gap.
- id: complete
  cloze: "{{c2::two}} {{c1::one}}"
"""
    assert written(tmp_path, text) == (
        text.replace("{{two|2", "{{c2::two|2")
        .replace("{{ gaps", "{{ c3::gaps")
        .replace("{{third", "{{c4::third")
        .replace("{{another", "{{c3::another")
        .replace("{{one}} gap.", "{{c1::one}} gap.")
    )


def test_several_gaps_without_any_number_are_left_to_the_author_of_an_old_question(
    tmp_path: Path,
) -> None:
    """One of them was there before, and only the author knows which."""
    text = "questions:\n- {id: old, cloze: '{{One}} {{two}} three'}\n"
    assert written(tmp_path, text) == text
    told = text.replace("{{two", "{{c1::two")
    assert written(tmp_path, told) == told.replace("{{One", "{{c2::One")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("stem: Which of these is a lake?\n  accept: x", "lake"),
        ("stem: '**Wer** schrieb „Faust“?'\n  accept: Goethe", "wer-schrieb-faust"),
        ("stem: 北京\n  accept: x", "beijing"),
        ("stem: In 2016, who won?\n  accept: x", "q-2016-won"),
        ("stem: What is it?\n  accept: x", "what-is-it"),
        ("stem: $x^2$?\n  number: 4", "question"),
        ("statement: No.\n  answer: true", "q-no"),
        ("cloze: The {{secret}} lake is {{deep}}.", "lake"),
        ("type: match\n  match: {a: b, c: d}", "question"),
        (f"stem: {'incomprehensibilities ' * 3}\n  accept: x", "incomprehensibilities"),
    ],
)
def test_an_id_is_a_few_words_of_the_question(tmp_path: Path, question: str, name: str) -> None:
    """In ASCII, never a word of the answer."""
    assert f"- id: {name}\n" in written(tmp_path, f"questions:\n- {question}\n")


def test_ids_are_unique_over_the_bank(tmp_path: Path) -> None:
    """Files read first have first choice; ids that are there anywhere are never taken."""
    same = "questions:\n- front: Lake\n  back: x\n- front: Lake\n  back: y\n"
    passage = "questions:\n- id: lake-2\n  passage: x\n  questions: []\n"
    paths = _project(tmp_path, {"a.yaml": same, "b/c.yml": same, "d.yaml": passage})
    texts = missing_ids(tmp_path)
    found = [re.findall(r"id: (\S+)", texts[paths[name]]) for name in ("a.yaml", "b/c.yml")]
    assert found == [["lake", "lake-3"], ["lake-4", "lake-5"]]
    assert paths["d.yaml"] not in texts


def test_bank_yaml_and_complete_files_are_not_touched(tmp_path: Path) -> None:
    _project(tmp_path, {"q.yaml": "questions:\n- {id: a, front: b, back: c}\n"})
    assert missing_ids(tmp_path) == {}


@pytest.mark.parametrize(
    "broken",
    [
        "questions:\n- front: *x\n  back: y\n",
        "questions:\n- front: x\n  front: y\n",
        "questions:\n- front: [x\n",
        "<<<<<<< ours\nquestions:\n- front: x\n",
        "questions:\n- front: x\n---\nquestions: []\n",
    ],
)
def test_a_file_that_cannot_be_read_is_left_alone_and_named(tmp_path: Path, broken: str) -> None:
    """And the others get their ids all the same."""
    good = "questions:\n- front: x\n  back: y\n"
    paths = _project(tmp_path, {"broken.yaml": broken, "good.yaml": good})
    assert set(missing_ids(tmp_path)) == {paths["good.yaml"]}
    (problem,) = left_alone(tmp_path)
    assert problem.where is not None
    assert problem.where.file == "questions/broken.yaml"


LOCK = """\
format 1
bank b
{guid} cloze 00000000000000aa 1750000000 deck lakes\t1,2\tB
"""


def test_no_gap_gets_the_number_of_one_that_decks_had(tmp_path: Path) -> None:
    """Gap 2 of "lakes" was in a deck and is gone; a question that no deck has is numbered from 1."""
    text = """\
questions:
- id: lakes
  cloze: "{{c1::Baikal}} is {{deep}}."
- id: rivers
  cloze: "{{The Rhine}} and {{the Rhone}}."
"""
    path = _project(tmp_path, {"q.yaml": text})["q.yaml"]
    lock = LOCK.format(guid=guid("b", "lakes"))
    (tmp_path / "questions" / "anki.lock").write_text(lock, encoding="utf-8")
    assert main(["ids", "-C", str(tmp_path)]) == 0
    assert path.read_text(encoding="utf-8") == text.replace("{{deep", "{{c3::deep").replace(
        "{{The Rhine}} and {{the", "{{c1::The Rhine}} and {{c2::the"
    )


def test_the_command_names_what_it_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of it; and ends with 1, so that nobody takes the bank for complete."""
    broken = "questions:\n- front: x\n  <<: y\n  back: a # b\n- front: [x\n- front: *x\n"
    _project(tmp_path, {"broken.yaml": broken})
    assert main(["ids", "-C", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    places = ["4:11", "5:10", "6:10"]
    assert re.findall(r"^questions/broken.yaml:(\d+:\d+): error", said.err, re.MULTILINE) == places


def test_the_command_names_gaps_that_it_leaves_to_the_author(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _project(tmp_path, {"q.yaml": 'questions:\n- id: old\n  cloze: "{{a}} and {{b}}"\n'})
    assert main(["ids", "-C", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("questions/q.yaml:3:10: error: None of the gaps have numbers")


MIXED = """\
questions:
- {id: kept, front: x, back: y}
-
  # a comment
  front: Lake
  back: x
- id: rift
  title: A rift
  passage: |
    Lake Baikal lies in a rift.
  questions:
  - cloze: "{{Siberia}} has {{a lake}}."
- {front: River, back: y}
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_command_lists_each_id_at_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], end: str, mark: str
) -> None:
    """A dry run lists what a run then writes, where it stands in the new text; what was there
    before is not listed.
    """
    path = _project(tmp_path, {"sub/q.yaml": mark + MIXED.replace("\n", end)})["sub/q.yaml"]
    said = []
    for words in (["--dry-run"], []):
        assert main(["ids", "-C", str(tmp_path), *words]) == 0
        said.append(capsys.readouterr().out.splitlines())
    assert said[0][0] == "Ids would be written into 1 file:"
    assert said[1][0] == "Ids were written into 1 file:"
    assert said[0][1:] == said[1][1:]
    found = [re.fullmatch(r"  questions/sub/q\.yaml:(\d+): (.+)", row) for row in said[1][1:]]
    lines = path.read_bytes().decode().splitlines()
    assert [row[2] for row in found if row] == ["lake", "has, gaps c1 c2", "river"]
    for row in found:
        assert row is not None
        assert f"id: {row[2].partition(',')[0]}" in lines[int(row[1]) - 1]


def test_a_file_that_is_no_text_is_left_alone(tmp_path: Path) -> None:
    path = _project(tmp_path, {"q.yaml": ""})["q.yaml"]
    path.write_bytes(b"questions:\n- front: \xff\n")
    assert missing_ids(tmp_path) == {}
    assert [problem.code for problem in left_alone(tmp_path)] == ["not_utf8"]


def test_a_file_that_may_not_be_read_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = _project(tmp_path, {"a.yaml": "questions: []", "b.yaml": "questions:\n- front: x\n"})
    keep_from_reading(monkeypatch, files["a.yaml"])
    assert set(missing_ids(tmp_path)) == {files["b.yaml"]}
    assert [problem.code for problem in left_alone(tmp_path)] == ["unreadable_file"]


@pytest.mark.parametrize("odd", ["", "- 1\n", "questions: 1\n", "questions:\n- 1\n- {}\n- [a]\n"])
def test_what_holds_no_question_is_left_alone(tmp_path: Path, odd: str) -> None:
    assert written(tmp_path, odd) == odd


# --- Properties ----------------------------------------------------------------------------------


def _without_ids(value: object) -> object:
    match value:
        case Block():
            return {
                key: re.sub(r"(\{\{\s*)c\d+::", r"\1", str(one))
                if key == "cloze"
                else _without_ids(one)
                for key, one in value.items()
                if key != "id"
            }
        case [*row]:
            return [_without_ids(one) for one in row]
        case _:
            return value


@given(question_files_without_ids())
@example("questions:\r\n- front: 'a\r\n\r\n    b'\r\n  back: c\r\n")
@example("questions:\n- ? front\n  : a\n  back: c\n")
def test_only_ids_are_added(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Taking the new lines and places out again gives the file back, byte for byte; the values
    are the same but for ids; every id is short, ASCII and unique; twice is once.
    """
    folder = tmp_path_factory.mktemp("project")
    after = written(folder, text)
    taken_out = re.sub(r"id: [a-z0-9-]+(?:, |\r?\n *)", "", after)
    assert re.sub(r"(\{\{\s*)c\d+::", r"\1", taken_out) == text
    before_value, _ = read_tree(text)
    after_value, slips = read_tree(after)
    assert not slips
    assert _without_ids(after_value) == _without_ids(before_value)
    names = re.findall(r"id: ([a-z0-9-]+)", after)
    assert len(set(names)) == len(names)
    assert all(name.isascii() and len(name) <= LONGEST for name in names)
    assert written(folder, after) == after


@given(question_files_without_ids())
def test_the_reader_then_finds_every_question(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("project")
    after = written(folder, text)
    _project(folder, {"q.yaml": after})
    reading = read_bank(folder)
    assert [one for one in reading.problems if one.code in {"no_id", "duplicate_ids"}] == []
