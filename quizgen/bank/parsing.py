"""The texts of question files to one bank, with every problem in them: the whole of parsing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path as FilePath

import msgspec

from quizgen.bank.items import Found, QuestionReader
from quizgen.bank.limits import ITEMS
from quizgen.bank.media import MediaFiles
from quizgen.bank.origin import BANK_FILE, Origin, Place, Reading
from quizgen.bank.quoting import quoted
from quizgen.bank.settings import Settings, SettingsReader
from quizgen.bank.slip import Mark, Slip
from quizgen.bank.syntax import Text, decode, read_text
from quizgen.bank.tree import Block, Places
from quizgen.model import Bank, Checking, Item, Passage, Silencing
from quizgen.problem import Problem, Where, in_reading_order

_COMMENT = re.compile(r"[ \t]#")


class _Gathered:
    """What has been read so far, over all files."""

    def __init__(self, root: FilePath) -> None:
        self.media = MediaFiles(root / "questions")
        self.settings = Settings(is_whole=False)
        self.items: list[Item] = []
        self.passages: list[Passage] = []
        self.places: dict[str, Place] = {}
        self.drafts = 0
        self.silencings: list[Silencing] = []
        self.problems: list[Problem] = []


def parse(root: FilePath, files: Mapping[str, bytes], unread: Mapping[str, str]) -> Reading:
    """The bank of these files, by name in the order to read them; all problems in reading order.

    Media are looked for under `root`. `unread` are the files that cannot be read, each with why.
    """
    gathered = _Gathered(root)
    for name, reason in unread.items():
        gathered.problems.append(Slip.of_unread(reason).at(name, (1, 1)))
    if BANK_FILE not in files and BANK_FILE not in unread:
        gathered.problems.append(_no_bank_file(files))
    for name, data in files.items():
        if name == BANK_FILE:
            _settings_file(data, gathered)
        else:
            _question_file(name, data, gathered)
    if len(gathered.items) > ITEMS:
        gathered.problems.append(
            Problem(
                code="too_many",
                message=f"The bank holds more than {ITEMS:,} questions.",
                fix="Split it into several banks.",
                where=Where(BANK_FILE),
            )
        )
    if not gathered.places and not gathered.problems:
        gathered.problems.append(
            Problem(
                code="no_questions",
                message="The bank holds no question.",
                fix="Write one in a file beside this one, such as questions/lakes.yaml.",
                severity="warning",
                where=Where(BANK_FILE),
            )
        )
    origin = Origin(root=str(root), items=gathered.places, drafts=gathered.drafts)
    problems = in_reading_order(gathered.problems)
    values = dict(gathered.settings.values)
    name = values.pop("bank", "")
    if not name:
        return Reading(bank=None, origin=origin, problems=problems)
    bank = Bank(
        name=name,
        **{"title": name, **values},
        documents=tuple(gathered.settings.documents.values()),
        topics=gathered.settings.topic_values(),
        passages=tuple(gathered.passages),
        items=tuple(gathered.items),
        quizzes=gathered.settings.quizzes,
        checking=_checking(gathered),
    )
    return Reading(bank=bank, origin=origin, problems=problems)


def _checking(gathered: _Gathered) -> Checking:
    """What bank.yaml says of checking, and what the files say at their top."""
    checking = gathered.settings.checking
    silencings = (*checking.silencings, *gathered.silencings)
    return msgspec.structs.replace(checking, silencings=silencings)


def _no_bank_file(files: Mapping[str, bytes]) -> Problem:
    others = [name for name in files if name.endswith(("/bank.yaml", "/bank.yml"))]
    said = f", but there is {others[0]}" if others else ""
    return Problem(
        code="no_bank_file",
        message=f"There is no {BANK_FILE}{said}.",
        fix=f"Rename that one to {BANK_FILE}."
        if others
        else "Write one with bank: NAME and title: TITLE, or run quizgen init.",
        where=Where(BANK_FILE),
    )


def _settings_file(data: bytes, gathered: _Gathered) -> None:
    text = text_of(data)
    reader = SettingsReader()
    if text.parsed is not None:
        settings = reader.read(text.value)
        is_whole = not text.slips and not reader.slips
        gathered.settings = msgspec.structs.replace(settings, is_whole=is_whole)
    gathered.problems += placed(BANK_FILE, text, reader.slips)


def _question_file(name: str, data: bytes, gathered: _Gathered) -> None:
    text = text_of(data)
    if text.parsed is None:
        gathered.problems += placed(name, text, [])
        return
    reader = QuestionReader(gathered.settings, gathered.media)
    value = text.value
    if isinstance(value, Block) and "bank" in value:
        reader.slip(
            "two_banks",
            "A second bank is declared here, but a project holds one.",
            f"Move what it says to {BANK_FILE}, or give it a project of its own.",
            ("bank",),
            at_key=True,
        )
        found = Found()
    else:
        found = reader.read(value)
    slips = [*reader.slips, *_named(name, text, found, gathered)]
    gathered.problems += placed(name, text, slips)
    gathered.items += found.items
    gathered.passages += found.passages
    gathered.silencings += (
        Silencing(code=code, reason=reason, file=name) for code, reason in found.ignore.items()
    )
    gathered.drafts += found.drafts


def _named(file: str, text: Text, found: Found, gathered: _Gathered) -> Iterator[Slip]:
    """Keep the place of each item and passage; an id that another has is a slip."""
    for name, path, mark in found.names:
        first = gathered.places.get(name)
        if first is None:
            line, column = text.mark(*mark) if text.tabs else mark
            place = Place(file=file, line=line, column=column, path=path)
            gathered.places[name] = place
            continue
        yield Slip(
            "duplicate_ids",
            f'The id "{name}" is taken already, at {first.file}:{first.line}.',
            "Give this one another id.",
            path=(*path, "id"),
            item=name,
            field="id",
        )


def text_of(data: bytes) -> Text:
    """The value of a file as far as it can be read, with every slip in its form."""
    text, slips = decode(data)
    return Text(None, slips, None) if text is None else read_text(text)


def placed(name: str, text: Text, slips: Iterable[Slip]) -> Iterator[Problem]:
    """The problems of a file. Places are found in a second pass over it, where there are any; of
    two slips in one place, the later follows from the one in form, as do warnings.
    """
    taken = {slip.mark for slip in text.slips}
    for slip in text.slips:
        yield slip.at(name, slip.mark or (1, 1))
    marks: Places | None = None
    for slip in slips:
        if marks is None:
            marks = text.places()
        mark = _nearest(slip, marks)
        is_consequence = mark in taken or (taken and slip.severity == "warning")
        if not is_consequence:
            yield _of_sign(slip, text, mark).at(name, mark)


def _of_sign(slip: Slip, text: Text, mark: Mark) -> Slip:
    """The slip, or that a text such as ">3" is none: its sign starts a block, which is empty.

    Who writes no more than ">-" or "|" meant a block.
    """
    if slip.code != "empty_text" or text.parsed is None or text.tabs:
        return slip
    written = text.parsed.split("\n")[mark[0] - 1][mark[1] - 1 :]
    written = _COMMENT.split(written, maxsplit=1)[0].rstrip()
    if written[:1] not in ("|", ">") or written[1:] in ("", "-", "+"):
        return slip
    return slip._replace(
        code="starts_with_sign",
        message=f"Text cannot start with {written[0]} unless it stands in quotes.",
        fix=f"Write {quoted(written)}",
    )


def _nearest(slip: Slip, marks: Places) -> Mark:
    """The place of the key or value at the slip's path, or of the nearest thing around it."""
    path = slip.path
    found = (marks.keys if slip.at_key else marks.values).get(path)
    while found is None and path:
        path = path[:-1]
        found = marks.values.get(path)
    return found or (1, 1)
