"""The cases of rules are whole: enough for each rule, all readable, and their places are there."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.rule_cases import (
    CASES,
    CODES,
    RULES,
    Rule,
    cases,
    documents,
    is_written,
    questions,
    read_case,
)

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_a_rule_has_one_name_and_one_file() -> None:
    assert len(CODES) == len(RULES)
    assert {path.stem for path in CASES.glob("*.yaml")} == CODES | {"bank"}


@each_rule
def test_a_rule_has_eight_cases_to_report_and_eight_to_pass_over(rule: Rule) -> None:
    verdicts = Counter(case.verdict for case in cases(rule.code))
    assert min(verdicts["report"], verdicts["silent"]) >= 8
    texts = [case.files for case in cases(rule.code)]
    assert len(set(texts)) == len(texts)


@each_rule
def test_cases_are_read_without_a_problem_but_that_of_their_rule(
    rule: Rule, tmp_path: Path
) -> None:
    for case in cases(rule.code):
        root = tmp_path / str(case.line)
        root.mkdir()
        reading = read_case(case, root)
        said = {problem.code for problem in reading.problems}
        allowed = rule.reading if case.verdict == "report" else frozenset()
        assert said <= allowed, (case.name, reading.problems)
        assert reading.bank is not None


@each_rule
def test_reported_places_are_written_in_their_case(rule: Rule) -> None:
    for case in cases(rule.code):
        there = [question for text in case.files for question in questions(text)]
        assert bool(case.spots) == (case.verdict == "report"), case.name
        for spot in case.spots:
            meant = [question for question in there if question["id"] == spot.item]
            assert any(is_written(question, spot.field) for question in meant), (case.name, spot)


def test_documents_are_declared_for_the_cases() -> None:
    declared = yaml.load((CASES / "bank.yaml").read_bytes(), Loader=yaml.BaseLoader)  # noqa: S506
    assert set(documents()) == set(declared["sources"])
