"""What a session asks and what was answered: the plan, its tasks, and the attempts that are kept."""

from fractions import Fraction
from typing import Literal, TypeAlias

from quizgen.model import Frozen, Response

Mark = Literal["exact", "accepted", "close", "partly", "wrong", "blank", "written", "skipped"]
"""The judge's grades, and what else becomes of a question; `written` awaits the learner's own score."""

Key: TypeAlias = tuple[str, str]


class Task(Frozen, frozen=True, kw_only=True):
    """One thing to ask: an item, or a part of it (a gap such as "c1", or a card's "reverse").

    Tasks of one `group` stand together. `step` (from 1) is the number shown; gaps share theirs.
    """

    item: str
    part: str = ""
    group: str = ""
    step: int = 1

    @property
    def key(self) -> Key:
        """What progress is kept by, beside the bank."""
        return self.item, self.part


class Exam(Frozen, frozen=True, kw_only=True):
    """That a form is sat as on paper: of which quiz, its letter and digest, and in how many seconds
    (0 is any).
    """

    quiz: str
    form: str
    digest: str
    limit: float = 0.0


class Plan(Frozen, frozen=True, kw_only=True):
    """What a session asks, in what order at first; the seed decides when a miss returns.

    Where one crams, answers are kept but do not count for the schedule. In an exam, nothing is
    said of an answer before the end, and nothing returns. With `confidence`, a learner says of each
    answer how sure it is.
    """

    bank: str
    seed: int
    tasks: tuple[Task, ...]
    cram: bool = False
    exam: Exam | None = None
    confidence: bool = False


class Attempt(Frozen, frozen=True, kw_only=True):
    """One answer as it is kept: `share` (0..1) of the points, `at` in seconds since 1970.

    One that is not `final` is a near miss that gets another try, or a text not yet scored.
    `overridden` is the learner's "I was right". It `counts` for the schedule where it is the
    first final answer to its task in a session: what was just told is no sign of memory.
    `confidence` is how sure the learner was, from 1 (a guess) to 3; 0 where that was not asked.
    """

    number: int
    item: str
    part: str
    response: Response
    mark: Mark
    share: Fraction
    at: float
    final: bool = True
    hinted: bool = False
    overridden: bool = False
    counts: bool = True
    confidence: int = 0
    text: str = ""

    @property
    def key(self) -> Key:
        """The task it answers."""
        return self.item, self.part

    @property
    def right(self) -> bool:
        """Whether the question is done with: all points, or the learner's word."""
        return self.overridden or (self.final and self.share == 1)


class Kept(Frozen, frozen=True, kw_only=True):
    """What has become of a session's answers: the file they are in, and whether some were lost."""

    path: str = ""
    lost: bool = False
