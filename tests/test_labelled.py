"""The labelled questions are whole: all readable, each labelled, and about half of them clean."""

from collections import Counter
from pathlib import Path

import pytest

from quizgen.bank import read_bank
from quizgen.checks.rule import rules
from tests.rule_cases import (
    HELDOUT,
    HELDOUT2,
    LABELLED,
    RULES,
    is_written,
    labelled,
    labelled_files,
    questions,
)
from tests.rules_page import first_run, measured, together

_all = pytest.mark.parametrize("root", [LABELLED, HELDOUT, HELDOUT2], ids=lambda root: root.name)
_held_out = pytest.mark.parametrize("root", [HELDOUT, HELDOUT2], ids=lambda root: root.name)


@_all
def test_the_labelled_bank_is_read_without_a_problem_and_every_question_is_labelled(
    root: Path,
) -> None:
    reading = read_bank(root)
    assert reading.problems == ()
    assert reading.bank is not None
    assert [item.id for item in reading.bank.items if item.id not in labelled(root)] == []
    assert len(labelled(root)) == len(reading.bank.items) >= 220


@_all
def test_labels_name_known_rules_and_written_places(root: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in labelled_files(root)]
    there = {question["id"]: question for text in texts for question in questions(text)}
    labels = [label for found in labelled(root).values() for label in found]
    known = {rule.code for rule in RULES if rule.severity != "note"}
    known |= {code for code, rule in rules().items() if rule.severity != "note"}
    assert {label.rule for label in labels} <= known
    wrong = [label for label in labels if not is_written(there[label.item], label.field)]
    assert wrong == []
    assert all(label.why for label in labels)


@_all
def test_half_of_the_labelled_questions_or_up_to_two_thirds_are_clean(root: Path) -> None:
    clean = sum(not labels for labels in labelled(root).values())
    assert 0.4 <= clean / len(labelled(root)) <= 0.67


@_held_out
def test_held_out_labels_are_those_of_the_first_run(root: Path) -> None:
    """No label was changed, nor counted otherwise, once the rules had been run."""
    named = {(label.rule, label.item) for labels in labelled(root).values() for label in labels}
    assert Counter(code for code, _ in named) == {
        code: one.measure.labelled for code, one in first_run(root).items()
    }
    for code, one in first_run(root).items():
        assert {(code, item) for item in one.missed} <= named
        assert {(code, item) for item in one.not_labelled}.isdisjoint(named)
        assert set(one.not_labelled) <= labelled(root).keys()
        assert one.measure.labelled - one.measure.both == len(one.missed)
        assert one.measure.reported - one.measure.both == len(one.not_labelled)


@_held_out
def test_warnings_are_as_good_on_held_out_questions_as_at_first(root: Path) -> None:
    """All together, to within a few questions; the page of rules tells it of each."""
    first = together({code: one.measure for code, one in first_run(root).items()}, "warning")
    today = together(measured(root), "warning")
    assert today.precision >= first.precision - 0.03
    assert today.recall >= first.recall - 0.03
