"""What is wrong with a question file, as values: a place, a sentence, and the fix.

Nothing here is raised. A reader or a check returns problems, all of them at once, and a command
prints them; exceptions are kept for our own bugs and for the disk.
"""

from collections.abc import Iterable
from typing import Literal, TypeAlias

import msgspec

Severity = Literal["error", "warning", "note"]


class Where(msgspec.Struct, frozen=True, order=True):
    """A place in a file: the path as the author would type it, with 1-based line and column."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Pin(msgspec.Struct, frozen=True, tag="pin"):
    """The option at this place, counted from 0, is pinned last."""

    place: int


class Reorder(msgspec.Struct, frozen=True, tag="reorder"):
    """Options in a fixed order are written in another: for each place, from 0, where its option stood."""

    order: tuple[int, ...]


class Emphasise(msgspec.Struct, frozen=True, tag="emphasise"):
    """A word of the stem is made bold; `start` is its first letter's place in the stem, from 0."""

    word: str
    start: int


class Cite(msgspec.Struct, frozen=True, tag="cite"):
    """The citation gets this digest, or these paragraphs in place of as many others."""

    digest: str = ""
    paragraphs: tuple[int, ...] = ()


Mend: TypeAlias = Pin | Reorder | Emphasise | Cite
"""What a program may write where no judgement is needed: all that changes in the item."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing for the author to mend.

    `code` is a stable snake_case name; `message` one sentence that says what is wrong and `fix`
    one that says what to write instead. Code that knows the item but not the file names `item`
    and `field` and leaves `where` empty; `bank` adds the place. `mend` is the fix where a program
    can write it.
    """

    code: str
    message: str
    fix: str = ""
    severity: Severity = "error"
    where: Where | None = None
    item: str | None = None
    field: str | None = None
    other: str | None = None
    """The item that it is like, where a problem is one of two."""
    mend: Mend | None = None

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        label = "" if self.severity == "error" else f"{self.severity}: "
        fix = f" {self.fix}" if self.fix else ""
        return f"{place}{label}{self.message}{fix} [{self.code}]"


def in_reading_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by file, line and column; those without a place first, as given."""
    return tuple(sorted(problems, key=lambda p: p.where or Where("", 0, 0)))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether a product must not be built from this bank."""
    return any(problem.severity == "error" for problem in problems)
