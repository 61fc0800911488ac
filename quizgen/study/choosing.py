"""What a learner wishes and how the tasks stand, to the questions of a session and what is due next.

What is due comes before what is new. Where more is due than is asked, what is closest to being
forgotten goes first: it is saved by one look, and what is long forgotten loses little by waiting.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import TypeAlias

from quizgen.core.stream import key
from quizgen.model import Frozen
from quizgen.study.memories import Standing
from quizgen.study.plan import REVERSE
from quizgen.study.record import Key, Task
from quizgen.study.schedule import Schedule, study_day

Asking: TypeAlias = tuple[Task, ...]
"""One question: a task, or the gaps of one text that are asked together."""

Standings: TypeAlias = Mapping[Key, Standing]


class Wish(Frozen, frozen=True, kw_only=True):
    """What to ask: what is `due`, what was `missed` when it was last asked, so many `new` ones (None
    is all of them), or `everything`; `count` questions at most.
    """

    due: bool = False
    missed: bool = False
    new: int | None = 0
    everything: bool = False
    count: int | None = None


class Outlook(Frozen, frozen=True, kw_only=True):
    """What is due now, and how much falls due on the `next` day, in so many days (0 if none does)."""

    due: int = 0
    next: int = 0
    days: int = 0


def chosen(
    questions: Sequence[Asking],
    standings: Standings,
    wish: Wish,
    *,
    bank: str,
    seed: int,
    now: float,
) -> tuple[tuple[Asking, ...], ...]:
    """The questions to ask, in tiers that follow one another: what is known, then what is new.

    Of a text whose gaps stand differently, only those that are wished for are asked.
    """

    def rank(question: Asking) -> bytes:
        return key("quiz.sample", seed, bank, *question[0].key)

    if wish.everything:
        return (tuple(sorted(questions, key=rank)[: wish.count]),)

    def is_known(task: Task) -> bool:
        stands = standings.get(task.key)
        if stands is None:
            return False
        is_due = wish.due and stands.memory.due <= now
        return is_due or (wish.missed and stands.rating == "again")

    known = _parts(questions, is_known)
    if wish.count is not None and len(known) > wish.count:
        faded = [_forgotten(one, standings, now) for one in known]
        most = sorted(faded)[wish.count - 1]
        near = [(age, rank(one), one) for age, one in zip(faded, known, strict=True) if age <= most]
        known = [one for _, _, one in sorted(near, key=itemgetter(0, 1))[: wish.count]]
    new = _parts(questions, lambda task: task.key not in standings)
    left = None if wish.count is None else wish.count - len(known)
    room = min((n for n in (left, wish.new) if n is not None), default=None)
    return tuple(known), tuple(sorted(new, key=rank)[:room])


def _parts(questions: Iterable[Asking], is_wished: Callable[[Task], bool]) -> list[Asking]:
    parts = (tuple(filter(is_wished, question)) for question in questions)
    return [part for part in parts if part]


def _forgotten(question: Asking, standings: Standings, now: float) -> float:
    """How far the memory of a question has faded: its age in lifetimes, which falls with recall."""
    memories = [standings[task.key].memory for task in question if task.key in standings]
    return max((now - one.last) / one.stability for one in memories)


def new_today(standings: Standings, schedule: Schedule, now: float) -> int:
    """How many questions were asked for the first time on this day of the learner's.

    Gaps of one text are one question, the two directions of a card are two.
    """
    today = study_day(now, schedule)
    return len(
        {
            (item, part == REVERSE)
            for (item, part), one in standings.items()
            if study_day(one.first, schedule) == today
        }
    )


def looked_ahead(
    standings: Standings, asked: Collection[str], schedule: Schedule, now: float
) -> Outlook:
    """What is due of these items (by id) now and next, counted in tasks."""
    dues = [one.memory.due for (item, _), one in standings.items() if item in asked]
    later = sorted(due for due in dues if due > now)
    if not later:
        return Outlook(due=len(dues))
    days = study_day(later[0], schedule) - study_day(now, schedule)
    return Outlook(due=len(dues) - len(later), next=later.count(later[0]), days=days)
