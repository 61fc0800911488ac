"""A record for programs: shares from 0 to 1, rounded to four digits, None where there is none."""

from quizgen.model import Leech, Recalls, Statistics, Trouble


def as_json(statistics: Statistics) -> dict[str, object]:
    """Everything that is known, in the order in which it is shown."""
    return {
        "title": statistics.title,
        "topic": statistics.topic or None,
        "today": statistics.today,
        "has_record": statistics.has_record,
        "answers": statistics.answers,
        "active_days": statistics.active,
        "days_in_a_row": statistics.run,
        "days": [{"date": day.date, "answers": day.answers} for day in statistics.days],
        "overdue": statistics.overdue,
        "due": list(statistics.forecast),
        "recall": _recalls(statistics.recalls),
        "bands": [
            {"from": band.low / 100, "to": band.high / 100, **_recalls(band.recalls)}
            for band in statistics.bands
        ],
        "confidence": [
            {
                "level": one.level,
                "answers": one.answers,
                "right": one.right,
                "verdict": one.verdict,
            }
            for one in statistics.sureness
        ],
        "topics": [
            {
                "topic": one.topic or None,
                "tasks": one.tasks,
                "studied": one.seen,
                "due": one.due,
                "stuck": one.stuck,
                **_recalls(one.recalls),
            }
            for one in statistics.topics
        ],
        "leeches": [_leech(one) for one in statistics.leeches],
        "hardest": [_trouble(one) for one in statistics.hardest],
    }


def _recalls(recalls: Recalls) -> dict[str, object]:
    return {
        "reviews": recalls.reviews,
        "remembered": _rounded(recalls.share),
        "foreseen": _rounded(recalls.predicted),
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _trouble(one: Trouble) -> dict[str, object]:
    return {
        "item": one.item,
        "part": one.part,
        "topic": one.topic or None,
        "question": one.stem,
        "answer": one.answer,
        "place": one.place,
        "reviews": one.reviews,
        "missed": one.missed,
    }


def _leech(leech: Leech) -> dict[str, object]:
    usual = {"answer": leech.usual, "times": leech.times} if leech.usual else None
    return {
        **_trouble(leech.trouble),
        "forgotten": leech.lapses,
        "stability_days": round(leech.stability, 2),
        "usual_wrong_answer": usual,
    }
