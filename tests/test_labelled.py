"""The labelled questions are whole: all readable, each labelled, and about half of them clean."""

from quizgen.bank import read_bank
from tests.rule_cases import LABELLED, RULES, is_written, labelled, labelled_files, questions


def test_the_labelled_bank_is_read_without_a_problem_and_every_question_is_labelled() -> None:
    reading = read_bank(LABELLED)
    assert reading.problems == ()
    assert reading.bank is not None
    assert [item.id for item in reading.bank.items if item.id not in labelled()] == []
    assert len(labelled()) == len(reading.bank.items) >= 220


def test_labels_name_known_rules_and_written_places() -> None:
    texts = [path.read_text(encoding="utf-8") for path in labelled_files()]
    there = {question["id"]: question for text in texts for question in questions(text)}
    labels = [label for found in labelled().values() for label in found]
    known = {rule.code for rule in RULES if rule.severity != "note"}
    assert {label.rule for label in labels} <= known
    wrong = [label for label in labels if not is_written(there[label.item], label.field)]
    assert wrong == []
    assert all(label.why for label in labels)


def test_about_half_of_the_labelled_questions_are_clean() -> None:
    clean = sum(not labels for labels in labelled().values())
    assert 0.4 <= clean / len(labelled()) <= 0.6
