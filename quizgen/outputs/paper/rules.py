"""The rules of a quiz to plain words, for those types that occur in it.

What stands here is on the student's paper, so no rule may tell how many options are right.
"""

from typing import Literal, TypeAlias, assert_never

from msgspec.structs import replace

from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Entry,
    Form,
    Frozen,
    Item,
    Match,
    Number,
    Open,
    Order,
    Rules,
    TrueFalse,
)
from quizgen.outputs.paper.texts import Html, PaperWords

Scored: TypeAlias = Literal[
    "single", "true_false", "multiple", "written", "number", "cloze", "match", "order", "open"
]


_LINE = 46
"""About how many letters a line of a rule holds."""

Shape: TypeAlias = Literal["round", "square", "line", "wide"]


class RuleLine(Frozen, frozen=True, kw_only=True):
    """One rule, beside the mark that it is about, with a sign in it."""

    text: Html
    sign: str = ""
    shape: Shape = "square"


def kinds_scored(form: Form) -> frozenset[Scored]:
    """The ways in which the questions of a form are scored."""
    return frozenset(_scored(question.item) for question in form.questions)


def rules_in_words(
    present: frozenset[Scored], rules: Rules, words: PaperWords
) -> tuple[RuleLine, ...]:
    """How a form is answered and marked: a line for each way that is `present` in it."""
    lines = [*_letter_rules(present, rules, words), *_room_rules(present, rules, words)]
    if present & {"single", "true_false", "multiple"}:
        lines.append(RuleLine(text=words.rule("rule_change"), sign="/"))
    costs = ("single" in present and rules.single == "formula") or (
        "true_false" in present and rules.true_false == "formula"
    )
    if not costs:
        text = Html(words.joined(lines[-1].text, words.rule("rule_floor")))
        lines[-1] = replace(lines[-1], text=text)
    if rules.round is not None:
        text = Html(f"{lines[-1].text} {words.rule('rule_round', step=words.number(rules.round))}")
        lines[-1] = replace(lines[-1], text=text)
    return tuple(lines)


def _scored(item: Item) -> Scored:
    match item:
        case Choice():
            return "multiple" if item.multiple else "single"
        case TrueFalse():
            return "true_false"
        case Entry() | Card():
            return "written"
        case Number():
            return "number"
        case Cloze():
            return "cloze"
        case Match():
            return "match"
        case Order():
            return "order"
        case Open():
            return "open"
        case _:
            assert_never(item)


def in_two(lines: tuple[RuleLine, ...]) -> tuple[tuple[RuleLine, ...], ...]:
    """The rules in two columns of about one height, read down the first and then the second."""
    heights = [1 + len(line.text) // _LINE for line in lines]
    first = min(
        range(1, len(lines) + 1),
        key=lambda count: max(sum(heights[:count]), sum(heights[count:])),
    )
    return tuple(filter(None, (lines[:first], lines[first:])))


def _letter_rules(present: frozenset[Scored], rules: Rules, words: PaperWords) -> list[RuleLine]:
    """The rules of what is crossed; one line serves single choice and true or false alike."""
    lines = []
    both_right = rules.single == rules.true_false == "right"
    signs = {"true": words.say("true_sign"), "false": words.say("false_sign")}
    if "single" in present:
        text = words.rule(f"rule_single_{rules.single}")
        lines.append(RuleLine(text=text, sign="A", shape="round"))
    if "true_false" in present and not ("single" in present and both_right):
        text = words.rule(f"rule_true_false_{rules.true_false}")
        lines.append(RuleLine(text=text, sign=signs["true"], shape="round"))
    if "multiple" in present:
        judged = rules.multiple in ("each_statement", "ps50")
        text = words.rule(f"rule_multiple_{rules.multiple}", **signs)
        lines.append(
            RuleLine(text=text, sign=signs["true"], shape="round")
            if judged
            else RuleLine(text=text, sign="A", shape="square")
        )
    return lines


def _room_rules(present: frozenset[Scored], rules: Rules, words: PaperWords) -> list[RuleLine]:
    """The rules of what is written."""
    keys: tuple[tuple[Scored, Shape, str], ...] = (
        ("written", "line", "rule_written"),
        ("number", "wide", "rule_number"),
        ("cloze", "line", f"rule_cloze_{rules.cloze}"),
        ("match", "square", f"rule_match_{rules.match}"),
        ("order", "square", f"rule_order_{rules.order}"),
        ("open", "line", "rule_open"),
    )
    return [
        RuleLine(text=words.rule(key), shape=shape)
        for scored, shape, key in keys
        if scored in present
    ]
