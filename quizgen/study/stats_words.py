"""Sentences about a record that both ways of showing it have in common."""

from collections.abc import Mapping

from quizgen.model import Calibration, Leech, Recalls, Statistics

SURE: Mapping[int, tuple[str, str]] = {
    3: ("sure", "80 % or more"),
    2: ("fairly sure", "67 to 80 %"),
    1: ("a guess", "under 67 %"),
}
"""What each confidence is called, and how much should be right."""
VERDICTS: Mapping[Calibration, str] = {
    "fits": "fits",
    "too_sure": "too sure",
    "too_unsure": "you know more than you say",
    "few": "too few to say",
}
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 day", "2 days"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def percent(share: float | None) -> str:
    """A share as one says it; a dash where there is none."""
    return "-" if share is None else f"{round(100 * share)} %"


def opening(statistics: Statistics) -> str:
    """How much was answered; it starts with the count of answers."""
    if not statistics.answers:
        return "0 answers."
    run = f", {statistics.run} days in a row" if statistics.run > 1 else ""
    answers, days = counted(statistics.answers, "answer"), counted(statistics.active, "day")
    return f"{answers} on {days}{run}."


def due(statistics: Statistics) -> str:
    """What is due, and will be."""
    forecast = statistics.forecast
    today = f"{forecast[0]} today"
    if statistics.overdue:
        today += f" ({statistics.overdue} from before)"
    return f"{today}, {sum(forecast[:7])} within 7 days, {sum(forecast)} within {len(forecast)}."


def recall(recalls: Recalls) -> str:
    """How much was remembered, against what was foreseen."""
    reviews = counted(recalls.reviews, "review")
    return (
        f"{percent(recalls.share)} of {reviews} on a later day {'was' if recalls.reviews == 1 else 'were'} "
        f"remembered, {percent(recalls.predicted)} foreseen."
    )


def nothing_yet(statistics: Statistics) -> str:
    """What to do where there is no record."""
    topic = statistics.topic
    what = f' on "{topic}"' if topic else ""
    command = f'quizgen quiz "{topic}"' if topic else "quizgen quiz"
    return (
        f"Nothing to show{what} yet, since no answer is on record. Answer a few questions with "
        f"{command}, and look in again: from the second day on you will see how much stays."
    )


def lapse(leech: Leech) -> str:
    """How often a leech was forgotten, and how long it lasts now."""
    lasts = max(round(leech.stability), 1)
    return f"Forgotten {leech.lapses} times, lasts about {counted(lasts, 'day')}."


def advice(leech: Leech) -> str:
    """What to do about a leech."""
    if leech.usual:
        return (
            f'{leech.times} times the answer was "{leech.usual.rstrip(".")}". Add a question on what sets the '
            "two apart."
        )
    return (
        "Learning it once more will not do. Ask it in smaller pieces, or give it a hint or an "
        "explanation to hold on to."
    )
