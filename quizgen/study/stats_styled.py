"""A record with signs, colours and places, within 76 columns, two in from the edge.

The shading of a day and the place of a figure say what their colours say. Where the console lacks a
sign, a plain one stands for it.
"""

from collections.abc import Sequence
from datetime import date

from quizgen.model import (
    ActiveDay,
    Frozen,
    Leech,
    Recalls,
    Statistics,
    Sureness,
    TopicStatistics,
    Trouble,
)
from quizgen.study.console import Console
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
from quizgen.study.styled import BLUE, BOLD, DIM, GREEN, RED, YELLOW, Styled
from quizgen.study.words import cells, padded, shortened, wrapped

_NARROW = 56
_SHOWN = 5
"""So many leeches, and so many of the hardest, are shown; a program gets them all."""
_WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split()


class _Shades(Frozen, frozen=True, kw_only=True):
    """Signs for none to many, those that grow upwards, and what marks a low figure."""

    levels: str
    heights: str
    bar: str
    rest: str
    low: str


_FULL = _Shades(levels="·░▒▓█", heights="▁▂▃▄▅▆▇█", bar="█", rest="·", low="▾")
_FEW = _Shades(levels=".-+*#", heights="#", bar="#", rest=".", low="!")


class Sight(Styled):
    """A record for people who look at a terminal."""

    def __init__(self, console: Console, *, width: int, has_colour: bool) -> None:
        super().__init__(console, columns=lambda: width, has_colour=has_colour)
        has_all = console.can_show(f"{_FULL.levels}{_FULL.heights}{_FULL.low}")
        self._shades = _FULL if has_all else _FEW

    def show(self, statistics: Statistics) -> None:
        """Everything, what is most useful today first."""
        self._gap()
        if not statistics.has_record:
            self._text(nothing_yet(statistics))
            self._gap()
            return
        self._head(statistics)
        self._heat(statistics.days)
        self._forecast(statistics)
        self._topics(statistics)
        if statistics.bands:
            self._bands(statistics)
        if statistics.sureness:
            self._sureness(statistics.sureness)
        self._leeches(statistics.leeches)
        self._hardest(statistics.hardest)
        self._gap()

    # --- Habit -----------------------------------------------------------------------------------

    def _head(self, statistics: Statistics) -> None:
        about = statistics.topic or statistics.title
        span = f"last {counted(len(statistics.days), 'day')}"
        room = self._width - cells(span) - 2
        self._line(self._paint(padded(shortened(about, room), room) + f"  {span}", DIM))
        self._gap()
        words = opening(statistics)
        count = words.partition(" ")[0]
        lines = wrapped(words, self._width)
        self._line(self._paint(count, BOLD) + lines[0][len(count) :])
        for line in lines[1:]:
            self._line(line)

    def _heat(self, days: Sequence[ActiveDay]) -> None:
        """A column for each week, as many as there is room for, the last to the right."""
        first = date.fromisoformat(days[0].date)
        cells_of_weeks: list[list[ActiveDay | None]] = [[None] * 7]
        for place, day in enumerate(days, start=first.weekday()):
            if place // 7 == len(cells_of_weeks):
                cells_of_weeks.append([None] * 7)
            cells_of_weeks[-1][place % 7] = day
        room = self._width - 4
        size = 2 if 3 * len(cells_of_weeks) <= room else 1
        weeks = cells_of_weeks[-(room // (size + 1)) :]
        step = self._step([day for week in weeks for day in week if day])
        self._gap()
        self._line(self._paint("    " + self._months(weeks, size), DIM))
        for weekday, name in enumerate(_WEEKDAYS):
            row = [self._day(week[weekday], step, size) for week in weeks]
            self._line(f"{self._paint(name, DIM)} {' '.join(['', *row]).rstrip()}".rstrip())
        self._gap()
        self._legend(step)
        if len(weeks) < len(cells_of_weeks):
            self._text(f"The last {len(weeks)} weeks are shown.", style=DIM)

    def _step(self, days: Sequence[ActiveDay]) -> int:
        """How many answers each step of the shading is: half of a usual day."""
        active = sorted(day.answers for day in days if day.answers)
        return max((active[len(active) // 2] + 1) // 2, 1) if active else 1

    def _day(self, day: ActiveDay | None, step: int, size: int) -> str:
        if day is None:
            return " " * size
        level = min(-(-day.answers // step), 4)
        text = self._shades.levels[level] * size
        return self._paint(text, GREEN if level else DIM)

    def _months(self, weeks: Sequence[Sequence[ActiveDay | None]], size: int) -> str:
        """Each month above the week in which it begins; one that would touch the next is left out."""
        starts: list[tuple[int, str]] = []
        before = 0
        for place, week in enumerate(weeks):
            month = max(date.fromisoformat(day.date) for day in week if day).month
            if month != before:
                starts.append((place * (size + 1) + 1, MONTHS[month - 1]))
            before = month
        line = ""
        for (start, name), after in zip(starts, [*starts[1:], (self._width - 3, "")], strict=True):
            if start + len(name) < after[0]:
                line = line.ljust(start) + name
        return line

    def _legend(self, step: int) -> None:
        words = [
            "none",
            f"to {step}",
            f"to {2 * step}",
            f"to {3 * step}",
            f"{3 * step + 1} and more",
        ]
        parts = [
            f"{sign * 2} {word}".replace(" ", "\0")
            for sign, word in zip(self._shades.levels, words, strict=True)
        ]
        for line in wrapped(" \0 ".join(parts), self._width - 5):
            self._line("     " + self._paint(line.strip(" \0").replace("\0", " "), DIM))

    # --- What is due -----------------------------------------------------------------------------

    def _forecast(self, statistics: Statistics) -> None:
        self._title("Due")
        self._text(due(statistics))
        counts = statistics.forecast
        most = max(counts)
        if not most:
            return
        size = 2 if self._width >= 2 * len(counts) + 6 else 1
        rows, heights = 4, self._shades.heights
        margin = len(str(most))
        self._gap()
        for row in range(rows, 0, -1):
            label = str(most) if row == rows else ""
            line = "".join(
                self._column_part(count * rows / most - (row - 1), heights) * size
                for count in counts
            )
            self._line(
                f"{self._paint(label.rjust(margin), DIM)} {self._paint(line.rstrip(), BLUE)}".rstrip()
            )
        marks = " " * (margin + 1)
        for day, name in ((0, "today"), (7, "in 7 days"), (14, "14"), (21, "21"), (28, "28")):
            start = margin + 1 + day * size
            if start >= len(marks.rstrip()) + (day > 0):
                marks = marks.rstrip().ljust(start) + name
        self._line(self._paint(marks, DIM))

    def _column_part(self, height: float, heights: str) -> str:
        """As much of a column as lies in one row, whose height is 1."""
        if height <= 0:
            return " "
        return heights[min(-int(-height * len(heights) // 1), len(heights)) - 1]

    # --- How well it is remembered ---------------------------------------------------------------

    def _topics(self, statistics: Statistics) -> None:
        rows = [(one.topic or "No topic", one) for one in statistics.topics]
        if len(rows) > 1:
            rows.append(("All", _all(statistics)))
        self._gap()
        if self._width < _NARROW:
            for name, one in rows:
                self._line(self._paint(shortened(name, self._width), BOLD))
                for line in wrapped(_topic_words(one), self._width - 3):
                    self._line(f"   {line}")
            return
        heads = ["Studied", "Due", "Remembered", "Foreseen", "Stuck"]
        table = [
            [
                f"{one.seen} of {one.tasks}",
                str(one.due) if one.due else "-",
                self._marked(one.recalls),
                percent(one.recalls.predicted),
                str(one.stuck) if one.stuck else "-",
            ]
            for _, one in rows
        ]
        wide = [max(map(cells, column)) for column in zip(heads, *table, strict=True)]
        room = self._width - sum(wide) - 3 * len(wide)
        lead = min(max(cells(name) for name, _ in rows), room)
        lead = max(lead, min(room, 5))
        self._line(self._paint(_row(padded("Topic", lead), heads, wide), DIM))
        for (name, one), figures in zip(rows, table, strict=True):
            line = _row(padded(shortened(name, lead), lead), figures, wide)
            low = figures[2]
            styled = self._paint(low, YELLOW) if one.recalls.is_short else low
            self._line(line.replace(low, styled, 1) if one.recalls.is_short else line)
        if any(one.recalls.is_short for _, one in rows):
            self._text(f"{self._shades.low} 10 points or more under what was foreseen", style=DIM)

    def _marked(self, recalls: Recalls) -> str:
        return f"{self._shades.low} " * recalls.is_short + percent(recalls.share)

    def _bands(self, statistics: Statistics) -> None:
        """What was remembered of what had one chance: bars that should end at the rows' own name."""
        recalls, bands = statistics.recalls, statistics.bands
        self._title("Foreseen and remembered")
        self._text(recall(recalls))
        names = [
            f"{one.low} to {one.high} %" if one.low else f"under {one.high} %" for one in bands
        ]
        wide = max(map(cells, names))
        counts = [f"{one.recalls.recalled} of {one.recalls.reviews}" for one in bands]
        digits = max(map(cells, counts))
        mark = max(cells(self._marked(one.recalls)) for one in bands)
        room = min(25, self._width - wide - digits - mark - 9)
        for name, count, one in reversed(list(zip(names, counts, bands, strict=True))):
            share = one.recalls.share or 0.0
            text = self._marked(one.recalls).rjust(mark)
            bar = self._paint(self._shades.bar * round(room * share), BLUE) if room >= 5 else ""
            figure = self._paint(text, YELLOW) if one.recalls.is_short else text
            self._line(f"{name.rjust(wide)}   {figure}   {count.rjust(digits)}   {bar}".rstrip())

    def _sureness(self, levels: Sequence[Sureness]) -> None:
        self._title("How sure you were")
        rows = []
        for one in reversed(levels):
            word, should = SURE[one.level]
            share = percent(one.right / one.answers)
            rows.append(
                (word, f"{one.right} of {one.answers}", share, should, VERDICTS[one.verdict])
            )
        wide = [max(cells(row[n]) for row in rows) for n in range(4)]
        for word, count, share, should, verdict in rows:
            figures = (
                f"{padded(word, wide[0])}   {count.rjust(wide[1])} right   {share.rjust(wide[2])}"
            )
            words = f"should be {should}: {verdict}"
            style = YELLOW if verdict == VERDICTS["too_sure"] else ""
            if cells(figures) + cells(words) + 3 <= self._width:
                self._line(f"{figures}   {self._paint(words, style)}")
                continue
            self._line(figures)
            for line in wrapped(words, self._width - 3):
                self._line(f"   {self._paint(line, style)}")

    # --- What does not stick ---------------------------------------------------------------------

    def _leeches(self, leeches: Sequence[Leech]) -> None:
        if not leeches:
            return
        self._title("Stuck: forgotten again and again")
        for leech in leeches[:_SHOWN]:
            self._trouble(leech.trouble, lapse(leech))
            self._text(advice(leech), indent="     ")
        self._more(len(leeches) - _SHOWN)

    def _hardest(self, hardest: Sequence[Trouble]) -> None:
        if not hardest:
            return
        self._title("Hardest")
        for one in hardest[:_SHOWN]:
            self._trouble(one, f"Missed {one.missed} of {one.reviews} times.")
        self._more(len(hardest) - _SHOWN)

    def _trouble(self, one: Trouble, words: str) -> None:
        """A question with its answer below it, then how it went and where it stands."""
        sign = self._paint(self._signs.of["wrong"], RED)
        for number, line in enumerate(_clipped(one.stem, self._width - 3, 3)):
            self._line(f"{sign if number == 0 else ' '}  {line}")
        for line in _clipped(one.answer, self._width - 3, 2):
            self._line(f"   {self._paint(line, BOLD)}")
        both = f"{words}   {one.place}"
        if cells(both) + 3 <= self._width:
            self._line(f"   {words}   {self._paint(one.place, DIM)}")
        else:
            self._text(words, indent="     ")
            self._line(f"   {self._paint(one.place, DIM)}")

    def _more(self, count: int) -> None:
        if count > 0:
            self._text(
                f"and {count} more: quizgen stats --json names them", indent="     ", style=DIM
            )

    def _title(self, text: str) -> None:
        self._gap()
        self._line(self._paint(text, BOLD))


def _clipped(text: str, width: int, most: int) -> list[str]:
    """The text in so many lines at most; where there would be more, the last one ends in dots."""
    lines = wrapped(text, width)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), width)]


def _row(name: str, figures: Sequence[str], wide: Sequence[int]) -> str:
    return name + "".join(
        f"   {' ' * (width - cells(text))}{text}" for text, width in zip(figures, wide, strict=True)
    )


def _all(statistics: Statistics) -> TopicStatistics:
    topics = statistics.topics
    return TopicStatistics(
        topic="",
        tasks=sum(one.tasks for one in topics),
        seen=sum(one.seen for one in topics),
        due=sum(one.due for one in topics),
        stuck=sum(one.stuck for one in topics),
        recalls=statistics.recalls,
    )


def _topic_words(one: TopicStatistics) -> str:
    parts = [f"{one.seen} of {one.tasks} studied"]
    if one.due:
        parts.append(f"{one.due} due")
    if one.recalls.reviews:
        low = " (low)" if one.recalls.is_short else ""
        parts.append(
            f"{percent(one.recalls.share)} remembered{low}, {percent(one.recalls.predicted)} foreseen"
        )
    if one.stuck:
        parts.append(f"{one.stuck} stuck")
    return ", ".join(parts)
