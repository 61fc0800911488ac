"""An item to the texts in it, each under the field that an author would mend."""

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

from quizgen.core.normal import compatible
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Entry,
    Gap,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    TrueFalse,
)


def question_field(item: Item) -> str:
    """The key in the file under which the question stands."""
    match item:
        case TrueFalse():
            return "statement"
        case Cloze():
            return "cloze"
        case Card():
            return "front"
        case Choice() | Entry() | Number() | Match() | Order() | Open():
            return "stem"
        case _:
            assert_never(item)


def option_groups(item: Item) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """The things that are told apart by their texts, by field; the two sides of a match apart."""
    match item:
        case Choice():
            return (("options", item.options),)
        case Match():
            lefts = tuple(pair.left for pair in item.pairs)
            rights = {side.id: side for side in (*(p.right for p in item.pairs), *item.extra)}
            return (("match", lefts), ("match", tuple(rights.values())))
        case Order():
            return (("order", item.sequence),)
        case TrueFalse() | Entry() | Number() | Cloze() | Open() | Card():
            return ()
        case _:
            assert_never(item)


def texts_of(item: Item) -> Iterator[tuple[str, str]]:
    """Every text of the item that a learner or teacher may read, as (field, text); gaps filled."""
    yield from _answer_texts(item)
    for _, options in option_groups(item):
        yield from _option_texts(options)
    yield "explain", item.explain
    yield "hint", item.hint
    if item.image:
        yield "image", item.image.alt
    yield "retired", item.retired
    if item.corrected:
        yield "corrected", item.corrected.text
    if item.source:
        yield "source", item.source.derived
        for term in item.source.terms:
            yield "source", term
    for reason in item.ignore.values():
        yield "ignore", reason


def plain(text: str) -> str:
    """The text for comparing: NFKC but for powers, case folded, spaces collapsed, quotes straight, "%" close."""
    # Nearly all is ASCII, of which neither NFKC nor the straight signs change any.
    text = text.lower() if text.isascii() else compatible(text).casefold().translate(_STRAIGHT)
    if "%" in text or "cent" in text:
        text = _PERCENT.sub("%", text)
    return " ".join(text.split())


_PERCENT = re.compile(r"(?<=\d)[ \t]*(?:%|percent\b|per cent\b)")
_STRAIGHT = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201a": "'", "\u2039": "'", "\u203a": "'",
     "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
     "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u00ad": None}
)  # fmt: skip


def _answer_texts(item: Item) -> Iterator[tuple[str, str]]:
    match item:
        case Choice() | Match() | Order() | Number():
            yield "stem", item.stem
        case TrueFalse():
            yield "statement", item.statement
        case Entry():
            yield "stem", item.stem
            yield from (("accept", text) for text in item.accept)
            yield from (("close", text) for pair in item.close.items() for text in pair)
        case Cloze():
            yield "stem", item.stem
            yield (
                "cloze",
                "".join(part.accept[0] if isinstance(part, Gap) else part for part in item.parts),
            )
            yield from (("cloze", text) for gap in item.gaps for text in (*gap.accept, gap.hint))
        case Open():
            yield "stem", item.stem
            yield "model", item.model
            yield from (("rubric", line.text) for line in item.rubric)
        case Card():
            yield "front", item.front
            yield "back", item.back
        case _:
            assert_never(item)


def _option_texts(options: Iterable[Option]) -> Iterator[tuple[str, str]]:
    for place, option in enumerate(options):
        field = f"options.{place}"
        yield field, option.text
        yield field, option.why
        if option.image:
            yield field, option.image.alt
