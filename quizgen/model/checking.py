"""How a bank wants its questions checked: which rules it does without, and how much others weigh."""

from collections.abc import Mapping
from typing import Literal

from quizgen.model.frozen import Frozen


class Silencing(Frozen, frozen=True, kw_only=True):
    """A rule that does not hold for many questions at once, with the reason.

    It stands at the top of the `file` whose questions it is for or, where that is empty, in the
    bank's settings: for the files that `files` matches or, without it, for all of the bank.
    """

    code: str
    reason: str
    file: str = ""
    files: str = ""


class Checking(Frozen, frozen=True, kw_only=True):
    """Whether notes are shown unasked, severities other than the rules' own, and what is silenced."""

    notes: bool = False
    severities: Mapping[str, Literal["error", "warning", "note"]] = {}
    silencings: tuple[Silencing, ...] = ()
