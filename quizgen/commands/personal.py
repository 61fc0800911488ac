"""The record of answers in the terminal to what a learner's own deck is made of."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from quizgen.commands.learner import schedule_for, state_file
from quizgen.commands.project import Stop
from quizgen.model import Bank, Memory, Review
from quizgen.outputs.anki.personal import Personal, Step
from quizgen.study.progress import Progress
from quizgen.study.progress_file import ProgressError
from quizgen.study.schedule import Schedule, decay, reviewed


def personal_of(bank: Bank, path: Path | None) -> Personal:
    """The learner's progress with this bank, in the file named or in that of this computer."""
    file = path or state_file()
    if not file.exists():
        raise Stop(f"There is no record of answers yet: {file} is not there.", code=1)
    try:
        progress = Progress.open(file)
        try:
            schedule = schedule_for(bank, progress.habits())
            histories = progress.histories(bank.name)
        finally:
            progress.close()
    except ProgressError as error:
        raise Stop(str(error), code=1) from error
    tasks = {
        (one.item, one.part): tuple(steps(one.reviews, schedule))
        for one in histories
        if one.reviews
    }
    if not tasks:
        raise Stop(f"No answer to {bank.title} is recorded yet, so a deck could hold none.", code=1)
    return Personal(
        tasks=tasks,
        day_starts=schedule.day_starts,
        retention=schedule.retention,
        decay=decay(schedule),
    )


def steps(reviews: Sequence[Review], schedule: Schedule) -> Iterator[Step]:
    """Each review of a task, the earliest first, with the memory that it left."""
    memory: Memory | None = None
    for review in reviews:
        memory = reviewed(memory, review, schedule)
        yield Step(review=review, memory=memory)
