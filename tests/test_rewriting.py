"""Rewriting a file harmlessly changes no report of any rule, but for its place."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.bank import Reading
from quizgen.bank.origin import BANK_FILE
from quizgen.bank.parsing import parse
from quizgen.checks.catalogue import findings
from quizgen.checks.grounding.sources import ground
from quizgen.checks.rule import rules
from quizgen.model import Choice, Item, Option
from quizgen.problem import Problem
from tests.conftest import few
from tests.rule_cases import CASES, RULES, Case, cases, documents
from tests.yaml_writer import Tree, layout, passage_tree, tree

_OF_TWO = frozenset(("duplicate_options", "equal_numeric_options", "near_duplicate_options"))
"""Rules of two options, which stand at the later one: which that is, is a matter of place."""

TEXTS = documents()


class Report(NamedTuple):
    """What is said of a question; an option or term is named by its text, wherever it stands."""

    code: str
    severity: str
    item: str | None
    field: str
    message: str
    fix: str


def _report(problem: Problem, items: dict[str, Item]) -> Report:
    field = problem.field or ""
    head, _, place = field.partition(".")
    item = items.get(problem.item or "")
    if head == "options" and isinstance(item, Choice) and place:
        field = "" if problem.code in _OF_TWO else item.options[int(place)].text
    if item and item.source and field.startswith("source.terms."):
        field = item.source.terms[int(field.rpartition(".")[2])]
    return Report(problem.code, problem.severity, problem.item, field, problem.message, problem.fix)


def _reports(reading: Reading) -> Counter[Report]:
    bank = reading.bank
    assert bank is not None
    found = (*findings(bank, notes=True), *ground(bank, TEXTS))
    items = {item.id: item for item in bank.items}
    return Counter(_report(problem, items) for problem in found)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the media that cases name."""
    root = tmp_path_factory.mktemp("rewriting")
    shutil.copytree(CASES / "media", root / "questions" / "media")
    return root


@pytest.fixture(scope="module")
def banks(folder: Path) -> dict[str, Reading]:
    """What is read of the cases, a bank a rule, as they are written without any choice."""
    told: dict[str, list[dict[str, Tree]]] = {}
    for case in _all_cases():
        reading = _read(folder, *case.files)
        if reading.problems or reading.bank is None:
            continue
        name = f"{case.rule}-{case.line}".replace("_", "-")
        written = told.setdefault(case.rule, [])
        for passage in reading.bank.passages:
            own = [item for item in reading.bank.items if item.passage == passage.id]
            written.append(
                passage_tree(
                    replace(passage, id=f"{name}-{passage.id}"),
                    [_named(item, name) for item in own],
                )
            )
        written += [_named(item, name) for item in reading.bank.items if not item.passage]
    return {
        rule: _whole(_read(folder, layout(written, Random(0))))  # noqa: S311 - not for secrets
        for rule, written in told.items()
    }


def _all_cases() -> Iterator[Case]:
    """Those of rules, and the bad examples of their page, which some rules have alone."""
    for rule in RULES:
        yield from cases(rule.code)
    for place, example in enumerate(rule.bad for rule in rules().values() if rule.bad):
        yield Case("example", "report", (), "", (f"questions:\n{example}",), place)


def _named(item: Item, name: str) -> dict[str, Tree]:
    return tree(replace(item, id=f"{name}-{item.id}"), Random(0))  # noqa: S311 - not for secrets


def _read(folder: Path, *texts: str) -> Reading:
    files = {f"questions/{n}.yaml": text.encode() for n, text in enumerate(texts)}
    return parse(folder, {BANK_FILE: (CASES / "bank.yaml").read_bytes(), **files}, {})


def _whole(reading: Reading) -> Reading:
    assert reading.problems == ()
    return reading


# --- Rewriting -----------------------------------------------------------------------------------


def _rewritten(reading: Reading, rnd: Random) -> str:
    """The same questions in the same order; what has no order of its own in another, in any layout."""
    assert reading.bank is not None
    passages = {passage.id: passage for passage in reading.bank.passages}
    told: dict[str, dict[str, Tree]] = {}
    for item in reading.bank.items:
        written = _in_any_order(tree(_reordered(item, rnd), rnd), rnd)
        if item.passage in told:
            questions = told[item.passage]["questions"]
            assert isinstance(questions, list)
            questions.append(written)
        elif item.passage:
            told[item.passage] = passage_tree(passages[item.passage], [written])
        else:
            told[item.id] = written
    return layout([*told.values()], rnd)


def _reordered(item: Item, rnd: Random) -> Item:
    """A choice that is shuffled anyway, with its right and its wrong options in another order each."""
    if not isinstance(item, Choice) or item.arrangement == "fixed":
        return item
    keys = rnd.sample(item.keys, len(item.keys))
    free = iter(rnd.sample(moved := [o for o in item.options if _moves(item, o)], len(moved)))
    by_id = {option.id: option for option in item.options}
    wrong = [
        next(free) if _moves(item, option) else option
        for option in item.options
        if option.id not in keys
    ]
    return replace(item, options=(*(by_id[key] for key in keys), *wrong), keys=tuple(keys))


def _moves(item: Choice, option: Option) -> bool:
    """Whether it is a wrong option; several that are pinned alike stand in their order."""
    return option.id not in item.keys and not option.pin


def _in_any_order(fields: dict[str, Tree], rnd: Random) -> dict[str, Tree]:
    """The fields of mappings in another order, but for pairs that are shown in theirs."""
    names = rnd.sample(list(fields), len(fields))
    return {name: _shuffled(name, fields[name], rnd) for name in names}


def _shuffled(name: str, value: Tree, rnd: Random) -> Tree:
    match value:
        case dict() if name != "match":
            return _in_any_order(value, rnd)
        case list() if name == "terms":
            return rnd.sample(value, len(value))
        case list():
            return [_shuffled("", one, rnd) for one in value]
        case _:
            return value


def test_all_rules_are_asked(banks: dict[str, Reading]) -> None:
    """Of those that are not of reading, each reports something in the banks that are rewritten."""
    of_reading = {code for rule in RULES for code in (rule.code, *rule.reading) if rule.reading}
    told = {report.code for bank in banks.values() for report in _reports(bank)}
    assert rules().keys() - told - of_reading == set()


@settings(max_examples=few(70))
@given(st.integers(min_value=0, max_value=999), st.integers(min_value=0, max_value=2**32))
def test_rewriting_changes_no_report(
    folder: Path, banks: dict[str, Reading], rule: int, seed: int
) -> None:
    """Order of keys, of distractors and of terms, white space, quotes, comments, block and flow; of
    the cases of one rule.
    """
    bank = list(banks.values())[rule % len(banks)]
    text = _rewritten(bank, Random(seed))  # noqa: S311 - not for secrets
    rewritten = _whole(_read(folder, text))
    before, after = _reports(bank), _reports(rewritten)
    assert before - after == Counter()
    assert after - before == Counter()
