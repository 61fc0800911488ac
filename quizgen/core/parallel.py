"""The items of one form to those of further ones that are alike: parallel forms.

Each form has, row by row, as many questions of each level and worth as the first one, so that
totals are equal and the mix of levels is the same. Among these it takes what no earlier form has,
of the same types where it can, so form k depends on those before it and not on how many follow.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from quizgen.core.blueprint import Row, fits, matched, mixed, quotas_of
from quizgen.model import Item, QuizPlan


class Kind(NamedTuple):
    """What questions of two parallel forms have in common: all but the type must agree."""

    row: int
    topic: str | None
    points: Fraction
    level: str
    type: str


def further_forms(
    plan: QuizPlan, first: Mapping[str, Row], pool: Sequence[Item], count: int
) -> tuple[dict[str, int], ...]:
    """The items of `count` forms beside the first, each by the row of the blueprint that it fills.

    `first` holds those of the first form that are drawn anew, `pool` all that may be drawn, best
    rank first. As many as can be stand in no earlier form; the others are those used least.
    """
    items = {item.id: item for item in pool}
    kinds = Counter(
        Kind(row.index, row.topic, items[name].points, items[name].level, _type(items[name]))
        for name, row in first.items()
    )
    candidates = {kind: _candidates(kind, plan, pool) for kind in kinds}
    used = Counter(first.keys())
    forms = []
    for _ in range(count):
        owner: dict[str, int] = {}
        for rows in _ever_wider(kinds, candidates, used):
            owner = matched(rows, owner)
            if len(owner) == len(first):
                break
        used.update(owner.keys())
        indexes = [kind.row for kind in kinds]
        forms.append({name: indexes[number] for name, number in owner.items()})
    return tuple(forms)


def _candidates(kind: Kind, plan: QuizPlan, pool: Sequence[Item]) -> tuple[Item, ...]:
    quota = quotas_of(plan)[kind.row]
    fitting = [
        item
        for item in pool
        if (item.points, item.level) == (kind.points, kind.level)
        and kind.topic in (None, item.topic)
        and fits(item, quota)
    ]
    return tuple(mixed(fitting, plan))


def _ever_wider(
    kinds: Mapping[Kind, int], candidates: Mapping[Kind, Sequence[Item]], used: Counter[str]
) -> Iterable[tuple[Row, ...]]:
    """The places with what may fill them: first the unused of the same type, at last anything."""

    def rows(wanted: int) -> tuple[Row, ...]:
        return tuple(
            Row(
                index=kind.row,
                count=count,
                fitting=tuple(
                    item.id
                    for item in candidates[kind]
                    if wanted > 1 or (not used[item.id] and (wanted or _type(item) == kind.type))
                ),
            )
            for kind, count in kinds.items()
        )

    yield rows(0)
    yield rows(1)
    yield tuple(
        Row(
            index=row.index,
            count=row.count,
            fitting=tuple(sorted(row.fitting, key=used.__getitem__)),
        )
        for row in rows(2)
    )


def _type(item: Item) -> str:
    return str(item.__struct_config__.tag)
