"""The rules of good questions, one function a rule, each yielding Problems with item and field.

Errors are only what is wrong by construction. An item silences a rule by `ignore:` with a reason.
What each rule is for stands in `rules.toml`.
"""

from collections.abc import Callable, Iterable, Iterator

from quizgen.checks import (
    answers,
    cards,
    choices,
    cues,
    duplicates,
    kinds,
    markdown,
    options,
    pictures,
    sources,
    stems,
)
from quizgen.checks.scope import heeded, in_use
from quizgen.checks.view import View
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
    duplicates.near_duplicate_items,
    answers.rubric_total,
    markdown.unshown_in_text,
    pictures.alt_tells_answer,
    sources.key_not_in_terms,
    sources.unattributed_claim,
)
"""Those that look at a whole bank."""

ITEM_RULES: tuple[Callable[[View], Iterator[Problem]], ...] = (
    choices.all_of_the_above,
    choices.none_of_the_above,
    choices.unordered_numbers,
    choices.combined_options,
    choices.longest_is_key,
    choices.convergence,
    choices.true_false_options,
    stems.unmarked_negative,
    stems.unfocused_stem,
    stems.stale_fact,
    cues.article_cue,
    cues.key_in_stem,
    cues.near_duplicate_options,
    cards.card_answer_long,
    cards.card_many_facts,
    cards.card_enumeration,
    cards.cloze_without_context,
    cards.cloze_too_much,
    cards.cloze_ambiguous,
    cards.deictic_front,
)
"""Those that look at an item by itself."""

NOTE_RULES: tuple[Callable[[View], Iterator[Problem]], ...] = (
    cues.clang,
    cues.number_cue,
    kinds.outlier_option,
    kinds.absolute_distractor,
    kinds.vague_term,
    kinds.mixed_units,
    kinds.option_count,
    stems.long_stem,
    stems.blank_position,
    stems.negative_stem,
    stems.missing_explanation,
)
"""Those whose notes are shown on request."""


def check(bank: Bank, *, notes: bool = False) -> tuple[Problem, ...]:
    """Everything that the rules find, but for what items ignore; notes where they are asked for."""
    return heeded(bank, findings(bank, notes=notes))


def findings(bank: Bank, *, notes: bool = False) -> Iterator[Problem]:
    """Everything that the rules find, also what is silenced."""
    for rule in RULES:
        yield from rule(bank)
    yield from _of_items(bank, (*ITEM_RULES, *NOTE_RULES) if notes else ITEM_RULES)


def _of_items(
    bank: Bank, rules: Iterable[Callable[[View], Iterator[Problem]]]
) -> Iterator[Problem]:
    for item in in_use(bank):
        view = View(item, bank.language)
        for rule in rules:
            yield from rule(view)
