"""Scores of many students to what they say of the questions: classical item analysis; pure.

All sums are of whole numbers, so that neither the order of the students nor a float decides.
The definitions are those of Lord and Novick, "Statistical Theories of Mental Test Scores" (1968);
the groups of 27 % are Kelley's (1939), the least number of students is a rule of thumb.
"""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from operator import mul

from quizgen.grading.marking import Answer, Results
from quizgen.model import (
    Analysis,
    Choice,
    Frozen,
    ItemAnalysis,
    Judged,
    OptionUse,
    Picked,
    Suspicion,
)

LEAST = 30
"""With fewer students a correlation is mostly chance, and nothing is suspected."""

_NOTHING: frozenset[str] = frozenset()
_GROUP = Fraction(27, 100)
_WEAK = 0.1
_FINE = 1_000_000
_GRAVEST: Mapping[Suspicion, int] = {"wrong_key": 0, "rival": 1, "negative": 2, "weak": 3, "": 4}


class Column(Frozen, frozen=True, kw_only=True):
    """An item with the points of each student, None where there is no score (which is not 0).

    A choice has `options`, its `keys`, and what each student picked; of one with `several` keys
    the best students may well pick more than the key.
    """

    item: str
    possible: Fraction
    points: Sequence[Fraction | None]
    options: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()
    picks: Sequence[frozenset[str]] = ()
    several: bool = False


def columns_of(results: Results) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """The columns of a grading, and the items left out: voided ones, which say nothing.

    Absent students are nobody's row.
    """
    columns, left_out = [], []
    rows = [one.answers for one in results.results if not one.is_absent]
    answers = list(zip(*rows, strict=True)) if rows else [() for _ in results.items]
    for item, own in zip(results.items, answers, strict=True):
        scheme = results.schemes[item.id]
        if scheme.void:
            left_out.append(item.id)
            continue
        column = Column(item=item.id, possible=scheme.possible, points=_points(own))
        if isinstance(item, Choice):
            column = Column(
                item=item.id,
                possible=scheme.possible,
                points=column.points,
                options=tuple(option.id for option in item.options),
                keys=frozenset(
                    one for key in scheme.keys if isinstance(key, Choice) for one in key.keys
                ),
                picks=[_picked(answer, item) for answer in own],
                several=item.multiple,
            )
        columns.append(column)
    return tuple(columns), tuple(left_out)


def _points(answers: Sequence[Answer | None]) -> list[Fraction | None]:
    return [
        None if answer is None or answer.score is None else answer.score.points
        for answer in answers
    ]


def _picked(answer: Answer | None, item: Choice) -> frozenset[str]:
    """The options that a student crossed: of one that takes a single mark, one or none."""
    if answer is None or answer.score is None:
        return _NOTHING
    match answer.response:
        case Picked(options=options):
            return options if item.multiple or len(options) == 1 else _NOTHING
        case Judged(marks=marks):
            return frozenset(option for option, is_true in marks.items() if is_true)
        case _:
            return _NOTHING


# --- The whole -----------------------------------------------------------------------------------


class _Group(Frozen, frozen=True, kw_only=True):
    """The best or the weakest 27 %, by place: those surely in it, and those at its border.

    Who is level at the border counts for the `weight` that fills the group, so that no order of
    the students decides who is in.
    """

    sure: Sequence[int]
    border: Sequence[int]
    weight: Fraction


class _Class(Frozen, frozen=True, kw_only=True):
    """All students: points and what they could earn in whole units, and how they compare."""

    unit: int
    totals: Sequence[int]
    most: Sequence[int]
    upper: _Group
    lower: _Group
    is_judged: bool


def analyze(columns: Sequence[Column], left_out: Sequence[str] = ()) -> Analysis:
    """The analysis of items that were answered by the same students, in the order of the columns.

    Where students had different items, or some have no score yet, they are compared by the share
    of their points to a millionth; the figures of the whole test are those of the complete ones,
    in the items that anybody has a score in.
    """
    unit = math.lcm(*(_unit(column) for column in columns))
    wholes = [_whole(column.points, unit) for column in columns]
    worth = [_times(column.possible, unit) for column in columns]
    rows = list(zip(*wholes, strict=True))
    totals = [sum(filter(None, row)) for row in rows]
    full = sum(worth)
    most = [
        sum(w for w, x in zip(worth, row, strict=True) if x is not None) if None in row else full
        for row in rows
    ]
    there = [place for place, points in enumerate(most) if points]
    levels = _levels(totals, most)
    ranked = sorted(there, key=levels.__getitem__)
    seen = _Class(
        unit=unit,
        totals=totals,
        most=most,
        upper=_group(ranked[::-1], levels),
        lower=_group(ranked, levels),
        is_judged=len(there) >= LEAST,
    )
    items = [_item(*one, seen) for one in zip(columns, wholes, worth, strict=True)]
    begun = [n for n, whole in enumerate(wholes) if any(one is not None for one in whole)]
    tested = list(zip(*(wholes[n] for n in begun), strict=True)) if begun else []
    complete = [place for place in there if None not in tested[place]]
    test = _test([[wholes[n][place] for place in complete] for n in begun], unit)
    return Analysis(
        students=len(there),
        complete=len(complete),
        items=tuple(items),
        possible=Fraction(sum(worth[n] for n in begun), unit),
        mean=test.mean,
        deviation=test.deviation,
        alpha=test.alpha,
        error=test.error,
        is_right_or_wrong=_is_right_or_wrong([wholes[n] for n in begun], [worth[n] for n in begun]),
        histogram=_histogram(seen, there),
        left_out=tuple(left_out),
        is_judged=seen.is_judged,
    )


def gravest_first(items: Sequence[ItemAnalysis]) -> tuple[ItemAnalysis, ...]:
    """The suspected items: first those whose key may be wrong, then by how little the rest agrees."""
    suspected = (item for item in items if item.suspicion)
    return tuple(sorted(suspected, key=lambda one: (_GRAVEST[one.suspicion], one.item_rest or 0)))


def _histogram(seen: _Class, there: Sequence[int]) -> tuple[int, ...]:
    """How many earned each tenth of what they could; full marks stand in the last."""
    counts = [0] * 10
    for place in there:
        counts[max(0, min(9, seen.totals[place] * 10 // seen.most[place]))] += 1
    return tuple(counts)


def _unit(column: Column) -> int:
    points = {id(one): one for one in column.points if one is not None}
    return math.lcm(column.possible.denominator, *(one.denominator for one in points.values()))


def _whole(points: Sequence[Fraction | None], unit: int) -> list[int | None]:
    """Points in units. Many students share one Fraction, so that each is reckoned once."""
    held = {id(one): one for one in points}
    known = {name: None if one is None else _times(one, unit) for name, one in held.items()}
    return [known[id(one)] for one in points]


def _times(points: Fraction, unit: int) -> int:
    return points.numerator * (unit // points.denominator)


def _levels(points: Sequence[int], most: Sequence[int]) -> list[int]:
    """Points as they are where all could earn the same, else shares in millionths."""
    if len(set(filter(None, most))) <= 1:
        return list(points)
    return [
        (2 * _FINE * own + full) // (2 * full) if full else 0
        for own, full in zip(points, most, strict=True)
    ]


def _group(ranked: Sequence[int], levels: Sequence[int]) -> _Group:
    if not ranked:
        return _Group(sure=(), border=(), weight=Fraction(0))
    size = max(1, round(len(ranked) * _GROUP))
    last = levels[ranked[size - 1]]
    border = [place for place in ranked if levels[place] == last]
    sure = ranked[: next(i for i, place in enumerate(ranked) if levels[place] == last)]
    return _Group(sure=sure, border=border, weight=Fraction(size - len(sure), len(border)))


class _Test(Frozen, frozen=True, kw_only=True):
    mean: Fraction | None = None
    deviation: float | None = None
    alpha: float | None = None
    error: float | None = None


def _test(wholes: Sequence[Sequence[int | None]], unit: int) -> _Test:
    """Cronbach's alpha, which is KR-20 where items are right or wrong, and what rests on it."""
    own = [[one for one in whole if one is not None] for whole in wholes]
    count = len(own[0]) if own else 0
    if not count:
        return _Test()
    totals = list(map(sum, zip(*own, strict=True)))
    mean = Fraction(sum(totals), count * unit)
    spread = _spread(totals)
    if count < 2:
        return _Test(mean=mean)
    variance = Fraction(spread, count * (count - 1) * unit * unit)
    deviation = math.sqrt(variance)
    items = len(own)
    if not spread or items < 2:
        return _Test(mean=mean, deviation=deviation)
    alpha = Fraction(items, items - 1) * (1 - Fraction(sum(map(_spread, own)), spread))
    error = math.sqrt(variance * (1 - alpha))
    return _Test(mean=mean, deviation=deviation, alpha=float(alpha), error=error)


def _spread(values: Sequence[int]) -> int:
    """The squared count times the variance: exact."""
    total = sum(values)
    squares: int = sum(map(mul, values, values))
    return len(values) * squares - total * total


def _is_right_or_wrong(wholes: Sequence[Sequence[int | None]], worth: Sequence[int]) -> bool:
    return len(set(worth)) == 1 and all(
        set(whole) <= {None, 0, full} for whole, full in zip(wholes, worth, strict=True)
    )


# --- One item ------------------------------------------------------------------------------------


def _item(column: Column, points: Sequence[int | None], worth: int, seen: _Class) -> ItemAnalysis:
    scored = [one for one in points if one is not None]
    difficulty = Fraction(sum(scored), len(scored) * worth) if scored and worth else None
    upper, lower = _share(points, worth, seen.upper), _share(points, worth, seen.lower)
    item_rest = _item_rest(points, worth, seen)
    options = _options(column, points, seen)
    rivals = () if column.several else options
    suspicion, rival = _suspicion(rivals, item_rest, difficulty) if seen.is_judged else ("", "")
    return ItemAnalysis(
        item=column.item,
        possible=column.possible,
        students=len(scored),
        difficulty=difficulty,
        discrimination=None if upper is None or lower is None else upper - lower,
        item_rest=item_rest,
        options=options,
        unpicked=len(scored) - sum(map(bool, column.picks)) if options else 0,
        suspicion=suspicion,
        rival=rival,
    )


def _share(points: Sequence[int | None], worth: int, group: _Group) -> Fraction | None:
    sure = [one for place in group.sure if (one := points[place]) is not None]
    border = [one for place in group.border if (one := points[place]) is not None]
    heads = len(sure) + group.weight * len(border)
    if not heads or not worth:
        return None
    return (sum(sure) + group.weight * sum(border)) / (heads * worth)


def _item_rest(points: Sequence[int | None], worth: int, seen: _Class) -> float | None:
    """The correlation of an item with the sum of the others; None where either is the same for all."""
    rows = [
        (one, total - one, most - worth)
        for one, total, most in zip(points, seen.totals, seen.most, strict=True)
        if one is not None and most > worth
    ]
    if not rows:
        return None
    own, rest, could = (list(values) for values in zip(*rows, strict=True))
    return _correlation(own, _levels(rest, could))


def _correlation(xs: Sequence[int], ys: Sequence[int]) -> float | None:
    spreads = _spread(xs) * _spread(ys)
    if not spreads:
        return None
    products: int = sum(map(mul, xs, ys))
    shared = len(xs) * products - sum(xs) * sum(ys)
    return math.copysign(math.sqrt(Fraction(shared * shared, spreads)), shared)


def _options(column: Column, points: Sequence[int | None], seen: _Class) -> tuple[OptionUse, ...]:
    if not column.options:
        return ()
    heads = {
        name: _heads([one is not None for one in points], group)
        for name, group in (("upper", seen.upper), ("lower", seen.lower))
    }
    found = []
    for option in column.options:
        chose = [option in picks for picks in column.picks]
        who = [place for place, is_chosen in enumerate(chose) if is_chosen]
        top = sum(seen.totals[place] for place in who)
        most = sum(seen.most[place] for place in who)
        upper, lower = _heads(chose, seen.upper), _heads(chose, seen.lower)
        found.append(
            OptionUse(
                option=option,
                is_key=option in column.keys,
                chosen=len(who),
                upper=upper / heads["upper"] if heads["upper"] else Fraction(0),
                lower=lower / heads["lower"] if heads["lower"] else Fraction(0),
                mean=Fraction(top, most) if most else None,
            )
        )
    return tuple(found)


def _heads(is_one: Sequence[bool], group: _Group) -> Fraction:
    sure = sum(is_one[place] for place in group.sure)
    return sure + group.weight * sum(is_one[place] for place in group.border)


def _suspicion(
    options: Sequence[OptionUse], item_rest: float | None, difficulty: Fraction | None
) -> tuple[Suspicion, str]:
    """What the best students and the other questions say against an item."""
    best_key = max((one.upper for one in options if one.is_key), default=Fraction(1))
    rivals = [one for one in options if not one.is_key and one.upper > best_key]
    rival = max(rivals, key=lambda one: one.upper).option if rivals else ""
    is_negative = item_rest is not None and item_rest < 0
    if rival:
        return ("wrong_key" if is_negative else "rival"), rival
    if is_negative:
        return "negative", ""
    if item_rest is not None and item_rest < _WEAK and difficulty is not None:
        return "weak", ""
    return "", ""
