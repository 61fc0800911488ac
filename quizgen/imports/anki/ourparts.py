"""The parts of our own notes to the values that they were made of: tags, pins, numbers, LaTeX."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from html import unescape
from re import Pattern
from typing import Any, Literal, NamedTuple, assert_never

from quizgen.bank.limits import OPTIONS
from quizgen.bank.shapes import exact
from quizgen.imports.anki.collection import Note
from quizgen.imports.anki.ourfields import OurFields, UnreadNote, needed
from quizgen.imports.html import cleaned
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Entry,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Tolerance,
    TrueFalse,
)

ROOT = "quizgen"
"""The tag above all tags of ours."""


def own_tags(note: Note, bank: str) -> Iterator[tuple[str, str]]:
    """The tags that we gave, each as its kind and its name."""
    start = f"{ROOT}::{bank}::".casefold()
    for tag in note.tags:
        if tag.casefold().startswith(start):
            kind, _, name = tag[len(start) :].partition("::")
            yield kind, name


def all_pinned(options: tuple[Option, ...]) -> Iterator[tuple[Option, ...]]:
    """The options as they are, then with some of them pinned first and the others last."""
    yield options
    for count in range(len(options), -1, -1):
        yield tuple(
            pinned(option, "first" if place < count else "last")
            for place, option in enumerate(options)
        )


def pinned(option: Option, pin: Literal["", "first", "last"]) -> Option:
    """The option with this pin."""
    return Option(id=option.id, text=option.text, why=option.why, pin=pin, image=option.image)


_KEY = re.compile('<li class="option right"><span class="mark">[^<]*</span><span class="text">')
_ALSO = re.compile('<p class="also">')
_MOST = 4 * OPTIONS
"""Parts of a field: a match may have as many pairs as options, and as many extras."""


class Row(NamedTuple):
    """One of several parts of a field: what its start says, and the HTML up to its end."""

    mark: str
    html: str


def rows(html: str, start: Pattern[str], end: str) -> list[Row]:
    """The parts of a field that start and end so; raises UnreadNote where there are too many.

    The field may be a stranger's: it is gone through once, whatever it holds.
    """
    begun = ((piece, start.search(piece)) for piece in html.split(end)[:-1])
    found = [
        Row("".join(filter(None, at.groups())), piece[at.end() :]) for piece, at in begun if at
    ]
    if len(found) > _MOST:
        raise UnreadNote
    return found


def data_text(text: object) -> str:
    """A text out of the data of a card."""
    if isinstance(text, str):
        return needed(cleaned(text).rstrip())
    raise UnreadNote


def data_number(text: object) -> Fraction:
    """A number out of the data of a card."""
    value = exact(data_text(text))
    if value is None:
        raise UnreadNote
    return value


def number_of_0_1_0(
    data: Mapping[str, Any], answer: str, fields: OurFields
) -> Mapping[str, object]:
    """The data of a number in a deck of 0.1.0, which held bounds, as those of later decks say it."""
    unit, low, high = data["unit"], float(data["low"]), float(data["high"])
    key = rows(answer, _KEY, "<small>")[0].html
    shown = (key.removesuffix(f"\u00a0{fields.shown(unit)}") if unit else key).replace(
        "\u2212", "-"
    )
    is_decimal = re.fullmatch(rf"[-+]?\d+{re.escape(fields.words['decimal'])}\d+", shown)
    text = shown.replace(fields.words["decimal"], ".") if is_decimal else shown
    value = data_number(text)
    if not low <= float(value) <= high:
        raise UnreadNote
    bounds = [fields.pattern("from_to").fullmatch(row.html) for row in rows(answer, _ALSO, "</p>")]
    least = fields.number(bounds[0]["low"]) if bounds and bounds[0] else value
    if least is None:
        raise UnreadNote
    units = {name: str(_factor(float(many))) for name, many in data["units"].items()}
    units.pop(unit, None)
    return {
        "text": text,
        "value": str(value),
        "unit": unit,
        "units": units,
        "off": str(value - least),
    }


def _factor(many: float) -> Fraction:
    """A number that was written as a decimal with some digits, as a person would write it."""
    near = Fraction(many).limit_denominator(100_000)
    return near if near and float(near) == many else Fraction(repr(many))


def gap_latex(html: str) -> str:
    """LaTeX as it stands in a gap within a formula."""
    text = unescape(html)
    return text[:-1] if text.endswith("} ") else text


def tolerance_of(value: Fraction, off: Fraction) -> Tolerance:
    """The tolerance that leaves this much room: as a percentage where that is the rounder number."""
    share = abs(off / value) if value else Fraction(0)
    is_round = (share * 1000).denominator == 1 and len(str(share * 100)) < len(str(float(off)))
    if share and is_round:
        return Tolerance(amount=share, relative=True)
    return Tolerance(amount=off)


def lacks(item: Item) -> bool:
    """Whether something that the item cannot do without shows nothing and so is not there."""
    match item:
        case Choice(stem=text) | Entry(stem=text) | Number(stem=text):
            needed = [text]
        case Match(stem=text) | Order(stem=text) | TrueFalse(statement=text):
            needed = [text]
        case Open(stem=text, model=model):
            needed = [text, model]
        case Card(front=front, back=back):
            needed = [front, back]
        case Cloze():
            needed = []
        case _:
            assert_never(item)
    return not all(text.strip() for text in needed)
