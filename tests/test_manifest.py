"""An edition's manifest: what was handed out can be read again years later, and nothing else."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.core import manifest
from quizgen.core.form import key_letters, make_forms
from quizgen.core.manifest import bank_digest, read_manifest, write_manifest
from quizgen.model import (
    Bank,
    Choice,
    Edition,
    Item,
    Option,
    Quiz,
    QuizPlan,
    Quota,
    Rules,
    Section,
    TrueFalse,
)
from tests.conftest import few
from tests.strategies import editions, paper_quizzes

KEPT = Path(__file__).parent / "data" / "editions"
FILE = "printed/test-1/manifest.json"


def edition_of_two() -> Edition:
    options = tuple(
        Option(id=name.lower(), text=name)
        for name in ("Heron", "Walnut", "A stone of some size: Größe")
    )
    items = (
        Choice(id="bird", stem="Which one is a bird?", options=options, keys=("heron",)),
        TrueFalse(id="stone", statement="Quartz is a stone.", answer=True),
    )
    quiz = Quiz(bank="b", plan=QuizPlan(id="test", title="Test", blueprint=()), items=items)
    return Edition(
        number=1,
        frozen="2026-11-28",
        version="0.2.0",
        bank_digest="0f3a5b7c9d11",
        language="en",
        title="Bank",
        quiz=quiz,
        forms=make_forms(quiz),
    )


def code_of(data: bytes) -> str:
    edition, problems = read_manifest(data, FILE)
    assert edition is None
    (problem,) = problems
    assert problem.where is not None
    assert problem.where.file == FILE
    assert problem.message.endswith(".")
    assert problem.fix.endswith(".")
    return problem.code


def tampered(data: bytes, change: Any) -> bytes:
    """The manifest changed by someone who also reckons the checksum again."""
    tree = json.loads(data)
    change(tree)
    tree["checksum"] = manifest._checksum(tree)
    return json.dumps(tree).encode()


@settings(max_examples=few(40))
@given(edition=editions())
def test_what_is_written_is_read(edition: Edition) -> None:
    data = write_manifest(edition)
    assert read_manifest(data, FILE) == (edition, ())


@settings(max_examples=few(40))
@given(edition=editions())
def test_keys_are_those_of_the_day_it_was_frozen(edition: Edition) -> None:
    read, _ = read_manifest(write_manifest(edition), FILE)
    assert read is not None
    for then, now in zip(edition.forms, read.forms, strict=True):
        assert (now.letter, now.digest) == (then.letter, then.digest)
        assert [*map(key_letters, now.questions)] == [*map(key_letters, then.questions)]


@given(drawn=paper_quizzes())
def test_sections_and_parallel_forms_are_read_as_they_were_written(
    drawn: tuple[Bank, Quiz],
) -> None:
    edition = replace(edition_of_two(), quiz=drawn[1], forms=make_forms(drawn[1]))
    assert read_manifest(write_manifest(edition), FILE) == (edition, ())


@settings(max_examples=few(40))
@given(edition=editions(), data=st.data())
def test_an_edit_of_a_byte_is_refused_or_says_the_same(
    edition: Edition, data: st.DataObject
) -> None:
    written = bytearray(write_manifest(edition))
    place = data.draw(st.integers(0, len(written) - 1))
    written[place] = data.draw(st.integers(0, 255))
    read, problems = read_manifest(bytes(written), FILE)
    assert read == edition if read is not None else len(problems) == 1


@settings(max_examples=few(40))
@given(edition=editions(), data=st.data())
def test_a_manifest_cut_short_is_refused(edition: Edition, data: st.DataObject) -> None:
    written = write_manifest(edition).rstrip()
    kept = data.draw(st.integers(0, len(written) - 1))
    assert code_of(written[:kept]) == "manifest_truncated"


@settings(max_examples=few(40))
@given(edition=editions(), data=st.data())
def test_a_lost_line_is_refused(edition: Edition, data: st.DataObject) -> None:
    lines = write_manifest(edition).splitlines(keepends=True)
    place = data.draw(st.integers(0, len(lines) - 1))
    read, problems = read_manifest(b"".join(lines[:place] + lines[place + 1 :]), FILE)
    assert read is None
    assert len(problems) == 1


@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_make_it_fall_over(data: bytes) -> None:
    read, problems = read_manifest(data, FILE)
    assert read is None
    assert len(problems) == 1


def test_every_edit_of_a_byte_of_a_small_one() -> None:
    """Each byte in turn, by a letter, a digit, a space, a quote."""
    edition = edition_of_two()
    written = write_manifest(edition)
    for place in range(len(written)):
        for sign in b'x7 "':
            changed = written[:place] + bytes([sign]) + written[place + 1 :]
            read, _ = read_manifest(changed, FILE)
            assert read in (None, edition)


def test_the_line_ends_and_the_mark_of_an_editor_change_nothing() -> None:
    edition = edition_of_two()
    data = write_manifest(edition)
    assert read_manifest(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"), FILE) == (edition, ())


def test_a_person_can_read_it() -> None:
    """One line for each short thing, the letters of the key beside the question."""
    lines = write_manifest(edition_of_two()).decode().splitlines()
    assert lines[:5] == [
        "{",
        '  "format": 1,',
        '  "quizgen": "0.2.0",',
        f'  "checksum": "{json.loads("".join(lines))["checksum"]}",',
        '  "edition": 1,',
    ]
    stone = "A stone of some size: Größe"
    assert f'        {{"id": "{stone.lower()}", "text": "{stone}"}}' in lines
    assert '        {"number": 2, "item": "stone", "key": ["True"]}' in lines
    assert max(map(len, lines)) <= 101


def test_equal_editions_have_equal_manifests() -> None:
    """Also where a default was read from a file, and so is another object with the same value."""
    edition = edition_of_two()
    read: Any = b"both".decode()
    items = tuple(replace(item, use=read, topic=b"".decode()) for item in edition.quiz.items)
    quiz = replace(edition.quiz, items=items)
    same = replace(edition, quiz=quiz, forms=make_forms(quiz))
    assert same == edition
    assert write_manifest(same) == write_manifest(edition)
    assert read_manifest(write_manifest(same), FILE) == (edition, ())
    bank = Bank(name="b", title="Bank", items=edition.quiz.items)
    assert bank_digest(replace(bank, items=items)) == bank_digest(bank)


def test_rules_stand_in_full() -> None:
    """A later default changes nothing of what a paper promised."""
    tree = json.loads(write_manifest(edition_of_two()))
    assert tuple(tree["plan"]["rules"]) == Rules.__struct_fields__


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "manifest_truncated"),
        (b" \n", "manifest_truncated"),
        (b"[1]", "manifest_foreign"),
        (b"{}", "manifest_foreign"),
        (b'{"cells": []}', "manifest_foreign"),
        (b"student,form,1,2", "manifest_foreign"),
        (b"PK\x03\x04", "manifest_foreign"),
        (b"[" * 100_000, "manifest_foreign"),
        (b"9" * 10_000, "manifest_foreign"),
        ("{'größe'}".encode("utf-16"), "manifest_edited"),
    ],
)
def test_files_of_other_kinds(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_what_stands_behind_the_end_was_written_there() -> None:
    data = write_manifest(edition_of_two())
    assert code_of(data + b"x") == code_of(data + data) == "manifest_edited"


def test_a_merge_is_refused_at_its_line() -> None:
    lines = write_manifest(edition_of_two()).splitlines(keepends=True)
    merged = b"".join([*lines[:4], b"<<<<<<< HEAD\n", lines[4], b"=======\n", *lines[4:]])
    _, (problem,) = read_manifest(merged, FILE)
    assert (problem.code, str(problem.where)) == ("manifest_merged", f"{FILE}:5:1")


def test_a_key_exchanged_by_hand_is_refused() -> None:
    data = write_manifest(edition_of_two())
    assert code_of(data.replace(b'"keys": ["heron"]', b'"keys": ["walnut"]')) == "manifest_edited"


def test_a_newer_format_is_named_before_anything_else() -> None:
    data = write_manifest(replace(edition_of_two(), version="9.1"))
    newer = data.replace(b'"format": 1', b'"format": 2')
    _, (problem,) = read_manifest(newer, FILE)
    assert problem.code == "manifest_newer"
    assert "quizgen 9.1" in problem.message


def set_at(*path: str | int, to: object) -> Any:
    def change(tree: Any) -> None:
        for step in path[:-1]:
            tree = tree[step]
        tree[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (set_at("forms", 0, "digest", to="000000"), "manifest_edited"),
        (set_at("forms", 0, "questions", 0, "key", to=["Z"]), "manifest_edited"),
        (set_at("forms", 0, "questions", 0, "order", to=["heron"]), "manifest_edited"),
        (set_at("forms", 0, "questions", 0, "item", to="gone"), "manifest_edited"),
        (set_at("forms", 0, "questions", 1, "item", to="bird"), "manifest_edited"),
        (set_at("forms", 0, "letter", to="B"), "manifest_edited"),
        (set_at("forms", to=[]), "manifest_edited"),
        (set_at("items", 0, "keys", to=[]), "manifest_edited"),
        (set_at("items", 0, "keys", to=["gone"]), "manifest_edited"),
        (set_at("items", 1, "id", to="bird"), "manifest_edited"),
        (set_at("points", to="3"), "manifest_edited"),
        (set_at("items", 0, "stem", to="Which?"), "manifest_edited"),
        (set_at("items", 0, "type", to="hologram"), "manifest_newer"),
        (set_at("items", 0, "colour", to="red"), "manifest_newer"),
        (set_at("items", 0, "points", to="1/0"), "manifest_newer"),
        (set_at("plan", "rules", "single", to="luck"), "manifest_newer"),
        (set_at("plan", to=[]), "manifest_newer"),
    ],
)  # fmt: skip
def test_what_does_not_follow_is_refused_though_its_checksum_fits(change: Any, code: str) -> None:
    assert code_of(tampered(write_manifest(edition_of_two()), change)) == code


@pytest.mark.parametrize("path", sorted(KEPT.glob("*/manifest.json")), ids=lambda p: p.parent.name)
def test_manifests_of_earlier_versions_are_read_for_ever(path: Path) -> None:
    """Its digests and key letters follow from it today as they did then; never renew these files."""
    data = path.read_bytes()
    edition, problems = read_manifest(data, FILE)
    assert problems == ()
    assert edition is not None
    assert {type(item) for item in edition.quiz.items} == set(get_args(Item))


def test_a_bank_that_says_something_else_has_another_digest() -> None:
    quiz = edition_of_two().quiz
    bank = Bank(name="b", title="Bank", items=quiz.items)
    assert bank_digest(bank) == bank_digest(replace(bank))
    assert bank_digest(bank) != bank_digest(replace(bank, title="Banc"))


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: tree["draws"][0].reverse(),
        lambda tree: tree["draws"].append(tree["draws"][0]),
        lambda tree: tree["draws"][0][0].append("nobody"),
        lambda tree: tree.pop("draws"),
        lambda tree: tree["forms"][0]["questions"][1].update(section=7),
        lambda tree: tree["forms"][0]["questions"][1].pop("section"),
        lambda tree: tree["plan"].pop("sections"),
    ],
)
def test_sections_that_do_not_hold_together_are_refused(change: Any) -> None:
    """Each item stands in the section that it was drawn for, in every form."""
    edition = edition_of_two()
    sections = tuple(Section(title=f"Part {n}", blueprint=(Quota(count=1),)) for n in (1, 2))
    plan = replace(edition.quiz.plan, sections=sections)
    quiz = replace(edition.quiz, plan=plan, draws=((("bird",), ("stone",)),))
    data = write_manifest(replace(edition, quiz=quiz, forms=make_forms(quiz)))
    assert read_manifest(data, FILE)[0] is not None
    assert code_of(tampered(data, change)) == "manifest_edited"
