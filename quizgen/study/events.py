"""What can happen in a session (events), and what is to be done about it (effects), as values."""

from fractions import Fraction
from typing import TypeAlias

from quizgen.model import Frozen, Response
from quizgen.study.record import Attempt, Mark


class Answer(Frozen, frozen=True, kw_only=True):
    """The learner answered the current task, and it has been judged."""

    response: Response
    mark: Mark
    share: Fraction
    final: bool = True
    confidence: int = 0
    text: str = ""


class Skip(Frozen, frozen=True):
    """Leave the current task out of this session."""


class Hint(Frozen, frozen=True):
    """The hint of the current task was shown."""


class Claim(Frozen, frozen=True):
    """The learner says of the answer just reviewed: I was right."""


class Undo(Frozen, frozen=True):
    """Take back the last thing: a claim while reviewing, else the last attempt."""


class Flagged(Frozen, frozen=True):
    """The learner calls the current question bad, and says why where a `note` is given."""

    note: str


class Next(Frozen, frozen=True):
    """The review has been read."""


class HandIn(Frozen, frozen=True):
    """End an exam: what is not answered stays blank."""


class Quit(Frozen, frozen=True):
    """End now; what is open stays open."""


Event: TypeAlias = Answer | Skip | Hint | Claim | Undo | Flagged | Next | HandIn | Quit


class Save(Frozen, frozen=True):
    """Keep this attempt before anything else is asked."""

    attempt: Attempt


class TakeBack(Frozen, frozen=True):
    """The attempt of this number no longer counts."""

    number: int


class Override(Frozen, frozen=True):
    """The attempt of this number counts as right, or no longer does."""

    number: int
    overridden: bool


class KeepFlag(Frozen, frozen=True, kw_only=True):
    """Keep for the author that a task's question is called bad."""

    item: str
    part: str
    note: str


class Ask(Frozen, frozen=True):
    """Put the current task."""


class Retry(Frozen, frozen=True):
    """Say what is near about this attempt (or go on with what was written), and wait again."""

    attempt: Attempt


class Review(Frozen, frozen=True):
    """Show what is right and what this attempt was."""

    attempt: Attempt


class Finish(Frozen, frozen=True):
    """Nothing is asked any more; `complete` where nothing was left open."""

    complete: bool


class Refuse(Frozen, frozen=True):
    """This cannot be done now; the state is as it was."""

    event: Event


Effect: TypeAlias = Save | TakeBack | Override | KeepFlag | Ask | Retry | Review | Finish | Refuse
