"""Items to the plan of a session: what is asked, part by part, and in what order at first.

Topics interleave (two neighbours share one only where it cannot be helped), questions on one
passage and gaps of one text stand together, and a card's two directions stand apart.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias, assert_never

from msgspec.structs import replace

from quizgen.core.stream import key
from quizgen.model import (
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
from quizgen.study.record import Plan, Task

REVERSE = "reverse"
"""The part of a card that asks its front from its back; the other direction is the part ""."""

Block: TypeAlias = tuple[tuple[Task, ...], ...]
"""Questions that stand together; each is one task, or the gaps of one text."""


def questions_of(item: Item) -> tuple[tuple[Task, ...], ...]:
    """What is asked about an item: mostly one task; of a cloze one for each gap, in one question."""
    group = item.passage and f"passage {item.passage}"
    match item:
        case Card(reverse=True):
            return (
                (Task(item=item.id, group=group),),
                (Task(item=item.id, part=REVERSE, group=group),),
            )
        case Cloze():
            together = group or f"gaps {item.id}"
            return (
                tuple(
                    Task(item=item.id, part=gap_part(gap.number), group=together)
                    for gap in item.gaps
                ),
            )
        case Choice() | TrueFalse() | Entry() | Number() | Match() | Order() | Open() | Card():
            return ((Task(item=item.id, group=group),),)
        case _:
            assert_never(item)


def gap_part(number: int) -> str:
    """The part of a gap: "c1", as Anki counts them."""
    return f"c{number}"


def planned(bank: str, items: Sequence[Item], *, seed: int, count: int | None = None) -> Plan:
    """A session on these items or, with `count`, on so many questions drawn from them.

    The gaps of one text are one question; the two directions of a card are two.
    """
    questions = [question for item in items for question in questions_of(item)]
    ranked = sorted(questions, key=lambda one: key("quiz.sample", seed, bank, *one[0].key))
    taken = {one[0].key for one in ranked[:count]}
    kept = [one for one in questions if one[0].key in taken]
    return arranged(bank, [kept], {item.id: item.topic for item in items}, seed=seed)


def arranged(
    bank: str,
    tiers: Iterable[Sequence[tuple[Task, ...]]],
    topics: Mapping[str, str],
    *,
    seed: int,
    cram: bool = False,
) -> Plan:
    """A session on these questions, tier after tier; `topics` are those of the items, by id."""
    steps = [question for tier in tiers for question in _in_order(bank, tier, topics, seed)]
    return Plan(
        bank=bank,
        seed=seed,
        cram=cram,
        tasks=tuple(
            replace(task, step=number)
            for number, question in enumerate(steps, start=1)
            for task in question
        ),
    )


def _in_order(
    bank: str, questions: Sequence[tuple[Task, ...]], topics: Mapping[str, str], seed: int
) -> list[tuple[Task, ...]]:
    directions = Counter(one[0].item for one in questions if not one[0].group)
    apart: set[str] = set()
    first: list[Block] = []
    second: list[Block] = []
    for block in sorted(
        _blocks(questions), key=lambda one: key("quiz.order", seed, bank, *one[0][0].key)
    ):
        item = block[0][0].item
        (second if item in apart else first).append(block)
        if directions[item] > 1:
            apart.add(item)
    ordered = [*_interleaved(first, topics), *_interleaved(second, topics)]
    return [question for block in ordered for question in block]


def _blocks(questions: Sequence[tuple[Task, ...]]) -> list[Block]:
    """The questions, those on one passage together; a passage keeps the order of the bank."""

    def passage(question: tuple[Task, ...]) -> str:
        group = question[0].group
        return group if group.startswith("passage ") else repr(question[0].key)

    together = sorted(questions, key=passage)
    return [tuple(found) for _, found in groupby(together, key=passage)]


def _interleaved(blocks: Sequence[Block], topics: Mapping[str, str]) -> list[Block]:
    """The blocks, topics in turn: each the first that does not repeat the topic before it.

    A topic that holds more than half of what is left goes first, or it would end in a row.
    """
    left = list(blocks)
    ordered: list[Block] = []
    before: str | None = None

    def topic(block: Block) -> str:
        return topics[block[0][0].item]

    counts = Counter(map(topic, left))
    while left:
        crowded = next((name for name, count in counts.items() if 2 * count > len(left)), None)
        if crowded is not None and crowded != before:
            places = (n for n, one in enumerate(left) if topic(one) == crowded)
        else:
            places = (n for n, one in enumerate(left) if topic(one) != before)
        chosen = left.pop(next(places, 0))
        ordered.append(chosen)
        before = topic(chosen)
        counts[before] -= 1
    return ordered
