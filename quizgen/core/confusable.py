"""A typed answer judged among the answers to other questions, which no slip may turn into this one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import assert_never

from quizgen.core.fold import folded
from quizgen.core.judge import judge
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Entry,
    Item,
    Kind,
    Match,
    Number,
    Open,
    Order,
    TrueFalse,
    Verdict,
)


def other_answers(items: Iterable[Item], item: Item) -> tuple[str, ...]:
    """The answers to the other typed items of its kind, each once; none where nothing is typed.

    With the answers to all gaps of its own, since what one asks for is no slip of another.
    """
    if not isinstance(item, Entry | Cloze):
        return ()
    others = (other for other in items if other.id != item.id or isinstance(other, Cloze))
    answers = (one for other in others for one in _answers(other, item.kind))
    return tuple(dict.fromkeys(answers))


def judge_among(
    others: Sequence[str],
    typed: str,
    accepted: Sequence[str],
    *,
    kind: Kind = "text",
    close: Mapping[str, str] | None = None,
) -> Verdict:
    """The verdict of `judge`, to which those of `others` that are not right here are confusable."""
    found = confusable(others, typed, accepted, kind)
    return judge(typed, accepted, kind=kind, confusable=found, close=close)


def confusable(
    others: Iterable[str], typed: str, accepted: Sequence[str], kind: Kind
) -> tuple[str, ...]:
    """Those of the answers to other questions that stand in what was typed and are not right here."""
    given = folded(typed)
    found = {answer for answer in others if (sign := _folded(answer)) and sign in given}
    return tuple(answer for answer in sorted(found) if not judge(answer, accepted, kind=kind).right)


@lru_cache(maxsize=1 << 15)
def _folded(answer: str) -> str:
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
