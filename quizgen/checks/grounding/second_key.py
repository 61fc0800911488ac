"""Distractors that stand beside the key in the paragraph that a question cites: two right answers?

What a paragraph says of a distractor, no program knows. But where it names both in one sentence,
with nothing between them that sets them apart, it says as a rule the same of both.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from quizgen.checks.rules.options import is_all_or_none
from quizgen.checks.scope import in_use
from quizgen.checks.wording import phrases, values
from quizgen.core.asked import asked
from quizgen.markup import to_text
from quizgen.model import Bank, Choice, Option
from quizgen.problem import Problem

_SENTENCE = re.compile(r"(?<=[.!?;:])[\"”’)]*\s+|\n")
_FUNCTION_WORDS = re.compile(
    r" (?:(?:the|an?|its?|his|her|their|for|by|in|at|on|to|from|with|of|because|she|he|they|"
    r"der|die|das|den|dem|eine?|le|la|les|un|une|el|los|las) )*"
)
"""What an option begins with so as to fit its stem; the paragraph may have another word there."""
_SETS_APART = re.compile(
    r" (?:before|after|than|not|no|never|instead|but|rather|while|whereas|unlike|except|without|"
    r"against|over|until|became|followed|replaced|succeeded|led|from .* to|aber|sondern|nicht|"
    r"mais|pas|sino|pero) "
)
_SINGLES_OUT = re.compile(
    r"\b(?:first(?! half)|last|most(?:ly)?|least|mainly|main|chief(?:ly)?|only|original(?:ly)?|not|"
    r"except|besides|than|other|\w+est)\b",
    re.IGNORECASE,
)
"""What asks for one of several that have something in common."""
_NAMES = re.compile(r"(?:[^\W\d_a-zß-ÿ][\w'’.-]* ?)+")
_LIST_OF_NAMES = re.compile(r"(?: *(?:,|and|or|&|und|et|y|the|[^\W\d_a-zß-ÿ][\w'’.-]*))* *")


class _Sentence(NamedTuple):
    """A sentence as it stands, and its words for looking up."""

    text: str
    words: str


def distractor_in_source(bank: Bank, documents: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    """No distractor stands in the sentence of the paragraph that holds the key, as good as the key.

    Figures are left out, since they belong to what stands beside them; so are whole documents,
    names that do not stand in one list with the key, and what the question speaks of itself.
    """
    sentences = cache(_sentences)
    for item in in_use(bank):
        if not isinstance(item, Choice) or item.multiple or len(item.keys) != 1:
            continue
        text = documents.get(item.source.document, ()) if item.source else ()
        numbers = item.source.paragraphs if item.source else ()
        there = (text[number - 1] for number in numbers if 1 <= number <= len(text))
        cited = [one for paragraph in there for one in sentences(paragraph)]
        if cited:
            yield from _beside_key(item, cited)


def _sentences(paragraph: str) -> tuple[_Sentence, ...]:
    return tuple(_Sentence(one, phrases(one)) for one in _SENTENCE.split(paragraph))


def _beside_key(item: Choice, cited: list[_Sentence]) -> Iterator[Problem]:
    options = [_words(option) for option in item.options]
    place = next(n for n, option in enumerate(item.options) if option.id == item.keys[0])
    key = options[place]
    if not key or _SINGLES_OUT.search(asked(item)):
        return
    holding = [one for one in cited if key in one.words]
    said = phrases(asked(item))
    for other, words in enumerate(options):
        if other == place or not words or words in said or words in key or key in words:
            continue
        if any(_is_as_good(key, words, one, item, other) for one in holding):
            text = item.options[other].text
            yield Problem(
                code="distractor_in_source",
                message=f'"{text}" stands beside the right option in its source, and may be right, too.',
                fix="Take one that is surely wrong, or ask so that it is.",
                severity="warning",
                item=item.id,
                field=f"options.{other}",
            )


def _words(option: Option) -> str:
    """What of an option must stand in the paragraph; nothing of a figure, or one word of the others."""
    text = to_text(option.text)
    if option.image or values(text) or is_all_or_none(option):
        return ""
    found = phrases(text)
    start = _FUNCTION_WORDS.match(found)
    words = found[start.end() - 1 if start else 0 :]
    return words if words.strip() else ""


def _is_as_good(key: str, words: str, sentence: _Sentence, item: Choice, other: int) -> bool:
    told = sentence.words
    if words not in told:
        return False
    first, second = sorted((told.index(key), told.index(words)))
    length = len(key if told.index(key) == first else words)
    if _SETS_APART.search(f" {told[first + length - 1 : second + 1]} "):
        return False
    return not _NAMES.fullmatch(to_text(item.options[other].text)) or _in_one_list(
        sentence.text, words, key
    )


def _in_one_list(sentence: str, words: str, key: str) -> bool:
    """Whether two names stand in one list of names."""
    low = sentence.casefold()
    spans = [(low.find(one.strip()), len(one.strip())) for one in (words, key)]
    if min(start for start, _ in spans) < 0:
        return False
    (first, length), (second, _) = sorted(spans)
    return _LIST_OF_NAMES.fullmatch(sentence, first + length, second) is not None
