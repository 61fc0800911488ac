"""A response to what it is worth in a session: its mark, its share of the points, and the reason."""

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


def _typed(
    bank: Bank, item: Entry | Cloze, text: str, accept: tuple[str, ...], kind: Kind
) -> Result:
    from quizgen.core.confusable import judge_among
    from quizgen.core.fold import folded
    from quizgen.core.judge import is_slip, judge
    from quizgen.core.members import ANOTHER

    if not text.strip():
        return Result(mark="blank", share=Fraction(0))
    close = item.close if isinstance(item, Entry) else {}
    given = folded(text)
    others = [
        answer
        for sign, answer, other in _known(_Same(bank), kind)
        if sign in given and (other != item.id or isinstance(item, Cloze))
    ]
    verdict = judge_among(others, text, accept, kind=kind, close=close)
    if verdict.grade == "close" and is_slip(text, accept) and _is_offered(bank, text):
        strict = judge(text, accept, kind=kind, close=close, confusable=[text])
        verdict = ANOTHER if strict.grade == "wrong" else strict
    return _verdict(verdict)


class _Same:
    """A bank, told from another by being another value in memory: to compare them takes too long."""

    __slots__ = ("bank",)

    def __init__(self, bank: Bank) -> None:
        self.bank = bank

    def __hash__(self) -> int:
        return id(self.bank)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.bank is self.bank


@lru_cache(maxsize=16)
def _known(bank: _Same, kind: Kind) -> tuple[tuple[str, str, str], ...]:
    """Every typed answer of this kind in a bank: folded, as it is written, and the id of its item.

    Kept, since a large bank has too many to fold at every answer.
    """
    from quizgen.core.fold import folded

    return tuple(
        (sign, answer, item.id)
        for item in bank.bank.items
        if isinstance(item, Entry | Cloze) and item.kind == kind
        for answer in (
            item.accept
            if isinstance(item, Entry)
            else [answer for gap in item.gaps for answer in gap.accept]
        )
        if (sign := folded(answer))
    )


def _is_offered(bank: Bank, text: str) -> bool:
    """Whether a question of the bank has an option that says the same."""
    from quizgen.core.fold import folded
    from quizgen.core.options import sides

    given = folded(text)
    # Folding takes or adds a short word at most; a large bank has too many options to fold them all.
    return any(
        abs(len(option.text) - len(text)) <= 6 and folded(option.text) == given
        for item in bank.items
        for side in sides(item)
        for option in side
    )


def _verdict(verdict: Verdict) -> Result:
    return Result(mark=verdict.grade, share=Fraction(verdict.right), reason=verdict.reason)
