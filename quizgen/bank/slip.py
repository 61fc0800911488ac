"""A problem in one file, before its file is named: a value of the reader alone."""

from typing import NamedTuple, TypeAlias

from quizgen.problem import Problem, Severity, Where

Path: TypeAlias = tuple[str | int, ...]
"""The keys and places that lead to a value from the top of a file."""
Mark: TypeAlias = tuple[int, int]
"""Line and column, both from 1."""


class Slip(NamedTuple):
    """What is wrong and how to mend it, at a mark, or at a path whose mark is still to be found."""

    code: str
    message: str
    fix: str
    mark: Mark | None = None
    path: Path = ()
    at_key: bool = False
    item: str | None = None
    field: str | None = None
    """The way to the value within its item or settings, with points between the keys."""
    severity: Severity = "error"

    @classmethod
    def of_unread(cls, reason: str) -> "Slip":
        """A file that the system does not let be read."""
        return cls(
            "unreadable_file",
            f"The file cannot be read: {reason}.",
            "Give yourself the right to read it, or move it elsewhere.",
            mark=(1, 1),
        )

    def at(self, file: str, mark: Mark) -> Problem:
        """The problem, at this place of a file."""
        return Problem(
            code=self.code,
            message=self.message,
            fix=self.fix,
            severity=self.severity,
            where=Where(file, *mark),
            item=self.item,
            field=self.field,
        )
