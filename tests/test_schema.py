"""The schema for editors: fresh, sound, and of one mind with the reader."""

import json
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from quizgen.bank import read_bank
from quizgen.bank.corrections import read_corrections
from quizgen.bank.fields import BANK_FIELDS, ITEM_FIELDS, QUIZ_FIELDS
from quizgen.bank.schema import json_schema
from quizgen.checks.catalogue import check
from quizgen.cli import main
from quizgen.model import TYPES, Item
from tests.broken_banks import PNG
from tests.conftest import ROOT
from tests.strategies import question_files_without_ids, written_banks
from tests.yaml_examples import Example, as_editors_read, examples
from tests.yaml_writer import layout, tree

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
EXAMPLES = [one for one in examples() if not one.is_corrections]
CORRECTIONS = [one for one in examples() if one.is_corrections]
LANGUAGE = [example for example in EXAMPLES if example.page == "docs/language.md"]
SETTINGS = "bank: examples\ntitle: Examples\nsources: {reader: {title: A reader}}\n"


def complaints(value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(value)]


def project(folder: Path, blocks: list[Example]) -> Path:
    """A project of these examples; what pictures and sounds they name is there."""
    questions = folder / "questions"
    questions.mkdir()
    (questions / "bank.yaml").write_text(SETTINGS, encoding="utf-8")
    for example in blocks:
        name = "bank.yaml" if example.is_bank else f"line-{example.line:04}.yaml"
        (questions / name).write_text(example.text, encoding="utf-8")
        for media in re.findall(r"[\w/-]+\.(?:png|jpg|svg|mp3)", example.text):
            path = questions / media
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(PNG)
    return folder


def test_the_schema_that_is_checked_in_is_fresh() -> None:
    """If this fails: quizgen schema -o quizgen/bank/quizgen.schema.json"""
    kept = (ROOT / "quizgen" / "bank" / "quizgen.schema.json").read_text(encoding="utf-8")
    assert json.loads(kept) == SCHEMA
    assert kept == json.dumps(SCHEMA, indent=2, ensure_ascii=True) + "\n"


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def _mappings(schema: Any) -> list[Any]:
    if isinstance(schema, dict):
        inner = [found for value in schema.values() for found in _mappings(value)]
        return [schema, *inner]
    return [found for one in schema for found in _mappings(one)] if isinstance(schema, list) else []


def test_every_field_is_described() -> None:
    """Wherever an editor can complete a name, it can say what it is for."""
    listed = [
        one["properties"] for one in _mappings(SCHEMA) if one.get("additionalProperties") is False
    ]
    assert len(listed) > 10
    for properties in listed:
        assert all(len(one["description"]) > 8 for one in properties.values())


def test_the_schema_has_the_fields_of_the_table() -> None:
    defs: Any = SCHEMA["$defs"]
    assert list(defs["item"]["properties"]) == [field.name for field in ITEM_FIELDS]
    assert list(defs["bank"]["properties"]) == [field.name for field in BANK_FIELDS]
    assert list(defs["quiz"]["properties"]) == [field.name for field in QUIZ_FIELDS]


def _filled(body: Any) -> Any:
    """A snippet as it stands once its places are left as they are."""
    match body:
        case str():
            return re.sub(r"\$\{\d+:(.*?)\}$", r"\1", body)
        case list():
            return [_filled(one) for one in body]
        case _:
            return {key: _filled(one) for key, one in body.items()}


def _in_yaml(value: Any) -> str:
    """A snippet's value in YAML, its scalars plain as an editor writes them."""
    match value:
        case str():
            return (
                value if re.fullmatch(r"[\w.%]+", value) else json.dumps(value, ensure_ascii=False)
            )
        case list():
            return f"[{', '.join(map(_in_yaml, value))}]"
        case _:
            return "{" + ", ".join(f"{key}: {_in_yaml(one)}" for key, one in value.items()) + "}"


def test_there_is_a_snippet_for_every_type_and_it_is_valid(tmp_path: Path) -> None:
    defs: Any = SCHEMA["$defs"]
    snippets = {one["label"]: _filled(one["body"]) for one in defs["entry"]["defaultSnippets"]}
    assert set(snippets) == {*TYPES, "passage"}
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "bank.yaml").write_text(SETTINGS, encoding="utf-8")
    for kind in TYPES:
        text = f"questions:\n- {_in_yaml({'id': kind.replace('_', '-'), **snippets[kind]})}\n"
        assert complaints(as_editors_read(text)) == [], text
        (tmp_path / "questions" / f"{kind}.yaml").write_text(text, encoding="utf-8")
    reading = read_bank(tmp_path)
    assert reading.problems == ()
    assert reading.bank is not None
    assert {type(item).__name__.casefold() for item in reading.bank.items} == {
        kind.replace("_", "") for kind in TYPES
    }


# --- The documentation ---------------------------------------------------------------------------


def test_the_pages_show_examples() -> None:
    assert len(LANGUAGE) >= 18
    assert any(example.page == "README.md" for example in EXAMPLES)
    assert CORRECTIONS


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_every_example_is_valid(example: Example) -> None:
    assert complaints(as_editors_read(example.text)) == []


@pytest.mark.parametrize("example", CORRECTIONS, ids=str)
def test_every_example_of_corrections_is_read_without_a_problem(example: Example) -> None:
    found = read_corrections(example.text.encode(), "corrections.yaml")
    assert found.problems == ()
    assert found.revisions


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one not in LANGUAGE], ids=str)
def test_every_example_is_read_without_a_problem(example: Example, tmp_path: Path) -> None:
    root = project(tmp_path, [example])
    if example.is_bank:  # which is shown without its questions
        (root / "questions" / "q.yaml").write_text("questions: [{id: q, front: a, back: b}]\n")
    reading = read_bank(root)
    assert reading.problems == ()
    assert reading.bank is not None
    assert check(reading.bank) == ()


def test_the_examples_of_the_language_are_one_bank(tmp_path: Path) -> None:
    """Without a problem, with every type, and with every field of the table in use."""
    reading = read_bank(project(tmp_path, LANGUAGE))
    assert reading.problems == ()
    assert reading.bank is not None
    assert check(reading.bank) == ()
    assert {type(item).__name__ for item in reading.bank.items} == {
        kind.title().replace("_", "") for kind in TYPES
    }
    text = "\n".join(example.text for example in LANGUAGE)
    page = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    for field in (*ITEM_FIELDS, *BANK_FIELDS):
        assert re.search(rf"\b{field.name}:", text) or f"`{field.name}" in page, field.name


# --- The bank of this repository -----------------------------------------------------------------


def _own_files() -> list[Path]:
    return sorted(path for path in (ROOT / "questions").rglob("*.y*ml"))


@pytest.mark.parametrize("path", _own_files(), ids=lambda path: path.name)
def test_the_bank_of_this_repository_is_valid(path: Path) -> None:
    assert complaints(as_editors_read(path.read_text(encoding="utf-8"))) == []


def test_a_new_project_is_valid(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As `quizgen init` writes it, without a problem."""
    assert main(["init", str(tmp_path / "new")]) == 0
    capsys.readouterr()
    files = sorted((tmp_path / "new" / "questions").rglob("*.yaml"))
    assert len(files) > 1
    for path in files:
        assert complaints(as_editors_read(path.read_text(encoding="utf-8"))) == []
    assert read_bank(tmp_path / "new").problems == ()


# --- Of one mind with the reader -----------------------------------------------------------------


@given(question_files_without_ids())
def test_what_people_write_is_valid(text: str) -> None:
    """In any layout; ids may still be missing."""
    assert complaints(as_editors_read(text)) == []


@given(written_banks(), st.randoms(use_true_random=False))
def test_what_the_reader_takes_is_valid(items: tuple[Item, ...], rnd: Random) -> None:
    """Any item with any of its fields, in any layout."""
    text = layout([tree(item, rnd) for item in items], rnd)
    assert complaints(as_editors_read(text)) == []


SCALARS = ("no", "on", "12", "1.10", "010", "1e3", "12:30", "2024-01-31", "=", "~", "1,400", "0x1f",
           ".5", "true", "-", "é")  # fmt: skip


@given(st.sampled_from(SCALARS), st.sampled_from(SCALARS))
def test_a_text_is_any_scalar(one: str, other: str) -> None:
    quoted = json.dumps(one) if one == "-" else one
    text = f"""
topic: {quoted}
questions:
- stem: {quoted}
  answer: {quoted}
  distractors:
  - {quoted}
  - {{text: "{other}"}}
- front: {quoted}
  back: {quoted}
- stem: {quoted}
  accept:
  - {quoted}
  close: {{"{other}": "{one}"}}
- stem: {quoted}
  match: {{"{other}": "{one}"}}
"""
    assert complaints(as_editors_read(text)) == []


WRONG = {
    "an unknown field": "{front: a, back: b, bakc: c}",
    "no answer": "{stem: a}",
    "an answer alone": "{stem: a, answer: b}",
    "two types": "{stem: a, accept: b, number: 3}",
    "another type than is written": "{type: order, stem: a, accept: b}",
    "an unknown type": "{type: quiz, stem: a, accept: b}",
    "a field of another type": "{stem: a, accept: b, distractors: [c]}",
    "a statement that is neither": "{statement: a, answer: maybe}",
    "a statement without an answer": "{statement: a}",
    "a number that is none": "{stem: a, number: many}",
    "points that are none": "{front: a, back: b, points: lots}",
    "no points": "{front: a, back: b, points: 0}",
    "a negative tolerance": "{stem: a, number: 3, tolerance: -1}",
    "a list for a text": "{front: [a], back: b}",
    "a mapping for a text": "{front: {a: b}, back: b}",
    "a text for a list": "{stem: a, order: b}",
    "an empty list": "{stem: a, answer: b, distractors: []}",
    "an unknown kind": "{stem: a, accept: b, kind: city}",
    "an unknown level": "{front: a, back: b, level: hard}",
    "an unknown pin": "{stem: a, answer: b, distractors: [{text: c, pin: middle}]}",
    "an option without a text": "{stem: a, answer: b, distractors: [{why: c}]}",
    "a picture without words": "{front: a, back: b, image: {file: a.png}}",
    "a pair of three": "{stem: a, match: [[b, c, d], [e, f, g]]}",
    "a name with a space": "{id: a b, front: a, back: b}",
    "both answer and answers": "{stem: a, answer: b, answers: [c], distractors: [d]}",
    "an unknown place in a source": "{front: a, back: b, source: {document: c, page: 3}}",
    "a question that is a text": "Which?",
    "a passage with another field": "{passage: a, text: b, questions: []}",
}


@pytest.mark.parametrize("name", WRONG)
def test_slips_are_marked_and_the_reader_refuses_them_too(name: str, tmp_path: Path) -> None:
    text = f"questions:\n- {WRONG[name]}\n"
    assert complaints(as_editors_read(text)) != []
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "bank.yaml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "questions" / "q.yaml").write_text(text, encoding="utf-8")
    codes = {problem.code for problem in read_bank(tmp_path).problems} - {"no_id"}
    assert codes, "the reader takes what the schema marks"


@pytest.mark.parametrize(
    "text",
    [
        "bank: b",
        "bank: b\ntitle: B\nquizes: {}",
        "bank: b\ntitle: B\nquizzes: {q: {title: Q}}",
        "bank: b\ntitle: B\nquizzes: {q: {blueprint: [{count: 1, points: 2}]}}",
        "bank: b\ntitle: B\nquizzes: {q: {blueprint: [{topic: T}]}}",
        "bank: b\ntitle: B\nquizzes: {q: {rules: {multiple: right}, blueprint: [{count: 1}]}}",
        "bank: b\ntitle: B\nquizzes: {q: {rules: {round: -1}, blueprint: [{count: 1}]}}",
        "bank: b\ntitle: B\nquizzes: {q: {bands: {A: 101}, blueprint: [{count: 1}]}}",
        "bank: b\ntitle: B\nsources: {s: {author: A}}",
        "bank: b c\ntitle: B",
        "bank: b\ntitle: B\ndeck: 'A::'",
        "bank: b\ntitle: B\ndeck: A::::B",
        "bank: b\ntitle: B\ndeck: A:::B",
        "bank: b\ntitle: B\ndeck: A:B",
        "bank: b\ntitle: B\ndeck: [A, B]",
        f"bank: b\ntitle: B\ndeck: {'A' * 201}",
    ],
)
def test_slips_in_the_settings_are_marked(text: str, tmp_path: Path) -> None:
    assert complaints(as_editors_read(text)) != []
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "bank.yaml").write_text(text, encoding="utf-8")
    assert read_bank(tmp_path).problems != ()


@pytest.mark.parametrize("item", ["{stem: a}", "{stem: a, answer: b}", "{statement: a}", "{}"])
def test_a_file_of_drafts_may_lack_anything(item: str, tmp_path: Path) -> None:
    """What the file says holds for all of its questions, also for those on a passage."""
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "bank.yaml").write_text(SETTINGS, encoding="utf-8")
    for entry in (item, f"{{passage: a, questions: [{item}]}}"):
        text = f"draft: true\nquestions:\n- {entry}\n"
        assert complaints(as_editors_read(text)) == []
        (tmp_path / "questions" / "q.yaml").write_text(text, encoding="utf-8")
        assert {problem.code for problem in read_bank(tmp_path).problems} <= {"no_id"}
    assert complaints(as_editors_read("draft: true\nquestions:\n- {stmm: a}\n")) != []
