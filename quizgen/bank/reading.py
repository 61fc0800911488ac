"""The files under questions/ to one bank, with every problem in them, or the compiled copy of it."""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path as FilePath
from typing import Any

from quizgen.bank import compiled
from quizgen.bank.items import QuestionReader
from quizgen.bank.limits import ITEMS
from quizgen.bank.media import MediaFiles, media_paths
from quizgen.bank.origin import Origin, Place
from quizgen.bank.settings import Settings, SettingsReader
from quizgen.bank.shapes import Shapes
from quizgen.bank.slip import Slip
from quizgen.bank.syntax import decode, parsed_text, read_text
from quizgen.bank.tree import places
from quizgen.model import Bank, Frozen, Item, Passage
from quizgen.problem import Problem, Where, has_errors, in_reading_order

BANK_FILE = "questions/bank.yaml"


class Reading(Frozen, frozen=True, kw_only=True):
    """A bank as far as it could be read, where its items stand, and what is wrong with it."""

    bank: Bank | None
    origin: Origin
    problems: tuple[Problem, ...] = ()


def read_bank(root: FilePath, *, cache: FilePath | None = None) -> Reading:
    """Read the project at `root`; all problems of all files at once, in reading order.

    With `cache`, a bank that was read without a problem and has not changed since is taken from
    the copy at that path. Raises OSError where the folder cannot be read.
    """
    files = {name: (root / name).read_bytes() for name in question_files(root)}
    if cache is not None:
        copy = _copy(root, cache, files)
        if copy is not None:
            return copy
    with _collector_at_rest():
        reading = _read(root, files)
    if cache is not None and reading.bank is not None and not reading.problems:
        key = compiled.key_of(files)
        compiled.store(cache, key, compiled.Compiled(bank=reading.bank, origin=reading.origin))
    return reading


def question_files(root: FilePath) -> list[str]:
    """The YAML files under questions/, as paths from the root with /; bank.yaml first."""
    folder = root / "questions"
    found = sorted(
        path.relative_to(root).as_posix()
        for path in folder.rglob("*")
        if path.suffix in (".yaml", ".yml")
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    return sorted(found, key=lambda name: name != BANK_FILE)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Reading makes many values and no garbage: looking for some would take half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Gathered:
    """What has been read so far, over all files."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.passages: list[Passage] = []
        self.places: dict[str, Place] = {}
        self.problems: list[Problem] = []


def _read(root: FilePath, files: Mapping[str, bytes]) -> Reading:
    media = MediaFiles(root / "questions")
    gathered = _Gathered()
    settings = _settings(files, media, gathered)
    for name, data in files.items():
        if name != BANK_FILE:
            _question_file(name, data, settings, media, gathered)
    if len(gathered.items) > ITEMS:
        gathered.problems.append(
            Problem(
                code="too_many",
                message=f"The bank holds more than {ITEMS} questions.",
                fix="Split it into several banks.",
            )
        )
    origin = Origin(root=str(root), items=gathered.places)
    problems = in_reading_order(gathered.problems)
    name = settings.values.get("bank", "")
    if not name:
        return Reading(bank=None, origin=origin, problems=problems)
    values = {key: value for key, value in settings.values.items() if key != "bank"}
    bank = Bank(
        name=name,
        **{"title": name, **values},
        documents=tuple(settings.documents.values()),
        topics=settings.topic_values(),
        passages=tuple(gathered.passages),
        items=tuple(gathered.items),
        quizzes=settings.quizzes,
    )
    return Reading(bank=bank, origin=origin, problems=problems)


def _settings(files: Mapping[str, bytes], media: MediaFiles, gathered: _Gathered) -> Settings:
    if BANK_FILE not in files:
        others = [name for name in files if name.endswith(("/bank.yaml", "/bank.yml"))]
        said = f" There is one at {others[0]}." if others else ""
        gathered.problems.append(
            Problem(
                code="no_bank_file",
                message=f"There is no {BANK_FILE}.{said}",
                fix="Write one with bank: NAME and title: TITLE, or run quizgen init.",
                where=Where(BANK_FILE),
            )
        )
        return Settings()
    reader = SettingsReader(media)
    value = _value(BANK_FILE, files[BANK_FILE], gathered, reader)
    settings = reader.read(value) if value is not _NOTHING else Settings()
    _place(BANK_FILE, files[BANK_FILE], reader.slips, gathered)
    return settings


_NOTHING: Any = object()


def _value(name: str, data: bytes, gathered: _Gathered, reader: Shapes) -> Any:
    """The value of a file's text, its slips placed; _NOTHING where there is none to look at."""
    text, slips = decode(data)
    value = _NOTHING
    if text is not None:
        value, found = read_text(text)
        slips = [*slips, *found]
        if value is None and found:
            value = _NOTHING
    _place(name, data, slips, gathered)
    return value


def _place(name: str, data: bytes, slips: Iterable[Slip], gathered: _Gathered) -> None:
    """Turn slips into problems; their paths are looked up in a second pass over the file."""
    marks = None
    for slip in slips:
        mark = slip.mark
        if mark is None:
            if marks is None:
                marks = places(read_text_only(data))
            mark = _nearest(slip, marks.keys if slip.at_key else marks.values, marks.values)
        gathered.problems.append(slip.at(name, mark))


def read_text_only(data: bytes) -> str:
    """The text of a file as it was parsed in the end, line for line."""
    text, _ = decode(data)
    return parsed_text(text or "")


def _nearest(slip: Slip, marks: Mapping[Any, Any], values: Mapping[Any, Any]) -> tuple[int, int]:
    path = slip.path
    if path in marks:
        return tuple(marks[path])
    while path:
        if path in values:
            return tuple(values[path])
        path = path[:-1]
    return (1, 1)


def _question_file(
    name: str, data: bytes, settings: Settings, media: MediaFiles, gathered: _Gathered
) -> None:
    reader = QuestionReader(settings, media)
    value = _value(name, data, gathered, reader)
    if value is _NOTHING:
        return
    if isinstance(value, dict) and "bank" in value and "questions" not in value:
        gathered.problems.append(
            Problem(
                code="two_banks",
                message="A second bank is declared here; a project has one.",
                fix=f"Move what it says to {BANK_FILE}, or give it a project of its own.",
                where=Where(name),
            )
        )
        return
    found = reader.read(value)
    _place(name, data, reader.slips, gathered)
    if found.names:
        starts = places(read_text_only(data)).values
    for identity, path in found.names:
        line, column = starts.get(path, (1, 1))
        if identity in gathered.places:
            first = gathered.places[identity]
            gathered.problems.append(
                Problem(
                    code="duplicate_ids",
                    message=f'The id "{identity}" stands already at {first.file}:{first.line}.',
                    fix="Give this one another id.",
                    where=Where(name, line, column),
                    item=identity,
                    field="id",
                )
            )
        else:
            gathered.places[identity] = Place(file=name, line=line, column=column, path=path)
    gathered.items += [item for item, _ in found.items]
    gathered.passages += [passage for passage, _ in found.passages]


def _copy(root: FilePath, cache: FilePath, files: Mapping[str, bytes]) -> Reading | None:
    copy = compiled.load(cache, compiled.key_of(files))
    if copy is None:
        return None
    media = MediaFiles(root / "questions")
    if any(media.trouble(path)[0] for path in media_paths(copy.bank)):
        return None
    return Reading(bank=copy.bank, origin=Origin(root=str(root), items=copy.origin.items))


__all__ = ["Reading", "has_errors", "question_files", "read_bank"]
