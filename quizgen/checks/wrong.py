"""What is wrong by construction, so that nothing should be built of it: the rules that find errors.

What needs judgement is in the catalogue; a build asks these alone, and does not load the others.
"""

from quizgen.checks.rules import answers, markdown, options, references
from quizgen.checks.running import BankRule, of_bank
from quizgen.checks.scope import heeded
from quizgen.model import Bank
from quizgen.problem import Problem

ERROR_RULES: tuple[BankRule, ...] = (
    options.duplicate_options,
    options.equal_numeric_options,
    options.unpinned_all_or_none,
    references.position_reference,
    references.dangling_reference,
    answers.blank_count,
    answers.rubric_total,
)
"""Those that look at a bank item by item, and find what is wrong by construction."""

BANK_ERROR_RULES: tuple[BankRule, ...] = (
    answers.tolerance_swallows,
    answers.same_stem_same_key,
    markdown.unshown_in_text,
)
"""Those that look at a whole bank, and find what is wrong by construction."""


def errors(bank: Bank) -> tuple[Problem, ...]:
    """What these rules find, but for what items ignore."""
    return heeded(bank, of_bank(bank, (*ERROR_RULES, *BANK_ERROR_RULES)))
