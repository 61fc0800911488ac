"""A learner's statistics to one page with charts, which needs nothing else: no script, no address."""

from datetime import date, timedelta
from fractions import Fraction

from quizgen.model import Frozen, Leech, Recalls, Statistics, Sureness, TopicStatistics, Trouble
from quizgen.outputs.built import Built, Product
from quizgen.outputs.paper.texts import PaperWords, direction_of
from quizgen.outputs.stats.charts import (
    Pair,
    Range,
    columns,
    heatmap,
    pair,
    plot,
    sure_range,
)
from quizgen.outputs.template import Templates


class Tile(Frozen, frozen=True, kw_only=True):
    """One figure that is said large, and what it counts."""

    value: str
    name: str


class TopicRow(Frozen, frozen=True, kw_only=True):
    """A topic in words, with its two places on the line."""

    name: str
    studied: str
    due: str
    stuck: str
    remembered: str
    foreseen: str
    is_short: bool
    pair: Pair | None


class BandRow(Frozen, frozen=True, kw_only=True):
    """A band of predicted recall in words."""

    name: str
    remembered: str
    reviews: str
    is_short: bool


class SureRow(Frozen, frozen=True, kw_only=True):
    """A confidence in words, with its line."""

    name: str
    right: str
    share: str
    should: str
    verdict: str
    is_off: bool
    range: Range


class LeechView(Frozen, frozen=True, kw_only=True):
    """A leech, how it stands, and what to do about it."""

    trouble: Trouble
    lapse: str
    advice: str


class HardView(Frozen, frozen=True, kw_only=True):
    """A hard task and how it went."""

    trouble: Trouble
    missed: str


def build(statistics: Statistics, templates: Templates, *, language: str, name: str) -> Built:
    """The page as the file `name`."""
    page = _Page(statistics, templates, language).html()
    tasks = sum(one.tasks for one in statistics.topics)
    return Built(
        files={name: page.encode()},
        products=(Product(kind="stats.page", path=name, items=tasks),),
    )


class _Page:
    def __init__(self, statistics: Statistics, templates: Templates, language: str) -> None:
        self._statistics, self._templates, self._language = statistics, templates, language
        catalogue = templates.words("paper", language) | templates.words("stats", language)
        self._words = PaperWords(catalogue, direction_of(language))
        self._months = catalogue["months"].split()
        self._weekdays = catalogue["weekdays"].split()

    def html(self) -> str:
        """The page."""
        statistics, words = self._statistics, self._words
        heat = heatmap(statistics.days)
        return self._templates.render(
            "stats/stats.html",
            {
                "language": self._language,
                "direction": words.direction,
                "words": words,
                "title": statistics.topic or statistics.title,
                "about": words.say(
                    "about",
                    days=words.count("days", len(statistics.days)),
                    date=self._day(date.fromisoformat(statistics.today)),
                ),
                "has_record": statistics.has_record,
                "tiles": self._tiles(),
                "heatmap": heat,
                "heat_said": self._heat_said(),
                "day_names": [
                    words.say(
                        "day_said",
                        date=self._day(date.fromisoformat(day.date)),
                        answers=words.count("answers", day.answers),
                    )
                    for day in statistics.days
                ],
                "months": self._months,
                "weekdays": self._weekdays,
                "levels": self._levels(heat.step),
                "columns": columns(statistics.forecast),
                "column_names": self._column_names(),
                "due_said": self._due_said(),
                "plot": plot(statistics.bands),
                "recall_said": self._recall_said(statistics.recalls),
                "bands": self._bands(),
                "topics": [self._topic(one) for one in statistics.topics],
                "sureness": [self._sure(one) for one in reversed(statistics.sureness)],
                "leeches": [self._leech(one) for one in statistics.leeches],
                "hardest": [self._hard(one) for one in statistics.hardest],
            },
        )

    # --- Habit -----------------------------------------------------------------------------------

    def _tiles(self) -> tuple[Tile, ...]:
        statistics, words = self._statistics, self._words
        tiles = [
            (words.number(statistics.answers), "tile_answers"),
            (
                words.say(
                    "of",
                    value=words.number(statistics.active),
                    n=words.number(len(statistics.days)),
                ),
                "tile_days",
            ),
            (words.number(statistics.run), "tile_run"),
            (words.number(statistics.forecast[0]), "tile_due"),
            (self._percent(statistics.recalls.share), "tile_remembered"),
        ]
        return tuple(Tile(value=value, name=words.say(key)) for value, key in tiles)

    def _heat_said(self) -> str:
        statistics, words = self._statistics, self._words
        return words.say(
            "heat_said",
            answers=words.count("answers", statistics.answers),
            active=words.count("days", statistics.active),
        )

    def _levels(self, step: int) -> tuple[str, ...]:
        say, number = self._words.say, self._words.number
        upto = (say("level_to", n=number(n * step)) for n in (1, 2, 3))
        return (say("level_none"), *upto, say("level_more", n=number(3 * step + 1)))

    # --- What is due -----------------------------------------------------------------------------

    def _column_names(self) -> list[str]:
        """The first day, and every Monday that has room beside it, by name."""
        today = date.fromisoformat(self._statistics.today)
        names = []
        for place in range(len(self._statistics.forecast)):
            day = today + timedelta(days=place)
            is_named = day.weekday() == 0 and place > 2
            names.append(self._day(day) if is_named else "")
        names[0] = self._words.say("today")
        return names

    def _due_said(self) -> str:
        forecast, words = self._statistics.forecast, self._words
        said = words.say(
            "due_said",
            today=words.number(forecast[0]),
            week=words.number(sum(forecast[:7])),
            all=words.number(sum(forecast)),
            days=words.number(len(forecast)),
        )
        overdue = self._statistics.overdue
        return f"{said} {words.count('overdue', overdue)}" if overdue else said

    # --- How well it is remembered ---------------------------------------------------------------

    def _recall_said(self, recalls: Recalls) -> str:
        if not recalls.reviews:
            return ""
        return self._words.say(
            "recall_said",
            share=self._percent(recalls.share),
            predicted=self._percent(recalls.predicted),
            reviews=self._words.count("reviews", recalls.reviews),
        )

    def _bands(self) -> list[BandRow]:
        words = self._words
        return [
            BandRow(
                name=words.say("band" if one.low else "band_under", low=one.low, high=one.high),
                remembered=self._percent(one.recalls.share),
                reviews=words.say(
                    "of",
                    value=words.number(one.recalls.recalled),
                    n=words.number(one.recalls.reviews),
                ),
                is_short=one.recalls.is_short,
            )
            for one in reversed(self._statistics.bands)
        ]

    def _topic(self, one: TopicStatistics) -> TopicRow:
        words = self._words
        return TopicRow(
            name=one.topic or words.say("no_topic"),
            studied=words.say("of", value=words.number(one.seen), n=words.number(one.tasks)),
            due=words.number(one.due) if one.due else "–",
            stuck=words.number(one.stuck) if one.stuck else "–",
            remembered=self._percent(one.recalls.share),
            foreseen=self._percent(one.recalls.predicted),
            is_short=one.recalls.is_short,
            pair=pair(one.recalls),
        )

    def _sure(self, one: Sureness) -> SureRow:
        words = self._words
        return SureRow(
            name=words.say(f"sure_{one.level}"),
            right=words.say("of", value=words.number(one.right), n=words.number(one.answers)),
            share=self._percent(one.right / one.answers),
            should=words.say(f"should_{one.level}"),
            verdict=words.say(f"verdict_{one.verdict}"),
            is_off=one.verdict == "too_sure",
            range=sure_range(one),
        )

    # --- What does not stick ---------------------------------------------------------------------

    def _leech(self, one: Leech) -> LeechView:
        words = self._words
        usual = one.usual.rstrip(".")
        return LeechView(
            trouble=one.trouble,
            lapse=words.say(
                "lapse",
                times=words.number(one.lapses),
                days=words.count("days", max(round(one.stability), 1)),
            ),
            advice=words.say(
                "advice_mixed" if usual else "advice",
                times=words.number(one.times),
                usual=usual,
            ),
        )

    def _hard(self, one: Trouble) -> HardView:
        words = self._words
        missed = words.say("of", value=words.number(one.missed), n=words.number(one.reviews))
        return HardView(trouble=one, missed=missed)

    # --- Numbers ---------------------------------------------------------------------------------

    def _percent(self, share: float | None) -> str:
        if share is None:
            return "–"
        return f"{self._words.number(Fraction(round(100 * share)))}\u00a0%"

    def _day(self, day: date) -> str:
        return self._words.say("short_day", day=day.day, month=self._months[day.month - 1])
