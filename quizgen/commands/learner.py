"""The learner at this computer: where answers are kept, when a day starts, and what is due by."""

import time
from pathlib import Path

from quizgen.model import Bank
from quizgen.study.memories import Habits
from quizgen.study.schedule import DAY, RETENTION, Schedule

_HOUR = 4
"""When a learner's day starts, as in Anki: who learns past midnight still learns today."""


def state_file() -> Path:
    """The file of progress where no other is named."""
    from platformdirs import user_state_path

    return user_state_path("quizgen", appauthor=False) / "progress.db"


def schedule_for(bank: Bank, habits: Habits) -> Schedule:
    """The schedule of this bank: the learner's own retention, else the bank's, and days of here.

    The clock's summer time is left out, so that no day is moved twice a year.
    """
    retention = habits.retention or float(bank.retention or RETENTION)
    starts = (_HOUR * 3600 + time.timezone) % DAY
    return Schedule(parameters=habits.parameters, retention=retention, day_starts=starts)
