"""The effects of a session on its record, and what happens where the record cannot be written."""

from collections.abc import Callable, Mapping
from typing import assert_never

from msgspec.structs import replace

from quizgen.study.events import (
    Ask,
    Effect,
    Finish,
    KeepFlag,
    Override,
    Refuse,
    Retry,
    Review,
    Save,
    TakeBack,
)
from quizgen.study.memories import Flag
from quizgen.study.progress import Asking, Progress
from quizgen.study.progress_file import ProgressError
from quizgen.study.record import Attempt, Kept, Key, Plan


class Keeper:
    """Writes down each answer as it is given; `ask` decides whether to go on where that fails.

    `ask` is told in one sentence why an answer cannot be saved, and says whether to go on without
    saving. A session gets its row with its first answer. The sitting begins with the first
    effect; `key_of` gives the digest of a task's key.
    """

    def __init__(
        self,
        progress: Progress | None,
        plan: Plan,
        *,
        title: str,
        ask: Callable[[str], bool],
        session: int | None = None,
        key_of: Callable[[Key], str] = lambda _: "",
    ) -> None:
        self._progress = progress
        self._plan = plan
        self._title = title
        self._session = session
        self._ask = ask
        self._key_of = key_of
        self._sitting: float | None = None
        self._asked = 0.0
        self._kept = Kept(path=str(progress.path) if progress else "")

    @property
    def kept(self) -> Kept:
        """What has become of the answers."""
        return self._kept

    def keep(self, effect: Effect, now: float) -> bool:
        """Write down an effect, if it is one to keep; False where the learner would rather stop.

        One whose writing was interrupted may be handed in again: nothing is written twice.
        """
        if self._sitting is None:
            self._sitting = self._asked = now
        if isinstance(effect, Ask):
            self._asked = now
        if self._progress is None:
            return True
        try:
            self._write(self._progress, effect, now)
        except ProgressError as error:
            self._progress = None
            self._kept = replace(
                self._kept, path=self._kept.path if self._session else "", lost=True
            )
            return self._ask(str(error))
        return True

    def keep_result(self, result: Mapping[str, object]) -> None:
        """Write down what an exam came to; the answers themselves were kept before."""
        if self._progress is None or self._session is None:
            return
        try:
            self._progress.keep_result(self._session, result)
        except ProgressError:
            self._kept = replace(self._kept, lost=True)

    def _write(self, progress: Progress, effect: Effect, now: float) -> None:
        if isinstance(effect, Save) and self._session is None:
            self._session = progress.begin(self._plan, title=self._title, now=now)
        if isinstance(effect, KeepFlag):
            key = self._key_of((effect.item, effect.part))
            flag = Flag(item=effect.item, part=effect.part, at=now, note=effect.note, key=key)
            progress.flag(self._plan.bank, flag)
        if self._session is None:
            return
        match effect:
            case Save(attempt=attempt):
                progress.save(self._session, self._plan.bank, attempt, self._asking(attempt))
            case TakeBack(number=number):
                progress.take_back(self._session, number, now=now)
            case Override(number=number, overridden=overridden):
                progress.override(self._session, number, overridden=overridden, now=now)
            case Finish(complete=True):
                progress.finish(self._session, now=now)
            case Finish() | KeepFlag() | Ask() | Retry() | Review() | Refuse():
                pass
            case _:
                assert_never(effect)

    def _asking(self, attempt: Attempt) -> Asking:
        key = self._key_of(attempt.key)
        return Asking(sitting=self._sitting or 0.0, asked=self._asked, key=key)
