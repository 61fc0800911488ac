"""Errors are sure: of a bank that is right by construction none is reported."""

from pathlib import Path

from hypothesis import given, settings

from quizgen.checks.catalogue import findings
from quizgen.checks.grounding.sources import ground
from quizgen.checks.rule import rules
from quizgen.model import Bank
from quizgen.problem import has_errors
from tests.broken_banks import read
from tests.conftest import few
from tests.strategies import sound_banks


@settings(max_examples=few(100))
@given(sound_banks())
def test_a_bank_that_is_right_has_no_error(
    drawn: tuple[Bank, dict[str, tuple[str, ...]]],
) -> None:
    """However its options, blanks, letters, figures and tolerances may look."""
    bank, documents = drawn
    found = (*findings(bank), *ground(bank, documents))
    assert not has_errors(found), [str(one) for one in found if one.severity == "error"]


def test_every_error_says_when_it_is_sure() -> None:
    """What must hold in the question for it, so that it is wrong whatever its author meant."""
    assert {code for code, rule in rules().items() if rule.sure} == {
        code for code, rule in rules().items() if rule.severity == "error"
    }


def test_symbols_that_differ_in_capitals_are_taken_where_one_has_an_id(tmp_path: Path) -> None:
    """An option is known by its text without capitals and powers; the fix says how to tell them apart."""
    row = "- {id: a, stem: Which is cobalt?, answer: Co, distractors: [%s, Cu]}\n"
    refused = read(tmp_path, q="questions:\n" + row % "CO")
    assert [one.fix for one in refused.problems] == [
        "Change one of the two, or write {text: CO, id: NAME} if they do differ."
    ]
    taken = read(tmp_path, q="questions:\n" + row % "{text: CO, id: monoxide}")
    assert taken.bank is not None
    assert (taken.problems, has_errors(findings(taken.bank))) == ((), False)
