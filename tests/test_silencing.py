"""Rules that a question, a file or a bank does without, with a reason, and what is said of such
reasons once they are of no use.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.bank import read_bank
from quizgen.bank.origin import Origin, Reading
from quizgen.checks.catalogue import ITEM_RULES, NOTE_RULES, RULES
from quizgen.checks.rule import UNSILENCED, rules
from quizgen.checks.silencing import OF_DOCUMENTS, asked, reaches, settled
from quizgen.commands.checking import all_problems
from quizgen.model import Bank, Silencing
from quizgen.problem import Problem
from tests.yaml_examples import examples

LONG = """\
- id: ozone
  stem: What does the ozone layer do?
  answer: It absorbs ultraviolet light from the sun
  distractors: [It cools the air, It makes clouds, It reflects heat]
"""
"""A question in which longest_is_key finds the key and, as a note, missing_explanation a lack."""

TWICE = """\
- id: lake
  stem: Which lake is the deepest of all?
  answer: Baikal
  distractors: [Victoria, Victoria.]
"""
"""A question in which duplicate_options, an error, finds the two."""

PLAIN = "- {id: dew, statement: Dew falls at noon., answer: false, explain: It forms at night.}\n"


def said(
    root: Path,
    question: str = LONG,
    *,
    top: str = "",
    check: str = "",
    notes: bool = False,
    more: dict[str, str] | None = None,
) -> list[str]:
    """What is said of a bank with these files: place, severity and code."""
    files = {
        "bank.yaml": f"bank: b\ntitle: B\n{check}",
        "old/a.yaml": f"{top}questions:\n{question}",
        **(more or {}),
    }
    for name, text in files.items():
        path = root / "questions" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    problems = all_problems(read_bank(root), notes=notes)
    return [
        f"{str(problem.where).removeprefix('questions/')} {problem.severity} {problem.code}"
        for problem in problems
    ]


def test_nothing_is_silenced_unasked(tmp_path: Path) -> None:
    assert said(tmp_path) == ["old/a.yaml:4:11 warning longest_is_key"]


@pytest.mark.parametrize(
    "where",
    [
        {"question": f"{LONG}  ignore: {{longest_is_key: So named.}}\n"},
        {"top": "ignore: {longest_is_key: So named.}\n"},
        {"check": "check: {ignore: {longest_is_key: So named.}}\n"},
        {"check": "check: {files: {questions/old/*.yaml: {longest_is_key: So named.}}}\n"},
        {"check": "check: {files: {questions/**: {longest_is_key: So named.}}}\n"},
    ],
)
def test_a_warning_is_silenced_with_a_reason(where: dict[str, str], tmp_path: Path) -> None:
    """At the question, at the top of its file, for the whole bank, or for files by their paths."""
    assert said(tmp_path, **where) == []  # type: ignore[arg-type]


def test_a_silenced_note_is_of_use_also_where_no_notes_are_shown(tmp_path: Path) -> None:
    question = f"{LONG}  ignore: {{longest_is_key: So., missing_explanation: In class.}}\n"
    assert said(tmp_path, question) == []
    assert said(tmp_path, question, notes=True) == []


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"question": f"{PLAIN}"}, []),
        (
            {"question": f"{PLAIN[:-2]}, ignore: {{clang: So.}}}}\n"},
            ["old/a.yaml:2:97 warning unused_ignore"],
        ),
        (
            {"question": f"{PLAIN[:-2]}, ignore: {{missing_explanation: So.}}}}\n"},
            ["old/a.yaml:2:97 warning unused_ignore"],
        ),
        (
            {"top": "ignore: {clang: So.}\n", "question": PLAIN},
            ["old/a.yaml:1:10 warning unused_ignore"],
        ),
        (
            {"check": "check:\n  ignore: {clang: So.}\n", "question": PLAIN},
            ["bank.yaml:4:12 warning unused_ignore"],
        ),
        (
            {
                "check": "check:\n  files:\n    questions/*/a.yaml: {clang: So.}\n",
                "question": PLAIN,
            },
            ["bank.yaml:5:26 warning unused_ignore"],
        ),
        (
            {"check": "check:\n  files:\n    questions/*.yaml: {clang: So.}\n", "question": PLAIN},
            ["bank.yaml:5:5 warning unused_ignore"],
        ),
        (
            {"question": f"{PLAIN[:-2]}, ignore: {{clanng: So.}}}}\n"},
            ["old/a.yaml:2:97 warning unknown_rule"],
        ),
        (
            {"top": "ignore: {clanng: So.}\n", "question": PLAIN},
            ["old/a.yaml:1:10 warning unknown_rule"],
        ),
        (
            {"check": "check:\n  severity: {clanng: note}\n", "question": PLAIN},
            ["bank.yaml:4:14 warning unknown_rule"],
        ),
        (
            {"question": f"{PLAIN[:-2]}, ignore: {{no_key: So.}}}}\n"},
            ["old/a.yaml:2:97 warning fixed_rule"],
        ),
    ],
)
def test_a_silencing_in_vain_is_told_at_its_place(
    where: dict[str, str], expected: list[str], tmp_path: Path
) -> None:
    """The rule finds nothing there, there is no such rule or no such file."""
    assert said(tmp_path, **where) == expected  # type: ignore[arg-type]


def test_a_path_of_no_file_is_told_once_and_marked_itself(tmp_path: Path) -> None:
    check = "check:\n  files:\n    questions/nowhere/*.yaml: {vague_term: So., clang: So.}\n"
    assert said(tmp_path, PLAIN, check=check) == ["bank.yaml:5:5 warning unused_ignore"]


@pytest.mark.parametrize("draft", ["draft: true", "retired: Out of date."])
def test_nothing_is_in_vain_where_nothing_is_checked(draft: str, tmp_path: Path) -> None:
    """Silencings of drafts and retired questions may be needed again."""
    question = f"- {{id: q, front: a, back: b, {draft}, ignore: {{clang: So.}}}}\n"
    check = "check: {files: {questions/old/*: {clang: So.}}}\n"
    more = {"b.yaml": f"questions:\n{PLAIN}"}
    assert said(tmp_path, question, top="ignore: {clang: So.}\n", check=check, more=more) == []


def test_nothing_is_called_in_vain_of_a_bank_that_cannot_be_read(tmp_path: Path) -> None:
    """The question that it is for may be the one with the error."""
    broken = LONG.replace("distractors", "distracters")
    check = "check: {ignore: {longest_is_key: So.}}\n"
    found = said(tmp_path, broken, top="ignore: {longest_is_key: So.}\n", check=check)
    assert [line.split()[-1] for line in found] == ["unknown_field"]


def test_nothing_is_called_in_vain_where_a_rule_failed(tmp_path: Path) -> None:
    said(tmp_path, f"{PLAIN[:-2]}, ignore: {{clang: So.}}}}\n")
    failed = Problem(code="failed_rule", message="So.", severity="warning", item="dew")
    codes = asked(notes=True, documents=True)
    reading = read_bank(tmp_path)
    assert settled(reading, (failed,), codes=codes, notes=True) == (failed,)
    (unused,) = settled(reading, (), codes=codes, notes=True)
    assert unused.code == "unused_ignore"


def test_an_error_is_silenced_by_its_question_alone(tmp_path: Path) -> None:
    """A file or a bank cannot have wrong products made, nor make an error weigh less."""
    found = ["old/a.yaml:5:27 error duplicate_options"]
    assert said(tmp_path, TWICE) == found
    assert said(tmp_path, f"{TWICE}  ignore: {{duplicate_options: A test of eyes.}}\n") == []
    for check in (
        "check:\n  ignore: {duplicate_options: So.}\n",
        "check:\n  severity: {duplicate_options: note}\n",
    ):
        column = check.index("duplicate") - check.index("  ") + 1
        fixed = f"bank.yaml:4:{column} warning fixed_rule"
        assert said(tmp_path, TWICE, check=check) == [*found, fixed]
    check = "check: {files: {questions/**: {duplicate_options: So.}}}\n"
    assert [line.split()[-1] for line in said(tmp_path, TWICE, check=check)] == [
        "duplicate_options",
        "fixed_rule",
    ]


def test_a_rule_weighs_what_the_bank_says(tmp_path: Path) -> None:
    """More or less; what becomes a note is shown as one, and what was one is shown unasked."""
    heavy = said(tmp_path, check="check: {severity: {longest_is_key: error}}\n")
    assert heavy == ["old/a.yaml:4:11 error longest_is_key"]
    light = "check: {severity: {longest_is_key: note}}\n"
    assert said(tmp_path, check=light) == []
    assert "old/a.yaml:4:11 note longest_is_key" in said(tmp_path, check=light, notes=True)
    raised = said(tmp_path, check="check: {severity: {missing_explanation: warning}}\n")
    assert sorted(line.split(maxsplit=1)[1] for line in raised) == [
        "warning longest_is_key",
        "warning missing_explanation",
    ]


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ("check: {ignore: {clang: }}\n", "empty_value"),
        ("check: {ignore: {clang: ''}}\n", "empty_text"),
        ("check: {ignore: [clang]}\n", "wrong_type"),
        ("check: {ingore: {clang: So.}}\n", "unknown_field"),
        ("check: {severity: {clang: off}}\n", "unknown_word"),
        ("check: {notes: sometimes}\n", "not_true_or_false"),
        ("check: {files: {questions/a.yaml: So.}}\n", "wrong_type"),
        ("check: notes\n", "wrong_type"),
    ],
)
def test_what_says_how_to_check_is_read_strictly(check: str, expected: str, tmp_path: Path) -> None:
    """A reason is never empty, and no word is guessed."""
    assert expected in [line.split()[-1] for line in said(tmp_path, PLAIN, check=check)]


@given(
    st.lists(st.sampled_from(["questions", "old", "a.b", "[x]", "é"]), min_size=1, max_size=4),
    st.data(),
)
def test_patterns_match_as_shells_do(parts: list[str], data: st.DataObject) -> None:
    """A path matches itself, * for one of its parts and ** for some; * never reaches into a folder."""
    path = "/".join(parts)
    place = data.draw(st.integers(0, len(parts) - 1))
    starred = "/".join([*parts[:place], "*", *parts[place + 1 :]])
    deep = "/".join([*parts[:place], "**"])
    for pattern in (path, starred, deep, f"**/{parts[-1]}", path[:-1] + "?"):
        assert reaches(Silencing(code="c", reason="r", files=pattern), path), pattern
    assert not reaches(Silencing(code="c", reason="r", files=starred), f"{path}/more.yaml")
    assert not reaches(Silencing(code="c", reason="r", files=path), f"{path}x")


def test_every_code_is_known_to_be_asked_or_not() -> None:
    """Each is that of a rule of questions, of documents alone, or of reading: so none of a new rule
    is called in vain where nobody asked it.
    """
    of_questions = {rule.__name__ for rule in (*RULES, *ITEM_RULES, *NOTE_RULES)}
    of_markdown = {"image_in_text", "formula_command"}  # found by one rule
    of_questions = of_questions - {"unshown_in_text"} | of_markdown
    assert sorted((*of_questions, *OF_DOCUMENTS, *UNSILENCED)) == sorted(rules())


def test_what_was_not_asked_is_not_called_in_vain() -> None:
    """Without the documents, silencings of what only they can answer are left alone."""
    assert asked(notes=True, documents=True) == set(rules())
    without = asked(notes=False, documents=False)
    assert {"clang", "broken_source", "missing_digest"}.isdisjoint(without)
    assert {"longest_is_key", "duplicate_options"} <= without
    assert settled(Reading(bank=None, origin=Origin()), (), codes=without, notes=True) == ()
    assert Bank(name="b", title="B").checking.silencings == ()


def test_what_the_page_shows_silences_something(tmp_path: Path) -> None:
    """The examples of docs/checking.md with questions are of use as they stand."""
    shown = [one for one in examples() if one.page == "docs/checking.md" and not one.is_bank]
    assert len(shown) >= 2
    more = {f"{number}.yaml": one.text for number, one in enumerate(shown)}
    found = said(tmp_path, PLAIN, more=more, notes=True)
    assert {line.split()[-1] for line in found} == {"missing_explanation"}
