"""The rule of a whole bank: no two questions ask the same in almost the same words.

Items meet where they share their answer, their numbers and one of their three rarest words, so that no pair is
looked at that cannot be alike, however large the bank.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from quizgen.checks.rules.answers import asked_and_right
from quizgen.checks.rules.paraphrase import SAME
from quizgen.checks.scope import in_use
from quizgen.checks.texts import plain, question_field
from quizgen.core.asked import asked
from quizgen.core.guards import difference
from quizgen.core.quantity import parse_number
from quizgen.model import Bank, Card, Choice, Cloze, Entry, Item, Number, TrueFalse
from quizgen.problem import Problem

_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    "a an the of in on at to for by with from as is are was were be does do did has have which what who whom how "
    "why when where it its his her their that this these those and or into der das den dem des ein eine einen "
    "ist sind wird und von im bei zu für welche welcher welches welchem was wer wie le la les des du de un une "
    "est sont et qui que quel quelle el los las del es son name named called term formula calculated".split()
)
"""What says nothing of what is asked for, or only how it is asked."""
_WORLD_WAR = re.compile(
    r"\b(?:(?P<nth>first|second) world war|world war (?P<i>ii?|one|two|1|2)|ww ?(?P<w>ii?|1|2))\b"
)
_ONE = frozenset(("first", "i", "one", "1"))
_ARTICLE = re.compile(r"^(?:the|an?|der|die|das|le|la|les|el|los|las) (?=\S)")
_RAREST, _MOST = 3, 40
"""How many words an item is found by, and how many of one word and answer are compared."""


class _Seen(NamedTuple):
    """An item with its question folded, its telling words and its answer."""

    item: Item
    text: str
    words: frozenset[str]
    numbers: frozenset[str]
    answer: str


def near_duplicate_items(bank: Bank) -> Iterator[Problem]:
    """Of two questions with one answer and nearly the same words, the later."""
    seen = [one for item in in_use(bank) if (one := _seen(item)) is not None]
    counts = Counter(word for one in seen for word in one.words)
    places: dict[tuple[str, frozenset[str], str], list[_Seen]] = {}
    for one in seen:
        met: dict[str, _Seen] = {}
        for word in sorted(one.words, key=lambda word: (counts[word], word))[:_RAREST]:
            there = places.setdefault((one.answer, one.numbers, word), [])
            met |= {other.item.id: other for other in there}
            if len(there) < _MOST:
                there.append(one)
        if any(_is_again(other, one) for other in met.values()):
            continue  # told as the same question, which is one problem and not two
        twin = next((other for other in met.values() if _are_alike(other, one)), None)
        if twin is not None:
            yield Problem(
                code="near_duplicate_items",
                message=f'This asks almost what "{twin.item.id}" asks.',
                fix="Drop one of them, or ask for something else.",
                severity="warning",
                item=one.item.id,
                other=twin.item.id,
                field=question_field(one.item),
            )


def _seen(item: Item) -> _Seen | None:
    answer = _ARTICLE.sub("", _answer(item))
    if not answer:
        return None
    text = " ".join(_WORD.findall(plain(asked(item))))
    if "war" in text or "ww" in text:
        text = _WORLD_WAR.sub(_numbered, text)
    words = frozenset(_root(SAME.get(word, word)) for word in text.split() if word not in _SMALL)
    numbers = frozenset(word for word in words if not word.isalpha())
    return _Seen(item, text, words, numbers, answer)


def _answer(item: Item) -> str:
    match item:
        case Choice():
            right = [plain(option.text) for option in item.options if option.id in item.keys]
            return _figure(" ".join(_WORD.findall("; ".join(sorted(right)))))
        case Entry():
            return _figure(" ".join(_WORD.findall(plain(item.accept[0]))))
        case Number():
            return _figure(plain(item.text))
        case TrueFalse():
            return str(item.answer)
        case Card():
            return _figure(" ".join(_WORD.findall(plain(item.back))))
        case Cloze():
            gaps = [gap.accept[0] for gap in item.gaps]
            return " ".join(_WORD.findall(plain("; ".join(gaps))))
        case _:
            return ""


def _figure(answer: str) -> str:
    """The answer, in digits where it is a number in words."""
    if answer.isalpha() and (number := parse_number(answer)) and not number.unit:
        return str(number.value)
    return answer


def _files(item: Item) -> tuple[str, str]:
    """The picture and the sound that are asked about; the words of a picture may differ."""
    return (item.image.file if item.image else "", item.audio or "")


def _numbered(found: re.Match[str]) -> str:
    return f"world war {1 if _ONE.intersection(found.groups()) else 2}"


def _root(word: str) -> str:
    for end in ("ed", "es", "s", "e"):
        if len(word) > len(end) + 3 and word.endswith(end):
            return word[: -len(end)]
    return word


def _is_again(one: _Seen, other: _Seen) -> bool:
    return one.text == other.text and asked_and_right(one.item) == asked_and_right(other.item)


def _are_alike(one: _Seen, other: _Seen) -> bool:
    """Whether nearly all words are shared, and none that differs turns the question."""
    if one.item.passage != other.item.passage:
        return False
    if _files(one.item) != _files(other.item):
        return False
    if one.text == other.text:  # in another type, or with another hint
        return True
    shared = len(one.words & other.words)
    if shared < 2 or shared < 0.6 * len(one.words | other.words):
        return False
    return not difference(one.text, other.text) and not difference(other.text, one.text)
