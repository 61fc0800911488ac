"""Rules of answers: as many as there are blanks, and each tells itself from its neighbours."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterator, Mapping
from fractions import Fraction
from typing import assert_never

from quizgen.checks.scope import in_use
from quizgen.checks.texts import plain, question_field
from quizgen.core.asked import asked
from quizgen.core.measure import allowance
from quizgen.core.quantity import parse_number
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Cloze,
    Entry,
    Item,
    Match,
    Number,
    Open,
    Order,
    TrueFalse,
)
from quizgen.problem import Problem

_BLANK = re.compile(r"_{3,}(?:\s+_{3,})*")
_PARTINGS = (r"\s*[;,/]\s*", r"\s*(?:…|\.\.\.)\s*", r"\s+(?:and|und|et|y)\s+", r"\s+")
_ONE_FOR_ALL = re.compile(
    r"\b(?:one|same|single|ein|dasselbe|selbe|même|misma?)\b[^.?!\n]*\b(?:word|letter|number|term|sign|prefix|suffix|"
    r"ending|preposition|Wort|Buchstabe|mot|palabra)\b"
    r"|\b(?:both|each|every|all|beide|jede|alle|chaque|ambos|cada)\b[^.?!\n]*\b(?:gaps?|blanks?|lines?|spaces?|"
    r"Lücken?|trous?|huecos?)\b|\btwice\b",
    re.IGNORECASE,
)
"""How a stem says that one answer goes into all its blanks."""
_PARTS = (";", " / ", " ... ", " … ")


def blank_count(bank: Bank) -> Iterator[Problem]:
    """A stem with several blanks asks for as many answers."""
    for item in in_use(bank):
        match item:
            case Entry():
                blanks = _blanks(item.stem)
                if blanks < 2 or blanks in _members(item) or _ONE_FOR_ALL.search(item.stem):
                    continue
                yield Problem(
                    code="blank_count",
                    message=f"The stem has {blanks} blanks, the answer {_parts(max(_members(item)))}.",
                    fix="Write it as a cloze, each answer in a gap of its own: {{c1::gap}}, {{c2::gap}}.",
                    item=item.id,
                    field="accept",
                )
            case Choice():
                yield from _uneven_options(item)
            case TrueFalse() | Number() | Cloze() | Match() | Order() | Open() | Card():
                pass
            case _:
                assert_never(item)


def tolerance_swallows(bank: Bank) -> Iterator[Problem]:
    """What a number accepts must hold no band of its own, no neighbour's answer and, by a
    percentage, not nought.

    Neighbours are the figures in its own citation and the numbers asked, in the same unit, of the
    same paragraphs or passage: who mixes those up has not got it right.
    """
    numbers = [item for item in in_use(bank) if isinstance(item, Number)]
    by_place: dict[Hashable, list[Number]] = {}
    for item in sorted(numbers, key=_value):
        for place in _places(item):
            by_place.setdefault((place, item.unit), []).append(item)
    for item in numbers:
        width = allowance(item.tolerance, item.value) if item.tolerance else Fraction(0)
        if not width:
            continue
        yield from _swallowed_in_itself(item, width)
        low, high = item.value - width, item.value + width
        for other in _neighbours(item, by_place, low, high):
            if other.value != item.value:
                yield _swallows(item, f'{other.text}, the answer to "{other.id}",')
        for term, value in _figures(item):
            if low <= value <= high and value != item.value:
                yield _swallows(item, f"{term}, another figure of its source,")


def same_stem_same_key(bank: Bank) -> Iterator[Problem]:
    """The same question, with the same answer, stands once in a bank."""
    by_stem: dict[str, list[Item]] = {}
    for item in in_use(bank):
        by_stem.setdefault(plain(asked(item)).rstrip(".?!: "), []).append(item)
    for alike in by_stem.values():
        if len(alike) < 2:
            continue
        seen: dict[Hashable, Item] = {}
        for item in alike:
            first = seen.setdefault(asked_and_right(item), item)
            if first is not item:
                yield Problem(
                    code="same_stem_same_key",
                    message=f'This is the question "{first.id}" again, with the same answer.',
                    fix="Drop one of them, or retire it with a reason.",
                    item=item.id,
                    field=question_field(item),
                )


def rubric_total(bank: Bank) -> Iterator[Problem]:
    """The lines of a rubric come to the points of their question."""
    for item in in_use(bank):
        total = sum(line.points for line in item.rubric) if isinstance(item, Open) else 0
        if total and total != item.points:
            yield Problem(
                code="rubric_total",
                message=f"The rubric comes to {total} points, but points says {item.points}.",
                fix=f"Write points: {total}, or change the points of the lines.",
                item=item.id,
                field="points",
            )


def _blanks(stem: str) -> int:
    return len(_BLANK.findall(stem)) if "___" in stem else 0


def _members(item: Entry) -> set[int]:
    """How many things each accepted answer lists; a text that is no list by its parts or words."""
    if item.kind in ("set", "list"):
        return {max(len(re.split(r"[;,]", text)) for text in item.accept)}
    return {count for text in item.accept for count in _parted(text)}


def _parted(text: str) -> set[int]:
    """How many parts a text has, in each way in which one may part it."""
    return {1, *(len(re.split(parting, text.strip())) for parting in _PARTINGS)}


def _parts(count: int) -> str:
    return "one part" if count == 1 else f"{count} parts"


def _uneven_options(item: Choice) -> Iterator[Problem]:
    blanks = _blanks(item.stem)
    if blanks < 2:
        return
    for mark in _PARTS:
        counts = [len(option.text.split(mark)) for option in item.options]
        if max(counts) == 1:
            continue
        if blanks not in counts:
            return  # nothing shows that the mark parts what goes into the blanks
        for place, (option, count) in enumerate(zip(item.options, counts, strict=True)):
            if count != blanks and blanks not in _parted(option.text):
                yield Problem(
                    code="blank_count",
                    message=f'The stem has {blanks} blanks, "{option.text}" {_parts(count)}.',
                    fix="Give each option a part for each blank.",
                    item=item.id,
                    field=f"options.{place}",
                )
        return


def _places(item: Number) -> Iterator[Hashable]:
    if item.source:
        yield from ((item.source.document, paragraph) for paragraph in item.source.paragraphs)
    if item.passage:
        yield item.passage


def _value(item: Number) -> Fraction:
    return item.value


def _neighbours(
    item: Number, by_place: Mapping[Hashable, list[Number]], low: Fraction, high: Fraction
) -> Iterator[Number]:
    """The other numbers of its places from `low` to `high`; `by_place` has each place's by value."""
    near: dict[str, Number] = {}
    for place in _places(item):
        there = by_place[(place, item.unit)]
        start, end = bisect_left(there, low, key=_value), bisect_right(there, high, key=_value)
        near |= {other.id: other for other in there[start:end]}
    near.pop(item.id, None)
    return iter(near.values())


def _figures(item: Number) -> Iterator[tuple[str, Fraction]]:
    """The figures beside the key among the cited terms, where the key itself is one of them."""
    terms = item.source.terms if item.source else ()
    others = [term for term in terms if term != item.text]
    figures = [(term, number.value) for term in others if (number := parse_number(term))]
    stands = item.text in terms or any(value == item.value for _, value in figures)
    return iter(figures if stands else ())


def _swallowed_in_itself(item: Number, width: Fraction) -> Iterator[Problem]:
    if item.value and item.tolerance and item.tolerance.relative and width >= abs(item.value):
        yield _swallows(item, "0")
    elif width > item.value > 0 and _HOW_MANY.search(item.stem):
        yield _swallows(item, "A negative number")
    for place, band in enumerate(item.bands):
        if allowance(band.tolerance, item.value) <= width:
            yield Problem(
                code="tolerance_swallows",
                message="A band lies within the tolerance, so it is never reached.",
                fix="Make the band wider than the tolerance.",
                item=item.id,
                field=f"bands.{place}",
            )


_HOW_MANY = re.compile(
    r"\bhow (?:many|long|often|far|old|wide|tall)\b|\bwie ?(?:viele|lange?|oft|weit|alt)\b"
    r"|\bcombien d[e'’]|\bcu[aá]nt[oa]s\b",
    re.IGNORECASE,
)
"""What asks for a number that is never below nought, as a change or a height may be."""


def _swallows(item: Number, what: str) -> Problem:
    return Problem(
        code="tolerance_swallows",
        message=f"{what} lies within the tolerance of {item.text} and would count as right.",
        fix="Make the tolerance smaller.",
        item=item.id,
        field="tolerance",
    )


_OF_OPTIONS = re.compile(
    r"\b(?:these|those|following|below|here|odd (?:one|man)|folgenden?|dieser|ces|suivante?s?|estos|estas|siguientes?)\b",
    re.IGNORECASE,
)
"""A stem that asks about the options, so that with others it asks something else."""


def asked_and_right(item: Item) -> Hashable:
    """What stands with a stem, and what is right, for comparing items of one stem."""
    return (type(item).__name__, item.image, item.audio, item.passage, _key(item))


def _key(item: Item) -> Hashable:
    """What is right, for comparing two items of one type."""
    match item:
        case Choice():
            texts = {option.id: plain(option.text) for option in item.options}
            keys = frozenset(texts.get(key, key) for key in item.keys)
            return (keys, frozenset(texts.values())) if _OF_OPTIONS.search(item.stem) else keys
        case TrueFalse():
            return item.answer
        case Entry():
            return frozenset(map(plain, item.accept))
        case Number():
            return (item.value, item.unit)
        case Cloze():
            return tuple((frozenset(map(plain, gap.accept)), plain(gap.hint)) for gap in item.gaps)
        case Match():
            return frozenset((plain(p.left.text), plain(p.right.text)) for p in item.pairs)
        case Order():
            return tuple(plain(thing.text) for thing in item.sequence)
        case Open():
            return plain(item.model)
        case Card():
            return plain(item.back)
        case _:
            assert_never(item)
