"""Which of a note's fields are options and which of them are right, for the note types people make."""

import re
from collections.abc import Mapping, Sequence

from quizgen.bank.shapes import identity
from quizgen.model import Frozen

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
_MARKS = re.compile(
    r"(?:option|choice|answer)?\s*([a-j](?:[\s,;/&+]*[a-j])*|\d{1,2}(?:[\s,;/&+]+\d{1,2})*)[).:]?"
)


class ChoiceFields(Frozen, frozen=True, kw_only=True):
    """The names of the field that asks, of the options and of those that are right.

    `key` holds the answer itself where that is none of the options.
    """

    question: str
    options: tuple[str, ...]
    rights: tuple[str, ...]
    used: tuple[str, ...]
    multiple: bool


def choice_fields(shown: Mapping[str, str]) -> ChoiceFields | None:
    """What the fields mean, from their names and the words in them; None where they are no choice."""
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
    rights = _rights(shown[answer], options, shown)
    if len(filled) < 2 or not rights or any(not shown[name] for name in rights):
        return None
    kind = next((shown[name] for name in shown if folded[name].startswith("qtype")), "")
    of_kind = [name for name in shown if folded[name].startswith("qtype")]
    return ChoiceFields(
        question=question,
        options=tuple(filled),
        rights=tuple(rights),
        used=(question, answer, *options, *of_kind),
        multiple=len(rights) > 1 or kind in ("0", "1"),
    )


def _rights(answer: str, options: Sequence[str], shown: Mapping[str, str]) -> list[str]:
    """The fields of the right options, from what the answer says: their text, letters, numbers, bits."""
    same = [name for name in options if shown[name] and identity(shown[name]) == identity(answer)]
    if same:
        return same[:1]
    text = answer.strip().casefold()
    if _BITS.fullmatch(text) and len(bits := re.findall("[01]", text)) >= 2:
        bits += ["0"] * (len(options) - len(bits))
        return [name for name, bit in zip(options, bits, strict=False) if bit == "1"]
    found = _MARKS.fullmatch(text)
    if found is None:
        return []
    places = [
        int(mark) - 1 if mark.isdigit() else ord(mark) - ord("a")
        for mark in re.findall(r"\d+|[a-j]", found[1])
    ]
    if any(not 0 <= place < len(options) for place in places):
        return []
    return list(dict.fromkeys(options[place] for place in places))
