"""What was handed out and is kept under `printed/`: where it stands, and how it is read again."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from quizgen.bank.media import media_paths
from quizgen.core.changes import changes
from quizgen.core.manifest import read_manifest
from quizgen.core.options import forms_as_before
from quizgen.model import Bank, Edition, Form, Frozen, Quiz
from quizgen.problem import Problem, Where

PRINTED = "printed"
MANIFEST = "manifest.json"
RESPONSES = "responses.csv"
CORRECTIONS = "corrections.yaml"
_FOLDER = re.compile(r"(?P<quiz>.+)-(?P<number>[1-9]\d{0,5})")


class Printed(Frozen, frozen=True, kw_only=True):
    """One folder of `printed/`; its edition, or why it cannot be read."""

    folder: str
    quiz: str
    number: int
    edition: Edition | None = None
    problems: tuple[Problem, ...] = ()


def folder_of(quiz: str, number: int) -> str:
    """Where an edition stands, from the project's folder."""
    return f"{PRINTED}/{quiz}-{number}"


def taken(root: Path, quiz: str) -> tuple[int, ...]:
    """The numbers that editions of a quiz have, in order, whatever is left in their folders."""
    names = [path.name for path in (root / PRINTED).glob("*")]
    found = [match for name in names if (match := _FOLDER.fullmatch(name))]
    return tuple(sorted(int(match["number"]) for match in found if match["quiz"] == quiz))


def read_printed(root: Path, quiz: str = "") -> tuple[Printed, ...]:
    """All that was handed out, or the editions of one quiz, the first one first."""
    found = []
    for path in (root / PRINTED).glob(f"*/{MANIFEST}"):
        match = _FOLDER.fullmatch(path.parent.name)
        if match and quiz in ("", match["quiz"]):
            found.append(read_folder(path.parent, f"{PRINTED}/{path.parent.name}"))
    return tuple(sorted(found, key=lambda one: (one.quiz, one.number)))


def forms_for(root: Path, quiz: Quiz) -> tuple[tuple[Form, ...], tuple[Problem, ...]]:
    """The forms of a draft, as the next edition will have them.

    An earlier edition that cannot be read is a warning: an option that was corrected since may
    stand elsewhere.
    """
    printed = read_printed(root, quiz.plan.id)
    forms = forms_as_before(quiz, [one.edition for one in printed if one.edition])
    doubts = [replace(problem, severity="warning") for one in printed for problem in one.problems]
    return forms, tuple(doubts)


def since_printed(root: Path, bank: Bank) -> tuple[Problem, ...]:
    """How the bank differs from the last edition of each quiz, and what cannot be read."""
    printed = read_printed(root)
    last = {one.quiz: one for one in printed if one.edition}
    found = [problem for one in printed for problem in one.problems]
    for one in last.values():
        if one.edition is not None:
            revised = revised_items(root / one.folder)
            found += changes(one.edition, bank, one.folder, revised)
    return tuple(found)


def revised_items(folder: Path) -> frozenset[str]:
    """The items about which the edition's `corrections.yaml` decides something."""
    path = folder / CORRECTIONS
    if not path.is_file():
        return frozenset()
    from quizgen.bank.corrections import read_corrections

    return frozenset(one.item for one in read_corrections(path.read_bytes(), path.name).revisions)


def read_folder(path: Path, shown: str) -> Printed:
    """The edition in a folder, which is called `shown` where something is wrong with it."""
    match = _FOLDER.fullmatch(path.name)
    quiz, number = (match["quiz"], int(match["number"])) if match else (path.name, 0)
    name = f"{shown}/{MANIFEST}"
    try:
        edition, problems = read_manifest((path / MANIFEST).read_bytes(), name)
    except OSError as error:
        edition, problems = None, (_unreadable(name, error),)
    return Printed(folder=shown, quiz=quiz, number=number, edition=edition, problems=problems)


def _unreadable(name: str, error: OSError) -> Problem:
    return Problem(
        code="manifest_missing",
        message=f"The manifest cannot be read: {error.strerror or 'the disk refuses'}.",
        fix="Take the folder from git or a copy as it was.",
        where=Where(name),
    )


def bank_of(edition: Edition) -> Bank:
    """As much of the bank as stood behind an edition."""
    quiz = edition.quiz
    return Bank(
        name=quiz.bank,
        title=edition.title,
        language=edition.language,
        documents=edition.documents,
        passages=quiz.passages,
        items=quiz.items,
        quizzes=(quiz.plan,),
    )


# --- Pictures and sounds -------------------------------------------------------------------------


def digest_of_file(data: bytes) -> str:
    """Sixteen hex digits by which a picture is known again."""
    return hashlib.sha256(data).hexdigest()[:16]


def kept_at(file: str) -> str:
    """Where the file of that path under `questions/` is kept, from an edition's folder."""
    return file if file.startswith("media/") else f"media/other/{file}"


def media_of(quiz: Quiz, media: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The pictures and sounds of one quiz out of those of a bank."""
    own = Bank(name=quiz.bank, title="", items=quiz.items, passages=quiz.passages)
    return {path: media[path] for path in sorted(set(media_paths(own))) if path in media}


def read_media(
    folder: Path, printed: Printed, edition: Edition
) -> tuple[Mapping[str, bytes], tuple[Problem, ...]]:
    """The pictures that were printed, and a Problem for each that is another one now or gone."""
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for file, digest in edition.media.items():
        try:
            data = (folder / kept_at(file)).read_bytes()
        except OSError:
            data = b""
        if digest_of_file(data) == digest:
            found[file] = data
        else:
            problems.append(
                Problem(
                    code="printed_picture_changed",
                    message=f'"{kept_at(file)}" is not the file that was printed, or it is gone.',
                    fix="Take it from git or a copy as it was.",
                    where=Where(f"{printed.folder}/{kept_at(file)}"),
                )
            )
    return found, tuple(problems)
