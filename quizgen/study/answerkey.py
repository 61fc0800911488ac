"""What is right about an item, to a digest: whether an answer was judged by the key of today."""

import hashlib
import json
from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias, assert_never

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
from quizgen.study.judging import gap_of
from quizgen.study.plan import REVERSE
from quizgen.study.record import Task

Right: TypeAlias = str | bool | list["Right"]


def key_digest(item: Item, task: Task) -> str:
    """16 hex digits that change with what is right here, and with nothing else.

    Rewording a stem, another distractor or another order of what is equally right leaves them.
    Kept beside every answer, so the digits of a key are the same for ever.
    """
    text = json.dumps(_right(item, task), ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _right(item: Item, task: Task) -> Right:
    match item:
        case Choice():
            return _sorted(_shown(one) for one in item.options if one.id in item.keys)
        case TrueFalse():
            return item.answer
        case Entry():
            return [item.kind, *_sorted(item.accept)]
        case Number():
            bands = _sorted(f"{_width(one.tolerance)} {one.share}" for one in item.bands)
            units = _sorted(f"{_exact(size)} {name}" for name, size in item.units.items())
            return [_exact(item.value), _width(item.tolerance), item.unit, bands, units]
        case Cloze():
            return [item.kind, *_sorted(gap_of(item, task).accept)]
        case Match():
            pairs = sorted((_shown(pair.left), _shown(pair.right)) for pair in item.pairs)
            return [[left, right] for left, right in pairs]
        case Order():
            return [_shown(one) for one in item.sequence]
        case Open():
            return [item.model, *(f"{one.points} {one.text}" for one in item.rubric)]
        case Card():
            return item.front if task.part == REVERSE else item.back
        case _:
            assert_never(item)


def _sorted(texts: Iterable[str]) -> list[Right]:
    return [*sorted(texts)]


def _shown(option: Option) -> str:
    return f"{option.text}\n{option.image.file}" if option.image else option.text


def _exact(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


def _width(tolerance: Tolerance | None) -> str:
    if tolerance is None:
        return ""
    return f"{_exact(tolerance.amount)}{' of it' if tolerance.relative else ''}"
