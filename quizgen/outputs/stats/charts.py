"""Figures of a record to drawings: places and lengths in the units of each drawing, no words."""

from collections.abc import Sequence
from datetime import date

from quizgen.model import ActiveDay, Frozen, RecallBand, Recalls, Sureness

WIDTH = 680
_LABELS, _MONTHS = 34, 20
_LEAST, _MOST = 13, 30
PLOT = 300
"""The side of the square in which foreseen and remembered meet."""
BAR_TOP, BAR_BASE = 18, 118
SCALE = 150
"""How long 100 % is beside a topic or a confidence."""


class Square(Frozen, frozen=True, kw_only=True):
    """A day: `level` from 0 (none) to 4 is told by its size and by its colour; `day` by its place."""

    x: float
    y: float
    size: float
    level: int
    day: int


class Heatmap(Frozen, frozen=True, kw_only=True):
    """Days in columns of weeks. `months` are the places where one begins, `step` the answers of one
    level.
    """

    width: float
    height: float
    pitch: float
    squares: tuple[Square, ...]
    months: tuple[tuple[float, int], ...]
    weekdays: tuple[tuple[float, int], ...]
    step: int


def heatmap(days: Sequence[ActiveDay]) -> Heatmap:
    """The drawing of some weeks, or of years, which are then wider than a page."""
    first = date.fromisoformat(days[0].date)
    weeks = (first.weekday() + len(days) + 6) // 7
    pitch = min(_MOST, max(_LEAST, (WIDTH - _LABELS) // weeks))
    active = sorted(day.answers for day in days if day.answers)
    step = max((active[len(active) // 2] + 1) // 2, 1) if active else 1
    squares: list[Square] = []
    months: list[tuple[float, int]] = []
    for number, day in enumerate(days):
        week, weekday = divmod(number + first.weekday(), 7)
        level = min(-(-day.answers // step), 4)
        size = pitch * (0.16, 0.42, 0.58, 0.74, 0.9)[level]
        middle = pitch / 2
        x, y = _LABELS + week * pitch + middle, _MONTHS + weekday * pitch + middle
        squares.append(
            Square(
                x=round(x - size / 2, 1),
                y=round(y - size / 2, 1),
                size=round(size, 1),
                level=level,
                day=number,
            )
        )
        if day.date.endswith("-01"):
            months.append((_LABELS + week * pitch, int(day.date[5:7])))
    return Heatmap(
        width=_LABELS + weeks * pitch,
        height=_MONTHS + 7 * pitch,
        pitch=pitch,
        squares=tuple(squares),
        months=tuple(months),
        weekdays=tuple((_MONTHS + day * pitch + pitch / 2 + 4, day) for day in range(7)),
        step=step,
    )


class Column(Frozen, frozen=True, kw_only=True):
    """A day to come with what falls due on it."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    count: int


def columns(counts: Sequence[int]) -> tuple[Column, ...]:
    """The drawing of what falls due; what is not nothing can be seen."""
    most, pitch = max(*counts, 1), WIDTH / len(counts)
    found = []
    for place, count in enumerate(counts):
        height = max((BAR_BASE - BAR_TOP) * count / most, 2) if count else 0
        found.append(
            Column(
                x=round(place * pitch + 3, 1),
                y=round(BAR_BASE - height, 1),
                width=round(pitch - 6, 1),
                height=round(height, 1),
                middle=round((place + 0.5) * pitch, 1),
                count=count,
            )
        )
    return tuple(found)


class Dot(Frozen, frozen=True, kw_only=True):
    """A band of reviews where what was foreseen (to the right) meets what was remembered (up)."""

    x: float
    y: float
    radius: float
    is_short: bool


class Plot(Frozen, frozen=True, kw_only=True):
    """The dots in a square of `PLOT`, whose corner is `low` percent; `ticks` are percents with
    places.
    """

    low: int
    dots: tuple[Dot, ...]
    ticks: tuple[tuple[int, float], ...]


def plot(bands: Sequence[RecallBand]) -> Plot:
    """The drawing of foreseen against remembered. A dot's area grows with its reviews."""
    shares = [share for one in bands for share in (one.recalls.share, one.recalls.predicted)]
    least = min((share for share in shares if share is not None), default=0.5)
    low = max(min(int(least * 10) * 10 - 10, 50), 0)
    most = max((one.recalls.reviews for one in bands), default=1)

    def place(percent: float) -> float:
        return round((percent - low) / (100 - low) * PLOT, 1)

    dots = tuple(
        Dot(
            x=place(100 * (one.recalls.predicted or 0)),
            y=round(PLOT - place(100 * (one.recalls.share or 0)), 1),
            radius=round(4 + 9 * (one.recalls.reviews / most) ** 0.5, 1),
            is_short=one.recalls.is_short,
        )
        for one in bands
    )
    step = 10 if low >= 40 else 20
    ticks = tuple((percent, place(percent)) for percent in range(low, 101) if percent % step == 0)
    return Plot(low=low, dots=dots, ticks=ticks)


class Pair(Frozen, frozen=True, kw_only=True):
    """What was remembered and what was foreseen, as lengths on a line of `SCALE`."""

    remembered: float
    foreseen: float


def pair(recalls: Recalls) -> Pair | None:
    """The two places on the line; None where nothing was reviewed."""
    share, predicted = recalls.share, recalls.predicted
    if share is None or predicted is None:
        return None
    return Pair(remembered=round(SCALE * share, 1), foreseen=round(SCALE * predicted, 1))


class Range(Frozen, frozen=True, kw_only=True):
    """How much should be right (from `start`, so `long`), and how much `is`, on a line of `SCALE`."""

    start: float
    long: float
    right: float


_SHOULD = {1: (0.0, 2 / 3), 2: (2 / 3, 4 / 5), 3: (4 / 5, 1.0)}


def sure_range(one: Sureness) -> Range:
    """The line of a confidence."""
    start, end = _SHOULD[one.level]
    return Range(
        start=round(SCALE * start, 1),
        long=round(SCALE * (end - start), 1),
        right=round(SCALE * one.right / one.answers, 1),
    )
