"""Where things stand in the files: beside the bank, so that moving a line changes no item."""

from collections.abc import Iterable, Mapping
from pathlib import Path as FilePath

import msgspec

from quizgen.bank.slip import Path
from quizgen.bank.syntax import decode
from quizgen.bank.tree import Places, places
from quizgen.model import Frozen
from quizgen.problem import Problem, Where


class Place(Frozen, frozen=True, kw_only=True):
    """The start of an item: its file, line and column, and the path to it in the file."""

    file: str
    line: int
    column: int
    path: Path


class Origin(Frozen, frozen=True, kw_only=True):
    """The place of every item, passage and of bank.yaml; fields are found when asked for."""

    root: str = ""
    items: Mapping[str, Place] = {}

    def where(self, item: str | None, field: str | None = None) -> Where | None:
        """The place of an item or of one of its fields; of a setting where there is no item.

        A field is named by its key, or by keys with points between them for a setting, such as
        "quizzes.midterm.blueprint". None where nothing is known.
        """
        if item is not None:
            place = self.items.get(item)
            if place is None:
                return None
            start = Where(place.file, place.line, place.column)
            return self._within(place.file, place.path, field) or start if field else start
        if field is None:
            return None
        file = "questions/bank.yaml"
        return self._within(file, (), field) or Where(file)

    def _within(self, file: str, path: Path, field: str) -> Where | None:
        found = self._places(file)
        keys = tuple(int(part) if part.isdigit() else part for part in field.split("."))
        while keys:
            mark = found.values.get((*path, *keys))
            if mark is not None:
                return Where(file, *mark)
            keys = keys[:-1]
        return None

    def _places(self, file: str) -> Places:
        try:
            text, _ = decode((FilePath(self.root) / file).read_bytes())
        except OSError:
            text = None
        return places(text or "")


def locate(problems: Iterable[Problem], origin: Origin) -> tuple[Problem, ...]:
    """The problems, each with the place of its item and field where it has none yet."""
    return tuple(
        problem
        if problem.where is not None
        else msgspec.structs.replace(problem, where=origin.where(problem.item, problem.field))
        for problem in problems
    )
