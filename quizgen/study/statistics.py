"""A record added up to what it tells the learner: habits, what is due, how well recall was foreseen,
and which questions do not stick.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from math import sqrt
from typing import assert_never

from msgspec.structs import replace

from quizgen.core.select import practice
from quizgen.model import (
    ActiveDay,
    Bank,
    Calibration,
    Choice,
    Decided,
    Filled,
    Frozen,
    Item,
    Judged,
    Leech,
    Marked,
    Matched,
    Memory,
    Ordered,
    Picked,
    Placed,
    RecallBand,
    Recalls,
    Response,
    Statistics,
    Sureness,
    TopicStatistics,
    Trouble,
    Typed,
)
from quizgen.study.asking import option_text
from quizgen.study.feedback import typed_text
from quizgen.study.lines import answer_line, stem_line
from quizgen.study.memories import Standing
from quizgen.study.plan import questions_of
from quizgen.study.record import Key, Task
from quizgen.study.schedule import DAY, Schedule, day_start, study_day
from quizgen.study.tallies import BandTally, Span, Tallies, TaskTally, high_of

FORECAST = 30
"""For how many days it is told what falls due."""
HARDEST = 10
"""How many of the hardest tasks are told of."""
_LAPSES, _FIRM = 4, 21.0
"""A leech was forgotten so often, and lasts for less than so many days still."""
_FEW = 10
"""From so many answers on it is said whether a confidence was earned."""
_PAYS = (0.0, 2 / 3, 4 / 5, 1.0)
_EPOCH = date(1970, 1, 1).toordinal()


class View(Frozen, frozen=True, kw_only=True):
    """What to look at: so many `days` up to `now` (seconds since 1970), and one topic or all ("").

    `ahead` is how many seconds the learner's clock is ahead of UTC.
    """

    days: int
    now: float
    topic: str = ""
    ahead: float = 0.0


class _Record(Frozen, frozen=True, kw_only=True):
    """The tasks that are looked at, with the items that they ask (by id), and what is kept of them."""

    items: Mapping[str, Item]
    tasks: Mapping[Key, Task]
    standings: Mapping[Key, Standing]
    tallies: Mapping[Key, TaskTally]
    lapses: Mapping[Key, int]
    place: Callable[[str], str]


def looked_back(
    tallies: Tallies, bank: Bank, view: View, place: Callable[[str], str]
) -> Statistics:
    """The statistics of a bank; `place` gives the line on which an item (by id) stands.

    Raises ProgressError where the file cannot be read.
    """
    schedule = tallies.schedule_of(bank.name)
    today = study_day(view.now, schedule)
    record, span = _record(tallies, bank, view, place)
    stuck = _stuck(record)
    by_day = tallies.by_day(bank.name, span, schedule)
    by_band = tallies.by_band(bank.name, span, schedule)
    active = {day for day in by_day if day <= today}
    if _run(active, today) >= view.days - 1:
        active |= tallies.earlier_days(bank.name, span, schedule)
    wrong = tallies.wrong_answers(bank.name, stuck)
    memories = [one.memory for one in record.standings.values()]
    return Statistics(
        title=bank.title,
        topic=view.topic,
        days=tuple(
            ActiveDay(date=_date(day, schedule, view.ahead), answers=by_day[day])
            for day in range(span.first, today + 1)
        ),
        run=_run(active, today),
        has_record=bool(active) or bool(memories),
        forecast=_forecast(memories, today, schedule),
        overdue=sum(study_day(one.due, schedule) < today for one in memories),
        recalls=sum((one.recalls for one in record.tallies.values()), Recalls()),
        bands=_bands(by_band),
        sureness=_sureness(by_band),
        topics=_topics(record, frozenset(stuck), day_start(today + 1, schedule)),
        leeches=tuple(_leech(record, key, wrong.get(key)) for key in stuck),
        hardest=tuple(_trouble(record, key) for key in _hardest(record, stuck)),
    )


def without_record(bank: Bank, view: View) -> Statistics:
    """The statistics of a bank of which no answer is kept."""
    schedule = Schedule()
    today = study_day(view.now, schedule)
    dates = (_date(day, schedule, view.ahead) for day in range(today - view.days + 1, today + 1))
    tasks = _tasks(_items(bank, view))
    record = _Record(
        items=_items(bank, view), tasks=tasks, standings={}, tallies={}, lapses={}, place=str
    )
    return Statistics(
        title=bank.title,
        topic=view.topic,
        days=tuple(ActiveDay(date=date, answers=0) for date in dates),
        run=0,
        has_record=False,
        forecast=(0,) * FORECAST,
        overdue=0,
        recalls=Recalls(),
        bands=(),
        sureness=(),
        topics=_topics(record, (), 0.0),
        leeches=(),
        hardest=(),
    )


def _items(bank: Bank, view: View) -> dict[str, Item]:
    return {item.id: item for item in practice(bank) if view.topic in ("", item.topic)}


def _tasks(items: Mapping[str, Item]) -> dict[Key, Task]:
    return {
        task.key: task
        for item in items.values()
        for question in questions_of(item)
        for task in question
    }


def _record(
    tallies: Tallies, bank: Bank, view: View, place: Callable[[str], str]
) -> tuple[_Record, Span]:
    """What is looked at; where that is the whole bank, also the days of what is no more in it."""
    schedule = tallies.schedule_of(bank.name)
    items = _items(bank, view)
    tasks = _tasks(items)
    today = study_day(view.now, schedule)
    named = tuple(items) if view.topic else None
    span = Span(first=today - view.days + 1, items=named)
    standings = tallies.standings(bank.name)
    record = _Record(
        items=items,
        tasks=tasks,
        standings={key: standings[key] for key in tasks if key in standings},
        tallies=tallies.by_task(bank.name, span, schedule),
        lapses=tallies.lapses(bank.name, span, schedule),
        place=place,
    )
    return record, span


def _run(active: set[int], today: int) -> int:
    """How many days in a row saw an answer; today, which is not over, need not have."""
    day = today if today in active else today - 1
    last = day
    while day in active:
        day -= 1
    return last - day


def _date(day: int, schedule: Schedule, ahead: float) -> str:
    """The date of a learner's day, as the calendar on the wall has it."""
    days = (day_start(day, schedule) + ahead) // DAY
    return date.fromordinal(_EPOCH + int(days)).isoformat()


def _forecast(memories: Iterable[Memory], today: int, schedule: Schedule) -> tuple[int, ...]:
    days = Counter(max(study_day(one.due, schedule) - today, 0) for one in memories)
    return tuple(days[n] for n in range(FORECAST))


def _bands(tallies: Sequence[BandTally]) -> tuple[RecallBand, ...]:
    bands: dict[int, Recalls] = {}
    for one in tallies:
        if one.low is not None:
            bands[one.low] = bands.get(one.low, Recalls()) + one.recalls
    return tuple(
        RecallBand(low=low, high=high_of(low), recalls=bands[low]) for low in sorted(bands)
    )


def _sureness(tallies: Sequence[BandTally]) -> tuple[Sureness, ...]:
    levels: dict[int, Recalls] = {}
    for one in tallies:
        if one.confidence:
            levels[one.confidence] = levels.get(one.confidence, Recalls()) + one.recalls
    return tuple(
        Sureness(
            level=level,
            answers=one.reviews,
            right=one.recalled,
            verdict=calibration(level, one.recalled, one.reviews),
        )
        for level, one in sorted(levels.items())
    )


def calibration(level: int, right: int, answers: int) -> Calibration:
    """Whether a confidence was earned, as far as that is no accident: with right answers at 0, 2/3
    and 4/5 or more it pays to say 1, 2 and 3.
    """
    if answers < _FEW:
        return "few"
    least = certain_share(right, answers)
    most = 1 - certain_share(answers - right, answers)
    if most < _PAYS[level - 1]:
        return "too_sure"
    return "too_unsure" if least > _PAYS[level] else "fits"


def _topics(
    record: _Record, stuck: Collection[Key], tomorrow: float
) -> tuple[TopicStatistics, ...]:
    """Each topic of the bank, in the order of its items."""
    by_topic: dict[str, list[Key]] = {}
    for key in record.tasks:
        by_topic.setdefault(record.items[key[0]].topic, []).append(key)
    standings, tallies = record.standings, record.tallies
    return tuple(
        TopicStatistics(
            topic=topic,
            tasks=len(keys),
            seen=sum(key in standings for key in keys),
            due=sum(standings[key].memory.due < tomorrow for key in keys if key in standings),
            stuck=sum(key in stuck for key in keys),
            recalls=sum((tallies[key].recalls for key in keys if key in tallies), Recalls()),
        )
        for topic, keys in by_topic.items()
    )


def _stuck(record: _Record) -> tuple[Key, ...]:
    """The leeches, what was forgotten most often first."""
    lapses, standings = record.lapses, record.standings
    found = [
        key
        for key, one in standings.items()
        if lapses.get(key, 0) >= _LAPSES and one.memory.stability < _FIRM
    ]
    found.sort(key=lambda key: (-lapses[key], standings[key].memory.stability, key))
    return tuple(found)


def _hardest(record: _Record, stuck: Collection[Key]) -> list[Key]:
    """What was missed twice or more, by the share of misses that is certain: 5 of 9 before 2 of 3."""
    tallies = record.tallies
    keys = record.tasks.keys() & tallies.keys() - set(stuck)
    found = [key for key in keys if tallies[key].missed >= 2]
    found.sort(key=lambda key: (-certain_share(tallies[key].missed, tallies[key].reviews), key))
    return found[:HARDEST]


def certain_share(count: int, total: int, z: float = 1.64) -> float:
    """The lower end of Wilson's interval around a share: so much of it is no accident (19 of 20).

    The upper end is one less that of the rest.
    https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval
    """
    if not total:
        return 0.0
    share = count / total
    middle = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    # Rounding alone may put it above what was seen.
    return min(share, (middle - spread) / (1 + z * z / total))


def _trouble(record: _Record, key: Key) -> Trouble:
    item, task = record.items[key[0]], record.tasks[key]
    tally = record.tallies.get(key, TaskTally())
    return Trouble(
        item=item.id,
        part=task.part,
        topic=item.topic,
        stem=stem_line(item, task),
        answer=answer_line(item, task),
        place=record.place(item.id),
        reviews=tally.reviews,
        missed=tally.missed,
    )


def _leech(record: _Record, key: Key, wrong: tuple[Response, int] | None) -> Leech:
    """A leech with the wrong answer that comes back; one that was given once is no habit."""
    leech = Leech(
        trouble=_trouble(record, key),
        lapses=record.lapses[key],
        stability=record.standings[key].memory.stability,
    )
    if wrong is None or wrong[1] < 2:
        return leech
    text = _said(record.items[key[0]], wrong[0])
    return replace(leech, usual=text, times=wrong[1]) if text else leech


def _said(item: Item, response: Response) -> str:
    """A response on one line; empty where it is long, was left blank, or only says no."""
    match response:
        case Typed() | Filled():
            return " ".join(typed_text(response).split())
        case Picked(options=options) if isinstance(item, Choice):
            return ", ".join(option_text(one) for one in item.options if one.id in options)
        case Decided() | Picked() | Judged() | Matched() | Ordered() | Placed() | Marked() | None:
            return ""
        case _:
            assert_never(response)
