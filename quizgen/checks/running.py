"""Running rules so that none can stop the others: one that raises is reported with its question."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from msgspec.structs import replace

from quizgen.checks.scope import in_use
from quizgen.checks.view import View
from quizgen.model import Bank, Item
from quizgen.problem import Problem

BankRule: TypeAlias = Callable[[Bank], Iterator[Problem]]
ItemRule: TypeAlias = Callable[[View], Iterator[Problem]]


def of_bank(bank: Bank, rules: Iterable[BankRule]) -> Iterator[Problem]:
    """What each rule finds in the bank. A rule that raises is asked again without the questions
    that it stumbles over, so that the others are held against it all the same.
    """
    for rule in rules:
        try:
            yield from tuple(rule(bank))
        except Exception as error:  # noqa: BLE001 - whatever a rule raises is our fault
            yield from _without_stumbling(bank, rule, error)


def of_item(item: Item, language: str, rules: Iterable[ItemRule]) -> Iterator[Problem]:
    """What each rule finds in an item of a bank in this language."""
    view = View(item, language)
    for rule in rules:
        try:
            yield from tuple(rule(view))
        except Exception as error:  # noqa: BLE001 - as above
            yield _failed(rule, error, item.id)


def _without_stumbling(bank: Bank, rule: BankRule, error: Exception) -> Iterator[Problem]:
    sound: list[Item] = []
    for item in in_use(bank):
        try:
            tuple(rule(replace(bank, items=(item,))))
        except Exception as own:  # noqa: BLE001 - as above
            yield _failed(rule, own, item.id)
        else:
            sound.append(item)
    try:
        yield from tuple(rule(replace(bank, items=tuple(sound))))
    except Exception:  # noqa: BLE001 - as above; it stumbles over questions together
        yield _failed(rule, error, None)


def _failed(rule: BankRule | ItemRule, error: Exception, item: str | None) -> Problem:
    name = rule.__name__
    at = "this question" if item else "the bank"
    said = f"{type(error).__name__}: {error}".rstrip(": ")
    return Problem(
        code="failed_rule",
        message=f'The rule "{name}" failed on {at} and was not held against it ({said}).',
        fix="That is a fault of quizgen: please report it, with the question.",
        severity="warning",
        item=item,
    )
