"""All rules, in their groups, and everything that they find in a bank.

An item silences a rule by `ignore:` with a reason. What each rule is for stands in `rules.toml`.
"""

from msgspec.structs import replace

from quizgen.checks import wrong
from quizgen.checks.grounding import sources
from quizgen.checks.kept import Kept
from quizgen.checks.rules import (
    attribution,
    cards,
    choices,
    cues,
    duplicates,
    kinds,
    paraphrase,
    pictures,
    stems,
)
from quizgen.checks.running import BankRule, ItemRule, of_bank, of_item
from quizgen.checks.scope import heeded, in_use
from quizgen.garbage import collector_at_rest
from quizgen.model import Bank, Item
from quizgen.problem import Problem

BANK_RULES: tuple[BankRule, ...] = (
    duplicates.near_duplicate_items,
    pictures.alt_tells_answer,
    sources.key_not_in_terms,
    attribution.unattributed_claim,
)
"""Those that look at a whole bank, and find what only a person can judge."""

ITEM_RULES: tuple[ItemRule, ...] = (
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
    paraphrase.near_duplicate_options,
    cards.card_answer_long,
    cards.card_many_facts,
    cards.card_enumeration,
    cards.cloze_without_context,
    cards.cloze_too_much,
    cards.cloze_ambiguous,
    cards.deictic_front,
)
"""Those that look at an item by itself."""

NOTE_RULES: tuple[ItemRule, ...] = (
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

RULES = (*wrong.ERROR_RULES, *wrong.BANK_ERROR_RULES, *BANK_RULES)


def check(bank: Bank, *, notes: bool = False) -> tuple[Problem, ...]:
    """Everything that the rules find, but for what items ignore; notes where they are asked for."""
    return heeded(bank, findings(bank, notes=notes))


def findings(bank: Bank, *, notes: bool = False, kept: Kept | None = None) -> tuple[Problem, ...]:
    """Everything that the rules find, also what is silenced.

    What is kept of an item that has not changed is not looked for again, and `kept` then holds
    what was found of all items.
    """
    with collector_at_rest():
        items = tuple(in_use(bank))
        if kept is None:
            found = _of_items(bank, items, notes=notes)
        else:
            of_items = kept.of(bank, items, lambda fresh: _of_items(bank, fresh, notes=True))
            found = tuple(one for one in of_items if notes or one.severity != "note")
        return (*of_bank(bank, (*wrong.BANK_ERROR_RULES, *BANK_RULES)), *found)


def _of_items(bank: Bank, items: tuple[Item, ...], *, notes: bool) -> tuple[Problem, ...]:
    rules = (*ITEM_RULES, *NOTE_RULES) if notes else ITEM_RULES
    found = list(of_bank(replace(bank, items=items), wrong.ERROR_RULES))
    for item in items:
        found += of_item(item, bank.language, rules)
    return tuple(found)
