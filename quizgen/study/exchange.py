"""A file of progress to lines of JSON and back, so that the records of two computers become one.

Put together in any order, and however often, they come to the same: what was given on either is
there once, and of what can change (an answer taken back, "I was right", a flag, a setting) the
later change holds. Lines stand in an order of their own, so that equal records are equal bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Annotated, Any, TypeAlias, assert_never

import msgspec

from quizgen.model import Frozen, Rating, Response
from quizgen.study.memories import Habits, Memories
from quizgen.study.progress_file import MIGRATIONS, sentences
from quizgen.study.record import Key, Mark, Plan
from quizgen.study.schedule import within_bounds

Moment = Annotated[float, msgspec.Meta(ge=0, le=253_402_300_799)]
"""Seconds since 1970, before the year 10000."""

_ANSWER = (
    "number, answer.bank, item, part, item_key, response, text, mark, share, final, hinted, counts,"
    " confidence, sitting, asked, at, recall, rating, overridden, undone, changed"
)


class Heading(Frozen, frozen=True, kw_only=True, tag="progress", tag_field="is"):
    """The first line: the format of the file that the lines are of."""

    format: Annotated[int, msgspec.Meta(ge=1)]


class SessionLine(Frozen, frozen=True, kw_only=True, tag="session", tag_field="is"):
    """A session, by the name that it has on every computer."""

    uuid: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
    bank: str
    title: str
    plan: msgspec.Raw
    started: Moment
    finished: Moment | None = None


class AnswerLine(Frozen, frozen=True, kw_only=True, tag="answer", tag_field="is"):
    """An answer, in its session."""

    session: str
    number: Annotated[int, msgspec.Meta(ge=1, le=2**31)]
    bank: str
    item: str
    part: str
    item_key: str
    response: msgspec.Raw
    text: str
    mark: Mark
    share: str
    final: bool
    hinted: bool
    counts: bool
    confidence: Annotated[int, msgspec.Meta(ge=0, le=3)]
    sitting: Moment
    asked: Moment
    at: Moment
    recall: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    rating: Rating | None = None
    overridden: bool
    undone: bool
    changed: Moment


class ReviewLine(Frozen, frozen=True, kw_only=True, tag="review", tag_field="is"):
    """A review that was given elsewhere."""

    bank: str
    item: str
    part: str
    at: Moment
    source: str
    rating: Rating
    seconds: Annotated[float, msgspec.Meta(ge=0)]


class FlagLine(Frozen, frozen=True, kw_only=True, tag="flag", tag_field="is"):
    """A question that was called bad."""

    bank: str
    item: str
    part: str
    at: Moment
    note: str
    item_key: str
    dropped: bool
    changed: Moment


class SettingLine(Frozen, frozen=True, kw_only=True, tag="setting", tag_field="is"):
    """A setting of the learner's."""

    name: str
    value: msgspec.Raw
    changed: Moment


Line: TypeAlias = Heading | SessionLine | AnswerLine | ReviewLine | FlagLine | SettingLine


class BadLine(Frozen, frozen=True):
    """A line (from 1) that is no line of progress, and why."""

    number: int
    why: str


class Merged(Frozen, frozen=True, kw_only=True):
    """What a merge brought: answers and reviews that were not known, and what was changed since."""

    new: int
    changed: int


# --- Out -----------------------------------------------------------------------------------------


def exported(progress: Memories) -> Iterator[bytes]:
    """The record as lines of JSON, each with its end. Raises ProgressError as it is read."""
    encode = msgspec.json.Encoder().encode
    for line in _lines(progress):
        yield encode(line) + b"\n"


def _lines(progress: Memories) -> Iterator[Line]:
    yield Heading(format=len(MIGRATIONS))
    with sentences(progress.path):
        for uuid, bank, title, plan, started, finished in progress.select(
            "SELECT uuid, bank, title, plan, started, finished FROM session ORDER BY uuid"
        ):
            yield SessionLine(
                uuid=uuid,
                bank=bank,
                title=title,
                plan=msgspec.Raw(plan.encode()),
                started=started,
                finished=finished,
            )
        for values in progress.select(
            f"SELECT uuid, {_ANSWER} FROM answer JOIN session ON session.id = session"  # noqa: S608
            " ORDER BY uuid, number, at, item, part, undone"
        ):
            yield _answer_line(values)
        for values in progress.select(
            "SELECT bank, item, part, at, source, rating, seconds FROM review"
            " ORDER BY bank, item, part, at, source"
        ):
            yield ReviewLine(**dict(zip(ReviewLine.__struct_fields__, values, strict=True)))
        for values in progress.select(
            "SELECT bank, item, part, at, note, item_key, dropped, changed FROM flag"
            " ORDER BY bank, item, part, at"
        ):
            row = dict(zip(FlagLine.__struct_fields__, values, strict=True))
            yield FlagLine(**row | {"dropped": bool(row["dropped"])})
        for name, value, changed in progress.select("SELECT * FROM setting ORDER BY name"):
            yield SettingLine(name=name, value=msgspec.Raw(value.encode()), changed=changed)


def _answer_line(values: Sequence[Any]) -> AnswerLine:
    row = dict(zip(AnswerLine.__struct_fields__, values, strict=True))
    flags = ("final", "hinted", "counts", "overridden", "undone")
    row |= {name: bool(row[name]) for name in flags}
    return AnswerLine(**row | {"response": msgspec.Raw(row["response"].encode())})


# --- In ------------------------------------------------------------------------------------------


def read_lines(lines: Iterable[bytes]) -> tuple[list[Line], list[BadLine]]:
    """The lines of an export, and those that are none. Empty lines mean nothing."""
    decoder = msgspec.json.Decoder(Line)
    found: list[Line] = []
    bad: list[BadLine] = []
    sessions: set[str] = set()
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        try:
            line = decoder.decode(text)
            _check(line, is_first=not found and not bad, sessions=sessions)
        except (msgspec.DecodeError, ValueError, ZeroDivisionError) as error:
            bad.append(BadLine(number, str(error)))
        else:
            found.append(line)
    if not found and not bad:
        bad.append(BadLine(1, "the file is empty"))
    return found, bad


def _check(line: Line, *, is_first: bool, sessions: set[str]) -> None:
    """What a line says must be possible. Raises ValueError in words."""
    if is_first != isinstance(line, Heading):
        raise ValueError("an export starts with its heading, and has one")
    match line:
        case Heading(format=number):
            if number > len(MIGRATIONS):
                raise ValueError(f"format {number} is of a newer quizgen: update quizgen")
        case SessionLine(uuid=uuid, plan=plan):
            msgspec.json.decode(plan, type=Plan)
            sessions.add(uuid)
        case AnswerLine(session=session, share=share, response=response):
            if session not in sessions:
                raise ValueError("its session is not above it")
            if not 0 <= Fraction(share) <= 1:
                raise ValueError(f'"{share}" is no share of the points')
            msgspec.json.decode(response, type=Response, dec_hook=_fraction)
        case ReviewLine() | FlagLine():
            pass
        case SettingLine(name=name, value=value):
            habits = msgspec.convert({name: msgspec.json.decode(value)}, Habits)
            if habits.parameters and within_bounds(habits.parameters) != habits.parameters:
                raise ValueError("these are no parameters of FSRS-6")
        case _:
            assert_never(line)


def _fraction(shape: type, value: object) -> object:
    if shape is Fraction:
        return Fraction(str(value))
    raise TypeError(shape.__name__)


def merge(progress: Memories, lines: Iterable[Line]) -> Merged:
    """Put lines into the record, all of them or none, and work out what is remembered now."""
    new = changed = 0
    tasks: set[tuple[str, Key]] = set()
    with progress.writing():
        for line in lines:
            match line:
                case Heading():
                    pass
                case SessionLine():
                    _merge_session(progress, line)
                case AnswerLine():
                    is_new, is_changed = _merge_answer(progress, line)
                    new, changed = new + is_new, changed + is_changed
                    if is_new or is_changed:
                        tasks.add((line.bank, (line.item, line.part)))
                case ReviewLine():
                    row = _row(line)
                    if progress.change(f"INSERT OR IGNORE INTO review {_values(row)}", row):
                        new += 1
                        tasks.add((line.bank, (line.item, line.part)))
                case FlagLine():
                    changed += _merge_flag(progress, line)
                case SettingLine():
                    changed += _merge_setting(progress, line)
                case _:
                    assert_never(line)
        for bank, key in sorted(tasks):
            progress.remember(bank, key)
    return Merged(new=new, changed=changed)


def _merge_session(progress: Memories, line: SessionLine) -> None:
    row = {**_row(line), "plan": bytes(line.plan).decode(), "here": 0}
    if not progress.change(f"INSERT OR IGNORE INTO session {_values(row)}", row):
        progress.change(
            "UPDATE session SET finished = max(coalesce(finished, :finished), :finished)"
            " WHERE uuid = :uuid AND :finished IS NOT NULL",
            row,
        )


def _merge_answer(progress: Memories, line: AnswerLine) -> tuple[bool, bool]:
    """Whether the answer was not known, and whether it was and is changed now."""
    row = {**_row(line), "response": bytes(line.response).decode()}
    known = next(
        iter(
            progress.select(
                "SELECT answer.id, changed, undone, overridden FROM answer"
                " JOIN session ON session.id = session WHERE uuid = :session AND number = :number"
                " AND item = :item AND part = :part AND at = :at"
                " ORDER BY changed DESC, undone DESC, overridden DESC",
                row,
            )
        ),
        None,
    )
    if known is None:
        fields = ", ".join((*row, "here"))
        values = ", ".join(f":{name}" for name in row if name != "session")
        progress.change(
            f"INSERT INTO answer ({fields}) SELECT id, {values}, 0"  # noqa: S608
            " FROM session WHERE uuid = :session",
            row,
        )
        return True, False
    answer, *state = known
    if [line.changed, int(line.undone), int(line.overridden)] <= state:
        return False, False
    progress.change(
        "UPDATE answer SET undone = :undone, overridden = :overridden, rating = :rating,"
        " changed = :changed WHERE id = :id",
        row | {"id": answer},
    )
    return False, True


def _merge_flag(progress: Memories, line: FlagLine) -> int:
    row = _row(line)
    return progress.change(
        f"INSERT INTO flag {_values(row)} ON CONFLICT DO UPDATE SET note = :note,"
        " item_key = :item_key, dropped = :dropped, changed = :changed"
        " WHERE (:changed, :dropped, :note, :item_key) > (changed, dropped, note, item_key)",
        row,
    )


def _merge_setting(progress: Memories, line: SettingLine) -> int:
    row = {**_row(line), "value": bytes(line.value).decode()}
    return progress.change(
        f"INSERT INTO setting {_values(row)} ON CONFLICT DO UPDATE SET value = :value,"
        " changed = :changed WHERE (:changed, :value) > (changed, value)",
        row,
    )


def _row(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in line.__struct_fields__}


def _values(row: dict[str, Any]) -> str:
    return f"({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})"
