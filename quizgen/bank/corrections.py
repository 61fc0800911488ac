"""corrections.yaml to what a teacher decided about the items of an edition, with every slip in it."""

from collections.abc import Iterable, Sequence
from typing import Any

from quizgen.bank.fields import REVISION_FIELDS
from quizgen.bank.parsing import placed, text_of
from quizgen.bank.shapes import Shapes
from quizgen.bank.slip import Path
from quizgen.bank.syntax import Text
from quizgen.model import Revision
from quizgen.problem import Problem

_DECISIONS = ("accept", "letter", "void", "points")


class Corrections:
    """The decisions in a file, in their order; `problems` are those of the file itself."""

    def __init__(self, file: str, text: Text) -> None:
        self._file = file
        self._text = text
        reader = _Reader()
        revisions, self._places = reader.read(text.value) if text.parsed is not None else ((), ())
        self.revisions: tuple[Revision, ...] = revisions
        self.problems = tuple(placed(file, text, reader.slips))

    def refused(self, refusals: Iterable[tuple[int, str, str, str, str]]) -> tuple[Problem, ...]:
        """Problems of decisions that do not fit the edition, at their fields.

        Each is the place of the decision (from 0), its field, a code, a sentence and the fix.
        """
        reader = Shapes()
        for place, field, code, message, fix in refusals:
            reader.slip(code, message, fix, ("corrections", self._places[place], field))
        return tuple(placed(self._file, self._text, reader.slips))


def read_corrections(data: bytes, file: str) -> Corrections:
    """The decisions of a file, as far as they can be read."""
    return Corrections(file, text_of(data))


class _Reader(Shapes):
    def read(self, value: Any) -> tuple[tuple[Revision, ...], Sequence[int]]:
        """The decisions, and the place of each in the file's list."""
        if value in (None, ""):
            return (), ()
        block = self.block(value, (), "corrections.yaml", "Write corrections: and a list below it.")
        if block is None:
            return (), ()
        self.known(block, ("corrections",), (), "corrections.yaml")
        if block.get("corrections", "") in (None, ""):
            return (), ()
        found, places = [], []
        for place, one in enumerate(self.listed(block["corrections"], ("corrections",))):
            revision = self._revision(one, ("corrections", place))
            if revision is not None:
                found.append(revision)
                places.append(place)
        return tuple(found), places

    def _revision(self, value: Any, path: Path) -> Revision | None:
        what = "A correction"
        block = self.block(value, path, what)
        if block is None:
            return None
        before = len(self.slips)
        self.known(block, (field.name for field in REVISION_FIELDS), path, what)
        is_spelt = len(self.slips) == before
        for name, example in (
            ("item", "and the id of the question."),
            ("date", "2026-11-25"),
            ("reason", "and why, in a sentence."),
        ):
            self.needed(block, name, path, what, example)
        if sum(name in block for name in _DECISIONS) != 1 and is_spelt:
            self.slip(
                "one_decision",
                "A correction accepts another answer, voids the question or changes its points.",
                "Write one of accept:, letter: (with form:), void: and points:.",
                path,
            )
        if ("letter" in block) != ("form" in block):
            self.slip(
                "letter_and_form",
                "A letter means an answer only on a form, and a form only with a letter.",
                "Write both, such as form: B and letter: C, or accept: and the text.",
                path,
            )
        values = self._values(block, path)
        return Revision(**values) if len(self.slips) == before else None

    def _values(self, block: dict[str, Any], path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for field in REVISION_FIELDS:
            if field.name not in block:
                continue
            written, at = block[field.name], (*path, field.name)
            match field.shape:
                case "name":
                    read: Any = self.name(written, at)
                case "day":
                    read = self.day(written, at)
                case "texts":
                    read = self.texts(written, at)
                case "whole":
                    read = self.whole(written, at)
                case "word":
                    read = self.word(written, at, field.words)
                case "amount":
                    read = self.amount(written, at)
                case _:
                    read = self.text(written, at)
            if read is not None:
                values[field.name] = read
        return values
