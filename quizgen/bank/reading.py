"""The files under questions/ to one bank, parsed or, where nothing has changed, from its copy.

What parses is loaded only where there is something to parse, so that a quiz starts at once.
"""

from pathlib import Path as FilePath

from quizgen.bank import compiled
from quizgen.bank.media import MediaFiles
from quizgen.bank.origin import BANK_FILE, Origin, Reading
from quizgen.garbage import collector_at_rest
from quizgen.problem import has_errors


def read_bank(root: FilePath, *, cache: FilePath | None = None) -> Reading:
    """Read the project at `root`; all problems of all files at once, in reading order.

    With `cache`, a bank that was read without an error and has not changed since is taken from
    the copy at that path. Raises OSError where the folder cannot be read.
    """
    files: dict[str, bytes] = {}
    unread: dict[str, str] = {}
    for name in question_files(root):
        try:
            files[name] = (root / name).read_bytes()
        except OSError as error:
            unread[name] = error.strerror or "the disk refuses"
    with collector_at_rest():
        key = compiled.key_of(files) if cache else b""
        copy = _copy(root, cache, key) if cache and not unread else None
        if copy is not None:
            return copy
        from quizgen.bank.parsing import parse

        reading = parse(root, files, unread)
        if cache and reading.bank is not None and not has_errors(reading.problems):
            compiled.store(cache, key, reading.bank, reading.origin, reading.problems)
        return reading


def question_files(root: FilePath) -> list[str]:
    """The YAML files under questions/, as paths from the root with /; bank.yaml first."""
    folder = root / "questions"
    found = sorted(
        path.relative_to(root).as_posix()
        for path in folder.rglob("*")
        if path.suffix.lower() in (".yaml", ".yml")
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    return sorted(found, key=lambda name: name != BANK_FILE)


def _copy(root: FilePath, cache: FilePath, key: bytes) -> Reading | None:
    copy = compiled.load(cache, key)
    if copy is None:
        return None
    media = MediaFiles(root / "questions")
    if any(media.trouble(path)[0] for path in copy.media):
        return None
    origin = Origin(root=str(root), items=copy.origin.items, drafts=copy.origin.drafts)
    return Reading(bank=copy.bank, origin=origin, problems=copy.problems)


__all__ = ["Reading", "question_files", "read_bank"]
