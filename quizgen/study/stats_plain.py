"""A record in plain sentences, in reading order: for screen readers, pipes and scripts."""

from collections.abc import Iterator
from datetime import date

from quizgen.model import Recalls, Statistics, TopicStatistics, Trouble
from quizgen.study.stats_words import (
    MONTHS,
    SURE,
    VERDICTS,
    advice,
    counted,
    due,
    lapse,
    nothing_yet,
    opening,
    percent,
    recall,
)


def plain_lines(statistics: Statistics) -> Iterator[str]:
    """The lines, each one thought and left unwrapped."""
    if not statistics.has_record:
        yield nothing_yet(statistics)
        return
    about = f"{statistics.title}, {statistics.topic}" if statistics.topic else statistics.title
    yield f"{about}. Last {counted(len(statistics.days), 'day')}: {opening(statistics)}"
    yield from _weeks(statistics)
    yield f"Due: {due(statistics)}"
    yield from _forecast(statistics)
    yield from _recall(statistics)
    yield from _sureness(statistics)
    for topic in statistics.topics:
        yield f"Topic {topic.topic or 'none'}: {_topic(topic)}."
    yield from _troubles(statistics)


def day_words(iso: str) -> str:
    """A date as one says it: 25 Nov."""
    day = date.fromisoformat(iso)
    return f"{day.day} {MONTHS[day.month - 1]}"


def _weeks(statistics: Statistics) -> Iterator[str]:
    """One line a week, from Monday on."""
    weeks: dict[tuple[int, int], list[int]] = {}
    for place, day in enumerate(statistics.days):
        year, week, _ = date.fromisoformat(day.date).isocalendar()
        weeks.setdefault((year, week), []).append(place)
    for places in weeks.values():
        days = [statistics.days[place] for place in places]
        active = [day for day in days if day.answers]
        if active:
            answers = counted(sum(day.answers for day in active), "answer")
            first, last = day_words(days[0].date), day_words(days[-1].date)
            yield f"{first} to {last}: {answers} on {counted(len(active), 'day')}."


def _forecast(statistics: Statistics) -> Iterator[str]:
    today = date.fromisoformat(statistics.today).toordinal()
    days = [
        f"{day_words(date.fromordinal(today + n).isoformat())} {count}"
        for n, count in enumerate(statistics.forecast)
        if count
    ]
    if days:
        yield f"Due by day: {', '.join(days)}."


def _recall(statistics: Statistics) -> Iterator[str]:
    if not statistics.bands:
        return
    yield recall(statistics.recalls)
    for band in reversed(statistics.bands):
        where = f"under {band.high} %" if not band.low else f"{band.low} to {band.high} %"
        yield f"Where {where} was foreseen: {_of(band.recalls)}."


def _of(recalls: Recalls) -> str:
    low = ", less than foreseen" if recalls.is_short else ""
    return (
        f"{percent(recalls.share)} of {counted(recalls.reviews, 'review')}, "
        f"{percent(recalls.predicted)} foreseen{low}"
    )


def _sureness(statistics: Statistics) -> Iterator[str]:
    for one in statistics.sureness:
        word, should = SURE[one.level]
        share = percent(one.right / one.answers)
        yield (
            f'Where you said "{word}": {one.right} of {one.answers} right, {share}, which should '
            f"be {should}. Verdict: {VERDICTS[one.verdict]}."
        )


def _troubles(statistics: Statistics) -> Iterator[str]:
    if statistics.leeches:
        yield "Stuck, since they were forgotten again and again:"
    for leech in statistics.leeches:
        one = leech.trouble
        yield f"{_asked(one)} {lapse(leech)} {advice(leech)} In {one.place}."
    if statistics.hardest:
        yield "Hardest:"
    for one in statistics.hardest:
        yield f"{_asked(one)} Missed {one.missed} of {one.reviews} times. In {one.place}."


def _topic(topic: TopicStatistics) -> str:
    parts = [f"{topic.seen} of {topic.tasks} studied", f"{topic.due} due"]
    if topic.recalls.reviews:
        parts.append(f"remembered {_of(topic.recalls)}")
    if topic.stuck:
        parts.append(f"{topic.stuck} stuck")
    return ", ".join(parts)


def _asked(one: Trouble) -> str:
    return f"{one.stem} The right answer: {one.answer.rstrip('.')}."
