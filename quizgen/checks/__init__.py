"""The rules of good questions, one function a rule, each yielding Problems with item and field.

Errors are only what is wrong by construction. An item silences a rule by `ignore:` with a reason.
"""

from collections.abc import Callable, Iterator

from quizgen.checks import answers, markdown, options, pictures, sources
from quizgen.checks.scope import heeded
from quizgen.model import Bank
from quizgen.problem import Problem

RULES: tuple[Callable[[Bank], Iterator[Problem]], ...] = (
    options.duplicate_options,
    options.equal_numeric_options,
    options.unpinned_all_or_none,
    options.position_reference,
    options.dangling_reference,
    answers.blank_count,
    answers.tolerance_swallows,
    answers.same_stem_same_key,
    answers.rubric_total,
    markdown.unshown_in_text,
    pictures.alt_tells_answer,
    sources.key_not_in_terms,
    sources.unattributed_claim,
)


def check(bank: Bank) -> tuple[Problem, ...]:
    """Everything that the rules find, but for what items ignore; in the order of the rules."""
    return heeded(bank, (problem for rule in RULES for problem in rule(bank)))
