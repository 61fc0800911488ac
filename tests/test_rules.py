"""Each rule says of its cases what their author says, and of labelled questions about what a reviewer does."""

from pathlib import Path

import pytest

from quizgen.bank import locate
from quizgen.checks.catalogue import ITEM_RULES, NOTE_RULES, check
from quizgen.checks.grounding.sources import ground
from quizgen.checks.rule import rules
from quizgen.problem import Problem
from tests.rule_cases import DATA, RULES, Case, Rule, cases, documents, read_case
from tests.rules_page import PAGE, measured, text

IMPLEMENTED = tuple(rule for rule in RULES if rule.code in rules())
GAPS = frozenset(
    tuple(line.split()[:2])
    for line in (DATA / "rule_gaps.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)
"""Rule and first question of the cases that disagree."""


def _found(case: Case, root: Path) -> tuple[Problem, ...]:
    root.mkdir()
    reading = read_case(case, root)
    assert reading.bank is not None
    found = check(reading.bank, notes=True) + ground(reading.bank, documents())
    return reading.problems + locate(found, reading.origin)


def _agrees(rule: Rule, case: Case, found: tuple[Problem, ...]) -> bool:
    """Whether the problems are at the places that the case names; what reading refuses has no field."""
    if rule.reading:
        said = [one for one in found if one.code in rule.reading | {rule.code}]
        return bool(said) == bool(case.spots)
    said = [one for one in found if one.code == rule.code]
    assert all(one.severity == rule.severity for one in said)
    return {(one.item, one.field or "") for one in said} == set(case.spots)


@pytest.mark.parametrize("rule", IMPLEMENTED, ids=lambda rule: rule.code)
def test_a_rule_reports_the_places_that_its_cases_name_and_no_near_miss(
    rule: Rule, tmp_path: Path
) -> None:
    """But for the gaps listed, each of which is one."""
    told = {}
    for case in cases(rule.code):
        name = case.files[0].partition("- id: ")[2].split()[0]
        told[name] = _agrees(rule, case, _found(case, tmp_path / str(case.line)))
    wrong = {name for name, agrees in told.items() if not agrees}
    assert wrong == {name for code, name in GAPS if code == rule.code}


def test_examples_of_a_rule_break_it_and_keep_it(tmp_path: Path) -> None:
    broken: set[str] = set()
    kept: set[str] = set()
    shown = [rule for rule in rules().values() if rule.bad]
    for rule in shown:
        for example, codes in ((rule.bad, broken), (rule.good, kept)):
            text = f"questions:\n{example}"
            case = Case(rule.code, "report", (), "", (text,), 1)
            found = _found(case, tmp_path / f"{rule.code}-{len(broken)}-{codes is kept}")
            reading = next((one.reading for one in RULES if one.code == rule.code), frozenset())
            if {one.code for one in found} & {rule.code, *reading}:
                codes.add(rule.code)
    assert broken == {rule.code for rule in shown}
    assert kept == set()


def test_gaps_are_those_of_rules() -> None:
    assert {code for code, _ in GAPS} <= {rule.code for rule in IMPLEMENTED}


def test_the_table_has_every_rule_with_its_severity() -> None:
    table = rules()
    assert all(table[rule.code].severity == rule.severity for rule in IMPLEMENTED)
    assert {rule.__name__ for rule in (*ITEM_RULES, *NOTE_RULES)} <= table.keys()
    assert all(table[rule.__name__].severity == "note" for rule in NOTE_RULES)


def test_warnings_are_precise_enough_to_be_read() -> None:
    """.8 and more of what a warning reports was named by a reviewer, too."""
    told = [code for code, rule in rules().items() if rule.severity == "warning"]
    low = {code for code in told if code in measured() and measured()[code].precision < 0.8}
    assert low == set()


def test_the_page_of_rules_is_as_the_rules_are() -> None:
    """`python -m tests.rules_page` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == text()
