"""A response to what it is worth in a session: its mark, its share of the points, and the reason."""

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import assert_never

from msgspec.structs import replace

from quizgen.model import (
    Bank,
    Card,
    Choice,
    Cloze,
    Entry,
    Filled,
    Frozen,
    Gap,
    Item,
    Kind,
    Match,
    Number,
    Open,
    Order,
    Response,
    TrueFalse,
    Typed,
    Verdict,
)
from quizgen.study.plan import gap_part
from quizgen.study.record import Mark, Task

_WHOLE = Fraction(1)


class Result(Frozen, frozen=True, kw_only=True):
    """What an answer is worth: `share` is that of the task's points, `reason` the judge's word."""

    mark: Mark
    share: Fraction
    reason: str = ""


def result_of(bank: Bank, item: Item, task: Task, response: Response) -> Result:
    """The worth of a response to a task of this item, by the rules that hold where none are said.

    The shares of a cloze's gaps, each of its part of the points, add up to the score of all of
    them; for every other type the share is that of `core.score`.
    """
    match item:
        case Entry():
            text = response.text if isinstance(response, Typed) else ""
            return _typed(bank, item, text, item.accept, item.kind)
        case Cloze():
            gap = gap_of(item, task)
            text = response.gaps.get(gap.number, "") if isinstance(response, Filled) else ""
            return _typed(bank, item, text, gap.accept, item.kind)
        case Number():
            return _number(item, response)
        case Choice() | TrueFalse() | Match() | Order() | Open() | Card():
            return _scored(item, response)
        case _:
            assert_never(item)


def possible(item: Item) -> Fraction:
    """The points that one task of this item is worth: a gap has its part of them."""
    return item.points / len(item.gaps) if isinstance(item, Cloze) else item.points


def gap_of(item: Cloze, task: Task) -> Gap:
    """The gap that a task asks."""
    return next(gap for gap in item.gaps if gap_part(gap.number) == task.part)


def _scored(item: Item, response: Response) -> Result:
    from quizgen.core.score import score

    earned = score(replace(item, points=_WHOLE), response)
    match earned.outcome:
        case "right":
            return Result(mark="exact", share=_WHOLE)
        case "partly" | "wrong" | "blank":
            return Result(mark=earned.outcome, share=earned.points)
        case _:
            assert_never(earned.outcome)


def _number(item: Number, response: Response) -> Result:
    from quizgen.core.judge import judge_number

    result = _scored(item, response)
    if result.mark == "blank" or not isinstance(response, Typed):
        return result
    if result.mark == "partly":
        return replace(result, reason="Near, though not near enough for all of the points.")
    return _verdict(judge_number(response.text, item))


def _typed(bank: Bank, item: Item, text: str, accept: tuple[str, ...], kind: Kind) -> Result:
    from quizgen.core.judge import judge

    if not text.strip():
        return Result(mark="blank", share=Fraction(0))
    close = item.close if isinstance(item, Entry) else {}
    others = confusable(bank, item, text, accept, kind)
    return _verdict(judge(text, accept, kind=kind, confusable=others, close=close))


def _verdict(verdict: Verdict) -> Result:
    return Result(mark=verdict.grade, share=Fraction(verdict.right), reason=verdict.reason)


def confusable(
    bank: Bank, item: Item, text: str, accept: tuple[str, ...], kind: Kind
) -> tuple[str, ...]:
    """Answers to other typed items of this kind that stand in `text` and are not right here.

    A slip must never turn one of them into the answer to this item.
    """
    from quizgen.core.fold import folded
    from quizgen.core.judge import judge

    given = folded(text)
    found = {
        answer
        for other in bank.items
        if other.id != item.id
        for answer in _answers(other, kind)
        if (sign := _folded(answer)) and sign in given
    }
    return tuple(answer for answer in sorted(found) if not judge(answer, accept, kind=kind).right)


@lru_cache(maxsize=1 << 15)
def _folded(answer: str) -> str:
    from quizgen.core.fold import folded

    return folded(answer)


def _answers(item: Item, kind: Kind) -> Iterator[str]:
    match item:
        case Entry(kind=its_kind, accept=accept) if its_kind == kind:
            yield from accept
        case Cloze(kind=its_kind) if its_kind == kind:
            for gap in item.gaps:
                yield from gap.accept
        case (
            Choice() | TrueFalse() | Entry() | Number() | Cloze() | Match() | Order()
            | Open() | Card()
        ):  # fmt: skip
            pass
        case _:
            assert_never(item)
