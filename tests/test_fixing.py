"""`check --fix` and `--diff`: what needs no judgement is written, and nothing else changes."""

import json
import re
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.bank import Reading, read_bank
from quizgen.bank.parsing import parse
from quizgen.bank.syntax import decode
from quizgen.bank.tree import Block, read_tree
from quizgen.checks.rule import rules
from quizgen.cli import main
from quizgen.commands.checking import all_found
from quizgen.commands.fixing import Fixes, fixes, write
from quizgen.documents import paragraphs
from quizgen.model import Choice, Item
from quizgen.problem import Problem
from tests.broken_banks import keep_from_reading, project
from tests.conftest import few
from tests.rule_cases import documents
from tests.strategies import FIXABLE_DOCUMENT, fixable_banks
from tests.yaml_writer import layout, tree

SETTINGS = "bank: b\ntitle: B\nsources: {harbour: {title: A}, reader: {title: R}}\n"
TEXTS = {**documents(), "reader": paragraphs(FIXABLE_DOCUMENT)}


def find(reading: Reading) -> tuple[Problem, ...]:
    return all_found(reading, notes=True, documents=TEXTS)


def fixed(folder: Path, before: str) -> str:
    """The text of a question file once all was fixed."""
    root = project(folder, bank=SETTINGS, q=before.encode())
    found = fixes(root, find)
    write(root, found)
    return (root / "questions" / "q.yaml").read_bytes().decode()


STYLES = """\
# A file.
questions:
- id: bird   # why
  stem: Which bird cannot fly?
  answer: kiwi   # the key
  distractors: [swift, None of the above, "a: b"]   # tab\there
- id: swan
  stem: 'Which bird is not "able" to swim?'
  answer: kiwi

  distractors:
    - swan
    - "None of the above"  # last
    # between
    - 'heron'
- id: spider
  stem: How many legs has a spider?
  options:
    - 6   # an insect
    - {text: 10, why: So it is.}

    - 8   # right
  answer: 8
  source: {document: harbour, paragraph: 2}
- {id: legs, stem: "How many legs?", options: [ 4, 10,
    8 , "2"], answer: 8}
- id: mammal
  stem: |
    There are many. They are not few.
    Which of these is not a mammal?
  answer: All of these
  distractors:
  - text: seal
    pin: first
  - text: None of these  # a mapping

    why: It's one.
  - |
    None of those
- passage: A text.
  id: text
  questions:
  - id: fixed
    stem: Which of them is it, größer?
    options: [a one, All of the above, b two]
    answer: All of the above
    source:
      document: harbour
      paragraph: [2, 3]   # two
"""
AFTER = """\
# A file.
questions:
- id: bird   # why
  stem: Which bird **cannot** fly?
  answer: kiwi   # the key
  distractors: [swift, {text: None of the above, pin: last}, "a: b"]   # tab\there
- id: swan
  stem: 'Which bird is **not** "able" to swim?'
  answer: kiwi

  distractors:
    - swan
    - {text: "None of the above", pin: last}  # last
    # between
    - 'heron'
- id: spider
  stem: How many legs has a spider?
  options:
    - 6   # an insect
    - 8   # right

    - {text: 10, why: So it is.}
  answer: 8
  source: {document: harbour, paragraph: 2, digest: 145ce5280baf}
- {id: legs, stem: "How many legs?", options: [ "2", 4,
    8 , 10], answer: 8}
- id: mammal
  stem: |
    There are many. They are not few.
    Which of these is **not** a mammal?
  answer: {text: All of these, pin: last}
  distractors:
  - text: seal
    pin: first
  - text: None of these  # a mapping

    why: It's one.
    pin: last
  - {text: None of those, pin: last}
- passage: A text.
  id: text
  questions:
  - id: fixed
    stem: Which of them is it, größer?
    options: [a one, b two, All of the above]
    answer: All of the above
    source:
      document: harbour
      paragraph: [2, 3]   # two
      digest: 77df96c09d21
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_fixes_are_written_in_each_style(tmp_path: Path, end: str, mark: str) -> None:
    """Block and flow, comments, quotes, tabs and odd spaces, line ends and a byte order mark."""
    before = mark + STYLES.replace("\n", end)
    assert fixed(tmp_path, before) == mark + AFTER.replace("\n", end)


def test_two_fixes_of_one_option_are_made_one_after_the_other(tmp_path: Path) -> None:
    """Numbers in disorder around "none of the above" are sorted, and then it is moved."""
    before = (
        "questions:\n- {id: a, stem: How deep?, options: [9, none of the above, 7, 8], answer: 7}\n"
    )
    after = (
        "questions:\n- {id: a, stem: How deep?, options: [7, 8, 9, none of the above], answer: 7}\n"
    )
    assert fixed(tmp_path, before) == after


def test_options_that_start_in_different_columns_change_places(tmp_path: Path) -> None:
    before = (
        "questions:\n- id: a\n  stem: How deep?\n  options:\n  -   9\n  - 7\n  -  8\n  answer: 7\n"
    )
    after = (
        "questions:\n- id: a\n  stem: How deep?\n  options:\n  -   7\n  - 8\n  -  9\n  answer: 7\n"
    )
    assert fixed(tmp_path, before) == after


LEFT = {
    "a comment between the options, which may belong to either": """\
questions:
- id: a
  stem: How deep?
  options:
  - 9
  # in metres
  - 7
  - 8
  answer: 7
""",
    "a comment before the first option in brackets": """\
questions:
- id: a
  stem: How deep?
  options: [ # deepest first
    9, 7, 8]
  answer: 7
""",
    "a comment behind the last option in brackets": """\
questions:
- id: a
  stem: How deep?
  options: [9,
    7,
    8  # the pond
    ]
  answer: 7
""",
    "a comment behind an option in brackets": """\
questions:
- id: a
  stem: How deep?
  options: [9,  # the lake
    7, 8]
  answer: 7
""",
    "options of several lines that start in different columns": """\
questions:
- id: a
  stem: How deep?
  options:
  - 9
  -   text: 7
      why: It is.
  - 8
  answer: 7
""",
    "a comment behind a bar": """\
questions:
- id: a
  stem: What?
  answer: x
  distractors:
  - | # last
    None of the above
  - y
""",
    "a word that stands there twice": """\
questions:
- id: a
  stem: Which city is not in Chile, not counting islands?
  answer: x
  distractors: [y]
""",
    "a star at the start of a text without quotes": """\
questions:
- id: a
  stem: nicht in Chile liegt welche Stadt?
  answer: x
  distractors: [y]
""",
}


NOT_ASKED = {
    "the target of a link": "Which planets are in [these](https://a.org/not)?",
    "a file of that name": "Which planets are in [this list](not.html)?",
    "a target behind the word in bold": "Which is *not* a planet in [list](/not/x)?",
    "the title of a link": "Which planets are in [these](/x 'not all')?",
    "the target of a link by name": "Which planets are in [these][1]?\n\n[1]: /not\n",
    "an address in the text": "Which planets are named at https://a.org/not/x?",
    "an address in brackets": "Which planets are named at <https://a.org/not>?",
    "code": "What is printed by ``not `a` not``?",
    "a formula": "Which planet has mass $m_{not}$ today?",
}


@pytest.mark.parametrize("stem", NOT_ASKED.values(), ids=NOT_ASKED)
def test_what_nobody_reads_as_a_word_is_neither_told_nor_made_bold(
    tmp_path: Path, stem: str
) -> None:
    text = f"questions:\n- {{id: a, stem: {json.dumps(stem)}, answer: x, distractors: [y]}}\n"
    assert fixed(tmp_path, text) == text
    assert "unmarked_negative" not in {problem.code for problem in find(read_bank(tmp_path))}


def test_a_word_that_stands_in_a_link_too_is_made_bold_where_it_is_read(tmp_path: Path) -> None:
    before = "questions:\n- {id: a, stem: 'Which is not in [%s](/not/x), `not x`?', answer: x, distractors: [y]}\n"
    after = before.replace("is not", "is **not**")
    assert fixed(tmp_path, before % "a list") == after % "a list"


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_is_not_sure_is_left_to_the_author(tmp_path: Path, text: str) -> None:
    """It is still reported."""
    assert fixed(tmp_path, text) == text
    codes = {"unordered_numbers", "unpinned_all_or_none", "unmarked_negative"}
    assert codes & {problem.code for problem in find(read_bank(tmp_path))}


def test_a_file_with_an_error_of_form_is_left_and_the_others_are_fixed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is named with its line. Errors that are not of form keep nothing from being fixed."""
    wrong = "questions:\n- {id: %s, stem: What?, answer: x, distractors: [None of the above, y]}\n"
    form, field = "- {id: c, stem: [}\n", "- {id: d, stem: What?, answr: x}\n"
    root = project(tmp_path, bank=SETTINGS, a=wrong % "a" + form, b=wrong % "b" + field)
    write(root, fixes(root, find))
    assert (root / "questions" / "a.yaml").read_text() == wrong % "a" + form
    assert "{text: None of the above, pin: last}" in (root / "questions" / "b.yaml").read_text()
    assert capsys.readouterr().err == (
        "Fixed 1 problem in 1 file.\n"
        "Nothing can be fixed in a file before it can be read. Mend first:\n"
        "  questions/a.yaml, line 3\n"
    )


def test_all_lines_that_are_in_the_way_are_named_at_once_and_no_diff_says_that_all_is_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = (
        "questions:\n- {id: %s, stem: [}\n- {id: b%s, front: b, back: c}\n\t- {id: d, stem: x}\n"
    )
    root = project(tmp_path, bank=SETTINGS, a=wrong % ("a", "a"), c=wrong % ("c", "c"))
    assert main(["check", "-C", str(root), "--diff"]) == 1
    assert capsys.readouterr() == (
        "",
        (
            "Nothing can be fixed in a file before it can be read. Mend first:\n"
            "  questions/a.yaml, lines 2, 4\n"
            "  questions/c.yaml, lines 2, 4\n"
        ),
    )


def test_an_error_in_one_question_keeps_no_other_from_being_fixed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of fields and of form: what is in question is the question in which it stands."""
    good = "- {id: a, stem: What?, answer: x, distractors: [None of the above, y]}\n"
    cut = (
        "- id: b\n  stem: Which planet?\n  answer: Venus\n  distractors:\n  - Mars # a\n  - Pluto\n"
    )
    twice = "- {id: c, stem: Which?, stem: Who?, answer: x, distractors: [y]}\n"
    split = "- {id: d, stem: How many?, answer: 4, distractors: [9,000]}\n"
    assert fixed(tmp_path, "questions:\n" + cut + twice + good + split) == (
        "questions:\n"
        + cut
        + twice
        + good.replace("None of the above", "{text: None of the above, pin: last}")
        + split
    )
    assert capsys.readouterr().err == "Fixed 1 problem in 1 file.\n"


def test_a_fix_that_would_hide_an_error_is_left(tmp_path: Path) -> None:
    """Behind braces nobody would see any more that the comment may belong to the text."""
    text = """\
questions:
- id: a
  stem: What?
  answer: x
  distractors:
  - None of the above # cities
  - y
- {id: b, stem: What?, answer: x, distractors: [None of the above, y]}
"""
    assert fixed(tmp_path, text) == text.replace(
        "[None of the above", "[{text: None of the above, pin: last}"
    )


def test_one_fix_that_cannot_be_written_costs_two_readings_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many others the file has, and where only the text that was mended tells."""
    one = "- {{id: q{0}, stem: What is {0}?, answer: x, distractors: [None of the above, y]}}\n"
    text = "questions:\n" + "".join(map(one.format, range(40)))
    text += LEFT["a comment between the options, which may belong to either"].partition("\n")[2]
    text += "- {id: b, stem: nicht in Chile liegt welche Stadt?, answer: x, distractors: [y]}\n"
    root = project(tmp_path, bank=SETTINGS, q=text)
    count = 0

    def counted(*args: Any) -> Reading:
        nonlocal count
        count += 1
        return parse(*args)

    monkeypatch.setattr("quizgen.commands.fixing.parse", counted)
    found = fixes(root, find)
    assert len(found.mended) == 40
    assert {one.problem.item for one in found.left} == {"a", "b"}
    rounds = 2
    assert count == rounds + 3, "once as it stands, with all fixes, and without the wrong one"


def test_ids_that_are_taken_twice_are_left(tmp_path: Path) -> None:
    """Nobody knows which of the two a problem is of."""
    one = "- {id: a, stem: What is %s?, answer: x, distractors: [None of the above, y]}\n"
    text = "questions:\n" + one % "one" + one % "two"
    assert fixed(tmp_path, text) == text


# --- The command ---------------------------------------------------------------------------------


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """A project with all that can be fixed, as Windows writes it, and no line end at its end."""
    text = STYLES.replace("\n", "\r\n").removesuffix("\r\n")
    (tmp_path / "news.txt").write_text("\n".join(TEXTS["harbour"]))
    return project(tmp_path, bank=SETTINGS, q=text)


def test_a_diff_changes_nothing_and_is_what_would_be_written(
    harbour: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`git apply` makes of it what --fix writes; 1 where something would change, 0 where not."""
    path = harbour / "questions" / "q.yaml"
    before = path.read_bytes()
    command = [
        "check",
        "--notes",
        "-C",
        str(harbour),
        "--source",
        f"harbour={harbour / 'news.txt'}",
    ]
    assert main([*command, "--diff"]) == 1
    diff = capsys.readouterr().out
    assert path.read_bytes() == before
    assert "-  stem: Which bird cannot fly?\r\n+  stem: Which bird **cannot** fly?\r\n" in diff
    main([*command, "--fix"])
    assert capsys.readouterr().err == "Fixed 13 problems in 1 file.\n"
    after = path.read_bytes()
    assert after == AFTER.replace("\n", "\r\n").removesuffix("\r\n").encode()
    path.write_bytes(before)
    subprocess.run(["git", "apply", "-"], cwd=harbour, input=diff.encode(), check=True)
    assert path.read_bytes() == after
    assert main([*command, "--diff"]) == 0
    assert capsys.readouterr().out == ""


def test_check_says_how_many_need_no_judgement(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project(tmp_path, bank=SETTINGS, q=LEFT_OUT)
    main(["check", "-C", str(root)])
    assert capsys.readouterr().out.endswith(
        "  quizgen check --diff                          how --fix would mend 1 of them\n"
    )


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_of_a_rule_that_is_named_only_its_own_is_fixed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    text = "questions:\n- {id: a, stem: What is not?, answer: x, distractors: [None of the above, y]}\n"
    root = project(tmp_path, bank=SETTINGS, q=text)
    main(["check", "-C", str(root), option, "--rule", "unmarked_negative"])
    said = capsys.readouterr()
    assert said.err == f"{'Fixed' if option == '--fix' else 'Would fix'} 1 problem in 1 file.\n"
    after = (root / "questions" / "q.yaml").read_text() if option == "--fix" else said.out
    assert "What is **not**?, answer: x, distractors: [None of the above, y]" in after
    assert main(["check", "-C", str(root), option, "--rule", "unmarked_negativ"]) == 2


def test_a_silenced_rule_fixes_nothing(tmp_path: Path) -> None:
    text = """\
questions:
- id: a
  stem: Which is not a mammal?
  answer: penguin
  distractors: [seal]
  ignore: {unmarked_negative: It is a joke.}
"""
    assert fixed(tmp_path, text) == text


def test_nothing_to_fix_is_said_by_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project(tmp_path, bank=SETTINGS, q="questions:\n- {id: a, front: b, back: c}\n")
    assert main(["check", "-C", str(root), "--fix"]) == 0
    assert capsys.readouterr().err == ""


def test_a_project_that_cannot_be_read_is_told_as_ever(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that the disk refuses keeps none of the others from being fixed."""
    root = project(tmp_path, bank=SETTINGS, q=LEFT_OUT, r="questions: []\n")
    keep_from_reading(monkeypatch, root / "questions" / "r.yaml")
    assert main(["check", "-C", str(root), "--fix"]) == 1
    said = capsys.readouterr()
    assert said.err == (
        "Fixed 1 problem in 1 file.\n"
        "Nothing can be fixed in a file before it can be read. Mend first:\n"
        "  questions/r.yaml\n"
    )
    assert "questions/r.yaml:1:1: error: The file cannot be read" in said.out


LEFT_OUT = "questions:\n- {id: a, stem: What?, answer: x, distractors: [None of the above, y]}\n"


# --- Any bank ------------------------------------------------------------------------------------


def test_every_rule_that_says_how_it_is_fixed_is_and_no_other(tmp_path: Path) -> None:
    """Its bad example is fixed, and then the rule is silent."""
    told = {code for code, rule in rules().items() if rule.mend and rule.bad}
    done = set()
    for code, rule in rules().items():
        if rule.bad:
            root = project(tmp_path / code, bank=SETTINGS, q=f"questions:\n{rule.bad}\n")
            found = fixes(root, find)
            done |= {problem.code for problem in found.mended if problem.code == code}
            write(root, found)
            reading = read_bank(root)
            assert reading.bank is not None
            assert not {p.code for p in find(reading) if p.mend}, code
    assert done == told
    assert {code for code, rule in rules().items() if rule.mend} - told == {
        "missing_digest",
        "moved_source",
    }


def _read(folder: Path, data: bytes) -> Reading:
    (folder / "questions" / "q.yaml").write_bytes(data)
    reading = read_bank(folder)
    assert reading.problems == ()
    return reading


def _told_apart(item: Item) -> object:
    """All that a fix may not change: the item without stars, pins, order, digest and paragraph."""
    if not isinstance(item, Choice):
        return item
    options = (replace(option, pin="") for option in item.options)
    source = item.source and replace(item.source, digest="", paragraphs=())
    stem = item.stem.replace("**", "")
    by_text = sorted(options, key=lambda option: option.text)
    return replace(item, stem=stem, options=tuple(by_text), source=source)


def _comments(text: str) -> Counter[str]:
    return Counter(re.findall(r"#[^\r\n]*", text))


def _questions(data: bytes) -> list[str]:
    """What stands before the questions, and each of them with the lines below it."""
    text = decode(data)[0] or ""
    value, _ = read_tree(text)
    assert isinstance(value, Block)
    starts = [one.line - 1 for one in value["questions"]]
    lines = text.replace("\r\n", "\n").split("\n")
    cuts = [0, *starts, len(lines)]
    return ["\n".join(lines[start:end]) for start, end in pairwise(cuts)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("fixing"), bank=SETTINGS)


@settings(max_examples=few(20))
@given(fixable_banks(), st.randoms(use_true_random=False), st.sampled_from(("\n", "\r\n")))
def test_fixing_leaves_a_bank_that_means_the_same_and_has_nothing_left_to_fix(
    folder: Path, items: tuple[Item, ...], rnd: Random, end: str
) -> None:
    """In any layout: block and flow, quotes, comments with tabs, both line ends, all of Unicode.

    The same items, keys and texts, but for stars, pins, orders, digests and moved paragraphs; the
    lines of the other questions and all comments are as they were, and so is every line end.
    """
    text = layout([tree(item, rnd) for item in items], rnd)
    mark = rnd.choice((b"", b"\xef\xbb\xbf"))
    before = mark + text.replace("\n", end).encode()
    reading = _read(folder, before)
    found = fixes(folder, find)
    after = found.after.get("questions/q.yaml", before)
    _is_the_same_but(reading, found, _read(folder, after))
    assert _comments(after.decode()) == _comments(before.decode())
    assert after.startswith(mark)
    assert after.count(b"\n") - after.count(b"\r\n") == (0 if end == "\r\n" else after.count(b"\n"))
    mended = {problem.item for problem in found.mended}
    rows = zip(_questions(before)[1:], _questions(after)[1:], strict=True)
    for item, (old, new) in zip(items, rows, strict=True):
        assert old == new or item.id in mended
    again = fixes(folder, find)
    assert (again.after, again.mended) == ({}, ())
    assert {one.problem.code for one in again.left} <= {"unordered_numbers", "unpinned_all_or_none"}


def _is_the_same_but(before: Reading, found: Fixes, after: Reading) -> None:
    """What was found is gone but for what was left, and no more is said than before."""
    assert before.bank is not None
    assert after.bank is not None
    old, new = before.bank.items, after.bank.items
    assert [*map(_told_apart, old)] == [*map(_told_apart, new)]
    changed = {problem.item for problem in found.mended}
    assert all(one == other or one.id in changed for one, other in zip(old, new, strict=True))
    for one, other in zip(old, new, strict=True):
        if isinstance(one, Choice) and isinstance(other, Choice) and one.arrangement == "free":
            assert [o.text for o in one.options] == [o.text for o in other.options]
    left = {(one.problem.item, one.problem.code) for one in found.left}
    remain = {(p.item, p.code) for p in find(after) if p.mend}
    assert remain <= left
