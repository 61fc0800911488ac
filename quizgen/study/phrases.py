"""Sentences that both ways of showing a session have in common."""

from collections.abc import Sequence
from fractions import Fraction

from quizgen.study.choosing import Outlook
from quizgen.study.summary import Summary, SureLine

_ENOUGH = 5
"""Fewer answers say nothing of how sure one should be."""

ONCE_MORE = "Try once more, or press Enter to see it."
SURE = "Sure, but wrong:"


def score_words(summary: Summary) -> str:
    """The score in one sentence that starts with the count of what was right at once."""
    asked, once, later = summary.asked, summary.right_at_once, summary.right_later
    if not asked:
        return "0 of 0: nothing was answered."
    text = f"{once} of {asked} right at once"
    left = asked - once - later
    if later:
        text += f", {'the other ' if not left else ''}{later} before the end"
    return f"{text}."


def closing_words(summary: Summary) -> tuple[tuple[str, str], ...]:
    """What is left and what was saved: a label and a sentence each."""
    rows: list[tuple[str, str]] = []
    if summary.skipped:
        rows.append(("Skipped", f"{summary.skipped}, left out of this session"))
    if not summary.complete:
        done = summary.skipped + summary.right_at_once + summary.right_later
        is_kept = summary.kept.path and (summary.asked or summary.skipped)
        resume = "; quizgen quiz --resume goes on with them" if is_kept else ""
        rows.append(("Open", f"{summary.questions - done} of {summary.questions}{resume}"))
    if summary.sure:
        rows.append(("Sure", sure_words(summary.sure)))
    if summary.outlook is not None and (due := due_words(summary.outlook)):
        rows.append(("Due", due))
    if summary.kept.lost:
        where = f", in {summary.kept.path}" if summary.kept.path else ""
        rows.append(("Saved", f"not every answer{where}"))
    elif summary.kept.path:
        rows.append(("Saved", f"every answer, as it was given, in {summary.kept.path}"))
    else:
        rows.append(("Saved", "nothing"))
    return tuple(rows)


def sure_words(lines: Sequence[SureLine]) -> str:
    """How well the learner knew what they knew: counts, points, and what is out of line."""
    names = {1: "guessed", 2: "fairly sure", 3: "sure"}
    counts = [f"{names[one.confidence]} {one.right} of {one.asked}" for one in lines]
    text = f"right where {', '.join(counts)}; {sum(one.points for one in lines)} of {3 * sum(one.asked for one in lines)} points"
    least = {2: 2 / 3, 3: 4 / 5}
    over = [
        one
        for one in lines
        if one.asked >= _ENOUGH and one.right < least.get(one.confidence, 0) * one.asked
    ]
    return f"{text}. You are sure too often" if over else text


def due_words(outlook: Outlook) -> str:
    """What is due now and next, in a few words; empty where nothing ever is."""
    words = [f"{outlook.due} now"] if outlook.due else []
    if outlook.next:
        when = "tomorrow" if outlook.days == 1 else f"in {outlook.days} days"
        words.append(f"{outlook.next} {when}")
    return ", ".join(words)


def points_words(points: Fraction, possible: Fraction) -> str:
    """Points of those that could be had, with two decimals at most."""
    noun = "point" if possible == 1 else "points"
    return f"{_plain_number(points)} of {_plain_number(possible)} {noun}"


def _plain_number(value: Fraction) -> str:
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def duration(seconds: float) -> str:
    """A time in minutes and seconds, as one would say it."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
