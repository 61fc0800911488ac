"""Which items the rules are held against, and which of their findings stand."""

from collections.abc import Iterable, Iterator

from quizgen.model import Bank, Item
from quizgen.problem import Problem


def in_use(bank: Bank) -> Iterator[Item]:
    """The items that rules are held against: neither drafts, which may lack anything, nor retired."""
    return iter([item for item in bank.items if not item.draft and not item.retired])


def heeded(bank: Bank, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems without those that their items ignore, with a reason."""
    ignored = {(item.id, code) for item in bank.items for code in item.ignore}
    return tuple(problem for problem in problems if (problem.item, problem.code) not in ignored)
