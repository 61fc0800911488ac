"""Which of a note's fields are options and which of them are right, for the note types people make."""

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from quizgen.bank.shapes import identity
from quizgen.checks.rules.options import is_all_or_none
from quizgen.checks.rules.references import position_reference
from quizgen.model import Bank, Choice, Frozen

_OPTION = re.compile(
    r"(?:option|opt|choice|answer|ans|alternative|possible answer|antwort|q|a)?"
    r"[\s_#:.(-]*(?P<mark>\d{1,2}|[a-j])[).]?"
)
_WRONG = re.compile(
    r"(?:distractor|wrong|incorrect|false)(?:[\s_-]*(?:answer|option|choice)s?)?[\s_#:.-]*(?:\d{1,2}|[a-j])?"
)
_ANSWER = re.compile(
    r"(?:correct|right)?[\s_-]*(?:answer|option|choice|solution|key|lösung|antwort)s?|correct|right"
)
_QUESTION = re.compile(r"question|stem|front|prompt|frage|text")
_BITS = re.compile(r"[01](?:[\s,;]*[01])+")
_COUNTED = re.compile(r"[(\[]?(?:[a-jA-J]|\d{1,2})?[)\].:]?|[-–—•·*|]")
_MARKS = re.compile(
    r"(?i:option|choice|answer)?\s*"
    r"((?i:[a-j](?:[\s,;/&+]+[a-j])*)|[A-J]+|\d{1,2}(?:[\s,;/&+]+\d{1,2})*)[).:]?"
)
"""Letters that stand together are capitals: others are a word, such as "bad"."""


class ChoiceFields(Frozen, frozen=True, kw_only=True):
    """The names of the field that asks, of the options, of those that are right, of all that were read."""

    question: str
    options: tuple[str, ...]
    rights: tuple[str, ...]
    used: tuple[str, ...]
    multiple: bool


def choice_fields(shown: Mapping[str, str]) -> ChoiceFields | None:
    """What the fields mean, from their names and what is `shown` in them; None where they are no choice.

    Where it is not clear which options are right, none is.
    """
    folded = {name: name.strip().casefold() for name in shown}
    question = next((name for name in shown if _QUESTION.fullmatch(folded[name])), None)
    answer = next((name for name in shown if _ANSWER.fullmatch(folded[name])), None)
    wrong = [name for name in shown if _WRONG.fullmatch(folded[name])]
    if question is None or answer is None or not shown[question]:
        return None
    if wrong:
        filled = [name for name in wrong if shown[name]]
        if not filled or not shown[answer]:
            return None
        return ChoiceFields(
            question=question, options=(answer, *filled), rights=(answer,),
            used=(question, answer, *wrong), multiple=False,
        )  # fmt: skip
    options = [
        name for name in shown if name not in (question, answer) and _OPTION.fullmatch(folded[name])
    ]
    filled = [name for name in options if shown[name]]
    if len(filled) < 2:
        return None
    rights = _rights(shown[answer], options, shown)
    if any(not shown[name] for name in rights):
        rights = []
    kind = next((shown[name] for name in shown if folded[name].startswith("qtype")), "")
    of_kind = [name for name in shown if folded[name].startswith("qtype")]
    return ChoiceFields(
        question=question,
        options=tuple(filled),
        rights=tuple(rights),
        used=(question, answer, *options, *of_kind),
        multiple=len(rights) > 1 or kind in ("0", "1"),
    )


def in_order(item: Choice) -> Choice:
    """The choice so that options which speak of others find these where they are looked for."""
    options = item.options
    if any(position_reference(Bank(name=item.id, title=item.id, items=(item,)))):
        return replace(item, arrangement="fixed")
    last = len(options)
    while last and is_all_or_none(options[last - 1]):
        last -= 1
    if any(map(is_all_or_none, options[:last])):
        return replace(item, arrangement="fixed")
    pinned = (replace(option, pin="last") for option in options[last:])
    return replace(item, options=(*options[:last], *pinned))


def is_mark(words: str) -> bool:
    """Whether words beside options do no more than count them."""
    return all(_COUNTED.fullmatch(word) for word in words.split())


def _rights(answer: str, options: Sequence[str], shown: Mapping[str, str]) -> list[str]:
    """The fields of the right options, from what the answer says: their text, letters, numbers, bits.

    None where it may mean one option by its text and another by its place.
    """
    same = [name for name in options if shown[name] and identity(shown[name]) == identity(answer)]
    placed = [options[place] for place in _places(answer.strip(), len(options))]
    return [] if same and placed and same[:1] != placed else same[:1] or placed


def _places(answer: str, count: int) -> list[int]:
    """The places that an answer names among so many options; none where it names no such places."""
    bits = re.findall("[01]", answer)
    if _BITS.fullmatch(answer) and (len(bits) == count or len(bits) < len(answer)):
        return [place for place, bit in enumerate(bits[:count]) if bit == "1"]
    found = _MARKS.fullmatch(answer)
    marks = re.findall(r"\d+|[a-j]", found[1].lower()) if found else []
    places = [int(mark) - 1 if mark.isdigit() else ord(mark) - ord("a") for mark in marks]
    is_sound = len(set(places)) == len(places) and all(0 <= place < count for place in places)
    return places if is_sound else []
