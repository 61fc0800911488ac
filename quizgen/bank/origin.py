"""Where things stand in the files: beside the bank, so that moving a line changes no item."""

from collections.abc import Iterable, Mapping
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

import msgspec

from quizgen.bank.slip import Mark, Path
from quizgen.model import Bank, Frozen
from quizgen.problem import Problem, Where

if TYPE_CHECKING:  # what parses is loaded only where there is something to parse
    from quizgen.bank.tree import Places

BANK_FILE = "questions/bank.yaml"


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
    drafts: int = 0
    """How many questions are marked as drafts, those among them that lack something."""


class Reading(Frozen, frozen=True, kw_only=True):
    """A bank as far as it could be read, where its items stand, and what is wrong with it."""

    bank: Bank | None
    origin: Origin
    problems: tuple[Problem, ...] = ()


class Files:
    """The places in the files of a bank; each file is read once, when it is first asked for."""

    def __init__(self, origin: Origin) -> None:
        self._root = FilePath(origin.root)
        self._places: dict[str, Places] = {}

    def places(self, file: str) -> "Places":
        """Where every key and value of a file stands; nowhere, in one that cannot be read."""
        if file not in self._places:
            self._places[file] = _places(self._root / file)
        return self._places[file]

    def key(self, file: str, path: Path) -> Where:
        """Where the key at the end of a path stands, or what is nearest around it."""
        places = self.places(file)
        mark = places.keys.get(path)
        while mark is None and path:
            path = path[:-1]
            mark = places.values.get(path)
        return Where(file, *(mark or (1, 1)))


def locate(problems: Iterable[Problem], origin: Origin) -> tuple[Problem, ...]:
    """The problems, each with the place of its item and field where it has none yet.

    A field is named by its key, or by keys and places (from 0) with points between them, such as
    "distractors.2" or, where there is no item, "quizzes.midterm.blueprint" in bank.yaml. Where
    the field is not written, the place is that of what holds it. A rule that knows an option by
    its place among all of them says "options.2"; the problem names it as its author wrote it.
    """
    files = Files(origin)

    def marks(file: str) -> Mapping[Path, Mark]:
        return files.places(file).values

    def field_at(file: str, path: Path, field: str) -> Where | None:
        keys = (*path, *(int(part) if part.isdigit() else part for part in field.split(".")))
        while len(keys) > len(path):
            if mark := marks(file).get(keys):
                return Where(file, *mark)
            keys = keys[:-1]
        return None

    def as_written(problem: Problem) -> Problem:
        place = origin.items.get(problem.item or "")
        if place is None or problem.field is None or not problem.field.startswith("options"):
            return problem
        field = option_as_written(marks(place.file), place.path, problem.field)
        return msgspec.structs.replace(problem, field=field)

    def where(problem: Problem) -> Where | None:
        if problem.item is None:
            if problem.field is None:
                return None
            return field_at(BANK_FILE, (), problem.field) or Where(BANK_FILE)
        place = origin.items.get(problem.item)
        if place is None:
            return None
        found = field_at(place.file, place.path, problem.field) if problem.field else None
        return found or Where(place.file, place.line, place.column)

    return tuple(
        problem if problem.where else msgspec.structs.replace(problem, where=where(problem))
        for problem in map(as_written, problems)
    )


def option_as_written(marks: Mapping[Path, Mark], path: Path, field: str) -> str:
    """The key under which an option stands: "options.2", or the right ones and the others apart."""
    if (*path, "options") in marks or (*path, "distractors") not in marks:
        return field
    _, _, digits = field.partition(".")
    if not digits:
        return "distractors"
    right = 1
    if (*path, "answers") in marks:
        right = next(n for n in range(len(marks)) if (*path, "answers", n) not in marks)
    place = int(digits)
    if place >= right:
        return f"distractors.{place - right}"
    return f"answers.{place}" if (*path, "answers") in marks else "answer"


def _places(path: FilePath) -> "Places":
    """The places in a file; where its form is broken, those in what is read of it all the same."""
    from quizgen.bank.syntax import decode, read_text
    from quizgen.bank.tree import places

    try:
        text, _ = decode(path.read_bytes())
    except OSError:
        text = None
    found = places(text or "")
    return found if text is None or found.is_whole else read_text(text).places()
