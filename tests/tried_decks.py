"""Decks tried in the real Anki, as `quizgen verify` tries them, and packages that are broken."""

import io
import sqlite3
import zipfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from quizgen.commands.findings import findings
from quizgen.outputs.anki.trial.collection import try_deck
from quizgen.outputs.anki.trial.seen import Trial, Update
from quizgen.problem import Problem
from tests.plain_decks import note, note_type, package

CLOZE = note_type(templates={"Cloze": ("{{cloze:Front}}", "{{cloze:Front}}")}, is_cloze=True)


class Try:
    """Packages given as bytes, tried in Anki; `folder` holds them meanwhile."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, deck: bytes, over: bytes | None = None, files: Sequence[str] = ()) -> Trial:
        """The trial of a deck whose package holds these files, perhaps as an update."""
        return try_deck(
            self._file("deck.apkg", deck),
            frozenset(files),
            self._file("old.apkg", over) if over else None,
        )

    def update(self, deck: bytes, over: bytes) -> Update:
        """What the deck does to those who have the earlier one."""
        update = self(deck, over).update
        assert update is not None
        return update

    def _file(self, name: str, data: bytes) -> Path:
        path = self._folder / name
        path.write_bytes(data)
        return path


def codes(trial: Trial) -> list[str]:
    """The codes of all that is found."""
    return [problem.code for problem in findings(trial)]


def severities(trial: Trial) -> list[tuple[str, str]]:
    """The codes of all that is found, each with its severity."""
    return [(problem.code, problem.severity) for problem in findings(trial)]


def only(trial: Trial) -> Problem:
    """The one thing that is found."""
    (problem,) = findings(trial)
    return problem


# --- Broken packages -----------------------------------------------------------------------------


def zipped(**members: bytes) -> bytes:
    """A zip of these files; `__` stands for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


PLAIN = package(note("front", "back"), media={"a.png": b"x"})
DATABASE = zipfile.ZipFile(io.BytesIO(PLAIN)).read("collection.anki2")


def database_with(change: str) -> bytes:
    """The database of the plain deck after some statements of SQL."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(DATABASE)
        database.executescript(change)
        database.commit()
        return database.serialize()
